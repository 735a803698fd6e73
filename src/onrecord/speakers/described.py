"""People by description: "the senator", "his lawyer", "an attorney for Ruiz, Mark Webb", "the two men".

In: a `Scene` and a noun phrase. Out: Found, Nobody, or None where it is no such phrase.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from onrecord.speakers import lists
from onrecord.speakers.antecedents import find_antecedents
from onrecord.speakers.bodies import behalf_of, body_or_place
from onrecord.speakers.holders import clashes, find_described, find_holder, find_leader
from onrecord.speakers.introductions import Described, describe
from onrecord.speakers.members import Person
from onrecord.speakers.names import Name
from onrecord.speakers.scene import Found, Nobody, Scene, as_person, best_of, is_in_title, of_personal
from onrecord.speakers.sources import INDEFINITE, PERSONAL, Phrase
from onrecord.types import AuthorityEvidence, Span, SpeakerKind, TextEvidence

#: The article's main person is named so many times as often as anybody else, at the least.
_LEAD = 2.0


def _protagonist(scene: Scene, phrase: Phrase, said: Described, gender: str) -> Person | None:
    """Whom an article is about, where "the senator" is nobody that it introduces so.

    It is the person named most by far until there, in the headline or the first lines, and last of all; whose
    own office, if one is told, is no other than the one in the words.
    """
    named = sorted(
        (
            (bisect_left(p.places, phrase.start), -p.index)
            for p in scene.cast.people
            if p.certain and p.is_named
        ),
        reverse=True,
    )[:2]
    if not named or named[0][0] < 2 or (len(named) > 1 and named[0][0] < _LEAD * named[1][0]):
        return None
    main = scene.cast.people[-named[0][1]]
    first = scene.layout.sentence_at(main.places[0])
    if (
        first < 0
        or first > 3
        or any(r.head in lists.words("offices") for r in main.roles)
        or said.head in lists.words("bystanders")
    ):
        return None
    if clashes(said, main):
        return None
    before = find_antecedents(scene.cast, scene.trail, phrase.start, gender)
    sure = len(before) == 1 or (len(before) > 1 and before[0].weight - before[1].weight > 0.5)
    return main if before and sure and before[0].person is main else None


def two_people(scene: Scene, phrase: Phrase) -> Found | None:
    """ "The two men": the two people of the sentences before, if they are just two."""
    opening = " ".join(t.lower for t in phrase.tokens[:2])
    if opening not in ("the two", "both men", "both women", "these two", "the pair", "the duo"):
        return None
    if (
        phrase.head not in ("two", "pair", "duo", "men", "women", "both")
        and phrase.head.removesuffix("s") not in lists.roles()
    ):
        return None
    here = scene.layout.sentence_at(phrase.start)
    people: dict[int, int] = {}
    for k in reversed(scene.cast.names_in(max(0, phrase.start - 1500), phrase.start)):
        name = scene.cast.names[k]
        if here - name.sentence > 4 or (here - name.sentence > 1 and len(people) >= 2):
            break
        person = scene.cast.person(k)
        if person is not None and person.certain and not name.quoted:
            people.setdefault(person.index, k)
    if len(people) != 2:
        return None
    found = sorted(people)
    names = tuple(scene.cast.people[k].name for k in found)
    return Found(names, SpeakerKind.PERSON, 0.62, TextEvidence(Span(phrase.start, phrase.end)), tuple(found))


def apposed_name(scene: Scene, phrase: Phrase) -> Found | None:
    """ "An attorney for Ruiz, Mark Webb,": the name right after the description."""
    names = scene.cast.names_in(phrase.core, phrase.end)
    for k in names:
        name = scene.cast.names[k]
        if re.search(r"\w", scene.text[phrase.core : name.full.start]):
            return None
        person = scene.cast.person(k)
        names_one = len(name.words) > 1 or bool(name.before) or name.text in lists.first_names()
        if person is not None and names_one and not name.possessive:
            after = scene.text[name.span.end : name.span.end + 2]
            if not after[:1].isalnum():
                return as_person(scene, person, 0.9)
        return None
    return None


#: What may stand between a body and the name of who holds an office in it: "(Dohaf) director-general,".
_OFFICE_OF = re.compile(r"(?:\s*\([^()\n]{1,40}\))?\s+(?:[a-z][a-z-]*\s+){0,3}(?P<office>[a-z][a-z-]+),\s+")


def holder_behind(scene: Scene, phrase: Phrase, name: Name) -> Found | None:
    """Who holds the office of a body that is named for it: "Department of Harbours director-general, Bo Hale,"."""
    match = _OFFICE_OF.match(scene.text, name.span.end, phrase.end)
    if match is None:
        return None
    roles = lists.roles().keys() | lists.titles().keys()
    if roles.isdisjoint((match["office"], *match["office"].split("-"))):
        return None
    for k in scene.cast.names_in(match.end(), phrase.end):
        person = scene.cast.person(k)
        beside = scene.cast.names[k].full.start == match.end()
        return as_person(scene, person, 0.9) if person is not None and beside else None
    return None


def name_beside(scene: Scene, phrase: Phrase, i: int) -> Found | None:
    """ "Ana Ruiz, a lawyer [backing …]": the name that the description stands beside, behind its comma.

    Only before a participle; a subject after "In Oslo," stands behind a comma as well.
    """
    cue = scene.attributions[i].cue
    word = scene.layout.tokens_between(cue[0].start, cue[0].end)[:1] if cue else ()
    if not word or not (word[0].lower.endswith("ing") or word[0].lower in _PARTICIPLES):
        return None
    k = scene.cast.names_in(0, phrase.start).stop - 1
    if k < 0 or not re.fullmatch(
        r"(?:\s*\([^()]{1,40}\))?\s*,\s*", scene.text[scene.cast.names[k].span.end : phrase.start]
    ):
        return None
    name, person = scene.cast.names[k], scene.cast.person(k)
    if person is not None:
        said = describe(scene.layout.tokens_between(phrase.start, phrase.core))
        fits = said is not None and (len(name.words) > 1 or bool(name.before)) and not name.possessive
        return as_person(scene, person, 0.85) if fits else None
    is_body = phrase.head in lists.words("common_bodies") and len(name.words) > 1
    is_body &= not any(w.lower() in lists.roles() for w in name.words)
    found = body_or_place(scene, k) if is_body else None
    return None if found is None else replace(found, score=min(found.score, 0.8))


_PARTICIPLES = frozenset({"focused", "aimed", "dedicated", "devoted", "based", "opposed", "committed"})


def of_description(scene: Scene, phrase: Phrase, role: Described, words: str) -> Found | Nobody:
    evidence = TextEvidence(Span(phrase.start, phrase.end))
    in_title = is_in_title(scene, phrase.start)
    owner: Person | None = None
    if phrase.determiner in INDEFINITE and not in_title:
        return Found((words,), SpeakerKind.UNNAMED, 0.75, evidence, on_behalf_of=behalf_of(scene, phrase))
    if phrase.determiner in PERSONAL:
        found = of_personal(
            scene, phrase.start, PERSONAL[phrase.determiner], Span(phrase.start, phrase.start + 1)
        )
        if isinstance(found, Found) and found.people:
            owner = scene.cast.people[found.people[0]]
    tokens = scene.layout.tokens_between(phrase.start, phrase.core)
    whole = describe(tokens) or role
    candidates = find_described(
        scene.cast, scene.trail, phrase.start, Described(role.head, whole.words), owner=owner
    )
    gender = lists.roles()[role.head].gender if role.head in lists.roles() else ""
    if gender:
        candidates = [c for c in candidates if c.person.gender in ("", "u", "um", "uf", gender)]
    said = Described(role.head, whole.words)
    leader = find_leader(scene.cast, said, scene.cast.day) if owner is None else None
    if candidates and candidates[0].weight >= 0.6:
        found_so = best_of(scene, candidates, "description", 0.9)
        near = [
            c for c in candidates[1:3] if c.person.leader is leader and candidates[0].weight - c.weight < 0.6
        ]
        if leader is not None and candidates[0].person.leader is leader:
            return as_person(scene, candidates[0].person, 0.9)
        if leader is not None and near:
            return as_person(scene, near[0].person, 0.8)
        return found_so
    holder = find_holder(scene.cast, said)
    if holder is not None:
        label = scene.cast.authority.label if scene.cast.authority else ""
        return Found((holder.name,), SpeakerKind.PERSON, 0.85, AuthorityEvidence(label), id=holder.id)
    if leader is not None:
        known = next((p for p in scene.cast.people if p.leader is leader), None)
        if known is not None:
            return as_person(scene, known, 0.8)
        return Found((leader.name,), SpeakerKind.PERSON, 0.75, AuthorityEvidence("leaders.txt"))
    if role.head in ("man", "woman", "boy", "girl", "lady", "gentleman") and phrase.determiner in (
        "the",
        "this",
        "that",
    ):
        return best_of(
            scene, find_antecedents(scene.cast, scene.trail, phrase.start, gender), "description", 0.6
        )
    names = tuple(c.person.name for c in candidates[:5])
    short = phrase.core == phrase.head_end and len(phrase.tokens) <= 5
    if phrase.determiner == "the" and short and not in_title and not candidates:
        protagonist = _protagonist(scene, phrase, said, gender)
        if protagonist is not None:
            return as_person(scene, protagonist, 0.7)
    if phrase.determiner in PERSONAL or phrase.possessive:
        return Found((words,), SpeakerKind.UNNAMED, 0.6, evidence)
    return Nobody(f"“{words[:60]}” is nobody that the article introduces so", names)
