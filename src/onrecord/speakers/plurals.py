"""“They”: the group, the pair or the body that is meant.

In: a `Scene` and the place of the pronoun. Out: Found or Nobody. A group may have spoken, or be what the sentence
before is about ("Hundreds of protesters came. They chanted …"); the nearer of the two counts. Leaves to others: the
other pronouns (`pronouns`), "the two men" (`described`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.speakers import lists
from onrecord.speakers.layout import Sentence, Token
from onrecord.speakers.scene import Found, Nobody, Scene, is_paper
from onrecord.speakers.sources import is_plural
from onrecord.speakers.user_names import is_user_name
from onrecord.types import Span, SpeakerKind, TextEvidence

#: Sentences back in which a group, and a body, that has spoken is looked for.
GROUP_REACH, BODY_REACH = 4, 2


def of_plural(scene: Scene, place: int) -> Found | Nobody:
    """The group, pair or body that "they" at a place means."""
    here = scene.layout.sentence_at(place)
    heard = _heard(scene, place, here)
    subject = _subject_before(scene, place, here)
    if subject is not None and (heard is None or heard[0] < subject[0]):
        return subject[1]
    best = heard[1] if heard else _pair_before(scene, place, here)
    if best is None:
        return Nobody("“they”, and no group it could mean has spoken")
    top = 0.85 if best.kind is SpeakerKind.GROUP else 0.7
    return replace(best, score=min(best.score, top))


def _heard(scene: Scene, place: int, here: int) -> tuple[int, Found] | None:
    """The last group, pair or body that has spoken, with the place where it is named."""
    paper: tuple[int, Found] | None = None  # "they" are a paper only where nobody else is near
    for j in reversed(scene.done[-12:]):
        p, found = scene.place_of(j), scene.found[j]
        if p >= place or not isinstance(found, Found):
            continue
        back = here - scene.layout.sentence_at(p)
        if back > GROUP_REACH:
            break
        if found.kind is SpeakerKind.PERSON and len(found.names) == 1 and is_user_name(found.names[0]):
            return p, found  # of whom no gender is known
        if found.kind is SpeakerKind.ORGANIZATION and len(found.names) == 1:
            if back <= BODY_REACH and not is_paper(found.names[0]):
                return p, found
            paper = paper or (p, found)
        elif found.kind is SpeakerKind.GROUP or len(found.names) > 1:
            return p, found
    near = paper is not None and here - scene.layout.sentence_at(paper[0]) <= BODY_REACH
    return paper if near else None


def _subject_before(scene: Scene, place: int, here: int) -> tuple[int, Found] | None:
    """The people whom the sentence before is about, or this one's clause before: "Protesters came. They …"."""
    for back in (0, 1):
        if here - back < 0:
            break
        sentence = scene.layout.sentences[here - back]
        if sentence.paragraph != scene.layout.sentences[here].paragraph:
            break
        span = _plural_subject(scene, sentence, min(sentence.end, place))
        if span is not None and not scene.layout.is_quoted(span.start):
            name = " ".join(scene.text[span.start : span.end].split())
            name = re.sub(r"(?i)^(?:the|an?)\s+", "", name)
            return span.start, Found((name,), SpeakerKind.GROUP, 0.75, TextEvidence(span))
    return None


def _plural_subject(scene: Scene, sentence: Sentence, end: int) -> Span | None:
    """Where a plural noun for people stands as the subject that opens a sentence, behind an adverbial at most."""
    tokens = scene.layout.tokens_between(sentence.start, end)
    k = _after_adverbial(scene.text, tokens)
    first = k
    while k < len(tokens) and k - first < 6:
        token = tokens[k]
        if k > first and re.search(r"[^\s]", scene.text[tokens[k - 1].end : token.start]):
            return None
        if k > first and (token.lower in lists.words("prepositions") or token.lower in lists.words("verbs")):
            return None
        if token.lower in _NUMBERS and tokens[k + 1 : k + 2] and tokens[k + 1].lower == "of":
            k += 2
            continue
        if _are_people(token) and _verb_follows(scene.text, tokens, k):
            return Span(tokens[first].start, token.end)
        k += 1
    return None


_NUMBERS = frozenset(
    {"dozens", "scores", "hundreds", "thousands", "millions", "crowds", "groups", "some", "many", "most"}
)


def _after_adverbial(text: str, tokens: Sequence[Token]) -> int:
    """Past "On Monday," or "But", if a sentence begins so."""
    k = 1 if tokens and tokens[0].lower in ("but", "and", "then", "meanwhile", "still") else 0
    if k < len(tokens) and tokens[k].lower in lists.words("prepositions"):
        comma = next((j for j in range(k, min(k + 9, len(tokens) - 1)) if text[tokens[j].end] == ","), None)
        return k if comma is None else comma + 1
    return k


#: Ends of nouns for people by what they do; "papers" and "orders" never speak.
_AGENT = re.compile(r"[a-z]{3,}(?:ers|ors|ists|ians|ees|ants|women|men)$")


def _are_people(token: Token) -> bool:
    word = token.lower
    if not token.text.islower() or not is_plural(word):
        return False
    one = word.removesuffix("s")
    if one in lists.words("documents") or one in lists.words("attributed_nouns"):
        return False
    return (
        (word in lists.words("groups") and word.endswith("s"))
        or word in ("people", "women", "men", "children", "police")
        or one in lists.roles()
        or _AGENT.search(word) is not None
    )


def _verb_follows(text: str, tokens: Sequence[Token], k: int) -> bool:
    """Whether a verb comes right behind a noun, or behind "of" or "from" and what goes with it."""
    at = k + 1
    if at < len(tokens) and tokens[at].lower in ("of", "from", "in", "at", "outside"):
        at += 2
    while at < len(tokens) and tokens[at].lower.endswith("ly"):
        at += 1
    if at >= len(tokens) or text[tokens[at - 1].end : tokens[at].start].strip():
        return False
    word = tokens[at].lower
    return tokens[at].text.islower() and (
        word in lists.words("verbs")
        or word in ("are", "were", "have", "had", "say", "gather", "gathered")
        or word in lists.words("saying_verbs")
        or word.endswith("ed")
    )


def _pair_before(scene: Scene, place: int, here: int) -> Found | None:
    """The two people that the sentence before begins with, or this one: "Ruiz and Webb came. They …"."""
    for back in (0, 1):
        if here - back < 0:
            continue
        sentence = scene.layout.sentences[here - back]
        if sentence.paragraph != scene.layout.sentences[here].paragraph and back == 0:
            continue
        found = scene.cast.names_in(sentence.start, min(sentence.end, place))[:2]
        people = [scene.cast.person(k) for k in found]
        if len(found) < 2 or people[0] is None or people[1] is None or people[0] is people[1]:
            continue
        first, second = (scene.cast.names[k] for k in found)
        opens = len(scene.layout.tokens_between(sentence.start, first.full.start)) <= 3
        joined = scene.text[first.span.end : second.full.start].strip().lower() in ("and", "&")
        if opens and joined and not first.quoted:
            names = (people[0].name, people[1].name)
            evidence = TextEvidence(Span(first.span.start, second.span.end))
            return Found(names, SpeakerKind.PERSON, 0.7, evidence, (people[0].index, people[1].index))
    return None
