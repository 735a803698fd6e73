"""The deterministic reader: who is quoted with which words, from marks, verbs and the order of words.

In: a text, whole paragraphs separated by newlines, and its quotations. Out: `Draft`s of that text.
Leaves to others: zones and offsets of pages (`passages`), merging with a trained reader (`repair`).

What it reads: a quotation with a reporting clause after it, inside it or before it; "X said that ...";
"X told Y that ..."; "..., X said."; "according to X, ..."; participles and second verbs without a
subject of their own ("..., adding that ..."); quotations that go on from the speaker before; a
transcript's "NAME: ..."; "quotation" - Name; posts; a nested "X told us that ..." inside a quotation.
Where a sentence has another shape, or a verb it does not know, it finds nothing: half of what people mark.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.attributions.before_quotes import read_before_quotes
from onrecord.attributions.calling import read_calling
from onrecord.attributions.clauses import (
    DASHES,
    MAX_SUBJECT,
    STOPS,
    first_subject,
    group_start,
    is_adverb,
    is_finite,
    span_of,
    subject_between,
    subject_right,
)
from onrecord.attributions.drafts import Draft, Found
from onrecord.attributions.forward import Sentence, read_according, read_forward, take_quotes
from onrecord.attributions.lists import words_of
from onrecord.attributions.lone import QUOTED, SOURCELESS, read_lone
from onrecord.attributions.messages import asked_for, read_messages
from onrecord.attributions.nested import read_nested
from onrecord.attributions.nominal import read_nouns
from onrecord.attributions.participles import read_participles
from onrecord.attributions.quotes import Quote
from onrecord.attributions.tokens import Item, What, sentences_of
from onrecord.attributions.turns import Turn, find_post, find_signature, find_turns
from onrecord.text import WORD, paragraphs
from onrecord.types import Span

#: "came a loud and angry reply from" is no longer, nor is "as the heckler yelled".
MAX_CAME = 8
#: A headline has at most so many words, this share of them (small ones apart) with a capital.
HEADLINE_WORDS, HEADLINE_CAPITALS = 18, 0.75
_MEANWHILE = frozenset(("as", "while", "when", "before", "after", "and", "but"))
_QUOTE = What.QUOTE  # to look up a member each time takes twice the time


#: Paragraphs of an interview's answer, at the most.
MAX_ANSWER = 6


def read_rules(text: str, quotes: Sequence[Quote]) -> list[Draft]:
    """Every attribution that the rules find, in no particular order."""
    found = Found()
    tops = [(i, q) for i, q in enumerate(quotes) if q.depth == 0]
    spans = list(paragraphs(text))
    turns = find_turns(text, spans)
    at = 0
    for n, paragraph in enumerate(spans):
        first = at
        while at < len(tops) and tops[at][1].start < paragraph.end:
            at += 1
        inside = tops[first:at]
        turn = turns.get(n) or find_post(text, paragraph)
        if turn is not None and turn.words is not None:
            found.last = _read_turn(turn, inside, found)
            continue
        if turn is None and found.last is not None and _goes_on_answering(text, found.last, n, turns):
            found.last.content.append(paragraph)
            for number, _ in inside:
                found.owner[number] = found.last
            continue
        if turn is None:
            turn = find_signature(text, paragraph.start, paragraph.end)
        if turn is not None:
            _sign(text, turn, found)
            continue
        _read_paragraph(text, paragraph, inside, quotes, found)
    return found.drafts


def _read_turn(turn: Turn, inside: Sequence[tuple[int, Quote]], found: Found) -> Draft:
    assert turn.words is not None
    draft = found.add(Draft([turn.words], [turn.who], [turn.mark], pattern="turn"))
    for number, quote in inside:
        if turn.words.start <= quote.start < turn.words.end:
            found.owner[number] = draft
    found.introduced = None
    return draft


def _goes_on_answering(text: str, last: Draft, n: int, turns: Mapping[int, Turn]) -> bool:
    """Whether paragraph n, without a label, is more of an interview's answer: a question comes next, or one paragraph later."""
    if last.pattern != "turn" or text[last.source[0].start : last.source[0].end] != "A":
        return False
    before = next((k for k in range(n - 1, max(-1, n - MAX_ANSWER), -1) if k in turns), None)
    if before is None or turns[before].who != last.source[0]:
        return False
    following = next((turns[k] for k in range(n + 1, n + MAX_ANSWER) if k in turns), None)
    return following is not None and text[following.who.start : following.who.end] == "Q"


def _sign(text: str, turn: Turn, found: Found) -> None:
    """A paragraph that is a dash and a name: the quotation before it is that person's."""
    last = found.last
    if last is None or text[last.content[-1].end : turn.mark.start].strip():
        return
    if last.source and last.pattern in QUOTED and len(last.content) > 1:
        piece = last.content[-1]
        if text[last.content[-2].end : piece.start].count("\n") == 0:
            return
        # a quotation in a paragraph of its own was taken for more of the one before
        last.content.pop()
        found.last = found.add(Draft([piece], [turn.who], [turn.mark], pattern="signed"))
        found.owner[next(reversed(found.owner))] = found.last
        return
    if last.source or last.pattern not in SOURCELESS:
        return
    last.source, last.cue, last.follows = [turn.who], [turn.mark], None
    last.pattern = "signed"


