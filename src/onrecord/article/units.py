"""The page as a column of units: what a reader sees as one paragraph, line, button or cell.

In: a Page. Out: `Units`, the page's blocks side by side, with the few measures that every rule and
the classifier ask for. Leaves to others: cutting the page into blocks (`page`), and what a unit is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from onrecord.article.lexicon import words_of
from onrecord.article.lines import cut_lines
from onrecord.columns import Blocks, Spans, columns_of
from onrecord.types import Page

#: More units than this are not looked at one by one: the rest of the page is furniture.
MAX_UNITS = 50_000
#: A unit's words beyond this many tell nothing new about what it is.
MAX_CHARS = 4_000
#: A unit that is all link and no longer than this is an entry of a menu or a list, not read word by word.
LINK_CHARS = 120
#: In a text of more characters each word is kept once: as a string of its own it takes ten times its memory there.
LONG_TEXT = 100_000

_STOPS = frozenset(".!?…")
_CLOSING = "\"'”’»)]"
_BULLETS = frozenset("•▪‣◦●·*–-0123456789")
_BULLET = re.compile(r"(?:[•▪‣◦●·*–-]|\d{1,3}[.)])\s+")
_DIGITS = re.compile(r"\d+")
#: What is taken off a unit's ends: stray glyphs and blanks.
_STRAY = "☐☑☒\ufffc\ufffd\u200b\ufeff□■▢ \t\xa0"


@dataclass(frozen=True, slots=True)
class Units:
    """Parallel columns, one row a unit, in reading order.

    texts: the unit's characters (at most MAX_CHARS), stray glyphs at its ends taken off; words: as
    in the lists; gaps: empty lines before it (bare text only); indents: columns before it; bullets:
    whether it begins like an item of a list; stops: whether it ends like a sentence; paths, shapes: equal
    numbers for equal tags and marks, and for equal tags.
    """

    spans: Spans
    texts: tuple[str, ...]
    words: tuple[tuple[str, ...], ...]
    stops: tuple[bool, ...]
    bullets: tuple[bool, ...]
    gaps: tuple[int, ...]
    indents: tuple[int, ...]
    tags: tuple[tuple[str, ...], ...]
    marks: tuple[tuple[str, ...], ...]
    paths: tuple[int, ...]
    shapes: tuple[int, ...]
    link_chars: Sequence[int]
    links: tuple[bool, ...]
    is_html: bool

    def __len__(self) -> int:
        return len(self.texts)


def find_units(page: Page) -> Units:
    """The page's units: one a block, the marks at the beginning of a bare text's lines put back."""
    blocks = columns_of(page.blocks)
    if any(blocks.tags):
        return _of_blocks(page.text, blocks)
    rows = list(_of_lines(page.text, blocks))
    spans = Spans([start for start, _, _, _ in rows], [end for _, end, _, _ in rows])
    indents = tuple(indent for _, _, _, indent in rows)
    units = _of_spans(page.text, spans, (False,) * len(rows))
    numbers: dict[tuple[int, bool], int] = {}
    shapes = tuple(numbers.setdefault(key, len(numbers)) for key in zip(indents, units.bullets, strict=True))
    gaps = tuple(gap for _, _, gap, _ in rows)
    return replace(units, gaps=gaps, indents=indents, paths=shapes, shapes=shapes)


def _of_lines(text: str, blocks: Blocks) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, empty lines before, columns before) of each block of a bare text."""
    before = 0
    are_quotes = ["md-quote" in marks for marks in blocks.marks]
    columns = zip(blocks.starts, blocks.ends, blocks.paths, strict=True)
    for start, end, path in islice(columns, MAX_UNITS):
        breaks = text.count("\n", before, start) or text.count("\r", before, start)
        line = max(text.rfind("\n", before, start), text.rfind("\r", before, start)) + 1 if breaks else before
        lead = text[line:start]
        if not are_quotes[path] and lead.strip():
            start = line + len(lead) - len(lead.lstrip())
        yield start, end, max(0, breaks - 1), min(start - line, 80) if breaks or line == 0 else 0
        before = end


def _of_blocks(text: str, blocks: Blocks) -> Units:
    starts, ends, own, link_chars = cut_lines(
        text,
        blocks.starts[:MAX_UNITS],
        blocks.ends[:MAX_UNITS],
        blocks.paths[:MAX_UNITS],
        blocks.link_chars[:MAX_UNITS],
        blocks.tags,
    )
    paths: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    tags_of, marks_of = blocks.tags, _even_marks(blocks)
    number_of = [0] * len(tags_of)
    for path in dict.fromkeys(own):
        number_of[path] = paths.setdefault((tags_of[path], marks_of[path]), len(paths))
    shapes: dict[tuple[str, ...], int] = {}
    shape_of = [shapes.setdefault(tags, len(shapes)) for tags, _ in paths]
    numbers = tuple(map(number_of.__getitem__, own))
    are_links = tuple(
        end - start <= LINK_CHARS and n_links >= 0.95 * (end - start) and "h1" not in tags_of[path]
        for start, end, n_links, path in zip(starts, ends, link_chars, own, strict=True)
    )
    units = _of_spans(text, Spans(starts, ends), are_links)
    return replace(
        units,
        tags=tuple(map(tags_of.__getitem__, own)),
        marks=tuple(map(marks_of.__getitem__, own)),
        paths=numbers,
        shapes=tuple(map(shape_of.__getitem__, numbers)),
        link_chars=link_chars,
        is_html=True,
    )


def _of_spans(text: str, spans: Spans, are_links: tuple[bool, ...]) -> Units:
    """Units of bare text, no indents and no gaps; the words of short links are left out."""
    none = (0,) * len(spans)
    texts = tuple(
        text[start : min(end, start + MAX_CHARS)].strip(_STRAY)
        for start, end in zip(spans.starts, spans.ends, strict=True)
    )
    words: Iterable[tuple[str, ...]] = (
        () if is_link else words_of(t) for t, is_link in zip(texts, are_links, strict=True)
    )
    if len(text) > LONG_TEXT:
        known: dict[str, str] = {}
        words = (tuple(known.setdefault(word, word) for word in row) for row in words)
    return Units(
        spans=spans,
        texts=texts,
        words=tuple(words),
        stops=tuple(
            t[-1:] in _STOPS or (t[-1:] in _CLOSING and t.rstrip(_CLOSING)[-1:] in _STOPS) for t in texts
        ),
        bullets=tuple(t[:1] in _BULLETS and _BULLET.match(t) is not None for t in texts),
        gaps=none,
        indents=none,
        tags=((),) * len(spans),
        marks=((),) * len(spans),
        paths=none,
        shapes=none,
        link_chars=none,
        links=are_links,
        is_html=False,
    )


def _even_marks(blocks: Blocks) -> list[tuple[str, ...]]:
    """The marks of each path without the numbers in them: "paragraph-7" stands in the same list as "paragraph-8"."""
    out: list[tuple[str, ...]] = []
    even = _Even()
    for outer, own, marks in zip(blocks.outer, blocks.own, blocks.marks, strict=True):
        before = out[outer] if outer >= 0 else ()
        both = before + tuple(map(even.__getitem__, own)) if own else before
        out.append(both[len(both) - len(marks) :] if len(both) > len(marks) else both)
    return out


class _Even(dict[str, str]):
    """Marks without numbers, each made once a page."""

    def __missing__(self, mark: str) -> str:
        even = self[mark] = _without_numbers(mark)
        return even


@lru_cache(maxsize=1 << 14)
def _without_numbers(mark: str) -> str:
    return _DIGITS.sub("0", mark)
