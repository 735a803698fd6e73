"""A trained model as one ONNX file that serves, its weights in eight bits.

In: the averaged model, the tuning, the vocabulary. Out: DIR/attributions-<name>.onnx and .json (tuning), DIR/attributions.vocab.txt, which all names share, and
DIR/manifest.json with the SHA-256 of every file there, as `onrecord.models` reads them.

The graph takes one window: pieces (1, p), features (1, p, 3), firsts (1, w), paragraphs (1, w), floor ().
It finds the anchors itself and gives at, kinds, chances (k,) and roles (k, w, 4). Scales of the
activations are found anew for every window, so that a window's answer depends on that window alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import onnx
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.attributions.decode import Tuning
from training.attributions_fast import PIECES, FastModel
from training.attributions_model import MAX_WORDS, AttributionModel, Layer, shape_of
from training.eight_bits import quantize

INPUTS = ("pieces", "features", "firsts", "paragraphs", "floor")
#: Words before and after an anchor whose roles are read. On the held-out articles (64, 96) loses nothing
#: against the whole window, (48, 80) one attribution of a thousand; less costs more.
REACH = (64, 96)
REACH_FAST = (48, 80)
#: Logits of a word out of reach.
NO_ROLE = (8.0, -8.0, -8.0, -8.0)
VOCABULARY = "attributions.vocab.txt"
OUTPUTS = ("at", "kinds", "chances", "roles")


class EightBitTable(nn.Module):
    """An embedding table in int8 with a scale for every row."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, index: Tensor) -> Tensor:
        return self.rows[index].float() * self.scale[index]


