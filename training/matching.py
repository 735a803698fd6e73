"""Which predicted attributions agree with an annotator's, as eval/score_attributions.py counts it.

In: a text, spans. Out: matches and counts, by article, so that intervals can be drawn by article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

_TOKEN = re.compile(r"\w+|[^\w\s]")

Row = tuple[frozenset[int], frozenset[int]]  # source words, content words


class Text:
    """A text's words, numbered."""

    def __init__(self, text: str, skip: Sequence[tuple[int, int]]) -> None:
        self.tokens = [m.span() for m in _TOKEN.finditer(text)]
        self.is_word = [text[s].isalnum() for s, _ in self.tokens]
        self.skipped: frozenset[int] = frozenset()
        self.skipped = self.words_in(skip)

    def words_in(self, spans: Sequence[tuple[int, int]]) -> frozenset[int]:
        numbers = set()
        for start, end in spans:
            i = bisect_right(self.tokens, start, key=lambda t: t[1])
            while i < len(self.tokens) and self.tokens[i][0] < end:
                if self.is_word[i]:
                    numbers.add(i)
                i += 1
        return frozenset(numbers) - self.skipped

    def row(self, source: Sequence[tuple[int, int]], content: Sequence[tuple[int, int]]) -> Row:
        return self.words_in(source), self.words_in(content)


@dataclass(slots=True)
class Counts:
    """right: pairs that agree in content and source; exact: that are identical."""

    gold: int = 0
    predicted: int = 0
    right: int = 0
    exact: int = 0
    content: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, n) + getattr(other, n) for n in self.__slots__))

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.gold + self.predicted)

    @property
    def exact_f1(self) -> float:
        return 2 * self.exact / max(1, self.gold + self.predicted)


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 1.0


def agrees(gold: Row, predicted: Row) -> bool:
    return jaccard(gold[1], predicted[1]) >= 0.5 and jaccard(gold[0], predicted[0]) >= 0.5


def count(gold: Sequence[Row], predicted: Sequence[Row]) -> Counts:
    """One article's counts; pairs of the greatest total content overlap."""
    gold = [g for g in gold if g[1]]
    predicted = [p for p in predicted if p[1]]
    out = Counts(len(gold), len(predicted))
    if not gold or not predicted:
        return out
    holders: dict[int, list[int]] = {}
    for j, p in enumerate(predicted):
        for word in p[1]:
            holders.setdefault(word, []).append(j)
    table = np.zeros((len(gold), len(predicted)))
    for i, g in enumerate(gold):
        for j in {j for word in g[1] for j in holders.get(word, ())}:
            table[i, j] = jaccard(g[1], predicted[j][1])
    for i, j in zip(*linear_sum_assignment(-table), strict=True):
        out.content += table[i, j] >= 0.5
        out.right += table[i, j] > 0 and agrees(gold[i], predicted[j])
        out.exact += gold[i] == predicted[j]
    return out


def interval(by_article: Sequence[Counts], figure: str, seed: int = 13) -> tuple[float, float, float]:
    """(figure, lower, upper): 95% interval over articles drawn with replacement, 2000 times."""
    rng = np.random.default_rng(seed)
    table = np.array([[getattr(c, n) for n in Counts.__slots__] for c in by_article])
    drawn = table[rng.integers(0, len(table), (2000, len(table)))].sum(1)
    right = {"f1": 2, "exact_f1": 3}[figure]
    values = 2 * drawn[:, right] / np.maximum(1, drawn[:, 0] + drawn[:, 1])
    low, high = np.percentile(values, [2.5, 97.5])
    return getattr(sum(by_article, Counts()), figure), float(low), float(high)


def reliability(scores: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float, int]]:
    """(mean score, share right, how many) for ten bins of the score that hold any."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for score, ok in zip(scores, right, strict=True):
        bins.setdefault(min(9, int(score * 10)), []).append((score, ok))
    return [
        (sum(s for s, _ in b) / len(b), sum(ok for _, ok in b) / len(b), len(b))
        for _, b in sorted(bins.items())
    ]
