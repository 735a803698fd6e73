"""What the markup says of a unit: the elements that it stands in, and the words in their names.

In: a page's units. Out: `Paths`, and a row of columns a path; in bare text they are zero. Only the paths of units that
are more than a bare link are measured. Leaves to others: what the columns mean (the classifier).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from onrecord.article.lexicon import load_list
from onrecord.article.shape import Doubles, Floats, Ints
from onrecord.article.units import Units
from onrecord.columns import Strings

_LAST_TAGS: Final = (
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "div",
    "span",
    "a",
    "td",
    "figcaption",
    "blockquote",
    "button",
    "time",
)
_INSIDE: Final = (
    "article", "main", "section", "nav", "header", "footer", "aside", "form", "ul", "ol", "table", "figure",
    "figcaption", "blockquote", "button", "a", "p", "h1", "h2", "h3", "h4", "dl", "label", "strong", "em", "time",
)  # fmt: skip


_LAST_PLACES: Final = {tag: k for k, tag in enumerate(_LAST_TAGS)}
_INSIDE_PLACES: Final = {tag: k for k, tag in enumerate(_INSIDE, len(_LAST_TAGS))}


@dataclass(frozen=True, slots=True)
class Paths:
    """The page's paths, a row each, and how far each goes along with the best one.

    tags, marks: of each path. are_open: the numbers of those with more than bare links; the others are not measured.
    n_open: how many such units each has. best: the number of that with most text. shared: float32 (paths, 5), as `shared_with` has them.
    """

    tags: tuple[Strings, ...]
    marks: tuple[Strings, ...]
    are_open: list[int]
    best: int
    n_open: Doubles
    shared: Floats
    is_html: bool

    def shared_with(self, best: int) -> Floats:
        """Shares of the best path's tags and marks, what is left over, whether a path stands in the same element."""
        table = np.zeros((len(self.tags), 5), np.float32)
        if not self.is_html:
            return table
        if best == self.best and len(self.shared):
            return self.shared
        tags, marks = self.tags[best], self.marks[best]
        n_tags: dict[Strings, int] = {}
        rows = []
        for path in self.are_open:
            own, own_marks = self.tags[path], self.marks[path]
            n = n_tags.get(own)
            if n is None:
                n = n_tags[own] = _n_shared(own, tags)
            rows.append((n, _n_shared(own_marks, marks), len(own), len(own_marks)))
        counts = np.array(rows, np.float64).reshape(-1, 4)
        shared = np.empty((len(rows), 5), np.float32)
        shared[:, :2] = counts[:, :2] / (max(1, len(tags)), max(1, len(marks)))
        shared[:, 2:4] = (counts[:, 2:] - counts[:, :2]) / 5
        shared[:, 4] = (counts[:, 0] >= len(tags) - 1) & (counts[:, 1] >= len(marks))
        table[self.are_open] = shared
        return table


def find_paths(units: Units, ids: Ints, mass: Floats, is_open: npt.NDArray[np.bool_]) -> Paths:
    """The page's paths. ids: the path of each unit; mass: how much each looks like a paragraph; is_open: no bare link."""
    firsts = [0] if len(units) else []  # the first unit of each path: they are numbered as they come
    for row, path in enumerate(units.paths):
        if path == len(firsts):
            firsts.append(row)
    tags = tuple([units.tags[row] for row in firsts])
    marks = tuple([units.marks[row] for row in firsts])
    best = int(np.bincount(ids, weights=mass, minlength=1).argmax())
    n_open = np.bincount(ids, weights=is_open).astype(np.float64)
    are_open = n_open.nonzero()[0].tolist()
    paths = Paths(tags, marks, are_open, best, n_open, np.zeros((0, 5), np.float32), units.is_html)
    return replace(paths, shared=paths.shared_with(best))


