"""The word lists that days and occasions are told by, read once a process from the files in `data`.

In: the files, one item a line, `#` for comments. Out: frozen sets.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The items of a list: occasions, past_verbs, no_saying."""
    raw = files(__package__).joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(x.strip() for x in raw.splitlines() if x.strip() and not x.startswith("#"))
