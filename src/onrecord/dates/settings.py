"""A Setting for every attribution: the day it was said and the occasion.

In: an Article, its attributions, perhaps its copy's date. Out: a Setting for each, in their order.

A day comes from the words of the attribution's own sentence outside what was said; failing those, from the
statement before it of the same speaker, or from the day that the article's beginning tells of, where the verb
is a plain past tense and no other time is told between. What is said in general ("has long said") has no day.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from onrecord.dates import lists
from onrecord.dates.days import Mark, Meaning, find_marks, resolve_mark
from onrecord.dates.occasions import find_occasion
from onrecord.text import innermost, paragraphs, quoted_spans, sentences
from onrecord.types import (
    ARTICLE_ZONES,
    Article,
    Attribution,
    CopyEvidence,
    Day,
    Evidence,
    Occasion,
    Precision,
    Setting,
    Span,
    TextEvidence,
    Unresolved,
    When,
    ZoneKind,
)

_NO_DATE = "the page has no date"
#: A day is carried on to the same speaker's words over at most this many paragraphs.
REACH = 10
#: Words for times beyond this many in one sentence are a list, not a telling.
MAX_MARKS = 12
#: The day of the story is told in the first so many sentences of the body.
STORY_SENTENCES = 5
#: Another day than the story's holds for so many paragraphs after the one that tells it.
LOCAL_PARAGRAPHS = 2
_FUTURE = re.compile(
    r"\b(?:will|would|shall|is|are|to be|due|scheduled|expected|plans?|planned|set|slated|available|premieres?|airs?)\b"
)
_SUBORDINATE = re.compile(r"\b(?:who|which|that|as|while|when|after|before|because|since|until|if|whether)\b")
_VAGUE = re.compile(r"(?:an?|one|another|some|no one|nobody|many|most)(?:\s|$)", re.IGNORECASE)
_OTHER_CLAUSE = re.compile(
    r"[“”\"]|;|\b(?:who|which|that|where|when|after|before|because|since|as|until|and|but|while)\b"
)
_PERFECT = re.compile(
    r"\b(?:has|have|had|having|would|could|might|may|will|can|should|must|to|never|does|do|is|are|am|was|were|be|been|"
    r"long|repeatedly)\b|['’](?:ve|s|d|ll)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    paragraph: int
    zone: ZoneKind
    marks: tuple[Mark, ...]  # outside quotation marks
    told: tuple[Mark, ...]  # and outside all that is said


@dataclass(frozen=True, slots=True)
class _Told:
    """A day that was told: by which mark, and in which sentence it was last known to hold."""

    mark: Mark
    sentence: int


def resolve_settings(
    article: Article, attributions: Sequence[Attribution], published: When | None = None
) -> tuple[Setting, ...]:
    """The setting of each attribution. published: the day of a copy, for an article that has none."""
    if not attributions:
        return ()
    return _Timeline(article, tuple(attributions), published).settings()


def _seen_from(article: Article, published: When | None) -> tuple[date | None, Evidence | None]:
    own = article.published if isinstance(article.published, When) else None
    when = own or published
    if when is None or when.precision not in (Precision.DAY, Precision.TIME):
        return None, None
    try:
        return date.fromisoformat(when.date[:10]), None if when is own and not isinstance(
            when.evidence, CopyEvidence
        ) else when.evidence
    except ValueError:
        return None, None


class _Timeline:
    """One article while its days are looked for."""

    def __init__(
        self, article: Article, attributions: tuple[Attribution, ...], published: When | None
    ) -> None:
        self.text = article.page.text
        self.attributions = attributions
        self.day, self.outside = _seen_from(article, published)
        self.sentences: list[_Sentence] = []
        self.quoted: list[Span] = []
        self._lay_out(article)
        self.starts = [s.start for s in self.sentences]
        self.quote_starts = [q.start for q in self.quoted]
        self.places = [self._anchor(a) for a in attributions]
        self.order = sorted(range(len(attributions)), key=lambda i: (self._first(i), i))
        self.rank = {i: n for n, i in enumerate(self.order)}
        self.who = self._speakers()
        self.story: Mark | None = None
        self.in_sentence: dict[int, list[int]] = {}
        for i in self.order:
            self.in_sentence.setdefault(self._at(self.places[i]), []).append(i)

    def _lay_out(self, article: Article) -> None:
        said = self.said = _merged(s for a in self.attributions for s in a.content)
        said_starts = self.said_starts = [s.start for s in said]
        n = 0
        for kind, stretch in innermost(article.zones, len(self.text)):
            if kind not in ARTICLE_ZONES:
                continue
            for paragraph in paragraphs(self.text, stretch.start, stretch.end):
                quoted = list(quoted_spans(self.text, paragraph))
                self.quoted.extend(quoted)
                starts = [q.start for q in quoted]
                for s in sentences(self.text, paragraph.start, paragraph.end):
                    marks = tuple(
                        m
                        for m in islice(find_marks(self.text, s.start, s.end), MAX_MARKS)
                        if not _covers(quoted, starts, m.span.start)
                    )
                    told = tuple(m for m in marks if not _covers(said, said_starts, m.span.start))
                    self.sentences.append(_Sentence(s.start, s.end, n, kind, marks, told))
                n += 1

    def _at(self, point: int) -> int:
        return bisect_right(self.starts, point) - 1

    def settings(self) -> tuple[Setting, ...]:
        """The setting of each attribution, in their order."""
        told: dict[int, _Told] = {}
        rule: dict[int, str] = {}
        elsewhen: set[int] = set()
        for i in self.order:
            mark, other = self._own_mark(i)
            if mark is not None:
                told[i], rule[i] = _Told(mark, self._at(self.places[i])), mark.meaning.value
            elif other:
                elsewhen.add(i)
        passages = self._passages(told)
        for i in self.order:
            if i in told or i in elsewhen or not self._is_plain(i):
                continue
            found = self._inherited(i, told, elsewhen)
            rule[i] = "inherited"
            if found is None:
                found, rule[i] = self._of_passage(i, passages), "passage"
            if found is not None:
                told[i] = found
        for i in self.order:
            if i not in told and i not in elsewhen and self._is_plain(i):
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

    # --------------------------------------------------------------------- one attribution

    def _first(self, i: int) -> int:
        a = self.attributions[i]
        return min(s.start for s in (*a.source, *a.cue, *a.content))

    @staticmethod
    def _anchor(a: Attribution) -> int:
        """Where the saying is told: the cue, else the source, else the words themselves."""
        return (a.cue or a.source or a.content)[0].start

    def _own_mark(self, i: int) -> tuple[Mark | None, bool]:
        """The mark that dates this saying, and whether its sentence tells that it was at another time."""
        a = self.attributions[i]
        here = self._at(self.places[i])
        if here < 0:
            return None, False
        sentence = self.sentences[here]
        inside = any(s.start <= self.places[i] < s.end for b in self._mates(here, i) for s in b.content)
        marks = sentence.marks if inside else sentence.told
        marks = tuple(m for m in marks if not any(s.start <= m.span.start < s.end for s in a.content))
        if not marks:
            return None, False
        days = [m for m in marks if m.is_day and not m.attributive and self._is_of(i, m, here)]
        other = any(not m.is_day and (not m.weak or self._is_of(i, m, here)) for m in marks)
        if not days or (self._tense(i) in ("perfect", "none") and not self._right_after(i, days)):
            return None, other
        return min(days, key=lambda m: (abs(m.span.start - self.places[i]), m.span.start)), other

    def _mates(self, sentence: int, i: int) -> list[Attribution]:
        return [self.attributions[k] for k in self.in_sentence.get(sentence, ()) if k != i][:20]

    def _right_after(self, i: int, days: list[Mark]) -> bool:
        a = self.attributions[i]
        end = max((s.end for s in a.cue), default=self.places[i])
        return any(0 <= m.span.start - end <= 14 for m in days)

    def _is_of(self, i: int, mark: Mark, here: int) -> bool:
        """Whether a mark may belong to this saying: no other verb's clause and no nearer saying between."""
        a = self.attributions[i]
        sentence = self.sentences[here]
        start = min((s.start for s in (*a.source, *a.cue)), default=self.places[i])
        end = max((s.end for s in a.cue), default=self.places[i])
        for k in self.in_sentence.get(here, ())[:20]:
            if (
                k != i
                and self.who[k] != self.who[i]
                and abs(self.places[k] - mark.span.start) < abs(self.places[i] - mark.span.start)
            ):
                return False
        if mark.span.start >= end:
            between = self.text[end : mark.span.start]
            return len(between) < 90 and not _OTHER_CLAUSE.search(between)
        if mark.span.start >= start:
            return True
        source = self.text[a.source[0].start : a.source[-1].end].lower() if a.source else ""
        if source in ("who", "which", "that", "whose") or self.text[end - 3 : end] == "ing":
            return False
        between = self.text[mark.span.end : start]
        if len(between) > 120 or re.search(r"[“”\"]|;", between):
            return False
        opening = self.text[sentence.start : mark.span.start].strip(" \"“‘'(☒\t\u00a0").lower()
        if opening in (
            "",
            "on",
            "late",
            "early",
            "late on",
            "early on",
            "but on",
            "and on",
            "then on",
            "by",
            "earlier",
        ):
            return True
        if len(between.strip()) <= 1:
            return not re.search(r"\b(?:before|after|until|since|ahead|by|for|next)\b", opening[-25:])
        if re.search(
            r"\b(?:before|after|until|since|ahead|by|for|next|who|which|that|when|as|while)\b", opening
        ):
            return False
        return (
            not re.search(r"\b(?:who|which|that|where)\b", between)
            and len(opening) < 60
            and len(between) < 60
        )

    def _tense(self, i: int) -> str:
        """past, participle, title, perfect (and whatever is no single event) or none."""
        a = self.attributions[i]
        here = self._at(self.places[i])
        zone = self.sentences[here].zone if here >= 0 else ZoneKind.BODY
        if not a.cue:
            return "past" if not a.source or a.continues is not None else "none"
        cue = " ".join(self.text[s.start : s.end] for s in a.cue).strip().lower()
        if zone is ZoneKind.TITLE:
            return "title" if a.source else "none"
        if not re.search(r"\w", cue) or "according to" in cue:
            return "past"
        cue = re.sub(r"\b(?:went|goes|continued|began|declined|refused) (?:on )?to\b", "went", cue)
        between = ""
        if a.source and a.source[-1].end <= a.cue[0].start < a.source[-1].end + 30:
            between = self.text[a.source[-1].end : a.cue[0].start]
        if (
            _PERFECT.search(cue)
            or _PERFECT.search(between)
            or cue.startswith(("'s ", "’s ", "for ", "in ", "of "))
        ):
            return "perfect"
        words = re.findall(r"[a-z’']+", cue)
        if any(w in lists.words("no_saying") for w in words) and not any(
            w in ("said", "told") for w in words
        ):
            return "none"
        if any(
            w in lists.words("past_verbs") or (w.endswith("ed") and w not in ("need", "indeed"))
            for w in words
        ):
            return "past"
        if any(w.endswith("ing") for w in words):
            return "participle"
        return "none"

    def _is_plain(self, i: int) -> bool:
        """Whether the saying is told as one event of the story: a plain past, a participle, a headline."""
        a = self.attributions[i]
        if self._tense(i) in ("perfect", "none"):
            return False
        if a.cue and not a.source and a.continues is None:
            return False
        source = " ".join(self.text[s.start : s.end] for s in a.source).lower().strip()
        here = self._at(self.places[i])
        if here >= 0 and self.sentences[here].zone is ZoneKind.TITLE:
            return True
        return source not in ("who", "which", "that", "whom", "whose")

    # --------------------------------------------------------------------------- passages

    def _speakers(self) -> dict[int, str]:
        """A rough key for whose words each is: a surname, or the one before for pronouns and none."""
        who: dict[int, str] = {}
        before = ""
        for i in self.order:
            a = self.attributions[i]
            words = " ".join(self.text[s.start : s.end] for s in a.source)
            head = re.split(r",|\(|\bwho\b|\bof\b|\bfor\b", words)[0]
            names = re.findall(r"[^\W\d_a-z][\w’'.-]+", re.sub(r"['’]s\b", "", head))
            lower = words.strip().lower()
            if names and names[-1].lower() not in ("he", "she", "they", "it", "the", "who"):
                key = names[-1].lower().strip(".")
            elif lower in ("he", "she", "who", "", "him", "his", "her", "they", "it") or (
                lower.startswith("the ") and before
            ):
                key = before
            else:
                key = lower
            who[i] = before = key
        return who

    def _inherited(self, i: int, told: dict[int, _Told], elsewhen: set[int]) -> _Told | None:
        """The day of the same speaker's statement before, where nothing between tells another time."""
        here = self._at(self.places[i])
        if here < 0:
            return None
        k = self.rank[i]
        for j in reversed(self.order[max(0, k - 16) : k]):
            if self.who[j] != self.who[i]:
                continue
            there = self._at(self.places[j])
            if there < 0 or self.sentences[here].paragraph - self.sentences[there].paragraph > REACH:
                return None
            if j in elsewhen:
                return None
            if j in told and told[j].mark.meaning is Meaning.WEEK:
                return None
            if j in told:
                return None if self._other_between(told[j].sentence, here) else _Told(told[j].mark, here)
        return None

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
        here = self._at(self.places[i])
        if here < 0:
            return None
        sentence = self.sentences[here]
        if sentence.zone not in (ZoneKind.TITLE, ZoneKind.DEK) and sentence.paragraph > 3:
            return None
        k = self.rank[i]
        for j in self.order[k + 1 : k + 10]:
            if self.who[j] == self.who[i] and j in told:
                return told[j] if told[j].sentence <= here + 12 else None
        return None

    def _passages(self, told: dict[int, _Told]) -> list[Mark | None]:
        """For each sentence the day that its passage tells of, or None.

        The story's own day (the first told of an event in the first lines) holds on until another time is
        told, and again from where it is named again; another day holds for a paragraph or two.
        """
        own = {(t.mark.span.start, t.mark.span.end) for t in told.values()}
        out: list[Mark | None] = []
        local: Mark | None = None
        on = False
        since = n_body = 0
        aside = -1
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
                on = True
            if events:
                local, since = events[-1], sentence.paragraph
                if self.story is not None and _same_day(local, self.story):
                    local = None
            if local is not None and sentence.paragraph - since > LOCAL_PARAGRAPHS:
                local = None
            out.append(local or (self.story if on and aside != sentence.paragraph else None))
        return out

    def _is_elsewhen(self, mark: Mark, sentence: _Sentence) -> bool:
        """Whether a mark takes the narration to another time (in a relative clause it does not)."""
        if mark.is_day or mark.weak:
            return False
        return not self._is_aside(mark, sentence)

    def _is_aside(self, mark: Mark, sentence: _Sentence) -> bool:
        before = re.split(r"[,;—(]", self.text[sentence.start : mark.span.start])[-1]
        return re.search(r"\b(?:who|which|whose|when|since|because|after|before)\b", before) is not None

    def _is_event(self, mark: Mark, sentence: _Sentence, own: set[tuple[int, int]]) -> bool:
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
        words = re.findall(r"[a-z]+", after if opens else before)
        if opens and _FUTURE.search(after):
            return False
        return any(
            w in lists.words("past_verbs") or w in ("was", "were") or (len(w) > 3 and w.endswith("ed"))
            for w in words
        )

    def _of_passage(self, i: int, passages: list[Mark | None]) -> _Told | None:
        """The day of the passage, for a source that is somebody in particular or a named group."""
        here = self._at(self.places[i])
        a = self.attributions[i]
        if here < 0 or not a.source or self._is_quoted(self.places[i]):
            return None
        if self.sentences[here].zone is ZoneKind.TITLE:
            return _Told(self.story, here) if self.story is not None else None
        source = self.text[a.source[0].start : a.source[-1].end]
        if _VAGUE.match(source) and not re.search(r",\s+[A-Z]", source):
            return None
        mark = passages[here]
        return _Told(mark, here) if mark is not None else None

    def _is_quoted(self, point: int) -> bool:
        return _covers(self.quoted, self.quote_starts, point)

    # -------------------------------------------------------------------------- occasions

    def _occasions(self, order: list[int], who: dict[int, str]) -> dict[int, Occasion]:
        found: dict[int, Occasion] = {}
        last: tuple[str, int, Occasion] | None = None
        for i in order:
            a = self.attributions[i]
            here = self._at(self.places[i])
            if here < 0:
                continue
            sentence = self.sentences[here]
            span = self._own_occasion(a, sentence)
            if span is not None:
                text = " ".join(self.text[span.start : span.end].split())
                found[i] = Occasion(text, TextEvidence(span))
                last = (who[i], here, found[i])
            elif last and last[0] == who[i] and here - last[1] <= 12 and self._is_plain(i):
                if sentence.told:
                    last = None
                    continue
                found[i] = last[2]
                last = (who[i], here, last[2])
        return found

    def _own_occasion(self, a: Attribution, sentence: _Sentence) -> Span | None:
        """An occasion told in the sentence outside what was said."""
        if sentence.zone in (ZoneKind.TITLE, ZoneKind.HEADING):
            return None
        said = list(_within(self.said, self.said_starts, sentence.start, sentence.end))
        place = self._anchor(a)
        holes = sorted(
            {(s.start, s.end) for s in said if not s.start <= place < s.end}
            | {(s.start, s.end) for s in a.content}
        )
        at = sentence.start
        for start, end in [*holes, (sentence.end, sentence.end)]:
            if start > at:
                span = find_occasion(self.text, at, min(start, sentence.end))
                if span is not None:
                    return span
            at = max(at, end)
            if at >= sentence.end:
                break
        return None


def _same_day(a: Mark, b: Mark) -> bool:
    return a.is_day and b.is_day and (a.meaning, a.value) == (b.meaning, b.value)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans as few that do not overlap, in order."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def _within(spans: Sequence[Span], starts: Sequence[int], start: int, end: int) -> Sequence[Span]:
    """Those of sorted spans that touch [start, end)."""
    i = max(0, bisect_right(starts, start) - 1)
    return [s for s in spans[i : bisect_right(starts, end)] if s.end > start and s.start < end]


def _covers(spans: Sequence[Span], starts: Sequence[int], point: int) -> bool:
    i = bisect_right(starts, point) - 1
    return i >= 0 and point < spans[i].end
