"""The room's word lists: one item a line, `#` begins a comment, read once from the files in `words/`.

In: a list's name. Out: its items. Leaves to others: what an item means (each file says so at its top).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def words_of(name: str) -> frozenset[str]:
    """The items of words/NAME.txt."""
    return frozenset(lines_of(name))


@cache
def lines_of(name: str) -> tuple[str, ...]:
    """The items of words/NAME.txt, in their order."""
    raw = files(__package__).joinpath("words", f"{name}.txt").read_text(encoding="utf-8")
    items = (line.split("#", 1)[0].strip() for line in raw.splitlines())
    return tuple(item for item in items if item)
