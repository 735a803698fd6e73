"""docs/check.md: its examples are those of examples/checks.jsonl, and it names what the code has."""

from __future__ import annotations

import json
import re
from pathlib import Path

from onrecord.record import Verdict
from onrecord.text import folded_words

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docs/check.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\w+) \| [^|]+ \| (“[^|]+?”)(?: ([^|?]+)\?)? \|([^|]*)\|$", TEXT, re.M)
CASES = [
    json.loads(line) for line in (ROOT / "examples/checks.jsonl").read_text("utf-8").splitlines() if line
]


def plain(words: str) -> list[str]:
    return [word for word, _ in folded_words(words)]


def test_every_verdict_has_an_example_that_is_checked() -> None:
    assert sorted(verdict for verdict, *_ in ROWS) == sorted(Verdict)
    known = {(c["verdict"], tuple(plain(c["quote"])), c["speaker"]) for c in CASES}
    for verdict, quote, speaker, _ in ROWS:
        assert (verdict, tuple(plain(quote)), speaker or None) in known, quote


def test_what_is_said_to_be_on_record_stands_in_the_examples() -> None:
    pages = (ROOT / "examples/pages").glob("*.*t*")
    words = " ".join(" ".join(plain(re.sub(r"<[^>]+>", " ", p.read_text("utf-8", "replace")))) for p in pages)
    quoted = [q for *_, record in ROWS for q in re.findall(r"“([^”]{20,}?)[,.]? ?…?”", record)]
    assert len(quoted) >= 5
    for quote in quoted:
        assert " ".join(plain(quote)) in words, quote
