"""What flows between the rooms, and no logic.

    RawPage -> Page -> Article -> Attribution -> Statement        (a page turned away: Rejected)

Every stage returns its own frozen type; nobody fills in a field of an earlier one. All offsets
are [start, end) in Unicode code points of `Page.text`, except where a name says `byte`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

# --------------------------------------------------------------------------------- the floor


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters [start, end) of one Page.text; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span {self.start}:{self.end} is empty or negative")


@dataclass(frozen=True, slots=True, order=True)
class ByteSpan:
    """Bytes [start, end) of one original; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"byte span {self.start}:{self.end} is empty or negative")


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A field that should have a value and could not be settled: the reason, for a person."""

    why: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A page that was turned away, by which room and why; the batch goes on."""

    id: str
    path: str | None
    room: str
    reason: str


# ---------------------------------------------------------------------------------- evidence


@dataclass(frozen=True, slots=True)
class TextEvidence:
    """The words of Page.text that say so."""

    span: Span


@dataclass(frozen=True, slots=True)
class ByteEvidence:
    """The bytes of the original that say so where no text does (markup, JSON-LD, a header)."""

    span: ByteSpan
    where: str


@dataclass(frozen=True, slots=True)
class CopyEvidence:
    """Another page of the record, a copy of this article, says so."""

    page_id: str


@dataclass(frozen=True, slots=True)
class AuthorityEvidence:
    """A list outside the page says so (the corpus line's own fields, an authority file, a user)."""

    authority: str


Evidence = TextEvidence | ByteEvidence | CopyEvidence | AuthorityEvidence

# ------------------------------------------------------------------------------------ intake


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page came from: a path as given, a URL, the time it was fetched (ISO 8601)."""

    path: str | None = None
    url: str | None = None
    fetched_at: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What a corpus line states about its own text; it is believed before the text is asked."""

    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawPage:
    """One page as bytes. `id`: what the input calls itself; `sha256`: of `content` (.gz: unpacked)."""

    id: str
    content: bytes
    sha256: str
    media_type: str  # "text/plain", "text/html"
    origin: Origin = Origin()
    declared_encoding: str | None = None  # from an HTTP header; a corpus line's text is utf-8
    given: Given | None = None


# -------------------------------------------------------------------------------------- page


class RunKind(StrEnum):
    """How characters relate to bytes: decoded one for one; written otherwise; standing for none."""

    SAME = "same"
    ENTITY = "entity"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters [text_start, text_end) come from bytes [byte_start, byte_end).

    SAME: the bytes decode to these very characters. ENTITY: the bytes are another way to write
    them (a character reference, a CR LF, a byte that is not of the encoding). MADE: no byte
    stands for them (a line break between two blocks); byte_start == byte_end.
    Runs tile the text in order.
    """

    text_start: int
    text_end: int
    byte_start: int
    byte_end: int
    kind: RunKind


@dataclass(frozen=True, slots=True)
class Encoding:
    """A Python codec name, and how it was decided: bom, header, meta, given, utf-8, detected."""

    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Block:
    """One run of text that a reader sees as a unit (a paragraph, heading, list item, cell).

    tags: element names from the outside in, () for bare text. marks: lower-case class names, ids,
    roles and itemprops of those elements. link_chars: how many of its characters stand in links.
    """

    span: Span
    tags: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    link_chars: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a page states about itself outside its text.

    key: title, author, published, modified, publisher, url, language, section, kind.
    where: json-ld, og, meta, title, h1, time, link, html, microdata.
    """

    key: str
    value: str
    where: str
    bytes: ByteSpan | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page's text, made once and never edited, with its way back to the bytes.

    runs and blocks: tuples, or columns that read like them (columns.py).
    """

    id: str
    sha256: str
    media_type: str
    origin: Origin
    text: str
    encoding: Encoding
    runs: Sequence[Run]
    blocks: Sequence[Block] = ()
    facts: tuple[Fact, ...] = ()
    given: Given | None = None


# ----------------------------------------------------------------------------------- article


class ZoneKind(StrEnum):
    """What a stretch of the page is; the innermost zone counts (DESIGN.md has the table)."""

    TITLE = "title"
    DEK = "dek"
    BYLINE = "byline"
    DATE = "date"
    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    CREDIT = "credit"
    LINK = "link"
    APPEAL = "appeal"
    COMMENTS = "comments"
    CHROME = "chrome"


#: The zones whose words the article's own writers wrote: the only ones read for attributions.
ARTICLE_ZONES = frozenset({ZoneKind.TITLE, ZoneKind.DEK, ZoneKind.BODY, ZoneKind.HEADING, ZoneKind.CAPTION})


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of the text and what it is; zones may nest. score: 0 to 1."""

    kind: ZoneKind
    span: Span
    score: float


