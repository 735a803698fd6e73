"""One act of speaking, many reports: which statements tell of the same one.

In: statements (Candidates) and a Source that finds the ones like them. Out: Utterances. Leaves to others:
whose words they are, which articles are copies, storing.

Two statements report one utterance if the same speaker is resolved in both, the one's quoted words are
nearly all in the other's, and what they share is rare enough not to be said again on another day: a few
words must come within days of each other, many may be recalled after months. Statements of copies pair
up one to one. Whether two statements belong together depends on these two alone (and on their articles'
being copies); groups are what such pairs connect, so the order of reading changes nothing.

Thin: a line that a speaker repeats word for word at length on two days is taken for one utterance where
neither article says on which day it was spoken; statements whose speaker is not settled stand alone
except in copies.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from itertools import combinations
from typing import Protocol

from onrecord.record import grams
from onrecord.record.align import Wording, read_wording, variant_of
from onrecord.record.quoted import pair_marks
from onrecord.record.rarity import total
from onrecord.record.results import Candidate, Report, Utterance
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
#: Statements of two copies that have so much in common are one statement.
COPY_CONTAINED = 0.5
#: Words in a row that nobody says twice by chance.
LONG_RUN = 12
#: Words of a statement that are compared, statements in one group, phrases looked for.
MAX_WORDS, MAX_GROUP, MAX_PHRASES = 400, 400, 60


#: By page: for each copy of it, the statements of both by those that they are the same as.
Twins = dict[int, list[Mapping[int, Candidate]]]


class Source(Protocol):
    """Where statements like one are found. Everything is about current pages."""

    def like(self, said: Said) -> Sequence[Candidate]:
        """Other statements that have one of its phrases, of its speakers; one of its few phrases, if one
        of the two has no settled speaker."""
        ...

    def in_copies(self, page: int) -> Sequence[Candidate]:
        """All statements of a page and of its copies; () where it has none."""
        ...


@dataclass(frozen=True)
class Said:
    """What of a statement is compared: its quoted words, or all of them where none is quoted.

    phrases: `grams` by which statements like it are found; few: by which long ones are.
    """

    statement: Candidate
    phrases: Sequence[int]
    few: Sequence[int]

    @cached_property
    def is_quoted(self) -> bool:
        """Whether the words that are compared stand inside quotation marks."""
        return self._compared[1]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words that are compared: MAX_WORDS at most."""
        return self._compared[0]

    @cached_property
    def weight(self) -> float:
        """Of the words that are compared."""
        return total(self.words)

    @cached_property
    def _compared(self) -> tuple[tuple[str, ...], bool]:
        statement = self.statement
        words = read_wording(statement.content).words
        is_quoted = True
        if statement.kind is not Kind.DIRECT:
            spans = pair_marks(" ".join(statement.content.splitlines()))
            quoted = tuple(w for w in words if any(a <= w.start < b for a, b in spans))
            is_quoted = len(quoted) >= SHORT_WORDS
            words = quoted if is_quoted else words
        return tuple(w.key for w in words[:MAX_WORDS]), is_quoted


def group(statements: Sequence[Candidate], source: Source) -> tuple[Utterance, ...]:
    """The utterances of two and more reports that these statements are reports of, sorted by id."""
    known: dict[int, Said] = {}
    links: dict[int, set[int]] = {}
    twins: Twins = {}
    for statement in statements:
        known.setdefault(statement.number, said(statement))
    for number in sorted(known):
        _connect(number, source, known, links, twins)
    for number, linked in list(
        links.items()
    ):  # where _connect stopped, some know of their link on one side alone
        for other in linked:
            links.setdefault(other, set()).add(number)
    seen: set[int] = set()
    out = []
    for number in sorted(links):
        if number in seen:
            continue
        reached = _reach(number, links)
        seen |= reached
        for members in _by_speaker({n: known[n].statement for n in reached}, links):
            if len(members) > 1:
                out.append(_utterance([known[n].statement for n in members]))
    return tuple(sorted(out, key=lambda u: u.id))


def said(statement: Candidate) -> Said:
    """A statement with the grams by which others like it are found; its words are read when they are needed."""
    few = grams.chosen(statement.words.split(), LONG_RUN - grams.SIZE + 1)
    return Said(statement, grams.of_content(statement.content)[:MAX_PHRASES], few[:MAX_PHRASES])


