"""Sources by name, by noun and as lists: which rule a phrase falls to.

In: a `Scene` and a phrase. Out: Found or Nobody.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from onrecord.speakers import lists
from onrecord.speakers.bodies import (
    as_body,
    behalf_of,
    body_or_place,
    known_body,
    ministry_of,
    of_campaign,
    of_common_body,
    of_demonym,
    of_document,
    of_government,
    with_the,
)
from onrecord.speakers.described import apposed_name, holder_behind, name_beside, of_description, two_people
from onrecord.speakers.introductions import describe
from onrecord.speakers.members import Person
from onrecord.speakers.name_kinds import What
from onrecord.speakers.names import Name
from onrecord.speakers.scene import Found, Nobody, Scene, as_group, as_person, bare_words, is_paper
from onrecord.speakers.sources import INDEFINITE, Form, Phrase, is_plural, read_phrase
from onrecord.speakers.spoken_of import spoken_of
from onrecord.speakers.transcripts import of_label
from onrecord.speakers.users import of_user
from onrecord.types import Span, SpeakerKind, TextEvidence

#: Mentions that are counted, and sentences in which two people of one surname stand side by side.
MAX_COUNTED, NEAR = 200, 3


def of_list(scene: Scene, phrase: Phrase, i: int | None) -> Found | Nobody:
    whole = known_body(scene, phrase.start, phrase.end)
    if whole:
        return whole
    parts = [scene.of_phrase(read_phrase(scene.cast, a, b), i) for a, b in phrase.parts]
    evidence = TextEvidence(Span(phrase.start, phrase.end))
    good = [p for p in parts if isinstance(p, Found)]
    if len(good) < len(parts):
        return Nobody("one of several speakers is not settled", tuple(n for p in good for n in p.names))
    kinds = {p.kind for p in good}
    names = tuple(dict.fromkeys(n for p in good for n in p.names))
    score = min(p.score for p in good)
    people = tuple(k for p in good for k in p.people)
    if kinds <= {SpeakerKind.PERSON} or kinds <= {SpeakerKind.ORGANIZATION}:
        return Found(names, good[0].kind, score, evidence, people)
    partners = len(good) == 2 and any(word in good[1].names[0].split() for word in ("allies", "partners"))
    if SpeakerKind.ORGANIZATION in kinds and SpeakerKind.PERSON not in kinds and partners:
        return Found((" and ".join(names),), SpeakerKind.ORGANIZATION, score, evidence)
    return Found((" and ".join(names),), SpeakerKind.GROUP, score, evidence)


_DOCUMENTS = frozenset({"poll", "survey", "study", "report", "bill", "act", "amendment", "census"})


def of_name(scene: Scene, phrase: Phrase, i: int | None) -> Found | Nobody:
    k = phrase.name
    assert k is not None
    name = scene.cast.names[k]
    holder = apposed_name(scene, phrase) if _is_office(name) else holder_behind(scene, phrase, name)
    if holder is not None:
        return holder
    person = scene.cast.person(k)
    if _is_used_as_place(scene, k) and (person is None or not person.certain):
        return Nobody(f"a place, “{name.text}”, that has no government on the list")
    if person is not None:
        return person_named(scene, phrase, k, person, i)
    n_shouted = sum(w.isupper() and len(w) > 1 for w in name.words)
    if len(name.words) >= 3 and n_shouted >= 2 and 2 * n_shouted > len(name.words):
        return Nobody("a line in capitals")
    last = name.words[-1].lower()
    whole = ministry_of(phrase.tokens) or None
    if whole:
        return as_body(scene, whole, phrase, 0.85)
    if last in ("poll", "survey") and len(name.words) > 1:
        return Found((name.text,), SpeakerKind.DOCUMENT, 0.75, TextEvidence(name.span))
    if _is_asked(phrase):
        return as_group(scene, phrase)
    if name.what in (What.BODY, What.PLACE):
        known = body_or_place(scene, k)
        if known is not None and (name.what is What.PLACE or name.certain):
            return known
    if last in _DOCUMENTS and len(name.words) > 1:
        return Found((name.text,), SpeakerKind.DOCUMENT, 0.75, TextEvidence(name.span))
    if last == "administration" and len(name.words) == 2:
        return as_body(scene, f"{name.words[0]} administration", phrase, 0.8)
    if (len(name.words) == 1 and _is_many(scene, k)) or name.what is What.GROUP:
        return as_group(scene, phrase)
    shouted = of_label(scene, name)
    if shouted is not None:
        return shouted
    nobody = _no_name(scene, k)
    if nobody:
        return Nobody(nobody)
    if _is_common(name) or name.text in _SHORT:
        return of_noun(scene, phrase, i)
    countries = lists.countries()
    if name.text in countries.adjectives and name.text not in countries.names:
        return of_demonym(scene, phrase, name.text)
    indefinite = phrase.determiner in INDEFINITE and name.what is What.UNKNOWN
    title = lists.titles().get(last)
    role = last in lists.roles() or (title is not None and bool(title.role))
    if role and len(name.words) > 1 and _is_home(name.words[:-1]):
        return of_noun(scene, phrase, i)
    if role and _is_title_of_body(scene, k, phrase):
        return as_body(scene, with_the(scene, name), phrase, 0.75)
    if name.what is What.PLACE:
        return Nobody(f"a place, “{name.text}”, that has no government on the list")
    if indefinite or (role and (name.in_title or len(name.words) == 1 or phrase.determiner != "the")):
        return of_noun(scene, phrase, i)
    if name.in_title and last == "campaign":
        return of_campaign(scene, phrase)
    if name.in_title and (
        is_plural(last) or any(last in lists.words(w) for w in ("groups", "common_bodies", "documents"))
    ):
        return of_noun(scene, phrase, i)
    found = body_or_place(scene, k)
    if found is not None:
        return found
    if name.what is What.BODY or len(name.words) > 1 or phrase.determiner == "the":
        return as_body(scene, with_the(scene, name), phrase, 0.75)
    return as_body(scene, name.text, phrase, 0.7)


#: Attributions back in which the last speaker of a surname is looked for.
RECENT = 12
#: Who asks in a transcript.
_LABELS = frozenset(["QUESTION", "QUESTIONER", "REPORTER", "AUDIENCE", "UNIDENTIFIED", "SPEAKER", "Q"])


#: Capitals that name no body: offices, and what stands for itself in common speech.
_SHORT = frozenset(["AG", "CEO", "CFO", "DA", "EST", "ET", "IG", "MVP", "PR", "TV", "VP"])


def _no_name(scene: Scene, k: int) -> str | None:
    """Why a name of the cast can be nobody's, or None."""
    name = scene.cast.names[k]
    if name.text in _LABELS:
        return f"“{name.text}”, a label in a transcript, is nobody's name"
    if len(name.text) == 1:
        return f"a letter, “{name.text}”, stands for the speaker"
    before = scene.layout.tokens_between(max(0, name.full.start - 12), name.full.start)[-1:]
    counted = before and before[0].text.isdigit() and name.full.start - before[0].end == 1
    if counted and len(name.words) == 1 and not name.certain:
        return f"“{before[0].text} {name.text}” is no name, or a title"
    return None


