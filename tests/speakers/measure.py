"""How often the names are right at each score, gold attributions given: what THRESHOLD goes by.

usage: python -m tests.speakers.measure ARTICLES.jsonl SPEAKERS.jsonl

ARTICLES: articles with attributions in PolNeAR's format; SPEAKERS: who the source of each is, a line an
attribution. Prints, for names of persons and bodies, the share that is right in each band of scores, then what
every threshold would name right and wrong of all attributions.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from onrecord.speakers import resolve_speakers
from onrecord.types import (
    Article,
    Attribution,
    AuthorityEvidence,
    Encoding,
    Kind,
    Origin,
    Page,
    Precision,
    Span,
    Speaker,
    SpeakerKind,
    Unresolved,
    When,
    Zone,
    ZoneKind,
)

BANDS = (0.0, 0.62, 0.7, 0.8, 0.86, 0.9, 0.94)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("speakers", type=Path)
    args = parser.parse_args()
    gold: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for line in args.speakers.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold[row["id"], row["annotator"]][row["attribution"]] = row
    rows: list[tuple[float, bool, bool]] = []  # score, right, the gold names somebody
    n_named = 0
    for line in args.articles.read_text(encoding="utf-8").splitlines():
        doc = json.loads(line)
        if (doc["id"], doc["annotator"]) in gold:
            found, named = judge(doc, gold[doc["id"], doc["annotator"]])
            rows += found
            n_named += named
    for low, high in zip(BANDS, (*BANDS[1:], 1.01), strict=True):
        band = [right for score, right, _ in rows if low <= score < high]
        if band:
            print(f"score {low:.2f} to {min(high, 1):.2f}: {sum(band)} of {len(band)} right")
    print(f"named speakers in the gold: {n_named}")
    for threshold in (0.5, 0.55, 0.62, 0.7, 0.8, 0.9):
        kept = [right for score, right, _ in rows if score >= threshold]
        print(f"threshold {threshold:.2f}: {sum(kept)} right, {len(kept) - sum(kept)} wrong")


def judge(doc: dict[str, Any], gold: dict[str, Any]) -> tuple[list[tuple[float, bool, bool]], int]:
    """(score, right, named) of every name given in one article, and how many speakers the gold names."""
    given = [a for a in doc["attributions"] if a["content"]]
    voices = resolve_speakers(article_of(doc), [attribution_of(a) for a in given])
    rows, n_named = [], 0
    for a, voice in zip(given, voices, strict=True):
        want = gold.get(a["id"])
        if want is None:
            continue
        named = want["kind"] in ("person", "organization")
        n_named += named
        if isinstance(voice.speaker, Unresolved):
            continue
        if voice.speaker.kind in (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION):
            rows.append((voice.speaker.score, is_right(want["speaker"], voice.speaker), named))
    return rows, n_named


def is_right(want: str | list[str] | None, speaker: Speaker) -> bool:
    """Whether the names are those of the gold, "the" and punctuation apart."""
    wanted = want if isinstance(want, list) else [want or ""]
    return {_plain(w) for w in wanted} == {_plain(n) for n in speaker.names}


def _plain(name: str) -> str:
    return re.sub(r"\W+", "", re.sub(r"(?i)^the\s+", "", name)).lower()


def article_of(doc: dict[str, Any]) -> Article:
    """The article as its corpus line gives it: its first line the title, the rest the body."""
    text = doc["text"]
    end = len(doc["title"]) if doc["title"] and text.startswith(doc["title"]) else text.find("\n")
    zones = [Zone(ZoneKind.TITLE, Span(0, end), 1.0)] if end > 0 else []
    zones.append(Zone(ZoneKind.BODY, Span(max(end, 0), len(text)), 1.0))
    page = Page(doc["id"], "0" * 64, "text/plain", Origin(), text, Encoding("utf-8", "given"), ())
    day = When(doc["date"], Precision.DAY, AuthorityEvidence("given")) if doc["date"] else None
    authors = (re.sub(r"^By ", "", doc["author"]),) if doc["author"] else ()
    return Article(page, tuple(zones), doc["title"], (), authors, None, None, "en", True, None, day, None)


def attribution_of(row: dict[str, Any]) -> Attribution:
    """An attribution of the gold."""

    def spans(role: str) -> tuple[Span, ...]:
        return tuple(Span(*s) for s in row[role])

    return Attribution(spans("source"), spans("cue"), spans("content"), Kind.INDIRECT, 1.0)


if __name__ == "__main__":
    main()
