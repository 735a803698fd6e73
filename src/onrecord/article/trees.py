"""Boosted decision trees, read with numpy alone.

In: arrays of a trained ensemble, and measures. Out: a probability a row. The trees are walked the
way of QuickScorer (Lucchese et al., SIGIR 2015): every test that fails strikes out the leaves on
its left, and the first leaf left over is the answer, so a whole page goes through in a few array steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

#: Leaves a tree has at most: one bit each.
MAX_LEAVES = 16
#: Rows that go through together: bounds the memory, and stays in the processor's cache.
ROWS_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class Trees:
    """features, thresholds, masks: (trees, MAX_LEAVES - 1); leaves: (trees, MAX_LEAVES).

    A row goes right where its feature is greater than the threshold; masks: the leaves that are then
    out, leaf 0 (the leftmost) in the lowest bit. Tests that a small tree lacks rule out none.
    """

    features: npt.NDArray[np.int16]
    thresholds: npt.NDArray[np.float32]
    masks: npt.NDArray[np.uint16]
    leaves: npt.NDArray[np.float64]

    def probabilities(self, measures: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """float64 (rows,): the logistic of the sum over all trees."""
        n = len(measures)
        sums = np.zeros(n)
        for start in range(0, n, ROWS_AT_ONCE):
            sums[start : start + ROWS_AT_ONCE] = self._sums(measures[start : start + ROWS_AT_ONCE])
        answer: npt.NDArray[np.float64] = 1 / (1 + np.exp(-sums))
        return answer

    def _sums(self, measures: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        by_feature = np.ascontiguousarray(measures.T)
        n_trees, n_tests = self.features.shape
        fails = by_feature[self.features.ravel()] > self.thresholds.ravel()[:, None]
        ruled_out = fails * self.masks.ravel()[:, None]
        left = ~np.bitwise_or.reduce(ruled_out.reshape(n_trees, n_tests, -1), axis=1)
        index = _lowest_bit()[left]
        sums: npt.NDArray[np.float64] = np.take_along_axis(self.leaves, index, axis=1).sum(axis=0)
        return sums


@cache
def _lowest_bit() -> npt.NDArray[np.intp]:
    """For each 16-bit number the place of its lowest set bit."""
    numbers = np.arange(1 << 16)
    table = np.zeros(1 << 16, np.intp)
    for bit in range(15, -1, -1):
        table[(numbers >> bit) & 1 == 1] = bit
    return table
