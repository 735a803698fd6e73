"""The day that a text states of itself where no line beside its headline does: in its dateline, in a transcript's heading.

In: the page's text, its units and their kinds. Out: a Time and its characters, or None. "ORLO, 2 June 2026 – Marlow Lines
today …" is the day of a press release or of a wire story; "TARN CITY, Feb. 9 (Wire) —" has no year and gives no day. A
day without a place before or after it is not a dateline: chronicles begin so. Leaves to `metadata` whom to believe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.article.times import Time, find_time
from onrecord.article.turns import is_turn
from onrecord.article.units import Units, rows_of, start_of
from onrecord.types import Precision, Span, ZoneKind

#: Paragraphs of which the first with a dateline counts, and those that may not have other days: then it is a chronicle.
FIRST_UNITS, CHRONICLE_UNITS = 3, 40
#: Characters of the longest dateline.
MAX_CHARS = 160

_WORD = (
    r"(?!(?:In|On|At|By|From|Since|Until|Before|After|For|Updated?|Published|Posted)\b)[^\W\d_a-z][\w.’'-]*"
)
_PLACE = rf"{_WORD}(?:[ ](?:de|del|la|of|on|upon|the|and|am|an|der|{_WORD})){{0,4}}"
_PLACES = rf"{_PLACE}(?:,[ ]{{0,3}}{_PLACE}){{0,3}}"
_AGENCY = r"(?:\([^()\n]{1,30}\)|/[^/\n]{1,30}/)"
_DASH = r"(?:\s*[–—―]|\s*--|\s-(?=\s))"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
#: What stands before the day: "ORLO, ", "(New Sarn, Lunt – ", "ORLO (Wire) — ".
_BEFORE = re.compile(rf"[(\[]?{_PLACES}\s*{_AGENCY}?\s*(?:[,.:|/]|{_DASH})?\s*{_WEEKDAY}")
#: What stands after it: " – ", " (Wire) -- ", " /Wire/ --", ": ".
_AFTER = re.compile(rf"[)\]]?\s*{_AGENCY}?[)\]]?(?:{_DASH}|:)\s*\S")
_CLOSED = re.compile(r"[)\]]\s*\S")
#: After a day with which the paragraph begins: the place, and the mark after it.
_PLACE_AFTER = re.compile(rf"(?:,|\s*[|/]|{_DASH})\s*{_PLACES}\s*{_AGENCY}?(?:{_DASH}|:)\s*\S")


def find_dated(text: str, units: Units, kinds: Sequence[ZoneKind]) -> tuple[Time, Span] | None:
    """The day of the dateline, or else of a transcript's heading, and its characters on the page."""
    body = rows_of(kinds, ZoneKind.BODY)
    found = [
        (i, time) for i in body[:CHRONICLE_UNITS] if (time := time_in_dateline(units.texts[i])) is not None
    ]
    if found and found[0][0] in body[:FIRST_UNITS] and len({time.iso[:10] for _, time in found}) == 1:
        return _placed(text, units, *found[0])
    if body and is_turn(units.texts[body[0]]):
        for i in rows_of(kinds, ZoneKind.TITLE):
            time = find_time(units.texts[i])
            if time and time.precision is not Precision.MONTH:
                return _placed(text, units, i, time)
    return None


def time_in_dateline(paragraph: str) -> Time | None:
    """The whole date in the dateline with which a paragraph begins."""
    head = paragraph[:MAX_CHARS]
    time = find_time(head)
    if time is None or time.precision is Precision.MONTH:
        return None
    before, after = head[: time.start], head[time.end :]
    if not before.strip(" ([") and _PLACE_AFTER.match(after):
        return time
    if not _BEFORE.fullmatch(before):
        return None
    is_closed = before[0] in "([" and _CLOSED.match(after) is not None
    return time if is_closed or _AFTER.match(after) else None


def _placed(text: str, units: Units, i: int, time: Time) -> tuple[Time, Span]:
    start = start_of(text, units, i) + time.start
    return time, Span(start, start + time.end - time.start)
