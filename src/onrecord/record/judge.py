"""A quotation against one recorded one: the same words, a marked difference, or an alteration.

In: the words asked about, a Recorded quotation. Out: a Match with its differences, or the parts of
several recorded quotations that together are the words asked about. Leaves to others: finding recorded
quotations (`places`), who spoke them, the verdict (`check`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.errors import InputError
from onrecord.record.align import Change, Edit, align
from onrecord.record.differences import Difference, Flag, changed_flags, flags_of, is_negation
from onrecord.record.quoted import Recorded, pair_marks
from onrecord.record.rarity import is_common, total
from onrecord.record.wording import Word, Wording, read_wording

#: A longer quotation is a speech, and no single recorded one can be close to it.
MAX_QUOTE_WORDS = 600
MAX_QUOTE_CHARS = 10_000
#: A part of a spliced quotation has at least so many words and so much weight; it has so many at most.
SPLICED_WORDS, SPLICED_WEIGHT, MAX_SPLICED = 4, 10.0, 4
#: Places in recorded quotations where a part may begin that are tried, for each word.
MAX_BEGINNINGS = 200
#: A negation so many words before a cut, with nothing between to end its reach, is about what follows.
REACH = 6
#: Words with which a sentence takes back in its second half what it says in its first.
CONDITIONS = frozenset({"if", "unless", "except", "until", "provided"})
EXCEPTIONS = frozenset({"unless", "except"})
#: A bracket stands for so many words at most, and an editor's bracket is undone by half as many.
BRACKET_WORDS = 6
#: What stands between two quoted halves of the words asked about is "he said" up to so many words.
MAX_INTERRUPTION_WORDS = 20


@dataclass(frozen=True, slots=True)
class Match:
    """A recorded quotation and how it stands to the words asked about.

    is_good: verbatim (not is_marked) or abridged (is_marked). start, end: its words that are concerned.
    kept: weight of the words in common. score: twice that by the weight of both.
    """

    recorded: Recorded
    edits: tuple[Edit, ...]
    is_good: bool
    is_marked: bool
    score: float
    kept: float
    differences: tuple[Difference, ...]
    flags: tuple[Flag, ...]

    @property
    def start(self) -> int:
        return self.edits[0].b_start

    @property
    def end(self) -> int:
        return self.edits[-1].b_end


def read_quotation(quote: str) -> Wording:
    """The words that somebody is said to have spoken: without outer marks, without a "he said" between.

    Raises InputError where there are none, or too many.
    """
    if len(quote) > MAX_QUOTE_CHARS:
        raise InputError(f"the quotation has {len(quote)} characters; at most {MAX_QUOTE_CHARS} are checked")
    text = re.sub(r"\s", " ", quote.strip())
    wording = read_wording(text)
    spans = pair_marks(text)
    if len(spans) > 1 or (spans and spans[0][1] < len(text) - 2):
        kept = _without_interruptions(text, spans)
        if kept:
            words = [w for w in wording.words if any(a <= w.start < b for a, b in kept)]
            if 0 < len(words) < len(wording.words):
                blank = "".join(
                    c if any(a <= i < b for a, b in kept) or c in ". " else " " for i, c in enumerate(text)
                )
                wording = read_wording(blank)
    if not wording.words:
        raise InputError("the quotation has no words; give the words that somebody is said to have spoken")
    if len(wording.words) > MAX_QUOTE_WORDS:
        raise InputError(
            f"the quotation has {len(wording.words)} words; at most {MAX_QUOTE_WORDS} are checked"
        )
    return wording


def _without_interruptions(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, if what stands between them and behind them is no more than "he said"; else none."""
    if spans[0][0] > 2:
        return []
    for (_, end), start in zip(spans, [*(s for s, _ in spans[1:]), len(text)], strict=True):
        outside = text[end:start].strip(" \"”“'’‘»«`")
        if (
            outside
            and not text[:end].rstrip().endswith((",", ".", "?", "!", "…", "-", "—"))
            and outside[0] != ","
        ):
            return []
        if len(outside.split()) > MAX_INTERRUPTION_WORDS:
            return []
    return list(spans)


