"""The days between which an ISO date of any precision lies, for columns that are compared."""

from __future__ import annotations

import re

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")


def first_day(date: str | None) -> str | None:
    """The first day of an ISO date of any precision: 2014 -> 2014-01-01; None where it is no date."""
    return _padded(date, "-01-01")


def last_day(date: str | None) -> str | None:
    """The last day of an ISO date of any precision (a month has 31: days are only compared)."""
    return _padded(date, "-12-31")


def _padded(date: str | None, rest: str) -> str | None:
    m = _DATE.match(date) if date else None
    return m.group() + rest[len(m.group()) - 4 :] if m else None
