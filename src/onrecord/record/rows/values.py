"""JSON as a column holds it, and what is read back from it, checked.

In: plain values, or a column. Out: compact JSON, or the value: `as_int` and its like give what they name and raise
RecordError for anything else, so that a damaged column is never taken for a reading.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from onrecord.errors import RecordError
from onrecord.record import folding
from onrecord.types import Span


def dump(value: object) -> str:
    """Compact JSON; readable beyond ASCII unless a lone surrogate forbids it."""
    out = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    if folding.SURROGATE.search(out):
        return json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return out


def load(text: str) -> object:
    """What `dump` was given (tuples as lists). Raises RecordError where the column is damaged."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecordError(f"a JSON column of the record is damaged: {error}") from error
    return value


def as_mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise RecordError(f"the record has {str(value)[:80]!r} where an object should stand")
    return value


def as_list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise RecordError(f"the record has {str(value)[:80]!r} where a list should stand")
    return value


def as_str(value: object) -> str:
    if not isinstance(value, str):
        raise RecordError(f"the record has {str(value)[:80]!r} where a string should stand")
    return value


def as_maybe_str(value: object) -> str | None:
    return None if value is None else as_str(value)


def as_int(value: object) -> int:
    if not isinstance(value, int):
        raise RecordError(f"the record has {str(value)[:80]!r} where a whole number should stand")
    return value


def as_float(value: object) -> float:
    if not isinstance(value, int | float):
        raise RecordError(f"the record has {str(value)[:80]!r} where a number should stand")
    return float(value)


def load_strings(text: str) -> tuple[str, ...]:
    """A JSON list of strings."""
    return tuple(as_str(item) for item in as_list(load(text)))


def load_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """A JSON object of strings, as pairs in its own order."""
    return tuple((key, as_str(item)) for key, item in as_mapping(load(text)).items())


def dump_spans(spans: Iterable[Span]) -> list[list[int]]:
    """Spans as lists of two."""
    return [[span.start, span.end] for span in spans]


def load_spans(value: object) -> tuple[Span, ...]:
    """The way back."""
    return tuple(Span(as_int(pair[0]), as_int(pair[1])) for pair in map(as_list, as_list(value)))
