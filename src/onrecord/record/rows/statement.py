"""The parts of a statement as columns: speaker, addressee, occasion, day, spans.

In: the parts, or columns. Out: the other. Leaves who asks for which column to `pages` and `entries`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.record.rows.evidence import dump_evidence, dump_unresolved, load_evidence, load_unresolved
from onrecord.record.rows.values import (
    as_float,
    as_int,
    as_list,
    as_maybe_str,
    as_str,
    dump,
    dump_spans,
    load,
    load_spans,
)
from onrecord.types import (
    Addressee,
    Attribution,
    Day,
    Kind,
    Occasion,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    Unresolved,
)


def dump_speaker(speaker: Speaker | Unresolved) -> str:
    """[kind, score, evidence, [name, ...]], and id and on_behalf_of if it has any; or an object."""
    if isinstance(speaker, Unresolved):
        return dump(dump_unresolved(speaker))
    out: list[object] = [speaker.kind.value, speaker.score, dump_evidence(speaker.evidence), speaker.names]
    if speaker.id is not None or speaker.on_behalf_of is not None:
        out += [speaker.id, speaker.on_behalf_of]
    return dump(out)


def load_speaker(text: str) -> Speaker | Unresolved:
    """The way back."""
    value = load(text)
    if isinstance(value, dict):
        return load_unresolved(value)
    kind, score, evidence, names, *more = as_list(value)
    authority, on_behalf_of = more or (None, None)
    return Speaker(
        names=tuple(map(as_str, as_list(names))),
        kind=SpeakerKind(as_str(kind)),
        score=as_float(score),
        evidence=load_evidence(evidence),
        id=as_maybe_str(authority),
        on_behalf_of=as_maybe_str(on_behalf_of),
    )


def dump_addressee(addressee: Addressee | None) -> str | None:
    """[name, evidence], or nothing."""
    return None if addressee is None else dump([addressee.name, dump_evidence(addressee.evidence)])


def load_addressee(text: str | None) -> Addressee | None:
    """The way back."""
    if text is None:
        return None
    name, evidence = as_list(load(text))
    return Addressee(as_str(name), load_evidence(evidence))


def dump_occasion(occasion: Occasion | None) -> str | None:
    """[text, evidence], or nothing."""
    return None if occasion is None else dump([occasion.text, dump_evidence(occasion.evidence)])


def load_occasion(text: str | None) -> Occasion | None:
    """The way back."""
    if text is None:
        return None
    words, evidence = as_list(load(text))
    return Occasion(as_str(words), load_evidence(evidence))


def dump_day(day: Day | Unresolved | None) -> str | None:
    """[date, rule, evidence], and until if it is a range; or an object; or nothing."""
    if day is None:
        return None
    if isinstance(day, Unresolved):
        return dump(dump_unresolved(day))
    until = [] if day.until is None else [day.until]
    return dump([day.date, day.rule, dump_evidence(day.evidence), *until])


def load_day(text: str | None) -> Day | Unresolved | None:
    """The way back."""
    if text is None:
        return None
    value = load(text)
    if isinstance(value, dict):
        return load_unresolved(value)
    date, rule, evidence, *until = as_list(value)
    return Day(as_str(date), as_str(until[0]) if until else None, as_str(rule), load_evidence(evidence))


def dump_attribution_spans(attribution: Attribution) -> str:
    """[content, cue, source], and the places of its parent and of what it continues if it has any."""
    out: list[object] = [
        dump_spans(spans) for spans in (attribution.content, attribution.cue, attribution.source)
    ]
    if attribution.parent is not None or attribution.continues is not None:
        out += [attribution.parent, attribution.continues]
    return dump(out)


def load_attribution(spans: str, kind: str, score: float) -> Attribution:
    """The way back."""
    content, cue, source, *links = as_list(load(spans))
    parent, continues = links or (None, None)
    return Attribution(
        source=load_spans(source),
        cue=load_spans(cue),
        content=load_spans(content),
        kind=Kind(kind),
        score=float(score),
        parent=None if parent is None else as_int(parent),
        continues=None if continues is None else as_int(continues),
    )


def load_content(spans: str) -> tuple[Span, ...]:
    """The content alone of what `dump_attribution_spans` made."""
    return load_spans(as_list(load(spans))[0])


def without(statements: Sequence[Statement], dropped: frozenset[int]) -> tuple[Statement, ...]:
    """The statements less those at some positions; what was nested in or continued those stands alone."""
    if not dropped:
        return tuple(statements)
    places, n_kept = list[int | None](), 0
    for position in range(len(statements)):
        places.append(None if position in dropped else n_kept)
        n_kept += position not in dropped

    def moved(index: int | None) -> int | None:
        return None if index is None else places[index]

    out = []
    for position, statement in enumerate(statements):
        if position in dropped:
            continue
        attribution = statement.attribution
        parent = moved(attribution.parent)
        out.append(
            replace(
                statement,
                parent=None if attribution.parent is not None and parent is None else statement.parent,
                attribution=replace(attribution, parent=parent, continues=moved(attribution.continues)),
            )
        )
    return tuple(out)
