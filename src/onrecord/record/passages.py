"""The passages of an answer, and what it says in words.

In: Matches and what `places` has fetched. Out: CheckPassages with their context, wordings on record,
one sentence for a person. Leaves the verdict to `check`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from onrecord.record.align import Change
from onrecord.record.answer import CheckPassage, SpeakerMatch, Verdict
from onrecord.record.differences import Difference, Variant, variant_of
from onrecord.record.folding import words_of
from onrecord.record.judge import Match, judge
from onrecord.record.places import Places, Wanted
from onrecord.record.quoted import Part, Recorded
from onrecord.record.results import Candidate, Coverage, MatchKind
from onrecord.record.wording import Wording, read_wording
from onrecord.types import Span, Unresolved, ZoneKind

#: From here on two wordings are reports of the same words, or a paragraph has them.
SAME_WORDS = 0.8
#: Such a share of the weight a paragraph must have, in whatever order, to have them nearly (two thirds at least).
SAME_SHARE = 0.6
#: The context shown to either side of a passage, in characters.
CONTEXT = 300
NOT_READ = "it stands inside quotation marks, but no statement was read there"
NO_QUOTATION = "it is nobody's quotation there"

_LINE_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029]\s*")
_ENDS = re.compile(r"[.?!…][\"'”’)]*$")
_SENTENCE_END = re.compile(r"[.?!][\"'”’)]*\s(?=[\"'“‘(]?[A-Z])")


def passages_of(places: Places, query: Wording, match: Match) -> Iterable[CheckPassage]:
    """One passage for each part of a recorded quotation that the words stand in."""
    theirs, text = match.recorded.wording, places.text(match.recorded.page)
    variant = variant_of(query, Wording(theirs.words[match.start : match.end]))
    parts = [
        p for e in match.edits if e.b_start < e.b_end for p in match.recorded.parts_of(e.b_start, e.b_end)
    ]
    for part in dict.fromkeys(sorted(parts, key=lambda p: p.span)):
        words = [
            w for w in theirs.words[match.start : match.end] if part.span.start <= w.start < part.span.end
        ]
        hits = (Span(words[0].start, words[-1].end),) if words else ()
        yield _passage(places, match.recorded.page, part.statement, part.span, hits, variant, text)


def statement_passage(places: Places, statement: Candidate, variant: Variant) -> CheckPassage:
    text = places.text(statement.page)
    span = max(statement.pieces, key=lambda p: (p.end - p.start, -p.start))
    return _passage(places, statement.page, statement.number, span, (), variant, text)


def _passage(
    places: Places, page: int, number: int, span: Span, hits: tuple[Span, ...], variant: Variant, text: str
) -> CheckPassage:
    before, after = _context(text, span)
    if number < 0:
        found = next(p for p in places.read or () if p.page == page)
        return CheckPassage(
            None,
            page,
            found.page_id,
            None,
            found.publisher,
            found.published,
            (),
            NOT_READ,
            "",
            no_match(places.claimed),
            (span,),
            hits,
            text[span.start : span.end],
            before,
            after,
            found.zone,
            variant,
        )
    entry = places.entry(number)
    speaker = entry.statement.speaker
    names = tuple(ref.name for ref in entry.speakers)
    if not names and not isinstance(speaker, Unresolved):
        names = speaker.names
    return CheckPassage(
        statement=number,
        page=page,
        page_id=entry.page.id,
        title=entry.title,
        publisher=entry.publisher,
        day=entry.day,
        speakers=names,
        unsettled=speaker.why if isinstance(speaker, Unresolved) and not names else None,
        source=entry.source,
        match=places.match_statement(number),
        spans=(span,),
        hits=hits,
        text=text[span.start : span.end],
        before=before,
        after=after,
        zone=entry.zone,
        variant=variant,
    )


def _context(text: str, span: Span) -> tuple[str, str]:
    """The sentence before a span and the one behind it, each at most CONTEXT characters.

    Of another line only a sentence is taken: no heading, no label of a picture.
    """
    before = _line(text[max(0, span.start - CONTEXT) : span.start], -1)
    after = _line(text[span.end : span.end + CONTEXT], 0)
    ends = [m.end() for m in _SENTENCE_END.finditer(before)]
    if ends and ends[-1] >= len(before) - 1:
        ends.pop()
    begins = _SENTENCE_END.search(after, 1) if after else None
    return before[ends[-1] :] if ends else before, after[: begins.start() + 1] if begins else after


def _line(text: str, which: int) -> str:
    """The first or last line of a text; where that has no word, with the next one if it is a sentence."""
    lines = [re.sub(r"\s+", " ", line).strip() for line in _LINE_BREAKS.split(text)]
    line = lines[which]
    if len(lines) < 2 or any(c.isalnum() for c in line):
        return line
    next_one = lines[-2] if which else lines[1]
    if not _ENDS.search(next_one):
        return line
    return f"{next_one} {line}".strip() if which else f"{line} {next_one}".strip()


def distinct(passages: Iterable[CheckPassage]) -> tuple[CheckPassage, ...]:
    out: dict[tuple[int, tuple[Span, ...]], CheckPassage] = {}
    for passage in passages:
        out.setdefault((passage.page, passage.spans), passage)
    return tuple(out.values())


def no_match(claimed: str | None) -> SpeakerMatch:
    return SpeakerMatch.NOT_ASKED if claimed is None else SpeakerMatch.OPEN


def junctions_of(places: Places, matches: Sequence[Match]) -> tuple[Difference, ...]:
    """What stands between the parts of a spliced quotation, where that is one article."""
    out = []
    for x, y in pairwise(matches):
        if x.recorded.page != y.recorded.page:
            continue
        start = x.recorded.wording.words[x.end - 1].end
        end = y.recorded.wording.words[y.start].start
        if start < end:
            words = re.sub(
                r"\s+", " ", places.text(x.recorded.page)[start : min(end, start + CONTEXT)]
            ).strip()
            out.append(Difference(Change.DROPPED, "", words, False))
    return tuple(out)


def reports_of(places: Places, matches: Sequence[Match], verdict: Verdict) -> tuple[str, ...]:
    """The distinct wordings on record of what was asked about, the first in print first."""
    if verdict in (Verdict.SPLICED, Verdict.ABSENT, Verdict.REPORTED):
        return ()
    out: dict[tuple[str, ...], tuple[str, str, str]] = {}
    for m in matches:
        words = m.recorded.wording.words[m.start : m.end]
        text = places.text(m.recorded.page)
        parts = m.recorded.parts_of(m.start, m.end)
        day = next((places.entry(p.statement).published or "" for p in parts if p.statement >= 0), "")
        line = " ".join(
            text[inside[0].start : inside[-1].end]
            for p in parts
            if (inside := [w for w in words if p.span.start <= w.start < p.span.end])
        )
        new = (day or "9999", m.recorded.page_id, line)
        keys = tuple(w.key for w in words)
        out[keys] = min(out.get(keys, new), new)
    return tuple(line for _, _, line in sorted(out.values()))


def find_elsewhere(places: Places, query: Wording) -> tuple[CheckPassage, ...]:
    """Paragraphs that have these words, or nearly, and quote nobody with them."""
    out, wanted = [], Wanted(query)
    for paragraph in places.paragraphs(query):
        if wanted.share(words_of(paragraph.text)) < SAME_SHARE:
            continue
        words = read_wording(paragraph.text, paragraph.span.start)
        recorded = Recorded(paragraph.page, paragraph.page_id, (Part(paragraph.span, -1),), (), words)
        match = judge(query, recorded, places.text(paragraph.page))
        if match and match.score >= SAME_WORDS:
            hits = (Span(words.words[match.start].start, words.words[match.end - 1].end),)
            variant = variant_of(query, Wording(words.words[match.start : match.end]))
            before, after = _context(places.text(paragraph.page), hits[0])
            out.append(
                CheckPassage(
                    None,
                    paragraph.page,
                    paragraph.page_id,
                    None,
                    paragraph.publisher,
                    paragraph.published,
                    (),
                    NO_QUOTATION,
                    "",
                    no_match(places.claimed),
                    hits,
                    hits,
                    places.text(paragraph.page)[hits[0].start : hits[0].end],
                    before,
                    after,
                    paragraph.zone,
                    variant,
                )
            )
    return tuple(out)


def why_of(
    verdict: Verdict,
    match: SpeakerMatch,
    passages: Sequence[CheckPassage],
    elsewhere: Sequence[CheckPassage],
    coverage: Coverage,
    how: MatchKind = MatchKind.WORDS,
) -> str:
    """One sentence for a person."""
    first = passages[0] if passages else None
    who = " and ".join(first.speakers) if first and first.speakers else "a speaker who is not settled"
    if verdict is Verdict.MISATTRIBUTED and first and not first.speakers:
        return "the words are on record, not settled whose, and the claimed speaker is not named near them"
    if verdict is Verdict.MISATTRIBUTED:
        return f"the words are on record as {who}'s, not the claimed speaker's"
    if verdict in (Verdict.VERBATIM, Verdict.ABRIDGED):
        marked = "" if verdict is Verdict.VERBATIM else ", with what was left out or put in marked"
        if match is SpeakerMatch.OPEN:
            reason = (
                first.unsettled if first and first.unsettled else "the record does not say who spoke them"
            )
            return f"the words are on record{marked}, but not whose they are: {reason}"
        whose = f"{who}'s words" if first and first.speakers else f"words of {who}"
        return f"on record as {whose}{marked}"
    if verdict is Verdict.SPLICED:
        return "joined without a mark from separate quotations on record"
    if verdict is Verdict.ALTERED:
        return f"close to words of {who} on record, with differences that nothing marks"
    if verdict is Verdict.REPORTED:
        words = "" if how is MatchKind.WORDS else ", in other words"
        return f"no such quotation; the record has {who} saying it in indirect speech{words}"
    days = f", {coverage.first_day} to {coverage.last_day}" if coverage.first_day else ""
    scope = f"{coverage.n_articles} articles of {coverage.n_publishers} publishers{days}"
    if elsewhere:
        zone = elsewhere[0].zone
        where = "readers' comments" if zone is ZoneKind.COMMENTS else zone.value if zone else "no zone"
        return f"not found as a quotation in {scope}; the words stand in the text ({where}), as nobody's quotation"
    return f"not found in {scope}"
