"""The words that an article's own paragraphs consist of.

In: an Article. Out: its body's words, folded, and which of them stand inside quotation marks.
Leaves to others: what the words are compared with.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.text import fold, paragraphs
from onrecord.types import Article, Span, Zone, ZoneKind

#: Words of a body beyond these are not compared: bounds the work on a page that never ends. The
#: longest of 840 political articles has 5,000.
MAX_WORDS = 30_000

_WORD = re.compile(r"\w+(?:'\w+)*")
#: Between double marks, or two single ones as some papers print them, within one paragraph.
_QUOTED = re.compile(r"\"[^\"]*\"?|(?:''|``)(?:[^'`]|['`](?!['`]))*(?:'')?")


@dataclass(frozen=True, slots=True)
class Body:
    """Folded words in order; quoted[i] is 1 where word i stands inside quotation marks."""

    words: tuple[str, ...]
    quoted: bytes


def read_body(article: Article) -> Body:
    """The body's words, at most MAX_WORDS of them."""
    words: list[str] = []
    quoted = bytearray()
    text = article.page.text
    for stretch in body_spans(article.zones):
        for paragraph in paragraphs(text, stretch.start, min(stretch.end, len(text))):
            folded = fold(text[paragraph.start : paragraph.end]).text
            inside = bytearray(len(folded))
            for m in _QUOTED.finditer(folded):
                inside[m.start() : m.end()] = b"\1" * (m.end() - m.start())
            for m in _WORD.finditer(folded):
                words.append(m.group())
                quoted.append(inside[m.start()])
            if len(words) >= MAX_WORDS:
                return Body(tuple(words[:MAX_WORDS]), bytes(quoted[:MAX_WORDS]))
    return Body(tuple(words), bytes(quoted))


def read_words(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(_WORD.findall(fold(text).text))


def body_spans(zones: Sequence[Zone]) -> Iterator[Span]:
    """The stretches whose innermost zone is body, in order; innermost: the shortest that covers."""
    edges = sorted({z.span.start for z in zones} | {z.span.end for z in zones})
    coming = sorted(zones, key=lambda z: (z.span.start, z.span.end, z.kind), reverse=True)
    open_zones: list[tuple[int, int, ZoneKind]] = []
    start: int | None = None
    for edge in edges:
        while coming and coming[-1].span.start <= edge:
            zone = coming.pop()
            heapq.heappush(open_zones, (zone.span.end - zone.span.start, zone.span.end, zone.kind))
        while open_zones and open_zones[0][1] <= edge:
            heapq.heappop(open_zones)
        is_body = bool(open_zones) and open_zones[0][2] is ZoneKind.BODY
        if is_body and start is None:
            start = edge
        elif not is_body and start is not None:
            yield Span(start, edge)
            start = None
