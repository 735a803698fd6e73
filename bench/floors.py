"""Runs the scorers over what onrecord reads and holds the floors of floors.toml.

    python -m bench.floors --shared ../shared [--only seeds]

In: the folder with the scorers and their data. Out: every figure, and exit status 1 where one is
under its floor. Leaves the figures' meaning to the scorers' own help.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from bench import copies, meaning

HERE = Path(__file__).parent
ONRECORD = [sys.executable, "-m", "onrecord"]


def run(command: list[str], output: Path | None = None, *, allow: tuple[int, ...] = (0,)) -> str:
    """The command's standard output, also written to a file if one is named."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    if done.returncode not in allow:
        raise SystemExit(f"{' '.join(command[:6])} …: exit status {done.returncode}")
    if output:
        output.write_text(done.stdout, encoding="utf-8")
    return done.stdout


def score(script: Path, *arguments: str | Path) -> dict[str, object]:
    out = run([sys.executable, str(script), *map(str, arguments), "--json"])
    figures = json.loads(out)
    return {
        k: (v["f1"] if "f1" in v else v.get("r", v)) if isinstance(v, dict) else v for k, v in figures.items()
    }


def read(paths: list[Path], work: Path, name: str, *more: str | Path) -> Path:
    out = work / f"{name}.jsonl"
    run([*ONRECORD, "read", *map(str, paths), "--format", "jsonl", "--workers", "2", *map(str, more)], out)
    return out


def seeds(shared: Path, work: Path) -> dict[str, object]:
    pages = sorted((shared / "seeds").glob("*.txt"))
    return score(shared / "eval/score_seeds.py", shared / "seeds", read(pages, work, "seeds"))


def attributions(shared: Path, work: Path) -> dict[str, object]:
    dev = shared / "data/polnear/dev.jsonl"
    return score(shared / "eval/score_attributions.py", dev, read([dev], work, "dev"))


def speakers(shared: Path, work: Path) -> dict[str, object]:
    dev = shared / "data/polnear/dev.jsonl"
    read_file = work / "dev.jsonl"
    if not read_file.exists():
        read([dev], work, "dev")
    return score(shared / "eval/score_speakers.py", dev, shared / "data/speakers/dev.jsonl", read_file)


def speakers_given(shared: Path, work: Path) -> dict[str, object]:
    dev = shared / "data/polnear/dev.jsonl"
    done = read([dev], work, "dev-given", "--attributions", dev)
    return score(shared / "eval/score_speakers.py", dev, shared / "data/speakers/dev.jsonl", done)


def pages(shared: Path, work: Path) -> dict[str, object]:
    files = sorted((shared / "data/pages").glob("*.html.gz"))
    return score(shared / "eval/score_pages.py", shared / "data/pages/gold.jsonl", read(files, work, "pages"))


def pages_text(shared: Path, work: Path) -> dict[str, object]:
    files = sorted((shared / "data/pages-text").glob("*.txt"))
    return score(
        shared / "eval/score_pages.py", shared / "data/pages/gold.jsonl", read(files, work, "pages-text")
    )


def check(shared: Path, work: Path) -> dict[str, object]:
    record, cases = work / "check.db", shared / "data/check/cases.jsonl"
    run([*ONRECORD, "--record", str(record), "add", str(shared / "data/polnear/dev.jsonl"), "--workers", "2"])
    answers = work / "answers.jsonl"
    command = [*ONRECORD, "--record", str(record), "check", "--cases", str(cases), "--format", "jsonl"]
    run(command, answers, allow=(0, 1))
    return score(shared / "eval/score_check.py", cases, answers)


def groups(shared: Path, work: Path) -> dict[str, object]:
    record, train = work / "groups.db", shared / "data/polnear/train.jsonl"
    run([*ONRECORD, "--record", str(record), "add", str(train), "--workers", "2"])
    utterances, copies = work / "utterances.jsonl", work / "copies.jsonl"
    run([*ONRECORD, "--record", str(record), "export", "utterances"], utterances)
    run([*ONRECORD, "--record", str(record), "copies", "--format", "jsonl"], copies, allow=(0, 1))
    return score(shared / "eval/score_groups.py", shared / "data/groups/dev.json", utterances, copies, train)


def made_copies(shared: Path, work: Path) -> dict[str, object]:
    figures = copies.measure(shared)
    return {
        "precision": figures.precision,
        "recall": figures.recall,
        "copies": figures.found + figures.missed,
    }


def told(shared: Path, work: Path) -> dict[str, object]:
    return dict(meaning.figures())


SUITES = {
    "seeds": seeds,
    "attributions": attributions,
    "speakers": speakers,
    "speakers-given": speakers_given,
    "pages": pages,
    "pages-text": pages_text,
    "check": check,
    "groups": groups,
    "made-copies": made_copies,
    "told": told,
}
#: Figures of which less is better; their floor is a ceiling.
CEILINGS = {
    "tuned, not there",
    "held, not there",
    "false comfort",
    "false alarm",
    "named wrong",
    "invented",
    "repeat",
    "other",
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--only", nargs="*", choices=SUITES, default=None)
    args = parser.parse_args()
    if not (args.shared / "eval").is_dir():
        print(f"{args.shared}: no scorers there; nothing to measure")
        return 0
    floors = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
    under = []
    with tempfile.TemporaryDirectory() as folder:
        for name in args.only or floors:
            print(f"{name}", flush=True)
            figures = SUITES[name](args.shared, Path(folder))
            for key, value in figures.items():
                floor = floors.get(name, {}).get(key)
                holds = floor is None or (value <= floor if key in CEILINGS else value >= floor)
                mark = "" if floor is None else f"   {'at most' if key in CEILINGS else 'at least'} {floor}"
                print(
                    f"  {key:<24}{value:.3f}{mark}"
                    if isinstance(value, float)
                    else f"  {key:<24}{value}{mark}"
                )
                if not holds:
                    under.append(f"{name}: {key} is {value:.3f}, floor {floor}")
    for line in under:
        print("UNDER ITS FLOOR  " + line)
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main())
