"""Subjects and verbs without a parser: where a verb group begins, and which words are its subject.

In: a sentence's `Item`s and a place in them. Out: places (first and last item), or None.
Leaves to others: what the verb says (`rules`, `forward`).

It goes by small word lists and by shape (-ed, -ly, -ing, capitals), so a long or twisted subject is
often cut short; whoever asks should prefer nothing to a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.attributions.lists import words_of
from onrecord.attributions.tokens import Item, What
from onrecord.types import Span

#: The longest subject that is looked for, in items; longer ones are read wrongly.
MAX_SUBJECT = 30
#: A bracket inside a subject, "(R-Orlo)", holds at most so many items.
MAX_BRACKET = 8
DASHES = frozenset(("—", "–", "-", "--", "―"))
_CONTRACTED = re.compile(r"'(?:re|ll|ve|m|d)\Z|\A(?:he|she|it|that|there|here|who|what)'s\Z")
STOPS = frozenset((".", "!", "?", "…", "..."))
_ENDS = STOPS | DASHES | frozenset((":", ";"))
_SPANS_OF_TIME = frozenset(("weeks", "months", "years", "days", "decades", "hours", "long", "time"))
_TIME_OPENERS = frozenset(
    ("on", "in", "for", "since", "this", "last", "late", "early", "earlier", "next", "the")
)
_NOT_ADVERBS = frozenset(
    [
        "family",
        "early",
        "only",
        "daily",
        "ally",
        "assembly",
        "reply",
        "july",
        "italy",
        "supply",
        "rally",
        "bully",
        "fly",
        "elderly",
        "friendly",
    ]
)
_BE = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "'s",
        "'re",
        "'m",
        "am",
    ]
)


def span_of(first: Item, last: Item) -> Span:
    """The text from the one to the other."""
    return Span(first.start, last.end)


def find_item(items: Sequence[Item], k: int, low: str, within: int) -> int | None:
    """Place of the first item `low` among items[k : k + within]."""
    for j in range(k, min(len(items), k + within)):
        if items[j].low == low:
            return j
    return None


def is_ly(item: Item) -> bool:
    """An adverb by its ending."""
    low = item.low
    return low.endswith("ly") and len(low) > 4 and not item.is_capital and low not in _NOT_ADVERBS


def is_adverb(item: Item) -> bool:
    """An adverb that may stand between a subject and its verb."""
    return item.what is What.WORD and (
        is_ly(item) or (item.low in words_of("adverbs") and item.low != "only")
    )


def is_finite(item: Item) -> bool:
    """Whether a word looks like a finite verb."""
    low = item.low
    if low in words_of("finite") or (low in words_of("auxiliaries") and low not in ("being", "been")):
        return True
    if _CONTRACTED.search(low) is not None:
        return True  # "they're", "it's", "the dam'll"
    if item.is_capital:
        return False
    if low in words_of("speech_verbs") and not low.endswith("ing"):
        return True
    return low.endswith("ed") and len(low) > 4 and "-" not in low and low not in words_of("ed_words")


def is_noun_like(item: Item) -> bool:
    """Whether a word could open an apposition: none of the small words, no verb, no adverb."""
    low = item.low
    return (
        item.what is What.WORD
        and low not in words_of("prepositions")
        and low not in words_of("subordinators")
        and low not in words_of("auxiliaries")
        and low not in words_of("subjects")
        and not low.endswith("ing")
        and not is_adverb(item)
        and not is_finite(item)
    )


def group_start(items: Sequence[Item], v: int, floor: int) -> int:
    """First item of the verb group that ends with items[v]: auxiliaries and adverbs before it."""
    k = v
    while k > floor:
        before = items[k - 1]
        if before.low in words_of("auxiliaries") or is_adverb(before):
            k -= 1
        elif before.low in _SPANS_OF_TIME and k - 2 > floor and items[k - 2].low == "for":
            k -= 2  # "has for weeks accused"
        else:
            break
    while k < v and items[k].low in ("at", "least", "even", "just", "first", "next", "only", "once"):
        k += 1
    return k


def is_passive(items: Sequence[Item], start: int, v: int) -> bool:
    """Whether the verb group is a passive: a form of "be", then no -ing."""
    return any(items[k].low in _BE for k in range(start, v)) and not items[v].low.endswith("ing")


def subject_right(items: Sequence[Item], j: int) -> tuple[int, int] | None:
    """The subject after an inverted verb or "according to", with its appositions: first and last item."""
    if j >= len(items) or items[j].what is not What.WORD:
        return None
    first = items[j]
    if first.low in words_of("subjects") and first.low != "it":
        return j, j
    opens = first.is_capital or first.low in words_of("determiners")
    small = first.low in words_of("prepositions") or first.low in words_of("subordinators")
    if not opens and (small or first.low in words_of("times") or is_adverb(first)):
        return None
    if first.low in words_of("times") and not (j + 1 < len(items) and items[j + 1].is_capital):
        return None
    k = j
    while k + 1 < len(items) and k < j + MAX_SUBJECT:
        following = items[k + 1]
        if following.what is What.QUOTE or following.low in _ENDS:
            break
        if following.low == "(":
            close = find_item(items, k + 2, ")", MAX_BRACKET)
            if close is None:
                break
            k = close
            continue
        if following.low == ",":
            end = _apposition_end(items, k + 2) if _opens_apposition(items, k + 2) else None
            return (j, k) if end is None else (j, end)
        named = items[k].low in words_of("determiners") and following.low in words_of("times")
        if following.what is What.WORD and _ends_subject(following) and not named:
            break  # but "a Wednesday editorial"
        k += 1
    return j, k


def _ends_subject(item: Item) -> bool:
    low = item.low
    return (
        low in words_of("times")
        or low in ("in", "on", "at", "during", "when", "after", "before", "while", "to", "about", "who", "as")
        or (low in words_of("subordinators") and low not in ("and", "or"))
        or is_ly(item)
        or (low.endswith("ing") and not item.is_capital)
    )


def _opens_apposition(items: Sequence[Item], k: int) -> bool:
    if k >= len(items):
        return False
    item = items[k]
    return (
        item.low in ("a", "an", "the", "who", "whose", "one", "his", "her")
        or (item.is_capital and item.what is What.WORD and item.low not in words_of("times"))
        or is_noun_like(item)
    )


def _apposition_end(items: Sequence[Item], j: int) -> int | None:
    """Last item of the apposition that begins at items[j]; None if it is a clause with its own verb."""
    k = j
    relative = False
    while k + 1 < len(items) and k < j + MAX_SUBJECT:
        following = items[k + 1]
        relative = relative or items[k].low in ("who", "whose", "which", "that", "where")
        if not relative and following.what is What.WORD and is_finite(following):
            return None
        if following.what is What.QUOTE or following.low in _ENDS or following.low == ",":
            break
        k += 1
    return k


def subject_between(items: Sequence[Item], j: int, k: int) -> tuple[int, int] | None:
    """The subject items[j..k], if that is what they are: no verb of its own, no lone preposition."""
    while k >= j and (items[k].low in words_of("times") or items[k].low == "on"):
        k -= 1
    while k > j and items[k].low == ",":
        k -= 1
    while j <= k and (items[j].low in ("but", "and", "so", "then", "yet") or is_adverb(items[j])):
        j += 1
    if j > k or items[j].what is not What.WORD:
        return None
    first = items[j]
    if first.low in words_of("subjects"):
        return (j, j) if k == j or items[j + 1].low in (",", "(") else None
    if first.low in words_of("prepositions") and not first.is_capital:
        return None
    depth = 0
    aside = False
    last = k
    for n in range(j, k + 1):
        item = items[n]
        if item.what is What.QUOTE:
            return None
        if item.low in ("(", "["):
            depth += 1
        elif item.low in (")", "]"):
            depth -= 1
        elif item.low == ",":
            relative = n + 1 <= k and items[n + 1].low in ("who", "whose", "which", "where")
            if n + 1 <= k and (relative or not _opens_apposition(items, n + 1)):
                last = n - 1  # "he, in a whisper," : the subject ends before
                break
            aside = True
        elif item.low in ("who", "whose", "which", "that", "where"):
            aside = True
        elif depth == 0 and not aside and item.what is What.WORD and is_finite(item):
            return None
    return (j, last) if j <= last else None


def noun_phrase(items: Sequence[Item], k: int) -> tuple[int, int] | None:
    """The noun phrase that ends at items[k]: first and last item."""
    if k < 0 or items[k].what is What.QUOTE:
        return None
    if items[k].low in words_of("subjects") or items[k].low == "this":
        return k, k
    end = k
    first = k + 1
    n = 0
    while k >= 0 and n < MAX_SUBJECT:
        item = items[k]
        n += 1
        if item.low == ")":
            opened = _bracket(items, k)
            if opened is None:
                break
            first = opened
            k = opened - 1
            continue
        if item.what is not What.WORD:
            break
        if item.low in ("and", "or"):
            left = _first_of_joint(items, k - 1)
            if left is not None:
                first = left
            break
        if item.low in words_of("subordinators") or item.low in words_of("subjects"):
            break
        if item.low in words_of("speech_verbs") and item.low.endswith("ing") and not item.is_capital:
            break
        if is_finite(item) and not (k > 0 and items[k - 1].low in words_of("determiners")):
            break
        first = k
        k -= 1
    first = _without_opening(items, first, end)
    return (first, end) if first <= end else None


def presented(items: Sequence[Item], end: int) -> tuple[int, int] | None:
    """Whom "Here's Ruiz on the radio in May" or "Then there was Ruiz, on the radio" presents: first and last item."""
    for v, item in enumerate(items[: end - 1]):
        first = v + 1
        if item.low in ("here", "there", "this") and items[first].low in ("is", "was"):
            first += 1
        elif item.low not in ("here's", "there's"):
            continue
        last = first
        while last < end and items[last].what is What.WORD and not _leads_on(items[last]):
            last += 1
        return (first, last - 1) if any(one.is_capital for one in items[first:last]) else None
    return None


def named_first(items: Sequence[Item], end: int) -> tuple[int, int] | None:
    """Whom "Ruiz, in a statement Friday" or "Mayor Ana Ruiz on the dam" names, where no verb stands before items[end]."""
    if not items[0].is_capital or _without_opening(items, 0, end) != 0:
        return None
    if any(item.what is What.QUOTE or is_finite(item) for item in items[:end]):
        return None
    last = 0
    while last + 1 < end and items[last + 1].what is What.WORD and not _leads_on(items[last + 1]):
        last += 1
    led = last + 1 < end and (items[last + 1].low == "," or _leads_on(items[last + 1]))
    return (0, last) if led and items[last].is_capital else None


def _leads_on(item: Item) -> bool:
    return item.low != "of" and item.low in words_of("prepositions")


def _without_opening(items: Sequence[Item], first: int, end: int) -> int:
    """The phrase's first item, without adverbs, days and prepositions that stand before the subject."""
    while first <= end and (
        is_adverb(items[first])
        or (items[first].low in words_of("times") and not (first < end and items[first].low == "may"))
        or items[first].low in ("but", "and", "so", "even")
        or items[first].low in words_of("prepositions")
    ):
        first += 1
    return first


