"""Dates as pages write them, to ISO 8601.

In: a few words ("July 09, 2014", "Fri, 28 Apr 2023 17:40:08 GMT", "2024-03-07T07:55:25Z"). Out: the
time as long as its precision allows, its zone kept, and where in the words it stood. English names
of months; "15 hours ago" and days without a year settle nothing here. Leaves to others: which of a
page's dates is its own (metadata.py), and every day inside the article (the room `dates`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Final

from onrecord.article.lexicon import load_list
from onrecord.types import Precision

#: Zones that people write by name, in minutes east of Greenwich. "ET" and its like are left out: they
#: name two zones, and which of them depends on the day.
ZONES: Final = {
    "z": 0, "gmt": 0, "utc": 0, "ut": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180,
    "sast": 120, "cat": 120, "eat": 180, "msk": 180, "ist": 330, "sgt": 480, "hkt": 480, "jst": 540,
    "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
    "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
}  # fmt: skip

_OFFSET: Final = re.compile(r"(?:gmt|utc)?([+-])(\d\d?):?(\d\d)?")
_TIME: Final = (
    r"(?:(?:,|\s|at|T|-|–|—|\||·|•|/)*"
    r"(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?"
    r"\s*\(?(?P<zone>(?:GMT|UTC)?\s?[+-]\d\d?(?::?\d\d)?|Z\b|[A-Z]{2,4}\b)?)?"
)
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"


#: Characters before and after its year in which a date stands: "31st of septiembre de 2024 – 07:55:25.123 (GMT+02:00)".
BEFORE_YEAR: Final = 40
AFTER_YEAR: Final = 80
_YEARS: Final = re.compile(r"(?:19|20)\d\d")
#: The order in which the patterns are tried, most often found ones first; those with a month's name, and that begin with it.
_ROWS: Final = (1, 2, 0, 3, 4, 5)
_NAMED: Final = (1, 2, 5)
_MONTH_FIRST: Final = (1, 5)
_YEAR_FIRST: Final = 0
#: Those with slashes, and the one of them that may have dots instead.
_SLASHED: Final = (3, 4)
_DOTTED: Final = 3
#: Where a month may begin: also where two lines were run together.
_START: Final = r"(?:\b|(?-i:(?<=[a-z])(?=[A-Z])))"
#: Places where a pattern is tried one by one, before a search of the rest comes cheaper.
MAX_TRIED: Final = 12


@dataclass(frozen=True, slots=True)
class Time:
    """ISO 8601, its precision, and [start, end) of the words that say so.

    other: the second reading of "03/04/2024", else None; "03.04.2024" has one, day first.
    """

    iso: str
    precision: Precision
    start: int
    end: int
    other: str | None = None


def find_times(words: str) -> Iterator[Time]:
    """The dates with a year that stand in the words, in order."""
    at = 0
    while year := _YEARS.search(words, at):
        first = _first_date(words, max(at, year.start() - BEFORE_YEAR), year.end() + AFTER_YEAR)
        if first is None:
            at = year.end()
            continue
        time = _time(first)
        if time:
            yield time
        at = max(first.end(), first.start() + 1) if time else first.start() + 1


def _first_date(words: str, start: int, end: int) -> re.Match[str] | None:
    """What one of the patterns finds first, the longest there, the earlier pattern's of equal ones."""
    month = _month_pattern().search(words, start, end)
    patterns = _patterns()
    first: re.Match[str] | None = None
    first_start = first_end = first_row = 0
    for row in _ROWS:
        if month is None and row in _NAMED:
            continue
        if row in _SLASHED and not _has_slash(words, start, end, or_dot=row == _DOTTED):
            continue
        at = month.start() if month is not None and row in _MONTH_FIRST else start
        if first is None:
            m = _from_year(words, at, end) if row == _YEAR_FIRST else patterns[row].search(words, at, end)
        else:  # only what begins no later counts: most dates stand at a line's start
            m = _found_by(patterns[row], words, at, first_start, end)
        if m is None:
            continue
        m_start, m_end = m.span()
        is_same = m_start == first_start and m_end == first_end
        if first is None or m_start < first_start or m_end > first_end or (is_same and row < first_row):
            first, first_start, first_end, first_row = m, m_start, m_end, row
    return first


def _from_year(words: str, start: int, end: int) -> re.Match[str] | None:
    """What the pattern finds first that begins with the year."""
    pattern = _patterns()[_YEAR_FIRST]
    for year in _YEARS.finditer(words, start, end):
        m = pattern.match(words, year.start(), end)
        if m is not None:
            return m
    return None


def _has_slash(words: str, start: int, end: int, *, or_dot: bool) -> bool:
    return words.find("/", start, end) >= 0 or (or_dot and words.find(".", start, end) >= 0)


