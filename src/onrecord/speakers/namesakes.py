"""Two people of one surname: to whom the bare surname goes, and where it may be either's.

In: the people of an article and whose its names are. Out: bare surnames given to the one whom the article calls so,
and those that stay anybody's. It calls so whoever alone bore the surname when it first stood alone; or whom alone it
never calls by a first name, "Mr" or "Ms". Leaves to others: who has spoken last (`named`), people whom lists know.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from onrecord.speakers import lists
from onrecord.speakers.members import Person
from onrecord.speakers.names import Name, fold_name


def share_out(
    names: Sequence[Name], people: Sequence[Person], of: dict[int, int]
) -> dict[int, tuple[int, ...]]:
    """Bare surnames of several people, by index of the name, with those of them who may be meant: all, or the one
    who is never called otherwise. Gives what one alone bears to that one (in `of`)."""
    bearers: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        if person.surname and person.certain and person.first is not None:
            bearers[person.surname].append(person)
    several = {surname: found for surname, found in bearers.items() if _are_several(found)}
    shared: dict[int, tuple[int, ...]] = {}
    if not several:
        return shared
    bare: dict[str, list[int]] = defaultdict(list)
    told: dict[int, list[int]] = defaultdict(list)  # names that show which one is meant, by person
    for i, name in enumerate(names):
        if len(name.words) == 1 and not name.before and fold_name(name.words[0]) in several:
            bare[fold_name(name.words[0])].append(i)
        elif i in of:
            told[of[i]].append(i)
    for surname, places in bare.items():
        mates = several[surname]
        if not all(told[p.index] for p in mates):
            continue
        before = _known_before(names, mates, told, places)
        one = before or _never_called_otherwise(names, mates, told)
        for i in places:
            if one is not None:
                _give(names, people, of, i, one)
            if before is None:
                shared[i] = tuple(p.index for p in mates if one in (None, p))
    return shared


def _are_several(people: Sequence[Person]) -> bool:
    """Whether more than one person bears a surname, none of whom readers know by it alone."""
    return len(people) > 1 and not any(p.leader or p.record for p in people)


def _known_before(
    names: Sequence[Name], mates: Sequence[Person], told: dict[int, list[int]], bare: Sequence[int]
) -> Person | None:
    """The one of people with one surname who alone was known where it first stood alone, or None."""
    first = next((names[i].span.start for i in bare if not names[i].in_title), None)
    if first is None:
        return None
    known = [
        p for p in mates if any(names[i].span.start < first and not names[i].in_title for i in told[p.index])
    ]
    return known[0] if len(known) == 1 else None


def _never_called_otherwise(
    names: Sequence[Name], mates: Sequence[Person], told: dict[int, list[int]]
) -> Person | None:
    """The one of people with one surname who alone is never called by a first name or "Ms"."""
    left = [p for p in mates if not any(_is_familiar(names[i], p) for i in told[p.index])]
    return left[0] if len(left) == 1 else None


_ADDRESS = frozenset({"mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "mx."})


def _is_familiar(name: Name, person: Person) -> bool:
    """Whether somebody is called by a first name alone here, or by "Mr" or "Ms" and a surname."""
    if len(name.words) > 1:
        return False
    if name.before:
        return name.before[-1].lower() in _ADDRESS & lists.titles().keys()
    return fold_name(name.words[0]) != person.surname


def _give(
    names: Sequence[Name], people: Sequence[Person], of: dict[int, int], i: int, person: Person
) -> None:
    if of.get(i) == person.index:
        return
    place = names[i].span.start
    if i in of:
        other = people[of[i]]
        other.places = [p for p in other.places if p != place]
    of[i] = person.index
    person.places = sorted({*person.places, place})
