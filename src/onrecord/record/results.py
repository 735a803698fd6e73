"""What a record answers with, and no logic: frozen types beside those of `onrecord.types`.

`Entry` is one statement with its place on record; `Candidate` the light form of it that grouping
and the quote check compare by the thousand.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.types import (
    ByteSpan,
    CopyLink,
    Kind,
    Origin,
    Reader,
    Span,
    SpeakerKind,
    Statement,
    When,
    ZoneKind,
)


@dataclass(frozen=True, slots=True, order=True)
class PageKey:
    """One version of one page: what the input calls it, and the hash of what it contains."""

    id: str
    sha256: str


class Outcome(StrEnum):
    """What `add` did: a page of a new id, one that was on record already, a new version of an id."""

    NEW = "new"
    KNOWN = "known"
    VERSION = "version"


@dataclass(frozen=True, slots=True)
class Added:
    """What `add` did. unplaced: decisions about this original for which the reading has no place."""

    page: PageKey
    outcome: Outcome
    n_statements: int
    unplaced: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page version on record, without its text. published: of a dated copy where it has none."""

    key: PageKey
    is_current: bool
    media_type: str
    origin: Origin
    title: str | None
    publisher: str | None
    credited_to: str | None
    authors: tuple[str, ...]
    language: str | None
    read_language: bool
    url: str | None
    published: When | None
    n_statements: int
    n_copies: int  # other current pages that publish the same article
    size_bytes: int
    reader: Reader
    added_at: str


@dataclass(frozen=True, slots=True)
class SpeakerRef:
    """A speaker of the record by number; the number holds until speakers are merged or split."""

    number: int
    name: str
    kind: SpeakerKind


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """A speaker with what is on record. names: every form met. Days: said, else published."""

    number: int
    name: str
    kind: SpeakerKind
    authority: str | None
    names: tuple[str, ...]
    n_statements: int
    n_articles: int
    first_day: str | None
    last_day: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement with its place on record.

    statement: as it holds now (a user's decisions and a copy's date are in it). speakers: whom the
    record takes its speaker for. content, source, cue: the text's own words. day: said, else published.
    utterance: id of the act of speaking that it reports, once utterances have been grouped.
    """

    number: int
    page: PageKey
    statement: Statement
    speakers: tuple[SpeakerRef, ...]
    content: str
    source: str
    cue: str
    zone: ZoneKind | None
    content_bytes: ByteSpan | None
    title: str | None
    publisher: str | None
    published: str | None
    day: str | None
    utterance: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement as grouping and the quote check compare it.

    words: its words, folded, a space between two. pieces: the spans of its content. n_words: of words.
    """

    number: int
    id: str
    page: int
    page_id: str
    kind: Kind
    zone: ZoneKind | None
    content: str
    words: str
    pieces: tuple[Span, ...]
    parent: str | None
    speakers: tuple[SpeakerRef, ...]
    said_on: str | None
    said_until: str | None
    day: str | None
    publisher: str | None
    published: str | None
    credited_to: str | None
    copy_group: int | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of a current page's text: narration, a comment, an appeal, whatever its zone says."""

    page: int
    page_id: str
    span: Span
    zone: ZoneKind | None
    text: str
    publisher: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """One member of an utterance: a statement's number, and how its words differ from the first's."""

    statement: int
    variant: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """One act of speaking. reports: in order of time. n_independent: reports with copies collapsed."""

    id: str
    speaker: int | None
    said_on: str | None
    said_until: str | None
    reports: tuple[Report, ...]
    n_independent: int


class MatchKind(StrEnum):
    """Why a search or a check found a statement: it has the words, or it is near in meaning."""

    WORDS = "words"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement that a search found. hits: where the words looked for stand in the page's text.

    likeness: of a match by meaning, how near it is (1: the same; what is found begins at .45).
    """

    entry: Entry
    hits: tuple[Span, ...]
    match: MatchKind = MatchKind.WORDS
    likeness: float | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """passages: the best first. n_found: in all; where `n_found_is_exact` is false, at least so many.

    speakers: whom some of the words were taken to name, because no statement has all of them. n_near: how many
    of the passages, the last ones, lack the words and are near in meaning; `n_found` does not count them.
    """

    passages: tuple[Passage, ...]
    n_found: int
    n_found_is_exact: bool
    speakers: tuple[SpeakerRef, ...] = ()
    n_near: int = 0


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Current pages that publish one article, ids sorted, the earliest of them, and what links them."""

    members: tuple[str, ...]
    earliest: str
    links: tuple[CopyLink, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an answer of "absent" is about: current articles and the days that they span."""

    n_articles: int
    n_statements: int
    n_publishers: int
    n_undated: int
    first_day: str | None
    last_day: str | None


class DecisionKind(StrEnum):
    """What a user may decide."""

    MERGE = "merge"
    SPLIT = "split"
    NOT_A_STATEMENT = "not_a_statement"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Decision:
    """Something a user decided. sha256 and span: the bytes it hangs on; None for a merge.

    name: whose statements (merge, split). into_names: where they go; () unmakes a merge (split) or
    leaves the speaker open (speaker). unplaced: why the reading on record has no place for it.
    """

    number: int
    kind: DecisionKind
    made_at: str
    note: str | None = None
    sha256: str | None = None
    span: ByteSpan | None = None
    name: str | None = None
    name_kind: SpeakerKind | None = None
    into_names: tuple[str, ...] = ()
    into_kind: SpeakerKind | None = None
    quotation: str | None = None
    unplaced: str | None = None
    undone_at: str | None = None
    statement_id: str | None = None


@dataclass(frozen=True, slots=True)
class Replaced:
    """What a new reading of a page on record changed. placed, unplaced: the user's decisions on it."""

    page: PageKey
    n_before: int
    n_after: int
    n_same: int  # statements that have the same id in both readings
    placed: tuple[Decision, ...]
    unplaced: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Removal:
    """A page version that was taken out, and why."""

    page: PageKey
    title: str | None
    n_statements: int
    original_removed: bool
    why: str
    removed_at: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """A page that was turned away, and when (the last time)."""

    id: str
    path: str | None
    room: str
    reason: str
    rejected_at: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Damage that `verify` found. id: of the page; None where it concerns the file or an original."""

    id: str | None
    sha256: str | None
    what: str