def judge(query: Wording, recorded: Recorded, text: str) -> Match | None:
    """The query against one recorded quotation of a page with this text."""
    theirs = recorded.wording
    edits = align(query, theirs)
    if not edits:
        return None
    first, last = edits[0], edits[-1]
    differences = []
    is_marked = any(_bridges(query, theirs, edit) for edit in edits)
    unmarked = 0
    for edit in edits:
        if edit.change is Change.KEPT:
            continue
        marked = _is_marked(query, theirs, edit)
        differences.append(_difference(query, theirs, edit, marked, text))
        is_marked |= marked
        unmarked += not marked
    cut = _cut(theirs, first.b_start, last.b_end, text)
    differences += cut
    kept = sum(total(query.keys[e.a_start : e.a_end]) for e in edits if e.change is Change.KEPT)
    ours = total(query.keys)
    there = kept + sum(
        total(theirs.keys[e.b_start : e.b_end])
        for e in edits
        if e.change is not Change.KEPT and not _is_marked(query, theirs, e)
    )
    flags = {flag for d in differences if not d.is_marked for flag in d.flags}
    return Match(
        recorded=recorded,
        edits=edits,
        is_good=not unmarked and not cut,
        is_marked=is_marked,
        score=2 * kept / (ours + there),
        kept=kept,
        differences=tuple(differences),
        flags=tuple(flag for flag in Flag if flag in flags),
    )


def _bridges(query: Wording, theirs: Wording, edit: Edit) -> bool:
    """Whether kept words run over an ellipsis of the record that the query does not have."""
    if edit.change is not Change.KEPT:
        return False
    shift = edit.a_start - edit.b_start
    return any(edit.b_start < gap < edit.b_end and gap + shift not in query.gaps for gap in theirs.gaps)


def _is_marked(query: Wording, theirs: Wording, edit: Edit) -> bool:
    """Whether an ellipsis or a bracket owns up to a difference, and hides nothing by it."""
    ours = query.words[edit.a_start : edit.a_end]
    there = theirs.words[edit.b_start : edit.b_end]
    if edit.change is Change.DROPPED:
        if all(w.is_bracketed for w in there):
            return True
        if edit.a_start in query.gaps:
            return not _hides(theirs, edit)
        beside = query.words[max(0, edit.a_start - 1) : edit.a_start + 1]
        replaced = any(w.is_bracketed for w in beside) and len(there) <= BRACKET_WORDS
        return replaced and not changed_flags((), there)
    if edit.change is Change.ADDED:
        return all(w.is_bracketed for w in ours) and not _turns(ours)
    if all(w.is_bracketed for w in ours) and len(there) <= BRACKET_WORDS:
        return not _turns((*ours, *there)) and not _both_name(ours, there)
    if all(w.is_bracketed for w in there) and len(ours) <= BRACKET_WORDS // 2:
        return all(is_common(w.key) for w in ours) and not _turns((*ours, *there))
    return False


def _turns(words: Iterable[Word]) -> bool:
    return bool(flags_of(words) & {Flag.NEGATION, Flag.NUMBER})


def _both_name(ours: Iterable[Word], there: Iterable[Word]) -> bool:
    return Flag.NAME in flags_of(ours) and Flag.NAME in flags_of(there)


def _hides(theirs: Wording, edit: Edit) -> bool:
    """Whether words left out under an ellipsis turn what is kept round.

    A negation or an exception in a sentence of which part is kept does; one in a sentence that is
    left out as a whole does not. A condition does right behind what is kept ("we trust them … until they lose").
    """
    goes_on = edit.b_start > 0 and edit.b_start not in theirs.starts | theirs.stops
    if goes_on and theirs.words[edit.b_start].key in CONDITIONS:
        return True
    for i in range(edit.b_start, edit.b_end):
        word = theirs.words[i]
        if is_negation(word) or word.key in EXCEPTIONS:
            begins = max((s for s in theirs.starts if s <= i), default=0)
            ends = min((s for s in theirs.starts if s > i), default=len(theirs.words))
            if begins < edit.b_start or ends > edit.b_end:
                return True
    return False


def _difference(query: Wording, theirs: Wording, edit: Edit, marked: bool, text: str) -> Difference:
    ours = query.words[edit.a_start : edit.a_end]
    there = theirs.words[edit.b_start : edit.b_end]
    return Difference(
        edit.change,
        query.text[ours[0].start : ours[-1].end] if ours else "",
        text[there[0].start : there[-1].end] if there else "",
        marked,
        changed_flags(ours, there),
    )


def _cut(theirs: Wording, start: int, end: int, text: str) -> list[Difference]:
    """What was cut off before or behind, in the same sentence, that turns the rest round."""
    out = []
    before = _reach_before(theirs, start)
    if before:
        words = text[before[0].start : before[-1].end]
        out.append(Difference(Change.DROPPED, "", words, False, (Flag.NEGATION,)))
    if end < len(theirs.words) and end not in theirs.starts | theirs.gaps:
        after, goes_on = theirs.words[end], end not in theirs.stops
        flag = None
        if after.key in EXCEPTIONS or (after.key in CONDITIONS and goes_on):
            flag = Flag.QUALIFIER
        elif goes_on and is_negation(after):
            flag = Flag.NEGATION
        if flag:
            words = text[after.start : theirs.words[min(end + REACH, len(theirs.words)) - 1].end]
            out.append(Difference(Change.DROPPED, "", words, False, (flag,)))
    return out


