"""What a noun of saying tells, with words in quotation marks: "her claim that the dam was “never safe”".

In: a sentence's `Item`s. Out: `Draft`s whose source is the possessive and whose cue is the noun.
Leaves to others: nouns after a verb ("repeated her claim that": `forward`), and nouns that tell without a quotation,
which a trained tagger reads better than a rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attributions.clauses import DASHES, STOPS, is_finite, noun_phrase, span_of
from onrecord.attributions.contents import with_marks
from onrecord.attributions.drafts import Draft, Found
from onrecord.attributions.lists import words_of
from onrecord.attributions.tokens import Item, What
from onrecord.text import overlap

#: Words between a possessive and its noun: "her often repeated claim".
MAX_BETWEEN = 3
#: The drafts of one sentence are among so many of the last.
NEAR = 8
_POSSESSIVES = frozenset(("his", "her", "their", "my", "our", "your"))
#: Nouns that are followed by what somebody says they will do.
_PROMISES = frozenset(("pledge", "promise", "threat", "vow", "offer", "demand", "request"))
_LEADS_ON = frozenset(("and", "or", "but", "who", "which", "that", "because", "if", "when", "as", "than"))


def read_nouns(text: str, items: Sequence[Item], found: Found) -> None:
    """Add the drafts of every possessive noun of saying that quotes."""
    for k in range(1, len(items) - 2):
        following = items[k + 1].low
        if following != "that" and following != "to":
            continue
        noun = _singular(items[k].low)
        if noun not in words_of("nominals") or (following == "to" and noun not in _PROMISES):
            continue
        cue = [span_of(items[k], items[k])]
        if any(overlap(draft.cue, cue) for draft in found.drafts[-NEAR:]):
            continue  # "repeated her demand that"
        source = _possessive(items, k)
        end = _clause_end(items, k + 1)
        if source is None or end is None:
            continue
        content = with_marks(text, [span_of(items[k + 1], items[end])])
        found.add(Draft(content, [span_of(items[source[0]], items[source[1]])], cue, pattern="noun"))


def _singular(word: str) -> str:
    return word.removesuffix("s") if word not in words_of("nominals") else word


def _possessive(items: Sequence[Item], k: int) -> tuple[int, int] | None:
    """Whose noun items[k] is: first and last item of "her", "the mayor's"; None if it is nobody's."""
    for j in range(k - 1, max(-1, k - 2 - MAX_BETWEEN), -1):
        item = items[j]
        if item.what is not What.WORD or item.quote >= 0:
            return None
        if item.low in _POSSESSIVES:
            return j, j
        if item.low.endswith(("'s", "s'")) and item.low not in ("it's", "that's", "let's"):
            return noun_phrase(items, j)
        if item.low in words_of("auxiliaries") or item.low in words_of("prepositions"):
            return None
    return None


def _clause_end(items: Sequence[Item], first: int) -> int | None:
    """The last item of the clause that begins at items[first]; None if it quotes nothing."""
    verbs = 0 if items[first].low == "that" else 1
    last = quoted = -1
    for m in range(first + 1, len(items)):
        item, before = items[m], items[m - 1]
        if item.what is What.QUOTE or item.low in STOPS or item.low in DASHES or item.low in (":", ";"):
            break
        if item.quote >= 0:
            verbs += quoted < 0 and verbs == 0  # "that “they have no plan” was": the clause has its verb
            last = quoted = m
            continue
        if quoted >= 0 and "," in (item.low, items[quoted].low):
            break
        if is_finite(item) and before.low not in _LEADS_ON and not is_finite(before):
            verbs += 1
            if verbs > 1 and quoted >= 0:
                break
        if item.what is What.WORD:
            last = m
    return last if quoted >= 0 else None
