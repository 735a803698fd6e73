"""Puts a page's visible text together, block by block, and keeps where every character came from.

In: stretches of source and the elements they stand in. Out: pieces of text, segments, blocks. Leaves to `html` which
stretches are shown. White space is what a browser makes of it: runs of it are one blank, none at a block's ends, a
<br> is a line's end, two are a paragraph's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from onrecord.page.bare import find_blocks
from onrecord.runs import BROKEN
from onrecord.types import Block, RunKind, Span

#: How much of an element's path and names a block keeps: pages built with utility classes carry hundreds.
MAX_TAGS, MAX_MARKS, MAX_MARKS_EACH, MAX_MARK_CHARS = 48, 128, 16, 64
#: Characters of an attribute that are looked at.
MAX_VALUE_CHARS = 1000

#: A shorter block may well be said twice on a page; a longer one is there for two sizes of screen.
MIN_TWIN_CHARS = 80

#: Inline elements that are there for an icon where screen readers pass over them. In others that they pass over
#: (a large first letter, of which another element has the whole word) letters count, and signs do not.
_ICONS = frozenset(("i", "button", "sup"))
_ORNAMENTS = frozenset(("span", "b", "a", "em", "strong", "small", "sub"))
#: Attributes whose words name what an element is for.
_MARKS = frozenset(
    ("class", "id", "role", "itemprop", "data-testid", "data-component", "data-test", "data-qa")
)
#: Attributes that hide an element or show it.
_MATTERS = frozenset(("style", "hidden", "aria-hidden", "open", "shadowrootmode"))
_AS_WRITTEN = frozenset(("pre", "listing", "xmp", "plaintext"))

_UNSEEN = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*inset\(\s*(?:50|100)%)",
    re.I,
)
_KEEPS_SPACE = re.compile(r"(?:^|;)\s*white-space\s*:\s*(?:pre|break-spaces)", re.I)
#: What React streams after the page, in hidden elements that a script then puts into place.
_STREAMED = re.compile(r"[SP]:[0-9a-f]+")
_WORDS = re.compile(r"[^ \t\n\f\r\0]+(?: [^ \t\n\f\r\0]+)*")
_PARTS = re.compile(r"[-_:]")
_BLANK = re.compile(r"[ \t\n\f\r]")
_NEWLINES = re.compile(r"\r\n?|\0")

SAME, ENTITY, MADE = RunKind.SAME, RunKind.ENTITY, RunKind.MADE


@cache
def _words(name: str) -> frozenset[str]:
    lines = files("onrecord.page").joinpath(name).read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@lru_cache(maxsize=4096)
def _marks_of(value: str) -> tuple[tuple[str, ...], bool]:
    """The words of an attribute in lower case, and whether one of them hides the element."""
    marks = value.lower().split()
    hides = not _words("hidden.txt").isdisjoint(marks)
    return tuple(mark[:MAX_MARK_CHARS] for mark in marks[:MAX_MARKS_EACH]), hides


class Node:
    """An open element in which text stands: whether that is shown, its white space counts, it is a link.

    tags, marks: of the elements around it too, from the outside in, the innermost kept where there are too many.
    """

    __slots__ = (
        "as_written",
        "depth",
        "in_link",
        "marks",
        "ornament",
        "parent",
        "reveal",
        "show",
        "tag",
        "tags",
    )

    def __init__(
        self,
        tag: str,
        attributes: Sequence[tuple[str, str]] | None = None,
        parent: Node | None = None,
        skip: bool = False,
        reveal: bool = False,
    ) -> None:
        self.tag, self.parent = tag, parent
        if parent is None:
            self.reveal, self.depth = reveal, 0
            self.show, self.as_written, self.in_link, self.ornament = True, False, False, False
            self.tags: tuple[str, ...] = (tag,)
            self.marks: tuple[str, ...] = ()
        else:
            self.reveal, self.depth = parent.reveal, parent.depth + 1
            self.show = parent.show and not skip and tag != "dialog"
            self.as_written = parent.as_written or tag in _AS_WRITTEN
            self.in_link = parent.in_link or tag == "a"
            self.ornament = parent.ornament
            self.tags = (*parent.tags, tag) if self.depth < MAX_TAGS else (*parent.tags[1:], tag)
            self.marks = parent.marks
        if attributes:
            self._read(attributes)

    def _read(self, attributes: Sequence[tuple[str, str]]) -> None:
        own: tuple[str, ...] = ()
        for name, value in attributes:
            if name in _MARKS:
                if value:
                    marks, hides = _marks_of(
                        value if len(value) < MAX_VALUE_CHARS else value[:MAX_VALUE_CHARS]
                    )
                    own = own + marks if own else marks
                    if hides:
                        self.show = False
            elif name in _MATTERS:
                self._heed(name, value or "", attributes)
        if own:
            marks = self.marks + own[:MAX_MARKS_EACH]
            self.marks = marks if len(marks) <= MAX_MARKS else marks[-MAX_MARKS:]

    def _heed(self, name: str, value: str, attributes: Sequence[tuple[str, str]]) -> None:
        """Take an attribute that may hide the element, or show it against the rule."""
        if name == "style":
            if not self.reveal and _UNSEEN.search(value) is not None:
                self.show = False
            if _KEEPS_SPACE.search(value) is not None:
                self.as_written = True
        elif name == "hidden":
            if not self.reveal and value != "until-found" and not _is_streamed(attributes):
                self.show = False
        elif name == "aria-hidden":
            if value == "true" and (
                self.tag in _ICONS or any("icon" in pair[1] for pair in attributes if pair[1])
            ):
                self.show = False
            elif value == "true" and self.tag in _ORNAMENTS:
                self.ornament = True
        elif (name == "open" and self.tag == "dialog") or (
            name == "shadowrootmode" and self.tag == "template"
        ):
            self.show = self.parent is None or self.parent.show


def _is_streamed(attributes: Sequence[tuple[str, str]]) -> bool:
    return any(
        name == "id" and value is not None and _STREAMED.fullmatch(value) for name, value in attributes
    )


#: A stretch of the text and of the source that it came from: kind, [start, end) of the text, [first, last) of the source.
Segment = tuple[RunKind, int, int, int, int]


class Writer:
    """The text so far, and the block that is being put together (`pieces`, `space`, `breaks`).

    The block's characters and segments are taken back if nobody sees it.
    """

    __slots__ = (
        "_gap",
        "_length_before",
        "_link_chars",
        "_long",
        "_n_before",
        "_owner",
        "blocks",
        "breaks",
        "length",
        "pieces",
        "segments",
        "source",
        "space",
        "text",
    )

    def __init__(self, source: str) -> None:
        self.source = source
        self.text: list[str] = []
        self.segments: list[Segment] = []
        self.blocks: list[Block] = []
        self.length = 0
        self.pieces: list[str] = []
        self.space: tuple[int, int] | None = None  # white space that shows if more text follows
        self.breaks: list[tuple[int, int]] = []  # <br>s that show if more text follows
        self._gap = 0
        self._length_before = self._n_before = 0  # characters and segments before the block
        self._owner: Node | None = None
        self._link_chars = 0
        self._long: dict[str, tuple[str, ...]] = {}  # the long blocks so far, and their marks

    def add(self, first: int, data: str, node: Node) -> None:
        """Take a stretch of text, in which all white space is blanks, as it stands at `first` of the source."""
        if node.as_written:
            self._add_as_written(first, first + len(data), node)
            return
        core = data.lstrip(" ")
        n_led = len(data) - len(core)
        if n_led:
            if self.pieces and self.space is None:
                self.space = (first, first + n_led)
            if not core:
                return
            first += n_led
        n_data = len(core)
        core = core.rstrip(" ")
        last = first + len(core)
        if "\0" in core and not core.strip(" \0"):
            return
        self._begin(node)
        if "  " not in core and "\0" not in core and self.source[first:last] == core:
            self._put(SAME, core, first, last, node.in_link)
        else:
            self._put_words(first, last, node.in_link)
        if n_data > len(core):
            self.space = (last, last + n_data - len(core))

    def add_reference(self, first: int, last: int, data: str, node: Node) -> None:
        """Take what a character reference or a <q> stands for."""
        if data in " \t\n\f\r" and not node.as_written:
            if self.pieces and self.space is None:
                self.space = (first, last)
            return
        self._begin(node)
        self._put(ENTITY, data, first, last, node.in_link)

    def end_block(self, gap: int) -> None:
        """End the block, if there is one. gap: how many line breaks a reader sees here, at least."""
        if self.pieces:
            self._flush()
            self._gap = gap
        elif gap > self._gap:
            self._gap = gap

    def _add_as_written(self, first: int, last: int, node: Node) -> None:
        if not self.pieces:
            while first < last and self.source[first] in "\r\n":
                first += 1
        if first == last:
            return
        self._begin(node)
        at = first
        for m in _NEWLINES.finditer(self.source, first, last):
            if m.start() > at:
                self._put(SAME, self.source[at : m.start()], at, m.start(), node.in_link)
            self._put(ENTITY, BROKEN if m[0] == "\0" else "\n", m.start(), m.end(), node.in_link)
            at = m.end()
        if at < last:
            self._put(SAME, self.source[at:last], at, last, node.in_link)

    def _begin(self, node: Node) -> None:
        """Before visible text: which element holds all of the block, and the white space or breaks that led here."""
        if len(self.breaks) > 1:
            self.end_block(2)
        if not self.pieces:
            self._owner = node
            self.space = None
            self._length_before = at = self.length
            self._n_before = len(self.segments)
            if at:
                self.length = at + (2 if self._gap > 1 else 1)
                self.segments.append((MADE, at, self.length, -1, -1))
            return
        if node is not self._owner:
            self._owner = _common(self._owner, node)
        if self.breaks:
            first, last = self.breaks[0]
            self._put(ENTITY, "\n", first, last, False)
            self.breaks.clear()
        elif self.space is not None:
            first, last = self.space
            self._put(SAME if self.source[first:last] == " " else ENTITY, " ", first, last, False)
        self.space = None

    def _put(self, kind: RunKind, piece: str, first: int, last: int, in_link: bool) -> None:
        at = self.length
        self.length = end = at + len(piece)
        self.pieces.append(piece)
        if in_link:
            self._link_chars += end - at
        segments = self.segments
        if kind is SAME and segments:
            before = segments[-1]
            if before[4] == first and before[0] is SAME:
                segments[-1] = (SAME, before[1], end, before[3], last)
                return
        segments.append((kind, at, end, first, last))

    def _put_words(self, first: int, last: int, in_link: bool) -> None:
        at = first
        for m in _WORDS.finditer(self.source, first, last):
            start, end = m.span()
            if start > at and at > first and _BLANK.search(self.source, at, start):
                self._put(ENTITY, " ", at, start, in_link)
            self._put(SAME, m[0], start, end, in_link)
            at = end

    def _flush(self) -> None:
        pieces, owner, n_before = self.pieces, self._owner, self._length_before
        piece = pieces[0] if len(pieces) == 1 else "".join(pieces)
        core = piece.strip()
        assert owner is not None
        if core and (len(core) < MIN_TWIN_CHARS or not self._is_twin(core, owner.marks)):
            start = self.length - len(piece)
            if n_before:
                self.text.append("\n\n" if start - n_before > 1 else "\n")
            self.text.append(piece)
            if len(core) != len(piece):
                start += len(piece) - len(piece.lstrip())
            if owner.as_written and "\n" in core:
                self.blocks.extend(
                    Block(Span(start + b.span.start, start + b.span.end), owner.tags, owner.marks + b.marks)
                    for b in find_blocks(core)
                )
            else:
                n_links = min(self._link_chars, len(core))
                self.blocks.append(Block(Span(start, start + len(core)), owner.tags, owner.marks, n_links))
        else:
            self.length = n_before
            del self.segments[self._n_before :]
        pieces.clear()
        self.space = None
        self._link_chars = 0
        if self.breaks:
            self.breaks.clear()

    def _is_twin(self, core: str, marks: tuple[str, ...]) -> bool:
        """Whether the block was written before, for another size of screen."""
        before = self._long.setdefault(core, marks)
        return before is not marks and any(map(_is_responsive, set(before).symmetric_difference(marks)))


def _is_responsive(mark: str) -> bool:
    return not _words("responsive.txt").isdisjoint(_PARTS.split(mark))


def _common(a: Node | None, b: Node) -> Node:
    """The innermost node that both are in."""
    assert a is not None
    while a is not b:
        if a.depth >= b.depth:
            assert a.parent is not None
            a = a.parent
        else:
            assert b.parent is not None
            b = b.parent
    return a
