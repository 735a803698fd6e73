"""The rooms in their order: the examples end to end, one reading for any order and number of workers."""

from __future__ import annotations

import json
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.command import onrecord

import onrecord as library
from onrecord import Options, Reading, Record
from onrecord.intake import read_raw
from onrecord.types import RawPage

EXAMPLES = Path(__file__).parents[1] / "examples"
RULES = Options(tagger="rules")


def corpus(path: Path, n: int) -> Path:
    """A corpus of n short articles, all different."""
    lines = []
    for i in range(n):
        text = (
            f"Council of Ward {i} Votes\n\nThe council of Ward {i} voted on Tuesday. "
            f'"We counted {i + 3} votes and {i * 7} letters," Clerk Number{i} Osterby said at a meeting.\n\n'
            f"She added that ward {i} would vote again."
        )
        lines.append(json.dumps({"id": f"ward-{i}", "text": text, "date": "2031-05-06"}))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_order_and_workers_change_nothing() -> None:
    paths = sorted(str(p) for p in (EXAMPLES / "pages").iterdir())
    one = onrecord("read", *paths, "--format", "jsonl", "--tagger", "rules")
    two = onrecord("read", *reversed(paths), "--format", "jsonl", "--tagger", "rules", "--workers", "2")
    assert one.status == two.status == 0
    assert sorted(one.out.splitlines()) == sorted(two.out.splitlines())


def test_a_page_and_its_reading_can_be_pickled() -> None:
    raws = [raw for raw in read_raw([str(EXAMPLES / "pages")]) if isinstance(raw, RawPage)]
    for raw in raws[:4]:
        reading = library.read_page(pickle.loads(pickle.dumps(raw)), RULES)
        assert isinstance(reading, Reading)
        assert pickle.loads(pickle.dumps(reading)) == reading


def test_adding_twice_changes_nothing(tmp_path: Path) -> None:
    pages, path = str(EXAMPLES / "pages"), tmp_path / "record.db"
    first = onrecord("add", pages, "--tagger", "rules", record=path)
    before = onrecord("export", "jsonl", record=path).out
    second = onrecord("add", pages, "--tagger", "rules", record=path)
    assert first.status == second.status == 0
    assert "0 pages added" in second.out
    assert onrecord("export", "jsonl", record=path).out == before


def test_killed_while_adding_then_the_same_again(tmp_path: Path) -> None:
    """kill -9 during `add` of 200 pages: the record is usable, and the second run completes it."""
    pages, path = corpus(tmp_path / "corpus.jsonl", 200), tmp_path / "record.db"
    command = [
        sys.executable,
        "-m",
        "onrecord",
        "--record",
        str(path),
        "add",
        str(pages),
        "--tagger",
        "rules",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    n_before = 0
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if path.exists():
            try:
                with Record(path, readonly=True) as record:
                    n_before = record.coverage().n_articles
            except library.RecordError:
                n_before = 0
            if n_before >= 20:
                process.send_signal(signal.SIGKILL)
                break
        time.sleep(0.01)
    process.communicate()
    assert process.returncode == -signal.SIGKILL, "it was done before it could be killed"
    assert onrecord("verify", record=path).status == 0
    again = onrecord("add", pages, "--tagger", "rules", record=path)
    assert again.status == 0
    with Record(path) as record:
        ids = [page.key.id for page in record.pages(versions=True)]
        assert sorted(ids) == sorted(f"ward-{i}" for i in range(200))
        statements = [entry.statement.id for entry in record.statements()]
        assert len(statements) == len(set(statements))
        assert len(statements) >= 200
        assert list(record.verify()) == []
        assert not record.ungrouped()
    clean = tmp_path / "clean.db"
    assert onrecord("add", pages, "--tagger", "rules", record=clean).status == 0
    assert onrecord("export", "jsonl", record=clean).out == onrecord("export", "jsonl", record=path).out


def test_a_flipped_byte_is_reported(tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "record.db"
    assert (
        onrecord("add", EXAMPLES / "pages" / "01-courier-dam.txt", "--tagger", "rules", record=path).status
        == 0
    )
    with sqlite3.connect(path) as connection:
        (packed,) = connection.execute("SELECT packed FROM originals").fetchone()
        broken = bytearray(packed)
        broken[len(broken) // 2] ^= 1
        connection.execute("UPDATE originals SET packed = ?", (bytes(broken),))
    connection.close()
    ran = onrecord("verify", record=path)
    assert ran.status == 1
    assert "01-courier-dam.txt" in ran.out or "original" in ran.out


@pytest.mark.shared
def test_the_seeds_on_record(tmp_path: Path, shared: Path) -> None:
    """000 and 001 are one story; the date of the one dates the other; readers' comments put no words in mouths."""
    seeds = sorted(str(p) for p in (shared / "seeds").glob("*.txt"))
    gold = json.loads((shared / "seeds" / "gold.json").read_text("utf-8"))["documents"]
    with Record(tmp_path / "record.db") as record:
        assert all(not isinstance(done, library.Rejected) for done in library.add(record, seeds))
        (group,) = record.copy_groups()
        assert [Path(m).name[:3] for m in group.members] == ["000", "001"]
        assert Path(group.earliest).name[:3] == "001"
        dated = next(p for p in record.pages() if Path(p.key.id).name.startswith("000"))
        assert dated.published is not None
        assert dated.published.date[:10] == "2014-07-09"
        name, document = next((n, d) for n, d in gold.items() if n.startswith("000"))
        text = (shared / "seeds" / name).read_bytes().decode()
        start, end = document["statements"][2]["content"][0]  # the first sentence in quotation marks
        first_sentence = text[start:end].split(".")[0].strip('"“')
        answer = record.check(first_sentence, speaker="Vladimir Putin")
        assert answer.verdict.value == "verbatim"
        found = [e for e in record.statements() if e.content.lstrip('"').startswith(first_sentence)]
        assert len(found) == 2
        assert found[0].utterance is not None
        assert found[0].utterance == found[1].utterance
        assert {e.statement.said_on.date for e in found} == {"2014-07-09"}
        comments = next(
            z["span"]
            for z in gold[next(n for n in gold if n.startswith("004"))]["zones"]
            if z["kind"] == "comments"
        )
        for entry in record.statements():
            if Path(entry.page.id).name.startswith("004"):
                assert all(s.end <= comments[0] for s in entry.statement.attribution.content)
        assert list(record.verify()) == []
