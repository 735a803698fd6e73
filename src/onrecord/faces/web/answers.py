"""What the record says to a quotation, for the eye.

In: the record's Answer. Out: a view: the verdict as a word and a sentence, the passages in their
place, the difference word by word, what an absence is an absence from. Leaves the judging to
`onrecord.record`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from onrecord.faces.web.describe import N_COLOURS
from onrecord.faces.web.diffing import Words, compare_words, cut_at_seams
from onrecord.faces.web.marking import Piece, mark_words
from onrecord.faces.web.shown import AnswerView, CheckPassageView, SeamView
from onrecord.faces.web.wording import (
    FLAG_WORDS,
    VERDICTS,
    ZONE_NAMES,
    day_words,
    initials,
    link,
    listed,
    many,
    sentence,
    shorten,
    span_words,
)
from onrecord.record import Answer, CheckPassage, Coverage, MatchKind, Record, SpeakerMatch, Verdict
from onrecord.types import ARTICLE_ZONES, Span

#: Verdicts whose difference from the record is worth showing.
_DIFFERING = (Verdict.ALTERED, Verdict.ABRIDGED)
#: A "he said" between two halves of one recorded quotation has no more characters (`record.quoted`).
_MAX_INTERRUPTION = 300
_IN_OTHER_WORDS = "It was found by its meaning, not its words: read it, and judge whether it says as much."
_OPEN = "Whose they are is not settled there, so the claimed speaker is neither confirmed nor refuted."
#: Words of a longer recorded quotation that are shown beyond the ends of the one asked about.
_WORDS_BEYOND = 6


def answer_view(record: Record, answer: Answer) -> AnswerView:
    """The answer, ready to be printed; asks the record for the text around the passages."""
    word, explanation = VERDICTS[answer.verdict.value]
    is_open = answer.match is SpeakerMatch.OPEN and answer.verdict is not Verdict.ABSENT
    is_near = answer.how is MatchKind.MEANING
    return AnswerView(
        verdict=answer.verdict.value,
        tone="open" if is_open else answer.verdict.value,
        word=f"{word}; speaker not settled" if is_open else word,
        explanation=" ".join(
            part
            for part in (explanation, _OPEN if is_open else "", _IN_OTHER_WORDS if is_near else "")
            if part
        ),
        why=sentence(answer.why),
        diff=_difference(answer),
        seam=_seam(record, answer),
        flags=tuple(FLAG_WORDS[flag.value] for flag in answer.flags),
        passages=tuple(_passage(record, p, _is_quotation(answer)) for p in answer.passages),
        elsewhere=tuple(_passage(record, p, False) for p in answer.elsewhere),
        wordings=answer.reports if len(answer.reports) > 1 else (),
        coverage=_coverage(answer.coverage),
    )


def _is_quotation(answer: Answer) -> bool:
    return answer.verdict is not Verdict.REPORTED


def _difference(answer: Answer) -> tuple[Words, ...]:
    """From the words as asked to the words on record; longer ends of the record's are cut short."""
    if answer.verdict not in _DIFFERING or not answer.passages:
        return ()
    words = list(compare_words(answer.quote, _recorded(answer.passages)))
    if words and words[0].op == "in":
        words[0] = Words("in", _ending(words[0].text))
    if len(words) > 1 and words[-1].op == "in":
        words[-1] = Words("in", _beginning(words[-1].text))
    return tuple(words)


def _recorded(passages: Sequence[CheckPassage]) -> str:
    """The recorded words of the first passage, and of those that go on with it behind a "he said"."""
    out, last = [passages[0].text], passages[0]
    for passage in passages[1:]:
        gap = passage.spans[0].start - last.spans[-1].end
        if passage.page != last.page or not 0 <= gap <= _MAX_INTERRUPTION:
            break
        out.append(passage.text)
        last = passage
    return " ".join(out)


