"""The index that word search reads: its two tables, filled, emptied and checked.

In: statements and paragraphs that come and go. Out: rows of the index, and what is wrong with it, if anything is.
Leaves to others: questions (`search`), statements by words in a row (`grams`).

Two tables. `statement_words`: the folded words of every current statement. `paragraph_words`: those of
every paragraph of a current page. Neither keeps them beside the index (contentless: a tenth of the file
less), so what leaves must be said again as it was: `folding.words_of`, `index_text` and `grams` may only change
together with `VERSION`, upon which a record that is opened for writing fills all of it anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from onrecord.record import grams
from onrecord.record.folding import typed, words_of

#: How the words of the two tables were made; see `is_stale`.
VERSION = 2

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
