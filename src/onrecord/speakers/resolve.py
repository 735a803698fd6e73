"""Who speaks: one Voice for every attribution of an article.

In: an Article and its attributions. Out: a Voice for each, in their order: a speaker with a score and the words
that show it, or Unresolved with the reason and the candidates. Leaves to others: days and occasions.

Rules read the source's words (`sources`) and look for the person or body meant (`cast`, `antecedents`, `holders`);
they stand in `named`, `pronouns`, `described` and `bodies`. Every answer has a score, and below THRESHOLD none is given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.speakers import lists
from onrecord.speakers.addressees import find_addressee
from onrecord.speakers.authority import Authority
from onrecord.speakers.calibration import calibrated
from onrecord.speakers.cast import make_cast
from onrecord.speakers.echoes import find_echoes
from onrecord.speakers.label_lines import is_explained, is_label
from onrecord.speakers.layout import lay_out
from onrecord.speakers.named import of_list, of_name, of_noun
from onrecord.speakers.possessors import with_possessor
from onrecord.speakers.pronouns import of_pronoun
from onrecord.speakers.scene import THRESHOLD, Found, Nobody, Scene, as_person, is_paper
from onrecord.speakers.sources import Form, Phrase, read_phrase
from onrecord.speakers.transcripts import of_turn
from onrecord.speakers.writers import of_written
from onrecord.types import (
    Addressee,
    Article,
    Attribution,
    Kind,
    Precision,
    Span,
    Speaker,
    SpeakerKind,
    TextEvidence,
    Unresolved,
    Voice,
    When,
)


def resolve_speakers(
    article: Article,
    attributions: Sequence[Attribution],
    authority: Authority | None = None,
    *,
    threshold: float = THRESHOLD,
    is_calibrated: bool = True,
) -> tuple[Voice, ...]:
    """Who speaks in each attribution, and to whom, in their order.

    threshold: names whose rule scores less are not given. is_calibrated: whether the scores of names are how
    many of such names are right, or the rules' own (to measure them with).
    """
    if not attributions:
        return ()
    sources = tuple(s for a in attributions for s in a.source)
    cast = make_cast(lay_out(article), _day(article), authority, sources)

    def of_phrase(phrase: Phrase, i: int | None) -> Found | Nobody:
        return _of_phrase(scene, phrase, i)

    scene = Scene(article, cast, tuple(attributions), of_phrase)
    order = sorted(range(len(attributions)), key=lambda i: (scene.place_of(i), i))
    for i in order:
        found = _speaker(scene, i)
        scene.found[i] = found
        _hear(scene, i, found)
        scene.done.append(i)
    scene.found.update(find_echoes(scene))
    for i in order:
        scene.found[i] = _later(scene, i)

    def name_at(start: int, end: int) -> str | None:
        return _name_at(scene, start, end)

    return tuple(
        Voice(spoken, None if _is_told_himself(spoken, told) else told)
        for i, attribution in enumerate(attributions)
        for spoken in (_spoken(scene.found[i], threshold, is_calibrated),)
        for told in (find_addressee(cast, attribution, name_at, attributions[i + 1 : i + 4]),)
    )


def _is_told_himself(speaker: Speaker | Unresolved, told: Addressee | None) -> bool:
    """Whether whoever is told is who speaks: then somebody else was meant."""
    return told is not None and isinstance(speaker, Speaker) and speaker.names == (told.name,)


def _day(article: Article) -> str:
    when = article.published
    if isinstance(when, When) and when.precision in (Precision.DAY, Precision.TIME):
        return when.date[:10]
    return ""


def _of_phrase(scene: Scene, phrase: Phrase, i: int | None) -> Found | Nobody:
    """Who is meant by a phrase; i: the attribution whose source it is."""
    if phrase.form is Form.EMPTY:
        return Nobody("no words name a speaker")
    if phrase.form is Form.PRONOUN:
        return of_pronoun(scene, phrase, i)
    if phrase.form is Form.JOINT:
        return of_list(scene, phrase, i)
    if phrase.form is Form.NAME:
        return of_name(scene, phrase, i)
    return of_noun(scene, phrase, i)


def _name_at(scene: Scene, start: int, end: int) -> str | None:
    """The name of whoever these words mean, if it is a person or body that is known surely enough."""
    found = scene.of_phrase(read_phrase(scene.cast, start, end), None)
    if isinstance(found, Nobody) or found.score < THRESHOLD:
        return None
    if found.kind in (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION):
        return " and ".join(found.names)
    return None


def _hear(scene: Scene, i: int, found: Found | Nobody) -> None:
    if isinstance(found, Nobody):
        return
    place = scene.place_of(i)
    if found.kind is SpeakerKind.PERSON and found.people and found.score >= 0.4:
        scene.trail.add(place, found.people)
    if found.kind is SpeakerKind.ORGANIZATION or found.body is not None:
        scene.last_body = (place, found)
        if found.names and is_paper(found.names[0]):
            scene.papers.append((place, found))
        if found.names and found.names[0].endswith(" administration"):
            scene.administrations.append(found)
        if found.names and found.names[0].endswith(" campaign"):
            scene.campaigns.append((place, found))
    if found.kind is SpeakerKind.DOCUMENT:
        scene.last_document = (place, found)


def _speaker(scene: Scene, i: int) -> Found | Nobody:
    a = scene.attributions[i]
    if not a.source:
        return _unsourced(scene, i)
    first = a.source[0]
    start, end = first.start, a.source[-1].end
    if len(a.source) > 1 and a.source[1].start - first.end > 40:
        end = first.end
    if start and (scene.text[start - 1].isalnum() or scene.text[start - 1] in "-‐‑"):
        return _subject_before(scene, start)
    if is_label(scene.layout, start, end) or is_explained(scene.layout, end):
        return Nobody(f"“{scene.text[start:end][:60]}” is a label, and nobody's name")
    others = _with_others(scene, i)
    if others is not None:
        return others
    end = _without_time(scene, start, end)
    start = _widened(scene, start)
    start = _behind_than(scene, start, end)
    if scene.text[start:end] in ("Q", "A") and (turn := of_turn(scene, end)) is not None:
        return turn
    if scene.layout.sentence_at(start) < 0 or not scene.layout.tokens_between(start, end):
        return Nobody("the words that name the speaker are not the article's own")
    phrase = read_phrase(scene.cast, start, end)
    written = of_written(scene, phrase, i)
    if written is not None:
        scene.last_document = (phrase.start, written)
        return written
    answer = scene.of_phrase(phrase, i)
    return with_possessor(scene, phrase, answer) if isinstance(answer, Found) else answer


#: "…, with some calling her out, [saying]": behind the subject others come, whose the participle is.
_WITH = re.compile(
    r"[,;]\s+with\s+((?:some|others|many|most|several|a few|both|all)(?:\s+(?!\w+ing\b)[\w’'-]+){0,5})\s+\w+ing\b",
    re.IGNORECASE,
)


def _with_others(scene: Scene, i: int) -> Found | None:
    """The “some” of “…, with some calling her out, saying …”, where the sentence's subject is given as the source."""
    a = scene.attributions[i]
    if not a.source or not a.cue or not re.match(r"\w+ing\b", scene.text[a.cue[0].start : a.cue[0].end]):
        return None
    source, cue = a.source[-1], a.cue[0]
    here = scene.layout.sentence_at(cue.start)
    if source.end >= cue.start or here != scene.layout.sentence_at(source.start):
        return None
    found = list(_WITH.finditer(scene.text, source.end, cue.end))
    if not found or scene.layout.is_quoted(found[-1].start(1)):
        return None
    name = " ".join(found[-1][1].split())
    return Found((name,), SpeakerKind.GROUP, 0.7, TextEvidence(Span(found[-1].start(1), found[-1].end(1))))


