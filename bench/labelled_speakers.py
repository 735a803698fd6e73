"""Labelled speakers: who is named in each article, and what we answer.

In: PolNeAR's articles in the shared folder, its labelled speakers, and speakers_own.jsonl. Out: by set, every name that
was given or held back, with its raw score and whether it is the gold's. Leaves to others: how sure the scores are
(`calibrating`), figures and costs (`speakers`).
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord import pipeline
from onrecord.attributions.given import parse_marks
from onrecord.intake import read_raw
from onrecord.speakers import resolve_speakers
from onrecord.types import Rejected, Span, Speaker, SpeakerKind

HERE = Path(__file__).parent
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
