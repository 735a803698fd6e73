"""Where a tagged attribution's parts begin and end, put right by the sentence that they stand in.

In: a text, a tagger's rows, the rules' drafts, the outermost quotations. Out: the same rows, changed.
Leaves to others: quotation marks (`repair`), and finding any of them.

Three things that a reader of single words gets wrong and a sentence tells: a content before its "X said" begins
where the sentence does; a cue without a subject of its own ("..., adding that") has the subject of the cue
before it; a relative clause behind a name is not what names the speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.attributions.clauses import is_finite
from onrecord.attributions.drafts import Draft
from onrecord.attributions.lists import words_of
from onrecord.attributions.quotes import Quote
from onrecord.attributions.tokens import tokens_of
from onrecord.text import WORD, overlap, paragraphs, sentences
from onrecord.types import Span

#: From an adjunct to the clause that it leads to: "led", ", at the end of a long day,".
MAX_BETWEEN = 40
#: More rows than these of one source are a list.
MAX_VERBS = 12
#: Nothing longer is put before a content.
MAX_HEAD = 120
#: The rules' patterns that name a quotation's speaker beside it.
NAMING = frozenset(("signed", "turn", "named", "introduced", "cue-block", "quote-clause"))
#: What ends a content that a reporting clause follows.
_BEFORE_CLAUSE = (",", "?", "!", "—", "–")
#: Marks that no content begins with, and those that cut a sentence's head off: "WASHINGTON — ...", "For example: ...".
_MARKS = " \t,;—–-\"“”'‘’`«»([☒"
#: Between "X said" and the quotation that it introduces.
_INTRODUCES = re.compile(r"\s*[,:]?\s*")
#: Between what somebody says and the next verb of the same subject.
_JOINS = re.compile(r",?\s+(?:and|but|then)(?:\s+(?:also|then|later|again|further|has|had|have))*\s+\Z")
#: What leads from "he said" to what it was about.
_TOPIC = re.compile(r"\A\w+(?:\s+\w+)?\s+(?:of|about|regarding|when asked|asked)\b")
_LEADS_ON = re.compile(r",\s+(?:but|and|while)\Z")
_OPENING = frozenset("“\"«„'‘`")
_CUTS_HEAD = re.compile(r"[:;—–\"“”«»]|--| - |''|``")
_PARTICIPLE = re.compile(r"(?:\w+ly )?(?:then |also |before |after )?\w+ing\b", re.IGNORECASE)


class Sentences:
    """Where a text's sentences begin and end; a paragraph is cut when it is first asked about."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] | None = None
        self._cut: dict[int, list[Span]] = {}
        self._paragraphs: list[Span] = []

    def around(self, at: int) -> Span:
        """The sentence that holds a character which is no blank."""
        if self._starts is None:
            self._paragraphs = list(paragraphs(self._text))
            self._starts = [p.start for p in self._paragraphs]
        n = max(0, bisect_right(self._starts, at) - 1)
        if n not in self._cut:
            p = self._paragraphs[n]
            self._cut[n] = list(sentences(self._text, p.start, p.end))
        found = self._cut[n]
        return found[max(0, bisect_right(found, at, key=lambda s: s.start) - 1)]


def put_right(text: str, rows: Sequence[Draft], drafts: Sequence[Draft], tops: Sequence[Quote]) -> None:
    """Change the rows' contents and sources."""
    whole = Sentences(text)
    taken = sorted(span.start for row in rows for span in (*row.cue, *row.source))
    for row in rows:
        _keep_to_sentence(row, whole)
        _begin_with_sentence(text, row, whole, taken)
        _begin_after_colon(text, row, tops)
        _without_adjunct(text, row, tops)
        _without_sentence_before(text, row, tops)
        _without_other_turn(text, row, tops)
        _without_topic(text, row, tops)
        _tidy(text, row)
    _fill_sources(text, rows, drafts, whole, sorted(q.start for q in tops))
    _end_before_next_verb(text, rows)
    _name_quotations(rows, drafts)
    _widen_sources(text, rows, drafts)
    _take_blocks(text, rows, drafts)


def _keep_to_sentence(row: Draft, whole: Sentences) -> None:
    """Cut a source at the end of a sentence; what lies in the cue's sentence, or else comes first, is kept."""
    if not row.cue:
        return
    said = whole.around(row.cue[0].start)
    for i, span in enumerate(row.source):
        first = whole.around(span.start)
        if span.end <= first.end:
            continue
        start = max(span.start, said.start)
        if start < min(span.end, said.end):
            row.source[i] = Span(start, min(span.end, said.end))
        else:
            row.source[i] = Span(span.start, first.end)


