"""What a user says of speakers: that two are one, or one is two.

In: an open Record and names as people write them. Out: Decisions, which outlast rereading. Leaves keeping and
applying them to `record`.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.errors import InputError
from onrecord.pipeline.recording import settle
from onrecord.record import Decision, DecisionKind, Record, SpeakerRef
from onrecord.types import SpeakerKind


def merge_speakers(record: Record, name: str, into: str, note: str | None = None) -> Decision:
    """One speaker from two, from now on: NAME's statements are INTO's. Lasts, and survives rereading."""
    one, other = _speaker(record, name), _speaker(record, into)
    return record.decide(
        Decision(
            number=0,
            kind=DecisionKind.MERGE,
            made_at="",
            note=note,
            name=one.name,
            name_kind=one.kind,
            into_names=(other.name,),
            into_kind=other.kind,
        )
    )


def split_speaker(
    record: Record,
    name: str,
    statement_ids: Sequence[str] = (),
    into: str | None = None,
    note: str | None = None,
) -> tuple[Decision, ...]:
    """Two speakers from one: a merge of NAME undone (or the tie of its spelling), or these statements given to INTO."""
    if bool(statement_ids) != bool(into):
        raise InputError("a split names --statement ID and --into NAME together, or neither to undo a merge")
    if not statement_ids:
        merges = [
            d
            for d in record.decisions()
            if d.kind is DecisionKind.MERGE and d.undone_at is None and d.name == name
        ]
        if not merges:
            return (record.decide(_stands_alone(record, name, note)),)
        return tuple(record.undo(d.number) for d in merges)
    made = []
    for statement_id in statement_ids:
        found = record.statement(statement_id)
        if not found:
            raise InputError(
                f"{statement_id}: no such statement on record; `onrecord search` shows their ids"
            )
        for entry in found:
            kind = entry.speakers[0].kind if entry.speakers else SpeakerKind.PERSON
            decision = record.about(
                entry, DecisionKind.SPEAKER, into_names=(into or "",), into_kind=kind, note=note
            )
            made.append(record.decide(decision))
    settle(record)
    return tuple(made)


def _stands_alone(record: Record, name: str, note: str | None) -> Decision:
    """That a name is a speaker of its own, where its spelling alone has tied it to another."""
    entry = record.speaker(_speaker(record, name).number)
    if entry is None or len(entry.names) < 2:
        raise InputError(f"{name}: no merge of this name to undo; `onrecord speakers` lists the names")
    return Decision(0, DecisionKind.SPLIT, "", note, name=name, name_kind=entry.kind)


def _speaker(record: Record, name: str) -> SpeakerRef:
    found = record.find_speakers(name)
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(f"{name}: no such speaker on record; `onrecord speakers` lists them")
    raise InputError(f"{name}: may be {', '.join(ref.name for ref in found[:8])}; give one of them in full")
