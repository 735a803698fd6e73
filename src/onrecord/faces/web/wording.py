"""Record's answers in a person's words: days, kinds, verdicts, numbers, initials, links.

In: values of the record. Out: short strings. Leaves the pages' order and looks to the templates.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from onrecord.faces.web.timeline import parse_day
from onrecord.types import (
    AuthorityEvidence,
    CopyEvidence,
    Evidence,
    TextEvidence,
    When,
)

KIND_LABELS = {"direct": "direct", "mixed": "mixed", "indirect": "indirect"}

ZONE_NAMES = {
    "title": "Title",
    "dek": "Standfirst",
    "byline": "Byline",
    "date": "Date",
    "body": "Body",
    "heading": "Heading",
    "caption": "Caption",
    "credit": "Credit",
    "link": "Address of the original",
    "appeal": "Appeal to readers",
    "comments": "Readers’ comments",
    "chrome": "Page furniture",
}

#: The verdict as a headline, and what it means.
VERDICTS = {
    "verbatim": ("On record, word for word", "The record has these very words as a quotation."),
    "abridged": (
        "On record, abridged",
        "The record has these words; what was left out or put in is owned up to with a mark.",
    ),
    "altered": (
        "Altered",
        "The record has a quotation close to this one, with words changed, added or left out without a mark.",
    ),
    "spliced": (
        "Spliced",
        "These words are joined, without a mark, from separate quotations that do not follow each other.",
    ),
    "misattributed": (
        "Misattributed",
        "The words are on record as a quotation, of somebody else.",
    ),
    "reported": (
        "Reported, not quoted",
        "No such quotation is on record, but a paper tells it in indirect speech.",
    ),
    "absent": ("Not on record", "The record has no such quotation."),
}

#: How a report's words differ from the first report's.
VARIANT_WORDS = {
    "typography": "the same words",
    "excerpt": "an excerpt",
    "bracketed": "with brackets",
    "words changed": "words changed",
}

#: What a difference touches.
FLAG_WORDS = {
    "negation": "a negation",
    "number": "a number",
    "name": "a name",
    "modality": "how sure or bound it is",
    "qualifier": "a qualification",
}

#: Verdicts as chips, the good ones first.
VERDICT_WORDS = {
    "verbatim": "Verbatim",
    "abridged": "Abridged",
    "altered": "Altered",
    "spliced": "Spliced",
    "misattributed": "Misattributed",
    "reported": "Reported, not quoted",
    "absent": "Not on record",
    "not checked": "Not checked",
}


def link(path: str, **params: str | int | None) -> str:
    """An address on this site; parameters that are None or empty are left out."""
    query = urlencode({key: value for key, value in params.items() if value not in (None, "")})
    return f"{path}?{query}" if query else path


def many(n: int, one: str, several: str | None = None) -> str:
    """ "1 statement", "2,011 statements"."""
    return f"{n:,} {one if n == 1 else several or one + 's'}"


def day_words(iso: str | None) -> str:
    """ "13 March 2024", "March 2024", "2024"; what is no ISO date stays as it is; None is ""."""
    if not iso:
        return ""
    day = parse_day(iso)
    if day is None:
        return iso
    parts = iso[:10].count("-")
    if parts == 0:
        return str(day.year)
    return f"{day:%B} {day.year}" if parts == 1 else full_day(day)


def full_day(day: date) -> str:
    """ "13 March 2024"."""
    return f"{day.day} {day:%B} {day.year}"


def span_words(first: str | None, last: str | None) -> str:
    """ "13 March to 11 April 2024", one day if both are the same, "" without days."""
    if not first or not last:
        return day_words(first or last)
    if first == last:
        return day_words(first)
    a, b = parse_day(first), parse_day(last)
    if a is None or b is None or len(first) < 10 or len(last) < 10 or a.year != b.year:
        return f"{day_words(first)} to {day_words(last)}"
    return f"{a.day} {a:%B} to {full_day(b)}" if a.month != b.month else f"{a.day} to {full_day(b)}"


def initials(name: str) -> str:
    """Two letters at most that stand for a name: of its first and last capitalized word."""
    words = [w for w in name.replace("-", " ").split() if w[0].isalpha()]
    capitalized = [w for w in words if w[0].isupper()] or words
    if not capitalized:
        return "?"
    if len(capitalized) == 1:
        return capitalized[0][:2].upper()
    return (capitalized[0][0] + capitalized[-1][0]).upper()


def evidence_words(evidence: Evidence, text: str) -> str:
    """What says so, short enough for a note: the page's words, a copy, the markup, an authority."""
    if isinstance(evidence, TextEvidence):
        return f"“{shorten(text[evidence.span.start : evidence.span.end], 60)}”"
    if isinstance(evidence, CopyEvidence):
        return f"from its copy {shorten(evidence.page_id, 60)}"
    if isinstance(evidence, AuthorityEvidence):
        return f"from {shorten(evidence.authority, 60)}"
    return f"from the page’s {evidence.where}"


def when_note(when: When | None) -> str:
    """Where a page's date is from, if that is not the page itself."""
    return "from a copy" if when is not None and isinstance(when.evidence, CopyEvidence) else ""


def shorten(text: str, n_chars: int) -> str:
    """At most `n_chars` characters of one line of the text, cut at a word."""
    text = " ".join(text.split())
    if len(text) <= n_chars:
        return text
    cut = text[: n_chars - 1]
    head, _, _ = cut.rpartition(" ")
    return (head if len(head) > n_chars // 2 else cut).rstrip(" ,;:-–—") + "…"


def share(score: float) -> str:
    """ "93 %": a score as people read it; nothing short of 1 is shown as all."""
    if 0.99 < score < 1:
        return "over 99 %"
    return f"{score:.0%}".replace("%", " %")


def listed(names: Iterable[str]) -> str:
    """ "A, B and C"."""
    names = list(names)
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def sentence(words: str) -> str:
    """The words with a capital and a full stop."""
    words = words.strip()
    return words and words[0].upper() + words[1:] + ("" if words[-1] in ".!?”" else ".")