def same_utterance(a: Said, b: Said) -> bool:
    """Whether two statements of articles that are no copies report one act of speaking.

    Where a speaker is not settled, only a long quotation that is all in the other says so.
    """
    x, y = a.statement, b.statement
    if x.page == y.page or not (_same_speaker(x, y) or _is_open(x) or _is_open(y)):
        return False
    least = min(a.weight, b.weight)
    if least < LONG_WEIGHT and _days_apart(x, y) > SHORT_DAYS:
        return False  # what they share cannot be long
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
    return is_rare and in_one_run >= SHORT_CONTAINED and _days_apart(x, y) <= SHORT_DAYS


def _same_speaker(a: Candidate, b: Candidate) -> bool:
    return bool({s.number for s in a.speakers} & {s.number for s in b.speakers})


def _is_open(statement: Candidate) -> bool:
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


def _days_apart(a: Candidate, b: Candidate) -> int:
    """Days between what is known of when two statements were made, at least; 0 where nothing is known."""
    days = []
    for x in (a, b):
        first = _day(x.said_on or x.day or x.published)
        if first is None:
            return 0
        days.append((first, _day(x.said_until) or first))
    (a_first, a_last), (b_first, b_last) = days
    return max(0, (b_first - a_last).days, (a_first - b_last).days)


def days_between(a: str | None, b: str | None) -> int:
    """Days between two ISO days; 0 where one is not known."""
    x, y = _day(a), _day(b)
    return abs((x - y).days) if x and y else 0


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None


# -------------------------------------------------------------------------------------- groups


def _connect(
    start: int,
    source: Source,
    known: dict[int, Said],
    links: dict[int, set[int]],
    twins: Twins,
) -> None:
    """Finds what a statement is linked to, and what that is linked to, up to MAX_GROUP of them."""
    waiting = [start]
    n_found = 0
    while waiting and n_found < MAX_GROUP:
        number = waiting.pop()
        if number in links:
            continue
        n_found += 1
        links[number] = linked = set()
        one = known[number]
        for candidate in _likely(one, source):
            other = known.get(candidate.number) or known.setdefault(candidate.number, said(candidate))
            if same_utterance(one, other):
                linked.add(candidate.number)
        if one.statement.copy_group is not None:
            for twin in _twins(one.statement, source, twins):
                if twin.number not in known:
                    known[twin.number] = said(twin)
                linked.add(twin.number)
        for other_number in linked:
            if other_number in links:
                links[other_number].add(number)
        waiting.extend(sorted(linked))


def _likely(one: Said, source: Source) -> Iterable[Candidate]:
    """Statements of other articles with enough of its words, in whatever order, to be worth comparing."""
    statement = one.statement
    words = statement.words.split()
    if len(words) < (LONG_RUN if _is_open(statement) else SHORT_WORDS):
        return
    wanted = set(words)
    for candidate in source.like(one):
        if candidate.page == statement.page or _are_copies(candidate, statement):
            continue
        both_settled = candidate.speakers and statement.speakers
        if both_settled or total(wanted & set(candidate.words.split())) >= LONG_WEIGHT / 2:
            yield candidate


def _are_copies(a: Candidate, b: Candidate) -> bool:
    return a.copy_group is not None and a.copy_group == b.copy_group


def _twins(statement: Candidate, source: Source, twins: Twins) -> Iterable[Candidate]:
    """The same statement in the copies of its article: at most one in each."""
    if statement.page not in twins:
        pages: dict[int, list[Candidate]] = defaultdict(list)
        for other in source.in_copies(statement.page):
            pages[other.page].append(other)
        for page in sorted({statement.page, *pages}):
            twins[page] = []
        for a, b in combinations(sorted(pages), 2):
            pairs = pair_up(pages[a], pages[b])
            twins[a].append(pairs)
            twins[b].append(pairs)
    for pairs in twins[statement.page]:
        if statement.number in pairs:
            yield pairs[statement.number]


