"""Questions to a record, and how fast it answers: the quote check, the word search, a bare FTS5 phrase query beside them.

In: a record, a plain FTS5 table of the same contents (`filling`), how many questions. Out: times, warm and cold, and what
the record answered, printed. Leaves to others: making the record, its size and how it opens (`record`).
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench import made_record
from onrecord.record import Record, opening
from onrecord.record.folding import words_of

Clock = Callable[[], float]


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
