"""Class names and ids, as the rest of the room reads them: without their numbers, and the groups of words in them.

In: the marks of an element. Out: the same without numbers, and numbers of the groups of `lists/mark_words.txt` (a line a
group, from 0). Leaves to others: which element stands in which (units.py), what the classifier is told of it (paths.py).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from onrecord.article.lexicon import load_list
from onrecord.columns import Strings

_DIGITS: Final = re.compile(r"\d+")


@lru_cache(maxsize=1 << 14)  # the elements of a page, and the pages of one site, have the same ones
def even_marks(marks: Strings) -> tuple[Strings, bytes]:
    """An element's marks without the numbers in them, and their groups: "paragraph-7" stands in the same list as "paragraph-8"."""
    even = tuple(_DIGITS.sub("0", mark) for mark in marks)
    return even, groups_of(even)


@lru_cache(maxsize=1 << 14)
def groups_of(marks: Strings) -> bytes:
    """The groups that have a word in each of the marks, a byte for each of them."""
    return b"".join(map(_groups_in, marks))


@cache
def group_names() -> tuple[str, ...]:
    """The names of the groups, by their numbers."""
    return _groups()[0]


@lru_cache(maxsize=1 << 14)
def _groups_in(mark: str) -> bytes:
    _, of_word, pattern = _groups()
    found: set[int] = set()
    for m in pattern.finditer(mark):
        word = m.group()
        found.update(of_word.get(word) or of_word.get(word.removesuffix("s"), ()))
    return bytes(sorted(found))


@cache
def _groups() -> tuple[tuple[str, ...], dict[str, tuple[int, ...]], re.Pattern[str]]:
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
