"""Indirect speech that says what a quotation says: the verdict `reported`.

In: the words asked about, what `places` has of the record, an embedder or None. Out: the statements that
tell of them, those that share the words before those that are alike in meaning. Leaves to others: the
verdict (`check`), the passages (`passages`).

Never turns an absence into comfort: the same speaker, the claim itself, and nothing that speaks against
it (`is_against`): another number or name, a negation on one side only, the opposite word, a cue such as
"denied". By meaning, moreover, every word that tells must have its like, and nothing may be less sure in
the record than in the quotation. What a bag of words cannot see, it does not see: who did what to whom
("the court obeyed the palace" and the reverse).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from onrecord.record.answer import Found, SpeakerMatch
from onrecord.record.denied import is_denied
from onrecord.record.differences import is_negation
from onrecord.record.folding import typed
from onrecord.record.meaning import Embedder
from onrecord.record.places import Places
from onrecord.record.rarity import is_common, weight
from onrecord.record.results import Candidate, MatchKind
from onrecord.record.wording import Word, Wording, read_wording
from onrecord.types import Kind

#: From here on indirect speech says what the quotation says: share of its meaning words, by weight.
REPORTED_FROM = 0.8
#: It says it with no less in common: a few common words come together by chance.
TELLING_WEIGHT = 20.0
#: Statements with less of it among their words are not looked at; their sentence may go on.
PROMISING = 0.3
#: With fewer meaning words in common, so many of all its words stand there in the same order.
REPORTED_WORDS, REPORTED_ORDERED = 3, 0.6
#: Two sentences of indirect speech that go together are at most so far apart.
MAX_BETWEEN = 60
#: Nor does what goes on behind a statement reach further: the next one, and the rest of its sentence.
MAX_NEAR = 6_000
#: By meaning (set on the cases of bench/meaning.txt that are marked `tuned`): a word has its like from the
#: first likeness on, wholly from the second; of the words' weight so much has its like, and no word of
#: weight less than the last; the sentences are so near; and so much weight stands there in the same words.
WORD_LIKE, WORD_SAME = 0.25, 0.6
TOLD_SHARE, TOLD_LEAST, TOLD_NEAR, TOLD_WEIGHT = 0.8, 0.1, 0.6, 20.0
#: Words of less weight ("get", "come") need no like of their own.
HEAVY = 8.0
_TO_THE_END = re.compile(r"[^.?!\r\n\"“”]{0,300}")


@dataclass(frozen=True, slots=True)
class Told:
    """Statements that tell in indirect speech what the query says. share: how much of it is there."""

    statements: tuple[Candidate, ...]
    share: float
    match: SpeakerMatch
    how: MatchKind = MatchKind.WORDS


#: Less of the shared words in the same order, and it may be another who does it to another. The reported quotations
#: of data/check have .8 and more.
SAME_ORDER = 0.75


def find_told(places: Places, query: Wording, embedder: Callable[[], Embedder] | None) -> list[Told]:
    """Statements by that speaker with what the query says in them, the nearest first.

    By meaning only where no words say it, and only of a claimed speaker.
    """
    by_words = _by_words(places, query)
    if by_words or embedder is None or places.claimed is None or not _meaning(query):
        return by_words
    return _by_meaning(places, query, embedder)


def _by_words(places: Places, query: Wording) -> list[Told]:
    wanted = _meaning(query)
    if not wanted:
        return []
    found = {
        f.number: f for speaker in dict.fromkeys((places.claimed, None)) for f in places.find(query, speaker)
    }
    least = PROMISING * sum(wanted.values())
    promising = [f for f in found.values() if f.kind is not Kind.DIRECT and _weight_in(f, wanted) >= least]
    promising = [f for f in promising if _may_tell(places.text(f.page), f, wanted)]
    places.look_up([f.number for f in promising])
    out = []
    for f in promising:
        match = places.match_statement(f.number)
        if match is SpeakerMatch.OTHER:
            continue
        told = _with_next(places, f)
        for statements in (told[:1], told):
            share = share_by_words(query, *_wording(places, statements))
            if share:
                out.append(Told(statements, share, match))
                break
    return _ranked(out)


def _may_tell(text: str, found: Found, wanted: Mapping[str, float]) -> bool:
    """Whether a statement and what goes on behind it can have enough of the stems: by their letters alone."""
    near = typed(text[found.start : found.end + MAX_NEAR]).lower()
    if not near.isascii() or "[" in near:
        return True
    there = sum(heavy for key, heavy in wanted.items() if key in near or not key.isalpha())
    return there >= max(TELLING_WEIGHT, REPORTED_FROM * sum(wanted.values())) - 1e-9


def _weight_in(found: Found, wanted: Mapping[str, float]) -> float:
    there = {stem(word) for word in found.words.split(" ")}
    return sum(weight for key, weight in wanted.items() if key in there)


def _by_meaning(places: Places, query: Wording, embedder: Callable[[], Embedder]) -> list[Told]:
    out = []
    for f in places.lookup.near(query.text, embedder, speaker=places.claimed or ""):
        if f.kind is Kind.DIRECT or places.match_statement(f.number) is not SpeakerMatch.SAME:
            continue
        statements = tuple(places.candidates([f.number]))
        share = share_by_meaning(query, *_wording(places, statements), embedder())
        if share:
            out.append(Told(statements, share, SpeakerMatch.SAME, MatchKind.MEANING))
    return _ranked(out)


def _wording(places: Places, statements: Sequence[Candidate]) -> tuple[Wording, str]:
    """The sentences in which statements stand as one wording, and their cues."""
    sentences = (_sentences(places.text(s.page), s) for s in statements)
    return read_wording(". ".join(sentences)), " ".join(places.entry(s.number).cue for s in statements)


def _ranked(found: Sequence[Told]) -> list[Told]:
    order = {SpeakerMatch.SAME: 0, SpeakerMatch.NOT_ASKED: 0}
    return sorted(
        found,
        key=lambda t: (order.get(t.match, 1), -t.share, t.statements[0].page_id, t.statements[0].number),
    )


def share_by_words(query: Wording, theirs: Wording, cue: str) -> float:
    """Share of the query's meaning that indirect speech has in the same words; 0 where that is too little to
    go by, or something speaks against it."""
    wanted, there = _meaning(query), _meaning(theirs)
    shared = [stem for stem in wanted if stem in there]
    if len(shared) < REPORTED_WORDS:
        blocks = SequenceMatcher(None, query.keys, theirs.keys, autojunk=False).get_matching_blocks()
        if not shared or sum(b.size for b in blocks) < REPORTED_ORDERED * len(query.keys):
            return 0.0
    told = sum(wanted[stem] for stem in shared)
    share = told / sum(wanted.values())
    if told < TELLING_WEIGHT or share < REPORTED_FROM or is_against(query, theirs, cue):
        return 0.0
    return 0.0 if _is_reordered(wanted, there) else share


def _is_reordered(wanted: Iterable[str], there: Iterable[str]) -> bool:
    """Whether the stems that two wordings share come in another order (by their longest run in order, found
    by patience sorting): "the pope would be honoured to meet me" is not "he would be honoured to meet the pope".
    """
    place = {stem: i for i, stem in enumerate(there)}
    shared = [place[stem] for stem in wanted if stem in place]
    ends: list[int] = []
    for at in shared:
        i = bisect_left(ends, at)
        ends[i : i + 1] = [at]
    return len(ends) < SAME_ORDER * len(shared)


def _sentences(text: str, statement: Candidate) -> str:
    """The statement's words, and those behind them to the end of the sentence."""
    last = max(statement.pieces, key=lambda p: p.end)
    rest = _TO_THE_END.match(text, last.end)
    return statement.content + (f" {rest.group()}" if rest else "")


