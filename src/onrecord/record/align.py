"""Two wordings of one quotation, word by word.

In: two wordings. Out: the cheapest way from one to the other. Leaves to others: which wordings to compare
(`judge`, `groups`), what makes two words the same (`wording`), what a difference means (`differences`).

Words that differ by a hyphen or full stop inside them alone ("e-mail", "U.S.") are the same here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from onrecord.record.wording import Wording

#: Cells of the alignment table that are filled at most: bounds time (about 0.2 s) and memory.
MAX_CELLS = 600_000
#: A word for another is cheaper than one more, so that the first word of a quotation can be changed; one
#: less is the cheapest, so that a sentence left out is seen as that, and not as words changed.
_SUBSTITUTED, _INSERTED, _DELETED = 0.9, 1.0, 0.5
#: Leaving out words under an ellipsis costs next to nothing, the nearer place still wins; beside a
#: bracket, which stands for any number of words, a little.
_OMITTED, _REPLACED = 0.002, 0.1


class Change(StrEnum):
    """What became of words on the way from the record to the quotation."""

    KEPT = "kept"
    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Edit:
    """Words [a_start, a_end) of the quotation stand where [b_start, b_end) of the record stand."""

    change: Change
    a_start: int
    a_end: int
    b_start: int
    b_end: int


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