def _is_asked(phrase: Phrase) -> bool:
    """Whether a plural is told to have been polled: "the Marines surveyed"."""
    asked = any(t.text in ("surveyed", "polled", "interviewed", "questioned") for t in phrase.tokens[1:])
    return asked and phrase.head.endswith("s")


def _is_common(name: Name) -> bool:
    """Whether a name is a common noun for a body with a capital ("Super PAC", "the Committee")."""
    if name.certain or name.text in lists.known_bodies():
        return False
    whole = name.text.lower()
    plural = whole.removesuffix("s") in lists.words("common_bodies") and whole.endswith("s")
    common = whole in lists.words("common_bodies") or plural
    common = common or (name.in_title and len(name.words) == 1 and whole in lists.words("bodies"))
    return common and whole not in _WHOLE_NAMES


#: Common nouns that are a body's name when they stand alone with a capital.
_WHOLE_NAMES = frozenset(["congress", "senate", "parliament", "house", "treasury"])


def _is_home(words: Sequence[str]) -> bool:
    """Whether words are a state's or a country's ("the Ohio Republican", "the Norwegian Commissioner")."""
    home = " ".join(words)
    return home in lists.states() or lists.countries().meant(home) is not None


def _is_title_of_body(scene: Scene, k: int, phrase: Phrase) -> bool:
    """Whether a name that ends in a noun for people is a body's all the same ("the Examiner", "Port Pollster")."""
    name, body = scene.cast.names[k], scene.cast.body(k)
    if name.in_title or body is None:
        return False
    if len(name.words) == 1:
        return phrase.determiner == "the" and is_paper(name.text)
    often = (
        len(body.places) > 1
        and phrase.determiner == name.words[0].lower()
        and name.words[0].lower() not in lists.titles()
    )
    return often and lists.countries().meant(name.words[0]) is None


