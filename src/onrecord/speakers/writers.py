"""Whose a letter, statement or memo is: "the statement said", after "Ruiz released a statement"; "Ruiz's memoir".

In: a `Scene` and a phrase whose head is something that one writes or issues. Out: the person or body that did, or None
where the article does not tell it. Leaves to others: reports, polls and films, which speak for themselves (`bodies`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.speakers.bodies import body_or_place
from onrecord.speakers.scene import Found, Scene, as_person
from onrecord.speakers.sources import Phrase
from onrecord.types import Span, SpeakerKind, TextEvidence

#: What is somebody's own words, and not what somebody found out: by its stem, so that one and many are the same.
_OWN = {
    "statement": "statement", "statements": "statement", "release": "release", "letter": "letter", "letters": "letter",
    "memo": "memo", "memos": "memo", "memorandum": "memo", "email": "e?-?mail", "emails": "e?-?mail", "e-mail": "e?-?mail",
    "message": "message", "messages": "message", "tweet": "tweet", "tweets": "tweet", "post": "post", "posts": "post",
    "note": "note", "affidavit": "affidavit", "declaration": "declaration", "column": "column", "memoir": "memoir",
    "autobiography": "autobiography", "essay": "essay", "speech": "speech",
}  # fmt: skip
#: One looks so many sentences back for who issued it, at so many characters of each, and at so many places.
NEAR, MAX_SENTENCE, MAX_PLACES = 8, 600, 6
#: What somebody does who issues something.
_ISSUES = (
    r"(?:(?:re)?issu|releas|publish|circulat|draft|author|tweet|post|deliver|pen|sign|email|e-mail|fil)"
    r"(?:e[sd]|s|es|ed|ing|ned|ning)|(?:wrote|writes|sent|sends|put out|gave|gives|has written|had written|sending|writing)"
)
_BY = (
    r"(?:\s+(?:written|signed|penned|drafted|issued|released|sent|posted|filed|given|read))?\s+(?:by|from)\s+"
)


def of_written(scene: Scene, phrase: Phrase, i: int | None) -> Found | None:
    """The person or body whose words a phrase calls by what they are written in."""
    if phrase.head not in _OWN:
        return None
    return _named_inside(scene, phrase) or _named_before(scene, phrase)


def _named_inside(scene: Scene, phrase: Phrase) -> Found | None:
    """ "Ruiz's memoir", "a letter from Ruiz", "an affidavit written by Bo Hale"."""
    names = scene.cast.names_in(phrase.start, phrase.end)
    for k in names:
        name = scene.cast.names[k]
        between = scene.text[name.span.end : phrase.head_end]
        if name.span.end <= phrase.head_end:
            owns = re.fullmatch(r"['’]s?\s+(?:[\w’-]+\s+){0,2}?[\w-]+\s*", between) is not None
            person = scene.cast.person(k)
            if owns and person is not None and person.certain:
                return replace(as_person(scene, person, 0.8), evidence=TextEvidence(name.span))
            continue
        lead = scene.text[phrase.head_end : name.full.start]
        if re.fullmatch(
            rf"(?:{_BY}|\s*)(?:the\s+)?", f" {lead.strip()} " if lead.strip() else ""
        ) and re.search(r"\b(?:by|from)\b", lead):
            return _whoever(scene, k, 0.78)
    return None


def _named_before(scene: Scene, phrase: Phrase) -> Found | None:
    """The same thing spoken of before, with who issued it."""
    short = phrase.core == phrase.head_end and len(phrase.tokens) <= 3
    if phrase.determiner not in ("the", "this", "that") or not short:
        return None
    here = scene.layout.sentence_at(phrase.start)
    left = MAX_PLACES
    noun = rf"\b(?:{_OWN[phrase.head]})s?\b"
    for back in range(NEAR + 1):
        if here - back < 0:
            break
        sentence = scene.layout.sentences[here - back]
        end = min(sentence.end, phrase.start)
        first = max(sentence.start, end - MAX_SENTENCE)
        for m in reversed(list(re.finditer(noun, scene.text[first:end], re.IGNORECASE))[-4:]):
            start, stop = first + m.start(), first + m.end()
            if scene.layout.is_quoted(start):
                continue
            left -= 1
            if left < 0:
                return None
            found = _issuer(scene, first, start, stop, min(sentence.end, stop + MAX_SENTENCE))
            if found is not None:
                span = Span(phrase.start, phrase.end)
                return replace(found, score=min(found.score, 0.76), evidence=TextEvidence(span))
    return None


def _issuer(scene: Scene, first: int, start: int, stop: int, last: int) -> Found | None:
    """Who issued what [start, stop) calls, in a sentence [first, last)."""
    by = re.compile(_BY + r"(?:the\s+)?").match(scene.text, stop, last)
    if by is not None:
        for k in scene.cast.names_in(by.start(), last)[:1]:
            return _whoever(scene, k, 0.78) if scene.cast.names[k].full.start <= by.end() + 40 else None
        return None
    for k in reversed(scene.cast.names_in(max(first, start - 60), start)):
        name = scene.cast.names[k]
        if re.fullmatch(r"['’]s?\s+(?:[\w’-]+\s+){0,2}", scene.text[name.span.end : start]):
            return _whoever(scene, k, 0.78)
    beside = re.search(
        r"\b(?:in|via|through|with|on) (?:an?|the|his|her|its|their)(?: [\w’'-]+){0,3} \Z",
        scene.text[first:start],
        re.I,
    )
    issued = re.search(rf"\b(?:{_ISSUES})\s+(?:[\w’'-]+\s+){{0,5}}\Z", scene.text[first:start])
    if beside is None and issued is None:
        return None
    for j in reversed(scene.done[-24:]):
        a, found = scene.attributions[j], scene.found[j]
        if not a.source or not a.cue or not isinstance(found, Found) or len(found.names) > 1:
            continue
        if not first <= a.cue[0].start < last or a.parent is not None:
            continue
        inside = any(s.start <= start < s.end for s in a.content)
        if found.kind in (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION) and not inside:
            return replace(found, score=min(found.score, 0.78))
    if issued is None:
        return None
    for k in reversed(scene.cast.names_in(first, first + issued.start())):
        name = scene.cast.names[k]
        if re.fullmatch(
            r"(?:\s*,[^,]{2,80},)?\s*(?:has |had |also |later |then |quickly )*",
            scene.text[name.span.end : first + issued.start()],
        ):
            return _whoever(scene, k, 0.76)
    return None


def _whoever(scene: Scene, k: int, score: float) -> Found | None:
    """The person or body that a name is."""
    person = scene.cast.person(k)
    if person is not None:
        return as_person(scene, person, score) if person.certain else None
    body = body_or_place(scene, k)
    return None if body is None else replace(body, score=min(body.score, score))
