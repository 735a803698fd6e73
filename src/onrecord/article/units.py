"""The page as a column of units: what a reader sees as one paragraph, line, button or cell.

In: a Page. Out: `Units`, the page's blocks side by side, with the few measures that every rule and
the classifier ask for. Leaves to others: cutting the page into blocks (`page`), and what a unit is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from onrecord.article.lexicon import words_of
from onrecord.types import Page, Span

#: More units than this are not looked at one by one: the rest of the page is furniture.
MAX_UNITS = 50_000
#: A unit's words beyond this many tell nothing new about what it is.
MAX_CHARS = 4_000
#: A unit that is all link and no longer than this is an entry of a menu or a list, not read word by word.
LINK_CHARS = 120

_STOPS = frozenset(".!?…")
_CLOSING = "\"'”’»)]"
_BULLETS = frozenset("•▪‣◦●·*–-0123456789")
_BULLET = re.compile(r"(?:[•▪‣◦●·*–-]|\d{1,3}[.)])\s+")
_DIGITS = re.compile(r"\d+")
_JUNK = "☐☑☒\ufffc\ufffd\u200b\ufeff□■▢"


@dataclass(frozen=True, slots=True)
class Units:
    """Parallel columns, one row a unit, in reading order.

    texts: the unit's characters (at most MAX_CHARS), stray glyphs at its ends taken off; words: as
    in the lists; gaps: empty lines before it (bare text only); indents: columns before it; bullets:
    whether it begins like an item of a list; stops: whether it ends like a sentence.
    """

    spans: tuple[Span, ...]
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
    link_chars: tuple[int, ...]
    links: tuple[bool, ...]
    is_html: bool

    def __len__(self) -> int:
        return len(self.spans)


def find_units(page: Page) -> Units:
    """The page's units: one a block, the marks at the beginning of a bare text's lines put back."""
    if any(block.tags for block in page.blocks[:MAX_UNITS]):
        return _of_blocks(page)
    rows = list(_of_lines(page))
    spans = tuple(span for span, _, _ in rows)
    indents = tuple(indent for _, _, indent in rows)
    units = _of_spans(page.text, spans, (False,) * len(rows))
    numbers: dict[tuple[int, bool], int] = {}
    shapes = tuple(numbers.setdefault(key, len(numbers)) for key in zip(indents, units.bullets, strict=True))
    return replace(units, gaps=tuple(gap for _, gap, _ in rows), indents=indents, paths=shapes, shapes=shapes)


def _of_lines(page: Page) -> Iterator[tuple[Span, int, int]]:
    """(span, empty lines before, columns before) of each block of a bare text."""
    text, before = page.text, 0
    for block in page.blocks[:MAX_UNITS]:
        start, end = block.span.start, block.span.end
        breaks = text.count("\n", before, start) or text.count("\r", before, start)
        line = max(text.rfind("\n", before, start), text.rfind("\r", before, start)) + 1 if breaks else before
        lead = text[line:start]
        if "md-quote" not in block.marks and lead.strip():
            start = line + len(lead) - len(lead.lstrip())
        yield Span(start, end), max(0, breaks - 1), min(start - line, 80) if breaks or line == 0 else 0
        before = end


def _of_blocks(page: Page) -> Units:
    blocks = page.blocks[:MAX_UNITS]
    tags: list[tuple[str, ...]] = []
    marks: list[tuple[str, ...]] = []
    paths: list[int] = []
    are_links: list[bool] = []
    known: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[int, tuple[str, ...]]] = {}
    numbers: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    for block in blocks:
        own = block.tags
        path = known.get((own, block.marks))
        if path is None:
            even = tuple(map(_even, block.marks))
            path = known[own, block.marks] = (numbers.setdefault((own, even), len(numbers)), even)
        paths.append(path[0])
        marks.append(path[1])
        tags.append(own)
        n = block.span.end - block.span.start
        are_links.append(n <= LINK_CHARS and block.link_chars >= 0.95 * n and "h1" not in own)
    of_tags: dict[tuple[str, ...], int] = {}
    of_path = [of_tags.setdefault(own, len(of_tags)) for own, _ in numbers]
    units = _of_spans(page.text, tuple(block.span for block in blocks), tuple(are_links))
    return replace(
        units,
        tags=tuple(tags),
        marks=tuple(marks),
        paths=tuple(paths),
        shapes=tuple(of_path[path] for path in paths),
        link_chars=tuple(block.link_chars for block in blocks),
        is_html=True,
    )


def _of_spans(text: str, spans: tuple[Span, ...], are_links: tuple[bool, ...]) -> Units:
    """Units of bare text, no indents and no gaps; the words of short links are left out."""
    none = (0,) * len(spans)
    junk = _JUNK + " \t\xa0"
    texts = tuple(text[s.start : min(s.end, s.start + MAX_CHARS)].strip(junk) for s in spans)
    return Units(
        spans=spans,
        texts=texts,
        words=tuple(() if is_link else words_of(t) for t, is_link in zip(texts, are_links, strict=True)),
        stops=tuple(t.rstrip(_CLOSING)[-1:] in _STOPS for t in texts),
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


@lru_cache(maxsize=1 << 14)
def _even(mark: str) -> str:
    """A mark without the numbers in it: "paragraph-7" stands in the same list as "paragraph-8"."""
    return _DIGITS.sub("0", mark)
