"""Trains the fast attribution model on what annotators marked and on what the default model says.

    python -m training.train_fast --data ../shared/data/polnear --teacher CHECKPOINT --out DIR --seed 17

In: a folder with train.jsonl, and a checkpoint of `train_attributions`, whose averaged model teaches. Out:
DIR/taught-N.pkl, copies of the windows that train, all but the first varied, with the teacher's answers;
DIR/fast-N.pt after every epoch (a stopped run goes on from the last); DIR/weights/ as `training.export_onnx` writes it.
dev.jsonl is never opened.
"""

from __future__ import annotations

import argparse
import pickle
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F

from onrecord.attributions.windows import Encoded, Vocabulary
from training.attributions_classes import make_class_examples
from training.attributions_data import Example, Reading, is_held_out, make_examples, read_readings
from training.attributions_fast import FastModel, start_fast
from training.attributions_model import AttributionModel, load_base
from training.export_onnx import Teaching, load_mean, publish, write_graph
from training.rounds import go_on, mean_state, save_epoch, take_step
from training.train_attributions import Batch, collate, find_base, hide, read_vocabulary

#: Anchors of a window that only the teacher sees: a teacher that has learned nothing sees one in every word.
MAX_UNMARKED = 24

Halves = npt.NDArray[np.float16]


@dataclass(frozen=True)
class FastRecipe:
    """Everything that decides the weights, besides the data and the teacher.

    copies: varied copies of the training windows that the teacher reads; epochs take turns with them.
    gold: the annotators' share of each target, the rest is the teacher's. floor: logit of the least sure
    anchor that the teacher tells of.
    """

    seed: int = 17
    copies: int = 3
    epochs: int = 14
    batch: int = 16
    rate: float = 2e-3
    weight_decay: float = 0.02
    warmup: int = 200
    cooling: float = 0.7
    average: float = 0.998
    written: float = 0.08
    gold: float = 0.5
    floor: float = -2.0
    hidden: float = 0.06
    mark_weight: float = 0.5
    role_weight: float = 0.25
    threads: int = 2


@dataclass(slots=True)
class Taught:
    """A window with its labels, and what the teacher says of it, in probabilities.

    anchors: (w, 2); marks: (w, 3); roles: (w, 4) for each anchor (word, kind) that the teacher sees.
    """

    example: Example
    anchors: Halves
    marks: Halves
    roles: dict[tuple[int, int], Halves]


@dataclass
class Targets:
    """What a batch should say: anchors (b, w, 2), marks (b, w, 3), roles (k, w, 4), weights (k, w)."""

    anchors: Tensor
    marks: Tensor
    roles: Tensor
    weights: Tensor


# --------------------------------------------------------------------------------- the teacher


def teach(teacher: AttributionModel, examples: Sequence[Example], floor: float) -> Iterator[Taught]:
    """Each example with the teacher's answers, by its weights in eight bits."""
    import onnxruntime

    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "teacher.onnx"
        write_graph(Teaching(teacher.eval(), True).eval(), path, eight_bits=True)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    for example in examples:
        e: Encoded = example.encoded
        at, kinds, _, roles, anchors, marks = session.run(
            None,
            {
                "pieces": np.array([e.pieces]),
                "features": np.array([e.features]),
                "firsts": np.array([e.firsts]),
                "paragraphs": np.array([e.paragraphs]),
                "floor": np.array(floor, np.float32),
            },
        )
        roles = np.exp(roles - roles.max(-1, keepdims=True))
        roles = (roles / roles.sum(-1, keepdims=True)).astype(np.float16)
        seen = {(int(a), int(k)): roles[i] for i, (a, k) in enumerate(zip(at, kinds, strict=True))}
        yield Taught(example, _sigmoid(anchors), _sigmoid(marks), seen)


def _sigmoid(x: npt.NDArray[np.float32]) -> Halves:
    return (1 / (1 + np.exp(-x))).astype(np.float16)