def _begin_with_sentence(text: str, row: Draft, whole: Sentences, taken: Sequence[int]) -> None:
    """Let a content before ", X said" begin where its sentence does: "Still, the dam is safe, X said.".

    taken: where the cues and sources of all rows begin; a head that holds one is another clause.
    """
    if not row.content or not row.cue or not row.source:
        return
    first = row.content[0]
    clause = min(row.cue[0].start, row.source[0].start)
    if not first.start < clause or not _is_saying(text, row.cue[0]):
        return
    if text[max(first.start, clause - 8) : clause].rstrip("\"”’'» ")[-1:] not in _BEFORE_CLAUSE:
        return
    before = text[max(0, first.start - 8) : first.start].rstrip(_MARKS)[-1:]
    if before in ("", "\n", ".", "!", "?", ":"):
        return  # the sentence begins here
    sentence = whole.around(first.start)
    if clause >= sentence.end:
        return
    head = text[sentence.start : first.start]
    start = sentence.start + len(head) - len(head.lstrip(_MARKS))
    if not 0 < first.start - start <= MAX_HEAD or _CUTS_HEAD.search(head):
        return
    if head.count("(") != head.count(")"):
        return  # the clause stands in brackets, and the sentence around it is another's
    i = bisect_left(taken, start)
    if i < len(taken) and taken[i] < first.start:
        return
    if head.strip(_MARKS).lower() not in ("", "and", "but"):
        row.content[0] = Span(start, first.end)


def _begin_after_colon(text: str, row: Draft, tops: Sequence[Quote]) -> None:
    """Let a content that "X said" follows begin with its quotation: "The paper is cautious: “We cannot …,” X said.", "Is it safe? “No,” X said."."""
    if not row.content or not row.cue or row.cue[0].start < row.content[0].end:
        return
    first = row.content[0]
    i = bisect_left(tops, first.start, key=lambda q: q.start)
    if i == len(tops) or not first.start < tops[i].start < first.end or (i and tops[i - 1].end > first.start):
        return
    head = text[first.start : tops[i].start]
    sentence = text[tops[i].inner_start].isupper() and head.rstrip().endswith(
        (".", "?", "!", "…", " -", "—", "–")
    )
    if len(head) <= MAX_HEAD and (sentence or head.rstrip().endswith(":")) and tops[i].end >= first.end - 1:
        row.content[0] = Span(tops[i].start, first.end)


def _without_adjunct(text: str, row: Draft, tops: Sequence[Quote]) -> None:
    """Leave out what stands before "X said: “…”" and tells nothing: "Sentencing him to eight years, he said: “…”"."""
    if len(row.content) < 2 or not row.cue or not row.source:
        return
    clause = Span(min(row.cue[0].start, row.source[0].start), max(row.cue[-1].end, row.source[-1].end))
    after = next((s for s in row.content if s.start >= clause.end), None)
    if after is None or not _INTRODUCES.fullmatch(text, clause.end, after.start):
        return
    i = bisect_left(tops, after.start, key=lambda q: q.start)
    if i == len(tops) or tops[i].start != after.start or text[tops[i].inner_start].islower():
        return
    row.content = [
        s for s in row.content if s.start >= clause.start or not _is_adjunct(text, s, clause, tops)
    ]


def _is_adjunct(text: str, piece: Span, clause: Span, tops: Sequence[Quote]) -> bool:
    i = bisect_left(tops, piece.end, key=lambda q: q.start)
    if i and tops[i - 1].end > piece.start:
        return False  # a quotation of its own
    if _CUTS_HEAD.search(text, piece.end, clause.start) or "." in text[piece.end : clause.start]:
        return False
    if clause.start - piece.end > MAX_BETWEEN:
        return False
    return not any(is_finite(item) for items in tokens_of(text, piece) for item in items)


