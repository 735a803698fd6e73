"""Whose a quotation is that two attributions hold: the one's whose cue stands nearer to it.

In: a text, rows in the making, the outermost quotations. Out: the rows, each quotation a piece, or part of a piece,
of one of them. Leaves to others: what is nested, which rightly is in two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.attributions.drafts import Draft
from onrecord.attributions.lists import words_of
from onrecord.attributions.places import Tops
from onrecord.attributions.quotes import Quote
from onrecord.text import trimmed
from onrecord.types import Span

#: A piece that begins and ends this near to a quotation's marks is that quotation.
MAX_EDGE = 2
#: A clause this near behind a quotation, or a content this near behind its cue, has nothing between.
BESIDE = 3
#: How far off a cue is, in characters: for each quotation, paragraph and sentence between more than they are long.
FAR_QUOTE, FAR_PARAGRAPH, FAR_SENTENCE = 1000, 300, 100
#: No more quotations between are counted, and no more text is looked at.
MAX_QUOTES, MAX_BETWEEN = 3, 2000
#: No more rows are compared for one quotation, and none with more pieces.
MAX_HOLDERS, MAX_PIECES = 8, 100
#: An adjunct between a cue and its content is not longer: "stating during the debate that ...".
MAX_ADJUNCT = 60
#: Two cues are as near if not so many letters are between them.
WORD_LETTERS = 8
_NOTHING = frozenset(("what", "which", "who", "whom", "that"))
_PART = re.compile(r"[,;:.!?…—–\n\"“”«»„]")
_SENTENCE = re.compile(r"(?<!\b[A-Z])[.!?…][\"”’'»)]*\s")


@dataclass(frozen=True, slots=True)
class _Holder:
    """A row that has a quotation, and in which piece; whole: the piece is nothing else."""

    row: Draft
    piece: Span
    whole: bool


def without_strangers(text: str, rows: Sequence[Draft], tops: Tops) -> list[Draft]:
    """The rows; where several hold one quotation, all but the nearest have lost it, and are gone if it was all they had."""
    held: dict[int, list[_Holder]] = {}
    for row in rows:
        for piece in row.content if len(row.content) <= MAX_PIECES else ():
            for quote in tops.touched(piece):
                if piece.start <= quote.inner_start and quote.inner_end - MAX_EDGE <= piece.end:
                    whole = quote.start - MAX_EDGE <= piece.start and piece.end <= quote.end + MAX_EDGE
                    held.setdefault(quote.start, []).append(_Holder(row, piece, whole))
    gone: set[int] = set()
    for quote in tops.quotes:
        holders = held.get(quote.start, [])[:MAX_HOLDERS]
        if len(holders) < 2 or not any(h.whole for h in holders):
            continue
        if any(_is_nested(a.row, b.row) for a in holders for b in holders if a is not b):
            continue
        far = {id(h): _distance(text, h, quote, tops) for h in holders}
        nearest = min(holders, key=lambda h: (far[id(h)], _words_between(h.row, quote), -h.row.score))
        for holder in holders:
            if far[id(holder)] <= BESIDE and (
                _is_pronoun(text, holder.row) or _is_pronoun(text, nearest.row)
            ):
                continue  # "Ruiz scolded him: “It leaks,” she said."
            if holder.row is not nearest.row and holder.piece in holder.row.content:
                _take_away(text, holder, quote)
                if not _tells(text, holder.row):
                    gone.add(id(holder.row))
    return [row for row in rows if id(row) not in gone]


def _is_pronoun(text: str, row: Draft) -> bool:
    return len(row.source) == 1 and text[row.source[0].start : row.source[0].end].lower() in words_of(
        "subjects"
    )


def _tells(text: str, row: Draft) -> bool:
    """Whether anything is left of a content but "what"."""
    return any(text[s.start : s.end].strip().lower() not in _NOTHING for s in row.content)


def _take_away(text: str, holder: _Holder, quote: Quote) -> None:
    """The row without the quotation, if it is the piece or stands at one of its ends."""
    content, piece = holder.row.content, holder.piece
    if holder.whole:
        content.remove(piece)
    elif piece.end <= quote.end + MAX_EDGE:
        left = trimmed(text, piece.start, quote.start)
        end = len(text[left.start : left.end].rstrip(" ,;:-–—")) if left is not None else 0
        if left is not None and end:
            content[content.index(piece)] = Span(left.start, left.start + end)
    elif quote.start - MAX_EDGE <= piece.start:
        left = trimmed(text, quote.end, piece.end)
        if left is not None and text[left.start].isupper():
            content[content.index(piece)] = left


def _is_nested(inner: Draft, outer: Draft) -> bool:
    """Whether a row's cue stands in what the other says."""
    if inner.parent is outer:
        return True
    return any(s.start <= cue.start and cue.end <= s.end for cue in inner.cue[:1] for s in outer.content)


def _distance(text: str, holder: _Holder, quote: Quote, tops: Tops) -> int:
    """How far the row's clause, cue and source, stands from the quotation."""
    row, piece = holder.row, holder.piece
    if not holder.whole:
        told = row.cue and 0 <= piece.start - row.cue[-1].end <= MAX_ADJUNCT
        told = told and not _PART.search(text, row.cue[-1].end, piece.start)
        told = told and not _SENTENCE.search(text, piece.start, quote.start)
        told = told and text[piece.start : quote.start].rstrip()[-1:].isalnum()
        return 0 if told else MAX_BETWEEN * FAR_QUOTE  # "calling Ruiz “a fool”"
    clause = min((s.start for s in (*row.cue, *row.source) if s.start >= quote.end), default=-1)
    if 0 <= clause - quote.end < BESIDE and _ends_with_comma(text, quote.start, quote.end):
        return -1
    before = max((s for s in row.content if s.end <= quote.start), default=None)
    if before is not None and text[quote.inner_start : quote.inner_start + 1].islower():
        opens = text[before.start : before.start + 1] in "“\"«„'`‘"
        if opens and _ends_with_comma(text, before.start, before.end):
            return 1
    spans = (*row.cue, *row.source)
    return min((_between(text, span, quote, tops) for span in spans), default=2 * FAR_QUOTE)


def _words_between(row: Draft, quote: Quote) -> int:
    """How many words stand between the row's cue and the quotation behind it, roughly: "Hale said as the heckler yelled: “…”"."""
    return min((max(quote.start - s.end, 0) // WORD_LETTERS for s in row.cue), default=0)


def _ends_with_comma(text: str, start: int, end: int) -> bool:
    return text[max(start, end - 4) : end].rstrip("\"”’'»").endswith(",")


def _between(text: str, span: Span, quote: Quote, tops: Tops) -> int:
    if span.end <= quote.start:
        start, end, before = span.end, quote.start, BESIDE
    elif span.start >= quote.end:
        start, end, before = quote.end, span.start, 0
    else:
        return 0
    n_quotes = bisect_left(tops.starts, end) - bisect_left(tops.starts, start)
    gap = text[max(0, start - before) : min(end, start + MAX_BETWEEN)]
    if (
        before
        and end - start <= MAX_ADJUNCT
        and gap.rstrip().endswith(":")
        and not _PART.search(gap.rstrip()[:-1])
    ):
        return BESIDE  # "scolded him: “…”"
    far = max(end - start, BESIDE) + FAR_QUOTE * min(n_quotes, MAX_QUOTES)
    return far + FAR_PARAGRAPH * ("\n" in gap) + FAR_SENTENCE * (_SENTENCE.search(gap) is not None)
