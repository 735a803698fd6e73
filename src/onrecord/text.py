"""Pure work on strings that keeps offsets: comparing, folding with a way back, spans.

In: str. Out: str, numbers, spans. Leaves to others: what any of it means.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.types import Span, Zone, ZoneKind

WORD = re.compile(r"\w+(?:['’]\w+)*")
_FOLDED_WORD = re.compile(r"\w+(?:'\w+)*")

#: Marks that open, close or do both, of double and single quotation, in every style seen so far.
DOUBLE_MARKS = '"“”„‟«»〝〞＂'
SINGLE_MARKS = "'‘’‚‛‹›`´"

_PLAIN = {
    **dict.fromkeys(map(ord, "“”„‟«»〝〞＂"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛‹›`´ʼ"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    ord("…"): "...",
}
#: Characters that show nothing and must never make a difference: soft hyphen, zero-width and bidi
#: marks, variation selectors (with which C2PA embeds manifests in text), tags, stray ballot boxes.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb☐☑☒\U000e0000-\U000e01ef]"
)


#: ASCII that shows, a single space behind a word included: folded by lower() alone.
_PLAIN_RUN = re.compile(r"(?:[!-~]+(?: (?=[!-~]))?)+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded copy of a text: `starts[i]`:`ends[i]` are the original's offsets of character i."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """The original's span of folded characters [start, end); ValueError if empty."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no folded characters {start}:{end} of {len(self.text)}")
        return Span(self.starts[start], self.ends[end - 1])


def fold(text: str) -> Folded:
    """The text as typography would not change it, with its way back.

    Case, quotation marks, dashes, ellipses, accents' composition, invisible characters and runs
    of white space are evened out; every word and every other mark stays.
    """
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    i, n = 0, len(text)
    while i < n:
        if run := _PLAIN_RUN.match(text, i):  # the bulk of most texts, folded at twice the pace
            end = run.end()
            if end < n and not text[end].isascii() and unicodedata.combining(text[end]):
                end -= 1  # its last character goes with the accent behind it
            if end > i:
                out.extend(text[i:end].lower())
                starts.extend(range(i, end))
                ends.extend(range(i + 1, end + 1))
                i = end
                continue
        first, i = i, i + 1
        c = text[first]
        if c.isspace():
            while i < n and text[i].isspace():
                i += 1
            piece = " "
        elif c.isascii():
            piece = c.lower()
        elif _INVISIBLE.match(c):
            continue
        else:
            piece = _plain(c)
        if i < n and not text[i].isascii() and unicodedata.combining(text[i]):
            while i < n and unicodedata.combining(text[i]):
                i += 1
            piece = _plain(text[first:i])
        if piece == " " and out and out[-1] == " ":
            ends[-1] = i
            continue
        out.extend(piece)
        starts.extend([first] * len(piece))
        ends.extend([i] * len(piece))
    return Folded("".join(out), tuple(starts), tuple(ends))


def _plain(c: str) -> str:
    return unicodedata.normalize("NFKC", c.translate(_PLAIN)).casefold().translate(_PLAIN)


def folded_words(text: str) -> list[tuple[str, Span]]:
    """The words of a text, folded (apostrophes plain, case gone), each with its span."""
    folded = fold(text)
    return [(m.group(), folded.span(*m.span())) for m in _FOLDED_WORD.finditer(folded.text)]


_LINE = re.compile(r"[^\r\n\u2028\u2029]+")


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The stretches between line breaks in text[start:end], without white space at their ends."""
    end = len(text) if end is None else end
    for m in _LINE.finditer(text, start, end):
        span = trimmed(text, *m.span())
        if span:
            yield span


def trimmed(text: str, start: int, end: int) -> Span | None:
    """[start, end) without white space at its ends, or None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def overlap(a: Iterable[Span], b: Iterable[Span]) -> int:
    """How many characters both sets of spans cover; each set is free of overlaps in itself."""
    bs = list(b)
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in bs)


def covered(spans: Sequence[Span], point: int) -> bool:
    """Whether a character lies in one of the spans, which are sorted and do not overlap."""
    i = bisect_right(spans, point, key=lambda s: s.start) - 1
    return i >= 0 and point < spans[i].end


