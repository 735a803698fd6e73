"""What the classifier is told about each unit by itself and by its neighbours.

In: a Page's units and signs. Out: Measures, of which columns are made, `float32 (feature_names(), units)`: the same
for HTML and for bare text, where those that come from markup are zero. Nothing here is learned; the weights
that go with these columns carry VERSION. Leaves to others: characters (shape.py), markup (paths.py).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from typing import Final, cast

import numpy as np
import numpy.typing as npt

from onrecord.article.paths import Paths, find_paths, markup_names, markup_of
from onrecord.article.shape import SHAPE_NAMES, Doubles, Floats, Ints, flags_of, numbers_of, shape_of
from onrecord.article.signs import Sign
from onrecord.article.units import Units, find_h1
from onrecord.article.voice import load_vocabulary

#: Weights made for other columns are refused.
VERSION: Final = 2

#: Letters of a unit beyond this many weigh nothing: ten paragraphs are an article, one long notice is not.
LONG: Final = 300

_LAYOUT: Final = ("links", "bullet", "indent", "gap", "repeated")
_PLACE: Final = ("place", "mass_before", "mass", "total", "units")
_GROUP: Final = ("group_mass", "group_length", "group_size", "in_best_group", "shape_mass")
_TITLE: Final = ("has_title", "after_title", "from_title")
_ALONE: Final = (*SHAPE_NAMES, *_LAYOUT, *_PLACE, *_GROUP, *_TITLE, "is_html")
_LABEL: Final = re.compile(r"[^a-z:|.]{3,40}[:|]|[A-Z][\w ]{2,25}:\s*[A-Z]")
_SIGNS: Final = tuple(Sign)


@dataclass(frozen=True, slots=True)
class Measures:
    """What columns are put together from: a page of many units would need ten times its own memory for all of them at once.

    alone: float32 (names, units). wording: uint8 (names, units). sign: a number a unit, or -1. markup: float32 (names,
    paths). near: float32 (names, units). picked: what neighbours are told of a unit, with empty units before and after
    the page. is_open: whether a unit is more than a bare link. paths, shapes: equal for equal paths, and for equal tags.
    letters: at most LONG, never none.
    """

    alone: Floats
    wording: npt.NDArray[np.uint8]
    sign: Ints
    markup: Floats
    picked: Floats
    near: Floats
    is_open: npt.NDArray[np.bool_]
    paths: Ints
    shapes: Ints
    letters: Floats
    of_paths: Paths

    def columns(self, units: Ints) -> Floats:
        """float32 (feature_names(), units): the columns of these units."""
        out = np.zeros((len(feature_names()), len(units)), np.float32)
        at, end = 0, len(self.alone)
        self.alone.take(units, axis=1, out=out[at:end], mode="clip")
        at, end = end, end + len(self.wording)
        out[at:end] = self.wording.take(units, axis=1)
        signs = self.sign[units]
        signed = (signs >= 0).nonzero()[0]
        out[end + signs[signed], signed] = 1
        paths = self.paths[units]
        at = end + len(_SIGNS)
        end = at + len(self.markup)
        out[at:end] = self.markup.T.take(paths, axis=0).T  # whole rows are copied in one
        there = units + _AROUND[:, None]
        at, end = end, end + len(_AROUND) * len(self.picked)
        out[at:end].reshape(len(_AROUND), len(self.picked), -1)[:] = self.picked.take(there, axis=1).swapaxes(
            0, 1
        )
        out[at : end : len(self.picked)] = out[at : end : len(self.picked)] == paths
        self.near.take(units, axis=1, out=out[end:], mode="clip")
        return out

    @property
    def all_columns(self) -> Floats:
        """float32 (feature_names(), units): the columns of all units."""
        return self.columns(np.arange(len(self.paths)))


def measure_units(text: str, units: Units, signs: Sequence[Sign | None]) -> Measures:
    """What is known of each unit, its neighbours and its place on the page."""
    shape = shape_of(text, units)
    links = np.minimum(np.array(units.link_chars, np.float32) / np.maximum(shape.chars, 1), 1)
    sign = numbers_of([-1 if s is None else _SIGNS.index(s) for s in signs])
    is_open = ~flags_of(units.links)
    capped = np.minimum(shape.letters, LONG)
    mass = capped * (shape.letters > 40) * (0.3 + 0.7 * shape.stop) * (links < 0.5) * (sign < 0)
    h1 = find_h1(units)
    title = -1 if h1 is None else h1
    mass[: title + 1] *= 0.3
    ids, shapes = numbers_of(units.paths), numbers_of(units.shapes)
    in_group = cast(Doubles, np.bincount(ids, weights=mass, minlength=1))
    best = int(in_group.argmax())
    paths = find_paths(units, ids, best, is_open)
    alone = np.empty((len(_ALONE), len(units)), np.float32)
    n_shape = len(SHAPE_NAMES)
    alone[:n_shape] = shape.columns
    rest = (
        *_layout(units, links), *_places(mass), *_groups(ids, shapes, mass, shape.letters, in_group, best),
        *_from_title(len(units), title), float(units.is_html),
    )  # fmt: skip
    for row, column in zip(alone[n_shape:], rest, strict=True):
        row[:] = column
    return Measures(
        alone, _wording(units), sign, markup_of(paths).T, _picked(alone, sign, ids), _near(alone),
        is_open, ids, shapes, (capped + 1).astype(np.float32), paths,
    )  # fmt: skip


def _layout(units: Units, links: Floats) -> tuple[npt.ArrayLike, ...]:
    """The columns _LAYOUT: how a unit is set, and how often it comes on the page."""
    repeats, bullets = _repeats(units.texts), flags_of(units.bullets)
    if units.is_html:
        return links, bullets, 0.0, 0.0, repeats
    return links, bullets, np.minimum(units.indents, 12) / 4, np.minimum(units.gaps, 3), repeats


def _places(mass: Floats) -> tuple[npt.ArrayLike, ...]:
    """The columns _PLACE: where on the page a unit stands."""
    n = len(mass)
    total = max(float(mass.sum()), 1.0)
    before = (mass.cumsum() - mass) / total
    return np.arange(n) / max(n, 1), before, mass / total, math.log1p(total) / 10, math.log1p(n) / 6


def _groups(
    ids: Ints, shapes: Ints, mass: Floats, n_letters: Floats, in_group: Doubles, best: int
) -> tuple[npt.ArrayLike, ...]:
    """The columns _GROUP: what the units are like that share a unit's path, or its tags. in_group: the mass of each path."""
    total = max(float(mass.sum()), 1.0)
    sizes = np.bincount(ids)
    lengths = np.log1p(np.bincount(ids, weights=n_letters) / sizes)
    of_shapes = np.bincount(shapes, weights=mass) / total
    return (in_group / total)[ids], lengths[ids], np.log1p(sizes)[ids], ids == best, of_shapes[shapes]


