"""Recall and precision on our own marked cases, class by class.

usage: python -m tests.attributions.report [--part train|test] [--weights default|fast] [-v]

A found attribution counts when its content's words are those expected up to a Jaccard of .5, its source's
too (both without one is the same), and it is nested or not as expected. Words that go on in a paragraph of
their own may be a piece of the attribution before or one that goes on from it: both say the same.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace
from pathlib import Path

from tests.marked import Case, cases

from onrecord.attributions import attributions_of
from onrecord.attributions.neural import NeuralTagger
from onrecord.models import load_scorer
from onrecord.text import WORD
from onrecord.types import Attribution, Kind, Span, Tagger

CASES = Path(__file__).parent / "cases"


def main() -> None:
    """Print one line a class."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("train", "test"), default="test")
    parser.add_argument("--weights", help="read with these weights, not by rules")
    parser.add_argument("-v", action="store_true", help="print every miss")
    args = parser.parse_args()
    tagger = NeuralTagger(load_scorer(args.weights)) if args.weights else None
    total: Counter[str] = Counter()
    for path in sorted(CASES.glob("*.txt")):
        count: Counter[str] = Counter()
        for case in cases(path):
            if case.part == args.part:
                count += compare(case, tagger, verbose=args.v)
        total += count
        print(line(path.stem, count))
    print(line("all", total))


def compare(case: Case, tagger: Tagger | None = None, *, verbose: bool = False) -> Counter[str]:
    """right, expected, found of one case; texts: 1, and quiet: 1 if nothing was found in it."""
    found = _joined(attributions_of(case.text, tagger))
    expected = _joined(case.attributions)
    left = list(found)
    right = 0
    for want in expected:
        got = next((f for f in left if fits(case.text, want, f)), None)
        if got is not None:
            left.remove(got)
            right += 1
        elif verbose:
            print(f"  {case.name} missed: {show(case.text, want)}")
    if verbose:
        for extra in left:
            print(f"  {case.name} extra:  {show(case.text, extra)}")
    return Counter(right=right, expected=len(expected), found=len(found), texts=1, quiet=not found)


def fits(text: str, want: Attribution, got: Attribution) -> bool:
    """Whether the found attribution is the expected one."""
    return (
        _jaccard(_words(text, want.content), _words(text, got.content)) >= 0.5
        and _jaccard(_words(text, want.source), _words(text, got.source)) >= 0.5
        and (want.parent is None) == (got.parent is None)
    )


def _joined(attributions: tuple[Attribution, ...]) -> list[Attribution]:
    """The attributions, those that go on from a direct one as further pieces of that one."""
    rows = list(attributions)
    gone: set[int] = set()
    for i, row in enumerate(rows):
        if row.source or row.cue or row.continues is None or row.continues >= i:
            continue
        before = rows[row.continues]
        if before.kind is Kind.DIRECT:
            rows[row.continues] = replace(before, content=(*before.content, *row.content))
            gone.add(i)
    return [row for i, row in enumerate(rows) if i not in gone]


def line(name: str, count: Counter[str]) -> str:
    """One class in figures; of a class that expects nothing, the texts in which nothing was found."""
    if not count["expected"]:
        return (
            f"{name:<14}nothing found in {count['quiet']} of {count['texts']} texts ({count['found']} found)"
        )
    recall = count["right"] / count["expected"] if count["expected"] else 1.0
    precision = count["right"] / count["found"] if count["found"] else 1.0
    return (
        f"{name:<14}recall {recall:.2f}  precision {precision:.2f}"
        f"  ({count['right']} of {count['expected']}, {count['found']} found)"
    )


def show(text: str, attribution: Attribution) -> str:
    """An attribution in one line."""
    roles = (attribution.source, attribution.cue, attribution.content)
    return " | ".join(" / ".join(text[s.start : s.end] for s in role) or "-" for role in roles)


def _words(text: str, spans: tuple[Span, ...]) -> frozenset[int]:
    return frozenset(m.start() for s in spans for m in WORD.finditer(text, s.start, s.end))


def _jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 1.0


if __name__ == "__main__":
    main()
