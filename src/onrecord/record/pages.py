"""The rows of one page version: entered, taken out, made current or not, read back.

In: a connection inside a transaction, what `add` was given, numbers of pages. Out: rows in every table
that knows of the page, indexes included, and the way back to a RawPage and a Reading. Leaves it to
`store` which of these happen together.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from onrecord.record import (
    copygroups,
    dated,
    decisions,
    entries,
    folding,
    grouped,
    meaning,
    naming,
    readback,
    rows,
    sites,
    tallies,
    word_index,
)
from onrecord.record.results import Decision
from onrecord.record.tiers import Tiers
from onrecord.runs import byte_span, refined
from onrecord.text import paragraphs
from onrecord.types import (
    Article,
    Day,
    RawPage,
    Reading,
    Run,
    Sketch,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    When,
)

#: Statements by 63 bits of their ids; a query of their numbers for one of these.
IDS = Tiers("statement_ids", ("id", "statement"), "63 bits of statements.id, by which they are looked up")
WITH_ID = IDS.having("statement", "id = ?1")

_STATEMENT_COLUMNS = (
    "id, parent, kind, source, cue, content, text_start, text_end, byte_start, byte_end, spans, score,"
    " speaker, addressee, occasion, said, said_on, said_until, day, last_day"
)


def number_of(connection: sqlite3.Connection, page_id: str, sha256: str | None = None) -> int | None:
    """The number of a page version, of the current one where no hash is given; None if it is not on record."""
    where = "is_current = 1" if sha256 is None else "sha256 = ?"
    values = (folding.name_of(page_id),) if sha256 is None else (folding.name_of(page_id), sha256)
    row = connection.execute(f"SELECT page FROM pages WHERE id = ? AND {where}", values).fetchone()
    return None if row is None else int(row[0])


def is_current(connection: sqlite3.Connection, page: int) -> bool:
    """Whether a page version is its id's current one."""
    return bool(connection.execute("SELECT is_current FROM pages WHERE page = ?", (page,)).fetchone()[0])


# ------------------------------------------------------------------------------------- entering


def enter_page(connection: sqlite3.Connection, raw: RawPage, now: str) -> int:
    """The number of a new current page version; its original is kept, unless it is on record already."""
    connection.execute(
        "INSERT INTO originals (sha256, size_bytes, packed) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (raw.sha256, len(raw.content), rows.pack(raw.content)),
    )
    page = connection.execute(
        "INSERT INTO pages (id, sha256, is_current, media_type, path, url, fetched_at, declared_encoding,"
        " given, added_at) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?)",
        (
            folding.name_of(raw.id),
            raw.sha256,
            raw.media_type,
            None if raw.origin.path is None else folding.name_of(raw.origin.path),
            folding.maybe_plain(raw.origin.url),
            folding.maybe_plain(raw.origin.fetched_at),
            folding.maybe_plain(raw.declared_encoding),
            rows.dump_given(raw.given),
            now,
        ),
    ).lastrowid
    assert page is not None
    return page


def enter_reading(
    connection: sqlite3.Connection, page: int, reading: Reading, sketch: Sketch, now: str
) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
    """Enters the reading of a current page; the user's decisions with and without a place in it."""
    article = reading.article
    _enter_article(connection, page, reading, now)
    enter_paragraphs(connection, page, article)
    _enter_statements(connection, page, reading)
    copygroups.store_sketch(connection, page, sketch)
    sites.enter(connection, page, article)
    outcome = decisions.apply(connection, page, fresh=True)
    index_statements(connection, page)
    for other in copygroups.link_same(connection, page):
        grouped.enqueue_page(connection, other)
    return outcome


def _enter_article(connection: sqlite3.Connection, page: int, reading: Reading, now: str) -> None:
    article = reading.article
    published = article.published.date if isinstance(article.published, When) else None
    connection.execute(
        "INSERT INTO articles (page, title, publisher, credited_to, authors, language, read_language, url,"
        " published, published_day, n_statements, details, reader_version, reader_weights, read_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            page,
            folding.maybe_plain(article.title),
            folding.maybe_plain(article.publisher),
            folding.maybe_plain(article.credited_to),
            rows.dump(article.authors),
            article.language,
            int(article.read_language),
            folding.maybe_plain(article.url),
            published,
            rows.first_day(published),
            len(reading.statements),
            rows.dump_details(article.titles, article.published, article.modified),
            reading.reader.version,
            rows.dump(dict(reading.reader.weights)),
            now,
        ),
    )
    source = article.page
    connection.execute(
        "INSERT INTO texts (page, text, encoding, encoding_from, zones, runs) VALUES (?, ?, ?, ?, ?, ?)",
        (
            page,
            folding.plain(source.text),
            source.encoding.name,
            source.encoding.how,
            rows.dump_zones(article.zones),
            rows.pack_runs(source.runs),
        ),
    )


