"""What a press release says under its end: notes to editors, who the house is, whom to ring.

In: Units and kinds in which the paragraphs are marked. Out: the same list, those under the end marked as furniture. The end
is a line that says so ("Notes to editors", "-ENDS-"), or a heading "About …" with a name, where most of the article
stands above and nobody is quoted below. English; the phrases are `lists/end_marks.txt`.
Leaves to others: appeals and biographies, which no line announces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.article.lexicon import Phrases, load_phrases
from onrecord.article.units import Units, rows_of
from onrecord.types import ZoneKind

#: How many of the article's words stand above its end, at least; above an "About …", which a chapter may be called, too.
MIN_ABOVE: Final = 0.5
MIN_ABOVE_ABOUT: Final = 0.6
#: Words of the longest heading "About …", and paragraphs that may stand under it.
MAX_ABOUT_WORDS: Final = 7
MAX_ABOUT_PARAGRAPHS: Final = 4
_BODY: Final = ZoneKind.BODY
_ABOUT: Final = re.compile(r"(?:\W{0,3})(?i:about) (?:the )?(?P<name>[A-Z].*)")
_QUOTES: Final = re.compile('["“”«»]')


def mark_end_notes(units: Units, kinds: list[ZoneKind | None]) -> None:
    """Mark the paragraphs under the article's end."""
    body = rows_of(kinds, _BODY)
    if not body:
        return
    total = sum([len(units.words[i]) for i in body])
    above, ends = 0, load_phrases("end_marks")
    for i in range(body[-1] + 1):
        if above >= MIN_ABOVE * total and (
            _is_end(units.words[i], ends) or (above >= MIN_ABOVE_ABOUT * total and _is_about(units, i, body))
        ):
            for k in (k for k in body if k >= i):
                kinds[k] = ZoneKind.CHROME
            return
        if kinds[i] is _BODY:
            above += len(units.words[i])


def _is_end(words: tuple[str, ...], ends: Phrases) -> bool:
    """Whether a line says that the release ends here."""
    return len(words) <= 4 and ends.is_whole(words)


def _is_about(units: Units, i: int, body: Sequence[int]) -> bool:
    """Whether a line is a heading over what the house says of itself: few paragraphs, none of which quotes."""
    if units.stops[i] or not 2 <= len(units.words[i]) <= MAX_ABOUT_WORDS:
        return False
    m = _ABOUT.fullmatch(units.texts[i])
    if m is None or not all(word[:1].isupper() or len(word) <= 3 for word in m["name"].split()):
        return False
    below = [k for k in body if k > i]
    return len(below) <= MAX_ABOUT_PARAGRAPHS and not any(_QUOTES.search(units.texts[k]) for k in below)