def _without_sentence_before(text: str, row: Draft, tops: Sequence[Quote]) -> None:
    """Leave out a quotation that has ended when a sentence of its own says what somebody says: "“They lied.” The firm said that …"."""
    if not row.cue or not row.source:
        return
    clause = min(row.cue[0].start, row.source[0].start)
    after = next((s for s in row.content if s.start >= row.cue[-1].end), None)
    if after is None:
        return
    quotes = text[after.start] in _OPENING
    first = WORD.search(text, after.start, after.end)
    tells = first is not None and (
        first.group().lower() == "that" or first.group().lower() in words_of("subjects")
    )
    if not quotes and not tells:
        return  # "“Perpetual motion!” she said of the gate"
    ends = "." if quotes else ".!?…"
    row.content = [
        s
        for s in row.content
        if s.end > clause
        or text[s.end : clause].strip()
        or not _is_a_quotation(s, tops)
        or text[s.start : s.end].rstrip("\"”’'» ")[-1:] not in ends
    ]


def _without_topic(text: str, row: Draft, tops: Sequence[Quote]) -> None:
    """Leave out of what was about: "“Absolutely not,” he said of the plan", "“No,” she said when asked whether it leaked"."""
    if len(row.content) < 2 or not row.cue:
        return
    first, end = row.content[0], max(s.end for s in (*row.cue, *row.source))
    i = bisect_right(tops, first.start, key=lambda q: q.start) - 1
    if (
        i < 0
        or tops[i].start < first.start - 1
        or tops[i].end > first.end + 1
        or first.end > row.cue[0].start
    ):
        return
    for n, piece in enumerate(row.content):
        if piece.start < end:
            continue
        between = text[row.cue[-1].start : piece.start] + " " + text[piece.start : piece.start + 8]
        k = bisect_right(tops, piece.end - 1, key=lambda q: q.start) - 1
        quoted = k >= 0 and tops[k].end > piece.start
        if not quoted and len(between) <= MAX_HEAD and _TOPIC.search(between):
            row.content = row.content[:n]
        return


def _without_other_turn(text: str, row: Draft, tops: Sequence[Quote]) -> None:
    """Leave out the other's turn of a dialogue: "“Then why do it?” “Because it leaks,” Ruiz said." has one of hers."""
    if not row.cue:
        return
    clause = Span(min(s.start for s in (*row.cue, *row.source)), max(s.end for s in (*row.cue, *row.source)))
    low, high = row.content[0].start, row.content[-1].end
    i = bisect_left(tops, low, key=lambda q: q.start)
    while i + 1 < len(tops) and tops[i + 1].end <= row.content[-1].end + 1:
        one, other = tops[i], tops[i + 1]
        if _is_a_turn(text, one, other):
            if other.end <= clause.start:
                low = other.start
            elif clause.end <= one.start:
                high = min(high, one.end)
        i += 1
    row.content = [
        Span(max(s.start, low), min(s.end, high)) for s in row.content if s.start < high and low < s.end
    ]


def _is_a_turn(text: str, one: Quote, other: Quote) -> bool:
    """Whether a quotation ends and another begins with nothing between them."""
    between = text[one.end : other.start]
    return (
        0 < len(between) < 4
        and not between.strip(" \xa0")
        and text[one.inner_start : one.inner_end].rstrip()[-1:] in ".?!…"
        and text[other.inner_start : other.inner_start + 1].isupper()
    )


def _is_a_quotation(piece: Span, tops: Sequence[Quote]) -> bool:
    i = bisect_right(tops, piece.start, key=lambda q: q.start) - 1
    return i >= 0 and tops[i].start <= piece.start and piece.end <= tops[i].end


def _tidy(text: str, row: Draft) -> None:
    """Let no content end with the "but" of what comes next, and no source with a lone comma."""
    for i, span in enumerate(row.content):
        match = _LEADS_ON.search(text, max(span.start, span.end - 12), span.end)
        if match and match.start() > span.start:
            row.content[i] = Span(span.start, match.start())
    for i, span in enumerate(row.source):
        words = text[span.start : span.end]
        if words.endswith(",") and words.count(",") == 1:
            row.source[i] = Span(span.start, span.end - 1)


def _end_before_next_verb(text: str, rows: Sequence[Draft]) -> None:
    """Let what somebody says end where the same clause goes on with what he does: "told reporters that it leaked and accused …"."""
    by_source: dict[tuple[Span, ...], list[Draft]] = {}
    for row in rows:
        if row.source and row.cue:
            by_source.setdefault(tuple(row.source), []).append(row)
    for same in by_source.values():
        if not 1 < len(same) <= MAX_VERBS:
            continue
        for row in same:
            for other in same:
                cue = other.cue[0].start
                if row is other or cue <= row.cue[-1].end or row.source[0].start > row.cue[0].start:
                    continue
                for i, piece in enumerate(row.content):
                    if piece.start < cue < piece.end and row.cue[-1].end <= piece.start:
                        joint = _JOINS.search(text, piece.start, cue)
                        if joint is not None and joint.start() > piece.start:
                            row.content[i] = Span(piece.start, joint.start())


