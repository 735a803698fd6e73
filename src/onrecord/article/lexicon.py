"""The word lists of this room, and how a line is looked up in them.

In: the files in `lists/` (one phrase a line, `#` comments, "9" for any number). Out: tables that answer
by words, in one step a word. Leaves to others: what a hit means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

_WORD: Final = re.compile(r"\w+(?:'\w+)*")
_DIGIT: Final = re.compile(r"\d")
_NUMBER: Final = re.compile(r"\d+(?:st|nd|rd|th|k|m)?")
#: Marks beyond ASCII that nearly every page has, and what stands for them where only words count.
_TYPOGRAPHY: Final = (("’", "'"), *((mark, " ") for mark in "“”‘–—…•·\xa0£©"))
#: For every ASCII character what stands for it: itself in a word, in small letters; a blank.
_SMALL: Final = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or chr(code) in "_'" else ord(" ") for code in range(128)
).ljust(256)


#: ":", which follows the digits: a word that begins before it may be a number.
_PAST_DIGITS: Final = 58
#: What parts the lines that are read together, and the table that keeps it.
_PART: Final = "\x1f"
_SMALL_LINES: Final = _SMALL[: ord(_PART)] + _PART.encode() + _SMALL[ord(_PART) + 1 :]
#: In small ASCII letters: an apostrophe that is in no word.
_LOOSE: Final = re.compile(r"'(?:(?!\w)|(?<!\w'))")
#: What is taken out of lines to see which have a digit.
_NO_DIGITS: Final = bytes(code for code in range(128) if not chr(code).isdigit() and chr(code) != _PART)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases as tuples of words; `by_first`: those that begin with a word, the longest first.

    rare: the (last) longest word of each phrase: words without any of these have none of the phrases.
    """

    all: frozenset[tuple[str, ...]]
    by_first: dict[str, tuple[tuple[str, ...], ...]]
    rare: frozenset[str]

    def is_whole(self, words: tuple[str, ...]) -> bool:
        """Whether the words are, all together, a phrase."""
        return words in self.all

    def is_opening(self, words: tuple[str, ...]) -> bool:
        """Whether the words begin with a phrase."""
        phrases = self.by_first.get(words[0]) if words else None
        return phrases is not None and any(words[: len(p)] == p for p in phrases)

    def count(self, words: tuple[str, ...], telling: frozenset[str]) -> int:
        """How many phrases stand in the words, none counted inside another. telling: those of the words that are rare, at least."""
        if self.rare.isdisjoint(telling):
            return 0
        by_first = self.by_first
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
    """Several lists of phrases, counted in one go; `rare` as in Phrases.

    by_two: (which list, phrase) by the first word and the second, the longest first; under "" those of one word.
    """

    n: int
    by_two: dict[str, dict[str, tuple[tuple[int, tuple[str, ...]], ...]]]
    rare: frozenset[str]

    def counts(self, words: tuple[str, ...], telling: frozenset[str]) -> tuple[int, ...]:
        """How many phrases of each list stand in the words, none counted inside another of its list; telling: as in Phrases."""
        if self.rare.isdisjoint(telling):
            return (0,) * self.n
        by_two = self.by_two
        found = [0] * self.n
        ends = [0] * self.n
        for i in [i for i, word in enumerate(words) if word in by_two]:
            of_word = by_two[words[i]]
            following = words[i + 1] if i + 1 < len(words) else ""
            for table, phrase in of_word.get(following) or of_word.get("", ()):
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
        encoded = line.encode()
        words = encoded.translate(_SMALL).decode().split()
        if "'" in line:
            words = [word for w in words for word in (_WORD.findall(w) if "'" in w else (w,))]
        if encoded.translate(None, _NO_DIGITS):
            words = ["9" if w < ":" and _NUMBER.fullmatch(w) else w for w in words]
        return tuple(words)
    parts = line.lower().split()  # most are a word and nothing else
    words = [word for part in parts for word in ((part,) if part.isalnum() else _WORD.findall(part))]
    if _DIGIT.search(line):
        words = ["9" if w[0].isdigit() and _NUMBER.fullmatch(w) else w for w in words]
    return tuple(words)


def words_of_lines(lines: Sequence[str]) -> list[tuple[str, ...]]:
    """`words_of` each line; what is the same for every line is done once for all, at a third of the time."""
    text = _PART.join(lines)
    if text.count(_PART) != len(lines) - 1:
        return [words_of(line) for line in lines]
    for mark, plain in _TYPOGRAPHY:
        if mark in text:
            text = text.replace(mark, plain)
    odd: dict[int, str] = {}
    if not text.isascii():
        parts = text.split(_PART)
        odd = {i: part for i, part in enumerate(parts) if not part.isascii()}
        text = _PART.join("" if i in odd else part for i, part in enumerate(parts))
    encoded = text.encode().translate(_SMALL_LINES)
    digits = encoded.translate(None, _NO_DIGITS).decode().split(_PART)
    text = _LOOSE.sub(" ", encoded.decode())
    words = [tuple(part.split()) for part in text.split(_PART)]
    for i, own in enumerate(digits):
        if own:
            words[i] = tuple(
                ["9" if ord(w[0]) < _PAST_DIGITS and _NUMBER.fullmatch(w) else w for w in words[i]]
            )
    for i, part in odd.items():
        words[i] = words_of(part)
    return words


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
    rare = frozenset(max(reversed(phrase), key=len) for phrase in phrases)
    return Phrases(frozenset(phrases), {first: tuple(some) for first, some in by_first.items()}, rare)


@cache
def load_wholes(*names: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each phrase of several lists, and the names of the lists that it is in."""
    out: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name in names:
        for phrase in load_phrases(name).all:
            out[phrase] = (*out.get(phrase, ()), name)
    return out


@cache
def load_tables(*names: str) -> Tables:
    """Several lists as one: lists/<name>.txt in the order of the names."""
    by_two: dict[str, dict[str, tuple[tuple[int, tuple[str, ...]], ...]]] = {}
    by_first: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
    for table, name in enumerate(names):
        for first, phrases in load_phrases(name).by_first.items():
            by_first.setdefault(first, []).extend((table, phrase) for phrase in phrases)
    for first, some in by_first.items():
        seconds = {phrase[1] for _, phrase in some if len(phrase) > 1}
        by_two[first] = {
            word: tuple(p for p in some if p[1][1:2] in ((), (word,))) for word in ("", *seconds)
        }
    rare = frozenset(word for name in names for word in load_phrases(name).rare)
    return Tables(len(names), by_two, rare)


@cache
def load_words(name: str) -> frozenset[str]:
    """lists/<name>.txt as single words."""
    return frozenset(load_list(name))
