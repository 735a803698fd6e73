"""Whether two statements report one act of speaking.

In: two statements with their words. Out: yes or no, what their words have in common. Leaves to others: finding
statements that are alike, what such pairs make together (`groups`), storing.

Two statements report one utterance if the same speaker is resolved in both, the one's quoted words are
nearly all in the other's, and what they share is rare enough not to be said again on another day: a few
words must come within days of each other, many may be recalled after months. Whether two statements belong
together depends on these two alone (and on their articles' being copies).

Thin: a line that a speaker repeats word for word at length on two days is taken for one utterance where
neither article says on which day it was spoken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import pairwise

from onrecord.record import grams
from onrecord.record.folding import words_of
from onrecord.record.quoted import pair_marks
from onrecord.record.rarity import total, weights
from onrecord.record.results import Candidate
from onrecord.record.wording import SIGNS, as_keys, keys_of
from onrecord.types import Kind

#: Words and weight from which on what two statements share is long. Measured on data/groups.
LONG_WORDS, LONG_WEIGHT = 8, 60.0
#: The least of a short one.
SHORT_WORDS, SHORT_WEIGHT = 4, 25.0
#: Share of the shorter's weight that stands in the longer.
SHORT_CONTAINED, LONG_CONTAINED, INDIRECT_CONTAINED = 0.75, 0.6, 0.85
#: Shared words from which on two indirect statements are one report's wording in another paper.
INDIRECT_WORDS = 12
#: Short quotations of one utterance are printed within so many days; later it is a line said again.
SHORT_DAYS = 7
#: Words in a row that nobody says twice by chance.
LONG_RUN = 12
#: What words that two statements write in two ways ("10 %", "10 percent") may weigh together, with their neighbours.
SLACK = 20.0
#: Words of a statement that are compared, phrases looked for.
MAX_WORDS, MAX_PHRASES = 400, 60


@dataclass(frozen=True)
class Said:
    """What of a statement is compared: its quoted words, or all of them where none is quoted."""

    statement: Candidate

    @cached_property
    def phrases(self) -> Sequence[int]:
        """`grams` by which statements like it are found."""
        return grams.of_content(self.statement.content)[:MAX_PHRASES]

    @cached_property
    def few(self) -> Sequence[int]:
        """Those by which long ones are."""
        return grams.chosen(self.statement.words.split(), LONG_RUN - grams.SIZE + 1)[:MAX_PHRASES]

    @cached_property
    def weighed(self) -> tuple[Sequence[tuple[str, str]], Sequence[float]]:
        """All its words by twos that are neighbours; the weight of each word."""
        words = as_keys(self.statement.words.split())
        return tuple(pairwise(words)), weights(words)

    @cached_property
    def is_marked(self) -> bool:
        """Whether any of it stands inside quotation marks; what does not cannot be `is_quoted`."""
        return self.statement.kind is Kind.DIRECT or bool(pair_marks(_line(self.statement.content)))

    @cached_property
    def n_at_most(self) -> int:
        """No fewer than there are `words`, and told sooner."""
        content = self.statement.content
        return self.statement.words.count(" ") + 1 + sum(map(content.count, SIGNS))

    @cached_property
    def is_quoted(self) -> bool:
        """Whether the words that are compared stand inside quotation marks."""
        return _compared(self.statement.content, self.statement.kind)[1]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words that are compared: MAX_WORDS at most."""
        return _compared(self.statement.content, self.statement.kind)[0]

    @cached_property
    def weight(self) -> float:
        """Of the words that are compared."""
        return _compared(self.statement.content, self.statement.kind)[2]


@lru_cache(maxsize=1 << 12)  # a line that is said again and again is mostly printed alike
def _compared(content: str, kind: Kind) -> tuple[tuple[str, ...], bool, float]:
    """The words of a statement that are compared, whether they stand inside quotation marks, what they weigh."""
    keys = () if kind is Kind.DIRECT else _quoted(_line(content))
    is_quoted = kind is Kind.DIRECT or len(keys) >= SHORT_WORDS
    if kind is Kind.DIRECT or not is_quoted:
        keys = keys_of(content)
    return keys[:MAX_WORDS], is_quoted, total(keys[:MAX_WORDS])


def _quoted(line: str) -> tuple[str, ...]:
    return tuple(key for start, end in pair_marks(line) for key in keys_of(line[start:end]))


def _line(content: str) -> str:
    return " ".join(content.splitlines())


def may_be_told_by_nobody(one: Said) -> bool:
    """Whether `same_utterance` can hold of it and a statement of other speakers, or of nobody settled."""
    return one.is_marked and one.n_at_most >= LONG_RUN


def may_be_told_again(one: Said) -> bool:
    """Whether `same_utterance` can hold of it and another statement at all."""
    if is_open(one.statement):
        return may_be_told_by_nobody(one)
    return one.n_at_most >= (SHORT_WORDS if one.is_marked else INDIRECT_WORDS)


