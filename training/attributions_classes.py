"""Written examples of what PolNeAR has little of: real quotations in settings of our own making.

In: readings that train (their direct quotations and their paragraphs without any attribution) and
invented names; and our own marked cases (the part `train` of tests/attributions/cases). Out: short
`Reading`s, each one setting: transcripts, interviews, "quote" - Name, posts, headlines, block
quotations, quotations that stand alone, continued ones, words that are quoted but nobody's; or a few
marked cases with narration between them. Nothing here reads dev.jsonl, and nothing of the data is kept.
Leaves to others: how each setting is written (`attributions_settings`).
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from pathlib import Path

from tests.marked import Case, cases

from onrecord.attributions.windows import Vocabulary
from onrecord.types import Span
from training.attributions_data import (
    Example,
    Marked,
    Reading,
    label_windows,
    pack,
    vary,
)
from training.attributions_settings import SETTINGS, Material, Page, Setting, narration

#: Our own marked cases, a file a class.
CASES = Path(__file__).parents[1] / "tests/attributions/cases"


def gather(readings: Sequence[Reading]) -> Material:
    quotes, reports, plain = [], [], []
    for r in readings:
        touched = sorted(s for m in r.marked for s in m.source + m.cue + m.content)
        cues = [s for m in r.marked for s, _ in m.cue]
        for m in r.marked:
            if len(m.content) != 1 or any(m.content[0][0] <= s < m.content[0][1] for s in cues):
                continue
            words = r.text[slice(*m.content[0])]
            inner = re.fullmatch(r"(?:[“\"]|''|``)([^“”\"\n]+?),?(?:[”\"]|'')", words)
            if inner and 4 <= len(inner[1].split()) <= 70:
                quotes.append(inner[1])
            elif not re.search("[“”\"\n]|''", words) and 4 <= len(words.split()) <= 18:
                reports.append(re.sub(r"^(?:that|to|of) ", "", words))
        for p in re.finditer(r"[^\n]+", r.text):
            free = not any(s < p.end() and e > p.start() for s, e in touched)
            if free and 8 <= len(p[0].split()) <= 60 and not re.search("[“”\"]|''|:$", p[0]):
                plain.append(p[0])
    return Material(tuple(dict.fromkeys(quotes)), tuple(dict.fromkeys(reports)), tuple(dict.fromkeys(plain)))


def make_class_readings(
    material: Material, rng: random.Random, n: int, settings: Sequence[Setting] | None = None
) -> list[Reading]:
    """n short readings, each of a setting drawn by chance."""
    out = []
    for i in range(n):
        page = Page()
        rng.choice(settings or SETTINGS)(page, material, rng)
        out.append(Reading(f"written-{i}", page.text, page.marked))
    return out


def make_class_examples(
    readings: Sequence[Reading], vocabulary: Vocabulary, rng: random.Random, n: int, *, marked: bool
) -> list[Example]:
    """About n written windows; with marked also every marked case that is for training, once."""
    material = gather(readings)
    written = make_class_readings(material, rng, n)
    if marked:
        written += make_case_readings(material, rng)
    out: list[Example] = []
    for reading in written:
        varied = vary(reading, rng) if rng.random() < 0.5 else reading
        out += label_windows(varied, list(pack(varied.text, vocabulary, None)), vocabulary)
    return out


def make_case_readings(material: Material, rng: random.Random) -> list[Reading]:
    """Every marked case that is for training, by twos or threes, some with narration between them."""
    left = [case for path in sorted(CASES.glob("*.txt")) for case in cases(path) if case.part == "train"]
    rng.shuffle(left)
    out = []
    while left:
        page = Page()
        for _ in range(rng.randint(1, 3)):
            if left:
                _case(page, left.pop())
            if rng.random() < 0.4:
                narration(page, material, rng)
        out.append(Reading(f"case-{len(out)}", page.text, page.marked))
    return out


def _case(page: Page, case: Case) -> None:
    start, _ = page.add(case.text)
    page.add("\n\n")

    def moved(spans: Sequence[Span]) -> list[tuple[int, int]]:
        return [(start + span.start, start + span.end) for span in spans]

    page.marked += [Marked(moved(a.source), moved(a.cue), moved(a.content)) for a in case.attributions]
