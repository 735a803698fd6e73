"""Several wordings of one utterance in a table: what they share in one column, where they part in the next.

In: wordings, the base first. Out: rows of cells, one column after the other in the order of the base's words.
Leaves it to the record which wordings belong together.

As editors collate manuscripts: each wording is aligned with the base alone, so a column holds for each what
stands in the place of the same words of the base.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from onrecord.faces.web.diffing import written_words

#: A wording that shares less of the shorter one's words with the base is told in other words.
MIN_SHARED = 0.5
MAX_ROWS = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """What one wording has in one column. how: same (as the base), other, nothing (where the base has words)."""

    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Collation:
    """rows: (number of the wording, its cells), the base first; each has as many cells as the others."""

    rows: tuple[tuple[int, tuple[Cell, ...]], ...]

    @property
    def is_split(self) -> bool:
        """Whether any wording parts from the base."""
        return any(cell.how != "same" for _, cells in self.rows for cell in cells)


def collate(wordings: Sequence[str], base: int = 0) -> Collation | None:
    """The wordings that share enough with the base beside it, or None where none does."""
    words = [written_words(text) for text in wordings]
    keys = [[key for key, _ in w] for w in words]
    first = keys[base]
    aligned = []
    for i, own in enumerate(keys):
        if i == base or not own or not first:
            continue
        codes = SequenceMatcher(None, first, own, autojunk=False).get_opcodes()
        shared = sum(b - a for op, a, b, _, _ in codes if op == "equal")
        if shared >= MIN_SHARED * min(len(own), len(first)):
            aligned.append((i, codes))
    if not aligned:
        return None
    columns = _columns(
        len(first), [(a, b) for _, codes in aligned for op, a, b, _, _ in codes if op != "equal"]
    )
    rows = [(base, tuple(Cell(_text(words[base][c.start : c.end]), "same") for c in columns))]
    for i, codes in aligned[: MAX_ROWS - 1]:
        rows.append((i, tuple(_cell(words[i], first, codes, c) for c in columns)))
    return Collation(tuple(rows))


class _Column(NamedTuple):
    """The base's words [start, end); none of them where other wordings put words in."""

    start: int
    end: int
    is_parted: bool


def _columns(size: int, parted: list[tuple[int, int]]) -> list[_Column]:
    """Stretches of the base's words: those in which some wording parts (touching ones as one), and those between."""
    out: list[_Column] = []
    at = 0
    merged: list[list[int]] = []
    for start, end in sorted(set(parted)):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([start, end])
    for start, end in merged:
        if at < start:
            out.append(_Column(at, start, False))
        out.append(_Column(start, end, True))
        at = end
    if at < size:
        out.append(_Column(at, size, False))
    return out


def _cell(
    own: Sequence[tuple[str, str]],
    first: Sequence[str],
    codes: Sequence[tuple[str, int, int, int, int]],
    column: _Column,
) -> Cell:
    """What stands in a wording where the base has a column's words; what is put in at its edges included."""
    start, end, places = column.start, column.end, list[int]()
    for op, a, b, c, d in codes:
        if op == "equal" and start < b and a < end:
            places += [c + max(0, start - a), d - max(0, b - end)]
        elif op != "equal" and column.is_parted and start <= a and b <= end:
            places += [c, d]
    low, high = (min(places), max(places)) if places else (0, 0)
    words = own[low:high]
    if [key for key, _ in words] == list(first[start:end]):
        return Cell(_text(words), "same")
    return Cell(_text(words), "other" if words else "nothing")


def _text(words: Sequence[tuple[str, str]]) -> str:
    return " ".join(w for _, w in words)
