"""What the quote check asks of a record, in SQL.

In: a connection. Out: candidates, entries, texts, paragraphs: `check.Lookup` for a record. Every query
goes through the index and has a limit; none scans the statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import cached_property

from onrecord.record import entries, folding, likely, listing, meaning, speakers
from onrecord.record.answer import Found
from onrecord.record.meaning import Embedder
from onrecord.record.names import same_name
from onrecord.record.results import Candidate, Coverage, Entry, Paragraph
from onrecord.types import Kind

#: Names of speakers that hold a surname which are looked through.
MAX_NAMES = 200
#: Statements near in meaning that are looked at for `reported`, and how near they are at least.
MAX_NEAR, NEAR_FROM = 20, 0.4


class RecordLookup:
    """`check.Lookup` on one open record; as of now: nothing is kept but how much there is."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._covered: tuple[tuple[int, int], Coverage] | None = None

    def coverage(self) -> Coverage:
        """How many articles, publishers and days; counted again only after the record has changed."""
        version = int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        state = (version, self._connection.total_changes)
        if self._covered is None or self._covered[0] != state:
            row = self._connection.execute(
                "SELECT count(*), sum(a.n_statements), count(DISTINCT a.publisher), sum(a.published_day IS NULL),"
                " min(a.published_day), max(a.published_day) FROM pages p JOIN articles a ON a.page = p.page"
                " WHERE p.is_current = 1"
            ).fetchone()
            self._covered = state, Coverage(row[0], row[1] or 0, row[2], row[3] or 0, row[4], row[5])
        return self._covered[1]

    def likely(self, words: Sequence[str]) -> RecordLikely:
        """The statements that have something of these words."""
        return RecordLikely(self._connection, words)

    def near(self, text: str, embedder: Callable[[], Embedder], *, speaker: str) -> Sequence[Found]:
        """Statements of a speaker of that name that are near in meaning to a text, the nearest first."""
        numbers = named(self._connection, speaker)
        if not numbers or not meaning.is_ready(self._connection):
            return ()
        alike = meaning.search(
            self._connection,
            embedder(),
            text,
            listing.Filter(speakers=numbers),
            at_least=NEAR_FROM,
            limit=MAX_NEAR,
        )
        return found_of(self._connection, [number for number, _ in alike])

    def on_pages(self, pages: Sequence[int]) -> Sequence[Found]:
        """All current statements of some pages, page by page in the order of the text."""
        marks = ", ".join("?" * len(pages))
        found = self._connection.execute(
            "SELECT statement, page, kind, content, text_start, text_end FROM statements"
            f" WHERE page IN ({marks}) AND is_current = 1 ORDER BY page, text_start, position",
            tuple(pages),
        ).fetchall()
        return [Found(number, at, Kind(kind), *rest) for number, at, kind, *rest in found]

    def candidates(self, numbers: Sequence[int]) -> Sequence[Candidate]:
        """Statements with their places, in the order asked for."""
        return entries.candidates(self._connection, numbers)

    def text(self, page: int) -> str:
        """The page's text."""
        row = self._connection.execute("SELECT text FROM texts WHERE page = ?", (page,)).fetchone()
        return str(row[0])

    def entries(self, numbers: Sequence[int]) -> Sequence[Entry]:
        """Statements in full, in the order of their numbers."""
        return entries.entries(self._connection, numbers)

    def paragraphs(self, words: Sequence[str], *, limit: int) -> Sequence[Paragraph]:
        """Paragraphs of current pages that may have these words, those with most of them first."""
        return entries.paragraphs(self._connection, likely.paragraphs(self._connection, words, limit))

    def aliases(self, speaker: int) -> Sequence[str]:
        """Every name under which a speaker is on record."""
        found = self._connection.execute(
            "SELECT DISTINCT n.name FROM speakers n WHERE n.canonical ="
            " (SELECT canonical FROM speakers WHERE speaker = ?) ORDER BY n.name",
            (speaker,),
        ).fetchall()
        return [str(row[0]) for row in found]


class RecordLikely:
    """`answer.Likely` on one open record: by words in a row first, and where none of those has them all, by rare
    words and as a phrase too."""

    def __init__(self, connection: sqlite3.Connection, words: Sequence[str]) -> None:
        self._connection, self._words = connection, words

    def of(self, speaker: str | None, limit: int) -> Sequence[Found]:
        """Statements with something of the words, those with most of them first; of a speaker of that name."""
        names = frozenset[int]()
        if speaker is not None:
            names = names_of(self._connection, named(self._connection, speaker))
        if not self._words or (speaker is not None and not names):
            return ()
        found = found_of(self._connection, likely.of(self._connection, self._in_a_row, names, limit))
        line = f" {' '.join(self._words)} "
        if any(line in f" {f.words} " for f in found):
            return found
        others = self._others
        if not self._is_sure:
            others = others | likely.by_phrase(self._connection, self._words, names)
        more = likely.of(self._connection, others, names, limit)
        known = {f.number for f in found}
        return [*found, *found_of(self._connection, [n for n in more if n not in known])]

    @cached_property
    def _in_a_row(self) -> dict[int, float]:
        return likely.by_grams(self._connection, self._words)

    @cached_property
    def _others(self) -> dict[int, float]:
        return likely.by_rare_words(self._connection, self._words)

    @cached_property
    def _is_sure(self) -> bool:
        return likely.is_sure(self._connection, self._words)


def found_of(connection: sqlite3.Connection, numbers: Sequence[int]) -> list[Found]:
    """Statements by number, in that order."""
    marks = ", ".join("?" * len(numbers))
    found = {
        number: Found(number, page, Kind(kind), *rest)
        for number, page, kind, *rest in connection.execute(
            "SELECT statement, page, kind, content, text_start, text_end FROM statements"
            f" WHERE statement IN ({marks})",
            numbers,
        )
    }
    return [found[number] for number in numbers]


def named(connection: sqlite3.Connection, name: str) -> tuple[int, ...]:
    """Numbers of the speakers of whom one name can be the one given."""
    exact = speakers.find(connection, name)
    words = folding.words_of(name).split(" ")
    bearers: dict[str, list[int]] = {}
    for number, other in connection.execute(
        "SELECT s.canonical, s.name FROM speaker_words w JOIN speakers s ON s.speaker = w.speaker"
        " WHERE w.word = ? ORDER BY w.speaker LIMIT ?",
        (words[-1], MAX_NAMES),
    ):
        bearers.setdefault(other, []).append(number)
    fitting = (number for other, numbers in bearers.items() if same_name(name, other) for number in numbers)
    return tuple(sorted({*exact, *fitting})[:MAX_NAMES])


def names_of(connection: sqlite3.Connection, speakers: Sequence[int]) -> frozenset[int]:
    """Numbers of all names of some speakers."""
    return frozenset(
        row[0]
        for marks, batch in entries.batches(speakers)
        for row in connection.execute(f"SELECT speaker FROM speakers WHERE canonical IN ({marks})", batch)
    )
