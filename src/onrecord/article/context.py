"""What the second ensemble is told besides: what the first thinks of the units around.

In: Measures and the first ensemble's probabilities. Out: the measures with columns of context: the neighbours, the
units with the same path or tags, the heaviest stretch of the page, how a path goes along with that of most of the
article. Nothing here is learned.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from onrecord.article.features import Measures
from onrecord.article.shape import Doubles, Floats, Ints

_CONTEXT = (
    "first", "first-1", "first+1", "first-2", "first+2", "first-3", "first+3", "before3", "after3", "before10",
    "after10", "around25", "mass_before", "mass_after", "since", "until", "total", "path_mean", "path_plain",
    "path_share", "path_others", "shape_mean", "shape_share", "shape_others", "in_cluster", "off_cluster",
    "cluster_share", "tags_shared", "marks_shared", "tags_extra", "marks_extra", "is_within", "within_share",
)  # fmt: skip


#: Units whose neighbours are looked up together: bounds the memory.
UNITS_AT_ONCE = 4096
#: How far the sums reach beyond the first and last unit; stretches [first, end) before, after and around a unit.
_REACH = 26
_STRETCHES = np.array(((-3, 0), (1, 4), (-10, 0), (1, 11), (-25, 26))) + _REACH
#: The neighbours whose probability is told, by their distance, where three empty ones stand before the first unit.
_SHIFTS = np.array((0, -1, 1, -2, 2, -3, 3)) + 3


def find_context(measures: Measures, first: Doubles) -> Floats:
    """float32 (names, units): what the first ensemble thinks of the neighbourhood, the path and the page."""
    n = len(first)
    out = np.empty((len(_CONTEXT), n), np.float32)
    if n == 0:
        return out
    letters = measures.letters.astype(np.float64)
    mass = first * letters
    sums = _sums_to(np.array((mass, letters)))
    total = max(float(sums[0, -1]), 1e-6)
    padded = np.zeros(n + 6)
    padded[3 : n + 3] = first
    at = len(_SHIFTS) + len(_STRETCHES)
    for start in range(0, n, UNITS_AT_ONCE):
        _neighbourhood(padded, sums, out[:at, start : start + UNITS_AT_ONCE], start)
    mass_to, letters_to = sums[:, _REACH : _REACH + n + 1]
    columns = (
        mass_to[:-1] / total, (total - mass_to[1:]) / total, *_distances(first), math.log1p(total),
        *_shares(measures, first, mass, letters, total), *_cluster(first, mass, letters_to, total),
    )  # fmt: skip
    for row, column in zip(out[at:], columns, strict=False):
        row[:] = column
    at += len(columns)
    best = int(np.bincount(measures.paths, weights=mass).argmax())
    within = measures.of_paths.shared_with(best).T.take(measures.paths, axis=1)
    out[at:-1] = within
    out[-1] = float(mass @ within[-1]) / total
    return out


def _neighbourhood(padded: Doubles, sums: Doubles, out: Floats, start: int) -> None:
    """Write the columns of the neighbours and of the stretches around, for the units from `start` on."""
    rows = np.arange(start, start + out.shape[1])
    n = len(_SHIFTS)
    out[:n] = padded.take(rows + _SHIFTS[:, None])
    starts, ends = rows + _STRETCHES[:, :1], rows + _STRETCHES[:, 1:]
    mass_in, letters_in = sums.take(ends, axis=1) - sums.take(starts, axis=1)
    np.divide(mass_in, np.maximum(letters_in, 1), out=out[n:])


def add_context(measures: Measures, first: Doubles) -> Floats:
    """The columns of all units, with those of the context."""
    return np.concatenate([measures.all_columns, find_context(measures, first)])


def _sums_to(values: Doubles) -> Doubles:
    """Sums of each row's values before each place, with the first and last repeated on both sides."""
    n_rows, n = values.shape
    sums = np.zeros((n_rows, n + 1 + 2 * _REACH))
    values.cumsum(axis=1, out=sums[:, _REACH + 1 : _REACH + 1 + n])
    sums[:, _REACH + 1 + n :] = sums[:, _REACH + n, None]
    return sums


def _distances(first: Doubles) -> tuple[Ints, Ints]:
    """How many units ago the last likely paragraph was, and in how many the next one comes."""
    n = len(first)
    rows = np.arange(n)
    is_body = first > 0.5
    since = rows - np.maximum.accumulate(np.where(is_body, rows, -50))
    until = np.minimum.accumulate(np.where(is_body, rows, n + 50)[::-1])[::-1] - rows
    return np.minimum(since, 50), np.minimum(until, 50)


def _shares(
    measures: Measures, first: Doubles, mass: Doubles, letters: Doubles, total: float
) -> Iterator[Doubles]:
    """What the first ensemble thinks of the units with the same path, and of those with the same tags."""
    for k, ids in enumerate((measures.paths, measures.shapes)):
        mass_of, letters_of = np.bincount(ids, weights=mass)[ids], np.bincount(ids, weights=letters)[ids]
        yield mass_of / letters_of
        if k == 0:
            yield (np.bincount(ids, weights=first) / np.bincount(ids))[ids]
        yield mass_of / total
        yield (mass_of - mass) / np.maximum(letters_of - letters, 1)


def _cluster(
    first: Doubles,
    mass: Doubles,
    letters_to: Doubles,
    total: float,
) -> tuple[npt.ArrayLike, npt.ArrayLike, float]:
    """Whether a unit lies in the heaviest stretch of likely units, how far off, and that stretch's share."""
    n = len(first)
    likely = (first > 0.4).nonzero()[0]
    if not len(likely):
        return 0.0, 0.0, 0.0
    is_gap = (likely[1:] - likely[:-1] > 12) | (letters_to[likely[1:]] - letters_to[likely[:-1] + 1] > 1500)
    number = np.zeros(len(likely), np.int64)
    is_gap.cumsum(out=number[1:])
    weight = np.bincount(number, weights=mass[likely])
    best = int(weight.argmax())
    start, end = likely[number == best][[0, -1]]
    rows = np.arange(n)
    off = np.minimum(rows - start, 0) + np.maximum(rows - end, 0)
    return off == 0, np.minimum(np.maximum(off, -40), 40), weight[best] / total