def enter_paragraphs(connection: sqlite3.Connection, page: int, article: Article) -> None:
    """Makes a page's paragraphs found, whatever their zone."""
    text = folding.plain(article.page.text)
    spans = list(paragraphs(text))
    zones = rows.innermost_zones(article.zones, [span.start for span in spans])
    first = _next(connection, "SELECT coalesce(max(paragraph), 0) + 1 FROM paragraphs")
    connection.executemany(
        "INSERT INTO paragraphs (paragraph, page, zone, text_start, text_end) VALUES (?, ?, ?, ?, ?)",
        [
            (first + i, page, zone.value if zone else None, span.start, span.end)
            for i, (span, zone) in enumerate(zip(spans, zones, strict=True))
        ],
    )
    word_index.index_paragraphs(connection, [(first + i, text[s.start : s.end]) for i, s in enumerate(spans)])


def _enter_statements(connection: sqlite3.Connection, page: int, reading: Reading) -> None:
    article, statements = reading.article, reading.statements
    starts = [statement.attribution.content[0].start for statement in statements]
    order = sorted(range(len(statements)), key=starts.__getitem__)
    zones = rows.innermost_zones(article.zones, [starts[i] for i in order])
    zone_of = dict(zip(order, zones, strict=True))
    first = _next(connection, "SELECT coalesce(max(statement), 0) + 1 FROM statements")
    authors = frozenset(map(folding.name_key, article.authors))
    text = folding.plain(article.page.text)
    runs = refined(article.page.runs, article.page.text, article.page.encoding.name)
    lines, spoken = list[tuple[object, ...]](), list[tuple[int, int, int]]()
    known = dict[tuple[tuple[str, ...], SpeakerKind, str | None], list[int]]()
    for i, statement in enumerate(statements):
        zone = zone_of[i]
        values = _values(statement, article, text, runs)
        lines.append((first + i, page, i, *values, zone.value if zone else None))
        speaker = statement.speaker
        if isinstance(speaker, Speaker):
            who = (speaker.names, speaker.kind, speaker.id)
            if who not in known:
                known[who] = naming.numbers_for(connection, speaker, article.page.sha256, authors)
            spoken += [(first + i, place, number) for place, number in enumerate(known[who])]
    marks = ", ".join("?" * (_STATEMENT_COLUMNS.count(",") + 1))
    connection.executemany(
        f"INSERT INTO statements (statement, page, position, {_STATEMENT_COLUMNS}, zone, is_current)"
        f" VALUES (?, ?, ?, {marks}, ?, 1)",
        lines,
    )
    IDS.insert(connection, [(key_of(statement.id), first + i) for i, statement in enumerate(statements)])
    connection.executemany(
        "INSERT INTO statement_speakers (statement, position, speaker) VALUES (?, ?, ?)", spoken
    )


def _values(statement: Statement, article: Article, text: str, runs: Sequence[Run]) -> tuple[object, ...]:
    """The values of _STATEMENT_COLUMNS; text: the page's, as it is stored; runs: the page's, refined."""
    attribution, page = statement.attribution, article.page

    def words(spans: Sequence[Span]) -> str:
        return " ".join(text[span.start : span.end] for span in spans)

    content, hull = words(attribution.content), entries.hull(attribution.content)
    place = byte_span(runs, hull, page.text, page.encoding.name)
    day = statement.said_on if isinstance(statement.said_on, Day) else None
    published = article.published.date if isinstance(article.published, When) else None
    return (
        statement.id,
        statement.parent,
        attribution.kind.value,
        words(attribution.source),
        words(attribution.cue),
        content,
        hull.start,
        hull.end,
        place.start if place else None,
        place.end if place else None,
        rows.dump_attribution_spans(attribution),
        attribution.score,
        rows.dump_speaker(statement.speaker),
        rows.dump_addressee(statement.addressee),
        rows.dump_occasion(statement.occasion),
        rows.dump_day(statement.said_on),
        *dated.days(day, published),
    )


def key_of(statement_id: str) -> int:
    """The number by which a statement's id is looked up; others may have the same."""
    try:
        return int(statement_id[:16], 16) >> 1
    except ValueError:
        return -1


def _next(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])


# -------------------------------------------------------------------------- current or not, or gone


