"""One article while its speakers are looked for: what has been found so far, and how answers are made.

In: an article, its `Cast`, its attributions. Out: the `Scene` that the rules read and `resolve` fills.
Leaves to others: the rules (`pronouns`, `named`, `described`, `bodies`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from onrecord.speakers import lists
from onrecord.speakers.antecedents import Candidate, Trail, find_antecedents
from onrecord.speakers.cast import Cast
from onrecord.speakers.layout import Layout
from onrecord.speakers.members import Person
from onrecord.speakers.signatures import Signed, find_signed
from onrecord.speakers.sources import Phrase
from onrecord.types import Article, Attribution, Evidence, Span, SpeakerKind, TextEvidence, ZoneKind

#: Names whose rule scores less are not given: the answer is Unresolved with them as candidates. Measured on 58
#: labelled articles with their attributions given (`python -m bench.speakers`): from here up 98.6% of the names
#: are right (95%: 97.4 to 99.4, by article), and 5 of the 6 below were wrong; docs/speakers.md has the curve.
THRESHOLD = 0.62


@dataclass(frozen=True, slots=True)
class Found:
    """An answer on its way: who, how sure, which words show it; people by index in the cast."""

    names: tuple[str, ...]
    kind: SpeakerKind
    score: float
    evidence: Evidence
    people: tuple[int, ...] = ()
    body: int | None = None
    id: str | None = None
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True)
class Nobody:
    """No answer: why, and who was thought of."""

    why: str
    candidates: tuple[str, ...] = ()


_IN_PLACE = re.compile(
    r"(?P<before>\w*)[ ,(]*\b(?:[Ii]n|[Nn]ear|[Oo]utside) (?P<name>[A-Z][\w-]{1,30}(?: [A-Z][\w-]{1,30}){0,2})(?![\w’'])"
)
#: One believes in people too.
_NOT_PLACES = frozenset(
    [
        "believe",
        "believed",
        "believes",
        "belief",
        "confidence",
        "confident",
        "faith",
        "trust",
        "interest",
        "interested",
        "hope",
        "disappointed",
        "invest",
        "invested",
    ]
)


@dataclass(slots=True)
class Scene:
    """One article's state: who has been found to speak, in the order of the text.

    done: attributions settled so far, in the order of the text. of_phrase: who is meant by a phrase that
    is the source of an attribution (or of none); `resolve` gives it, so that rules may ask each other.
    """

    article: Article
    cast: Cast
    attributions: tuple[Attribution, ...]
    of_phrase: Callable[[Phrase, int | None], Found | Nobody]
    trail: Trail = field(default_factory=Trail)
    found: dict[int, Found | Nobody] = field(default_factory=dict)
    done: list[int] = field(default_factory=list)
    last_body: tuple[int, Found] | None = None
    last_document: tuple[int, Found] | None = None
    last_poll: tuple[int, Found] | None = None
    campaigns: list[tuple[int, Found]] = field(default_factory=list)
    papers: list[tuple[int, Found]] = field(default_factory=list)
    administrations: list[Found] = field(default_factory=list)
    labels: tuple[tuple[int, int, str], ...] | None = (
        None  # of a transcript's turns; None: not looked for yet
    )
    towns: frozenset[str] | None = None
    letters: tuple[Signed, ...] | None = None

    @property
    def signed(self) -> tuple[Signed, ...]:
        """The letters of a page of letters, each with who signs it."""
        if self.letters is None:
            self.letters = find_signed(self.text)
        return self.letters

    @property
    def places_named(self) -> frozenset[str]:
        """Names that stand after "in" or "near" somewhere in the article, as places do."""
        if self.towns is None:
            self.towns = frozenset(
                m["name"] for m in _IN_PLACE.finditer(self.text) if m["before"].lower() not in _NOT_PLACES
            )
        return self.towns

    @property
    def layout(self) -> Layout:
        return self.cast.layout

    @property
    def text(self) -> str:
        return self.cast.layout.text

    def place_of(self, i: int) -> int:
        """Where attribution i names its speaker, or else where it begins."""
        a = self.attributions[i]
        return (a.source or a.cue or a.content)[0].start


def of_personal(
    scene: Scene, place: int, gender: str, span: Span, but: frozenset[int] = frozenset()
) -> Found | Nobody:
    """The person that "he" or "her" at a place means; the pronoun shows the gender of whom it surely means.

    but: people, by index, whom it does not mean.
    """
    candidates = find_antecedents(scene.cast, scene.trail, place, gender)
    unknown = _unknown_so_far(scene, place, gender, span, candidates)
    if unknown is not None:
        return unknown
    passed = bool(candidates) and candidates[0].person.index in but
    signers = [letter.signature for letter in scene.signed]
    candidates = [
        c
        for c in candidates
        if c.person.index not in but and not any(s.start <= c.place < s.end for s in signers)
    ]
    if passed and candidates and _is_far(scene, candidates[0].place, place):
        return Nobody("a pronoun, and who stands nearest is spoken of by name", (candidates[0].person.name,))
    if candidates and gender:
        first = candidates[0].person
        sure = len(candidates) == 1 or candidates[0].weight - candidates[1].weight > 0.8
        if sure and first.gender not in ("m", "f"):
            scene.trail.show(first.index, gender)
    found = best_of(scene, candidates, "pronoun", 0.93)
    if isinstance(found, Found) and candidates:
        since = candidates[0].place
        if _is_rivalled(scene, since, place, gender) or _is_overtaken(scene, since, place, gender):
            return replace(found, score=found.score * 0.6)
    return found


def _unknown_so_far(
    scene: Scene, place: int, gender: str, span: Span, candidates: list[Candidate]
) -> Found | Nobody | None:
    """The answer that the same pronoun had before in this paragraph, if it was none and nobody who fits is named since."""
    j = scene.done[-1] if scene.done else None
    if j is None or not scene.attributions[j].source:
        return None
    found = scene.found[j]
    if isinstance(found, Found) and found.score >= THRESHOLD:
        return None
    before = scene.attributions[j].source[0]
    words = scene.text[span.start : span.end].lower(), scene.text[before.start : before.end].lower()
    here, there = (scene.layout.sentences[scene.layout.sentence_at(at)] for at in (place, before.start))
    if words[0] != words[1] or words[0] not in ("he", "she") or here.paragraph != there.paragraph:
        return None
    since = any(before.end < c.place < place and not scene.layout.is_quoted(c.place) for c in candidates)
    return None if since or before.start >= place else found


#: Past somebody who is not meant, an antecedent is looked for this many sentences back.
PASSED = 4


def _is_far(scene: Scene, start: int, end: int) -> bool:
    return scene.layout.sentence_at(end) - scene.layout.sentence_at(start) > PASSED


def _is_overtaken(scene: Scene, start: int, end: int, gender: str) -> bool:
    """Whether somebody who is not named has spoken since, in this paragraph: "One email," the witness said. She …"."""
    if not scene.done:
        return False
    j = scene.done[-1]
    place, found = scene.place_of(j), scene.found[j]
    source = scene.attributions[j].source
    named = isinstance(found, Found) and found.kind is not SpeakerKind.UNNAMED
    if named or not source or not start < place < end or scene.layout.is_quoted(end):
        return False
    here, there = (scene.layout.sentences[scene.layout.sentence_at(at)] for at in (end, place))
    if here.paragraph != there.paragraph:
        return False
    words = [t.lower for t in scene.layout.tokens_between(source[0].start, source[-1].end)]
    roles = [lists.roles()[w] for w in words if w in lists.roles()]
    return bool(roles) and all(role.gender in ("", gender) for role in roles)


