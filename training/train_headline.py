"""Fits the model that finds a bare text's headline.

    python -m training.train_headline --pages PAGES --other PAGES_OTHER --out src/onrecord/article/lists [--seed 7]

In: folders of saved pages with gold.jsonl (file, title), which are read as text that lost its HTML, in three layouts: as
the extractor leaves it, without blank lines and marks, and with a blank line after every line. Out: headline_weights.txt,
and on the terminal how often the headline is found by a model that has not seen its publisher. A conditional logit (which of
a page's lines is the headline), fitted by gradient descent; pages of the first folder weigh three times.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from resiliparse.extract.html2text import extract_plain_text

from onrecord.article.headline import measure_lines
from onrecord.article.score import load_weights, score_units
from onrecord.article.signs import find_signs
from onrecord.article.units import find_units
from onrecord.page import parse_page
from onrecord.types import Page
from training.zones_data import publisher_of, raw_page

Doubles = npt.NDArray[np.float64]

FOLDS, RIDGE, STEPS, RATE = 8, 3.0, 600, 0.05
LAYOUTS = ("as it is", "flat", "spaced")
_LEAD = re.compile(r"^\s*(?:[•▪‣◦●·*-]|\d{1,3}\.)\s+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Case:
    """One page in one layout. columns: a row a line that may be the headline; is_gold: which are."""

    corpus: str
    layout: str
    publisher: str
    columns: Doubles
    is_gold: npt.NDArray[np.bool_]
    weight: float


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=Path, required=True)
    parser.add_argument("--other", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args(arguments)
    names: list[str] = []
    cases = [*read_cases(args.pages, 3.0, names), *read_cases(args.other, 1.0, names)]
    cross_validate(cases, seed=args.seed)
    lines = [
        f"{name} {weight:.3f}" for name, weight in zip(names, fit(cases, range(len(cases))), strict=True)
    ]
    header = "# What each measure of a line weighs, by `python -m training.train_headline`.\n"
    (args.out / "headline_weights.txt").write_text(header + "\n".join(lines) + "\n", encoding="utf-8")


def read_cases(folder: Path, weight: float, names: list[str]) -> Iterator[Case]:
    """Every page of the folder in every layout. names: filled with the measures' names."""
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        html = gzip.decompress((folder / row["file"]).read_bytes()).decode("utf-8", "replace")
        bare = extract_plain_text(html, main_content=False)
        for layout in LAYOUTS:
            page = parse_page(raw_page(row["file"], laid_out(bare, layout).encode(), "text/plain"))
            if isinstance(page, Page):
                units = find_units(page)
                signs = find_signs(units)
                scores = score_units(page.text, units, signs, load_weights())
                rows = list(measure_lines(units, signs, scores))
                if rows:
                    names[:] = rows[0][1]
                    yield Case(
                        folder.name,
                        layout,
                        publisher_of(row["file"]),
                        np.array([list(measures.values()) for _, measures in rows]),
                        np.array([plain(units.texts[i]) == plain(row["title"]) for i, _ in rows]),
                        weight,
                    )


def laid_out(text: str, layout: str) -> str:
    """The text in one of the layouts that bare texts come in."""
    if layout == "as it is":
        return text
    lines = [_LEAD.sub("", line).strip() for line in text.split("\n")]
    return ("\n" if layout == "flat" else "\n\n").join(filter(None, lines))


def plain(title: str) -> str:
    """The words of a title, small."""
    return "".join(_WORD.findall(title.lower()))


def cross_validate(cases: Sequence[Case], *, seed: int) -> None:
    """Print how often the headline is found on publishers left out."""
    publishers = sorted({case.publisher for case in cases})
    np.random.RandomState(seed).shuffle(publishers)
    fold = {publisher: i % FOLDS for i, publisher in enumerate(publishers)}
    right: Counter[tuple[str, str]] = Counter()
    for k in range(FOLDS):
        weights = fit(cases, [i for i, case in enumerate(cases) if fold[case.publisher] != k])
        for case in cases:
            if fold[case.publisher] == k:
                right[case.corpus, case.layout] += bool(case.is_gold[int((case.columns @ weights).argmax())])
    for key in sorted({(case.corpus, case.layout) for case in cases}):
        own = [case for case in cases if (case.corpus, case.layout) == key]
        n_there = sum(bool(case.is_gold.any()) for case in own)
        print(
            f"{key[0]}, {key[1]}: {right[key]} of {n_there} (the headline is no line in {len(own) - n_there})"
        )


def fit(cases: Sequence[Case], chosen: Sequence[int]) -> Doubles:
    """A weight a measure: Adam on the log-likelihood, with a ridge on the even scale."""
    own = [cases[i] for i in chosen if cases[i].is_gold.any()]
    scale = np.vstack([case.columns for case in own]).std(0) + 1e-9
    weights = np.zeros(len(scale))
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        gradient = RIDGE * weights / len(own)
        for case in own:
            columns = case.columns / scale
            chances = np.exp(columns @ weights - (columns @ weights).max())
            chances /= chances.sum()
            wanted = chances * case.is_gold
            wanted /= wanted.sum() + 1e-12
            gradient += columns.T @ (chances - wanted) / len(own) * case.weight
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
        rate = RATE * (0.5 if step > STEPS // 2 else 1)
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights / scale


if __name__ == "__main__":
    main()