#: Where a sentence may end: its mark, closing quotes, space, and something that can start one.
_SENTENCE_END = re.compile(r"[.!?…]['’\"”»)\]]*\s+(?=['‘\"“«(\[`☒]*[^\W_a-z])")
#: Words after which a full stop ends no sentence (with single capitals and dotted ones).
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "sen",
        "sens",
        "rep",
        "reps",
        "gov",
        "govs",
        "lt",
        "col",
        "gen",
        "maj",
        "capt",
        "cmdr",
        "sgt",
        "cpl",
        "adm",
        "brig",
        "amb",
        "del",
        "rev",
        "fr",
        "hon",
        "st",
        "jr",
        "sr",
        "no",
        "nos",
        "vs",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "inc",
        "corp",
        "ltd",
        "co",
        "bros",
        "dept",
        "est",
        "ave",
        "blvd",
        "ala",
        "ariz",
        "ark",
        "calif",
        "colo",
        "conn",
        "fla",
        "ga",
        "ill",
        "ind",
        "kan",
        "ky",
        "la",
        "md",
        "mass",
        "mich",
        "minn",
        "miss",
        "mo",
        "mont",
        "neb",
        "nev",
        "okla",
        "ore",
        "pa",
        "tenn",
        "tex",
        "va",
        "vt",
        "wash",
        "wis",
        "wyo",
        "d.c",
        "n.y",
        "n.j",
        "n.c",
        "s.c",
        "n.h",
        "n.m",
        "r.i",
        "w.va",
        "u.s",
        "u.n",
        "u.k",
        "e.u",
        "ph",
        "mx",
    ]
)
#: A name in quotation marks with a mark of its own: "at the “Open Harbor!” Conference".
_NAMED_SO = re.compile(r"\b(?:the|an?|his|her|its|their|this|that|called)\s[“\"‘«][^“”\"‘’«»]{1,40}$")
_QUOTED = re.compile(r"''|``|[\"“”„‟«»〝〞＂]")
_OPENING = frozenset("“„«〝") | {"``"}
#: A longer stretch without a mark is no sentence; it is cut, so that work on a sentence is bounded.
MAX_SENTENCE_CHARS = 3_000
#: A quotation longer than this was never closed.
MAX_QUOTED_CHARS = 6_000


def innermost(zones: Sequence[Zone], size: int) -> Iterator[tuple[ZoneKind, Span]]:
    """The text cut where the innermost zone changes, in order; what lies in no zone is left out."""
    points = [(zone.span.start, 1, i) for i, zone in enumerate(zones)]
    points += [(min(zone.span.end, size), 0, i) for i, zone in enumerate(zones)]
    points.sort(key=lambda p: (p[0], p[1], -zones[p[2]].span.end))
    stack: list[int] = []
    closed: set[int] = set()
    at = 0
    for place, opens, i in points:
        if stack and at < place:
            yield zones[stack[-1]].kind, Span(at, place)
        at = max(at, place)
        if opens:
            stack.append(i)
        else:
            closed.add(i)
        while stack and stack[-1] in closed:
            stack.pop()


def is_abbreviation(word: str) -> bool:
    """Whether a word without its full stop is one that is written with it ("Sen", "D.C", "G")."""
    if len(word) == 1:
        return word.isupper() and word != "I"
    if "." in word and all(len(part) == 1 and part.isupper() for part in word.split(".")):
        return True
    return word.lower() in _ABBREVIATIONS


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences of one paragraph text[start:end], by their marks; a quotation may hold several."""
    for m in _SENTENCE_END.finditer(text, start, end):
        if text[m.start()] in "!?" and _NAMED_SO.search(text, max(start, m.start() - 60), m.start() + 1):
            continue
        if text[m.start()] == "." and text[m.start() + 1].isspace():
            i = m.start()
            while i > max(start, m.start() - 12) and (text[i - 1].isalnum() or text[i - 1] in ".-"):
                i -= 1
            if is_abbreviation(text[i : m.start()]):
                continue
        yield from _bounded(text, start, m.end())
        start = m.end()
    if start < end:
        yield from _bounded(text, start, end)


def _bounded(text: str, start: int, end: int) -> Iterator[Span]:
    """[start, end) in pieces of at most MAX_SENTENCE_CHARS, cut at white space where there is some."""
    while end - start > MAX_SENTENCE_CHARS:
        cut = text.rfind(" ", start + MAX_SENTENCE_CHARS // 2, start + MAX_SENTENCE_CHARS) + 1
        cut = cut or start + MAX_SENTENCE_CHARS
        yield Span(start, cut)
        start = cut
    yield Span(start, end)


def quoted_spans(text: str, paragraph: Span) -> Iterator[Span]:
    """What stands between double marks in a paragraph; one left open holds to the paragraph's end."""
    opened: int | None = None
    for m in _QUOTED.finditer(text, paragraph.start, paragraph.end):
        if opened is None:
            if m.group() != "”" or not text[m.start() - 1 : m.start()].isalnum():
                opened = m.start()
        elif m.group() in _OPENING:
            opened = m.start() if m.start() - opened > MAX_QUOTED_CHARS else opened
        else:
            yield Span(opened, m.end())
            opened = None
    if opened is not None:
        yield Span(opened, min(paragraph.end, opened + MAX_QUOTED_CHARS))
