"""What the classifier is told about each unit by itself and by its neighbours.

In: a Page's units and signs. Out: `measures: float32 (units, N_FEATURES)`, the same columns for HTML and for bare
text, where those that come from markup are zero. Nothing here is learned; the weights that go with these
columns carry VERSION. Counting is done on arrays, once for the whole page: Python touches a unit a few times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

from onrecord.article.lexicon import load_list
from onrecord.article.signs import Sign
from onrecord.article.units import Units

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

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
_CLASSES = ("space", "upper", "lower", "digit", "comma", "stop", "quote", "mark")
_TABLE_SIZE = 0x3100
_SIGNS = tuple(Sign)
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
class Measures:
    """columns: float32 (units, names); equal paths have equal numbers, as have equal shapes (tags alone).

    letters: a unit's letters, at most LONG, never none.
    """

    columns: Floats
    paths: Ints
    shapes: Ints
    letters: Floats
    units: Units


def measure_units(text: str, units: Units, signs: Sequence[Sign | None]) -> Measures:
    """One row a unit; the columns are named by `feature_names()`."""
    n = len(units)
    if n == 0:
        none = np.zeros(0, np.int64)
        return Measures(
            np.zeros((0, len(feature_names())), np.float32), none, none, np.zeros(0, np.float32), units
        )
    own = _shape(text, units)
    n_letters, n_words, stops = own["letters"], own["words"], own["stop"]
    links = np.minimum(np.array(units.link_chars, np.float32) / np.maximum(own["chars"], 1), 1)
    sign_index = np.array([-1 if s is None else _SIGNS.index(s) for s in signs])
    signed = np.zeros((n, len(_SIGNS)), np.float32)
    signed[np.nonzero(sign_index >= 0)[0], sign_index[sign_index >= 0]] = 1
    mass = (
        np.minimum(n_letters, LONG)
        * (n_letters > 40)
        * (0.3 + 0.7 * stops)
        * (links < 0.5)
        * (sign_index < 0)
    )
    title = next((i for i, tags in enumerate(units.tags) if "h1" in tags), -1)
    mass[: title + 1] *= 0.3
    paths, ids = _paths(units, mass)
    shapes = np.array(units.shapes)
    total = max(float(mass.sum()), 1.0)
    in_group = np.bincount(ids, weights=mass)
    in_group_letters = np.bincount(ids, weights=n_letters)
    sizes = np.bincount(ids)
    before = np.cumsum(mass) - mass
    rows = np.arange(n)
    has_title = float(title >= 0)
    columns = [
        np.log1p(n_letters), np.log1p(n_words), stops, own["colon"], own["upper_start"], own["upper_share"],
        own["digit_share"], own["comma_rate"], own["stop_rate"], own["quote_rate"], own["mark_share"],
        own["capital_words"], n_letters / np.maximum(n_words, 1), links,
        np.array(units.bullets, np.float32), np.minimum(np.array(units.indents, np.float32), 12) / 4,
        np.minimum(np.array(units.gaps, np.float32), 3), _repeats(units.texts),
        rows / n, before / total, mass / total, np.full(n, np.log1p(total) / 10), np.log1p(np.full(n, n)) / 6,
        (in_group / total)[ids], np.log1p(in_group_letters[ids] / sizes[ids]), np.log1p(sizes[ids]),
        ids == int(in_group.argmax()), (np.bincount(shapes, weights=mass) / total)[shapes],
        np.full(n, has_title), (rows > title) * has_title, np.clip((rows - title) / 20, -2, 2) * has_title,
        np.full(n, float(units.is_html)),
    ]  # fmt: skip
    alone = np.column_stack([*columns, _wording(units), signed, paths]).astype(np.float32)
    all_columns = np.column_stack([alone, _around(alone, ids)]).astype(np.float32)
    return Measures(all_columns, ids, shapes, (np.minimum(n_letters, LONG) + 1).astype(np.float32), units)


@cache
def feature_names() -> tuple[str, ...]:
    """The columns, in order."""
    alone = (
        *_ALONE,
        *(f"says_{name}" for name in _vocabulary()),
        "label",
        "ellipsis",
        *(f"sign_{s.value}" for s in _SIGNS),
        *_path_names(),
    )
    around = (
        *(f"{name}{shift:+}" for shift in _SHIFTS for name in ("same_path", *_NEIGHBOURLY)),
        *(f"{name}_near" for name in _NEARBY),
    )
    return (*alone, *around)


# ---------------------------------------------------------------------------- shape of the text


@cache
def _classes() -> npt.NDArray[np.uint8]:
    table = np.full(_TABLE_SIZE, _CLASSES.index("mark"), np.uint8)
    for code in range(_TABLE_SIZE):
        c = chr(code)
        if c.isspace():
            table[code] = _CLASSES.index("space")
        elif c.isupper():
            table[code] = _CLASSES.index("upper")
        elif c.isalpha():
            table[code] = _CLASSES.index("lower")
        elif c.isdigit():
            table[code] = _CLASSES.index("digit")
        elif c in ",،、;":
            table[code] = _CLASSES.index("comma")
        elif c in ".!?…。؟":
            table[code] = _CLASSES.index("stop")
        elif c in '"“”„«»‘’「」':
            table[code] = _CLASSES.index("quote")
    return table


def _shape(text: str, units: Units) -> dict[str, Floats]:
    """Counts and shares of the classes of characters, a value a unit."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _classes()[np.minimum(codes, _TABLE_SIZE - 1)]
    kinds[codes >= _TABLE_SIZE] = _CLASSES.index("lower")
    kinds[codes == 0xFF0C] = _CLASSES.index("comma")
    starts = np.array([s.start for s in units.spans])
    ends = np.array([s.end for s in units.spans])

    sums = np.zeros(len(kinds) + 1, np.int32)

    def count(mask: npt.NDArray[np.bool_]) -> Floats:
        np.cumsum(mask, out=sums[1:])
        counted: Floats = (sums[ends] - sums[starts]).astype(np.float32)
        return counted

    is_space, is_upper = kinds == 0, kinds == 1
    upper, lower, digit = count(is_upper), count(kinds == 2), count(kinds == 3)
    begins = np.concatenate([[True], is_space[:-1]]) & ~is_space
    chars = (ends - starts).astype(np.float32)
    letters = upper + lower
    words = count(begins)
    n_words, n_letters = np.maximum(words, 1), np.maximum(letters, 1)
    last = kinds[ends - 1]
    before_last = kinds[np.maximum(ends - 2, starts)]
    return {
        "chars": chars,
        "letters": letters,
        "words": words,
        "stop": ((last == 5) | ((last == 6) & ((before_last == 5) | (before_last == 4)))).astype(np.float32),
        "colon": (codes[ends - 1] == ord(":")).astype(np.float32),
        "upper_start": (kinds[starts] == 1).astype(np.float32),
        "upper_share": upper / n_letters,
        "digit_share": digit / np.maximum(chars, 1),
        "comma_rate": count(kinds == 4) / n_words,
        "stop_rate": count(kinds == 5) / n_words,
        "quote_rate": np.minimum(count(kinds == 6), 6) / 6,
        "mark_share": count(kinds == 7) / np.maximum(chars, 1),
        "capital_words": count(begins & is_upper) / n_words,
    }


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