def _is_rivalled(scene: Scene, start: int, end: int, gender: str) -> bool:
    """Whether "the woman" or "a man" stands between a name and a pronoun that it could mean as well."""
    if end - start > 3_000:
        return False
    words = ("woman", "girl", "lady") if gender == "f" else ("man", "boy", "gentleman")
    tokens = scene.layout.tokens_between(start, end)
    return any(
        t.lower in words
        and k
        and tokens[k - 1].lower in ("the", "a", "this", "that", "young", "old", "another")
        and not scene.layout.is_quoted(t.start)
        for k, t in enumerate(tokens)
    )


def best_of(scene: Scene, candidates: list[Candidate], what: str, top: float) -> Found | Nobody:
    """The first candidate, as sure as its lead over the second is wide."""
    if not candidates:
        return Nobody(f"a {what}, and nobody it could mean is named")
    first = candidates[0]
    second = next((c for c in candidates[1:] if c.person.name != first.person.name), None)
    lead = first.weight - second.weight if second else 3.0
    score = top / (1 + math.exp(-1.6 * (lead + 0.25)))
    return as_person(scene, first.person, score, first.place)


def as_person(scene: Scene, person: Person, score: float, place: int | None = None) -> Found:
    span = person.first or Span(place or 0, (place or 0) + 1)
    evidence: Evidence = TextEvidence(span)
    if person.record and person.record.id:
        return Found(
            (person.name,), SpeakerKind.PERSON, score, evidence, (person.index,), id=person.record.id
        )
    return Found((person.name,), SpeakerKind.PERSON, score, evidence, (person.index,))


def as_group(scene: Scene, phrase: Phrase) -> Found:
    span = Span(phrase.start, phrase.end)
    return Found(
        (bare_words(scene.text, phrase.start, phrase.core),), SpeakerKind.GROUP, 0.85, TextEvidence(span)
    )


def is_in_title(scene: Scene, place: int) -> bool:
    here = scene.layout.sentence_at(place)
    return here >= 0 and scene.layout.sentences[here].zone in (ZoneKind.TITLE, ZoneKind.HEADING)


_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)


def bare_words(text: str, start: int, end: int) -> str:
    """Words of the article as a name: one line, no article, no marks at the ends."""
    words = " ".join(text[start:end].split()).strip(" ,;:—–-“”\"'‘’(")
    return _ARTICLE.sub("", words, count=1) if _ARTICLE.match(words) else words


def owner_cut(word: str) -> str:
    """A word without the possessive's ending."""
    return re.sub(r"['’]s?$", "", word)


def last_name(name: str) -> str:
    words = name.split()
    return (
        words[-2]
        if len(words) > 1 and words[-1].lower().strip(".") in ("jr", "sr", "ii", "iii")
        else words[-1]
    )


_PAPER = re.compile(
    r"\b(?:Times|Post|Journal|News|Tribune|Herald|Guardian|Telegraph|Gazette|Chronicle|Observer|Globe|Sun|Mail|Star|"
    r"Press|Today|Examiner|Inquirer|Courier|Dispatch|Record|Review|Magazine|Week|Economist|Atlantic|Hill|Caller|Beast|"
    r"Reuters|Yorker|Standard|Express|Mirror|Independent|Bee|Sentinel|Register|Ledger|Bulletin|Daily|Weekly)\b"
)


def is_paper(name: str) -> bool:
    """Whether a body's name is a paper's by its words."""
    return _PAPER.search(name) is not None
