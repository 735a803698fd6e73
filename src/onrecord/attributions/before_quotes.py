"""A verb of saying right before a quotation, whose subject stands further left: "laughed and admitted “…”", "went on to say, “…”".

In: a sentence's `Item`s and what the rules have found in it. Out: `Draft`s of pattern "before-quote", for what a tagger has nothing of.
Leaves to others: a subject right before its verb (`forward`), quotations with a clause behind them (`rules`).
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attributions.clauses import (
    DASHES,
    first_subject,
    group_start,
    is_adverb,
    is_finite,
    span_of,
)
from onrecord.attributions.contents import with_marks
from onrecord.attributions.drafts import Draft, Found
from onrecord.attributions.lists import words_of
from onrecord.attributions.tokens import Item, What
from onrecord.text import overlap

#: Between the verb and the quotation: whom it is told, a comma.
MAX_TOLD = 3
#: The drafts of one sentence are among so many of the last.
NEAR = 12
_SHOWS = frozenset(("read", "reads", "reading", "chanting", "chanted", "mouthing", "mouthed"))
#: Before "to say": nothing was said, or not by the subject ("as if to say").
_UNSAID = frozenset(
    [
        "if",
        "refused",
        "refuses",
        "declined",
        "declines",
        "failed",
        "fails",
        "forgot",
        "wanted",
        "wants",
        "want",
        "wished",
        "hoped",
        "hopes",
        "hoping",
        "hesitated",
        "supposed",
        "expected",
        "likely",
        "ready",
        "able",
        "unable",
        "allowed",
        "used",
        "not",
        "never",
        "would",
        "will",
        "could",
        "should",
        "might",
        "may",
        "must",
    ]
)
_JOINS = frozenset(("and", "but", "then", "or"))
_NOT_SPEAKERS = frozenset(("it", "this", "that", "there", "what", "which", "these", "those"))


def read_before_quotes(text: str, items: Sequence[Item], found: Found) -> None:
    """Add a draft for every quotation of a sentence that such a verb stands before, and no other draft has it."""
    for i in range(2, len(items)):
        number = items[i].quote
        if number < 0 or items[i - 1].quote == number or number in found.owner:
            continue
        last = i
        while last + 1 < len(items) and items[last + 1].quote == number:
            last += 1
        content = with_marks(text, [span_of(items[i], items[last])])
        if any(overlap(draft.content, content) for draft in found.drafts[-NEAR:]):
            continue
        v = _verb_before(items, i)
        subject = None if v is None else _subject_of(items, v)
        if v is None or subject is None or items[subject[0]].low in _NOT_SPEAKERS:
            continue
        source, cue = [span_of(items[subject[0]], items[subject[1]])], [span_of(items[v], items[v])]
        found.add(Draft(content, source, cue, pattern="before-quote"))


def _verb_before(items: Sequence[Item], i: int) -> int | None:
    """The verb of saying before items[i], with nothing between but a mark and a person who is told."""
    k = i - 1
    if items[k].low in (",", ":"):
        k -= 1
    for v in range(k, max(0, k - MAX_TOLD), -1):
        item = items[v]
        if item.what is not What.WORD or item.quote >= 0:
            return None
        if item.low in words_of("speech_verbs") or item.low in _SHOWS:
            noun = items[v - 1].low in words_of("determiners") or items[v - 1].low.endswith("'s")
            return None if noun else v
        if item.low not in words_of("objects") and not item.is_capital:
            return None
    return None


def _subject_of(items: Sequence[Item], v: int) -> tuple[int, int] | None:
    if items[v].low.endswith("ing"):
        return _of_participle(items, v)
    start = group_start(items, v, 0)
    before = start - 1
    if before < 1 or any(item.low in _UNSAID for item in items[start:v]):
        return None
    if items[before].low == "to":
        unsaid = any(
            item.low in words_of("telling") or item.low in words_of("told") or item.low in _UNSAID
            for item in items[:before]
        )
        return None if unsaid else first_subject(items, before)
    if items[before].low in _JOINS or items[before].low == ",":
        return first_subject(items, before)
    return None


def _of_participle(items: Sequence[Item], v: int) -> tuple[int, int] | None:
    """Whoever "…, saying", "by saying" or "a hat reading" is about."""
    k = v - 1
    while k > 0 and is_adverb(items[k]):
        k -= 1
    before = items[k]
    if before.low == "," or before.low in DASHES or before.low in ("and", "by", "while", "before", "after"):
        return first_subject(items, k)
    if before.what is not What.WORD or before.low in words_of("prepositions") or is_finite(before):
        return None
    who = shortest_phrase(items, k)
    acted_on = who[0] and (is_finite(items[who[0] - 1]) or items[who[0] - 1].low.endswith("ing"))
    return who if before.low in words_of("bearers") or not acted_on else None


def shortest_phrase(items: Sequence[Item], k: int) -> tuple[int, int]:
    """The shortest noun phrase that ends with items[k], first and last item: from its determiner on, or its words with capitals."""
    first = k
    while first and items[first].low not in words_of("determiners"):
        before = items[first - 1]
        if before.what is not What.WORD or before.low in words_of("prepositions") or is_finite(before):
            break
        if items[first].is_capital and not before.is_capital and before.low not in words_of("determiners"):
            break
        first -= 1
    return first, k
