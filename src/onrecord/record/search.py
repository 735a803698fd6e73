"""Word search, and all that is SQLite's own about it: FTS5 stands in this file alone.

In: terms; text to index. Out: numbers of statements and paragraphs, the best first.
A record in PostgreSQL would have another of these files (tsvector), with the same functions.

Two tables. `statement_words`: the folded words of every current statement. `paragraph_words`: those of
every paragraph of a current page. Neither keeps them beside the index (contentless: a tenth of the file
less), so what leaves must be said again as it was: `folding.words_of`, `index_text` and `grams` may only change
together with `VERSION`, upon which a record that is opened for writing fills all of it anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from onrecord.record import grams
from onrecord.record.folding import typed, words_of
from onrecord.record.rarity import weights
from onrecord.record.terms import Term

#: How the words of the two tables were made; see `ensure_index`.
VERSION = 2
#: A count of what is found stops there.
MAX_COUNTED = 10_000
#: Of passages that match equally well so many more than asked for are fetched, to put them in order.
MARGIN = 100
#: Values in a query; SQLite allows at least 999.
MAX_BATCH = 500
#: A term that more statements have is common: FTS5's ranking would read through all of them (1.5 us each). So
#: many of the statements that have all terms, the last on record, are ranked then, by English usage.
MAX_WITH_TERM, MAX_RANKED = 2_000, 200
#: As many that match are read in the order of the index, to have the last of them.
MAX_FORWARDS = 1_000
#: BM25 as FTS5 has it; words in the average statement (2,129 of PolNeAR's dev articles: 16).
K1, B, AVERAGE_WORDS = 1.2, 0.75, 16.0

SCHEMA = (
    """
    CREATE VIRTUAL TABLE statement_words USING fts5 (
      words, content = '', tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE VIRTUAL TABLE paragraph_words USING fts5 (
      words, content = '', tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    "CREATE VIRTUAL TABLE statement_vocabulary USING fts5vocab (statement_words, row)",
    "CREATE TABLE search_version (version INTEGER NOT NULL)",
    f"INSERT INTO search_version (version) VALUES ({VERSION})",
)

# ----------------------------------------------------------------------------------- the answer


def match_all(terms: Iterable[Term]) -> str:
    """The terms as FTS5 wants them: all of them."""
    return " AND ".join(_quoted(term) for term in terms)


def match_any(terms: Iterable[Term]) -> str:
    """The terms as FTS5 wants them: at least one."""
    return " OR ".join(_quoted(term) for term in terms)


def _quoted(term: Term) -> str:
    # words have no quotation mark: they are made of letters, digits and inner apostrophes
    return '"' + " ".join(term.words) + '"' + (" *" if term.is_prefix else "")


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions on statements. speakers: numbers, any of which; None: whoever. Days: ISO, inclusive."""

    speakers: tuple[int, ...] | None = None
    since: str | None = None
    until: str | None = None
    kind: str | None = None
    page: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everything passes."""
        return self == Filter()


def conditions(where: Filter, *, from_speaker: bool = False) -> tuple[str, list[str | int]]:
    """SQL conditions on `s` (statements), each behind an AND, and what fills them in.

    from_speaker: the speaker's statements are looked up first, instead of each statement's speaker.
    """
    sql, values = "", list[str | int]()
    if where.kind is not None:
        sql += " AND s.kind = ?"
        values.append(where.kind)
    if where.page is not None:
        sql += " AND s.page = ?"
        values.append(where.page)
    if where.since is not None:
        sql += " AND coalesce(s.last_day, s.day) >= ?"
        values.append(where.since)
    if where.until is not None:
        sql += " AND s.day <= ?"
        values.append(where.until)
    if where.speakers is not None:
        named = f"n.canonical IN ({', '.join('?' * len(where.speakers))})" if where.speakers else "1 = 0"
        joined = f"statement_speakers ss JOIN speakers n ON n.speaker = ss.speaker WHERE {named}"
        if from_speaker:
            sql += f" AND s.statement IN (SELECT ss.statement FROM {joined})"
        else:
            sql += f" AND EXISTS (SELECT 1 FROM {joined} AND ss.statement = s.statement)"
        values += where.speakers
    return sql, values


def list_statements(connection: sqlite3.Connection, where: Filter, limit: int, offset: int) -> list[int]:
    """Numbers of current statements by day (undated last), then page id, then place."""
    sql, values = conditions(where, from_speaker=True)
    found = connection.execute(
        "SELECT s.statement FROM statements s JOIN pages p ON p.page = s.page"
        f" WHERE s.is_current = 1{sql} ORDER BY s.day NULLS LAST, p.id, s.position LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return [int(row[0]) for row in found]


def count_listed(connection: sqlite3.Connection, where: Filter) -> int:
    """How many current statements meet the conditions."""
    sql, values = conditions(where, from_speaker=True)
    row = connection.execute(
        f"SELECT count(*) FROM statements s WHERE s.is_current = 1{sql}", values
    ).fetchone()
    return int(row[0])


def find_statements(
    connection: sqlite3.Connection, terms: Sequence[Term], where: Filter, limit: int, offset: int
) -> tuple[list[int], int]:
    """Numbers of the statements that have all terms, and how many have in all, MAX_COUNTED + 1 at most.

    Best BM25 first, then the later day, then page and place. Where more than MARGIN statements beyond
    those asked for match equally well, it is those that came in first which are put in that order; where a term
    is common and more than MAX_RANKED match, it is those that came in last.
    """
    if not terms:
        return [], 0
    number, sql, values = _matching(match_all(terms), where)
    margin = limit + offset + MARGIN
    if any(_is_common(connection, term) for term in sorted(terms, key=lambda term: sum(weights(term.words)))):
        last, n = _last(connection, number, sql, values)
        ranks = _ranked_by_usage(connection, terms, last, margin)
    else:
        found = connection.execute(
            f"SELECT {number}, statement_words.rank {sql} ORDER BY statement_words.rank LIMIT ?",
            (*values, margin),
        )
        ranks = {int(row[0]): round(float(row[1]), 9) for row in found}
        n = len(ranks) if len(ranks) < margin else _count(connection, sql, values, MAX_COUNTED + 1)
    return in_order(connection, ranks)[offset : offset + limit], n


def _count(connection: sqlite3.Connection, sql: str, values: Sequence[str | int], most: int) -> int:
    """How many statements match, at most so many."""
    row = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 {sql} LIMIT ?) AS found", (*values, most)
    ).fetchone()
    return int(row[0])


