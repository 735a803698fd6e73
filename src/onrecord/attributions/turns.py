"""Speakers who are named beside their words: transcripts, interviews, signed quotations, posts.

In: text and its paragraphs. Out: for a paragraph, where its speaker, the mark between, and the words stand.
Leaves to others: making attributions of them (`rules`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.attributions.lists import words_of
from onrecord.types import Span

#: "CALDER:", "GEN. RUTH OSEI (to the clerk):", "Q:", "@calder:"
_CAPITALS = re.compile(
    r"(?P<who>@\w{2,30}|[QA](?=\s*:)|[A-Z][A-Z.'’-]+(?:[ ](?:[A-Z][A-Z.'’-]*|\d{1,2})){0,4})"
    r"(?:[ ]?\([^()\n]{1,60}\)|,[ ][^:\n]{1,60})?(?P<mark>[ ]?:)[ ]+(?=\S)"
)
#: "Ines Calder:", believed only where the text has such paragraphs again and again.
_NAME = re.compile(
    r"(?P<who>(?:The[ ])?[A-Z][\w.'’-]{0,30}(?:[ ](?:of[ ]|de[ ]|van[ ])?[A-Z][\w.'’-]{0,30}){0,4})"
    r"(?:[ ]?\([^()\n]{1,60}\))?(?P<mark>[ ]?:)[ ]+(?=\S)"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
#: "The dam is safe. — Ana Ruiz (@anaruiz) March 3, 2019"
_POST = re.compile(
    r"(?P<mark>[—–]|--?)[ ]?(?P<who>[^—–\n()]{2,60}\(@\w{1,30}\))"
    rf"(?:[ ]+(?:{_MONTH}[ ]\d{{1,2}},?[ ]\d{{4}}|\d{{1,2}}[ ]{_MONTH}[ ]\d{{4}}|https?://\S+))?\s*\Z"
)
#: "— Ines Calder, harbour master": the rest of a paragraph after a quotation.
_SIGNED = re.compile(
    r"\s*(?P<mark>[—–―]|--?)\s*(?P<who>(?:@\w+|(?:[a-z]{3,20}[ ]){0,2}[A-Z][\w.'’-]*)(?:[ ][\w.'’&-]+){0,5}(?:,[ ][^.!?\n]{2,80})?)\.?\s*\Z"
)
#: A speaker has at least one turn that ends like a sentence; "Fill: 650 grams of down" tells of a thing.
_SENTENCE_ENDS = frozenset(".?!…—–-\"”’'»)]:,;")
#: Longer first paragraphs are no headlines.
MAX_HEADLINE = 120
#: Longer paragraphs are no posts.
MAX_POST = 1000


@dataclass(frozen=True, slots=True)
class Turn:
    """Who speaks, the colon or dash between, and the words, where they are in the same paragraph."""

    who: Span
    mark: Span
    words: Span | None


def find_turns(text: str, paragraphs: Sequence[Span]) -> dict[int, Turn]:
    """Paragraphs (by number) that begin with their speaker's name and a colon.

    A name in capitals, a handle, Q or A is believed wherever it stands; another name only if at least two
    paragraphs in three have one, or it comes back, and a turn of theirs ends like a sentence; or at the head of the text ("Study: bees move north"). A label in
    capitals that is a common word ("PRICE:") is a name only if it comes back among as many other turns.
    """
    found: dict[int, Turn] = {}
    labels: dict[int, Turn] = {}
    named: dict[int, re.Match[str]] = {}
    for n, p in enumerate(paragraphs):
        match = _CAPITALS.match(text, p.start, p.end)
        if match:
            label = match["who"].lower().rstrip(".")
            (labels if label in words_of("labels") else found)[n] = _turn(match, p.end)
            continue
        match = _NAME.match(text, p.start, p.end)
        if match and match["who"].lower() not in words_of("labels"):
            named[n] = match
    found = {n: turn for n, turn in found.items() if _says_something(text, turn)}
    if len(found) >= len(labels):  # "PRICE:" among other people's turns, and again, is Mr Price
        again = Counter(text[turn.who.start : turn.who.end] for turn in labels.values())
        found |= {n: t for n, t in labels.items() if again[text[t.who.start : t.who.end]] > 1}
    if not named:
        return found
    spoken = {m["who"] for n, m in named.items() if text[paragraphs[n].end - 1] in _SENTENCE_ENDS}
    often = Counter(m["who"] for m in named.values() if m["who"] in spoken)
    dialogue = len(named) + len(found) >= 2 and 3 * (len(named) + len(found)) >= 2 * len(paragraphs)
    for n, match in named.items():
        heads = n == 0 and paragraphs[n].end - paragraphs[n].start <= MAX_HEADLINE
        heads = heads and len(match["who"].split()) <= 2 and text[paragraphs[n].end - 1] not in ".:"
        turn = _turn(match, paragraphs[n].end)
        says = match["who"] in spoken and (dialogue or often[match["who"]] > 1)
        if (says or heads) and _says_something(text, turn):
            found[n] = turn
    return found


def _says_something(text: str, turn: Turn) -> bool:
    """More than a figure: "Calder: 547." is a result, no turn."""
    words = turn.words
    return words is not None and any(c.isalpha() for c in text[words.start : words.start + 80])


def _turn(match: re.Match[str], end: int) -> Turn:
    mark = Span(match.end("mark") - 1, match.end("mark"))
    return Turn(Span(*match.span("who")), mark, Span(match.end(), end))


def find_post(text: str, paragraph: Span) -> Turn | None:
    """A post with its author's name and handle at its end."""
    if paragraph.end - paragraph.start > MAX_POST:
        return None
    match = _POST.search(text, paragraph.start, paragraph.end)
    if match is None:
        return None
    end = match.start()
    while end > paragraph.start and text[end - 1].isspace():
        end -= 1
    words = Span(paragraph.start, end) if end > paragraph.start else None
    return Turn(Span(*match.span("who")), Span(*match.span("mark")), words)


def find_signature(text: str, start: int, end: int) -> Turn | None:
    """A dash and a name that fill text[start:end]."""
    if not 0 < end - start <= 160:
        return None
    match = _SIGNED.match(text[start:end])
    if match is None:
        return None
    who, mark = match.span("who"), match.span("mark")
    return Turn(Span(start + who[0], start + who[1]), Span(start + mark[0], start + mark[1]), None)
