"""The JSON shape of a reading, for every face, and its schema.

In: what flows (types). Out: plain dicts, lists, strings and numbers, in the order that the docs
give. The TypedDicts below are the one description of the shape: `docs/schema.json` is made from
them. Leaves printing to the faces.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal, NotRequired, TypedDict

from onrecord import types as t
from onrecord.pipeline import Checked
from onrecord.record import CopyGroup, Entry, PageEntry, Passage, Record, SpeakerEntry, Utterance
from onrecord.record.align import Difference
from onrecord.record.check import Answer, CheckPassage

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


def render_result(result: t.Reading | t.Rejected) -> ReadingShape | RejectedShape:
    """One line of the output: a reading, or a page turned away."""
    return render_reading(result) if isinstance(result, t.Reading) else render_rejected(result)


def render_rejected(rejected: t.Rejected) -> RejectedShape:
    """The line for a page that was turned away."""
    return {
        "id": rejected.id,
        "path": rejected.path,
        "rejected": {"room": rejected.room, "reason": rejected.reason},
    }


def render_reading(reading: t.Reading) -> ReadingShape:
    """The line for a page that was read."""
    article = reading.article
    page = article.page
    return {
        "id": page.id,
        "sha256": page.sha256,
        "media_type": page.media_type,
        "path": page.origin.path,
        "url": article.url,
        "fetched_at": page.origin.fetched_at,
        "reader": {"version": reading.reader.version, "weights": dict(reading.reader.weights)},
        "text": page.text,
        "bytes": {
            "encoding": page.encoding.name,
            "encoding_from": page.encoding.how,
            "runs": [[r.text_start, r.text_end, r.byte_start, r.byte_end, r.kind.value] for r in page.runs],
        },
        "zones": [
            {"kind": z.kind.value, "span": [z.span.start, z.span.end], "score": z.score}
            for z in article.zones
        ],
        "title": article.title,
        "titles": {title.where: title.text for title in article.titles},
        "authors": list(article.authors),
        "publisher": article.publisher,
        "credited_to": article.credited_to,
        "language": article.language,
        "read_language": article.read_language,
        "published": _when(article.published),
        "modified": _when(article.modified),
        "statements": [render_statement(s) for s in reading.statements],
    }


def render_statement(statement: t.Statement) -> StatementShape:
    """One statement, as it stands in a reading."""
    attribution = statement.attribution
    addressee, occasion = statement.addressee, statement.occasion
    return {
        "id": statement.id,
        "parent": statement.parent,
        "kind": attribution.kind.value,
        "content": _spans(attribution.content),
        "cue": _spans(attribution.cue),
        "source": _spans(attribution.source),
        "score": attribution.score,
        "speaker": render_speaker(statement.speaker),
        "addressee": None
        if addressee is None
        else {"name": addressee.name, "evidence": render_evidence(addressee.evidence)},
        "occasion": None
        if occasion is None
        else {"text": occasion.text, "evidence": render_evidence(occasion.evidence)},
        "said_on": render_day(statement.said_on),
    }


def render_speaker(speaker: t.Speaker | t.Unresolved) -> SpeakerShape | Unresolved:
    """A speaker, or why there is none."""
    if isinstance(speaker, t.Unresolved):
        return _unresolved(speaker)
    return {
        "name": speaker.names[0] if len(speaker.names) == 1 else list(speaker.names),
        "kind": speaker.kind.value,
        "id": speaker.id,
        "on_behalf_of": speaker.on_behalf_of,
        "score": speaker.score,
        "evidence": render_evidence(speaker.evidence),
    }


def render_day(day: t.Day | t.Unresolved | None) -> DayShape | Unresolved | None:
    """The day something was said, why it is not known, or nothing where the text gives none."""
    if day is None:
        return None
    if isinstance(day, t.Unresolved):
        return _unresolved(day)
    return {
        "date": day.date,
        "until": day.until,
        "rule": day.rule,
        "evidence": render_evidence(day.evidence),
    }


def render_evidence(evidence: t.Evidence) -> Evidence:
    """Where it says so."""
    if isinstance(evidence, t.TextEvidence):
        return {"text": [evidence.span.start, evidence.span.end]}
    if isinstance(evidence, t.ByteEvidence):
        return {"bytes": [evidence.span.start, evidence.span.end], "where": evidence.where}
    if isinstance(evidence, t.CopyEvidence):
        return {"copy": evidence.page_id}
    return {"authority": evidence.authority}


def _when(when: t.When | t.Unresolved | None) -> WhenShape | Unresolved | None:
    if when is None:
        return None
    if isinstance(when, t.Unresolved):
        return _unresolved(when)
    return {
        "date": when.date,
        "precision": when.precision.value,
        "evidence": render_evidence(when.evidence),
    }


def _unresolved(value: t.Unresolved) -> Unresolved:
    return {"unresolved": value.why, "candidates": list(value.candidates)}


def _spans(spans: Iterable[t.Span]) -> list[list[int]]:
    return [[s.start, s.end] for s in spans]


# ------------------------------------------------------------------------- what a record answers


def entry_row(entry: Entry) -> dict[str, object]:
    """One statement on record, with its place: a line of `search --format jsonl`."""
    return {
        **render_statement(entry.statement),
        "page": entry.page.id,
        "sha256": entry.page.sha256,
        "title": entry.title,
        "publisher": entry.publisher,
        "published": entry.published,
        "day": entry.day,
        "speakers": [{"number": s.number, "name": s.name, "kind": s.kind.value} for s in entry.speakers],
        "texts": {"content": entry.content, "source": entry.source, "cue": entry.cue},
        "zone": entry.zone.value if entry.zone else None,
        "content_bytes": [entry.content_bytes.start, entry.content_bytes.end]
        if entry.content_bytes
        else None,
        "utterance": entry.utterance,
    }


def passage_row(passage: Passage) -> dict[str, object]:
    """A statement that a search found: `entry_row`, and why it was found.

    match: "words", or "meaning" (then likeness, up to 1, says how near). hits: where the words stand.
    """
    return {
        **entry_row(passage.entry),
        "match": passage.match.value,
        "likeness": passage.likeness,
        "hits": [[hit.start, hit.end] for hit in passage.hits],
    }


def page_row(entry: PageEntry) -> dict[str, object]:
    """One page version on record, without its text: a line of `show --format jsonl`."""
    return {
        "id": entry.key.id,
        "sha256": entry.key.sha256,
        "is_current": entry.is_current,
        "media_type": entry.media_type,
        "path": entry.origin.path,
        "title": entry.title,
        "publisher": entry.publisher,
        "credited_to": entry.credited_to,
        "authors": list(entry.authors),
        "language": entry.language,
        "read_language": entry.read_language,
        "url": entry.url,
        "published": _when(entry.published),
        "n_statements": entry.n_statements,
        "n_copies": entry.n_copies,
        "size_bytes": entry.size_bytes,
        "reader": {"version": entry.reader.version, "weights": dict(entry.reader.weights)},
        "added_at": entry.added_at,
    }


def speaker_row(entry: SpeakerEntry) -> dict[str, object]:
    """One speaker of the record: a line of `speakers --format jsonl`."""
    return {
        "number": entry.number,
        "name": entry.name,
        "kind": entry.kind.value,
        "id": entry.authority,
        "names": list(entry.names),
        "n_statements": entry.n_statements,
        "n_articles": entry.n_articles,
        "first_day": entry.first_day,
        "last_day": entry.last_day,
    }


def copy_row(group: CopyGroup) -> dict[str, object]:
    """One article that is on record more than once: a line of `copies --format jsonl`."""
    return {
        "members": list(group.members),
        "earliest": group.earliest,
        "links": [
            {"a": link.a, "b": link.b, "kind": link.kind.value, "overlap": link.overlap}
            for link in group.links
        ],
    }


def utterance_rows(record: Record) -> Iterator[dict[str, object]]:
    """Every utterance with its reports in order of time: the lines of `export utterances`."""
    for utterance in record.utterances(min_reports=1):
        entries = record.entries([report.statement for report in utterance.reports])
        yield utterance_row(utterance, entries)


def utterance_row(utterance: Utterance, entries: Sequence[Entry]) -> dict[str, object]:
    """One utterance; entries: its reports' statements, in the same order."""
    return {
        "utterance": utterance.id,
        "speaker": next((" and ".join(s.name for s in e.speakers) for e in entries if e.speakers), None),
        "said_on": utterance.said_on,
        "said_until": utterance.said_until,
        "n_independent": utterance.n_independent,
        "members": [
            {
                "id": entry.page.id,
                "statement": entry.statement.id,
                "content": _spans(entry.statement.attribution.content),
                "variant": report.variant,
                "publisher": entry.publisher,
                "published": entry.published,
            }
            for report, entry in zip(utterance.reports, entries, strict=True)
        ],
    }


