"""What is not the article but speaks to its readers or is theirs: appeals and comments.

In: Units, signs, scores. Out: kinds, written into a list that has one place a unit. Bare text and HTML alike; by
English words. Leaves to others: comments that only their markup shows (paragraphs.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.article.appeals import is_out_of_voice, speaks
from onrecord.article.lexicon import load_phrases
from onrecord.article.remarks import is_over_comment
from onrecord.article.score import IS_BODY
from onrecord.article.signs import Sign
from onrecord.article.times import find_time
from onrecord.article.turns import is_turn
from onrecord.article.units import Units
from onrecord.types import ZoneKind

#: How much of what reads like paragraphs stands before readers' comments, at least.
MIN_BEFORE: Final = 0.3
#: Words of the line that says who wrote a comment; of one that also says when.
NAME_WORDS: Final = 6
NAME_AND_WHEN_WORDS: Final = 12
#: Paragraphs that tell, their words, and the share that may speak as "we" or to "you", in an article that only tells.
MIN_TOLD: Final = 4
MIN_TOLD_WORDS: Final = 5
MAX_SPEAKING: Final = 0.1
_THREADS: Final = (Sign.THREAD, Sign.REMARK, Sign.FORM)
_APPEAL: Final = Sign.APPEAL
_BUTTON: Final = Sign.BUTTON
_NUMBER: Final = Sign.NUMBER
_CLOCK: Final = re.compile(r"\b\d{1,2}[:.]\d\d\b")
_ORDINAL: Final = re.compile(r"\s*\d{1,3}[.)]\s")


def mark_comments(
    units: Units, signs: tuple[Sign | None, ...], scores: tuple[float, ...], kinds: list[ZoneKind | None]
) -> int:
    """Mark readers' comments and the form under them; the number of units before both."""
    n = len(units)
    total = sum([s for s in scores if s >= IS_BODY])
    before, first = 0.0, None
    for i in range(n):
        sign = signs[i]
        if sign is not None and sign in _THREADS and before > 0 and before >= MIN_BEFORE * total:
            follows = signs[i + 1 : i + 40]
            has_remarks = _are_remarks(units, signs, i)
            if has_remarks or (
                before >= 0.8 * total and (sign is Sign.FORM or "9" in units.words[i] or Sign.FORM in follows)
            ):
                first = i
                break
        if scores[i] >= IS_BODY:
            before += scores[i]
    if first is None:
        return n
    start = _thread_start(units, signs, first) if signs[first] is Sign.REMARK else first
    if start < first and sum(s for s in scores[:start] if s >= IS_BODY) < MIN_BEFORE * total:
        start = first - 1 + is_over_comment(units.texts[first])  # a thread does not begin above the article
    kind = ZoneKind.COMMENTS
    for i in range(start, n):
        if signs[i] is Sign.FORM:
            kind = ZoneKind.CHROME
        elif signs[i] in (Sign.REMARK, Sign.THREAD):
            kind = ZoneKind.COMMENTS
        elif signs[i] in (Sign.BUTTON, Sign.APPEAL) and kind is ZoneKind.COMMENTS and _is_end(signs, i):
            kind = ZoneKind.CHROME
        kinds[i] = ZoneKind.APPEAL if signs[i] is Sign.APPEAL and kind is ZoneKind.CHROME else kind
    return start


def _are_remarks(units: Units, signs: tuple[Sign | None, ...], start: int) -> bool:
    """Whether readers' remarks begin here: a mark that only comments have, or several lines "So-and-so says:".

    One such line alone may as well stand in an article.
    """
    near = range(start, min(start + 40, len(units)))
    remarks = [i for i in near if signs[i] is Sign.REMARK]
    if any(units.texts[i][-1:] != ":" and units.words[i][0] != "posted" for i in remarks):
        return True
    if signs[start] is Sign.THREAD and _n_headed(units, signs, near) >= 1:
        return True
    return len(remarks) >= 2 and any(signs[i] in (Sign.THREAD, Sign.FORM) for i in near)


def _n_headed(units: Units, signs: tuple[Sign | None, ...], near: Sequence[int]) -> int:
    """How many comments are headed as such: a short line, who wrote it, and under it when, to the minute or "ago"."""
    return sum(
        signs[i] is Sign.DATE
        and len(units.words[i - 1]) <= 5
        and not units.stops[i - 1]
        and (_CLOCK.search(units.texts[i]) is not None or "ago" in units.words[i])
        for i in near[1:]
    ) + sum(signs[i] is Sign.BYLINE and find_time(units.texts[i]) is not None for i in near[1:])


