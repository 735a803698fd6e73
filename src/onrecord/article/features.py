"""What the classifier is told about each unit by itself and by its neighbours.

In: a Page's units and signs. Out: Measures, from which rows are made, `float32 (units, feature_names())`: the same
columns for HTML and for bare text, where those that come from markup are zero. Nothing here is learned; the weights
that go with these columns carry VERSION. Leaves to others: characters (shape.py), markup (paths.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from onrecord.article.lexicon import load_list
from onrecord.article.paths import Paths, find_paths, markup_names, markup_of
from onrecord.article.shape import Floats, Ints, shape_of
from onrecord.article.signs import Sign
from onrecord.article.units import Units

#: Weights made for other columns are refused.
VERSION = 2

#: Letters of a unit beyond this many weigh nothing: ten paragraphs are an article, one long notice is not.
LONG = 300

_ALONE = (
    "letters", "words", "stop", "colon", "upper_start", "upper_share", "digit_share", "comma_rate", "stop_rate",
    "quote_rate", "mark_share", "capital_words", "word_length", "links", "bullet", "indent", "gap", "repeated",
    "place", "mass_before", "mass", "total", "units", "group_mass", "group_length", "group_size", "in_best_group",
    "shape_mass", "has_title", "after_title", "from_title", "is_html",
)  # fmt: skip
_LABEL = re.compile(r"[^a-z:|.]{3,40}[:|]|[A-Z][\w ]{2,25}:\s*[A-Z]")
_SIGNS = tuple(Sign)
_SIGN_PLACES = {sign: k for k, sign in enumerate(_SIGNS)}


@dataclass(frozen=True, slots=True)
class Measures:
    """What rows are put together from: a page of many units would need ten times its own memory for all of them at once.

    alone: float32 (names, units). wording: uint8 (units, names). sign: a number a unit, or -1. markup: float32 (paths,
    names). near: float32 (units, names). picked: what neighbours are told of a unit, with empty units before and after
    the page. paths, shapes: equal for equal paths, and for equal tags. letters: at most LONG, never none.
    """

    alone: Floats
    wording: npt.NDArray[np.uint8]
    sign: Ints
    markup: Floats
    picked: Floats
    near: Floats
    paths: Ints
    shapes: Ints
    letters: Floats
    of_paths: Paths

    def rows(self, units: Ints) -> Floats:
        """float32 (units, feature_names()): the rows of these units."""
        n = len(units)
        out = np.zeros((n, len(feature_names())), np.float32)
        at, end = 0, len(self.alone)
        out[:, at:end] = self.alone[:, units].T
        at, end = end, end + self.wording.shape[1]
        out[:, at:end] = self.wording[units]
        signs = self.sign[units]
        signed = np.flatnonzero(signs >= 0)
        out[signed, end + signs[signed]] = 1
        paths = self.paths[units]
        at = end + len(_SIGNS)
        end = at + self.markup.shape[1]
        out[:, at:end] = self.markup[paths]
        last = len(self.paths) - 1
        for shift in _SHIFTS:
            there = units + shift
            is_same = self.paths[np.minimum(np.maximum(there, 0), last)] == paths
            out[:, end] = is_same & (there >= 0) & (there <= last)
            at, end = end + 1, end + 1 + len(_NEIGHBOURLY)
            out[:, at:end] = self.picked[there + _FAR]
        out[:, end:] = self.near[units]
        return out

    @property
    def columns(self) -> Floats:
        """The rows of all units."""
        return self.rows(np.arange(len(self.paths)))


def measure_units(text: str, units: Units, signs: Sequence[Sign | None]) -> Measures:
    """What is known of each unit, its neighbours and its place on the page."""
    n = len(units)
    own = shape_of(text, units)
    n_letters, stops = own["letters"], own["stop"]
    links = np.minimum(np.array(units.link_chars, np.float32) / np.maximum(own["chars"], 1), 1)
    sign = np.array([-1 if s is None else _SIGN_PLACES[s] for s in signs], np.int64)
    capped = np.minimum(n_letters, LONG)
    mass = capped * (n_letters > 40) * (0.3 + 0.7 * stops) * (links < 0.5) * (sign < 0)
    title = next((i for i, tags in enumerate(units.tags) if "h1" in tags), -1)
    mass[: title + 1] *= 0.3
    ids, shapes = np.array(units.paths, np.int64), np.array(units.shapes, np.int64)
    paths = find_paths(units, ids, mass)
    alone = np.empty((len(_ALONE), n), np.float32)
    for row, column in zip(alone, _alone(units, own, links, mass, title), strict=True):
        row[:] = column
    return Measures(
        alone, _wording(units), sign, markup_of(paths), _picked(alone, sign), _near(alone),
        ids, shapes, (capped + 1).astype(np.float32), paths,
    )  # fmt: skip


def _alone(
    units: Units, own: dict[str, Floats], links: Floats, mass: Floats, title: int
) -> Iterator[npt.ArrayLike]:
    """The columns _ALONE, one after the other. title: the unit of the first h1, or -1."""
    n = len(units)
    n_letters, n_words = own["letters"], own["words"]
    yield from (np.log1p(n_letters), np.log1p(n_words), own["stop"], own["colon"], own["upper_start"])
    yield from (
        own["upper_share"],
        own["digit_share"],
        own["comma_rate"],
        own["stop_rate"],
        own["quote_rate"],
    )
    yield from (own["mark_share"], own["capital_words"], n_letters / np.maximum(n_words, 1), links)
    yield from (units.bullets, np.minimum(units.indents, 12) / 4, np.minimum(units.gaps, 3))
    yield _repeats(units.texts)
    rows = np.arange(n)
    total = max(float(mass.sum()), 1.0)
    yield rows / max(n, 1)
    yield (np.cumsum(mass) - mass) / total
    yield from (mass / total, np.log1p(total) / 10, np.log1p(n) / 6)
    ids, shapes = np.array(units.paths, np.int64), np.array(units.shapes, np.int64)
    in_group, sizes = np.bincount(ids, weights=mass, minlength=1), np.bincount(ids)
    yield (in_group / total)[ids]
    yield np.log1p(np.bincount(ids, weights=n_letters) / sizes)[ids]
    yield np.log1p(sizes)[ids]
    yield ids == int(in_group.argmax())
    yield (np.bincount(shapes, weights=mass) / total)[shapes]
    has_title = float(title >= 0)
    yield from (has_title, (rows > title) * has_title, np.clip((rows - title) / 20, -2, 2) * has_title)
    yield float(units.is_html)


@cache
def feature_names() -> tuple[str, ...]:
    """The columns, in order."""
    alone = (
        *_ALONE,
        *(f"says_{name}" for name in _vocabulary()),
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
def _vocabulary() -> dict[str, frozenset[str]]:
    lines = (line.split("\t") for line in load_list("vocabulary"))
    return {name: frozenset(words.split()) for name, words in lines}


@cache
def _vocabulary_of_word() -> dict[str, tuple[int, ...]]:
    out: dict[str, tuple[int, ...]] = {}
    for number, words in enumerate(_vocabulary().values()):
        for word in words:
            out[word] = (*out.get(word, ()), number)
    return out


def _wording(units: Units) -> npt.NDArray[np.uint8]:
    """How many different words of each vocabulary a unit has; whether it opens with a label or breaks off."""
    of_word = _vocabulary_of_word()
    n = len(_vocabulary())
    hits: list[int] = []
    for i, (words, text) in enumerate(zip(units.words, units.texts, strict=True)):
        if len(words) <= 2:
            continue
        at = i * (n + 2)
        for word in of_word.keys() & words:
            hits += [at + vocabulary for vocabulary in of_word[word]]
        if _LABEL.match(text) is not None:
            hits.append(at + n)
        if text.endswith(("...", "…", "[…]", "[...]")):
            hits.append(at + n + 1)
    counts = np.bincount(np.array(hits, np.int64), minlength=len(units) * (n + 2))
    return np.minimum(counts, 6).reshape(-1, n + 2).astype(np.uint8)


def _repeats(texts: Sequence[str]) -> list[int]:
    """How often each unit's text stands elsewhere on the page, at most 3."""
    n_of = Counter(texts)
    return [min(n_of[text], 4) - 1 for text in texts]


