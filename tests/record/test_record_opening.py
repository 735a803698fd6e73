"""A file that is no record, or no longer ours to write, is told apart and said clearly."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.record.made import add, page

from onrecord.errors import RecordError
from onrecord.record import (
    Record,
    Report,
    Utterance,
    copygroups,
    grams,
    migrations,
    opening,
    pages,
    search,
    sites,
)
from onrecord.types import CopyKind, CopyLink, Speaker

DAM = page("dam.txt", "<Ana Ruiz> <said> [the dam is safe].")


def test_a_new_record_is_a_marked_sqlite_file_with_its_steps_noted(record: Record, path: Path) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA application_id").fetchone() == (migrations.APPLICATION_ID,)
    assert connection.execute("PRAGMA user_version").fetchone() == (len(migrations.STEPS),)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("SELECT number, name, applied_at FROM migrations").fetchall() == [
        (i, step.__name__, "2030-01-01T12:00:00+00:00") for i, step in enumerate(migrations.STEPS, start=1)
    ]
    connection.close()


def test_steps_are_named_by_their_number() -> None:
    for number, step in enumerate(migrations.STEPS, start=1):
        assert step.__name__.startswith(f"m{number:04}_")


def test_a_step_that_fails_leaves_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def m0002_fails(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (a)")
        raise sqlite3.OperationalError("on purpose")

    Record(path).close()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, m0002_fails))
    with pytest.raises(RecordError, match="on purpose"):
        Record(path)
    monkeypatch.undo()
    with Record(path) as record:
        add(record, DAM)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'half'").fetchone() == (0,)
    connection.close()


def test_a_newer_record_is_refused(path: Path) -> None:
    Record(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    for readonly in (False, True):
        with pytest.raises(RecordError, match=r"schema 999.*newer onrecord"):
            Record(path, readonly=readonly)


@pytest.mark.parametrize(
    "content", [b"once upon a time", b"SQLite format 3", b"SQLite format 3\0" + b"x" * 5000]
)
def test_a_file_that_is_no_sqlite_file_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for readonly in (False, True):
        with pytest.raises(RecordError, match="not a record"):
            Record(path, readonly=readonly)
    assert path.read_bytes() == content


def test_another_programs_sqlite_file_is_refused_and_left_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url)")
    connection.close()
    before = path.read_bytes()
    for readonly in (False, True):
        with pytest.raises(RecordError, match="not a record of onrecord"):
            Record(path, readonly=readonly)
    assert path.read_bytes() == before


def test_folders_missing_folders_and_missing_records(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="folder"):
        Record(tmp_path)
    with pytest.raises(RecordError, match="there is no folder"):
        Record(tmp_path / "nowhere" / "record.db")
    for options in ({"create": False}, {"readonly": True}):
        with pytest.raises(RecordError, match="there is no record here"):
            Record(tmp_path / "record.db", **options)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_record(path: Path) -> None:
    path.touch()
    with Record(path) as record:
        add(record, DAM)
        assert record.count() == 1


def test_readonly_reads_and_does_not_write(path: Path) -> None:
    with Record(path) as record:
        add(record, DAM)
    with Record(path, readonly=True) as record:
        assert record.reading("dam.txt") == DAM.reading
        assert list(record.verify()) == []
        with pytest.raises(RecordError, match="read-only"):
            record.remove("dam.txt", "why not")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_record_in_a_folder_that_may_not_be_written(path: Path) -> None:
    with Record(path) as record:
        add(record, DAM)
    path.parent.chmod(0o555)
    path.chmod(0o444)
    try:
        with Record(path, readonly=True) as record:
            assert record.count() == 1
        with pytest.raises(RecordError, match="read-only"), Record(path) as record:
            add(record, page("mill.txt", "Flour."))
    finally:
        path.parent.chmod(0o755)


def test_a_locked_record_says_so(path: Path, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_TIMEOUT_MS", 50)
    with Record(path) as other, record.transaction(), pytest.raises(RecordError, match="locked"):
        add(other, DAM)
    add(record, DAM)


def test_a_reader_sees_whole_pages_beside_a_writer(path: Path, record: Record) -> None:
    with Record(path, readonly=True) as reader:
        with record.transaction():
            add(record, DAM)
            assert reader.pages() == ()
        assert reader.reading("dam.txt") == DAM.reading


def test_an_answer_is_about_one_moment(path: Path, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    add(record, DAM)
    find = search.find_statements

    def slow_find(*args: Any) -> Any:
        found = find(*args)
        record.remove("dam.txt", "while somebody is looking")
        return found

    with Record(path, readonly=True) as reader:
        monkeypatch.setattr(search, "find_statements", slow_find)
        assert [p.entry.page.id for p in reader.search("dam").passages] == ["dam.txt"]
        monkeypatch.undo()
        assert reader.search("dam").passages == ()


def test_a_list_that_is_half_read_holds_nobody_up(path: Path, record: Record) -> None:
    add(record, DAM)
    listed = record.statements()
    assert next(listed).page.id == "dam.txt"
    problems = record.verify()
    record.remove("dam.txt", "meanwhile")
    assert list(listed) == list(problems) == []


def test_two_writers_take_turns(path: Path, record: Record) -> None:
    errors: list[Exception] = []

    def write(name: str) -> None:
        try:
            with Record(path) as mine:
                for i in range(15):
                    add(mine, page(f"{name}{i}", f"<Ana Ruiz> <said> [the dam number {i} of {name}]."))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert record.count() == 30
    assert len(record.speakers()) == 1
    assert list(record.verify()) == []


def test_a_closed_record_says_so(path: Path) -> None:
    record = Record(path)
    record.close()
    record.close()
    with pytest.raises(RecordError, match="closed"):
        record.count()


def test_opening_is_fast(path: Path) -> None:
    Record(path).close()
    start = time.perf_counter()
    Record(path).close()
    assert time.perf_counter() - start < 0.2


def test_a_file_is_mapped_once_much_is_asked_of_it(path: Path) -> None:
    with Record(path) as record:
        add(record, DAM)
    with Record(path, readonly=True) as reader:
        mapped = [
            reader._open().execute("PRAGMA mmap_size").fetchone()[0] > 0
            for _ in range(opening.MAPPED_FROM + 1)
            if reader.search("dam").n_found == 1
        ]
    assert mapped[0] is False
    assert mapped[-1] is True


def test_an_index_of_another_version_is_made_anew(path: Path) -> None:
    with Record(path) as record:
        add(record, DAM, page("dam.txt", "<Ana Ruiz> <said> [the dam is broken]. Water everywhere."))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE search_version SET version = 0")
    connection.execute("INSERT INTO statement_words (rowid, words) VALUES (77, 'nonsense')")
    connection.commit()
    connection.close()
    with Record(path) as record:
        assert record.search("dam").n_found == 1
        assert record.search("safe").n_found == record.search("nonsense").n_found == 0
        assert len(record.search_text("water")) == 1
        assert list(record.verify()) == []
        record.remove("dam.txt", "both versions")
        assert list(record.verify()) == []


def test_a_record_from_before_the_tiers_is_found_through_as_well(path: Path) -> None:
    marked = "<Ana Ruiz> <said> [the mill by the old weir will grind again]."
    mill = page("mill.txt", marked, publisher="The Lake Post")
    (said,) = mill.reading.statements
    assert isinstance(said.speaker, Speaker)
    together = replace(said, speaker=replace(said.speaker, names=("Ana Ruiz", "Tom Okafor")))
    two = replace(mill, reading=replace(mill.reading, statements=(together,)))
    with Record(path) as record:
        add(record, DAM, two)
        (entry,) = record.statements(page="dam.txt")
    connection = sqlite3.connect(path)
    connection.executescript(
        """
        CREATE TABLE kept (gram INTEGER NOT NULL, statement INTEGER NOT NULL, PRIMARY KEY (gram, statement))
          WITHOUT ROWID;
        INSERT INTO kept SELECT gram, statement FROM statement_grams_1;
        CREATE INDEX statements_id ON statements (id);
        CREATE TABLE old_blocks (block, rank, page, text_start, text_end, from_first, from_last,
          PRIMARY KEY (block, rank, page, text_start)) WITHOUT ROWID;
        INSERT INTO old_blocks SELECT block, rank, page, text_start, text_end, from_first, from_last FROM site_blocks;
        DROP TABLE site_blocks;
        ALTER TABLE old_blocks RENAME TO site_blocks;
        CREATE INDEX site_blocks_page ON site_blocks (page);
        """
    )
    for tiers in (grams.TABLES, pages.IDS, sites.PAGES):
        for table in tiers.tables:
            connection.execute(f"DROP TABLE {table}")
    for table in copygroups.BANDS.tables[1:]:
        connection.execute(f"DROP TABLE {table}")
    connection.executescript(
        """
        ALTER TABLE kept RENAME TO statement_grams;
        DELETE FROM migrations WHERE number > 8;
        PRAGMA user_version = 8;
        """
    )
    connection.close()
    with Record(path) as record:
        with record.transaction() as connection:
            blocks = connection.execute("SELECT block, rank, page FROM site_blocks ORDER BY block").fetchall()
            assert blocks
            assert connection.execute("SELECT * FROM block_pages ORDER BY block").fetchall() == blocks
        assert [found.page.id for found in record.statement(entry.statement.id)] == ["dam.txt"]
        assert list(record.verify()) == []
        record.remove("dam.txt", "a test")
        record.remove("mill.txt", "a test")
        assert list(record.verify()) == []
        assert record.statement(entry.statement.id) == ()


def test_the_schema_in_the_docs_is_the_schema_made() -> None:
    docs = Path(__file__).parents[2] / "docs" / "record.md"
    assert migrations.schema_sql() in docs.read_text(encoding="utf-8")


@pytest.mark.parametrize("view", ["statements", "articles", "speakers", "copies", "utterances"])
def test_the_views_can_be_read_without_us(record: Record, path: Path, view: str) -> None:
    dated = page("a", "<Ana Ruiz> <said> [the dam is safe].", publisher="The Lake Post", date="2021-03-04")
    add(record, dated, DAM)
    record.link_copies(CopyLink("a", "dam.txt", CopyKind.EDITED, 0.9))
    numbers = [candidate.number for candidate in record.ungrouped()]
    reports = tuple(Report(number, "same") for number in numbers)
    speaker = record.find_speakers("Ana Ruiz")[0].number
    record.replace_utterances(numbers, [Utterance("u", speaker, "2021-03-04", None, reports, 1)])
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    rows = connection.execute(f"SELECT * FROM {view}_view").fetchall()
    connection.close()
    assert len(rows) == {"statements": 2, "articles": 2, "speakers": 1, "copies": 1, "utterances": 2}[view]
    if view == "statements":
        assert {(row["speaker"], row["quotation"]) for row in rows} == {("Ana Ruiz", "the dam is safe")}


@pytest.mark.parametrize("name", ["my record #1?.db", "100%.db", "r%20d.db", "é'\".db", "caf\udce9.db"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    with Record(tmp_path / name) as record:
        add(record, DAM)
    with Record(tmp_path / name, readonly=True) as record:
        assert record.count() == 1
    assert {p.name.removesuffix("-wal").removesuffix("-shm") for p in tmp_path.iterdir()} == {name}
