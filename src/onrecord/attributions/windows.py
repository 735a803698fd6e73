"""A passage as the model reads it: words, word pieces, features, and windows of whole paragraphs.

In: article text, whole paragraphs separated by newlines, and a vocabulary of word pieces.
Out: `Window`s, whose words know their offsets. Training and serving both read through here.
Leaves to others: what the windows mean (`decode`), and running the model (`models`).

Everything is linear in the length of the text, whatever the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

#: Word pieces in one window, without the two that frame it; MiniLM was trained on 256.
WINDOW_PIECES = 254
#: Longer words are one unknown piece, as in BERT's own tokenizer.
MAX_WORD_CHARS = 100
#: Words that have been looked at once are remembered, up to so many.
CACHED_WORDS = 50_000
#: Words are cut out of so many characters at a time, so that a long text's do not lie in memory twice.
BLOCK = 20_000

#: A word: two marks that stand for one, a run of word characters, or one other visible character.
#: Characters of scripts written without spaces stand alone. The first line is what most words are. White space
#: between words is found too, so that all that is found, one behind the other, is the text.
_WORD = re.compile(
    r"[A-Za-z0-9]++(?=[\x00-\x7f])|\s+"
    r"|''|``|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    r"|(?:[^\W_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[\u0300-\u036f])+|_|[^\w\s]"
)
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_SENTENCE_ENDS = frozenset(".!?…。！？")
_DOUBLE = frozenset('"“”„‟«»〝〞＂') | {"''", "``"}
#: Written differently, meant the same: the features say which way a mark faces.
_SAME = {
    **dict.fromkeys(_DOUBLE, '"'),
    **dict.fromkeys("‘’‚‛‹›`´ʼ", "'"),
    **dict.fromkeys("‐‑‒−", "-"),
    **dict.fromkeys("–―", "—"),
}


class Quoted(IntEnum):
    """How a word stands to the double quotation marks of its paragraph."""

    OUTSIDE = 0
    OPENING = 1
    INSIDE = 2
    CLOSING = 3


class Before(IntEnum):
    """What stands before a word."""

    NOTHING = 0
    SPACE = 1
    NEWLINE = 2


class Case(IntEnum):
    """How a word is written; the pieces are lower-case."""

    LOWER = 0
    CAPITALISED = 1
    UPPER = 2
    NO_LETTER = 3


class Word(NamedTuple):
    """One word of the passage, [start, end), and what the pieces do not show of it."""

    start: int
    end: int
    before: Before
    case: Case
    quoted: Quoted
    paragraph: int
    is_word: bool  # not a mark of punctuation
    pieces: tuple[int, ...]


#: A named tuple's own way, and to look up a member each time, take twice the time.
_new_word = tuple.__new__
_NOTHING, _SPACE, _OUTSIDE, _INSIDE = Before.NOTHING, Before.SPACE, Quoted.OUTSIDE, Quoted.INSIDE

#: What the model is told of a word, made once: three plain numbers.
_FEATURES = tuple(
    tuple(tuple((int(before), int(case), int(quoted)) for quoted in Quoted) for case in Case)
    for before in Before
)


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive words, at most WINDOW_PIECES pieces: what the model sees at once."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A window in numbers. pieces: (p,); features: (p, 3); firsts, paragraphs: (words,)."""

    pieces: tuple[int, ...]
    features: tuple[tuple[int, int, int], ...]
    firsts: tuple[int, ...]
    paragraphs: tuple[int, ...]


#: What a vocabulary says of a word: its case, whether it is more than a mark of punctuation, its pieces.
Look = tuple[Case, bool, tuple[int, ...]]


class Vocabulary:
    """BERT's uncased word pieces, with the greedy longest-match-first cut."""

    def __init__(self, pieces: Sequence[str]) -> None:
        self._ids: Mapping[str, int] = {piece: i for i, piece in enumerate(pieces)}
        self.unknown = self._ids["[UNK]"]
        self.first = self._ids["[CLS]"]
        self.last = self._ids["[SEP]"]
        self._known: dict[str, Look] = {}

    def look(self, word: str) -> Look:
        """A word's case, whether it is more than a mark of punctuation, and its pieces: none if it is not to be seen."""
        known = self._known.get(word)
        if known is None:
            seen = len(word) > 1 or unicodedata.category(word) not in ("Cf", "Cc")
            seen = seen and not word.isspace()
            known = _case(word), word[0].isalnum(), self.cut(word) if seen else ()
            if len(self._known) < CACHED_WORDS and len(word) <= MAX_WORD_CHARS:
                self._known[word] = known
        return known

    def cut(self, word: str) -> tuple[int, ...]:
        """Piece numbers of a word; never empty."""
        if len(word) > MAX_WORD_CHARS:
            return (self.unknown,)
        bare = _SAME.get(word, word).lower()
        if not bare.isascii():
            bare = unicodedata.normalize("NFD", bare)
            bare = "".join([c for c in bare if unicodedata.category(c) != "Mn"])
        if not 0 < len(bare) <= MAX_WORD_CHARS:
            return (self.unknown,)
        out: list[int] = []
        start = 0
        while start < len(bare):
            for end in range(len(bare), start, -1):
                piece = self._ids.get(("##" if start else "") + bare[start:end])
                if piece is not None:
                    break
            else:
                return (self.unknown,)
            out.append(piece)
            start = end
        return tuple(out)


