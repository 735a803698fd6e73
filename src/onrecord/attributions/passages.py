"""What of a page is read for attributions: the article's own words, as one text that knows its way back.

In: an Article. Out: a `Passage`, paragraphs separated by newlines, with the way back to Page.text.
Leaves to others: finding zones (`article`), and reading the passage (`rules`, a Tagger).

Only title, dek, body, heading and caption are read; the innermost zone counts, so that an appeal or
another page's promo inside the body is cut out. A title and a body never share a paragraph. Lines that
were wrapped at a fixed width are joined (a blank for the line break, so that no offset moves).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.text import trimmed
from onrecord.types import ARTICLE_ZONES, Article, Span, Zone

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
#: Lines wrapped at a fixed width: all but the last of a block lie between these, this close together.
_WRAPPED_MIN, _WRAPPED_MAX, _WRAPPED_SPREAD = 50, 120, 22


@dataclass(frozen=True, slots=True)
class Passage:
    """text, and for each of its segments where it begins here (`starts`) and in Page.text (`origins`)."""

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    lengths: tuple[int, ...]

    def back(self, span: Span) -> tuple[Span, ...]:
        """The span's characters in Page.text: one span, or several where the passage skips something."""
        out: list[Span] = []
        i = max(0, bisect_right(self.starts, span.start) - 1)
        while i < len(self.starts) and self.starts[i] < span.end:
            start = max(span.start, self.starts[i]) - self.starts[i]
            end = min(span.end - self.starts[i], self.lengths[i])
            if start < end:
                out.append(Span(self.origins[i] + start, self.origins[i] + end))
            i += 1
        return tuple(out)


def find_passage(article: Article) -> Passage:
    """The article's own words in the order of the page; empty text where it has none."""
    text = article.page.text
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    lengths: list[int] = []
    n = 0
    last: tuple[Span, int] | None = None
    for span, zone in _own_segments(text, article.zones):
        if last is not None:
            joint = "\n" if zone != last[1] or _breaks(text, last[0].end, span.start) else " "
            parts.append(joint)
            n += 1
        starts.append(n)
        origins.append(span.start)
        lengths.append(span.end - span.start)
        parts.append(unwrapped(text[span.start : span.end]))
        n += span.end - span.start
        last = (span, zone)
    return Passage("".join(parts), tuple(starts), tuple(origins), tuple(lengths))


def whole(text: str) -> Passage:
    """A bare text as one passage: offsets are its own."""
    return Passage(unwrapped(text), (0,), (0,), (len(text),)) if text else Passage("", (), (), ())


def _own_segments(text: str, zones: Sequence[Zone]) -> list[tuple[Span, int]]:
    """Stretches whose innermost zone is the article's own, with the number of that zone."""
    ordered = sorted(range(len(zones)), key=lambda i: (zones[i].span.start, -zones[i].span.end))
    segments: list[tuple[int, int, int]] = []
    stack: list[int] = []
    at = 0

    def emit(end: int) -> None:
        nonlocal at
        if stack and end > at:
            segments.append((at, end, stack[-1]))
        at = max(at, end)

    for i in ordered:
        start = zones[i].span.start
        while stack and zones[stack[-1]].span.end <= start:
            emit(zones[stack[-1]].span.end)
            stack.pop()
        emit(start)
        stack.append(i)
    while stack:
        emit(zones[stack[-1]].span.end)
        stack.pop()
    out: list[tuple[Span, int]] = []
    for start, end, i in segments:
        if zones[i].kind in ARTICLE_ZONES:
            span = trimmed(text, start, end)
            if span:
                out.append((span, i))
    return out


def _breaks(text: str, start: int, end: int) -> bool:
    return any(c in text[start:end] for c in "\r\n\u2028\u2029")


def unwrapped(text: str) -> str:
    """The text with the line breaks inside wrapped paragraphs turned to blanks; same length."""
    lines = [m.span() for m in _LINE.finditer(text)]
    joints: list[int] = []
    block: list[tuple[int, int]] = []
    for line in [*lines, (len(text) + 2, len(text) + 2)]:
        if block and not _adjoins(text, block[-1][1], line[0]):
            joints += _joints(text, block)
            block = []
        if line[0] <= len(text):
            block.append(line)
    if not joints:
        return text
    characters = list(text)
    for joint in joints:
        for i in range(joint, min(joint + 2, len(characters))):
            if characters[i] in "\r\n\u2028\u2029":
                characters[i] = " "
    return "".join(characters)


def _adjoins(text: str, end: int, start: int) -> bool:
    """Whether one line break stands between the two lines."""
    return text[end:start] in ("\n", "\r\n", "\r", "\u2028")


def _joints(text: str, block: Sequence[tuple[int, int]]) -> list[int]:
    """Ends of the lines that run on, if the block was wrapped at a fixed width."""
    if len(block) < 2:
        return []
    widths = [end - start for start, end in block[:-1]]
    if (
        min(widths) < _WRAPPED_MIN
        or max(widths) > _WRAPPED_MAX
        or max(widths) - min(widths) > _WRAPPED_SPREAD
    ):
        return []
    run_on = sum(text[s:e].rstrip()[-1:] not in ".!?:”\"'’" for s, e in block[:-1])
    return [end for _, end in block[:-1]] if 2 * run_on >= len(widths) else []
