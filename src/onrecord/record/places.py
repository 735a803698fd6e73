"""What a record has for one question: candidates, their pages' quotations, whose words they are.

In: a Lookup, the words asked about, a claimed speaker. Out: Matches, SpeakerMatch. Everything is fetched
once. Leaves the comparing to `judge`, the verdict to `check`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.record.align import Wording, read_wording
from onrecord.record.answer import Found, Lookup, SpeakerMatch
from onrecord.record.judge import SPLICED_WEIGHT, Match, judge
from onrecord.record.names import same_name, surname_of
from onrecord.record.quoted import Part, Recorded, pair_marks, quotations
from onrecord.record.rarity import is_common, total, weight
from onrecord.record.results import Candidate, Entry, Paragraph
from onrecord.types import ARTICLE_ZONES, Span, SpeakerKind, Unresolved

#: Statements that are looked at for one quotation, and pages whose quotations are read whole.
MAX_CANDIDATES = 60
MAX_PAGES = 12
#: The same where some statement has the very words.
MAX_EXACT_PAGES = 6
#: Pages that are read for what these lack, and sentences of the quotation that each bring a phrase.
MAX_OTHERS, MAX_SENTENCES = 3, 12
#: A statement with less of the quotation's weight has no part of it.
LEAST_SHARE = 0.04
#: A page is read whole if one of its statements has such a share of the weight, and so much of the best
#: one's share; where another statement has the very words, such a share.
NEAR_SHARE, NEAR_BEST, NEAR_EXACT_SHARE = 0.15, 0.35, 0.7
#: Recorded quotations that are compared word by word, and the least share of the weight that they have.
MAX_ALIGNED, ALIGNED_SHARE = 24, 0.3
#: Kinds whose words name nobody outside their own article.
LOCAL_KINDS = frozenset({SpeakerKind.GROUP, SpeakerKind.UNNAMED, SpeakerKind.DOCUMENT})
#: Where a claimed speaker must be named for words of which nobody is settled: this many paragraphs before
#: theirs and so many characters to either side.
PARAGRAPHS_BEFORE, MAX_NEAR = 2, 1_500
#: The speaker's name before his words, as transcripts print it: "RUIZ: Well, look".
_LABEL = re.compile(r"\s*([A-Z][A-Z.'’ -]{1,40}):\s")
#: Rare words whose counts are asked for, rows that single words may bring, phrases of common words.
MAX_WORD_CHARS = 60
MAX_RARE, MAX_ROWS, MAX_PHRASES, PHRASE_WORDS = 8, 1_000, 6, 3


class Places:
    """What has been fetched for one question, each once."""

    def __init__(self, lookup: Lookup, claimed: str | None) -> None:
        self.lookup, self.claimed = lookup, claimed
        self.texts: dict[int, str] = {}
        self.recorded: dict[int, tuple[Recorded, ...]] = {}
        self.statements: dict[int, Candidate] = {}
        self.known: dict[int, Entry] = {}
        self.found: dict[str | None, Sequence[Found]] = {}
        self.there: dict[int, Sequence[Found]] = {}
        self.read: tuple[Paragraph, ...] | None = None

    def find(self, query: Wording, speaker: str | None) -> Sequence[Found]:
        """Statements that have something of the query, of a speaker of that name if one is given."""
        if speaker not in self.found:
            phrases = phrases_for(query, self.lookup)
            self.found[speaker] = self.lookup.find(phrases, speaker=speaker, limit=MAX_CANDIDATES)
        return self.found[speaker]

    def has_more(self, speaker: str | None) -> bool:
        """Whether there are more candidates than were looked at, so that a speaker's own may be missing."""
        return self.claimed is not None and len(self.found.get(speaker, ())) >= MAX_CANDIDATES

    def paragraphs(self, query: Wording) -> tuple[Paragraph, ...]:
        if self.read is None:
            self.read = tuple(self.lookup.paragraphs(phrases_for(query, self.lookup), limit=MAX_PAGES))
        return self.read

    def text(self, page: int) -> str:
        if page not in self.texts:
            self.texts[page] = self.lookup.text(page)
        return self.texts[page]

    def on_page(self, page: int) -> Sequence[Found]:
        """All statements of a page."""
        if page not in self.there:
            self.there[page] = self.lookup.on_page(page)
        return self.there[page]

    def candidates(self, numbers: Sequence[int]) -> list[Candidate]:
        """Statements with their places."""
        missing = [number for number in numbers if number not in self.statements]
        self.statements.update((c.number, c) for c in self.lookup.candidates(missing))
        return [self.statements[number] for number in numbers]

    def quotations(self, page: int, query: Wording) -> tuple[Recorded, ...]:
        """The page's quotations, as far as they have anything of the query."""
        if page not in self.recorded:
            words = {w.folded for w in query.words}
            least = LEAST_SHARE * total(words)
            near = [f.number for f in self.on_page(page) if total(words & set(f.words.split(" "))) >= least]
            self.recorded[page] = quotations(self.text(page), self.candidates(near))
        return self.recorded[page]

    def entry(self, number: int) -> Entry:
        if number not in self.known:
            self.known.update((e.number, e) for e in self.lookup.entries([number]))
        return self.known[number]

    def match(self, match: Match) -> SpeakerMatch:
        """The claimed speaker against that of a recorded quotation."""
        if self.claimed is None:
            return SpeakerMatch.NOT_ASKED
        page = match.recorded.page
        found = set()
        for part in match.recorded.parts_of(match.start, match.end):
            label = _LABEL.match(self.text(page), part.span.start)
            if label:
                found.add(SpeakerMatch.SAME if same_name(self.claimed, label[1]) else SpeakerMatch.OTHER)
            elif part.statement >= 0:
                found.add(self.match_statement(part.statement))
            else:
                found.add(self.unsettled(page, part.span))
        for answer in (SpeakerMatch.SAME, SpeakerMatch.OPEN):
            if answer in found:
                return answer
        return SpeakerMatch.OTHER

    def match_statement(self, number: int) -> SpeakerMatch:
        """The claimed speaker against that of a statement.

        A name that somebody has only in one article ("a spokesman") settles nobody.
        """
        if self.claimed is None:
            return SpeakerMatch.NOT_ASKED
        entry = self.entry(number)
        speaker = entry.statement.speaker
        names = [name for ref in entry.speakers for name in (ref.name, *self.lookup.aliases(ref.number))]
        if not isinstance(speaker, Unresolved):
            names += speaker.names
            if speaker.on_behalf_of:
                names.append(speaker.on_behalf_of)
        if any(same_name(self.claimed, name) for name in names):
            return SpeakerMatch.SAME
        if isinstance(speaker, Unresolved):
            if entry.source and same_name(self.claimed, entry.source.split(",")[0]):
                return SpeakerMatch.SAME
            if any(same_name(self.claimed, name) for name in speaker.candidates):
                return SpeakerMatch.OPEN
            if _names_somebody(entry.source):
                return SpeakerMatch.OTHER
        elif speaker.kind not in LOCAL_KINDS:
            return SpeakerMatch.OTHER
        return self.unsettled(self.candidates([number])[0].page, entry.statement.attribution.content[0])

    def unsettled(self, page: int, span: Span) -> SpeakerMatch:
        """For words of which it is not settled who spoke them: OTHER where the claimed speaker is not even
        named in their paragraph or the PARAGRAPHS_BEFORE it, else OPEN."""
        if self.claimed is None:
            return SpeakerMatch.NOT_ASKED
        text = self.text(page)
        start = span.start
        for _ in range(PARAGRAPHS_BEFORE + 1):
            start = max((text.rfind(c, 0, start) for c in "\r\n"), default=-1)
            while start > 0 and text[start - 1].isspace():
                start -= 1
            if start <= 0:
                break
        end = min((at for c in "\r\n" if (at := text.find(c, span.end)) >= 0), default=len(text))
        near = text[max(0, start, span.start - MAX_NEAR) : min(end, span.end + MAX_NEAR)]
        surname = surname_of(self.claimed)
        is_named = any(w.key.removesuffix("'s") == surname for w in read_wording(near).words)
        return SpeakerMatch.OPEN if is_named else SpeakerMatch.OTHER


