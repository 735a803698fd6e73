"""Pronouns and descriptions: which person of the cast is meant at a place of the text.

In: a `Cast`, who has been heard speaking so far, a place. Out: persons with weights, best first.
The weights are hand-set (see `WEIGHTS`); they were compared on articles that no test holds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.speakers import lists
from onrecord.speakers.authority import Record
from onrecord.speakers.cast import Cast
from onrecord.speakers.introductions import Described
from onrecord.speakers.link_people import same_given
from onrecord.speakers.members import Person
from onrecord.speakers.name_kinds import What
from onrecord.speakers.names import Name, fold_name
from onrecord.types import ZoneKind

#: A pronoun's antecedent is looked for this many sentences back.
REACH = 14
#: Mentions looked at, nearest first.
MAX_MENTIONS = 60
#: People of one article that a description is compared with.
MAX_DESCRIBED = 300


@dataclass(frozen=True, slots=True)
class Weights:
    """What speaks for and against an antecedent."""

    sentence: float = -0.42  # for each sentence back
    paragraph: float = -0.35  # for being in a paragraph before
    further: float = -0.1  # for each further paragraph
    subject: float = 0.9
    first: float = 0.15  # the first name of its sentence
    owner: float = -0.35  # written as a possessive
    attributive: float = -0.7  # before a noun ("a Ruiz rally")
    quoted: float = -1.2  # inside a quotation, the pronoun outside
    title: float = -0.6
    same: float = 0.5  # in the pronoun's own sentence
    again: float = 0.08  # for each further time named
    heard: float = 1.25  # it is a speaker
    last: float = 0.3  # the last speaker, in the same paragraph


WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Heard:
    """At a place somebody (people of the cast, by index) was found to speak."""

    place: int
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who may be meant, with a weight that only ranks, and the place that speaks for it."""

    person: Person
    weight: float
    place: int


@dataclass(slots=True)
class Trail:
    """Who has been heard so far, in the order of the text."""

    heard: list[Heard] = field(default_factory=list)
    genders: dict[int, str] = field(default_factory=dict)  # shown by pronouns, of people whose names do not

    def add(self, place: int, people: tuple[int, ...]) -> None:
        self.heard.append(Heard(place, people))


def find_antecedents(cast: Cast, trail: Trail, place: int, gender: str) -> list[Candidate]:
    """People whom a pronoun of this gender ("" for any) at `place` may stand for, best first."""
    here = cast.layout.sentence_at(place)
    if here < 0:
        return []
    best: dict[int, Candidate] = {}
    extra: dict[int, float] = {}
    for candidate in (*_named(cast, trail, place, here, gender), *_heard(cast, trail, place, here, gender)):
        k = candidate.person.index
        if k in best:
            extra[k] = extra.get(k, 0.0) + WEIGHTS.again
        if k not in best or candidate.weight > best[k].weight:
            best[k] = candidate
    out = [Candidate(c.person, c.weight + min(extra.get(k, 0.0), 0.4), c.place) for k, c in best.items()]
    return sorted(out, key=lambda c: (-c.weight, -c.place))


def _named(cast: Cast, trail: Trail, place: int, here: int, gender: str) -> Iterator[Candidate]:
    """Every name of a fitting person before a place, nearest first, weighed."""
    sentences = cast.layout.sentences
    quoted = cast.layout.is_quoted(place)
    seen = 0
    for i in range(bisect_left(cast.starts, place) - 1, -1, -1):
        name = cast.names[i]
        back = here - name.sentence
        if back > REACH or seen >= MAX_MENTIONS:
            return
        person = cast.person(i)
        if person is None or not person.certain or not _fits(person, gender):
            continue
        seen += 1
        weight = _distance(back, sentences[here].paragraph - sentences[name.sentence].paragraph)
        weight += WEIGHTS.subject if is_subject(cast, i) else 0.0
        weight += WEIGHTS.first if i == 0 or cast.names[i - 1].sentence != name.sentence else 0.0
        weight += WEIGHTS.owner if name.possessive else 0.0
        weight += WEIGHTS.attributive if is_attributive(cast, name) else 0.0
        weight += WEIGHTS.quoted if name.quoted and not quoted else 0.0
        weight += WEIGHTS.title if name.in_title else 0.0
        weight += WEIGHTS.same if back == 0 and not name.quoted else 0.0
        yield Candidate(person, weight - _doubt(person, gender, trail), name.span.start)


