"""Whom an attribution's own words name: nobody speaks of himself so, so that "he said Ruiz lied" is not Ruiz.

In: a `Scene` and an attribution. Out: people of the cast, by index, whom no pronoun that is its source means.
Leaves to others: whom it means then (`antecedents`). A name between quotation marks counts for nothing (some do
speak of themselves by name), nor does an owner's or one before a noun ("he said the Ruiz camp …"), nor a subject
that stands before the pronoun ("Ruiz had won, she said").
"""

from __future__ import annotations

import re

from onrecord.speakers.antecedents import is_attributive, is_subject
from onrecord.speakers.scene import Scene

#: Attributions of one source stand within so many of each other.
WINDOW = 6
#: Behind these a name may be the speaker's own: "he said he was Tom Webb", "she gave her name as Ana Ruiz".
_OWN = frozenset({"is", "was", "as", "am", "be", "been", "name", "named", "called", "himself", "herself"})
#: Where the clause that a speaker's words stand in ends, behind them.
_CLAUSE_END = re.compile(r"[,;:.!?()—–“”\"]|\s(?:and|but|while|whereas)\s|\s-\s")
#: A bracket between what is said and the rest of its clause.
_BRACKET = re.compile(r"\s*\([^()]{1,160}\)")


def spoken_of(scene: Scene, i: int | None) -> frozenset[int]:
    """The people whom what a source says names by full name, by title or by a surname that one alone bears."""
    if i is None:
        return frozenset()
    out: set[int] = set()
    for start, end in _stretches(scene, i):
        for k in scene.cast.names_in(start, end):
            name, person = scene.cast.names[k], scene.cast.person(k)
            if person is None or name.quoted or name.possessive or is_attributive(scene.cast, name):
                continue
            before = scene.layout.tokens_between(max(start, name.full.start - 14), name.full.start)[-1:]
            if before and before[0].lower in _OWN:
                continue
            bare = len(name.words) == 1 and not name.before
            if bare and any(p.surname == person.surname and p is not person for p in scene.cast.people):
                continue
            out.add(person.index)
    return frozenset(out | _objects_before(scene, i))


def _objects_before(scene: Scene, i: int) -> set[int]:
    """The people whom what is said before its source names, and not as a subject: "To choose Ruiz is a folly, she said"."""
    attribution = scene.attributions[i]
    source = attribution.source[0]
    here = scene.layout.sentence_at(source.start)
    out: set[int] = set()
    for span in attribution.content:
        if span.end > source.start or scene.layout.sentence_at(span.start) != here:
            continue
        for k in scene.cast.names_in(span.start, span.end):
            name, person = scene.cast.names[k], scene.cast.person(k)
            if (
                person is not None
                and not name.quoted
                and not name.possessive
                and not is_subject(scene.cast, k)
            ):
                out.add(person.index)
    return out


def _stretches(scene: Scene, i: int) -> list[tuple[int, int]]:
    """What is said by the very source of an attribution, with the rest of the clause that the last of it stands in."""
    attribution = scene.attributions[i]
    beside = scene.attributions[max(0, i - WINDOW) : i + WINDOW + 1]
    same = [a for a in beside if a.source == attribution.source]
    source = attribution.source[-1]
    spans = [(s.start, s.end) for a in same for s in a.content if s.start >= source.end]
    if spans:
        end = max(end for _, end in spans)
        sentence = scene.layout.sentences[scene.layout.sentence_at(end - 1)]
        bracket = _BRACKET.match(scene.text, end, sentence.end)
        start = bracket.end() if bracket else end
        stop = _CLAUSE_END.search(scene.text, start, sentence.end)
        limit = stop.start() if stop else sentence.end
        if start < limit and not scene.layout.is_quoted(start):
            spans.append((start, limit))
    return spans
