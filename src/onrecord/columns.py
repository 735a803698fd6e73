"""A page's runs and blocks as columns of numbers: read like tuples, a twentieth of the memory and the time.

In: columns. Out: sequences whose items are made when they are asked for. Leaves to `page` what stands in them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, overload

from onrecord.types import Block, Run, RunKind, Span

#: The names of an element and of those around it that a path keeps, from the end: pages built with utility classes carry hundreds.
MAX_MARKS = 128

Item = TypeVar("Item")
Strings = tuple[str, ...]

#: The number that stands for a kind of run.
KINDS = tuple(RunKind)
SAME, ENTITY, MADE = (KINDS.index(kind) for kind in (RunKind.SAME, RunKind.ENTITY, RunKind.MADE))


class _Columns(Sequence[Item]):
    """What runs and blocks have in common: equal to a tuple of the same items."""

    __slots__ = ()

    def _items(self, rows: range) -> Iterator[Item]:
        raise NotImplementedError

    @overload
    def __getitem__(self, row: int) -> Item: ...
    @overload
    def __getitem__(self, row: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, row: int | slice) -> Item | tuple[Item, ...]:
        rows = range(len(self))[row]
        if isinstance(rows, range):
            return tuple(self._items(rows))
        return next(self._items(range(rows, rows + 1)))

    def __iter__(self) -> Iterator[Item]:
        return self._items(range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, (_Columns, tuple)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({list(self)!r})"


class Runs(_Columns[Run]):
    """Runs that tile a text. kinds: a byte a run, of KINDS; the others: array("i"), a number a run."""

    __slots__ = ("byte_ends", "byte_starts", "kinds", "text_ends")

    def __init__(
        self, kinds: bytes, text_ends: array[int], byte_starts: array[int], byte_ends: array[int]
    ) -> None:
        self.kinds, self.text_ends, self.byte_starts, self.byte_ends = (
            kinds,
            text_ends,
            byte_starts,
            byte_ends,
        )

    def __len__(self) -> int:
        return len(self.kinds)

    def _items(self, rows: range) -> Iterator[Run]:
        ends = self.text_ends
        for row in rows:
            start = ends[row - 1] if row else 0
            yield Run(start, ends[row], self.byte_starts[row], self.byte_ends[row], KINDS[self.kinds[row]])


class Blocks(_Columns[Block]):
    """Blocks in the order of the text: where they start and end, how many characters stand in links, their path.

    starts, ends, link_chars, paths: array("i"), a number a block. tags: those of each path, by its number. outer: the
    path around it, which stands before it, or -1; own: the marks of its innermost element.
    """

    __slots__ = ("_marks", "ends", "link_chars", "outer", "own", "paths", "starts", "tags")

    def __init__(self) -> None:
        self.starts, self.ends = array("i"), array("i")
        self.link_chars, self.paths = array("i"), array("i")
        self.tags: list[Strings] = []
        self.outer = array("i")
        self.own: list[Strings] = []
        self._marks: list[Strings] = []

    @property
    def marks(self) -> list[Strings]:
        """The marks of each path: those of the path around it, then its own; put together when somebody asks."""
        marks = self._marks
        for path in range(len(marks), len(self.own)):
            own, outer = self.own[path], self.outer[path]
            around = marks[outer] if outer >= 0 else ()
            marks.append((around + own)[-MAX_MARKS:] if around and own else around or own)
        return marks

    def add_path(self, tags: Strings, outer: int, own: Strings) -> int:
        """The number of a new path; only while a page is read."""
        self.tags.append(tags)
        self.outer.append(outer)
        self.own.append(own)
        return len(self.tags) - 1

    def add(self, start: int, end: int, link_chars: int, path: int) -> None:
        """Put a block after the others; only while a page is read."""
        self.starts.append(start)
        self.ends.append(end)
        self.link_chars.append(link_chars)
        self.paths.append(path)

    def __len__(self) -> int:
        return len(self.starts)

    def _items(self, rows: range) -> Iterator[Block]:
        marks = self.marks
        for row in rows:
            path = self.paths[row]
            span = Span(self.starts[row], self.ends[row])
            yield Block(span, self.tags[path], marks[path], self.link_chars[row])


def columns_of(blocks: Sequence[Block]) -> Blocks:
    """The blocks as columns."""
    if isinstance(blocks, Blocks):
        return blocks
    out = Blocks()
    numbers: dict[tuple[Strings, Strings], int] = {}
    for block in blocks:
        key = (block.tags, block.marks)
        if key not in numbers:
            numbers[key] = out.add_path(block.tags, -1, block.marks)
        out.add(block.span.start, block.span.end, block.link_chars, numbers[key])
    return out


class Spans(_Columns[Span]):
    """Spans by where they start and end."""

    __slots__ = ("ends", "starts")

    def __init__(self, starts: Iterable[int], ends: Iterable[int]) -> None:
        self.starts, self.ends = array("i", starts), array("i", ends)

    def __len__(self) -> int:
        return len(self.starts)

    def _items(self, rows: range) -> Iterator[Span]:
        for row in rows:
            yield Span(self.starts[row], self.ends[row])
