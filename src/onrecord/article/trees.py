"""Boosted decision trees, read with numpy alone.

In: arrays of a trained ensemble, and measures. Out: a probability a row. The trees are walked the
way of QuickScorer (Lucchese et al., SIGIR 2015): every test that fails strikes out the leaves on
its left, and the first leaf left over is the answer, so a whole page goes through in a few array steps.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

#: Leaves a tree has at most: one bit each.
MAX_LEAVES = 16
#: Units that go through together: bounds the memory, and stays in the processor's cache.
UNITS_AT_ONCE = 128


_ONE, _DE_BRUIJN, _HIGHEST = np.uint16(1), np.uint16(0x09AF), np.uint16(12)
#: By the four highest bits of the sequence times a bit, that bit's place.
_PLACES = np.array((0, 1, 2, 5, 3, 9, 6, 11, 15, 4, 8, 10, 14, 7, 13, 12), np.uint8)


@dataclass(frozen=True, slots=True)
class _Tests:
    """The different tests of an ensemble, each made once, and where they stand in the trees.

    features, thresholds: of each. places, masks: (MAX_LEAVES - 1) * trees, the first test of every tree before the second.
    starts: (trees, 1), where the leaves of each begin in `leaves`, where they stand in the order of _PLACES.
    """

    features: npt.NDArray[np.intp]
    thresholds: npt.NDArray[np.float32]
    places: npt.NDArray[np.intp]
    masks: npt.NDArray[np.uint16]
    starts: npt.NDArray[np.intp]
    leaves: npt.NDArray[np.float64]


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
    tests: _Tests = field(init=False, repr=False)

    def __post_init__(self) -> None:
        pairs = np.stack([self.features.ravel(), self.thresholds.ravel()], axis=1)  # exact: features are few
        different, places = np.unique(pairs, axis=0, return_inverse=True)
        tests = _Tests(
            different[:, 0].astype(np.intp),
            different[:, 1:].astype(np.float32),
            places.reshape(self.features.shape).T.ravel(),
            self.masks.T.reshape(-1, 1).copy(),
            np.arange(0, self.leaves.size, MAX_LEAVES)[:, None],
            self.leaves[:, _PLACES],
        )
        object.__setattr__(self, "tests", tests)

    def probabilities(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """float64 (units,): the logistic of the sum over all trees. columns: (features, units)."""
        n = columns.shape[1]
        if n <= UNITS_AT_ONCE:
            sums = self._sums(columns)
        else:
            parts = range(0, n, UNITS_AT_ONCE)
            sums = np.concatenate([self._sums(columns[:, at : at + UNITS_AT_ONCE]) for at in parts])
        answer: npt.NDArray[np.float64] = 1 / (1 + np.exp(-sums))
        return answer

    def _sums(self, columns: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        tests = self.tests
        fails = columns.take(tests.features, axis=0) > tests.thresholds
        out = (
            fails.take(tests.places, axis=0) * tests.masks
        )  # the leaves that are out where a test fails, else none
        out = np.bitwise_or.reduce(out.reshape(MAX_LEAVES - 1, -1), axis=0)
        places = _first_left(out).reshape(len(self.leaves), -1) + tests.starts
        sums: npt.NDArray[np.float64] = np.add.reduce(tests.leaves.take(places), axis=0)
        return sums


def _first_left(out: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint16]:
    """For each 16-bit number where in _PLACES the place of its lowest bit stands that is not set; 0 where all are.

    That bit alone, times a de Bruijn sequence, has a number of its own in the four highest bits (Leiserson et al., 1998).
    """
    lowest = out + _ONE
    lowest &= ~out
    lowest *= _DE_BRUIJN
    lowest >>= _HIGHEST
    return lowest
