"""What the quote check answers with, and what it asks of a record: types, and no logic.

`check` fills an Answer; `lookup` implements Lookup on a record, tests on lists.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from onrecord.record.differences import Difference, Flag, Variant
from onrecord.record.folding import words_of
from onrecord.record.meaning import Embedder
from onrecord.record.results import Candidate, Coverage, Entry, MatchKind, Paragraph
from onrecord.types import Kind, Span, ZoneKind


class Verdict(StrEnum):
    """What the record says to a quotation (DESIGN.md has the table)."""

    MISATTRIBUTED = "misattributed"
    VERBATIM = "verbatim"
    ABRIDGED = "abridged"
    SPLICED = "spliced"
    ALTERED = "altered"
    REPORTED = "reported"
    ABSENT = "absent"


class SpeakerMatch(StrEnum):
    """Claimed speaker against recorded: the same, another, not settled on record, none claimed."""

    SAME = "same"
    OTHER = "other"
    OPEN = "open"
    NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class CheckPassage:
    """A place on record that bears the answer.

    spans: the whole recorded quotation (or the indirect speech) around the words, in the page's text;
    hits: the words themselves. before, after: the sentence to either side. speakers: recorded names;
    () where not settled, then `unsettled` says why. statement: its number, None where no statement
    was read there. variant: how the passage's words differ from the quotation's.
    """

    statement: int | None
    page: int
    page_id: str
    title: str | None
    publisher: str | None
    day: str | None
    speakers: tuple[str, ...]
    unsettled: str | None
    source: str
    match: SpeakerMatch
    spans: tuple[Span, ...]
    hits: tuple[Span, ...]
    text: str
    before: str
    after: str
    zone: ZoneKind | None
    variant: Variant


@dataclass(frozen=True, slots=True)
class Answer:
    """What the record says to one quotation.

    passages: those that bear the verdict, the best first; for `absent` none. differences: between the
    quotation and the first passage (the first two, for `spliced`). flags: what they change. match: of
    the claimed speaker with the passages. reports: distinct wordings on record of what was asked about,
    the first in print first; more than one: the record differs with itself. elsewhere: where the words
    stand without being anybody's quotation. why: one sentence for a person. how: what found the passages;
    MEANING for `reported` alone.
    """

    quote: str
    claimed: str | None
    verdict: Verdict
    match: SpeakerMatch
    passages: tuple[CheckPassage, ...]
    differences: tuple[Difference, ...]
    flags: tuple[Flag, ...]
    reports: tuple[str, ...]
    elsewhere: tuple[CheckPassage, ...]
    coverage: Coverage
    why: str
    how: MatchKind = MatchKind.WORDS

    @property
    def is_good(self) -> bool:
        """Whether the quotation may stand as it is: verbatim or abridged, and the speaker not open."""
        return self.verdict in (Verdict.VERBATIM, Verdict.ABRIDGED) and self.match is not SpeakerMatch.OPEN


@dataclass(frozen=True)
class Found:
    """As much of a statement as tells whether it is worth fetching.

    start, end: its place in the page's text, from its first piece to its last.
    """

    number: int
    page: int
    kind: Kind
    content: str
    start: int
    end: int

    @cached_property
    def words(self) -> str:
        """Its words, folded, a space between two."""
        return words_of(self.content)


class Likely(Protocol):
    """What a record has of the words of one question; each thing is looked up once."""

    def of(self, speaker: str | None, limit: int) -> Sequence[Found]:
        """Statements with something of these words in their order, at most about so many; of a speaker of that
        name if one is given. Where one has them all, it is among them."""
        ...


class Lookup(Protocol):
    """What the check asks of a record. Everything is about current pages and statements."""

    def coverage(self) -> Coverage:
        """What there is to be found at all."""
        ...

    def likely(self, words: Sequence[str]) -> Likely:
        """The statements that have something of these folded words."""
        ...

    def near(self, text: str, embedder: Callable[[], Embedder], *, speaker: str) -> Sequence[Found]:
        """Statements of a speaker of that name that are near in meaning to a text, the nearest first."""
        ...

    def on_pages(self, pages: Sequence[int]) -> Sequence[Found]:
        """All statements of some pages, page by page in the order of the text."""
        ...

    def candidates(self, numbers: Sequence[int]) -> Sequence[Candidate]:
        """Statements with their places, in the order asked for."""
        ...

    def text(self, page: int) -> str:
        """The page's text."""
        ...

    def entries(self, numbers: Sequence[int]) -> Sequence[Entry]:
        """Statements with all that is known of them, in the order asked for."""
        ...

    def paragraphs(self, words: Sequence[str], *, limit: int) -> Sequence[Paragraph]:
        """Paragraphs of any zone that may have these folded words, the likeliest first."""
        ...

    def aliases(self, speaker: int) -> Sequence[str]:
        """Every name under which a speaker is on record."""
        ...
