"""Bare text to blocks: what a reader would see as units in text that has lost its HTML.

In: text as decoded. Out: blocks, in order; together they hold every character that is not blank or a Markdown mark at a
block's start. Leaves to `article` what each is.

A blank line ends a block. Between blank lines stand either paragraphs, a line each, or lines that somebody broke at a
fixed width. The latter are told by what a line breaker does: it breaks only where the next word does not fit, and mostly in
the middle of a sentence. Such lines are one block, up to the line that ends short.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import NamedTuple

from onrecord.columns import Blocks

#: Widths at which text is broken by hand, by mailers and by PDF readers; narrower columns are lists and verse.
MIN_WIDTH, MAX_WIDTH = 38, 132
#: Of the breaks in a stretch, how many must stand where the next word did not fit, and how many inside a sentence. A
#: breaker keeps the first everywhere; the rest allows for marks that were lost, and for a typist's margin.
FULL_SHARE, INSIDE_SHARE = 0.75, 0.3
#: Lines of broken stretches from which a text's usual width is told.
MIN_KNOWN = 4
#: A line of more characters may be several paragraphs of which the breaks are lost, blanks and all ("... said.The mayor").
MIN_RUN_TOGETHER = 400

#: So many blocks, and one in a hundred characters of source, are kept whatever they hold; a page of news has one in a
#: thousand. After those, blocks of a few characters are put together, up to a longer one: a flood of them would take a
#: hundred times the page's memory to judge. A lump of HTML has more lines than `article` would cut apart again.
MANY_BLOCKS = 2000
TINY = 48
LUMP = 2500
#: Lines between two blank ones that are judged together: bounds the memory.
MAX_STRETCH = 2000

_BREAKS = "\r\n\x0b\x0c\x85\u2028\u2029"
_LINE = re.compile("[^\r\n\x0b\x0c\x85\u2028\u2029]+")
#: Marks at a line's start: of e-mail or Markdown quotation, of a heading, of an item in a list.
_QUOTED = re.compile(r"(?:>[ \t]?)+(?=[^\s>])")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_ITEM = re.compile(r"[•‣◦▪●∙·*+-][ \t]+(?=\S)")
#: What also begins an item, and is part of its text: a number, or a long dash, which may open a quotation.
_COUNTED = re.compile(r"(?:[–—]|\(?\d{1,3}[.)])[ \t]+(?=\S)")
_CLOSING = re.compile(r"[ \t]+#{1,6}\Z")
#: Where a sentence may end, and with it a paragraph.
_ENDED = re.compile(r"[.!?:;…。！？]['\"”’»)\]]*\Z")
_JOINED = re.compile(
    r"(?<=[a-z0-9)”’\"][.!?…])(?=[“‘\"]?[A-Z][a-z])|(?<=[a-z0-9][.!?…][”’\"])(?=[“‘\"]?[A-Z][a-z])"
)
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\S+")


class _Line(NamedTuple):
    """A line that is not blank: its text without blank ends and marks, where its text ends on the page, its mark."""

    start: int
    end: int
    text: str
    width: int  # columns up to its end
    mark: str  # "", "md-quote", "md-item", "md-h1" ...


def find_blocks(text: str) -> Blocks:
    """The blocks of a bare text, in order. Linear in the text.

    A text of many lines is gone through twice, stretch by stretch: all its lines at once take a hundred times its memory.
    """
    is_short = sum(map(text.count, _BREAKS)) <= MANY_BLOCKS
    kept = list(_stretches(text)) if is_short else None
    widths, n_of = array("B"), [0] * (MAX_WIDTH + 1)
    for lines in _stretches(text) if kept is None else kept:
        widths.append(_width(lines))
        n_of[widths[-1]] += len(lines)
    stretches = _stretches(text) if kept is None else iter(kept)
    return _together(_found(text, stretches, widths, _usual(n_of)), MANY_BLOCKS + len(text) // 100)


def _found(
    text: str, stretches: Iterator[list[_Line]], widths: Iterable[int], usual: int
) -> Iterator[tuple[int, int, str]]:
    """Where each block begins and ends, and its mark. widths: of the stretches; usual: the text's."""
    for lines, width in zip(stretches, widths, strict=True):
        if not usual:
            width = width if len(lines) > 2 else 0  # two lines may be a headline and what stands under it
        elif len(lines) > 1 and (usual - 12 < width or (not width and _is_filled(lines, usual))):
            width = max(width, usual)
        for first, last in _paragraphs(lines, width) if width else zip(lines, lines, strict=True):
            for start, end in _cuts(text, first, last):
                yield start, end, first.mark


def _together(found: Iterable[tuple[int, int, str]], n_most: int) -> Blocks:
    """The blocks; after so many, tiny ones go to the one before."""
    blocks = Blocks()
    paths: dict[str, int] = {}
    for start, end, mark in found:
        if len(blocks) > n_most and end - start <= TINY and end - blocks.starts[-1] <= LUMP:
            blocks.ends[-1] = end
            continue
        path = paths.get(mark)
        if path is None:
            path = paths[mark] = blocks.add_path((), -1, (mark,) if mark else ())
        blocks.add(start, end, 0, path)
    return blocks


