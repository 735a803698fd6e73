"""What the markup says of a unit: the elements that it stands in, and the words in their names.

In: a page's units. Out: `Paths`, and a row of columns a path; in bare text they are zero. Only the paths of units that
are more than a bare link are measured. Leaves to others: what the columns mean (the classifier).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain

import numpy as np

from onrecord.article.lexicon import load_list
from onrecord.article.shape import Doubles, Floats, Ints
from onrecord.article.units import Units

_LAST_TAGS = (
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
_INSIDE = (
    "article", "main", "section", "nav", "header", "footer", "aside", "form", "ul", "ol", "table", "figure",
    "figcaption", "blockquote", "button", "a", "p", "h1", "h2", "h3", "h4", "dl", "label", "strong", "em", "time",
)  # fmt: skip


_LAST_PLACES = {tag: k for k, tag in enumerate(_LAST_TAGS)}
_INSIDE_PLACES = {tag: k for k, tag in enumerate(_INSIDE, len(_LAST_TAGS))}


@dataclass(frozen=True, slots=True)
class Paths:
    """The page's paths, a row each, and how far each goes along with the best one.

    tags, marks: of each path. are_open: the numbers of those with more than bare links; the others are not measured.
    n_open: how many such units each has. best: the number of that with most text. shared: float32 (paths, 5), as `shared_with` has them.
    """

    tags: tuple[tuple[str, ...], ...]
    marks: tuple[tuple[str, ...], ...]
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
        n_tags: dict[tuple[str, ...], int] = {}
        rows = []
        for path in self.are_open:
            own = self.tags[path]
            n = n_tags.get(own)
            if n is None:
                n = n_tags[own] = _n_shared(own, tags)
            rows.append((n, _n_shared(self.marks[path], marks), len(own), len(self.marks[path])))
        if rows:
            table[self.are_open] = [
                (
                    n / max(1, len(tags)),
                    m / max(1, len(marks)),
                    (n_own - n) / 5,
                    (m_own - m) / 5,
                    n >= len(tags) - 1 and m >= len(marks),
                )
                for n, m, n_own, m_own in rows
            ]
        return table


def find_paths(units: Units, ids: Ints, mass: Floats) -> Paths:
    """The page's paths. ids: the path of each unit; mass: how much each looks like a paragraph."""
    by_path = dict(zip(units.paths, zip(units.tags, units.marks, strict=True), strict=True)).values()
    tags, marks = (tuple(tags for tags, _ in by_path), tuple(marks for _, marks in by_path))
    best = int(np.bincount(ids, weights=mass, minlength=1).argmax())
    n_open = np.bincount(ids, weights=~np.array(units.links, bool)).astype(np.float64)
    paths = Paths(
        tags,
        marks,
        np.flatnonzero(n_open).tolist(),
        best,
        n_open,
        np.zeros((0, 5), np.float32),
        units.is_html,
    )
    return replace(paths, shared=paths.shared_with(best))


def markup_of(paths: Paths) -> Floats:
    """float32 (paths, columns): the columns of the markup, a row a path."""
    width = len(markup_names())
    if not paths.is_html:
        return np.zeros((len(paths.tags), width), np.float32)
    n_groups = len(_mark_groups()[0])
    at_marks = len(_LAST_TAGS) + len(_INSIDE)
    at_own, at_rest = at_marks + n_groups, at_marks + 2 * n_groups
    groups = _Places()
    of_tags: dict[tuple[str, ...], list[int]] = {}
    of_outer: dict[tuple[str, ...], list[int]] = {}
    hits: list[int] = []
    n_hits = []
    for path in paths.are_open:
        before = len(hits)
        tags, marks = paths.tags[path], paths.marks[path]
        outer, own = marks[:-3], marks[-3:]
        if tags not in of_tags:
            of_tags[tags] = [_INSIDE_PLACES[tag] for tag in tags if tag in _INSIDE_PLACES]
            of_tags[tags] += [_LAST_PLACES[tag] for tag in tags[-1:] if tag in _LAST_PLACES]
        if outer not in of_outer:
            of_outer[outer] = list(chain.from_iterable(map(groups.__getitem__, outer)))
        hits += of_tags[tags]
        hits += of_outer[outer]
        for mark in own:
            for group in groups[mark]:
                hits += (group, group + n_groups)
        n_hits.append(len(hits) - before)
    keys = np.repeat(np.array(paths.are_open, np.int64) * width, n_hits) + np.array(hits, np.int64)
    table = np.bincount(keys, minlength=len(paths.tags) * width).reshape(-1, width).astype(np.float32)
    np.minimum(table[:, :at_marks], 1, out=table[:, :at_marks])
    np.minimum(table[:, at_own:at_rest], 1, out=table[:, at_own:at_rest])
    table[paths.are_open, at_rest] = [len(paths.tags[path]) / 10 for path in paths.are_open]
    table[:, at_rest + 1 :] = paths.shared
    counts = paths.n_open
    of_groups = table[:, at_marks:at_own]
    common = (counts @ of_groups) / max(1, counts.sum())
    table[:, at_marks:at_own] = np.clip(of_groups - common, -2, 3)
    return table


class _Places(dict[str, tuple[int, ...]]):
    """The columns that a mark has a part in, each asked for once a page."""

    def __missing__(self, mark: str) -> tuple[int, ...]:
        places = self[mark] = _groups_of(mark)
        return places


def _n_shared(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """How many items both begin with."""
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
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


@lru_cache(maxsize=8192)
def _groups_of(mark: str) -> tuple[int, ...]:
    """The columns of the groups of words that stand in one class name or id."""
    _, of_word, pattern = _mark_groups()
    found: list[int] = []
    for m in pattern.finditer(mark):
        word = m.group()
        found.extend(of_word.get(word) or of_word.get(word.removesuffix("s"), ()))
    first = len(_LAST_TAGS) + len(_INSIDE)
    return tuple(first + group for group in sorted(set(found)))


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
