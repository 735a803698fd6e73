"""The same statement in the copies of an article: one to one.

In: the statements of pages that are copies of each other. Out: for each statement those that it is the same as. Leaves
to others: which pages are copies, which statements of other articles report the same (`utterances`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from onrecord.record.rarity import total
from onrecord.record.results import Candidate
from onrecord.record.utterances import MAX_WORDS
from onrecord.record.wording import keys_of

#: Statements of two copies that have so much in common are one statement.
COPY_CONTAINED = 0.5


class Twins:
    """The pairs of every two copies that were asked about, each worked out once.

    in_copies: all statements of a page and of its copies; () where it has none.
    """

    def __init__(self, in_copies: Callable[[int], Sequence[Candidate]]) -> None:
        self._in_copies = in_copies
        self._pairs: dict[int, list[Mapping[int, Candidate]]] = {}

    def of(self, statement: Candidate) -> Iterator[Candidate]:
        """The same statement in the copies of its article: at most one in each."""
        if statement.copy_group is None:
            return
        if statement.page not in self._pairs:
            self._pair(statement.page)
        for pairs in self._pairs[statement.page]:
            if statement.number in pairs:
                yield pairs[statement.number]

    def _pair(self, page: int) -> None:
        pages: dict[int, list[Candidate]] = defaultdict(list)
        for other in self._in_copies(page):
            pages[other.page].append(other)
        for number in {page, *pages}:
            self._pairs[number] = []
        for a, b in combinations(sorted(pages), 2):
            pairs = pair_up(pages[a], pages[b])
            self._pairs[a].append(pairs)
            self._pairs[b].append(pairs)


def pair_up(a: Sequence[Candidate], b: Sequence[Candidate]) -> Mapping[int, Candidate]:
    """The statements of one article by those of its copy, one to one, the most alike first; both ways."""
    ours, theirs = [_all_words(s) for s in a], [_all_words(s) for s in b]
    pairs: list[tuple[float, float, str, str, int, int]] = []
    for i, (x, x_weight) in enumerate(ours):
        for k, (y, y_weight) in enumerate(theirs):
            common = total(x & y)
            if common and common >= COPY_CONTAINED * min(x_weight, y_weight):
                place = abs(i / len(a) - k / len(b))
                alike = 2 * common / (x_weight + y_weight)
                first, second = sorted((a[i].id, b[k].id))
                pairs.append((-round(alike, 3), round(place, 3), first, second, i, k))
    out: dict[int, Candidate] = {}
    for _, _, _, _, i, k in sorted(pairs):
        if a[i].number not in out and b[k].number not in out:
            out[a[i].number], out[b[k].number] = b[k], a[i]
    return out


def _all_words(statement: Candidate) -> tuple[set[str], float]:
    keys = set(keys_of(statement.content)[:MAX_WORDS])
    return keys, total(keys)
