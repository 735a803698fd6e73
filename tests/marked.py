"""Our notation for attributions: a text with its sources, cues and contents marked in it.

    marked("<source>Ana Ruiz</source> <cue>said</cue> <content>the dam is safe</content>.")

returns the text without the marks and the attributions that a careful reader would find, sorted as
`find_attributions` sorts them. With several attributions each mark carries the attribution's number;
a role may be marked in several pieces, and marks may lie in each other:

    <content 1>"It holds,"</content> <source 1>Ruiz</source> <cue 1>said</cue>. <content 1>"For now."</content>
    <source 1><source 2>He</source></source> <cue 1>said</cue> <content 1>it held</content>, <cue 2>adding</cue> ...

A content may say what its attribution hangs on: `<content 2 in 1>` is nested in attribution 1;
`<content 2 after 1>` has no source and goes on from the speaker of attribution 1. `</content 2>` closes
that one where the innermost is not meant. Kinds are those of `kind_of`; scores are 1.

`cases(path)` reads a file of such texts, each after a line `=== train` or `=== test`; `#` lines before
the first are its comment. What stands under `train` may train a model; `test` is only for testing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.attributions.kinds import kind_of
from onrecord.attributions.quotes import find_quotes
from onrecord.types import Attribution, Span

_MARK = re.compile(r"<(/?)(source|cue|content)(?: (\d+))?(?: (in|after) (\d+))?>")
_CASE = re.compile(r"^=== (train|test)\n", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One marked text of a case file."""

    name: str
    part: str
    text: str
    attributions: tuple[Attribution, ...]


def marked(notation: str) -> tuple[str, tuple[Attribution, ...]]:
    """The plain text, and the attributions marked in it; ValueError for a mark without its partner."""
    parts: list[str] = []
    n = at = 0
    open_marks: list[tuple[str, int, int]] = []
    spans: dict[int, dict[str, list[Span]]] = {}
    parents: dict[int, int] = {}
    speakers: dict[int, int] = {}
    for m in _MARK.finditer(notation):
        parts.append(notation[at : m.start()])
        n += m.start() - at
        at = m.end()
        role, number = m[2], int(m[3]) if m[3] else None
        if not m[1]:
            open_marks.append((role, number or 1, n))
            spans.setdefault(number or 1, {"source": [], "cue": [], "content": []})
            if m[4]:
                (parents if m[4] == "in" else speakers)[number or 1] = int(m[5])
            continue
        fits = [o for o in open_marks if o[0] == role and (number is None or o[1] == number)]
        if not fits:
            raise ValueError(f"{m.group()} at {m.start()} closes nothing in {notation!r}")
        open_marks.remove(fits[-1])
        spans[fits[-1][1]][role].append(Span(fits[-1][2], n))
    if open_marks:
        raise ValueError(f"<{open_marks[-1][0]}> is not closed in {notation!r}")
    parts.append(notation[at:])
    text = "".join(parts)
    quotes = find_quotes(text)

    def begins(number: int) -> tuple[int, int]:
        row = spans[number]
        first = min(s.start for s in (*row["content"], *row["cue"]))
        return first, -max(s.end for s in row["content"])

    order = sorted(spans, key=begins)
    index = {number: i for i, number in enumerate(order)}
    found: list[Attribution] = []
    for number in order:
        source, cue, content = (tuple(sorted(spans[number][r])) for r in ("source", "cue", "content"))
        found.append(
            Attribution(
                source,
                cue,
                content,
                kind_of(text, content, quotes, cue),
                1.0,
                index.get(parents.get(number, -1)),
                index.get(speakers.get(number, -1)),
            )
        )
    return text, tuple(found)


def cases(path: Path) -> Iterator[Case]:
    """The cases of a file, in order; names are FILE:NUMBER."""
    pieces = _CASE.split(path.read_text(encoding="utf-8"))
    for number, (part, notation) in enumerate(zip(pieces[1::2], pieces[2::2], strict=True), 1):
        text, attributions = marked(notation.strip("\n"))
        yield Case(f"{path.stem}:{number}", part, text, attributions)
