"""How likely each unit is a paragraph of the article itself.

In: a Page's units and their signs. Out: a probability a unit. Two ensembles of trees, trained by
`training/train_zones.py`: the first looks at a unit and its neighbours, the second also at what the
first thinks of the units around, of those with the same path, and of the page as a whole.
Leaves to others: what the rest of the page is (zones.py).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final
from zipfile import BadZipFile

import numpy as np

from onrecord.article.context import find_context
from onrecord.article.features import VERSION, measure_units
from onrecord.article.shape import Doubles, Floats
from onrecord.article.signs import Sign
from onrecord.article.trees import Trees
from onrecord.article.units import Units
from onrecord.errors import ModelError

#: A unit is the article's own paragraph from this probability on.
IS_BODY: Final = 0.5
#: Units of which the columns are put together at once: bounds the memory.
UNITS_AT_ONCE: Final = 256

_ARRAYS: Final = ("features", "thresholds", "masks", "leaves")


@dataclass(frozen=True, slots=True)
class Weights:
    """The trained classifier. sha256: of the file that it was read from."""

    first: Trees
    second: Trees
    sha256: str


def score_units(text: str, units: Units, signs: Sequence[Sign | None], weights: Weights) -> tuple[float, ...]:
    """One probability a unit, in order; short links are never the article's paragraphs, and not looked at."""
    measures = measure_units(text, units, signs)
    are_open = measures.is_open.nonzero()[0]
    parts = [are_open[at : at + UNITS_AT_ONCE] for at in range(0, len(are_open), UNITS_AT_ONCE)]
    first, second = np.zeros(len(units)), np.zeros(len(units))
    columns = np.zeros((0, 0), np.float32)
    for part in parts:
        columns = measures.columns(part)
        first[part] = weights.first.probabilities(columns)
    context = find_context(measures, first)
    for part in parts:
        columns = columns if len(parts) == 1 else measures.columns(part)
        second[part] = weights.second.probabilities(np.concatenate([columns, context.take(part, axis=1)]))
    return tuple(second.tolist())


def probabilities(trees: Trees, units: Units, columns: Floats) -> Doubles:
    """One ensemble's answer a unit. columns: (features, units)."""
    is_open = ~np.array(units.links, bool)
    answers = np.zeros(len(is_open))
    answers[is_open] = trees.probabilities(columns[:, is_open])
    return answers


def parse_weights(content: bytes) -> Weights:
    """Weights from the bytes of an .npz file; ModelError where it is none, or made for other columns."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            version = int(arrays["version"])
            stages = [
                Trees(*(arrays[f"{stage}_{name}"] for name in _ARRAYS)) for stage in ("first", "second")
            ]
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise ModelError(
            f"weights of the zone classifier cannot be read ({error}); install onrecord again"
        ) from error
    if version != VERSION:
        raise ModelError(
            f"weights of the zone classifier are for columns {version}, this program has {VERSION}"
        )
    return Weights(stages[0], stages[1], hashlib.sha256(content).hexdigest())


def dump_weights(first: Trees, second: Trees) -> bytes:
    """The bytes that `parse_weights` reads; the same trees give the same bytes."""
    stages = {"first": first, "second": second}
    arrays = {f"{stage}_{name}": getattr(trees, name) for stage, trees in stages.items() for name in _ARRAYS}
    out = io.BytesIO()
    np.savez_compressed(out, version=np.int64(VERSION), **arrays)
    return out.getvalue()


@cache
def load_weights() -> Weights:
    """The weights that come with the program, read once a process."""
    return parse_weights((files("onrecord.article") / "weights" / "zones.npz").read_bytes())


def weights_sha256() -> str:
    """SHA-256 (hex) of the weights that come with the program."""
    return load_weights().sha256
