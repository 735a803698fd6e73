"""The vectors of `onrecord.models.meaning`, distilled from all-MiniLM-L6-v2 in one command.

    python -m training.train_meaning --data ../shared/data --out OUT --seed 5

In: the pinned MiniLM and sentences (PolNeAR train, GAP). Out: OUT/meaning-default.npz, manifest.json and,
on standard output, the figures of the model card. No sentence is kept.

First every word piece goes through MiniLM alone; the pieces' vectors are turned into the directions in
which MiniLM's sentence vectors differ most, and shortened where a piece is common (SIF: Arora, Liang, Ma
2017). Then the table is tuned until the sums of its rows agree with MiniLM's vectors of whole sentences
(as model2vec's tokenlearn does). One article in twenty, by a hash of its id, tunes nothing: it is measured on.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from bench.meaning import retrieval
from torch.nn import functional as F

from onrecord.attributions.windows import Vocabulary, read_paragraph
from onrecord.models.meaning import Embedder, words_of
from onrecord.text import paragraphs, sentences
from training.attributions_model import AttributionModel, load_base
from training.train_attributions import find_base, read_vocabulary

NAME = "meaning-default.npz"
MAX_PIECES = 64
LOG_EVERY = 200


@dataclass(frozen=True)
class Recipe:
    """All that decides the vectors besides the data."""

    seed: int = 5
    size: int = 256
    sif: float = 1e-3
    epochs: int = 24
    batch: int = 512
    rate: float = 2e-3
    decay: float = 0.02  # of what a row is moved by itself, towards what all rows are moved by
    alike: float = 8.0  # weight of agreeing on how alike two sentences are, beside on each sentence


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    args = parser.parse_args()
    recipe = Recipe(seed=args.seed, epochs=args.epochs)
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    base = find_base()
    vocabulary = read_vocabulary(base)
    pieces = (base / "vocab.txt").read_text(encoding="utf-8").splitlines()
    teacher = AttributionModel().eval()
    load_base(teacher, base / "model.safetensors")

    kept = keep_pieces(pieces)
    mine = Embedder([pieces[i] for i in kept], np.zeros((len(kept), recipe.size), np.float32), "")
    train, held = gather(args.data)
    print(f"{len(train):,} sentences to tune on, {len(held):,} held out", flush=True)
    of_pieces = cached(args.out / "pieces.npy", lambda: teach(teacher, [(i,) for i in kept], vocabulary))
    of_train = cached(args.out / "train.npy", lambda: teach(teacher, cut(train, vocabulary), vocabulary))
    of_held = cached(args.out / "held.npy", lambda: teach(teacher, cut(held, vocabulary), vocabulary))

    rows = [own_pieces(mine, s) for s in train]
    start = first_table(of_pieces, of_train, rows, recipe)
    report("as they come, shortened by frequency", mine, start, held, of_held)
    table = tune(start, rows, of_train, recipe)
    report("tuned", mine, table, held, of_held)
    table = table @ even_directions(recipe)
    eight, scales = eight_bits(table)
    table = eight.astype(np.float32) * scales.astype(np.float32)[:, None]
    report("tuned, in eight bits", mine, table, held, of_held)
    save(args.out, [pieces[i] for i in kept], eight, scales, recipe)
    return 0


# ------------------------------------------------------------------------------------- the data


def gather(data: Path) -> tuple[list[str], list[str]]:
    """Distinct sentences to tune on, and held-out ones."""
    train, held = dict[str, None](), dict[str, None]()
    for name, text in texts(data):
        side = held if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 20 == 0 else train
        for paragraph in paragraphs(text):
            for span in sentences(text, paragraph.start, paragraph.end):
                sentence = text[span.start : span.end]
                if 4 <= len(words_of(sentence)) <= 60:
                    side[sentence] = None
    return list(train), [s for s in held if s not in train]


def texts(data: Path) -> Iterator[tuple[str, str]]:
    """(id, text) of every article and passage, each id once."""
    seen = set[str]()
    with (data / "polnear/train.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if article["id"] not in seen:
                seen.add(article["id"])
                yield article["id"], article["text"]
    for part in ("development", "test"):
        with (data / f"coref/gap/gap-{part}.tsv").open(encoding="utf-8", newline="") as table:
            for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield row["ID"], row["Text"]


def keep_pieces(pieces: Sequence[str]) -> list[int]:
    """Numbers of the pieces that can stand in an English text's words: Latin letters and digits."""
    out = []
    for i, piece in enumerate(pieces):
        bare = piece.removeprefix("##")
        if bare and not piece.startswith("[") and bare.isalnum() and bare.isascii():
            out.append(i)
    return out


