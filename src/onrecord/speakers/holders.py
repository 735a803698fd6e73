"""Descriptions: who is introduced as one says, or holds the office that it names.

In: a `Described` ("the Ohio senator"), a `Cast`, who has been heard speaking so far, a place. Out: persons of the
cast with weights, best first; holders of an office by the user's list or ours. Leaves to others: what words
describe (`introductions`), which of the answers is given (`described`).
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

from onrecord.speakers import lists
from onrecord.speakers.antecedents import Candidate, Trail
from onrecord.speakers.authority import Record
from onrecord.speakers.cast import Cast
from onrecord.speakers.introductions import Described
from onrecord.speakers.members import Person
from onrecord.speakers.names import fold_name

#: People of one article that a description is compared with.
MAX_DESCRIBED = 300


def find_described(
    cast: Cast, trail: Trail, place: int, said: Described, *, owner: Person | None
) -> list[Candidate]:
    """People whom a description at `place` may mean, best first. owner: of "his spokesman"."""
    roles = lists.roles()
    wanted = {w for w in said.words if w not in said.head.split()}
    former = "former" in wanted or "ex" in wanted
    wanted -= {"former", "current", "then", "longtime", "now", "fellow", "so-called", "ex", "us"}
    if owner is not None:
        wanted |= {fold_name(owner.surname)}
    home = wanted & _state_names() if said.head in _PARTIES else set()
    out = []
    here = cast.layout.sentence_at(place)
    for person in cast.people[:MAX_DESCRIBED]:
        if (owner is not None and person is owner) or not person.certain:
            continue
        fit = 0.0
        if home and not any(home & role.words for role in person.roles):
            continue
        for role in person.roles:
            same = role.head == said.head
            other = said.head in (roles[role.head].others if role.head in roles else ())
            other = other or (bool(home) and _is_of_party(said.head, role))
            if not same and not other:
                continue
            words = role.words
            match = sum(1 for w in wanted if w in words)
            miss = float(len(wanted) - match)
            clash = _clash(wanted, words)
            if owner is not None and _is_anothers(cast, role, owner):
                clash += 1
            open_country = not clash and any(w.startswith("=") and w not in words for w in wanted)
            miss -= 0.6 if open_country and not any(w.startswith("=") for w in words) else 0.0
            weight = 1.0 + (0.0 if same else -0.2) + 0.9 * match - 0.55 * miss - 2.0 * clash
            if former != ("former" in words):
                weight -= 0.5 if former or not any(w.startswith("=") for w in words) else 1.5
            fit = max(fit, weight)
        if fit <= 0:
            continue
        near, at = _nearness(cast, trail, person, place, here)
        out.append(Candidate(person, fit + near, at))
    return sorted(out, key=lambda c: (-c.weight, -c.place))


_PARTIES = {"republican": "democratic", "democrat": "republican", "independent": "-", "socialist": "-"}


@cache
def _state_names() -> frozenset[str]:
    return frozenset(name.lower() for name in lists.states().values())


def _is_of_party(head: str, role: Described) -> bool:
    """Whether "the Ohio Republican" may be whoever holds an office, and is told of no other party."""
    return head in _PARTIES and role.head in lists.words("elected") and _PARTIES[head] not in role.words


def _is_anothers(cast: Cast, role: Described, owner: Person) -> bool:
    """Whether a role is told as somebody else's ("Webb's lawyer", where Ruiz's is looked for)."""
    if fold_name(owner.surname) in role.words:
        return False
    return any(p.surname in role.words for p in cast.people[:MAX_DESCRIBED] if p is not owner)


def clashes(said: Described, person: Person) -> bool:
    """Whether a description tells of another country, state or party than what a person is introduced as."""
    return any(_clash(set(said.words), role.words) for role in person.roles)


def _clash(wanted: set[str], words: frozenset[str]) -> int:
    """Countries, states and parties of a description against those of an introduction."""
    states = _state_names()
    clash = 0
    for group in (
        {w for w in wanted if w.startswith("=")},
        {w for w in wanted if w in states},
        {w for w in wanted if w in ("republican", "democratic", "gop")},
    ):
        if group:
            kind = next(iter(group))
            known = {
                w
                for w in words
                if (w.startswith("=") and kind.startswith("="))
                or (w in states and kind in states)
                or (w in ("republican", "democratic", "gop") and kind in ("republican", "democratic", "gop"))
            }
            if known and not known & group and not ({"gop", "republican"} >= (known | group)):
                clash += 1
    return clash


def _nearness(cast: Cast, trail: Trail, person: Person, place: int, here: int) -> tuple[float, int]:
    """How lately somebody was named or heard before `place`, at most 1; a name after it counts less."""
    k = bisect_left(person.places, place)
    if k == 0:
        first = person.places[0] if person.places else place
        return (-0.1 if cast.layout.sentence_at(first) - here <= 3 else -0.5), first
    at = person.places[k - 1]
    for heard in reversed(trail.heard[-6:]):
        if heard.place < place and person.index in heard.people:
            at = max(at, heard.place)
    back = here - cast.layout.sentence_at(at)
    return max(0.0, 1.0 - 0.08 * back), at


def find_holder(cast: Cast, said: Described) -> Record | None:
    """The one person of the user's own list who holds the office of a description on the article's day."""
    if cast.authority is None or not cast.day or "former" in said.words:
        return None
    found = cast.authority.holders(said, cast.day)
    return found[0] if len(found) == 1 else None


def find_leader(cast: Cast, said: Described, day: str) -> lists.Leader | None:
    """The one person known to hold the office of a description on a day, or None."""
    if not day:
        return None
    country = next((w[1:] for w in said.words if w.startswith("=")), "")
    if not country:
        if said.head not in (
            "president",
            "vice president",
            "secretary of state",
            "attorney general",
            "speaker",
        ):
            return None
        country = "the United States" if _is_american(cast) else ""
    if not country:
        return None
    former = "former" in said.words
    if former:
        return None
    found = {
        leader.name: leader
        for leader in lists.leaders()
        if leader.country == country
        for t in leader.tenures
        if t.office == said.head and t.since <= day and (not t.until or day < t.until)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _is_american(cast: Cast) -> bool:
    """Whether an article speaks of the United States' politics: it names its bodies or parties."""
    marks = {
        "White House",
        "Congress",
        "Senate",
        "Republican",
        "Republicans",
        "Democrats",
        "Democratic",
        "GOP",
        "American",
        "Americans",
        "Washington",
        "U.S.",
    }
    return sum(n.text in marks for n in cast.names[:2000]) >= 2
