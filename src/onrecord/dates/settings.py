"""A Setting for every attribution: the day it was said and the occasion.

In: an Article, its attributions, perhaps its copy's date. Out: a Setting for each, in their order.

A day comes from the words of the attribution's own sentence outside what was said; failing those, from the
statement before it of the same speaker, or from the day that the article's beginning tells of, where the verb
is a plain past tense and no other time is told between. What is said in general ("has long said") has no day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.dates import lists
from onrecord.dates.days import Mark, Meaning, resolve_mark
from onrecord.dates.occasions import find_dated, find_occasion, referred
from onrecord.dates.timeline import Sentence, Timeline
from onrecord.types import (
    Article,
    Attribution,
    Day,
    Evidence,
    Occasion,
    Setting,
    Span,
    Speaker,
    TextEvidence,
    Unresolved,
    When,
    ZoneKind,
)

_NO_DATE = "the page has no date"
#: A day is carried on to the same speaker's words over at most this many paragraphs.
REACH = 10
#: The day of the story is told in the first so many sentences of the body.
STORY_SENTENCES = 5
#: A day that is told of an event, and of no saying, holds for so many paragraphs.
EVENT_PARAGRAPHS = 4
#: Another day than the story's holds for so many paragraphs after the one that tells it.
LOCAL_PARAGRAPHS = 2
_FUTURE = re.compile(
    r"\b(?:will|would|shall|is|are|to be|due|scheduled|expected|plans?|planned|set|slated|available|premieres?|airs?)\b"
)
_SUBJECT = re.compile(r"(?:['’]s)?\s+(?:\w+s|will|was|is|brought|saw|became)\s")
_SUBORDINATE = re.compile(r"\b(?:who|which|that|as|while|when|after|before|because|since|until|if|whether)\b")
_VAGUE = re.compile(r"(?:an?|one|another|some|no one|nobody|many|most)(?:\s|$)", re.IGNORECASE)
#: An interview or a broadcast has a day of its own, which the passage does not tell.
_ON_AIR = re.compile(
    r"\binterviews?\b|\b[Oo]n\s+(?:the\s+)?(?:[A-Z][\w.]*(?:\s[A-Z]\w*){0,2}['’]s?\s+)?(?:[\"“]|'')[A-Z]"
)
_NEW = re.compile(
    r"\b(?:[Aa]t|[Dd]uring|[Ii]n)\s+(?:an?|another)\s+(?:[\w’'-]+\s+){0,3}(?:rally|speech|address|debate|event|forum|town\shall|"
    r"fundraiser|hearing|news\sconference|press\sconference|briefing|book|memoir|column|essay|op-ed)\b"
)


#: The last paragraph, counted from 0 at the title, in which a story is opened; as in `_announced`.
OPENING = 3


@dataclass(frozen=True, slots=True)
class _Told:
    """A day that was told: by which mark, and in which sentence it was last known to hold."""

    mark: Mark
    sentence: int


def resolve_settings(
    article: Article,
    attributions: Sequence[Attribution],
    published: When | None = None,
    speakers: Sequence[Speaker | Unresolved] = (),
) -> tuple[Setting, ...]:
    """The setting of each attribution. published: the day of a copy, for an article that has none.

    speakers: whose each is, in their order; () where nobody has looked, and sources' words must do.
    """
    if not attributions:
        return ()
    return _Days(article, tuple(attributions), published, tuple(speakers)).settings()


class _Days(Timeline):
    """A timeline on which days are carried from one saying to the next."""

    def settings(self) -> tuple[Setting, ...]:
        """The setting of each attribution, in their order."""
        told: dict[int, _Told] = {}
        rule: dict[int, str] = {}
        elsewhen: set[int] = set()
        for i in self.order:
            mark, other = self.own_mark(i)
            if mark is not None:
                told[i], rule[i] = _Told(mark, self.at(self.places[i])), mark.meaning.value
            elif other:
                elsewhen.add(i)
        passages = self._passages(told)
        dated = find_dated(self.text, ((s.start, s.end, s.told) for s in self.sentences))
        for i in self.order:
            if i not in told and i not in elsewhen and self.is_plain(i):
                mark = self._of_occasion(i, dated)
                if mark is not None:
                    told[i], rule[i] = _Told(mark, self.at(self.places[i])), "occasion"
        for i in self.order:
            if i not in told and i not in elsewhen and self._is_headline(i) and self.is_plain(i):
                found = self._announced(i, told)
                if found is not None:
                    told[i], rule[i] = found, "announced"
        for i in self.order:
            if i in told or i in elsewhen or not self.is_plain(i):
                continue
            found = self._inherited(i, told, elsewhen)
            rule[i] = "inherited"
            if found is None:
                found, rule[i] = self._of_passage(i, passages), "passage"
            if found is not None:
                told[i] = found
        for i in self.order:
            if i not in told and i not in elsewhen and self.is_plain(i):
                found = self._announced(i, told)
                if found is not None:
                    told[i], rule[i] = found, "announced"
        occasions = self._occasions(self.order, self.who)
        return tuple(
            Setting(self._said_on(told.get(i), rule.get(i, "")), occasions.get(i))
            for i in range(len(self.attributions))
        )

    def _said_on(self, told: _Told | None, rule: str) -> Day | Unresolved | None:
        if told is None:
            return None
        found = resolve_mark(told.mark, self.day)
        if found is None:
            return Unresolved(_NO_DATE) if self.day is None else None
        first, until = found
        evidence: Evidence = TextEvidence(told.mark.span)
        if self.outside is not None and not (isinstance(told.mark.value, tuple) and told.mark.value[0]):
            evidence = self.outside
        return Day(first.isoformat(), until.isoformat() if until else None, rule, evidence)

    def _inherited(self, i: int, told: dict[int, _Told], elsewhen: set[int]) -> _Told | None:
        """The day of the same speaker's statement before, where nothing between tells another time."""
        here = self.at(self.places[i])
        if here < 0 or self.is_nobody(i):
            return None
        is_new = self.tells(_NEW, self.attributions[i], self.sentences[here])
        k = self.rank[i]
        for j in reversed(self.order[max(0, k - 16) : k]):
            if self.who[j] != self.who[i]:
                continue
            there = self.at(self.places[j])
            if there < 0 or self.sentences[here].paragraph - self.sentences[there].paragraph > REACH:
                return None
            if is_new and not self._fills_in(i, j):
                return None
            if j in elsewhen:
                return None
            if j in told and told[j].mark.meaning is Meaning.WEEK:
                return None
            if j in told:
                return None if self._other_between(told[j].sentence, here) else _Told(told[j].mark, here)
        return None

    def _fills_in(self, i: int, j: int) -> bool:
        """Whether an occasion told with i is where j, which opens the story without one, was said too.

        "Ruiz said on Monday that the dam is safe. … “It holds,” she said in a televised address."
        """
        here, there = self.at(self.places[i]), self.at(self.places[j])
        if (
            self.sentences[there].paragraph > OPENING
            or self.sentences[here].paragraph - self.sentences[there].paragraph > 1
        ):
            return False
        cues = self.attributions[i].cue
        told = _NEW.search(self.text, cues[-1].end, self.sentences[here].end) if cues else None
        return told is not None and self._own_occasion(self.attributions[j], self.sentences[there]) is None

    def _is_headline(self, i: int) -> bool:
        here = self.at(self.places[i])
        return here >= 0 and self.sentences[here].zone in (ZoneKind.TITLE, ZoneKind.DEK)

    def _other_between(self, there: int, here: int) -> bool:
        """Whether another time, or another day, is told after one sentence and up to another."""
        paragraph = self.sentences[here].paragraph
        return any(
            self._is_elsewhen(m, s) or (not m.is_day and not m.weak and s.paragraph == paragraph)
            for s in self.sentences[there + 1 : min(here + 1, there + 60)]
            for m in s.told
        )

    def _announced(self, i: int, told: dict[int, _Told]) -> _Told | None:
        """For a headline or the first lines: the day that the same speaker's statement soon after has."""
        here = self.at(self.places[i])
        if here < 0:
            return None
        sentence = self.sentences[here]
        if sentence.zone not in (ZoneKind.TITLE, ZoneKind.DEK) and sentence.paragraph > OPENING:
            return None
        k = self.rank[i]
        for j in self.order[k + 1 : k + 10]:
            if self.who[j] == self.who[i] and j in told and self.attributions[j].source:
                return told[j] if told[j].sentence <= here + 12 else None
        return None

    def _passages(self, told: dict[int, _Told]) -> list[Mark | None]:
        """For each sentence the day that its passage tells of, or None.

        The story's own day (the first told of an event in the first lines) holds on until another time is
        told, and again from where it is named again; another day holds for a paragraph or two.
        """
        own = self.own = {
            (t.mark.span.start, t.mark.span.end) for i, t in told.items() if not self._in_source(i, t.mark)
        }
        out: list[Mark | None] = []
        local: Mark | None = None
        on = False
        since = n_body = 0
        aside = told_in = -1
        is_event = True  # the day is told of what happened, not of what was said
        for sentence in self.sentences:
            if sentence.zone in (ZoneKind.TITLE, ZoneKind.DEK, ZoneKind.HEADING):
                out.append(None)
                continue
            n_body += 1
            events = [m for m in sentence.told if self._is_event(m, sentence, own)]
            if self.story is None and n_body <= STORY_SENTENCES and events:
                self.story = events[0]
            if any(self._is_elsewhen(m, sentence) for m in sentence.told):
                local, on = None, False
            elif any(not m.is_day and not m.weak for m in sentence.told):
                local, aside = None, sentence.paragraph
            if self.story is not None and any(_same_day(m, self.story) for m in sentence.marks):
                on, told_in = True, sentence.paragraph
                is_event &= not any(
                    (m.span.start, m.span.end) in own for m in sentence.marks if _same_day(m, self.story)
                )
            if events:
                local, since = events[-1], sentence.paragraph
                if self.story is not None and _same_day(local, self.story):
                    local = None
            if local is not None and sentence.paragraph - since > LOCAL_PARAGRAPHS:
                local = None
            far = is_event and sentence.paragraph - told_in > EVENT_PARAGRAPHS
            story = self.story if on and not far and aside != sentence.paragraph else None
            out.append(local or story)
        return out

    def _in_source(self, i: int, mark: Mark) -> bool:
        """Whether a mark stands in the source's own words: "a study released on Tuesday"."""
        return any(s.start <= mark.span.start < s.end for s in self.attributions[i].source)

    def _is_elsewhen(self, mark: Mark, sentence: Sentence) -> bool:
        """Whether a mark takes the narration to another time (in a relative clause it does not)."""
        if mark.is_day or mark.weak:
            return False
        return not self._is_aside(mark, sentence)

    def _is_aside(self, mark: Mark, sentence: Sentence) -> bool:
        before = re.split(r"[,;—(]", self.text[sentence.start : mark.span.start])[-1]
        return re.search(r"\b(?:who|which|whose|when|since|because|after|before)\b", before) is not None

    def _is_event(self, mark: Mark, sentence: Sentence, own: set[tuple[int, int]]) -> bool:
        """Whether a mark dates a saying, or what the sentence's main verb in the past tells."""
        if not mark.is_day or mark.attributive or mark.meaning is Meaning.WEEK:
            return False
        if (mark.span.start, mark.span.end) in own:
            return True
        before = self.text[sentence.start : mark.span.start]
        if _FUTURE.search(before) or _SUBORDINATE.search(before):
            return False
        after = self.text[mark.span.end : min(sentence.end, mark.span.end + 80)]
        opens = not re.search(r"\w{4,}", before.strip().removeprefix("Late").removeprefix("Early"))
        if not before.strip(" \"“‘'(") and _SUBJECT.match(after):  # "Friday marks a year since"
            return False
        words = re.findall(r"[a-z]+", after if opens else before)
        if opens and _FUTURE.search(after):
            return False
        return any(
            w in lists.words("past_verbs") or w in ("was", "were") or (len(w) > 3 and w.endswith("ed"))
            for w in words
        )

    def _of_occasion(self, i: int, dated: Mapping[str, tuple[Mark, ...]]) -> Mark | None:
        """The day of the occasion that the saying's sentence goes back to ("at the debate")."""
        here = self.at(self.places[i])
        if here < 0 or not dated or self.is_quoted(self.places[i]):
            return None
        a, sentence = self.attributions[i], self.sentences[here]
        if not a.source or self.is_outside(a, self.text[a.source[0].start : a.source[-1].end]):
            return None
        for start, end in self.around(a, sentence):
            mark = referred(self.text, start, end, dated)
            if mark is not None:
                return mark
        return None

    def _of_passage(self, i: int, passages: list[Mark | None]) -> _Told | None:
        """The day of the passage, for a source that is somebody in particular or a named group."""
        here = self.at(self.places[i])
        a = self.attributions[i]
        if here < 0 or not a.source or self.is_quoted(self.places[i]):
            return None
        if self.sentences[here].zone is ZoneKind.TITLE:
            told = self.story is not None and (self.story.span.start, self.story.span.end) in self.own
            return _Told(self.story, here) if told and self.story is not None else None
        source = self.text[a.source[0].start : a.source[-1].end]
        if _VAGUE.match(source) and not re.search(r",\s+[A-Z]", source):
            return None
        if self.is_outside(a, source) or self.is_nobody(i):
            return None
        if self.tells(_ON_AIR, a, self.sentences[here]) or self.tells(_NEW, a, self.sentences[here]):
            return None
        mark = passages[here]
        return _Told(mark, here) if mark is not None else None

    def _occasions(self, order: list[int], who: dict[int, str]) -> dict[int, Occasion]:
        found: dict[int, Occasion] = {}
        last: tuple[str, int, Occasion] | None = None
        for i in order:
            a = self.attributions[i]
            here = self.at(self.places[i])
            if here < 0:
                continue
            sentence = self.sentences[here]
            span = self._own_occasion(a, sentence)
            if span is not None:
                text = " ".join(self.text[span.start : span.end].split())
                found[i] = Occasion(text, TextEvidence(span))
                last = (who[i], here, found[i])
            elif last and last[0] == who[i] and here - last[1] <= 12 and self.is_plain(i):
                if sentence.told:
                    last = None
                    continue
                found[i] = last[2]
                last = (who[i], here, last[2])
        return found

    def _own_occasion(self, a: Attribution, sentence: Sentence) -> Span | None:
        """An occasion told in the sentence outside what was said."""
        if sentence.zone in (ZoneKind.TITLE, ZoneKind.HEADING):
            return None
        for start, end in self.around(a, sentence):
            span = find_occasion(self.text, start, end)
            if span is not None:
                return span
        return None


def _same_day(a: Mark, b: Mark) -> bool:
    return a.is_day and b.is_day and (a.meaning, a.value) == (b.meaning, b.value)