def _is_end(signs: tuple[Sign | None, ...], i: int) -> bool:
    """Whether a button or an appeal after comments opens other furniture: no comment follows it."""
    return not any(sign is Sign.REMARK for sign in signs[i + 1 : i + 30])


def _thread_start(units: Units, signs: tuple[Sign | None, ...], remark: int) -> int:
    """The first unit of the thread in which a "Liked by 3 people" stands."""
    start = remark
    for i in range(remark - 1, max(-1, remark - 80), -1):
        is_inside = units.indents[i] > 0 or units.bullets[i]
        if not is_inside:
            break
        start = i
    if start < remark:
        return start
    headed = _headed_by(units, signs, remark)
    if headed is not None:
        return headed
    if is_over_comment(units.texts[remark]):
        return remark
    for i in range(remark - 1, max(-1, remark - 12), -1):
        if _ORDINAL.match(units.texts[i]):
            return i
        if signs[i] is not None:
            return i + 1
    return max(0, remark - 1)


def _headed_by(units: Units, signs: tuple[Sign | None, ...], remark: int) -> int | None:
    """The short line close above the row of buttons under a comment that says who wrote it, if there is one."""
    start = None
    for i in range(remark - 1, max(-1, remark - 6), -1):
        longest = NAME_AND_WHEN_WORDS if "ago" in units.words[i] else NAME_WORDS
        is_short = (
            1 <= len(units.words[i]) <= longest
            and not units.stops[i]
            and signs[i] in (None, Sign.DATE, Sign.BYLINE)
        )
        if is_short and i < remark - 1:
            start = i
        elif start is not None:
            break
    return start


def mark_other_voices(
    units: Units, signs: tuple[Sign | None, ...], scores: tuple[float, ...], kinds: list[ZoneKind | None]
) -> None:
    """Mark as appeals the paragraphs that speak to the reader, or of who pays for the paper, where all others only tell."""
    likely = [
        i
        for i, score in enumerate(scores)
        if score >= IS_BODY
        and signs[i] is None
        and kinds[i] is None
        and len(units.words[i]) >= MIN_TOLD_WORDS
    ]
    found = [
        i
        for i, sign in enumerate(signs)
        if sign is None
        and kinds[i] is None
        and (scores[i] >= IS_BODY or not units.is_html)
        and is_out_of_voice(units.texts[i], units.words[i], units.telling[i])
    ]
    if not found or is_turn(units.texts[likely[0]] if likely else ""):
        return
    others = sorted(set(likely) - set(found))
    n_speaking = sum(speaks(units.texts[i], units.telling[i]) for i in others)
    if len(others) >= MIN_TOLD and n_speaking <= MAX_SPEAKING * len(others):
        for i in found:
            kinds[i] = ZoneKind.APPEAL


def mark_appeals(units: Units, signs: tuple[Sign | None, ...], kinds: list[ZoneKind | None]) -> None:
    """Mark appeals, and the lines that go on with one: what "we" ask of "you", and its buttons."""
    is_open = False
    for i, words in enumerate(units.words):
        if units.links[i]:
            continue
        if kinds[i] is not None:
            is_open = False
            continue
        if signs[i] is _APPEAL:
            kinds[i] = ZoneKind.APPEAL
            is_open = len(words) > 14 or is_open
        elif (is_open and _goes_on_asking(units, signs, i)) or _is_its_button(units, signs, kinds, i):
            kinds[i] = ZoneKind.APPEAL
        elif signs[i] is not _NUMBER:
            is_open = False


def _is_its_button(
    units: Units, signs: tuple[Sign | None, ...], kinds: Sequence[ZoneKind | None], i: int
) -> bool:
    """Whether a button right under an appeal does what it asks for: "Sign up"."""
    if signs[i] is not _BUTTON or i == 0 or kinds[i - 1] is not ZoneKind.APPEAL:
        return False
    return load_phrases("ask_openings").is_opening(units.words[i])


def _goes_on_asking(units: Units, signs: tuple[Sign | None, ...], i: int) -> bool:
    words = units.words[i]
    if signs[i] in (Sign.CREDIT, Sign.LABEL, Sign.ADDRESS, Sign.DATE, Sign.BYLINE, Sign.FORM, Sign.THREAD):
        return False
    if signs[i] is Sign.BUTTON:
        return True
    present = set(words)
    ours = present & {"we", "our", "us"}
    if len(words) > 8:
        return bool(ours) and bool(present & {"you", "your", "journalism", "reporting", "readers", "support"})
    return not present & {"he", "she", "they", "said"} and (
        not units.stops[i] or bool(present & {"you", "your", "me"}) or units.texts[i].endswith("?")
    )
