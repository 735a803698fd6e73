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
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice

from onrecord.record.folding import words_of
from onrecord.record.rarity import weights
from onrecord.record.tiers import Tiers

#: Words in a gram; neighbours of which one is kept of words with quotation marks, and of those without. With 2
#: and 6 as many utterances are found in PolNeAR's training articles as with 2 and 2, for three quarters of the grams.
SIZE, QUOTED_WINDOW, WINDOW = 3, 2, 6
#: A stretch of so many words in common has a gram that both keep, in quotations and elsewhere.
QUOTED_STRETCH, STRETCH = SIZE + QUOTED_WINDOW - 1, SIZE + WINDOW - 1
#: Grams that weigh less stand everywhere ("that it is"): half of what two reports must share (`utterances`).
LEAST_WEIGHT = 12.5
#: Of a longer statement, which is a speech, the words beyond are not looked for.
MAX_WORDS = 20_000
#: They are asked for when a statement is indexed and again when it is grouped, after 200 articles: so many are remembered,
#: of statements with so few characters (30 MB at most).
REMEMBERED, SHORT = 8_192, 500

#: Of current statements. gram: CRC-32 of three folded words, less 2 ** 31; speaker: the number of the name that made the
#: statement, so that a person's are told from others' without looking each of them up; NOBODY, SEVERAL.
TABLES = Tiers(
    "statement_grams", ("gram", "statement", "speaker"), "of current statements: see `grams` and `tiers`"
)
NOBODY, SEVERAL = 0, -1
#: Statements whose speakers are looked up in one go; numbers of grams for which there is a query.
BATCH, _ASKED = 500, (1, 2, 4, 8, 16, 32, 64)
_HAVING = TABLES.having("statement", "gram = ?1") + " LIMIT ?2"
_HAS = TABLES.having("1", "gram = ?1 AND statement = ?2 AND speaker = ?3")
_SPEAKERS = "SELECT statement, speaker FROM statement_speakers WHERE statement IN ({})"

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


def of_content(content: str) -> tuple[int, ...]:
    """The grams that are kept of a statement."""
    return _of_short(content) if len(content) <= SHORT else _of_content(content)


def _of_content(content: str) -> tuple[int, ...]:
    return tuple(chosen(words_of(content).split(), QUOTED_WINDOW if _QUOTED.search(content) else WINDOW))


_of_short = lru_cache(maxsize=REMEMBERED)(_of_content)


# ------------------------------------------------------------------------------------ the table


def index(connection: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Makes statements, each given with its content, found by their grams."""
    TABLES.insert(connection, _entries(connection, rows))


def index_all(connection: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
    """The same for all that is on record, in place of what the tables have."""
    TABLES.clear(connection)
    TABLES.fill(connection, _entries(connection, rows))


def unindex(connection: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Takes them out. They must be in with this very content and the speakers that they have."""
    TABLES.delete(connection, list(_entries(connection, rows)))


def _entries(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, str]]
) -> Iterator[tuple[int, int, int]]:
    """What the tables have of statements: grams, numbers, speakers."""
    remaining = iter(rows)
    while some := tuple(islice(remaining, BATCH)):
        spoken = _speakers(connection, [number for number, _ in some])
        for number, content in some:
            speaker = spoken.get(number, NOBODY)
            yield from ((gram, number, speaker) for gram in of_content(content))


def _speakers(connection: sqlite3.Connection, statements: Sequence[int]) -> dict[int, int]:
    out: dict[int, int] = {}
    for statement, speaker in connection.execute(
        _SPEAKERS.format(", ".join("?" * len(statements))), statements
    ):
        out[statement] = SEVERAL if statement in out else speaker
    return out


def having(connection: sqlite3.Connection, gram: int, limit: int) -> list[int]:
    """Numbers of at most so many statements that have a gram, the oldest on record first."""
    return [row[0] for row in connection.execute(_HAVING, (gram, limit))]


def made_by(
    connection: sqlite3.Connection, phrases: Sequence[int], names: Collection[int], limit: int
) -> list[tuple[int, int, int]]:
    """At most so many entries (gram, statement, name) of some grams, of statements that one of these names made; and
    those of NOBODY, and of SEVERAL."""
    if not phrases:
        return []
    size = next((size for size in _ASKED if size >= len(phrases)), len(phrases))
    padded = (*phrases, *(phrases[0] for _ in range(size - len(phrases))))
    if len(names) < 2:
        name = next(iter(names), NOBODY)
        return connection.execute(_made_by(size, True), (limit, name, *padded)).fetchall()
    found = connection.execute(_made_by(size, False), (limit, NOBODY, *padded))
    return [row for row in found if row[2] in names or row[2] <= NOBODY]


@cache
def _made_by(size: int, is_one: bool) -> str:
    marks = ", ".join(f"?{i}" for i in range(3, 3 + size))
    who = f" AND (speaker = ?2 OR speaker <= {NOBODY})" if is_one else ""
    return TABLES.having("gram, statement, speaker", f"gram IN ({marks}){who}") + " LIMIT ?1"


def check(connection: sqlite3.Connection) -> str | None:
    """What is wrong with the table, or None: every gram of every current statement, and no other."""
    n_wanted = 0
    current = connection.execute(
        "SELECT statement, content FROM statements WHERE is_current = 1 ORDER BY statement"
    )
    for entry in _entries(connection, current):
        n_wanted += 1
        if not connection.execute(_HAS, entry).fetchone():
            return f"statement {entry[1]} is not found by its words; the search index must be made anew"
    n = TABLES.count(connection)
    if n != n_wanted:
        return f"statements are found by {n} grams where they have {n_wanted}; the search index must be made anew"
    return None
