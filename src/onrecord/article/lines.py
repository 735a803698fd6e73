"""The lines of a block that are units by themselves: a headline, <br>, a byline, <br>, a menu's entries.

In: where a page's blocks begin and end, with their paths and how many of their characters are links. Out: the same
columns, such blocks cut at their line breaks. Leaves to `page` what a block is: elements say so, and old pages
have none but <br>. A break inside a sentence, or after one, cuts nothing: it may be verse, or a paragraph's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

#: Lines of more characters are paragraphs; blocks of more lines are lists, or somebody's text broken by hand.
MAX_LINE_CHARS: Final = 120
MAX_LINES: Final = 30

_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "pre"))
_LINE: Final = re.compile(r"[^\n]+")
_GOES_ON: Final = re.compile(r"[.,;!?…][\"'”’»)\]]*\Z")

Columns = tuple[Sequence[int], Sequence[int], Sequence[int], Sequence[int]]


def cut_lines(
    text: str,
    starts: Sequence[int],
    ends: Sequence[int],
    paths: Sequence[int],
    link_chars: Sequence[int],
    tags_of: Sequence[tuple[str, ...]],
) -> Columns:
    """(starts, ends, paths, link_chars), blocks of short lines cut into these; the very columns if there are none.

    tags_of: a path's element names: a heading stays whole.
    """
    places = {
        i: lines
        for i, (start, end) in enumerate(zip(starts, ends, strict=True))
        if text.find("\n", start, end) >= 0
        and _HEADINGS.isdisjoint(tags_of[paths[i]])
        and len(lines := _lines(text, start, end)) > 1
    }
    if not places:
        return starts, ends, paths, link_chars
    rows: list[tuple[int, int, int, int]] = []
    for i, row in enumerate(zip(starts, ends, paths, link_chars, strict=True)):
        if i not in places:
            rows.append(row)
            continue
        share = row[3] / (row[1] - row[0])
        rows.extend((start, end, row[2], int(share * (end - start))) for start, end in places[i])
    one, two, three, four = zip(*rows, strict=True)
    return one, two, three, four


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The block's lines without their blanks, if they are units by themselves; else none."""
    out: list[tuple[int, int]] = []
    for m in _LINE.finditer(text, start, end):
        line = m[0].strip()
        if len(line) > MAX_LINE_CHARS or len(out) == MAX_LINES:
            return []
        if out and (_GOES_ON.search(text, *out[-1]) or (line[:1].islower() and line[:3] != "by ")):
            return []
        if line:
            first = m.start() + m[0].index(line[0])
            out.append((first, first + len(line)))
    return out
