"""Which stretch of the page is what: one kind a unit, and the zones they make.

In: Units, their signs and, for each, how likely it is the article's own paragraph. Out: a ZoneKind
a unit, and zones. A zone is a run of units of one kind; body zones break where a heading, a
caption, an appeal or furniture interrupts them, so no two zones overlap.
Leaves to others: reading those probabilities off the page (score.py), and names, days, addresses.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from onrecord.article.asides import mark_appeals, mark_comments, mark_other_voices
from onrecord.article.bylines import mark_biographies, mark_name_lines
from onrecord.article.endnotes import mark_end_notes
from onrecord.article.frame import mark_gaps, mark_head, mark_tail
from onrecord.article.head import mark_late_head, mark_standfirsts
from onrecord.article.paragraphs import (
    mark_after,
    mark_alike,
    mark_between,
    mark_embeds,
    mark_picture_lines,
    mark_repeated_labels,
)
from onrecord.article.score import IS_BODY
from onrecord.article.signs import Sign
from onrecord.article.units import Units, rows_of
from onrecord.types import Page, Span, Zone, ZoneKind

_BODY: Final = ZoneKind.BODY
_CHROME: Final = ZoneKind.CHROME
#: Signs that are right against any score.
_NEVER_BODY: Final = (
    Sign.THREAD,
    Sign.REMARK,
    Sign.FORM,
    Sign.CREDIT,
    Sign.LABEL,
    Sign.DATE,
    Sign.BYLINE,
    Sign.BUTTON,
    Sign.NOTICE,
)
#: Kinds of which each unit is a zone of its own.
_SINGLE: Final = (ZoneKind.TITLE, ZoneKind.DATE, ZoneKind.BYLINE, ZoneKind.HEADING, ZoneKind.CAPTION)
_TITLE_MARK: Final = re.compile(r"\s*(?:#{1,6}\s+|={2,}\s+|(?:title|headline)\s*:\s+)", re.IGNORECASE)


def find_kinds(
    units: Units,
    signs: tuple[Sign | None, ...],
    scores: tuple[float, ...],
    title: int | None,
    mail: Collection[int] = (),
) -> tuple[ZoneKind, ...]:
    """One kind a unit. title: the unit that carries the headline, if one does."""
    kinds: list[ZoneKind | None] = [None] * len(units)
    for i in mail:
        kinds[i] = ZoneKind.CHROME
    end = mark_comments(units, signs, scores, kinds)
    mark_appeals(units, signs, kinds)
    mark_other_voices(units, signs, scores, kinds)
    body = [
        i
        for i in range(end)
        if kinds[i] is None
        and scores[i] >= IS_BODY
        and i != title
        and (signs[i] is None or signs[i] not in _NEVER_BODY)
    ]
    for i in body:
        kinds[i] = ZoneKind.BODY
    mark_repeated_labels(units, kinds)
    if units.is_html:
        mark_embeds(units, kinds)
        mark_alike(units, signs, scores, kinds, end)
    else:
        mark_after(units, signs, scores, kinds, end)
        mark_between(units, signs, scores, kinds)
    mark_picture_lines(units, signs, kinds)
    mark_end_notes(units, kinds)
    body = rows_of(kinds, ZoneKind.BODY)
    if title is not None:
        kinds[title] = ZoneKind.TITLE
    if body:
        mark_head(units, signs, kinds, title, body[0])
        mark_gaps(units, signs, kinds, body[0], body[-1])
        mark_late_head(units, signs, kinds, title)
        mark_standfirsts(units, kinds, title)
        mark_name_lines(units, signs, kinds, title)
        mark_biographies(units, kinds)
        mark_tail(units, signs, kinds, body[-1])
    own = [
        _CHROME if kind is None and sign is None else kind or _own_kind(sign)
        for kind, sign in zip(kinds, signs, strict=True)
    ]
    return tuple(own)


def make_zones(
    page: Page, units: Units, kinds: tuple[ZoneKind, ...], scores: tuple[float, ...]
) -> tuple[Zone, ...]:
    """Runs of units of one kind, in the order of the text."""
    zones: list[Zone] = []
    starts, ends = units.spans.starts, units.spans.ends
    end, n = 0, len(kinds)
    while end < n:
        first, kind = end, kinds[end]
        while end < n and kinds[end] is kind:
            end += 1
        if kind in _SINGLE:
            zones.extend(_single(page, starts[i], ends[i], kind) for i in range(first, end))
            continue
        score = sum(scores[first:end]) / (end - first)
        sure = score if kind is _BODY else 1 - score
        zones.append(Zone(kind, Span(starts[first], ends[end - 1]), round(sure, 3)))
    return tuple(zones)


def _single(page: Page, start: int, end: int, kind: ZoneKind) -> Zone:
    if kind is ZoneKind.TITLE:
        m = _TITLE_MARK.match(page.text, start, end)
        if m and m.end() < end:
            start = m.end()
    return Zone(kind, Span(start, end), 0.9)


def _own_kind(sign: Sign | None) -> ZoneKind:
    """What a unit is when nothing but its own words speaks."""
    if sign is Sign.APPEAL:
        return ZoneKind.APPEAL
    if sign is Sign.REMARK:
        return ZoneKind.COMMENTS
    return _CHROME
