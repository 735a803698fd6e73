"""What the rules read and a tagger has nothing of: quotations first, then what is told inside what somebody says.

In: a text, a tagger's rows, the rules' drafts, the outermost quotations. Out: the rows, with further pieces and further rows.
Leaves to others: finding either (`rules`, the tagger), and whose a quotation is that two hold (`owners`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.attributions.drafts import Draft
from onrecord.attributions.lists import words_of
from onrecord.attributions.places import Covered, Tops, begins, joined
from onrecord.attributions.quotes import is_speech
from onrecord.text import WORD
from onrecord.types import Span

#: A content that covers this share of a quotation's words means all of it.
COVERS = 0.6
#: A quotation of which the tagger has less than this share has been missed.
MISSED = 0.2
#: A verb whose share in the cue table is this high is a cue even where the tagger sees nothing.
SURE_CUE = 0.88
#: A verb of saying with this share is believed of a quotation that the tagger has nothing of.
SURE_SAYING = 0.65
#: The rules' patterns whose contents are whole quotations (or a transcript's turns).
QUOTING = frozenset(
    (
        "quote-clause",
        "cue-quote",
        "cue-block",
        "introduced",
        "named",
        "goes-on",
        "after-speech",
        "alone",
        "signed",
        "turn",
    )
)
#: What stands before a quotation that begins a sentence.
_BEGINS = ("", "\n", ".", "!", "?", "…", ":", "”", '"', "’", "'", "»", ")")
#: What somebody may say, or thinks, they have not said.
_SUPPOSED = frozenset(("would", "will", "could", "can", "may", "might", "should", "must", "never", "not"))
_IN_MIND = frozenset(("think", "thinks", "thought", "believe", "believes", "believed", "reminds", "reminded"))
#: Cues of who passes on what others have said.
_RELAYS = re.compile(r"according to|(?:first |has |had |have )?report(?:s|ed)?\b", re.IGNORECASE)
#: Verbs of which what follows is surely said.
_TELLS = frozenset(
    ("said", "says", "told", "tells", "added", "adds", "argued", "insisted", "claimed", "announced", "warned")
)
#: Scores of what the rules add to a tagger's answer are taken down by this factor.
ADDED = 0.7


def add_missed(text: str, rows: list[Draft], drafts: Sequence[Draft], tops: Tops) -> None:
    """Quotations that the rules read and the tagger has nothing of: as further pieces, or by themselves."""
    covered = Covered.of(rows)
    cues = Covered.of([Draft(r.cue) for r in rows if r.cue])
    told = _told_of_missed(text, drafts, covered, tops)
    turns = _whole_turns(text, drafts)
    said = {row.cue[0].start: row for row in rows if row.cue}
    for draft in sorted(drafts, key=begins):
        has_cue = any(cues.share(s) > 0 for s in draft.cue)
        if id(draft) in turns:
            row = said.get(draft.cue[0].start)
            if row is not None:  # a turn is all its speaker's words, however far the tagger saw
                row.content, row.source = list(draft.content), list(draft.source)
            elif not has_cue:
                rows.append(_again(draft, draft.content))
            continue
        if id(draft) in told and not has_cue:
            rows.append(_again(draft, draft.content))
            continue
        if has_cue and draft.pattern not in QUOTING:
            continue
        if draft.pattern == "nested":
            if any(covered.share(s) >= COVERS for s in draft.content):
                rows.append(_again(draft, draft.content))
            continue
        if draft.pattern == "before-quote":
            if all(covered.share(s) < MISSED for s in draft.content):
                rows.append(_again(draft, draft.content))
            continue
        if draft.pattern == "calling":
            held = covered.touching(draft.content[0])
            if not any(
                _is_alone(text, piece, draft.content[0]) and _is_near(row, draft) for piece, row in held
            ):
                rows.append(_again(draft, draft.content))
            continue
        if draft.pattern == "noun":
            rows.append(_again(draft, draft.content))
            continue
        if _is_told_inside(text, draft, covered) or (not has_cue and _is_relayed(text, draft, covered)):
            rows.append(_again(draft, draft.content))
            continue
        around = None if has_cue else _quotes_inside(text, draft, covered, tops)
        if around is not None:
            (content,) = draft.content
            rows.append(_again(draft, [Span(content.start, min(content.end, around.end))]))
            continue
        if draft.pattern == "forward-own" and draft.share is not None and draft.share >= SURE_CUE:
            first = WORD.search(text, draft.content[0].start, draft.content[0].end)
            adjunct = first is None or first.group().lower() in words_of("prepositions")
            if not adjunct and all(covered.share(s) < MISSED for s in draft.content):
                rows.append(_again(draft, draft.content))
            continue
        if draft.pattern not in QUOTING:
            continue
        if not has_cue and _contests(text, draft, covered):
            rows.append(
                _again(draft, draft.content)
            )  # `owners` weighs it against who is said to have said it
            continue
        missed = [s for s in draft.content if covered.share(s) < MISSED]
        if not missed:
            continue
        if len(missed) < len(draft.content):
            have = next(s for s in draft.content if covered.share(s) >= MISSED)
            owner = covered.owner(have)
            if owner is not None and owner.cue and not _lies_in(owner, tops, have):
                owner.content = joined([*owner.content, *missed])
                continue
        if has_cue or not all(_is_spoken(text, tops, s) for s in missed):
            continue
        rows.append(_again(draft, missed))


def counted_turns(text: str, drafts: Sequence[Draft]) -> list[tuple[Draft, str, int]]:
    """The drafts that are turns of a dialogue, each with its speaker's name and how many turns have that."""
    turns = [d for d in drafts if d.pattern == "turn" and d.source and d.cue]
    names = [text[d.source[0].start : d.source[0].end] for d in turns]
    n_of = Counter(names)
    return [(d, name, n_of[name]) for d, name in zip(turns, names, strict=True)]