def _is_used_as_place(scene: Scene, k: int) -> bool:
    """Whether a name that nothing else is known of stands elsewhere as places do ("in Lunt")."""
    name = scene.cast.names[k]
    return name.what is What.UNKNOWN and not name.before and name.text in scene.places_named


def _is_many(scene: Scene, k: int) -> bool:
    """Whether one capitalised word at a sentence's start is a plural like any other ("Critics say")."""
    name = scene.cast.names[k]
    word = name.words[0]
    if word.lower() in lists.words("groups"):
        return True
    body = scene.cast.body(k)
    once = body is None or len(body.places) == 1
    if word.endswith("s") and not word.isupper() and not name.certain and _takes_plural(scene, k):
        return True
    opens = not re.search(r"\w", scene.text[scene.layout.sentences[name.sentence].start : name.span.start])
    return (
        opens
        and once
        and not name.certain
        and word.islower() is False
        and word.endswith("s")
        and not word.endswith("ss")
    )


#: Verbs, as they follow a plural and no singular.
_PLURAL_VERBS = frozenset(
    ["are", "were", "have", "say", "believe", "want", "think", "feel", "see", "need", "favor", "prefer", "support"]
)  # fmt: skip


def _takes_plural(scene: Scene, k: int) -> bool:
    """Whether one of the first places where a word stands has a plural's verb right behind it."""
    name = scene.cast.names[k]
    body = scene.cast.body(k)
    places = body.places[:20] if body is not None else [name.span.start]
    size = len(name.text)
    for place in places:
        after = scene.layout.tokens_between(place + size, place + size + 24)[:2]
        words = [t.lower for t in after if t.lower not in ("still", "also", "often", "now")]
        if words and words[0] in _PLURAL_VERBS and scene.text[place + size : after[0].start].strip() == "":
            return True
    return False


def _is_office(name: Name) -> bool:
    """Whether a name is an office in capitals, its holder's name to come: "Minister of Health, Ilse Brandt,"."""
    return (
        len(name.words) > 2
        and name.words[0].lower() in lists.roles()
        and name.words[1].lower() in ("of", "for")
    )


def person_named(
    scene: Scene, phrase: Phrase, k: int, person: Person, i: int | None = None
) -> Found | Nobody:
    name = scene.cast.names[k]
    rivals = [p for p in scene.cast.people if p.surname == person.surname and p is not person]
    score = 0.97
    full = len(name.words) > 1
    if k in scene.cast.shared:
        one = _one_of(scene, scene.cast.bearers(k), name.span.start, i)
        if one is None:
            both = tuple(sorted({p.name for p in scene.cast.bearers(k)}))
            return Nobody(f"two people bear the name “{name.text}”", both[:4])
        person, score = one, 0.75
    elif not full and rivals and name.surname == person.surname:
        place = name.span.start
        is_main = _n_before(scene, person, place) > 1.5 * max(_n_before(scene, p, place) for p in rivals)
        speaking = _last_speaker(scene, (person, *rivals))
        if not is_main and not name.before and _are_both_near(scene, (person, *rivals), place):
            both = tuple(sorted({p.name for p in (person, *rivals)}))
            return Nobody(f"“{name.text}” is the surname of two who stand here", both[:4])
        if speaking is None or speaking is person:
            score = 0.82 if is_main else 0.66
        elif is_main:
            score = 0.66
        else:
            person, score = speaking, 0.7
    if not person.is_named:
        score = 0.85 if name.before or person.certain else 0.7
    if not person.certain and full:
        score = 0.88
    if phrase.possessive:
        score = min(score, 0.85)
    found = as_person(scene, person, score)
    body = behalf_of(scene, phrase)
    return replace(found, on_behalf_of=body, evidence=TextEvidence(Span(name.span.start, name.span.end)))


