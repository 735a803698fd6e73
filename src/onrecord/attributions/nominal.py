"""What a noun of saying tells, with words in quotation marks: "her claim that the dam was “never safe”", "her “never safe” remark".

In: a sentence's `Item`s. Out: `Draft`s whose source is the possessive and whose cue is the noun.
Leaves to others: nouns after a verb ("repeated her claim that": `forward`), and nouns that tell without a quotation,
which a trained tagger reads better than a rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attributions.clauses import DASHES, STOPS, is_finite, noun_phrase, span_of, subject_right
from onrecord.attributions.contents import with_marks
from onrecord.attributions.drafts import Draft, Found
from onrecord.attributions.lists import words_of
from onrecord.attributions.tokens import Item, What
from onrecord.text import overlap

#: Words between a possessive and its noun: "her often repeated claim".
MAX_BETWEEN = 3
#: A quotation before its noun is no longer than this: it is a catchword.
MAX_CATCHWORDS = 12
#: The drafts of one sentence are among so many of the last.
NEAR = 8
_POSSESSIVES = frozenset(("his", "her", "their", "my", "our", "your"))
#: Nouns that are followed by what somebody says they will do.
_PROMISES = frozenset(("pledge", "promise", "threat", "vow", "offer", "demand", "request"))
_LEADS_ON = frozenset(("and", "or", "but", "who", "which", "that", "because", "if", "when", "as", "than"))


def read_nouns(text: str, items: Sequence[Item], found: Found) -> None:
    """Add the drafts of every possessive noun of saying that quotes."""
    for k in range(1, len(items)):
        if items[k].quote < 0 <= items[k - 1].quote:
            _read_catchword(text, items, k, found)
        elif items[k].low == "words":
            _read_words_of(text, items, k, found)
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
        source = possessive_of(items, k)
        end = _clause_end(items, k + 1)
        if source is None or end is None:
            continue
        content = with_marks(text, [span_of(items[k + 1], items[end])])
        found.add(Draft(content, [span_of(items[source[0]], items[source[1]])], cue, pattern="noun"))


def _read_catchword(text: str, items: Sequence[Item], k: int, found: Found) -> None:
    """Add "Ruiz's infamous “half the town” remark": items[k] is the noun right behind the quotation."""
    noun = _singular(items[k].low)
    if noun not in words_of("utterances"):
        return
    number, first = items[k - 1].quote, k - 1
    while first > 0 and items[first - 1].quote == number:
        first -= 1
    if k - first > MAX_CATCHWORDS or number in found.owner:
        return
    source = possessive_of(items, first)
    if source is None:
        return
    content = with_marks(text, [span_of(items[first], items[k - 1])])
    draft = Draft(
        content, [span_of(items[source[0]], items[source[1]])], [span_of(items[k], items[k])], pattern="noun"
    )
    found.owner[number] = found.add(draft)


def _read_words_of(text: str, items: Sequence[Item], k: int, found: Found) -> None:
    """Add "in Ruiz's words, “…”", "in the words of Ruiz, “…”", "the words of Ruiz: “…”": items[k] is "words"."""
    source = possessive_of(items, k)
    end, opening = k, source[0] - 1 if source else k - 2
    if source is None and k + 2 < len(items) and items[k - 1].low == "the" and items[k + 1].low == "of":
        source = subject_right(items, k + 2)
        end = source[1] if source else k
    apart = end + 1 < len(items) and (items[end + 1].low in (",", ":") or items[end + 1].low in DASHES)
    stated = opening >= 0 and items[opening].low == "in"
    if source is None or not (stated or apart):
        return
    first = end + 2 if apart else end + 1
    number = items[first].quote if first < len(items) else -1
    if number < 0 or number in found.owner:
        return
    last = first
    while last + 1 < len(items) and items[last + 1].quote == number:
        last += 1
    content = with_marks(text, [span_of(items[first], items[last])])
    cue = span_of(items[opening if stated else k], items[k + 1]) if end > k else span_of(items[k], items[k])
    whose = [span_of(items[source[0]], items[source[1]])]
    found.owner[number] = found.add(Draft(content, whose, [cue], pattern="noun"))


def _singular(word: str) -> str:
    return word.removesuffix("s") if word not in words_of("nominals") else word


def possessive_of(items: Sequence[Item], k: int) -> tuple[int, int] | None:
    """Whose noun items[k] is: first and last item of "her", "the mayor's"; None if it is nobody's."""
    for j in range(k - 1, max(-1, k - 2 - MAX_BETWEEN), -1):
        item = items[j]
        if j and item.low in ("'", "’") and items[j - 1].low.endswith("s") and items[j - 1].is_capital:
            return _name(items, j - 1)[0], j  # "Rivers’ words"
        if item.what is not What.WORD or item.quote >= 0:
            return None
        if item.low in _POSSESSIVES:
            return j, j
        if item.low.endswith(("'s", "s'")) and item.low not in ("it's", "that's", "let's"):
            return _name(items, j) if item.is_capital else noun_phrase(items, j)
        if item.low in words_of("auxiliaries") or item.low in words_of("prepositions"):
            return None
    return None


def _name(items: Sequence[Item], k: int) -> tuple[int, int]:
    """The name that ends with items[k]: "Voters remember Ana Ruiz's" ends with hers."""
    first = k
    while first > 0 and items[first - 1].is_capital and items[first - 1].what is What.WORD:
        first -= 1
    return first, k


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