def read_taught(
    readings: Sequence[Reading],
    teacher: Path,
    out: Path,
    recipe: FastRecipe,
    vocabulary: Vocabulary,
    number: int,
) -> list[Taught]:
    """A copy of the training windows; made once and kept in a file. Copy 0 is not varied."""
    path = out / f"taught-{number}.pkl"
    if not path.exists():
        rng = random.Random(recipe.seed * 1000 + number)
        examples = make_examples(readings, vocabulary, rng if number else None)
        n = int(len(examples) * recipe.written)
        examples += make_class_examples(readings, vocabulary, rng, n, marked=True)
        taught = list(teach(load_mean(teacher), examples, recipe.floor))
        path.with_suffix(".new").write_bytes(pickle.dumps(taught))
        path.with_suffix(".new").rename(path)
        print(f"{path.name}: {len(taught)} windows", flush=True)
    copy: list[Taught] = pickle.loads(path.read_bytes())
    return copy


# ------------------------------------------------------------------------------------- batches


def make_batches(
    taught: Sequence[Taught], recipe: FastRecipe, rng: random.Random
) -> Iterator[tuple[Batch, Targets]]:
    """Shuffled batches of windows of like length."""
    order = list(taught)
    rng.shuffle(order)
    pool = recipe.batch * 20
    parts = []
    for i in range(0, len(order), pool):
        near = sorted(order[i : i + pool], key=lambda t: len(t.example.encoded.pieces))
        parts += [near[k : k + recipe.batch] for k in range(0, len(near), recipe.batch)]
    rng.shuffle(parts)
    return (collate_taught(part, recipe) for part in parts)


def collate_taught(taught: Sequence[Taught], recipe: FastRecipe) -> tuple[Batch, Targets]:
    """The windows in one batch, whose anchors are the annotators' and those only the teacher sees."""
    batch = collate([t.example for t in taught])
    b, w = batch.firsts.shape
    anchors, marks = torch.zeros(b, w, 2), torch.zeros(b, w, 3)
    places: list[tuple[int, int, int]] = []
    roles: list[npt.NDArray[np.float32]] = []
    weights: list[float] = []
    for i, t in enumerate(taught):
        n = len(t.example.encoded.firsts)
        anchors[i, :n], marks[i, :n] = torch.from_numpy(t.anchors).float(), torch.from_numpy(t.marks).float()
        left = dict(t.roles)
        for at, kind, labels in t.example.anchors:
            target = np.eye(4, dtype=np.float32)[labels]
            if (at, kind) in t.roles:
                target = recipe.gold * target + (1 - recipe.gold) * t.roles[at, kind]
                left.pop((at, kind), None)
            places.append((i, at, kind))
            roles.append(target)
            weights.append(1.0)
        surest = sorted(left.items(), key=lambda row: -float(t.anchors[row[0]]))[:MAX_UNMARKED]
        for (at, kind), target in surest if recipe.gold < 1 else ():
            places.append((i, at, kind))
            roles.append(target.astype(np.float32))
            weights.append((1 - recipe.gold) * float(t.anchors[at, kind]))
    target_roles, target_weights = torch.zeros(len(places), w, 4), torch.zeros(len(places), w)
    for k, target in enumerate(roles):
        target_roles[k, : len(target)] = torch.from_numpy(target)
        target_weights[k, : len(target)] = weights[k]
    batch.row, batch.at, batch.kind = torch.tensor(places, dtype=torch.long).view(-1, 3).T.contiguous()
    share = recipe.gold
    return batch, Targets(
        share * batch.anchors + (1 - share) * anchors,
        share * batch.marks + (1 - share) * marks,
        target_roles,
        target_weights,
    )


# ------------------------------------------------------------------------------------ the loop


def loss_of(model: FastModel, batch: Batch, targets: Targets, recipe: FastRecipe) -> tuple[Tensor, ...]:
    """The loss, and its three parts: anchors, marks, roles."""
    with torch.autocast("cpu", torch.bfloat16):
        words = model.encode(batch.pieces, batch.features, batch.firsts, batch.mask)
        anchors, marks = model.find_anchors(words)
        roles = model.roles(words, batch.paragraphs, batch.row, batch.at, batch.kind)
    counted = batch.counted.unsqueeze(-1)
    n = max(1.0, float(batch.anchors.sum()))
    anchor_loss = F.binary_cross_entropy_with_logits(anchors.float(), targets.anchors, reduction="none")
    anchor_loss = (anchor_loss * counted).sum() / n
    mark_loss = F.binary_cross_entropy_with_logits(marks.float(), targets.marks, reduction="none")
    mark_loss = (mark_loss * counted).mean()
    role_loss = -(targets.roles * roles.float().log_softmax(-1)).sum(-1)
    role_loss = (role_loss * targets.weights).sum() / n
    loss = anchor_loss + recipe.mark_weight * mark_loss + recipe.role_weight * role_loss
    return loss, anchor_loss, mark_loss, role_loss


