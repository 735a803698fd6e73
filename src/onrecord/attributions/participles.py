"""What a participle tells that has its subject elsewhere: "citing “family reasons,” Hale resigned", "Hale can be heard saying that".

In: a sentence's `Item`s. Out: `Draft`s whose cue is the participle.
Leaves to others: participles behind their subject's own clause ("..., adding that ...": `forward`).
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attributions.before_quotes import shortest_phrase
from onrecord.attributions.clauses import (
    STOPS,
    first_subject,
    group_start,
    is_finite,
    is_passive,
    span_of,
)
from onrecord.attributions.contents import with_marks
from onrecord.attributions.drafts import Draft, Found
from onrecord.attributions.lists import words_of
from onrecord.attributions.tokens import Item, What
from onrecord.text import overlap
from onrecord.types import Span

#: What a participle tells before the sentence's subject is no longer, in items.
MAX_OPENING = 40
#: From "heard" to the participle: "can be heard on the tape of the meeting saying".
MAX_WITNESSED = 9
#: The drafts of one sentence are among so many of the last.
NEAR = 8
#: Between the participle and the words: "telling her:".
MAX_TOLD = 5
_WITNESSED = frozenset(
    ("heard", "seen", "filmed", "recorded", "caught", "shown", "overheard", "videotaped", "taped")
)


def read_participles(text: str, items: Sequence[Item], found: Found) -> None:
    """Add the drafts of a participle that opens the sentence, and of every one that somebody is heard in."""
    if items[0].what is What.WORD and _tells(items[0]):
        _read_opening(text, items, found)
    for v in range(1, len(items) - 2):
        if items[v].low in _WITNESSED and items[v].quote < 0:
            _read_witnessed(text, items, v, found)


def _tells(item: Item) -> bool:
    return item.low.endswith("ing") and (item.low in words_of("speech_verbs") or item.low == "citing")


def _read_opening(text: str, items: Sequence[Item], found: Found) -> None:
    """Add "Citing “family reasons,” Hale resigned"."""
    quoted = False
    for k in range(1, min(len(items) - 2, MAX_OPENING)):
        item, after = items[k], items[k + 1]
        if item.low in STOPS:
            return
        quoted = quoted or item.quote >= 0
        leaves = item.quote >= 0 and after.quote != item.quote
        comma = (item.low == "," and item.quote < 0) or (leaves and _ends_with_comma(text, item))
        if not quoted or not comma:
            continue
        rest = items[k + 1 :]
        subject = first_subject(rest, len(rest))
        if subject is None:
            continue
        last = k - 1 if item.low == "," and item.quote < 0 else k
        numbers = {one.quote for one in items[1 : last + 1] if one.quote >= 0}
        if not numbers.isdisjoint(found.owner):
            return
        content = with_marks(text, [span_of(items[1], items[last])])
        source = [span_of(rest[subject[0]], rest[subject[1]])]
        draft = found.add(Draft(content, source, [span_of(items[0], items[0])], pattern="noun"))
        found.owner.update(dict.fromkeys(numbers, draft))
        return


def _ends_with_comma(text: str, item: Item) -> bool:
    return "," in text[item.end - 2 : item.end + 2]


def _read_witnessed(text: str, items: Sequence[Item], v: int, found: Found) -> None:
    """Add "Hale is heard telling her: “…”" and "Hale can be heard on the tape saying that …": items[v] is "heard"."""
    start = group_start(items, v, 0)
    if not is_passive(items, start, v) or items[start - 1].what is not What.WORD:
        return
    who = shortest_phrase(items, start - 1)
    for k in range(v + 1, min(len(items) - 1, v + MAX_WITNESSED)):
        item = items[k]
        if item.what is not What.WORD or item.quote >= 0 or is_finite(item):
            return
        if not _tells(item):
            continue
        content = _told(text, items, k, found)
        if content is not None:
            source, cue = [span_of(items[who[0]], items[who[1]])], [span_of(item, item)]
            for other in [d for d in found.drafts[-NEAR:] if overlap(d.cue, cue)]:
                found.drop(other)  # the same, read by its verb alone
            draft = found.add(Draft(content[0], source, cue, pattern="noun"))
            if content[1] >= 0:
                found.owner[content[1]] = draft
        return


def _told(text: str, items: Sequence[Item], k: int, found: Found) -> tuple[list[Span], int] | None:
    """What items[k] tells, and the number of the quotation that it is, or -1."""
    for c in range(k + 1, min(len(items), k + 1 + MAX_TOLD)):
        item = items[c]
        if item.quote >= 0:
            last = c
            while last + 1 < len(items) and items[last + 1].quote == item.quote:
                last += 1
            owner = found.owner.get(item.quote)
            if owner is not None and not overlap(owner.cue, [span_of(items[k], items[k])]):
                return None
            return with_marks(text, [span_of(item, items[last])]), item.quote
        if item.low == "that":
            end = len(items) - 1
            while end > c and items[end].low in STOPS:
                end -= 1
            inside = any(one.what is What.QUOTE for one in items[c:end])
            return None if inside or end == c else (with_marks(text, [span_of(item, items[end])]), -1)
        if item.what is not What.WORD and item.low not in (",", ":"):
            return None
    return None
