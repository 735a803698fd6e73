"""The page as a column of units: what a reader sees as one paragraph, line, button or cell.

In: a Page. Out: `Units`, the page's blocks side by side, with the few measures that every rule and
the classifier ask for. Leaves to others: cutting the page into blocks (`page`), and what a unit is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from onrecord.article.lexicon import words_of_lines
from onrecord.article.lines import cut_lines
from onrecord.article.marks import even_marks, groups_of
from onrecord.article.voice import telling_words
from onrecord.columns import MAX_MARKS, Blocks, Spans, Strings, columns_of
from onrecord.types import Page, ZoneKind

#: More units than this are not looked at one by one: the rest of the page is furniture.
MAX_UNITS: Final = 50_000
#: A unit's words beyond this many tell nothing new about what it is.
MAX_CHARS: Final = 4_000
#: A unit that is all link and no longer than this is an entry of a menu or a list, not read word by word.
LINK_CHARS: Final = 120
#: In a text of more characters each word is kept once: as a string of its own it takes ten times its memory there.
LONG_TEXT: Final = 100_000
#: Units of which the words are told apart at once, and their characters: bounds the memory.
UNITS_AT_ONCE: Final = 256
CHARS_AT_ONCE: Final = 1 << 16

_NONE: Final = frozenset[str]()
_H1: Final = frozenset(("h1",))
_STOPS: Final = frozenset(".!?…")
_CLOSING: Final = "\"'”’»)]"
_BULLETS: Final = frozenset("•▪‣◦●·*–-0123456789")
_BULLET: Final = re.compile(r"(?:[•▪‣◦●·*–-]|\d{1,3}[.)])\s+")
#: What is taken off a unit's ends: stray glyphs and blanks.
_STRAY: Final = "☐☑☒\ufffc\ufffd\u200b\ufeff□■▢ \t\xa0"


@dataclass(frozen=True, slots=True)
class Units:
    """Parallel columns, one row a unit, in reading order.

    texts: the unit's characters (at most MAX_CHARS), stray glyphs at its ends taken off; words: as
    in the lists; telling: those of them that the rules and the classifier ask for; gaps: empty lines before it (bare text only); indents: columns before it; bullets:
    whether it begins like an item of a list; stops: whether it ends like a sentence; paths, shapes: equal
    numbers for equal tags and marks, and for equal tags; groups: a row a path, those of its marks (marks.py).
    """

    spans: Spans
    texts: tuple[str, ...]
    words: tuple[Strings, ...]
    telling: tuple[frozenset[str], ...]
    stops: tuple[bool, ...]
    bullets: tuple[bool, ...]
    gaps: tuple[int, ...]
    indents: tuple[int, ...]
    tags: tuple[Strings, ...]
    marks: tuple[Strings, ...]
    groups: tuple[bytes, ...]
    paths: tuple[int, ...]
    shapes: tuple[int, ...]
    link_chars: Sequence[int]
    links: tuple[bool, ...]
    is_html: bool

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True, slots=True)
class _Markup:
    """The columns of Units that come from markup."""

    tags: tuple[Strings, ...]
    marks: tuple[Strings, ...]
    groups: tuple[bytes, ...]
    paths: tuple[int, ...]
    shapes: tuple[int, ...]
    link_chars: Sequence[int]
    links: tuple[bool, ...]
    is_html: bool = True


def rows_of(kinds: Sequence[ZoneKind | None], kind: ZoneKind) -> list[int]:
    """The units of one kind."""
    return [row for row, own in enumerate(kinds) if own is kind]


def find_h1(units: Units) -> int | None:
    """The first unit that stands in an <h1>. Tags are asked once: equal ones have one number, given in the units' order."""
    last = -1
    for row, shape in enumerate(units.shapes):
        if shape > last:
            last = shape
            if not _H1.isdisjoint(units.tags[row]):
                return row
    return None


def start_of(text: str, units: Units, row: int) -> int:
    """Where a unit's characters begin on the page: its span may open with stray glyphs."""
    span = units.spans[row]
    own = text[span.start : span.end]
    return span.start + len(own) - len(own.lstrip(_STRAY))


