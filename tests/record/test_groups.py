"""Utterances grow statement by statement: however a record came about, the same are in it."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.record.quoting import story

from onrecord.copies import make_sketch
from onrecord.record import Record
from onrecord.record.settling import group_utterances
from onrecord.types import CopyKind, CopyLink, RawPage, Reading

Story = tuple[RawPage, Reading]

#: Long enough to be recalled on any day; the short ones only within the week.
LONG = (
    "The ferry to Halcyon Point will sail on Sundays as soon as somebody mends the crane on the eastern quay",
    "Whoever sold the lighthouse lamp for scrap has never stood on that quay in a November fog",
)
SHORT = ("Never trust a quiet turbine", "A dry lock needs no keeper")
PAPERS = ("The Lake Post", "The Ansel Echo", "The Coast Herald", "The Evening Lantern")


def pages(seed: int) -> list[Story]:
    """Pages that say a few lines again and again: whole, in part, with somebody else's name and with nobody's."""
    r = random.Random(seed)
    out = []
    for i in range(18):
        words = r.choice(LONG + SHORT)
        if words in LONG and r.random() < 0.4:
            cut = words.split()
            start = r.randrange(3)
            words = " ".join(cut[start : start + 14])
        who = r.choices(("Ana Ruiz", "Tom Okafor", "?"), (6, 1, 2))[0]
        day = f"2031-{r.randint(3, 4):02}-{r.randint(1, 28):02}"
        marked = f"Here is number {i}. {{{who}|“{words},”}} somebody said at the {i}th stop."
        out.append(story(f"{i}.txt", marked, publisher=r.choice(PAPERS), date=day))
    return out


def disputed(seed: int) -> list[Story]:
    """Pages of which most are of nobody settled: a line of one person's, of two people's, of nobody's."""
    r = random.Random(seed)
    weights = r.choice((1, 3, 6)), r.choice((0, 1, 3)), r.choice((3, 6, 9))
    out = []
    for i in range(12):
        cut = r.choice(LONG).split()
        start = r.randrange(3)
        words = " ".join(cut[start : start + r.choice((13, 14, 99))])
        who = r.choices(("Ana Ruiz", "Tom Okafor", "?"), weights)[0]
        marked = f"Here is number {i}. {{{who}|“{words},”}} somebody said at the {i}th stop."
        out.append(story(f"{i}.txt", marked, publisher=r.choice(PAPERS), date=f"2031-03-{i + 1:02}"))
    return out


LINKS = (CopyLink("2.txt", "11.txt", CopyKind.EDITED, 0.9), CopyLink("5.txt", "6.txt", CopyKind.EDITED, 0.9))


def build(path: Path, empty: Path, steps: Sequence[Callable[[Record], object]]) -> set[tuple[str, ...]]:
    """The utterances of a record after some steps, as its reports' pages and wordings."""
    shutil.copy(empty, path)
    with Record(path) as record:
        for step in steps:
            step(record)
        group_utterances(record)
        assert record.ungrouped() == ()
        return {
            (
                u.id,
                str(u.n_independent),
                str(u.said_on),
                *(f"{c.page_id} {r.variant}" for r, c in zip(u.reports, members, strict=True)),
            )
            for u in record.utterances()
            for members in [record.candidates([r.statement for r in u.reports])]
        }


def put(one: Story) -> Callable[[Record], object]:
    """Adds a page, and its links once both are there."""

    def step(record: Record) -> None:
        record.add(*one, make_sketch(one[1].article))
        for link in LINKS:
            if one[0].id in (link.a, link.b) and record.page(link.a) and record.page(link.b):
                record.link_copies(link)

    return step


@pytest.mark.parametrize("seed", range(12))
def test_however_pages_come_and_go_the_utterances_are_the_same(
    empty: Path, tmp_path: Path, seed: int
) -> None:
    r = random.Random(seed)
    stories = pages(seed)
    at_once = build(tmp_path / "once.db", empty, [put(one) for one in stories])
    assert at_once
    steps: list[Callable[[Record], object]] = []
    for one in r.sample(stories, len(stories)):
        steps.append(put(one))
        if r.random() < 0.6:
            steps.append(group_utterances)
        if r.random() < 0.15:  # out again and in again
            steps += [lambda record, one=one: record.remove(one[0].id, "a test"), group_utterances, put(one)]
    assert build(tmp_path / "grown.db", empty, steps) == at_once


@pytest.mark.parametrize("seed", range(16))
def test_whose_words_are_disputed_is_told_anew_with_every_page(
    empty: Path, tmp_path: Path, seed: int
) -> None:
    stories = disputed(seed)
    at_once = build(tmp_path / "once.db", empty, [put(one) for one in stories])
    steps: list[Callable[[Record], object]] = []
    for one in random.Random(seed).sample(stories, len(stories)):
        steps += [put(one), group_utterances]
    assert build(tmp_path / "grown.db", empty, steps) == at_once


@pytest.mark.parametrize("seed", range(3))
def test_many_pages_in_one_transaction_are_as_many_one_by_one(empty: Path, tmp_path: Path, seed: int) -> None:
    def all_at_once(record: Record) -> None:
        with record.transaction():
            for one in pages(seed):
                put(one)(record)

    build(tmp_path / "bulk.db", empty, [all_at_once])
    build(tmp_path / "each.db", empty, [put(one) for one in pages(seed)])
    assert contents(tmp_path / "bulk.db") == contents(tmp_path / "each.db")


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, without the times at which they came."""
    with Record(path, readonly=True) as record, record._reading() as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            " AND name NOT LIKE '%words\\_%' ESCAPE '\\' AND name <> 'migrations'"
        ).fetchall()
        out = {}
        for (name,) in names:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info ({name})")]
            kept = ", ".join(c for c in columns if not c.endswith("_at") or c == "fetched_at")
            out[name] = sorted(connection.execute(f"SELECT {kept} FROM {name}").fetchall(), key=repr)
        return out
