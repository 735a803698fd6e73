"""How sure the names are: scores put right by what was labelled, precision by coverage, the plots of both.

In: answers with their raw scores. Out: the table that speakers/data/calibration.txt holds, tables, plots. What depends
on the fit is cross-validated; intervals are of bootstraps of articles. Leaves to others: the answers (`labelled_speakers`).
"""

from __future__ import annotations

import itertools
import random
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.labelled_speakers import Answer, Labelled
from bench.plots import Series, plot
from onrecord.speakers.calibration import calibrated
from onrecord.speakers.scene import THRESHOLD

FOLDS, BOOTSTRAPS, SEED = 5, 1000, 11
#: Raw scores whose knots are fitted; the rules give few scores between.
EDGES = (0.0, 0.5, 0.62, 0.7, 0.8, 0.86, 0.9, 0.94, 1.0)


def fit(answers: Sequence[Answer]) -> list[tuple[float, float]]:
    """Knots (raw score, share right): bands with two more cases, one of them wrong, made monotone by pooling."""
    pools: list[list[float]] = []  # raw scores summed, how many; right ones and cases, with the two more
    for low, high in itertools.pairwise(EDGES):
        band = [a for a in answers if low <= a.score < high]
        if not band:
            continue
        n = len(band)
        pools.append([sum(a.score for a in band), n, sum(a.is_right for a in band) + 1.0, n + 2.0])
        while len(pools) > 1 and pools[-2][2] / pools[-2][3] > pools[-1][2] / pools[-1][3]:
            last = pools.pop()
            pools[-1] = [x + y for x, y in zip(pools[-1], last, strict=True)]
    return [(round(total / n, 3), round(right / cases, 3)) for total, n, right, cases in pools]


def written(knots: Sequence[tuple[float, float]]) -> str:
    head = (
        "# Raw score of the rules | share of such names that were right; between two lines a straight one\n"
        "# Made by `python -m bench.speakers --shared ../shared --fit FILE` on all labelled articles\n"
    )
    return head + "".join(f"{raw} | {share}\n" for raw, share in knots)


def cross_validated(answers: Sequence[Answer]) -> list[float]:
    """For each answer its score as the other folds put it right."""
    ids = sorted({a.article for a in answers})
    random.Random(SEED).shuffle(ids)
    fold = {article: i % FOLDS for i, article in enumerate(ids)}
    knots = [fit([a for a in answers if fold[a.article] != k]) for k in range(FOLDS)]
    return [calibrated(a.score, knots[fold[a.article]]) for a in answers]


def table_of_bands(answers: Sequence[Answer], validated: Sequence[float]) -> None:
    print("\nraw score      names  mean raw  cross-validated  right")
    for low, high in itertools.pairwise(EDGES):
        band = [(a, v) for a, v in zip(answers, validated, strict=True) if low <= a.score < max(high, 1e-9)]
        if band:
            raw = statistics.mean(a.score for a, _ in band)
            put = statistics.mean(v for _, v in band)
            right = statistics.mean(a.is_right for a, _ in band)
            print(f"{low:.2f} to {high:.2f} {len(band):>7} {raw:>9.3f} {put:>16.3f} {right:>6.3f}")
    for name, scores in (("raw", [a.score for a in answers]), ("cross-validated", list(validated))):
        gap, brier = errors(scores, answers)
        print(f"{name:<16} expected calibration error {gap:.3f}, Brier score {brier:.4f}")


def errors(scores: Sequence[float], answers: Sequence[Answer]) -> tuple[float, float]:
    """How far scores are from the share that is right, by band and weight; and the Brier score."""
    gap = 0.0
    for low, high in itertools.pairwise(EDGES):
        band = [(s, a.is_right) for s, a in zip(scores, answers, strict=True) if low <= a.score < high]
        if band:
            gap += abs(sum(s for s, _ in band) - sum(r for _, r in band))
    brier = statistics.mean((s - a.is_right) ** 2 for s, a in zip(scores, answers, strict=True))
    return gap / len(answers), brier


