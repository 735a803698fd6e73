"""Attributions that somebody has marked: a corpus with spans, instead of a reader.

In: the lines of a corpus, {"id", "text", "attributions": [{"source", "cue", "content"}]}, each role a list of
[start, end) code points of "text". Out: a `Marks`, which knows for a page what was marked in its very text.
Leaves to others: who the sources are. Several lines of one id (readers who differ) are taken together.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.attributions.kinds import Marked, kind_of
from onrecord.attributions.quotes import find_quotes
from onrecord.errors import InputError
from onrecord.types import Attribution, Span

#: A text with more attributions, or a file with more texts, was marked by no person.
MAX_ATTRIBUTIONS, MAX_TEXTS = 20_000, 2_000_000
#: Pieces of one source, cue or content.
MAX_PIECES = 100
_ROLES = ("source", "cue", "content")

_Spans = tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]


@dataclass(frozen=True, slots=True)
class Marks:
    """What was marked, by page id. sha256: of the lines; texts: id -> (a hash of the text, the spans)."""

    label: str
    sha256: str
    texts: Mapping[str, tuple[str, tuple[_Spans, ...]]]

    def only(self, page_id: str) -> Marks:
        """The marks of one page: what a worker is sent."""
        found = self.texts.get(page_id)
        return Marks(self.label, self.sha256, {} if found is None else {page_id: found})

    def attributions(self, page_id: str, text: str) -> tuple[Attribution, ...] | str:
        """The page's attributions, sorted by where they begin; else why there are none, for a person."""
        if page_id not in self.texts:
            return f"{self.label} has no line with this id; read the page without --attributions"
        digest, marked = self.texts[page_id]
        if digest != _digest(text):
            return f"{self.label} marks another text under this id; its offsets are not this page's"
        return _attributions(text, marked)


def parse_marks(lines: Iterable[str], label: str) -> Marks:
    """What a corpus marks. InputError names the line that is no object of the shape above, or whose spans are
    not of its text. An attribution without content is passed over: it says nothing."""
    whole = hashlib.sha256()
    texts: dict[str, tuple[str, tuple[_Spans, ...]]] = {}
    for number, line in enumerate(lines, 1):
        whole.update(line.encode("utf-8", "replace"))
        if not line.strip():
            continue
        if len(texts) >= MAX_TEXTS:
            raise InputError(f"{label}, line {number}: more than {MAX_TEXTS} texts; split the file")
        where = f"{label}, line {number}"
        page_id, text, rows = _parse_line(line, where)
        found = tuple(filter(None, (_parse_spans(row, len(text), where) for row in rows)))
        digest = _digest(text)
        if page_id in texts:
            before, already = texts[page_id]
            if before != digest:
                raise InputError(f"{where}: {page_id} stands in the file with another text; give each its id")
            found = tuple(dict.fromkeys((*already, *found)))[:MAX_ATTRIBUTIONS]
        texts[page_id] = (digest, found)
    return Marks(label, whole.hexdigest(), texts)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _parse_line(line: str, where: str) -> tuple[str, str, Sequence[Any]]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: no JSON ({str(error).splitlines()[0]}); mend or drop it") from error
    if not isinstance(value, dict):
        raise InputError(f"{where}: expected an object with id, text and attributions")
    page_id, text, rows = value.get("id"), value.get("text"), value.get("attributions")
    if not isinstance(page_id, str | int) or isinstance(page_id, bool) or not isinstance(text, str):
        raise InputError(f'{where}: expected an "id" (a string or a number) and a "text" (a string)')
    if not isinstance(rows, list):
        raise InputError(f'{where}: no "attributions" (a list); each has source, cue and content')
    if len(rows) > MAX_ATTRIBUTIONS:
        raise InputError(f"{where}: {len(rows)} attributions, the limit is {MAX_ATTRIBUTIONS}")
    return str(page_id), text, rows


def _parse_spans(row: Any, n_chars: int, where: str) -> _Spans | None:
    """The spans of one attribution in the order of the text; None without content."""
    if not isinstance(row, dict):
        raise InputError(f"{where}: an attribution is no object; it has source, cue and content")
    roles = []
    for role in _ROLES:
        pieces = row.get(role) or []
        if not isinstance(pieces, list) or len(pieces) > MAX_PIECES:
            raise InputError(f"{where}: {role} is no list of at most {MAX_PIECES} [start, end)")
        spans = []
        for piece in pieces:
            if not (isinstance(piece, list) and len(piece) == 2 and all(type(x) is int for x in piece)):
                raise InputError(f"{where}: {role} {str(piece)[:40]}, expected [start, end)")
            if not 0 <= piece[0] < piece[1] <= n_chars:
                raise InputError(
                    f"{where}: {role} {piece} is empty or outside the text of {n_chars} characters"
                )
            spans.append(Span(piece[0], piece[1]))
        roles.append(tuple(sorted(spans)))
    source, cue, content = roles
    return (source, cue, content) if content else None


def _attributions(text: str, marked: Sequence[_Spans]) -> tuple[Attribution, ...]:
    rows = sorted(marked, key=lambda row: (min(s.start for role in row for s in role), row[2], row))
    quotes = Marked.of(find_quotes(text))
    return tuple(
        Attribution(source, cue, content, kind_of(text, content, quotes, cue), 1.0, parent=parent)
        for (source, cue, content), parent in zip(rows, _parents(rows), strict=True)
    )


def _parents(rows: Sequence[_Spans]) -> list[int | None]:
    """For each, in order of where it begins, the number of the shortest one whose content holds all of it."""
    out: list[int | None] = []
    around: list[tuple[int, int, int]] = []  # where a content begins, where it ends, whose it is
    for i, row in enumerate(rows):
        start, end = min(s.start for role in row for s in role), max(s.end for role in row for s in role)
        around = [a for a in around if a[1] > start][-MAX_PIECES:]
        holding = [(b - a, k) for a, b, k in around if a <= start and end <= b]
        out.append(min(holding)[1] if holding else None)
        around.append((row[2][0].start, row[2][-1].end, i))
    return out
