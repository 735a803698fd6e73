"""Ways to spell one person's name, and which names on record that makes one speaker.

In: folded names (`folding.name_key`). Out: forms by which spellings of one name meet, and which names are tied.
Two full names are tied where their first names are the same and their surnames differ by marks, hyphens or an
ending that languages write in several ways ("-skiy", "-sky", "-skyy", "-ski"). A surname alone is tied to the
one full name that bears it, unless it is a common one. All else is for `likeness` to suggest and for the user.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Protocol

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})
#: Endings of surnames that stand for one another, longest first.
_ENDINGS = (
    (re.compile(r"(?<=[sc])k(?:iy|iyy|yy|yi|ij|ii|yj|i|y)$"), "ki"),
    (re.compile(r"(?:iy|yy|yi|ij|ii|yj)$"), "i"),
)
#: Surnames shorter than this are too many people's.
MIN_LETTERS = 5


class Named(Protocol):
    """A name on record, as far as its spelling goes."""

    @property
    def number(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def authority(self) -> str: ...
    @property
    def spelt(self) -> str: ...
    @property
    def surname(self) -> str: ...


def letters(words: str) -> str:
    """A name's letters without marks: umlauts as two letters, hyphens and apostrophes as nothing."""
    bare = words.lower().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFD", bare)
    return "".join(c for c in plain if c.isalnum() or c == " ")


def spelt(key: str) -> str:
    """What the spellings of a full name share: first name and surname; '' for any other name.

    A name with a middle word or an initial has none: too little is known of what the word stands for.
    """
    words = letters(key).split(" ")
    if len(words) != 2 or min(map(len, words)) < 2:
        return ""
    return f"{words[0]} {_ending(words[1])}"


def surname(key: str) -> str:
    """What the spellings of a surname share; '' for a common surname, which is nobody's in particular."""
    last = letters(key).split(" ")[-1]
    return "" if len(last) < MIN_LETTERS or last in _common() else _ending(last)


def _ending(word: str) -> str:
    for pattern, written in _ENDINGS:
        if pattern.search(word):
            return pattern.sub(written, word)
    return word


def is_surname_alone(key: str) -> bool:
    """Whether a name has no first name, or nothing but its initials."""
    *given, last = key.split(" ")
    return len(last) > 1 and all(len(word) == 1 for word in given)


def tied_by_spelling(names: Sequence[Named], apart: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Spellings of one full name. apart: names that the user has said stand for themselves."""
    alike: dict[str, list[Named]] = defaultdict(list)
    for name in names:
        if name.spelt and name.kind == "person" and name.key not in apart:
            alike[name.spelt].append(name)
    for members in alike.values():
        if len({name.authority for name in members if name.authority}) < 2:
            yield from ((name.number, members[0].number) for name in members[1:])


def tied_by_surname(
    names: Sequence[Named], apart: frozenset[str], speakers: dict[int, int]
) -> Iterator[tuple[int, int]]:
    """Surnames alone, each with the one speaker of that surname. speakers: whose each name is so far."""
    bearers: dict[str, list[Named]] = defaultdict(list)
    alone: list[Named] = []
    for name in names:
        if name.surname and name.kind == "person":
            if not is_surname_alone(name.key):
                bearers[name.surname].append(name)
            elif name.key not in apart and not name.authority:
                alone.append(name)
    for name in alone:
        initial = name.key[0] if " " in name.key else ""
        fitting = [other for other in bearers[name.surname] if other.key.startswith(initial)]
        if len({speakers[other.number] for other in fitting}) == 1:
            yield name.number, fitting[0].number


@cache
def _common() -> frozenset[str]:
    text = (files("onrecord.record") / "data" / "common_surnames.txt").read_text(encoding="utf-8")
    return frozenset(x.strip() for x in text.splitlines() if x.strip() and not x.startswith("#"))
