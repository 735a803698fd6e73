"""How often each of the rules' patterns is right, on articles in PolNeAR's format: what their scores are.

usage: python -m tests.attributions.measure TRAIN.jsonl [--half 0|1]

A draft is right when some annotator's attribution has its content and its source up to a Jaccard of .5
(words). Patterns that go by the cue table are shown by the table's share; --half looks at every other
article. `scores.txt` beside the word lists is what this prints, by hand.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from onrecord.attributions.drafts import Draft
from onrecord.attributions.quotes import find_quotes
from onrecord.attributions.rules import SOURCELESS, read_rules
from onrecord.text import WORD
from onrecord.types import Span


def main() -> None:
    """Print one line a pattern."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1))
    args = parser.parse_args()
    readings: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in args.articles.read_text(encoding="utf-8").splitlines():
        reading = json.loads(line)
        readings[reading["id"]].append(reading)
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for name, same in readings.items():
        if args.half is not None and zlib.crc32(name.encode()) % 2 != args.half:
            continue
        for pattern, ok in judge(same):
            total[pattern] += 1
            right[pattern] += ok
    for pattern, n in sorted(total.items()):
        print(f"{pattern:<28}{right[pattern] / n:.2f}  of {n}")


def judge(readings: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    """Each draft's pattern, and whether any of the readings has it."""
    text = readings[0]["text"]
    gold = [
        (_words(text, a["content"]), _words(text, a["source"])) for r in readings for a in r["attributions"]
    ]
    by_word: dict[int, set[int]] = defaultdict(set)
    for i, (content, _) in enumerate(gold):
        for word in content:
            by_word[word].add(i)
    out: list[tuple[str, bool]] = []
    for draft in read_rules(text, find_quotes(text)):
        content, source = _spans(text, draft.content), _spans(text, _source_of(draft))
        near = {i for word in content for i in by_word[word]}
        ok = any(_covers(draft, content, gold[i][0]) and _jaccard(source, gold[i][1]) >= 0.5 for i in near)
        out.append((_name(draft), ok))
    return out


def _covers(draft: Draft, content: frozenset[int], gold: frozenset[int]) -> bool:
    """What goes on from the paragraph before is, for PolNeAR, a piece of the attribution there."""
    if draft.pattern in SOURCELESS:
        return len(content & gold) >= 0.8 * len(content)
    return _jaccard(content, gold) >= 0.5


def _source_of(draft: Draft) -> list[Span]:
    """The draft's source; of one that goes on, the source of the one before."""
    for _ in range(50):
        if draft.source or draft.follows is None:
            break
        draft = draft.follows
    return draft.source


def _name(draft: Draft) -> str:
    if draft.share is None:
        return draft.pattern
    return f"{draft.pattern} {int(draft.share * 10) / 10:.1f}"


def _words(text: str, spans: list[list[int]]) -> frozenset[int]:
    return _spans(text, [Span(s, e) for s, e in spans if s < e])


def _spans(text: str, spans: list[Span]) -> frozenset[int]:
    return frozenset(m.start() for s in spans for m in WORD.finditer(text, s.start, s.end))


def _jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    return len(a & b) / len(a | b) if a or b else 1.0


if __name__ == "__main__":
    main()
