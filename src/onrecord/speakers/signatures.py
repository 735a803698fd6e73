"""Letters and posts of readers on one page, each with who wrote it below: "Ana Ruiz." / "Lunt, Ohio", "@harborcat".

In: a page's text. Out: the stretches that such a name stands under. Leaves to others: what is said in them (`pronouns`).
A page of portraits has its names above: there text follows the last of them, and nothing is found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from onrecord.types import Span

#: Lines looked at; of a paragraph of somebody's text, so many words at the least.
MAX_LINES, TEXT_WORDS = 4_000, 8
#: A name alone on its line, or a user name; "Lunt, Ohio" below it.
_NAME = re.compile(
    r"[-–—~]{0,2}\s*(?P<name>(?:(?:Dr|Mr|Mrs|Ms|Prof|Rev)\. )?[A-Z][\w’'-]+(?: (?:[A-Z]\.|[A-Z][\w’'-]+|de|van|von|al|bin)){1,3}(?:,? (?:Jr|Sr)\.)?)"
    r"(?:, (?P<place>[A-Z][\w.’' -]{2,30}(?:, [A-Z][\w. ]{1,14})?))?\.?"
)
_HANDLE = re.compile(r"[-–—~]{0,2}\s*(?P<name>@\w{2,30})\.?")
_PLACE = re.compile(r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){0,3}, [A-Z][\w.]*(?: [A-Z][\w.]*)?\.?")


@dataclass(frozen=True, slots=True)
class Signed:
    """What somebody has written and signed: [start, end), the name, and where that stands."""

    start: int
    end: int
    name: str
    signature: Span


def find_signed(text: str) -> tuple[Signed, ...]:
    """The pieces of a page of letters, in order; () on any other page."""
    whole = islice(re.finditer(r"[^\n]+", text), MAX_LINES)
    lines = [(m.start(), m.group()) for m in whole if not m.group().isspace()]
    out: list[Signed] = []
    begins: int | None = None
    last_text: int | None = None
    n_places = 0
    for n, (at, line) in enumerate(lines):
        bare = line.strip()
        if len(bare.split()) >= TEXT_WORDS:
            begins = at if begins is None else begins
            last_text = at
            continue
        handle = _HANDLE.fullmatch(bare)
        name = handle or (None if _PLACE.fullmatch(bare) else _NAME.fullmatch(bare))
        if name is not None and last_text is not None and begins is not None:
            below = lines[n + 1][1].strip() if n + 1 < len(lines) else ""
            has_place = handle is None and (bool(name["place"]) or _PLACE.fullmatch(below) is not None)
            n_places += has_place
            start = last_text if handle is not None else begins
            where = at + line.index(name["name"])
            out.append(Signed(start, at, name["name"], Span(where, where + len(name["name"]))))
            begins = last_text = None
        elif name is None and begins is not None and not bare.endswith((".", "!", "?", "”", '"')):
            begins = last_text = None  # a heading: what stands above it is somebody else's
    if last_text is not None or (len(out) < 2 and not n_places):
        return ()
    return tuple(out)