def _read_paragraph(
    text: str, paragraph: Span, inside: Sequence[tuple[int, Quote]], quotes: Sequence[Quote], found: Found
) -> None:
    first = len(found.drafts)
    introduced, found.introduced = found.introduced, None
    before: Draft | None = None
    touched: Draft | None = None
    headline = _is_headline(text, paragraph)
    if introduced is not None and introduced.pattern == "cue-block" and not inside:
        introduced.content.append(paragraph)
        introduced.pattern = "cue-paragraph"
        found.last = found.add(introduced)
        return
    for items in sentences_of(text, paragraph, inside):
        sentence = Sentence(items, headline)
        opens = items[0].what is What.QUOTE and items[0].quote not in found.owner
        if introduced is not None and opens and _clause_after(text, items, 0) is None:
            take_quotes(items, 0, introduced, found)
            before = found.add(introduced)
        introduced = None
        n_before = len(found.drafts)
        _read_quotes(text, sentence, quotes, found)
        read_forward(text, sentence, found)
        read_according(text, sentence, found)
        read_nouns(text, items, found)
        read_calling(items, quotes, found)
        read_messages(text, items, found)
        read_participles(text, items, found)
        read_before_quotes(text, items, found)
        for i, item in enumerate(items):
            if item.what is _QUOTE:
                if item.quote not in found.owner:
                    read_lone(text, items, i, quotes, found, before, paragraph)
                touched = found.owner.get(item.quote, touched)
        if len(found.drafts) > first:
            before = found.drafts[-1]
        else:
            introduced = asked_for(items)
        if items[-1].low == ":" and found.introduced is None and len(found.drafts) == n_before:
            found.introduced = _introduction(items)
    read_nested(text, inside, found)
    here = [d for d in found.drafts[first:] if d.parent is None]
    if touched is not None and not any(d is touched for d in here):
        here.append(touched)
    found.last = max(here, key=lambda d: d.content[-1].end) if here else None


def _introduction(items: Sequence[Item]) -> Draft | None:
    """ "Ruiz issued the following statement:": whoever the sentence is about says what comes next."""
    subject = first_subject(items, len(items))
    if subject is None or subject[1] + 1 >= len(items):
        return None
    v = subject[1] + 1
    while v < len(items) - 1 and not is_finite(items[v]):
        v += 1
    source = [span_of(items[subject[0]], items[subject[1]])]
    return Draft([], source, [span_of(items[v], items[v])], pattern="introduced")


def _is_headline(text: str, paragraph: Span) -> bool:
    if paragraph.end - paragraph.start > 200 or text[paragraph.end - 1] in ".!":
        return False
    words = [m.group() for m in WORD.finditer(text, paragraph.start, paragraph.end)]
    big = [w for w in words if w.lower() not in words_of("title_small")]
    if not 3 <= len(words) <= HEADLINE_WORDS or not big:
        return False
    return sum(not w[0].islower() for w in big) >= HEADLINE_CAPITALS * len(big)


# ------------------------------------------------------------------- quotations and their clauses


def _read_quotes(text: str, sentence: Sentence, quotes: Sequence[Quote], found: Found) -> None:
    """ "Q," X said: quotations with a reporting clause after them, and what the clause goes on with."""
    items = sentence.items
    i, n = 0, len(items)
    while i < n:
        if items[i].what is not _QUOTE or items[i].quote in found.owner:
            i += 1
            continue
        first = i
        while i + 1 < len(items) and items[i + 1].what is What.QUOTE:
            i += 1
        clause = _clause_after(text, items, i)
        if clause is None:
            i += 1
            continue
        draft = Draft([], clause.source, clause.cue, pattern="quote-clause")
        _take_paragraphs_before(items[first].quote, quotes, draft, found)
        take_quotes(items, first, draft, found)
        sentence.used.update(range(clause.first, clause.last + 1))
        sentence.subject = clause.source
        found.add(draft)
        j = clause.last + 1
        if j < len(items) and (items[j].low in (",", ":", ";") or items[j].low in DASHES):
            j += 1
        # "Q1," X said, "Q2."
        while j < len(items) and items[j].what is What.QUOTE and _clause_after(text, items, j) is None:
            j = take_quotes(items, j, draft, found) if items[j].quote not in found.owner else j + 1
        i = max(j, i + 1)


def _take_paragraphs_before(number: int, quotes: Sequence[Quote], draft: Draft, found: Found) -> None:
    """The paragraphs of a quotation whose reporting clause comes in a later one."""
    before = quotes[number].continues
    owner = found.owner.get(before) if before is not None else None
    if owner is None or owner.source or owner.pattern not in SOURCELESS:
        return
    draft.content += owner.content
    for k in [k for k in range(max(0, number - 50), number) if found.owner.get(k) is owner]:
        found.owner[k] = draft
    found.drop(owner)


@dataclass(frozen=True, slots=True)
class _Clause:
    """X said: its source and cue, and the items that it takes up."""

    source: list[Span]
    cue: list[Span]
    first: int
    last: int


