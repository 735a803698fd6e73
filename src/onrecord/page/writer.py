"""Puts a page's visible text together, block by block, and keeps where every character came from.

In: stretches of source and the elements they stand in. Out: pieces of text, segments, blocks. Leaves to `html` which
stretches are shown. White space is what a browser makes of it: runs of it are one blank, none at a block's ends, a
<br> is a line's end, two are a paragraph's.
"""

from __future__ import annotations

import re
from array import array
from struct import pack
from typing import Final

from onrecord import columns
from onrecord.columns import MAX_MARKS, Blocks, Strings
from onrecord.page.bare import LUMP, MANY_BLOCKS, TINY, find_blocks
from onrecord.page.nodes import Node, words
from onrecord.page.octets import characters
from onrecord.runs import BROKEN

#: How many of the elements that a block stands in are kept, from the innermost.
MAX_TAGS: Final = 48
#: A shorter block may well be said twice on a page; a longer one is there for two sizes of screen.
MIN_TWIN_CHARS: Final = 80
#: A block of so many characters is as long as a sentence.
MIN_PROSE_CHARS: Final = 80
#: Segments are held as Python numbers, and text in pieces, up to so many: packed they take a tenth of the memory.
PACK_AT: Final = 1 << 14
#: The same for the numbers of blocks.
PACK_ROWS_AT: Final = 1 << 12

#: Here they are looked up in no module's dictionary.
SAME: Final = columns.SAME
ENTITY: Final = columns.ENTITY
MADE: Final = columns.MADE

_WORDS: Final = re.compile(r"[^ \t\n\f\r\0]+(?: [^ \t\n\f\r\0]+)*")
_PARTS: Final = re.compile(r"[-_:]")
_BLANK: Final = re.compile(r"[ \t\n\f\r]")
_NEWLINES: Final = re.compile(r"\r\n?|\0")


