"""Puts a page's visible text together, block by block, and keeps where every character came from.

In: stretches of source and the elements they stand in. Out: pieces of text, segments, blocks. Leaves to `html` which
stretches are shown. White space is what a browser makes of it: runs of it are one blank, none at a block's ends, a
<br> is a line's end, two are a paragraph's.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

from onrecord.columns import ENTITY, MADE, SAME, Blocks, Strings
from onrecord.page.bare import find_blocks
from onrecord.runs import BROKEN

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

#: Segments are held as Python numbers, and text in pieces, up to so many: packed they take a tenth of the memory.
PACK_AT = 1 << 14


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

    own: its class names, ids and the like. path: the number that a writer gives its path when a block asks for it.
    """

    __slots__ = (
        "as_written",
        "depth",
        "in_link",
        "ornament",
        "own",
        "parent",
        "path",
        "reveal",
        "show",
        "tag",
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
        self.own: Strings = ()
        self.path = -1
        if parent is None:
            self.reveal, self.depth = reveal, 0
            self.show, self.as_written, self.in_link, self.ornament = True, False, False, False
        else:
            self.reveal, self.depth = parent.reveal, parent.depth + 1
            self.show = parent.show and not skip and tag != "dialog"
            self.as_written = parent.as_written or tag in _AS_WRITTEN
            self.in_link = parent.in_link or tag == "a"
            self.ornament = parent.ornament
        if attributes:
            self._read(attributes)

    def _read(self, attributes: Sequence[tuple[str, str]]) -> None:
        own: Strings = ()
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
        self.own = own[:MAX_MARKS_EACH]

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


class Writer:
    """The text so far, and the block that is being put together (`pieces`, `space`, `breaks`).

    The block's characters and segments are taken back if nobody sees it. A segment is four numbers of `segments`: its
    kind (columns.py), where it ends in the text, [first, last) of the source, or -1; each starts where the one before ended.
    """

    __slots__ = (
        "_length_before",
        "_link_chars",
        "_long",
        "_n_joined",
        "_owner",
        "_packed",
        "_paths",
        "_segments",
        "blocks",
        "breaks",
        "gap",
        "length",
        "pieces",
        "source",
        "space",
        "text",
    )

    def __init__(self, source: str) -> None:
        self.source = source
        self.text: list[str] = []
        self.blocks = Blocks()
        self.blocks.add_path(("html",), (), -1, ())
        self.length = 0
        self.pieces: list[str] = []
        self.space: tuple[int, int] | None = None  # white space that shows if more text follows
        self.breaks: list[tuple[int, int]] = []  # <br>s that show if more text follows
        self._segments: list[int] = []  # the last of them
        self._packed = array("i")  # those before, in less space
        self._n_joined = 0  # how many pieces of `text` are many in one
        self.gap = 0  # how many line breaks a reader sees before the next block, at least
        self._length_before = 0  # characters before the block
        self._owner: Node | None = None
        self._link_chars = 0
        self._long: dict[str, int] = {}  # the long blocks so far, and their paths
        self._paths: dict[tuple[int, str, Strings], int] = {}  # numbers, by the path around, name, marks

    def finish(self) -> tuple[str, array[int]]:
        """The text, and its segments, four numbers each."""
        self._packed.extend(self._segments)
        self._segments.clear()
        return "".join(self.text), self._packed

    def add(self, first: int, data: str, node: Node) -> None:
        """Take a stretch of text, in which all white space is blanks, as it stands at `first` of the source."""
        if node.as_written:
            self._add_as_written(first, first + len(data), node)
            return
        core = data.strip(" ")
        last = first + len(data)
        if len(core) != len(data):
            if not core:
                if self.pieces and self.space is None:
                    self.space = (first, last)
                return
            if data[0] == " ":
                start = first + len(data) - len(data.lstrip(" "))
                if self.pieces and self.space is None:
                    self.space = (first, start)
                first = start
        end = first + len(core)
        if "\0" in core and not core.strip(" \0"):
            return
        if self.breaks:
            self._begin(node)
        elif not self.pieces:
            self._start(node)
        else:
            if node is not self._owner:
                self._owner = _common(self._owner, node)
            if self.space is not None:
                self._put_space()
        if "  " in core or "\0" in core or self.source[first:end] != core:
            self._put_words(first, end, node.in_link)
        else:
            self._put(SAME, core, first, end, node.in_link)
        if end != last:
            self.space = (end, last)

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
            self.gap = gap
        elif gap > self.gap:
            self.gap = gap

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
            self._start(node)
            return
        if node is not self._owner:
            self._owner = _common(self._owner, node)
        if self.breaks:
            first, last = self.breaks[0]
            self._put(ENTITY, "\n", first, last, False)
            self.breaks.clear()
            self.space = None
        elif self.space is not None:
            self._put_space()

    def _start(self, node: Node) -> None:
        """Begin a block."""
        self._owner = node
        self.space = None
        self._length_before = at = self.length
        if at:
            self.length = at = at + (2 if self.gap > 1 else 1)
            self._segments += (MADE, at, -1, -1)

    def _put_space(self) -> None:
        assert self.space is not None
        first, last = self.space
        self._put(SAME if self.source[first:last] == " " else ENTITY, " ", first, last, False)
        self.space = None

    def _put(self, kind: int, piece: str, first: int, last: int, in_link: bool) -> None:
        self.length = end = self.length + len(piece)
        self.pieces.append(piece)
        if in_link:
            self._link_chars += len(piece)
        segments = self._segments
        if kind == SAME and segments and segments[-1] == first and segments[-4] == SAME:
            segments[-3] = end
            segments[-1] = last
            return
        segments += (kind, end, first, last)
        if len(segments) > PACK_AT:
            self._packed.extend(segments[:-4])
            del segments[:-4]

    def _put_words(self, first: int, last: int, in_link: bool) -> None:
        at = first
        for m in _WORDS.finditer(self.source, first, last):
            start, end = m.span()
            if start > at and at > first and _BLANK.search(self.source, at, start):
                self._put(ENTITY, " ", at, start, in_link)
            self._put(SAME, m[0], start, end, in_link)
            at = end

    def _flush(self) -> None:
        pieces, owner = self.pieces, self._owner
        piece = pieces[0] if len(pieces) == 1 else "".join(pieces)
        core = piece.strip()
        assert owner is not None
        path = owner.path if owner.path >= 0 else self._path(owner)
        if core and (len(core) < MIN_TWIN_CHARS or not self._is_twin(core, path)):
            start = self.length - len(piece)
            if self._length_before:
                self.text.append("\n\n" if start - self._length_before > 1 else "\n")
            self.text.append(piece)
            if len(self.text) > PACK_AT:
                self.text[self._n_joined :] = ["".join(self.text[self._n_joined :])]
                self._n_joined += 1
            if len(core) != len(piece):
                start += len(piece) - len(piece.lstrip())
            if owner.as_written and "\n" in core:
                for b in find_blocks(core):
                    self.blocks.add(
                        start + b.span.start, start + b.span.end, 0, self._inside(path, "", b.marks)
                    )
            else:
                self.blocks.add(start, start + len(core), min(self._link_chars, len(core)), path)
        else:
            self._take_back()
        pieces.clear()
        self.space = None
        self._link_chars = 0
        if self.breaks:
            self.breaks.clear()

    def _path(self, node: Node) -> int:
        """The number of an element's path: equal names and marks from the outside in have one."""
        chain = [node]
        while chain[-1].path < 0 and chain[-1].parent is not None:
            chain.append(chain[-1].parent)
        path = max(chain.pop().path, 0)
        for inner in reversed(chain):
            path = inner.path = self._inside(path, inner.tag, inner.own)
        return path

    def _inside(self, path: int, tag: str, own: Strings) -> int:
        key = (path, tag, own)
        number = self._paths.get(key)
        if number is None:
            tags, marks = self.blocks.tags[path], self.blocks.marks[path]
            tags = (*tags, tag)[-MAX_TAGS:] if tag else tags
            marks = (marks + own)[-MAX_MARKS:] if own else marks
            number = self._paths[key] = self.blocks.add_path(tags, marks, path, own)
        return number

    def _take_back(self) -> None:
        """Undo the characters and segments of the block."""
        self.length = self._length_before
        for segments in (self._segments, self._packed):
            while segments and segments[-3] > self.length:
                del segments[-4:]

    def _is_twin(self, core: str, path: int) -> bool:
        """Whether the block was written before, for another size of screen."""
        before = self._long.setdefault(core, path)
        if before == path:
            return False
        marks = self.blocks.marks
        return any(map(_is_responsive, set(marks[before]).symmetric_difference(marks[path])))


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
