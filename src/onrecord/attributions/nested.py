"""What somebody tells, inside a quotation, that somebody else has said: "X told us that ...".

In: a paragraph's quotations, and whose they are. Out: `Draft`s with a parent.
Leaves to others: what is told inside indirect speech (`forward` finds it, `repair` gives it its parent).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.attributions.clauses import DASHES, group_start, noun_phrase, span_of
from onrecord.attributions.drafts import Draft, Found
from onrecord.attributions.lists import words_of
from onrecord.attributions.quotes import Quote
from onrecord.attributions.tokens import Item, What, tokens_of
from onrecord.types import Span

#: Pieces of an attribution among which a quotation of the same paragraph is looked for.
MAX_PIECES = 50
#: A quotation is searched for nested attributions up to this length.
MAX_NESTING = 4000


def read_nested(text: str, inside: Sequence[tuple[int, Quote]], found: Found) -> None:
    """Add the drafts of what somebody says, in a quotation of `inside`, that somebody else has said."""
    for number, quote in inside:
        owner = found.owner.get(number)
        if owner is None or quote.inner_end - quote.inner_start > MAX_NESTING:
            continue
        if not any(s.start <= quote.start and quote.end <= s.end for s in owner.content[-MAX_PIECES:]):
            continue  # only a part of it is a content
        if not _nesting().search(text, quote.inner_start, quote.inner_end):
            continue  # most quotations: spares cutting them into tokens
        for items in tokens_of(text, Span(quote.inner_start, quote.inner_end)):
            for v, item in enumerate(items):
                if item.low not in words_of("nesting") or v == 0:
                    continue
                nested = _nested_at(items, v)
                if nested is not None:
                    nested.parent = owner
                    found.add(nested)


@cache
def _nesting() -> re.Pattern[str]:
    """Any verb that makes a nested attribution."""
    return re.compile(rf"\b(?:{'|'.join(sorted(words_of('nesting')))})\b", re.IGNORECASE)


def _nested_at(items: Sequence[Item], v: int) -> Draft | None:
    start = group_start(items, v, 0)
    subject = noun_phrase(items, start - 1)
    if subject is None or _names_nobody(items, subject) or _is_supposed(items, start, v):
        return None
    if subject[0] > 0 and items[subject[0] - 1].low in (
        "if",
        "when",
        "whenever",
        "unless",
        "whether",
        "another",
    ):
        return None  # "Remember when she said"
    c = v + 1
    if items[v].low in words_of("telling"):
        if c >= len(items) or items[c].low not in words_of("objects"):
            return None
        c += 1
    if c < len(items) and items[c].low == ",":
        c += 1
    opens = c < len(items) and (items[c].low == "that" or items[c].low in words_of("subjects"))
    if not opens and not (items[c - 1].low == "," and c < len(items) and items[c].is_capital):
        return None
    end = len(items) - 1
    for k in range(c + 1, len(items) - 1):
        if items[k].low in (",", ";") and items[k + 1].low in ("and", "but", "so", "which", "then"):
            end = k - 1
            break
        if items[k].low in DASHES:
            end = k - 1
            break
    while end > c and items[end].what is What.PUNCT:
        end -= 1
    if end <= c:
        return None
    return Draft(
        [span_of(items[c], items[end])],
        [span_of(items[subject[0]], items[subject[1]])],
        [span_of(items[start], items[v])],
        pattern="nested",
    )


def _names_nobody(items: Sequence[Item], subject: tuple[int, int]) -> bool:
    """Whether a subject is the speaker of the quotation, or nobody: "I", "I'm glad to", "having to"."""
    first, last = items[subject[0]].low, items[subject[1]].low
    opening = first.partition("'")[0]
    return (
        opening in ("i", "we", "you", "that", "who", "it", "both", "someone", "somebody", "let")
        or last in ("to", "not", "both")
        or (first.endswith("ing") and not items[subject[0]].is_capital)
    )


def _is_supposed(items: Sequence[Item], start: int, v: int) -> bool:
    """Whether the verb tells of what may be said, not of what was: "they may say"."""
    return any(
        items[k].low in ("may", "might", "would", "could", "should", "can", "will", "must", "never")
        for k in range(start, v)
    ) or (start > 0 and items[start - 1].low.endswith("'ll"))
