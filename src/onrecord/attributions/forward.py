""" "X said that ...": a subject, a verb, and what is said, in the words of the narration.

In: a sentence's `Item`s. Out: `Draft`s. Leaves to others: quotations with their own clause (`rules`).

What can be a cue is a list with, for each verb and what follows it, the share of its occurrences that
are cues (`words/cues.txt`); `contents` says where the content begins and ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.attributions.clauses import (
    DASHES,
    MAX_SUBJECT,
    STOPS,
    before_aside,
    before_times,
    first_subject,
    group_start,
    is_finite,
    is_ly,
    is_passive,
    noun_phrase,
    span_of,
    subject_right,
)
from onrecord.attributions.contents import (
    ADJUNCT_OPENERS,
    after_aside,
    content_end,
    content_start,
    with_marks,
)
from onrecord.attributions.drafts import Draft, Found
from onrecord.attributions.lists import lines_of, words_of
from onrecord.attributions.tokens import Item, What
from onrecord.types import Span

#: A verb and what follows it make a cue from this share of cue occurrences on.
MIN_CUE = 0.46
#: Verbs that say of their subject that it is several.
PLURAL = frozenset(("have", "are", "were", "do"))


@dataclass(slots=True)
class Sentence:
    """A sentence being read.

    used: items that a quotation's own reporting clause has taken. subject: whose verb the last one was.
    """

    items: list[Item]
    is_headline: bool = False
    used: set[int] = field(default_factory=set)
    subject: list[Span] = field(default_factory=list)


@cache
def cue_table() -> dict[tuple[str, str], float]:
    """(verb form, what follows) -> share of its occurrences that are cues."""
    out: dict[tuple[str, str], float] = {}
    for line in lines_of("cues"):
        form, after, share = line.split()
        out[form, after] = float(share)
    return out


@cache
def cue_forms() -> frozenset[str]:
    """The verb forms that are cues often enough in some place."""
    return frozenset(form for (form, _), share in cue_table().items() if share >= MIN_CUE)


@cache
def best_share() -> dict[str, float]:
    """Verb form -> its best share, whatever follows: for headlines, which leave small words out."""
    out: dict[str, float] = {}
    for (form, _), share in cue_table().items():
        out[form] = max(share, out.get(form, 0.0))
    return out


def follows(items: Sequence[Item], v: int) -> str:
    """What follows the verb items[v], in one word: the second half of a key of the cue table."""
    if v + 1 >= len(items):
        return "end"
    following = items[v + 1]
    low = following.low
    if following.what is What.QUOTE:
        return "quote"
    if following.what is What.PUNCT:
        if after_aside(items, v + 1) is not None:
            return "that"
        return {":": "colon", ",": "comma"}.get(low, "end" if low in STOPS else "other")
    if low in ADJUNCT_OPENERS and _that_after(items, v + 1) is not None:
        return "that"
    if low in ("that", "to", "of", "for", "about", "at", "on", "against", "with", "in", "as", "by", "out"):
        return low
    if low in ("whether", "if", "how", "why", "what", "when", "where", "who"):
        return "wh"
    if low in words_of("subjects") or low == "there":
        return "pronoun"
    if low in words_of("times") or is_ly(following):
        return "time"
    if low in words_of("determiners"):
        return "noun"
    if following.is_capital:
        return "name"
    if low in words_of("objects"):
        return "object"
    return "ing" if low.endswith("ing") else "word"


def _that_after(items: Sequence[Item], c: int) -> int | None:
    """The "that" behind an adjunct which begins at items[c]: "posted on the notice board that"."""
    for k in range(c + 1, min(len(items), c + 8)):
        item = items[k]
        if item.low == "that":
            return k
        if item.what is not What.WORD or is_finite(item):
            return None
    return None


def can_be_cue(items: Sequence[Item], v: int) -> int | None:
    """Start of the verb group that ends with items[v], or None where it is no active verb of its own."""
    item = items[v]
    if item.what is not What.WORD:
        return None
    start = group_start(items, v, 0)
    if start > 0 and items[start - 1].low == "to":
        return None
    if v and items[v - 1].low in words_of("determiners") and not item.low.endswith("ing"):
        return None
    noun = item.low.endswith("ed") or item.low in words_of("nominals")
    if v and items[v - 1].low.endswith("'s") and noun:
        return None  # "contradicts Ruiz's claim that"
    if item.low in words_of("naming") and v + 1 < len(items) and items[v + 1].quote >= 0:
        return None
    if is_passive(items, start, v) or (v + 1 < len(items) and items[v + 1].low == "by"):
        return None
    return start


def read_forward(text: str, sentence: Sentence, found: Found) -> None:
    """Add the drafts of every verb of the sentence that can be a cue."""
    items = sentence.items
    table = cue_table()
    cues: list[tuple[int, int, float]] = []
    forms = cue_forms()
    for v, item in enumerate(items):
        if item.low not in forms or item.what is not What.WORD or v in sentence.used:
            continue
        if sentence.is_headline:
            share = best_share().get(item.low, 0.0) if item.is_capital else 0.0
            if cues or share < 0.5 or item.low.endswith("ing"):
                continue
        else:
            share = table.get((item.low, follows(items, v)), 0.0)
            if items[-1].low == ":" and (item.low in words_of("speech_verbs") or v == len(items) - 2):
                share = max(
                    share, MIN_CUE if table.get((item.low, "that"), 0.0) >= MIN_CUE else share
                )  # "X replied in a letter:"
            if share < MIN_CUE:
                continue
        start = can_be_cue(items, v)
        if start is not None:
            cues.append((start, v, share))
    for n, (start, v, share) in enumerate(cues):
        following = cues[n + 1] if n + 1 < len(cues) else None
        draft = _read_cue(text, sentence, start, v, share, following, found)
        if draft is not None:
            found.add(draft)


def _read_cue(
    text: str,
    sentence: Sentence,
    start: int,
    v: int,
    share: float,
    following: tuple[int, int, float] | None,
    found: Found,
) -> Draft | None:
    items = sentence.items
    source, how = _subject_left(items, start, sentence)
    if not source:
        return None
    if how == "own":
        sentence.subject = source
    cue_end = _cue_end(items, v)
    cue = [span_of(items[start], items[cue_end])]
    c = content_start(items, v, cue_end)
    if sentence.is_headline and c is None and items[v].low in words_of("telling"):
        # "Ruiz Tells Senate Dam Is Safe"
        finite = any(is_finite(item) for item in items[v + 3 :])
        c = v + 2 if finite else None
    if c is None:
        if _introduces(items, v):
            found.introduced = Draft([], source, cue, pattern="cue-block")
            return None
        return _read_clause_before(text, sentence, source, cue, start, v, share)
    if items[c].what is What.QUOTE:
        if items[c].quote in found.owner:
            return None
        draft = Draft([], source, cue, pattern="cue-quote")
        take_quotes(items, c, draft, found)
        return draft
    end = content_end(text, items, c, v, following, relative=how == "relative", start=start)
    for k in range(c, end + 1):
        if items[k].what is What.QUOTE and items[k].quote in found.owner:
            end = k - 1
            break
    while end >= c and items[end].what is What.PUNCT and items[end].low not in (")", "]", "%"):
        end -= 1
    if end < c:
        return None
    content = with_marks(text, [span_of(items[c], items[end])])
    draft = Draft(content, source, cue, pattern=f"forward-{how}", share=share)
    for k in range(c, end + 1):
        if items[k].what is What.QUOTE:
            found.owner[items[k].quote] = draft
    return draft


def take_quotes(items: Sequence[Item], c: int, draft: Draft, found: Found) -> int:
    """Give the draft the quotations that stand next to each other from items[c] on; the item after."""
    k = c
    while k < len(items) and items[k].what is What.QUOTE and items[k].quote not in found.owner:
        draft.content.append(span_of(items[k], items[k]))
        found.owner[items[k].quote] = draft
        k += 1
    return k


def _cue_end(items: Sequence[Item], v: int) -> int:
    """Last item of the cue: its particle, or the noun of "repeated his demand that"."""
    if v + 1 < len(items) and f"{items[v].low} {items[v + 1].low}" in words_of("particles"):
        return v + 1
    for k in range(v + 1, min(v + 5, len(items) - 1)):
        if items[k].low in words_of("nominals") and items[k + 1].low == "that":
            return k
        if items[k].what is not What.WORD:
            break
    return v


def _introduces(items: Sequence[Item], v: int) -> bool:
    """Whether the sentence ends with the colon of "X wrote in a letter:"."""
    if items[-1].low != ":":
        return False
    if items[v].low not in words_of("speech_verbs") and (items[v].low, "that") not in cue_table():
        return False
    return not any(is_finite(item) for item in items[v + 1 :] if item.what is What.WORD)


def _subject_left(items: Sequence[Item], start: int, sentence: Sentence) -> tuple[list[Span], str]:
    """The subject of the verb group that begins at items[start], and how it was found; [] for none."""
    k = before_times(items, start - 1)
    participle = items[start].low.endswith("ing")
    if k < 0:
        return [], ""
    item = items[k]
    if item.low in ("who", "which"):
        return [span_of(item, item)], "relative"
    joined = item.low in (
        "and",
        "but",
        "or",
        "then",
        "as",
        "while",
        "by",
        "without",
        "when",
        "after",
        "instead",
    )
    if participle or joined:
        if item.low in ("as", "while", "when", "after", "by", "without") and not participle:
            return [], ""
        return _elided(items, k, start, sentence)
    if item.low == "," or item.low in DASHES:
        phrase = before_aside(items, k)
        if phrase is None:
            return _elided(items, k, start, sentence)
        return [span_of(items[phrase[0]], items[phrase[1]])], "own"
    phrase = noun_phrase(items, k)
    if phrase is None or (phrase[0] == phrase[1] and _is_bare(items[k])):
        return [], ""
    return [span_of(items[phrase[0]], items[phrase[1]])], "own"


def _is_bare(item: Item) -> bool:
    """A lone small word that is no plural: "group", "particular"; seldom a whole subject."""
    low = item.low
    if item.is_capital or low in words_of("subjects") or low in words_of("determiners"):
        return False
    return not (
        low.endswith("s") or low in ("people", "police", "everyone", "everybody", "nobody", "somebody")
    )


def _elided(items: Sequence[Item], k: int, start: int, sentence: Sentence) -> tuple[list[Span], str]:
    """The subject of a verb group at items[start] that has none of its own; items[k] is the last item before it."""
    if sentence.subject:
        return sentence.subject, "elided"
    phrase = first_subject(items, k)
    if phrase is None or items[phrase[0]].low == "there":
        return [], ""
    low = items[start].low
    if low.endswith("s") and phrase[1] + 1 < k and items[phrase[1] + 1].low in PLURAL:
        return [], ""  # "the delays have become as routine as chants and promises": a noun
    return [span_of(items[phrase[0]], items[phrase[1]])], "elided"


def _read_clause_before(
    text: str,
    sentence: Sentence,
    source: list[Span],
    cue: list[Span],
    start: int,
    v: int,
    share: float,
) -> Draft | None:
    """ "..., X said." and "..., X said, ...": the clause before, and what goes on after."""
    items = sentence.items
    if items[v].low not in words_of("speech_verbs") and not sentence.is_headline:
        return None
    k = start - 1
    while k >= 0 and items[k].low != ",":
        if items[k].what is What.QUOTE or k < start - MAX_SUBJECT:
            return None
        k -= 1
    if k <= 0 or items[k + 1].low in words_of("subordinators"):
        return None
    first = 1 if items[0].low in ("but", "and", "so", "yet") else 0
    if first >= k or any(i in sentence.used for i in range(first, k)):
        return None
    if any(item.what is What.QUOTE for item in items[first:k]):
        return None
    clause = sentence.is_headline or any(i.what is What.WORD and is_finite(i) for i in items[first:k])
    if not clause:
        return None  # "At the same time, X said"
    end = v
    while end + 1 < len(items) and items[end + 1].low != "," and items[end + 1].low not in STOPS:
        end += 1
    content = [span_of(items[first], items[k - 1])]
    if end + 2 < len(items) and items[end + 1].low == ",":
        last = len(items) - 1
        while last > end and items[last].what is What.PUNCT:
            last -= 1
        opening = items[end + 2]
        if last > end + 1 and not opening.low.endswith("ing") and opening.low not in ("who", "which"):
            content.append(span_of(opening, items[last]))
    return Draft(with_marks(text, content), source, cue, pattern="clause-cue", share=share)


def read_according(text: str, sentence: Sentence, found: Found) -> None:
    """Add the drafts of "According to X, ..." and "..., according to X."."""
    items = sentence.items
    for i in range(len(items) - 2):
        if items[i].low != "according" or items[i + 1].low != "to":
            continue
        subject = subject_right(items, i + 2)
        if subject is None:
            continue
        pieces = _around(items, i, subject[1])
        if not pieces:
            continue
        draft = found.add(
            Draft(
                with_marks(text, pieces),
                [span_of(items[subject[0]], items[subject[1]])],
                [span_of(items[i], items[i + 1])],
                pattern="according",
            )
        )
        for item in items:
            if item.what is What.QUOTE and any(p.start <= item.start < p.end for p in pieces):
                found.owner.setdefault(item.quote, draft)
        return


def _around(items: Sequence[Item], i: int, last_of_source: int) -> list[Span]:
    """What stands before items[i] and, where "according to X" is an aside, after items[last_of_source]."""
    last = len(items) - 1
    while last > last_of_source and items[last].what is What.PUNCT:
        last -= 1
    k = i - 1
    while k >= 0 and items[k].what is What.PUNCT:
        k -= 1
    first = 0
    while first <= k and items[first].low in ("but", "and", "so", "yet"):
        first += 1
    pieces = [span_of(items[first], items[k])] if first <= k else []
    comma = last_of_source + 1 < len(items) and items[last_of_source + 1].low == ","
    if last > last_of_source + 1 and (not pieces or (comma and items[i - 1].low == ",")):
        begin = last_of_source + 1
        while begin < last and items[begin].what is What.PUNCT:
            begin += 1
        pieces.append(span_of(items[begin], items[last]))
    return pieces
