"""The people and bodies of one article: their names, what they are introduced as, where they stand.

In: a `Layout`, its `Name`s, a day, perhaps an `Authority`. Out: a `Cast`: names linked into people and
bodies. Surnames go to the full name that bears them; a surname that two people bear goes to the one whom
the article calls so (`namesakes`). Leaves to others: pronouns, descriptions and who speaks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.speakers.authority import Authority
from onrecord.speakers.layout import Layout
from onrecord.speakers.link_bodies import Bodies
from onrecord.speakers.link_people import People
from onrecord.speakers.members import Body, Person
from onrecord.speakers.names import Name, find_names
from onrecord.speakers.user_names import with_user_names
from onrecord.types import Span


@dataclass(frozen=True, slots=True)
class Cast:
    """All names of an article and whose they are: people[i] or bodies[i], or neither.

    shared: bare surnames of several people, with those who may be meant.
    """

    layout: Layout
    names: tuple[Name, ...]
    starts: tuple[int, ...]
    people: tuple[Person, ...]
    bodies: tuple[Body, ...]
    person_of: dict[int, int]
    body_of: dict[int, int]
    day: str
    shared: dict[int, tuple[int, ...]]
    authority: Authority | None = None

    def names_in(self, start: int, end: int) -> range:
        """Indices of the names whose own words start in [start, end)."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def person(self, i: int) -> Person | None:
        found = self.person_of.get(i)
        return None if found is None else self.people[found]

    def bearers(self, i: int) -> tuple[Person, ...]:
        """The person whose a name is, or all who may bear it."""
        if i in self.shared:
            return tuple(self.people[k] for k in self.shared[i])
        person = self.person(i)
        return () if person is None else (person,)

    def body(self, i: int) -> Body | None:
        found = self.body_of.get(i)
        return None if found is None else self.bodies[found]


def make_cast(layout: Layout, day: str, authority: Authority | None, sources: Sequence[Span] = ()) -> Cast:
    """The people and bodies of an article. day: the article's, ISO, or "". sources: who is said to speak."""
    names = with_user_names(layout, find_names(layout), sources)
    people = People(layout, names, day, authority)
    people.speaking = frozenset(
        i for s in sources for i, n in _within(names, s) if n.span.start - s.start <= 4 or n.before
    )
    people.link()
    bodies = Bodies(layout, names, people.of, authority)
    bodies.link()
    return Cast(
        layout,
        names,
        tuple(n.span.start for n in names),
        tuple(people.all),
        tuple(bodies.all),
        people.of,
        bodies.of,
        day,
        people.shared,
        authority,
    )


def _within(names: Sequence[Name], span: Span) -> list[tuple[int, Name]]:
    i = bisect_left(names, span.start, key=lambda n: n.span.start)
    out = []
    while i < len(names) and names[i].span.start < span.end:
        out.append((i, names[i]))
        i += 1
    return out
