"""The paper's own name over a bare text's article: in its first line, or where a copyright line under it says the same.

In: Units, the headline's unit, who is credited. Out: a name. Leaves to `metadata` what markup, addresses and appeals say.
"""

from __future__ import annotations

import re

from onrecord.article.headline import is_masthead
from onrecord.article.metadata import letters_of
from onrecord.article.times import find_time
from onrecord.article.units import Units

#: Units from the top in which "The Harbour Ledger" names the paper, and those in which a credit's name is looked for.
TOP_UNITS, HEAD_UNITS = 3, 40
_MARK = re.compile(r"\s*[,|–—·•]\s*")
#: Words of the longest line that is a running head.
MAX_WORDS = 6


def find_masthead(units: Units, title: int | None) -> str | None:
    """The name of a paper that stands by itself over the headline, or beside the date under it."""
    if units.is_html or title is None:
        return None
    for i in range(min(TOP_UNITS, title)):
        text = _before_date(units.texts[i]) or units.texts[i]
        stands_alone = i == 0 and units.gaps[1] > 0
        if is_masthead(text) and (stands_alone or text.split()[0].lower() == "the"):
            return text.title() if text.isupper() else text
    for beside in map(_before_date, units.texts[title + 1 : title + 1 + TOP_UNITS]):
        if beside and is_masthead(beside):
            return beside
    return None


def _before_date(text: str) -> str | None:
    """What stands before the date in a line, up to the first mark; None in a line without a date."""
    time = find_time(text)
    return _MARK.split(text[: time.start], maxsplit=1)[0].strip() if time else None


def is_own_credit(units: Units, title: int | None, credited: str) -> bool:
    """Whether the name that a credit gives also stands over the headline: a paper's own copyright line."""
    name = letters_of(credited)
    above = range(min(title, HEAD_UNITS)) if title is not None else ()
    return any(len(units.words[i]) <= MAX_WORDS and name in letters_of(units.texts[i]) for i in above)
