"""Three words in a row, as numbers: how statements with words in common find each other.

In: the folded words of statements. Out: numbers of grams, and of the statements that have them. Of every few
neighbouring grams the one with the rarest words is kept, by the words alone (winnowing: Schleimer, Wilkerson,
Aiken 2003), so that two statements with a stretch of words in common keep one gram of it both, if it weighs
enough: a stretch of 4 words of two quotations, of 8 where one is indirect speech. Looking one up costs the same however much is on record. Leaves to others: what the
statements found have in common (two grams may share a number), and stretches of common words alone.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterable, Sequence

from onrecord.record.rarity import weights
from onrecord.record.rows import words_of

#: Words in a gram; neighbours of which one is kept of words with quotation marks, and of those without. With 2
#: and 6 as many utterances are found in PolNeAR's training articles as with 2 and 2, for three quarters of the grams.
SIZE, QUOTED_WINDOW, WINDOW = 3, 2, 6
#: A stretch of so many words in common has a gram that both keep, in quotations and elsewhere.
QUOTED_STRETCH, STRETCH = SIZE + QUOTED_WINDOW - 1, SIZE + WINDOW - 1
#: Grams that weigh less stand everywhere ("that it is"): half of what two reports must share (`utterances`).
LEAST_WEIGHT = 12.5
#: Of a longer statement, which is a speech, the words beyond are not looked for.
MAX_WORDS = 20_000

SCHEMA = """
    CREATE TABLE statement_grams (    -- of current statements: see `grams`
      gram INTEGER NOT NULL,          -- CRC-32 of three folded words, less 2 ** 31
      statement INTEGER NOT NULL,
      PRIMARY KEY (gram, statement)
    ) WITHOUT ROWID
    """

_QUOTED = re.compile("[\"“”„«»]|''|``")
_LIGHT = 255 - int(2 * LEAST_WEIGHT)


def chosen(words: Sequence[str], window: int) -> list[int]:
    """The grams that are kept of these words, the rarest first; a wider window keeps fewer of the same."""
    ranks = _ranks(words[:MAX_WORDS])
    kept = set(map(min, *(ranks[i:] for i in range(window)))) if len(ranks) >= window else set(ranks)
    if len(ranks) < window and ranks:
        kept = {min(ranks)}
    return _heavy(kept)


def every(words: Sequence[str]) -> list[int]:
    """All grams of these words that weigh enough to be kept somewhere, the rarest first."""
    return _heavy(set(_ranks(words[:MAX_WORDS])))


def _ranks(words: Sequence[str]) -> list[int]:
    """For each gram its number behind its weight: the less, the rarer."""
    w = weights(words)
    texts = map(" ".join, zip(words, words[1:], words[2:], strict=False))
    return [
        (255 - int(2 * (a + b + c)) << 32) | zlib.crc32(text.encode("utf-8", "replace"))
        for a, b, c, text in zip(w, w[1:], w[2:], texts, strict=False)
    ]


def _heavy(ranks: Iterable[int]) -> list[int]:
    return [(rank & 0xFFFFFFFF) - 2**31 for rank in sorted(ranks) if rank >> 32 <= _LIGHT]


def of_content(content: str) -> list[int]:
    """The grams that are kept of a statement."""
    return chosen(words_of(content).split(), QUOTED_WINDOW if _QUOTED.search(content) else WINDOW)


# ------------------------------------------------------------------------------------ the table


def index(connection: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Makes statements, each given with its content, found by their grams."""
    connection.executemany(
        "INSERT INTO statement_grams (gram, statement) VALUES (?, ?) ON CONFLICT DO NOTHING",
        sorted((gram, number) for number, content in rows for gram in of_content(content)),
    )


def unindex(connection: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Takes them out. They must be in with this very content."""
    connection.executemany(
        "DELETE FROM statement_grams WHERE gram = ? AND statement = ?",
        [(gram, number) for number, content in rows for gram in of_content(content)],
    )


def having(connection: sqlite3.Connection, gram: int, limit: int) -> list[int]:
    """Numbers of at most so many statements that have a gram, the oldest on record first."""
    return [
        row[0]
        for row in connection.execute(
            "SELECT statement FROM statement_grams WHERE gram = ? ORDER BY statement LIMIT ?", (gram, limit)
        )
    ]


def check(connection: sqlite3.Connection) -> str | None:
    """What is wrong with the table, or None: every gram of every current statement, and no other."""
    n_wanted = 0
    for number, content in connection.execute(
        "SELECT statement, content FROM statements WHERE is_current = 1 ORDER BY statement"
    ):
        for gram in set(of_content(content)):
            n_wanted += 1
            if not connection.execute(
                "SELECT 1 FROM statement_grams WHERE gram = ? AND statement = ?", (gram, number)
            ).fetchone():
                return f"statement {number} is not found by its words; the search index must be made anew"
    n = connection.execute("SELECT count(*) FROM statement_grams").fetchone()[0]
    if n != n_wanted:
        return f"statements are found by {n} grams where they have {n_wanted}; the search index must be made anew"
    return None