def index_statements(connection: sqlite3.Connection, page: int) -> None:
    """Makes a page's current statements found, and puts them into the queue for grouping."""
    found = _current_content(connection, page)
    word_index.index_statements(connection, found)
    tallies.enter(connection, page)
    grouped.wait(connection, entries.numbers(found))
    meaning.wait(connection, entries.numbers(found))


def unindex_statements(connection: sqlite3.Connection, page: int) -> None:
    """The opposite; the utterances that they report fall apart."""
    found = _current_content(connection, page)
    word_index.unindex_statements(connection, found)
    tallies.leave(connection, page)
    grouped.forget(connection, entries.numbers(found))
    meaning.forget(connection, entries.numbers(found))


def _current_content(connection: sqlite3.Connection, page: int) -> list[tuple[int, str]]:
    return connection.execute(
        "SELECT statement, content FROM statements WHERE page = ? AND is_current = 1 ORDER BY statement",
        (page,),
    ).fetchall()


def leave(connection: sqlite3.Connection, page: int) -> None:
    """Takes a current page out of every index. Its rows stay, for the caller to deal with."""
    unindex_statements(connection, page)
    text = connection.execute("SELECT text FROM texts WHERE page = ?", (page,)).fetchone()[0]
    found = connection.execute(
        "SELECT paragraph, text_start, text_end FROM paragraphs WHERE page = ? ORDER BY paragraph", (page,)
    ).fetchall()
    word_index.unindex_paragraphs(connection, [(number, text[start:end]) for number, start, end in found])
    connection.execute("DELETE FROM paragraphs WHERE page = ?", (page,))
    copygroups.unindex(connection, page)
    sites.leave(connection, page)


def step_back(connection: sqlite3.Connection, page: int) -> None:
    """Makes a current version one of the past."""
    leave(connection, page)
    connection.execute("UPDATE pages SET is_current = 0 WHERE page = ?", (page,))
    connection.execute("UPDATE statements SET is_current = 0 WHERE page = ?", (page,))
    copygroups.regroup(connection, (page,))


def step_forward(connection: sqlite3.Connection, page: int) -> None:
    """Makes a version of the past the current one of its id, which has none."""
    connection.execute("UPDATE pages SET is_current = 1 WHERE page = ?", (page,))
    connection.execute(
        "UPDATE statements SET is_current = 1 WHERE page = ? AND withdrawn_by IS NULL", (page,)
    )
    article = readback.load_reading(connection, page, as_read=True).article
    enter_paragraphs(connection, page, article)
    sites.enter(connection, page, article)
    index_statements(connection, page)
    sketch = copygroups.load_sketch(connection, page)
    if sketch:
        copygroups.index(connection, page, sketch)
    copygroups.regroup(connection, (page,))


def drop_reading(connection: sqlite3.Connection, page: int) -> None:
    """Takes out what was read from a page, and its links to copies. The page and its original stay."""
    if is_current(connection, page):
        leave(connection, page)
    copygroups.unlink(connection, page)
    ids = connection.execute("SELECT id, statement FROM statements WHERE page = ?", (page,)).fetchall()
    IDS.delete(connection, [(key_of(statement_id), number) for statement_id, number in ids])
    spoken = connection.execute(
        "SELECT DISTINCT ss.speaker FROM statement_speakers ss JOIN statements s ON s.statement = ss.statement"
        " WHERE s.page = ?",
        (page,),
    ).fetchall()
    for table in ("statements", "articles", "texts", "sketches"):
        connection.execute(f"DELETE FROM {table} WHERE page = ?", (page,))
    naming.forget(connection, entries.numbers(spoken))


def drop_page(connection: sqlite3.Connection, page: int) -> bool:
    """Takes out a page version and all that was read from it; whether its original went too.

    The original stays where another page shares it. The version added last before a current one
    becomes current.
    """
    page_id, sha256 = connection.execute("SELECT id, sha256 FROM pages WHERE page = ?", (page,)).fetchone()
    was_current = is_current(connection, page)
    if was_current:
        dated.take_back(connection, page_id)
    drop_reading(connection, page)
    connection.execute("DELETE FROM pages WHERE page = ?", (page,))
    if was_current:
        last = connection.execute("SELECT max(page) FROM pages WHERE id = ?", (page_id,)).fetchone()[0]
        if last is not None:
            step_forward(connection, int(last))
    if connection.execute("SELECT 1 FROM pages WHERE sha256 = ? LIMIT 1", (sha256,)).fetchone():
        return False
    connection.execute("DELETE FROM originals WHERE sha256 = ?", (sha256,))
    return True
