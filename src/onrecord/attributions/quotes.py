"""Quotations: which stretches of a text stand between quotation marks, of every style.

In: text, whole paragraphs separated by newlines. Out: `Quote`s in the order of the text, with their depth,
which of their marks are there, and which one goes on from the paragraph before.
Leaves to others: whose words they are (`rules`, `repair`), and whether they are anybody's
(`is_speech` tells what looks like speech from what looks like a title or a scare quote).

Marks are read paragraph by paragraph, on a stack, so that the time is linear in the number of marks
whatever they are. A mark that has lost its partner is repaired inside its own sentence, and says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from onrecord.attributions.lists import words_of
from onrecord.text import WORD, paragraphs, trimmed
from onrecord.types import Span

#: Deeper nesting than this is noise: the outermost open mark is then given up.
MAX_DEPTH = 4

#: Two single marks that stand for a double one come first; three are told apart in `_marks`.
_MARK = re.compile(r"'''|''|``|‘‘|’’|[\"“”„‟«»〝〞＂'‘’‚‛‹›`´]")
_DOUBLE = frozenset('"“”„‟«»〝〞＂') | {"''", "``", "‘‘", "’’"}
_ANGLED = frozenset("«»")
_OPENS = frozenset("“„‟«〝") | {"``", "‘‘"}
_CLOSES = frozenset("”»〞") | {"''", "’’"}
_BEFORE_OPENING = frozenset("([{<—–-/―‒:;,.…*•☒☐|>=~_#")
_AFTER_CLOSING = frozenset(".,;:!?)]}…—–-/―‒*|☒☐<>")
_SENTENCE_END = re.compile(r"[.!?…][)\]]*(?=\s+\S)")
#: A reporting clause right after a comma: where a quotation that lost its closing mark most likely ended.
_SAID = (
    r"(?:said|says|told|added|adds|asked|replied|wrote|tweeted|explained|insisted|noted|continued|recalled"
    r"|argued|warned|stressed|claimed)"
)
_DECADE = re.compile(r"\d\ds?")
_SAID_COMMA = re.compile(rf"\b{_SAID}, ?\Z")
_NAME = r"(?:he|she|they|it|I|we|(?:the|a|his|her|their)(?:[ ][\w'’-]{1,30}){1,3}?|[A-Z][\w.’'-]{0,40}(?:[ ][A-Z][\w.’'-]{0,40}){0,3})"
_REPORTING_CLAUSE = re.compile(rf"[,?!][ ]+(?={_NAME}[ ]{_SAID}\b|{_SAID}[ ]{_NAME}\b)")


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation, [start, end) with its marks, [inner_start, inner_end) without.

    depth: how many others it lies in. opened, closed: whether that mark stands in the text; a repaired
    quotation has lost one, a continued one need not have it. continues: index of the quotation of the
    paragraph before that goes on here.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    depth: int
    is_double: bool
    opened: bool = True
    closed: bool = True
    continues: int | None = None
    goes_on: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def is_repaired(self) -> bool:
        """One mark is lost: it neither stands there nor is left out because the speech goes on."""
        return not (self.opened or self.continues is not None) or not (self.closed or self.goes_on)


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    glyph: str
    can_open: bool
    can_close: bool


@dataclass(slots=True)
class _Open:
    mark: _Mark
    first_child: int | None = None  # where the first quotation inside it begins


@lru_cache(maxsize=1)  # the rules and a tagger ask of the same text, one after the other
def find_quotes(text: str) -> tuple[Quote, ...]:
    """Every quotation of the text, sorted by start, the outer before the inner."""
    out: list[Quote] = []
    unclosed: int | None = None  # index of the quotation that ran open to the end of the last paragraph
    spans = list(paragraphs(text))
    for n, paragraph in enumerate(spans):
        marks = _marks(text, paragraph)
        if not marks:
            unclosed = None
            continue
        doubles, lost_opening, open_at_end = _doubles(text, paragraph, marks)
        singles, open_single = _singles(text, marks, doubles)
        found = doubles + singles
        following = text[spans[n + 1].start] if n + 1 < len(spans) else ""
        if open_single is not None and following and following == text[open_single.start]:
            # an apostrophe, unless the next paragraph opens with the same mark
            going_on = _quote(open_single.start, paragraph.end, open_single.end, paragraph.end)
            found.append(replace(going_on, is_double=False, closed=False))
            open_at_end = open_single.start if open_at_end is None else open_at_end
        if not found:
            unclosed = None
            continue
        found = _nested(found)
        first = len(out)
        begins = found[0].start == _first_word_or_mark(text, paragraph) or lost_opening
        if unclosed is not None and begins and found[0].is_double == out[unclosed].is_double:
            before = out[unclosed]
            end = _paragraph_end(text, before.start)
            out[unclosed] = replace(before, end=end, inner_end=end, goes_on=True)
            found[0] = replace(found[0], continues=unclosed)
            if not found[0].opened:
                start = _first_word_or_mark(text, paragraph)
                found[0] = replace(found[0], start=start, inner_start=start)
        out.extend(found)
        unclosed = None
        if open_at_end is not None:
            for i in range(first, len(out)):
                if out[i].start == open_at_end:
                    unclosed = i
    return tuple(out)


def _marks(text: str, paragraph: Span) -> list[_Mark]:
    out: list[_Mark] = []
    for m in _MARK.finditer(text, paragraph.start, paragraph.end):
        start, end = m.span()
        if m.group() == "'''":
            # a single mark inside a double one: the double is the outer of the two
            opening = start == paragraph.start or text[start - 1].isspace()
            cut = start + 2 if opening else start + 1
            out.append(_mark(text, paragraph, start, cut))
            out.append(_mark(text, paragraph, cut, end))
        else:
            out.append(_mark(text, paragraph, start, end))
    return out


def _mark(text: str, paragraph: Span, start: int, end: int) -> _Mark:
    before = text[start - 1] if start > paragraph.start else " "
    after = text[end] if end < paragraph.end else " "
    before = " " if unicodedata.category(before) == "Cf" else before
    after = " " if unicodedata.category(after) == "Cf" else after
    marks_before = before in "\"“„‟«〝＂'‘‚‹`" or before in _BEFORE_OPENING
    can_open = not after.isspace() and after not in ".,;:!?)]}" and (before.isspace() or marks_before)
    if text.startswith("...", end) or after == "…":
        can_open = before.isspace() or marks_before
    can_close = not before.isspace() and (
        after.isspace() or after in _AFTER_CLOSING or after in "\"”〞»＂'’›´"
    )
    return _Mark(start, end, text[start:end], can_open, can_close)


def _doubles(text: str, paragraph: Span, marks: Sequence[_Mark]) -> tuple[list[Quote], bool, int | None]:
    """Quotations in double marks; whether the first lost its opening; start of one open at the end."""
    out: list[Quote] = []
    stack: list[_Open] = []
    lost_opening = False
    floor = paragraph.start  # a repaired beginning never reaches over the quotation before
    for mark in marks:
        if mark.glyph not in _DOUBLE:
            continue
        angled = mark.glyph in _ANGLED
        top = stack[-1] if stack and (stack[-1].mark.glyph in _ANGLED) == angled else None
        if top is None and angled and stack:
            top = next((o for o in reversed(stack) if o.mark.glyph in _ANGLED), None)
        if top is None and not angled and stack:
            top = next((o for o in reversed(stack) if o.mark.glyph not in _ANGLED), None)
        if _is_opening(mark, top, text):
            if stack and stack[-1].first_child is None:
                stack[-1].first_child = mark.start
            stack.append(_Open(mark))
            if len(stack) > MAX_DEPTH:
                del stack[0]
        elif top is not None:
            while stack[-1] is not top:
                stack.pop()
            stack.pop()
            if mark.start > top.mark.end:
                out.append(_quote(top.mark.start, mark.end, top.mark.end, mark.start))
                floor = max(floor, mark.end)
        elif not _is_inches(mark, text):
            start = _sentence_start(text, floor, mark.start)
            if start is not None and start < mark.start:
                lost_opening = lost_opening or not out
                out.append(replace(_quote(start, mark.end, start, mark.start), opened=False))
            floor = mark.end
    open_at_end: int | None = None
    for entry in stack:
        mark = entry.mark
        limit = entry.first_child if entry.first_child is not None else paragraph.end
        whole = entry.first_child is None and entry is stack[-1]
        end = _lost_end(text, mark.end, limit)
        if end is not None and end > mark.end:
            out.append(replace(_quote(mark.start, end, mark.end, end), closed=False))
            if whole:
                open_at_end = mark.start
    out.sort(key=lambda q: (q.start, -q.end))
    return out, lost_opening, open_at_end


def _quote(start: int, end: int, inner_start: int, inner_end: int) -> Quote:
    return Quote(start, end, inner_start, inner_end, depth=0, is_double=True)


def _is_opening(mark: _Mark, top: _Open | None, text: str) -> bool:
    glyph = mark.glyph
    if top is None:
        if glyph in _OPENS:
            return mark.can_open or not mark.can_close
        if glyph in _CLOSES:
            introduced = _SAID_COMMA.search(text, max(0, mark.start - 12), mark.start) is not None
            return (mark.can_open and not mark.can_close) or introduced
        return mark.can_open or not mark.can_close
    if glyph == "“":
        return top.mark.glyph not in "„‟" and not (mark.can_close and not mark.can_open)
    if glyph == "«":
        return top.mark.glyph != "»" and not (mark.can_close and not mark.can_open)
    if glyph in _OPENS:
        return True
    if glyph in _CLOSES:
        return False
    return mark.can_open and not mark.can_close


def _is_inches(mark: _Mark, text: str) -> bool:
    return mark.glyph in ('"', "''", "”") and mark.start > 0 and text[mark.start - 1].isdigit()


def _sentence_start(text: str, floor: int, end: int) -> int | None:
    """Start of the sentence that holds the word before `end`, not before `floor`."""
    start = floor
    low = max(floor, end - 2000)
    if low > floor:
        start = low
    before_mark = max(low, end - 2)  # the full stop right before the mark is the quotation's own
    for end_of_sentence in sentence_ends(text, low, before_mark):
        start = end_of_sentence
    span = trimmed(text, start, end)
    if span is None:
        return None
    first = span.start
    while first < end and not (text[first].isalnum() or text[first] in "[(…$£€'‘"):
        first += 1
    return first


def sentence_ends(text: str, start: int, end: int) -> Iterator[int]:
    """Ends of the sentences in text[start:end] that blank space follows, marks at the end included."""
    for m in _SENTENCE_END.finditer(text, start, end):
        if text[m.start()] == "." and _is_abbreviation(text, start, m.start()):
            continue
        yield m.end()


def _is_abbreviation(text: str, start: int, stop: int) -> bool:
    """Whether the full stop at `stop` belongs to an initial or an abbreviation."""
    first = stop
    while first > max(start, stop - 12) and (text[first - 1].isalpha() or text[first - 1] == "."):
        first -= 1
    word = text[first:stop].lower()
    return (len(word) == 1 and text[first].isupper() and word != "i") or word in words_of("abbreviations")


def _lost_end(text: str, start: int, limit: int) -> int | None:
    """Where a quotation without a closing mark ends: before a reporting clause, else at `limit`."""
    span = trimmed(text, start, limit)
    if span is None:
        return None
    clause = _REPORTING_CLAUSE.search(text, span.start, min(span.end, span.start + 2000))
    if clause:
        return clause.start() + 1
    if limit < len(text) and text[limit] not in "\r\n\u2028\u2029":
        # another quotation follows in the paragraph: only the first sentence is safe
        return next(sentence_ends(text, span.start, span.end), span.end)
    return span.end


def _singles(text: str, marks: Sequence[_Mark], doubles: Sequence[Quote]) -> tuple[list[Quote], _Mark | None]:
    """Quotations in single marks, and the last mark that opens one and never closes it.

    An apostrophe is none, and a lone mark is not repaired.
    """
    candidates: list[tuple[_Mark, int]] = []
    spans = sorted((q.start, q.end, i) for i, q in enumerate(doubles))
    stack: list[tuple[int, int]] = []
    at = 0
    for mark in marks:
        if mark.glyph in _DOUBLE:
            continue
        while at < len(spans) and spans[at][0] <= mark.start:
            stack.append((spans[at][1], spans[at][2]))
            at += 1
        while stack and stack[-1][0] <= mark.start:
            stack.pop()
        if _is_apostrophe(mark, text):
            continue
        candidates.append((mark, stack[-1][1] if stack else -1))
    by_region: dict[int, list[_Mark]] = {}
    for mark, region in candidates:
        by_region.setdefault(region, []).append(mark)
    out: list[Quote] = []
    open_at_end: _Mark | None = None
    for region, marks in by_region.items():
        found, unclosed = _pair_singles(text, marks)
        out += found
        if region < 0:
            open_at_end = unclosed
    return out, open_at_end


def _pair_singles(text: str, marks: Sequence[_Mark]) -> tuple[list[Quote], _Mark | None]:
    out: list[Quote] = []
    unclosed: _Mark | None = None
    i = 0
    while i < len(marks):
        opening = marks[i]
        i += 1
        if not _opens_single(opening, text):
            continue
        closers: list[_Mark] = []
        while i < len(marks) and not _opens_single(marks[i], text):
            if _closes_single(marks[i]):
                closers.append(marks[i])
            i += 1
        closing = _best_closing(text, opening, closers)
        unclosed = opening if closing is None else None
        if closing is not None:
            quote = _quote(opening.start, closing.end, opening.end, closing.start)
            out.append(replace(quote, is_double=False))
    return out, unclosed


def _is_apostrophe(mark: _Mark, text: str) -> bool:
    before = text[mark.start - 1] if mark.start else " "
    after = text[mark.end] if mark.end < len(text) else " "
    return before.isalnum() and after.isalnum()


def _opens_single(mark: _Mark, text: str) -> bool:
    if mark.glyph in "’›´" or not mark.can_open:
        return False
    word = WORD.match(text, mark.end)
    if word is None:
        return True
    return word.group().lower() not in words_of("elisions") and not _DECADE.fullmatch(word.group())


def _closes_single(mark: _Mark) -> bool:
    return mark.glyph not in "‘‚‛‹`" and mark.can_close


def _best_closing(text: str, opening: _Mark, closers: Sequence[_Mark]) -> _Mark | None:
    """The mark that closes: one after punctuation, else one that is no plural's apostrophe, else the last."""
    closers = [c for c in closers if c.start > opening.end]
    if not closers:
        return None
    for c in closers:
        if text[c.start - 1] in ".,!?…;":
            return c
    for c in closers:
        if text[c.start - 1] not in "sS":
            return c
    return closers[-1]