def find_units(page: Page) -> Units:
    """The page's units: one a block, the marks at the beginning of a bare text's lines put back."""
    blocks = columns_of(page.blocks)
    if any(blocks.tags):
        return _of_blocks(page.text, blocks)
    rows = list(_of_lines(page.text, blocks))
    spans = Spans([start for start, _, _, _ in rows], [end for _, end, _, _ in rows])
    none = (0,) * len(rows)
    empty = ((),) * len(rows)
    units = _units(page.text, spans, _Markup(empty, empty, (), none, none, none, (False,) * len(rows), False))
    indents = tuple(indent for _, _, _, indent in rows)
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
    tags_of = blocks.tags
    all_marks, all_groups = _even(blocks)
    shapes: dict[Strings, int] = {}
    paths: dict[tuple[int, Strings], int] = {}  # by the number of their shape
    number_of: dict[int, int] = {}
    groups: list[bytes] = []
    for path in own:
        if path not in number_of:
            shape = shapes.setdefault(tags_of[path], len(shapes))
            number = number_of[path] = paths.setdefault((shape, all_marks[path]), len(paths))
            if number == len(groups):
                groups.append(all_groups[path])
    shape_of = [shape for shape, _ in paths]
    are_h1 = ["h1" in tags for tags in shapes]
    has_h1 = [are_h1[shape] for shape in shape_of]
    numbers = tuple([number_of[path] for path in own])
    columns = zip(starts, ends, link_chars, numbers, strict=True)
    are_links = [
        n_links >= 0.95 * (end - start) and end - start <= LINK_CHARS and not has_h1[number]
        for start, end, n_links, number in columns
    ]
    markup = _Markup(
        tuple([tags_of[path] for path in own]),
        tuple([all_marks[path] for path in own]),
        tuple(groups),
        numbers,
        tuple([shape_of[number] for number in numbers]),
        link_chars,
        tuple(are_links),
    )
    return _units(text, Spans(starts, ends), markup)


def _units(text: str, spans: Spans, markup: _Markup) -> Units:
    """Units without indents and gaps; the words of short links are left out."""
    none = (0,) * len(spans)
    pieces = zip(spans.starts, spans.ends, strict=True)
    texts = [
        text[start : end if end - start <= MAX_CHARS else start + MAX_CHARS].strip(_STRAY)
        for start, end in pieces
    ]
    lasts = [t[-1:] for t in texts]
    words = _words(texts, markup.links, is_long=len(text) > LONG_TEXT)
    known = telling_words()
    return Units(
        spans=spans,
        texts=tuple(texts),
        words=words,
        telling=tuple([(known.intersection(own) or _NONE) if own else _NONE for own in words]),
        stops=tuple(
            [c in _STOPS or (c in _CLOSING and _stops_inside(t)) for c, t in zip(lasts, texts, strict=True)]
        ),
        bullets=tuple([t[:1] in _BULLETS and _BULLET.match(t) is not None for t in texts]),
        gaps=none,
        indents=none,
        tags=markup.tags,
        marks=markup.marks,
        groups=markup.groups,
        paths=markup.paths,
        shapes=markup.shapes,
        link_chars=markup.link_chars,
        links=markup.links,
        is_html=markup.is_html,
    )


def _stops_inside(text: str) -> bool:
    return text.rstrip(_CLOSING)[-1:] in _STOPS


def _words(texts: Sequence[str], are_links: Sequence[bool], *, is_long: bool) -> tuple[Strings, ...]:
    """The words of each unit, none of short links. is_long: whether each word is kept once."""
    words: list[Strings] = [()] * len(texts)
    are_read = [i for i, is_link in enumerate(are_links) if not is_link]
    known: dict[str, str] = {}
    at = 0
    while at < len(are_read):
        n_chars, end = 0, at
        while end < len(are_read) and end - at < UNITS_AT_ONCE and n_chars < CHARS_AT_ONCE:
            n_chars += len(texts[are_read[end]])
            end += 1
        rows = are_read[at:end]
        for i, row in zip(rows, words_of_lines([texts[i] for i in rows]), strict=True):
            words[i] = tuple(known.setdefault(word, word) for word in row) if is_long else row
        at = end
    return tuple(words)


def _even(blocks: Blocks) -> tuple[list[Strings], list[bytes]]:
    """The marks of every path without the numbers in them, and their groups (marks.py)."""
    all_marks: list[Strings] = []
    all_groups: list[bytes] = []
    paths = zip(blocks.outer.tolist(), blocks.own, strict=True)
    for outer, own in paths:  # a path stands behind the one around it
        marks: Strings = all_marks[outer] if outer >= 0 else ()
        groups = all_groups[outer] if outer >= 0 else b""
        if own:
            even, of_even = even_marks(own)
            marks = marks + even if marks else even
            groups = groups + of_even
            if len(marks) > MAX_MARKS:
                marks = marks[-MAX_MARKS:]
                groups = groups_of(marks)
        all_marks.append(marks)
        all_groups.append(groups)
    return all_marks, all_groups
