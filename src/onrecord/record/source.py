"""What grouping into utterances asks of a record, in SQL.

In: a connection. Out: candidates and numbers of statements: `web.Source` for a record. Every query goes through an index
and has a limit.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Sequence

from onrecord.record import entries, grams
from onrecord.record.lookup import names_of
from onrecord.record.results import Candidate
from onrecord.record.utterances import Glimpse, Said, days_between, is_open, may_be_told_by_nobody
from onrecord.types import Kind

#: Statements with one phrase that are counted, the first on record.
MAX_WITH_PHRASE = 1_000
#: Statements like one, and statements of an article and its copies, that are looked at. A line that is said
#: again and again has hundreds like it, and only those of its days report the same utterance. With 50, those first that
#: share most, PolNeAR's training articles give the same utterances as with the 100 nearest in time.
MAX_LIKE, MAX_IN_COPIES = 50, 5_000


class RecordSource:
    """`web.Source` on one open record, as it was when it was first asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._names: dict[int, frozenset[int]] = {}

    def fetch(self, statements: Sequence[int]) -> Sequence[Candidate]:
        """Statements by number."""
        return entries.candidates(self._connection, statements)

    def glimpse(self, statements: Sequence[int]) -> Sequence[Glimpse]:
        """As much of them as tells which are worth fetching."""
        return [
            Glimpse(number, page, Kind(kind), content, not is_settled, *days)
            for marks, batch in entries.batches(statements)
            for number, page, kind, content, is_settled, *days in self._connection.execute(
                "SELECT s.statement, s.page, s.kind, s.content,"
                " EXISTS (SELECT 1 FROM statement_speakers ss WHERE ss.statement = s.statement),"
                f" s.said_on, s.said_until, s.day FROM statements s WHERE s.statement IN ({marks})",
                batch,
            )
        ]

    def like(self, said: Said) -> Sequence[int]:
        """Other current statements with one of its phrases, of its speakers; with one of its few phrases,
        if one of the two has no settled speaker."""
        one = said.statement
        few = said.few if may_be_told_by_nobody(said) else ()
        if is_open(one):
            shared = self._having(few)
        else:
            names = self._named(one)
            shared = self._made_by(said.phrases if names else (), names, few)
        del shared[one.number]
        return self._likest(shared, one.day)

    def _likest(self, shared: Counter[int], day: str | None) -> Sequence[int]:
        """At most MAX_LIKE of some statements, those first that share most phrases; of those the nearest in time."""
        apart: dict[int, int] = {}
        for marks, batch in entries.batches(sorted(shared) if len(shared) > MAX_LIKE else ()):
            apart.update(
                (number, days_between(day, other))
                for number, other in self._connection.execute(
                    f"SELECT statement, day FROM statements WHERE statement IN ({marks})", batch
                )
            )
        return sorted(shared, key=lambda n: (-shared[n], apart.get(n, 0), n))[:MAX_LIKE]

    def _having(self, phrases: Sequence[int]) -> Counter[int]:
        """Statements by how many of the phrases they have, MAX_WITH_PHRASE for each."""
        return Counter(
            number for phrase in phrases for number in grams.having(self._connection, phrase, MAX_WITH_PHRASE)
        )

    def _made_by(self, phrases: Sequence[int], names: Collection[int], few: Sequence[int]) -> Counter[int]:
        """The same of those that one of the names made; of those that nobody settled made, by how many of the few."""
        of_names, of_nobody = set(phrases), set(few)
        asked = (*phrases, *of_nobody.difference(of_names))
        found = grams.made_by(self._connection, asked, names, MAX_WITH_PHRASE * len(asked))
        shared = Counter(
            number
            for gram, number, name in found
            if gram in (of_nobody if name == grams.NOBODY else of_names)
        )
        several = {number for _, number, name in found if name == grams.SEVERAL}
        for marks, batch in entries.batches(sorted(several)):
            for statement, name in self._connection.execute(
                f"SELECT statement, speaker FROM statement_speakers WHERE statement IN ({marks})", batch
            ):
                if name in names:
                    several.discard(statement)
        for number in several:
            del shared[number]
        return shared

    def _named(self, statement: Candidate) -> frozenset[int]:
        """All names of its speakers; none if nobody but this article quotes them."""
        numbers = [ref.number for ref in statement.speakers]
        for number in numbers:
            if number not in self._names:
                row = self._connection.execute(
                    "SELECT n_articles FROM speaker_totals WHERE speaker = ?", (number,)
                ).fetchone()
                is_alone = row is None or row[0] < 2
                self._names[number] = frozenset() if is_alone else names_of(self._connection, (number,))
        return frozenset().union(*(self._names[number] for number in numbers))

    def grouped(self, statements: Sequence[int]) -> Collection[int]:
        """Those of some statements that report an utterance."""
        return [
            number
            for marks, batch in entries.batches(statements)
            for (number,) in self._connection.execute(
                f"SELECT statement FROM reports WHERE statement IN ({marks})", batch
            )
        ]

    def together(self, statement: int) -> Sequence[Candidate]:
        """All current statements that report the utterance that one reports; () where it stands alone."""
        found = self._connection.execute(
            "SELECT q.statement FROM reports r JOIN reports q ON q.utterance = r.utterance WHERE r.statement = ?"
            " ORDER BY q.statement",
            (statement,),
        ).fetchall()
        return entries.candidates(self._connection, entries.numbers(found))

    def waits(self, statement: int) -> bool:
        """Whether a statement stands in the queue."""
        row = self._connection.execute("SELECT 1 FROM ungrouped WHERE statement = ?", (statement,)).fetchone()
        return row is not None

    def in_copies(self, page: int) -> Sequence[Candidate]:
        """All current statements of a page and of its copies."""
        found = self._connection.execute(
            "SELECT s.statement FROM pages p JOIN pages q ON q.copy_group = p.copy_group AND q.is_current = 1"
            " JOIN statements s ON s.page = q.page AND s.is_current = 1"
            " WHERE p.page = ? ORDER BY q.page, s.text_start, s.position LIMIT ?",
            (page, MAX_IN_COPIES),
        ).fetchall()
        return entries.candidates(self._connection, [int(row[0]) for row in found])
