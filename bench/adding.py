"""What an article costs to add: whether that grows with the record.

    python -m bench.adding --out FOLDER [--sizes 1000 100000 1000000] [--n 400] [--core 0]
    python -m bench.adding --out FOLDER [--sizes …] --articles ../shared/data/polnear/dev.jsonl [--rounds 3]

In: sizes of records, in statements. Out: for each what the same new articles cost to add, and how many times what they
cost in the smallest. The records are made of invented articles (`made_record`) where FOLDER lacks them, each is copied
before anything is added, and the articles are added to all of them in turn, so that what else the machine does meets
all alike. Added as `onrecord add` does it: every article with its copies in a transaction of its own, grouped into
utterances after every SETTLE_EVERY; at the end what is left in SQLite's log is written into the file, and counted
too. Times are seconds of the processor, and of the clock for comparison (the disk counts there). Not in it, since they
do not depend on the record: reading the pages, and their signatures for the search by meaning.

With --articles the whole of it: `onrecord add` of real articles to fresh copies of the records, reading included, in turns.

Parts: `write`: rows and indexes; `copies`: finding articles that may be copies, comparing them; `commit`: the end of the
transaction; `like`, `judge`, `store`: of grouping, finding statements that are like one, comparing them, writing.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from bench import made_record
from bench.asking import percentiles
from bench.filling import SETTLE_EVERY, Made, fill_quickly, link
from onrecord.copies import make_sketch
from onrecord.pipeline import open_record, settle
from onrecord.record import Record
from onrecord.record.groups import group
from onrecord.record.results import Candidate
from onrecord.record.settling import BATCH
from onrecord.record.source import RecordSource
from onrecord.record.utterances import Glimpse, Said
from onrecord.types import RawPage, Reading

PARTS = ("write", "copies", "commit", "like", "judge", "store", "log")
#: The first number of an added article's id, beyond those of the records; their words come from another seed.
FIRST, SEED = 9_000_000, 4_001


def main() -> None:
    """Makes the records if need be, adds to copies of them in turn, prints the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000, 1_000_000])
    parser.add_argument("--n", type=int, default=400, help="articles")
    parser.add_argument("--articles", type=Path, help="time `onrecord add` of these instead")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--core", type=int, help="pin to this core (Linux)")
    options = parser.parse_args()
    if options.core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {options.core})
    options.out.mkdir(parents=True, exist_ok=True)
    if options.articles is not None:
        add_whole(options.out, sorted(options.sizes), options.articles, options.rounds)
        return
    articles = list(islice(made_record.articles(SEED, 10**9, first=FIRST), options.n))
    added = [Adding(grown(options.out, size)) for size in sorted(options.sizes)]
    for start in range(0, len(articles), SETTLE_EVERY):
        batch = articles[start : start + SETTLE_EVERY]
        for i, made in enumerate(batch):
            for one in in_turn(added, i):
                one.put(*made)
        for one in in_turn(added, start // SETTLE_EVERY):
            one.settle()
    for one in added:
        one.close()
    show(added, articles)


def grown(folder: Path, size: int) -> Path:
    """A fresh copy of a record with so many statements; the record is made if it is not there."""
    base, copy = folder / f"base-{size}.db", folder / f"adding-{size}.db"
    if not base.exists():
        unfinished = base.with_suffix(".part")
        for old in folder.glob(unfinished.name + "*"):
            old.unlink()
        with Record(unfinished) as record:
            made = made_record.articles(1, size + size // 10)
            while record.count() < size:
                fill_quickly(record, made, min(20_000, size - record.count()))
        unfinished.rename(base)
    for old in folder.glob(copy.name + "*"):
        old.unlink()
    shutil.copyfile(base, copy)
    return copy


def settled(folder: Path, size: int) -> Path:
    """A fresh copy of such a record with nothing waiting, neither for its schema nor for the search by meaning."""
    base, copy = folder / f"settled-{size}.db", folder / f"whole-{size}.db"
    if not base.exists():
        made = grown(folder, size)
        with open_record(made) as record:
            settle(record)
        made.rename(base)
    for old in folder.glob(copy.name + "*"):
        old.unlink()
    shutil.copyfile(base, copy)
    return copy


def in_turn(added: Sequence[Adding], i: int) -> list[Adding]:
    """All of them, another one first every time."""
    return [*added[i % len(added) :], *added[: i % len(added)]]


class Adding:
    """A record that articles are added to, with what that took."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.record = Record(path)
        self.n_statements = self.record.count()
        self.n_bytes = path.stat().st_size
        self.spent: dict[str, list[float]] = defaultdict(list)
        self.clock = 0.0

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """What is done inside counts for that part."""
        start, began = time.process_time(), time.perf_counter()
        yield
        self.spent[part].append(time.process_time() - start)
        self.clock += time.perf_counter() - began

    def put(self, raw: RawPage, reading: Reading) -> None:
        """Adds a page with its copies, as `pipeline.add` does."""
        record = self.record
        sketch = make_sketch(reading.article)
        outside = record.transaction()
        with self.timed("write"):
            outside.__enter__()
            record.add(raw, reading, sketch)
        with self.timed("copies"):
            link(record, reading, sketch)
        with self.timed("commit"):
            outside.__exit__(None, None, None)

    def settle(self) -> None:
        """Groups what waits, as `group_utterances` does."""
        while True:
            with self.timed("like"):
                waiting = self.record.ungrouped(BATCH)
            if not waiting:
                return
            outside = self.record.transaction()
            source = Timed(outside.__enter__())
            with self.timed("judge"):
                found = group(waiting, source)
            self.spent["judge"][-1] -= source.spent
            self.spent["like"].append(source.spent)
            with self.timed("store"):
                self.record.replace_utterances(found.followed, found.utterances)
                outside.__exit__(None, None, None)

    def close(self) -> None:
        """Writes what is left in the log, and closes the record."""
        with self.timed("log"):
            self.record.close()


class Timed(RecordSource):
    """The same, and what it took."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.spent = 0.0

    def grouped(self, statements: Sequence[int]) -> Collection[int]:
        start = time.process_time()
        found = super().grouped(statements)
        self.spent += time.process_time() - start
        return found

    def glimpse(self, statements: Sequence[int]) -> Sequence[Glimpse]:
        start = time.process_time()
        found = super().glimpse(statements)
        self.spent += time.process_time() - start
        return found

    def fetch(self, statements: Sequence[int]) -> Sequence[Candidate]:
        start = time.process_time()
        found = super().fetch(statements)
        self.spent += time.process_time() - start
        return found

    def like(self, said: Said) -> Sequence[int]:
        start = time.process_time()
        found = super().like(said)
        self.spent += time.process_time() - start
        return found

    def in_copies(self, page: int) -> Sequence[Candidate]:
        start = time.process_time()
        found = super().in_copies(page)
        self.spent += time.process_time() - start
        return found

    def together(self, statement: int) -> Sequence[Candidate]:
        start = time.process_time()
        found = super().together(statement)
        self.spent += time.process_time() - start
        return found


def add_whole(folder: Path, sizes: Sequence[int], articles: Path, rounds: int) -> None:
    """What `onrecord add` of a file of articles costs in all, at each size; every record takes its turn in every round."""
    spent: dict[int, list[float]] = defaultdict(list)
    counts: dict[int, tuple[int, int]] = {}
    for turn in range(rounds):
        for size in (*sizes[turn % len(sizes) :], *sizes[: turn % len(sizes)]):
            path = settled(folder, size)
            with Record(path) as record:
                before, n_pages = record.count(), record.coverage().n_articles
            start = resource.getrusage(resource.RUSAGE_CHILDREN)
            command = [sys.executable, "-m", "onrecord", "--record", str(path), "add", str(articles)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            end = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent[size].append(end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime)
            with Record(path) as record:
                counts[size] = before, record.coverage().n_articles - n_pages
    print(f"{'statements':>12}{'articles':>10}{'ms an article':>15}{'times':>7}{'least':>8}{'most':>8}")
    first = statistics.median(spent[sizes[0]])
    for size in sizes:
        (before, n), middle = counts[size], statistics.median(spent[size])
        least, most = (1000 * value / n for value in (min(spent[size]), max(spent[size])))
        print(
            f"{before:>12,}{n:>10}{1000 * middle / n:>15.1f}{middle / first:>7.2f}{least:>8.1f}{most:>8.1f}"
        )


def show(added: Sequence[Adding], articles: Sequence[Made]) -> None:
    """A line for each record: what an article cost in all, the parts, the ratio to the smallest record."""
    n = len(articles)
    print(
        f"{n} articles with {sum(len(reading.statements) for _, reading in articles):,} statements; ms an article"
    )
    print(f"{'statements':>12}{'all':>8}{'times':>7}{'median':>8}{'times':>7}{'p95':>8}{'clock':>8}", end="")
    print("".join(f"{part:>8}" for part in PARTS))
    first: tuple[float, float] | None = None
    for one in added:
        means = {part: 1000 * sum(one.spent[part]) / n for part in PARTS}
        later = sum(means[part] for part in ("like", "judge", "store", "log"))
        each = [
            1000 * sum(parts)
            for parts in zip(*(one.spent[p] for p in ("write", "copies", "commit")), strict=True)
        ]
        whole, median, p95 = (
            sum(means.values()),
            statistics.median(each) + later,
            percentiles(each)[1] + later,
        )
        first = first or (whole, median)
        print(
            f"{one.n_statements:>12,}{whole:>8.1f}{whole / first[0]:>7.2f}{median:>8.1f}{median / first[1]:>7.2f}"
            f"{p95:>8.1f}{1000 * one.clock / n:>8.1f}" + "".join(f"{means[part]:>8.2f}" for part in PARTS)
        )
    print("median and p95: of putting an article on record, with its share of grouping and of the log")
    for one in added:
        grew = sum(file.stat().st_size for file in one.path.parent.glob(one.path.name + "*")) - one.n_bytes
        print(f"{one.n_statements:>12,}: the file grew by {grew / n / 1000:.1f} kB an article")


if __name__ == "__main__":
    main()
