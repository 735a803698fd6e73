"""What the quote check asks of a record, in SQL.

In: a connection. Out: candidates, entries, texts, paragraphs: `check.Lookup` for a record. Every query
goes through the index and has a limit; none scans the statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

from onrecord.record import entries, rows, search, speakers
from onrecord.record.answer import Found
from onrecord.record.names import same_name
from onrecord.record.rarity import total
from onrecord.record.results import Candidate, Coverage, Entry, Paragraph
from onrecord.record.utterances import Said
from onrecord.types import Kind

#: Names of speakers that hold a surname which are looked through.
MAX_NAMES = 200
#: Statements with one phrase that are counted, the first on record.
MAX_WITH_PHRASE = 1_000
#: Statements like one, and statements of an article and its copies, that are looked at.
MAX_LIKE, MAX_IN_COPIES = 400, 5_000


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

    def frequencies(self, words: Sequence[str]) -> Mapping[str, int]:
        """How many statements have each word."""
        return search.statement_frequencies(self._connection, words)

    def find(self, phrases: Sequence[Sequence[str]], *, speaker: str | None, limit: int) -> Sequence[Found]:
        """Statements with any of the phrases, those that share most of their weight first; of a speaker of
        that name if one is given. (FTS5's own ranking would run every phrase twice.)"""
        numbers = () if speaker is None else self._named(speaker)
        if speaker is not None and not numbers:
            return ()
        whose = (
            " AND EXISTS (SELECT 1 FROM statement_speakers ss JOIN speakers n ON n.speaker = ss.speaker"
            f" WHERE ss.statement = f.rowid AND n.canonical IN ({', '.join('?' * len(numbers))}))"
        )
        shared: dict[int, float] = {}
        for phrase in phrases:
            if match := _any([phrase]):
                for row in self._connection.execute(
                    "SELECT f.rowid FROM statement_words f WHERE f.statement_words MATCH ?"
                    f"{whose if numbers else ''} ORDER BY f.rowid LIMIT ?",
                    (match, *numbers, MAX_WITH_PHRASE),
                ):
                    shared[row[0]] = shared.get(row[0], 0.0) + total(phrase)
        best = sorted(shared, key=lambda number: (-shared[number], number))[:limit]
        marks = ", ".join("?" * len(best))
        rows_found = self._connection.execute(
            f"SELECT statement, page, kind, content FROM statements WHERE statement IN ({marks})", best
        ).fetchall()
        found = {row[0]: Found(row[0], row[1], Kind(row[2]), rows.words_of(row[3])) for row in rows_found}
        return [found[number] for number in best]

    def on_page(self, page: int) -> Sequence[Found]:
        """All current statements of one page, in the order of its text."""
        found = self._connection.execute(
            "SELECT statement, kind, content FROM statements WHERE page = ? AND is_current = 1"
            " ORDER BY text_start, position",
            (page,),
        ).fetchall()
        return [Found(row[0], page, Kind(row[1]), rows.words_of(row[2])) for row in found]

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

    def paragraphs(self, phrases: Sequence[Sequence[str]], *, limit: int) -> Sequence[Paragraph]:
        """Paragraphs of current pages with any of the phrases, those that share most of their weight first."""
        shared: dict[int, float] = {}
        for phrase in phrases:
            if match := _any([phrase]):
                for number in search.match_paragraphs(self._connection, match, MAX_WITH_PHRASE, ranked=False):
                    shared[number] = shared.get(number, 0.0) + total(phrase)
        best = sorted(shared, key=lambda number: (-shared[number], number))[:limit]
        return entries.paragraphs(self._connection, best)

    def aliases(self, speaker: int) -> Sequence[str]:
        """Every name under which a speaker is on record."""
        found = self._connection.execute(
            "SELECT DISTINCT n.name FROM speakers n WHERE n.canonical ="
            " (SELECT canonical FROM speakers WHERE speaker = ?) ORDER BY n.name",
            (speaker,),
        ).fetchall()
        return [str(row[0]) for row in found]

    def _named(self, name: str) -> tuple[int, ...]:
        """Numbers of the speakers of whom one name can be the one given."""
        exact = speakers.find(self._connection, name)
        words = rows.words_of(name).split(" ")
        found = self._connection.execute(
            "SELECT DISTINCT canonical, name FROM speakers WHERE key LIKE ? ESCAPE '\\' ORDER BY canonical LIMIT ?",
            (f"%{rows.like(words[-1])}%", MAX_NAMES),
        ).fetchall()
        fitting = {int(number) for number, other in found if same_name(name, other)}
        return tuple(sorted({*exact, *fitting})[:MAX_NAMES])


def _any(phrases: Sequence[Sequence[str]]) -> str:
    return search.match_any([search.Term(tuple(phrase)) for phrase in phrases if phrase])


class RecordSource:
    """`utterances.Source` on one open record."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def like(self, said: Said) -> Sequence[Candidate]:
        """Other current statements with one of its phrases, of its speakers; with one of its few phrases,
        if one of the two has no settled speaker."""
        statement = said.statement
        numbers = [ref.number for ref in statement.speakers]
        found: set[int] = set()
        if few := _any(said.few):
            nobody = "AND NOT EXISTS (SELECT 1 FROM statement_speakers ss WHERE ss.statement = f.rowid)"
            found.update(self._matching(few, nobody if numbers else "", ()))
        if numbers and (all_phrases := _any(said.phrases)) and self._have_others(numbers):
            marks = ", ".join("?" * len(numbers))
            whose = (
                "AND EXISTS (SELECT 1 FROM statement_speakers ss JOIN speakers n ON n.speaker = ss.speaker"
                f" WHERE ss.statement = f.rowid AND n.canonical IN ({marks}))"
            )
            found.update(self._matching(all_phrases, whose, numbers))
        return entries.candidates(self._connection, sorted(found - {statement.number}))

    def _matching(self, match: str, condition: str, values: Sequence[int]) -> list[int]:
        rows_found = self._connection.execute(
            f"SELECT f.rowid FROM statement_words f WHERE f.statement_words MATCH ? {condition}"
            " ORDER BY f.rowid LIMIT ?",
            (match, *values, MAX_LIKE),
        ).fetchall()
        return [int(row[0]) for row in rows_found]

    def _have_others(self, numbers: Sequence[int]) -> bool:
        """Whether speakers have more than one statement on record."""
        marks = ", ".join("?" * len(numbers))
        found = self._connection.execute(
            "SELECT 1 FROM speakers n JOIN statement_speakers ss ON ss.speaker = n.speaker"
            f" WHERE n.canonical IN ({marks}) LIMIT 2",
            tuple(numbers),
        ).fetchall()
        return len(found) > 1

    def in_copies(self, page: int) -> Sequence[Candidate]:
        """All current statements of a page and of its copies."""
        found = self._connection.execute(
            "SELECT s.statement FROM pages p JOIN pages q ON q.copy_group = p.copy_group AND q.is_current = 1"
            " JOIN statements s ON s.page = q.page AND s.is_current = 1"
            " WHERE p.page = ? ORDER BY q.page, s.text_start, s.position LIMIT ?",
            (page, MAX_IN_COPIES),
        ).fetchall()
        return entries.candidates(self._connection, [int(row[0]) for row in found])
