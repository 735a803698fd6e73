"""What every round of training does alike: go on from the last finished epoch, take a step, save an epoch.

In: a model, the running mean of its weights, an optimizer. Out: the same, changed, and files `NAME-N.pt`.
Leaves to others: the loss, the rate, what is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn


def go_on(
    out: Path, name: str, epochs: int, model: nn.Module, mean: nn.Module, optimizer: torch.optim.Optimizer
) -> tuple[int, int]:
    """How many epochs and steps are done: those of the last epoch that DIR has, whose weights are taken."""
    for epoch in range(epochs, 0, -1):
        path = out / f"{name}-{epoch}.pt"
        if path.exists():
            saved = torch.load(path, weights_only=True)
            model.load_state_dict(saved["model"])
            mean.load_state_dict(saved["mean"])
            optimizer.load_state_dict(saved["optimizer"])
            return epoch, saved["step"]
    return 0, 0


def take_step(
    model: nn.Module,
    mean: nn.Module,
    optimizer: torch.optim.Optimizer,
    loss: Tensor,
    step: int,
    average: float,
) -> int:
    """The number of steps after this one. average: share of the mean that is kept, less at the beginning."""
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    step += 1
    keep = min(average, (1 + step) / (10 + step))
    with torch.no_grad():
        torch._foreach_lerp_(list(mean.parameters()), list(model.parameters()), 1 - keep)
    return step


def mean_state(states: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of several models' weights; what is no number with a fraction is the first one's."""
    return {
        name: torch.stack([s[name].float() for s in states]).mean(0) if first.is_floating_point() else first
        for name, first in states[0].items()
    }


def save_epoch(
    out: Path,
    name: str,
    epoch: int,
    step: int,
    model: nn.Module,
    mean: nn.Module,
    optimizer: torch.optim.Optimizer,
) -> None:
    """Write DIR/NAME-epoch.pt; a program that is killed leaves no half of it under that name."""
    saved = {
        "model": model.state_dict(),
        "mean": mean.state_dict(),
        "optimizer": optimizer.state_dict(),
        "step": step,
    }
    torch.save(saved, out / "unfinished.pt")
    (out / "unfinished.pt").rename(out / f"{name}-{epoch}.pt")
