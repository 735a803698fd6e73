"""What a text claims that somebody said in these very words: its quotations, one by one.

In: a text, its attributions, and how a quotation goes on behind a "he said". Out: Quotations in the order
of the text, and what is passed over as a title or a term. Leaves to others: whether the words are right
(the record's check), and whose they are (`speakers`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from onrecord.attributions.quotes import Quote, find_quotes, is_speech, top_quotes
from onrecord.text import WORD
from onrecord.types import Attribution, Kind, Span

#: A shorter one is a title, a term or a scare quote as often as anybody's words: it counts where an
#: attribution has it.
MIN_WORDS = 3
#: Parts are joined up to here: a quotation of more words or characters is not checked as one.
MAX_WORDS, MAX_CHARS = 500, 8_000
#: A "he said" between two halves has no more words, if nothing else says that it is one.
MAX_BETWEEN = 20
#: What stands between two quotations that one sentence lists.
_LISTING = re.compile(r"(?i)\W*(?:and|or|but|then|also|as well as|to)?\W*\Z")
_HALF_ENDS = tuple(",.?!…—–-;")

Follows = Callable[[str, int, int], bool]


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that the text gives as somebody's own.

    whole: from the first mark to the last, a "he said" between included. words: the parts inside the marks,
    without them. attribution: number of the one that says whose they are, or None.
    """

    whole: Span
    words: tuple[Span, ...]
    attribution: int | None


def find_quotations(
    text: str, attributions: Sequence[Attribution], follows: Follows, block_quotes: Sequence[Span] = ()
) -> tuple[tuple[Quotation, ...], tuple[Span, ...]]:
    """Every quotation of the text, and the spans in quotation marks that are passed over.

    Outermost marks only: what is quoted inside a quotation is part of it. Two halves around a "he said" are
    one, and so is one that goes on over paragraphs. Words without marks count where their layout says that they
    are quoted (a transcript's turn, `block_quotes`). follows(text, end, start): whether what begins at `start`
    goes on with what ended at `end`.
    """
    quotes = top_quotes(find_quotes(text))
    numbers = _numbers(quotes, attributions)
    own: list[tuple[Quote, int | None]] = []
    passed: list[Span] = []
    for quote, number in zip(quotes, numbers, strict=True):
        if not _is_said(number, attributions) and not _is_somebodys(text, quote):
            passed.append(quote.span)
        else:
            own.append((quote, number))
    marked = [_quotation(run) for run in _runs(text, own, attributions, follows)]
    bare = _without_marks(text, quotes, attributions, block_quotes)
    return tuple(sorted((*marked, *bare), key=lambda q: q.whole)), tuple(passed)


def _is_said(number: int | None, attributions: Sequence[Attribution]) -> bool:
    """Whether words outside a quotation, or the quotation before it, name somebody who said it."""
    if number is None:
        return False
    return bool(attributions[number].source) or attributions[number].continues is not None


def _is_somebodys(text: str, quote: Quote) -> bool:
    """Whether a quotation that no attribution has is speech, as far as its own words tell."""
    if quote.continues is not None or quote.goes_on:
        return True
    end = min(quote.inner_end, quote.inner_start + 200)
    words = [m.group() for m in WORD.finditer(text, quote.inner_start, end)]
    n_small = sum(word[0].islower() for word in words)
    return len(words) >= MIN_WORDS and (is_speech(text, quote) or 2 * n_small > len(words))


def _numbers(quotes: Sequence[Quote], attributions: Sequence[Attribution]) -> list[int | None]:
    """For each quotation the attribution whose content has most of it; of two the one with less else in it.

    One whose cue or source stands inside the marks is what the speaker tells of others, or of himself.
    """
    pieces = sorted((p.start, p.end, i) for i, a in enumerate(attributions) for p in a.content)
    out: list[int | None] = []
    active: list[tuple[int, int, int]] = []
    at = 0
    for quote in quotes:
        while at < len(pieces) and pieces[at][0] < quote.end:
            active.append(pieces[at])
            at += 1
        active = [piece for piece in active if piece[1] > quote.start]
        best = max(
            (
                (min(end, quote.end) - max(start, quote.start), start - end, -i)
                for start, end, i in active
                if start < quote.end and not _is_inside(attributions[i], quote.start, quote.end)
            ),
            default=None,
        )
        out.append(None if best is None else -best[2])
    return out


