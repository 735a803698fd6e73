"""The word lists of this room, and how a line is looked up in them.

In: the files in `lists/` (one phrase a line, `#` comments, "9" for any number). Out: tables that answer
by words, in one step a word. Leaves to others: what a hit means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"\w+(?:'\w+)*")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th|k|m)?")
#: Marks beyond ASCII that nearly every page has, and what stands for them where only words count.
_TYPOGRAPHY = (("’", "'"), *((mark, " ") for mark in "“”‘–—…•·\xa0£©"))
#: For every ASCII character what stands for it: itself in a word, in small letters; a blank.
_SMALL = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or chr(code) in "_'" else ord(" ") for code in range(128)
).ljust(256)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases as tuples of words; `by_first`: those that begin with a word, the longest first."""

    all: frozenset[tuple[str, ...]]
    by_first: dict[str, tuple[tuple[str, ...], ...]]

    def is_whole(self, words: tuple[str, ...]) -> bool:
        """Whether the words are, all together, a phrase."""
        return words in self.all

    def is_opening(self, words: tuple[str, ...]) -> bool:
        """Whether the words begin with a phrase."""
        phrases = self.by_first.get(words[0]) if words else None
        return phrases is not None and any(words[: len(p)] == p for p in phrases)

    def count(self, words: tuple[str, ...]) -> int:
        """How many phrases stand in the words, none counted inside another."""
        by_first = self.by_first
        if by_first.keys().isdisjoint(words):
            return 0
        n = end = 0
        for i, word in enumerate(words):
            if word in by_first and i >= end:
                for phrase in by_first[word]:
                    if words[i : i + len(phrase)] == phrase:
                        n, end = n + 1, i + len(phrase)
                        break
        return n


@dataclass(frozen=True, slots=True)
class Tables:
    """Several lists of phrases, counted in one go; `by_first`: (which list, phrase), the longest first."""

    n: int
    by_first: dict[str, tuple[tuple[int, tuple[str, ...]], ...]]

    def counts(self, words: tuple[str, ...]) -> tuple[int, ...]:
        """How many phrases of each list stand in the words, none counted inside another of its list."""
        found = [0] * self.n
        by_first = self.by_first
        ends = [0] * self.n
        for i in [i for i, word in enumerate(words) if word in by_first]:
            for table, phrase in by_first[words[i]]:
                if i >= ends[table] and words[i : i + len(phrase)] == phrase:
                    found[table] += 1
                    ends[table] = i + len(phrase)
        return tuple(found)


def words_of(line: str) -> tuple[str, ...]:
    """The words of a line as the lists write them: small letters, plain apostrophes, numbers as "9"."""
    if not line.isascii():
        for mark, plain in _TYPOGRAPHY:
            if mark in line:
                line = line.replace(mark, plain)
    if line.isascii():  # most lines: words without a regular expression, at a quarter of the time
        words = line.encode().translate(_SMALL).decode().split()
        if "'" in line:
            words = [word for w in words for word in (_WORD.findall(w) if "'" in w else (w,))]
        if _DIGIT.search(line):
            words = ["9" if w < ":" and _NUMBER.fullmatch(w) else w for w in words]
        return tuple(words)
    words = _WORD.findall(line.lower())
    if _DIGIT.search(line):
        words = ["9" if w[0].isdigit() and _NUMBER.fullmatch(w) else w for w in words]
    return tuple(words)


@cache
def load_list(name: str) -> tuple[str, ...]:
    """The items of lists/<name>.txt in the order of the file."""
    lines = (files("onrecord.article") / "lists" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def load_phrases(name: str) -> Phrases:
    """lists/<name>.txt as phrases."""
    phrases = {words_of(item) for item in load_list(name)}
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=lambda p: (-len(p), p)):
        by_first.setdefault(phrase[0], []).append(phrase)
    return Phrases(frozenset(phrases), {first: tuple(some) for first, some in by_first.items()})


@cache
def load_tables(*names: str) -> Tables:
    """Several lists as one: lists/<name>.txt in the order of the names."""
    by_first: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for table, name in enumerate(names):
        for first, phrases in load_phrases(name).by_first.items():
            by_first.setdefault(first, []).extend((table, phrase) for phrase in phrases)
    return Tables(len(names), {first: tuple(some) for first, some in by_first.items()})


@cache
def load_words(name: str) -> frozenset[str]:
    """lists/<name>.txt as single words."""
    return frozenset(load_list(name))