def _reach_before(theirs: Wording, start: int) -> tuple[Word, ...]:
    """The words right before a cut if one of them negates what follows it."""
    low, ends = start, theirs.starts | theirs.stops | theirs.gaps
    while low > 0 and start - low < REACH and low not in ends:
        low -= 1
    words = theirs.words[low:start]
    for i in range(len(words) - 1, -1, -1):
        if is_negation(words[i]):
            return words[i:]
    return ()


def cover(query: Wording, recorded: Sequence[Recorded]) -> list[tuple[int, int, int, int]]:
    """The fewest parts (start, end in the query, number of the quotation, place in it) that cover it.

    Between two parts of one quotation a whole piece of it must be left out: words left out within a
    piece are an alteration. () where there is no such cover.
    """
    keys, n = query.keys, len(query.words)
    places: dict[tuple[str, str], list[tuple[int, int]]] = {}
    wanted = set(pairwise(keys))
    for number, r in enumerate(recorded):
        theirs = r.wording.keys
        for at, pair in enumerate(pairwise(theirs)):
            if pair in wanted:
                places.setdefault(pair, []).append((number, at))
    best: list[tuple[float, tuple[int, int, int, int] | None]] = [(0.0, None)] * (n + 1)
    for start in range(n - SPLICED_WORDS, -1, -1):
        best[start] = (float("inf"), None)
        for number, at in places.get((keys[start], keys[start + 1]), ())[:MAX_BEGINNINGS]:
            length = _common(keys, start, recorded[number].wording.keys, at)
            for end in _ends(query, start, start + length):
                after, following = best[end]
                if following is not None and not _separate(recorded, number, at + end - start, following):
                    continue
                if total(keys[start:end]) < SPLICED_WEIGHT:
                    continue
                cost = 1.0 + after + (0.0 if end == n or end in query.starts or end in query.gaps else 0.6)
                if cost < best[start][0]:
                    best[start] = (cost, (start, end, number, at))
    for start in range(max(0, n - SPLICED_WORDS + 1), n):
        best[start] = (float("inf"), None)
    out: list[tuple[int, int, int, int]] = []
    start = 0
    while start < n:
        cost, part = best[start]
        if part is None:
            return []
        out.append(part)
        start = part[1]
    return out if 1 < len(out) <= MAX_SPLICED else []


def are_of_one(
    query: Wording, parts: Sequence[tuple[int, int, int, int]], recorded: Sequence[Recorded]
) -> bool:
    """Whether two neighbouring parts stand in one recorded quotation without a whole piece between them."""
    for (a, b, *_), (c, d, *_) in pairwise(parts):
        first, second = query.keys[a:b], query.keys[c:d]
        for number, r in enumerate(recorded):
            at = _place_of(first, r.wording.keys, 0)
            after = _place_of(second, r.wording.keys, at + len(first)) if at >= 0 else -1
            if after >= 0 and not _separate(recorded, number, at + len(first), (c, d, number, after)):
                return True
    return False


def _place_of(part: Sequence[str], keys: Sequence[str], start: int) -> int:
    """Where a part begins in words, from `start` on; -1 where it is not."""
    first, n = part[0], len(part)
    for i in range(start, len(keys) - n + 1):
        if keys[i] == first and keys[i : i + n] == part:
            return i
    return -1


def _ends(query: Wording, start: int, furthest: int) -> Iterable[int]:
    """Where a part that begins at `start` may end: as far as the words agree, or with a sentence."""
    if furthest - start >= SPLICED_WORDS:
        yield furthest
    for end in sorted(query.starts | query.gaps):
        if start + SPLICED_WORDS <= end < furthest:
            yield end


def _common(keys: Sequence[str], i: int, theirs: Sequence[str], j: int) -> int:
    n = 0
    while i + n < len(keys) and j + n < len(theirs) and keys[i + n] == theirs[j + n]:
        n += 1
    return n


def _separate(
    recorded: Sequence[Recorded], number: int, end: int, following: tuple[int, int, int, int]
) -> bool:
    """Whether a part that ends before word `end` of a quotation and the following one are apart."""
    _, _, other, at = following
    if other != number:
        return True
    joins = recorded[number].wording.joins
    return at < end or len({j for j in joins if end <= j <= at}) > 1
