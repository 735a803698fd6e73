"""An article inside a mail: the mail's own head, and what its sender wrote above and below the quotation.

In: a bare text's units, the page's text. Out: the units that are the mail's and not the article's. Leaves to `page` the quotation
marks at the lines' start, which are no part of a unit.
"""

from __future__ import annotations

import re

from onrecord.article.units import Units

#: Units from the top in which a mail's head is looked for, and lines of one that make it a head.
HEAD_UNITS, MIN_LINES = 12, 2
#: An article is quoted if so many of a text's words are.
QUOTED_SHARE = 0.6

LABEL = re.compile(r"(?:from|to|cc|bcc|sent|date|subject|reply-to|forwarded by)\s*:\s", re.IGNORECASE)
SUBJECT = re.compile(r"subject\s*:\s*(?:(?:fwd?|re|aw|wg|tr)\s*:\s*)*", re.IGNORECASE)


def mail_units(text: str, units: Units) -> frozenset[int]:
    """The units of a mail's head and, where the article is quoted, those that are not."""
    if units.is_html:
        return frozenset()
    head = [i for i in range(min(HEAD_UNITS, len(units))) if LABEL.match(units.texts[i])]
    if len(head) < MIN_LINES:
        return frozenset()
    quoted = [_is_quoted(text, units.spans[i].start) for i in range(len(units))]
    n_words = sum(len(words) for words in units.words)
    n_quoted = sum(len(words) for words, is_in in zip(units.words, quoted, strict=True) if is_in)
    if n_quoted < QUOTED_SHARE * n_words:
        return frozenset(head)
    return frozenset(head) | {i for i, is_in in enumerate(quoted) if not is_in}


def _is_quoted(text: str, start: int) -> bool:
    """Whether ">" stands before a unit on its line."""
    line = max(text.rfind("\n", max(0, start - 80), start), text.rfind("\r", max(0, start - 80), start)) + 1
    return ">" in text[line:start]
