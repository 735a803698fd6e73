"""A page's text cut into sections, paragraphs and stretches that a template can print.

In: the text, its zones, its statements, the places a search found. Out: frozen pieces in the order
of the text; every character of the text stands in one of them, but for the line breaks between
paragraphs. Leaves escaping and looks to the templates.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Generic, TypeVar

from onrecord.types import ARTICLE_ZONES, Span, Zone, ZoneKind

#: Characters of one page shown at a time: a long report, not a 5 MB file. A longer page is cut at a
#: paragraph and a link goes on.
MAX_SHOWN = 200_000
MAX_BLOCKS = 4_000

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_OWN_ZONES = ARTICLE_ZONES | {ZoneKind.BYLINE, ZoneKind.DATE, ZoneKind.CREDIT}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Marked:
    """The spans of one statement. number: its place in the page's list, from 0."""

    number: int
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are marked alike. role: cue, source or "", and `of`: the statement whose it is."""

    text: str
    role: str = ""
    of: int | None = None
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces that are content of one statement (the innermost), or of none.

    is_first: the first of its stretches that is shown. hidden: statements that begin here and have no
    stretch of their own, because others lie over all their words.
    """

    statement: int | None
    is_first: bool
    pieces: tuple[Piece, ...]
    hidden: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or the part of one that lies in one zone. start: its first character."""

    start: int
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Paragraphs that follow each other in one zone; kind is None outside every zone."""

    kind: ZoneKind | None
    blocks: tuple[Block, ...]

    @property
    def is_article(self) -> bool:
        """Whether it belongs to the article: byline, date and credit are shown as its own too."""
        return self.kind in _OWN_ZONES


def mark_text(
    text: str,
    zones: Sequence[Zone],
    statements: Sequence[Marked],
    hits: Sequence[Span] = (),
    *,
    start: int = 0,
    limit: int = MAX_SHOWN,
) -> tuple[tuple[Section, ...], int | None]:
    """The sections of the text from `start` on, and where to go on, or None at its end.

    Something is always shown: a line longer than `limit` is cut at it.
    """
    contents = innermost((span, s.number) for s in statements for span in s.content)
    own = {number for _, _, number in contents}
    layers = _Layers(
        zones=Layer(innermost((z.span, z.kind) for z in zones)),
        contents=Layer(contents),
        roles=Layer(innermost(_roles(statements))),
        hits=Layer(innermost((span, True) for span in hits)),
    )
    hidden = sorted((min(s.content).start, s.number) for s in statements if s.content and s.number not in own)
    seen: set[int] = set()
    sections: list[tuple[ZoneKind | None, list[Block]]] = []
    shown = n_blocks = 0
    for line in _LINE.finditer(text, start):
        line_start, line_end = line.span()
        if shown and (shown + line_end - line_start > limit or n_blocks >= MAX_BLOCKS):
            return _sections(sections), line_start
        cut = min(line_end, line_start + limit)
        shown += cut - line_start
        if not text[line_start:cut].isspace():
            for kind, zone_start, zone_end in layers.zones.over(line_start, cut):
                if text[zone_start:zone_end].isspace():
                    continue
                if not sections or sections[-1][0] is not kind:
                    sections.append((kind, []))
                stretches = tuple(_stretches(text, zone_start, zone_end, layers, hidden, seen))
                n_blocks += 1
                sections[-1][1].append(Block(zone_start, stretches))
        if cut < line_end:
            return _sections(sections), cut
    return _sections(sections), None


def mark_words(text: str, span: Span, hits: Sequence[Span]) -> tuple[Piece, ...]:
    """The words of one span as pieces, with the hits marked."""
    found = Layer(innermost((hit, True) for hit in hits))
    return tuple(
        Piece(text[s:e], is_hit=value is not None) for value, s, e in found.over(span.start, span.end)
    )


def innermost(items: Iterable[tuple[Span, T]]) -> list[tuple[int, int, T]]:
    """Stretches (start, end, value), sorted and free of overlaps: the value of the shortest span there.

    Of two equally long spans the later one wins. One sweep, with the open spans in a heap.
    """
    ordered = sorted(enumerate(items), key=lambda item: item[1][0])
    points = sorted({p for _, (span, _) in ordered for p in (span.start, span.end)})
    heap: list[tuple[int, int, int, int]] = []  # length, -order, end, index into ordered
    out: list[tuple[int, int, T]] = []
    i, last = 0, -1
    for here, there in itertools.pairwise(points):
        while i < len(ordered) and ordered[i][1][0].start <= here:
            order, (span, _) = ordered[i]
            heappush(heap, (span.end - span.start, -order, span.end, i))
            i += 1
        while heap and heap[0][2] <= here:
            heappop(heap)
        if not heap:
            last = -1
            continue
        top = heap[0][3]
        if top == last:
            out[-1] = (out[-1][0], there, out[-1][2])
        else:
            out.append((here, there, ordered[top][1][1]))
        last = top
    return out


class Layer(Generic[T]):
    """Sorted stretches without overlaps, to be asked which of them lie over a span."""

    def __init__(self, stretches: Sequence[tuple[int, int, T]]) -> None:
        self._stretches = stretches
        self._starts = [s for s, _, _ in stretches]

    def over(self, start: int, end: int) -> Iterable[tuple[T | None, int, int]]:
        """The span cut where the value changes: (value or None, start, end), without gaps."""
        here = start
        for i in range(max(0, bisect_right(self._starts, start) - 1), bisect_left(self._starts, end)):
            s, e, value = self._stretches[i]
            s, e = max(s, here), min(e, end)
            if e <= s:
                continue
            if here < s:
                yield None, here, s
            yield value, s, e
            here = e
        if here < end:
            yield None, here, end


@dataclass(frozen=True, slots=True)
class _Layers:
    zones: Layer[ZoneKind]
    contents: Layer[int]
    roles: Layer[tuple[str, int]]
    hits: Layer[bool]


def _roles(statements: Sequence[Marked]) -> Iterable[tuple[Span, tuple[str, int]]]:
    for statement in statements:
        for span in statement.cue:
            yield span, ("cue", statement.number)
        for span in statement.source:
            yield span, ("source", statement.number)


def _stretches(
    text: str,
    start: int,
    end: int,
    layers: _Layers,
    hidden: Sequence[tuple[int, int]],
    seen: set[int],
) -> Iterable[Stretch]:
    for number, s, e in layers.contents.over(start, end):
        pieces = tuple(
            Piece(text[a:b], role[0] if role else "", role[1] if role else None, bool(hit))
            for role, rs, re_ in layers.roles.over(s, e)
            for hit, a, b in layers.hits.over(rs, re_)
        )
        is_first = number is not None and number not in seen
        if number is not None:
            seen.add(number)
        under = hidden[bisect_left(hidden, (s, -1)) : bisect_left(hidden, (e, -1))]
        yield Stretch(number, is_first, pieces, tuple(n for _, n in under))


def _sections(sections: Sequence[tuple[ZoneKind | None, list[Block]]]) -> tuple[Section, ...]:
    return tuple(Section(kind, tuple(blocks)) for kind, blocks in sections)
