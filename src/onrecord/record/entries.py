"""From rows to what a record answers with: page entries, statement entries, candidates, paragraphs.

In: a connection and numbers of rows. Out: the frozen types of `results`, in the order asked for.
Fetches by the batch: a page of answers costs a handful of queries, whatever its length.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from onrecord.record import folding, rows
from onrecord.record.results import Candidate, Entry, PageEntry, PageKey, Paragraph, SpeakerRef
from onrecord.types import (
    AuthorityEvidence,
    ByteSpan,
    Kind,
    Origin,
    Reader,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    Unresolved,
    When,
    ZoneKind,
)

#: SQLite allows at least 999 values in a query; 500 keeps clear of it.
BATCH = 500

Values = tuple[str | int | float | None, ...]


def batches(numbers: Sequence[int]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The numbers in batches, each with the marks that a query needs for it."""
    for start in range(0, len(numbers), BATCH):
        batch = tuple(numbers[start : start + BATCH])
        yield ", ".join("?" * len(batch)), batch


# --------------------------------------------------------------------------------------- pages

_PAGES = """
    SELECT p.page, p.id, p.sha256, p.is_current, p.media_type, p.path, p.url, p.fetched_at, a.title,
      a.publisher, a.credited_to, a.authors, a.language, a.read_language, a.url, a.details,
      a.copy_published, a.n_statements, a.reader_version, a.reader_weights, p.added_at, o.size_bytes,
      CASE WHEN p.copy_group IS NULL OR p.is_current = 0 THEN 0 ELSE (
        SELECT count(*) FROM pages q
         WHERE q.copy_group = p.copy_group AND q.is_current = 1 AND q.page <> p.page) END
    FROM pages p
    JOIN articles a ON a.page = p.page
    JOIN originals o ON o.sha256 = p.sha256
"""


#: When a page was published, by its own word or by that of a dated copy.
PUBLISHED = "coalesce(a.published, json_extract(a.copy_published, '$.date'))"


def pages(connection: sqlite3.Connection, where: str, values: Values) -> Iterator[PageEntry]:
    """Page entries by a condition on p (pages) and a (articles), with its ORDER BY and LIMIT."""
    for row in connection.execute(f"{_PAGES} {where}", values):
        _, published, _ = rows.load_details(row[15])
        if published is None and row[16] is not None:
            published = rows.load_when(rows.load(row[16]))
        yield PageEntry(
            key=PageKey(row[1], row[2]),
            is_current=bool(row[3]),
            media_type=row[4],
            origin=Origin(row[5], row[6], row[7]),
            title=row[8],
            publisher=row[9],
            credited_to=row[10],
            authors=rows.load_strings(row[11]),
            language=row[12],
            read_language=bool(row[13]),
            url=row[14],
            published=published if isinstance(published, When) else None,
            n_statements=row[17],
            n_copies=row[22],
            size_bytes=row[21],
            reader=Reader(row[18], rows.load_pairs(row[19])),
            added_at=row[20],
        )


# ---------------------------------------------------------------------------------- statements

_STATEMENTS = """
    SELECT s.statement, p.id, p.sha256, s.id, s.parent, s.kind, s.score, s.spans, s.speaker, s.addressee,
      CASE WHEN t.statement IS NULL THEN s.occasion ELSE t.occasion END,
      CASE WHEN t.statement IS NULL THEN s.said ELSE t.said END,
      s.content, s.source, s.cue, s.zone, s.byte_start, s.byte_end, a.title, a.publisher, a.published,
      s.day, u.id
    FROM statements s
    JOIN pages p ON p.page = s.page
    JOIN articles a ON a.page = s.page
    LEFT JOIN settings t ON t.statement = s.statement
    LEFT JOIN reports r ON r.statement = s.statement
    LEFT JOIN utterances u ON u.utterance = r.utterance
"""