# -------------------------------------------------------------------------------- neighbours

_SHIFTS = (-2, -1, 1, 2)
_NEIGHBOURLY = (
    "letters",
    "stop",
    "links",
    "capital_words",
    "bullet",
    "gap",
    "in_best_group",
    "sign_button",
    "sign_appeal",
)
_FAR = max(_SHIFTS)
_NEARBY = ("letters", "stop", "links", "in_best_group")


def _picked(alone: Floats, sign: Ints) -> Floats:
    """float32 (units and _FAR more on both sides, names): what neighbours are told of a unit."""
    n = alone.shape[1]
    padded = np.zeros((n + 2 * _FAR, len(_NEIGHBOURLY)), np.float32)
    inner = padded[_FAR : _FAR + n]
    for k, name in enumerate(_NEIGHBOURLY):
        if name in _ALONE:
            inner[:, k] = alone[_ALONE.index(name)]
        else:
            inner[:, k] = sign == _SIGN_PLACES[Sign(name.removeprefix("sign_"))]
    return padded


def _near(alone: Floats) -> Floats:
    """Means over the five units on both sides."""
    n = alone.shape[1]
    sums = np.zeros((len(_NEARBY), n + 1))
    np.cumsum(alone[[_ALONE.index(name) for name in _NEARBY]], axis=1, out=sums[:, 1:], dtype=np.float32)
    rows = np.arange(n)
    low, high = np.maximum(rows - 5, 0), np.minimum(rows + 6, n)
    means: Floats = ((sums[:, high] - sums[:, low]) / (high - low)).T.astype(np.float32)
    return means