def _wording(units: Units) -> Floats:
    """How many different words of each vocabulary a unit has; whether it opens with a label or breaks off."""
    of_word = _vocabulary_of_word()
    n = len(_vocabulary())
    out = np.zeros((len(units), n + 2), np.float32)
    told, rows = [], []
    for i, words in enumerate(units.words):
        if len(words) <= 2:
            continue
        row = [0.0] * (n + 2)
        for word in of_word.keys() & words:
            for vocabulary in of_word[word]:
                row[vocabulary] = min(row[vocabulary] + 1.0, 6.0)
        row[n] = float(_LABEL.match(units.texts[i]) is not None)
        row[n + 1] = float(units.texts[i].endswith(("...", "…", "[…]", "[...]")))
        told.append(i)
        rows.append(row)
    if rows:
        out[told] = np.array(rows, np.float32)
    return out


def _repeats(texts: Sequence[str]) -> Floats:
    """How often each unit's text stands elsewhere on the page, at most 3."""
    n_seen: dict[str, int] = {}
    for text in texts:
        n_seen[text] = n_seen.get(text, 0) + 1
    return np.array([min(n_seen[text], 4) - 1 for text in texts], np.float32)


# ------------------------------------------------------------------------------------ markup


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
    """The groups of words that stand in one class name or id."""
    _, of_word, pattern = _mark_groups()
    found: list[int] = []
    for m in pattern.finditer(mark):
        word = m.group()
        found.extend(of_word.get(word) or of_word.get(word.removesuffix("s"), ()))
    return tuple(sorted(set(found)))