def markup_of(paths: Paths) -> Floats:
    """float32 (paths, columns): the columns of the markup, a row a path."""
    width = len(markup_names())
    if not paths.is_html:
        return np.zeros((len(paths.tags), width), np.float32)
    at_marks = len(_LAST_TAGS) + len(_INSIDE)
    at_own = at_marks + len(_mark_groups()[0])
    at_rest = at_own + len(_mark_groups()[0])
    hits = [_tag_places(paths.tags[path]) + _mark_places(paths.marks[path]) for path in paths.are_open]
    keys = (np.array(paths.are_open, np.int64) * width).repeat(list(map(len, hits)))
    keys += np.frombuffer(b"".join(hits), np.uint8)
    table = np.bincount(keys, minlength=len(paths.tags) * width).reshape(-1, width).astype(np.float32)
    np.minimum(table[:, :at_marks], 1, out=table[:, :at_marks])
    np.minimum(table[:, at_own:at_rest], 1, out=table[:, at_own:at_rest])
    table[paths.are_open, at_rest] = [len(paths.tags[path]) / 10 for path in paths.are_open]
    table[:, at_rest + 1 :] = paths.shared
    of_groups = table[:, at_marks:at_own]
    common = (paths.n_open @ of_groups) / max(1, paths.n_open.sum())
    table[:, at_marks:at_own] = np.minimum(np.maximum(of_groups - common, -2), 3)
    return table


@lru_cache(maxsize=4096)  # the pages of one site have the same ones
def _mark_places(marks: Strings) -> bytes:
    """The columns that marks have a part in, a byte each; the last marks are the path's own."""
    own = b"".join(map(_groups_of, marks[-3:]))
    return b"".join(map(_groups_of, marks[:-3])) + own + own.translate(_own_places())


@lru_cache(maxsize=4096)
def _tag_places(tags: Strings) -> bytes:
    """The columns of the elements that a path goes through, and of the last of them, a byte each."""
    inside = [_INSIDE_PLACES[tag] for tag in tags if tag in _INSIDE_PLACES]
    return bytes([*inside, *(_LAST_PLACES[tag] for tag in tags[-1:] if tag in _LAST_PLACES)])


def _n_shared(a: Strings, b: Strings) -> int:
    """How many items both begin with."""
    n, most = 0, min(len(a), len(b))
    while n < most and a[n] == b[n]:
        n += 1
    return n


@cache
def _mark_groups() -> tuple[tuple[str, ...], dict[str, tuple[int, ...]], re.Pattern[str]]:
    """Names of the groups, the groups of each word, and a pattern that finds the words."""
    groups: list[str] = []
    of_word: dict[str, tuple[int, ...]] = {}
    for line in load_list("mark_words"):
        name, words = line.split("\t")
        for word in words.split():
            of_word[word] = (*of_word.get(word, ()), len(groups))
        groups.append(name)
    longer = sorted((w for w in of_word if len(w) >= 5), key=lambda w: (-len(w), w))
    shorter = sorted(w for w in of_word if len(w) < 5)
    pattern = "|".join(longer) + "|(?<![a-z])(?:" + "|".join(shorter) + ")s?(?![a-z])"
    return tuple(groups), of_word, re.compile(pattern)


@cache
def _own_places() -> bytes:
    """Which column of a path's own marks stands for one of all its marks, by the number of the latter."""
    first, n = len(_LAST_TAGS) + len(_INSIDE), len(_mark_groups()[0])
    return bytes(column + n if first <= column < first + n else column for column in range(256))


@lru_cache(maxsize=1 << 14)
def _groups_of(mark: str) -> bytes:
    """The columns of the groups of words that stand in one class name or id, a byte each."""
    _, of_word, pattern = _mark_groups()
    found: list[int] = []
    for m in pattern.finditer(mark):
        word = m.group()
        found.extend(of_word.get(word) or of_word.get(word.removesuffix("s"), ()))
    first = len(_LAST_TAGS) + len(_INSIDE)
    return bytes(first + group for group in sorted(set(found)))


@cache
def markup_names() -> tuple[str, ...]:
    groups = _mark_groups()[0]
    return (
        *(f"last_{tag}" for tag in _LAST_TAGS),
        *(f"in_{tag}" for tag in _INSIDE),
        *(f"mark_{group}" for group in groups),
        *(f"own_{group}" for group in groups),
        "depth", "tags_shared", "marks_shared", "tags_extra", "marks_extra", "is_within",
    )  # fmt: skip
