"""Invented articles by the ten thousand, as a record would have them: for `bench.record`.

In: a seed. Out: RawPages with their Readings, one article after the other, the same for one seed. Leaves to
others: putting them on record, asking.

What is like news: how often words occur (the usage list of the record for common words, 400,000 invented
ones behind it, by Zipf), that words keep company (half of them follow the word before by habit, so that
phrases come back), lengths and kinds of statements, statements and paragraphs an article, few speakers
quoted much and many quoted once, copies, lines said again. What is not: sense, grammar, stories told twice
in other words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from onrecord.types import (
    Article,
    Attribution,
    Day,
    Encoding,
    Kind,
    Origin,
    Page,
    Precision,
    RawPage,
    Reader,
    Reading,
    Run,
    RunKind,
    Sketch,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    TextEvidence,
    Unresolved,
    When,
    Zone,
    ZoneKind,
)

#: Words behind the usage list, and their share of a text: what the list lacks of PolNeAR's articles.
N_TAIL, TAIL_SHARE, TAIL_SLOPE = 400_000, 0.12, 1.05
#: Share of words that follow the word before by habit, and how many habits a word has.
HABIT, N_HABITS = 0.5, 60
#: Of 2,129 statements of PolNeAR's dev articles: shares of the kinds; median words, spread of their logarithm.
KINDS = ((Kind.DIRECT, 0.2, 22, 0.7), (Kind.INDIRECT, 0.65, 10, 0.7), (Kind.MIXED, 0.15, 16, 0.6))
#: The same: statements an article (median, spread), words of narration for each.
PER_ARTICLE, SPREAD, NARRATION = 20, 0.7, 14
N_PUBLISHERS, N_PEOPLE, N_DAYS = 200, 60_000, 3_650
#: Shares: articles that are copies of one of the last, statements that are one of a speaker's own lines,
#: statements whose speaker is not settled, those whose speaker is a group of that page alone.
COPIES, LINES, OPEN, GROUPS = 0.06, 0.03, 0.12, 0.2
#: Made at once.
BATCH = 256

CUES = ("said", "told reporters", "added", "argued", "wrote", "announced", "warned", "explained")
READER = Reader("0.1.0", (("attributions", "0" * 64), ("zones", "1" * 64)))

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words, the commonest first, and the share of a text that they and all before make up."""

    words: tuple[str, ...]
    shares: NDArray[np.float64]

    def at(self, points: NDArray[np.float64]) -> Numbers:
        """The words at points of [0, 1) of a text that is sorted by how common its words are."""
        return np.minimum(np.searchsorted(self.shares, points, side="right"), len(self.words) - 1)


@cache
def vocabulary() -> Vocabulary:
    """Common words as `onrecord.record.rarity` knows them, invented ones behind."""
    text = (files("onrecord.record") / "data" / "usage.txt").read_text(encoding="utf-8")
    listed = [
        (word, 2.0 ** int(line.split()[0]))
        for line in text.splitlines()
        if line and not line.startswith("#")
        for word in line.split()[1:]
    ]
    known = {word for word, _ in listed}
    tail = [word for word in map(invented, range(N_TAIL)) if word not in known]
    often = np.array([n for _, n in listed])
    rare = 1.0 / np.arange(1_000, 1_000 + len(tail)) ** TAIL_SLOPE
    shares = np.concatenate([often / often.sum() * (1 - TAIL_SHARE), rare / rare.sum() * TAIL_SHARE])
    return Vocabulary((*(word for word, _ in listed), *tail), np.cumsum(shares))


_HEADS = [
    "b",
    "br",
    "c",
    "ch",
    "cl",
    "d",
    "dr",
    "f",
    "fl",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "pr",
    "qu",
    "r",
    "s",
    "sch",
    "sk",
    "sl",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "z",
]
_TAILS = [
    "a",
    "an",
    "ar",
    "e",
    "el",
    "en",
    "er",
    "i",
    "il",
    "in",
    "ir",
    "o",
    "ol",
    "on",
    "or",
    "u",
    "ul",
    "un",
    "ur",
    "ai",
    "ea",
    "ou",
]


