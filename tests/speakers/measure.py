"""Gold articles and their labels as the rooms take them, for the tests on shared data.

The figures, plots and the calibration are `bench.speakers`'s.
"""

from __future__ import annotations

import re
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
