"""Trees as arrays."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.article.score import dump_weights, parse_weights
from onrecord.article.trees import _PLACES, MAX_LEAVES, Trees, _first_left
from onrecord.errors import ModelError


def one_tree() -> Trees:
    """x0 > 1 ? (x1 > 5 ? 3 : 2) : -1, leaves from the left."""
    features = np.zeros((1, MAX_LEAVES - 1), np.int16)
    thresholds = np.full((1, MAX_LEAVES - 1), np.inf, np.float32)
    masks = np.zeros((1, MAX_LEAVES - 1), np.uint16)
    leaves = np.zeros((1, MAX_LEAVES))
    features[0, :2], thresholds[0, :2], masks[0, :2] = (0, 1), (1, 5), (0b001, 0b010)
    leaves[0, :3] = (-1, 2, 3)
    return Trees(features, thresholds, masks, leaves)


def test_each_unit_reaches_its_leaf() -> None:
    columns = np.array([[0, 1, 2, 2], [0, 9, 5, 6]], np.float32)
    answers = one_tree().probabilities(columns)
    assert np.allclose(answers, 1 / (1 + np.exp([1, 1, -2, -3])))


def random_trees(seed: int) -> Trees:
    """Three ensembles' worth of tests on four features; some trees are smaller than they might be."""
    rng = np.random.default_rng(seed)
    shape = (12, MAX_LEAVES - 1)
    features, thresholds = (
        rng.integers(0, 4, shape).astype(np.int16),
        rng.integers(0, 3, shape).astype(np.float32),
    )
    masks = np.array([(1 << k) - 1 for k in range(1, MAX_LEAVES)], np.uint16) & rng.integers(
        0, 1 << 15, shape, np.uint16
    )
    thresholds[:4, 9:], masks[:4, 9:] = np.inf, 0
    return Trees(features, thresholds, masks, rng.normal(size=(12, MAX_LEAVES)))


@settings(max_examples=20)
@given(st.integers(0, 999), st.integers(1, 300))
def test_every_tree_answers_with_its_first_leaf_that_no_failed_test_strikes_out(seed: int, n: int) -> None:
    trees = random_trees(seed)
    columns = np.random.default_rng(seed).integers(0, 4, (4, n)).astype(np.float32)
    sums = np.zeros(n)
    for tree in range(len(trees.leaves)):
        for unit in range(n):
            out = 0
            for feature, threshold, mask in zip(
                trees.features[tree], trees.thresholds[tree], trees.masks[tree], strict=True
            ):
                out |= int(mask) if columns[feature, unit] > threshold else 0
            sums[unit] += trees.leaves[tree, next(k for k in range(MAX_LEAVES) if not out >> k & 1)]
    assert np.allclose(trees.probabilities(columns), 1 / (1 + np.exp(-sums)))


def test_no_units_no_answers() -> None:
    assert len(one_tree().probabilities(np.zeros((2, 0), np.float32))) == 0


def test_weights_survive_their_file() -> None:
    content = dump_weights(one_tree(), one_tree())
    assert content == dump_weights(one_tree(), one_tree())
    weights = parse_weights(content)
    assert np.array_equal(weights.second.leaves, one_tree().leaves)
    assert len(weights.sha256) == 64


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"{}"])
def test_damaged_weights_are_refused(content: bytes) -> None:
    with pytest.raises(ModelError, match="install onrecord again"):
        parse_weights(content)


def test_the_first_leaf_that_is_left_is_the_lowest_bit_that_is_not_set() -> None:
    numbers = np.arange(1 << 16).astype(np.uint16)
    lowest = [next((bit for bit in range(16) if not n >> bit & 1), 0) for n in numbers.tolist()]
    assert _PLACES[_first_left(numbers)].tolist() == lowest
