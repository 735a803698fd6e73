"""What the markup says of a unit: the elements that it stands in, and the words in their names.

In: a page's units. Out: `Paths`, and a row of columns a path; in bare text they are zero. Only the paths of units that
are more than a bare link are measured. Leaves to others: what the columns mean (the classifier).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from onrecord.article.marks import group_names, groups_of
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

#: How many of a path's marks, the last ones, count as its own.
OWN_MARKS: Final = 3
_LAST_PLACES: Final = {tag: k for k, tag in enumerate(_LAST_TAGS)}
_INSIDE_PLACES: Final = {tag: k for k, tag in enumerate(_INSIDE, len(_LAST_TAGS))}


@dataclass(frozen=True, slots=True)
class Paths:
    """The page's paths, a row each, and how far each goes along with the best one.

    tags, marks: of each path. groups: those of its marks (marks.py). are_open: the numbers of those with more than bare links; the others are not measured.
    n_open: how many such units each has. best: the number of that with most text. shared: float32 (paths, 5), as `shared_with` has them.
    """

    tags: tuple[Strings, ...]
    marks: tuple[Strings, ...]
    groups: tuple[bytes, ...]
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
        all_tags, all_marks = max(1, len(tags)), max(1, len(marks))
        rows: list[float] = []
        for path in self.are_open:
            own, own_marks = self.tags[path], self.marks[path]
            n, n_marks = _n_shared(own, tags), _n_shared(own_marks, marks)
            is_within = n >= len(tags) - 1 and n_marks >= len(marks)
            rows += (n / all_tags, n_marks / all_marks, (len(own) - n) / 5, (len(own_marks) - n_marks) / 5)
            rows.append(1.0 if is_within else 0.0)
        table[self.are_open] = np.array(rows).reshape(-1, 5)
        return table


def find_paths(units: Units, ids: Ints, best: int, is_open: npt.NDArray[np.bool_]) -> Paths:
    """The page's paths. ids: the path of each unit; best: that with most text; is_open: whether a unit is no bare link."""
    firsts = [0] if len(units) else []  # the first unit of each path: they are numbered as they come
    for row, path in enumerate(units.paths):
        if path == len(firsts):
            firsts.append(row)
    tags = tuple([units.tags[row] for row in firsts])
    marks = tuple([units.marks[row] for row in firsts])
    n_open = np.bincount(ids, weights=is_open).astype(np.float64)
    are_open = n_open.nonzero()[0].tolist()
    paths = Paths(
        tags, marks, units.groups, are_open, best, n_open, np.zeros((0, 5), np.float32), units.is_html
    )
    return replace(paths, shared=paths.shared_with(best))


def markup_of(paths: Paths) -> Floats:
    """float32 (paths, columns): the columns of the markup, a row a path."""
    width = len(markup_names())
    if not paths.is_html:
        return np.zeros((len(paths.tags), width), np.float32)
    at_marks = len(_LAST_TAGS) + len(_INSIDE)
    at_own = at_marks + len(group_names())
    at_rest = at_own + len(group_names())
    of_all, of_own = _places_of_groups()
    tag_places: dict[Strings, bytes] = {}
    hits: list[bytes] = []
    for path in paths.are_open:
        tags = paths.tags[path]
        if tags not in tag_places:
            tag_places[tags] = _tag_places(tags)
        own = groups_of(paths.marks[path][-OWN_MARKS:])
        hits.append(tag_places[tags] + paths.groups[path].translate(of_all) + own.translate(of_own))
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


def _tag_places(tags: Strings) -> bytes:
    """The columns of the elements that a path goes through, and of the last of them, a byte each."""
    places = [_INSIDE_PLACES[tag] for tag in tags if tag in _INSIDE_PLACES]
    if tags and tags[-1] in _LAST_PLACES:
        places.append(_LAST_PLACES[tags[-1]])
    return bytes(places)


def _n_shared(a: Strings, b: Strings) -> int:
    """How many items both begin with."""
    n, most = 0, min(len(a), len(b))
    while n < most and a[n] == b[n]:
        n += 1
    return n


@cache
def _places_of_groups() -> tuple[bytes, bytes]:
    """The column of each group: among those of all marks of a path, and of its own."""
    n = len(group_names())
    first = len(_LAST_TAGS) + len(_INSIDE)
    return bytes(range(first, first + n)).ljust(256), bytes(range(first + n, first + 2 * n)).ljust(256)


@cache
def markup_names() -> tuple[str, ...]:
    groups = group_names()
    return (
        *(f"last_{tag}" for tag in _LAST_TAGS),
        *(f"in_{tag}" for tag in _INSIDE),
        *(f"mark_{group}" for group in groups),
        *(f"own_{group}" for group in groups),
        "depth", "tags_shared", "marks_shared", "tags_extra", "marks_extra", "is_within",
    )  # fmt: skip