def pair_up(a: Sequence[Candidate], b: Sequence[Candidate]) -> Mapping[int, Candidate]:
    """The statements of one article by those of its copy, one to one, the most alike first; both ways."""
    ours, theirs = [_all_words(s) for s in a], [_all_words(s) for s in b]
    pairs: list[tuple[float, float, str, str, int, int]] = []
    for i, (x, x_weight) in enumerate(ours):
        for k, (y, y_weight) in enumerate(theirs):
            common = total(x & y)
            if common and common >= COPY_CONTAINED * min(x_weight, y_weight):
                place = abs(i / len(a) - k / len(b))
                alike = 2 * common / (x_weight + y_weight)
                first, second = sorted((a[i].id, b[k].id))
                pairs.append((-round(alike, 3), round(place, 3), first, second, i, k))
    out: dict[int, Candidate] = {}
    for _, _, _, _, i, k in sorted(pairs):
        if a[i].number not in out and b[k].number not in out:
            out[a[i].number], out[b[k].number] = b[k], a[i]
    return out


def _all_words(statement: Candidate) -> tuple[set[str], float]:
    keys = set(read_wording(statement.content).keys[:MAX_WORDS])
    return keys, total(keys)


def _reach(start: int, links: Mapping[int, set[int]]) -> set[int]:
    seen, waiting = {start}, [start]
    while waiting:
        for number in links.get(waiting.pop(), ()):
            if number not in seen:
                seen.add(number)
                waiting.append(number)
    return seen


def _by_speaker(statements: Mapping[int, Candidate], links: Mapping[int, set[int]]) -> list[set[int]]:
    """Linked statements as groups of one speaker.

    Statements whose speaker is open go with those that they are linked to, if all of these have a
    speaker in common; else they are a group by themselves.
    """
    settled = {n: links.get(n, set()) & statements.keys() for n, s in statements.items() if not _is_open(s)}
    inner = {n: {k for k in others if k in settled} for n, others in settled.items()}
    unsettled = {
        n: {k for k in links.get(n, ()) if k in statements and k not in settled}
        for n in statements
        if n not in settled
    }
    for cluster in _components(unsettled):
        beside = sorted({k for n in cluster for k in links.get(n, ()) if k in settled})
        speakers = [{ref.number for ref in statements[k].speakers} for k in beside]
        if speakers and set.intersection(*speakers):
            for n in cluster:
                inner[n] = set(beside)
            for k in beside:
                inner[k] |= cluster
        else:
            for n in cluster:
                inner[n] = unsettled[n]
    return _components(inner)


def _components(links: Mapping[int, set[int]]) -> list[set[int]]:
    seen: set[int] = set()
    out = []
    for number in sorted(links):
        if number not in seen:
            out.append(_reach(number, links))
            seen |= out[-1]
    return out


# ----------------------------------------------------------------------------------- utterances


def _utterance(statements: Sequence[Candidate]) -> Utterance:
    """The utterance that these statements report."""
    ordered = sorted(statements, key=_order)
    first = _wording(ordered[0])
    days = Counter((s.said_on, s.said_until) for s in ordered if s.said_on)
    said_on, said_until = min(days, key=lambda d: (-days[d], d[0] or "", d[1] or ""), default=(None, None))
    speakers = Counter(ref.number for s in ordered for ref in s.speakers)
    return Utterance(
        id=hashlib.sha256(f"utterance {ordered[0].page_id} {ordered[0].id}".encode()).hexdigest()[:16],
        speaker=min(speakers, key=lambda n: (-speakers[n], n), default=None),
        said_on=said_on,
        said_until=said_until,
        reports=tuple(Report(s.number, variant_of(first, _wording(s)).value) for s in ordered),
        n_independent=_n_independent(ordered),
    )


def _order(statement: Candidate) -> tuple[str, str, int, str]:
    """In order of print: the article's day, its page, the place in it."""
    return (
        statement.published or statement.day or "9999",
        statement.page_id,
        statement.pieces[0].start,
        statement.id,
    )


def _wording(statement: Candidate) -> Wording:
    return read_wording(statement.content)


def _n_independent(statements: Iterable[Candidate]) -> int:
    """How many of the articles are neither copies of each other nor credit the same agency."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    pages = set()
    for s in statements:
        page = f"page {s.page}"
        pages.add(page)
        root(page)
        for tie in (
            f"copies {s.copy_group}" if s.copy_group is not None else None,
            f"agency {s.credited_to.casefold()}" if s.credited_to else None,
        ):
            if tie is not None:
                x, y = sorted((root(page), root(tie)))
                parent[y] = x
    return len({root(page) for page in pages})
