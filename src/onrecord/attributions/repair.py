"""Drafts and a tagger's answer become attributions: put right by the quotation marks, in order.

In: a text, its quotations, what the rules drafted, and what a tagger found (or None).
Out: Attributions of that text, sorted, without duplicates, kinds set, parents and continuations by index.
Leaves to others: finding any of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from functools import cache

from onrecord.attributions.addressees import without_addressees
from onrecord.attributions.drafts import Draft
from onrecord.attributions.edges import put_right
from onrecord.attributions.keeping import is_doubtful_inside, is_nobodys
from onrecord.attributions.kinds import Marked, kind_of
from onrecord.attributions.lists import lines_of, words_of
from onrecord.attributions.lone import QUOTED
from onrecord.attributions.missed import COVERS, MISSED, add_missed, counted_turns
from onrecord.attributions.owners import without_strangers
from onrecord.attributions.places import Tops, begins, joined
from onrecord.attributions.quoted import name_quoted
from onrecord.attributions.quotes import Quote, is_speech
from onrecord.text import WORD, overlap, paragraphs, trimmed
from onrecord.types import Attribution, Kind, Span

#: Somebody's speech is seldom cut: a smaller share of it is enough.
COVERS_SPEECH = 0.35
#: No words are read in more ways than this; what more a tagger offers is noise.
MAX_READINGS = 8
#: A content that stops inside a word goes on to its end, if that is so near.
MAX_WORD = 30
_GOES_ON = re.compile(r"(?:\s*[,—–-]+\s*(?:who|which)|\s+(?:and|or|but))\Z")
#: What tells more of a name: "Ruiz, who came to".
_RELATIVE = re.compile(r",?\s+(?:who|which|that|whose)\b")
#: What a preposition leads to: "for Platte River", "of the Orlo mill"; no longer than this.
_NOUN = re.compile(r"(?:[^,;:.!?—–\n\"“”()]|\.(?=\w))*")
MAX_NOUN = 60
#: What a tagger may take for a source, and nobody is.
_NOBODY = frozenset(("the", "an", "and", "or", "but", "there", "here"))
#: Attributions that lie in each other are looked for among so many that are open at once.
MAX_ACTIVE = 16


def merge(
    text: str, quotes: Sequence[Quote], drafts: Sequence[Draft], tagged: Sequence[Attribution] | None
) -> tuple[Attribution, ...]:
    """The text's attributions: the rules' if there is no tagger, else the tagger's, put right."""
    for draft in drafts:
        draft.score = _score_of(draft)
    drafts = name_quoted(text, drafts)
    if tagged is None:
        return _finish(text, quotes, drafts, _turns(text, drafts))
    rows = _as_drafts(tagged, len(text))
    tops = Tops.of(quotes)
    for row in rows:
        row.content = _by_paragraph(text, row.content)
        row.source = [s for span in row.source if (s := _source_in(text, span, row.cue)) is not None]
        _snap(text, row, tops)
    put_right(text, rows, drafts, tops.quotes)
    rows = name_quoted(text, _joined_pieces(rows, drafts))
    rows = [row for row in rows if not is_nobodys(text, row, tops)]
    rows = _without_doubles(rows)
    rows += [split for row in rows for split in _split_off(text, row, tops)]
    add_missed(text, rows, drafts, tops)
    rows = without_strangers(text, rows, tops)
    _go_on(text, rows)
    return _finish(text, quotes, rows, _turns(text, drafts))


def _turns(text: str, drafts: Sequence[Draft]) -> frozenset[int]:
    """Where the cues of a transcript's turns begin: of speakers in capitals, who have another turn, or a handle.

    What follows are the speaker's own words, marks or none.
    """
    return frozenset(
        d.cue[0].start for d, name, n in counted_turns(text, drafts) if n > 1 or name.isupper() or "@" in name
    )


def _score_of(draft: Draft) -> float:
    """The share of a pattern's drafts that are right, as words/scores.txt has it."""
    score = _scores()[draft.pattern]
    return score if draft.share is None else score * draft.share


@cache
def _scores() -> dict[str, float]:
    pairs = (line.split() for line in lines_of("scores"))
    return {pattern: float(score) for pattern, score in pairs}


def _as_drafts(tagged: Sequence[Attribution], size: int) -> list[Draft]:
    rows: list[Draft] = []
    for a in tagged:
        spans = [span for role in (a.source, a.cue, a.content) for span in role]
        if any(span.end > size for span in spans):
            raise ValueError(f"the tagger's span {max(spans)} lies outside a text of {size} characters")
        rows.append(Draft(list(a.content), list(a.source), list(a.cue), a.score, "tagged"))
    for row, a in zip(rows, tagged, strict=True):
        row.parent = rows[a.parent] if a.parent is not None else None
        row.follows = rows[a.continues] if a.continues is not None else None
    return rows


