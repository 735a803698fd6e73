"""To whom it was said, where the text says so: "told reporters", "warned Putin of".

In: an attribution and a way to name what words mean. Out: an Addressee or None. Thin: only what stands
right after the cue is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.speakers import lists
from onrecord.speakers.cast import Cast
from onrecord.types import Addressee, Attribution, Span, TextEvidence

_STOP = re.compile(
    r"\s*(?:[,.;:!?“”\"(\[]|''|``|\s(?:that|in|on|at|during|after|before|of(?!\s+(?-i:[A-Z]))|about|to|how|why|what|whether|if|when|where|"
    r"against|last|this|earlier|via|by|as|for|not|he|she|they|it|we|you|I|there|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday|yesterday|today|late|early|over|from|with|while|and then|is|was|are|were|will|would)\b)",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    {"that", "himself", "herself", "themselves", "several", "twice", "again", "many", "once", "repeatedly"}
)
#: What is told, and not whom.
_TOLD = frozenset(
    {"the truth", "a lie", "lies", "a story", "the story", "stories", "a joke", "jokes", "tales", "time"}
)
#: Nouns that an "of" belongs to: "told hundreds of supporters".
_MANY = re.compile(
    r"\b(?:hundreds|thousands|dozens|scores|crowds?|groups?|audience|gathering|members|handful|room|panel)\s*$"
)
#: Words of an addressee beyond this are something else.
MAX_WORDS = 9


def find_addressee(
    cast: Cast, attribution: Attribution, name_at: Callable[[int, int], str | None]
) -> Addressee | None:
    """Whom the cue's verb is followed by: the name if known, else the article's words."""
    if not attribution.cue:
        return None
    text = cast.layout.text
    verbs = lists.words("telling_verbs")
    for cue in attribution.cue:
        tokens = cast.layout.tokens_between(cue.start, cue.end)
        k = next((k for k, t in enumerate(tokens) if t.lower in verbs), None)
        if k is None or (tokens[k].lower == "address" and k and not tokens[k - 1].lower.endswith("to")):
            continue
        here = cast.layout.sentence_at(cue.start)
        if here < 0:
            return None
        limit = min(cast.layout.sentences[here].end, tokens[k].end + 120)
        for content in attribution.content:
            if content.start > tokens[k].end:
                limit = min(limit, content.start)
        start = tokens[k].end
        m = _STOP.search(text, start, limit)
        while m and m.group().strip().lower() == "of" and _MANY.search(text, start, m.start()):
            m = _STOP.search(text, m.end(), limit)
        end = m.start() if m else limit
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and not text[end - 1].isalnum():
            end -= 1
        words = text[start:end].split()
        if not words or len(words) > MAX_WORDS or words[0][0].isdigit() or words[0].lower() in _NOBODY:
            return None
        if start != tokens[k].end + 1 and text[tokens[k].end : start].strip():
            return None
        phrase = " ".join(words)
        if phrase.lower() in _TOLD:
            return None
        named = name_at(start, end)
        if named is None or (phrase.startswith(f"{named} of ") and words[-1][0].isupper()):
            named = phrase  # "told Daughters of the Harbour"
        return Addressee(named, TextEvidence(Span(start, end)))
    return None
