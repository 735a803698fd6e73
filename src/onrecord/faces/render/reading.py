"""A page as JSON: as read, or why it was turned away.

In: a Reading or Rejected, or a part of one. Out: the dicts that `shape` describes.
"""

from __future__ import annotations

from collections.abc import Iterable

from onrecord import types as t
from onrecord.faces.render.shape import (
    DayShape,
    Evidence,
    ReadingShape,
    RejectedShape,
    SpeakerShape,
    StatementShape,
    Unresolved,
    WhenShape,
)


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
        "published": render_when(article.published),
        "modified": render_when(article.modified),
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
        "content": render_spans(attribution.content),
        "cue": render_spans(attribution.cue),
        "source": render_spans(attribution.source),
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


def render_when(when: t.When | t.Unresolved | None) -> WhenShape | Unresolved | None:
    """A page's time, why it is not known, or nothing where the page gives none."""
    if when is None:
        return None
    if isinstance(when, t.Unresolved):
        return _unresolved(when)
    return {
        "date": when.date,
        "precision": when.precision.value,
        "evidence": render_evidence(when.evidence),
    }


def render_spans(spans: Iterable[t.Span]) -> list[list[int]]:
    """[start, end) of each, in their order."""
    return [[s.start, s.end] for s in spans]


def _unresolved(value: t.Unresolved) -> Unresolved:
    return {"unresolved": value.why, "candidates": list(value.candidates)}