def _seam(record: Record, answer: Answer) -> SeamView | None:
    """Where a spliced quotation was joined, and what stands there on record; None where it cannot be told."""
    if answer.verdict is not Verdict.SPLICED:
        return None
    parts, used = cut_at_seams(
        answer.quote,
        [
            p.text[h.start - p.spans[0].start : h.end - p.spans[0].start]
            for p in answer.passages
            for h in p.hits[:1]
        ],
    )
    passages = [p for p in answer.passages if p.hits]
    between = []
    for a, b in pairwise(passages[i] for i in used):
        start, end = a.hits[-1].end, b.hits[0].start
        same = a.page == b.page and start < end
        words = " ".join(record.text(a.page_id)[start : min(end, start + 400)].split()) if same else ""
        between.append(shorten(words.strip("“”\"'’ ,."), 240) if words else "")
    return SeamView(parts, tuple(between)) if len(parts) > 1 else None


def _beginning(text: str) -> str:
    words = text.split(" ")
    return text if len(words) <= _WORDS_BEYOND else " ".join(words[:_WORDS_BEYOND]) + " …"


def _ending(text: str) -> str:
    words = text.split(" ")
    return text if len(words) <= _WORDS_BEYOND else "… " + " ".join(words[-_WORDS_BEYOND:])


def _passage(record: Record, passage: CheckPassage, is_quotation: bool) -> CheckPassageView:
    who = listed(passage.speakers) or ("Not settled" if passage.unsettled else "Nobody’s statement")
    # the same colour as elsewhere: it hangs on the speaker's number
    found = record.find_speakers(passage.speakers[0])[:1] if len(passage.speakers) == 1 else ()
    named = found[0].number if found and found[0].name == passage.speakers[0] else None
    statement = record.entries([passage.statement])[0] if passage.statement is not None else None
    zone = passage.zone
    anchor = f"#st-{statement.statement.id}" if statement is not None else ""
    return CheckPassageView(
        who=who,
        who_note=passage.unsettled or "",
        who_href=None if named is None else f"/speaker/{named}",
        colour="sx" if named is None else f"s{named % N_COLOURS}",
        initials=initials(who) if passage.speakers else "?",
        pieces=_in_place(record.text(passage.page_id), passage),
        kind=statement.statement.attribution.kind.value
        if statement is not None and is_quotation
        else "indirect",
        zone=ZONE_NAMES[zone.value] if zone is not None and zone not in ARTICLE_ZONES else "",
        day=day_words(passage.day),
        publisher=passage.publisher,
        title=passage.title or passage.page_id,
        href=link("/page", id=passage.page_id) + anchor,
    )


def _in_place(text: str, passage: CheckPassage) -> tuple[Piece, ...]:
    """The sentence before, the passage with the words asked about marked, the sentence after."""
    start = min(span.start for span in passage.spans)
    end = max(span.end for span in passage.spans)
    before, after = passage.before.strip(), passage.after.strip()
    gap_before = " " if text[start - 1 : start].isspace() else ""
    gap_after = " " if text[end : end + 1].isspace() else ""
    return (
        *((Piece(shorten(before, 240) + gap_before, "around"),) if before else ()),
        *mark_words(text, Span(start, end), passage.hits),
        *((Piece(gap_after + shorten(after, 240), "around"),) if after else ()),
    )


def _coverage(coverage: Coverage) -> str:
    """What the answer rests on, in a sentence."""
    days = span_words(coverage.first_day, coverage.last_day)
    parts = [
        f"This answer rests on {many(coverage.n_articles, 'article')} of {many(coverage.n_publishers, 'paper')}",
        f" with {many(coverage.n_statements, 'statement')}",
        f", {days}" if days else "",
        f"; {many(coverage.n_undated, 'of them carries', 'of them carry')} no date"
        if coverage.n_undated
        else "",
        ". What is not here may have been said all the same.",
    ]
    return "".join(parts)