def _heard(cast: Cast, trail: Trail, place: int, here: int, gender: str) -> Iterator[Candidate]:
    """The people who have been heard speaking before a place, last first, weighed."""
    sentences = cast.layout.sentences
    quoted = cast.layout.is_quoted(place)
    for n, heard in enumerate(reversed(trail.heard[-14:])):
        at = cast.layout.sentence_at(heard.place)
        if heard.place >= place or len(heard.people) != 1:
            continue
        if here - at > REACH:
            return
        person = cast.people[heard.people[0]]
        if not _fits(person, gender):
            continue
        apart = sentences[here].paragraph - sentences[at].paragraph
        weight = _distance(here - at, apart) + WEIGHTS.heard - 0.15 * min(n, 4)
        weight += WEIGHTS.last if n == 0 and apart == 0 else 0.0
        weight += WEIGHTS.quoted if cast.layout.is_quoted(heard.place) and not quoted else 0.0
        yield Candidate(person, weight - 0.5 * _doubt(person, gender, trail), heard.place)


def _distance(sentences: int, paragraphs: int) -> float:
    return (
        WEIGHTS.sentence * sentences
        + WEIGHTS.paragraph * min(paragraphs, 1)
        + WEIGHTS.further * max(paragraphs - 1, 0)
    )


def _fits(person: Person, gender: str) -> bool:
    return not gender or person.gender not in ("m", "f") or person.gender == gender


def _doubt(person: Person, gender: str, trail: Trail) -> float:
    """How far a pronoun's gender speaks against a person: by the first name, and by pronouns before."""
    if not gender or person.gender == gender:
        return 0.0
    known = trail.genders.get(person.index, "")
    if known:
        return 0.0 if known == gender else 2.0
    return {"": 0.5, "u": 0.4, "um": 0.2 if gender == "m" else 1.1, "uf": 0.2 if gender == "f" else 1.1}.get(
        person.gender, 0.5
    )


def is_subject(cast: Cast, i: int) -> bool:
    """Whether a name stands where a subject does: before a verb, and not after a preposition or a verb."""
    name = cast.names[i]
    layout = cast.layout
    sentence = layout.sentences[name.sentence]
    text = layout.text
    before = layout.tokens_between(max(sentence.start, name.full.start - 40), name.full.start)
    if before:
        gap = text[before[-1].end : name.full.start]
        word = before[-1].lower
        if not re.search(r"[,;:“”\"—–]", gap) and word in lists.words("prepositions"):
            return False
    return _verb_follows(cast, name.span.end, sentence.end) or (not before and not name.possessive)


def is_attributive(cast: Cast, name: Name) -> bool:
    """Whether a noun follows a name right away."""
    text = cast.layout.text
    found = cast.layout.tokens_between(name.span.end, name.span.end + 3)[:1]
    if (
        not found
        or text[name.span.end : found[0].start] not in (" ", "\u00a0")
        or not found[0].text.islower()
    ):
        return False
    word = found[0].lower
    if word in lists.words("verbs") or word in lists.words("function_words"):
        return False
    return not word.endswith(("ed", "ly", "ing", "self")) and (
        word in lists.words("common_bodies")
        or word in lists.roles()
        or word in lists.words("groups")
        or word in lists.words("documents")
        or word in lists.words("attributed_nouns")
    )


def _verb_follows(cast: Cast, end: int, limit: int) -> bool:
    """Whether a verb comes next, past a bracket or an apposition."""
    text = cast.layout.text
    for _ in range(2):
        m = _ASIDE.match(text, end, min(limit, end + 160))
        if m:
            end = m.end()
        found = cast.layout.tokens_between(end, min(limit, end + 30))[:1]
        if not found or re.search(r"\S", text[end : found[0].start]):
            return False
        word = found[0].lower
        if word in lists.words("verbs") or (word.endswith("ed") and found[0].text.islower()):
            return True
        if not (word.endswith("ly") and found[0].text.islower()):
            return False
        end = found[0].end
    return False


_ASIDE = re.compile(r"\s*\([^()]{1,60}\)|\s*,[^,.;:“”\"]{2,120},|\s+[-–—]\s[^–—]{2,120}\s[-–—]")


# ------------------------------------------------------------------------------ descriptions


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


def is_same_person(a: str, b: str) -> bool:
    """Whether two full names may be one person's."""
    x, y = a.split(), b.split()
    return fold_name(x[-1]) == fold_name(y[-1]) and same_given(x[0], y[0])


def is_body_zone(kind: ZoneKind) -> bool:
    """Whether a zone is running text."""
    return kind in (ZoneKind.BODY, ZoneKind.CAPTION, ZoneKind.DEK)


def names_people(cast: Cast, indices: Sequence[int]) -> bool:
    """Whether all these names are people's."""
    return all(cast.person(i) is not None or cast.names[i].what is What.PERSON for i in indices)
