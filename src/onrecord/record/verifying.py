"""Whether the record still says what the originals say.

In: an open record. Out: problems, one at a time, none if all is well. Every original is hashed again,
every run of every text decoded again from it, every zone, statement and piece of evidence looked up,
and what was derived for the index made again and compared. Nothing is repaired here.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.errors import RecordError
from onrecord.record import entries, meaning, rows, word_index
from onrecord.record.results import Problem
from onrecord.runs import byte_span, check_runs, refined
from onrecord.types import (
    ByteEvidence,
    Day,
    Evidence,
    Page,
    Reading,
    Span,
    Speaker,
    Statement,
    TextEvidence,
    When,
)

if TYPE_CHECKING:
    from onrecord.record.store import Record

#: What a damaged column can make of itself on its way back to a type.
DAMAGE = (RecordError, sqlite3.Error, ValueError, KeyError, IndexError, TypeError, LookupError)


def problems(connection: sqlite3.Connection, record: Record) -> Iterator[Problem]:
    """All problems: of the file, of each original, of each page version, of the search index."""
    yield from _file_problems(connection)
    for (sha256,) in connection.execute("SELECT sha256 FROM originals ORDER BY sha256").fetchall():
        yield from _original_problems(connection, sha256)
    orphans = connection.execute(
        "SELECT o.sha256 FROM originals o LEFT JOIN pages p ON p.sha256 = o.sha256 WHERE p.page IS NULL"
    ).fetchall()
    for (sha256,) in orphans:
        yield Problem(None, sha256, "no page has this original")
    for page_id, sha256, page in connection.execute(
        "SELECT id, sha256, page FROM pages ORDER BY id, page"
    ).fetchall():
        for what in _page_problems(connection, record, page_id, sha256, page):
            yield Problem(page_id, sha256, what)
    try:
        damaged = word_index.check_index(connection) or meaning.problem(connection)
    except DAMAGE as error:
        damaged = f"the search index cannot be read: {error}"
    if damaged:
        yield Problem(None, None, damaged)


def _file_problems(connection: sqlite3.Connection) -> Iterator[Problem]:
    try:
        for (message,) in connection.execute("PRAGMA integrity_check(20)").fetchall():
            if message != "ok":
                yield Problem(None, None, f"the file is damaged: {message}")
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchall():
            yield Problem(None, None, f"row {row} of {table} points to nothing in {parent}")
    except sqlite3.Error as error:
        yield Problem(None, None, f"the file is damaged: {error}")


def _original_problems(connection: sqlite3.Connection, sha256: str) -> Iterator[Problem]:
    try:
        size, packed = connection.execute(
            "SELECT size_bytes, packed FROM originals WHERE sha256 = ?", (sha256,)
        ).fetchone()
        content = rows.unpack(packed)
    except DAMAGE as error:
        yield Problem(None, sha256, f"the stored original is damaged: {error}")
        return
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        yield Problem(None, sha256, f"the stored original is damaged: its sha256 is {found} now")
    if len(content) != size:
        yield Problem(None, sha256, f"the stored original has {len(content)} bytes, and {size} are noted")


def _page_problems(
    connection: sqlite3.Connection, record: Record, page_id: str, sha256: str, page: int
) -> Iterator[str]:
    try:
        reading = record.reading(page_id, sha256, as_read=True)
        shown = record.reading(page_id, sha256)
    except DAMAGE as error:
        yield f"the reading does not come back: {error}"
        return
    try:
        raw = record.raw(sha256, page_id)
    except DAMAGE:
        raw = None  # told with its original
    article = reading.article
    source = article.page
    try:
        if raw is not None:
            yield from check_runs(raw.content, source.text, source.runs, source.encoding.name)
        yield from _column_problems(connection, page, reading)
    except DAMAGE as error:
        yield f"the text cannot be checked against its bytes: {error}"
    n_bytes = len(raw.content) if raw is not None else None
    yield from _article_problems(reading, n_bytes)
    for statement in reading.statements:
        yield from _statement_problems(statement, article.page, n_bytes)
    for statement in shown.statements:  # what copies and users changed must lie in the text as well
        yield from _statement_problems(statement, article.page, n_bytes)


def _article_problems(reading: Reading, n_bytes: int | None) -> Iterator[str]:
    article = reading.article
    for zone in article.zones:
        if zone.span.end > len(article.page.text):
            yield f"zone {zone.kind} {_place(zone.span)} lies outside the text"
    for name, when in (("published", article.published), ("modified", article.modified)):
        if isinstance(when, When):
            yield from _evidence_problems(name, when.evidence, article.page, n_bytes)


def _statement_problems(statement: Statement, page: Page, n_bytes: int | None) -> Iterator[str]:
    name, attribution = f"statement {statement.id}", statement.attribution
    for role in ("content", "cue", "source"):
        spans: tuple[Span, ...] = getattr(attribution, role)
        for span in spans:
            if span.end > len(page.text):
                yield f"{name}: {role} {_place(span)} lies outside the text"
    for role, part in (("speaker", statement.speaker), ("addressee", statement.addressee)):
        if isinstance(part, Speaker) or (part is not None and role == "addressee"):
            yield from _evidence_problems(f"{name}, {role}", part.evidence, page, n_bytes)  # type: ignore[union-attr]
    if statement.occasion is not None:
        yield from _evidence_problems(f"{name}, occasion", statement.occasion.evidence, page, n_bytes)
    if isinstance(statement.said_on, Day):
        yield from _evidence_problems(f"{name}, said_on", statement.said_on.evidence, page, n_bytes)


def _evidence_problems(name: str, evidence: Evidence, page: Page, n_bytes: int | None) -> Iterator[str]:
    if isinstance(evidence, TextEvidence) and evidence.span.end > len(page.text):
        yield f"{name}: its evidence {_place(evidence.span)} lies outside the text"
    if isinstance(evidence, ByteEvidence) and n_bytes is not None and evidence.span.end > n_bytes:
        yield f"{name}: its evidence, bytes {evidence.span.start}:{evidence.span.end}, lies outside the original"


def _column_problems(connection: sqlite3.Connection, page: int, reading: Reading) -> Iterator[str]:
    """Whether the words that are searched and shown are those of the text, and the bytes those of the runs."""
    found = connection.execute(
        "SELECT id, content, source, cue, text_start, text_end, byte_start, byte_end FROM statements"
        " WHERE page = ? ORDER BY position",
        (page,),
    ).fetchall()
    source_page = reading.article.page
    runs = refined(source_page.runs, source_page.text, source_page.encoding.name)
    for row, statement in zip(found, reading.statements, strict=True):
        attribution = statement.attribution
        for role, stored in (("content", row[1]), ("source", row[2]), ("cue", row[3])):
            spans: tuple[Span, ...] = getattr(attribution, role)
            read = " ".join(source_page.text[span.start : span.end] for span in spans)
            if stored != read:
                yield f"statement {row[0]}: its {role} is stored as {stored[:60]!r}, and the text has {read[:60]!r}"
        hull = entries.hull(attribution.content)
        place = byte_span(runs, hull, source_page.text, source_page.encoding.name)
        if (row[4], row[5]) != (hull.start, hull.end):
            yield f"statement {row[0]}: its place is stored as {row[4]}:{row[5]}, and is {_place(hull)}"
        if (row[6], row[7]) != ((place.start, place.end) if place else (None, None)):
            yield f"statement {row[0]}: its bytes are stored as {row[6]}:{row[7]}, and are {place}"


def _place(span: Span) -> str:
    return f"{span.start}:{span.end}"
