"""What somebody calls a thing, or tells another, inside what somebody else does.

"The council rejected what Ruiz called “a tax on breathing”", "Hale recalls being told by Ruiz: “Never again.”"

In: a sentence's `Item`s and its quotations. Out: `Draft`s whose source is whoever calls or tells.
Leaves to others: calling that is the sentence's own verb (`forward`, and the tagger), and what has no caller
("what is called “a debate”").
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attributions.clauses import group_start, is_passive, span_of, subject_between, subject_right
from onrecord.attributions.drafts import Draft, Found
from onrecord.attributions.lists import words_of
from onrecord.attributions.quotes import Quote
from onrecord.attributions.tokens import Item, What
from onrecord.text import overlap

#: From "what" to the verb there are no more items than this: the caller with an apposition, auxiliaries.
MAX_CALLER = 14
#: Between the verb and the quotation: "as", an article, "his", two words that are not the caller's.
MAX_BEFORE_QUOTE = 4
#: The drafts of one sentence are among so many of the last.
NEAR = 8
_OPENS = frozenset(("what", "which", "whom", "who", "that"))
_ENDS = _OPENS | frozenset((".", "!", "?", ";", ":"))
_PRESENT = frozenset(("call", "calls", "dub", "dubs", "term", "terms", "label", "labels"))
_ANYBODY = frozenset(("we", "you", "one"))  # "what we call “infrastructure”": nobody in particular


def read_calling(items: Sequence[Item], quotes: Sequence[Quote], found: Found) -> None:
    """Add the drafts of every "what X called “…”" and "told by X: “…”" of a sentence."""
    for k, item in enumerate(items):
        if item.quote < 0:
            draft = _draft_at(items, k, quotes)
            if draft is not None:
                for other in [d for d in found.drafts[-NEAR:] if overlap(d.cue, draft.cue)]:
                    found.drop(other)  # "described | as “a gift”": the same calling, read by its verb alone
                found.add(draft)


def _draft_at(items: Sequence[Item], k: int, quotes: Sequence[Quote]) -> Draft | None:
    low = items[k].low
    if low == "by" and k and items[k - 1].low in words_of("telling"):
        return _told_by(items, k, quotes)
    if low in _OPENS and (low != "who" or _has_caller(items, k + 1)):
        return _called_from(items, k, quotes)
    return None


def _told_by(items: Sequence[Item], k: int, quotes: Sequence[Quote]) -> Draft | None:
    """ "told by X: “…”": items[k] is "by"."""
    teller = subject_right(items, k + 1)
    if teller is None or teller[1] + 2 >= len(items) or items[teller[1] + 1].low not in (":", ","):
        return None
    number = items[teller[1] + 2].quote
    if number < 0:
        return None
    source = [span_of(items[teller[0]], items[teller[1]])]
    return Draft([quotes[number].span], source, [span_of(items[k - 1], items[k])], pattern="calling")


def _called_from(items: Sequence[Item], k: int, quotes: Sequence[Quote]) -> Draft | None:
    for v in range(k + 2, min(len(items), k + MAX_CALLER)):
        item = items[v]
        if item.what is What.QUOTE or item.quote >= 0 or item.low in _ENDS:
            return None
        if item.low not in words_of("calling"):
            continue
        start = group_start(items, v, k + 1)
        caller = None if is_passive(items, start, v) else subject_between(items, k + 1, start - 1)
        number = _quotation_after(items, v)
        if caller is None or number is None or items[caller[1]].low in _ANYBODY:
            return None
        if start == v and item.low in _PRESENT and not _is_somebody(items[caller[0]]):
            return None  # "what the trade calls “soft steel”": a word of the trade's
        end = v + 1 if items[v + 1].low in ("as", "to") else v
        source = [span_of(items[caller[0]], items[caller[1]])]
        return Draft([quotes[number].span], source, [span_of(items[start], items[end])], pattern="calling")
    return None


def _is_somebody(item: Item) -> bool:
    return item.is_capital or item.low in words_of("subjects")


def _has_caller(items: Sequence[Item], k: int) -> bool:
    """Whether "who" is whom somebody calls, and not who calls: "Hale, who Ruiz called “a fool”"."""
    return k < len(items) and _is_somebody(items[k])


def _quotation_after(items: Sequence[Item], v: int) -> int | None:
    """The number of the quotation that begins soon behind items[v]."""
    for item in items[v + 1 : v + 2 + MAX_BEFORE_QUOTE]:
        if item.quote >= 0:
            return item.quote
        if item.what is not What.WORD:
            return None
    return None
