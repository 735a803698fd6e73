"""Who is named and how surely: calibration, precision by coverage, and what it costs, on labelled articles.

    python -m bench.speakers --shared ../shared [--svg docs/img] [--fit FILE] [--cost]

In: PolNeAR's articles in the shared folder, its labelled speakers, and speakers_own.jsonl (hashes of ids, names
and days that we labelled; no words of the articles). Attributions are the given ones. Out: tables, two
plots, and with --fit the table that speakers/data/calibration.txt holds. Every figure that depends on the fit is
cross-validated: the scores of an article are put right by the other folds. Intervals: 1,000 bootstraps of articles.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.plots import Series, plot
from onrecord import pipeline
from onrecord.article import find_article
from onrecord.attributions import find_attributions
from onrecord.attributions.given import parse_marks
from onrecord.attributions.neural import NeuralTagger
from onrecord.dates import resolve_settings
from onrecord.intake import read_raw
from onrecord.models import load_scorer
from onrecord.page import parse_page
from onrecord.speakers import resolve_speakers
from onrecord.speakers.calibration import calibrated
from onrecord.speakers.scene import THRESHOLD
from onrecord.types import Rejected, Span, Speaker, SpeakerKind

HERE = Path(__file__).parent
FOLDS, BOOTSTRAPS, SEED = 5, 1000, 11
#: Raw scores whose knots are fitted; the rules give few scores between.
EDGES = (0.0, 0.5, 0.62, 0.7, 0.8, 0.86, 0.9, 0.94, 1.0)
NAMED = (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION)


@dataclass(frozen=True)
class Answer:
    """One name that was given or held back: its raw score and whether it is the gold's."""

    article: str
    score: float
    is_right: bool


@dataclass(frozen=True)
class Labelled:
    """Articles with their labels: what was answered, and how many named speakers the gold has by article."""

    answers: tuple[Answer, ...]
    n_named: dict[str, int]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--svg", type=Path, help="write the plots into this folder")
    parser.add_argument("--fit", type=Path, help="write the calibration fitted on all articles")
    parser.add_argument("--cost", action="store_true", help="also time the rooms on the labelled articles")
    args = parser.parse_args()
    if not (args.shared / "eval").is_dir():
        print(f"{args.shared}: no labelled articles there; nothing to measure")
        return 0
    table_of_figures(args.shared)
    sets = load(args.shared)
    everything = merged(sets.values())
    if args.fit:
        args.fit.write_text(written(fit(everything.answers)), encoding="utf-8")
    validated = cross_validated(everything.answers)
    table_of_bands(everything.answers, validated)
    table_of_coverage(everything)
    if args.svg:
        draw(args.svg, everything, validated)
    if args.cost:
        cost(args.shared)
    return 0


# ------------------------------------------------------------------------------------ what is labelled


def labels(shared: Path) -> dict[str, list[dict[str, Any]]]:
    """Rows of gold by set: the shared one, and ours."""
    out: dict[str, list[dict[str, Any]]] = {"shared dev": lines(shared / "data/speakers/dev.jsonl")}
    named = {hashlib.sha256(article.encode()).hexdigest()[:16]: article for article, _ in articles(shared)}
    for row in lines(HERE / "speakers_own.jsonl"):
        out.setdefault(f"own, {row['set']}", []).append({**row, "id": named[row["article"]]})
    return out


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(x) for x in path.read_text(encoding="utf-8").splitlines() if x.strip()]


def articles(shared: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """PolNeAR's articles by id and annotator."""
    rows = [*lines(shared / "data/polnear/dev.jsonl"), *lines(shared / "data/polnear/train.jsonl")]
    return {(row["id"], row["annotator"]): row for row in rows}


def load(shared: Path) -> dict[str, Labelled]:
    """Each set with its answers: given attributions, no threshold."""
    documents = articles(shared)
    out = {}
    for name, rows in labels(shared).items():
        gold: dict[tuple[str, str], dict[str, dict[str, Any]]] = defaultdict(dict)
        for row in rows:
            gold[row["id"], row["annotator"]][row["attribution"]] = row
        answers: list[Answer] = []
        n_named: dict[str, int] = {}
        for key, wanted in gold.items():
            found, n_named[key[0]] = judged(documents[key], wanted)
            answers += found
        out[name] = Labelled(tuple(answers), n_named)
    return out


def merged(sets: Iterable[Labelled]) -> Labelled:
    whole = tuple(sets)
    return Labelled(
        tuple(a for labelled in whole for a in labelled.answers),
        {k: n for labelled in whole for k, n in labelled.n_named.items()},
    )


def judged(document: dict[str, Any], wanted: dict[str, dict[str, Any]]) -> tuple[list[Answer], int]:
    """The answers for one article, and how many of its attributions have a named speaker."""
    rows = [row for row in document["attributions"] if row["content"]]
    article, attributions = as_read(document, rows)
    voices = resolve_speakers(article, attributions, threshold=0.0, is_calibrated=False)
    by_content: dict[Any, Any] = {
        (a.source, a.cue, a.content): v for a, v in zip(attributions, voices, strict=True)
    }
    answers, n_named = [], 0
    for row in rows:
        want = wanted.get(row["id"])
        if want is None:
            continue
        n_named += want["kind"] in ("person", "organization")
        voice = by_content.get(spans_of(row))
        speaker = voice.speaker if voice else None
        if isinstance(speaker, Speaker) and speaker.kind in NAMED:
            names = want["speaker"] if isinstance(want["speaker"], list) else [want["speaker"] or ""]
            right = {plain(n) for n in names} == {plain(n) for n in speaker.names}
            named = want["kind"] in ("person", "organization", "author")
            answers.append(Answer(document["id"], speaker.score, right and named))
    return answers, n_named


def as_read(document: dict[str, Any], rows: list[dict[str, Any]]) -> tuple[Any, tuple[Any, ...]]:
    """The article as the pipeline finds it, with these attributions."""
    line = json.dumps({"id": document["id"], "text": document["text"], "attributions": rows})
    marks = parse_marks([line], "gold")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "corpus.jsonl")
        kept = {k: document.get(k) for k in ("id", "text", "title", "publisher", "date")}
        path.write_text(json.dumps(kept) + "\n", encoding="utf-8")
        (raw,) = read_raw([str(path)])
    assert not isinstance(raw, Rejected)
    reading = pipeline.read_page(raw, pipeline.Options(tagger="rules", marks=marks))
    assert not isinstance(reading, Rejected)
    return reading.article, tuple(s.attribution for s in reading.statements)


