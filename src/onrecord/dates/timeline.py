"""One article while its days are looked for: sentences with their words for times, and each saying's own.

In: an Article, its attributions, who speaks them. Out: a `Timeline`: which mark dates a saying in its own sentence,
in which tense it is told, whose words it is. Leaves to others: how days are carried on (`settings`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from onrecord.dates import lists
from onrecord.dates.days import Mark, find_marks
from onrecord.text import innermost, paragraphs, quoted_spans, sentences
from onrecord.types import (
    ARTICLE_ZONES,
    Article,
    Attribution,
    CopyEvidence,
    Evidence,
    Precision,
    Span,
    Speaker,
    SpeakerKind,
    Unresolved,
    When,
    ZoneKind,
)

#: Words for times beyond this many in one sentence are a list, not a telling.
MAX_MARKS = 12
_OTHER_CLAUSE = re.compile(
    r"[“”\"]|;|\b(?:who|whom|whose|which|that|where|when|after|before|because|since|as|until|and|but|while)\b"
)
_PERFECT = re.compile(
    r"\b(?:has|have|had|having|would|could|might|may|will|can|should|must|to|never|does|do|is|are|am|was|were|be|been|"
    r"long|repeatedly|used to)\b|(?:^|\b(?:he|she|it|they|i|we|you|who|that|there))['’](?:ve|s|d|ll)\b",
    re.IGNORECASE,
)
#: A saying that is still to come has no day yet.
_AHEAD = re.compile(
    r"\b(?:will|shall|going to|(?:is|are|was|were) (?:to|set|due|expected|scheduled|slated)|plans? to)\b|['’]ll\b",
    re.IGNORECASE,
)
_SIDE_CLAUSE = re.compile(
    r"\b(?:after|before|since|because|though|although|while|whether|if)\s+(?:the\s+)?$", re.IGNORECASE
)
_RELATIVE = re.compile(r"^\s*,?\s*(?:who|which)\b")


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    paragraph: int
    zone: ZoneKind
    marks: tuple[Mark, ...]  # outside quotation marks
    told: tuple[Mark, ...]  # and outside all that is said


def _seen_from(article: Article, published: When | None) -> tuple[date | None, Evidence | None]:
    """The day that the article's days are counted from: its own, its copy's, or when it was last updated."""
    own = article.published if isinstance(article.published, When) else None
    updated = article.modified if article.published is None and isinstance(article.modified, When) else None
    when = own or published or updated
    if when is None or when.precision not in (Precision.DAY, Precision.TIME):
        return None, None
    try:
        return date.fromisoformat(when.date[:10]), None if when is not published and not isinstance(
            when.evidence, CopyEvidence
        ) else when.evidence
    except ValueError:
        return None, None


class Timeline:
    """One article and its attributions, laid out; everything by the index of an attribution."""

    def __init__(
        self,
        article: Article,
        attributions: tuple[Attribution, ...],
        published: When | None,
        speakers: tuple[Speaker | Unresolved, ...] = (),
    ) -> None:
        self.text = article.page.text
        self.attributions = attributions
        self.day, self.outside = _seen_from(article, published)
        self.sentences: list[Sentence] = []
        self.quoted: list[Span] = []
        self._lay_out(article)
        self.starts = [s.start for s in self.sentences]
        self.quote_starts = [q.start for q in self.quoted]
        self.places = [self.anchor(a) for a in attributions]
        self.order = sorted(range(len(attributions)), key=lambda i: (self.first(i), i))
        self.rank = {i: n for n, i in enumerate(self.order)}
        self.speakers = speakers
        self.who = self._speakers(speakers)
        self.story: Mark | None = None
        self.own: set[tuple[int, int]] = set()  # the marks that date a saying of themselves
        self.in_sentence: dict[int, list[int]] = {}
        for i in self.order:
            self.in_sentence.setdefault(self.at(self.places[i]), []).append(i)

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
                    self.sentences.append(Sentence(s.start, s.end, n, kind, marks, told))
                n += 1

    def at(self, point: int) -> int:
        return bisect_right(self.starts, point) - 1

    def first(self, i: int) -> int:
        a = self.attributions[i]
        return min(s.start for s in (*a.source, *a.cue, *a.content))

    @staticmethod
    def anchor(a: Attribution) -> int:
        """Where the saying is told: the cue, else the source, else the words themselves."""
        return (a.cue or a.source or a.content)[0].start

    def own_mark(self, i: int) -> tuple[Mark | None, bool]:
        """The mark that dates this saying, and whether its sentence tells that it was at another time."""
        a = self.attributions[i]
        here = self.at(self.places[i])
        if here < 0:
            return None, False
        sentence = self.sentences[here]
        inside = any(s.start <= self.places[i] < s.end for b in self._mates(here, i) for s in b.content)
        marks = sentence.marks if inside else sentence.told
        marks = tuple(m for m in marks if not any(s.start <= m.span.start < s.end for s in a.content))
        if not marks:
            return None, False
        if _AHEAD.search(self.verb_phrase(a)):
            return None, True
        days = [m for m in marks if m.is_day and not m.attributive and self._is_of(i, m, here)]
        other = any(not m.is_day and (not m.weak or self._is_of(i, m, here)) for m in marks)
        if not days or (self.tense(i) in ("perfect", "none") and not self._right_after(i, days)):
            return None, other
        return min(days, key=lambda m: (abs(m.span.start - self.places[i]), m.span.start)), other

    def verb_phrase(self, a: Attribution) -> str:
        """The cue, with the words between it and the source before it."""
        if not a.cue:
            return ""
        start = a.cue[0].start
        if a.source and a.source[-1].end <= start < a.source[-1].end + 30:
            start = a.source[-1].end
        return self.text[start : a.cue[-1].end]

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
            said = max((s.end for s in a.content if end <= s.start and s.end <= mark.span.start), default=0)
            between = self.text[max(end, said) : mark.span.start]
            if said and said - end < 160 and re.fullmatch(r"[\s”\"'’,.]{0,4}(?:on |late |early )?", between):
                return True
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

    def tense(self, i: int) -> str:
        """past, participle, title, perfect (and whatever is no single event) or none."""
        a = self.attributions[i]
        here = self.at(self.places[i])
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
        words = re.findall(r"[a-z’']+", cue)
        verb = next((w for w in words if not w.endswith("ly") and w not in _ADVERBS), "")
        plain = is_past(verb) and not cue.startswith(("used to", "need"))
        if (
            (_PERFECT.search(cue) and not plain)
            or _PERFECT.search(between)
            or cue.startswith(("'s ", "’s ", "for ", "in ", "of "))
        ):
            return "perfect"
        if any(w in lists.words("no_saying") for w in words) and not any(
            w in ("said", "told") for w in words
        ):
            return "none"
        if any(is_past(w) for w in words):
            return "past"
        if any(w.endswith("ing") for w in words):
            return "participle"
        return "none"

    def is_plain(self, i: int) -> bool:
        """Whether the saying is told as one event of the story: a plain past, a participle, a headline."""
        a = self.attributions[i]
        if self.tense(i) in ("perfect", "none"):
            return False
        if a.cue and not a.source and a.continues is None:
            return False
        source = " ".join(self.text[s.start : s.end] for s in a.source).lower().strip()
        here = self.at(self.places[i])
        if here >= 0 and self.sentences[here].zone is ZoneKind.TITLE:
            return True
        return source not in ("who", "which", "that", "whom", "whose")

    def _speakers(self, speakers: tuple[Speaker | Unresolved, ...]) -> dict[int, str]:
        """A key for whose words each is: the speaker's name; else, roughly, a surname, or the one before for
        pronouns and none."""
        who: dict[int, str] = {}
        before = ""
        for i in self.order:
            a = self.attributions[i]
            speaker = speakers[i] if speakers else None
            if isinstance(speaker, Speaker) and speaker.kind in (
                SpeakerKind.PERSON,
                SpeakerKind.ORGANIZATION,
            ):
                who[i] = before = " + ".join(speaker.names)
                continue
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

    def is_outside(self, a: Attribution, source: str) -> bool:
        """Whether a source is no part of the passage's story: figures, reports, who comments from outside."""
        cue = " ".join(self.text[s.start : s.end] for s in a.cue).lower()
        words = re.findall(r"[a-z]+", source.lower())
        if not words or source[0].isdigit() or "according to" in cue or "percent" in words:
            return True
        start = a.source[0].start
        if _SIDE_CLAUSE.search(self.text, max(0, start - 24), start) or _RELATIVE.search(self.verb_phrase(a)):
            return True
        if a.cue and a.cue[-1].end <= start and cue.endswith((" from", " of", " by")):
            return True
        return any(w.removesuffix("s") in lists.words("outsiders") for w in words)

    def is_nobody(self, i: int) -> bool:
        """Whether a source is a document or somebody unnamed: their words have no day of the passage."""
        speaker = self.speakers[i] if self.speakers else None
        nobody = (SpeakerKind.DOCUMENT, SpeakerKind.UNNAMED)
        return isinstance(speaker, Speaker) and speaker.kind in nobody

    def tells(self, what: re.Pattern[str], a: Attribution, sentence: Sentence) -> bool:
        """Whether a sentence has such words outside what is said in it."""
        return any(what.search(self.text, start, end) for start, end in self.around(a, sentence))

    def is_quoted(self, point: int) -> bool:
        return _covers(self.quoted, self.quote_starts, point)

    def around(self, a: Attribution, sentence: Sentence) -> Iterator[tuple[int, int]]:
        """The stretches of a sentence outside what is said in it (but what the saying itself stands in)."""
        said = list(_within(self.said, self.said_starts, sentence.start, sentence.end))
        place = self.anchor(a)
        holes = sorted(
            {(s.start, s.end) for s in said if not s.start <= place < s.end}
            | {(s.start, s.end) for s in a.content}
        )
        at = sentence.start
        for start, end in [*holes, (sentence.end, sentence.end)]:
            if start > at:
                yield at, min(start, sentence.end)
            at = max(at, end)
            if at >= sentence.end:
                return


_ADVERBS = frozenset({"also", "then", "later", "again", "once", "first", "just", "even", "still", "soon"})


def is_past(word: str) -> bool:
    """Whether a word in lower case has the form of a past tense."""
    return word in lists.words("past_verbs") or (word.endswith("ed") and word not in ("need", "indeed"))


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