def _is_saying(text: str, cue: Span) -> bool:
    words = (m.group().lower() for m in WORD.finditer(text, cue.start, cue.end))
    return any(word in words_of("speech_verbs") for word in words)


def _fill_sources(
    text: str, rows: Sequence[Draft], drafts: Sequence[Draft], whole: Sentences, quotes: Sequence[int]
) -> None:
    """Give a quotation's cue without a source the rules' for that cue, or that of the cue before it.

    The cue before must stand in the same sentence, and the cue be a participle: "..., X said, adding: ...".
    """
    bare = [row for row in rows if row.cue and not row.source and _is_quoting(row, quotes)]
    if not bare:
        return
    by_cue = {cue.start: d for d in drafts if d.source for cue in d.cue}
    sourced = sorted((row.cue[0].start, row.source) for row in rows if row.cue and row.source)
    for row in bare:
        cue = row.cue[0]
        draft = next((by_cue[p] for p in range(cue.start, cue.end) if p in by_cue), None)
        source = draft.source if draft is not None else None
        if draft is not None and _runs_into(row.cue, draft):
            row.cue = list(draft.cue)  # a cue that is a clause: "said Ruiz"
        if source is None and _PARTICIPLE.match(text, cue.start, cue.end):
            start = whole.around(cue.start).start
            i = bisect_right(sourced, cue.start, key=lambda p: p[0]) - 1
            source = sourced[i][1] if i >= 0 and sourced[i][0] >= start else None
        if source is not None and not overlap(source, row.cue):
            row.source = list(source)


def _runs_into(cue: Sequence[Span], draft: Draft) -> bool:
    """Whether a tagger's cue begins like the draft's and runs on into its source: "said Ruiz"."""
    return len(cue) == 1 and cue[0].start == draft.cue[0].start and overlap(cue, draft.source) > 0


def _name_quotations(rows: Sequence[Draft], drafts: Sequence[Draft]) -> None:
    """Give a quotation without a source and a cue those that the rules read beside it: a signature, a turn's name."""
    named = {d.content[0].start: d for d in drafts if d.source and d.pattern in NAMING}
    for row in rows:
        draft = None if row.source or row.cue else named.get(row.content[0].start)
        if draft is not None and draft.content[0].end <= row.content[-1].end:
            row.source, row.cue = list(draft.source), list(draft.cue)


def _widen_sources(text: str, rows: Sequence[Draft], drafts: Sequence[Draft]) -> None:
    """Give a cue whose source is cut off behind a preposition the rules' whole one: "[a notice on] the door says"."""
    by_cue = {d.cue[0].start: d.source[0] for d in drafts if d.cue and len(d.source) == 1}
    for row in rows:
        whole = by_cue.get(row.cue[0].start) if row.cue and len(row.source) == 1 else None
        if whole is None or not (whole.start < row.source[0].start and row.source[0].end <= whole.end):
            continue
        before = text[whole.start : row.source[0].start].split()
        begins = before and (before[0][0].isupper() or before[0].lower() in words_of("determiners"))
        if begins and before[-1].lower() in words_of("prepositions"):
            row.source = [whole]


def _take_blocks(text: str, rows: Sequence[Draft], drafts: Sequence[Draft]) -> None:
    """Give "In a letter, X wrote:" the block that follows, where the tagger took the letter for what was written."""
    blocks = {d.cue[0].start: d for d in drafts if d.cue and d.pattern in ("cue-block", "cue-paragraph")}
    for row in rows:
        draft = blocks.get(row.cue[0].start) if row.cue else None
        if draft is None or row.content[0].start > row.cue[0].start:
            continue
        first = WORD.search(text, row.content[0].start, row.content[0].end)
        adjunct = first is not None and first.group().lower() in words_of("prepositions")
        if adjunct or draft.pattern == "cue-block":
            row.content = list(draft.content)


def _is_quoting(row: Draft, quotes: Sequence[int]) -> bool:
    """Whether a quotation begins in the row's content."""
    for span in row.content:
        i = bisect_left(quotes, span.start)
        if i < len(quotes) and quotes[i] < span.end:
            return True
    return False
