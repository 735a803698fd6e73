"""Did X really say this? A quotation against the record.

In: a quotation, the speaker whom it is given to (or None), and a Lookup on a record. Out: an Answer:
one of seven verdicts, the passages that bear it, what differs, what the answer rests on. Leaves to
others: finding quotations in a draft (`check_draft` is handed them), SQL (`lookup`), showing it.

Order of the verdicts, the first that fits: misattributed, verbatim, abridged, spliced, altered,
reported, absent. Where the record has the words and could not settle who spoke them, a claimed
speaker is neither confirmed nor refuted: `Answer.match` says OPEN.

    quoted   which words of a page are quotations     judge        a quotation against a recorded one
    wording  the words that are compared              places       what the record has for one question
    align    two wordings, word by word               passages     what the answer shows and says
    names    whether two names can be one speaker's   differences  what a difference means
    told     indirect speech that says the same
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from onrecord.record.align import Change, Edit
from onrecord.record.answer import Answer, CheckPassage, Lookup, SpeakerMatch, Verdict
from onrecord.record.differences import Difference, Flag, Variant
from onrecord.record.judge import Match, are_of_one, cover, read_quotation
from onrecord.record.matching import find_matches
from onrecord.record.meaning import Embedder
from onrecord.record.passages import (
    SAME_WORDS,
    distinct,
    find_elsewhere,
    junctions_of,
    no_match,
    passages_of,
    reports_of,
    statement_passage,
    why_of,
)
from onrecord.record.places import Places
from onrecord.record.rarity import total
from onrecord.record.told import Told, find_told
from onrecord.record.wording import Wording

__all__ = [
    "Answer",
    "CheckPassage",
    "Difference",
    "Flag",
    "Lookup",
    "SpeakerMatch",
    "Variant",
    "Verdict",
    "check_draft",
    "check_quotation",
    "read_quotation",
]

MAX_PASSAGES = 10
#: Why words in quotation marks are no quotation.
DENIED = "an article says that they were not said"
PUT = "an article puts them in a mouth as wanted, imagined, asked or made up, and does not say that they were spoken"
#: A quotation so close to one recorded one is that one with words changed, not parts of several.
CLOSE_TO_ALL = 0.75
#: From here on a recorded quotation is close to the one asked about: twice the weight they share, by
#: the weight of both; weights by rarity. On data/check altered ones begin at .70; of 150 quotations asked
#: of a record that lacks them the likest reach .56.
ALTERED_FROM = 0.6
#: The same where what they share weighs less than this: a few common words come together by chance. No
#: indirect speech says what a quotation says with less in common, and "yes" is nobody's own.
TELLING_WEIGHT, ALTERED_FROM_IF_COMMON = 20.0, 0.75


def check_quotation(
    lookup: Lookup, quote: str, speaker: str | None, embedder: Callable[[], Embedder] | None = None
) -> Answer:
    """What the record says to these words, given to this speaker (None: to nobody).

    embedder: loads what finds indirect speech in other words; None: the words alone find it.
    Raises InputError for a quotation without words, or of more than MAX_QUOTE_WORDS.
    """
    query = read_quotation(quote)
    claimed = (speaker or "").strip() or None
    places = Places(lookup, claimed)
    matches = find_matches(places, query, None)
    if _may_have_more(places, matches):
        own = find_matches(places, query, claimed)
        matches += [m for m in own if m not in matches]
    close = [m for m in matches if m.is_good or m.score >= ALTERED_FROM]
    places.look_up(sorted({number for m in close for number in places.numbers(m)}))
    denied = [m for m in close if places.is_denied(m)]
    put = [m for m in close if m not in denied and places.is_unsaid(m)]
    matches = [m for m in matches if m not in denied and m not in put]
    verdict, chosen = _decide(places, query, matches)
    if verdict is Verdict.ABSENT:
        unsaid = {number for m in (*denied, *put) for number in places.numbers(m)}
        reported = [
            told
            for told in find_told(places, query, embedder)
            if unsaid.isdisjoint(s.number for s in told.statements)
        ]
        if reported:
            return _answer_reported(places, quote, claimed, query, reported)
    answer = _answer(places, quote, claimed, query, verdict, chosen, matches)
    if verdict is Verdict.ABSENT and (denied or put):
        return replace(answer, why=f"{answer.why}: {DENIED if denied else PUT}")
    return answer


def _may_have_more(places: Places, matches: Sequence[Match]) -> bool:
    """Whether the claimed speaker's own words may be missing: not all that is alike was looked at, or the very words
    were found of others, who may be many."""
    good = [places.match(m) for m in matches if m.is_good]
    if places.claimed is None or SpeakerMatch.SAME in good:
        return False
    return bool(good) or places.has_more(None)


def check_draft(lookup: Lookup, quotations: Iterable[tuple[str, str | None]]) -> tuple[Answer, ...]:
    """An answer for each quotation of a draft, given as words and claimed speaker, in order."""
    return tuple(check_quotation(lookup, quote, speaker) for quote, speaker in quotations)


def _decide(places: Places, query: Wording, matches: Sequence[Match]) -> tuple[Verdict, list[Match]]:
    """The verdict and the recorded quotations that bear it."""
    good = _innermost(places, [m for m in matches if m.is_good])
    if good:
        by_match = {how: [m for m in good if places.match(m) is how] for how in SpeakerMatch}
        for how in (SpeakerMatch.NOT_ASKED, SpeakerMatch.SAME, SpeakerMatch.OPEN):
            if by_match[how]:
                best = sorted(by_match[how], key=lambda m: m.is_marked)
                return (Verdict.ABRIDGED if best[0].is_marked else Verdict.VERBATIM), best
        if total(query.keys) >= TELLING_WEIGHT:
            return Verdict.MISATTRIBUTED, by_match[SpeakerMatch.OTHER]
        return Verdict.ABSENT, []
    spliced = _spliced(places, query, max((m.score for m in matches), default=0.0))
    if spliced:
        return spliced
    order = {SpeakerMatch.SAME: 0, SpeakerMatch.NOT_ASKED: 0, SpeakerMatch.OPEN: 1, SpeakerMatch.OTHER: 2}
    close = [
        m
        for m in matches
        if m.score >= (ALTERED_FROM if m.kept >= TELLING_WEIGHT else ALTERED_FROM_IF_COMMON)
    ]
    close.sort(key=lambda m: (-m.score + 0.05 * order[places.match(m)], m.recorded.page_id, m.start))
    return (Verdict.ALTERED, close) if close else (Verdict.ABSENT, [])


def _innermost(places: Places, matches: Sequence[Match]) -> list[Match]:
    """The matches without those whose words are, on the same page, a quotation inside that quotation.

    Whoever quotes somebody has not said it himself.
    """
    inner: set[tuple[int, str]] = set()
    ids: list[set[tuple[int, str]]] = []
    for match in matches:
        numbers = {p.statement for p in match.recorded.parts_of(match.start, match.end) if p.statement >= 0}
        statements = places.candidates(sorted(numbers))
        ids.append({(s.page, s.id) for s in statements})
        inner |= {(s.page, s.parent) for s in statements if s.parent}
    return [match for match, here in zip(matches, ids, strict=True) if not here & inner]


def _spliced(places: Places, query: Wording, best: float) -> tuple[Verdict, list[Match]] | None:
    """The query as parts of separate quotations that together are all of it, or None.

    Not where one recorded quotation has the parts too, with other words between them, nor where parts meet
    within a sentence and one quotation is close to it all (`best`: the score of the closest).
    Parts that an ellipsis parts, and that one speaker said in this order in one article, are abridged.
    """
    recorded = [r for quotations_there in places.recorded.values() for r in quotations_there]
    recorded.sort(key=lambda r: (r.page_id, r.page, r.parts[0].span))
    parts = cover(query, recorded)
    if not parts or are_of_one(query, parts, recorded):
        return None
    if best >= CLOSE_TO_ALL and not {start for start, *_ in parts[1:]} <= query.starts | query.gaps:
        return None
    matches = []
    for start, end, i, at in parts:
        edit = Edit(Change.KEPT, start, end, at, at + end - start)
        share = (end - start) / len(query.words)
        matches.append(Match(recorded[i], (edit,), True, False, share, share, (), ()))
    junctions = {start for start, *_ in parts[1:]}
    in_order = all(
        x.recorded.page == y.recorded.page
        and x.recorded.speakers == y.recorded.speakers
        and x.recorded.wording.words[x.end - 1].end <= y.recorded.wording.words[y.start].start
        for x, y in pairwise(matches)
    )
    if junctions <= query.gaps and in_order:
        return Verdict.ABRIDGED, matches
    return Verdict.SPLICED, matches


def _answer(
    places: Places,
    quote: str,
    claimed: str | None,
    query: Wording,
    verdict: Verdict,
    chosen: Sequence[Match],
    matches: Sequence[Match],
) -> Answer:
    bearing = chosen[:MAX_PASSAGES]
    passages = distinct(p for m in bearing for p in passages_of(places, query, m))
    coverage = places.lookup.coverage()
    if verdict is Verdict.SPLICED:
        differences, flags = junctions_of(places, bearing), tuple[Flag, ...]()
    else:
        differences = bearing[0].differences if bearing else ()
        flags = bearing[0].flags if bearing else ()
    elsewhere = find_elsewhere(places, query) if verdict is Verdict.ABSENT else ()
    match = places.match(bearing[0]) if bearing else no_match(claimed)
    if verdict is Verdict.MISATTRIBUTED:
        match = SpeakerMatch.OTHER
    return Answer(
        quote=quote,
        claimed=claimed,
        verdict=verdict,
        match=match,
        passages=passages[:MAX_PASSAGES],
        differences=differences,
        flags=flags,
        reports=reports_of(places, [m for m in matches if m.is_good or m.score >= SAME_WORDS], verdict),
        elsewhere=elsewhere,
        coverage=coverage,
        why=why_of(verdict, match, passages, elsewhere, coverage),
    )


def _answer_reported(
    places: Places, quote: str, claimed: str | None, query: Wording, told: Sequence[Told]
) -> Answer:
    passages = distinct(statement_passage(places, s, Variant.CHANGED) for t in told for s in t.statements)
    coverage = places.lookup.coverage()
    return Answer(
        quote=quote,
        claimed=claimed,
        verdict=Verdict.REPORTED,
        match=told[0].match,
        passages=passages[:MAX_PASSAGES],
        differences=(),
        flags=(),
        reports=(),
        elsewhere=(),
        coverage=coverage,
        why=why_of(Verdict.REPORTED, told[0].match, passages, (), coverage, told[0].how),
        how=told[0].how,
    )
