"""Pages for the tests of the quote check and of utterances, in a notation that reads as documentation.

    story("dam.txt", "{Ana Ruiz|“The dam is safe,”} Ruiz said.", publisher="The Lake Post", date="2031-03-04")

{speaker|content} is a statement, {speaker#1|...} a piece of one that has several; the speaker "?" is not
settled. Marks leave no trace in the text. The kind follows from the quotation marks in the content.
inside: words of the first statement that are one of their own, of the speaker given.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.copies import make_sketch
from onrecord.record import Record
from onrecord.types import (
    Article,
    Attribution,
    CopyLink,
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

HERE = TextEvidence(Span(0, 1))


def story(
    page_id: str,
    marked: str,
    *,
    publisher: str = "The Lake Post",
    date: str | None = "2031-03-04",
    said_on: str | None = None,
    comments: str = "",
    credited_to: str | None = None,
    kind: SpeakerKind = SpeakerKind.PERSON,
    inside: tuple[str, str] | None = None,
) -> tuple[RawPage, Reading]:
    """A page with one body zone, and one of comments."""
    text, pieces = "", dict[str, list[Span]]()
    at = n = 0
    for m in re.finditer(r"\{([^|{}]*)\|([^{}]*)\}", marked):
        text += marked[at : m.start()]
        key = m[1] if "#" in m[1] else f"{m[1]}#-{(n := n + 1)}"
        pieces.setdefault(key, []).append(Span(len(text), len(text) + len(m[2])))
        text += m[2]
        at = m.end()
    text += marked[at:]
    body = len(text)
    text += comments
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    statements = tuple(
        _statement(key, tuple(spans), text, sha256, said_on, kind) for key, spans in pieces.items()
    )
    if inside:
        start = text.index(inside[1])
        span = Span(start, start + len(inside[1]))
        nested = _statement(inside[0], (span,), text, sha256, said_on, kind)
        statements += (replace(nested, parent=statements[0].id),)
    zones = [Zone(ZoneKind.BODY, Span(0, body), 0.9)]
    if comments:
        zones.append(Zone(ZoneKind.COMMENTS, Span(body, len(text)), 0.9))
    content = text.encode()
    runs = _runs(text)
    page = Page(page_id, sha256, "text/plain", Origin(page_id), text, Encoding("utf-8", "utf-8"), runs)
    published = When(date, Precision.DAY, HERE) if date else None
    article = Article(
        page, tuple(zones), f"Title of {page_id}", (), (), publisher, credited_to, "en", True, None,
        published, None,
    )  # fmt: skip
    raw = RawPage(page_id, content, sha256, "text/plain", Origin(page_id))
    return raw, Reading(article, statements, Reader("0.1.0"))


def add(record: Record, *stories: tuple[RawPage, Reading], copies: Sequence[CopyLink] = ()) -> None:
    """Puts stories on record, and links copies."""
    for raw, reading in stories:
        record.add(raw, reading, make_sketch(reading.article))
    for link in copies:
        record.link_copies(link)


def _statement(
    key: str, spans: tuple[Span, ...], text: str, sha256: str, said_on: str | None, kind: SpeakerKind
) -> Statement:
    name = key.split("#")[0]
    content = " ".join(text[s.start : s.end] for s in spans).strip()
    marks = len(re.findall('["“”]', content))
    is_direct = content[0] in '"“' and content[-1] in '"”' and marks == 2 * len(spans)
    how = Kind.DIRECT if is_direct else Kind.MIXED if marks else Kind.INDIRECT
    names = tuple(name.split(" and "))
    return Statement(
        id=hashlib.sha256(f"{sha256}{spans}".encode()).hexdigest()[:16],
        parent=None,
        attribution=Attribution((), (), spans, how, 0.9),
        speaker=Unresolved("nobody is named") if name == "?" else Speaker(names, kind, 0.9, HERE),
        addressee=None,
        occasion=None,
        said_on=Day(said_on, None, "date", HERE) if said_on else None,
    )


def _runs(text: str) -> tuple[Run, ...]:
    return (Run(0, len(text), 0, len(text.encode()), RunKind.SAME),)
