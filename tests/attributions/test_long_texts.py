"""Long and odd texts: read without an error, in linear time, in little memory. `bench.long_texts` has the figures."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from onrecord.attributions import attributions_of
from onrecord.attributions.neural import NeuralTagger
from onrecord.models import load_scorer

STORY = (
    "“The dam is safe,” Ana Ruiz said on Tuesday. “Nobody need leave.” She told the council that the 'old wall' "
    "would hold, adding: “For now.”\n\nBo Lind denied it. According to him, the ministry knew.\n\n"
)
ODD = {
    "no letter": "12.5% 17,000 (3) — 4:30\n" * 1_000,
    "marks": '"' * 10_000,
    "opening marks": "“" * 10_000,
    "mixed marks": "«“‘\"'" * 2_000,
    "one word": "a" * 100_000,
    "one sentence": "and the dam said that " * 3_000,
    "colons": "RUIZ: " * 5_000,
    "Greek": "Ο δήμαρχος είπε ότι «το φράγμα είναι ασφαλές». " * 200,
    "Chinese": "市长说：“大坝是安全的。”没有人需要离开。" * 300,
    "Arabic": "قالت العمدة: «السد آمن». " * 300,
    "Thai": "นายกเทศมนตรีกล่าวว่า “เขื่อนปลอดภัย” " * 300,
    "surrogates of emoji": "👩‍👩‍👧‍👦 “safe” " * 500,
    "nothing": "\n\n \u200b\n",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_are_read_by_the_rules(name: str) -> None:
    text = ODD[name] * (10 if name == "marks" else 1)  # 100,000 of them
    for found in attributions_of(text):
        assert all(0 <= span.start < span.end <= len(text) for span in found.content)


@pytest.mark.weights
def test_odd_texts_are_read_by_the_weights() -> None:
    tagger = NeuralTagger(load_scorer("fast"))
    for text in ODD.values():
        for found in attributions_of(text[:3_000], tagger):
            assert all(0 <= span.start < span.end <= len(text) for span in found.content)


def test_a_long_text_takes_linear_time() -> None:
    def seconds(text: str) -> float:
        start = time.process_time()
        attributions_of(text)
        return time.process_time() - start

    seconds(STORY)
    short, long = STORY * 60, STORY * 240
    assert min(seconds(long) for _ in range(2)) < 8 * max(min(seconds(short) for _ in range(3)), 0.01)


@pytest.mark.weights
def test_memory_does_not_grow_with_the_text() -> None:
    code = (
        "import resource; from onrecord.pipeline import attributions_of; "
        f"attributions_of({STORY!r} * 150, tagger='fast'); "
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    peak = int(done.stdout) / (1e6 if sys.platform == "darwin" else 1e3)
    assert peak < 600
