"""Makes all attribution weights: the default ones, then the fast ones, which the former teach.

    python -m training --data ../shared/data/polnear --out DIR [--seed 13] [--fast-seed 17] [--threads 2]

In: a folder with train.jsonl. Out: DIR/weights/, the files that belong in src/onrecord/models/weights, with their
manifest. A stopped run goes on from what DIR holds. dev.jsonl is never opened.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training.export_onnx import publish
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
    parser.add_argument("--fast-seed", type=int, default=FastRecipe.seed)
    parser.add_argument("--threads", type=int, default=Recipe.threads)
    args = parser.parse_args()
    pieces, weights = find_base() / "vocab.txt", args.out / "weights"
    recipe = Recipe(seed=args.seed, threads=args.threads)
    model = train(args.data, args.out, recipe)
    print(publish(model, args.data, pieces, weights))
    teacher = args.out / f"epoch-{recipe.epochs}.pt"
    fast_recipe = FastRecipe(seed=args.fast_seed, threads=args.threads)
    fast = train_fast(args.data, teacher, args.out / "fast", fast_recipe)
    print(publish(fast, args.data, pieces, weights, name="fast"))


if __name__ == "__main__":
    main()