def _last(
    connection: sqlite3.Connection, number: str, sql: str, values: Sequence[str | int]
) -> tuple[list[int], int]:
    """The MAX_RANKED last statements that match, and how many do, MAX_COUNTED + 1 at most.

    FTS5 reads backwards at half the pace: where few match, all of them are read once, forwards.
    """
    found = connection.execute(
        f"SELECT {number} {sql} ORDER BY statement_words.rowid LIMIT ?", (*values, MAX_FORWARDS + 1)
    ).fetchall()
    n = len(found)
    if n > MAX_FORWARDS:
        beyond = f"{sql} AND statement_words.rowid > ?"
        n += _count(connection, beyond, (*values, found[-1][0]), MAX_COUNTED + 1 - n)
        found = connection.execute(
            f"SELECT {number} {sql} ORDER BY statement_words.rowid DESC LIMIT ?", (*values, MAX_RANKED)
        ).fetchall()
    return [int(row[0]) for row in found[-MAX_RANKED:]], n


def _matching(match: str, where: Filter) -> tuple[str, str, list[str | int]]:
    """The number's column, and FROM and WHERE, of statements that match and meet the conditions."""
    if where.is_empty:
        return "rowid", "FROM statement_words WHERE statement_words MATCH ?", [match]
    more, filling = conditions(where)
    sql = (
        "FROM statement_words CROSS JOIN statements s ON s.statement = statement_words.rowid"
        f" WHERE statement_words MATCH ?{more}"
    )
    return "s.statement", sql, [match, *filling]


