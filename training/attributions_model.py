"""The attribution model: MiniLM, an anchor at every cue, and who and what hangs on each anchor.

In: encoded windows. Out: for each word two anchor logits (a cue starts here; a content whose cue
is not in sight starts here); for each anchor, four role logits for every word of the window
(nothing, source, cue, content). Leaves to others: the loss, the decoder.

The roles are read by a small stack of dilated convolutions over the words, each seeing the word,
the anchor, their product, and how far apart they stand, so that nested and overlapping
attributions are each read on their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FEATURE_SIZES = (3, 4, 4)
MAX_WORDS = 256
N_BUCKETS = 64


@dataclass(frozen=True)
class Shape:
    """Sizes of the network; the encoder's are MiniLM-L6's. heads, inner: of each layer, fewer where `slim` took some."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    inner: tuple[int, ...] = (1536,) * 6
    heads: tuple[int, ...] = (12,) * 6
    head_width: int = 32
    role_width: int = 160
    dilations: tuple[int, ...] = (1, 2, 4, 8, 1)
    dropout: float = 0.1


class SharedDropout(nn.Module):
    """Dropout that drops a channel for all positions of a row at once: as good, and free on a CPU."""

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, x: Tensor) -> Tensor:
        """x: (rows, positions, channels)."""
        if not self.training or self.p == 0:
            return x
        keep = torch.rand(x.shape[0], 1, x.shape[2]) >= self.p
        return x * (keep / (1 - self.p)).to(x.dtype)