def _nested(found: list[Quote]) -> list[Quote]:
    """The quotations sorted, crossing ones dropped, each with its depth."""
    found.sort(key=lambda q: (q.start, -q.end))
    out: list[Quote] = []
    ends: list[int] = []
    for quote in found:
        while ends and ends[-1] <= quote.start:
            ends.pop()
        if ends and quote.end > ends[-1]:
            continue  # crosses the one around it
        out.append(replace(quote, depth=len(ends)))
        ends.append(quote.end)
    return out


def _first_word_or_mark(text: str, paragraph: Span) -> int:
    """The paragraph's first letter, figure or quotation mark: bullets and ballot boxes do not count."""
    for i in range(paragraph.start, min(paragraph.end, paragraph.start + 40)):
        if text[i].isalnum() or _MARK.match(text, i) or text[i] in "[($£€…":
            return i
    return paragraph.start


def _paragraph_end(text: str, start: int) -> int:
    m = re.compile(r"[\r\n\u2028\u2029]").search(text, start)
    span = trimmed(text, start, m.start() if m else len(text))
    return span.end if span else start + 1


def top_quotes(quotes: Sequence[Quote]) -> list[Quote]:
    """The outermost quotations, in order."""
    return [q for q in quotes if q.depth == 0]


def is_speech(text: str, quote: Quote) -> bool:
    """Whether a quotation looks like somebody's speech rather than a title, a term or a scare quote.

    Speech has at least three words and either ends like a clause inside its marks (comma, full stop,
    question mark, dash), or is long, or has a small word that titles and terms do not begin with.
    """
    inner = text[quote.inner_start : min(quote.inner_end, quote.inner_start + 4000)].strip()
    words = [m.group() for m in WORD.finditer(inner)]
    if inner[:1] in "<>":
        return False  # what is left of markup
    if len(words) < 2:
        return bool(words) and quote.is_double and inner[-1:] in "!?" and inner[:1].isupper()
    capitalised = sum(w[0].isupper() or w[0].isdigit() for w in words)
    small = sum(w in words_of("title_small") for w in words)
    like_title = len(words) <= 12 and capitalised + small == len(words) and capitalised >= 2
    ends_like_clause = inner[-1:] in ".,!?…—–-" or text[quote.end : quote.end + 1] in ("—",)
    if like_title and not _has_person(words):
        return False
    if len(words) >= 8:
        return True
    if ends_like_clause and len(words) >= 3:
        return True
    if ends_like_clause and inner[:1].isupper():
        return True
    return len(words) >= 3 and _has_person(words)


def _has_person(words: Sequence[str]) -> bool:
    """Whether somebody speaks of themselves or to somebody: "I", "you", "we're"."""
    persons = words_of("persons")
    return any(w.lower().split("'")[0].split("’")[0] in persons for w in words)
