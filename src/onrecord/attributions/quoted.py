"""Who is quoted is who speaks: in "the Herald quoted Ruiz as saying “…”" the words are Ruiz's, not the Herald's.

In: a text, rows in the making. Out: the same rows, with the one who is quoted as their source.
Leaves to others: passives ("Ruiz was quoted as saying"), whose subject speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.attributions.clauses import is_finite
from onrecord.attributions.drafts import Draft
from onrecord.attributions.tokens import tokens_of
from onrecord.text import trimmed
from onrecord.types import Span

#: Whoever is quoted is named in no more characters than this.
MAX_NAME = 100
_QUOTES = re.compile(r"(?:\A|\s)(?:quot(?:e|es|ed|ing)|cit(?:e|es|ed|ing))(?:\s+from)?\Z", re.IGNORECASE)
_ONLY_QUOTES = re.compile(r"(?:\A|\s)quot(?:e|es|ed|ing)\Z", re.IGNORECASE)  # who cites a figure says so
_NAME = rf"\s+(?:from\s+)?(?P<name>[^\s“”\"«»„:;\n][^“”\"«»„:;\n]{{1,{MAX_NAME}}}?)"
_AS_SAYING = re.compile(
    _NAME
    + r"\s+(?P<saying>as\s+(?:having\s+(?:said|told|written|warned)|saying|telling|writing|warning|claiming|stating|asking)\b)[\s,:]*"
)
_MARK = re.compile("[“”\"«»„:]|''|``")
_INTRODUCED = re.compile(
    _NAME + r"(?:,? (?:on|in|at|from|last|this)\b[^“”\"«»„:;\n]{0,40})?:\s*(?=[“\"«„'‘`])"
)


def name_quoted(text: str, rows: Sequence[Draft]) -> list[Draft]:
    """The rows; those whose cue quotes somebody have that one as their source, and only the words as their content."""
    sayings: dict[int, Draft] = {}
    for row in rows:
        if not row.cue or not row.content or not _QUOTES.search(text[row.cue[-1].start : row.cue[-1].end]):
            continue
        at = row.cue[-1].end
        said = _AS_SAYING.match(text, at, at + 2 * MAX_NAME)
        match = said or _INTRODUCED.match(text, at, at + 2 * MAX_NAME)
        if match is None or any(s.end <= row.cue[0].start for s in row.content):
            continue
        name = trimmed(text, *match.span("name"))
        left = [Span(max(s.start, match.end()), s.end) for s in row.content if s.end > match.end()]
        if name is None or not left or _is_clause(text, name):
            continue
        row.source = [Span(name.start, name.start + len(text[name.start : name.end].rstrip(",")))]
        row.content = left
        if said is not None:
            row.cue = [*row.cue, Span(*said.span("saying"))]
            sayings[said.end("saying")] = row
    return [r for r in rows if not r.cue or sayings.get(r.cue[-1].end, r) is r]


def names_only(text: str, row: Draft) -> bool:
    """Whether a cue that quotes is followed by nothing but whom: "the Herald, quoting Ruiz, reported"."""
    if not row.cue or not _ONLY_QUOTES.search(text[row.cue[-1].start : row.cue[-1].end]):
        return False
    return not any(_is_clause(text, s) or _MARK.search(text, s.start, s.end) for s in row.content)


def _is_clause(text: str, name: Span) -> bool:
    return any(is_finite(item) for items in tokens_of(text, name) for item in items)
