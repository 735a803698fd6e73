"""Rows in tables of growing size are found as if they stood in one."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import tiers
from onrecord.record.tiers import Tiers

PLACES = Tiers("places", ("word", "place"), "where each word stands")
ROWS = st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 40)), max_size=30)


def opened() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    for sql in PLACES.schema():
        connection.execute(sql)
    return connection


def all_rows(connection: sqlite3.Connection) -> list[tuple[int, int]]:
    return sorted(connection.execute(PLACES.having("word, place", "1 = ?1"), (1,)).fetchall())


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiers, "SIZES", (3, 9, 27))


@pytest.mark.usefixtures("small")
@given(st.lists(st.tuples(st.booleans(), ROWS), max_size=12))
def test_what_goes_in_is_found_until_it_goes_out(steps: list[tuple[bool, list[tuple[int, int]]]]) -> None:
    connection, there = opened(), set[tuple[int, int]]()
    for goes_in, rows in steps:
        if goes_in:
            PLACES.insert(connection, rows)
            there |= set(rows)
        else:
            PLACES.delete(connection, rows)
            there -= set(rows)
        assert set(all_rows(connection)) == there
    for word in range(-3, 4):
        found = connection.execute(PLACES.having("place", "word = ?1"), (word,)).fetchall()
        assert {place for (place,) in found} == {place for w, place in there if w == word}


@pytest.mark.usefixtures("small")
def test_full_tables_are_emptied_into_the_next() -> None:
    connection = opened()
    for place in range(200):
        PLACES.insert(connection, [(place % 7, place)])
        sizes = [connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in PLACES.tables]
        assert all(n <= most for n, most in zip(reversed(sizes[1:]), tiers.SIZES, strict=True))
        assert PLACES.count(connection) == sum(sizes) == place + 1
    assert sizes[0] > 100
    PLACES.clear(connection)
    assert all_rows(connection) == []


def test_a_whole_record_fills_the_last_table_alone() -> None:
    connection = opened()
    PLACES.fill(connection, [(2, 1), (1, 2), (2, 1)])
    assert PLACES.count(connection) == 2
    assert connection.execute("SELECT count(*) FROM places").fetchone()[0] == 2
