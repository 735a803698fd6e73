"""Pronouns: "he", "she", "it", "they", "who", "I", and who is meant by them.

In: a `Scene` and a phrase that is a pronoun. Out: Found or Nobody.
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.speakers import lists
from onrecord.speakers.antecedents import is_attributive
from onrecord.speakers.bodies import body_or_place, ministry_before
from onrecord.speakers.label_lines import is_explained
from onrecord.speakers.name_kinds import What
from onrecord.speakers.plurals import of_plural
from onrecord.speakers.scene import Found, Nobody, Scene, as_group, as_person, of_personal
from onrecord.speakers.sources import (
    FIRST,
    NEUTRAL,
    PERSONAL,
    PLURAL,
    RELATIVE,
    SECOND,
    Phrase,
    is_plural,
    read_phrase,
)
from onrecord.speakers.spoken_of import spoken_of
from onrecord.speakers.transcripts import of_turn
from onrecord.types import Span, SpeakerKind, TextEvidence

#: Words of a noun phrase that no determiner opens.
MAX_BARE = 6


def of_pronoun(scene: Scene, phrase: Phrase, i: int | None) -> Found | Nobody:
    word = phrase.head
    place = phrase.start
    if word in PERSONAL:
        but = spoken_of(scene, i) | _quoting(scene, place, i)
        return of_personal(scene, place, PERSONAL[word], Span(phrase.start, phrase.end), but)
    if word in RELATIVE:
        return _relative(scene, place, word)
    if word in NEUTRAL:
        return _neutral(scene, place)
    if word in PLURAL:
        return of_plural(scene, place)
    if word in FIRST:
        return _first_person(scene, place, i)
    if word in SECOND:
        return Nobody(f"“{word}”, whom the words are spoken to")
    return Nobody("a pronoun that is not settled")


def _quoting(scene: Scene, place: int, i: int | None) -> frozenset[int]:
    """Who says the quotation that a pronoun stands in: "“He said so,” Ruiz said" is not about Ruiz."""
    parent = None if i is None else scene.attributions[i].parent
    if parent is None or not scene.layout.is_quoted(place) or not _holds(scene, parent, place):
        return frozenset()
    found = scene.found.get(parent)
    source = scene.attributions[parent].source
    if found is None and source and not scene.layout.is_quoted(source[0].start):
        found = scene.of_phrase(read_phrase(scene.cast, source[0].start, source[-1].end), None)
    return frozenset(found.people) if isinstance(found, Found) else frozenset()


def _relative(scene: Scene, place: int, word: str) -> Found | Nobody:
    """ "…, who has said": the name or noun phrase right before; behind an apposition, what it stands by."""
    here = scene.layout.sentence_at(place)
    sentence = scene.layout.sentences[here]
    start = max(sentence.start, place - 200)
    among = _among(scene, sentence.start, place)
    if among is not None:
        return among
    pieces = _pieces(scene.text, start, place)
    for n, (a, b) in enumerate(reversed(pieces[-3:])):
        names = scene.cast.names_in(a, b)
        last = scene.cast.names[names[-1]] if names else None
        if last is not None and not re.search(r"\w", scene.text[last.span.end : b]):
            person = scene.cast.person(names[-1])
            if person is not None and word != "which" and not last.possessive:
                return as_person(scene, person, (0.93, 0.88, 0.7)[n])
            found = body_or_place(scene, names[-1])
            if found is not None and n == 0 and word != "who":
                return replace(found, score=min(found.score, 0.8))
            if last.what is What.GROUP:
                phrase = _noun_phrase_before(scene, a, b)
                return as_group(scene, phrase or read_phrase(scene.cast, last.full.start, b))
        many = _many_before(scene, a, b)
        if many is not None:
            return many
        phrase = _noun_phrase_before(scene, a, b)
        if phrase is None:
            return Nobody(f"the words that “{word}” stands for are not settled")
        apposed = n + 1 < len(pieces) and a == phrase.start and phrase.determiner in _APPOSING
        if apposed and not is_plural(phrase.head):
            continue
        if word == "which":
            break
        found_phrase = scene.of_phrase(phrase, None)
        if isinstance(found_phrase, Found):
            return replace(found_phrase, score=found_phrase.score * 0.9)
        return found_phrase
    return Nobody(f"the words that “{word}” stands for are not settled")


_AMONG = re.compile(
    r"\s(?:is|was|are|were|has been|had been)\s+(?:also\s+)?(?:among|one of|counted among)\s+(?:those|the many|the few|many|several)\s+\Z",
    re.IGNORECASE,
)


def _among(scene: Scene, start: int, place: int) -> Found | None:
    """ "Ruiz is among those who say": Ruiz."""
    m = _AMONG.search(scene.text, max(start, place - 80), place)
    if m is None:
        return None
    for k in scene.cast.names_in(start, m.start() + 1)[:1]:
        person = scene.cast.person(k)
        opens = len(scene.layout.tokens_between(start, scene.cast.names[k].full.start)) <= 2
        if person is not None and opens and not scene.cast.names[k].possessive:
            return as_person(scene, person, 0.85)
    return None


def _many_before(scene: Scene, start: int, end: int) -> Found | None:
    """The plural noun that ends at `end` with the small words right before it ("frustrated voters")."""
    tokens = scene.layout.tokens_between(start, end)
    if not tokens or not tokens[-1].text.islower() or not is_plural(tokens[-1].lower):
        return None
    k = len(tokens) - 1
    while k and len(tokens) - k < 4 and tokens[k - 1].text.islower():
        word = tokens[k - 1].lower
        if word in lists.words("function_words") or word in lists.words("verbs") or word.endswith("s"):
            break
        k -= 1
    span = Span(tokens[k].start, tokens[-1].end)
    return Found((scene.text[span.start : span.end],), SpeakerKind.GROUP, 0.7, TextEvidence(span))


def _noun_phrase_before(scene: Scene, start: int, end: int) -> Phrase | None:
    """The noun phrase that ends at `end`: from its last determiner that no other noun phrase follows."""
    tokens = scene.layout.tokens_between(start, end)
    if not tokens:
        return None
    determiners = [
        k
        for k, t in enumerate(tokens)
        if t.lower in ("the", "a", "an", "his", "her", "their", "its", "one", "some", "many", "another")
    ]
    for k in reversed(determiners):
        before = tokens[k - 1].lower if k else ""
        if before not in ("of", "for", "at", "in", "on", "from", "with", "and"):
            return read_phrase(scene.cast, tokens[k].start, end)
    if len(tokens) > MAX_BARE or any(t.lower in lists.words("telling_verbs") for t in tokens):
        return None  # a clause, not what ends it
    return read_phrase(scene.cast, tokens[0].start, end)


def _neutral(scene: Scene, place: int) -> Found | Nobody:
    """ "It": the body that spoke last, if it is near; else the body that the sentence before is about."""
    here = scene.layout.sentence_at(place)
    best: tuple[float, Found] | None = None
    if scene.last_body:
        at, found = scene.last_body
        back = here - scene.layout.sentence_at(at)
        if 0 <= back <= 4 and len(found.names) == 1:
            best = (1.4 - 0.4 * back, found)
    for k in reversed(scene.cast.names_in(max(0, place - 600), place)):
        name = scene.cast.names[k]
        back = here - name.sentence
        if (
            back > 2
            or (name.quoted and not scene.layout.is_quoted(place))
            or is_attributive(scene.cast, name)
            or is_explained(scene.layout, name.span.end)
        ):
            continue
        of = body_or_place(scene, k)
        if of is None:
            continue
        sentence = scene.layout.sentences[name.sentence]
        subject = not re.search(r"\w", scene.text[sentence.start : name.full.start]) or scene.text[
            sentence.start : name.full.start
        ].strip().lower() in ("the", "but the", "and the")
        weight = (1.5 if subject else 0.2) - 0.4 * back
        if best is None or weight > best[0]:
            best = (weight, of)
    ministry = ministry_before(scene, place)
    if ministry is not None and (best is None or ministry[0] > best[0]):
        best = ministry
    if scene.last_document and (scene.last_body is None or scene.last_document[0] > scene.last_body[0]):
        at, document = scene.last_document
        back = here - scene.layout.sentence_at(at)
        if 0 <= back <= 2 and (best is None or best[0] < 1.2 - 0.4 * back):
            return replace(document, score=0.7)
    if best is None:
        return Nobody("“it”, and no body it could mean is near")
    return replace(best[1], score=min(best[1].score, 0.62 + 0.14 * max(-1.0, min(best[0], 1.4))))


def _first_person(scene: Scene, place: int, i: int | None) -> Found | Nobody:
    """ "I": in a quotation its speaker, else the author."""
    if i is not None:
        parent = scene.attributions[i].parent
        if parent is not None and isinstance(found := scene.found.get(parent), Found):
            return replace(found, score=found.score * 0.9)
    if scene.layout.is_quoted(place):
        near = [j for j in scene.done[-30:] if _holds(scene, j, place)]
        if near:
            found = scene.found[near[-1]]
            if isinstance(found, Found):
                return replace(found, score=found.score * 0.9)
        return Nobody("“I” inside a quotation whose speaker is not settled")
    turn = of_turn(scene, place)
    if turn is not None:
        return turn
    for letter in scene.signed:
        if letter.start <= place < letter.end:
            return Found((letter.name,), SpeakerKind.PERSON, 0.8, TextEvidence(letter.signature))
    signed = None if scene.signed else _signature(scene, place)
    if signed is not None:
        return signed
    names = tuple(a for a in scene.article.authors if any(c.isalpha() for c in a))
    if len(names) == 1:
        return Found((names[0],), SpeakerKind.AUTHOR, 0.8, TextEvidence(Span(place, place + 1)))
    return Found(("the author",), SpeakerKind.AUTHOR, 0.7, TextEvidence(Span(place, place + 1)))


def _signature(scene: Scene, place: int) -> Found | None:
    """Whose letter it is: a short paragraph after it that begins with a person's full name."""
    if scene.article.authors:
        return None
    here = scene.layout.sentence_at(place)
    paragraph = scene.layout.sentences[here].paragraph
    for sentence in scene.layout.sentences[here + 1 : here + 60]:
        if sentence.paragraph == paragraph or sentence.last - sentence.first > 9:
            continue
        for k in scene.cast.names_in(sentence.start, sentence.end)[:1]:
            name, person = scene.cast.names[k], scene.cast.person(k)
            begins = not re.search(r"\w", scene.text[sentence.start : name.span.start])
            ends = _SIGNS.match(scene.text, name.span.end, sentence.end) is not None
            if (
                person is not None
                and begins
                and ends
                and len(name.words) > 1
                and person.n_full == 1
                and name.certain
            ):
                return as_person(scene, person, 0.72)
    return None


#: What may follow a name under a letter: nothing, a place, or who that is.
_SIGNS = re.compile(r"\s*(?:[^\w\s]|\Z|(?:is|was|of|from|lives|teaches|writes|serves|served|works)\b)")


def _holds(scene: Scene, j: int, place: int) -> bool:
    return any(s.start <= place < s.end for s in scene.attributions[j].content)


_APPOSING = frozenset({"a", "an", "the", "his", "her", "their", "its", "now", "then"})


_PIECE = re.compile(r"\s*(?:,|;|\s[-–—]\s|—|--|\(|\))\s*")


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """[start, end) cut at commas, dashes and brackets; pieces without words are left out."""
    out: list[tuple[int, int]] = []
    at = start
    for m in _PIECE.finditer(text, start, end):
        if at < m.start():
            out.append((at, m.start()))
        at = m.end()
    if at < end and re.search(r"\w", text[at:end]):
        out.append((at, end))
    return out
