"""What the second ensemble is told besides: what the first thinks of the units around.

In: Measures and the first ensemble's probabilities. Out: the measures with columns of context: the neighbours, the
units with the same path or tags, the heaviest stretch of the page, how a path goes along with that of most of the
article. Nothing here is learned.
"""

from __future__ import annotations

import numpy as np

from onrecord.article.features import Doubles, Floats, Measures, shared_path

_CONTEXT = (
    "first", "first-1", "first+1", "first-2", "first+2", "first-3", "first+3", "before3", "after3", "before10",
    "after10", "around25", "mass_before", "mass_after", "since", "until", "total", "path_mean", "path_plain",
    "path_share", "path_others", "shape_mean", "shape_share", "shape_others", "in_cluster", "off_cluster",
    "cluster_share", "tags_shared", "marks_shared", "tags_extra", "marks_extra", "is_within", "within_share",
)  # fmt: skip


def add_context(measures: Measures, first: Doubles) -> Floats:
    """The measures and what the first ensemble thinks of the neighbourhood, the path and the page."""
    n = len(first)
    if n == 0:
        return np.zeros((0, measures.columns.shape[1] + len(_CONTEXT)), np.float32)
    letters = measures.letters.astype(np.float64)
    mass = first * letters
    rows = np.arange(n)
    mass_to, letters_to = np.concatenate([[0], np.cumsum(mass)]), np.concatenate([[0], np.cumsum(letters)])
    total = max(mass_to[-1], 1e-6)

    def mean(start: int, end: int) -> Doubles:
        low, high = np.clip(rows + start, 0, n), np.clip(rows + end, 0, n)
        share: Doubles = (mass_to[high] - mass_to[low]) / np.maximum(letters_to[high] - letters_to[low], 1)
        return share

    is_body = first > 0.5
    since = rows - np.maximum.accumulate(np.where(is_body, rows, -50))
    until = np.minimum.accumulate(np.where(is_body, rows, n + 50)[::-1])[::-1] - rows
    columns = [
        first, *(_moved(first, shift) for shift in (-1, 1, -2, 2, -3, 3)),
        mean(-3, 0), mean(1, 4), mean(-10, 0), mean(1, 11), mean(-25, 26),
        mass_to[:-1] / total, (total - mass_to[1:]) / total, np.minimum(since, 50), np.minimum(until, 50),
        np.full(n, np.log1p(total)),
    ]  # fmt: skip
    for k, ids in enumerate((measures.paths, measures.shapes)):
        mass_of, letters_of = np.bincount(ids, weights=mass), np.bincount(ids, weights=letters)
        plain = [(np.bincount(ids, weights=first) / np.bincount(ids))[ids]] if k == 0 else []
        columns += [
            (mass_of / letters_of)[ids], *plain, (mass_of / total)[ids],
            (mass_of[ids] - mass) / np.maximum(letters_of[ids] - letters, 1),
        ]  # fmt: skip
    columns += _cluster(first, mass, letters_to, total)
    within = _within(measures, mass)
    columns += [*within.T, np.full(n, float(mass @ within[:, -1]) / total)]
    return np.column_stack([measures.columns, *columns]).astype(np.float32)


def _moved(values: Doubles, shift: int) -> Doubles:
    out = np.zeros_like(values)
    if shift < 0 and len(values) > -shift:
        out[-shift:] = values[:shift]
    elif len(values) > shift > 0:
        out[:-shift] = values[shift:]
    return out


def _cluster(
    first: Doubles,
    mass: Doubles,
    letters_to: Doubles,
    total: float,
) -> list[Doubles]:
    """Whether a unit lies in the heaviest stretch of likely units, how far off, and that stretch's share."""
    n = len(first)
    rows = np.arange(n)
    likely = np.nonzero(first > 0.4)[0]
    if not len(likely):
        return [np.zeros(n)] * 3
    is_gap = (np.diff(likely) > 12) | (letters_to[likely[1:]] - letters_to[likely[:-1] + 1] > 1500)
    number = np.concatenate([[0], np.cumsum(is_gap)])
    weight = np.bincount(number, weights=mass[likely])
    best = int(weight.argmax())
    start, end = likely[number == best][[0, -1]]
    off = np.clip(np.where(rows < start, rows - start, np.where(rows > end, rows - end, 0)), -40, 40)
    return [
        ((rows >= start) & (rows <= end)).astype(float),
        off.astype(float),
        np.full(n, weight[best] / total),
    ]


def _within(measures: Measures, mass: Doubles) -> Floats:
    """How much of its path each unit shares with the path that most of the article seems to have."""
    units, ids = measures.units, measures.paths
    if not units.is_html:
        return np.zeros((len(units), 5), np.float32)
    _, where = np.unique(ids, return_index=True)
    best = where[int(np.bincount(ids, weights=mass).argmax())]
    best_tags, best_marks = units.tags[best], units.marks[best]
    return np.array(
        [shared_path(units.tags[i], units.marks[i], best_tags, best_marks) for i in where], np.float32
    )[ids]
