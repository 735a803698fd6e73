"""What is the same: copies of articles, reports of one utterance, a quotation that somebody asks about.

In: Sketches, CopyLinks, Utterances, quotations. Out: groups, candidates, Answers. Leaves to others what a copy
is (`onrecord.copies`), which statements report one utterance (`utterances`), how words compare (`check`).
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.record import copygroups, dated, entries, folding, grouped, pages, search, sites
from onrecord.record.check import Answer, check_quotation
from onrecord.record.lookup import RecordLookup
from onrecord.record.opened import OpenRecord, no_limit
from onrecord.record.results import Candidate, CopyGroup, Entry, PageKey, Utterance
from onrecord.record.terms import word_terms
from onrecord.types import CopyLink, Setting, Sketch, Span, When


class Comparing(OpenRecord):
    """Copies, the quote check, and what grouping into utterances asks and answers."""

    def furniture(self, page_id: str) -> tuple[Span, ...]:
        """The blocks of a current page that its site repeats: their statements are in no search and no check."""
        with self._reading() as connection:
            page = pages.number_of(connection, page_id)
            return () if page is None else sites.spans_of(connection, page)

    def copy_candidates(self, sketch: Sketch) -> tuple[PageKey, ...]:
        """Current pages to compare with: they share a band of the sketch; most shared first, then by id.

        A page that is on record already finds itself among them.
        """
        with self._reading() as connection:
            return copygroups.candidates(connection, sketch)

    def sketch(self, page_id: str, sha256: str | None = None) -> Sketch | None:
        """The sketch of a page's current version, or of the one with that hash; None if it is not on record."""
        with self._reading() as connection:
            page = pages.number_of(connection, page_id, sha256)
            return None if page is None else copygroups.load_sketch(connection, page)

    def link_copies(self, link: CopyLink) -> bool:
        """Notes that two current pages publish one article; False if that was on record.

        What their statements report waits to be grouped again: which reports are independent has changed.
        Raises RecordError where one of them is not on record.
        """
        with self.transaction() as connection:
            a, b = self._current(connection, link.a), self._current(connection, link.b)
            if a == b or not copygroups.link(connection, a, b, link):
                return False
            grouped.enqueue_page(connection, a)
            grouped.enqueue_page(connection, b)
            return True

    def copy_groups(self) -> tuple[CopyGroup, ...]:
        """Which current pages publish one article: what links reach, by the earliest member's day, then id.

        Earliest is the first published; without a day, one that credits nobody; then the first fetched.
        """
        with self._reading() as connection:
            return tuple(copygroups.groups(connection))

    def copies_of(self, page_id: str) -> CopyGroup | None:
        """The group that a current page is in, or None."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT copy_group FROM pages WHERE id = ? AND is_current = 1", (folding.name_of(page_id),)
            ).fetchone()
            if row is None or row[0] is None:
                return None
            return next(copygroups.groups(connection, row[0]), None)

    def set_settings(
        self, page_id: str, settings: Sequence[Setting] | None, published: When | None = None
    ) -> int:
        """How many statements' day or occasion changed by what a dated copy says; None takes it all back.

        settings: one for each statement of the page's current reading `as_read`, in its order.
        published: when the copy was published; it orders and filters statements without a day.
        """
        with self.transaction() as connection:
            return dated.set_settings(connection, self._current(connection, page_id), settings, published)

    def check(self, quote: str, speaker: str | None = None) -> Answer:
        """Whether these words are on record as a quotation, of this speaker if one is claimed.

        Raises InputError for a quotation without words or too long; see `check.check_quotation`.
        """
        with self._reading() as connection:
            if self._lookup is None:
                self._lookup = RecordLookup(connection)
            return check_quotation(self._lookup, quote, speaker, self._embedder)

    def candidates(self, numbers: Sequence[int]) -> tuple[Candidate, ...]:
        """Statements in the light form, in the order of their numbers as given."""
        with self._reading() as connection:
            return tuple(entries.candidates(connection, numbers))

    def entries(self, numbers: Sequence[int]) -> tuple[Entry, ...]:
        """Statements in full, in the order of their numbers as given."""
        with self._reading() as connection:
            return tuple(entries.entries(connection, numbers))

    def statements_with(
        self, words: Sequence[str], *, as_phrase: bool = False, any_of: bool = False, limit: int = 200
    ) -> tuple[int, ...]:
        """Numbers of current statements that have some folded words, the first on record first.

        All of them; as_phrase: side by side and in order; any_of: at least one.
        """
        terms = word_terms(words, as_phrase=as_phrase)
        if not terms:
            return ()
        match = search.match_any(terms) if any_of else search.match_all(terms)
        with self._reading() as connection:
            return tuple(search.match_statements(connection, match, limit))

    def ungrouped(self, limit: int = 1000) -> tuple[Candidate, ...]:
        """Current statements that wait to be grouped into utterances, the first on record first."""
        with self._reading() as connection:
            return tuple(entries.candidates(connection, grouped.waiting(connection, limit)))

    def replace_utterances(self, statements: Sequence[int], utterances: Sequence[Utterance]) -> None:
        """Says anew what some statements report; they no longer wait to be grouped.

        Utterances that one of `statements` was a report of go; members of theirs that no new utterance
        has wait to be grouped again. A statement that no utterance has stands alone.
        """
        with self.transaction() as connection:
            grouped.replace(connection, statements, utterances)

    def utterances(
        self, *, speaker: int | None = None, min_reports: int = 2, limit: int | None = None, offset: int = 0
    ) -> tuple[Utterance, ...]:
        """Utterances that have been grouped, those with most independent reports first, then by id."""
        with self._reading() as connection:
            return tuple(
                grouped.load(
                    connection,
                    "WHERE u.n_reports >= ? AND (u.speaker = ? OR ? IS NULL)"
                    " ORDER BY u.n_independent DESC, u.n_reports DESC, u.id LIMIT ? OFFSET ?",
                    (min_reports, speaker, speaker, no_limit(limit), offset),
                )
            )

    def utterance(self, utterance_id: str) -> Utterance | None:
        """One utterance by id, or None."""
        with self._reading() as connection:
            return next(grouped.load(connection, "WHERE u.id = ?", (utterance_id,)), None)
