"""The parts of a page and its article as columns: what was given, times, titles, zones.

In: the parts, or columns. Out: the other. Leaves the original and its runs to `packed`.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

from onrecord.record.rows.evidence import dump_evidence, dump_unresolved, load_evidence, load_unresolved
from onrecord.record.rows.values import (
    as_float,
    as_int,
    as_list,
    as_mapping,
    as_maybe_str,
    as_str,
    dump,
    load,
)
from onrecord.types import Given, Precision, Span, Title, Unresolved, When, Zone, ZoneKind


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
    value = as_mapping(load(text))
    return Given(
        title=as_maybe_str(value["title"]),
        url=as_maybe_str(value["url"]),
        publisher=as_maybe_str(value["publisher"]),
        date=as_maybe_str(value["date"]),
        authors=tuple(map(as_str, as_list(value["authors"]))),
    )


def when_object(when: When | Unresolved | None) -> object:
    """A JSON object, or nothing."""
    if when is None:
        return None
    if isinstance(when, Unresolved):
        return dump_unresolved(when)
    return {"date": when.date, "precision": when.precision.value, "evidence": dump_evidence(when.evidence)}


def load_when(value: object) -> When | Unresolved | None:
    """The way back."""
    if value is None:
        return None
    mapping = as_mapping(value)
    if "unresolved" in mapping:
        return load_unresolved(mapping)
    return When(
        as_str(mapping["date"]), Precision(as_str(mapping["precision"])), load_evidence(mapping["evidence"])
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
    value = as_mapping(load(text))
    titles = tuple(Title(as_str(pair[0]), as_str(pair[1])) for pair in map(as_list, as_list(value["titles"])))
    return titles, load_when(value["published"]), load_when(value["modified"])


def dump_zones(zones: Iterable[Zone]) -> str:
    """[kind, start, end, score] each."""
    return dump([[zone.kind.value, zone.span.start, zone.span.end, zone.score] for zone in zones])


def load_zones(text: str) -> tuple[Zone, ...]:
    """The way back."""
    return tuple(
        Zone(ZoneKind(as_str(kind)), Span(as_int(start), as_int(end)), as_float(score))
        for kind, start, end, score in map(as_list, as_list(load(text)))
    )


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
