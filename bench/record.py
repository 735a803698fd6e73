"""A record of a million statements: its size, how fast it takes more, how fast it answers.

    python -m bench.record --statements 1000000 --out FOLDER [--core 0] [--asked 600]
    python -m bench.record --grouping ARTICLES.jsonl --out FOLDER

In: how many. Out: figures, all of one run. The record is made of invented articles (`made_record`) through
`Record.add`; where FOLDER has one from before, it is asked again and not made anew. The first and the last
articles are added as `onrecord add` does it, copies and utterances included, and timed; those between by the
thousand in one transaction, with sketches drawn by chance, and grouped before the last are timed (`--whole`: all as
the first): the last articles pay for themselves alone. Beside it stands a plain FTS5 table of the same contents; what
it takes for a bare phrase query is what the answers are measured by. Times are seconds of the processor, so that they hold on
a machine that does other things; the cold ones are seconds of the clock, because the disk counts.
--grouping: what grouping costs beside reading, on real articles.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import statistics
import sys
import time
from pathlib import Path

from bench.asking import ask, forget
from bench.filling import make, make_bare, put
from onrecord.record import Record, group_utterances
from onrecord.types import RawPage, Reading

#: Fewer statements are made before the last ones could be timed.
LEAST = 20_000


def main() -> int:
    """Makes the record if need be, asks it, prints the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--asked", type=int, default=600, help="questions of each kind of search")
    parser.add_argument("--cold", type=int, default=60, help="of them, asked again with nothing in memory")
    parser.add_argument("--whole", action="store_true", help="add every article as `onrecord add` does")
    parser.add_argument("--core", type=int, help="pin to this core (Linux)")
    parser.add_argument("--grouping", type=Path, help="a corpus of real articles")
    options = parser.parse_args()
    if options.statements < LEAST:
        parser.error(f"--statements must be at least {LEAST:,}: fewer say nothing of a record's growth")
    if options.core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {options.core})
    options.out.mkdir(parents=True, exist_ok=True)
    if options.grouping:
        measure_grouping(options.grouping, options.out)
        return 0
    path = options.out / f"made-{options.statements}.db"
    if not path.exists():
        make(path, options.statements, options.seed, whole=options.whole)
    bare = options.out / f"bare-{options.statements}.db"
    if not bare.exists():
        make_bare(path, bare)
    show_size(path)
    show_opening(path)
    ask(path, bare, options.asked, options.cold, options.seed)
    return 0


def show_size(path: Path) -> None:
    """Size on disk, and what takes most of it."""
    connection = sqlite3.connect(path)
    n = connection.execute("SELECT count(*) FROM statements WHERE is_current = 1").fetchone()[0]
    size = sum(file.stat().st_size for file in path.parent.glob(path.name + "*"))
    print(f"on disk: {size / 1e9:.3f} GB, {size / n:.0f} bytes a statement of {n:,}")
    if "-v" in sys.argv or os.environ.get("ONRECORD_BENCH_TABLES"):
        for name, used in connection.execute(
            "SELECT name, sum(pgsize) AS used FROM dbstat GROUP BY name ORDER BY used DESC LIMIT 24"
        ):
            print(f"   {name:<34}{used / n:>8.1f} bytes a statement")
    connection.close()


def show_opening(path: Path) -> None:
    """Seconds to open the record, and to say what is on it."""
    for readonly in (False, True):
        forget(path)
        times = []
        for _ in range(5):
            start = time.perf_counter()
            with Record(path, create=False, readonly=readonly) as record:
                times.append(time.perf_counter() - start)
                record.coverage()
                covered = time.perf_counter() - start
        how = "read-only" if readonly else "for writing"
        print(
            f"opening {how}: first {times[0] * 1000:.1f} ms, then {statistics.median(times[1:]) * 1000:.1f} ms; "
            f"with its coverage {covered * 1000:.1f} ms"
        )


def measure_grouping(corpus: Path, out: Path) -> None:
    """What putting articles on record and grouping their statements costs beside reading them."""
    from onrecord import pipeline  # the reader's weights are loaded for this alone

    start = time.process_time()
    readings = [
        (raw, result)
        for raw in pipeline.read_raw([str(corpus)])
        if isinstance(raw, RawPage) and isinstance(result := pipeline.read_page(raw), Reading)
    ]
    reading = time.process_time() - start
    path = out / "grouping.db"
    for old in out.glob("grouping.db*"):
        old.unlink()
    with Record(path) as record:
        start = time.process_time()
        for raw, result in readings:
            put(record, raw, result)
        adding = time.process_time() - start
        start = time.process_time()
        n = group_utterances(record)
        grouping = time.process_time() - start
    print(f"{len(readings)} articles: read in {reading:.1f} s, put on record in {adding:.2f} s")
    print(
        f"grouped into {n} utterances of two and more reports in {grouping:.2f} s: {grouping / reading:.3f} of reading"
    )


if __name__ == "__main__":
    sys.exit(main())