def invented(number: int) -> str:
    """A word that can be spoken, another one for every number."""
    n, out = number + len(_HEADS) * len(_TAILS), ""
    while n:
        n, here = divmod(n, len(_HEADS) * len(_TAILS))
        out += _HEADS[here // len(_TAILS)] + _TAILS[here % len(_TAILS)]
    return out


def speak(rng: np.random.Generator, lengths: Sequence[int]) -> list[list[str]]:
    """A list of words of each length."""
    known = vocabulary()
    size, longest = len(lengths), max(lengths, default=0)
    out = np.zeros((longest, size), dtype=np.int64)
    here = known.at(rng.random(size))
    for i in range(longest):
        out[i] = here
        fresh = known.at(rng.random(size))
        habit = (N_HABITS ** rng.random(size)).astype(np.int64)  # the first habits are the strongest
        mixed = (here * 1_000_003 + habit * 7_919) * 2_654_435_761 % 2**31
        here = np.where(rng.random(size) < HABIT, known.at(mixed / 2**31), fresh)
    return [[known.words[w] for w in out[:n, i]] for i, n in enumerate(lengths)]


# ------------------------------------------------------------------------------------- articles


def person(number: int) -> str:
    """A full name, another one for every number."""
    return f"{invented(number * 7 % 700).title()} {invented(number).title()}"


@dataclass(frozen=True, slots=True)
class Said:
    """A statement before it stands in a text."""

    kind: Kind
    words: tuple[str, ...]
    speaker: str
    is_group: bool


@dataclass(frozen=True, slots=True)
class Story:
    """An article before it stands in a text: statements, each with the narration behind it."""

    said: tuple[tuple[Said, tuple[str, ...]], ...]
    day: int


def articles(seed: int, n_statements: int, *, first: int = 0) -> Iterator[tuple[RawPage, Reading]]:
    """Articles with so many statements together (the last one is whole). first: the number in its first id."""
    rng = np.random.default_rng(seed)
    recent: list[Story] = []
    number, made = first, 0
    while made < n_statements:
        for story in stories(rng, BATCH):
            if recent and rng.random() < COPIES:
                story = edited(rng, recent[int(rng.integers(len(recent)))])
            recent = [*recent[-200:], story]
            raw, reading = page_of(rng, number, story)
            yield raw, reading
            number += 1
            made += len(reading.statements)
            if made >= n_statements:
                return


def stories(rng: np.random.Generator, size: int) -> Iterator[Story]:
    """New stories; their words are drawn all at once."""
    counts = np.clip(np.exp(rng.normal(np.log(PER_ARTICLE), SPREAD, size)), 1, 150).astype(int)
    kinds = rng.choice(len(KINDS), p=[share for _, share, _, _ in KINDS], size=int(counts.sum()))
    middle = np.log(np.array([n for _, _, n, _ in KINDS])[kinds])
    spread = np.array([s for _, _, _, s in KINDS])[kinds]
    lengths = np.clip(np.exp(rng.normal(middle, spread)), 2, 120).astype(int)
    spoken = speak(rng, lengths.tolist())
    told = speak(rng, rng.integers(1, 2 * NARRATION, size=len(kinds)).tolist())
    at = 0
    for n in counts:
        present = rng.zipf(1.1, size=max(2, int(n) // 4)) % N_PEOPLE
        group = f"{invented(int(rng.integers(500)))} officials"
        said = []
        for i in range(at, at + int(n)):
            who = int(present[int(rng.integers(len(present)))])
            words, kind = tuple(spoken[i]), KINDS[kinds[i]][0]
            if kind is Kind.DIRECT and rng.random() < LINES * 5:
                words = line_of(who, int(rng.integers(30)))
            is_group, is_open = rng.random() < GROUPS, rng.random() < OPEN
            name = "" if is_open else group if is_group else person(who)
            said.append((Said(kind, words, name, is_group), tuple(told[i])))
        at += int(n)
        yield Story(tuple(said), int(rng.integers(N_DAYS)))


@cache
def line_of(who: int, number: int) -> tuple[str, ...]:
    """A line that somebody says again and again."""
    rng = np.random.default_rng([7, who, number])
    return tuple(speak(rng, [int(rng.integers(6, 16))])[0])


def edited(rng: np.random.Generator, story: Story) -> Story:
    """The story as another paper prints it: a little shorter, some words of narration changed."""
    keep = story.said[: max(1, int(len(story.said) * rng.uniform(0.7, 1.0)))]
    out = []
    for said, told in keep:
        if rng.random() < 0.2:
            told = tuple(speak(rng, [len(told)])[0])
        out.append((said, told))
    return Story(tuple(out), min(N_DAYS - 1, story.day + int(rng.integers(2))))


def day_of(number: int) -> str:
    """An ISO day, the first of them in 2010."""
    return str(np.datetime64("2010-01-01") + np.timedelta64(number, "D"))


def page_of(rng: np.random.Generator, number: int, story: Story) -> tuple[RawPage, Reading]:
    """The story as a page that was read."""
    title = f"{invented(number).title()} and {invented(number * 31 % N_TAIL)}"
    parts, places, at = [title, "\n\n"], [], len(title) + 2
    for i, (said, told) in enumerate(story.said):
        text, spans = sentence(said, i)
        places.append(tuple(Span(at + a, at + b) if b > a else None for a, b in spans))
        behind = " " + " ".join(told).capitalize() + ".\n\n"
        parts += [text, behind]
        at += len(text) + len(behind)
    text = "".join(parts).rstrip()
    content = text.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    page_id, day = f"made/{number:07}.txt", day_of(story.day)
    page = Page(
        page_id, sha256, "text/plain", Origin(page_id), text, Encoding("utf-8", "utf-8"),
        (Run(0, len(text), 0, len(content), RunKind.SAME),),
    )  # fmt: skip
    zones = (
        Zone(ZoneKind.TITLE, Span(0, len(title)), 0.95),
        Zone(ZoneKind.BODY, Span(len(title) + 2, len(text)), 0.95),
    )
    published = When(day, Precision.DAY, TextEvidence(Span(0, 4))) if rng.random() < 0.9 else None
    article = Article(
        page, zones, title, (), (person(number % 3_000),),
        f"The {invented(int(rng.zipf(1.4)) % N_PUBLISHERS).title()} Post", None, "en", True, None, published, None,
    )  # fmt: skip
    statements = tuple(
        statement_of(said, spans, sha256, day, i)
        for i, ((said, _), spans) in enumerate(zip(story.said, places, strict=True))
    )
    return RawPage(page_id, content, sha256, "text/plain", Origin(page_id)), Reading(
        article, statements, READER
    )


def any_sketch(reading: Reading) -> Sketch:
    """A sketch like that of an article, drawn by chance: nothing is its copy."""
    rng = np.random.default_rng(int(reading.article.page.sha256[:12], 16))
    bands = tuple(f"{n:012x}" for n in rng.integers(2**48, size=32).tolist())
    return Sketch(400, tuple(rng.integers(2**32, size=128).tolist()), bands)


def sentence(said: Said, place: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The sentence, and where in it content, cue and source stand."""
    words, cue = " ".join(said.words), CUES[place % len(CUES)]
    source = said.speaker or "one of them"
    if said.kind is Kind.DIRECT:
        content = f"“{words.capitalize()},”"
        text = f"{content} {source} {cue}."
        after = len(content) + 1
        return text, (
            (0, len(content)),
            (after + len(source) + 1, len(text) - 1),
            (after, after + len(source)),
        )
    if said.kind is Kind.MIXED and len(said.words) > 4:
        half = len(said.words) // 2
        words = f"{' '.join(said.words[:half])} “{' '.join(said.words[half:])}”"
    text = f"{source} {cue} that {words}."
    start = len(source) + len(cue) + 7
    return text, ((start, len(text) - 1), (len(source) + 1, len(source) + 1 + len(cue)), (0, len(source)))


def statement_of(said: Said, spans: tuple[Span | None, ...], sha256: str, day: str, place: int) -> Statement:
    """The statement as a reader would have read it."""
    content, cue, source = (() if span is None else (span,) for span in spans)
    here = TextEvidence(source[0])
    speaker: Speaker | Unresolved = Unresolved("nobody in the article is called so")
    if said.speaker:
        kind = SpeakerKind.GROUP if said.is_group else SpeakerKind.PERSON
        speaker = Speaker((said.speaker,), kind, 0.9, here)
    key = f"{sha256} {content[0].start} {content[0].end}".encode()
    return Statement(
        hashlib.sha256(key).hexdigest()[:16],
        None,
        Attribution(source, cue, content, said.kind, 0.85),
        speaker,
        None,
        None,
        Day(day, None, "passage", TextEvidence(content[0])) if place % 3 == 0 else None,
    )
