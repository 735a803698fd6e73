"""A trained model as one ONNX file that serves, its weights in eight bits.

In: the averaged model, the tuning, the vocabulary. Out: DIR/attributions-<name>.onnx, .json (tuning),
.vocab.txt and DIR/manifest.json with the SHA-256 of each, as `onrecord.models` reads them.

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

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.attributions.decode import Tuning
from training.attributions_model import MAX_WORDS, AttributionModel

INPUTS = ("pieces", "features", "firsts", "paragraphs", "floor")
OUTPUTS = ("at", "kinds", "chances", "roles")


class EightBitTable(nn.Module):
    """An embedding table in int8 with a scale for every row."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        weight = table.weight.detach()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, index: Tensor) -> Tensor:
        return self.rows[index].float() * self.scale[index]


class Serving(nn.Module):
    """The model on one window, from numbers to roles."""

    def __init__(self, model: AttributionModel, eight_bit_table: bool) -> None:
        super().__init__()
        self.model = model
        self.table = EightBitTable(model.pieces) if eight_bit_table else model.pieces

    def forward(
        self, pieces: Tensor, features: Tensor, firsts: Tensor, paragraphs: Tensor, floor: Tensor
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        m = self.model
        x = self.table(pieces) + m.positions.weight[: pieces.shape[1]]
        for i, table in enumerate(m.features):
            x = x + table(features[..., i])
        x = m.norm(x)
        for layer in m.layers:
            b, t, w = x.shape
            qkv = layer.qkv(x).view(b, t, 3, layer.heads, w // layer.heads).permute(2, 0, 3, 1, 4)
            q, k, v = qkv[0], qkv[1], qkv[2]
            a = torch.softmax((q * (w // layer.heads) ** -0.5) @ k.transpose(-1, -2), -1) @ v
            x = layer.norm1(x + layer.out(a.transpose(1, 2).reshape(b, t, w)))
            x = layer.norm2(x + layer.down(F.gelu(layer.up(x))))
        words = x[0][firsts[0]]
        logits = m.anchors(F.gelu(m.hidden(words)))
        found = torch.nonzero(logits > floor)
        at, kinds = found[:, 0], found[:, 1]
        chances = logits[at, kinds]
        r = m.roles
        d = m.shape.role_width
        both = r.word(words)
        ours = r.anchor(words[at]).unsqueeze(1)
        x = both[:, :d] + ours[..., :d] + both[:, d:] * ours[..., d:]
        apart = torch.arange(words.shape[0]).unsqueeze(0) - at.unsqueeze(1)
        x = x + r.distance(r.buckets[apart + MAX_WORDS])
        between = paragraphs[0].unsqueeze(0) - paragraphs[0][at].unsqueeze(1)
        x = x + r.paragraph(between.clamp(-2, 2) + 2) + r.kind(kinds).unsqueeze(1)
        for block in r.blocks:
            x = block(x)
        return at, kinds, chances, r.role(r.norm(x))


def export(
    model: AttributionModel,
    tuning: Tuning,
    pieces: Path,
    folder: Path,
    *,
    name: str = "default",
    eight_bits: bool = True,
    reduce_range: bool = True,
) -> Path:
    """The path of the ONNX file; all files of this name in the folder agree with the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"attributions-{name}"
    target = folder / f"{stem}.onnx"
    serving = Serving(model.eval(), eight_bits).eval()
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "plain.onnx"
        _write_graph(serving, plain)
        if eight_bits:
            quantize_dynamic(
                plain,
                target,
                op_types_to_quantize=["MatMul", "Gemm"],
                per_channel=True,
                reduce_range=reduce_range,
                weight_type=QuantType.QInt8,
            )
        else:
            target.write_bytes(plain.read_bytes())
    (folder / f"{stem}.json").write_text(json.dumps(asdict(tuning), indent=1) + "\n", encoding="utf-8")
    (folder / f"{stem}.vocab.txt").write_text(pieces.read_text(encoding="utf-8"), encoding="utf-8")
    write_manifest(folder)
    return target


def write_manifest(folder: Path) -> None:
    """SHA-256 of every file beside it."""
    files = sorted(p for p in folder.iterdir() if p.name != "manifest.json" and p.is_file())
    listed = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    (folder / "manifest.json").write_text(
        json.dumps({"format": 1, "files": listed}, indent=1) + "\n", encoding="utf-8"
    )


def _write_graph(serving: Serving, path: Path) -> None:
    p, w = 12, 7
    example = (
        torch.arange(p).unsqueeze(0) + 1000,
        torch.zeros(1, p, 3, dtype=torch.long),
        torch.arange(1, w + 1).unsqueeze(0),
        torch.zeros(1, w, dtype=torch.long),
        torch.tensor(-100.0),
    )
    torch.onnx.export(
        serving,
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes={
            "pieces": {1: "p"},
            "features": {1: "p"},
            "firsts": {1: "w"},
            "paragraphs": {1: "w"},
            "at": {0: "k"},
            "kinds": {0: "k"},
            "chances": {0: "k"},
            "roles": {0: "k", 1: "w"},
        },
        opset_version=17,
        dynamo=False,
    )
    onnx.checker.check_model(str(path))


def publish(
    model: AttributionModel,
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

    export(model, start_tuning(), pieces, folder, name=name, eight_bits=eight_bits)
    load_scorer.cache_clear()
    tuning = tune(score_held_out(data, load_scorer(name, folder=folder)), start_tuning())
    (folder / f"attributions-{name}.json").write_text(
        json.dumps(asdict(tuning), indent=1) + "\n", encoding="utf-8"
    )
    write_manifest(folder)
    load_scorer.cache_clear()
    return tuning


def load_mean(path: Path) -> AttributionModel:
    """The averaged model of a checkpoint."""
    model = AttributionModel()
    model.load_state_dict(torch.load(path, weights_only=True)["mean"])
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
