"""Bodies: governments behind places, ministries, campaigns, papers, committees, and what they issue.

In: a `Scene` and a phrase or name. Out: Found, Nobody, or None where it is no such body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.speakers import lists
from onrecord.speakers.layout import Token
from onrecord.speakers.members import Body
from onrecord.speakers.name_kinds import What
from onrecord.speakers.names import Name, fold_name
from onrecord.speakers.scene import (
    THRESHOLD,
    Found,
    Nobody,
    Scene,
    as_group,
    is_in_title,
    is_paper,
    last_name,
    of_personal,
    owner_cut,
)
from onrecord.speakers.sources import INDEFINITE, PERSONAL, Phrase, is_plural, read_phrase
from onrecord.types import Span, SpeakerKind, TextEvidence


def with_the(scene: Scene, name: Name) -> str:
    """A body's name with the article that it is known with ("The Daily Bugle" at a sentence's inside)."""
    before = scene.text[max(0, name.span.start - 4) : name.span.start]
    inside = scene.layout.sentences[name.sentence].start < name.span.start - 4
    return "The " + name.text if before == "The " and (inside or is_paper(name.text)) else name.text


def as_body(scene: Scene, name: str, phrase: Phrase, score: float) -> Found:
    return Found((name,), SpeakerKind.ORGANIZATION, score, TextEvidence(Span(phrase.start, phrase.end)))


def of_demonym(scene: Scene, phrase: Phrase, word: str) -> Found | Nobody:
    """ "The French said": their government; "Russians said": a group."""
    country = lists.countries().adjectives[word]
    evidence = TextEvidence(Span(phrase.start, phrase.end))
    if phrase.determiner == "the" and not is_plural(word.lower()):
        return Found((country.government,), SpeakerKind.ORGANIZATION, 0.75, evidence)
    return as_group(scene, phrase)


def body_or_place(scene: Scene, k: int) -> Found | None:
    """The body that a name is, or the government behind a place; None for other names."""
    name = scene.cast.names[k]
    evidence = TextEvidence(name.span)
    own = scene.cast.authority.find(name.text) if scene.cast.authority else None
    if own is not None and own.kind != "person":
        return Found((own.name,), SpeakerKind.ORGANIZATION, 0.95, evidence, id=own.id)
    known = lists.known_bodies()
    if name.text in known:
        body = scene.cast.body(k)
        return Found(
            (known[name.text],),
            SpeakerKind.ORGANIZATION,
            0.9,
            evidence,
            body=body.index if body else None,
        )
    table = lists.countries()
    country = table.named(name.text) or table.named(name.text.removeprefix("Republic of "))
    if country:
        return Found((country.government,), SpeakerKind.ORGANIZATION, 0.88, evidence)
    if name.text in lists.states():
        return None
    body = scene.cast.body(k)
    if body is not None and (name.what is What.BODY or len(body.name.split()) > len(name.words)):
        country_of = ministry_of(scene.layout.tokens_between(name.span.start, name.span.end))
        if country_of:
            return Found((country_of,), SpeakerKind.ORGANIZATION, 0.85, evidence)
        found = Found((body.name,), SpeakerKind.ORGANIZATION, 0.88, evidence, body=body.index)
        return replace(found, id=body.record.id) if body.record else found
    return None


def known_body(scene: Scene, start: int, end: int) -> Found | None:
    for k in scene.cast.names_in(start, end):
        name = scene.cast.names[k]
        if name.span.end >= end and scene.text[start : name.span.start].strip().lower() in ("", "the"):
            return body_or_place(scene, k)
    return None


def of_campaign(scene: Scene, phrase: Phrase) -> Found | Nobody:
    evidence = TextEvidence(Span(phrase.start, phrase.end))
    for k in reversed(scene.cast.names_in(phrase.start, phrase.end)):
        person = scene.cast.person(k)
        if person is not None:
            surname = person.name.split()[-1] if person.leader else scene.cast.names[k].words[-1]
            return Found((f"{surname} campaign",), SpeakerKind.ORGANIZATION, 0.93, evidence, people=())
    owner_end = next((t.end for t in phrase.tokens if t.text.endswith(("'s", "’s"))), None)
    if owner_end is not None and phrase.tokens[0].lower in ("the", "this"):
        described = scene.of_phrase(read_phrase(scene.cast, phrase.start, owner_end - 2), None)
        if isinstance(described, Found) and described.people and described.score >= THRESHOLD:
            name = f"{last_name(described.names[0])} campaign"
            return Found((name,), SpeakerKind.ORGANIZATION, described.score * 0.95, evidence)
    first = phrase.tokens[0].lower
    if first in PERSONAL or first == "whose":
        span = Span(phrase.start, phrase.start + 1)
        owner = (
            of_personal(scene, phrase.start, PERSONAL[first], span)
            if first in PERSONAL
            else scene.of_phrase(read_phrase(scene.cast, phrase.start, phrase.tokens[0].end), None)
        )
        if isinstance(owner, Found) and owner.score >= THRESHOLD and owner.people:
            return Found(
                (f"{last_name(owner.names[0])} campaign",), SpeakerKind.ORGANIZATION, owner.score, evidence
            )
        return Nobody("whose campaign is not settled", owner.names if isinstance(owner, Found) else ())
    for place, found in reversed(scene.campaigns):
        if place < phrase.start:
            return replace(found, score=min(found.score, 0.8), evidence=evidence)
    return _campaign_named_before(scene, phrase, evidence)


def _campaign_named_before(scene: Scene, phrase: Phrase, evidence: TextEvidence) -> Found | Nobody:
    """ "The campaign": the last one that was named."""
    for k in reversed(scene.cast.names_in(max(0, phrase.start - 1500), phrase.start)):
        name = scene.cast.names[k]
        person = scene.cast.person(k)
        after = scene.text[name.span.end : name.span.end + 14]
        if person is not None and re.match(r"(?:['’]s?)?\s+campaign\b", after):
            surname = person.name.split()[-1] if person.leader else name.words[-1]
            return Found((f"{surname} campaign",), SpeakerKind.ORGANIZATION, 0.8, evidence)
    return Nobody("whose campaign is not said")


def of_government(scene: Scene, phrase: Phrase, head: str, words: str) -> Found | None:
    evidence = TextEvidence(Span(phrase.start, phrase.end))
    countries = lists.countries()
    for k in scene.cast.names_in(phrase.start, phrase.core):
        name = scene.cast.names[k]
        country = countries.meant(name.text)
        if country and (head in ("government", "regime", "administration") or len(phrase.tokens) <= 4):
            after = scene.layout.tokens_between(name.span.end, phrase.head_end)
            if len([t for t in after if t.start >= name.span.end]) <= 1:
                return Found((country.government,), SpeakerKind.ORGANIZATION, 0.85, evidence)
        if head == "administration" and not name.text.islower():
            return Found((f"{name.words[-1]} administration",), SpeakerKind.ORGANIZATION, 0.8, evidence)
    if head == "administration" and phrase.determiner in ("the", "this", "that"):
        for found in reversed(scene.administrations):
            return replace(found, score=0.72, evidence=evidence)
    if head == "government" and "federal" in words.lower().split():
        return Found(("Government of the United States",), SpeakerKind.ORGANIZATION, 0.7, evidence)
    return None


def ministry_of(tokens: Sequence[Token]) -> str | None:
    """The name of a ministry that a phrase calls by field and country ("the French foreign ministry")."""
    k = next((k for k, t in enumerate(tokens) if t.lower in ("ministry", "ministries")), None)
    if k is None:
        return None
    countries, table = lists.countries(), lists.ministries()
    country = None
    for size in (2, 1):
        for j in range(len(tokens) - size + 1):
            phrase = " ".join(owner_cut(t.text) for t in tokens[j : j + size])
            country = country or countries.meant(phrase)
    if country is None:
        return None
    fields = [t.lower for t in tokens[max(0, k - 3) : k]]
    after = [t.lower for t in tokens[k + 1 : k + 6] if t.lower not in ("of", "the", "and", "for")]
    tries = [" ".join(fields[j:]) for j in range(len(fields))] + [" ".join(after[:n]) for n in (3, 2, 1)]
    for words in tries:
        name = table.get((words, country.name)) or table.get((words, "*"))
        if name:
            return f"{name} ({country.short})"
    return None


def ministry_before(scene: Scene, place: int) -> tuple[float, Found] | None:
    """A ministry that the sentence before begins with, weighed as an antecedent of "it"."""
    here = scene.layout.sentence_at(place)
    for back in (0, 1, 2):
        if here - back < 0:
            break
        sentence = scene.layout.sentences[here - back]
        tokens = scene.layout.tokens_between(sentence.start, min(sentence.end, place))[:7]
        name = ministry_of(tokens)
        if name:
            evidence = TextEvidence(Span(tokens[0].start, tokens[-1].end))
            return 1.5 - 0.4 * back, Found((name,), SpeakerKind.ORGANIZATION, 0.85, evidence)
    return None


def of_document(scene: Scene, phrase: Phrase, words: str) -> Found | Nobody:
    """Who issued it, where the words or what came before say so; else the document itself."""
    if phrase.head not in _POLLED:
        return _document(scene, phrase, words)
    again = phrase.determiner in ("the", "this", "that") and phrase.core == phrase.head_end
    if again and {t.lower for t in phrase.tokens[1:-1]} <= {"same", "new"} and scene.last_poll is not None:
        at, found = scene.last_poll
        if at < phrase.start:
            return replace(found, score=min(found.score, 0.72))
    answer = _document(scene, phrase, words)
    scene.last_poll = (phrase.start, answer)
    return answer


def _document(scene: Scene, phrase: Phrase, words: str) -> Found:
    span = Span(phrase.start, phrase.end)
    owners = scene.cast.names_in(phrase.start, phrase.head_end)
    for k in owners if len(owners) == 1 and phrase.head not in _ENACTED else ():
        found = body_or_place(scene, k) or (_pollster(scene, k) if phrase.head in _POLLED else None)
        if found is not None and found.body is not None and not re.search(r"[-/]", found.names[0]):
            return replace(found, score=0.72, evidence=TextEvidence(span))
    definite = phrase.determiner in ("the", "this", "that", "its", "their")
    short = phrase.core == phrase.head_end and len(phrase.tokens) <= 3
    if definite and short and scene.last_body is not None:
        at, found = scene.last_body
        back = scene.layout.sentence_at(phrase.start) - scene.layout.sentence_at(at)
        if phrase.head in _ISSUED and back <= 4 and len(phrase.tokens) == 2 and len(found.names) == 1:
            return replace(found, score=0.74, evidence=TextEvidence(span))
    if phrase.head == "paper" and definite and short and scene.papers:
        return replace(scene.papers[-1][1], score=0.74, evidence=TextEvidence(span))
    if definite and short and phrase.head in _PRINTED and scene.papers:
        at, found = scene.papers[-1]
        back = scene.layout.sentence_at(phrase.start) - scene.layout.sentence_at(at)
        if back <= 25 or len({f.names for _, f in scene.papers}) == 1:
            return replace(found, score=0.72, evidence=TextEvidence(span))
    return Found((_TRIMMED.sub("", words) or words,), SpeakerKind.DOCUMENT, 0.75, TextEvidence(span))


#: What is no part of a document's name: "new", and what was done with it.
_TRIMMED = re.compile(
    r"\A(?:(?:new|recent|latest|another|separate|similar|subsequent|earlier|same)\s+)+(?=\w)|"
    r"\s+(?:released|published|conducted|taken|issued|out)\Z",
    re.IGNORECASE,
)
_ENACTED = frozenset({"law", "laws", "bill", "act"})
_POLLED = frozenset({"poll", "polls", "survey", "surveys", "polling"})


def _pollster(scene: Scene, k: int) -> Found | None:
    """The body that a poll is called after, by whatever kind of name."""
    name, body = scene.cast.names[k], scene.cast.body(k)
    if body is None or len(name.words) > 4 or len(name.text) < 3:
        return None
    if name.text == body.name and name.text in lists.pollsters():
        whole = lists.pollsters()[name.text]
        return Found((whole,), SpeakerKind.ORGANIZATION, 0.72, TextEvidence(name.span), body=body.index)
    return Found((body.name,), SpeakerKind.ORGANIZATION, 0.72, TextEvidence(name.span), body=body.index)


def of_common_body(scene: Scene, phrase: Phrase, head: str, words: str) -> Found | Nobody:
    """ "The committee": the last body named with that word, or one whose name has all its other words."""
    evidence = TextEvidence(Span(phrase.start, phrase.end))
    before_head = [
        k for k in scene.cast.names_in(phrase.start, phrase.head_end) if scene.cast.person(k) is None
    ]
    if before_head and head in ("magazine", "newspaper", "network", "website", "airline", "daily", "channel"):
        return as_body(scene, scene.cast.names[before_head[-1]].text, phrase, 0.75)
    like = next((group for group in _LIKE_BODIES if head in group), frozenset({head}))
    given = {
        owner_cut(t.lower)
        for t in scene.layout.tokens_between(phrase.start, phrase.core)
        if t.lower not in lists.words("function_words") and t.lower != head
    } - {head, "representing", "called", "known", "top", "leading", "major", "influential", "prominent"}
    best: tuple[float, Body] | None = None
    for body in scene.cast.bodies[:400]:
        form = {fold_name(w) for f in body.forms for w in f.replace("-", " ").split()}
        if not form & like and not (
            head in ("paper", "newspaper", "magazine", "outlet") and is_paper(body.name)
        ):
            continue
        if given and not given <= form:
            continue
        before = [p for p in body.places if p < phrase.start]
        back = scene.layout.sentence_at(phrase.start) - scene.layout.sentence_at(
            before[-1] if before else phrase.start
        )
        weight = (1.0 if before else 0.4) - 0.03 * back + 0.8 * len(given)
        if best is None or weight > best[0]:
            best = (weight, body)
    definite = phrase.determiner not in INDEFINITE or is_in_title(scene, phrase.start)
    if best is not None and not definite and best[1].places[0] < phrase.start:
        best = None  # "an appeals court" is not the one that was named before
    if best is not None and (given or definite):
        score = 0.78 if given or definite else 0.6
        return Found((best[1].name,), SpeakerKind.ORGANIZATION, score, evidence, body=best[1].index)
    if definite and not given and head in lists.words("generic_bodies") and scene.last_body is not None:
        at, found = scene.last_body
        back = scene.layout.sentence_at(phrase.start) - scene.layout.sentence_at(at)
        media = is_paper(found.names[0]) and head not in (
            "paper",
            "newspaper",
            "magazine",
            "network",
            "outlet",
        )
        trade = head not in _TRADE or not _is_public(found.names[0])
        if back <= 2 and trade and not media and not found.names[0].startswith("Government of"):
            return replace(found, score=0.66, evidence=evidence)
    if not definite:
        return Found((words,), SpeakerKind.UNNAMED, 0.6, evidence)
    return Nobody(f"which body “{words[:60]}” is, is not settled")


_TRADE = frozenset({"company", "firm", "airline", "retailer", "carmaker", "broadcaster"})
#: Words in the names of bodies that no trade calls its own: "the airline" is not the Civil Aviation Authority.
_PUBLIC = frozenset(
    [
        "authority",
        "ministry",
        "department",
        "agency",
        "commission",
        "council",
        "court",
        "police",
        "committee",
        "parliament",
        "senate",
        "congress",
        "bureau",
        "university",
        "union",
        "army",
        "navy",
        "force",
        "forces",
        "government",
        "administration",
        "regulator",
        "inspectorate",
        "church",
        "party",
    ]
)


def _is_public(name: str) -> bool:
    words = {word.lower() for word in name.split()}
    return not words.isdisjoint(_PUBLIC) or name in lists.known_bodies().values()


#: Common nouns that name the same kind of body.
_LIKE_BODIES = (
    frozenset({"committee", "panel", "subcommittee"}),
    frozenset({"union", "association", "federation", "brotherhood"}),
    frozenset({"company", "firm", "corporation"}),
    frozenset({"agency", "bureau", "department", "service"}),
    frozenset({"group", "organization", "organisation", "association", "coalition", "alliance"}),
    frozenset({"center", "centre", "institute", "think tank", "foundation", "institution"}),
    frozenset({"university", "college", "school"}),
)


def behalf_of(scene: Scene, phrase: Phrase) -> str | None:
    """The body that a spokesperson speaks for."""
    tokens = phrase.tokens
    head = next((t for t in tokens if t.lower in ("spokesman", "spokeswoman", "spokesperson", "press")), None)
    if head is None:
        tokens = scene.layout.tokens_between(phrase.start, phrase.end)
        head = next((t for t in tokens if t.lower in ("spokesman", "spokeswoman", "spokesperson")), None)
        if head is None:
            return None
    for k in scene.cast.names_in(phrase.start, phrase.end):
        name = scene.cast.names[k]
        person = scene.cast.person(k)
        after = scene.text[name.span.end : name.span.end + 12].lower()
        if person is not None:
            if "campaign" in after.split()[:1]:
                return f"{name.words[-1]} campaign"
            continue
        found = body_or_place(scene, k)
        if found is not None:
            return found.names[0]
    return None


_ISSUED = frozenset({"statement", "announcement"})
_PRINTED = frozenset(["article", "piece", "story", "column", "editorial", "report", "feature"])