def _bracket(items: Sequence[Item], k: int) -> int | None:
    for j in range(k - 1, max(-1, k - MAX_BRACKET), -1):
        if items[j].low == "(":
            return j
    return None


def _first_of_joint(items: Sequence[Item], k: int) -> int | None:
    """Start of "A" in "A and B", if a clause begins with it: no verb between the clause's start and "and"."""
    n = 0
    while k >= 0 and n < MAX_BRACKET:
        item = items[k]
        if item.what is not What.WORD:
            return k + 1 if item.low in (",", ";", ":") and n else None
        if item.low in words_of("subordinators"):
            return k + 1 if n else None
        if is_finite(item):
            return None
        k -= 1
        n += 1
    return k + 1 if k < 0 and n else None


def first_subject(items: Sequence[Item], limit: int) -> tuple[int, int] | None:
    """The subject of the sentence's first clause: the words before its first finite verb."""
    for v in range(min(limit, 2 * MAX_SUBJECT)):
        item = items[v]
        if item.what is What.QUOTE:
            return None
        if item.what is What.WORD and is_finite(item) and v:
            k = before_times(items, group_start(items, v, 0) - 1)
            if k >= 0 and items[k].low == ",":
                found = before_aside(items, k)
                if found is not None:
                    return found
            return noun_phrase(items, k)
    return None


