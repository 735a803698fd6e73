"""Sets the decoder's few numbers on articles that trained nothing.

In: held-out readings and a function from an encoded window to `Scores`. Out: a `Tuning`.
dev.jsonl is never opened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from onrecord.attributions.decode import (
    AT_CONTENT,
    AT_CUE,
    N_EVIDENCE,
    Candidate,
    Scores,
    Tuning,
    decode,
    find_candidates,
)
from onrecord.attributions.windows import Encoded, Vocabulary, Window, encode, find_windows
from onrecord.models import Scorer
from training.attributions_data import Reading
from training.matching import Counts, Row, Text, agrees, count

Score = Callable[[Encoded], Scores]


@dataclass(slots=True)
class Scored:
    """A reading with the model's scores of each of its windows."""

    reading: Reading
    text: Text
    gold: list[Row]
    windows: list[Window]
    scores: list[Scores]

    def row(self, window: Window, c: Candidate) -> Row:
        return self.text.row(*(char_spans(window, runs) for runs in (c.source, c.content)))


def start_tuning(name: str = "default") -> Tuning:
    """Where tuning starts from; `fast` is less sure of its anchors, and needs those that it doubts."""
    return Tuning(floor=-1.25) if name == "fast" else Tuning()


def char_spans(window: Window, runs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(window.words[first].start, window.words[end - 1].end) for first, end in runs]


def onnx_scorer(scorer: Scorer, floor: float) -> Score:
    """Scores by the weights that serve."""

    def score(encoded: Encoded) -> Scores:
        return Scores(
            *scorer.score(encoded.pieces, encoded.features, encoded.firsts, encoded.paragraphs, floor)
        )

    return score


def score_readings(readings: Sequence[Reading], vocabulary: Vocabulary, score: Score) -> list[Scored]:
    out = []
    for reading in readings:
        text = Text(reading.text, reading.skip)
        windows = list(find_windows(reading.text, vocabulary))
        gold = [text.row(m.source, m.content) for m in reading.marked]
        out.append(Scored(reading, text, gold, windows, [score(encode(w, vocabulary)) for w in windows]))
    return out


def counts_of(scored: Sequence[Scored], tuning: Tuning) -> list[Counts]:
    """Counts of each reading under this tuning."""
    return [
        count(
            s.gold,
            [
                s.row(w, c)
                for w, x in zip(s.windows, s.scores, strict=True)
                for c in decode(w.words, x, tuning)
            ],
        )
        for s in scored
    ]


def tune(scored: Sequence[Scored], tuning: Tuning) -> Tuning:
    """Weights of the score by logistic regression, then penalties and thresholds for the best F1."""

    def f1(t: Tuning) -> float:
        total = sum(counts_of(scored, t), Counts())
        return total.f1 + 0.5 * total.exact_f1

    tuning = with_weights(scored, tuning)
    for name, values in (
        ("keep", np.arange(0.28, 0.56, 0.04)),
        ("change", (0.5, 1.0, 1.5, 2.0, 3.0)),  # with none at all spans flicker
        ("same", (0.5, 0.65, 0.8, 0.95)),
    ):
        tuning = max((replace(tuning, **{name: float(v)}) for v in values), key=f1)
        if name == "change":
            tuning = with_weights(scored, tuning)
    return max((replace(tuning, keep=float(v)) for v in np.arange(0.3, 0.52, 0.02)), key=f1)


def with_weights(scored: Sequence[Scored], tuning: Tuning) -> Tuning:
    rows: dict[int, list[tuple[float, ...]]] = {AT_CUE: [], AT_CONTENT: []}
    right: dict[int, list[bool]] = {AT_CUE: [], AT_CONTENT: []}
    for s in scored:
        for window, scores in zip(s.windows, s.scores, strict=True):
            for c in find_candidates(window.words, scores, tuning):
                row = s.row(window, c)
                if row[1]:
                    rows[c.kind].append(c.evidence)
                    right[c.kind].append(any(agrees(g, row) for g in s.gold))
    return replace(
        tuning,
        weights=fit(rows[AT_CUE], right[AT_CUE], 1.0),
        loose_weights=fit(rows[AT_CONTENT], right[AT_CONTENT], 20.0),
    )


def fit(rows: Sequence[tuple[float, ...]], right: Sequence[bool], ridge: float) -> tuple[float, ...]:
    """Logistic regression by Newton's method; bias first."""
    if len(rows) < 20 or not any(right) or all(right):
        return Tuning().weights
    x = np.column_stack([np.ones(len(rows)), np.array(rows)])
    y = np.array(right, float)
    w = np.zeros(N_EVIDENCE + 1)
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (p - y) + ridge * w
        curve = (x * (p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        w -= np.linalg.solve(curve, slope)
    return tuple(round(float(v), 5) for v in w)
