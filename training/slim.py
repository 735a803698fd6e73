"""A slimmer model: without the heads and inner units that its loss would miss least.

In: a trained default model, and windows of its training articles with their targets. Out: the same model without so
many heads and inner units, whichever layers they are in, to be trained once more (`train_again`).

How much a part would be missed is the mean over windows of the square of the loss's derivative by a factor on what the
part answers: the diagonal of Fisher's information, as in Kwon et al. 2022, "A Fast Post-Training Pruning Framework for
Transformers". A layer keeps a quarter of its heads and of its units, whatever they are worth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import torch
from torch import Tensor, nn

from training.attributions_model import AttributionModel
from training.train_attributions import Batch
from training.train_fast import FastRecipe, Targets, loss_of

#: The share of its heads and of its inner units that every layer keeps.
LEAST = 0.25
#: Inner units are kept by so many: the runtime multiplies in blocks.
BLOCK = 64


def slim(
    model: AttributionModel,
    batches: Iterable[tuple[Batch, Targets]],
    recipe: FastRecipe,
    *,
    heads: int,
    inner: int,
) -> AttributionModel:
    """The model without `heads` heads and up to `inner` inner units, over all layers together; fewer units go where a block stays."""
    by_head, by_unit = weigh(model, batches, recipe)
    kept_heads, kept_units = _keep(by_head, heads, 1), _keep(by_unit, inner, BLOCK)
    shape = replace(model.shape, heads=tuple(map(len, kept_heads)), inner=tuple(map(len, kept_units)))
    out = AttributionModel(shape)
    state = dict(model.state_dict())
    size = shape.head_width
    for i, (mine, units) in enumerate(zip(kept_heads, kept_units, strict=True)):
        columns = (mine.unsqueeze(1) * size + torch.arange(size)).flatten()
        inside = model.shape.heads[i] * size
        rows = torch.cat([columns + part * inside for part in range(3)])
        at = f"layers.{i}"
        for name, places in (("qkv", rows), ("up", units)):
            for kind in ("weight", "bias"):
                state[f"{at}.{name}.{kind}"] = state[f"{at}.{name}.{kind}"][places]
        state[f"{at}.out.weight"] = state[f"{at}.out.weight"][:, columns]
        state[f"{at}.down.weight"] = state[f"{at}.down.weight"][:, units]
    out.load_state_dict(state)
    return out.eval()


def weigh(
    model: AttributionModel, batches: Iterable[tuple[Batch, Targets]], recipe: FastRecipe
) -> tuple[list[Tensor], list[Tensor]]:
    """How much each head (heads,) and each inner unit (inner,) of every layer would be missed."""
    model.eval()
    gates: list[Tensor] = []

    def gate(size: int, repeat: int) -> object:
        def before(_: nn.Module, given: tuple[Tensor]) -> tuple[Tensor]:
            factor = torch.ones(given[0].shape[0], 1, size, requires_grad=True)
            gates.append(factor)
            return (given[0] * factor.repeat_interleave(repeat, -1),)

        return before

    handles = []
    for layer in model.layers:
        handles.append(layer.out.register_forward_pre_hook(gate(layer.heads, model.shape.head_width)))
        handles.append(layer.down.register_forward_pre_hook(gate(layer.down.in_features, 1)))
    sums: list[Tensor] = []
    for batch, targets in batches:
        gates.clear()
        grads = torch.autograd.grad(loss_of(model, batch, targets, recipe)[0], gates)
        squares = [(g * len(g)).square().sum((0, 1)) for g in grads]
        sums = [s + q for s, q in zip(sums, squares, strict=True)] if sums else squares
    for handle in handles:
        handle.remove()
    return sums[::2], sums[1::2]


def _keep(missed: list[Tensor], fewer: int, block: int) -> list[Tensor]:
    """The places of every layer that stay, in order, when `fewer` go; a layer's last ones stay if its block does."""
    order = sorted((float(m), i) for i, layer in enumerate(missed) for m in layer)
    left = [len(layer) for layer in missed]
    for _, i in order[:fewer]:
        left[i] -= left[i] - 1 >= LEAST * len(missed[i])
    sizes = [min(len(m), -(-n // block) * block) for m, n in zip(missed, left, strict=True)]
    return [m.topk(n).indices.sort().values for m, n in zip(missed, sizes, strict=True)]