def _is_common(connection: sqlite3.Connection, term: Term) -> bool:
    """Whether more than MAX_WITH_TERM statements have a term."""
    row = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM statement_words WHERE statement_words MATCH ? LIMIT ?) AS found",
        (_quoted(term), MAX_WITH_TERM + 1),
    ).fetchone()
    return int(row[0]) > MAX_WITH_TERM


def _ranked_by_usage(
    connection: sqlite3.Connection, terms: Sequence[Term], numbers: Sequence[int], margin: int
) -> dict[int, float]:
    """The best of some statements, each with its rank (the less, the better)."""
    ranks: dict[int, float] = {}
    wanted = [(term, sum(weights(term.words))) for term in terms]
    for start in range(0, len(numbers), MAX_BATCH):
        batch = numbers[start : start + MAX_BATCH]
        marks = ", ".join("?" * len(batch))
        for statement, content in connection.execute(
            f"SELECT statement, content FROM statements WHERE statement IN ({marks})", batch
        ):
            ranks[statement] = -_bm25(words_of(content), wanted)
    best = sorted(ranks, key=lambda statement: (ranks[statement], statement))[:margin]
    return {statement: ranks[statement] for statement in best}


def _bm25(words: str, wanted: Sequence[tuple[Term, float]]) -> float:
    """How well folded words answer terms that weigh something; to nine places, as ranks are compared."""
    line = f" {words} "
    length = K1 * (1 - B + B * line.count(" ") / AVERAGE_WORDS)
    out = 0.0
    for term, weight in wanted:
        n = max(1, line.count(" " + " ".join(term.words) + ("" if term.is_prefix else " ")))
        out += weight * n * (K1 + 1) / (n + length)
    return round(out, 9)


def in_order(connection: sqlite3.Connection, ranks: dict[int, float]) -> list[int]:
    """Numbers of statements by rank (the least first), then the later day, then page id and place."""
    if len(ranks) < 2:
        return list(ranks)
    marks = ", ".join("?" * len(ranks))
    places = connection.execute(
        "SELECT s.statement, coalesce(s.day, ''), p.id, s.position FROM statements s"
        f" JOIN pages p ON p.page = s.page WHERE s.statement IN ({marks})",
        tuple(ranks),
    ).fetchall()
    places.sort(key=lambda row: (row[2], row[3]))
    places.sort(key=lambda row: str(row[1]), reverse=True)
    places.sort(key=lambda row: ranks[row[0]])
    return [int(row[0]) for row in places]


#: `match_statements`, or the same for paragraphs.
Matching = Callable[[sqlite3.Connection, str, int], list[int]]


def match_statements(
    connection: sqlite3.Connection, match: str, limit: int, speakers: Sequence[int] = ()
) -> list[int]:
    """Numbers of at most so many statements that match, the oldest on record first; of these names if any is given."""
    said_by = ""
    if speakers:
        marks = ", ".join("?" * len(speakers))
        said_by = (
            " AND EXISTS (SELECT 1 FROM statement_speakers ss"
            f" WHERE ss.statement = statement_words.rowid AND ss.speaker IN ({marks}))"
        )
    return [
        int(row[0])
        for row in connection.execute(
            f"SELECT rowid FROM statement_words WHERE statement_words MATCH ?{said_by} ORDER BY rowid LIMIT ?",
            (match, *speakers, limit),
        )
    ]


def match_paragraphs(connection: sqlite3.Connection, match: str, limit: int, ranked: bool) -> list[int]:
    """Numbers of at most so many paragraphs that match: the best, or the oldest on record, first."""
    order = "rank" if ranked else "rowid"
    return [
        int(row[0])
        for row in connection.execute(
            f"SELECT rowid FROM paragraph_words WHERE paragraph_words MATCH ? ORDER BY {order} LIMIT ?",
            (match, limit),
        )
    ]


# ------------------------------------------------------------------------------------ the index


def index_text(text: str) -> str:
    """What `paragraph_words` is told about a paragraph. Changes only together with VERSION."""
    plain = typed(text)
    return plain if plain.isascii() else words_of(text)