def _one_of(scene: Scene, people: Sequence[Person], place: int, i: int | None) -> Person | None:
    """Who of people with one surname is meant: who has just spoken by full name, or whom alone the words leave."""
    spoken = spoken_of(scene, i)
    left = [p for p in people if p.index not in spoken]
    if len(left) == 1:
        return left[0]
    before = scene.cast.names_in(max(0, place - 3_000), place)
    last = next(
        (k for k in reversed(before) if len(scene.cast.bearers(k)) == 1 and _is_of(scene, k, people)), None
    )
    if last is None or len(scene.cast.names[last].words) < 2:
        return None
    near = scene.layout.sentence_at(place) - scene.cast.names[last].sentence <= NEAR
    speaking = _last_speaker(scene, people)
    return speaking if near and speaking is scene.cast.person(last) else None


def _is_of(scene: Scene, k: int, people: Sequence[Person]) -> bool:
    return any(person is scene.cast.person(k) for person in people)


def _n_before(scene: Scene, person: Person, place: int) -> int:
    """How often somebody has been named before a place, quotations apart."""
    before = person.places[: bisect_left(person.places, place)]
    return sum(1 for p in before[-MAX_COUNTED:] if not scene.layout.is_quoted(p))


def _are_both_near(scene: Scene, people: Sequence[Person], place: int) -> bool:
    """Whether two of these people are named in the few sentences before a place, quotations apart."""
    here = scene.layout.sentence_at(place)
    near = 0
    for person in people:
        before = person.places[: bisect_left(person.places, place)][-MAX_COUNTED:]
        last = next((p for p in reversed(before) if not scene.layout.is_quoted(p)), None)
        near += last is not None and here - scene.layout.sentence_at(last) <= NEAR
    return near > 1


def _last_speaker(scene: Scene, people: Sequence[Person]) -> Person | None:
    """Who of people with one surname spoke last before this."""
    indices = {person.index: person for person in people}
    for i in reversed(scene.done[-RECENT:]):
        found = scene.found.get(i)
        if isinstance(found, Found) and len(found.people) == 1 and found.people[0] in indices:
            return indices[found.people[0]]
    return None


#: "No minister", "nobody", "neither": words were said, if at all, by somebody else.
NO = frozenset(("no", "nobody", "none", "neither"))


def of_noun(scene: Scene, phrase: Phrase, i: int | None) -> Found | Nobody:
    """A noun phrase: a ministry, a campaign, a group, a document, a person described, a body described."""
    tokens = scene.layout.tokens_between(phrase.start, phrase.head_end)
    span = Span(phrase.start, phrase.end)
    evidence = TextEvidence(span)
    words = bare_words(scene.text, phrase.start, phrase.core)
    head = phrase.head
    if phrase.determiner in NO or head in NO:
        return Nobody(f"“{words[:60]}” stands for nobody")
    user = of_user(scene, phrase)
    if user is not None:
        return user
    apposed = apposed_name(scene, phrase)
    if apposed is not None and not is_plural(head):
        return apposed
    if i is not None and phrase.determiner in ("a", "an", "the") and not is_plural(head):
        beside = name_beside(scene, phrase, i)
        if beside is not None:
            return beside
    ministry = ministry_of(tokens)
    if ministry:
        return Found((ministry,), SpeakerKind.ORGANIZATION, 0.85, evidence)
    if head in ("campaign", "camp"):
        return of_campaign(scene, phrase)
    if head in ("government", "regime", "side", "partners", "authorities", "authority", "administration"):
        government = of_government(scene, phrase, head, words)
        if government:
            return government
    if head == "panel" and not is_plural(head):
        return of_common_body(scene, phrase, head, words)
    if head != "group" and (is_plural(head) or head in lists.words("groups")):
        return two_people(scene, phrase) or as_group(scene, phrase)
    if head == "group":
        found = of_common_body(scene, phrase, head, words)
        return (
            found
            if isinstance(found, Found) and found.kind is SpeakerKind.ORGANIZATION
            else as_group(scene, phrase)
        )
    if head in lists.words("documents"):
        return of_document(scene, phrase, words)
    role = describe(tokens)
    if role is not None and (role.head == head or head in role.head.split() or phrase.form is Form.NAME):
        return of_description(scene, phrase, role, words)
    if any(head in lists.words(w) for w in ("common_bodies", "bodies", "generic_bodies")):
        return of_common_body(scene, phrase, head, words)
    if phrase.determiner in INDEFINITE:
        return Found((words,), SpeakerKind.UNNAMED, 0.6, evidence)
    return Nobody(f"“{words[:60]}” names nobody that is known")
