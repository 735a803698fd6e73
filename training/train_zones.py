"""Train the zone classifier and write its weights.

    python -m training.train_zones --pages PAGES --other PAGES_OTHER --articles ARTICLES.jsonl --out ZONES.npz --seed 7

First it cross-validates: every publisher of PAGES is left out once, pages are read whole with weights
that never saw it, and the figures are printed; then it trains on everything. One thread, about six
minutes, most of them cross-validation (--folds 10 is quicker, --folds 0 skips it). The same inputs
and seed give the same weights.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import statistics
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from onrecord.article import find_article
from onrecord.article.context import add_context
from onrecord.article.score import Weights, dump_weights, probabilities
from onrecord.article.shape import Floats
from onrecord.article.trees import Trees
from training.zones_check import text_f1
from training.zones_data import Example, read_articles, read_examples
from training.zones_trees import train_trees

#: Folds for what the first ensemble tells the second about pages it was trained without.
INNER_FOLDS = 10


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the data, cross-validate, train, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--pages", type=Path, required=True, help="pages like those to be read, with gold.jsonl"
    )
    parser.add_argument("--other", type=Path, help="pages in other languages: their structure teaches")
    parser.add_argument("--articles", type=Path, help="bare articles, JSONL")
    parser.add_argument("--out", type=Path, help="the file (.npz) or folder to write the weights to")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--folds", type=int, default=-1, help="-1: leave one publisher out; 0: no cross-validation"
    )
    parser.add_argument("--report", type=Path, help="where to write the figure of each page (JSONL)")
    options = parser.parse_args(arguments)

    examples = list(read_examples(options.pages, weight=2.0))
    if options.other:
        examples += read_examples(options.other, weight=1.0)
    if options.articles:
        examples += read_articles(options.articles, weight=0.5, every=8)
    n_units = sum(len(e.labels) for e in examples)
    print(
        f"{len(examples)} pages, {n_units} units, {sum(int(e.labels.sum()) for e in examples)} of the article"
    )

    inner = make_folds(examples, INNER_FOLDS)
    first = out_of_fold(examples, inner, seed=options.seed)
    contexts = [add_context(e.measures, p) for e, p in zip(examples, first, strict=True)]
    if options.folds:
        cross_validate(examples, contexts, n_folds=options.folds, corpus=options.pages.name, options=options)
    if options.out:
        weights = dump_weights(*train(examples, contexts, seed=options.seed))
        path = options.out if options.out.suffix == ".npz" else options.out / "zones.npz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(weights)
        print(f"{path}: {len(weights):,} bytes, SHA-256 {hashlib.sha256(weights).hexdigest()}")


def make_folds(examples: Sequence[Example], n: int) -> list[int]:
    """A fold for each example: all pages of a publisher in one, publishers of a corpus spread evenly."""
    fold_of: dict[str, int] = {}
    for example in sorted(examples, key=lambda e: (e.corpus, e.publisher)):
        if example.publisher not in fold_of:
            fold_of[example.publisher] = len(fold_of) % n if n > 0 else len(fold_of)
    return [fold_of[e.publisher] for e in examples]


def out_of_fold(examples: Sequence[Example], folds: Sequence[int], *, seed: int) -> list[np.ndarray]:
    """What the first ensemble says of each page when trained without its publisher."""
    answers: list[np.ndarray] = [np.zeros(0)] * len(examples)
    for fold in sorted(set(folds)):
        kept = [i for i, f in enumerate(folds) if f != fold]
        trees = fit([examples[i] for i in kept], [examples[i].measures.all_columns for i in kept], seed=seed)
        for i, f in enumerate(folds):
            if f == fold:
                answers[i] = probabilities(trees, examples[i].units, examples[i].measures.all_columns)
    return answers


def train(examples: Sequence[Example], contexts: Sequence[Floats], *, seed: int) -> tuple[Trees, Trees]:
    """Both ensembles."""
    first = fit(examples, [e.measures.all_columns for e in examples], seed=seed)
    return first, fit(examples, contexts, seed=seed)


def fit(examples: Sequence[Example], columns: Sequence[Floats], *, seed: int) -> Trees:
    """One ensemble over all units of the examples. columns: (features, units) of each."""
    labels = np.concatenate([e.labels for e in examples])
    measures = np.vstack([some.T for some in columns])
    return train_trees(measures, labels, np.concatenate([e.weights for e in examples]), seed=seed)


def cross_validate(
    examples: Sequence[Example],
    contexts: Sequence[Floats],
    *,
    n_folds: int,
    corpus: str,
    options: argparse.Namespace,
) -> None:
    """Read each page of the corpus with weights that never saw its publisher, and print how well."""
    folds = make_folds(examples, n_folds)
    wanted = sorted({f for f, e in zip(folds, examples, strict=True) if e.corpus == corpus})
    shown = {corpus} if n_folds < 0 else {e.corpus for e in examples}
    rows = []
    for fold in wanted:
        kept = [i for i, f in enumerate(folds) if f != fold]
        pair = train([examples[i] for i in kept], [contexts[i] for i in kept], seed=options.seed)
        weights = Weights(*pair, "")
        for example, f in zip(examples, folds, strict=True):
            if f == fold and example.corpus in shown:
                figures = text_f1(find_article(example.page, weights=weights), example.gold)
                rows.append((example.corpus, example.page.media_type, figures, example.page.id))
    for name in sorted({row[0] for row in rows}):
        for media_type in ("text/html", "text/plain"):
            some = [row[2] for row in rows if row[0] == name and row[1] == media_type]
            if some:
                p, r, f = (statistics.fmean(values) for values in zip(*some, strict=True))
                perfect = sum(row[2] >= 0.98 for row in some)
                print(
                    f"{name} {media_type}: P {p:.4f} R {r:.4f} F1 {f:.4f}, perfect {perfect} of {len(some)}"
                )
    if options.report:
        lines = [json.dumps({"corpus": c, "page": page, "prf": prf}) for c, _, prf, page in rows]
        options.report.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