@cache
def _path_names() -> tuple[str, ...]:
    groups = _mark_groups()[0]
    return (
        *(f"last_{tag}" for tag in _LAST_TAGS),
        *(f"in_{tag}" for tag in _INSIDE),
        *(f"mark_{group}" for group in groups),
        *(f"own_{group}" for group in groups),
        "depth", "tags_shared", "marks_shared", "tags_extra", "marks_extra", "is_within",
    )  # fmt: skip


def _paths(units: Units, mass: Floats) -> tuple[Floats, Ints]:
    """Columns of the markup, and which units have the same path (a number a path)."""
    width = len(_path_names())
    ids = np.array(units.paths)
    if not units.is_html:
        return np.zeros((len(units), width), np.float32), ids
    by_path = list(dict(zip(units.paths, zip(units.tags, units.marks, strict=True), strict=True)).values())
    best_tags, best_marks = by_path[int(np.bincount(ids, weights=mass).argmax())]
    n_groups = len(_mark_groups()[0])
    at_marks = len(_LAST_TAGS) + len(_INSIDE)
    is_open = ~np.array(units.links, bool)
    needed = np.bincount(ids, weights=is_open) > 0
    far_of: dict[tuple[str, ...], list[float]] = {}
    rows = []
    for number in np.nonzero(needed)[0].tolist():
        tags, marks = by_path[number]
        row = [0.0] * width
        rows.append(row)
        last = _LAST_PLACES.get(tags[-1])
        if last is not None:
            row[last] = 1.0
        for inside in _INSIDE_PLACES.keys() & tags:
            row[_INSIDE_PLACES[inside]] = 1.0
        outer, own = marks[:-3], marks[-3:]
        far = far_of.get(outer)
        if far is None:
            far = far_of[outer] = [0.0] * n_groups
            for mark in outer:
                for group in _groups_of(mark):
                    far[group] += 1.0
        row[at_marks : at_marks + n_groups] = far
        for mark in own:
            for group in _groups_of(mark):
                row[at_marks + group] += 1.0
                row[at_marks + n_groups + group] = 1.0
        row[at_marks + 2 * n_groups :] = (len(tags) / 10, *shared_path(tags, marks, best_tags, best_marks))
    table = np.zeros((len(by_path), width), np.float32)
    if rows:
        table[needed] = np.array(rows, np.float32)
    counts = np.bincount(ids, weights=is_open)
    common = (counts @ table[:, at_marks : at_marks + n_groups]) / max(1, counts.sum())
    table[:, at_marks : at_marks + n_groups] = np.clip(
        table[:, at_marks : at_marks + n_groups] - common, -2, 3
    )
    return table[ids], ids


def shared_path(
    tags: tuple[str, ...], marks: tuple[str, ...], best_tags: tuple[str, ...], best_marks: tuple[str, ...]
) -> tuple[float, float, float, float, float]:
    """How a path goes along with the best one: shares of its tags and marks, what is left over, and whether it
    stands in the same element."""
    n_tags, n_marks = _n_shared(tags, best_tags), _n_shared(marks, best_marks)
    return (
        n_tags / max(1, len(best_tags)),
        n_marks / max(1, len(best_marks)),
        (len(tags) - n_tags) / 5,
        (len(marks) - n_marks) / 5,
        float(n_tags >= len(best_tags) - 1 and n_marks >= len(best_marks)),
    )


def _n_shared(a: tuple[str, ...], b: tuple[str, ...]) -> int:
    """How many items both begin with."""
    n = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        n += 1
    return n


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
_NEARBY = ("letters", "stop", "links", "in_best_group")


@cache
def _column(name: str) -> int:
    return feature_names().index(name)


def _around(alone: Floats, ids: Ints) -> Floats:
    """The neighbours' main columns, and means over the five units on both sides."""
    n = len(alone)
    picked = alone[:, [_column(name) for name in _NEIGHBOURLY]]
    out = []
    for shift in _SHIFTS:
        moved = np.zeros_like(picked)
        same = np.zeros((n, 1), np.float32)
        if shift < 0 and n > -shift:
            moved[-shift:] = picked[:shift]
            same[-shift:, 0] = ids[-shift:] == ids[:shift]
        elif n > shift > 0:
            moved[:-shift] = picked[shift:]
            same[:-shift, 0] = ids[:-shift] == ids[shift:]
        out += [same, moved]
    sums = np.vstack(
        [np.zeros((1, len(_NEARBY))), np.cumsum(alone[:, [_column(name) for name in _NEARBY]], 0)]
    )
    low, high = np.maximum(np.arange(n) - 5, 0), np.minimum(np.arange(n) + 6, n)
    out.append(((sums[high] - sums[low]) / (high - low)[:, None]).astype(np.float32))
    return np.column_stack(out)
