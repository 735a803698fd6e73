"""Which words of a page are quotations, and which of them follow each other.

In: a page's text and its statements. Out: Recorded quotations: the words inside quotation marks that
one speaker spoke on, with the two halves around a "he said" as one. Leaves to others: whose words
they are (statements say so) and what they are compared with.

A statement's bounds may be a little off, and its kind wrong: the marks in the text decide where they
can be paired, the statement where they cannot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.record.folding import words_of
from onrecord.record.results import Candidate, SpeakerRef
from onrecord.record.wording import Wording, joined, read_wording
from onrecord.types import Kind, Span

#: What stands between two halves of one quotation is at most so long: "said A. B., a lawyer at C, who
#: represents D" reaches 174 characters in our examples.
MAX_INTERRUPTION = 300
#: A direct statement of which the marks cover less has lost one of them: then its own bounds hold.
MIN_QUOTED = 0.5
#: No paragraph has more quotation marks that mean anything.
MAX_MARKS = 2_000

_OPENING, _CLOSING = "“„«‟〝‹", "”»〞›"
_MARK = re.compile(r"``|''|[\"＂“”„‟«»〝〞‹›]")
_SINGLE = re.compile(r"[‘’'‚‛]")
_LINE_ENDS = "\r\n\u2028\u2029"
_LINE = re.compile(f"[{_LINE_ENDS}]")
_SENTENCE = re.compile(r"(\w*)[.?!]+[\"'”’)\]]*\s+(?=[A-Z“\"‘])")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch between quotation marks, whole, and the statement it belongs to."""

    span: Span
    statement: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """One quotation on a page: parts that follow each other, and their words (places in the page's text)."""

    page: int
    page_id: str
    parts: tuple[Part, ...]
    speakers: tuple[SpeakerRef, ...]
    wording: Wording

    def parts_of(self, start: int, end: int) -> tuple[Part, ...]:
        """The parts in which words [start, end) stand."""
        words = self.wording.words[start:end]
        return tuple(p for p in self.parts if any(p.span.start <= w.start < p.span.end for w in words))


def quotations(
    text: str, statements: Sequence[Candidate], is_worth: Callable[[str], bool] = bool
) -> tuple[Recorded, ...]:
    """The quotations of one page, in the order of the text.

    is_worth: told a quotation's folded words, whether to read it. What two statements of one speaker hold in common is there once; nested statements of others are
    quotations of their own.
    """
    lines: dict[tuple[int, ...], list[tuple[Part, Candidate]]] = {}
    for statement in statements:
        key = tuple(ref.number for ref in statement.speakers) or (-1,)
        for span in quoted_parts(text, statement):
            lines.setdefault(key, []).append((Part(span, statement.number), statement))
    out = []
    for key, parts in lines.items():
        for run in _runs(text, _apart(parts)):
            if not is_worth(" ".join(words_of(text[p.span.start : p.span.end]) for p, _ in run)):
                continue
            words = joined(read_wording(text[p.span.start : p.span.end], p.span.start) for p, _ in run)
            first = run[0][1]
            speakers = first.speakers if key != (-1,) else ()
            out.append(Recorded(first.page, first.page_id, tuple(p for p, _ in run), speakers, words))
    return tuple(sorted(out, key=lambda r: (r.parts[0].span, r.parts[0].statement)))


def quoted_parts(text: str, statement: Candidate) -> Iterator[Span]:
    """The stretches of a statement's content that stand inside quotation marks, in order."""
    for piece in statement.pieces:
        inside = [s for s in _inside_marks(text, piece) if s]
        n_inside = sum(s.end - s.start for s in inside)
        if (statement.kind is Kind.DIRECT and n_inside < MIN_QUOTED * (piece.end - piece.start)) or (
            not inside and _is_block(text, piece)
        ):
            yield piece
        else:
            yield from inside


def _is_block(text: str, piece: Span) -> bool:
    """Whether a piece is a paragraph of its own that a colon announces: a quotation without marks."""
    line_start, _ = _line(text, piece.start)
    before = text[max(0, line_start - 200) : line_start].rstrip()
    return line_start == piece.start and before.endswith(":")


