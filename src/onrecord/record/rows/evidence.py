"""Why a value is held, or why there is none: evidence and Unresolved, as JSON.

In: either, or JSON. Out: the other. Leaves what it is evidence of to `statement` and `page`.
"""

from __future__ import annotations

from onrecord.errors import RecordError
from onrecord.record.rows.values import as_list, as_str
from onrecord.types import (
    AuthorityEvidence,
    ByteEvidence,
    ByteSpan,
    CopyEvidence,
    Evidence,
    Span,
    TextEvidence,
    Unresolved,
)


def dump_evidence(evidence: Evidence) -> list[object]:
    """[start, end] of the text, [start, end, where] of the bytes, ["copy", id], ["authority", name]."""
    if isinstance(evidence, TextEvidence):
        return [evidence.span.start, evidence.span.end]
    if isinstance(evidence, ByteEvidence):
        return [evidence.span.start, evidence.span.end, evidence.where]
    if isinstance(evidence, CopyEvidence):
        return ["copy", evidence.page_id]
    return ["authority", evidence.authority]


def load_evidence(value: object) -> Evidence:
    """The way back."""
    match as_list(value):
        case [int(start), int(end)]:
            return TextEvidence(Span(start, end))
        case [int(start), int(end), str(where)]:
            return ByteEvidence(ByteSpan(start, end), where)
        case ["copy", str(page_id)]:
            return CopyEvidence(page_id)
        case ["authority", str(authority)]:
            return AuthorityEvidence(authority)
    raise RecordError(f"the record has {str(value)[:80]!r} where evidence should stand")


def dump_unresolved(value: Unresolved) -> dict[str, object]:
    """An object with why, and with candidates if there are any."""
    return {"unresolved": value.why, **({"candidates": value.candidates} if value.candidates else {})}


def load_unresolved(value: dict[str, object]) -> Unresolved:
    """The way back."""
    return Unresolved(as_str(value["unresolved"]), tuple(map(as_str, as_list(value.get("candidates", [])))))
