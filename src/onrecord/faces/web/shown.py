"""What the templates print: frozen views of plain values, and no logic.

In: nothing. Out: types that `views`, `pages` and `answers` fill from a record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from onrecord.faces.web.collating import Cell
from onrecord.faces.web.diffing import Words
from onrecord.faces.web.marking import Piece, Section
from onrecord.faces.web.timeline import Timeline
from onrecord.faces.web.wording import KIND_LABELS, many
from onrecord.types import ZoneKind

#: Paragraphs of an appeal or of comments that are shown without being asked for; of furniture, one.
MAX_UNFOLDED = 8


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One page on record, for a list or at the head of its own."""

    id: str
    sha256: str
    href: str
    title: str
    publisher: str | None
    published: str | None
    published_words: str
    published_note: str
    language: str | None
    read_language: bool
    n_statements: int
    n_copies: int
    bytes_href: str
    api_href: str

    @property
    def n_statements_words(self) -> str:
        """How many statements, in words."""
        return many(self.n_statements, "statement")

    @property
    def n_copies_words(self) -> str:
        """How many copies, in words."""
        return many(self.n_copies, "copy", "copies")


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """One speaker, for a list or at the head of its own page."""

    number: int
    name: str
    kind: str
    colour: str
    initials: str
    href: str
    days: str
    n_statements: int
    n_articles: int
    other_names: tuple[str, ...] = ()

    @property
    def n_statements_words(self) -> str:
        """How many statements, in words."""
        return many(self.n_statements, "statement")

    @property
    def n_articles_words(self) -> str:
        """How many articles, in words."""
        return many(self.n_articles, "article")


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement: who, how, when, where, and its words ready to be shown."""

    id: str
    colour: str
    initials: str
    who: str
    who_href: str | None
    who_note: str
    kind: str
    source: str
    cue: str
    pieces: tuple[Piece, ...]
    short: str
    day: str
    day_note: str
    addressee: str
    occasion: str
    score: str
    href: str
    place: str
    bytes_href: str | None
    page_title: str
    publisher: str | None
    utterance_href: str | None = None
    n_reports: int = 0

    @property
    def kind_label(self) -> str:
        """How it is quoted, in words."""
        return KIND_LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class VoiceView:
    """One speaker of one article, with what it has of him or her, in the order of the text."""

    name: str
    note: str
    colour: str
    initials: str
    href: str | None
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What the record holds."""

    n_articles: str
    n_statements: str
    n_speakers: str
    n_publishers: str
    days: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page."""

    counts: Counts
    speakers: tuple[SpeakerView, ...]
    articles: tuple[ArticleView, ...]


@dataclass(frozen=True, slots=True)
class SearchForm:
    """What was asked, as the form shows it again."""

    q: str = ""
    speaker: str = ""
    first: str = ""
    last: str = ""
    kind: str = ""
    by: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return replace(self, by="") == SearchForm()


@dataclass(frozen=True, slots=True)
class NearView:
    """A statement near in meaning, and how near, in words."""

    statement: StatementView
    likeness: str


@dataclass(frozen=True, slots=True)
class NarrationView:
    """A paragraph that has the words and quotes nobody with them. zone: what the paragraph is, in words."""

    zone: str
    pieces: tuple[Piece, ...]
    publisher: str | None
    published: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class ListView:
    """One part of a longer list. found: how much there is, in words.

    near: statements that lack the words and are near in meaning. narration: the words as nobody's quotation.
    """

    items: tuple[StatementView, ...]
    found: str
    has_more: bool
    near: tuple[NearView, ...] = ()
    narration: tuple[NarrationView, ...] = ()


@dataclass(frozen=True, slots=True)
class PageView:
    """An article, or a part of it, with zones and statements by number. go_on: its next part, if it is cut."""

    article: ArticleView
    sections: tuple[Section, ...]
    statements: Mapping[int, StatementView]
    voices: tuple[VoiceView, ...]
    copies: tuple[ArticleView, ...]
    facts: tuple[tuple[str, str], ...]
    go_on: str | None

    def is_folded(self, section: Section) -> bool:
        """Whether a section is shown closed: long, not the article's, and without a statement."""
        return (
            not section.is_article
            and len(section.blocks) > (MAX_UNFOLDED if section.kind is not ZoneKind.CHROME else 1)
            and not any(s.statement is not None for block in section.blocks for s in block.stretches)
        )


@dataclass(frozen=True, slots=True)
class BytesView:
    """A stretch of the original. first, last: byte numbers of the statement, else of what is shown."""

    article: ArticleView
    encoding: str
    size: int
    first: int
    last: int
    before: str
    marked: str
    after: str
    cut_before: bool
    cut_after: bool
    command: str
    previous: str | None
    following: str | None


@dataclass(frozen=True, slots=True)
class SpeakerPageView:
    """A speaker's page. n_plotted: how many statements were asked for the plot."""

    speaker: SpeakerView
    plot: Timeline | None
    n_undated: int
    statements: ListView


@dataclass(frozen=True, slots=True)
class CopyView:
    """One page of a group of copies, and how it is linked to others of the group."""

    article: ArticleView
    is_earliest: bool
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """Pages that publish one article, the earliest first."""

    title: str
    members: tuple[CopyView, ...]


@dataclass(frozen=True, slots=True)
class ReportView:
    """One report of an utterance. variant: how its words differ from the first's. is_copy: of an earlier report's page."""

    number: int
    statement: StatementView
    variant: str
    published: str
    is_copy: bool


@dataclass(frozen=True, slots=True)
class UtteranceView:
    """One act of speaking and its reports."""

    speaker: str
    speaker_href: str | None
    day: str
    times: str
    independent: str
    reports: tuple[ReportView, ...]
    plot: Timeline | None
    n_undated: int
    collation: tuple[tuple[ReportView, tuple[Cell, ...]], ...]
    is_split: bool


@dataclass(frozen=True, slots=True)
class CheckPassageView:
    """A place on record that bears an answer."""

    who: str
    who_note: str
    who_href: str | None
    colour: str
    initials: str
    pieces: tuple[Piece, ...]
    kind: str
    zone: str
    day: str
    publisher: str | None
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class SeamView:
    """Where a spliced quotation was joined. parts: its words, cut there; between: what stands there on record.

    A part's place in `between` is that of the seam behind it; "" where the parts are from two articles.
    """

    parts: tuple[str, ...]
    between: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What the record says to a quotation. tone: how it looks, the verdict or "open".

    wordings: those on record, if they differ. flags: what the difference touches.
    """

    verdict: str
    tone: str
    word: str
    explanation: str
    why: str
    diff: tuple[Words, ...]
    seam: SeamView | None
    flags: tuple[str, ...]
    passages: tuple[CheckPassageView, ...]
    elsewhere: tuple[CheckPassageView, ...]
    wordings: tuple[str, ...]
    coverage: str


@dataclass(frozen=True, slots=True)
class CountView:
    """How many quotations of a draft have one verdict."""

    verdict: str
    word: str
    n: int


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One quotation of a draft and the answer; problem: why there is none. href: the same question alone."""

    number: int
    place: str
    quote: str
    speaker: str
    source: str
    note: str
    verdict: str
    word: str
    answer: AnswerView | None
    problem: str
    href: str | None


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft, quotation by quotation in the order of its text."""

    name: str
    found: str
    is_good: bool
    counts: tuple[CountView, ...]
    claims: tuple[ClaimView, ...]
    passed_over: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
