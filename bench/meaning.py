"""Does indirect speech say what a quotation says? Written cases, and the figures of `record.told` on them.

    python -m bench.meaning

In: bench/meaning.txt. Out: of the claims that are there, how many are found; of those that are not, how
many are found all the same (the error that matters). Half of the cases were looked at while the rule was
made, half are only counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.models.meaning import Embedder, load_embedder
from onrecord.record.told import share_by_meaning, share_by_words
from onrecord.record.wording import read_wording

CASES = Path(__file__).parent / "meaning.txt"


@dataclass(frozen=True)
class Case:
    """One claim. is_told: whether the content on record, behind its cue, says what the quotation says."""

    half: str
    is_told: bool
    cue: str
    content: str
    quotation: str


def read_cases() -> tuple[Case, ...]:
    """The cases, in the order of the file."""
    out = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            half, label, cue, content, quotation = (part.strip() for part in line.split("|"))
            out.append(Case(half, label == "told", cue, content, quotation))
    return tuple(out)


def retrieval(embedder: Embedder, among: Sequence[str] = ()) -> tuple[float, float]:
    """Of the quotations whose claim is there: share for which its content is the nearest of all contents
    and of `among`, and the mean of 1 / rank."""
    cases = read_cases()
    contents = embedder.embed([*(case.content for case in cases), *among])
    told = [i for i, case in enumerate(cases) if case.is_told]
    # another case may have the same content
    texts = [*(case.content for case in cases), *among]
    alike = embedder.embed([cases[i].quotation for i in told]) @ contents.T
    ranks = []
    for row, i in zip(alike, told, strict=True):
        better = {texts[j] for j in np.flatnonzero(row > row[i] + 1e-6)} - {texts[i]}
        ranks.append(1 + len(better))
    return sum(rank == 1 for rank in ranks) / len(ranks), sum(1 / rank for rank in ranks) / len(ranks)


def is_found(case: Case, embedder: Embedder | None) -> bool:
    """Whether the check takes the content for the quotation's claim; by words alone without an embedder."""
    query, theirs = read_wording(case.quotation), read_wording(case.content)
    if share_by_words(query, theirs, case.cue):
        return True
    return embedder is not None and share_by_meaning(query, theirs, case.cue, embedder) > 0


def figures() -> dict[str, float]:
    """Of the claims that are there, the share that is found; of those that are not, the share found all the
    same; for both halves."""
    embedder = load_embedder()
    out = {}
    for half in ("tuned", "held"):
        for name, is_told in (("found", True), ("not there", False)):
            cases = [c for c in read_cases() if c.half == half and c.is_told is is_told]
            out[f"{half}, {name}"] = sum(is_found(c, embedder) for c in cases) / len(cases)
    return out


def main() -> int:
    embedder = load_embedder()
    cases = read_cases()
    for half in ("tuned", "held"):
        told = [c for c in cases if c.half == half and c.is_told]
        others = [c for c in cases if c.half == half and not c.is_told]
        for name, model in (("words", None), ("words and meaning", embedder)):
            right, wrong = ([c for c in group if is_found(c, model)] for group in (told, others))
            print(
                f"{half:<6}{name:<18}claims found {len(right)} of {len(told)};"
                f" found though not there {len(wrong)} of {len(others)}"
            )
        for case in wrong:
            print(f"    not there: {case.content} | {case.quotation}")
    first, reciprocal = retrieval(embedder)
    print(f"nearest of all contents: {first:.3f}, mean reciprocal rank {reciprocal:.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
