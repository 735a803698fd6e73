"""Pairs of names on record that may be one person's: for the user to merge, or to leave.

In: the names of people on record with how much they said. Out: `Alike` pairs, each with why. What is certain
enough is tied without asking (`spellings`); what is certain to be two is not named here. Bounded: the most
quoted people, and of one surname so many.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from onrecord.record import names, spellings

#: People looked at, those with most statements first; and names compared with one another at a time.
MAX_PEOPLE, MAX_BUCKET = 20_000, 40
#: Letters that two spellings of a surname may differ in, and how long both must be for one.
MAX_EDITS, MIN_LETTERS = 1, 5


@dataclass(frozen=True, slots=True)
class Alike:
    """Two speakers by name, the one with more statements first, and why they may be one."""

    name: str
    other: str
    why: str


@dataclass(frozen=True, slots=True)
class _Person:
    number: int
    name: str
    key: str
    n_statements: int

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(spellings.letters(self.key).split(" "))

    @property
    def order(self) -> tuple[int, str]:
        return -self.n_statements, self.name


def find_alike(connection: sqlite3.Connection) -> Iterator[Alike]:
    """The pairs, those with most statements first; the same whatever order pages came in."""
    people = _people(connection)
    found: dict[tuple[int, int], str] = {}
    for bucket in _buckets(people):
        for i, one in enumerate(bucket):
            for other in bucket[i + 1 :]:
                a, b = sorted((one, other), key=lambda person: person.order)
                why = _why(a, b)
                if why and a.number != b.number:
                    found.setdefault((a.number, b.number), why)
    by_number = {person.number: person for person in people}
    pairs = [(by_number[a], by_number[b], why) for (a, b), why in found.items()]
    for a, b, why in sorted(pairs, key=lambda pair: (pair[0].order, pair[1].order)):
        yield Alike(a.name, b.name, why)


def _people(connection: sqlite3.Connection) -> list[_Person]:
    rows = connection.execute(
        "SELECT c.speaker, c.name, c.key, t.n_statements FROM speakers c"
        " JOIN speaker_totals t ON t.speaker = c.speaker"
        " WHERE c.kind = 'person' AND c.scope = '' ORDER BY t.n_statements DESC, c.name LIMIT ?",
        (MAX_PEOPLE,),
    )
    return [_Person(*row) for row in rows]


def _buckets(people: Sequence[_Person]) -> Iterator[list[_Person]]:
    """People worth comparing: of one surname; of one first name and a surname that begins and ends alike."""
    buckets: dict[tuple[str, ...], list[_Person]] = defaultdict(list)
    for person in people:
        first, last = person.words[0], person.words[-1]
        keys: list[tuple[str, ...]] = [("surname", last)]
        if len(person.words) > 1 and len(last) >= MIN_LETTERS:
            keys += [("front", first[:1], last[:3]), ("back", first[:1], last[-3:])]
        for key in keys:
            if len(buckets[key]) < MAX_BUCKET:
                buckets[key].append(person)
    yield from (bucket for bucket in buckets.values() if len(bucket) > 1)


def _why(a: _Person, b: _Person) -> str:
    """Why two people may be one; "" if nothing speaks for it."""
    short = min((a, b), key=lambda person: len(person.words))
    if a.words[-1] == b.words[-1]:
        if len(short.words) == 1:
            return f"“{short.name}” is a surname alone"
        if not names.same_name(a.name, b.name):
            return ""
        if min(len(a.words[0]), len(b.words[0])) == 1:
            return "one has an initial for the other's first name"
        if a.words[0] != b.words[0]:
            return "one first name is short for the other"
        return "one has more names than the other"
    if a.words[0] != b.words[0] or len(short.words) == 1:
        return ""
    if spellings.surname(a.key) and spellings.surname(a.key) == spellings.surname(b.key):
        return "two ways to spell one surname"
    if min(len(a.words[-1]), len(b.words[-1])) < MIN_LETTERS:
        return ""
    if Levenshtein.distance(a.words[-1], b.words[-1], score_cutoff=MAX_EDITS) <= MAX_EDITS:
        return "the surnames differ by a letter"
    return ""
