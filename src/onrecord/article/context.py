"""What the second ensemble is told besides: what the first thinks of the units around.

In: Measures and the first ensemble's probabilities. Out: the measures with columns of context: the neighbours, the
units with the same path or tags, the heaviest stretch of the page, how a path goes along with that of most of the
article. Nothing here is learned.
"""

from __future__ import annotations

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


#: Stretches [first, end) of units before, after and around a unit.
_STRETCHES = ((-3, 0), (1, 4), (-10, 0), (1, 11), (-25, 26))
_REACH = 26
#: The neighbours whose probability is told, by their distance.
_SHIFTS = (0, -1, 1, -2, 2, -3, 3)


def find_context(measures: Measures, first: Doubles) -> Floats:
    """float32 (units, names): what the first ensemble thinks of the neighbourhood, the path and the page."""
    n, at = len(first), 0
    out = np.empty((n, len(_CONTEXT)), np.float32)
    if n == 0:
        return out
    letters = measures.letters.astype(np.float64)
    mass = first * letters
    mass_to, letters_to = _sums_to(mass), _sums_to(letters)
    total = max(mass_to[_REACH + n], 1e-6)
    padded = np.zeros(n + 6)
    padded[3 : n + 3] = first
    for shift in _SHIFTS:
        out[:, at] = padded[3 + shift : n + 3 + shift]
        at += 1
    for start, end in _STRETCHES:
        share = mass_to[_REACH + end :][:n] - mass_to[_REACH + start :][:n]
        share /= np.maximum(letters_to[_REACH + end :][:n] - letters_to[_REACH + start :][:n], 1)
        out[:, at] = share
        at += 1
    mass_to, letters_to = mass_to[_REACH : _REACH + n + 1], letters_to[_REACH : _REACH + n + 1]
    columns = (
        mass_to[:-1] / total, (total - mass_to[1:]) / total, *_distances(first), np.log1p(total),
        *_shares(measures, first, mass, letters, total), *_cluster(first, mass, letters_to, total),
    )  # fmt: skip
    for column in columns:
        out[:, at] = column
        at += 1
    best = int(np.bincount(measures.paths, weights=mass).argmax())
    within = measures.of_paths.shared_with(best)[measures.paths]
    out[:, at : at + within.shape[1]] = within
    out[:, -1] = float(mass @ within[:, -1]) / total
    return out


def add_context(measures: Measures, first: Doubles) -> Floats:
    """The columns of all units, with those of the context."""
    return np.hstack([measures.columns, find_context(measures, first)])


def _sums_to(values: Doubles) -> Doubles:
    """Sums of the values before each place, with the first and last repeated on both sides."""
    sums = np.zeros(len(values) + 1 + 2 * _REACH)
    np.cumsum(values, out=sums[_REACH + 1 : _REACH + 1 + len(values)])
    sums[_REACH + 1 + len(values) :] = sums[_REACH + len(values)]
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
        mass_of, letters_of = np.bincount(ids, weights=mass), np.bincount(ids, weights=letters)
        yield (mass_of / letters_of)[ids]
        if k == 0:
            yield (np.bincount(ids, weights=first) / np.bincount(ids))[ids]
        yield (mass_of / total)[ids]
        yield (mass_of[ids] - mass) / np.maximum(letters_of[ids] - letters, 1)


def _cluster(
    first: Doubles,
    mass: Doubles,
    letters_to: Doubles,
    total: float,
) -> tuple[npt.ArrayLike, npt.ArrayLike, float]:
    """Whether a unit lies in the heaviest stretch of likely units, how far off, and that stretch's share."""
    n = len(first)
    likely = np.flatnonzero(first > 0.4)
    if not len(likely):
        return 0.0, 0.0, 0.0
    is_gap = (likely[1:] - likely[:-1] > 12) | (letters_to[likely[1:]] - letters_to[likely[:-1] + 1] > 1500)
    number = np.zeros(len(likely), np.int64)
    np.cumsum(is_gap, out=number[1:])
    weight = np.bincount(number, weights=mass[likely])
    best = int(weight.argmax())
    start, end = likely[number == best][[0, -1]]
    rows = np.arange(n)
    off = np.minimum(rows - start, 0) + np.maximum(rows - end, 0)
    return off == 0, np.clip(off, -40, 40), weight[best] / total