def _usual(n_of: list[int]) -> int:
    """The width at which most of a text was broken; 0 if there is too little to tell by. n_of: how many lines have each width."""
    n_known = sum(n_of[1:])
    if n_known < MIN_KNOWN:
        return 0
    n_to = accumulate(n_of[1:])
    return next(width for width, n in enumerate(n_to, 1) if n > n_known * 4 // 5)


def _stretches(text: str) -> Iterator[list[_Line]]:
    """The lines of a text, those between two blank lines together, up to MAX_STRETCH."""
    lines: list[_Line] = []
    before = 0
    for m in _LINE.finditer(text):
        start, end = m.span()
        whole = m[0]
        piece = whole.strip()
        if not piece:
            continue  # what follows is then more than one break away
        is_apart = start - before > 1 and text[before:start] != "\r\n"
        if lines and (is_apart or len(lines) >= MAX_STRETCH):
            yield lines
            lines = []
        before = end
        indent = len(whole) - len(whole.lstrip())
        lines.append(_line(piece, start + indent, indent))
    if lines:
        yield lines


def _line(piece: str, start: int, indent: int) -> _Line:
    if piece[0].isalpha():
        return _Line(start, start + len(piece), piece, indent + len(piece), "")
    mark = ""
    end = start + len(piece)
    width = indent + len(piece)
    for name, pattern in (("md-quote", _QUOTED), ("md-h", _HEADING), ("md-item", _ITEM)):
        m = pattern.match(piece)
        if m:
            mark = mark or (f"md-h{len(m[1])}" if name == "md-h" else name)
            piece = piece[m.end() :]
            start += m.end()
    if not mark and _COUNTED.match(piece):
        mark = "md-item"
    if mark.startswith("md-h"):
        piece = _CLOSING.sub("", piece)
        end = start + len(piece)
    return _Line(start, end, piece, width, mark)


def _width(lines: list[_Line]) -> int:
    """The width at which the lines of a stretch were broken; 0 if they were not, or too few to tell."""
    if len(lines) < 2:
        return 0
    width = max((line.width for line in lines if " " in line.text), default=0)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return 0
    n_full = n_inside = n_breaks = 0
    for line, following in pairwise(lines):
        if (following.mark and following.mark != "md-quote") or _is_bare(line) or _is_bare(following):
            continue
        n_breaks += 1
        full = _spare(line, following, width) < 2
        ended = _ENDED.search(line.text) is not None
        n_full += full or ended
        begins = following.text[0]
        n_inside += full and not ended and begins.isalpha() and not begins.isupper()
    return width if n_inside >= max(1, INSIDE_SHARE * n_breaks) and n_full >= FULL_SHARE * n_breaks else 0


def _is_filled(lines: list[_Line], width: int) -> bool:
    """Whether every line of a stretch but the last is as long as this width allows."""
    return all(
        line.width <= width + 2 and not following.mark and _spare(line, following, width) < 4
        for line, following in pairwise(lines)
    )


def _spare(line: _Line, following: _Line, width: int) -> int:
    """How many columns would be left if the next line's first word stood in this line."""
    m = _WORD.match(following.text)
    return width - line.width - 1 - (m.end() if m else 0)


def _is_bare(line: _Line) -> bool:
    """Whether a line has no letters: a page's number, a rule."""
    return _LETTER.search(line.text) is None


def _paragraphs(lines: list[_Line], width: int) -> Iterator[tuple[_Line, _Line]]:
    """First and last line of every paragraph in a stretch that was broken at a width."""
    first = lines[0]
    for line, following in pairwise(lines):
        if _ends_paragraph(line, following, width):
            yield first, line
            first = following
    yield first, lines[-1]


def _ends_paragraph(line: _Line, following: _Line, width: int) -> bool:
    if following.mark != line.mark and (following.mark or line.mark != "md-item"):
        return True
    if line.mark.startswith("md-h") or following.mark == "md-item":
        return True
    if _is_bare(line) or _is_bare(following):
        return True
    if not line.mark and following.width - len(following.text) >= line.width - len(line.text) + 2:
        return True  # an indented first line
    spare = _spare(line, following, width)
    if _ENDED.search(line.text):
        return spare > 2
    return spare > max(10, width // 4) and not following.text[0].islower()


def _cuts(text: str, first: _Line, last: _Line) -> Iterator[tuple[int, int]]:
    """A paragraph's span; or several, where a long line holds paragraphs whose breaks are lost."""
    at = first.start
    if first is last and first.end - first.start >= MIN_RUN_TOGETHER:
        for m in _JOINED.finditer(text, first.start, first.end):
            yield at, m.start()
            at = m.start()
    yield at, last.end
