"""Interviews printed as questions and answers: who "I" is in a paragraph that a label opens.

In: a `Scene` and a place. Out: Found, Nobody, or None where the article is no transcript. Labels are "Q" and
"A", or names before a colon; a paragraph without one goes on with the one before. Thin: a transcript whose
turns are told by typography alone is not known as one.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from onrecord.speakers.label_lines import is_label
from onrecord.speakers.members import Person
from onrecord.speakers.names import Name, fold_name
from onrecord.speakers.scene import Found, Nobody, Scene, as_person
from onrecord.speakers.sources import Form, read_phrase
from onrecord.types import SpeakerKind, ZoneKind

#: An article with fewer labelled paragraphs quotes somebody so, and is no transcript.
MIN_LABELS = 3
_LETTER = re.compile(r"([QA])(?:\s?[:.]|(?=[A-Z][a-z]))")
_NAME = re.compile(r"((?:[^\W\d_a-z][\w.’'-]*\s?){1,5}):\s")


def find_labels(scene: Scene) -> tuple[tuple[int, int, str], ...]:
    """Where paragraphs begin that a label opens, where the label ends, and the label, in order."""
    out: list[tuple[int, int, str]] = []
    before = -1
    for sentence in scene.layout.sentences:
        first, before = sentence.paragraph != before, sentence.paragraph
        if not first or sentence.zone not in (ZoneKind.BODY, ZoneKind.DEK):
            continue
        m = _LETTER.match(scene.text, sentence.start, sentence.end) or _NAME.match(
            scene.text, sentence.start, min(sentence.end, sentence.start + 60)
        )
        if m and not is_label(scene.layout, sentence.start, m.end(1)):
            out.append((sentence.start, m.end(1), m[1]))
    turns = [label for *_, label in out]
    return tuple(out) if len(out) >= MIN_LABELS and len(set(turns)) > 1 else ()


def of_turn(scene: Scene, place: int) -> Found | Nobody | None:
    """Whose turn a place lies in; None outside a transcript."""
    if scene.labels is None:
        scene.labels = find_labels(scene)
    k = bisect_right(scene.labels, (place, len(scene.text), "")) - 1
    if k < 0:
        return None
    start, end, label = scene.labels[k]
    if label == "Q":
        return Nobody("“I” in a question of an interview")
    if label == "A":
        person = _interviewee(scene)
        if person is None:
            return Nobody("“I” in an interview's transcript, and whose answers they are is not told")
        return as_person(scene, person, 0.8)
    phrase = read_phrase(scene.cast, start, end)
    found = scene.of_phrase(phrase, None) if phrase.form is Form.NAME else None
    named = isinstance(found, Found) and found.kind is SpeakerKind.PERSON
    return found if named else Nobody(f"“{label}” in a transcript is nobody that is known")


def of_label(scene: Scene, name: Name) -> Found | Nobody | None:
    """Who a turn's label names: "A", "RUIZ:"; None for other names."""
    if name.text in ("A", "Q"):
        return of_turn(scene, name.span.end)
    is_label = len(name.words) == 1 and len(name.text) > 2 and name.text.isupper()
    if not is_label or scene.text[name.span.end : name.span.end + 1] != ":":
        return None
    bearers = [p for p in scene.cast.people if p.surname == fold_name(name.text) and p.is_named]
    return as_person(scene, bearers[0], 0.9) if len(bearers) == 1 else None


def _interviewee(scene: Scene) -> Person | None:
    """The one person whom the headline names, or else the one named most by far before the first question."""
    assert scene.labels
    first = scene.labels[0][0]
    titled: set[int] = set()
    counts: dict[int, int] = {}
    for k in scene.cast.names_in(0, first):
        person = scene.cast.person(k)
        if person is None or not person.certain or not person.is_named:
            continue
        counts[person.index] = counts.get(person.index, 0) + 1
        if scene.cast.names[k].in_title:
            titled.add(person.index)
    if len(titled) == 1:
        return scene.cast.people[titled.pop()]
    ranked = sorted(counts.items(), key=lambda row: (-row[1], row[0]))[:2]
    if ranked and ranked[0][1] >= 2 and (len(ranked) == 1 or ranked[0][1] >= 2 * ranked[1][1]):
        return scene.cast.people[ranked[0][0]]
    return None