_TIME = re.compile(
    r"[\s,]+(?:today|yesterday|tonight|earlier|later|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|this (?:week|month|morning))\Z",
    re.IGNORECASE,
)


def _without_time(scene: Scene, start: int, end: int) -> int:
    """Where a source ends that has taken in when it was said: "Marlow Lines today [announced]"."""
    m = _TIME.search(scene.text, max(start, end - 24), end)
    return m.start() if m and m.start() > start else end


def _subject_before(scene: Scene, place: int) -> Found | Nobody:
    """The sentence's subject, where it opens the sentence and an aside follows: "Ruiz, who came late, said"."""
    here = scene.layout.sentence_at(place)
    if here >= 0:
        start = scene.layout.sentences[here].start
        for k in scene.cast.names_in(start, place)[:2]:
            name, person = scene.cast.names[k], scene.cast.person(k)
            opens = len(scene.layout.tokens_between(start, name.full.start)) <= 3
            after = scene.text[name.span.end : name.span.end + 2]
            if person is not None and opens and after[:1] in (",", "—", "–"):
                return as_person(scene, person, 0.8)
    return Nobody("no words name a speaker")


def _widened(scene: Scene, start: int) -> int:
    """Where a source begins whose first noun has lost the name before it ("Korean [government]")."""
    k = scene.cast.names_in(0, start).stop - 1
    if k < 0:
        return start
    name = scene.cast.names[k]
    if name.span.start < start < name.span.end:
        return name.full.start
    if not scene.text[start : start + 1].islower():
        return start
    head = scene.layout.tokens_between(start, start + 1)
    adjoins = scene.text[name.span.end : start] in (" ", "\u00a0")
    if not (adjoins and head and scene.cast.person(k) is None):
        return start
    word = re.sub(r"['’]s?$", "", head[0].lower)
    known = ("government", "regime", "authorities", "officials", "official", "ministry")
    return name.full.start if word in known else start