def index_statements(connection: sqlite3.Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Puts statements, each with its content, where `find_statements` and `grams` find them."""
    grams.index(connection, rows)
    _index_words(connection, rows)


def _index_words(connection: sqlite3.Connection, rows: Sequence[tuple[int, str]]) -> None:
    connection.executemany(
        "INSERT INTO statement_words (rowid, words) VALUES (?, ?)",
        ((number, words_of(content)) for number, content in rows),
    )


def unindex_statements(connection: sqlite3.Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Takes them out. They must be in, with this very content."""
    grams.unindex(connection, rows)
    connection.executemany(
        "INSERT INTO statement_words (statement_words, rowid, words) VALUES ('delete', ?, ?)",
        ((number, words_of(content)) for number, content in rows),
    )


def index_paragraphs(connection: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Puts paragraphs, each with its text, where `match_paragraphs` finds them."""
    connection.executemany(
        "INSERT INTO paragraph_words (rowid, words) VALUES (?, ?)",
        ((number, index_text(text)) for number, text in rows),
    )


def unindex_paragraphs(connection: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Takes them out. They must be in, with this very text."""
    connection.executemany(
        "INSERT INTO paragraph_words (paragraph_words, rowid, words) VALUES ('delete', ?, ?)",
        ((number, index_text(text)) for number, text in rows),
    )


def is_stale(connection: sqlite3.Connection) -> bool:
    """Whether the index was made by another VERSION of this file."""
    row = connection.execute("SELECT version FROM search_version").fetchone()
    return row is None or int(row[0]) != VERSION


def rebuild(connection: sqlite3.Connection) -> None:
    """Fills all tables anew from what is on record. The caller holds the transaction."""
    for name in ("statement_vocabulary", "statement_words", "paragraph_words", "search_version"):
        connection.execute(f"DROP TABLE {name}")
    for statement in SCHEMA:
        connection.execute(statement)
    found = connection.execute(
        "SELECT statement, content FROM statements WHERE is_current = 1 ORDER BY statement"
    ).fetchall()
    grams.index_all(connection, found)
    _index_words(connection, found)
    for page, text in connection.execute("SELECT page, text FROM texts ORDER BY page").fetchall():
        index_paragraphs(
            connection,
            [
                (number, text[start:end])
                for number, start, end in connection.execute(
                    "SELECT paragraph, text_start, text_end FROM paragraphs WHERE page = ? ORDER BY paragraph",
                    (page,),
                )
            ],
        )


def is_shadow(table: str) -> bool:
    """Whether a table is one that FTS5 keeps for itself."""
    return table.startswith(("statement_words_", "paragraph_words_"))


def check_index(connection: sqlite3.Connection) -> str | None:
    """What is wrong with the index, or None. FTS5's own check needs a connection that may write."""
    counts = (
        (
            "SELECT count(*) FROM statement_words_docsize",
            "SELECT count(*) FROM statements WHERE is_current = 1",
        ),
        ("SELECT count(*) FROM paragraph_words_docsize", "SELECT count(*) FROM paragraphs"),
    )
    for has, wants in counts:
        n, wanted = (connection.execute(sql).fetchone()[0] for sql in (has, wants))
        if n != wanted:
            return f"the search index has {n} entries where {wanted} are on record; it must be made anew"
    ghosts = connection.execute(
        "SELECT count(*) FROM statement_words_docsize d LEFT JOIN statements s ON s.statement = d.id"
        " WHERE s.is_current IS NOT 1"
    ).fetchone()[0]
    if ghosts:
        return (
            f"the search index has {ghosts} entries of statements that are not current; it must be made anew"
        )
    if missing := grams.check(connection):
        return missing
    if connection.execute("PRAGMA query_only").fetchone()[0]:
        return None
    for table in ("statement_words", "paragraph_words"):
        try:
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
        except sqlite3.DatabaseError as error:
            return f"the search index {table} is damaged ({error}); it must be made anew"
    return None
