"""Makes all attribution weights: the default ones in rounds, then the fast ones, which the default ones teach.

    python -m training --data ../shared/data/polnear --out DIR [--seed 13] [--third-seed 29] [--fast-seed 17] [--threads 2]

In: a folder with train.jsonl. Out: DIR/weights/, the files that belong in src/onrecord/models/weights, with their
manifest. A stopped run goes on from what DIR holds. dev.jsonl is never opened.

The default weights are a mean of means: of the first round's fourth and sixth epoch and a second round's last
(that soup starts and teaches a third round), and of the third's last. That mean, without the heads and inner units that
it misses least (`slim`), starts the rounds after it, and as a whole teaches them.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from training.export_onnx import load_mean, publish
from training.train_again import TAUGHT, AgainRecipe, round_of, save_mean, save_slim
from training.train_again import train as train_again
from training.train_attributions import Recipe, find_base, train
from training.train_fast import FastRecipe, load_fast, save_fast_mean
from training.train_fast import train as train_fast

#: Seeds of the rounds after the default model has been made slim.
SLIM_AGAIN = (31, 37)
#: The rounds after the fast model's first: number, seed and rate.
FAST_AGAIN = ((2, 23, 1.2e-3), (3, 41, 1.0e-3))


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
    whole = save_mean([soup, args.out / "third" / f"again-{third.epochs}.pt"], args.out / "whole.pt")
    start = save_slim(args.data, whole, args.out / "slim", round_of(SLIM_AGAIN[0], TAUGHT.gold, args.threads))
    for seed in SLIM_AGAIN:
        again, folder = round_of(seed, TAUGHT.gold, args.threads), args.out / f"slim-{seed}"
        train_again(args.data, whole, folder, again, start)
        start = folder / f"again-{again.epochs}.pt"
    model = load_mean(start)
    print(publish(model, args.data, pieces, weights))
    fast_recipe = FastRecipe(seed=args.fast_seed, threads=args.threads)
    fast_out = args.out / "fast"
    train_fast(args.data, teacher, fast_out, fast_recipe)
    made = fast_out / f"fast-{fast_recipe.epochs}.pt"
    for number, seed, rate in FAST_AGAIN:
        folder = args.out / f"fast-{number}"
        again = replace(fast_recipe, seed=seed, epochs=6, rate=rate, warmup=100, cooling=0.9)
        train_fast(args.data, whole, folder, again, made)
        made = save_fast_mean([made, folder / f"fast-{again.epochs}.pt"], folder / "mean.pt")
    print(publish(load_fast(made), args.data, pieces, weights, name="fast"))


if __name__ == "__main__":
    main()