def _by_paragraph(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans cut at line breaks, without pieces of words at their edges."""
    out: list[Span] = []
    for span in spans:
        for part in paragraphs(text, span.start, span.end):
            start, end = _number_start(text, part.start), part.end
            while start < end and start > 0 and _inside_word(text, start):
                start += 1
            while end < len(text) and end - part.end < MAX_WORD and end > start and _inside_word(text, end):
                end += 1
            kept = trimmed(text, start, end)
            if kept is not None:
                out.append(kept)
    return out or list(spans)


def _source_in(text: str, span: Span, cue: Sequence[Span]) -> Span | None:
    """A source without the "- who", "and" or preposition that begins what comes after it; None if that leaves nobody: "the", "there"."""
    match = _GOES_ON.search(text, max(span.start, span.end - 12), span.end)
    end = match.start() if match and match.start() > span.start else span.end
    words = text[span.start : end].split()
    if len(words) > 1 and words[-1].lower() in words_of("prepositions"):
        end = _whole_name(text, Span(span.start, end), cue)
        end = span.start + len(text[span.start : end].rstrip())
    if text[span.start : end].lower() in _NOBODY or end <= span.start:
        return None
    return Span(span.start, end)


def _number_start(text: str, start: int) -> int:
    """Where the number begins whose decimals a content begins with: "$1.5 billion"."""
    at = start
    while at > 0 and start - at < MAX_WORD and text[at].isdigit() and text[at - 1] in ".,":
        k = at - 1
        while k > 0 and text[k - 1].isdigit():
            k -= 1
        if k == at - 1:
            break
        at = k
    return at - 1 if at < start and at and text[at - 1] in "$£€" else at


def _whole_name(text: str, span: Span, cue: Sequence[Span]) -> int:
    """Where a source ends that a tagger broke off behind a preposition: before its relative clause, or with its noun."""
    behind = _RELATIVE.search(text, span.start, span.end)
    if behind is not None:
        return behind.start()
    following = _NOUN.match(text, span.end, span.end + MAX_NOUN + 1)
    says = min((s.start for s in cue if s.start >= span.end), default=len(text))
    end = min(following.end() if following else span.end, says)
    if end - span.end > MAX_NOUN:  # too long for a noun
        return span.end - len(text[span.start : span.end].split()[-1])
    return end


def _inside_word(text: str, at: int) -> bool:
    """Whether a word, hyphens included, runs on over text[at - 1] and text[at]."""
    return (text[at - 1].isalnum() or text[at - 1] == "-") and (
        text[at].isalnum() or (text[at] == "-" and text[at - 1].isalnum() and text[at : at + 2] != "--")
    )


def _joined_pieces(rows: Sequence[Draft], drafts: Sequence[Draft]) -> list[Draft]:
    """The rows; a quotation that has no clause, and by the rules is more of one that has, is a piece of that one."""
    further = {
        (piece.start, piece.end): draft
        for draft in drafts
        if draft.pattern in QUOTED and draft.cue
        for piece in draft.content[1:]
    }
    by_cue = {row.cue[0].start: row for row in rows if row.cue and row.source}
    kept: list[Draft] = []
    for row in rows:
        draft = None
        if not row.source and not row.cue and len(row.content) == 1:
            draft = further.get((row.content[0].start, row.content[0].end))
        owner = by_cue.get(draft.cue[0].start) if draft is not None else None
        if owner is None or owner.content[0].start > row.content[0].start:
            kept.append(row)
        else:
            owner.content = joined([*owner.content, *row.content])
    return kept


def _split_off(text: str, row: Draft, tops: Tops) -> list[Draft]:
    """The direct speech that a later paragraph goes on with, as its own attribution, where the cue's is not.

    "He denied that it leaked." and a paragraph of his own words are two statements; a quotation that goes
    on with more of it is one.
    """
    if not row.cue or len(row.content) < 2:
        return []
    end = text.find("\n", row.cue[0].start)
    if end < 0 or row.content[-1].start < end:
        return []
    here = [s for s in row.content if s.start < end]
    later = [s for s in row.content if s.start >= end]
    if (
        not here
        or all(_is_quotation(tops, s) for s in here)
        or not all(_is_quotation(tops, s) for s in later)
    ):
        return []
    row.content = here
    return [Draft(later, score=row.score, pattern="tagged", follows=row)]


def _is_quotation(tops: Tops, span: Span) -> bool:
    touched = tops.touched(span)
    return any(q.start <= span.start and span.end <= q.end for q in touched)


def _snap(text: str, row: Draft, tops: Tops) -> None:
    """Let the content end where quotations do: all of one it has most of, nothing of one it grazes."""
    content: list[Span] = []
    for span in joined(row.content):
        start, end = span.start, span.end
        for quote in tops.touched(span):
            if any(quote.start < s.end and s.start < quote.end for s in (*row.cue, *row.source)):
                continue
            if quote.start >= start and quote.end <= end:
                continue
            words = _n_words(text, quote.inner_start, quote.inner_end)
            held = _n_words(text, max(quote.inner_start, start), min(quote.inner_end, end))
            enough = COVERS_SPEECH if is_speech(text, quote) else COVERS
            if words and held >= enough * words:
                start, end = min(start, quote.start), max(end, quote.end)
            elif not words or held < MISSED * words:
                if quote.start <= start < quote.end < end:
                    start = quote.end
                elif start < quote.start < end <= quote.end:
                    end = quote.start
        kept = trimmed(text, start, end)
        if kept is not None:
            content.append(kept)
    if content:
        row.content = joined(content)


def _n_words(text: str, start: int, end: int) -> int:
    return sum(1 for _ in WORD.finditer(text, start, end)) if start < end else 0


def _without_doubles(rows: list[Draft]) -> list[Draft]:
    """The rows without those that say again what a better one says: same words, same cue or source."""
    kept: list[Draft] = []
    heir: dict[int, Draft] = {}
    by_content: dict[tuple[Span, ...], list[Draft]] = {}
    for row in sorted(rows, key=lambda r: (-r.score, begins(r))):
        same = by_content.setdefault(tuple(row.content), [])
        double = next(
            (r for r in same if _same_words(r.cue, row.cue) or _same_words(r.source, row.source)), None
        )
        if double is not None:
            heir[id(row)] = double
        elif len(same) < MAX_READINGS:
            same.append(row)
            kept.append(row)
        else:
            heir[id(row)] = same[0]
    for row in kept:
        row.parent = heir.get(id(row.parent), row.parent) if row.parent is not None else None
        row.follows = heir.get(id(row.follows), row.follows) if row.follows is not None else None
        row.parent = None if row.parent is row else row.parent
        row.follows = None if row.follows is row else row.follows
    return kept


def _same_words(a: Sequence[Span], b: Sequence[Span]) -> bool:
    return overlap(a, b) > 0 or not a or not b


def _go_on(text: str, rows: list[Draft]) -> None:
    """Give every quotation without a source the speaker of the paragraph before, or of its own so far."""
    ordered = sorted((r for r in rows if r.parent is None), key=lambda r: max(s.end for s in r.content))
    ends = [max(s.end for s in r.content) for r in ordered]
    starts = [p.start for p in paragraphs(text)]
    for row in rows:
        if row.source or row.cue or row.follows is not None:
            continue
        start = row.content[0].start
        at = bisect_right(starts, start) - 1
        floor = starts[max(0, at - 1)] if starts else 0
        i = bisect_right(ends, start) - 1
        if i >= 0 and ends[i] > floor and ordered[i] is not row:
            row.follows = ordered[i]


def _finish(
    text: str, quotes: Sequence[Quote], drafts: Sequence[Draft], turns: Collection[int]
) -> tuple[Attribution, ...]:
    marked = Marked.of(quotes)
    rows = [d for d in drafts if d.content]
    for row in rows:
        row.content, row.source, row.cue = joined(row.content), joined(row.source), joined(row.cue)
    without_addressees(text, rows)
    rows.sort(key=begins)
    _find_parents(rows)
    rows = [row for row in rows if not is_doubtful_inside(text, row, marked)]
    index = {id(d): i for i, d in enumerate(rows)}
    out: list[Attribution] = []
    for d in rows:
        content, cue = tuple(d.content), tuple(d.cue)
        follows = index.get(id(d.follows)) if d.follows is not None and not d.source else None
        parent = index.get(id(d.parent)) if d.parent is not None else None
        is_turn = bool(cue) and cue[0].start in turns
        kind = Kind.DIRECT if is_turn else kind_of(text, content, marked, cue)
        out.append(Attribution(tuple(d.source), cue, content, kind, round(d.score, 3), parent, follows))
    return tuple(out)


def _find_parents(rows: Sequence[Draft]) -> None:
    """Give rows that lie with their cue inside another's content that one as their parent: the smallest."""
    pieces = sorted(
        ((span, n) for n, row in enumerate(rows) for span in row.content),
        key=lambda p: (p[0].start, -p[0].end),
    )
    active: list[tuple[Span, int]] = []
    at = 0
    for n in sorted(range(len(rows)), key=lambda n: _extent(rows[n]).start):
        extent = _extent(rows[n])
        while at < len(pieces) and pieces[at][0].start <= extent.start:
            active.append(pieces[at])
            at += 1
        active = [p for p in active if p[0].end > extent.start][-MAX_ACTIVE:]
        if rows[n].parent is not None or not rows[n].cue:
            continue
        around = [
            p for p in active if p[1] != n and p[0].end >= extent.end and rows[p[1]].parent is not rows[n]
        ]
        if around:
            rows[n].parent = rows[min(around, key=lambda p: (p[0].end - p[0].start, p[1]))[1]]


def _extent(row: Draft) -> Span:
    """From the first to the last character of a row's cue and content."""
    spans = [*row.content, *row.cue]
    return Span(min(s.start for s in spans), max(s.end for s in spans))
