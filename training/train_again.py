"""Trains the default attribution model once more from where it stands, with a teacher or without.

    python -m training.train_again --data ../shared/data/polnear --teacher CHECKPOINT --out DIR --seed 29 [--gold .6]

In: a folder with train.jsonl, and a checkpoint whose averaged model starts the round (or --before does) and, unless gold is 1, teaches in
it. Out: DIR/taught-N.pkl, as `train_fast` writes them; DIR/again-N.pt after every epoch (a stopped run goes on from the
last). Rounds from near starts end in different places near each other, and the mean of their weights (`mean_of`)
is better than any of them (Wortsman et al. 2022, "Model soups"). dev.jsonl is never opened.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from training.attributions_data import is_held_out, read_readings
from training.attributions_model import AttributionModel, SharedDropout, shape_of
from training.export_onnx import load_mean
from training.rounds import go_on, mean_state, save_epoch, take_step
from training.slim import slim
from training.train_attributions import Recipe, find_base, hide, parameter_groups, read_vocabulary
from training.train_fast import FastRecipe, Taught, loss_of, make_batches, read_taught

#: Targets of a round: three varied copies of the windows, with what is written among them.
TAUGHT = FastRecipe(seed=29, copies=3, gold=0.6, written=0.09)


#: Heads and inner units that the last round does without: on the held-out articles that loses .011 of quote F1 before the
#: round and nothing after it, and an eighth of the network's time.
HEADS, INNER = 16, 1800
#: One window in so many weighs them, so many at a time.
WEIGHED, WEIGHED_BATCH = 8, 8


@dataclass(frozen=True)
class AgainRecipe:
    """Everything that decides the round's weights, besides the data and where it starts.

    rate: share of the first round's rates; it rises in the warm-up and then falls to nothing. taught: how targets
    are put together of the annotators' labels and the teacher's answers. hidden: share of pieces hidden by chance.
    """

    seed: int = 29
    epochs: int = 3
    rate: float = 0.5
    warmup: int = 60
    dropout: float = 0.15
    hidden: float = 0.07
    average: float = 0.998
    threads: int = 2
    taught: FastRecipe = TAUGHT


def round_of(seed: int, gold: float, threads: int) -> AgainRecipe:
    """A round with this seed and this share of the annotators in its targets."""
    return AgainRecipe(seed=seed, threads=threads, taught=replace(TAUGHT, seed=seed, gold=gold))


def train(
    data: Path, teacher: Path, out: Path, recipe: AgainRecipe, before: Path | None = None
) -> AttributionModel:
    """The averaged model after the last epoch. before: the checkpoint that it goes on from, if not from its teacher."""
    torch.set_num_threads(recipe.threads)
    out.mkdir(parents=True, exist_ok=True)
    vocabulary = read_vocabulary(find_base())
    readings = [r for r in read_readings(data / "train.jsonl") if not is_held_out(r.id)]
    model, mean = load_mean(before or teacher), load_mean(before or teacher)
    for module in model.modules():
        if isinstance(module, SharedDropout):
            module.p = recipe.dropout
    optimizer = torch.optim.AdamW(parameter_groups(model, Recipe()), betas=(0.9, 0.98), fused=True)
    copies: dict[int, list[Taught]] = {}

    def copy(epoch: int) -> list[Taught]:
        number = epoch % recipe.taught.copies
        if number not in copies:
            copies[number] = read_taught(readings, teacher, out, recipe.taught, vocabulary, number)
        return copies[number]

    total = -(-len(copy(0)) // recipe.taught.batch) * recipe.epochs
    first, step = go_on(out, "again", recipe.epochs, model, mean, optimizer)
    for epoch in range(first, recipe.epochs):
        rng = random.Random(recipe.seed * 1000 + epoch)
        torch.manual_seed(recipe.seed * 1000 + epoch)
        model.train()
        began = time.monotonic()
        sums, n = [0.0] * 4, 0
        for batch, targets in make_batches(copy(epoch), recipe.taught, rng):
            hide(batch, recipe.hidden)
            factor = max(0.0, min((step + 1) / recipe.warmup, 1 - step / total))
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * recipe.rate * factor
            losses = loss_of(model, batch, targets, recipe.taught)
            step, n = take_step(model, mean, optimizer, losses[0], step, recipe.average), n + 1
            sums = [s + float(x.detach()) for s, x in zip(sums, losses, strict=True)]
            if step % 20 == 0:
                shown = " ".join(f"{s / n:.4f}" for s in sums)
                print(
                    f"epoch {epoch + 1} step {step}/{total} {shown} {time.monotonic() - began:.0f} s",
                    flush=True,
                )
        save_epoch(out, "again", epoch + 1, step, model, mean, optimizer)
    return mean


def mean_of(checkpoints: Sequence[Path]) -> AttributionModel:
    """The mean of the averaged models of several rounds."""
    states = [load_mean(path).state_dict() for path in checkpoints]
    model = AttributionModel(shape_of(states[0]))
    model.load_state_dict(mean_state(states))
    return model


def save_mean(checkpoints: Sequence[Path], out: Path) -> Path:
    """The mean of several rounds as a checkpoint that a round may start from."""
    torch.save({"mean": mean_of(checkpoints).state_dict()}, out)
    return out


def save_slim(data: Path, whole: Path, out: Path, recipe: AgainRecipe) -> Path:
    """The path of a checkpoint of a slimmer model (HEADS, INNER), weighed on windows of the round that it starts."""
    path = out / "slim.pt"
    if not path.exists():
        out.mkdir(parents=True, exist_ok=True)
        torch.set_num_threads(recipe.threads)
        readings = [r for r in read_readings(data / "train.jsonl") if not is_held_out(r.id)]
        taught = read_taught(readings, whole, out, recipe.taught, read_vocabulary(find_base()), 0)
        few = replace(recipe.taught, batch=WEIGHED_BATCH)
        batches = make_batches(taught[::WEIGHED], few, random.Random(recipe.seed))
        slimmer = slim(load_mean(whole), batches, few, heads=HEADS, inner=INNER)
        torch.save({"mean": slimmer.state_dict()}, path)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--before", type=Path, help="a checkpoint to go on from, if not from the teacher")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=AgainRecipe.seed)
    parser.add_argument(
        "--gold", type=float, default=TAUGHT.gold, help="the annotators' share of each target"
    )
    parser.add_argument("--threads", type=int, default=AgainRecipe.threads)
    args = parser.parse_args()
    train(args.data, args.teacher, args.out, round_of(args.seed, args.gold, args.threads), args.before)


if __name__ == "__main__":
    main()