class Precision(StrEnum):
    """How exactly a time is known."""

    TIME = "time"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class When:
    """A page's time: ISO 8601, as long as its precision allows, with zone where the page has one."""

    date: str
    precision: Precision
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Title:
    """One title that the page carries, and where."""

    where: str  # h1, json-ld, og, title, text, given
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A page with its zones and what it says of itself. None: the page does not carry it.

    title: the headline without the site's name. read_language: whether attributions are read in
    this language; if not, the page is on record with its zones alone.
    """

    page: Page
    zones: tuple[Zone, ...]
    title: str | None
    titles: tuple[Title, ...]
    authors: tuple[str, ...]
    publisher: str | None
    credited_to: str | None
    language: str | None
    read_language: bool
    url: str | None
    published: When | Unresolved | None
    modified: When | Unresolved | None


# ------------------------------------------------------------------------------ attributions


class Kind(StrEnum):
    """All of the content inside quotation marks, part of it, or none."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who (source) is said (cue) to have said what (content), as spans in the order of the text.

    source and cue may be empty (a quotation that goes on without them); content never is.
    parent: index, in the same tuple, of the attribution that this one is nested in.
    continues: index of the attribution whose speaker goes on speaking here, if source is empty.
    score: probability that a careful reader would mark it, 0 to 1.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: Kind
    score: float
    parent: int | None = None
    continues: int | None = None


class Tagger(Protocol):
    """A trained reader of attributions; `attributions` is given one, tests script one."""

    @property
    def weights(self) -> str:
        """SHA-256 (hex) of the weights that it reads with."""
        ...

    def tag(self, passages: Sequence[str]) -> Sequence[tuple[Attribution, ...]]:
        """The attributions of each passage; spans count from the passage's own start.

        A passage's answer does not depend on the other passages.
        """
        ...


# ---------------------------------------------------------------------------------- speakers


class SpeakerKind(StrEnum):
    """What kind of speaker: only persons and organizations are given names."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    UNNAMED = "unnamed"
    DOCUMENT = "document"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke. names: one, or several who spoke jointly. id: an authority's identifier."""

    names: tuple[str, ...]
    kind: SpeakerKind
    score: float
    evidence: Evidence
    id: str | None = None
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom it was said to: the name if known, else the article's words."""

    name: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Voice:
    """What `speakers` finds for one attribution."""

    speaker: Speaker | Unresolved
    addressee: Addressee | None = None


# ------------------------------------------------------------------------------------- dates


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where or at what it was said, in the article's words."""

    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Day:
    """The day something was said: ISO date; `until` for a range; the rule that settled it."""

    date: str
    until: str | None
    rule: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Setting:
    """What `dates` finds for one attribution."""

    said_on: Day | Unresolved | None = None
    occasion: Occasion | None = None


# --------------------------------------------------------------------------------- statement


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of the record: an attribution with its speaker, day, addressee and occasion.

    id: 16 hex digits, made from the original's hash and the bytes of the content and the cue, so
    that the same words of the same file have the same id in every reading. parent: such an id.
    """

    id: str
    parent: str | None
    attribution: Attribution
    speaker: Speaker | Unresolved
    addressee: Addressee | None
    occasion: Occasion | None
    said_on: Day | Unresolved | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Which program and which weights made a reading: (room, sha256) pairs, sorted."""

    version: str
    weights: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one page: what goes on record."""

    article: Article
    statements: tuple[Statement, ...]
    reader: Reader


# ------------------------------------------------------------------------------------ copies


@dataclass(frozen=True, slots=True)
class Sketch:
    """What `copies` compares first: n_words of the body; minhash: 128 32-bit values; bands: LSH keys.

    n_words is 0, and there are no bands, where the body is too short to be anybody's copy.
    """

    n_words: int
    minhash: tuple[int, ...]
    bands: tuple[str, ...]


class CopyKind(StrEnum):
    """How one article repeats another."""

    EXACT = "exact"
    EDITED = "edited"
    SHORTENED = "shortened"
    UPDATED = "updated"


@dataclass(frozen=True, slots=True)
class CopyLink:
    """Two pages that publish one article. overlap: share of the shorter body's words in the longer."""

    a: str
    b: str
    kind: CopyKind
    overlap: float