def entries(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Entry]:
    """The entries of statements, in the order of their numbers as given; unknown ones are left out."""
    found: dict[int, Entry] = {}
    for marks, batch in batches(numbers):
        spoken = speakers_of(connection, batch)
        decided = corrected(connection, batch)
        for row in connection.execute(f"{_STATEMENTS} WHERE s.statement IN ({marks})", batch):
            number = int(row[0])
            statement = Statement(
                id=row[3],
                parent=row[4],
                attribution=rows.load_attribution(row[7], row[5], row[6]),
                speaker=decided.get(number) or rows.load_speaker(row[8]),
                addressee=rows.load_addressee(row[9]),
                occasion=rows.load_occasion(row[10]),
                said_on=rows.load_day(row[11]),
            )
            found[number] = Entry(
                number=number,
                page=PageKey(row[1], row[2]),
                statement=statement,
                speakers=spoken.get(number, ()),
                content=row[12],
                source=row[13],
                cue=row[14],
                zone=zone_kind(row[15]),
                content_bytes=None if row[16] is None else ByteSpan(row[16], row[17]),
                title=row[18],
                publisher=row[19],
                published=row[20],
                day=row[21],
                utterance=row[22],
            )
    return [found[number] for number in numbers if number in found]


def statements_of(connection: sqlite3.Connection, page: int, *, as_read: bool) -> tuple[Statement, ...]:
    """The statements of a page's reading, in its order; not `as_read`: as they hold now."""
    setting = "" if as_read else " LEFT JOIN settings t ON t.statement = s.statement"
    occasion = (
        "s.occasion" if as_read else "CASE WHEN t.statement IS NULL THEN s.occasion ELSE t.occasion END"
    )
    said = "s.said" if as_read else "CASE WHEN t.statement IS NULL THEN s.said ELSE t.said END"
    found = connection.execute(
        "SELECT s.statement, s.position, s.id, s.parent, s.kind, s.score, s.spans, s.speaker, s.addressee,"
        f" {occasion}, {said}, s.withdrawn_by, s.in_furniture FROM statements s{setting}"
        " WHERE s.page = ? ORDER BY s.position",
        (page,),
    ).fetchall()
    decided: dict[int, Speaker | Unresolved] = {}
    if not as_read:
        for _, batch in batches([row[0] for row in found]):
            decided.update(corrected(connection, batch))
    statements = [
        Statement(
            id=row[2],
            parent=row[3],
            attribution=rows.load_attribution(row[6], row[4], row[5]),
            speaker=decided.get(row[0]) or rows.load_speaker(row[7]),
            addressee=rows.load_addressee(row[8]),
            occasion=rows.load_occasion(row[9]),
            said_on=rows.load_day(row[10]),
        )
        for row in found
    ]
    withdrawn = (
        frozenset[int]()
        if as_read
        else frozenset(i for i, r in enumerate(found) if r[11] is not None or r[12])
    )
    return rows.without(statements, withdrawn)


def speakers_of(connection: sqlite3.Connection, batch: Sequence[int]) -> dict[int, tuple[SpeakerRef, ...]]:
    """Whom the record takes the speakers of statements for (at most BATCH of them)."""
    out: dict[int, list[SpeakerRef]] = {}
    marks = ", ".join("?" * len(batch))
    for statement, number, name, kind in connection.execute(
        "SELECT ss.statement, c.speaker, c.name, c.kind FROM statement_speakers ss"
        " JOIN speakers n ON n.speaker = ss.speaker JOIN speakers c ON c.speaker = n.canonical"
        f" WHERE ss.statement IN ({marks}) ORDER BY ss.statement, ss.position",
        tuple(batch),
    ):
        out.setdefault(statement, []).append(SpeakerRef(number, name, SpeakerKind(kind)))
    return {statement: tuple(refs) for statement, refs in out.items()}


