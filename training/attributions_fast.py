"""The fast attribution model: vectors of word pieces, convolutions over words, and the same anchors.

In: encoded windows. Out: what `attributions_model` gives, at a tenth of the arithmetic: the vectors are
those that MiniLM starts from, projected, and summed to words before anything is computed; a stack of
dilated convolutions stands in for attention. Leaves to others: the loss, what it learns from (`train_fast`).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.attributions_model import FEATURE_SIZES, Block, Roles, Shape, SharedDropout

#: A word's pieces after so many are not looked at.
PIECES = 4


@dataclass(frozen=True)
class FastShape(Shape):
    """Sizes of the network; base: width of MiniLM's vectors."""

    base: int = 384
    width: int = 192
    blocks: tuple[int, ...] = (1, 2, 4, 8, 16, 2, 1)
    role_width: int = 64
    dilations: tuple[int, ...] = (1, 2, 4, 8)


class FastModel(nn.Module):
    """Vectors, convolutions, anchors and roles; the heads are those of `AttributionModel`."""

    def __init__(self, shape: FastShape | None = None) -> None:
        super().__init__()
        shape = shape or FastShape()
        self.shape = shape
        d = shape.width
        self.register_buffer("base", torch.zeros(shape.vocabulary, shape.base))
        self.register_buffer("goes_on", torch.zeros(shape.vocabulary, dtype=torch.bool))
        self.first = nn.Linear(shape.base, d)
        self.rest = nn.Linear(shape.base, d)
        self.features = nn.ModuleList(nn.Embedding(n, d) for n in FEATURE_SIZES)
        self.norm = nn.LayerNorm(d)
        self.dropout = SharedDropout(shape.dropout)
        self.blocks = nn.ModuleList(Block(d, n, shape.dropout) for n in shape.blocks)
        self.top = nn.LayerNorm(d)
        self.hidden = nn.Linear(d, d)
        self.anchors = nn.Linear(d, 2)
        self.marks = nn.Linear(d, 3)
        self.roles = Roles(shape)

    def encode(self, pieces: Tensor, features: Tensor, firsts: Tensor, mask: Tensor | None) -> Tensor:
        """(b, p), (b, p, 3), (b, w), (b, p) -> the words' states (b, w, width)."""
        ids, there = word_pieces(pieces, firsts, self.goes_on)
        x = self.first(self.base[ids[..., 0]])
        rest = (self.base[ids[..., 1:]] * there.unsqueeze(-1)).sum(2)
        x = x + F.linear(rest, self.rest.weight) + there.sum(-1, keepdim=True) * self.rest.bias
        mine = features.gather(1, firsts.unsqueeze(-1).expand(-1, -1, features.shape[-1]))
        for i, table in enumerate(self.features):
            x = x + table(mine[..., i])
        x = self.dropout(self.norm(x))
        for block in self.blocks:
            x = block(x)
        return self.top(x)

    def find_anchors(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Anchor logits (b, w, 2) and mark logits (b, w, 3)."""
        h = self.dropout(F.gelu(self.hidden(words)))
        return self.anchors(h), self.marks(h)

    def table(self) -> Tensor:
        """One vector for every piece (vocabulary, width): a piece either begins a word or goes on."""
        return torch.where(self.goes_on.unsqueeze(1), self.rest(self.base), self.first(self.base))


def word_pieces(pieces: Tensor, firsts: Tensor, goes_on: Tensor) -> tuple[Tensor, Tensor]:
    """Each word's first PIECES pieces (b, w, PIECES), and which but the first there are (b, w, PIECES - 1)."""
    last = pieces.shape[1] - 1
    ids = [pieces.gather(1, firsts)]
    there: list[Tensor] = []
    for i in range(1, PIECES):
        following = pieces.gather(1, (firsts + i).clamp(max=last))
        seen = goes_on[following]
        there.append(seen & there[-1] if there else seen)
        ids.append(following)
    return torch.stack(ids, -1), torch.stack(there, -1)


def start_fast(base: Tensor, pieces: list[str], shape: FastShape | None = None) -> FastModel:
    """A model that has MiniLM's vectors, projected on their directions of greatest variance."""
    model = FastModel(shape)
    model.base.copy_(base)
    model.goes_on.copy_(torch.tensor([p.startswith("##") for p in pieces]))
    centred = base - base.mean(0)
    directions = torch.linalg.eigh(centred.T @ centred)[1][:, -model.shape.width :].T
    with torch.no_grad():
        for linear in (model.first, model.rest):
            linear.weight.copy_(directions / (centred @ directions.T).std())
            linear.bias.copy_(-(linear.weight @ base.mean(0)))
    return model
