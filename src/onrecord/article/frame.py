"""What stands around and between an article's paragraphs: standfirst, byline, date, captions, headings, credit, link.

In: Units, signs, kinds in which title and paragraphs are marked. Out: the same list with these named. Captions and
standfirsts of bare text are known by English words. Leaves to others: the headline (titles.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from onrecord.article.lexicon import load_list, load_words
from onrecord.article.signs import Sign
from onrecord.article.units import Units
from onrecord.types import ZoneKind

_BODY: Final = ZoneKind.BODY
_CREDIT: Final = Sign.CREDIT
#: Units between title and first paragraph that are looked at for captions, dates and names.
HEAD_UNITS: Final = 60
#: Units after the last paragraph in which a credit, a link to the original, a name or a date is the article's.
TAIL_UNITS: Final = 8
_TAIL_KINDS: Final = {
    Sign.CREDIT: ZoneKind.CREDIT,
    Sign.LABEL: ZoneKind.LINK,
    Sign.ADDRESS: ZoneKind.LINK,
    Sign.BYLINE: ZoneKind.BYLINE,
    Sign.DATE: ZoneKind.DATE,
}
#: Units under the title in which a standfirst may stand.
DEK_UNITS: Final = 8
_PICTURE_CREDIT: Final = re.compile(
    r"\b(?:photo|photograph|image|picture)s?(?:\s+(?:by|credit|courtesy))?\s*[:/]|/\s*getty\b", re.I
)
_LETTERS: Final = re.compile(r"[a-z]+")
_NOT_DEKS: Final = (
    "caption",
    "carousel",
    "gallery",
    "related",
    "card",
    "slide",
    "author",
    "bio",
    "share",
    "meta",
    "image",
    "recommend",
)
_NOT_IN_HEAD: Final = frozenset(
    ("nav", "ul", "ol", "figure", "figcaption", "footer", "aside", "form", "button", "time")
)
_FIGURES: Final = frozenset(("figure", "figcaption"))
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SENTENCES: Final = re.compile(r"[.!?][\"”’)]*\s+[\"“‘(]*[A-Z]")
_DAYS: Final = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_PAST: Final = re.compile(r"\b(?:said|told|was|were|had|\w{3,}ed)\b")


def mark_head(
    units: Units, signs: tuple[Sign | None, ...], kinds: list[ZoneKind | None], title: int | None, first: int
) -> None:
    """Name what stands around the title and before the first paragraph."""
    start = max(0, (first if title is None else title) - 6, first - HEAD_UNITS)
    for i in range(start, first):
        if kinds[i] is not None:
            continue
        sign = signs[i]
        if sign is Sign.DATE:
            kinds[i] = ZoneKind.DATE
        elif sign is Sign.BYLINE:
            kinds[i] = ZoneKind.BYLINE
        elif sign is Sign.CREDIT:
            kinds[i] = _credit_or_caption(units, i)
        elif sign in (Sign.LABEL, Sign.ADDRESS):
            kinds[i] = ZoneKind.LINK
        elif title is not None and i > title and is_caption(units, i):
            kinds[i] = ZoneKind.CAPTION
        elif (
            title is not None and title < i <= title + DEK_UNITS and sign is None and _is_dek(units, i, first)
        ):
            kinds[i] = ZoneKind.DEK
    if title is None or title > first:
        return
    paragraphs = [i for i in range(first, len(units)) if kinds[i] is _BODY][:4]
    for i, following in pairwise(paragraphs):
        if is_caption(units, i):
            kinds[i] = ZoneKind.CAPTION
        elif i - title <= 3 and not units.is_html and _is_dek(units, i, following):
            kinds[i] = ZoneKind.DEK
            break
        else:
            break


def mark_gaps(
    units: Units,
    signs: tuple[Sign | None, ...],
    kinds: list[ZoneKind | None],
    first: int,
    last: int,
) -> None:
    """Name what interrupts the article: headings, captions, credits; the rest stays furniture."""
    n_of: Mapping[str, int] = {} if units.is_html else Counter(units.texts)
    for i in range(first + 1, last):
        if kinds[i] is _BODY and _is_heading_line(units, n_of, i):
            kinds[i] = ZoneKind.HEADING
        if kinds[i] is not None:
            continue
        if signs[i] is _CREDIT:
            kinds[i] = _credit_or_caption(units, i)
        elif units.is_html and not _FIGURES.isdisjoint(units.tags[i]):
            kinds[i] = ZoneKind.CAPTION
        elif signs[i] is None and _is_heading(units, kinds, n_of, i, last):
            kinds[i] = ZoneKind.HEADING


def mark_tail(units: Units, signs: tuple[Sign | None, ...], kinds: list[ZoneKind | None], last: int) -> None:
    """Name what follows the last paragraph, until the furniture begins."""
    for i in range(last + 1, min(len(units), last + 1 + TAIL_UNITS)):
        if kinds[i] is ZoneKind.COMMENTS or "footer" in units.tags[i]:
            return
        if kinds[i] is None:
            sign = signs[i]
            kinds[i] = _TAIL_KINDS.get(sign) if sign else None
            if "figcaption" in units.tags[i] and not units.links[i]:
                kinds[i] = ZoneKind.CAPTION


def _credit_or_caption(units: Units, i: int) -> ZoneKind:
    """A line that tells what a picture shows and then whose it is is a caption."""
    m = _PICTURE_CREDIT.search(units.texts[i])
    return ZoneKind.CAPTION if m and m.start() > 30 else ZoneKind.CREDIT


def is_caption(units: Units, i: int) -> bool:
    """Whether a unit tells, in the present tense, what a picture shows, or only names who is on it."""
    if units.tags[i] and (
        not _FIGURES.isdisjoint(units.tags[i]) or any("caption" in mark for mark in units.marks[i][-2:])
    ):
        return True
    text, words = units.texts[i], units.words[i]
    if not 2 <= len(words) <= 60 or _quotes(text) or _SENTENCES.search(text):
        return False
    parts = text.rstrip(".").split()
    if len(parts) <= 8 and text.endswith("."):
        capitals = sum(p[:1].isupper() or p in ("of", "the", "and", "de", "van", "von") for p in parts)
        if capitals == len(parts):
            return True
    verbs = load_words("picture_verbs")
    if verbs.isdisjoint(words):
        return False
    verb = next(
        (k for k, p in enumerate(parts) if p.strip(",;").lower() in verbs and not p[:1].isupper()), None
    )
    if verb is None or not 1 <= verb <= 14 or _PAST.search(text) or _DAYS.search(" ".join(parts[:verb])):
        return False
    names = sum(p[:1].isupper() for p in parts[:verb])
    return names >= 2 and 2 * names >= verb


def _quotes(text: str) -> bool:
    return '"' in text or "“" in text or "”" in text


def _is_dek(units: Units, i: int, following: int) -> bool:
    """Whether a unit is a standfirst: one short sentence, no day and no speaker, a longer one after it."""
    text, words = units.texts[i], units.words[i]
    if not 5 <= len(words) <= 60 or len(text) > 400 or units.bullets[i]:
        return False
    if units.is_html:
        return _is_marked_dek(units, i)
    if len(words) >= len(units.words[following]) or _DAYS.search(text) or not 7 <= len(words) <= 25:
        return False
    if text[-1] not in ".!?":
        return False
    if _quotes(text) or _SENTENCES.search(text):
        return False
    return not {"said", "told", "says"} & set(words) and not _PAST.search(text)


def _is_marked_dek(units: Units, i: int) -> bool:
    """Whether the markup says so: a name for standfirsts, or a second heading under the first."""
    tags = units.tags[i]
    if 4 * units.link_chars[i] > len(units.texts[i]) or not _NOT_IN_HEAD.isdisjoint(tags):
        return False
    near = units.marks[i][-4:]
    if any(part in mark for mark in near for part in _NOT_DEKS):
        return False
    if any(_is_dek_mark(mark) for mark in near):
        return True
    return ("h2" in tags and len(units.words[i]) >= 6) or (
        "header" in tags and units.stops[i] and len(units.words[i]) >= 8
    )


@lru_cache(maxsize=4096)
def _is_dek_mark(mark: str) -> bool:
    tokens = _LETTERS.findall(mark)
    for part in load_list("dek_marks"):
        if "-" in part:
            if part in mark:
                return True
        elif any(token == part or (len(part) > 4 and token.endswith(part)) for token in tokens):
            return True
    return False


def _is_heading(
    units: Units, kinds: Sequence[ZoneKind | None], n_of: Mapping[str, int], i: int, last: int
) -> bool:
    """Whether a unit that is no paragraph is a heading of those after it."""
    if not _is_heading_line(units, n_of, i) or (units.is_html and not _is_beside_body(units, kinds, i)):
        return False
    return kinds[i + 1] is _BODY or (i + 2 <= last and kinds[i + 2] is _BODY)


def _is_heading_line(units: Units, n_of: Mapping[str, int], i: int) -> bool:
    """Whether a unit has a heading's elements or, in bare text, its shape: short, alone, no stop."""
    text, words = units.texts[i], units.words[i]
    if units.is_html:
        return not _HEADINGS.isdisjoint(units.tags[i])
    if text[0] == "#" and 1 <= len(words) <= 14:
        return True  # a mark of Markdown
    if not 1 <= len(words) <= 14 or units.bullets[i] or units.indents[i] or units.stops[i] or n_of[text] > 1:
        return False
    return text[-1] not in ',;:"”’' and (text[0].isupper() or text[0].isdigit() or text[0] in "“‘\"'")


def _is_beside_body(units: Units, kinds: Sequence[ZoneKind | None], i: int) -> bool:
    """Whether a heading stands in the element that holds the paragraph before or after it, and is no link."""
    if 2 * units.link_chars[i] > len(units.texts[i]):
        return False
    near = [
        k
        for k in (*range(i - 1, max(-1, i - 4), -1), *range(i + 1, min(len(units), i + 4)))
        if kinds[k] is _BODY
    ]
    for k in near:
        shared = 0
        for a, b in zip(units.tags[i], units.tags[k], strict=False):
            if a != b:
                break
            shared += 1
        rest = units.tags[i][shared:]
        if (
            len(units.tags[k]) - shared <= 2
            and len(rest) <= 3
            and _NOT_IN_HEAD.isdisjoint(rest)
            and "a" not in rest
        ):
            return True
    return False
