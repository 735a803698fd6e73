"""Two wordings of one quotation, word by word.

In: texts. Out: their words with the marks that matter (ellipses, brackets), the cheapest way from one
to the other, what differs and whether that changes the meaning. Leaves to others: which wordings to
compare (`recorded`, `utterances`) and what follows from it (`check`).

What never makes a difference: case, accents, punctuation, kinds of marks, invisible characters, a
hyphen or full stop inside a word ("e-mail", "U.S."), "%" for "percent", "two" for "2", "[T]he" for "the".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files

from onrecord.record.folding import ASCII_WORD, typed
from onrecord.text import fold

#: Cells of the alignment table that are filled at most: bounds time (about 0.2 s) and memory.
MAX_CELLS = 600_000
#: A bracket holds a word or a few in the speaker's stead; more between [ and ] is the text's own.
MAX_BRACKETED = 12


class Change(StrEnum):
    """What became of words on the way from the record to the quotation."""

    KEPT = "kept"
    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"


class Flag(StrEnum):
    """What a difference does to the meaning."""

    NEGATION = "negation"
    NUMBER = "number"
    NAME = "name"
    MODALITY = "modality"
    QUALIFIER = "qualifier"


class Variant(StrEnum):
    """How two wordings of one utterance differ, the least first."""

    TYPOGRAPHY = "typography"
    EXCERPT = "excerpt"
    BRACKETED = "bracketed"
    CHANGED = "words changed"


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


@dataclass(frozen=True, slots=True)
class Edit:
    """Words [a_start, a_end) of the quotation stand where [b_start, b_end) of the record stand."""

    change: Change
    a_start: int
    a_end: int
    b_start: int
    b_end: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, for a person. is_marked: an ellipsis or a bracket owns up to it."""

    change: Change
    quoted: str
    recorded: str
    is_marked: bool
    flags: tuple[Flag, ...] = ()


# ----------------------------------------------------------------------------------- the words

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


# ------------------------------------------------------------------------------- the alignment

#: A word for another is cheaper than one more, so that the first word of a quotation can be changed; one
#: less is the cheapest, so that a sentence left out is seen as that, and not as words changed.
_SUBSTITUTED, _INSERTED, _DELETED = 0.9, 1.0, 0.5
#: Leaving out words under an ellipsis costs next to nothing, the nearer place still wins; beside a
#: bracket, which stands for any number of words, a little.
_OMITTED, _REPLACED = 0.002, 0.1


def align(a: Wording, b: Wording) -> tuple[Edit, ...]:
    """The cheapest way from a quotation `a` to the part of a record `b` that it gives.

    Words of b before the first and after the last edit are none of its business; the edits tile the
    rest of both. Empty where no word is shared. Words that only a hyphen, a full stop or an accent
    parts are kept. Where two ways cost the same, words are matched as early as possible.
    """
    start, end = _window(a, b)
    edits = list(_even(a, b, _path(a, b, start, end)))
    if edits:
        edits[0] = _widened(a, b, edits[0], before=True)
        edits[-1] = _widened(a, b, edits[-1], before=False)
    return tuple(edits)


