"""The article's head where its standfirst reads like a paragraph: title, sentence, byline, date, first paragraph.

In: Units, signs, kinds in which title and paragraphs are marked. Out: the same list: a byline or date soon after the
title named, and what stands between the two a standfirst. Leaves to `frame` a head in which no paragraph stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from onrecord.article.signs import Sign
from onrecord.article.units import Units
from onrecord.types import ZoneKind

_BODY: Final = ZoneKind.BODY
#: Units after the title in which a byline or a date is the article's, and how many paragraphs may stand before it.
HEAD_UNITS: Final = 12
MAX_DEKS: Final = 2
#: Words of a standfirst.
MIN_DEK_WORDS: Final = 6
MAX_DEK_WORDS: Final = 60

_KINDS: Final = {Sign.BYLINE: ZoneKind.BYLINE, Sign.DATE: ZoneKind.DATE}
_STANDFIRSTS: Final = frozenset(
    (
        "standfirst",
        "dek",
        "deck",
        "subtitle",
        "sub-title",
        "subheadline",
        "article-subtitle",
        "article-dek",
        "article-standfirst",
    )
)
_OPEN: Final = (None, ZoneKind.CHROME)


def mark_late_head(
    units: Units, signs: tuple[Sign | None, ...], kinds: list[ZoneKind | None], title: int | None
) -> None:
    """Name a byline and a date that follow a standfirst which was taken for a paragraph, and the standfirst."""
    if title is None:
        return
    deks: list[int] = []
    is_named = False
    for i in range(title + 1, min(len(units), title + 1 + HEAD_UNITS)):
        if kinds[i] is _BODY:
            deks.append(i)
            if len(deks) > MAX_DEKS or len(units.words[i]) > MAX_DEK_WORDS:
                break
        sign = signs[i]
        kind = _KINDS.get(sign) if sign else None
        if kind is None or (kinds[i] not in _OPEN and kinds[i] is not kind):
            continue
        if not is_named and not any(kinds[k] is _BODY for k in range(i + 1, min(len(units), i + 20))):
            break
        if not is_named and not deks and _may_be_dek(units, signs, kinds, title + 1, i):
            deks.append(title + 1)
        kinds[i], is_named = kind, True
        for k in deks:
            kinds[k] = ZoneKind.DEK
        deks = []


def _may_be_dek(
    units: Units, signs: tuple[Sign | None, ...], kinds: Sequence[ZoneKind | None], i: int, named: int
) -> bool:
    """Whether a line right under the title, which no other rule has named, and above byline or date is long enough."""
    return (
        i < named
        and kinds[i] in _OPEN
        and signs[i] is None
        and not units.links[i]
        and MIN_DEK_WORDS <= len(units.words[i]) <= MAX_DEK_WORDS
    )


def mark_standfirsts(units: Units, kinds: list[ZoneKind | None], title: int | None) -> None:
    """Name the paragraphs close under the title that the markup calls a standfirst."""
    if title is None or not units.is_html:
        return
    for i in range(title + 1, min(len(units), title + 1 + HEAD_UNITS)):
        if kinds[i] is _BODY and not _STANDFIRSTS.isdisjoint(units.marks[i][-2:]):
            kinds[i] = ZoneKind.DEK