def _found_by(pattern: re.Pattern[str], words: str, start: int, last: int, end: int) -> re.Match[str] | None:
    """What the pattern finds first, if it begins at `last` or before."""
    if last - start > MAX_TRIED:
        m = pattern.search(words, start, end)
        return m if m is not None and m.start() <= last else None
    for at in range(start, last + 1):
        m = pattern.match(words, at, end)
        if m is not None:
            return m
    return None


def find_time(words: str) -> Time | None:
    """The first date with a year that stands in the words (their first 400 characters)."""
    words = words[:400]
    return _first_time(words) if "20" in words or "19" in words else None


@lru_cache(maxsize=256)  # several rules ask about one line
def _first_time(words: str) -> Time | None:
    if not _YEARS.search(words):
        return None
    m = _patterns()[0].match(words)
    return (_time(m) if m else None) or next(find_times(words), None)


@cache
def _months() -> dict[str, int]:
    return {name: int(number) for name, number in (item.split() for item in load_list("months"))}


@cache
def _month_pattern() -> re.Pattern[str]:
    """Finds the first month that may be a date's: words without any are not searched for one that has its name."""
    return re.compile(rf"{_START}(?:{_any_of(_months())})[\s,.-]", re.IGNORECASE)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = rf"(?P<month>{_any_of(_months())})\.?"
    day = r"(?P<day>0?[1-9]|[12]\d|3[01])"
    return tuple(
        re.compile(p, re.IGNORECASE)
        for p in (
            rf"(?<!\d){_YEAR}(?P<dash>[-/.]?)(?P<mm>0[1-9]|1[0-2])(?P=dash){day}(?!\d){_TIME}",
            rf"{_START}{month}\s+{day}(?:st|nd|rd|th)?,?\s+{_YEAR}{_TIME}",
            rf"(?<!\d){day}(?:st|nd|rd|th)?[\s.-]+(?:(?:of|de)\s+)?{month}[\s,.-]+(?:de\s+)?{_YEAR}{_TIME}",
            rf"(?<![\d/]){day}(?P<slash>[/.])(?P<mm>0?[1-9]|1[0-2])(?P=slash){_YEAR}(?!\d){_TIME}",
            rf"(?<![\d/])(?P<mm>0?[1-9]|1[0-2])/{day}/{_YEAR}(?!\d){_TIME}",
            rf"{_START}{month}\s+{_YEAR}\b",
        )
    )


def _any_of(names: Iterable[str]) -> str:
    """A pattern for any of the names, the longest first; those of one letter together, which spares most trials."""
    longest_first = sorted(names, key=lambda name: (name[0], -len(name), name))
    groups = groupby(longest_first, key=lambda name: name[0])
    return "|".join(f"{first}(?:{'|'.join(name[1:] for name in some)})" for first, some in groups)


def _time(m: re.Match[str]) -> Time | None:
    parts = m.groupdict()
    year, month = int(parts["year"]), parts.get("month")
    number = _months()[month.lower()] if month else int(parts["mm"])
    if not parts.get("day"):
        return Time(f"{year:04}-{number:02}", Precision.MONTH, m.start(), m.end())
    day = int(parts["day"])
    other = None
    if parts.get("slash") == "/" and day <= 12 and number <= 12 and day != number:
        other = f"{year:04}-{day:02}-{number:02}"
    try:
        date = datetime.date(year, number, day)
    except ValueError:
        return None
    if not parts.get("hour"):
        end = m.end("year") if m.end("year") > m.start("day") else m.end("day")
        return Time(date.isoformat(), Precision.DAY, m.start(), end, other)
    hour, half = int(parts["hour"]), (parts.get("half") or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            return Time(date.isoformat(), Precision.DAY, m.start(), m.end("hour"), other)
        hour = hour % 12 + (12 if half == "p" else 0)
    clock = f"{hour:02}:{parts['minute']}" + (f":{parts['second']}" if parts["second"] else "")
    zone, end = _zone(parts.get("zone") or ""), m.end()
    if zone is None:
        zone, end = "", m.start("zone")
    return Time(f"{date.isoformat()}T{clock}{zone}", Precision.TIME, m.start(), end, other)


def _zone(words: str) -> str | None:
    """ "+02:00" for the words of a zone, "" for none, None for words that name no zone known here."""
    name = "".join(words.split()).lower()
    if not name:
        return ""
    m = _OFFSET.fullmatch(name)
    if m:
        return f"{m[1]}{int(m[2]):02}:{m[3] or '00'}" if int(m[2]) <= 14 else None
    if name not in ZONES:
        return None
    minutes = ZONES[name]
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
