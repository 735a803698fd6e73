"""What somebody's message is, with the words themselves: "her message was simple: “Vote.”", "“No,” was the mayor's reply".

In: a sentence's `Item`s. Out: `Draft`s whose source is whoever the message is from, and whose cue is its noun with the verb;
of a sentence that only asks for it ("Ruiz's verdict?"), what the next one's words are.
Leaves to others: nouns of saying that a clause follows (`nominal`), verbs of saying (`rules`, `forward`).
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attributions.clauses import (
    DASHES,
    find_item,
    is_adverb,
    is_finite,
    span_of,
    subject_between,
    subject_right,
)
from onrecord.attributions.contents import with_marks
from onrecord.attributions.drafts import Draft, Found
from onrecord.attributions.lists import words_of
from onrecord.attributions.nominal import possessive_of
from onrecord.attributions.tokens import Item, What
from onrecord.text import overlap
from onrecord.types import Span

#: Between the verb and the words: "was short and to the point:" is too much, "was very simple:" is not.
MAX_PREDICATE = 4
#: Between the noun and the verb: "her message to the people of Orlo on Monday was".
MAX_ADDRESS = 10
#: A sentence that asks for a message has so many items at most: "And Ruiz's first verdict on the dam?".
MAX_ASKED = 12
#: The drafts of one sentence are among so many of the last.
NEAR = 8
#: From "was how" to the verb: "was how Ruiz, the mayor of Orlo, put it".
MAX_HOW = 14
_IS = frozenset(("is", "was", "are", "were"))
_MANNER = frozenset(("put", "puts", "sums", "summed", "describes", "described", "explains", "explained"))


def read_messages(text: str, items: Sequence[Item], found: Found) -> None:
    """Add the drafts of every quotation of a sentence that is somebody's message before or after it."""
    for i, item in enumerate(items):
        number = item.quote
        if number < 0 or number in found.owner or (i and items[i - 1].quote == number):
            continue
        last = i
        while last + 1 < len(items) and items[last + 1].quote == number:
            last += 1
        clause = _before(text, items, i) or _after(items, last)
        if clause is not None:
            source, cue = clause
            for other in [d for d in found.drafts[-NEAR:] if overlap(d.cue, cue)]:
                found.drop(other)  # "put | it": the same, read by its verb alone
            content = with_marks(text, [span_of(item, items[last])])
            draft = Draft(content, source, cue, pattern="noun")
            found.owner[number] = found.add(draft)


def asked_for(items: Sequence[Item]) -> Draft | None:
    """ "Ruiz's verdict?": whose the next words are, if they are a quotation; its content is still empty."""
    if len(items) > MAX_ASKED or items[-1].low != "?":
        return None
    noun = _noun(items, len(items) - 2)
    if noun is None:
        return None
    source, k = noun
    return Draft([], source, [span_of(items[k], items[k])], pattern="introduced")


def _before(text: str, items: Sequence[Item], i: int) -> tuple[list[Span], list[Span]] | None:
    """Source and cue of "her message (to them) was (simple):" that ends right before items[i]."""
    j = i - 1
    marked = j >= 0 and (items[j].low in (":", ",") or items[j].low in DASHES)
    j -= marked
    v = j
    while v > max(0, j - MAX_PREDICATE) and items[v].low not in _IS and _describes(items[v]):
        v -= 1
    if j < 1 or items[v].low not in _IS:
        return None
    if not marked and (v < j or not _is_sentence(text, items[i])):
        return None  # "her description was “false”": nothing that she says
    noun = _noun(items, v - 1)
    if noun is None:
        return None
    source, k = noun
    return source, [span_of(items[k], items[v])] if k + 1 == v else [
        span_of(items[k], items[k]),
        span_of(items[v], items[v]),
    ]


def _is_sentence(text: str, first: Item) -> bool:
    """Whether a quotation, or the first of its words, begins like a sentence."""
    return next((c.isupper() for c in text[first.start : first.start + 8] if c.isalnum()), False)


def _describes(item: Item) -> bool:
    """Whether a word may stand between "was" and the words themselves: "simple", "very clear"."""
    low = item.low
    return (
        item.what is What.WORD
        and item.quote < 0
        and low not in ("not", "never", "no")
        and low not in words_of("prepositions")
        and low not in words_of("subordinators")
        and low not in words_of("determiners")
        and (is_adverb(item) or low == "and" or not is_finite(item))
    )


def _noun(items: Sequence[Item], last: int) -> tuple[list[Span], int] | None:
    """Whose message ends with items[last], and the place of its noun: "her message", "the reply of the mayor", "his advice to them"."""
    for k in range(last, max(-1, last - MAX_ADDRESS), -1):
        item = items[k]
        if item.what is not What.WORD or item.quote >= 0 or (is_finite(item) and not _is_message(item)):
            return None
        if not _is_message(item):
            continue
        if k < last and items[k + 1].low in ("from", "of") and items[k + 1].quote < 0:
            sender = subject_right(items[: last + 1], k + 2)
            if sender is not None and items[sender[0]].low not in words_of("subjects"):
                return [span_of(items[sender[0]], items[sender[1]])], k
        if k < last and items[k + 1].low not in words_of("prepositions"):
            return None
        whose = possessive_of(items, k)
        return None if whose is None else ([span_of(items[whose[0]], items[whose[1]])], k)
    return None


def _is_message(item: Item) -> bool:
    return item.low in words_of("messages") or item.low.removesuffix("s") in words_of("messages")


def _after(items: Sequence[Item], i: int) -> tuple[list[Span], list[Span]] | None:
    """Source and cue of what follows items[i]: "was her answer", "was the reply from Ruiz", "— that was how Ruiz put it"."""
    j = i + 1
    while j < len(items) and (items[j].low == "," or items[j].low in DASHES):
        j += 1
    if j < len(items) and items[j].low in ("that", "this", "which"):
        j += 1
    if j + 1 >= len(items) or items[j].low not in _IS:
        return None
    if items[j + 1].low == "how":
        return _how(items, j)
    for k in range(j + 1, min(len(items), j + 1 + MAX_PREDICATE)):
        item = items[k]
        if item.what is not What.WORD or item.quote >= 0:
            return None
        if not _is_message(item):
            continue
        cue = [span_of(items[k], items[k])]
        whose = possessive_of(items, k)
        if whose is not None and whose[0] > j:
            return [span_of(items[whose[0]], items[whose[1]])], cue
        if k + 2 < len(items) and items[k + 1].low in ("from", "of"):
            sender = subject_right(items, k + 2)
            if sender is not None:
                return [span_of(items[sender[0]], items[sender[1]])], cue
        return None
    return None


def _how(items: Sequence[Item], j: int) -> tuple[list[Span], list[Span]] | None:
    """ "was how Ruiz put it": items[j] is "was"."""
    for v in range(j + 3, min(len(items), j + MAX_HOW)):
        end = find_item(items, v + 1, "it", 2) if items[v].low in _MANNER else None
        if end is not None:
            who = subject_between(items, j + 2, v - 1)
            source = [] if who is None else [span_of(items[who[0]], items[who[1]])]
            return (source, [span_of(items[v], items[end])]) if source else None
    return None
