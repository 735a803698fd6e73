"""The record: one SQLite file that holds pages, what was read from them, and what a user decided.

In: RawPages with their Readings and Sketches, and questions. Out: the frozen types of `results`.
Leaves to others: reading pages (`pipeline`), what a copy is (`onrecord.copies`), how words compare
(`check`, `utterances` of this room).

What is kept. The bytes that were read are kept inside the file, once for each content, under their
sha256 and packed with zlib: a record is then one file that can be mailed, copied and verified with
nothing beside it that could get lost or change; news pages pack to a fifth, and SQLite reads blobs of
their size faster than the file system opens files. A reading is kept whole, so that `reading` gives
back an equal one, but for two fields of its Page: `blocks` and `facts`, which only a new reading of
the original needs and can make again.

Identity. A page is (id, sha256). One content may come under many ids, each a page of its own with one
original between them. An id that comes with another content is another version: both stay on record
and can be read and verified, but only the version added last is *current*: search, check, speakers,
copies and utterances know current versions alone, since what a paper has corrected must not be counted
twice. Adding a page that is on record changes nothing, whichever version it is.

A page is added in one transaction: a killed program leaves whole pages. Ties in every order are broken
by the content, not by when it came, except where a docstring says so.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from onrecord.errors import InputError, RecordError
from onrecord.record import (
    copygroups,
    decisions,
    entries,
    grouped,
    opening,
    pages,
    rows,
    search,
    speakers,
    verifying,
)
from onrecord.record.check import Answer, check_quotation
from onrecord.record.lookup import RecordLookup
from onrecord.record.results import (
    Added,
    Candidate,
    CopyGroup,
    Coverage,
    Decision,
    DecisionKind,
    Entry,
    Outcome,
    PageEntry,
    PageKey,
    Paragraph,
    Passage,
    Problem,
    Rejection,
    Removal,
    Replaced,
    SearchResult,
    SpeakerEntry,
    SpeakerRef,
    Utterance,
)
from onrecord.record.search import Filter
from onrecord.types import (
    CopyLink,
    Kind,
    RawPage,
    Reader,
    Reading,
    Rejected,
    Setting,
    Sketch,
    Span,
    SpeakerKind,
    When,
)

#: The kinds of speaker that mean somebody across articles: what `speakers` lists unless told otherwise.
NAMED_KINDS = (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION)

#: A speaker to look for: a number, several numbers (any of them), or a name as `find_speakers` takes it.
Who = str | int | tuple[int, ...]


def utc_now() -> str:
    """The time in ISO 8601, to the second: the only clock of this room, and an argument of Record."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Record:
    """A record, open. Use it as a context manager, in one thread; every thread opens its own.

    path: the file; made if it is missing, unless `create` is false or `readonly` is true.
    Raises RecordError where it cannot be opened: a folder, another kind of file, a newer schema, locked.
    Every method raises RecordError where the file is damaged, locked, read-only or the disk is full.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        create: bool = True,
        readonly: bool = False,
        now: Callable[[], str] = utc_now,
    ) -> None:
        self.path = Path(path)
        self.readonly = readonly
        self._now = now
        self._depth = 0
        self._lookup: RecordLookup | None = None
        self._connection: sqlite3.Connection | None = opening.open_connection(
            self.path, create=create, readonly=readonly, now=now
        )

    def close(self) -> None:
        """Closes the file; a second time does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = self._lookup = None

    def __enter__(self) -> Record:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------------------------- adding

    def add(self, raw: RawPage, reading: Reading, sketch: Sketch) -> Added:
        """What became of a page: new, known (then nothing has changed), or a new version of its id.

        The user's decisions about this original are put upon it; those without a place are in the answer.
        ValueError where raw and reading are not of one page, or the hash is not that of the bytes.
        """
        _check_same(raw, reading)
        key = PageKey(rows.name_of(raw.id), raw.sha256)
        with self.transaction() as connection:
            known = self.page(raw.id, raw.sha256)
            if known is not None:
                return Added(key, Outcome.KNOWN, known.n_statements)
            before = pages.number_of(connection, raw.id)
            if before is not None:
                pages.step_back(connection, before)
            connection.execute("DELETE FROM rejections WHERE id = ?", (key.id,))
            page = pages.enter_page(connection, raw, self._now())
            _, unplaced = pages.enter_reading(connection, page, reading, sketch, self._now())
            outcome = Outcome.NEW if before is None else Outcome.VERSION
            return Added(key, outcome, len(reading.statements), unplaced)

    def reject(self, rejected: Rejected) -> None:
        """Notes a page that was turned away; the same again only renews the time, adding the page ends it."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT INTO rejections (id, path, room, reason, rejected_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (id, room, reason) DO UPDATE SET rejected_at = excluded.rejected_at",
                (
                    rows.name_of(rejected.id),
                    None if rejected.path is None else rows.name_of(rejected.path),
                    rejected.room,
                    rows.plain(rejected.reason),
                    self._now(),
                ),
            )

    def rejections(self) -> tuple[Rejection, ...]:
        """The pages that were turned away, by id."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT id, path, room, reason, rejected_at FROM rejections ORDER BY id, rejection"
            ).fetchall()
        return tuple(Rejection(*row) for row in found)

    def known(self, page_id: str, sha256: str, reader: Reader | None = None) -> bool:
        """Whether this version of the page is on record; with a reader, whether as read by that one."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT a.reader_version, a.reader_weights FROM pages p JOIN articles a ON a.page = p.page"
                " WHERE p.id = ? AND p.sha256 = ?",
                (rows.name_of(page_id), sha256),
            ).fetchone()
            if row is None or reader is None:
                return row is not None
            return Reader(row[0], rows.load_pairs(row[1])) == reader

    def replace_reading(self, raw: RawPage, reading: Reading, sketch: Sketch) -> Replaced:
        """What changed when a page on record got a new reading; the user's decisions are put back.

        Its links to copies and what they dated are dropped (the caller links again), and what its
        statements reported waits to be grouped again. Raises RecordError where the page is not on record.
        """
        _check_same(raw, reading)
        with self.transaction() as connection:
            page = pages.number_of(connection, raw.id, raw.sha256)
            if page is None:
                raise self._missing(raw.id)
            ids = {row[0] for row in connection.execute("SELECT id FROM statements WHERE page = ?", (page,))}
            n_before = self._one("SELECT count(*) FROM statements WHERE page = ?", page)
            was_current = pages.is_current(connection, page)
            pages.drop_reading(connection, page)
            placed, unplaced = pages.enter_reading(connection, page, reading, sketch, self._now())
            if not was_current:
                pages.step_back(connection, page)
            return Replaced(
                page=PageKey(rows.name_of(raw.id), raw.sha256),
                n_before=n_before,
                n_after=len(reading.statements),
                n_same=sum(statement.id in ids for statement in reading.statements),
                placed=placed,
                unplaced=unplaced,
            )

    def remove(self, page_id: str, why: str, sha256: str | None = None) -> tuple[Removal, ...]:
        """What was taken out: every version of a page, or only the one with that hash; logged with the reason.

        The original goes too, unless another page shares it. Where the current version goes and another
        stays, the one added last before it is current again. What a user decided about its words stays:
        it applies should the page come back. Raises RecordError where no such page is on record.
        """
        with self.transaction() as connection:
            found = connection.execute(
                "SELECT p.page, p.id, p.sha256, a.title, a.n_statements FROM pages p"
                " JOIN articles a ON a.page = p.page WHERE p.id = ? AND (p.sha256 = ? OR ? IS NULL)"
                " ORDER BY p.page",
                (rows.name_of(page_id), sha256, sha256),
            ).fetchall()
            if not found:
                raise self._missing(page_id)
            return tuple(self._take_out(connection, row, why) for row in found)

    def _take_out(
        self, connection: sqlite3.Connection, row: tuple[int, str, str, str | None, int], why: str
    ) -> Removal:
        page, page_id, sha256, title, n_statements = row
        original_removed = pages.drop_page(connection, page)
        removal = Removal(
            PageKey(page_id, sha256), title, n_statements, original_removed, rows.plain(why), self._now()
        )
        connection.execute(
            "INSERT INTO removals (id, sha256, title, n_statements, original_removed, why, removed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (page_id, sha256, title, n_statements, int(original_removed), removal.why, removal.removed_at),
        )
        return removal

    def removals(self) -> tuple[Removal, ...]:
        """The log of pages taken out, the first first."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT id, sha256, title, n_statements, original_removed, why, removed_at FROM removals"
                " ORDER BY removal"
            ).fetchall()
        return tuple(
            Removal(PageKey(row[0], row[1]), row[2], row[3], bool(row[4]), *row[5:]) for row in found
        )

    # ---------------------------------------------------------------------------------- pages

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
                    (_limit(limit), offset),
                )
            )

    def page(self, page_id: str, sha256: str | None = None) -> PageEntry | None:
        """One page's entry: the current version, or the one with that hash; None if it is not on record."""
        with self._reading() as connection:
            number = pages.number_of(connection, page_id, sha256)
            return next(entries.pages(connection, "WHERE p.page = ?", (number,)), None)

    def find_pages(self, name: str) -> tuple[PageKey, ...]:
        """Current pages that somebody may mean: that id or URL, else hashes that start so, else ids that end so."""
        with self._reading() as connection:
            return pages.find(connection, name)

    def raw(self, sha256: str, page_id: str | None = None) -> RawPage:
        """The original with its page's circumstances: of the id, else of the id that comes first.

        Raises RecordError where it is not on record or does not unpack. Does not hash: `verify` does.
        """
        with self._reading() as connection:
            try:
                return pages.load_raw(connection, sha256, page_id)
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
            return pages.load_reading(connection, page, as_read=as_read)

    def text(self, page_id: str) -> str:
        """The text of a current page. Raises RecordError where it is not on record."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT t.text FROM texts t JOIN pages p ON p.page = t.page WHERE p.id = ? AND p.is_current = 1",
                (rows.name_of(page_id),),
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

    # ----------------------------------------------------------------------------- statements

    def statement(self, statement_id: str) -> tuple[Entry, ...]:
        """Current statements with this id (several where one content came under several ids), by page id."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT s.statement FROM statements s JOIN pages p ON p.page = s.page"
                " WHERE s.id = ? AND s.is_current = 1 ORDER BY p.id",
                (statement_id,),
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
            numbers = search.list_statements(connection, where, _limit(limit), offset)
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
            return search.count_listed(connection, where)

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
    ) -> SearchResult:
        """Statements whose content has all the words: best BM25 first, then latest day, page id, place.

        Quotation marks hold a phrase together; `word*` is a prefix; case, accents and typography do not
        matter; no input is an error. Counting stops at `search.MAX_COUNTED`. Where nothing has all the words,
        and the first or last of them name speakers ("ruiz dam"), it is those speakers' statements that are
        looked through for the others: then `speakers` of the answer says who.
        """
        if limit < 0 or offset < 0:
            raise InputError(f"limit {limit}, offset {offset}: neither may be negative")
        terms, meant = search.parse_query(words), tuple[int, ...]()
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
            Passage(entry, search.hits(texts[entry.page], entry.statement.attribution.content, terms))
            for entry in found
        )
        return SearchResult(
            passages,
            min(n_found, search.MAX_COUNTED),
            n_found <= search.MAX_COUNTED,
            tuple(reference for reference in references if reference),
        )

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
        terms = search.parse_query(words)
        if not terms:
            return ()
        with self._reading() as connection:
            numbers = search.match_paragraphs(connection, search.match_all(terms), limit, ranked=True)
            found = entries.paragraphs(connection, numbers)
        out = []
        for paragraph in found:
            whole, start = (Span(0, len(paragraph.text)),), paragraph.span.start
            hits = search.hits(paragraph.text, whole, terms)
            out.append((paragraph, tuple(Span(start + hit.start, start + hit.end) for hit in hits)))
        return tuple(out)

    # ------------------------------------------------------------------------------- speakers

    def speakers(
        self,
        *,
        kinds: Iterable[SpeakerKind] = NAMED_KINDS,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[SpeakerEntry, ...]:
        """Speakers with what is on record of them, those with most statements first, then by name."""
        with self._reading() as connection:
            return tuple(speakers.listing(connection, kinds, None, _limit(limit), offset))

    def speaker(self, number: int) -> SpeakerEntry | None:
        """One speaker by number (of any of its names); None if there is none or nothing is on record of it."""
        with self._reading() as connection:
            reference = speakers.reference(connection, number)
            if reference is None:
                return None
            return next(speakers.listing(connection, tuple(SpeakerKind), (reference.number,), 1, 0), None)

    def find_speakers(self, name: str) -> tuple[SpeakerRef, ...]:
        """Who may be meant: speakers of exactly that name (typography aside), else of names that hold its words."""
        with self._reading() as connection:
            found = (speakers.reference(connection, number) for number in speakers.find(connection, name))
            return tuple(reference for reference in found if reference is not None)

    # ------------------------------------------------------------------------------ decisions

    def decide(self, decision: Decision) -> Decision:
        """The decision on record, with its number and time, and with `unplaced` if it found no place.

        `about` makes one about a statement. Raises InputError where something that its kind needs is missing.
        """
        with self.transaction() as connection:
            made = decisions.insert(connection, replace(decision, made_at=decision.made_at or self._now()))
            self._apply(connection, made)
            return next(decisions.load(connection, "WHERE decision = ?", (made.number,)))

    def about(
        self,
        entry: Entry,
        kind: DecisionKind,
        *,
        into_names: tuple[str, ...] = (),
        into_kind: SpeakerKind | None = None,
        name: str | None = None,
        note: str | None = None,
    ) -> Decision:
        """A decision about one statement, for `decide`: it hangs on the bytes of its content."""
        if entry.content_bytes is None:
            raise InputError(
                f"statement {entry.statement.id} stands for no bytes: nothing to hang a decision on"
            )
        return Decision(
            number=0,
            kind=kind,
            made_at="",
            note=note,
            sha256=entry.page.sha256,
            span=entry.content_bytes,
            name=name,
            into_names=into_names,
            into_kind=into_kind,
            quotation=entry.content,
            statement_id=entry.statement.id,
        )

    def decisions(self, *, unplaced: bool = False) -> tuple[Decision, ...]:
        """What users decided, the first first, undone ones too; or only those that have no place now."""
        where = "WHERE unplaced IS NOT NULL AND undone_at IS NULL" if unplaced else ""
        with self._reading() as connection:
            return tuple(decisions.load(connection, where, ()))

    def undo(self, number: int) -> Decision:
        """The decision, undone: the record is as if it had not been made. It stays in the list."""
        with self.transaction() as connection:
            found = next(
                decisions.load(connection, "WHERE decision = ? AND undone_at IS NULL", (number,)), None
            )
            if found is None:
                raise InputError(
                    f"decision {number}: there is none, or it is undone; see the list of decisions"
                )
            connection.execute("UPDATE decisions SET undone_at = ? WHERE decision = ?", (self._now(), number))
            self._apply(connection, found)
            return next(decisions.load(connection, "WHERE decision = ?", (number,)))

    def _apply(self, connection: sqlite3.Connection, decision: Decision) -> None:
        """Brings the record into line with a decision that was made or undone."""
        if decision.sha256 is None:
            names = (decision.name, *decision.into_names)
            speakers.settle_keys(connection, [rows.name_key(name) for name in names if name])
            return
        found = connection.execute(
            "SELECT page, is_current FROM pages WHERE sha256 = ? ORDER BY page", (decision.sha256,)
        ).fetchall()
        for page, is_current in found:
            if is_current:
                pages.unindex_statements(connection, page)
            decisions.apply(connection, page, fresh=False)
            if is_current:
                pages.index_statements(connection, page)
        if not found:
            connection.execute(
                "UPDATE decisions SET unplaced = ? WHERE decision = ?",
                ("its original is not on record", decision.number),
            )

    # --------------------------------------------------------------------------------- copies

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
                "SELECT copy_group FROM pages WHERE id = ? AND is_current = 1", (rows.name_of(page_id),)
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
            return pages.set_settings(connection, self._current(connection, page_id), settings, published)

    # ------------------------------------------------------------------------------ the check

    def check(self, quote: str, speaker: str | None = None) -> Answer:
        """Whether these words are on record as a quotation, of this speaker if one is claimed.

        Raises InputError for a quotation without words or too long; see `check.check_quotation`.
        """
        with self._reading() as connection:
            if self._lookup is None:
                self._lookup = RecordLookup(connection)
            return check_quotation(self._lookup, quote, speaker)

    # ---------------------------------------------------------- what utterances and check ask

    def candidates(self, numbers: Sequence[int]) -> tuple[Candidate, ...]:
        """Statements in the light form, in the order of their numbers as given."""
        with self._reading() as connection:
            return tuple(entries.candidates(connection, numbers))

    def entries(self, numbers: Sequence[int]) -> tuple[Entry, ...]:
        """Statements in full, in the order of their numbers as given."""
        with self._reading() as connection:
            return tuple(entries.entries(connection, numbers))

    def word_counts(self, words: Iterable[str]) -> dict[str, int]:
        """How many current statements have each of some folded words: what makes a word rare here."""
        with self._reading() as connection:
            return search.statement_frequencies(connection, words)

    def statements_with(
        self, words: Sequence[str], *, as_phrase: bool = False, any_of: bool = False, limit: int = 200
    ) -> tuple[int, ...]:
        """Numbers of current statements that have some folded words, the first on record first.

        All of them; as_phrase: side by side and in order; any_of: at least one.
        """
        terms = search.word_terms(words, as_phrase=as_phrase)
        if not terms:
            return ()
        match = search.match_any(terms) if any_of else search.match_all(terms)
        with self._reading() as connection:
            return tuple(search.match_statements(connection, match, limit))

    def paragraphs_with(
        self, words: Sequence[str], *, as_phrase: bool = False, limit: int = 50
    ) -> tuple[Paragraph, ...]:
        """Paragraphs of current pages that have some folded words (all; as_phrase: side by side, in order)."""
        terms = search.word_terms(words, as_phrase=as_phrase)
        if not terms:
            return ()
        with self._reading() as connection:
            numbers = search.match_paragraphs(connection, search.match_all(terms), limit, ranked=False)
            return tuple(entries.paragraphs(connection, numbers))

    def candidate_statements(
        self,
        words: Sequence[str],
        *,
        n_rarest: int = 6,
        min_shared: int = 2,
        max_count: int = 2000,
        limit: int = 200,
    ) -> tuple[Candidate, ...]:
        """Current statements that share rare words: most of the `n_rarest` shared first, then oldest on record.

        words: folded. Words that no statement has, or over `max_count`, are not asked for, unless that
        leaves none: then the rarest is. min_shared: of the words asked for (of fewer, all).
        """
        with self._reading() as connection:
            found = search.sharing_rare_words(connection, words, n_rarest, min_shared, max_count)
            return tuple(entries.candidates(connection, found[:limit]))

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
        self,
        *,
        speaker: int | None = None,
        min_reports: int = 2,
        limit: int | None = None,
        offset: int = 0,
    ) -> tuple[Utterance, ...]:
        """Utterances that have been grouped, those with most independent reports first, then by id."""
        with self._reading() as connection:
            return tuple(
                grouped.load(
                    connection,
                    "WHERE u.n_reports >= ? AND (u.speaker = ? OR ? IS NULL)"
                    " ORDER BY u.n_independent DESC, u.n_reports DESC, u.id LIMIT ? OFFSET ?",
                    (min_reports, speaker, speaker, _limit(limit), offset),
                )
            )

    def utterance(self, utterance_id: str) -> Utterance | None:
        """One utterance by id, or None."""
        with self._reading() as connection:
            return next(grouped.load(connection, "WHERE u.id = ?", (utterance_id,)), None)

    # --------------------------------------------------------------------------------- verify

    def verify(self) -> Iterator[Problem]:
        """What is wrong with the record; nothing if every span is what the stored originals say.

        Re-hashes every original, decodes every run again, looks up every span and every statement's words,
        and asks SQLite about its file. Goes on after damage.
        """
        with self._watching() as connection:
            yield from verifying.problems(connection, self)

    # ----------------------------------------------------------------------------- inside

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything written inside stays together or not at all; may be nested (the outermost counts).

        The connection it gives is for this room alone.
        """
        connection = self._open()
        with opening.explaining(self.path):
            if self._depth:
                self._depth += 1
                try:
                    yield connection
                finally:
                    self._depth -= 1
                return
            if self.readonly:
                raise RecordError(f"{self.path}: the record was opened read-only")
            connection.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._depth = 0

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """All that is asked inside is about one moment, whatever others write meanwhile."""
        connection = self._open()
        with opening.explaining(self.path):
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("COMMIT")

    @contextmanager
    def _watching(self) -> Iterator[sqlite3.Connection]:
        """For answers that come one at a time: nothing is held between them."""
        connection = self._open()
        with opening.explaining(self.path):
            yield connection

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise RecordError(f"{self.path}: this record has been closed")
        return self._connection

    def _one(self, sql: str, *values: str | int) -> int:
        return int(self._open().execute(sql, values).fetchone()[0])

    def _missing(self, page_id: str) -> RecordError:
        return RecordError(f"{self.path}: {page_id} is not on record; `onrecord show` lists what is")

    def _current(self, connection: sqlite3.Connection, page_id: str) -> int:
        page = pages.number_of(connection, page_id)
        if page is None:
            raise self._missing(page_id)
        return page

    def _filter(
        self,
        connection: sqlite3.Connection,
        speaker: Who | None,
        since: str | None,
        until: str | None,
        kind: Kind | None,
        page: str | None,
    ) -> Filter:
        numbers: tuple[int, ...] | None = None
        if isinstance(speaker, str):
            numbers = speakers.find(connection, speaker)
        elif speaker is not None:
            asked = (speaker,) if isinstance(speaker, int) else speaker
            references = [speakers.reference(connection, number) for number in asked]
            numbers = tuple(sorted({reference.number for reference in references if reference}))
        return Filter(
            speakers=numbers,
            since=_day(since, "since", last=False),
            until=_day(until, "until", last=True),
            kind=kind.value if kind else None,
            page=None if page is None else (pages.number_of(connection, page) or -1),
        )


def _check_same(raw: RawPage, reading: Reading) -> None:
    page = reading.article.page
    if (raw.id, raw.sha256) != (page.id, page.sha256):
        raise ValueError(f"the original is {raw.id} {raw.sha256}, the reading of {page.id} {page.sha256}")
    if hashlib.sha256(raw.content).hexdigest() != raw.sha256:
        raise ValueError(f"{raw.id}: the bytes do not have the hash {raw.sha256}")


def _limit(limit: int | None) -> int:
    return -1 if limit is None else limit


def _day(value: str | None, option: str, *, last: bool) -> str | None:
    """An ISO day, the first or last of a month or year. Raises InputError for anything else."""
    if value is None:
        return None
    day = rows.last_day(value) if last else rows.first_day(value)
    if day is None or not (value == day or day.startswith(value)):
        raise InputError(f"{option} {value}: no day; write it as 2014-07-09, 2014-07 or 2014")
    return day
