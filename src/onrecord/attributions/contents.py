"""Where what is said begins and ends, in the words of the narration.

In: a sentence's `Item`s and the place of its cue. Out: places of items, or None.
Leaves to others: which verbs are cues, and their subjects (`forward`, `clauses`).

Where the content ends is a handful of rules on conjunctions and commas; with a sentence of several
clauses they take too much more often than too little.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attributions.clauses import DASHES, STOPS, find_item, is_adverb, is_finite
from onrecord.attributions.lists import words_of
from onrecord.attributions.tokens import Item, What
from onrecord.types import Span

#: At most so many quotation marks that touch a content from outside are taken with it.
MAX_MARKS = 4
#: Prepositions that open an adjunct of place or time after a verb of saying.
ADJUNCT_OPENERS = frozenset(("in", "at", "on", "to", "during", "after", "before", "from"))


def content_start(items: Sequence[Item], v: int, cue_end: int) -> int | None:
    """First item of the content after the verb, or None where nothing that is said follows."""
    c = cue_end + 1
    n = len(items)
    if c >= n or items[c].low in STOPS:
        return None
    if items[v].low in words_of("telling"):
        told = _after_addressee(items, c)
        if told is not None or items[v].low in words_of("addressing"):
            return told
    behind = after_aside(items, c)
    if behind is not None:
        return behind
    for k in range(c, min(n, c + 12)):
        here = items[k]
        if here.what is What.QUOTE:
            plain = not any(x.low == "that" or (x.what is What.WORD and is_finite(x)) for x in items[c:k])
            return k if plain else c
        if here.low == ":":
            return k + 1 if k + 1 < n else None
        if here.low == "that" and k > c:
            first = items[c]
            adjunct = (
                first.low in words_of("prepositions") or first.low in words_of("times") or is_adverb(first)
            )
            return k if adjunct and items[v].low in words_of("speech_verbs") else c
        if here.low == "," and k + 1 < n and items[k + 1].what is What.QUOTE:
            return k + 1
        if here.low in (",", ";") or here.low in DASHES or here.low in STOPS:
            break
        if here.what is What.WORD and is_finite(here):
            break
    if items[c].low == ",":
        return None
    c = _after_day(items, c)
    if c == v + 1 and items[v].low in words_of("plain_saying") and items[c].low in ADJUNCT_OPENERS:
        return None  # "said in a message": nothing that is said follows
    if c >= n or (items[c].what is What.PUNCT and items[c].low not in ("$", "(", "[", "@", "#", "£", "€")):
        return None
    return c


def after_aside(items: Sequence[Item], c: int) -> int | None:
    """The "that" behind an aside that begins at items[c]: "acknowledged - for the first time - that"."""
    if items[c].low != "," and items[c].low not in DASHES:
        return None
    close = find_item(items, c + 1, items[c].low, 12)
    if close is None or close + 1 >= len(items) or items[close + 1].low != "that":
        return None
    return close + 1


def _after_day(items: Sequence[Item], c: int) -> int:
    """Behind "Wednesday" or "on Wednesday"."""
    n = len(items)
    while c < n and (
        items[c].low in words_of("times")
        or (items[c].low == "on" and c + 1 < n and items[c + 1].low in words_of("times"))
    ):
        c += 1
    return c


def _after_addressee(items: Sequence[Item], c: int) -> int | None:
    """First item of the content after "told": behind the person who is told."""
    n = len(items)
    seen = 0
    for k in range(c, min(n, c + 20)):
        item = items[k]
        if item.what is What.QUOTE:
            return k
        if item.low == ":":
            return k + 1 if k + 1 < n else None
        if item.low in ("that", "how", "why", "what", "whether", "if"):
            return k
        if (
            seen
            and item.low in ("to", "not", "about", "against")
            and k + 1 < n
            and not items[k + 1].is_capital
        ):
            return k
        if seen and item.low == "of" and k > c and items[k - 1].is_capital:
            return k
        if item.low in STOPS or item.low == ";":
            return None
        if item.low == ",":
            return k + 1 if k + 1 < n and items[k + 1].what is What.QUOTE else None
        if seen and item.low in words_of("subjects"):
            return k
        if seen and (item.low in words_of("determiners") or item.low == "there"):
            before = items[k - 1]
            if before.what is What.WORD and before.low not in words_of("prepositions"):
                return k
        person = seen == 1 and items[c].low in words_of("objects")
        if person and item.low not in words_of("prepositions") and item.low not in words_of("times"):
            return k
        if item.what is What.WORD and item.low not in words_of("determiners"):
            seen += 1
    return None


def content_end(
    text: str,
    items: Sequence[Item],
    c: int,
    v: int,
    following: tuple[int, int, float] | None,
    *,
    relative: bool,
    start: int,
) -> int:
    """Last item of the content that begins at items[c]: the clause with what hangs on it."""
    conjunction = items[c].low in ("that", "whether", "if", "how", "why", "what")
    clause = conjunction or items[v].low in words_of("clausal")
    aside = items[start - 2].low if relative and start >= 2 else ""
    for k in range(c + 1, len(items)):
        item = items[k]
        if item.low == ";" or (aside in DASHES and item.low == aside):
            return k - 1
        if following is not None and k == following[0]:
            cut = _before_next_cue(items, c, following)
            if cut is not None:
                return cut
        if not clause and item.low in DASHES:
            return k - 1
        if item.low == "," and k + 1 < len(items):
            after = items[k + 1].low
            if after == "but" and items[k + 2 : k + 3] and items[k + 2].low != "that":
                return k - 1
            if after in ("according", "while", "although", "though", "whereas"):
                return k - 1
            if (
                not clause
                and after in words_of("subordinators")
                and after not in ("and", "or", "than", "like")
            ):
                return k - 1
            if relative and aside == "," and k > c + 1 and is_finite(items[k + 1]):
                return k - 1
        if k > c + 1 and not clause and item.low in words_of("adjuncts"):
            return k - 1
        # “..., one of several points”: a comma inside the mark, and an apposition after it
        previous = items[k - 1]
        closes = previous.low == "," and previous.end < len(text) and text[previous.end] in "\"”'’»"
        if closes and (item.low in words_of("determiners") or item.low in ("who", "which", "as")):
            return k - 2
    return len(items) - 1


def _before_next_cue(items: Sequence[Item], c: int, following: tuple[int, int, float]) -> int | None:
    """Where the content ends if the next cue says something of its own: before ", adding" or "but noted"."""
    j = following[0] - 1
    while j > c and is_adverb(items[j]):
        j -= 1
    if (items[j].low == "," or items[j].low in DASHES) and items[following[1]].low.endswith("ing"):
        return j - 1
    if items[j].low in ("and", "but", "then") and j > c:
        return j - 2 if items[j - 1].low == "," else j - 1
    return None


def with_marks(text: str, spans: Sequence[Span]) -> list[Span]:
    """The spans, each with the quotation marks that touch it from outside."""
    out: list[Span] = []
    for span in spans:
        start, end = span.start, span.end
        while start > max(0, span.start - MAX_MARKS) and text[start - 1] in "\"“„«'‘`":
            start -= 1
        if end + 1 < len(text) and text[end] in ".,!?…" and text[end + 1] in "\"”»'’":
            end += 1
        while end < min(len(text), span.end + MAX_MARKS) and text[end] in "\"”»'’“":
            end += 1
        out.append(Span(start, end))
    return out