def answer_row(case: int | str | None, answer: Answer) -> dict[str, object]:
    """What the record says to one quotation: a line of `check --format jsonl`."""
    coverage = answer.coverage
    return {
        "case": case,
        "quote": answer.quote,
        "claimed": answer.claimed,
        "verdict": answer.verdict.value,
        "match": answer.match.value,
        "found_by": answer.how.value,
        "why": answer.why,
        "evidence": [
            {
                "id": p.page_id,
                "start": min(span.start for span in p.spans),
                "end": max(span.end for span in p.spans),
            }
            for p in (*answer.passages, *answer.elsewhere)
        ],
        "speaker": " and ".join(answer.passages[0].speakers) or None if answer.passages else None,
        "differences": [_difference(d) for d in answer.differences],
        "flags": [flag.value for flag in answer.flags],
        "passages": [_passage(p) for p in answer.passages],
        "elsewhere": [_passage(p) for p in answer.elsewhere],
        "reports": list(answer.reports),
        "coverage": {
            "articles": coverage.n_articles,
            "statements": coverage.n_statements,
            "publishers": coverage.n_publishers,
            "undated": coverage.n_undated,
            "first_day": coverage.first_day,
            "last_day": coverage.last_day,
        },
    }


def checked_row(checked: Checked) -> dict[str, object]:
    """A quotation of a draft and what the record says to it: a line of `check --draft --format jsonl`.

    As `answer_row`, with the place in the draft and the draft's own words; `verdict` is null, and `problem`
    says why, where it could not be asked.
    """
    claim = checked.claim
    row: dict[str, object] = {"case": claim.where, "verdict": None, "problem": checked.problem}
    if checked.answer is not None:
        row |= answer_row(claim.where, checked.answer)
    return row | {
        "quote": claim.quote,
        "where": claim.where,
        "line": claim.line,
        "source": claim.source or None,
        "unsettled": claim.unsettled,
    }


