"""Transcripts: lines that begin with their speaker's name in capitals and a colon are the article's own.

In: units and how likely each is a paragraph. Out: the same, with the turns of a transcript, and the short lines
between them, made sure of. Leaves to others: who takes the turn (`speakers`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.article.units import Units

#: "CALDER: ...", "GEN. RUTH OSEI (R-Lunt): ...", "OSEI, COUNCILLOR: ..."
_TURN = re.compile(
    r"[A-Z][A-Z.'’-]+(?:[ ][A-Z][A-Z.'’-]*){0,4}(?:[ ]?\([^()\n]{1,60}\)|,[ ][^:\n]{1,60})?[ ]?:[ ]+\S"
)
#: Fewer turns, of fewer people, or mostly of people who speak but once, are labels of something else ("PHOTOS: ...").
MIN_TURNS, MIN_SPEAKERS = 4, 2
#: Units without a name between two turns that still belong to the conversation.
MAX_BETWEEN = 8
#: How sure a turn is; well over what makes a paragraph.
SURE = 0.95


def with_turns(units: Units, scores: Sequence[float]) -> Sequence[float]:
    """The scores, with those of a transcript's lines raised; the same object where the page is no transcript."""
    first_of: dict[str, int] = {}
    for i, text in enumerate(units.texts):
        if ":" in text and _TURN.match(text):
            first_of.setdefault(text, i)  # a line that comes again is a menu's
    turns = sorted(first_of.values())
    n_of = Counter(_speaker(units.texts[i]) for i in turns)
    again = sum(n for n in n_of.values() if n > 1)
    if len(turns) < MIN_TURNS or len(n_of) < MIN_SPEAKERS or 2 * again < len(turns):
        return scores
    raised = list(scores)
    for i, after in zip(turns, [*turns[1:], turns[-1] + 1], strict=True):
        for k in range(i, after) if after - i <= MAX_BETWEEN else (i,):
            raised[k] = max(raised[k], SURE)
    return raised


def _speaker(turn: str) -> str:
    return re.split(r"[:(,]", turn, maxsplit=1)[0].strip()