def _clause_after(text: str, items: Sequence[Item], i: int) -> _Clause | None:
    """The reporting clause right after the quotation items[i]: X said, said X."""
    j = i + 1
    while j < len(items) and (items[j].low == "," or items[j].low in DASHES):
        j += 1
    if j >= len(items):
        return None
    if items[j].low in ("came", "comes"):
        return _came_from(items, j)
    verb = _verb_at(items, j)
    if verb is not None:  # said X
        subject = subject_right(items, verb + 1)
        if subject is None:
            return None
        source = [span_of(items[subject[0]], items[subject[1]])]
        return _Clause(source, [span_of(items[j], items[verb])], j, _clause_end(items, subject[1]))
    for v in range(j + 1, min(len(items), j + MAX_SUBJECT)):
        item = items[v]
        if item.what is What.QUOTE or item.low in STOPS or item.low in (":", ";"):
            break
        if item.low not in words_of("speech_verbs"):
            continue
        start = group_start(items, v, j)
        if start - 2 > j and items[start - 1].low == "to":
            start -= 2  # "likes to say"
        subject = subject_between(items, j, start - 1)
        if subject is None:
            if item.low.endswith("ing"):
                continue
            return None
        if not _belongs(text, items, i, v):
            return None
        source = [span_of(items[subject[0]], items[subject[1]])]
        return _Clause(source, [span_of(items[start], items[v])], j, _clause_end(items, v))
    return _unknown_clause(text, items, i, j)


def _came_from(items: Sequence[Item], j: int) -> _Clause | None:
    """ "...," came the answer from X."""
    for k in range(j + 1, min(len(items), j + MAX_CAME)):
        if items[k].what is not What.WORD:
            return None
        if items[k].low == "from" and k > j + 1:
            subject = subject_right(items, k + 1)
            if subject is None:
                return None
            source = [span_of(items[subject[0]], items[subject[1]])]
            return _Clause(source, [span_of(items[j], items[k - 1])], j, _clause_end(items, subject[1]))
    return None


def _unknown_clause(text: str, items: Sequence[Item], i: int, j: int) -> _Clause | None:
    """ "...," X beamed: after a comma inside the marks any finite verb reports, known as one or not."""
    if text[items[i].start : items[i].end].rstrip("\"”’'»“ ")[-1:] != ",":
        return None
    for v in range(j + 1, min(len(items), j + MAX_SUBJECT)):
        item = items[v]
        if item.what is not What.WORD:
            return None
        last = v + 1 == len(items) or items[v + 1].low in STOPS or items[v + 1].low in (",", "out", "back")
        present = last and item.low.endswith("s") and not item.is_capital and items[v - 1].is_capital
        if (is_finite(item) or present) and item.low not in words_of("auxiliaries"):
            subject = subject_between(items, j, group_start(items, v, j) - 1)
            if subject is None:
                return None
            first = items[subject[0]]
            ends = v + 1 == len(items) or items[v + 1].low in STOPS or items[v + 1].low == ","
            named = first.is_capital or subject[0] == subject[1]
            if not named and not (ends and first.low in words_of("determiners")):
                return None
            source = [span_of(items[subject[0]], items[subject[1]])]
            return _Clause(source, [span_of(item, item)], j, _clause_end(items, v))
    return None


def _belongs(text: str, items: Sequence[Item], i: int, v: int) -> bool:
    """Whether the verb items[v] says the quotation items[i] before it, and not what comes after it."""
    following = items[v + 1].low if v + 1 < len(items) else ""
    comma = items[i + 1].low == "," or items[i + 1].low in DASHES
    if following == "that" and not comma:
        return False
    last = text[items[i].start : items[i].end].rstrip("\"”’'»“ ")[-1:]
    if last in ",?!…—–-" or comma:
        return True
    return following not in ("it", "he", "she", "they", "the", "there", "we")


def _clause_end(items: Sequence[Item], v: int) -> int:
    """Last item of the reporting clause: adjuncts up to a comma, full stop or quotation belong to it."""
    k = v
    while k + 1 < len(items):
        following = items[k + 1]
        if (
            following.what is What.QUOTE
            or following.low in STOPS
            or following.low in (",", ":", ";")
            or following.low in DASHES
            or (following.low in _MEANWHILE and _says_soon(items, k + 2))
        ):
            break
        k += 1
    return k


def _says_soon(items: Sequence[Item], first: int) -> bool:
    """Whether another verb of saying comes next: "said as the heckler yelled:"."""
    return any(item.low in words_of("speech_verbs") for item in items[first : first + MAX_CAME])


def _verb_at(items: Sequence[Item], j: int) -> int | None:
    """Last item of a verb group of saying that begins at items[j]."""
    k = j
    while k < len(items) and k < j + 3 and is_adverb(items[k]):
        k += 1
    if k + 1 < len(items) and items[k].low.endswith("ed") and items[k + 1].is_capital:
        return k if not items[k].is_capital else None  # "...," beamed Ana Ruiz
    if k < len(items) and items[k].low in words_of("speech_verbs") and not items[k].low.endswith("ing"):
        return k
    return None
