"""What a unit's characters look like: how many are letters, capitals, digits, stops; how it begins and ends.

In: a page's text and its units. Out: arrays, a value a unit. Counting is done on arrays, once for the whole page. Leaves
to others: what the words are.
"""

from __future__ import annotations

from functools import cache

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


def shape_of(text: str, units: Units) -> dict[str, Floats]:
    """Counts and shares of the classes of characters, a value a unit."""
    kinds = _kinds(text)
    starts, ends = np.array(units.spans.starts, np.int64), np.array(units.spans.ends, np.int64)
    counts = _counts(kinds, starts, ends)
    begun = counts[:, 1]
    of = counts.sum(axis=1).T
    chars = (ends - starts).astype(np.float32)
    n_chars = np.maximum(chars, 1)
    upper = of[_UPPER]
    letters = upper + of[_LOWER]
    words = begun.sum(axis=1)
    n_words, n_letters = np.maximum(words, 1), np.maximum(letters, 1)
    last = kinds[ends - 1]
    before_last = kinds[np.maximum(ends - 2, starts)]
    is_stop = (last == _STOP) | ((last == _QUOTE) & ((before_last == _STOP) | (before_last == _COMMA)))
    return {
        "chars": chars,
        "letters": letters,
        "words": words,
        "stop": is_stop.astype(np.float32),
        "colon": last == _COLON,
        "upper_start": kinds[starts] == _UPPER,
        "upper_share": upper / n_letters,
        "digit_share": of[_DIGIT] / n_chars,
        "comma_rate": of[_COMMA] / n_words,
        "stop_rate": of[_STOP] / n_words,
        "quote_rate": np.minimum(of[_QUOTE], 6) / 6,
        "mark_share": (of[_MARK] + of[_COLON]) / n_chars,
        "capital_words": begun[:, _UPPER] / n_words,
    }


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
    """How many characters of each class each unit has, and how many of those begin a word: (units, 2, classes)."""
    n, width = len(starts), 2 * _N_CLASSES
    edges = np.zeros(2 * n + 1, np.int64)  # of the units, and of what stands between them
    edges[1::2], edges[2::2] = starts, ends
    counts = np.zeros((2 * n) * width, np.int32)
    for start in range(0, len(kinds), CHARS_AT_ONCE):
        here = kinds[start : start + CHARS_AT_ONCE]
        within = np.clip(edges, start, start + len(here))
        lengths = within[1:] - within[:-1]
        touched = np.flatnonzero(lengths)
        if not len(touched):
            continue
        first, last = touched[0], touched[-1] + 1
        keys = np.repeat(np.arange(0, (last - first) * width, width), lengths[first:last])
        here = here[: len(keys)]
        keys += here
        is_space = kinds[max(start - 1, 0) : start + len(here)] == _SPACE
        begins = is_space[:-1] & ~is_space[1:] if start else ~is_space
        if not start:
            begins[1:] &= is_space[:-1]
        keys += begins * _N_CLASSES
        counts[first * width : last * width] += np.bincount(keys, minlength=(last - first) * width)
    return counts.reshape(n, 2, 2, _N_CLASSES)[:, 1].astype(np.float32)
