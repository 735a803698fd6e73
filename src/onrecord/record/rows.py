"""Between the types that flow and what a column can hold: JSON, packed runs, days.

In: types. Out: str, bytes and numbers for sqlite3, and the way back, equal to what went in but for lone surrogates
(`folding`). Leaves SQL to the others.
"""

from __future__ import annotations

import heapq
import json
import re
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.errors import RecordError
from onrecord.record import folding
from onrecord.types import (
    Addressee,
    Attribution,
    AuthorityEvidence,
    ByteEvidence,
    ByteSpan,
    CopyEvidence,
    Day,
    Evidence,
    Given,
    Kind,
    Occasion,
    Precision,
    Run,
    RunKind,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    TextEvidence,
    Title,
    Unresolved,
    When,
    Zone,
    ZoneKind,
)

#: Beyond this an original does not unpack: what is stored came in under the limit of `intake`, so
#: more can only be a damaged or a planted blob.
MAX_UNPACKED_BYTES = 1 << 30


_RUN_KINDS = tuple(RunKind)
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")

# ---------------------------------------------------------------------------------------- JSON


def dump(value: object) -> str:
    """Compact JSON; readable beyond ASCII unless a lone surrogate forbids it."""
    out = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if folding.SURROGATE.search(out):
        return json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return out


