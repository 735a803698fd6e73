"""What a record has for one question: candidates, their pages' quotations, whose words they are.

In: a Lookup, the words asked about, a claimed speaker. Out: what is on record of them, each thing fetched
once; SpeakerMatch. Leaves choosing what to compare to `matching`, the comparing to `judge`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.record.answer import Found, Likely, Lookup, SpeakerMatch
from onrecord.record.denied import is_denied
from onrecord.record.folding import typed
from onrecord.record.judge import SPLICED_WEIGHT, SPLICED_WORDS, Match, judge
from onrecord.record.names import same_name, surname_of
from onrecord.record.quoted import Part, Recorded, quotations
from onrecord.record.rarity import is_common, total, weight
from onrecord.record.results import Candidate, Entry, Paragraph
from onrecord.record.unsaid import is_unsaid
from onrecord.record.wording import Wording, read_wording
from onrecord.types import Span, SpeakerKind, Unresolved

#: Statements that are looked at for one quotation, and paragraphs.
MAX_CANDIDATES, MAX_PARAGRAPHS = 40, 8
#: A statement has something of the quotation from such a share of its weight on; one with less may go on where
#: that leaves off: so many to either side are looked at too, if they have the lesser share.
SOME_SHARE, BESIDE, BESIDE_SHARE = 0.12, 2, 0.04
#: A recorded quotation with a smaller share, and without a stretch of RUN_WORDS that weighs RUN_WEIGHT, is not
#: the one asked about nor a part of it.
WORTH_SHARE, RUN_WORDS, RUN_WEIGHT = 0.35, SPLICED_WORDS, SPLICED_WEIGHT
#: Kinds whose words name nobody outside their own article.
LOCAL_KINDS = frozenset({SpeakerKind.GROUP, SpeakerKind.UNNAMED, SpeakerKind.DOCUMENT})
#: Where a claimed speaker must be named for words of which nobody is settled: this many paragraphs before
#: theirs and so many characters to either side.
PARAGRAPHS_BEFORE, MAX_NEAR = 2, 1_500
#: Characters before quoted words in which a denial of them is looked for.
MAX_LEAD = 160
#: The speaker's name before his words, as transcripts print it: "RUIZ: Well, look".
_LABEL = re.compile(r"\s*([A-Z][A-Z.'’ -]{1,40}):\s")


class Wanted:
    """The words asked about, as sets and lines: what tells fast whether something is worth comparing."""

    def __init__(self, query: Wording) -> None:
        words = [w.folded for w in query.words]
        self.words = frozenset(words)
        self.line = f" {' '.join(words)} "
        self._weights = tuple((word, weight(word)) for word in sorted(self.words))
        self._weight = total(self.words)
        runs = (words[i : i + RUN_WORDS] for i in range(len(words) - RUN_WORDS + 1))
        self._runs = tuple(f" {' '.join(run)} " for run in runs if total(run) >= RUN_WEIGHT)

    def share(self, words: str) -> float:
        """How much of the weight some folded words have, in whatever order."""
        return total(self.words.intersection(words.split(" "))) / self._weight

    def most(self, text: str) -> float:
        """How much of the weight a text can have at most: by its letters, without cutting it into words."""
        plain = typed(text).lower()
        if not plain.isascii():
            return 1.0
        return sum(heavy for word, heavy in self._weights if word in plain) / self._weight + 1e-9

    def has_run(self, words: str) -> bool:
        """Whether they have a stretch in common that can be a part of a spliced quotation."""
        line = f" {words} "
        return any(run in line for run in self._runs)

    def is_worth(self, words: str) -> bool:
        """Whether a recorded quotation of these folded words is worth comparing word by word."""
        return self.share(words) >= WORTH_SHARE or self.has_run(words)


def _beside(statements: Sequence[Found], wanted: Wanted) -> list[Found]:
    """The statements that have something of the query, and those close to them with a little."""
    most = [wanted.most(f.content) for f in statements]
    some = {i for i, f in enumerate(statements) if most[i] >= SOME_SHARE <= wanted.share(f.words)}
    close = {k for i in some for k in range(max(0, i - BESIDE), min(len(most), i + BESIDE + 1))} - some
    a_little = {i for i in close if most[i] >= BESIDE_SHARE <= wanted.share(statements[i].words)}
    return [statements[i] for i in sorted(some | a_little)]


class Places:
    """What has been fetched for one question, each once."""

    def __init__(self, lookup: Lookup, claimed: str | None) -> None:
        self.lookup, self.claimed = lookup, claimed
        self.texts: dict[int, str] = {}
        self.recorded: dict[int, tuple[Recorded, ...]] = {}
        self.matches: dict[tuple[int, tuple[Part, ...]], Match | None] = {}
        self.unread: list[Recorded] | None = None
        self.statements: dict[int, Candidate] = {}
        self.known: dict[int, Entry] = {}
        self.likely: Likely | None = None
        self.found: dict[str | None, Sequence[Found]] = {}
        self.there: dict[int, Sequence[Found]] = {}
        self.read: tuple[Paragraph, ...] | None = None

    def find(self, query: Wording, speaker: str | None) -> Sequence[Found]:
        """Statements that have something of the query, of a speaker of that name if one is given."""
        if self.likely is None:
            self.likely = self.lookup.likely([w.folded for w in query.words])
        if speaker not in self.found:
            self.found[speaker] = self.likely.of(speaker, MAX_CANDIDATES)
        return self.found[speaker]

    def has_more(self, speaker: str | None) -> bool:
        """Whether there are more candidates than were looked at."""
        return len(self.found.get(speaker, ())) >= MAX_CANDIDATES

    def paragraphs(self, query: Wording) -> tuple[Paragraph, ...]:
        """Paragraphs of any zone that may have the query."""
        if self.read is None:
            words = [w.folded for w in query.words]
            self.read = tuple(self.lookup.paragraphs(words, limit=MAX_PARAGRAPHS))
        return self.read

    def text(self, page: int) -> str:
        if page not in self.texts:
            self.texts[page] = self.lookup.text(page)
        return self.texts[page]

    def on_page(self, page: int) -> Sequence[Found]:
        """All statements of a page."""
        self._fetch([page])
        return self.there[page]

    def _fetch(self, pages: Sequence[int]) -> None:
        """The statements of some pages, all at once."""
        missing = [page for page in pages if page not in self.there]
        if missing:
            found: dict[int, list[Found]] = {page: [] for page in missing}
            for statement in self.lookup.on_pages(missing):
                found[statement.page].append(statement)
            self.there.update(found)

    def candidates(self, numbers: Sequence[int]) -> list[Candidate]:
        """Statements with their places."""
        missing = [number for number in numbers if number not in self.statements]
        if missing:
            self.statements.update((c.number, c) for c in self.lookup.candidates(missing))
        return [self.statements[number] for number in numbers]

    def quotations(self, pages: Sequence[int], wanted: Wanted) -> list[Recorded]:
        """The quotations of some pages, as far as they have anything of what is wanted."""
        missing = [page for page in pages if page not in self.recorded]
        self._fetch(missing)
        near = {page: [f.number for f in _beside(self.there[page], wanted)] for page in missing}
        self.candidates([number for numbers in near.values() for number in numbers])
        for page, numbers in near.items():
            self.recorded[page] = (
                quotations(self.text(page), self.candidates(numbers), wanted.is_worth) if numbers else ()
            )
        return [recorded for page in pages for recorded in self.recorded[page]]

    def judged(self, query: Wording, recorded: Recorded) -> Match | None:
        """The query against a recorded quotation."""
        key = recorded.page, recorded.parts
        if key not in self.matches:
            self.matches[key] = judge(query, recorded, self.text(recorded.page))
        return self.matches[key]

    def look_up(self, numbers: Sequence[int]) -> None:
        """Statements that will be asked for one by one, all at once."""
        missing = [number for number in numbers if number not in self.known]
        self.known.update((e.number, e) for e in self.lookup.entries(missing))
        self.candidates(numbers)

    def entry(self, number: int) -> Entry:
        if number not in self.known:
            self.known.update((e.number, e) for e in self.lookup.entries([number]))
        return self.known[number]

    def is_denied(self, match: Match) -> bool:
        """Whether a recorded quotation stands there as words that were not said: by its cue, or by what leads to it."""
        start = match.recorded.wording.words[match.start].start
        return any(
            is_denied(self.entry(number).cue) or is_denied(self._lead(number, match.recorded.page, start))
            for number in self.numbers(match)
        )

    def is_unsaid(self, match: Match) -> bool:
        """Whether a recorded quotation stands there as words that nobody is said to have spoken."""
        text = self.text(match.recorded.page)
        parts = match.recorded.parts_of(match.start, match.end)
        return any(is_unsaid(text, part.span.start, part.span.end) for part in parts)

    def numbers(self, match: Match) -> frozenset[int]:
        """The statements of which a recorded quotation's matching words are."""
        parts = match.recorded.parts_of(match.start, match.end)
        return frozenset(p.statement for p in parts if p.statement >= 0)

    def _lead(self, number: int, page: int, start: int) -> str:
        """What a statement has before its quoted words, in their sentence: "he had never called her" [“a jellyfish”]."""
        pieces = self.entry(number).statement.attribution.content
        first = next((p.start for p in pieces if p.start <= start < p.end), start)
        return re.split(r"[.!?]", self.text(page)[max(first, start - MAX_LEAD) : start])[-1]

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
