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
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from bench import made_record
from onrecord.copies import compare, could_match, make_sketch
from onrecord.record import Record, group_utterances, opening
from onrecord.record.folding import words_of
from onrecord.types import RawPage, Reading, Sketch

#: Statements are grouped after so many articles; so many are timed at the beginning and at the end; so many
#: between are added in one transaction.
SETTLE_EVERY, TIMED, BULK = 200, 20_000, 20_000
#: Candidates that one page is compared with, as in `pipeline`.
MAX_COMPARED = 50

Clock = Callable[[], float]
Made = tuple[RawPage, Reading]


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


# --------------------------------------------------------------------------------------- making


def make(path: Path, n_statements: int, seed: int, *, whole: bool = False) -> None:
    """The record; prints what an article cost at its beginning and at its end."""
    unfinished = path.with_suffix(".part")
    for old in path.parent.glob(unfinished.name + "*"):
        old.unlink()
    n_timed = min(TIMED, n_statements // 4)
    with Record(unfinished) as record:
        made = made_record.articles(seed, n_statements + n_statements // 10)
        first = fill(record, made, n_timed)
        while not whole and record.count() < n_statements - n_timed:
            fill_quickly(record, made, min(BULK, n_statements - n_timed - record.count()))
        while whole and record.count() < n_statements - n_timed:
            fill(record, made, min(BULK, n_statements - n_timed - record.count()))
        last = fill(record, made, n_timed)
        print(f"made: {record.count():,} statements of {len(record.pages()):,} articles")
    unfinished.rename(path)
    for name, (seconds, n_articles, n_there) in (("first", first), ("last", last)):
        print(
            f"the {name} {n_there:,} statements: {1000 * seconds / n_articles:.1f} ms an article, "
            f"{n_there / seconds:,.0f} statements/s"
        )
    print(f"cost of a statement, last to first: {last[0] / last[2] / (first[0] / first[2]):.2f}")


def fill(record: Record, made: Iterator[Made], n: int) -> tuple[float, int, int]:
    """Seconds, articles and statements for the next n statements; making them up is not counted."""
    spent, n_articles, n_statements = 0.0, 0, 0
    while n_statements < n:
        batch = list(islice(made, SETTLE_EVERY))
        if not batch:
            break
        start = time.process_time()
        for raw, reading in batch:
            put(record, raw, reading)
        group_utterances(record)
        spent += time.process_time() - start
        n_articles += len(batch)
        n_statements += sum(len(reading.statements) for _, reading in batch)
    return spent, n_articles, n_statements


def fill_quickly(record: Record, made: Iterator[Made], n: int) -> None:
    """The next n statements in one transaction, without copies; then grouped."""
    with record.transaction():
        while n > 0 and (one := next(made, None)):
            raw, reading = one
            record.add(raw, reading, made_record.any_sketch(reading))
            n -= len(reading.statements)
    group_utterances(record)


def put(record: Record, raw: RawPage, reading: Reading) -> None:
    """Adds a page with its copies, as `pipeline.add` does."""
    sketch = make_sketch(reading.article)
    with record.transaction():
        record.add(raw, reading, sketch)
        link(record, reading, sketch)


def link(record: Record, reading: Reading, sketch: Sketch) -> None:
    """Links a page just put on record with its copies, as `pipeline.add` does."""
    for key in record.copy_candidates(sketch)[:MAX_COMPARED]:
        other = record.sketch(key.id, key.sha256)
        if key.id == reading.article.page.id or other is None or not could_match(sketch, other):
            continue
        found = compare(reading.article, record.reading(key.id, key.sha256, as_read=True).article)
        if found is not None:
            record.link_copies(found)


def make_bare(path: Path, bare: Path) -> None:
    """A plain FTS5 table with the contents of the statements."""
    source, target = sqlite3.connect(path), sqlite3.connect(bare, isolation_level=None)
    target.execute("CREATE VIRTUAL TABLE bare USING fts5 (words)")
    target.execute("BEGIN")
    target.executemany(
        "INSERT INTO bare (rowid, words) VALUES (?, ?)",
        source.execute("SELECT statement, content FROM statements WHERE is_current = 1 ORDER BY statement"),
    )
    target.execute("COMMIT")
    source.close()
    target.close()


# -------------------------------------------------------------------------------------- figures


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


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a quotation, of whom it is claimed, how it was made from what is on record."""

    kind: str
    quote: str
    speaker: str | None


def questions(path: Path, n: int, seed: int) -> list[Question]:
    """As many quotations: a third as they stand, the others parts, altered, spliced and never said."""
    rng = random.Random(seed)
    connection = sqlite3.connect(path)
    last = connection.execute("SELECT max(statement) FROM statements").fetchone()[0]
    absent = made_record.speak(
        made_record.np.random.default_rng(seed + 1_000), [rng.randint(6, 30) for _ in range(n)]
    )
    out: list[Question] = []
    while len(out) < n:
        number = rng.randint(1, last)
        row = connection.execute(
            "SELECT s.content, (SELECT c.name FROM statement_speakers ss JOIN speakers c ON c.speaker = ss.speaker"
            " WHERE ss.statement = s.statement) FROM statements s WHERE s.statement = ? AND s.is_current = 1"
            " AND s.kind <> 'indirect'",
            (number,),
        ).fetchone()
        if row is None:
            continue
        words = row[0].strip("“”,").split("“")[-1].split()
        if len(words) < 5:
            continue
        kind = rng.choice(("exact", "exact", "part", "altered", "spliced", "absent"))
        if kind == "part" and len(words) > 8:
            start = rng.randrange(len(words) - 7)
            words = words[start : start + rng.randint(6, 14)]
        elif kind == "altered":
            for _ in range(1 + len(words) // 12):
                words[rng.randrange(len(words))] = rng.choice(absent[len(out)])
        elif kind == "spliced" and out:
            words = [*words[: len(words) // 2], *out[rng.randrange(len(out))].quote.split()[:8]]
        elif kind == "absent":
            words = absent[len(out)]
        out.append(Question(kind, " ".join(words), row[1] if rng.random() < 0.5 else None))
    connection.close()
    return out


def ask(path: Path, bare: Path, n: int, n_cold: int, seed: int) -> None:
    """Times of the three ways to ask, warm and cold."""
    asked = questions(path, n, seed)
    phrases = ['"' + words_of(question.quote) + '"' for question in asked]
    searched = word_queries(asked, seed)
    plain = open_bare(bare)
    with Record(path, create=False, readonly=True) as record:
        ways: dict[str, tuple[Callable[[int], object], int]] = {
            "bare phrase query": (lambda i: bare_query(plain, phrases[i]), n),
            "check": (lambda i: record.check(asked[i].quote, asked[i].speaker), n),
            "word search": (lambda i: record.search(searched[i]), len(searched)),
        }
        times: dict[str, list[float]] = {}
        for name, (way, count) in ways.items():
            for i in range(0, count, 5):
                way(i)  # warm
            times[name] = [clocked(way, i, clock=time.process_time) for i in range(count)]
            show(name, times[name], times["bare phrase query"])
        for kind in sorted({question.kind for question in asked}):
            chosen = [i for i, question in enumerate(asked) if question.kind == kind]
            show(
                f"  check, {kind}",
                [times["check"][i] for i in chosen],
                [times["bare phrase query"][i] for i in chosen],
            )
        show_verdicts(record, asked)
        print(f"the 20 most quoted speakers: {clocked(lambda: record.speakers(limit=20)) * 1000:.0f} ms")
    plain.close()
    if n_cold:
        ask_cold(path, bare, asked[:n_cold], phrases, searched)


def open_bare(path: Path, *, mapped: bool = True) -> sqlite3.Connection:
    """A connection that may keep as much in memory as that of a record; mapped: of one that much was asked of."""
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA cache_size = -{opening.CACHE_KIB}")
    if mapped:
        opening.map_file(connection)
    return connection


def bare_query(connection: sqlite3.Connection, phrase: str) -> list[tuple[int]]:
    return connection.execute("SELECT rowid FROM bare WHERE bare MATCH ?", (phrase,)).fetchall()


def word_queries(asked: Sequence[Question], seed: int) -> list[str]:
    """What people type: two or three words of a quotation, one in four a single word."""
    rng = random.Random(seed)
    out = []
    for question in asked:
        words = question.quote.split()
        n = rng.choice((1, 2, 2, 3))
        out.append(" ".join(rng.sample(words, min(n, len(words)))))
    return out


def ask_cold(
    path: Path, bare: Path, asked: Sequence[Question], phrases: Sequence[str], searched: Sequence[str]
) -> None:
    """The same with nothing in memory: a new connection, and the system told to forget the files."""
    times: dict[str, list[float]] = {"bare phrase query": [], "check": [], "word search": []}
    for i, question in enumerate(asked):
        forget(bare)
        plain = open_bare(bare, mapped=False)
        times["bare phrase query"].append(clocked(partial(bare_query, plain), phrases[i]))
        plain.close()
        for name in ("check", "word search"):
            forget(path)
            with Record(path, create=False, readonly=True) as record:
                way = partial(record.check, question.quote, question.speaker)
                if name == "word search":
                    way = partial(record.search, searched[i])
                times[name].append(clocked(way))
    print(
        "cold: a new connection for every question, the files out of the system's memory as far as it obeys"
    )
    for name, values in times.items():
        show(f"  {name}", values, times["bare phrase query"])


def forget(path: Path) -> None:
    """Asks the system to drop a file from its memory."""
    if hasattr(os, "posix_fadvise"):
        file = os.open(path, os.O_RDONLY)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(file)


def clocked(way: Callable[..., object], *about: object, clock: Clock = time.perf_counter) -> float:
    """Seconds that a way took."""
    start = clock()
    way(*about)
    return clock() - start


def show(name: str, values: Sequence[float], beside: Sequence[float]) -> None:
    """One line: p50 and p95 in milliseconds, and how many times those of the bare query."""
    p50, p95 = percentiles(values)
    b50, b95 = percentiles(beside)
    print(
        f"{name:<22}p50 {p50 * 1000:8.2f} ms ({p50 / b50:5.1f} x)   p95 {p95 * 1000:8.2f} ms ({p95 / b95:5.1f} x)"
        f"   {len(values)} asked"
    )


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(values)
    return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]


def show_verdicts(record: Record, asked: Sequence[Question]) -> None:
    """What the record answered to each kind of quotation."""
    counts: dict[str, dict[str, int]] = {}
    for question in asked:
        verdict = record.check(question.quote, question.speaker).verdict.value
        here = counts.setdefault(question.kind, {})
        here[verdict] = here.get(verdict, 0) + 1
    for kind, here in sorted(counts.items()):
        print(f"   {kind:<10}" + ", ".join(f"{verdict} {n}" for verdict, n in sorted(here.items())))


# ------------------------------------------------------------------------------------- grouping


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
