"""The JSON shape of a reading, described once.

What `reading` makes, as TypedDicts; `json_schema` makes `docs/schema.json` from them, so the docstrings and the notes of
fields below are text of the docs.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

Offsets = Annotated[list[int], "[start, end): code points of text"]
Spans = Annotated[list[Offsets], "in the order of the text"]


class TextEvidence(TypedDict):
    """The words of the text that say so."""

    text: Offsets


class BytesEvidence(TypedDict):
    """The bytes of the original that say so where no text does."""

    bytes: Annotated[list[int], "[start, end): bytes of the original"]
    where: Annotated[str, "json-ld, og, meta, time, …"]


class CopyEvidence(TypedDict):
    """Another page of the record, a copy of this article, says so."""

    copy: Annotated[str, "id of that page"]


class AuthorityEvidence(TypedDict):
    """A list outside the page says so."""

    authority: str


Evidence = TextEvidence | BytesEvidence | CopyEvidence | AuthorityEvidence


class Unresolved(TypedDict):
    """A field that should have a value and could not be settled."""

    unresolved: Annotated[str, "why"]
    candidates: list[str]


class ReaderShape(TypedDict):
    """Which program and which weights made the reading."""

    version: str
    weights: Annotated[dict[str, str], "room: SHA-256 of its weights"]


class BytesShape(TypedDict):
    """The way from the text to the bytes of the original."""

    encoding: str
    encoding_from: Annotated[str, "bom, header, meta, given, utf-8 or detected"]
    runs: Annotated[
        list[list[int | str]], "[text_start, text_end, byte_start, byte_end, 'same' | 'entity' | 'made']"
    ]


class ZoneShape(TypedDict):
    """A stretch of the text and what it is; zones may nest, the innermost counts."""

    kind: Annotated[
        str, "title, dek, byline, date, body, heading, caption, credit, link, appeal, comments, chrome"
    ]
    span: Offsets
    score: float


class WhenShape(TypedDict):
    """A page's time."""

    date: Annotated[str, "ISO 8601, as long as its precision allows"]
    precision: Literal["time", "day", "month", "year"]
    evidence: Evidence


class SpeakerShape(TypedDict):
    """Who spoke."""

    name: Annotated[str | list[str], "a list where several spoke jointly"]
    kind: Literal["person", "organization", "group", "unnamed", "document", "author"]
    id: Annotated[str | None, "an authority's identifier"]
    on_behalf_of: Annotated[str | None, "the body that a spokesperson speaks for"]
    score: float
    evidence: Evidence


class AddresseeShape(TypedDict):
    """Whom it was said to."""

    name: str
    evidence: Evidence


class OccasionShape(TypedDict):
    """Where or at what it was said."""

    text: str
    evidence: Evidence


class DayShape(TypedDict):
    """The day it was said."""

    date: str
    until: Annotated[str | None, "last day of a range"]
    rule: str
    evidence: Evidence


class StatementShape(TypedDict):
    """One attribution with its speaker, day, addressee and occasion."""

    id: str
    parent: Annotated[str | None, "id of the attribution that this one is nested in"]
    kind: Literal["direct", "mixed", "indirect"]
    content: Spans
    cue: Spans
    source: Spans
    score: Annotated[float, "of the attribution"]
    speaker: SpeakerShape | Unresolved
    addressee: AddresseeShape | None
    occasion: OccasionShape | None
    said_on: DayShape | Unresolved | None


class ReadingShape(TypedDict):
    """One page as read: a line of `onrecord read --format jsonl`. A field that the page lacks is null."""

    id: Annotated[str, "what the input calls the page"]
    sha256: Annotated[str, "of the bytes read (.gz: unpacked; corpus: the line's text)"]
    media_type: str
    path: str | None
    url: str | None
    fetched_at: str | None
    reader: ReaderShape
    text: str
    bytes: BytesShape
    zones: list[ZoneShape]
    title: str | None
    titles: Annotated[dict[str, str], "where: title"]
    authors: list[str]
    publisher: str | None
    credited_to: str | None
    language: str | None
    read_language: Annotated[bool, "false: attributions are not read in this language yet"]
    published: WhenShape | Unresolved | None
    modified: WhenShape | Unresolved | None
    statements: list[StatementShape]


class Turned(TypedDict):
    """Why a page was turned away."""

    room: str
    reason: str


class RejectedShape(TypedDict):
    """A page that was turned away."""

    id: str
    path: str | None
    rejected: Turned
