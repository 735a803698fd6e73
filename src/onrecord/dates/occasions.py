"""At what it was said: "at a news conference with …", "in an interview with …".

In: text between two offsets. Out: the phrase without its article, with its place. Thin: only phrases that
a preposition brings in, with a noun of the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from onrecord.dates.days import Mark, Meaning
from onrecord.dates.lists import words
from onrecord.types import Span

#: At most this many words may stand between the preposition and the noun.
_WORDS_BEFORE = 9


_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"


@cache
def _pattern() -> re.Pattern[str]:
    both = words("occasions") | words("occasions_on")
    nouns = "|".join(sorted((re.escape(n) for n in both), key=len, reverse=True))
    word = r"[“‘\"']?[\w.’'&!?-]+[”’\"',]?"
    return re.compile(
        rf"\b(?:at|during|in|on|after|before|to)\s+(?:(?:a|an|the|his|her|their|its|this|that|one|another)\s+)?"
        rf"(?:{_WEEKDAY}(?:['’]s)?\s+(?:(?:morning|afternoon|evening|night)(?:['’]s)?\s+)?)?"
        rf"(?P<what>(?:{word}\s+){{0,{_WORDS_BEFORE}}}?(?P<noun>(?i:{nouns}))\b)"
    )


_WITH = re.compile(
    r"\s+(?:with|by|of|for|between|to|in|at|on)\s+(?:(?:the|a|an|his|her|their)\s+)?[^,.;:“”\"()—]{1,90}"
)
_CUT = re.compile(
    r"\s+(?:on\s+)?(?:late\s+|early\s+)?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|tonight|last|"
    r"this|that|who|which|where|when|after|before|as|while|and\s+(?:said|he|she)|said|saying|says|to\s+\w+|in\s+which|earlier|"
    r"in\s+(?:January|February|March|April|May|June|July|August|September|October|November|December|\d{4}))\b.*",
    re.DOTALL,
)


_LEFT = re.compile(r"\s+(?:with|by|of|for|between|to|in|at|on)(?:\s+(?:the|a|an|his|her|their))?\s*$")


#: Nouns for one kind of occasion: what is called a speech is called an address later on.
_KINDS = (
    ("speech", "address", "remarks"),
    ("debate",),
    ("rally",),
    ("news conference", "press conference", "briefing"),
    ("interview",),
    ("hearing",),
    ("town hall",),
    ("forum",),
)
_KIND = {noun: kinds[0] for kinds in _KINDS for noun in kinds}
_NOUN = "|".join(sorted(_KIND, key=len, reverse=True))
_DATED = re.compile(rf"\b(?P<noun>{_NOUN})\b")
_REFERRED = re.compile(
    rf"\b(?:at|in|during|throughout|used|from)\s+(?:the|his|her|their|that)\s+(?:\w+\s+)?(?P<noun>{_NOUN})\b",
    re.IGNORECASE,
)
#: A noun further than this from a day is not what the day is of.
_NEAR = 60


def find_dated(
    text: str, sentences: Iterable[tuple[int, int, Sequence[Mark]]]
) -> Mapping[str, tuple[Mark, ...]]:
    """For each kind of occasion the marks that tell its day, in order. sentences: start, end, marks."""
    found: dict[str, list[Mark]] = {}
    for start, end, marks in sentences:
        for mark in marks:
            if not mark.is_day or mark.meaning is Meaning.WEEK:
                continue
            left, right = max(start, mark.span.start - _NEAR), min(end, mark.span.end + _NEAR)
            for m in _DATED.finditer(text, left, right):
                between = text[min(m.end(), mark.span.end) : max(m.start(), mark.span.start)]
                if not re.search(r"[,;:.“”\"]", between):
                    found.setdefault(_KIND[m["noun"]], []).append(mark)
                    break
    return {kind: tuple(marks) for kind, marks in found.items()}


def referred(text: str, start: int, end: int, dated: Mapping[str, tuple[Mark, ...]]) -> Mark | None:
    """The mark that dates the occasion which text[start:end] goes back to; None where two days are told."""
    for m in _REFERRED.finditer(text, start, end):
        marks = dated.get(_KIND[m["noun"].lower()], ())
        days = {(mark.meaning, mark.value) for mark in marks}
        if len(days) == 1 and marks[0].span.start < m.start():
            return marks[0]
    return None


#: What one writes on, and does not speak at or in.
_PLATFORMS = frozenset({"Facebook", "Instagram", "Twitter", "social media"})
#: Verbs whose "at" brings in what they are about.
_AIMED = re.compile(
    r"\b(?:hint|aim|look|point|laugh|scoff|bristl|balk|lash(?:ed|ing|es) out|hitting back|hit back)\w*\s+$"
)


#: Words that no occasion's name has before its noun.
_NO_NAME = re.compile(
    r"\b(?:said|says|told|that|who|which|he|she|they|it|is|was|were|has|have|had|to|in|at|on|for|with|a|an|the|her|his|"
    r"received|gave|made|held|will|would|and|but|as|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)


def find_occasion(text: str, start: int, end: int) -> Span | None:
    """The first phrase in text[start:end] that names an occasion."""
    end = min(end, start + 600)
    while m := _pattern().search(text, start, end):
        if _is_occasion(text, m):
            return _whole(text, m, end)
        start = m.start() + 2
    return None


def _is_occasion(text: str, m: re.Match[str]) -> bool:
    """Whether a preposition and a noun of the list are at what something was said."""
    before = text[m.start() : m.start("what")].split()[0].lower()
    if before in ("after", "before", "to") or (before == "on" and m["noun"] not in words("occasions_on")):
        return False
    if before != "on" and m["noun"] in _PLATFORMS:
        return False
    if before == "at" and _AIMED.search(text, max(0, m.start() - 16), m.start()):
        return False
    return not _NO_NAME.search(text[m.start("what") : m.start("noun")])


def _whole(text: str, m: re.Match[str], end: int) -> Span:
    """The phrase with what "with", "of" or "in" adds to it, up to a day or a verb."""
    stop = m.end()
    tail = _WITH.match(text, stop, end)
    if tail:
        cut = _CUT.search(text, stop, tail.end())
        stop = cut.start() if cut else tail.end()
    while stop > m.end() and not (text[stop - 1].isalnum() or text[stop - 1] in '”’"'):
        stop -= 1
    cut = _CUT.search(text, m.end(), stop)
    stop = cut.start() if cut else stop
    left = _LEFT.search(text, m.end(), stop)
    return Span(m.start("what"), left.start() if left else stop)