def find_windows(text: str, vocabulary: Vocabulary) -> Iterator[Window]:
    """Windows that tile the text's words in order, paragraphs kept whole where they fit."""
    held: list[Word] = []
    n_held = 0
    for number, match in enumerate(_PARAGRAPH.finditer(text)):
        words = read_paragraph(text, match.start(), match.end(), number, vocabulary)
        n_pieces = sum([len(word.pieces) for word in words])
        if held and n_held + n_pieces > WINDOW_PIECES:
            yield Window(tuple(held))
            held, n_held = [], 0
        if n_pieces > WINDOW_PIECES:
            for part in split_words(text, words):
                yield Window(part)
        elif words:
            held += words
            n_held += n_pieces
    if held:
        yield Window(tuple(held))


def read_paragraph(text: str, start: int, end: int, number: int, vocabulary: Vocabulary) -> list[Word]:
    """The words of one paragraph, text[start:end]."""
    words: list[Word] = []
    marks: list[int] = []
    at, last = start, -1
    while at < end:
        stop = end if end - at <= BLOCK else text.rfind(" ", at, at + BLOCK) + 1 or end
        found: list[str] = _WORD.findall(text, at, stop)
        for word in found:
            first, at = at, at + len(word)
            if word == " ":
                continue
            case, is_word, pieces = vocabulary.look(word)
            if not pieces:
                continue
            if word in _DOUBLE:
                marks.append(len(words))
            before = _SPACE if first > last else _NOTHING
            words.append(_new_word(Word, (first, at, before, case, _OUTSIDE, number, is_word, pieces)))
            last = at
    if words:
        words[0] = words[0]._replace(before=Before.NEWLINE)
    if marks:
        _mark_quoted(text, words, marks)
    return words


def encode(window: Window, vocabulary: Vocabulary) -> Encoded:
    """The window in numbers, framed by the vocabulary's first and last piece."""
    pieces = [vocabulary.first]
    features: list[tuple[int, int, int]] = [(0, 0, 0)]
    firsts: list[int] = []
    for _, _, before, case, quoted, _, _, cut in window.words:
        firsts.append(len(pieces))
        features.append(_FEATURES[before][case][quoted])
        if len(cut) == 1:
            pieces.append(cut[0])
        else:
            pieces += cut
            features += [_FEATURES[_NOTHING][case][quoted]] * (len(cut) - 1)
    pieces.append(vocabulary.last)
    features.append((0, 0, 0))
    paragraphs = tuple([word.paragraph for word in window.words])
    return Encoded(tuple(pieces), tuple(features), tuple(firsts), paragraphs)


def _mark_quoted(text: str, words: list[Word], marks: Sequence[int]) -> None:
    """Say of each word of a paragraph how it stands to its double marks; an open mark lasts to the end.

    marks: which of the words are double marks.
    """
    opened_by, n = "", len(words)
    for i, following in zip(marks, (*marks[1:], n), strict=True):
        word = words[i]
        mark = text[word.start : word.end]
        space_before = i == 0 or words[i - 1].end < word.start
        space_after = i + 1 == n or words[i + 1].start > word.end
        if _opens(mark, opened_by, space_before, space_after):
            words[i] = word._replace(quoted=Quoted.OPENING)
            words[i + 1 : following] = [
                _new_word(Word, (start, end, before, case, _INSIDE, number, is_word, pieces))
                for start, end, before, case, _, number, is_word, pieces in words[i + 1 : following]
            ]
            opened_by = mark
        else:
            words[i] = word._replace(quoted=Quoted.CLOSING)
            opened_by = ""


def _opens(mark: str, opened_by: str, space_before: bool, space_after: bool) -> bool:
    if mark in "„‟〝" or mark == "``":
        return True
    if mark in "”〞":
        return opened_by == "" and space_before and not space_after
    if mark == "“":
        return opened_by != "„"
    if mark == "«":
        return opened_by != "»"
    if mark == "»":
        return opened_by == "" and space_before and not space_after
    if space_before != space_after:
        return space_before
    return not opened_by


def _case(word: str) -> Case:
    if not any(map(str.isalpha, word)):
        return Case.NO_LETTER
    if word[0].isupper():
        return Case.UPPER if len(word) > 1 and word.isupper() else Case.CAPITALISED
    return Case.LOWER


def split_words(text: str, words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """A paragraph longer than a window: cut after the last sentence end that fits, else anywhere."""
    start = 0
    while start < len(words):
        n_pieces, end, best = 0, start, start
        while end < len(words) and n_pieces + len(words[end].pieces) <= WINDOW_PIECES:
            n_pieces += len(words[end].pieces)
            end += 1
            if end < len(words) and _ends_sentence(text, words, end):
                best = end
        if end < len(words) and best > start:
            end = best
        yield tuple(words[start:end])
        start = end


def _ends_sentence(text: str, words: Sequence[Word], end: int) -> bool:
    """Whether a sentence ends before words[end]: a full stop, perhaps a closing mark, a space."""
    if words[end].before is not Before.SPACE:
        return False
    last = words[end - 1]
    if last.quoted is Quoted.CLOSING and end > 1:
        last = words[end - 2]
    return text[last.start] in _SENTENCE_ENDS
