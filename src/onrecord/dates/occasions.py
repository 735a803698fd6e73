"""At what it was said: "at a news conference with …", "in an interview with …".

In: text between two offsets. Out: the phrase without its article, with its place. Thin: only phrases that
a preposition brings in, with a noun of the list.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.dates.lists import words
from onrecord.types import Span

#: At most this many words may stand between the preposition and the noun.
_WORDS_BEFORE = 9


@cache
def _pattern() -> re.Pattern[str]:
    nouns = "|".join(sorted((re.escape(n) for n in words("occasions")), key=len, reverse=True))
    word = r"[“‘\"']?[\w.’'&!?-]+[”’\"',]?"
    return re.compile(
        rf"\b(?:at|during|in|on|after|before|to)\s+(?:(?:a|an|the|his|her|their|its|this|that|one|another)\s+)?"
        rf"(?P<what>(?:{word}\s+){{0,{_WORDS_BEFORE}}}?(?P<noun>(?i:{nouns}))\b)"
    )


_WITH = re.compile(
    r"\s+(?:with|by|of|for|between|to|in|at|on)\s+(?:(?:the|a|an|his|her|their)\s+)?[^,.;:“”\"()—]{1,90}"
)
_CUT = re.compile(
    r"\s+(?:on\s+)?(?:late\s+|early\s+)?(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|tonight|last|"
    r"this|that|who|which|where|when|after|before|as|while|and\s+(?:said|he|she)|said|saying|says|to\s+\w+|in\s+which|earlier|"
    r"in\s+(?:January|February|March|April|May|June|July|August|September|October|November|December|\d{4}))\b.*",
    re.DOTALL,
)


#: Words that no occasion's name has before its noun.
_NO_NAME = re.compile(
    r"\b(?:said|says|told|that|who|which|he|she|they|it|is|was|were|has|have|had|to|in|at|on|for|with|a|an|the|her|his|"
    r"received|gave|made|held|will|would|and|but|as|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
)


def find_occasion(text: str, start: int, end: int) -> Span | None:
    """The first phrase in text[start:end] that names an occasion."""
    for m in _pattern().finditer(text, start, min(end, start + 600)):
        before = text[m.start() : m.start("what")].split()[0].lower()
        if before in ("after", "before", "to"):
            continue
        if _NO_NAME.search(text[m.start("what") : m.start("noun")]):
            continue
        stop = m.end()
        tail = _WITH.match(text, stop, end)
        if tail:
            cut = _CUT.search(text, stop, tail.end())
            stop = cut.start() if cut else tail.end()
        while stop > m.end() and not (text[stop - 1].isalnum() or text[stop - 1] in '”’"'):
            stop -= 1
        cut = _CUT.search(text, m.end(), stop)
        return Span(m.start("what"), cut.start() if cut else stop)
    return None