def spans_of(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(tuple(sorted(Span(*s) for s in row[role])) for role in ("source", "cue", "content"))


def plain(name: str) -> str:
    words = name[4:] if name.lower().startswith("the ") else name
    return "".join(c for c in words.lower() if c.isalnum())


# ---------------------------------------------------------------------------------------- figures


def table_of_figures(shared: Path) -> None:
    """What the shared scorer says of each set, attributions given and found, with intervals by article."""
    documents = articles(shared)
    keys = ("named right", "named wrong", "pronouns", "said_on", "invented")
    print(f"{'set':<18}{'articles':>9}{'named':>7}  " + "".join(f"{k:>14}" for k in keys))
    for name, rows in labels(shared).items():
        wanted = dict.fromkeys((row["id"], row["annotator"]) for row in rows)
        with tempfile.TemporaryDirectory() as folder:
            corpus, gold = Path(folder, "a.jsonl"), Path(folder, "g.jsonl")
            corpus.write_text("".join(json.dumps(documents[k]) + "\n" for k in wanted), encoding="utf-8")
            gold.write_text("".join(json.dumps(sourced(r, documents)) + "\n" for r in rows), encoding="utf-8")
            for how, more in (("given", ["--attributions", str(corpus)]), ("found", [])):
                figures = scored(shared, corpus, gold, more)
                print(
                    f"{name:<18}{len(wanted):>9}{figures['named speakers']:>7}  "
                    + "".join(f"{figures[k]:>14.3f}" for k in keys)
                    + f"   attributions {how}"
                )


def sourced(row: dict[str, Any], documents: dict[tuple[str, str], dict[str, Any]]) -> dict[str, Any]:
    """A row of gold with the source's words, which our own file leaves out."""
    document = documents[row["id"], row["annotator"]]
    found = next(a for a in document["attributions"] if a["id"] == row["attribution"])
    words = " ".join(document["text"][start:end] for start, end in found["source"])
    return {"names": [], **row, "source_text": words}


def scored(shared: Path, corpus: Path, gold: Path, more: Sequence[str]) -> dict[str, Any]:
    read = corpus.with_name("read.jsonl")
    command = [sys.executable, "-m", "onrecord", "read", str(corpus), "--format", "jsonl", *more]
    with read.open("w", encoding="utf-8") as out:
        subprocess.run(command, stdout=out, check=True)
    scorer = [
        sys.executable,
        str(shared / "eval/score_speakers.py"),
        str(corpus),
        str(gold),
        str(read),
        "--json",
    ]
    answer: dict[str, Any] = json.loads(subprocess.run(scorer, capture_output=True, check=True).stdout)
    return answer


# ------------------------------------------------------------------------------------- calibration


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


# ------------------------------------------------------------------------------------------ plots


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


# ------------------------------------------------------------------------------------------- cost


def cost(shared: Path) -> None:
    """Seconds of reading and attributions, and of speakers and days on top, on the shared labelled articles."""
    documents = articles(shared)
    wanted = dict.fromkeys((row["id"], row["annotator"]) for row in labels(shared)["shared dev"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "corpus.jsonl")
        path.write_text("".join(json.dumps(documents[key]) + "\n" for key in wanted), encoding="utf-8")
        raws = [raw for raw in read_raw([str(path)]) if not isinstance(raw, Rejected)]
    for name in ("default", "rules"):
        tagger = None if name == "rules" else NeuralTagger(load_scorer(name))
        before, after = [], []
        for _ in range(3):
            a = b = 0.0
            for raw in raws:
                start = time.process_time()
                page = parse_page(raw)
                assert not isinstance(page, Rejected)
                article = find_article(page)
                attributions = find_attributions(article, tagger)
                middle = time.process_time()
                voices = resolve_speakers(article, attributions)
                resolve_settings(article, attributions, None, tuple(v.speaker for v in voices))
                a, b = a + middle - start, b + time.process_time() - middle
            before.append(a)
            after.append(b)
        share = statistics.median(y / x for x, y in zip(before, after, strict=True))
        rate = statistics.median(after) / len(raws)
        print(
            f"\ncost, tagger {name}: speakers and days add {share:.0%} to reading and attributions"
            f" ({1000 * rate:.1f} ms an article)"
        )


if __name__ == "__main__":
    sys.exit(main())