def _is_inside(attribution: Attribution, start: int, end: int) -> bool:
    return any(start <= span.start and span.end <= end for span in (*attribution.cue, *attribution.source))


def _runs(
    text: str,
    own: Sequence[tuple[Quote, int | None]],
    attributions: Sequence[Attribution],
    follows: Follows,
) -> Iterable[list[tuple[Quote, int | None]]]:
    run: list[tuple[Quote, int | None]] = []
    n_chars = n_words = 0
    for quote, number in own:
        chars = quote.inner_end - quote.inner_start
        words = sum(1 for _ in WORD.finditer(text, quote.inner_start, quote.inner_end))
        n_chars, n_words = n_chars + chars, n_words + words
        if run and (
            n_chars > MAX_CHARS
            or n_words > MAX_WORDS
            or not _goes_on(text, run[-1], (quote, number), attributions, follows)
        ):
            yield run
            run, n_chars, n_words = [], chars, words
        run.append((quote, number))
    if run:
        yield run


def _goes_on(
    text: str,
    before: tuple[Quote, int | None],
    after: tuple[Quote, int | None],
    attributions: Sequence[Attribution],
    follows: Follows,
) -> bool:
    """Whether two quotations are parts of one: over a paragraph's end, or around one "he said"."""
    (first, a), (second, b) = before, after
    gap = text[first.end : second.start]
    if "\n" in gap:
        return first.goes_on and second.continues is not None
    same = a == b or (b is not None and attributions[b].continues == a is not None)
    if a is not None and b is not None and not same:
        return False
    if not follows(text, first.inner_end, second.inner_start):
        return False
    if not gap.strip():
        return a is not None and same
    if _LISTING.match(gap):
        return False
    cues = [cue for i in {a, b} - {None} for cue in attributions[i].cue]  # type: ignore[index]
    if any(first.end <= cue.start and cue.end <= second.start for cue in cues):
        return True
    half = text[first.inner_start : first.inner_end].rstrip().endswith(_HALF_ENDS) or gap.startswith(",")
    return half and len(gap.split()) <= MAX_BETWEEN and (same or None in (a, b))


def _quotation(run: Sequence[tuple[Quote, int | None]]) -> Quotation:
    words = tuple(Span(q.inner_start, q.inner_end) for q, _ in run if q.inner_start < q.inner_end)
    number = next((n for _, n in run if n is not None), None)
    whole = Span(run[0][0].start, run[-1][0].end)
    return Quotation(whole, words or (whole,), number)


def _without_marks(
    text: str, quotes: Sequence[Quote], attributions: Sequence[Attribution], block_quotes: Sequence[Span]
) -> list[Quotation]:
    """Direct contents and set-off paragraphs that hold no quotation mark of their own."""
    starts, ends = [q.start for q in quotes], [q.end for q in quotes]

    def is_bare(span: Span) -> bool:
        i = bisect_left(ends, span.start + 1)
        return i == len(starts) or starts[i] >= span.end

    out = [
        Quotation(Span(a.content[0].start, a.content[-1].end), a.content, i)
        for i, a in enumerate(attributions)
        if a.kind is Kind.DIRECT and a.parent is None and all(map(is_bare, a.content))
    ]
    contents = sorted((p.start, p.end, i) for i, a in enumerate(attributions) for p in a.content)
    taken = sorted((q.whole.start, q.whole.end) for q in out)
    for block in block_quotes:
        if not is_bare(block) or _first_over(taken, block) is not None:
            continue
        number = _first_over(contents, block)
        of = None if number is None else contents[number][2]
        if of is not None and _is_inside(attributions[of], block.start, block.end):
            of = None
        out.append(Quotation(block, (block,), of))
    return out


def _first_over(spans: Sequence[tuple[int, ...]], span: Span) -> int | None:
    """The number of the first of sorted spans that shares a character with one; they overlap little."""
    i = bisect_left(spans, (span.start,))
    for j in (i - 1, i):
        if 0 <= j < len(spans) and spans[j][0] < span.end and spans[j][1] > span.start:
            return j
    return None
