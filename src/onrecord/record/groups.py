"""One act of speaking, many reports: what statements that belong together make up.

In: statements that wait to be grouped, and a Source that finds the ones like them. Out: Utterances. Leaves to others:
whether two statements belong together (`utterances`, `twins`), whose words they are, storing.

Groups are what pairs connect, so the order of reading changes nothing. An utterance that is on record is one piece: a
statement that waits is compared with what is like it, and joins the whole utterance of what it belongs to, without that
being looked at again. So a new article costs its own statements, however often the same was said before. Only where a
statement of nobody settled comes in are all that it reaches looked at anew: it may go with another then.

Thin: statements whose speaker is not settled stand alone except in copies and beside long quotations.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from onrecord.record.align import read_wording, variant_of
from onrecord.record.rarity import total
from onrecord.record.results import Candidate, Report, Utterance
from onrecord.record.twins import Twins
from onrecord.record.utterances import LONG_WEIGHT, Said, is_open, may_be_told_again, same_utterance

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

    def in_copies(self, page: int) -> Sequence[Candidate]:
        """All statements of a page and of its copies; () where it has none."""
        ...

    def together(self, statement: int) -> Sequence[Candidate]:
        """All reports of the utterance that a statement reports; () where it stands alone."""
        ...

    def waits(self, statement: int) -> bool:
        """Whether a statement is still to be looked at."""
        ...


@dataclass(frozen=True, slots=True)
class Grouping:
    """utterances: of two and more reports, by id. followed: the statements that were looked at, in order."""

    utterances: tuple[Utterance, ...]
    followed: tuple[int, ...]


def group(statements: Sequence[Candidate], source: Source) -> Grouping:
    """What some statements report, with all that report the same."""
    web = _Web(source)
    web.follow(statements)
    seen: set[int] = set()
    out = []
    for number in sorted(web.links):
        if number in seen:
            continue
        reached = _reach(number, web.links)
        seen |= reached
        for members in _by_speaker({n: web.known[n].statement for n in reached}, web.links):
            if len(members) > 1:
                out.append(_utterance([web.known[n].statement for n in members]))
    return Grouping(tuple(sorted(out, key=lambda u: u.id)), tuple(sorted(web.followed)))


class _Web:
    """Statements and which of them belong together, as it grows.

    links: both ways. root: for statements with a settled speaker, one of those that they are connected with.
    """

    def __init__(self, source: Source) -> None:
        self.known: dict[int, Said] = {}
        self.links: dict[int, set[int]] = {}
        self.followed: set[int] = set()
        self._source, self._twins = source, Twins(source.in_copies)
        self._root: dict[int, int] = {}
        self._taken: set[int] = set()

    def follow(self, statements: Sequence[Candidate]) -> None:
        """Looks at some statements and at what they lead to."""
        for statement in statements:
            self._meet(statement)
        asked = frozenset(self.known)
        waiting = sorted(asked, reverse=True)
        while waiting:
            number = waiting.pop()
            if number in self.followed:
                continue
            if number in asked or len(self.followed) < len(asked) + MAX_FURTHER:
                self.followed.add(number)
                self.links.setdefault(number, set())
                waiting += self._take(number)
                waiting += self._look_at(self.known[number])

    def _look_at(self, one: Said) -> list[int]:
        """Links a statement with what it belongs to; what is to be looked at next."""
        number, further = one.statement.number, list[int]()
        for candidate in _likely(one, self._source, lambda other: self._are_connected(number, other)):
            other = self._meet(candidate)
            if same_utterance(one, other):
                further += self._link(number, candidate.number)
        for twin in self._twins.of(one.statement):
            self._meet(twin)
            further += self._link(number, twin.number)
        return further

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
        if is_open(self.known[b].statement) or self._source.waits(b):
            further.append(b)
        return further

    def _take(self, number: int) -> list[int]:
        """Takes in the utterance on record that a statement reports; what is to be looked at in it.

        All of it where one of its speakers is not settled: such a statement may go elsewhere now.
        """
        if number in self._taken:
            return []
        members = self._source.together(number)
        self._taken.update(member.number for member in members)
        for member in members:
            self._meet(member)
        if any(map(is_open, members)):
            return [member.number for member in members]
        for member in members:
            if member.number != number:
                self._tie(number, member.number)
        return []

    def _tie(self, a: int, b: int) -> None:
        self.links.setdefault(a, set()).add(b)
        self.links.setdefault(b, set()).add(a)
        if a in self._root and b in self._root:
            self._root[self._root_of(b)] = self._root_of(a)

    def _are_connected(self, a: int, b: int) -> bool:
        """Whether two statements with settled speakers are in one group already."""
        return a in self._root and b in self._root and self._root_of(a) == self._root_of(b)

    def _root_of(self, number: int) -> int:
        while self._root[number] != number:
            self._root[number] = self._root[self._root[number]]
            number = self._root[number]
        return number


def _likely(one: Said, source: Source, is_there: Callable[[int], bool]) -> Iterator[Candidate]:
    """Statements of other articles with enough of its words, in whatever order, to be worth comparing.

    is_there: whether a statement is in one group with it already; asked when its turn comes.
    """
    statement = one.statement
    if not may_be_told_again(one):
        return
    wanted = set(statement.words.split())
    numbers = source.like(one)
    for start in range(0, len(numbers), FETCHED):
        for candidate in source.fetch([n for n in numbers[start : start + FETCHED] if not is_there(n)]):
            if candidate.page == statement.page or _are_copies(candidate, statement):
                continue
            if is_there(candidate.number):
                continue
            both_settled = candidate.speakers and statement.speakers
            if both_settled or total(wanted & set(candidate.words.split())) >= LONG_WEIGHT / 2:
                yield candidate


def _are_copies(a: Candidate, b: Candidate) -> bool:
    return a.copy_group is not None and a.copy_group == b.copy_group


def _reach(start: int, links: Mapping[int, set[int]]) -> set[int]:
    seen, waiting = {start}, [start]
    while waiting:
        for number in links.get(waiting.pop(), ()):
            if number not in seen:
                seen.add(number)
                waiting.append(number)
    return seen


def _by_speaker(statements: Mapping[int, Candidate], links: Mapping[int, set[int]]) -> list[set[int]]:
    """Linked statements as groups of one speaker.

    Statements whose speaker is open go with those that they are linked to, if all of these have a
    speaker in common; else they are a group by themselves.
    """
    settled = {n: links.get(n, set()) & statements.keys() for n, s in statements.items() if not is_open(s)}
    inner = {n: {k for k in others if k in settled} for n, others in settled.items()}
    unsettled = {
        n: {k for k in links.get(n, ()) if k in statements and k not in settled}
        for n in statements
        if n not in settled
    }
    for cluster in _components(unsettled):
        beside = sorted({k for n in cluster for k in links.get(n, ()) if k in settled})
        speakers = [{ref.number for ref in statements[k].speakers} for k in beside]
        if speakers and set.intersection(*speakers):
            for n in cluster:
                inner[n] = set(beside)
            for k in beside:
                inner[k] |= cluster
        else:
            for n in cluster:
                inner[n] = unsettled[n]
    return _components(inner)


def _components(links: Mapping[int, set[int]]) -> list[set[int]]:
    seen: set[int] = set()
    out = []
    for number in sorted(links):
        if number not in seen:
            out.append(_reach(number, links))
            seen |= out[-1]
    return out


# ----------------------------------------------------------------------------------- utterances


def _utterance(statements: Sequence[Candidate]) -> Utterance:
    """The utterance that these statements report."""
    ordered = sorted(statements, key=_order)
    first = read_wording(ordered[0].content)

    @cache  # what is said again and again is mostly printed alike
    def variant(content: str) -> str:
        return variant_of(first, read_wording(content)).value

    days = Counter((s.said_on, s.said_until) for s in ordered if s.said_on)
    said_on, said_until = min(days, key=lambda d: (-days[d], d[0] or "", d[1] or ""), default=(None, None))
    speakers = Counter(ref.number for s in ordered for ref in s.speakers)
    return Utterance(
        id=hashlib.sha256(f"utterance {ordered[0].page_id} {ordered[0].id}".encode()).hexdigest()[:16],
        speaker=min(speakers, key=lambda n: (-speakers[n], n), default=None),
        said_on=said_on,
        said_until=said_until,
        reports=tuple(Report(s.number, variant(s.content)) for s in ordered),
        n_independent=_n_independent(ordered),
    )


def _order(statement: Candidate) -> tuple[str, str, int, str]:
    """In order of print: the article's day, its page, the place in it."""
    return (
        statement.published or statement.day or "9999",
        statement.page_id,
        statement.pieces[0].start,
        statement.id,
    )


def _n_independent(statements: Iterable[Candidate]) -> int:
    """How many of the articles are neither copies of each other nor credit the same agency."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    pages = set()
    for s in statements:
        page = f"page {s.page}"
        pages.add(page)
        root(page)
        for tie in (
            f"copies {s.copy_group}" if s.copy_group is not None else None,
            f"agency {s.credited_to.casefold()}" if s.credited_to else None,
        ):
            if tie is not None:
                x, y = sorted((root(page), root(tie)))
                parent[y] = x
    return len({root(page) for page in pages})
