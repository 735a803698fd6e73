"""What a record is asked: its pages, its statements, words and meanings.

In: ids, conditions, what a person types. Out: the types of `results`. Leaves the SQL to `entries`, `listing` and `search`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from onrecord.errors import InputError, RecordError
from onrecord.record import entries, folding, listing, meaning, pages, readback, search, speakers
from onrecord.record.lookup import RecordLookup
from onrecord.record.opened import OpenRecord, Who, no_limit
from onrecord.record.results import (
    Coverage,
    Entry,
    MatchKind,
    PageEntry,
    PageKey,
    Paragraph,
    Passage,
    SearchResult,
)
from onrecord.record.terms import hits, is_exact, parse_query
from onrecord.types import Kind, RawPage, Reading, Span

#: With fewer statements that have the words, those near in meaning are shown beside them.
FEW_FOUND = 5
#: A text found by meaning is at least so near; in 840 articles, .45 is where neighbours stop being about
#: the same thing (docs/model-card-meaning.md).
LIKE_ENOUGH = 0.45


class Asking(OpenRecord):
    """Pages and statements, listed, shown, counted and searched."""

    def pages(
        self, *, versions: bool = False, latest: bool = False, limit: int | None = None, offset: int = 0
    ) -> tuple[PageEntry, ...]:
        """Page entries by id; with `versions` also those that are not current, each after the current one.

        latest: by the day they were published (or a copy was), the last first and the undated last.
        """
        where = "" if versions else "WHERE p.is_current = 1"
        order = f"{entries.PUBLISHED} DESC, " if latest else ""
        with self._reading() as connection:
            return tuple(
                entries.pages(
                    connection,
                    f"{where} ORDER BY {order}p.id, p.is_current DESC, p.page DESC LIMIT ? OFFSET ?",
                    (no_limit(limit), offset),
                )
            )

    def find_pages(self, name: str) -> tuple[PageKey, ...]:
        """Current pages that somebody may mean: that id or URL, else hashes that start so, else ids that end so."""
        with self._reading() as connection:
            return readback.find(connection, name)

    def raw(self, sha256: str, page_id: str | None = None) -> RawPage:
        """The original with its page's circumstances: of the id, else of the id that comes first.

        Raises RecordError where it is not on record or does not unpack. Does not hash: `verify` does.
        """
        with self._reading() as connection:
            try:
                return readback.load_raw(connection, sha256, page_id)
            except RecordError as error:
                raise RecordError(f"{self.path}: {error}") from error

    def reading(self, page_id: str, sha256: str | None = None, *, as_read: bool = False) -> Reading:
        """The reading of a page: its current version, or the one with that hash.

        As it holds now: with the days that a copy gave, the speakers that a user corrected, without the
        statements that a user withdrew. as_read: as the reader made it. Its Page has no blocks or facts.
        Raises RecordError where the page is not on record.
        """
        with self._reading() as connection:
            page = pages.number_of(connection, page_id, sha256)
            if page is None:
                raise self._missing(page_id)
            return readback.load_reading(connection, page, as_read=as_read)

    def text(self, page_id: str) -> str:
        """The text of a current page. Raises RecordError where it is not on record."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT t.text FROM texts t JOIN pages p ON p.page = t.page WHERE p.id = ? AND p.is_current = 1",
                (folding.name_of(page_id),),
            ).fetchone()
        if row is None:
            raise self._missing(page_id)
        return str(row[0])

    def context(self, page_id: str, span: Span, n_chars: int = 200) -> tuple[str, str]:
        """The text before and after a span of a current page, at most so many characters of each."""
        text = self.text(page_id)
        return text[max(0, span.start - n_chars) : span.start], text[span.end : span.end + n_chars]

    def coverage(self) -> Coverage:
        """What is on record: what an answer of "absent" is about."""
        with self._reading() as connection:
            if self._lookup is None:
                self._lookup = RecordLookup(connection)
            return self._lookup.coverage()

    def statement(self, statement_id: str) -> tuple[Entry, ...]:
        """Current statements with this id (several where one content came under several ids), by page id."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT s.statement FROM statements s JOIN pages p ON p.page = s.page"
                f" WHERE s.statement IN ({pages.WITH_ID}) AND s.id = ?2 AND s.is_current = 1 ORDER BY p.id",
                (pages.key_of(statement_id), statement_id),
            ).fetchall()
            return tuple(entries.entries(connection, entries.numbers(found)))

    def statements(
        self,
        *,
        speaker: Who | None = None,
        since: str | None = None,
        until: str | None = None,
        kind: Kind | None = None,
        page: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[Entry]:
        """Current statements by day (said, else published; undated last), then page id, then place.

        since, until: ISO days, inclusive (or months, or years).
        """
        with self._watching() as connection:
            where = self._filter(connection, speaker, since, until, kind, page)
            numbers = listing.list_statements(connection, where, no_limit(limit), offset)
            for start in range(0, len(numbers), entries.BATCH):
                yield from entries.entries(connection, numbers[start : start + entries.BATCH])

    def count(
        self,
        *,
        speaker: Who | None = None,
        since: str | None = None,
        until: str | None = None,
        kind: Kind | None = None,
        page: str | None = None,
    ) -> int:
        """How many statements `statements` would give."""
        with self._reading() as connection:
            where = self._filter(connection, speaker, since, until, kind, page)
            return listing.count_listed(connection, where)

    def search(
        self,
        words: str,
        *,
        speaker: Who | None = None,
        since: str | None = None,
        until: str | None = None,
        kind: Kind | None = None,
        limit: int = 20,
        offset: int = 0,
        by: MatchKind | None = None,
    ) -> SearchResult:
        """Statements whose content has all the words, or is near in meaning, or both, as `by` says.

        None: by words, and where fewer than FEW_FOUND have them and none stand in quotation marks, those near
        in meaning behind them. Every passage says which it is. `_search_words` has the rules of the words,
        `search_meaning` those of the meaning.
        """
        if by is MatchKind.MEANING:
            near = self.search_meaning(
                words, speaker=speaker, since=since, until=until, kind=kind, limit=limit + offset
            )[offset:]
            return SearchResult(near, 0, True, n_near=len(near))
        found = self._search_words(
            words, speaker=speaker, since=since, until=until, kind=kind, limit=limit, offset=offset
        )
        if by is MatchKind.WORDS or offset or found.n_found >= FEW_FOUND or is_exact(words):
            return found
        known = {passage.entry.number for passage in found.passages}
        more = self.search_meaning(words, speaker=speaker, since=since, until=until, kind=kind, limit=limit)
        near = tuple(p for p in more if p.entry.number not in known)[: max(0, limit - len(known))]
        return replace(found, passages=(*found.passages, *near), n_near=len(near))

    def _search_words(
        self,
        words: str,
        *,
        speaker: Who | None,
        since: str | None,
        until: str | None,
        kind: Kind | None,
        limit: int,
        offset: int,
    ) -> SearchResult:
        """Statements whose content has all the words: best BM25 first, then latest day, page id, place.

        Quotation marks hold a phrase together; `word*` is a prefix; case, accents and typography do not
        matter; no input is an error. Counting stops at `search.MAX_COUNTED`. Where nothing has all the words,
        and the first or last of them name speakers ("ruiz dam"), it is those speakers' statements that are
        looked through for the others: then `speakers` of the answer says who.
        """
        if limit < 0 or offset < 0:
            raise InputError(f"limit {limit}, offset {offset}: neither may be negative")
        terms, meant = parse_query(words), tuple[int, ...]()
        with self._reading() as connection:
            where = self._filter(connection, speaker, since, until, kind, None)
            numbers, n_found = search.find_statements(connection, terms, where, limit, offset)
            if not n_found and speaker is None:
                terms, meant = speakers.named_in(connection, terms)
                if meant:
                    where = replace(where, speakers=meant)
                    numbers, n_found = search.find_statements(connection, terms, where, limit, offset)
            references = tuple(speakers.reference(connection, number) for number in meant)
            found = entries.entries(connection, numbers)
            texts = {key: self._version_text(connection, key) for key in {entry.page for entry in found}}
        passages = tuple(
            Passage(entry, hits(texts[entry.page], entry.statement.attribution.content, terms))
            for entry in found
        )
        return SearchResult(
            passages,
            min(n_found, search.MAX_COUNTED),
            n_found <= search.MAX_COUNTED,
            tuple(reference for reference in references if reference),
        )

    def search_meaning(
        self,
        text: str,
        *,
        speaker: Who | None = None,
        since: str | None = None,
        until: str | None = None,
        kind: Kind | None = None,
        limit: int = 20,
        at_least: float = LIKE_ENOUGH,
    ) -> tuple[Passage, ...]:
        """Statements near in meaning to a text, the nearest first; () where the record has no embedder.

        Those that still wait to be read for it (`read_meanings`) are not seen.
        """
        if self._embedder is None or not text.strip():
            return ()
        with self._reading() as connection:
            if not meaning.is_ready(connection):
                return ()
            where = self._filter(connection, speaker, since, until, kind, None)
            near = meaning.search(connection, self._embedder(), text, where, at_least=at_least, limit=limit)
            found = {entry.number: entry for entry in entries.entries(connection, [n for n, _ in near])}
        return tuple(Passage(found[n], (), MatchKind.MEANING, likeness) for n, likeness in near)

    def read_meanings(self) -> int:
        """How many statements the search by meaning has learnt of now: all that waited, if there is an embedder."""
        n = 0
        while self._embedder is not None and not self.readonly:
            with self._reading() as connection:
                if not meaning.is_behind(connection, self._embedder):
                    break
            with self.transaction() as connection:
                n += meaning.read_waiting(connection, self._embedder())
        return n

    def n_unread_meanings(self) -> int:
        """How many current statements the search by meaning does not see yet."""
        with self._reading() as connection:
            return meaning.count_waiting(connection)

    @staticmethod
    def _version_text(connection: sqlite3.Connection, key: PageKey) -> str:
        row = connection.execute(
            "SELECT t.text FROM texts t JOIN pages p ON p.page = t.page WHERE p.id = ? AND p.sha256 = ?",
            (key.id, key.sha256),
        ).fetchone()
        return str(row[0])

    def search_text(self, words: str, *, limit: int = 20) -> tuple[tuple[Paragraph, tuple[Span, ...]], ...]:
        """Paragraphs of current pages, in whatever zone, that have all the words, best first, with the hits.

        Here a statement's words are found together with narration, comments and appeals: `zone` says which.
        """
        terms = parse_query(words)
        if not terms:
            return ()
        with self._reading() as connection:
            numbers = search.match_paragraphs(connection, search.match_all(terms), limit, ranked=True)
            found = entries.paragraphs(connection, numbers)
        out = []
        for paragraph in found:
            whole, start = (Span(0, len(paragraph.text)),), paragraph.span.start
            places = hits(paragraph.text, whole, terms)
            out.append((paragraph, tuple(Span(start + hit.start, start + hit.end) for hit in places)))
        return tuple(out)
