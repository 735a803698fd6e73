"""Prints figures with intervals by article, of weights as they serve (ONNX).

    python -m training.evaluate_attributions --data ../shared/data/polnear               # committed, on dev
    python -m training.evaluate_attributions --data ../shared/data/polnear --held-out    # on held-out articles
    python -m training.evaluate_attributions --data ../shared/data/polnear --classes     # written examples, by setting
    ... --weights DIR               other weights than the committed ones
    ... --write PREDICTED.jsonl     also writes what eval/score_attributions.py reads

In: readings. Out: F1 with 95% intervals, a reliability table. Nothing here tunes anything on dev.jsonl;
held-out articles (of train.jsonl) are judged by halves, each under the tuning of the other.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

from onrecord.attributions.neural import NeuralTagger
from onrecord.attributions.windows import Vocabulary
from onrecord.models import WEIGHTS, Scorer, load_scorer
from onrecord.types import Attribution, Span
from training.attributions_classes import gather, make_class_readings
from training.attributions_data import Reading, is_held_out, read_readings
from training.attributions_settings import SETTINGS
from training.matching import Counts, Text, agrees, count, interval, reliability
from training.tune_attributions import (
    Scored,
    counts_of,
    onnx_scorer,
    score_readings,
    start_tuning,
    tune,
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--name", default="default")
    parser.add_argument("--held-out", action="store_true")
    parser.add_argument("--classes", action="store_true")
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    scorer = load_scorer(args.name, folder=args.weights)
    if args.held_out:
        show("held-out", judge_halves(score_held_out(args.data, scorer)))
    elif args.classes:
        judge_classes(args.data, NeuralTagger(scorer))
    else:
        judge_dev(read_readings(args.data / "dev.jsonl"), NeuralTagger(scorer), args.write)


def score_held_out(data: Path, scorer: Scorer) -> list[Scored]:
    readings = [r for r in read_readings(data / "train.jsonl") if is_held_out(r.id)]
    floor = float(scorer.tuning["floor"])
    return score_readings(readings, Vocabulary(scorer.pieces), onnx_scorer(scorer, floor))


def judge_halves(scored: Sequence[Scored]) -> list[Counts]:
    """Each half of the held-out articles under the tuning of the other: an honest figure."""
    first = set(sorted({s.reading.id for s in scored})[::2])
    a = [s for s in scored if s.reading.id in first]
    b = [s for s in scored if s.reading.id not in first]
    return counts_of(a, tune(b, start_tuning())) + counts_of(b, tune(a, start_tuning()))


def judge_dev(readings: Sequence[Reading], tagger: NeuralTagger, write: Path | None) -> None:
    found = {r.id: tagger.tag([r.text])[0] for r in readings}
    counts, scores, right = [], [], []
    for reading in readings:
        text = Text(reading.text, reading.skip)
        gold = [text.row(m.source, m.content) for m in reading.marked]
        rows = [text.row(_pairs(a.source), _pairs(a.content)) for a in found[reading.id]]
        counts.append(count(gold, rows))
        scores += [a.score for a, row in zip(found[reading.id], rows, strict=True) if row[1]]
        right += [any(agrees(g, row) for g in gold) for row in rows if row[1]]
    show("dev", counts)
    print("score  right  n")
    for mean, share, n in reliability(scores, right):
        print(f"{mean:.2f}   {share:.2f}   {n}")
    if write:
        with write.open("w", encoding="utf-8") as out:
            for key, attributions in found.items():
                out.write(json.dumps({"id": key, "attributions": [_line(a) for a in attributions]}) + "\n")


def judge_classes(data: Path, tagger: NeuralTagger, n: int = 60) -> None:
    """Precision and recall in settings written around quotations of the held-out articles.

    Quotations stand in settings that trained, but neither they nor the narration around them did. The
    narration has no attribution by its annotator's reading, so a prediction in it counts as wrong.
    """
    material = gather([r for r in read_readings(data / "train.jsonl") if is_held_out(r.id)])
    print("setting       recall  precision  n")
    for setting in dict.fromkeys(SETTINGS):
        rng = random.Random(f"test {setting.__name__}")
        counts = []
        for reading in make_class_readings(material, rng, n, (setting,)):
            text = Text(reading.text, reading.skip)
            gold = [text.row(m.source, m.content) for m in reading.marked]
            rows = [text.row(_pairs(a.source), _pairs(a.content)) for a in tagger.tag([reading.text])[0]]
            counts.append(count(gold, rows))
        total = sum(counts, Counts())
        recall, precision = total.right / max(1, total.gold), total.right / max(1, total.predicted)
        shown = f"{recall:.2f}    {precision:.2f}     " if total.gold else f"-       {total.predicted} found"
        print(f"{setting.__name__.strip('_'):<14}{shown}  {total.gold or n}")


def show(name: str, counts: Sequence[Counts]) -> None:
    total = sum(counts, Counts())
    for figure in ("f1", "exact_f1"):
        value, low, high = interval(counts, figure)
        print(f"{name:<10}{figure:<10}{value:.3f}  [{low:.3f}, {high:.3f}]")
    print(f"{name:<10}precision {total.right / max(1, total.predicted):.3f}", end="  ")
    print(f"recall {total.right / max(1, total.gold):.3f}", end="  ")
    print(f"content match {2 * total.content / max(1, total.gold + total.predicted):.3f}")


def _pairs(spans: Sequence[Span]) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in spans]


def _line(a: Attribution) -> dict[str, object]:
    roles = (("source", a.source), ("cue", a.cue), ("content", a.content))
    return {**{name: _pairs(spans) for name, spans in roles}, "score": a.score}


if __name__ == "__main__":
    main()
