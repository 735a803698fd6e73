"""What the quote check asks of a record, in SQL.

In: a connection. Out: candidates, entries, texts, paragraphs: `check.Lookup` for a record. Every query
goes through the index and has a limit; none scans the statements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence

from onrecord.record import entries, grams, likely, meaning, rows, search, speakers
from onrecord.record.answer import Found
from onrecord.record.meaning import Embedder
from onrecord.record.names import same_name
from onrecord.record.results import Candidate, Coverage, Entry, Paragraph
from onrecord.record.utterances import Said, days_between
from onrecord.types import Kind

#: Names of speakers that hold a surname which are looked through.
MAX_NAMES = 200
#: Statements with one phrase that are counted, the first on record.
MAX_WITH_PHRASE = 1_000
#: Statements like one, and statements of an article and its copies, that are looked at. A line that is said
#: again and again has hundreds like it, and only those of its days report the same utterance.
MAX_LIKE, MAX_IN_COPIES = 100, 5_000
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

    def find(self, words: Sequence[str], *, speaker: str | None, limit: int) -> Sequence[Found]:
        """Statements with something of these words, in this order: by words in a row first, and where none of
        those has them all, by rare words and as a phrase too; of a speaker of that name if one is given."""
        names = () if speaker is None else names_of(self._connection, self._named(speaker))
        if not words or (speaker is not None and not names):
            return ()
        shared = likely.by_grams(self._connection, words, names)
        found = self._found(likely.cut(shared, limit))
        line = f" {' '.join(words)} "
        if any(line in f" {f.words} " for f in found):
            return found
        more = likely.by_rare_words(self._connection, words, names)
        if not likely.is_sure(self._connection, words):
            more |= likely.by_phrase(self._connection, words, names)
        known = {f.number for f in found}
        return [*found, *self._found([n for n in likely.cut(more, limit) if n not in known])]

    def _found(self, numbers: Sequence[int]) -> list[Found]:
        marks = ", ".join("?" * len(numbers))
        rows_found = self._connection.execute(
            "SELECT statement, page, kind, content, text_start, text_end FROM statements"
            f" WHERE statement IN ({marks})",
            numbers,
        ).fetchall()
        found = {row[0]: _found(row) for row in rows_found}
        return [found[number] for number in numbers]

    def near(self, text: str, embedder: Callable[[], Embedder], *, speaker: str) -> Sequence[Found]:
        """Statements of a speaker of that name that are near in meaning to a text, the nearest first."""
        numbers = self._named(speaker)
        if not numbers or not meaning.is_ready(self._connection):
            return ()
        alike = meaning.search(
            self._connection,
            embedder(),
            text,
            search.Filter(speakers=numbers),
            at_least=NEAR_FROM,
            limit=MAX_NEAR,
        )
        return self._found([number for number, _ in alike])

    def on_page(self, page: int) -> Sequence[Found]:
        """All current statements of one page, in the order of its text."""
        found = self._connection.execute(
            "SELECT statement, page, kind, content, text_start, text_end FROM statements"
            " WHERE page = ? AND is_current = 1 ORDER BY text_start, position",
            (page,),
        ).fetchall()
        return [_found(row) for row in found]

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

    def _named(self, name: str) -> tuple[int, ...]:
        """Numbers of the speakers of whom one name can be the one given."""
        exact = speakers.find(self._connection, name)
        words = rows.words_of(name).split(" ")
        found = self._connection.execute(
            "SELECT s.canonical, s.name FROM speaker_words w JOIN speakers s ON s.speaker = w.speaker"
            " WHERE w.word = ? ORDER BY w.speaker LIMIT ?",
            (words[-1], MAX_NAMES),
        ).fetchall()
        fitting = {int(number) for number, other in sorted(set(found)) if same_name(name, other)}
        return tuple(sorted({*exact, *fitting})[:MAX_NAMES])


def _found(row: tuple[int, int, str, str, int, int]) -> Found:
    number, page, kind, content, start, end = row
    return Found(number, page, Kind(kind), rows.words_of(content), start, end)


def names_of(connection: sqlite3.Connection, speakers: Sequence[int]) -> frozenset[int]:
    """Numbers of all names of some speakers."""
    return frozenset(
        row[0]
        for marks, batch in entries.batches(speakers)
        for row in connection.execute(f"SELECT speaker FROM speakers WHERE canonical IN ({marks})", batch)
    )


class RecordSource:
    """`utterances.Source` on one open record."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def like(self, said: Said) -> Sequence[Candidate]:
        """Other current statements with one of its phrases, of its speakers; with one of its few phrases,
        if one of the two has no settled speaker."""
        numbers = [ref.number for ref in said.statement.speakers]
        few = self._having(said.few, said.statement.number)
        if not numbers:
            return entries.candidates(self._connection, self._nearest(few, said.statement.day))
        every = self._having(said.phrases, said.statement.number)
        found = {*self._of_nobody(few), *self._of_speakers(every, numbers)}
        return entries.candidates(self._connection, self._nearest(sorted(found), said.statement.day))

    def _nearest(self, statements: Sequence[int], day: str | None) -> Sequence[int]:
        """At most MAX_LIKE of some statements, those nearest in time."""
        if len(statements) <= MAX_LIKE:
            return statements
        apart: list[tuple[int, int]] = []
        for marks, batch in entries.batches(statements):
            apart += (
                (days_between(day, other), number)
                for number, other in self._connection.execute(
                    f"SELECT statement, day FROM statements WHERE statement IN ({marks})", batch
                )
            )
        return sorted(number for _, number in sorted(apart)[:MAX_LIKE])

    def _having(self, phrases: Sequence[int], number: int) -> list[int]:
        """Statements that have one of the phrases, MAX_WITH_PHRASE for each."""
        found: set[int] = set()
        for phrase in phrases:
            found.update(grams.having(self._connection, phrase, MAX_WITH_PHRASE))
        return sorted(found - {number})

    def _of_nobody(self, statements: Sequence[int]) -> Iterator[int]:
        """Those of the statements whose speaker is not settled."""
        for marks, batch in entries.batches(statements):
            spoken = self._connection.execute(
                f"SELECT statement FROM statement_speakers WHERE statement IN ({marks})", batch
            )
            yield from set(batch).difference(row[0] for row in spoken)

    def _of_speakers(self, statements: Sequence[int], speakers: Sequence[int]) -> Iterator[int]:
        """Those of the statements that one of the speakers made."""
        names = names_of(self._connection, speakers)
        for marks, batch in entries.batches(statements):
            for statement, speaker in self._connection.execute(
                f"SELECT statement, speaker FROM statement_speakers WHERE statement IN ({marks})", batch
            ):
                if speaker in names:
                    yield statement

    def in_copies(self, page: int) -> Sequence[Candidate]:
        """All current statements of a page and of its copies."""
        found = self._connection.execute(
            "SELECT s.statement FROM pages p JOIN pages q ON q.copy_group = p.copy_group AND q.is_current = 1"
            " JOIN statements s ON s.page = q.page AND s.is_current = 1"
            " WHERE p.page = ? ORDER BY q.page, s.text_start, s.position LIMIT ?",
            (page, MAX_IN_COPIES),
        ).fetchall()
        return entries.candidates(self._connection, [int(row[0]) for row in found])
