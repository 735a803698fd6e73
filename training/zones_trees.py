"""Boosted trees for the zone classifier: training with LightGBM, and their way into arrays.

In: measures, labels, weights. Out: `onrecord.article.trees.Trees`. Leaves to others: pages and labels (zones_data.py).
"""

from __future__ import annotations

from typing import Any

import lightgbm
import numpy as np

from onrecord.article.features import Floats
from onrecord.article.trees import MAX_LEAVES, Trees

#: Found by cross-validation by publisher: 40 trees are too few, 120 no better, and twice as long to read.
N_TREES = 60
PARAMETERS = {
    "objective": "binary", "num_leaves": MAX_LEAVES, "learning_rate": 0.14, "min_data_in_leaf": 20,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "max_bin": 63,
    "verbose": -1, "num_threads": 1, "deterministic": True, "force_row_wise": True,
}  # fmt: skip


def train_trees(measures: Floats, labels: np.ndarray, weights: np.ndarray, *, seed: int) -> Trees:
    """An ensemble that tells label 1 from label 0; rows of weight 0 are left out."""
    kept = weights > 0
    data = lightgbm.Dataset(measures[kept], labels[kept].astype(int), weight=weights[kept])
    booster = lightgbm.train({**PARAMETERS, "seed": seed}, data, N_TREES)
    return trees_of(booster.dump_model())


def trees_of(model: dict[str, Any]) -> Trees:
    """The arrays of a LightGBM model."""
    n = len(model["tree_info"])
    features = np.zeros((n, MAX_LEAVES - 1), np.int16)
    thresholds = np.full((n, MAX_LEAVES - 1), np.inf, np.float32)
    masks = np.zeros((n, MAX_LEAVES - 1), np.uint16)
    leaves = np.zeros((n, MAX_LEAVES))
    for t, tree in enumerate(model["tree_info"]):
        values: list[float] = []
        tests: list[tuple[int, float, int, int]] = []  # feature, threshold, first and last leaf on its left
        _walk(tree["tree_structure"], values, tests)
        leaves[t, : len(values)] = values
        for k, (feature, threshold, first, last) in enumerate(tests):
            features[t, k], thresholds[t, k] = feature, _rounded_down(threshold)
            masks[t, k] = ((1 << (last - first)) - 1) << first
    return Trees(features, thresholds, masks, leaves)


def _rounded_down(threshold: float) -> np.float32:
    """The greatest float32 up to the threshold: float32 measures compare with it as with the threshold itself."""
    rounded = np.float32(threshold)
    return np.nextafter(rounded, np.float32(-np.inf)) if rounded > threshold else rounded


def _walk(node: dict[str, Any], values: list[float], tests: list[tuple[int, float, int, int]]) -> None:
    """Number the leaves from the left; note for each test the leaves that failing it rules out."""
    if "leaf_value" in node:
        values.append(node["leaf_value"])
        return
    first = len(values)
    _walk(node["left_child"], values, tests)
    tests.append((node["split_feature"], node["threshold"], first, len(values)))
    _walk(node["right_child"], values, tests)
