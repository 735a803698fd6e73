"""What cannot be read is named with the reason, ends in the right exit status, and harms nothing else."""

from __future__ import annotations

import gzip
import json
import sqlite3
from pathlib import Path

import pytest
from tests.command import onrecord

GOOD = """Harbour Reopens

The harbour of Lunt reopened on Monday. "The quay is safe again," harbour master Ida Brandvold said.
"""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


def bad_files(folder: Path) -> dict[str, tuple[Path, str]]:
    """name: (path, words of the message)."""
    out: dict[str, tuple[Path, str]] = {}

    def write(name: str, content: bytes, words: str) -> None:
        path = folder / name
        path.write_bytes(content)
        out[name] = (path, words)

    write("empty.txt", b"", "empty")
    write("binary.txt", bytes(range(256)) * 40, "binary")
    write("broken.html.gz", gzip.compress(b"<p>The quay is safe." * 400)[:-40], "gzip")
    write("large.txt", b"word " * 60_000, "limit is")
    (folder / "nothing").mkdir()
    out["nothing"] = (folder / "nothing", "without pages")
    out["missing"] = (folder / "missing.txt", "no such file")
    return out


@pytest.mark.parametrize(
    "name", ["empty.txt", "binary.txt", "broken.html.gz", "large.txt", "nothing", "missing"]
)
def test_a_bad_page_is_named_and_the_good_one_beside_it_is_read(
    tmp_path: Path, good: Path, name: str
) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    path, words = bad_files(folder)[name]
    ran = onrecord("read", path, good, "--format", "jsonl", "--tagger", "rules", "--max-bytes", "200000")
    assert ran.status == 2
    rejected, read = ran.lines()
    assert words in rejected["rejected"]["reason"].lower()
    assert path.name in ran.err
    assert "Traceback" not in ran.err
    assert read["title"] == "Harbour Reopens"


def test_windows_1252_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(
        "<html><head><meta charset=iso-8859-1><title>Quay</title></head><body><h1>Quay</h1><p>“The quay is safe,”"
        " Ida Brandvold said – twice.</p></body></html>".encode("windows-1252")
    )
    ran = onrecord("read", path, "--format", "jsonl", "--tagger", "rules")
    assert ran.status == 0
    (page,) = ran.lines()
    assert page["bytes"]["encoding"] in {"cp1252", "windows-1252"}
    assert "“The quay is safe,” Ida Brandvold said – twice." in page["text"]


def test_a_corpus_with_a_bad_line_gives_the_others(tmp_path: Path) -> None:
    path = tmp_path / "corpus.jsonl"
    lines = [
        json.dumps({"id": "one", "text": GOOD}),
        "{not json",
        json.dumps({"id": "two"}),
        json.dumps({"id": "three", "text": GOOD}),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    ran = onrecord("read", path, "--format", "jsonl", "--tagger", "rules")
    assert ran.status == 2
    kinds = [line.get("rejected", {}).get("room", "read") for line in ran.lines()]
    assert kinds == ["read", "intake", "intake", "read"]
    assert "line 2" in ran.err
    assert "line 3" in ran.err


def test_standard_input_is_read() -> None:
    ran = onrecord("read", "-", "--format", "jsonl", "--tagger", "rules", stdin=GOOD.encode())
    assert ran.status == 0
    (page,) = ran.lines()
    assert page["text"] == GOOD
    assert page["id"] == "-"


def test_a_record_that_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    path.write_bytes(b"this is a letter, not a database" * 100)
    ran = onrecord("search", "quay", record=path)
    assert ran.status == 2
    assert "record.db" in ran.err
    assert "Traceback" not in ran.err
    assert path.read_bytes() == b"this is a letter, not a database" * 100


def test_a_record_of_a_newer_version(tmp_path: Path, good: Path) -> None:
    path = tmp_path / "record.db"
    assert onrecord("add", good, "--tagger", "rules", record=path).status == 0
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    ran = onrecord("add", good, "--tagger", "rules", record=path)
    assert ran.status == 2
    assert "newer" in ran.err


def test_a_record_that_is_not_there(tmp_path: Path) -> None:
    ran = onrecord("search", "quay", record=tmp_path / "none.db")
    assert ran.status == 2
    assert "none.db" in ran.err
    assert not (tmp_path / "none.db").exists()


def test_an_option_that_makes_no_sense(good: Path) -> None:
    assert onrecord("read", good, "--workers", "0").status == 2
    assert onrecord("read").status == 2
    assert onrecord("frobnicate").status == 2