def _names_somebody(source: str) -> bool:
    """Whether the words that name the speaker hold a proper name (a capital inside them)."""
    words = read_wording(". " + source.split(",")[0]).words
    return any(source[w.start - 2].isupper() for w in words if w.start >= 2 and not is_common(w.key))


def phrases_for(query: Wording, lookup: Lookup) -> list[tuple[str, ...]]:
    """What to look for: rare words alone, common ones in company. The record's own counts decide."""
    words = [w.folded for w in query.words if len(w.folded) <= MAX_WORD_CHARS]
    if not words:
        return []
    by_rarity = sorted(dict.fromkeys(words), key=lambda w: (-weight(w), w))
    counts = lookup.frequencies(by_rarity[:MAX_RARE])
    out: list[tuple[str, ...]] = []
    room = MAX_ROWS
    for word in sorted(counts, key=lambda w: (counts[w], w)):
        if 0 < counts[word] <= room:
            out.append((word,))
            room -= counts[word]
    size = min(PHRASE_WORDS, len(words))
    windows = [tuple(words[i : i + size]) for i in range(len(words) - size + 1)]
    best = sorted(range(len(windows)), key=lambda i: (-total(windows[i]), i))
    taken: list[int] = []
    for i in best:
        if len(taken) < MAX_PHRASES and all(abs(i - j) >= size - 1 for j in taken):
            taken.append(i)
    ends = [*(start for start in sorted(query.starts | {0}) if start < len(words)), len(words)]
    for start, end in pairwise(ends[-MAX_SENTENCES - 1 :]):
        inside = [i for i in best if start <= i <= end - size]
        taken += inside[:1]
    return out + [windows[i] for i in sorted(set(taken))]


