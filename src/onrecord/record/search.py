"""Word search, and all that is SQLite's own about it: FTS5 stands in this file and `word_index` alone.

In: terms. Out: numbers of statements and paragraphs, the best first. Leaves to others: the terms of what a person
types (`terms`), conditions on statements (`listing`), the tables and what is in them (`word_index`).
A record in PostgreSQL would have another two of these files (tsvector), with the same functions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence

from onrecord.record.folding import words_of
from onrecord.record.listing import Filter, conditions, in_order
from onrecord.record.rarity import weights
from onrecord.record.terms import Term

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


def match_all(terms: Iterable[Term]) -> str:
    """The terms as FTS5 wants them: all of them."""
    return " AND ".join(_quoted(term) for term in terms)


def match_any(terms: Iterable[Term]) -> str:
    """The terms as FTS5 wants them: at least one."""
    return " OR ".join(_quoted(term) for term in terms)


def _quoted(term: Term) -> str:
    # words have no quotation mark: they are made of letters, digits and inner apostrophes
    return '"' + " ".join(term.words) + '"' + (" *" if term.is_prefix else "")


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
