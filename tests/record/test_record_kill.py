"""A program that is killed while it adds leaves whole pages; the same command goes on from there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from onrecord.record import Record

ADD_FOREVER = """
import sys
sys.path.insert(0, sys.argv[2])
from tests.record.made import page
from onrecord.record import Record
with Record(sys.argv[1]) as record:
    for i in range(int(sys.argv[3])):
        made = page(f"{i:04}", f"<Ana Ruiz> <said> [the dam number {i} is safe]. " * 20)
        if not record.known(made.id, made.raw.sha256):
            record.add(made.raw, made.reading, made.sketch)
            print(i, flush=True)
"""


def test_kill_9_leaves_whole_pages_and_the_same_again_completes_the_record(path: Path) -> None:
    command = [sys.executable, "-c", ADD_FOREVER, str(path), str(Path(__file__).parents[2])]
    with subprocess.Popen([*command, "100000"], stdout=subprocess.PIPE, text=True) as adding:
        assert adding.stdout
        for line in adding.stdout:
            if int(line) >= 20:
                break
        time.sleep(0.01)
        os.kill(adding.pid, signal.SIGKILL)
    with Record(path) as record:
        n_pages = len(record.pages())
        assert n_pages >= 20
        assert record.count() == n_pages * 20
        assert list(record.verify()) == []
    n_pages += 20
    subprocess.run([*command, str(n_pages)], check=True, stdout=subprocess.DEVNULL)
    with Record(path) as record:
        assert [entry.key.id for entry in record.pages(versions=True)] == [f"{i:04}" for i in range(n_pages)]
        assert record.count() == n_pages * 20
        assert list(record.verify()) == []