def _with_next(places: Places, found: Found) -> tuple[Candidate, ...]:
    """A statement, and that of the same speaker that goes on right behind it."""
    numbers = [f.number for f in places.on_page(found.page)]
    at = numbers.index(found.number)
    first, *others = places.candidates(numbers[at : at + 4])
    end = max(p.end for p in first.pieces)
    for other in others:
        if other.speakers == first.speakers and end <= other.pieces[0].start <= end + MAX_BETWEEN:
            return first, other
    return (first,)


# ----------------------------------------------------------------------------------- the words


def _tells(word: Word) -> bool:
    """Whether the word says what a text is about."""
    if is_common(word.key) or word.key in _listed("reshaped"):
        return False
    return "'" not in word.key or word.key.endswith("'s")


def _meaning(wording: Wording) -> dict[str, float]:
    """The stems of the words that say what it is about, with their weights."""
    return {stem(w.key): weight(w.key) for w in wording.words if _tells(w)}


@lru_cache(maxsize=1 << 16)
def stem(key: str) -> str:
    """The word without the endings that a change of person or tense brings."""
    key = key.removesuffix("'s").removesuffix("n't")
    for ending in ("ing", "ies", "ied", "ed", "es", "s", "e"):
        if key.endswith(ending) and len(key) - len(ending) >= 3:
            key = key.removesuffix(ending)
            break
    return key.removesuffix("y") if len(key) > 3 else key


# -------------------------------------------------------------------------- what speaks against


def is_against(query: Wording, theirs: Wording, cue: str) -> bool:
    """Whether indirect speech, behind its cue, cannot be what the query says, whatever they share."""
    if is_denied(cue) or any(key in _hedges("denies") for key in read_wording(cue).keys):
        return True
    there = {key for word in theirs.words for key in (word.key, stem(word.key))}
    for word in query.words:
        is_name = word.is_name and word.key != "i" and not word.key.startswith("i'")
        must_stand = is_name or word.key[0].isdigit() or word.key in _listed("exact")
        if must_stand and word.key not in there and stem(word.key) not in there:
            return True
    return _turns_round(query, theirs) or _is_opposite(query, there) or _is_surer(query, theirs)