def _whole_turns(text: str, drafts: Sequence[Draft]) -> frozenset[int]:
    """The drafts (their ids) that are turns of "Q", "A", or a name in capitals that has another turn."""
    return frozenset(id(d) for d, name, n in counted_turns(text, drafts) if n > 1 and name.isupper())


def _contests(text: str, draft: Draft, covered: Covered) -> bool:
    """Whether a quotation with its own clause is a further piece of somebody else's: "“Go home!” another yelled"."""
    if draft.pattern not in ("quote-clause", "cue-quote"):
        return False
    if not draft.source or not draft.cue:
        return False
    words = [m.group().lower() for s in draft.cue for m in WORD.finditer(text, s.start, s.end)]
    first = WORD.search(text, draft.source[0].start, draft.source[0].end)
    if first is None or first.group().lower() in words_of("prepositions"):
        return False  # "“Go home!” After the race he went on"
    if words[:1] not in (["came"], ["comes"]) and not any(w in words_of("speech_verbs") for w in words):
        return False
    piece = draft.content[0]
    if draft.pattern == "cue-quote":  # "“Go home!” he said. Another yelled, “Never!”"
        if text[draft.cue[-1].end : piece.start].strip() not in ("", ",", ":"):
            return False
    elif text[max(0, piece.start - 8) : piece.start].rstrip(" \xa0")[-1:] not in _BEGINS:
        return False  # "what Ruiz called “a folly,” the club charged"
    return all(_is_a_further_piece(covered, piece) for piece in draft.content)


def _is_a_further_piece(covered: Covered, piece: Span) -> bool:
    """Whether a quotation is one of several pieces of every content that has it."""
    held = covered.touching(piece)
    return bool(held) and all(
        abs(s.start - piece.start) <= 1 and abs(s.end - piece.end) <= 1 and len(row.content) > 1
        for s, row in held
    )


def _told_of_missed(text: str, drafts: Sequence[Draft], covered: Covered, tops: Tops) -> frozenset[int]:
    """The drafts (their ids) that say with a verb of saying whose a quotation is that the tagger has nothing of."""
    best: dict[int, Draft] = {}
    for draft in drafts:
        if draft.share is None or draft.share < SURE_SAYING or not draft.source or len(draft.content) != 1:
            continue
        verb = text[draft.cue[-1].start : draft.cue[-1].end].rpartition(" ")[2].lower()
        says = verb in words_of("speech_verbs") or verb in words_of("calling")
        if not says or text.startswith("to ", draft.content[0].start):
            continue
        for quote in tops.touched(draft.content[0]):
            if not is_speech(text, quote) or covered.share(quote.span) >= MISSED:
                continue
            held = best.setdefault(quote.start, draft)
            if _length(draft) < _length(held):
                best[quote.start] = draft
    return frozenset(id(draft) for draft in best.values())


def _length(draft: Draft) -> int:
    return draft.content[-1].end - draft.content[0].start