def in_common(a: Said, words: str) -> float:
    """No less than what a statement and the folded words of another weigh together as `same_utterance` counts it.

    Signs, possessives and commas in numbers apart, for which SLACK makes up.
    """
    there = set(pairwise(as_keys(words.split())))
    pairs, weighed = a.weighed
    out, joins = SLACK, False
    if there.isdisjoint(pairs):
        return out
    for i, pair in enumerate(pairs):
        if pair in there:
            out += weighed[i + 1] if joins else weighed[i] + weighed[i + 1]
            joins = True
        else:
            joins = False
    return out


@dataclass(frozen=True, slots=True)
class Glimpse:
    """As much of another statement as tells whether it is worth comparing; day: when it was made, or printed."""

    number: int
    page: int
    kind: Kind
    content: str
    is_open: bool
    said_on: str | None
    said_until: str | None
    day: str | None


def may_be_same(a: Said, b: Glimpse) -> bool:
    """Whether `same_utterance` can hold of two statements, by the words that they have at most in common."""
    if a.statement.page == b.page:
        return False
    if b.is_open or is_open(a.statement):
        return in_common(a, words_of(b.content)) >= LONG_WEIGHT
    is_short = a.is_quoted and _days_apart(a.statement, b) <= SHORT_DAYS
    least = SHORT_WEIGHT if is_short else LONG_WEIGHT
    if a.weight < least:
        return False
    words = words_of(b.content)
    common = in_common(a, words)
    if common < least:
        return False
    if a.statement.kind is not Kind.DIRECT or b.kind is not Kind.DIRECT:
        return True  # how much of it is quoted is not known yet
    return common >= LONG_CONTAINED * min(sum(a.weighed[1]), total(words.split()))


def same_utterance(a: Said, b: Said) -> bool:
    """Whether two statements of articles that are no copies report one act of speaking.

    Where a speaker is not settled, only a long quotation that is all in the other says so.
    """
    x, y = a.statement, b.statement
    if x.page == y.page or not (_same_speaker(x, y) or is_open(x) or is_open(y)):
        return False
    is_near = _days_apart(x, y) <= SHORT_DAYS
    if not is_near and (a.weight < LONG_WEIGHT or b.weight < LONG_WEIGHT):
        return False  # what they share cannot be long
    least = min(a.weight, b.weight)
    if not least:
        return False  # one has no words
    if a.words == b.words and len(a.words) > 1:
        common = Common(len(a.words), least, len(a.words), least)
    else:
        common = shared(a.words, b.words)
    contained, in_one_run = common.weight / least, common.run_weight / least
    is_long = common.n_words >= LONG_WORDS and common.weight >= LONG_WEIGHT
    if not (a.is_quoted and b.is_quoted):
        return (
            is_long
            and common.n_words >= INDIRECT_WORDS
            and contained >= INDIRECT_CONTAINED
            and _same_speaker(x, y)
        )
    if not _same_speaker(x, y):
        return is_long and common.run_words >= LONG_RUN and contained >= INDIRECT_CONTAINED
    if is_long:
        return contained >= SHORT_CONTAINED or (contained >= LONG_CONTAINED and common.run_words >= LONG_RUN)
    is_rare = common.run_words >= SHORT_WORDS and common.run_weight >= SHORT_WEIGHT
    return is_rare and in_one_run >= SHORT_CONTAINED and is_near


def _same_speaker(a: Candidate, b: Candidate) -> bool:
    return bool({s.number for s in a.speakers} & {s.number for s in b.speakers})


def is_open(statement: Candidate) -> bool:
    """Whether it is not settled who spoke."""
    return not statement.speakers


@dataclass(frozen=True, slots=True)
class Common:
    """What two sequences of words have in common in order, in runs of two and more; the heaviest run."""

    n_words: int
    weight: float
    run_words: int
    run_weight: float


def shared(a: Sequence[str], b: Sequence[str]) -> Common:
    """What two sequences of words have in common; the same either way round."""
    if (len(a), a) > (len(b), b):
        a, b = b, a
    n_words, weight, run_words, run_weight = 0, 0.0, 0, 0.0
    for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        if block.size > 1:
            here = total(a[block.a : block.a + block.size])
            n_words += block.size
            weight += here
            if here > run_weight:
                run_words, run_weight = block.size, here
    return Common(n_words, weight, run_words, run_weight)


def _days_apart(a: Candidate, b: Candidate | Glimpse) -> int:
    """Days between what is known of when two statements were made, at least; 0 where nothing is known."""
    (a_first, a_last), (b_first, b_last) = _days(a), _days(b)
    if a_first is None or a_last is None or b_first is None or b_last is None:
        return 0
    return max(0, (b_first - a_last).days, (a_first - b_last).days)


def _days(x: Candidate | Glimpse) -> tuple[date | None, date | None]:
    first = _day(x.said_on or x.day)
    return first, _day(x.said_until) or first


def days_between(a: str | None, b: str | None) -> int:
    """Days between two ISO days; 0 where one is not known."""
    x, y = _day(a), _day(b)
    return abs((x - y).days) if x and y else 0


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None