def _turns_round(query: Wording, theirs: Wording) -> bool:
    """Whether a word that both have is negated in one of them alone, or a negation has no like at all."""
    ours, there = _negated(query), _negated(theirs)
    if any(ours[key] != there[key] for key in ours.keys() & there.keys()):
        return True
    return any(ours.values()) and not any(there.values())


def _negated(wording: Wording) -> dict[str, bool]:
    """For each stem that tells, whether a negation stands right before it, common words aside."""
    out: dict[str, bool] = {}
    turned = False
    for i, word in enumerate(wording.words):
        if i in wording.starts:
            turned = False
        if is_negation(word):
            turned = True
        elif _tells(word):
            key = stem(word.key)
            out[key] = out.get(key, False) or turned
            turned = False
    return out


def _is_opposite(query: Wording, there: set[str]) -> bool:
    """Whether one of the query's words stands there only as its opposite."""
    mine = {key for word in query.words for key in (word.key, stem(word.key))}
    return any(
        (mine & one and not there & one and there & other and not mine & other)
        for pair in _opposites()
        for one, other in (pair, pair[::-1])
    )


@cache
def _opposites() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    out = []
    for line in _lines("opposites.txt"):
        one, other = (
            frozenset(key for word in side.split() for key in (word, stem(word))) for side in line.split("|")
        )
        out.append((one, other))
    return tuple(out)


@cache
def _hedges(kind: str) -> frozenset[str]:
    pairs = (line.split(maxsplit=1) for line in _lines("hedges.txt"))
    return frozenset(words for name, words in pairs if name == kind)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(_lines(f"{name}.txt"))


def _lines(name: str) -> list[str]:
    text = (files("onrecord.record") / "data" / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


# --------------------------------------------------------------------------------- the meaning


def share_by_meaning(query: Wording, theirs: Wording, cue: str, embedder: Embedder) -> float:
    """Share of the query's meaning that indirect speech has in words of its own; 0 where that is not certain."""
    wanted, there = _meaning(query), _meaning(theirs)
    if is_against(query, theirs, cue) or (wanted.keys() <= there.keys() and _is_reordered(wanted, there)):
        return 0.0
    share, least, same = likenesses(query, theirs, embedder)
    if share < TOLD_SHARE or least < TOLD_LEAST or same < TOLD_WEIGHT:
        return 0.0
    vectors = embedder.embed([query.text, theirs.text])
    return round(share, 4) if float(vectors[0] @ vectors[1]) >= TOLD_NEAR else 0.0


def _is_surer(query: Wording, theirs: Wording) -> bool:
    """Whether the indirect speech hedges and the query does not."""
    ours, there = (f" {' '.join(wording.keys)} " for wording in (query, theirs))
    for words in _hedges("concedes"):
        there = there.replace(f" {words} ", " ")
    hedges = [f" {words} " for words in _hedges("hedges")]
    return any(words in there for words in hedges) and not any(words in ours for words in hedges)


def likenesses(query: Wording, theirs: Wording, embedder: Embedder) -> tuple[float, float, float]:
    """By weight, the share of the query's telling words that have their like there; the least of these
    likenesses; and the weight of those that stand there in the same word.
    """
    words = [w for w in query.words if _tells(w)]
    if not words:
        return 0.0, 0.0, 0.0
    there = {stem(w.key) for w in theirs.words}
    loose = [w.key for w in words if stem(w.key) not in there]
    near = dict(zip(loose, _nearness(loose, query, theirs, embedder), strict=True))
    got = {w.key: 1.0 if stem(w.key) in there else near[w.key] for w in words}
    weights = {key: weight(key) for key in got}
    share = sum(weights[key] * got[key] for key in got) / sum(weights.values())
    least = min((got[key] for key in got if weights[key] >= HEAVY), default=1.0)
    return share, least, sum(weights[key] for key in got if key not in near)


def _nearness(loose: Sequence[str], query: Wording, theirs: Wording, embedder: Embedder) -> list[float]:
    """For each word of the query, 0 to 1: how like it, or it and a neighbour, some word or two of theirs are."""
    if not loose:
        return []
    units = _units(theirs.keys)
    mine = {key: [unit for unit in _units(query.keys) if key in unit] for key in loose}
    asked = list(dict.fromkeys(unit for of_word in mine.values() for unit in of_word))
    alike = (
        embedder.embed([" ".join(unit) for unit in asked]) @ embedder.embed([" ".join(u) for u in units]).T
    )
    best = {
        unit: max(
            (float(a) for a, other in zip(row, units, strict=True) if not {*unit} & {*other}), default=0.0
        )
        for unit, row in zip(asked, alike, strict=True)
    }
    out = []
    for key in loose:
        likeness = max(best[unit] for unit in mine[key])
        out.append(min(1.0, max(0.0, (likeness - WORD_LIKE) / (WORD_SAME - WORD_LIKE))))
    return out


def _units(keys: Sequence[str]) -> list[tuple[str, ...]]:
    """Single words, and pairs of neighbours: "step down" may be like "resign"."""
    return [*((key,) for key in keys), *pairwise(keys)]