def _difference(difference: Difference) -> dict[str, object]:
    return {
        "change": difference.change.value,
        "quoted": difference.quoted,
        "recorded": difference.recorded,
        "marked": difference.is_marked,
        "flags": [flag.value for flag in difference.flags],
    }


def _passage(passage: CheckPassage) -> dict[str, object]:
    return {
        "id": passage.page_id,
        "title": passage.title,
        "publisher": passage.publisher,
        "day": passage.day,
        "speakers": list(passage.speakers),
        "unsettled": passage.unsettled,
        "source": passage.source,
        "match": passage.match.value,
        "spans": _spans(passage.spans),
        "hits": _spans(passage.hits),
        "text": passage.text,
        "before": passage.before,
        "after": passage.after,
        "zone": passage.zone.value if passage.zone else None,
        "variant": passage.variant.value,
    }


def line(value: Mapping[str, object]) -> str:
    """One line of JSON, not escaped beyond need; a lone surrogate cannot occur in a Page's text."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


# ------------------------------------------------------------------------------------ schema


def schema() -> dict[str, object]:
    """The JSON Schema (2020-12) of a line of `onrecord read --format jsonl`, from the TypedDicts above."""
    definitions: dict[str, object] = {}
    either = {"anyOf": [_schema_of(ReadingShape, definitions), _schema_of(RejectedShape, definitions)]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of onrecord read --format jsonl",
        **either,
        "$defs": definitions,
    }


def _schema_of(shape: object, definitions: dict[str, object]) -> dict[str, object]:
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if origin is Annotated:
        return {**_schema_of(arguments[0], definitions), "description": arguments[1]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_schema_of(a, definitions) for a in arguments]}
    if origin is list:
        return {"type": "array", "items": _schema_of(arguments[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _schema_of(arguments[1], definitions)}
    if origin in (NotRequired,):
        return _schema_of(arguments[0], definitions)
    if isinstance(shape, type) and typing.is_typeddict(shape):
        name = shape.__name__.removesuffix("Shape")
        if name not in definitions:
            definitions[name] = {}
            hints = typing.get_type_hints(shape, include_extras=True)
            definitions[name] = {
                "description": (shape.__doc__ or "").split("\n")[0],
                "type": "object",
                "properties": {key: _schema_of(hint, definitions) for key, hint in hints.items()},
                "required": list(hints),
                "additionalProperties": False,
            }
        return {"$ref": f"#/$defs/{name}"}
    plain = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
    return {"type": plain[typing.cast(type, shape)]}
