"""The main job on the example pages: `make demo`.

Puts examples/pages on record in build-demo/record.db, prints what a newcomer wants to see, and says
how to open the web page. Everything it prints comes from the commands that it names.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
RECORD = Path("build-demo") / "record.db"
ONRECORD = [sys.executable, "-m", "onrecord", "--record", str(RECORD)]


def heading(text: str) -> None:
    print(f"\n\033[1m{text}\033[0m" if sys.stdout.isatty() else f"\n== {text}", flush=True)


def run(*arguments: str, allow: tuple[int, ...] = (0,), shown: bool = True, head: int | None = None) -> str:
    """Runs `onrecord ...`, prints the command and what it says, and stops the demo if it fails."""
    if shown:
        print("$ onrecord " + shlex.join(arguments), flush=True)
    done = subprocess.run(
        [*ONRECORD, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False
    )
    lines = done.stdout.splitlines()
    if shown:
        print("\n".join("  " + line for line in lines[:head]))
        if head and len(lines) > head:
            print(f"  … {len(lines) - head} lines more")
    if done.returncode not in allow:
        raise SystemExit(f"onrecord {arguments[0]} ended with exit status {done.returncode}")
    return done.stdout


def main() -> None:
    (ROOT / RECORD).parent.mkdir(exist_ok=True)
    for file in (ROOT / RECORD).parent.glob("record.db*"):
        file.unlink()
    heading("Pages go in: saved HTML, text that lost its HTML, a small corpus")
    run("add", "examples/pages")
    heading("Documents")
    run("show", head=24)
    heading("The same article, published more than once")
    run("copies")
    heading("Who is on record")
    run("speakers", head=14)
    heading("One search")
    run("search", "dam", "--limit", "3")
    heading('"Did they really say this?" One quotation for each verdict')
    cases = [
        json.loads(line) for line in (ROOT / "examples/checks.jsonl").read_text("utf-8").splitlines() if line
    ]
    seen = set()
    for case in cases:
        if case["verdict"] in seen:
            continue
        seen.add(case["verdict"])
        speaker = ["--speaker", case["speaker"]] if case["speaker"] else []
        run("check", case["quote"], *speaker, allow=(0, 1), head=12)
    heading("Every span, re-read from the stored originals")
    run("verify")
    heading("See it in your browser")
    print("  make serve        then open http://127.0.0.1:8321/")
    print(f"  or: .venv/bin/onrecord --record {RECORD} serve")


if __name__ == "__main__":
    main()