def _behind_than(scene: Scene, start: int, end: int) -> int:
    """Where a source begins that has taken in a comparison: "who drew smaller crowds than rivals [claim]"."""
    compared = scene.text.rfind(" than ", start, end)
    first = scene.layout.tokens_between(start, end)[:1]
    if compared < 0 or not first or first[0].lower not in ("who", "which", "that"):
        return start
    rest = scene.layout.tokens_between(compared + 6, end)
    return rest[0].start if 1 <= len(rest) <= 4 else start


def _unsourced(scene: Scene, i: int) -> Found | Nobody:
    """No source: the quotation of somebody who goes on, or words that nobody is named for."""
    a = scene.attributions[i]
    if a.continues is not None and 0 <= a.continues < len(scene.attributions) and a.continues != i:
        before = scene.found.get(a.continues)
        if isinstance(before, Found):
            return replace(before, score=before.score * 0.97)
        if a.continues not in scene.found:
            return Nobody("goes on with another statement that is not settled yet")
    place = a.content[0].start
    if not a.cue and a.kind is not Kind.INDIRECT:
        return _goes_on(scene, i, place)
    if a.cue:
        return _elided(scene, i)
    return Nobody("no words name a speaker")


def _goes_on(scene: Scene, i: int, place: int) -> Found | Nobody:
    """A bare quotation belongs to the speaker of the paragraph before, if nobody else is named since."""
    before = [j for j in scene.done[-12:] if scene.place_of(j) < place]
    if not before:
        return Nobody("a quotation without a speaker, and nobody spoke before it")
    j = before[-1]
    found = scene.found[j]
    if isinstance(found, Nobody):
        return found
    here, there = scene.layout.sentence_at(place), scene.layout.sentence_at(scene.place_of(j))
    gap = scene.layout.sentences[here].paragraph - scene.layout.sentences[there].paragraph
    score = found.score * (0.93 if gap <= 1 else 0.6 if gap == 2 else 0.3)
    if score < THRESHOLD:
        return Nobody("a quotation without a speaker", found.names)
    return replace(found, score=score)


def _elided(scene: Scene, i: int) -> Found | Nobody:
    """ "…, adding that …", "… and said …": the subject of the clause before, in the same sentence."""
    a = scene.attributions[i]
    cue = a.cue[0]
    here = scene.layout.sentence_at(cue.start)
    if here < 0:
        return Nobody("no words name a speaker")
    sentence = scene.layout.sentences[here]
    before = scene.text[max(sentence.start, cue.start - 12) : cue.start].rstrip().lower()
    word = re.split(r"\W+", scene.text[cue.start : cue.end].strip().lower())[0]
    participle = word.endswith("ing") and before.endswith((",", "—", "–"))
    joined = before.endswith((" and", " but", " then", " also"))
    for j in reversed(scene.done[-12:]):
        found = scene.found[j]
        place = scene.place_of(j)
        if not sentence.start <= place < cue.start:
            continue
        if isinstance(found, Found) and scene.attributions[j].source:
            near = min(abs(cue.start - s.end) for s in scene.attributions[j].content) <= 8
            joined = joined and near
            if participle or (joined and word.endswith(("ed", "said", "told", "s"))):
                return replace(found, score=found.score * (0.9 if participle else 0.75))
            break
    if before.endswith((",", "—", "–")) and word in lists.words("saying_verbs"):
        return _subject_before(scene, cue.start)
    return Nobody("no words name a speaker")


def _later(scene: Scene, i: int) -> Found | Nobody:
    """A second look at what hung on a statement that comes later in the text."""
    found = scene.found[i]
    a = scene.attributions[i]
    if isinstance(found, Nobody) and not a.source and a.continues is not None:
        before = scene.found.get(a.continues)
        if isinstance(before, Found):
            return replace(before, score=before.score * 0.97)
    return found


def _spoken(found: Found | Nobody, threshold: float, is_calibrated: bool) -> Speaker | Unresolved:
    if isinstance(found, Nobody):
        return Unresolved(found.why, found.candidates)
    is_name = found.kind in (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION)
    if found.score < threshold and is_name:
        return Unresolved("several people or bodies fit, none surely enough", found.names)
    score = calibrated(found.score) if is_name and is_calibrated else found.score
    return Speaker(found.names, found.kind, round(score, 3), found.evidence, found.id, found.on_behalf_of)
