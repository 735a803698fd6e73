"""Which statements belong together, found link by link.

In: statements that wait to be grouped, and a Source that finds the ones like them. Out: links between statements. Leaves
to others: what the links make of them (`clusters`, `groups`), whether two belong together (`utterances`, `twins`).

An utterance that is on record is one piece: a statement that waits is compared with what is like it, and joins the whole
utterance of what it belongs to, without that being looked at again. So a new article costs its own statements, however
often the same was said before. Only where statements of nobody settled may have to leave an utterance is all of it
looked at anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from onrecord.record.clusters import unsettled
from onrecord.record.results import Candidate
from onrecord.record.twins import Twins
from onrecord.record.utterances import (
    Glimpse,
    Said,
    is_open,
    may_be_same,
    may_be_told_again,
    same_utterance,
)

#: Statements beside those asked about that are looked at in one go; others that wait are left for the next.
MAX_FURTHER = 4_000
#: Statements like one that are fetched at a time: with the first that belongs to it comes its whole utterance.
FETCHED = 12


class Source(Protocol):
    """Where statements like one are found. Everything is about current pages."""

    def like(self, said: Said) -> Sequence[int]:
        """Other statements that have one of its phrases, of its speakers; one of its few phrases, if one
        of the two has no settled speaker and that may be said by nobody."""
        ...

    def fetch(self, statements: Sequence[int]) -> Sequence[Candidate]:
        """Statements by number."""
        ...

    def glimpse(self, statements: Sequence[int]) -> Sequence[Glimpse]:
        """As much of them as tells which are worth fetching."""
        ...

    def in_copies(self, page: int) -> Sequence[Candidate]:
        """All statements of a page and of its copies; () where it has none."""
        ...

    def grouped(self, statements: Sequence[int]) -> Collection[int]:
        """Those of some statements that report an utterance on record."""
        ...

    def together(self, statement: int) -> Sequence[Candidate]:
        """All reports of the utterance that a statement reports; () where it stands alone."""
        ...

    def waits(self, statement: int) -> bool:
        """Whether a statement is still to be looked at."""
        ...


class Web:
    """Statements and which of them belong together, as it grows.

    links: both ways. followed: the statements that were looked at.
    """

    def __init__(self, source: Source) -> None:
        self.known: dict[int, Said] = {}
        self.links: dict[int, set[int]] = {}
        self.followed: set[int] = set()
        self._source, self._twins = source, Twins(source.in_copies)
        self._root: dict[int, int] = {}  # of settled ones: one of those that they are connected with
        self._taken: set[int] = set()  # their utterances are, if they report one
        self._whole: dict[
            int, tuple[int, ...]
        ] = {}  # a report: those of its utterance, which was taken as it is
        self._common: dict[int, frozenset[int]] = {}  # of those not settled: the speakers of all beside it
        self._asked: frozenset[int] = frozenset()

    def follow(self, statements: Sequence[Candidate]) -> None:
        """Looks at some statements and at what they lead to."""
        for statement in statements:
            self._meet(statement)
        self._asked = frozenset(self.known)
        self._taken |= self._asked.difference(self._source.grouped(sorted(self._asked)))
        waiting = sorted(self._asked, reverse=True)
        while waiting:
            self._follow(waiting)
            waiting = self._opened_up()

    def _follow(self, waiting: list[int]) -> None:
        while waiting:
            number = waiting.pop()
            if number in self.followed:
                continue
            if number in self._asked or len(self.followed) < len(self._asked) + MAX_FURTHER:
                self.followed.add(number)
                self.links.setdefault(number, set())
                waiting += self._take(number)
                waiting += self._look_at(self.known[number])

    def _look_at(self, one: Said) -> list[int]:
        """Links a statement with what it belongs to; what is to be looked at next."""
        number, further = one.statement.number, list[int]()
        for other in self._likely(one):
            if same_utterance(one, other):
                further += self._link(number, other.statement.number)
        for twin in self._twins.of(one.statement):
            self._meet(twin)
            further += self._link(number, twin.number)
        return further

    def _likely(self, one: Said) -> Iterator[Said]:
        """Statements of other articles with enough of its words, in whatever order, to be worth comparing."""
        statement = one.statement
        if not may_be_told_again(one):
            return
        numbers = self._source.like(one)
        for start in range(0, len(numbers), FETCHED):
            some = [
                n for n in numbers[start : start + FETCHED] if not self._tells_nothing(statement.number, n)
            ]
            worth = [glimpse.number for glimpse in self._source.glimpse(some) if may_be_same(one, glimpse)]
            for candidate in self._source.fetch(worth):
                if not _are_copies(candidate, statement):
                    other = self._meet(candidate)
                    if not self._tells_nothing(statement.number, candidate.number):
                        yield other

    def _meet(self, statement: Candidate) -> Said:
        if statement.number not in self.known:
            self.known[statement.number] = Said(statement)
            if not is_open(statement):
                self._root[statement.number] = statement.number
        return self.known[statement.number]

    def _link(self, a: int, b: int) -> list[int]:
        """Links two statements; what is to be looked at because of the second."""
        self._tie(a, b)
        further = self._take(b)
        if (is_open(self.known[b].statement) and b not in self._whole) or self._source.waits(b):
            further.append(b)
        return further

    def _take(self, number: int) -> list[int]:
        """Takes in the utterance on record that a statement reports; what is to be looked at in it.

        Nothing, where whatever joins it leaves it whole: if a speaker is settled in all of it. If one is in a part of
        it, and the same in all of that, or in none, `_opened_up` sees to what may change.
        """
        if number in self._taken:
            return []
        members = sorted(self._source.together(number), key=is_open)  # the first is settled, if one is
        numbers = tuple(member.number for member in members)
        self._taken.update((number, *numbers))
        for member in members:
            self._meet(member)
        if any(map(is_open, members)):
            if len({_speakers(member) for member in members if not is_open(member)}) > 1:
                return list(numbers)
            self._whole.update(dict.fromkeys(numbers, numbers))
        for other in numbers[1:]:
            self._tie(numbers[0], other)
        return []

    def _opened_up(self) -> list[int]:
        """What is to be looked at since an utterance that was taken as it is may not stay so.

        Where statements of nobody settled now have different speakers beside them, they leave the utterance of either:
        all of that is looked at anew. Where all of an utterance is nobody's, who stands beside each of it is not
        known: one after the other is looked at, until there are two that do not agree.
        """
        if not self._whole:
            return []
        opened, further = set[int](), set[int]()
        for part in unsettled({n: self.known[n].statement for n in self.links}, self.links):
            wholes = {self._whole[n] for n in (*part.numbers, *part.beside) if n in self._whole}
            for whole in wholes:
                if part.fits or not part.beside:
                    further.update(
                        sorted(n for n in whole if whole[0] not in self._root and n not in self.followed)[:1]
                    )
                elif whole[0] in self._root:
                    opened.update(whole)
        self._open_up(opened)
        return sorted(further | opened, reverse=True)

    def _open_up(self, members: set[int]) -> None:
        """Forgets that some utterances are one piece."""
        for number in members:
            self.links[number] -= set(self._whole[number])
        for number in members:
            del self._whole[number]
        if members:
            self._root = {number: number for number in self._root}
            for a in self._root:
                for b in self.links.get(a, ()):
                    if b in self._root:
                        self._connect(a, b)

    def _tie(self, a: int, b: int) -> None:
        self.links.setdefault(a, set()).add(b)
        self.links.setdefault(b, set()).add(a)
        if a in self._root and b in self._root:
            self._connect(a, b)
        for one, other in ((a, b), (b, a)):
            if one not in self._root and other in self._root:
                speakers = self._speakers(other)
                self._common[one] = self._common.get(one, speakers) & speakers

    def _connect(self, a: int, b: int) -> None:
        self._root[self._root_of(b)] = self._root_of(a)

    def _tells_nothing(self, a: int, b: int) -> bool:
        """Whether a link between two statements would change no group: they are in one already, or if one of them is
        nobody's, all that it could tell is told by others that it is linked with."""
        whole = self._whole.get(b, ())
        if a not in self._root:
            if whole:
                return any(self._whole.get(k) is whole for k in self.links[a])
            if b not in self._root:
                return False
            if a in self._common and not self._common[a]:
                return True  # those beside it do not agree: it goes with none of them
            return any(
                self._are_connected(k, b) and self._speakers(k) == self._speakers(b) for k in self.links[a]
            )
        if b in self._root:
            return self._are_connected(a, b)
        return (
            bool(whole) and self._are_connected(a, whole[0]) and self._speakers(whole[0]) <= self._speakers(a)
        )

    def _are_connected(self, a: int, b: int) -> bool:
        """Whether two statements with settled speakers are in one group already."""
        return a in self._root and b in self._root and self._root_of(a) == self._root_of(b)

    def _speakers(self, number: int) -> frozenset[int]:
        return _speakers(self.known[number].statement)

    def _root_of(self, number: int) -> int:
        while self._root[number] != number:
            self._root[number] = self._root[self._root[number]]
            number = self._root[number]
        return number


def _speakers(statement: Candidate) -> frozenset[int]:
    return frozenset(ref.number for ref in statement.speakers)


def _are_copies(a: Candidate, b: Candidate) -> bool:
    return a.copy_group is not None and a.copy_group == b.copy_group
