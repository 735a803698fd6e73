"""Notation for zones: a page as its lines, each behind the kind that it should be given.

    zoned('''
    title| Dam at Brennick is safe, says engineer

    body| The dam at Brennick is safe, its chief engineer said on Tuesday.
    ''')

Lines without a kind are read with no expectation. Out: a Page of bare text, and (kind, line) pairs.
"""

from __future__ import annotations

import hashlib
import textwrap
from dataclasses import dataclass

from onrecord.page.bare import find_blocks
from onrecord.types import Article, Block, Encoding, Fact, Given, Origin, Page, Run, RunKind, Span, ZoneKind

KINDS = frozenset(ZoneKind)


@dataclass(frozen=True)
class Zoned:
    """A page, and what its lines should be."""

    page: Page
    expected: tuple[tuple[str, str], ...]


def zoned(notation: str, *, given: Given | None = None) -> Zoned:
    """The page that the notation writes down, without the kinds."""
    lines, expected = [], []
    for line in textwrap.dedent(notation).strip("\n").split("\n"):
        kind, bar, rest = line.partition("| ")
        if bar and kind.strip() in KINDS:
            indent = " " * (len(kind) - len(kind.lstrip()))
            expected.append((kind.strip(), rest.strip()))
            line = indent + rest
        lines.append(line)
    return Zoned(text_page("\n".join(lines), given=given), tuple(expected))


def text_page(text: str, *, given: Given | None = None, facts: tuple[Fact, ...] = ()) -> Page:
    """A page of bare text."""
    return _page(text, find_blocks(text), facts, "text/plain", given)


def html_page(*blocks: tuple[str, str, str], facts: tuple[Fact, ...] = ()) -> Page:
    """A page of blocks (element names, marks, text), as `page` makes them from HTML."""
    text, out = "", []
    for tags, marks, words in blocks:
        text += "\n\n" if text else ""
        span = Span(len(text), len(text) + len(words))
        out.append(Block(span, tuple(f"html body {tags}".split()), tuple(marks.split())))
        text += words
    return _page(text, tuple(out), facts, "text/html", None)


def _page(
    text: str, blocks: tuple[Block, ...], facts: tuple[Fact, ...], media_type: str, given: Given | None
) -> Page:
    encoded = text.encode("utf-8", "surrogatepass")
    runs = (Run(0, len(text), 0, len(encoded), RunKind.SAME),) if text else ()
    sha256 = hashlib.sha256(encoded).hexdigest()
    return Page(
        "page", sha256, media_type, Origin(), text, Encoding("utf-8", "utf-8"), runs, blocks, facts, given
    )


def kinds_of(article: Article) -> tuple[tuple[str, str], ...]:
    """(kind, line) for every line of the text that lies in a zone, the innermost counting."""
    out = []
    text, start = article.page.text, 0
    for line in text.split("\n"):
        at = start + len(line) - len(line.lstrip())
        start += len(line) + 1
        around = [z for z in article.zones if z.span.start <= at + 2 < z.span.end]
        if line.strip() and around:
            zone = min(around, key=lambda z: z.span.end - z.span.start)
            out.append((zone.kind.value, line.strip()))
    return tuple(out)


def wrong_kinds(article: Article, expected: tuple[tuple[str, str], ...]) -> list[tuple[str, str, str]]:
    """(kind expected, kind given, line) wherever they differ: empty is right."""
    got = {line: kind for kind, line in kinds_of(article)}
    return [(kind, got.get(line, "none"), line) for kind, line in expected if got.get(line) != kind]
