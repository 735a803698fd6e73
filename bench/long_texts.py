"""What a long or odd text costs to read: time by length, and the most memory a process ever held.

    python -m bench.long_texts --texts ../shared/data/polnear/dev.jsonl [--models default fast rules]

In: a JSONL of articles with "text", which are strung together into one document of 250 KB and one of 1 MB. Out: for
each reader seconds of the processor for both, how many times longer the longer one took (4 is linear), and the
process's peak memory after it; then the same for texts that no person wrote. Every text has a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from onrecord.pipeline import TAGGERS, attributions_of

SHORT, LONG = 250_000, 1_000_000
ODD = {
    "no letter": "12.5% 17,000 (3) — 4:30\n" * 20_000,
    "100,000 marks": '"' * 100_000,
    "opening marks": "“" * 100_000,
    "one word": "a" * 1_000_000,
    "one sentence": "and the dam " * 40_000,
    "Greek": "Ο δήμαρχος είπε ότι «το φράγμα είναι ασφαλές». " * 5_000,
    "Chinese": "市长说：“大坝是安全的。”没有人需要离开。" * 10_000,
    "Arabic": "قالت العمدة: «السد آمن». " * 10_000,
}


def main() -> None:
    """Read each text in a process of its own; print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--models", nargs="*", default=list(TAGGERS))
    parser.add_argument("--one", nargs=2, metavar=("MODEL", "WHAT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        read_one(options.texts, *options.one)
        return
    print(f"{'':<10}{'250 KB':>10}{'1 MB':>10}{'times':>8}{'memory':>10}")
    for model in options.models:
        short, long = (measure(options.texts, model, what) for what in ("short", "long"))
        seconds = f"{short[0]:>9.1f}s{long[0]:>9.1f}s{long[0] / short[0]:>8.2f}"
        print(f"{model:<10}{seconds}{long[1]:>7.0f} MB")
    for what in ODD:
        seconds_taken, memory = measure(options.texts, options.models[0], what)
        print(f"{what:<20}{seconds_taken:>9.1f}s{memory:>7.0f} MB")


def measure(texts: Path, model: str, what: str) -> tuple[float, float]:
    """Seconds of the processor and megabytes at most, of a process that reads one text."""
    command = [sys.executable, "-m", "bench.long_texts", "--texts", str(texts), "--one", model, what]
    out = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    seconds, memory = json.loads(out)
    return seconds, memory


def read_one(texts: Path, model: str, what: str) -> None:
    """Read one text; print seconds and megabytes."""
    size = {"short": SHORT, "long": LONG}.get(what)
    text = ODD[what] if size is None else strung(texts, size)
    attributions_of("“It holds,” Ana Ruiz said.", tagger=model)
    start = time.process_time()
    attributions_of(text, tagger=model)
    seconds = time.process_time() - start
    unit = 1e6 if sys.platform == "darwin" else 1e3
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit]))


def strung(texts: Path, size: int) -> str:
    """The articles' texts after each other, again and again, cut at a size."""
    lines = texts.read_text(encoding="utf-8").splitlines()
    whole = "\n\n".join(json.loads(line)["text"] for line in lines)
    return (whole * (size // len(whole) + 1))[:size]


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