def _is_told_inside(text: str, draft: Draft, covered: Covered) -> bool:
    """Whether a draft tells, with a "that", what somebody said inside what the tagger says somebody said.

    "..., and that" goes on with what the outer one says: it hangs on no verb inside.
    """
    start = draft.content[0].start
    if draft.pattern != "forward-own" or not text.startswith("that ", start):
        return False
    if text[max(0, start - 8) : start].rstrip().endswith(" and"):
        return False
    verb = text[draft.cue[-1].start : draft.cue[-1].end].rpartition(" ")[2].lower()
    if verb not in words_of("speech_verbs"):
        return False
    around = [row for _, row in covered.touching(draft.cue[0])]
    return any(row.cue and all(_holds(row, s) for s in (*draft.source, *draft.content)) for row in around)


def _is_relayed(text: str, draft: Draft, covered: Covered) -> bool:
    """Whether somebody's own clause stands inside what somebody else reports: "“Never,” Ruiz told Hale, according to the book".

    Both are on record: the book's report, and in it what Ruiz said.
    """
    if draft.pattern not in ("quote-clause", "cue-quote", "forward-own") or not draft.source or not draft.cue:
        return False
    *before, verb = text[draft.cue[0].start : draft.cue[-1].end].lower().split()
    if verb not in words_of("speech_verbs") or not _SUPPOSED.isdisjoint(before) or verb in _IN_MIND:
        return False
    own = draft.pattern == "forward-own"
    if own and verb not in _TELLS:
        return False
    named = text[draft.source[0].start : draft.source[-1].end].lower() not in words_of("subjects")
    parts = (*draft.source, *draft.cue, *draft.content)
    return any(
        row.cue
        and ((named and not own) or _RELAYS.match(text, row.cue[0].start))
        and all(_holds(row, s) for s in parts)
        for _, row in covered.touching(draft.cue[0])
    )


def _quotes_inside(text: str, draft: Draft, covered: Covered, tops: Tops) -> Span | None:
    """The piece of somebody's content in which a draft quotes somebody else: "Ruiz claimed that Hale had said the poor “don't vote”"."""
    if draft.pattern not in ("forward-own", "cue-quote") or not draft.source or len(draft.content) != 1:
        return None
    if draft.share is not None and draft.share < SURE_SAYING:
        return None
    *before, verb = text[draft.cue[0].start : draft.cue[-1].end].lower().split()
    if not _SUPPOSED.isdisjoint(before) or verb in _IN_MIND:
        return None
    if verb not in words_of("speech_verbs") and verb not in words_of("calling"):
        return None
    (content,) = draft.content
    if text[draft.cue[-1].end : content.start].rstrip().endswith(" and"):
        return None  # "Ruiz replied that Orlo was responding to threats and that it was “ready”": Ruiz replied it
    held = [q for q in tops.touched(content) if content.start <= q.inner_start]
    start = draft.source[0].start
    for piece, row in covered.touching(draft.cue[0]):
        end = min(piece.end, content.end) + 1
        outer = row.cue and row.cue[0].end <= start and piece.start <= start
        if outer and any(q.inner_end <= end for q in held):
            return piece
    return None


def _is_alone(text: str, piece: Span, quotation: Span) -> bool:
    """Whether a piece is the quotation, with two words before it at most: "him a “crook”"."""
    return piece.end <= quotation.end + 2 and len(text[piece.start : quotation.start].split()) <= 2


def _is_near(row: Draft, draft: Draft) -> bool:
    """Whether the row's clause touches the draft's; "announced gates …, what Ruiz calls “a clean sweep”" are two."""
    start, end = draft.source[0].start, draft.content[0].start
    return not row.cue or any(s.start < end and start < s.end for s in (*row.cue, *row.source))


def _holds(row: Draft, span: Span) -> bool:
    """Whether one piece of the row's content holds the span."""
    return any(piece.start <= span.start and span.end <= piece.end for piece in row.content)


def _again(draft: Draft, content: Sequence[Span]) -> Draft:
    """A rule's draft as a row beside the tagger's."""
    return Draft(list(content), list(draft.source), list(draft.cue), draft.score * ADDED, draft.pattern)


def _lies_in(owner: Draft, tops: Tops, piece: Span) -> bool:
    """Whether the owner of a piece is nested in it: its cue stands inside the same quotation."""
    return any(q.start <= owner.cue[0].start < q.end for q in tops.touched(piece))


def _is_spoken(text: str, tops: Tops, span: Span) -> bool:
    touched = tops.touched(span)
    return not touched or any(is_speech(text, q) for q in touched)