def find_matches(places: Places, query: Wording, speaker: str | None) -> list[Match]:
    """Recorded quotations that have something of the query, the nearest first."""
    words = {w.folded for w in query.words}
    whole = total(words)
    line = f" {' '.join(w.folded for w in query.words)} "
    ranked = sorted(
        (
            (line in f" {f.words} ", total(words & set(f.words.split(" "))) / whole, f)
            for f in places.find(query, speaker)
        ),
        key=lambda x: (not x[0], -x[1], x[2].page, x[2].number),
    )
    exact = any(is_exact for is_exact, _, _ in ranked)
    best = max((share for _, share, _ in ranked), default=0.0)
    least = NEAR_EXACT_SHARE if exact else max(NEAR_SHARE, NEAR_BEST * best)
    near = [f.page for is_exact, share, f in ranked if is_exact or share >= least]
    pages = list(dict.fromkeys(near))[: MAX_EXACT_PAGES if exact else MAX_PAGES]
    if not exact:
        pages += _others(words, [(f.page, set(f.words.split(" "))) for _, _, f in ranked], pages)
    recorded = [r for page in pages for r in places.quotations(page, query)]
    if not exact:
        recorded += _unread(places, query)
    keys = set(query.keys)
    weight_of_keys = total(keys)
    likely = sorted(
        ((total(keys & set(r.wording.keys)) / weight_of_keys, i) for i, r in enumerate(recorded)),
        key=lambda x: (-x[0], x[1]),
    )
    out = []
    for share, i in likely[:MAX_ALIGNED]:
        if share < ALIGNED_SHARE and not query.gaps:
            break
        match = judge(query, recorded[i], places.text(recorded[i].page))
        if match:
            out.append(match)
    return sorted(out, key=lambda m: (not m.is_good, m.is_marked, -m.score, m.recorded.page_id, m.start))


def _others(keys: set[str], candidates: Sequence[tuple[int, set[str]]], pages: Sequence[int]) -> list[int]:
    """Pages with most of what the pages chosen so far lack: the other part of a spliced quotation."""
    lacking = keys - {word for page, words in candidates if page in pages for word in words}
    least = total(lacking) / 2
    if least < SPLICED_WEIGHT:
        return []
    found = [page for page, words in candidates if page not in pages and total(lacking & words) >= least]
    return list(dict.fromkeys(found))[:MAX_OTHERS]


def _unread(places: Places, query: Wording) -> list[Recorded]:
    """Quotations that the page has inside marks and that no statement covers."""
    keys = set(query.keys)
    least = ALIGNED_SHARE * total(keys)
    out = []
    for paragraph in places.paragraphs(query):
        if paragraph.zone not in ARTICLE_ZONES:
            continue
        for a, b in pair_marks(paragraph.text):
            words = read_wording(paragraph.text[a:b], paragraph.span.start + a)
            if total(keys & set(words.keys)) < least:
                continue
            span = Span(paragraph.span.start + a, paragraph.span.start + b)
            read = places.candidates([f.number for f in places.on_page(paragraph.page)])
            if not any(p.start < span.end and span.start < p.end for s in read for p in s.pieces):
                out.append(Recorded(paragraph.page, paragraph.page_id, (Part(span, -1),), (), words))
    return out