def _window(a: Wording, b: Wording) -> tuple[int, int]:
    """The stretch of b that is worth comparing: all of it, or the one with most of a's words."""
    m, n = len(a.words), len(b.words)
    size = max(1, MAX_CELLS // max(1, m)) if a.gaps else min(MAX_CELLS // max(1, m), 3 * m + 60)
    if n <= size:
        return 0, n
    wanted = set(a.keys)
    here = [key in wanted for key in b.keys]
    count = sum(here[:size])
    best, at = count, 0
    for start in range(1, n - size + 1):
        count += here[start + size - 1] - here[start - 1]
        if count > best:
            best, at = count, start
    return at, at + size


def _path(a: Wording, b: Wording, start: int, end: int) -> list[Edit]:
    keys, other = a.keys[:MAX_CELLS], b.keys[start:end]
    m, n = len(keys), len(other)
    bracketed = [word.is_bracketed for word in b.words[start:end]]
    rows: list[list[float]] = [[0.0] * (n + 1)]
    for i in range(1, m + 1):
        key, above = keys[i - 1], rows[-1]
        deleted = _deletion(a, i)
        left = above[0] + _INSERTED
        row = [left]
        for j in range(n):
            cost = above[j] if key == other[j] else above[j] + _SUBSTITUTED
            up = above[j + 1] + _INSERTED
            if up < cost:
                cost = up
            side = left + (_REPLACED if deleted > _REPLACED and bracketed[j] else deleted)
            if side < cost:
                cost = side
            left = cost
            row.append(cost)
        rows.append(row)
    j = min(range(n + 1), key=lambda x: (rows[m][x], x)) if m else 0
    i, back = m, list[Edit]()
    while i > 0:
        here = rows[i][j]
        if j > 0 and keys[i - 1] == other[j - 1] and here == rows[i - 1][j - 1]:
            i, j = i - 1, j - 1
            back.append(Edit(Change.KEPT, i, i + 1, start + j, start + j + 1))
        elif j > 0 and here == rows[i - 1][j - 1] + _SUBSTITUTED:
            i, j = i - 1, j - 1
            back.append(Edit(Change.CHANGED, i, i + 1, start + j, start + j + 1))
        elif here == rows[i - 1][j] + _INSERTED:
            i -= 1
            back.append(Edit(Change.ADDED, i, i + 1, start + j, start + j))
        else:
            j -= 1
            back.append(Edit(Change.DROPPED, i, i, start + j, start + j + 1))
    back.reverse()
    return back if any(e.change is Change.KEPT for e in back) else []


def _deletion(a: Wording, i: int) -> float:
    """What it costs to leave out a word of the record before word i of the quotation."""
    if i in a.gaps:
        return _OMITTED
    beside = a.words[i - 1 : i + 1]
    return _REPLACED if any(word.is_bracketed for word in beside) else _DELETED


def _even(a: Wording, b: Wording, edits: Sequence[Edit]) -> Iterable[Edit]:
    """Runs of edits as one; a run that differs by no letter is kept."""
    i = 0
    while i < len(edits):
        k = i + 1
        kept = edits[i].change is Change.KEPT
        while k < len(edits) and (edits[k].change is Change.KEPT) == kept:
            k += 1
        first, last = edits[i], edits[k - 1]
        whole = Edit(Change.KEPT, first.a_start, last.a_end, first.b_start, last.b_end)
        if kept or _same_letters(a, b, whole):
            yield whole
        elif whole.a_start == whole.a_end:
            yield Edit(Change.DROPPED, whole.a_start, whole.a_end, whole.b_start, whole.b_end)
        elif whole.b_start == whole.b_end:
            yield Edit(Change.ADDED, whole.a_start, whole.a_end, whole.b_start, whole.b_end)
        else:
            yield Edit(Change.CHANGED, whole.a_start, whole.a_end, whole.b_start, whole.b_end)
        i = k


def _widened(a: Wording, b: Wording, edit: Edit, *, before: bool) -> Edit:
    """The first or last edit with the words beside it, if it then differs by no letter ("us", "U.S.")."""
    if edit.change is Change.CHANGED:
        for n in range(1, 4):
            low = edit.b_start - n if before else edit.b_start
            high = edit.b_end if before else edit.b_end + n
            wider = Edit(Change.KEPT, edit.a_start, edit.a_end, low, high)
            if low >= 0 and high <= len(b.words) and _same_letters(a, b, wider):
                return wider
    return edit


def _same_letters(a: Wording, b: Wording, edit: Edit) -> bool:
    x = "".join(a.keys[edit.a_start : edit.a_end])
    y = "".join(b.keys[edit.b_start : edit.b_end])
    return x == y and x.isalpha()


# ------------------------------------------------------------------------------- what it means


def flags_of(words: Iterable[Word]) -> frozenset[Flag]:
    """What these words are about, as far as a quotation without them would say something else."""
    out: set[Flag] = set()
    for word in words:
        out.update(_flags_of_key(word.key))
        if word.is_name:
            out.add(Flag.NAME)
    return frozenset(out)


def changed_flags(quoted: Sequence[Word], recorded: Sequence[Word]) -> tuple[Flag, ...]:
    """What is lost or new between the two, in the order of Flag."""
    ours, theirs = {w.key for w in quoted}, {w.key for w in recorded}
    flags = flags_of(w for w in quoted if w.key not in theirs) | flags_of(
        w for w in recorded if w.key not in ours
    )
    return tuple(flag for flag in Flag if flag in flags)


@cache
def _flags_of_key(key: str) -> frozenset[Flag]:
    out = {flag for flag in (_meaning().get(key),) if flag}
    if key.endswith("n't"):
        out.add(Flag.NEGATION)
    if key[0].isdigit() or key in _number_values():
        out.add(Flag.NUMBER)
    return frozenset(out)


def is_negation(word: Word) -> bool:
    """Whether the word turns its sentence round."""
    return Flag.NEGATION in _flags_of_key(word.key)


def variant_of(a: Wording, b: Wording) -> Variant:
    """How two wordings of one utterance differ; the same either way round."""
    if len(a.words) > len(b.words) or (len(a.words) == len(b.words) and a.keys > b.keys):
        a, b = b, a
    edits = align(a, b)
    if not edits:
        return Variant.CHANGED
    worst = Variant.TYPOGRAPHY
    if edits[0].b_start > 0 or edits[-1].b_end < len(b.words):
        worst = Variant.EXCERPT
    order = tuple(Variant)
    for edit in edits:
        if edit.change is Change.KEPT:
            continue
        ours, theirs = a.words[edit.a_start : edit.a_end], b.words[edit.b_start : edit.b_end]
        if any(w.is_bracketed for w in (*ours, *theirs)):
            found = Variant.BRACKETED
        elif _is_excerpt(a, b, edit):
            found = Variant.EXCERPT
        else:
            found = Variant.CHANGED
        worst = max(worst, found, key=order.index)
    return worst


def _is_excerpt(a: Wording, b: Wording, edit: Edit) -> bool:
    """Whether what is missing is missing openly: under an ellipsis, or as a piece of the quotation."""
    if edit.change is Change.DROPPED:
        return edit.a_start in a.gaps or edit.b_start in b.joins or edit.b_end in b.joins
    return edit.change is Change.ADDED and edit.b_start in b.gaps


# ---------------------------------------------------------------------------------------- data


def _lines(name: str) -> list[list[str]]:
    text = (files("onrecord.record") / "data" / name).read_text(encoding="utf-8")
    return [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def _meaning() -> Mapping[str, Flag]:
    return {line[1]: Flag(line[0]) for line in _lines("meaning.txt")}


def as_keys(words: Iterable[str]) -> list[str]:
    """Folded words as the keys that they have in a Wording, but for signs, possessives and commas in numbers."""
    known = _numbers()
    return [known.get(word, word) for word in words]


@cache
def _numbers() -> Mapping[str, str]:
    return {line[0]: line[1] for line in _lines("numbers.txt")}


@cache
def _number_values() -> frozenset[str]:
    return frozenset(_numbers().values())