def corrected(connection: sqlite3.Connection, batch: Sequence[int]) -> dict[int, Speaker | Unresolved]:
    """The speakers of those statements (at most BATCH) whose speaker a user has decided."""
    marks = ", ".join("?" * len(batch))
    names: dict[int, tuple[int, list[str], str]] = {}
    for statement, decision, name, kind in connection.execute(
        "SELECT ss.statement, ss.decision, n.name, n.kind FROM statement_speakers ss"
        " JOIN speakers n ON n.speaker = ss.speaker"
        f" WHERE ss.statement IN ({marks}) AND ss.decision IS NOT NULL ORDER BY ss.statement, ss.position",
        tuple(batch),
    ):
        names.setdefault(statement, (decision, [], kind))[1].append(name)
    out: dict[int, Speaker | Unresolved] = {
        statement: Speaker(
            tuple(spoken), SpeakerKind(kind), 1.0, AuthorityEvidence(f"the user's decision {decision}")
        )
        for statement, (decision, spoken, kind) in names.items()
    }
    for statement, decision in connection.execute(
        f"SELECT statement, opened_by FROM statements WHERE statement IN ({marks}) AND opened_by IS NOT NULL",
        tuple(batch),
    ):
        out[statement] = Unresolved(f"the user left it open (decision {decision})")
    return out


# ---------------------------------------------------------------------- what is compared by the thousand

_CANDIDATES = """
    SELECT s.statement, s.id, s.page, p.id, s.kind, s.zone, s.content, s.spans, s.parent,
      s.said_on, s.said_until, s.day, a.publisher, a.published, a.credited_to, p.copy_group
    FROM statements s
    JOIN pages p ON p.page = s.page
    JOIN articles a ON a.page = s.page
"""


def candidates(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Candidate]:
    """Statements in the light form, in the order of their numbers as given; unknown ones are left out."""
    found: dict[int, Candidate] = {}
    for marks, batch in batches(numbers):
        spoken = speakers_of(connection, batch)
        for row in connection.execute(f"{_CANDIDATES} WHERE s.statement IN ({marks})", batch):
            found[row[0]] = Candidate(
                number=row[0],
                id=row[1],
                page=row[2],
                page_id=row[3],
                kind=Kind(row[4]),
                zone=zone_kind(row[5]),
                content=row[6],
                words=folding.words_of(row[6]),
                pieces=rows.load_content(row[7]),
                parent=row[8],
                speakers=spoken.get(row[0], ()),
                said_on=row[9],
                said_until=row[10],
                day=row[11],
                publisher=row[12],
                published=row[13],
                credited_to=row[14],
                copy_group=row[15],
            )
    return [found[number] for number in numbers if number in found]


def paragraphs(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Paragraph]:
    """Paragraphs with their text, in the order of their numbers as given."""
    places: dict[int, list[tuple[int, int, int, str | None]]] = {}
    for marks, batch in batches(numbers):
        for number, page, start, end, zone in connection.execute(
            "SELECT paragraph, page, text_start, text_end, zone FROM paragraphs"
            f" WHERE paragraph IN ({marks})",
            batch,
        ):
            places.setdefault(page, []).append((number, start, end, zone))
    found: dict[int, Paragraph] = {}
    for page in sorted(places):
        page_id, publisher, published, text = connection.execute(
            "SELECT p.id, a.publisher, a.published, t.text FROM pages p JOIN articles a ON a.page = p.page"
            " JOIN texts t ON t.page = p.page WHERE p.page = ?",
            (page,),
        ).fetchone()
        for number, start, end, zone in places[page]:  # SQL's substr would stop at a NUL
            found[number] = Paragraph(
                page, page_id, Span(start, end), zone_kind(zone), text[start:end], publisher, published
            )
    return [found[number] for number in numbers if number in found]


def zone_kind(value: str | None) -> ZoneKind | None:
    """A zone's kind from its column."""
    return None if value is None else ZoneKind(value)


def numbers(found: Iterable[tuple[int, *tuple[object, ...]]]) -> list[int]:
    """The first column of rows."""
    return [int(row[0]) for row in found]


def hull(spans: Sequence[Span]) -> Span:
    """From the first character of some spans to the last."""
    return Span(min(span.start for span in spans), max(span.end for span in spans))
