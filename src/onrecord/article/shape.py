"""What a unit's characters look like: how many are letters, capitals, digits, stops; how it begins and ends.

In: a page's text and its units. Out: arrays, a value a unit. Counting is done on arrays, once for the whole page. Leaves
to others: what the words are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from struct import pack

import numpy as np
import numpy.typing as npt

from onrecord.article.units import Units

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

#: Classes of characters.
_SPACE, _UPPER, _LOWER, _DIGIT, _COMMA, _STOP, _QUOTE, _MARK, _COLON = range(9)
_N_CLASSES = 9
_TABLE_SIZE = 0x3100
#: Characters that are counted together: bounds the memory.
CHARS_AT_ONCE = 1 << 16


#: What is measured of a unit's characters, in the order of the rows of `Shapes.columns`.
SHAPE_NAMES = (
    "letters", "words", "stop", "colon", "upper_start", "upper_share", "digit_share", "comma_rate", "stop_rate",
    "quote_rate", "mark_share", "capital_words", "word_length",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shapes:
    """Values a unit: chars, letters: counts; stop: 1 where it ends like a sentence; columns: float32 (SHAPE_NAMES, units)."""

    chars: Floats
    letters: Floats
    stop: Floats
    columns: Floats


def numbers_of(values: Sequence[int]) -> Ints:
    """The values as an array, in a third of the time that numpy takes to look at each."""
    return np.frombuffer(pack(f"{len(values)}q", *values), np.int64)


def flags_of(values: Sequence[bool]) -> npt.NDArray[np.bool_]:
    """The same for yes and no."""
    return np.frombuffer(bytes(values), np.bool_)


def shape_of(text: str, units: Units) -> Shapes:
    """Counts and shares of the classes of characters, a value a unit."""
    kinds = _kinds(text)
    starts, ends = np.array(units.spans.starts, np.int64), np.array(units.spans.ends, np.int64)
    counts = _counts(kinds, starts, ends)
    begun = counts[1]
    of = counts[0] + begun
    chars = (ends - starts).astype(np.float32)
    n_chars = np.maximum(chars, 1)
    upper = of[_UPPER]
    letters = upper + of[_LOWER]
    words = begun.sum(axis=0)
    n_words, n_letters = np.maximum(words, 1), np.maximum(letters, 1)
    last = kinds[ends - 1]
    before_last = kinds[np.maximum(ends - 2, starts)]
    is_stop = (last == _STOP) | ((last == _QUOTE) & ((before_last == _STOP) | (before_last == _COMMA)))
    columns = np.empty((len(SHAPE_NAMES), len(starts)), np.float32)
    np.log1p(letters, out=columns[0])
    np.log1p(words, out=columns[1])
    columns[2:5] = is_stop, last == _COLON, kinds[starts] == _UPPER
    np.divide(upper, n_letters, out=columns[5])
    np.divide(of[_DIGIT], n_chars, out=columns[6])
    np.divide(of[_COMMA : _STOP + 1], n_words, out=columns[7:9])
    np.divide(np.minimum(of[_QUOTE], 6), 6, out=columns[9])
    np.divide(of[_MARK] + of[_COLON], n_chars, out=columns[10])
    np.divide(begun[_UPPER], n_words, out=columns[11])
    np.divide(letters, n_words, out=columns[12])
    return Shapes(chars, letters, columns[2], columns)


@cache
def _classes() -> npt.NDArray[np.uint8]:
    table = np.full(_TABLE_SIZE, _MARK, np.uint8)
    for code in range(_TABLE_SIZE):
        c = chr(code)
        if c.isspace():
            table[code] = _SPACE
        elif c.isupper():
            table[code] = _UPPER
        elif c.isalpha():
            table[code] = _LOWER
        elif c.isdigit():
            table[code] = _DIGIT
        elif c in ",،、;":
            table[code] = _COMMA
        elif c in ".!?…。؟":
            table[code] = _STOP
        elif c in '"“”„«»‘’「」':
            table[code] = _QUOTE
        elif c == ":":
            table[code] = _COLON
    return table


def _kinds(text: str) -> npt.NDArray[np.uint8]:
    """The class of every character."""
    out = np.empty(len(text), np.uint8)
    for start in range(0, len(text), CHARS_AT_ONCE):
        piece = text[start : start + CHARS_AT_ONCE]
        codes = np.frombuffer(piece.encode("utf-32-le", "surrogatepass"), np.uint32)
        kinds = out[start : start + len(piece)]
        _classes().take(codes, out=kinds, mode="clip")
        if codes.max() >= _TABLE_SIZE:
            kinds[codes >= _TABLE_SIZE] = _LOWER
            kinds[codes == 0xFF0C] = _COMMA
    return out


def _counts(kinds: npt.NDArray[np.uint8], starts: Ints, ends: Ints) -> Floats:
    """How many characters of each class each unit has inside words, and how many at their start: (2, classes, units)."""
    n, width = len(starts), 2 * _N_CLASSES
    edges = np.zeros(2 * n + 1, np.int64)  # of the units, and of what stands between them
    edges[1::2], edges[2::2] = starts, ends
    if len(kinds) <= CHARS_AT_ONCE:
        keys = np.arange(0, 2 * n * width, width).repeat(edges[1:] - edges[:-1])
        keys += _columns(kinds, 0, len(keys))
        return _of_units(np.bincount(keys, minlength=2 * n * width))
    counts = np.zeros((2 * n) * width, np.int64)
    for start in range(0, len(kinds), CHARS_AT_ONCE):
        first = int(edges.searchsorted(start, "right")) - 1
        last = int(edges.searchsorted(start + CHARS_AT_ONCE))
        within = np.minimum(np.maximum(edges[first : last + 1], start), start + CHARS_AT_ONCE)
        keys = np.arange(0, (len(within) - 1) * width, width).repeat(within[1:] - within[:-1])
        keys += _columns(kinds, start, start + len(keys))
        in_piece = np.bincount(keys, minlength=(len(within) - 1) * width)
        counts[first * width : first * width + len(in_piece)] += in_piece
    return _of_units(counts)


def _of_units(counts: Ints) -> Floats:
    """(2, classes, units) of counts that go by edges: of what stands between units, of a unit, and so on."""
    return counts.reshape(-1, 2, 2, _N_CLASSES)[:, 1].transpose(1, 2, 0).astype(np.float32)


def _columns(kinds: npt.NDArray[np.uint8], start: int, end: int) -> npt.NDArray[np.uint8]:
    """The class of each character of a piece, _N_CLASSES added where it begins a word."""
    here = kinds[start:end]
    is_space = here == _SPACE
    begins = ~is_space
    begins[1:] &= is_space[:-1]
    if start and end > start:
        begins[0] &= kinds[start - 1] == _SPACE
    columns: npt.NDArray[np.uint8] = here + begins * np.uint8(_N_CLASSES)
    return columns