def interval(labelled: Labelled, figure: Callable[[Labelled], float]) -> tuple[float, float, float]:
    """A figure with the middle 95% of it over bootstraps of articles."""
    by_article: dict[str, list[Answer]] = {article: [] for article in labelled.n_named}
    for answer in labelled.answers:
        by_article[answer.article].append(answer)
    ids, drawn, found = sorted(by_article), random.Random(SEED), []
    for _ in range(BOOTSTRAPS):
        chosen = drawn.choices(ids, k=len(ids))
        sample = tuple(a for article in chosen for a in by_article[article])
        found.append(figure(Labelled(sample, {str(i): labelled.n_named[c] for i, c in enumerate(chosen)})))
    found.sort()
    return figure(labelled), found[int(0.025 * BOOTSTRAPS)], found[int(0.975 * BOOTSTRAPS) - 1]


def at(threshold: float) -> tuple[Callable[[Labelled], float], Callable[[Labelled], float]]:
    """Precision and coverage of the names that score at least so much."""

    def precision(labelled: Labelled) -> float:
        kept = [a.is_right for a in labelled.answers if a.score >= threshold]
        return sum(kept) / len(kept) if kept else 1.0

    def coverage(labelled: Labelled) -> float:
        right = sum(a.is_right for a in labelled.answers if a.score >= threshold)
        return right / max(sum(labelled.n_named.values()), 1)

    return precision, coverage


THRESHOLDS = (0.0, 0.5, THRESHOLD, 0.7, 0.75, 0.8, 0.86, 0.9, 0.93, 0.95)


def table_of_coverage(labelled: Labelled) -> None:
    print("\nthreshold   precision (95%)          named right of all named (95%)")
    for threshold in THRESHOLDS:
        (p, p0, p1), (c, c0, c1) = (interval(labelled, figure) for figure in at(threshold))
        mark = "   <- in use" if threshold == THRESHOLD else ""
        print(f"{threshold:<11.2f} {p:.3f} ({p0:.3f}-{p1:.3f})      {c:.3f} ({c0:.3f}-{c1:.3f}){mark}")


def draw(folder: Path, labelled: Labelled, validated: Sequence[float]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    points, bars = [], []
    for low, high in ((0.0, 0.75), (0.75, 0.9), (0.9, 0.96), (0.96, 0.98), (0.98, 1.01)):
        band = [(a, v) for a, v in zip(labelled.answers, validated, strict=True) if low <= v < high]
        if len(band) >= 4:
            x = statistics.mean(v for _, v in band)
            inside = Labelled(tuple(a for a, _ in band), dict.fromkeys((a.article for a, _ in band), 0))
            y, y0, y1 = interval(inside, at(0.0)[0])
            points.append((x, y))
            bars.append((x, y0, y1))
    (folder / "speakers-calibration.svg").write_text(
        plot(
            "Names by score: how many are right",
            "score of the name, cross-validated",
            "share that is right",
            (Series("names", tuple(points), tuple(bars)),),
            diagonal=True,
            x_range=(0.5, 1.0),
            y_range=(0.5, 1.0),
        ),
        encoding="utf-8",
    )
    curve, bars = [], []
    for threshold in THRESHOLDS:
        (p, p0, p1), (c, _, _) = (interval(labelled, figure) for figure in at(threshold))
        curve.append((c, p))
        bars.append((c, p0, p1))
    precision, coverage = (figure(labelled) for figure in at(THRESHOLD))
    (folder / "speakers-coverage.svg").write_text(
        plot(
            "Precision of names by how many are given",
            "named speakers named right, of all",
            "precision of the names given",
            (Series("threshold", tuple(curve), tuple(bars), is_line=True),),
            marked=(coverage, precision, f"threshold {THRESHOLD}"),
            x_range=(0.0, 1.0),
            y_range=(0.9, 1.0),
        ),
        encoding="utf-8",
    )
