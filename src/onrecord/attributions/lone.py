"""Quotations whose own sentence has no reporting clause: more of what somebody said, signed, after a colon, or nobody's.

In: a sentence's `Item`s, a quotation in it, and what has been found before. Out: `Draft`s, or further pieces of one.
Leaves to others: quotations with a clause (`rules`), and what a colon or a noun of saying introduces (`messages`).
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attributions.clauses import (
    first_subject,
    named_first,
    noun_phrase,
    presented,
    span_of,
    subject_right,
)
from onrecord.attributions.drafts import Draft, Found
from onrecord.attributions.lists import words_of
from onrecord.attributions.quotes import Quote, is_speech
from onrecord.attributions.tokens import Item
from onrecord.attributions.turns import find_signature
from onrecord.text import WORD
from onrecord.types import Span

#: A quotation this far behind its reporting clause is no longer a piece of the same attribution.
MAX_GAP = 400
#: Patterns whose contents are whole quotations: what comes next is more of the same.
QUOTED = ("quote-clause", "cue-quote", "cue-block", "introduced")
#: The rules' patterns without a source or a cue.
SOURCELESS = ("goes-on", "after-speech", "alone")
#: A quotation at most so many characters behind what somebody said is the same person's.
NEAR = 40
#: Shorter quotations that nobody is said to have said are slogans, labels and captions.
MIN_ALONE = 5
_NO_SPEAKER = frozenset(("it", "this", "that", "there", "what", "which", "these", "those"))


def read_lone(
    text: str,
    items: Sequence[Item],
    i: int,
    quotes: Sequence[Quote],
    found: Found,
    before: Draft | None,
    paragraph: Span,
) -> None:
    """A quotation whose own sentence does not say whose it is."""
    number = items[i].quote
    quote = quotes[number]
    span = span_of(items[i], items[i])
    owner = found.owner.get(quote.continues) if quote.continues is not None else None
    if owner is not None:
        owner.content.append(span)
        found.owner[number] = owner
        return
    # "Q1," X said. "Q2": another piece of the same attribution
    spoke = before is not None and before.pattern in QUOTED
    answers = i == 0 and before is not None and not text[before.content[-1].end : quote.start].strip()
    if (
        i == 0
        and before is not None
        and spoke
        and not answers
        and quote.start - before.content[-1].end < MAX_GAP
    ):
        before.content.append(span)
        found.owner[number] = before
        return
    signed = find_signature(text, quote.end, paragraph.end)
    if signed is not None:
        found.owner[number] = found.add(Draft([span], [signed.who], [signed.mark], pattern="signed"))
        return
    if i > 1 and items[i - 1].low == ":":
        inverted = subject_right(items, 1) if items[0].low in words_of("speech_verbs") else None
        # "Continued Ruiz: ...", "Here's Ruiz in May: ...", "Ruiz, in a letter: ...", "From the report: ..."
        named = (
            inverted
            or presented(items, i - 1)
            or named_first(items, i - 1)
            or _whose_clause(items, i - 1)
            or noun_phrase(items, i - 2)
        )
        if named is not None:
            source = [span_of(items[named[0]], items[named[1]])]
            cue = [span_of(items[i - 1], items[i - 1])]
            found.owner[number] = found.add(Draft([span], source, cue, pattern="named"))
            return
    introduced = i > 1 and items[i - 1].low == ":"
    if (i and not introduced) or not is_speech(text, quote) or _n_words(text, quote) < MIN_ALONE:
        return
    if introduced:
        found.owner[number] = found.add(Draft([span], pattern="alone"))
        return
    whole = _is_whole(text, quote, paragraph)
    if whole and before is None and found.last is not None and found.last.pattern in QUOTED:
        # more of a quotation, in a paragraph of its own: one attribution in several pieces
        found.last.content.append(span)
        found.owner[number] = found.last
        return
    speaker = None if answers else before if before is not None else found.last
    # a paragraph of its own goes on from the one before; inside a paragraph of narration one knows less
    near = speaker is not None and quote.start - max(s.end for s in speaker.content + speaker.cue) <= NEAR
    pattern = "goes-on" if whole else "after-speech" if near else "alone"
    found.owner[number] = found.add(Draft([span], pattern=pattern, follows=speaker))


def _whose_clause(items: Sequence[Item], end: int) -> tuple[int, int] | None:
    """Whoever "Ruiz returned to her familiar lines" is about, which ends with a colon at items[end]."""
    subject = first_subject(items, end)
    if subject is None or items[subject[0]].low in _NO_SPEAKER:
        return None
    return subject


def _n_words(text: str, quote: Quote) -> int:
    return sum(
        1 for _ in WORD.finditer(text, quote.inner_start, min(quote.inner_end, quote.inner_start + 200))
    )


def _is_whole(text: str, quote: Quote, paragraph: Span) -> bool:
    """Whether the paragraph is the quotation and nothing else that has a letter."""
    around = text[paragraph.start : min(quote.start, paragraph.start + 200)]
    around += text[quote.end : min(paragraph.end, quote.end + 200)]
    return not any(c.isalnum() for c in around)