class Writer:
    """The text so far, and the block that is being put together (`pieces`, `space`, `breaks`).

    n_chars: how many characters the source is, if it is octets (octets.py).
    The block's characters and segments are taken back if nobody sees it. A segment is four numbers of `segments`: its
    kind (columns.py), where it ends in the text, [first, last) of the source, or -1; each starts where the one before ended.
    """

    __slots__ = (
        "_is_octets",
        "_length_before",
        "_link_chars",
        "_long",
        "_most_blocks",
        "_n_blocks",
        "_n_joined",
        "_owner",
        "_packed",
        "_packed_rows",
        "_paths",
        "_rows",
        "_segments",
        "blocks",
        "breaks",
        "depth",
        "gap",
        "length",
        "n_prose",
        "pieces",
        "source",
        "space",
        "text",
    )

    def __init__(self, source: str, n_chars: int | None = None) -> None:
        self.source = source
        self._is_octets = n_chars is not None
        self.text: list[str] = []
        self.blocks = Blocks()  # filled by `finish`
        self.n_prose = 0  # characters in blocks that are as long as sentences and are not links
        self.length = 0
        self.pieces: list[str] = []
        self.space: tuple[int, int] | None = None  # white space that shows if more text follows
        self.breaks: list[tuple[int, int]] = []  # <br>s that show if more text follows
        self._segments: list[int] = []  # the last of them
        self._packed = array("i")  # those before, in less space
        self._rows: list[int] = []  # the last blocks: start, end, characters in links, path
        self._packed_rows = array("i")  # those before
        self._n_blocks = 0
        n = len(source) if n_chars is None else n_chars
        self._most_blocks = MANY_BLOCKS + n // 100  # with more, tiny ones go together
        self._n_joined = 0  # how many pieces of `text` are many in one
        self.depth = 0  # in how many elements the block is, those that were open all the time
        self.gap = 0  # how many line breaks a reader sees before the next block, at least
        self._length_before = 0  # characters before the block
        self._owner = Node("html")
        self._link_chars = 0
        self._long: dict[str, Node] = {}  # the long blocks so far, and the elements that hold them
        #: The number of every path, which is its place here: by the path around it, the innermost element's name, its marks.
        self._paths: dict[tuple[int, str, Strings], int] = {(-1, "html", ()): 0}

    def finish(self) -> tuple[str, array[int]]:
        """The text, and its segments, four numbers each."""
        self._pack(0)
        self._pack_rows()
        rows, self._packed_rows = self._packed_rows, array("i")
        blocks = self.blocks
        blocks.starts, blocks.ends, blocks.link_chars, blocks.paths = (rows[at::4] for at in range(4))
        self._finish_paths()
        text = "".join(self.text)
        self.text.clear()
        packed, self._packed = self._packed, array("i")
        return text, packed

    @property
    def is_empty(self) -> bool:
        """Whether there is no block so far."""
        return not self._rows and not self._packed_rows

    def add(self, first: int, data: str, node: Node) -> None:
        """Take a stretch of text, in which line breaks are blanks, as it stands at `first` of the source."""
        last = first + len(data)
        if node.as_written:
            self._add_as_written(first, last, node)
            return
        if "\t" in data or "\f" in data:
            data = data.replace("\t", " ").replace("\f", " ")
        core = data.strip(" ")
        n = len(core)
        if n != len(data):
            if not core:
                if self.pieces and self.space is None:
                    self.space = (first, last)
                return
            if data[0] == " ":
                start = first + data.find(core[0])
                if self.pieces and self.space is None:
                    self.space = (first, start)
                first = start
        has_nul = "\0" in core
        if has_nul and not core.strip(" \0"):
            return
        self._begin(node)
        end = first + n
        if not has_nul and self.source[first:end] == core and "  " not in core:
            self._put(SAME, core, first, end, node.in_link)
        else:
            self._put_words(first, end, node.in_link)
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
            self._owner, self.depth = node, node.depth
            self.space = None
            self._length_before = at = self.length
            if at:
                self.length = at = at + (2 if self.gap > 1 else 1)
                self._segments += (MADE, at, -1, -1)
            return
        if self.depth < self._owner.depth:
            self._widen()
        if self.breaks:
            first, last = self.breaks.pop()
            self._put(ENTITY, "\n", first, last, False)
        elif self.space is not None:
            first, last = self.space
            kind = SAME if last - first == 1 and self.source[first] == " " else ENTITY
            self._put(kind, " ", first, last, False)
        self.space = None

    def _widen(self) -> None:
        """Elements have closed since the last text: the block is in the one around them."""
        while self._owner.depth > self.depth and self._owner.parent is not None:
            self._owner = self._owner.parent

    def _put(self, kind: int, piece: str, first: int, last: int, in_link: bool) -> None:
        if self._is_octets and kind == SAME:
            piece = characters(piece)
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
            self._pack(4)

    def _pack(self, n_left: int) -> None:
        """Put all segments but the last numbers where they take less space."""
        n = len(self._segments) - n_left
        self._packed.frombytes(pack(f"{n}i", *self._segments[:n]))
        del self._segments[:n]

    def _put_words(self, first: int, last: int, in_link: bool) -> None:
        at = first
        for m in _WORDS.finditer(self.source, first, last):
            start, end = m.span()
            if start > at and at > first and _BLANK.search(self.source, at, start):
                self._put(ENTITY, " ", at, start, in_link)
            self._put(SAME, m[0], start, end, in_link)
            at = end

    def _flush(self) -> None:
        """Put the block behind those before, unless nobody sees it."""
        pieces, owner = self.pieces, self._owner
        piece = pieces[0] if len(pieces) == 1 else "".join(pieces)
        core = piece.strip()
        path = owner.path if owner.path >= 0 else self._path(owner)
        if not core or (len(core) >= MIN_TWIN_CHARS and self._is_twin(core)):
            self._take_back()
        else:
            start = self.length - len(piece)
            text = self.text
            if self._length_before:
                text.append("\n\n" if start - self._length_before > 1 else "\n")
            text.append(piece)
            if len(text) > PACK_AT:
                text[self._n_joined :] = ["".join(text[self._n_joined :])]
                self._n_joined += 1
            if len(core) != len(piece):
                start += len(piece) - len(piece.lstrip())
            if owner.as_written and "\n" in core:
                for b in find_blocks(core):
                    inner = self._paths.setdefault((path, "", b.marks), len(self._paths))
                    self._add_block(start + b.span.start, start + b.span.end, 0, inner)
            else:
                n = len(core)
                self._add_block(start, start + n, self._link_chars if self._link_chars < n else n, path)
        pieces.clear()
        self.space = None
        self._link_chars = 0
        if self.breaks:
            self.breaks.clear()

    def _add_block(self, start: int, end: int, link_chars: int, path: int) -> None:
        if end - start >= MIN_PROSE_CHARS and 2 * link_chars < end - start:
            self.n_prose += end - start
        rows = self._rows
        self._n_blocks += 1
        if self._n_blocks > self._most_blocks and rows and end - start <= TINY and end - rows[-4] <= LUMP:
            rows[-3] = end
            rows[-2] += link_chars
            return
        rows += (start, end, link_chars, path)
        if len(self._rows) > PACK_ROWS_AT:
            self._pack_rows()

    def _pack_rows(self) -> None:
        self._packed_rows.frombytes(pack(f"{len(self._rows)}i", *self._rows))
        self._rows.clear()

    def _path(self, node: Node) -> int:
        """The number of an element's path: equal names and marks from the outside in have one."""
        chain = []
        while node.path < 0 and node.parent is not None:
            chain.append(node)
            node = node.parent
        path, paths = node.path, self._paths
        for inner in reversed(chain):
            path = inner.path = paths.setdefault((path, inner.tag, inner.own), len(paths))
        return path

    def _finish_paths(self) -> None:
        """Give the blocks the tags and marks of their paths."""
        blocks = self.blocks
        all_tags, all_own = blocks.tags, blocks.own
        all_outer: list[int] = []
        for outer, tag, own in self._paths:
            tags: Strings = all_tags[outer] if outer >= 0 else ()
            if tag:
                if len(tags) >= MAX_TAGS:
                    tags = tags[1 - MAX_TAGS :]
                tags = tags + (tag,)  # noqa: RUF005  # unpacking makes a list first
            all_tags.append(tags)
            all_own.append(own)
            all_outer.append(outer)
        blocks.outer = array("i", all_outer)

    def _take_back(self) -> None:
        """Undo the characters and segments of the block."""
        self.length = self._length_before
        for segments in (self._segments, self._packed):
            while segments and segments[-3] > self.length:
                del segments[-4:]

    def _is_twin(self, core: str) -> bool:
        """Whether the block was written before, for another size of screen."""
        owner = self._owner
        before = self._long.setdefault(core, owner)
        if before.path == owner.path:
            return False
        return any(map(_is_responsive, set(_marks(before)).symmetric_difference(_marks(owner))))


def _marks(node: Node) -> Strings:
    """The names of an element and of those around it, as far as a path keeps them."""
    own = []
    inner: Node | None = node
    while inner is not None:
        own.append(inner.own)
        inner = inner.parent
    return tuple(mark for marks in reversed(own) for mark in marks)[-MAX_MARKS:]


def _is_responsive(mark: str) -> bool:
    return not words("responsive.txt").isdisjoint(_PARTS.split(mark))
