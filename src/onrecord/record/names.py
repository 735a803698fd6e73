"""Whether a name that somebody typed is a name that the record has.

In: two names, with or without titles. Out: yes or no. Leaves to others: what follows from it. A bare
surname fits everybody who bears it, because the person who asks has said no more.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from onrecord.record.folding import words_of

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "esq"})
_SMALL = frozenset({"of", "the", "and", "for", "de", "la", "in", "at", "to", "a", "an", "on"})


def same_name(asked: str, recorded: str) -> bool:
    """Whether the name asked for can be the recorded one.

    "Len Burman", "Mr. Burman" and "Burman" are Leonard E. Burman; "Bill Clinton" is not Hillary
    Clinton. A body is the same by its words without the small ones, or by its initials.
    """
    a, b = _bare(asked), _bare(recorded)
    if not a or not b:
        return False
    if a == b or set(a) == set(b):
        return True
    if _initials(a, b) or _initials(b, a):
        return True
    if a[-1] == b[-1]:
        return _given_names_fit(a[:-1], b[:-1])
    return len(a) > 1 and len(b) > 1 and (_inside(a, b) or _inside(b, a))


def surname_of(name: str) -> str:
    """The last word of a name without suffixes, folded; "" if it has no word."""
    return _bare(name)[-1] if _bare(name) else ""


@lru_cache(maxsize=1 << 12)
def _bare(name: str) -> tuple[str, ...]:
    """The words of a name without titles and suffixes; what is left of a mere title is that title."""
    plain = unicodedata.normalize("NFD", name.split("(")[0] or name)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    words = [w.removesuffix("'s") for w in words_of(plain).split()]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        words.pop()
    at = 0
    while at < len(words) - 1 and words[at] in _titles():
        at += 1
    return tuple(words[at:])


def _given_names_fit(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two sets of given names can be one person's: no names, one in common, an initial of it."""
    if not a or not b:
        return True
    return any(_same_given(x, y) for x in a for y in b)


def _same_given(x: str, y: str) -> bool:
    if x == y or y in _nicknames().get(x, ()) or x in _nicknames().get(y, ()):
        return True
    return min(len(x), len(y)) == 1 and x[0] == y[0]


def _initials(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    if len(short) != 1 or len(long) < 2 or len(short[0]) < 2:
        return False
    return short[0] in ("".join(w[0] for w in long), "".join(w[0] for w in long if w not in _SMALL))


def _inside(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """A name that is the end of another, or of three words its beginning."""
    n = len(short)
    return n < len(long) and (long[-n:] == short or (n > 2 and long[:n] == short))


def _lines(name: str) -> Iterable[str]:
    text = (files("onrecord.record") / "data" / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def _titles() -> frozenset[str]:
    return frozenset(_lines("titles.txt"))


@cache
def _nicknames() -> Mapping[str, frozenset[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for line in _lines("nicknames.txt"):
        names = line.split()
        for name in names:
            out[name].update(names)
    return {name: frozenset(others) for name, others in out.items()}
