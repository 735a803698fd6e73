"""Cues under which words are not said: "denied calling", "never said", "did not write".

In: a statement's cue. Out: whether it says that its words were not said. What stands under such a cue is nobody's
quotation to the check: an article that debunks words is no source for them.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from onrecord.record.differences import is_negation
from onrecord.record.wording import read_wording


def is_denied(cue: str) -> bool:
    """Whether a cue denies a saying; of two denials ("did not deny calling") the second takes the first back."""
    denied = False
    for word in read_wording(cue).words:
        if is_negation(word) or word.key in _words("denies"):
            denied = not denied
        elif denied and word.key in _words("says"):
            return True
    return False


@cache
def _words(kind: str) -> frozenset[str]:
    text = (files("onrecord.record") / "data" / "denials.txt").read_text(encoding="utf-8")
    pairs = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(word for name, word in pairs if name == kind)
