"""Makes all attribution weights: the default ones in three rounds, then the fast ones, which the first round teaches.

    python -m training --data ../shared/data/polnear --out DIR [--seed 13] [--third-seed 29] [--fast-seed 17] [--threads 2]

In: a folder with train.jsonl. Out: DIR/weights/, the files that belong in src/onrecord/models/weights, with their
manifest. A stopped run goes on from what DIR holds. dev.jsonl is never opened.

The default weights are a mean of means: of the first round's fourth and sixth epoch and a second round's last
(that soup starts and teaches a third round), and of the third's last.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training.export_onnx import publish
from training.train_again import TAUGHT, AgainRecipe, mean_of, round_of, save_mean
from training.train_again import train as train_again
from training.train_attributions import Recipe, find_base, train
from training.train_fast import FastRecipe
from training.train_fast import train as train_fast


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.add_argument("--third-seed", type=int, default=AgainRecipe.seed)
    parser.add_argument("--fast-seed", type=int, default=FastRecipe.seed)
    parser.add_argument("--threads", type=int, default=Recipe.threads)
    args = parser.parse_args()
    pieces, weights = find_base() / "vocab.txt", args.out / "weights"
    recipe = Recipe(seed=args.seed, threads=args.threads)
    train(args.data, args.out, recipe)
    teacher = args.out / f"epoch-{recipe.epochs}.pt"
    second = round_of(args.seed, 1.0, args.threads)
    train_again(args.data, teacher, args.out / "second", second)
    ends = [args.out / "epoch-4.pt", teacher, args.out / "second" / f"again-{second.epochs}.pt"]
    soup = save_mean(ends, args.out / "soup.pt")
    third = round_of(args.third_seed, TAUGHT.gold, args.threads)
    train_again(args.data, soup, args.out / "third", third)
    model = mean_of([soup, args.out / "third" / f"again-{third.epochs}.pt"])
    print(publish(model, args.data, pieces, weights))
    fast_recipe = FastRecipe(seed=args.fast_seed, threads=args.threads)
    fast = train_fast(args.data, teacher, args.out / "fast", fast_recipe)
    print(publish(fast, args.data, pieces, weights, name="fast"))


if __name__ == "__main__":
    main()