def before_times(items: Sequence[Item], k: int) -> int:
    """The last item at or before items[k] that is no adverb or day: "Calder on Monday" ends with Calder."""
    while k >= 0:
        if items[k].low in words_of("times") or is_ly(items[k]) or items[k].low in _SPANS_OF_TIME:
            at = k - 1
            while at >= 0 and (
                items[at].low in words_of("times") or items[at].low in ("this", "last", "the")
            ):
                at -= 1
            if at >= 0 and items[at].low in _TIME_OPENERS:
                at -= 1
            if at < 0:
                return at
            k = at
            continue
        return k
    return k


def before_aside(items: Sequence[Item], k: int) -> tuple[int, int] | None:
    """The subject of "X, who knows, said" from the comma or dash items[k] before the verb.

    An apposition belongs to it ("X, the chairman,"); a relative clause or an adjunct does not.
    """
    mark = items[k].low
    opened = k - 1
    while opened >= 0 and items[opened].low != mark:
        if opened < k - MAX_SUBJECT or items[opened].what is What.QUOTE or items[opened].low in (";", ":"):
            return None
        opened -= 1
    if opened <= 0:
        return None
    head = noun_phrase(items, opened - 1)
    if head is None:
        return None
    inside = items[opened + 1]
    aside = inside.low in ("who", "which", "whose", "where", "when") or is_adverb(inside)
    keep = not aside and (inside.low in words_of("determiners") or inside.is_capital or is_noun_like(inside))
    return head[0], (k - 1 if keep else head[1])
