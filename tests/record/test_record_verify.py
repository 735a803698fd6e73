"""Damage of every sort is reported: nothing on record is taken on trust."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.record.made import add, page

from onrecord.errors import RecordError
from onrecord.record import Record, rows

DAM = page(
    "dam.txt", "“[The dam is safe],” <Ana Ruiz> <said>. “[The café is not],” <she> <added>.", date="2021-03-04",
    said_on="2021-03-03",
)  # fmt: skip


@pytest.fixture
def filled(path: Path) -> Path:
    with Record(path) as record:
        add(record, DAM, page("mill.txt", "<Bo Lindqvist> <said> [the mill would close]."))
    return path


def damage(path: Path, sql: str, *values: object) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    assert connection.execute(sql, values).rowcount > 0
    connection.commit()
    connection.close()


def problems(path: Path) -> list[str]:
    with Record(path) as record:
        return [problem.what for problem in record.verify()]


def test_a_sound_record_has_no_problems(filled: Path) -> None:
    assert problems(filled) == []


def test_a_flipped_byte_of_a_stored_original_is_reported(filled: Path) -> None:
    connection = sqlite3.connect(filled)
    sha256, packed = connection.execute(
        "SELECT sha256, packed FROM originals ORDER BY sha256 LIMIT 1"
    ).fetchone()
    connection.close()
    for place in range(0, len(packed), 3):
        flipped = bytearray(packed)
        flipped[place] ^= 0x20
        damage(filled, "UPDATE originals SET packed = ? WHERE sha256 = ?", bytes(flipped), sha256)
        try:
            unharmed = rows.unpack(bytes(flipped)) == rows.unpack(packed)
        except RecordError:
            unharmed = False
        assert unharmed or any("original is damaged" in what for what in problems(filled)), place


def test_an_original_that_is_whole_but_another_is_reported(filled: Path) -> None:
    other = rows.pack(DAM.raw.content.replace(b"safe", b"SAFE"))
    damage(filled, "UPDATE originals SET packed = ? WHERE sha256 = ?", other, DAM.raw.sha256)
    found = problems(filled)
    assert any("its sha256 is" in what for what in found)
    assert any("does not say" in what for what in found)


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE texts SET text = replace(text, 'safe', 'sane') WHERE text LIKE '%dam%'", "does not say"),
        ("UPDATE texts SET text = text || '!'", "the runs end at"),
        ("UPDATE texts SET runs = x'00'", "does not come back"),
        ("UPDATE texts SET encoding = 'utf-16'", "does not say"),
        ("UPDATE texts SET encoding = 'no-such-code'", "cannot be checked against"),
        ("UPDATE texts SET text = CAST(x'c3' AS TEXT)", "does not come back"),
        ("UPDATE texts SET zones = '[[\"body\",0,9999,1]]'", "zone body 0:9999 lies outside"),
        ("UPDATE texts SET zones = '[[\"attic\",0,9,1]]'", "does not come back"),
        ("UPDATE statements SET content = content || ' not'", "its content is stored as"),
        ("UPDATE statements SET source = 'Bo'", "its source is stored as"),
        ("UPDATE statements SET byte_start = byte_start - 1", "its bytes are stored as"),
        ("UPDATE statements SET text_end = text_end + 1", "its place is stored as"),
        ("UPDATE statements SET spans = replace(spans, ']]', '999]]')", "outside the text"),
        ("UPDATE statements SET spans = '{}'", "does not come back"),
        ("UPDATE statements SET kind = 'sung'", "does not come back"),
        ("UPDATE statements SET speaker = replace(speaker, '],', '999],')", "speaker: its evidence"),
        ("UPDATE statements SET said = replace(said, ']]', '999]]')", "said_on: its evidence"),
        ("UPDATE articles SET details = '[]'", "does not come back"),
        ("DELETE FROM originals", "points to nothing"),
        ("DELETE FROM pages WHERE id = 'dam.txt'", "points to nothing"),
        ("UPDATE originals SET size_bytes = 1", "1 are noted"),
        ("INSERT INTO originals VALUES ('00', 0, x'789c030000000001')", "no page has this original"),
        ("INSERT INTO statement_words (rowid, words) VALUES (99, 'ghost')", "search index"),
        ("UPDATE statements SET is_current = 0 WHERE position = 1", "search index"),
        ("DELETE FROM paragraphs", "search index"),
    ],
)
def test_damage_is_reported(filled: Path, sql: str, what: str) -> None:
    damage(filled, sql)
    assert any(what in found for found in problems(filled)), problems(filled)


def test_a_damaged_file_is_a_record_error_or_a_problem(filled: Path) -> None:
    sound = filled.read_bytes()
    n_reported = 0
    for page_number in range(1, len(sound) // 4096):
        broken = bytearray(sound)
        broken[page_number * 4096 : page_number * 4096 + 2000] = b"\xa5" * 2000
        filled.write_bytes(bytes(broken))
        for suffix in ("-wal", "-shm"):
            filled.with_name(filled.name + suffix).unlink(missing_ok=True)
        try:
            with Record(filled, readonly=True) as record:
                n_reported += any(True for _ in record.verify())
        except RecordError:
            n_reported += 1
    assert n_reported >= (len(sound) // 4096 - 1) * 0.9  # a page of an empty index may hold nothing to damage
