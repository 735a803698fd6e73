"""From a rule's score to how many names of that score are right.

In: a raw score. Out: a share between 0 and 1 that never falls as the score rises. The table is fitted on
labelled articles (`calibration.txt` says how); the threshold for naming anybody is on raw scores.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.speakers import lists

Knots = Sequence[tuple[float, float]]


def calibrated(score: float, knots: Knots | None = None) -> float:
    """The share of names with such a score that were right; straight between the table's lines."""
    table = lists.calibration() if knots is None else knots
    raws = [raw for raw, _ in table]
    k = bisect_left(raws, score)
    if k == 0:
        return table[0][1]
    if k == len(table):
        return table[-1][1]
    (x0, y0), (x1, y1) = table[k - 1], table[k]
    return y0 + (y1 - y0) * (score - x0) / (x1 - x0)
