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
#: From a verb to the end of the preposition behind it.
MAX_OF = 6
#: Verbs of speaking about somebody, and what follows them where that somebody is their subject: "accused of arson".
_OBJECTLESS = {
    "accused": ("of",),
    "suspected": ("of",),
    "convicted": ("of",),
    "acquitted": ("of",),
    "cleared": ("of",),
    "charged": ("with",),
    "credited": ("with", "for"),
    "blamed": ("for", "by"),
    "criticised": ("for", "by", "over"),
    "criticized": ("for", "by", "over"),
    "praised": ("for", "by"),
    "mocked": ("for", "by"),
    "denounced": ("for", "by", "as"),
    "condemned": ("for", "by"),
    "hailed": ("for", "by", "as"),
    "slammed": ("for", "by", "over"),
}
_FACING = re.compile(
    r"\b(?:fac(?:e|es|ed|ing)|met with|amid|despite|drew|drawing|drawn|sparked|sparking|under)\s+(?:\w+\s+){0,2}"
    r"(?:complaints?|criticisms?|questions|calls|accusations?|claims?|allegations?|charges)(?:\s+(?:that|of))?\Z"
)
_WHERE = re.compile(r"\s(?:in|from|at|across|over|near|throughout|around)(?:\s+the)?\s*\Z")
_PASSIVE_OF_ANY = re.compile(
    r"\b(?:is|are|was|were|be|been|being|as)\s+(?:\w+ly\s+)?\w+(?:ed|en|cast|seen)\s(?:in|from|at|across|over|near|throughout|around)(?:\s+the)?\s*\Z"
)
#: What no headline ends with.
_ENDS = tuple(".!?:;…”\"'’»")


def without_addressees(text: str, rows: Sequence[Draft]) -> None:
    """Take from the rows the sources that are told and do not tell, and from contents the subject that is asked."""
    for row in rows:
        if _begins_with_the_asked(text, row):
            row.content = row.content[1:]
        if not row.source or not row.cue or not row.content:
            continue
        if row.source[0].start >= row.cue[-1].end:
            if _is_a_place(text, row):
                row.source = []
            continue
        if row.source[-1].end > row.cue[0].start:
            continue
        cue = row.cue[-1]
        if (
            _faces(text, row)
            or _is_passive(text, cue)
            or _is_accused(text, row)
            or _lacks_its_auxiliary(text, row)
        ):
            row.source = []


@cache
def _passive() -> re.Pattern[str]:
    """A form of "be", adverbs, and a participle of telling at the end; a word that belongs to what is told may follow it."""
    return re.compile(
        r"(?:\b(?:is|are|was|were|be|been|being|am|gets?|got)|[’'](?:re|m))\s+"
        rf"(?:(?:\w+ly|also|not|never|now|then|once|all|both|again|being)\s+){{0,2}}(?:{_participles()})(?:\s+(?:to(?:\s+[a-z]+)?|that|of|about))?\Z",
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


#: Verbs whose subject, where they are passive, is told or asked what follows, and is no part of it.
_ASKED = re.compile(
    r"(?:asked|told|informed|reminded|pressed|questioned|quizzed|warned)(?: that| about| of)?\Z"
)


def _begins_with_the_asked(text: str, row: Draft) -> bool:
    """Whether the content's first piece is who is asked: "Ruiz was asked, “…”"."""
    if not row.cue or len(row.content) < 2:
        return False
    first, cue = row.content[0], row.cue[0]
    if first.end > cue.start or text[first.end : cue.start].strip() or row.content[1].start < cue.end:
        return False
    if text.startswith("to ", row.content[1].start) or not _is_passive(text, cue):
        return False
    return _ASKED.search(text, cue.start, cue.end) is not None


def _faces(text: str, row: Draft) -> bool:
    """Whether the source only meets with what others say: "leaders scrambled after facing complaints that"."""
    start = row.source[-1].end
    near = max(start, row.cue[0].start - NEAR)
    return _FACING.search(text, near, row.cue[-1].end) is not None


def _is_a_place(text: str, row: Draft) -> bool:
    """Whether the source behind a passive is where something is so: "storms are expected from Orlo to Vale"."""
    cue, source = row.cue[-1], row.source[0]
    if _WHERE.search(text, cue.start, source.start) is None:
        return False
    return _PASSIVE_OF_ANY.search(text, max(0, cue.start - NEAR), source.start) is not None


def _is_accused(text: str, row: Draft) -> bool:
    """Whether a verb that takes a person as its object has none: "a baker accused of arson" accuses nobody."""
    source, cue, content = row.source[-1], row.cue[-1], row.content[0]
    if text[source.end : cue.start].strip(" ,") or not cue.end <= content.start <= cue.end + MAX_OF:
        return False
    words = f"{text[cue.start : cue.end]} {text[cue.end : content.start + MAX_OF]}".lower().split()
    return len(words) > 1 and words[1] in _OBJECTLESS.get(words[0], ())


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
