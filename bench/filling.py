"""A record filled with invented articles (`made_record`), as `onrecord add` fills one or by the thousand.

In: how many statements. Out: a record, and seconds of the processor for its first and last articles; a plain FTS5 table
of the same contents. Leaves to others: making the articles up, asking the record (`asking`).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench import made_record
from onrecord.copies import compare, could_match, make_sketch
from onrecord.record import Record, group_utterances
from onrecord.types import RawPage, Reading, Sketch

#: Statements are grouped after so many articles; so many are timed at the beginning and at the end; so many
#: between are added in one transaction.
SETTLE_EVERY, TIMED, BULK = 200, 20_000, 20_000
#: Candidates that one page is compared with, as in `pipeline`.
MAX_COMPARED = 50

Made = tuple[RawPage, Reading]


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
