"""Who is named and how surely: calibration, precision by coverage, and what it costs, on labelled articles.

    python -m bench.speakers --shared ../shared [--svg docs/img] [--fit FILE] [--cost]

In: PolNeAR's articles in the shared folder, its labelled speakers, and speakers_own.jsonl (hashes of ids, names
and days that we labelled; no words of the articles). Attributions are the given ones. Out: tables, two
plots, and with --fit the table that speakers/data/calibration.txt holds. Every figure that depends on the fit is
cross-validated: the scores of an article are put right by the other folds. Intervals: 1,000 bootstraps of articles.
Leaves to others: reading the labelled articles (`labelled_speakers`), the fit and its plots (`calibrating`).
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.calibrating import cross_validated, draw, fit, table_of_bands, table_of_coverage, written
from bench.labelled_speakers import articles, labels, load, merged
from onrecord.article import find_article
from onrecord.attributions import find_attributions
from onrecord.attributions.neural import NeuralTagger
from onrecord.dates import resolve_settings
from onrecord.intake import read_raw
from onrecord.models import load_scorer
from onrecord.page import parse_page
from onrecord.speakers import resolve_speakers
from onrecord.types import Rejected


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--svg", type=Path, help="write the plots into this folder")
    parser.add_argument("--fit", type=Path, help="write the calibration fitted on all articles")
    parser.add_argument("--cost", action="store_true", help="also time the rooms on the labelled articles")
    args = parser.parse_args()
    if not (args.shared / "eval").is_dir():
        print(f"{args.shared}: no labelled articles there; nothing to measure")
        return 0
    table_of_figures(args.shared)
    sets = load(args.shared)
    everything = merged(sets.values())
    if args.fit:
        args.fit.write_text(written(fit(everything.answers)), encoding="utf-8")
    validated = cross_validated(everything.answers)
    table_of_bands(everything.answers, validated)
    table_of_coverage(everything)
    if args.svg:
        draw(args.svg, everything, validated)
    if args.cost:
        cost(args.shared)
    return 0


def table_of_figures(shared: Path) -> None:
    """What the shared scorer says of each set, attributions given and found, with intervals by article."""
    documents = articles(shared)
    keys = ("named right", "named wrong", "pronouns", "said_on", "invented")
    print(f"{'set':<18}{'articles':>9}{'named':>7}  " + "".join(f"{k:>14}" for k in keys))
    for name, rows in labels(shared).items():
        wanted = dict.fromkeys((row["id"], row["annotator"]) for row in rows)
        with tempfile.TemporaryDirectory() as folder:
            corpus, gold = Path(folder, "a.jsonl"), Path(folder, "g.jsonl")
            corpus.write_text("".join(json.dumps(documents[k]) + "\n" for k in wanted), encoding="utf-8")
            gold.write_text("".join(json.dumps(sourced(r, documents)) + "\n" for r in rows), encoding="utf-8")
            for how, more in (("given", ["--attributions", str(corpus)]), ("found", [])):
                figures = scored(shared, corpus, gold, more)
                print(
                    f"{name:<18}{len(wanted):>9}{figures['named speakers']:>7}  "
                    + "".join(f"{figures[k]:>14.3f}" for k in keys)
                    + f"   attributions {how}"
                )


def sourced(row: dict[str, Any], documents: dict[tuple[str, str], dict[str, Any]]) -> dict[str, Any]:
    """A row of gold with the source's words, which our own file leaves out."""
    document = documents[row["id"], row["annotator"]]
    found = next(a for a in document["attributions"] if a["id"] == row["attribution"])
    words = " ".join(document["text"][start:end] for start, end in found["source"])
    return {"names": [], **row, "source_text": words}


def scored(shared: Path, corpus: Path, gold: Path, more: Sequence[str]) -> dict[str, Any]:
    read = corpus.with_name("read.jsonl")
    command = [sys.executable, "-m", "onrecord", "read", str(corpus), "--format", "jsonl", *more]
    with read.open("w", encoding="utf-8") as out:
        subprocess.run(command, stdout=out, check=True)
    scorer = [
        sys.executable,
        str(shared / "eval/score_speakers.py"),
        str(corpus),
        str(gold),
        str(read),
        "--json",
    ]
    answer: dict[str, Any] = json.loads(subprocess.run(scorer, capture_output=True, check=True).stdout)
    return answer


def cost(shared: Path) -> None:
    """Seconds of reading and attributions, and of speakers and days on top, on the shared labelled articles."""
    documents = articles(shared)
    wanted = dict.fromkeys((row["id"], row["annotator"]) for row in labels(shared)["shared dev"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "corpus.jsonl")
        path.write_text("".join(json.dumps(documents[key]) + "\n" for key in wanted), encoding="utf-8")
        raws = [raw for raw in read_raw([str(path)]) if not isinstance(raw, Rejected)]
    for name in ("default", "rules"):
        tagger = None if name == "rules" else NeuralTagger(load_scorer(name))
        before, after = [], []
        for _ in range(3):
            a = b = 0.0
            for raw in raws:
                start = time.process_time()
                page = parse_page(raw)
                assert not isinstance(page, Rejected)
                article = find_article(page)
                attributions = find_attributions(article, tagger)
                middle = time.process_time()
                voices = resolve_speakers(article, attributions)
                resolve_settings(article, attributions, None, tuple(v.speaker for v in voices))
                a, b = a + middle - start, b + time.process_time() - middle
            before.append(a)
            after.append(b)
        share = statistics.median(y / x for x, y in zip(before, after, strict=True))
        rate = statistics.median(after) / len(raws)
        print(
            f"\ncost, tagger {name}: speakers and days add {share:.0%} to reading and attributions"
            f" ({1000 * rate:.1f} ms an article)"
        )


if __name__ == "__main__":
    sys.exit(main())
