"""Words for days, and which day they mean seen from an article's date.

In: text. Out: `Mark`s: where the words stand and what they mean. Leaves to others: which statement they
date. A weekday is the last such day on or before the article's date, as papers mean it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from onrecord.types import Span


class Meaning(Enum):
    """What kind of words these are; the value is the rule's name in the record."""

    WEEKDAY = "weekday"
    TODAY = "today"
    YESTERDAY = "yesterday"
    DATE = "date"
    WEEK = "week"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that tell a time. value: the weekday (0 Monday), "month-day-year", or weeks back.

    attributive: the words belong to a noun ("Friday's test", "the Monday meeting"). weak: they tell no
    other time for sure ("recently", "often").
    """

    span: Span
    meaning: Meaning
    value: int | tuple[int | None, int, int] = 0
    attributive: bool = False
    weak: bool = False

    @property
    def is_day(self) -> bool:
        return self.meaning is not Meaning.OTHER


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT_DAYS = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
_SHORT_MONTHS = {m[:3]: n + 1 for n, m in enumerate(_MONTHS)} | {"sept": 9}
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_MARK = re.compile(
    rf"(?P<date>\b(?:{_WEEKDAY},?\s+)?{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?)"
    rf"|(?P<date2>\b(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}\b(?:,?\s+(?P<year2>(?:19|20)\d\d)\b)?)"
    r"|(?P<iso>\b(?:19|20)\d\d-[01]\d-[0-3]\d\b)"
    rf"|(?P<weekday>\b(?P<mod>last|next|this\s+coming|this\s+past|the\s+following|the\s+previous|every|each)?\s*\b(?P<name>{_WEEKDAY})\b(?P<plural>s\b)?"
    r"(?P<of>\s+(?:before\s+last|last\s+week|next\s+week))?)"
    r"|(?P<yesterday>\b[Yy]esterday\b|\b[Ll]ast\s+(?:night|evening)\b|\bthe\s+day\s+before\b(?!\s+yesterday))"
    r"|(?P<today>\b[Tt]oday\b|\b[Tt]onight\b|\b[Tt]his\s+(?:morning|afternoon|evening)\b|\b[Ee]arlier\s+in\s+the\s+day\b)"
    r"|(?P<week>\b(?:[Ll]ast|[Tt]his|[Ee]arlier\s+this|[Ll]ater\s+this)\s+(?:week|weekend)\b)"
    rf"|(?P<other>\b(?:[Ii]n|[Ss]ince|[Dd]uring|[Uu]ntil|[Bb]y|[Ll]ast|[Tt]his|[Ll]ate|[Ee]arly|[Mm]id)[\s-]+(?:late\s+|early\s+|mid-?)?{_MONTH}(?:\s+(?:of\s+)?(?:19|20)\d\d)?\b"
    rf"|\b(?:[Aa]n?|[Hh]is|[Hh]er|[Tt]he)\s+(?:January|February|March|April|June|July|August|September|October|November|December)\s+(?=[a-z])"
    r"|\b[Ii]n\s+(?:the\s+)?(?:early\s+|late\s+)?(?:19|20)\d\d(?:s)?\b|\b(?:[Ll]ast|[Nn]ext|[Tt]his|[Ee]arlier\s+this|[Ll]ater\s+this|[Tt]he\s+previous|[Tt]he\s+following)\s+(?:year|month|summer|spring|fall|autumn|winter|decade|century)\b"
    r"|\b(?:\w+)\s+(?:years?|months?|weeks?|days?|decades?)\s+(?:ago|later|earlier|before|after)\b|\b(?:[Tt]he\s+)?(?:next|following|previous|same)\s+(?:day|morning|night|week|afternoon|evening)\b"
    r"|\b[Aa]t\s+(?:the|that)\s+time\b|\b[Tt]hen\b(?=\s*[.,;:”\"]|\s+that\b|$)|\b[Oo]nce\b(?=\s+\w+ed\b|\s+(?:said|told|wrote|asked))|\b(?:[Rr]ecently|[Pp]reviously|[Ff]ormerly|[Ii]n\s+the\s+past(?=\s*[,.;])|[Ll]ong\s+ago|[Yy]ears\s+ago|[Oo]ver\s+the\s+years|[Ff]or\s+(?:years|months|weeks|decades)|[Oo]ften|[Aa]lways|[Rr]egularly|[Rr]outinely|[Tt]omorrow)\b"
    r"|\b[Dd]uring\s+(?:the|his|her|their)\s+(?:\w+\s+)?(?:primary|primaries|campaign|presidency|tenure|term|administration|war)\b)",
)
_WEAK = re.compile(
    r"(?i)(?:recently|previously|formerly|often|always|regularly|routinely|tomorrow|then|next|later this|once|for|over|in the past|long ago|\w+\s+days?)\b|(?:the )?(?:next|same)\b"
)
_NOT_ON = re.compile(
    r"(?i)\b(?:until|till|since|by|before|after|from|through|ahead of|starting|beginning|for|next)\s+(?:late\s+|early\s+)?$"
)
_PART_OF_DAY = re.compile(r"\s+(?:morning|afternoon|evening|night)\b")
_TIMED_NOUN = re.compile(r"['’]s?\s+\w|\s+(?:morning|afternoon|evening|night)['’]s?\s+\w")


def find_marks(text: str, start: int, end: int) -> Iterator[Mark]:
    """The words for times in text[start:end], in order."""
    for m in _MARK.finditer(text, start, end):
        kind = m.lastgroup
        if m["date"] or m["date2"]:
            day = int(m["day"] or m["day2"])
            words = m.group().lower()
            month = next((n for n in (_month(w) for w in re.findall(r"[a-z]+", words)) if n), 0)
            year = m["year"] or m["year2"]
            if month and 1 <= day <= 31:
                yield Mark(
                    Span(*m.span()),
                    Meaning.DATE,
                    (int(year) if year else None, month, day),
                    _owns(text, m.end()),
                )
        elif m["iso"]:
            y, mo, d = (int(p) for p in m["iso"].split("-"))
            yield Mark(Span(*m.span()), Meaning.DATE, (y, mo, d))
        elif m["weekday"]:
            yield _weekday(text, m)
        elif m["yesterday"]:
            yield Mark(Span(*m.span()), Meaning.YESTERDAY, attributive=_owns(text, m.end()))
        elif m["today"]:
            if not m["today"][0].isupper() or m.start() == start or text[m.start() - 1] in "\"“”'‘’—–":
                yield Mark(Span(*m.span()), Meaning.TODAY, attributive=_owns(text, m.end()))
        elif m["week"]:
            back = 1 if m["week"].lower().startswith("last") else 0
            yield Mark(Span(*m.span()), Meaning.WEEK, back, _owns(text, m.end()))
        elif kind:
            weak = _WEAK.match(m.group()) is not None
            yield Mark(Span(*m.span()), Meaning.OTHER, weak=weak)


def _month(word: str) -> int:
    return _SHORT_MONTHS.get(word, _SHORT_MONTHS.get(word[:3], 0) if word in _MONTHS else 0)


def _owns(text: str, end: int) -> bool:
    return _TIMED_NOUN.match(text, end, end + 24) is not None


def _weekday(text: str, m: re.Match[str]) -> Mark:
    start = m.start("name") if not m["mod"] else m.start("mod")
    end = m.end()
    part = _PART_OF_DAY.match(text, end, end + 12)
    attributive = _owns(text, end)
    if part and not attributive:
        end = part.end()
    span = Span(start, end)
    mod = (m["mod"] or "").lower()
    if _NOT_ON.search(text, max(0, start - 24), start):
        return Mark(span, Meaning.OTHER, weak=True)
    if (
        m["plural"]
        or mod in ("next", "every", "each", "this coming", "the following", "the previous")
        or m["of"]
    ):
        return Mark(span, Meaning.OTHER)
    return Mark(span, Meaning.WEEKDAY, _DAYS.index(m["name"].lower()), attributive)


def resolve_mark(mark: Mark, seen_from: date | None) -> tuple[date, date | None] | None:
    """The day a mark means, with the range's last day for a week; None where that takes a date not known."""
    if mark.meaning is Meaning.DATE and isinstance(mark.value, tuple):
        return _dated(mark.value, seen_from)
    if seen_from is None or isinstance(mark.value, tuple):
        return None
    if mark.meaning is Meaning.TODAY:
        return seen_from, None
    if mark.meaning is Meaning.YESTERDAY:
        return seen_from - timedelta(days=1), None
    if mark.meaning is Meaning.WEEKDAY:
        return seen_from - timedelta(days=(seen_from.weekday() - mark.value) % 7), None
    if mark.meaning is Meaning.WEEK:
        monday = seen_from - timedelta(days=seen_from.weekday() + 7 * mark.value)
        last = monday + timedelta(days=6)
        return monday, min(last, seen_from)
    return None


def _dated(value: tuple[int | None, int, int], seen_from: date | None) -> tuple[date, date | None] | None:
    year, month, day = value
    try:
        if year is not None:
            return date(year, month, day), None
        if seen_from is None:
            return None
        found = date(seen_from.year, month, day)
        return (found if found <= seen_from else date(seen_from.year - 1, month, day)), None
    except ValueError:
        return None
