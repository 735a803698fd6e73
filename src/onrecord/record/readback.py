"""What `add` was given, read back from the rows of one page version; and pages that somebody may mean.

In: a connection, numbers and names of pages. Out: RawPages, Readings, keys. Leaves entering the rows to `pages`.
"""

from __future__ import annotations

import sqlite3

from onrecord.errors import RecordError
from onrecord.record import entries, folding, rows
from onrecord.record.results import PageKey
from onrecord.types import Article, Encoding, Origin, Page, RawPage, Reader, Reading


def load_raw(connection: sqlite3.Connection, sha256: str, page_id: str | None) -> RawPage:
    """The original with the circumstances of one page. Raises RecordError: not on record, or damaged."""
    row = connection.execute(
        "SELECT p.id, o.packed, p.media_type, p.path, p.url, p.fetched_at, p.declared_encoding, p.given"
        " FROM originals o JOIN pages p ON p.sha256 = o.sha256"
        " WHERE o.sha256 = ? AND (p.id = ? OR ? IS NULL) ORDER BY p.id LIMIT 1",
        (sha256, page_id and folding.name_of(page_id), page_id),
    ).fetchone()
    if row is None:
        raise RecordError(f"no original {sha256[:12]}… of {page_id or 'any page'} is on record")
    try:
        content = rows.unpack(row[1])
    except RecordError as error:
        raise RecordError(f"the original {sha256[:12]}… of {row[0]}: {error}") from error
    return RawPage(
        id=row[0],
        content=content,
        sha256=sha256,
        media_type=row[2],
        origin=Origin(row[3], row[4], row[5]),
        declared_encoding=row[6],
        given=rows.load_given(row[7]),
    )


def load_reading(connection: sqlite3.Connection, page: int, *, as_read: bool) -> Reading:
    """The reading of a page version, with or without what copies and users changed."""
    row = connection.execute(
        "SELECT p.id, p.sha256, p.media_type, p.path, p.url, p.fetched_at, p.given, t.text, t.encoding,"
        " t.encoding_from, t.runs, t.zones, a.title, a.authors, a.publisher, a.credited_to, a.language,"
        " a.read_language, a.url, a.details, a.reader_version, a.reader_weights"
        " FROM pages p JOIN articles a ON a.page = p.page JOIN texts t ON t.page = p.page WHERE p.page = ?",
        (page,),
    ).fetchone()
    titles, published, modified = rows.load_details(row[19])
    source = Page(
        id=row[0],
        sha256=row[1],
        media_type=row[2],
        origin=Origin(row[3], row[4], row[5]),
        text=row[7],
        encoding=Encoding(row[8], row[9]),
        runs=rows.unpack_runs(row[10]),
        given=rows.load_given(row[6]),
    )
    article = Article(
        page=source,
        zones=rows.load_zones(row[11]),
        title=row[12],
        titles=titles,
        authors=rows.load_strings(row[13]),
        publisher=row[14],
        credited_to=row[15],
        language=row[16],
        read_language=bool(row[17]),
        url=row[18],
        published=published,
        modified=modified,
    )
    statements = entries.statements_of(connection, page, as_read=as_read)
    return Reading(article, statements, Reader(row[20], rows.load_pairs(row[21])))


def find(connection: sqlite3.Connection, name: str) -> tuple[PageKey, ...]:
    """Current pages that somebody may mean; see `Record.find_pages`."""
    name = folding.name_of(name)
    for where, value in (
        ("p.id = ?", name),
        ("a.url = ?", name),
        ("p.url = ?", name),
        ("p.sha256 LIKE ? ESCAPE '\\'", folding.like(name) + "%" if len(name) >= 6 else ""),
        ("p.id LIKE ? ESCAPE '\\'", "%" + folding.like(name) if name else ""),
    ):
        found = connection.execute(
            "SELECT p.id, p.sha256 FROM pages p JOIN articles a ON a.page = p.page"
            f" WHERE {where} AND p.is_current = 1 ORDER BY p.id LIMIT 50",
            (value,),
        ).fetchall()
        if found:
            return tuple(PageKey(*row) for row in found)
    return ()
