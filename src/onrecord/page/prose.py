"""A draft's Page -> its prose: every paragraph that it shows, one after the other, hidden by no zone.

In: a Page. Out: Prose: paragraphs separated by blank lines, with the place of each character in the page's
text. Leaves to `intake` what the lines of the original are called.

A draft is no news page: nothing of it is furniture, and its lines may be broken anywhere. A line break
inside a paragraph is a blank here, and so is a Markdown mark at the start of a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.types import Block, Page, Span

_BREAK = re.compile(r"[\r\n\x0b\x0c\x85\u2028\u2029][ \t]*(?:>[ \t]?)*|[\t\x0b\x0c]")
_NEWLINE = re.compile(r"\r\n|[\r\n]")
_BETWEEN = "\n\n"


@dataclass(frozen=True, slots=True)
class Prose:
    """starts: where each paragraph begins in `text`; origins: and where in the page's text.

    block_quotes: the paragraphs that are set as a quotation (a Markdown ">", <blockquote>).
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    block_quotes: tuple[Span, ...]

    def origin(self, place: int) -> int:
        """Where a character of `text` stands in the page's text."""
        i = max(0, bisect_right(self.starts, place) - 1)
        return self.origins[i] + place - self.starts[i]


def find_prose(page: Page, *, is_markdown: bool = False) -> Prose:
    """The page's paragraphs in the order of its text; with `is_markdown` a paragraph goes on up to a blank line."""
    pieces: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    quotes: list[Span] = []
    n = 0
    blocks: Iterable[tuple[Span, bool]] = ((b.span, _is_quote(b)) for b in page.blocks)
    if is_markdown:
        blocks = _whole_paragraphs(page)
    for span, is_quote in blocks:
        piece = _BREAK.sub(lambda m: " " * len(m[0]), page.text[span.start : span.end])
        if not piece.strip():
            continue
        starts.append(n)
        origins.append(span.start)
        pieces.append(piece)
        if is_quote:
            quotes.append(Span(n, n + len(piece)))
        n += len(piece) + len(_BETWEEN)
    return Prose(_BETWEEN.join(pieces), tuple(starts), tuple(origins), tuple(quotes))


def line_starts(text: str) -> tuple[int, ...]:
    """Where the lines of a text begin, as an editor counts them."""
    return (0, *(m.end() for m in _NEWLINE.finditer(text)))


def _is_quote(block: Block) -> bool:
    return "md-quote" in block.marks or "blockquote" in block.tags


def _whole_paragraphs(page: Page) -> Iterator[tuple[Span, bool]]:
    """The blocks, those of one Markdown paragraph together: it ends at a blank line, a heading or an item."""
    last: Block | None = None
    first = end = 0
    for block in page.blocks:
        gap = page.text[end : block.span.start] if last else ""
        goes_on = (
            last is not None
            and len(_NEWLINE.findall(gap)) == 1
            and not any(mark.startswith("md-h") for mark in last.marks)
            and (not block.marks or block.marks == last.marks == ("md-quote",))
        )
        if not goes_on:
            if last is not None:
                yield Span(first, end), _is_quote(last)
            first = block.span.start
            last = block
        end = block.span.end
    if last is not None:
        yield Span(first, end), _is_quote(last)