def follow(text: str, end: int, start: int) -> bool:
    """Whether a quotation that ends at `end` goes on at `start`: only marks, or one "he said", between."""
    gap = text[end:start]
    if len(gap) > MAX_INTERRUPTION:
        return False
    bare = _MARK.sub("", gap).strip(" \t\r\n\u2028\u2029,.;:—–-‘’'")
    if not bare:
        return True
    inner = gap.strip().lstrip(",.?!;:—–- ")
    marks = len(_MARK.findall(inner))
    if _LINE.search(gap) or marks > 2:
        return False
    return sum(1 for m in _SENTENCE.finditer(bare) if len(m[1]) > 4 or m[1].islower()) == 0


def _runs(text: str, parts: Sequence[tuple[Part, Candidate]]) -> Iterator[list[tuple[Part, Candidate]]]:
    run: list[tuple[Part, Candidate]] = []
    for part in parts:
        if run and not follow(text, run[-1][0].span.end, part[0].span.start):
            yield run
            run = []
        run.append(part)
    if run:
        yield run


def _apart(parts: Iterable[tuple[Part, Candidate]]) -> list[tuple[Part, Candidate]]:
    """In order, without what lies in another; two that overlap are one, of the statement with more of it."""
    out: list[tuple[Part, Candidate]] = []
    for part, statement in sorted(parts, key=lambda p: (p[0].span.start, -p[0].span.end, p[0].statement)):
        if not out or part.span.start >= out[-1][0].span.end:
            out.append((part, statement))
            continue
        before, owner = out[-1]
        if part.span.end > before.span.end:
            if part.span.end - part.span.start > before.span.end - before.span.start:
                owner = statement
            out[-1] = Part(Span(before.span.start, part.span.end), owner.number), owner
    return out


# ----------------------------------------------------------------------------------- the marks


def _inside_marks(text: str, piece: Span) -> Iterator[Span | None]:
    """The parts of a piece between quotation marks, as its paragraphs pair them."""
    start = piece.start
    while start < piece.end:
        line_start, line_end = _line(text, start)
        pairs = pair_marks(text[line_start:line_end])
        for a, b in pairs:
            low, high = max(line_start + a, piece.start), min(line_start + b, piece.end)
            if low < high and text[low:high].strip():
                yield Span(low, high)
        start = max(line_end + 1, start + 1)


def _line(text: str, at: int) -> tuple[int, int]:
    """The line around a place, at most 20,000 characters to either side."""
    low, high = max(0, at - 20_000), min(len(text), at + 20_000)
    before = max(text.rfind(c, low, at) for c in _LINE_ENDS)
    after = _LINE.search(text, at, high)
    return (before + 1 if before >= 0 else low), (after.start() if after else high)


def pair_marks(line: str) -> list[tuple[int, int]]:
    """What stands between the outermost quotation marks of one line: [start, end), without the marks.

    A mark that never closes runs to the end of the line (the quotation goes on in the next), one
    that never opened from its beginning. Single marks count where the line has no double ones.
    """
    marks = list(_MARK.finditer(line))[:MAX_MARKS]
    if not marks:
        marks = [m for m in _SINGLE.finditer(line) if _opens(line, m) or _closes_single(line, m)][:MAX_MARKS]
    out: list[tuple[int, int]] = []
    depth, start = 0, 0
    for m in marks:
        if depth and (not _opens(line, m) or m.group() in _CLOSING):
            depth -= 1
            if not depth and start < m.start():
                out.append((start, m.start()))
        elif not depth and not _opens(line, m) and m.group() not in _OPENING:
            if not out and m.start() > 0 and m.group() != "’":
                out.append((0, m.start()))
        else:
            if not depth:
                start = m.end()
            depth += 1
    if depth and start < len(line):
        out.append((start, len(line)))
    return out


def _opens(line: str, m: re.Match[str]) -> bool:
    mark = m.group()
    if mark in _OPENING or mark in ("``", "‘", "‚", "‛"):
        return True
    if mark in _CLOSING or mark == "’":
        return False
    before = line[m.start() - 1] if m.start() else " "
    after = line[m.end()] if m.end() < len(line) else " "
    return not after.isspace() and (before.isspace() or before in "([{—–-“‘/")


def _closes_single(line: str, m: re.Match[str]) -> bool:
    before = line[m.start() - 1] if m.start() else " "
    after = line[m.end()] if m.end() < len(line) else " "
    return before in ".,?!" and not after.isalnum()
