"""The words of a wording, with the marks that matter: ellipses, brackets, ends of sentences.

In: texts. Out: their words, each with its place and the key by which it is compared. Leaves to others: how two
wordings line up (`align`), what a difference means (`differences`).

What never makes a difference: case, accents, punctuation, kinds of marks, invisible characters, "%" for
"percent", "two" for "2", "[T]he" for "the".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from onrecord.record.folding import ASCII_WORD, typed
from onrecord.text import fold

#: A bracket holds a word or a few in the speaker's stead; more between [ and ] is the text's own.
MAX_BRACKETED = 12


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its place. key: what is compared; folded: as the index has it. is_name: a capital
    where no sentence begins."""

    key: str
    folded: str
    start: int
    end: int
    is_bracketed: bool = False
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Wording:
    """Words in order, and numbers of words (len(words): the end) before which something stands.

    gaps: an ellipsis. starts: the end of a sentence, or the beginning. stops: a comma, dash, colon.
    joins: the end of a piece. text: what it was read from, "" for several pieces.
    """

    words: tuple[Word, ...]
    gaps: frozenset[int] = frozenset()
    starts: frozenset[int] = frozenset()
    stops: frozenset[int] = frozenset()
    joins: frozenset[int] = frozenset()
    text: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """What is compared, in order."""
        return tuple(word.key for word in self.words)


_TOKEN = re.compile(
    r"(?P<gap>[\[(]?\.(?:\s?\.){2,}[\])]?)"
    r"|(?P<number>\d+(?:[.,]\d+)*(?!\w))"
    r"|(?P<word>(?:\[\w{1,20}\](?=\w)|\w|(?<=\w)'(?=\w)|(?<=\w)\[[^\W\d]{1,20}\])+)"
    r"|(?P<sign>[%&])"
    r"|(?P<open>\[)|(?P<close>\])"
    r"|(?P<end>[.?!]+[\"')\]]*(?=\s|$))"
    r"|(?P<stop>[,;:(]|-(?=[\s-]))"
)
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
#: Signs that are read as words.
SIGNS = {"%": "percent", "&": "and"}


def read_wording(text: str, offset: int = 0) -> Wording:
    """The words of a text; their places count from `offset`."""
    folded = fold(text)
    words: list[Word] = []
    gaps: set[int] = set()
    starts: set[int] = {0}
    stops: set[int] = set()
    opened: int | None = None
    for m in _TOKEN.finditer(folded.text):
        kind = m.lastgroup
        if kind == "gap":
            gaps.add(len(words))
        elif kind == "end":
            starts.add(len(words))
        elif kind == "stop":
            stops.add(len(words))
        elif kind == "open":
            opened = len(words)
        elif kind == "close":
            if opened is not None and len(words) - opened <= MAX_BRACKETED:
                for i in range(opened, len(words)):
                    w = words[i]
                    words[i] = replace(w, is_bracketed=True)
            opened = None
        else:
            raw = m.group()
            start, end = folded.starts[m.start()], folded.ends[m.end() - 1]
            insert = 0
            if "[" in raw:
                insert = max((len(part) for part in re.findall(r"\[(\w+)\]", raw)), default=0)
                raw = raw.replace("[", "").replace("]", "")
            is_name = text[start].isupper() and len(words) not in starts
            key = _key(raw, kind == "number")
            words.append(Word(key, raw, offset + start, offset + end, insert > 1, is_name))
    return Wording(tuple(words), frozenset(gaps), frozenset(starts), frozenset(stops), text=text)


#: Texts whose keys are their words: no number, sign, bracket, or letter with an accent.
_PLAIN = re.compile(r"[\sa-zA-Z',.;:!?\"()/-]*")


def keys_of(text: str) -> tuple[str, ...]:
    """The keys of a text's wording, of most texts in a third of the time."""
    plainer = typed(text)
    if not _PLAIN.fullmatch(plainer):
        return read_wording(text).keys
    return tuple(_key(word, False) for word in ASCII_WORD.findall(plainer.lower()))


def joined(pieces: Iterable[Wording]) -> Wording:
    """One wording of several pieces that follow each other."""
    words: list[Word] = []
    gaps: set[int] = set()
    starts: set[int] = set()
    stops: set[int] = set()
    joins: set[int] = set()
    for piece in pieces:
        n = len(words)
        if n and piece.words:
            joins.add(n)
        gaps.update(n + i for i in piece.gaps)
        starts.update(n + i for i in piece.starts if i or not n)
        stops.update(n + i for i in piece.stops)
        words.extend(piece.words)
    return Wording(tuple(words), frozenset(gaps), frozenset(starts), frozenset(stops), frozenset(joins))


def _key(raw: str, is_number: bool) -> str:
    if raw in SIGNS:
        return SIGNS[raw]
    if is_number:
        return _THOUSANDS.sub("", raw)
    key = raw
    if not key.isascii():
        key = "".join(c for c in unicodedata.normalize("NFD", key) if not unicodedata.combining(c))
    if key.endswith("s's"):
        key = key[:-2]
    return _numbers().get(key, key)


def as_keys(words: Iterable[str]) -> list[str]:
    """Folded words as the keys that they have in a Wording, but for signs, possessives and commas in numbers."""
    known = _numbers()
    return [known.get(word, word) for word in words]


@cache
def _numbers() -> Mapping[str, str]:
    return {line[0]: line[1] for line in data_lines("numbers.txt")}


@cache
def number_values() -> frozenset[str]:
    """The figures that words for numbers stand for."""
    return frozenset(_numbers().values())


def data_lines(name: str) -> list[list[str]]:
    """The words of each line of a data file beside the code."""
    text = (files("onrecord.record") / "data" / name).read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
