"""Readings made by hand for the tests of the record, in a notation that reads as documentation.

    page("dam.txt", "<Ana Ruiz> <said> [The dam is safe].", publisher="The Lake Post", date="2021-03-04")

<...> before a content is its source, then its cue; [...] is the content; marks leave no trace in the text.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from onrecord.types import (
    Article,
    Attribution,
    Day,
    Encoding,
    Kind,
    Origin,
    Page,
    Precision,
    RawPage,
    Reader,
    Reading,
    Run,
    RunKind,
    Sketch,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    TextEvidence,
    Unresolved,
    When,
    Zone,
    ZoneKind,
)

READER = Reader("0.1.0", (("attributions", "ab" * 32),))
NO_SKETCH = Sketch(0, (), ())


@dataclass(frozen=True, slots=True)
class Made:
    """What `add` wants."""

    raw: RawPage
    reading: Reading
    sketch: Sketch

    @property
    def id(self) -> str:
        return self.raw.id


def page(
    page_id: str,
    marked: str,
    *,
    publisher: str | None = None,
    date: str | None = None,
    said_on: str | None = None,
    sketch: Sketch = NO_SKETCH,
    reader: Reader = READER,
    names: dict[str, str] | None = None,
    kind: SpeakerKind = SpeakerKind.PERSON,
    authority: str | None = None,
    comments: str = "",
    credited_to: str | None = None,
    authors: tuple[str, ...] = (),
) -> Made:
    """A page of one body zone (and one of comments), with a statement for each [content]."""
    text, statements = _statements(marked, page_id, said_on, names or {}, kind, authority)
    body = len(text)
    text += comments
    content = text.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    run = (Run(0, len(text), 0, len(content), RunKind.SAME),) if text else ()
    zones = [Zone(ZoneKind.BODY, Span(0, body), 0.9)] if body else []
    if comments:
        zones.append(Zone(ZoneKind.COMMENTS, Span(body, len(text)), 0.9))
    made = Page(page_id, sha256, "text/plain", Origin(page_id), text, Encoding("utf-8", "utf-8"), run)
    published = When(date, Precision.DAY, TextEvidence(Span(0, 1))) if date else None
    article = Article(
        made, tuple(zones), f"Title of {page_id}", (), authors, publisher, credited_to, "en", True, None,
        published, None,
    )  # fmt: skip
    statements = tuple(_named(s, sha256) for s in statements)
    return Made(
        RawPage(page_id, content, sha256, "text/plain", Origin(page_id)),
        Reading(article, statements, reader),
        sketch,
    )


def _statements(marked, page_id, said_on, names, kind, authority):
    text, out = "", []
    source, cue = (), ()
    at = 0
    for m in re.finditer(r"<([^>]*)>|\[([^\]]*)\]", marked):
        text += marked[at : m.start()]
        at = m.end()
        span = Span(len(text), len(text) + len(m[1] if m[1] is not None else m[2]))
        text += m[1] if m[1] is not None else m[2]
        if m[1] is not None:
            source, cue = (source, (span,)) if source else ((span,), ())
            continue
        words = text[source[0].start : source[0].end] if source else ""
        name = names.get(words, words)
        speaker = (
            Speaker((name,), kind, 0.9, TextEvidence(source[0]), authority)
            if name
            else Unresolved("nobody is named")
        )
        day = Day(said_on, None, "date", TextEvidence(span)) if said_on else None
        quoted = Kind.DIRECT if text[span.start - 1 : span.start] in '“"' and span.start else Kind.INDIRECT
        out.append(
            Statement("", None, Attribution(source, cue, (span,), quoted, 0.8), speaker, None, None, day)
        )
        source, cue = (), ()
    return text + marked[at:], tuple(out)


def _named(statement: Statement, sha256: str) -> Statement:
    key = f"{sha256} {statement.attribution.content} {statement.attribution.cue}"
    digest = hashlib.sha256(key.encode()).hexdigest()[:16]
    return Statement(
        digest, statement.parent, statement.attribution, statement.speaker, statement.addressee,
        statement.occasion, statement.said_on,
    )  # fmt: skip


def add(record, *made: Made):
    """Adds them all; what `add` answered."""
    return [record.add(m.raw, m.reading, m.sketch) for m in made]