def cut(texts_: Sequence[str], vocabulary: Vocabulary) -> list[tuple[int, ...]]:
    """Piece numbers as MiniLM reads them, without the frame."""
    return [
        tuple(p for word in read_paragraph(s, 0, len(s), 0, vocabulary) for p in word.pieces)[:MAX_PIECES]
        for s in texts_
    ]


def own_pieces(embedder: Embedder, text: str) -> list[int]:
    return [piece for word in words_of(text) for piece in embedder.pieces_of(word)]


# ----------------------------------------------------------------------------------- the teacher


@torch.no_grad()
def teach(model: AttributionModel, texts_: Sequence[tuple[int, ...]], vocabulary: Vocabulary) -> np.ndarray:
    """all-MiniLM-L6-v2's own unit vectors, the mean of its states: float32 (texts, 384)."""
    out = np.zeros((len(texts_), model.shape.width), np.float32)
    order = sorted(range(len(texts_)), key=lambda i: len(texts_[i]))
    for start in range(0, len(order), 128):
        batch = order[start : start + 128]
        longest = max(len(texts_[i]) for i in batch) + 2
        ids = torch.zeros(len(batch), longest, dtype=torch.long)
        mask = torch.zeros(len(batch), longest, dtype=torch.bool)
        for row, i in enumerate(batch):
            framed = (vocabulary.first, *texts_[i], vocabulary.last)
            ids[row, : len(framed)] = torch.tensor(framed)
            mask[row, : len(framed)] = True
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = model.norm(model.pieces(ids) + model.positions.weight[:longest])
            for layer in model.layers:
                x = layer(x, mask[:, None, None, :])
        mean = (x.float() * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        out[batch] = F.normalize(mean, dim=1).numpy()
        if start // 128 % 20 == 0:
            print(f"  {start:,} of {len(order):,} read by MiniLM", flush=True)
    return out


def cached(path: Path, make: object) -> np.ndarray:
    """What was made before, or is made now: a stopped run goes on. Numbers alone, no text."""
    if not path.exists():
        np.save(path, make())  # type: ignore[operator]
    return np.load(path)


# ----------------------------------------------------------------------------------- the vectors


def first_table(
    of_pieces: np.ndarray, of_train: np.ndarray, rows: Sequence[Sequence[int]], recipe: Recipe
) -> np.ndarray:
    """The pieces in the sentences' main directions, shortened where common: float32 (pieces, size)."""
    _, vectors = np.linalg.eigh(of_train.T @ of_train)
    turned = of_pieces @ vectors[:, ::-1][:, : recipe.size]
    counts = np.bincount([p for row in rows for p in row], minlength=len(of_pieces)) + 0.5
    return (turned * (recipe.sif / (recipe.sif + counts / counts.sum()))[:, None]).astype(np.float32)


def tune(start: np.ndarray, rows: Sequence[Sequence[int]], target: np.ndarray, recipe: Recipe) -> np.ndarray:
    """The table whose sums agree with MiniLM. What moves all rows alike also moves those never met."""
    _, vectors = np.linalg.eigh(target.T @ target)
    wanted = F.normalize(torch.from_numpy(target @ vectors[:, ::-1][:, : recipe.size].copy()), dim=1)
    full = torch.from_numpy(target)
    first = torch.from_numpy(start)
    turn = torch.eye(recipe.size, requires_grad=True)
    moved = torch.zeros_like(first, requires_grad=True)
    groups = [
        {"params": [turn], "lr": recipe.rate / 4, "weight_decay": 0.0},
        {"params": [moved], "lr": recipe.rate, "weight_decay": recipe.decay},
    ]
    optimiser = torch.optim.AdamW(groups)
    usable = np.array([i for i, row in enumerate(rows) if row])
    n_steps = recipe.epochs * (len(usable) // recipe.batch)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, n_steps)
    rng = np.random.default_rng(recipe.seed)
    step = 0
    for _ in range(recipe.epochs):
        order = rng.permutation(usable)
        for at in range(0, len(order) - recipe.batch + 1, recipe.batch):
            chosen = order[at : at + recipe.batch]
            flat = torch.tensor([p for i in chosen for p in rows[i]])
            offsets = torch.tensor(np.cumsum([0, *(len(rows[i]) for i in chosen[:-1])]))
            as_first = F.embedding_bag(flat, first, offsets, mode="sum") @ turn
            ours = F.normalize(as_first + F.embedding_bag(flat, moved, offsets, mode="sum"), dim=1)
            near = (ours * wanted[chosen]).sum(1)
            theirs = full[chosen] @ full[chosen].T
            loss = (1 - near).mean() + recipe.alike * (ours @ ours.T - theirs).square().mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            if step % LOG_EVERY == 0:
                print(f"  step {step} of {n_steps}, loss {loss.item():.4f}", flush=True)
            step += 1
    return (first @ turn + moved).detach().numpy()


def even_directions(recipe: Recipe) -> np.ndarray:
    """A rotation, which changes no likeness and spreads what the first directions know over all of them: a
    record keeps one bit a direction."""
    drawn = np.random.default_rng(recipe.seed).standard_normal((recipe.size, recipe.size))
    return np.linalg.qr(drawn)[0].astype(np.float32)


def eight_bits(table: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows as int8, each with the scale (float16) that gives it back."""
    scales = np.maximum(np.abs(table).max(axis=1) / 127, 1e-6).astype(np.float16)
    return np.clip(np.rint(table / scales.astype(np.float32)[:, None]), -127, 127).astype(np.int8), scales


def save(out: Path, pieces: Sequence[str], rows: np.ndarray, scales: np.ndarray, recipe: Recipe) -> None:
    path = out / NAME
    np.savez_compressed(
        path, pieces=np.frombuffer("\n".join(pieces).encode(), np.uint8), rows=rows, scales=scales
    )
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest = json.dumps({"format": 1, "files": {NAME: digest}}, indent=1)
    (out / "manifest.json").write_text(manifest + "\n", encoding="utf-8")
    print(
        f"{path}: {path.stat().st_size:,} bytes, {len(pieces):,} pieces, SHA-256 {digest}, {asdict(recipe)}"
    )


def report(what: str, mine: Embedder, table: np.ndarray, held: Sequence[str], target: np.ndarray) -> None:
    """Prints how far the vectors agree with MiniLM on held-out sentences, and find paraphrases."""
    embedder = Embedder(list(mine._ids), table.astype(np.float32), "")
    ours = embedder.embed(held)
    upper = np.triu_indices(len(held), 1)
    mine_alike, alike = (ours @ ours.T)[upper], (target @ target.T)[upper]
    linear = float(np.corrcoef(mine_alike, alike)[0, 1])
    nearest = (target @ target.T - 2 * np.eye(len(held))).argmax(1)
    ranks = ((ours @ ours.T - 2 * np.eye(len(held))) > (ours * ours[nearest]).sum(1)[:, None]).sum(1)
    first, reciprocal = retrieval(embedder, held)
    print(
        f"{what}: correlation with MiniLM over all pairs {linear:.3f}; MiniLM's nearest sentence is among the"
        f" first 10 for {float((ranks < 10).mean()):.3f}; written paraphrases found first {first:.3f},"
        f" mean reciprocal rank {reciprocal:.3f}",
        flush=True,
    )


if __name__ == "__main__":
    raise SystemExit(main())