class Layer(nn.Module):
    """One post-norm transformer layer, as in BERT."""

    def __init__(self, shape: Shape, number: int) -> None:
        super().__init__()
        self.heads, inner = shape.heads[number], shape.inner[number]
        inside = self.heads * shape.head_width
        self.qkv = nn.Linear(shape.width, 3 * inside)
        self.out = nn.Linear(inside, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=1e-12)
        self.up = nn.Linear(shape.width, inner)
        self.down = nn.Linear(inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = SharedDropout(shape.dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        with torch.autocast("cpu", enabled=False):  # PyTorch 2.13's is faster in float32 on a CPU
            a = F.scaled_dot_product_attention(q.float(), k.float(), v.float(), mask)
        a = a.transpose(1, 2).reshape(b, t, -1)
        x = self.norm1(x + self.dropout(self.out(a)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Block(nn.Module):
    """A residual dilated convolution of width three over the words."""

    def __init__(self, width: int, dilation: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.mix = nn.Linear(3 * width, width)
        self.out = nn.Linear(width, width)
        self.dropout = SharedDropout(dropout)
        self.dilation = dilation

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(x)
        d = self.dilation
        padded = F.pad(y, (0, 0, d, d))
        y = torch.cat((padded[:, : -2 * d], y, padded[:, 2 * d :]), -1)
        return x + self.dropout(self.out(F.gelu(self.mix(y))))


class Roles(nn.Module):
    """Role logits (anchors, words, 4) of every word for every anchor."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        d = shape.role_width
        self.word = nn.Linear(shape.width, 2 * d)
        self.anchor = nn.Linear(shape.width, 2 * d)
        self.kind = nn.Embedding(2, d)
        self.distance = nn.Embedding(N_BUCKETS, d)
        self.paragraph = nn.Embedding(5, d)
        self.blocks = nn.ModuleList(Block(d, n, shape.dropout) for n in shape.dilations)
        self.norm = nn.LayerNorm(d)
        self.role = nn.Linear(d, 4)
        self.dropout = SharedDropout(shape.dropout)
        self.register_buffer("buckets", distance_buckets(), persistent=False)

    def forward(self, words: Tensor, paragraphs: Tensor, row: Tensor, at: Tensor, kind: Tensor) -> Tensor:
        """words: (b, w, width); paragraphs: (b, w); row, at, kind: (anchors,)."""
        n_words = words.shape[1]
        added, scaled = self.word(words).chunk(2, -1)
        mine, gate = self.anchor(words[row, at]).unsqueeze(1).chunk(2, -1)
        x = added[row] + mine + scaled[row] * gate
        apart = torch.arange(n_words, device=words.device).unsqueeze(0) - at.unsqueeze(1)
        x = x + self.distance(self.buckets[apart + MAX_WORDS])
        between = paragraphs[row] - paragraphs[row, at].unsqueeze(1)
        x = x + self.paragraph(between.clamp(-2, 2) + 2) + self.kind(kind).unsqueeze(1)
        x = self.dropout(x)
        for block in self.blocks:
            x = block(x)
        return self.role(self.norm(x))


class AttributionModel(nn.Module):
    """Encoder, anchors and roles; `marks` are logits of a word's roles in any attribution."""

    def __init__(self, shape: Shape | None = None) -> None:
        super().__init__()
        shape = shape or Shape()
        self.shape = shape
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.features = nn.ModuleList(nn.Embedding(n, shape.width) for n in FEATURE_SIZES)
        for table in self.features:
            nn.init.normal_(table.weight, std=0.02)  # type: ignore[arg-type]
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.dropout = SharedDropout(shape.dropout)
        self.layers = nn.ModuleList(Layer(shape, i) for i in range(len(shape.heads)))
        self.hidden = nn.Linear(shape.width, shape.width)
        self.anchors = nn.Linear(shape.width, 2)
        self.marks = nn.Linear(shape.width, 3)
        self.roles = Roles(shape)

    def encode(self, pieces: Tensor, features: Tensor, firsts: Tensor, mask: Tensor | None) -> Tensor:
        """(b, p), (b, p, 3), (b, w), (b, p) -> the words' states (b, w, width)."""
        x = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]]
        for i, table in enumerate(self.features):
            x = x + table(features[..., i])
        x = self.dropout(self.norm(x))
        seen = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, seen)
        index = firsts.unsqueeze(-1).expand(-1, -1, x.shape[-1])
        return x.gather(1, index)

    def find_anchors(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Anchor logits (b, w, 2) and mark logits (b, w, 3)."""
        h = self.dropout(F.gelu(self.hidden(words)))
        return self.anchors(h), self.marks(h)


def distance_buckets() -> Tensor:
    """Bucket of each distance from -MAX_WORDS to MAX_WORDS: exact up to 16, then logarithmic."""
    apart = torch.arange(-MAX_WORDS, MAX_WORDS + 1)
    size = apart.abs()
    far = 16 + (torch.log(size.clamp(min=16) / 16) / torch.log(torch.tensor(16.0)) * 15).long()
    bucket = torch.where(size < 16, size, far.clamp(max=31))
    return torch.where(apart < 0, bucket, bucket + 32)


def shape_of(state: Mapping[str, Tensor]) -> Shape:
    """The sizes that a model's stored weights have."""
    n = sum(name.endswith(".qkv.weight") for name in state)
    return Shape(
        inner=tuple(len(state[f"layers.{i}.up.weight"]) for i in range(n)),
        heads=tuple(len(state[f"layers.{i}.qkv.weight"]) // (3 * Shape.head_width) for i in range(n)),
    )


def load_base(model: AttributionModel, path: Path) -> None:
    """Fills the encoder with MiniLM-L6's weights; ValueError if the file is not the pinned one."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != BASE_SHA256:
        raise ValueError(f"{path.name}: SHA-256 is {found}, expected {BASE_SHA256}")
    base = load_file(str(path))
    base = {name.removeprefix("bert."): value for name, value in base.items()}

    def copy(module: nn.Module, *names: str) -> None:
        for part in ("weight", "bias"):
            own = getattr(module, part, None)
            if own is not None:
                own.data.copy_(torch.cat([base[f"{name}.{part}"] for name in names]))

    copy(model.pieces, "embeddings.word_embeddings")
    copy(model.positions, "embeddings.position_embeddings")
    model.positions.weight.data += base["embeddings.token_type_embeddings.weight"][0]
    copy(model.norm, "embeddings.LayerNorm")
    for i, layer in enumerate(model.layers):
        at = f"encoder.layer.{i}"
        copy(layer.qkv, *(f"{at}.attention.self.{n}" for n in ("query", "key", "value")))
        copy(layer.out, f"{at}.attention.output.dense")
        copy(layer.norm1, f"{at}.attention.output.LayerNorm")
        copy(layer.up, f"{at}.intermediate.dense")
        copy(layer.down, f"{at}.output.dense")
        copy(layer.norm2, f"{at}.output.LayerNorm")