class Table(nn.Module):
    """An embedding table as it is."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        self.register_buffer("rows", weight)

    def forward(self, index: Tensor) -> Tensor:
        return self.rows[index]


class _Attention(torch.autograd.Function):
    """Attention as one node of ONNX Runtime's own, which never writes the heads' tables out."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        b, t, w = q.shape
        q, k, v = (x.view(b, -1, heads, w // heads).transpose(1, 2) for x in (q, k, v))
        a = torch.softmax((q * (w // heads) ** -0.5) @ k.transpose(-1, -2), -1) @ v
        return a.transpose(1, 2).reshape(b, t, w)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, heads: int) -> Any:
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads).setType(q.type())


class _Put(torch.autograd.Function):
    """x (n, d) with other rows at index (m,), as one node that copies the rest."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, index: Tensor, rows: Tensor) -> Tensor:
        return x.index_copy(0, index, rows)

    @staticmethod
    def symbolic(g: Any, x: Any, index: Any, rows: Any) -> Any:
        last = g.op("Constant", value_t=torch.tensor([1]))
        return g.op("ScatterND", x, g.op("Unsqueeze", index, last), rows).setType(x.type())


class _Pick(torch.autograd.Function):
    """x[i, j] of every pair in found (k, 2), as one node."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, found: Tensor) -> Tensor:
        return x[found[:, 0], found[:, 1]]

    @staticmethod
    def symbolic(g: Any, x: Any, found: Any) -> Any:
        return g.op("GatherND", x, found).setType(x.type().with_sizes([None]))


class _Parts(nn.ModuleList):
    """A layer's outputs in n parts of like size, each from a layer of its own: nothing is cut out of a table."""

    def __init__(self, linear: nn.Linear, n: int) -> None:
        super().__init__()
        for weight, bias in zip(linear.weight.data.chunk(n), linear.bias.data.chunk(n), strict=True):
            part = nn.Linear(linear.in_features, len(weight))
            part.weight.data, part.bias.data = weight.clone(), bias.clone()
            self.append(part)

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        return tuple(part(x) for part in self)


class Serving(nn.Module):
    """A model on one window, from numbers to roles."""

    def __init__(self, model: AttributionModel | FastModel, eight_bit_table: bool) -> None:
        super().__init__()
        self.model = model
        self.back, self.ahead = REACH_FAST if isinstance(model, FastModel) else REACH
        weight = model.table() if isinstance(model, FastModel) else model.pieces.weight
        self.table = (EightBitTable if eight_bit_table else Table)(weight.detach())
        if isinstance(model, AttributionModel):
            self.qkv = nn.ModuleList(_Parts(layer.qkv, 3) for layer in model.layers)
        self.word = _Parts(model.roles.word, 2)
        self.register_buffer("apart", model.roles.distance.weight.detach()[model.roles.buckets])

    def forward(
        self, pieces: Tensor, features: Tensor, firsts: Tensor, paragraphs: Tensor, floor: Tensor
    ) -> tuple[Tensor, ...]:
        words = self.encode(pieces, features, firsts)
        logits, _ = self.model.find_anchors(words)
        return self.read(words, logits, paragraphs, floor)

    def encode(self, pieces: Tensor, features: Tensor, firsts: Tensor) -> Tensor:
        """The words' states (w, width)."""
        if isinstance(self.model, FastModel):
            return self._encode_fast(self.model, pieces, features, firsts)
        return self._encode(self.model, pieces, features, firsts)

    def _encode(self, m: AttributionModel, pieces: Tensor, features: Tensor, firsts: Tensor) -> Tensor:
        x = self.table(pieces) + m.positions.weight[: pieces.shape[1]]
        for i, table in enumerate(m.features):
            x = x + table(features[..., i])
        x = m.norm(x)
        for layer, parts in zip(m.layers[:-1], self.qkv, strict=False):
            x = self._layer(layer, x, *parts(x))
        query, key, value = self.qkv[-1]
        mine = x[:, firsts[0]]  # only the words' first pieces are read from the last layer
        return self._layer(m.layers[-1], mine, query(mine), key(x), value(x))[0]

    def _layer(self, layer: Layer, x: Tensor, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        x = layer.norm1(x + layer.out(_Attention.apply(q, k, v, layer.heads)))
        return layer.norm2(x + layer.down(F.gelu(layer.up(x))))

    def _encode_fast(self, m: FastModel, pieces: Tensor, features: Tensor, firsts: Tensor) -> Tensor:
        pieces, first = pieces[0], firsts[0]
        x = self.table(pieces[first])
        more = torch.nonzero(m.goes_on[pieces[first + 1]])[:, 0]  # the few words of several pieces
        following = first[more].unsqueeze(1) + torch.arange(1, PIECES)
        ids = pieces[following.clamp(max=pieces.shape[0] - 1)]
        there = ((~m.goes_on[ids]).long().cumsum(1) == 0).float()  # up to the next word
        rest = (self.table(ids) * there.unsqueeze(-1)).sum(1)
        x = _Put.apply(x, more, x[more] + rest)
        mine = features[0][first]
        for i, table in enumerate(m.features):
            x = x + table(mine[:, i])
        x = m.norm(x).unsqueeze(0)
        for block in m.blocks:
            x = block(x)
        return m.top(x)[0]

    def read(
        self, words: Tensor, logits: Tensor, paragraphs: Tensor, floor: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """at, kinds, chances, roles of the anchors above floor; words out of reach have no role."""
        found = torch.nonzero(logits > floor)
        at, kinds = found[:, 0], found[:, 1]
        chances = _Pick.apply(logits, found)
        r = self.model.roles
        d = self.model.shape.role_width
        n = torch._shape_as_tensor(words)[0]
        reach = n.clamp(max=self.back + self.ahead)
        start = torch.minimum((at - self.back).clamp(min=0), n - reach)
        near = start.unsqueeze(1) + torch.arange(reach).unsqueeze(0)
        added, scaled = self.word(words)
        ours = r.anchor(words[at]).unsqueeze(1)
        x = added[near] + ours[..., :d] + scaled[near] * ours[..., d:]
        x = x + self.apart[near - at.unsqueeze(1) + MAX_WORDS]
        between = paragraphs[0][near] - paragraphs[0][at].unsqueeze(1)
        x = x + r.paragraph(between.clamp(-2, 2) + 2) + r.kind(kinds).unsqueeze(1)
        for block in r.blocks:
            x = block(x)
        roles = r.role(r.norm(x))
        rows = torch.cat((torch.tensor([NO_ROLE]), roles.reshape(-1, 4)))
        place = torch.arange(n).unsqueeze(0) - start.unsqueeze(1)
        in_reach = place == place.clamp(min=0).clamp(max=reach - 1)
        index = torch.arange(at.shape[0]).unsqueeze(1) * reach + place + 1
        return at, kinds, chances, rows[index * in_reach]


class Teaching(Serving):
    """As Serving, and also the anchor logits (w, 2) and mark logits (w, 3) of every word; all is in reach."""

    def __init__(self, model: AttributionModel | FastModel, eight_bit_table: bool) -> None:
        super().__init__(model, eight_bit_table)
        self.back = self.ahead = MAX_WORDS

    def forward(
        self, pieces: Tensor, features: Tensor, firsts: Tensor, paragraphs: Tensor, floor: Tensor
    ) -> tuple[Tensor, ...]:
        words = self.encode(pieces, features, firsts)
        logits, marks = self.model.find_anchors(words)
        return (*self.read(words, logits, paragraphs, floor), logits, marks)


def export(
    model: AttributionModel | FastModel,
    tuning: Tuning,
    pieces: Path,
    folder: Path,
    *,
    name: str = "default",
    eight_bits: bool = True,
) -> Path:
    """The path of the ONNX file; all files of the folder agree with its manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"attributions-{name}"
    target = folder / f"{stem}.onnx"
    write_graph(Serving(model.eval(), eight_bits).eval(), target, eight_bits=eight_bits)
    (folder / f"{stem}.json").write_text(json.dumps(asdict(tuning), indent=1) + "\n", encoding="utf-8")
    (folder / VOCABULARY).write_text(pieces.read_text(encoding="utf-8"), encoding="utf-8")
    write_manifest(folder)
    return target


def write_manifest(folder: Path) -> None:
    """SHA-256 of every file beside it."""
    files = sorted(p for p in folder.iterdir() if p.name != "manifest.json" and p.is_file())
    listed = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    (folder / "manifest.json").write_text(
        json.dumps({"format": 1, "files": listed}, indent=1) + "\n", encoding="utf-8"
    )


def write_graph(serving: Serving, target: Path, *, eight_bits: bool) -> None:
    """The graph as a file; seven of the eight bits are used, so that no processor overflows."""
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        _write_plain(serving, plain)
        if not eight_bits:
            target.write_bytes(plain.read_bytes())
            return
        quantize(plain, target)


def _write_plain(serving: Serving, path: Path) -> None:
    p, w = 12, 7
    example = (
        torch.arange(p).unsqueeze(0) + 1000,
        torch.zeros(1, p, 3, dtype=torch.long),
        torch.arange(1, w + 1).unsqueeze(0),
        torch.zeros(1, w, dtype=torch.long),
        torch.tensor(-100.0),
    )
    outputs = (*OUTPUTS, "anchors", "marks") if isinstance(serving, Teaching) else OUTPUTS
    torch.onnx.export(
        serving,
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(outputs),
        dynamic_axes={
            "pieces": {1: "p"},
            "features": {1: "p"},
            "firsts": {1: "w"},
            "paragraphs": {1: "w"},
            "at": {0: "k"},
            "kinds": {0: "k"},
            "chances": {0: "k"},
            "roles": {0: "k", 1: "w"},
            **{name: {0: "w"} for name in outputs[len(OUTPUTS) :]},
        },
        opset_version=17,
        custom_opsets={"com.microsoft": 1},
        dynamo=False,
    )
    onnx.checker.check_model(str(path))


def publish(
    model: AttributionModel | FastModel,
    data: Path,
    pieces: Path,
    folder: Path,
    *,
    name: str = "default",
    eight_bits: bool = True,
) -> Tuning:
    """Exports, tunes the decoder on held-out articles as the weights will serve, and writes it all."""
    from onrecord.models import load_scorer
    from training.evaluate_attributions import score_held_out
    from training.tune_attributions import start_tuning, tune

    start = start_tuning(name)
    export(model, start, pieces, folder, name=name, eight_bits=eight_bits)
    load_scorer.cache_clear()
    tuning = tune(score_held_out(data, load_scorer(name, folder=folder)), start)
    (folder / f"attributions-{name}.json").write_text(
        json.dumps(asdict(tuning), indent=1) + "\n", encoding="utf-8"
    )
    write_manifest(folder)
    load_scorer.cache_clear()
    return tuning


def load_mean(path: Path) -> AttributionModel:
    """The averaged model of a checkpoint."""
    state = torch.load(path, weights_only=True)["mean"]
    model = AttributionModel(shape_of(state))
    model.load_state_dict(state)
    return model.eval()


def main() -> None:
    from training.train_attributions import find_base

    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", default="default")
    parser.add_argument("--float32", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    pieces = find_base() / "vocab.txt"
    tuning = publish(
        load_mean(args.checkpoint), args.data, pieces, args.out, name=args.name, eight_bits=not args.float32
    )
    print(tuning)


if __name__ == "__main__":
    main()
