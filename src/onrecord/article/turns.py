"""Transcripts: lines that begin with their speaker's name in capitals and a colon are the article's own.

In: units and how likely each is a paragraph. Out: the same, with the turns of a transcript, and the short lines
between them, made sure of; the line over the first turn that says what it is a transcript of. Leaves to others: who
takes the turn (`speakers`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from onrecord.article.signs import BY, Sign
from onrecord.article.units import Units

#: "CALDER: ...", "GEN. RUTH OSEI (R-Lunt): ...", "OSEI, COUNCILLOR: ..."
_TURN: Final = re.compile(
    r"[A-Z][A-Z.'’-]+(?:[ ][A-Z][A-Z.'’-]*){0,4}(?:[ ]?\([^()\n]{1,60}\)|,[ ][^:\n]{1,60})?[ ]?:[ ]+\S"
)
_HEADINGS: Final = (None, Sign.DATE, Sign.BYLINE)
#: Fewer turns, of fewer people, or mostly of people who speak but once, are labels of something else ("PHOTOS: ...").
MIN_TURNS: Final = 4
MIN_SPEAKERS: Final = 2
#: Units without a name between two turns that still belong to the conversation.
MAX_BETWEEN: Final = 8
#: Units over the first turn in which a transcript's heading stands, and its words.
HEAD_UNITS: Final = 6
MIN_HEAD_WORDS: Final = 2
MAX_HEAD_WORDS: Final = 30
#: How sure a turn is; well over what makes a paragraph.
SURE: Final = 0.95


def with_turns(units: Units, scores: tuple[float, ...]) -> tuple[float, ...]:
    """The scores, with those of a transcript's lines raised; the same object where the page is no transcript."""
    first_of: dict[str, int] = {}
    for i, text in enumerate(units.texts):
        if is_turn(text):
            first_of.setdefault(text, i)  # a line that comes again is a menu's
    turns = sorted(first_of.values())
    if len(turns) < MIN_TURNS:
        return scores
    n_of = Counter(_speaker(units.texts[i]) for i in turns)
    again = sum(n for n in n_of.values() if n > 1)
    if len(n_of) < MIN_SPEAKERS or 2 * again < len(turns):
        return scores
    raised = list(scores)
    for i, after in zip(turns, [*turns[1:], turns[-1] + 1], strict=True):
        for k in range(i, after) if after - i <= MAX_BETWEEN else (i,):
            raised[k] = max(raised[k], SURE)
    return tuple(raised)


def is_turn(text: str) -> bool:
    """Whether a line begins with its speaker's name in capitals and a colon."""
    return ":" in text and _TURN.match(text) is not None


def find_heading(units: Units, signs: Sequence[Sign | None]) -> int | None:
    """The first line over the first turn of a transcript that has words of its own and no "By"; None where there is none.

    "Sunday Table, 12 April 2026 — full transcript" names the programme, not who wrote it.
    """
    first = next((i for i, text in enumerate(units.texts) if is_turn(text)), len(units))
    for i in range(first if first <= HEAD_UNITS else 0):
        is_long_enough = MIN_HEAD_WORDS <= len(units.words[i]) <= MAX_HEAD_WORDS
        if is_long_enough and signs[i] in _HEADINGS and not BY.match(units.texts[i]):
            return i
    return None


def _speaker(turn: str) -> str:
    """The last word of the name: "SEN. DEREK QUILL" speaks on as "QUILL"."""
    return re.split(r"[:(,]", turn, maxsplit=1)[0].split()[-1]
