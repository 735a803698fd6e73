"""What links between statements make of them: parts that hang together, and parts of one speaker.

In: numbers of statements, their links both ways, who spoke. Out: sets of numbers. Leaves to others: which statements are
linked (`web`). Nothing depends on the order in which links were found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.record.results import Candidate
from onrecord.record.utterances import is_open

Links = Mapping[int, set[int]]


def reach(start: int, links: Links) -> set[int]:
    """Everything that links lead to from one number."""
    seen, waiting = {start}, [start]
    while waiting:
        for number in links.get(waiting.pop(), ()):
            if number not in seen:
                seen.add(number)
                waiting.append(number)
    return seen


def components(links: Links) -> list[set[int]]:
    """The parts that hang together."""
    seen: set[int] = set()
    out = []
    for number in sorted(links):
        if number not in seen:
            out.append(reach(number, links))
            seen |= out[-1]
    return out


@dataclass(frozen=True, slots=True)
class Unsettled:
    """Linked statements whose speaker is not settled, and the settled ones beside them; fits: these have one in common."""

    numbers: set[int]
    beside: tuple[int, ...]
    fits: bool


def unsettled(statements: Mapping[int, Candidate], links: Links) -> Iterator[Unsettled]:
    """The statements whose speaker is not settled, as far as they are linked with each other."""
    inner = {
        n: {k for k in links.get(n, ()) if k in statements and is_open(statements[k])}
        for n, statement in statements.items()
        if is_open(statement)
    }
    for numbers in components(inner):
        beside = {k for n in numbers for k in links.get(n, ()) if k in statements and k not in inner}
        speakers = [{ref.number for ref in statements[k].speakers} for k in beside]
        yield Unsettled(numbers, tuple(sorted(beside)), bool(speakers) and bool(set.intersection(*speakers)))


def by_speaker(statements: Mapping[int, Candidate], links: Links) -> list[set[int]]:
    """Linked statements as groups of one speaker.

    Statements whose speaker is open go with those that they are linked to, if all of these have a
    speaker in common; else they are a group by themselves.
    """
    inner: dict[int, set[int]] = {
        n: {k for k in links.get(n, ()) if k in statements and not is_open(statements[k])}
        for n, statement in statements.items()
        if not is_open(statement)
    }
    for part in unsettled(statements, links):
        members = part.numbers.union(part.beside if part.fits else ())
        middle = min(part.numbers)
        for n in members:
            inner.setdefault(n, set()).add(middle)
        inner[middle] |= members
    return components(inner)
