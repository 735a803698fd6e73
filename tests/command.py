"""Runs `onrecord` as a person would, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Ran:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]


def onrecord(*arguments: str | Path, stdin: bytes | None = None, record: Path | None = None) -> Ran:
    command = [sys.executable, "-m", "onrecord", *(["--record", str(record)] if record else [])]
    environment = {k: v for k, v in os.environ.items() if k != "ONRECORD_RECORD"}
    done = subprocess.run(
        [*command, *map(str, arguments)],
        input=stdin or b"",
        capture_output=True,
        timeout=120,
        env=environment,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