def load(text: str) -> object:
    """What `dump` was given (tuples as lists). Raises RecordError where the column is damaged."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"a JSON column of the record is damaged: {error}") from error
    return value


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise RecordError(f"the record has {str(value)[:80]!r} where an object should stand")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise RecordError(f"the record has {str(value)[:80]!r} where a list should stand")
    return value


def _str(value: object) -> str:
    if not isinstance(value, str):
        raise RecordError(f"the record has {str(value)[:80]!r} where a string should stand")
    return value


def _maybe_str(value: object) -> str | None:
    return None if value is None else _str(value)


def _int(value: object) -> int:
    if not isinstance(value, int):
        raise RecordError(f"the record has {str(value)[:80]!r} where a whole number should stand")
    return value


def _float(value: object) -> float:
    if not isinstance(value, int | float):
        raise RecordError(f"the record has {str(value)[:80]!r} where a number should stand")
    return float(value)


def load_strings(text: str) -> tuple[str, ...]:
    """A JSON list of strings."""
    return tuple(_str(item) for item in _list(load(text)))


def load_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """A JSON object of strings, as pairs in its own order."""
    return tuple((key, _str(item)) for key, item in _mapping(load(text)).items())


def dump_spans(spans: Iterable[Span]) -> list[list[int]]:
    """Spans as lists of two."""
    return [[span.start, span.end] for span in spans]


def load_spans(value: object) -> tuple[Span, ...]:
    """The way back."""
    return tuple(Span(_int(pair[0]), _int(pair[1])) for pair in map(_list, _list(value)))


# ------------------------------------------------------------------------------------ evidence


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
    match _list(value):
        case [int(start), int(end)]:
            return TextEvidence(Span(start, end))
        case [int(start), int(end), str(where)]:
            return ByteEvidence(ByteSpan(start, end), where)
        case ["copy", str(page_id)]:
            return CopyEvidence(page_id)
        case ["authority", str(authority)]:
            return AuthorityEvidence(authority)
    raise RecordError(f"the record has {str(value)[:80]!r} where evidence should stand")


def _unresolved(value: Unresolved) -> dict[str, object]:
    return {"unresolved": value.why, **({"candidates": value.candidates} if value.candidates else {})}


def _load_unresolved(value: dict[str, object]) -> Unresolved:
    return Unresolved(_str(value["unresolved"]), tuple(map(_str, _list(value.get("candidates", [])))))


# ---------------------------------------------------------------------- the parts of a statement


def dump_speaker(speaker: Speaker | Unresolved) -> str:
    """[kind, score, evidence, [name, ...]], and id and on_behalf_of if it has any; or an object."""
    if isinstance(speaker, Unresolved):
        return dump(_unresolved(speaker))
    out: list[object] = [speaker.kind.value, speaker.score, dump_evidence(speaker.evidence), speaker.names]
    if speaker.id is not None or speaker.on_behalf_of is not None:
        out += [speaker.id, speaker.on_behalf_of]
    return dump(out)


def load_speaker(text: str) -> Speaker | Unresolved:
    """The way back."""
    value = load(text)
    if isinstance(value, dict):
        return _load_unresolved(value)
    kind, score, evidence, names, *more = _list(value)
    authority, on_behalf_of = more or (None, None)
    return Speaker(
        names=tuple(map(_str, _list(names))),
        kind=SpeakerKind(_str(kind)),
        score=_float(score),
        evidence=load_evidence(evidence),
        id=_maybe_str(authority),
        on_behalf_of=_maybe_str(on_behalf_of),
    )


def dump_addressee(addressee: Addressee | None) -> str | None:
    """[name, evidence], or nothing."""
    return None if addressee is None else dump([addressee.name, dump_evidence(addressee.evidence)])


def load_addressee(text: str | None) -> Addressee | None:
    """The way back."""
    if text is None:
        return None
    name, evidence = _list(load(text))
    return Addressee(_str(name), load_evidence(evidence))


def dump_occasion(occasion: Occasion | None) -> str | None:
    """[text, evidence], or nothing."""
    return None if occasion is None else dump([occasion.text, dump_evidence(occasion.evidence)])


def load_occasion(text: str | None) -> Occasion | None:
    """The way back."""
    if text is None:
        return None
    words, evidence = _list(load(text))
    return Occasion(_str(words), load_evidence(evidence))


def dump_day(day: Day | Unresolved | None) -> str | None:
    """[date, rule, evidence], and until if it is a range; or an object; or nothing."""
    if day is None:
        return None
    if isinstance(day, Unresolved):
        return dump(_unresolved(day))
    until = [] if day.until is None else [day.until]
    return dump([day.date, day.rule, dump_evidence(day.evidence), *until])


def load_day(text: str | None) -> Day | Unresolved | None:
    """The way back."""
    if text is None:
        return None
    value = load(text)
    if isinstance(value, dict):
        return _load_unresolved(value)
    date, rule, evidence, *until = _list(value)
    return Day(_str(date), _str(until[0]) if until else None, _str(rule), load_evidence(evidence))


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
    content, cue, source, *links = _list(load(spans))
    parent, continues = links or (None, None)
    return Attribution(
        source=load_spans(source),
        cue=load_spans(cue),
        content=load_spans(content),
        kind=Kind(kind),
        score=float(score),
        parent=None if parent is None else _int(parent),
        continues=None if continues is None else _int(continues),
    )


def load_content(spans: str) -> tuple[Span, ...]:
    """The content alone of what `dump_attribution_spans` made."""
    return load_spans(_list(load(spans))[0])


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


# ------------------------------------------------------------------------- the parts of a page


def dump_given(given: Given | None) -> str | None:
    """One JSON object, or nothing."""
    if given is None:
        return None
    return dump(
        {
            "title": given.title,
            "url": given.url,
            "publisher": given.publisher,
            "date": given.date,
            "authors": given.authors,
        }
    )


def load_given(text: str | None) -> Given | None:
    """The way back."""
    if text is None:
        return None
    value = _mapping(load(text))
    return Given(
        title=_maybe_str(value["title"]),
        url=_maybe_str(value["url"]),
        publisher=_maybe_str(value["publisher"]),
        date=_maybe_str(value["date"]),
        authors=tuple(map(_str, _list(value["authors"]))),
    )


def when_object(when: When | Unresolved | None) -> object:
    """A JSON object, or nothing."""
    if when is None:
        return None
    if isinstance(when, Unresolved):
        return _unresolved(when)
    return {"date": when.date, "precision": when.precision.value, "evidence": dump_evidence(when.evidence)}


def load_when(value: object) -> When | Unresolved | None:
    """The way back."""
    if value is None:
        return None
    mapping = _mapping(value)
    if "unresolved" in mapping:
        return _load_unresolved(mapping)
    return When(
        _str(mapping["date"]), Precision(_str(mapping["precision"])), load_evidence(mapping["evidence"])
    )


def dump_details(
    titles: Sequence[Title], published: When | Unresolved | None, modified: When | Unresolved | None
) -> str:
    """What `articles.details` holds."""
    return dump(
        {
            "titles": [[title.where, title.text] for title in titles],
            "published": when_object(published),
            "modified": when_object(modified),
        }
    )


def load_details(
    text: str,
) -> tuple[tuple[Title, ...], When | Unresolved | None, When | Unresolved | None]:
    """The way back."""
    value = _mapping(load(text))
    titles = tuple(Title(_str(pair[0]), _str(pair[1])) for pair in map(_list, _list(value["titles"])))
    return titles, load_when(value["published"]), load_when(value["modified"])


def dump_zones(zones: Iterable[Zone]) -> str:
    """[kind, start, end, score] each."""
    return dump([[zone.kind.value, zone.span.start, zone.span.end, zone.score] for zone in zones])


def load_zones(text: str) -> tuple[Zone, ...]:
    """The way back."""
    return tuple(
        Zone(ZoneKind(_str(kind)), Span(_int(start), _int(end)), _float(score))
        for kind, start, end, score in map(_list, _list(load(text)))
    )


def pack_runs(runs: Iterable[Run]) -> bytes:
    """Runs in little space: zlib of JSON of five numbers a run, one flat list.

    Text offset and byte offset counted from the end of the run before, lengths, and the kind's place
    in RunKind: a page's runs repeat themselves much in this form (a tenth of the plain JSON).
    """
    flat: list[int] = []
    text_at = byte_at = 0
    for run in runs:
        flat += (
            run.text_start - text_at,
            run.text_end - run.text_start,
            run.byte_start - byte_at,
            run.byte_end - run.byte_start,
            _RUN_KINDS.index(run.kind),
        )
        text_at, byte_at = run.text_end, run.byte_end
    return zlib.compress(json.dumps(flat, separators=(",", ":")).encode("ascii"))


def unpack_runs(packed: bytes) -> tuple[Run, ...]:
    """The way back. Raises RecordError where it is damaged."""
    flat = [_int(number) for number in _list(load(unpack(packed).decode("ascii", "replace")))]
    if len(flat) % 5:
        raise RecordError(f"the packed runs hold {len(flat)} numbers, which is no multiple of 5")
    out = []
    text_at = byte_at = 0
    for i in range(0, len(flat), 5):
        text_start, byte_start = text_at + flat[i], byte_at + flat[i + 2]
        text_at, byte_at = text_start + flat[i + 1], byte_start + flat[i + 3]
        if not 0 <= flat[i + 4] < len(_RUN_KINDS):
            raise RecordError(f"the packed runs name a kind {flat[i + 4]}, of {len(_RUN_KINDS)}")
        out.append(Run(text_start, text_at, byte_start, byte_at, _RUN_KINDS[flat[i + 4]]))
    return tuple(out)


def pack(content: bytes) -> bytes:
    """The bytes in little space (zlib, whose checksum tells a flipped bit before the hash does)."""
    return zlib.compress(content, 6)


def unpack(packed: bytes) -> bytes:
    """The way back. Raises RecordError where it is damaged, cut short or grows beyond all bounds."""
    unpacker = zlib.decompressobj()
    try:
        out = unpacker.decompress(packed, MAX_UNPACKED_BYTES)
    except (zlib.error, TypeError) as error:
        raise RecordError(f"what is stored packed does not unpack: {error}") from error
    if not unpacker.eof or unpacker.unused_data:
        raise RecordError("what is stored packed does not unpack: it is cut short or has too much")
    return out


def pack_minhash(minhash: Sequence[int]) -> bytes:
    """32-bit values, little end first."""
    return struct.pack(f"<{len(minhash)}I", *minhash)


def unpack_minhash(packed: bytes) -> tuple[int, ...]:
    """The way back. Raises RecordError where it is damaged."""
    if len(packed) % 4:
        raise RecordError(f"a sketch of {len(packed)} bytes is damaged")
    return struct.unpack(f"<{len(packed) // 4}I", packed)


# --------------------------------------------------------------------------------------- zones


def innermost_zones(zones: Sequence[Zone], points: Sequence[int]) -> list[ZoneKind | None]:
    """For each point, in rising order, the kind of the smallest zone that covers it (of two, the later)."""
    waiting = sorted(range(len(zones)), key=lambda i: zones[i].span.start)
    live: list[tuple[int, int, int]] = []  # (length, -place, end)
    out: list[ZoneKind | None] = []
    next_zone = 0
    for point in points:
        while next_zone < len(waiting) and zones[waiting[next_zone]].span.start <= point:
            place = waiting[next_zone]
            span = zones[place].span
            heapq.heappush(live, (span.end - span.start, -place, span.end))
            next_zone += 1
        while live and live[0][2] <= point:
            heapq.heappop(live)
        out.append(zones[-live[0][1]].kind if live else None)
    return out


# ---------------------------------------------------------------------------------------- days


def first_day(date: str | None) -> str | None:
    """The first day of an ISO date of any precision: 2014 -> 2014-01-01; None where it is no date."""
    return _padded(date, "-01-01")


def last_day(date: str | None) -> str | None:
    """The last day of an ISO date of any precision (a month has 31: days are only compared)."""
    return _padded(date, "-12-31")


def _padded(date: str | None, rest: str) -> str | None:
    m = _DATE.match(date) if date else None
    return m.group() + rest[len(m.group()) - 4 :] if m else None