def _from_title(n: int, title: int) -> tuple[npt.ArrayLike, ...]:
    """The columns _TITLE: how far after the first h1 a unit stands. title: the unit of that h1, or -1."""
    if title < 0:
        return 0.0, 0.0, 0.0
    off = np.arange(-title, n - title)
    return 1.0, off > 0, np.minimum(np.maximum(off / 20, -2), 2)


@cache
def feature_names() -> tuple[str, ...]:
    """The columns, in order."""
    alone = (
        *_ALONE,
        *(f"says_{name}" for name in load_vocabulary()),
        "label",
        "ellipsis",
        *(f"sign_{s.value}" for s in _SIGNS),
        *markup_names(),
    )
    around = (
        *(f"{name}{shift:+}" for shift in _SHIFTS for name in ("same_path", *_NEIGHBOURLY)),
        *(f"{name}_near" for name in _NEARBY),
    )
    return (*alone, *around)


# ----------------------------------------------------------------------------------- wording


@cache
def _vocabulary_of_word() -> dict[str, bytes]:
    """The numbers of the vocabularies that a word is in, a byte each."""
    out: dict[str, bytes] = {}
    for number, words in enumerate(load_vocabulary().values()):
        for word in words:
            out[word] = out.get(word, b"") + bytes((number,))
    return out


