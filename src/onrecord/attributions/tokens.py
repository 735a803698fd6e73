"""A paragraph as the rules read it: words, marks of punctuation, and whole quotations as single items.

In: text, a paragraph, its quotations. Out: sentences of `Item`s that know their offsets.
Leaves to others: what the items say (`rules`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from onrecord.attributions.lists import words_of
from onrecord.attributions.quotes import Quote, is_speech
from onrecord.types import Span

#: Longer sentences are cut: what is looked for in them takes time by the square of their length.
MAX_SENTENCE = 200

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"
    r"|@\w+"
    r"|\d+(?:[.,]\d+)*\w*"
    r"|[^\W\d]\w*(?:[-’'][^\W_]+)*"
    r"|\.\.\.|--+|''|``|[^\w\s]"
)
_MARKS = frozenset("\"“”„‟«»'‘’‹›`") | {"''", "``"}
_STOPS = frozenset(".!?…") | {"..."}


class What(Enum):
    """What an item is."""

    WORD = "word"
    PUNCT = "punct"
    QUOTE = "quote"  # a whole quotation that stands as a clause of its own


class Item(NamedTuple):
    """[start, end) of the text; low: the word in small letters; quote: number of the quotation that it is, or is
    a word of, or -1."""

    start: int
    end: int
    low: str
    what: What
    is_capital: bool = False
    quote: int = -1


#: A named tuple's own way, and to look up a member each time, take twice the time.
_new_item = tuple.__new__
_WORD, _PUNCT = What.WORD, What.PUNCT
#: What lost HTML leaves beside words.
_STRAY = ("☒", "☐", "•", "*")


def sentences_of(text: str, paragraph: Span, quotes: Sequence[tuple[int, Quote]]) -> list[list[Item]]:
    """The sentences of a paragraph; quotes: its outermost quotations with their numbers, in order.

    Marks of quotations that are part of a running sentence are left out, their words are not.
    """
    return _split(text, _items(text, paragraph, quotes))


def tokens_of(text: str, span: Span) -> list[list[Item]]:
    """The sentences of a stretch of text as words and marks alone."""
    items: list[Item] = []
    _add_tokens(items, text, span.start, span.end)
    return _split(text, [item for item in items if item.low not in _MARKS])


def _items(text: str, paragraph: Span, quotes: Sequence[tuple[int, Quote]]) -> list[Item]:
    items: list[Item] = []
    at = paragraph.start
    for number, quote in quotes:
        if quote.start < at:
            continue
        _add_tokens(items, text, at, quote.start)
        if _stands_alone(text, quote, items, paragraph):
            items.append(Item(quote.start, quote.end, "", What.QUOTE, quote=number))
        else:
            _add_tokens(items, text, quote.inner_start, quote.inner_end, number)
        at = quote.end
    _add_tokens(items, text, at, paragraph.end)
    return items


def _add_tokens(items: list[Item], text: str, start: int, end: int, inside: int = -1) -> None:
    abbreviations = words_of("abbreviations")
    for m in _TOKEN.finditer(text, start, end):
        word = m[0]
        begin, stop = m.span()
        first = word[0]
        if first.isalnum() or first in "@_&":
            low = word.lower()
            if "’" in low:
                low = low.replace("’", "'")
            if stop < end and text[stop] == "." and low.rpartition("-")[2] in abbreviations:
                stop += 1
            items.append(_new_item(Item, (begin, stop, low, _WORD, first.isupper(), inside)))
        elif word == "." and items and items[-1].end == begin + 1:
            continue  # the abbreviation's own full stop
        elif word == "." and items and _is_initial(text, items[-1], begin):
            items[-1] = Item(items[-1].start, stop, items[-1].low, _WORD, True, inside)
        elif word not in _STRAY:
            items.append(_new_item(Item, (begin, stop, word, _PUNCT, False, inside)))


def _is_initial(text: str, item: Item, stop: int) -> bool:
    return item.what is What.WORD and item.end == stop and item.end - item.start == 1 and item.is_capital


def _stands_alone(text: str, quote: Quote, before: Sequence[Item], paragraph: Span) -> bool:
    """Whether the quotation is a clause of its own, not a phrase that a sentence runs through."""
    last = before[-1] if before else None
    inner = text[quote.inner_start : min(quote.inner_end, quote.inner_start + 4000)].strip()
    following = text[quote.end : quote.end + 40].lstrip()
    ends_open = inner[-1:] in ",?!—–-…" or following[:1] in (",", "—", "–")
    if last is None or last.low in _STOPS or last.what is What.QUOTE:
        clause = inner[-1:] in ",?!." or (ends_open and inner.rpartition(" ")[2][:1].islower())
        return is_speech(text, quote) or clause or (last is None and quote.end >= paragraph.end)
    if last.low in (":", ",", "—", "–", "-", "--"):
        return is_speech(text, quote) or (last.low == ":" and inner[:1].isupper())
    if last.what is What.WORD and last.low in words_of("speech_verbs"):
        return is_speech(text, quote) and (inner[:1].isupper() or ends_open)
    if last.low in (")", "]"):
        return is_speech(text, quote) and inner[:1].isupper()
    return False


def _split(text: str, items: Sequence[Item]) -> list[list[Item]]:
    out: list[list[Item]] = []
    now: list[Item] = []
    n = len(items)
    for i, item in enumerate(items):
        now.append(item)
        if item.what is _WORD and item.low[-1] != "." and i + 1 < n and len(now) < MAX_SENTENCE:
            continue  # most items: no sentence ends with them
        if _ends(text, items, i) or len(now) >= MAX_SENTENCE:
            out.append(now)
            now = []
    if now:
        out.append(now)
    return out


def _ends(text: str, items: Sequence[Item], i: int) -> bool:
    item = items[i]
    following = items[i + 1] if i + 1 < len(items) else None
    if following is None:
        return True
    if item.quote >= 0 and item.quote == following.quote:
        return False  # inside a quotation that is a part of the sentence
    if item.what is What.QUOTE:
        last = text[item.start : item.end].rstrip("\"”’'»“ ")[-1:]
        if last == "." or (last in "?!…" and following.what is What.QUOTE):
            return following.what is What.QUOTE or following.is_capital or following.low == "("
        return False
    if item.low in _STOPS or (item.low == "." and item.what is What.PUNCT):
        return (
            following.what is What.QUOTE
            or following.is_capital
            or text[following.start].isdigit()
            or following.low in ("(", "[", "$", "—", "–", "--")
        )
    # an abbreviation that ends a sentence: "in the U.S. He said"
    return (
        item.what is What.WORD
        and item.end - item.start > 3
        and item.low.endswith(".")
        and following.low in words_of("sentence_openers")
        and following.is_capital
    )
