"""Who is told something, and so does not say it: "residents were urged to leave", "Residents urged to leave".

In: a text and its attributions as drafts. Out: the same drafts, without sources that are the subject of a passive verb of
telling. Leaves to others: who did the telling; nobody is named for it, unless a "by" names him.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onrecord.attributions.drafts import Draft
from onrecord.attributions.lists import words_of
from onrecord.types import Span

#: Characters before a verb in which its auxiliary stands, and of a line without a full stop that may be a headline.
NEAR, MAX_LINE = 60, 200
#: What no headline ends with.
_ENDS = tuple(".!?:;…”\"'’»")


def without_addressees(text: str, rows: Sequence[Draft]) -> None:
    """Take from the rows the sources that are told and do not tell."""
    for row in rows:
        if not row.source or not row.cue or not row.content or row.source[-1].end > row.cue[0].start:
            continue
        if _is_passive(text, row.cue[-1]) or _lacks_its_auxiliary(text, row):
            row.source = []


@cache
def _passive() -> re.Pattern[str]:
    """A form of "be", adverbs, and a participle of telling at the end; a word that belongs to what is told may follow it."""
    return re.compile(
        r"(?:\b(?:is|are|was|were|be|been|being|am|gets?|got)|[’'](?:re|m))\s+"
        rf"(?:(?:\w+ly|also|not|never|now|then|once|all|both|again|being)\s+){{0,2}}(?:{_participles()})(?:\s+(?:to|that|of|about))?\Z",
        re.IGNORECASE,
    )


@cache
def _bare() -> re.Pattern[str]:
    return re.compile(rf"({_participles()})(?:\s+(to|of|about))?", re.IGNORECASE)


def _participles() -> str:
    return "|".join(sorted(words_of("told")))


def _is_passive(text: str, cue: Span) -> bool:
    """Whether the cue's verb is passive: "were urged", "had been told that"; the auxiliary may stand before the cue."""
    return _passive().search(text, max(0, cue.end - NEAR), cue.end) is not None


def _lacks_its_auxiliary(text: str, row: Draft) -> bool:
    """Whether nobody stands between a verb of telling and what is told: "Residents urged to leave", "Voters warned of queues".

    "Asked to", "warned of" and "told about" are so in headlines alone: elsewhere somebody may have asked to see a letter.
    """
    source, cue, content = row.source[-1], row.cue[-1], row.content[0]
    match = _bare().fullmatch(text, cue.start, cue.end)
    if match is None or len(row.cue) > 1 or text[source.end : cue.start].strip():
        return False
    if text[cue.end : content.start].strip():
        return False
    after = match[2] or text[content.start : content.start + 8].split(" ")[0]
    if after.lower() not in ("to", "of", "about", "against", "over"):
        return False
    return (after.lower() == "to" and match[1].lower() != "asked") or _in_headline(text, source, cue)


def _in_headline(text: str, source: Span, cue: Span) -> bool:
    """Whether a clause stands in a line without a full stop, and begins like a headline's: with no article or pronoun."""
    rest, _, _ = text[cue.start : cue.start + MAX_LINE + 1].partition("\n")
    line = (text[max(0, cue.start - MAX_LINE - 1) : cue.start].rpartition("\n")[2] + rest).rstrip()
    first = text[source.start : source.end].split()[0].lower()
    return (
        len(line) <= MAX_LINE
        and not line.endswith(_ENDS)
        and first not in words_of("determiners")
        and first not in words_of("subjects")
    )
