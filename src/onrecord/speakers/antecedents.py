"""Pronouns: which person of the cast is meant at a place of the text.

In: a `Cast`, who has been heard speaking so far, a place. Out: persons with weights, best first. Leaves to others:
which words are a pronoun and what is said of it (`pronouns`), descriptions (`holders`).
The weights are hand-set (see `WEIGHTS`); they were compared on articles that no test holds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from onrecord.speakers import lists
from onrecord.speakers.cast import Cast
from onrecord.speakers.members import Person
from onrecord.speakers.names import Name

#: A pronoun's antecedent is looked for this many sentences back.
REACH = 14
#: Mentions looked at, nearest first.
MAX_MENTIONS = 60
#: Prepositions that tell of another than the subject of the clause to come.
OBLIQUE = frozenset({"by", "with", "to", "from", "against", "at", "of", "before", "under", "for"})
#: Of whom so many pronouns of one gender surely spoke, and none of the other, no other pronoun speaks.
SHOWN = 2


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
    presented: float = 0.8  # brought in: "Then there's Ruiz."
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
    n_shown: dict[int, int] = field(default_factory=dict)  # how many pronouns did

    def add(self, place: int, people: tuple[int, ...]) -> None:
        self.heard.append(Heard(place, people))

    def show(self, person: int, gender: str) -> None:
        """A pronoun of this gender surely meant somebody, whose name shows none."""
        if self.genders.setdefault(person, gender) == gender:
            self.n_shown[person] = self.n_shown.get(person, 0) + 1

    def contradicts(self, person: int, gender: str) -> bool:
        """Whether pronouns before have shown that a person is of the other gender."""
        known = self.genders.get(person, "")
        return bool(gender and known) and known != gender and self.n_shown.get(person, 0) >= SHOWN


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
        fitting = [
            p
            for p in cast.bearers(i)
            if p.certain and _fits(p, gender) and not trail.contradicts(p.index, gender)
        ]
        if not fitting:
            continue
        seen += 1
        if back == 0 and is_opening_oblique(cast, i, place):
            continue
        weight = _distance(back, sentences[here].paragraph - sentences[name.sentence].paragraph)
        weight += WEIGHTS.subject if is_subject(cast, i) else 0.0
        weight += WEIGHTS.first if i == 0 or cast.names[i - 1].sentence != name.sentence else 0.0
        weight += WEIGHTS.owner if name.possessive else 0.0
        weight += WEIGHTS.attributive if is_attributive(cast, name) else 0.0
        weight += WEIGHTS.quoted if name.quoted and not quoted else 0.0
        weight += WEIGHTS.title if name.in_title else 0.0
        weight += WEIGHTS.presented if is_presented(cast, name) else 0.0
        weight += WEIGHTS.same if back == 0 and not name.quoted else 0.0
        for person in fitting:
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
        if not _fits(person, gender) or trail.contradicts(person.index, gender):
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
    if is_presented(cast, name):
        return True
    if before:
        gap = text[before[-1].end : name.full.start]
        word = before[-1].lower
        if not re.search(r"[,;:“”\"—–]", gap) and word in lists.words("prepositions"):
            return False
    return _verb_follows(cast, name.span.end, sentence.end) or (not before and not name.possessive)


def is_presented(cast: Cast, name: Name) -> bool:
    """Whether somebody is brought in by name: "Then there's Ruiz."."""
    start = cast.layout.sentences[name.sentence].start
    near = max(start, name.full.start - 40)
    return not name.possessive and _PRESENTS.search(cast.layout.text, near, name.full.start) is not None


#: What brings somebody in whom the next words are about: "Then there's Ruiz."
_PRESENTS = re.compile(
    r"\b(?:there(?:['’]s| is| was| comes| came)|enter)[,:]?\s+(?:also\s+)?\Z", re.IGNORECASE
)


def is_opening_oblique(cast: Cast, i: int, place: int) -> bool:
    """Whether a name stands in words before a main clause whose subject is at `place`, as no subject itself.

    "Under cross-examination by Ruiz, he said": a preposition opens the sentence, one stands before the name, and only
    a comma behind it. Who is meant was spoken of before, and is not Ruiz.
    """
    name = cast.names[i]
    text = cast.layout.text
    if text[name.span.end : place].strip() != "," or name.quoted:
        return False
    sentence = cast.layout.sentences[name.sentence]
    before = cast.layout.tokens_between(sentence.start, name.full.start)
    opens = len(before) > 1 and before[0].lower in lists.words("prepositions")
    return opens and before[-1].lower in OBLIQUE


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
