"""Trees as arrays."""

import numpy as np
import pytest

from onrecord.article.score import dump_weights, parse_weights
from onrecord.article.trees import MAX_LEAVES, Trees
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


def test_each_row_reaches_its_leaf() -> None:
    rows = np.array([[0, 0], [1, 9], [2, 5], [2, 6]], np.float32)
    answers = one_tree().probabilities(rows)
    assert np.allclose(answers, 1 / (1 + np.exp([1, 1, -2, -3])))


def test_no_rows_no_answers() -> None:
    assert len(one_tree().probabilities(np.zeros((0, 2), np.float32))) == 0


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