def train(data: Path, teacher: Path, out: Path, recipe: FastRecipe, before: Path | None = None) -> FastModel:
    """The averaged model after the last epoch. before: the checkpoint that it goes on from, if there is one."""
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    out.mkdir(parents=True, exist_ok=True)
    vocabulary = read_vocabulary(find_base())
    readings = [r for r in read_readings(data / "train.jsonl") if not is_held_out(r.id)]
    copies: dict[int, list[Taught]] = {}

    def copy(epoch: int) -> list[Taught]:
        number = epoch % recipe.copies
        if number not in copies:
            copies[number] = read_taught(readings, teacher, out, recipe, vocabulary, number)
        return copies[number]

    model, mean = (start(), start()) if before is None else (load_fast(before), load_fast(before))
    mean.load_state_dict(model.state_dict())
    groups = [
        {"params": [p for p in model.parameters() if p.ndim > 1], "weight_decay": recipe.weight_decay},
        {"params": [p for p in model.parameters() if p.ndim < 2], "weight_decay": 0.0},
    ]
    optimizer = torch.optim.AdamW(groups, lr=recipe.rate, betas=(0.9, 0.98))
    total = -(-len(copy(0)) // recipe.batch) * recipe.epochs
    first, step = go_on(out, "fast", recipe.epochs, model, mean, optimizer)
    for epoch in range(first, recipe.epochs):
        rng = random.Random(recipe.seed * 1000 + epoch)
        torch.manual_seed(recipe.seed * 1000 + epoch)
        model.train()
        began = time.monotonic()
        sums, n = [0.0] * 4, 0
        for batch, targets in make_batches(copy(epoch), recipe, rng):
            hide(batch, recipe.hidden)
            rate = min((step + 1) / recipe.warmup, (total - step) / (recipe.cooling * total), 1.0)
            for group in optimizer.param_groups:
                group["lr"] = recipe.rate * max(0.0, rate)
            losses = loss_of(model, batch, targets, recipe)
            step, n = take_step(model, mean, optimizer, losses[0], step, recipe.average), n + 1
            sums = [s + float(x.detach()) for s, x in zip(sums, losses, strict=True)]
            if step % 50 == 0:
                shown = " ".join(f"{s / n:.4f}" for s in sums)
                print(
                    f"epoch {epoch + 1} step {step}/{total} {shown} {time.monotonic() - began:.0f} s",
                    flush=True,
                )
        save_epoch(out, "fast", epoch + 1, step, model, mean, optimizer)
        (out / f"fast-{epoch - 1}.pt").unlink(missing_ok=True)
    return mean


def load_fast(path: Path) -> FastModel:
    """The averaged model of a checkpoint."""
    model = FastModel()
    model.load_state_dict(torch.load(path, weights_only=True)["mean"])
    return model


def save_fast_mean(checkpoints: Sequence[Path], out: Path) -> Path:
    """The mean of several averaged models as a checkpoint."""
    torch.save({"mean": mean_state([load_fast(path).state_dict() for path in checkpoints])}, out)
    return out


def start() -> FastModel:
    """The model before its first step."""
    base = find_base()
    whole = AttributionModel()
    load_base(whole, base / "model.safetensors")
    pieces = (base / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return start_fast(whole.pieces.weight.detach(), pieces)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=FastRecipe.seed)
    parser.add_argument("--epochs", type=int, default=FastRecipe.epochs)
    parser.add_argument("--rate", type=float, default=FastRecipe.rate)
    parser.add_argument("--before", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--threads", type=int, default=FastRecipe.threads)
    args = parser.parse_args()
    recipe = FastRecipe(seed=args.seed, epochs=args.epochs, rate=args.rate, threads=args.threads)
    model = train(args.data, args.teacher, args.out, recipe, args.before)
    print(publish(model, args.data, find_base() / "vocab.txt", args.out / "weights", name="fast"))


if __name__ == "__main__":
    main()