def _wording(units: Units) -> npt.NDArray[np.uint8]:
    """How many different words of each vocabulary a unit has; whether it opens with a label or breaks off."""
    of_word = _vocabulary_of_word()
    n, n_units = len(load_vocabulary()), len(units)
    rows, hits = [], []
    for i, (words, telling, text) in enumerate(zip(units.words, units.telling, units.texts, strict=True)):
        if len(words) <= 2:
            continue
        found = b"".join([of_word[word] for word in telling if word in of_word])
        if (":" in text or "|" in text) and _LABEL.match(text) is not None:
            found += bytes((n,))
        if text[-1] in ".…]" and text.endswith(("...", "…", "[…]", "[...]")):
            found += bytes((n + 1,))
        if found:
            rows.append(i)
            hits.append(found)
    keys = np.array(rows, np.int64).repeat(list(map(len, hits)))
    keys += n_units * np.frombuffer(b"".join(hits), np.uint8).astype(np.int64)
    counts = np.bincount(keys, minlength=n_units * (n + 2))
    return np.minimum(counts, 6).reshape(n + 2, -1).astype(np.uint8)


def _repeats(texts: Sequence[str]) -> npt.ArrayLike:
    """How often each unit's text stands elsewhere on the page, at most 3."""
    again = {text: min(n, 4) - 1 for text, n in Counter(texts).items() if n > 1}
    return np.frombuffer(bytes(map(again.get, texts, repeat(0))), np.uint8) if again else 0.0


# -------------------------------------------------------------------------------- neighbours

_SHIFTS: Final = (-2, -1, 1, 2)
_TOLD_SIGNS: Final = (Sign.BUTTON, Sign.APPEAL)
_TOLD_NAMES: Final = ("letters", "stop", "links", "capital_words", "bullet", "gap", "in_best_group")
_TOLD: Final = [_ALONE.index(name) for name in _TOLD_NAMES]
_NEIGHBOURLY: Final = (*_TOLD_NAMES, *(f"sign_{sign.value}" for sign in _TOLD_SIGNS))
_FAR: Final = max(_SHIFTS)
#: Where a unit's neighbours stand if _FAR empty ones stand before the first.
_AROUND: Final = np.array(_SHIFTS) + _FAR
_NEARBY: Final = ("letters", "stop", "links", "in_best_group")
#: Units on both sides over which means are taken.
_WINDOW: Final = 5
_NEARBY_PLACES: Final = np.array([_ALONE.index(name) for name in _NEARBY])


def _picked(alone: Floats, sign: Ints, paths: Ints) -> Floats:
    """float32 (1 and names, units and _FAR more on both sides): the path of a unit, what neighbours are told of it."""
    n = alone.shape[1]
    padded = np.zeros((1 + len(_NEIGHBOURLY), n + 2 * _FAR), np.float32)
    padded[0] = -1
    inner = padded[:, _FAR : _FAR + n]
    inner[0] = paths
    inner[1 : 1 + len(_TOLD)] = alone[_TOLD]
    for k, own in enumerate(_TOLD_SIGNS, 1 + len(_TOLD)):
        inner[k] = sign == _SIGNS.index(own)
    return padded


def _near(alone: Floats) -> Floats:
    """Means over the _WINDOW units on both sides."""
    n = alone.shape[1]
    sums = np.zeros((len(_NEARBY) + 1, n + 2 * _WINDOW + 1))  # before each unit, and at both ends of the page
    within = sums[:, _WINDOW + 1 : _WINDOW + 1 + n]
    alone.take(_NEARBY_PLACES, axis=0).cumsum(axis=1, out=within[:-1], dtype=np.float32)
    within[-1] = np.arange(1, n + 1)  # how many units
    sums[:, _WINDOW + 1 + n :] = sums[:, _WINDOW + n, None]
    around = sums[:, 2 * _WINDOW + 1 :] - sums[:, : -2 * _WINDOW - 1]
    means: Floats = (around[:-1] / around[-1]).astype(np.float32)
    return means
