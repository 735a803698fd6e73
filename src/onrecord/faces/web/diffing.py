"""Two wordings of one quotation side by side, word by word, for the eye.

In: the words as one has them and as the record has them. Out: stretches that are the same, only in the
first, only in the second, in reading order, with their own punctuation. Leaves it to the record's check
what a difference means.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from onrecord.text import folded_words

#: Words of either side that are compared; what follows is left out (a longer quotation is a speech).
MAX_WORDS = 400


@dataclass(frozen=True, slots=True)
class Words:
    """op: same (as the second has them), out (only in the first), in (only in the second)."""

    op: str
    text: str


def compare_words(first: str, second: str) -> tuple[Words, ...]:
    """The way from the first wording to the second; case, marks and typography make no difference."""
    a, b = written_words(first), written_words(second)
    matcher = SequenceMatcher(None, [key for key, _ in a], [key for key, _ in b], autojunk=False)
    return tuple(_stretches(matcher, [w for _, w in a], [w for _, w in b]))


def cut_at_seams(quote: str, parts: Sequence[str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The quotation cut into these parts, one behind the other, and which of them were used; ((), ()) if they are not it.

    A part that does not go on where the one before ended (the same words in another article) is passed over.
    """
    words = written_words(quote)
    keys = [key for key, _ in words]
    out: list[str] = []
    used: list[int] = []
    at = 0
    for number, part in enumerate(parts):
        theirs = [key for key, _ in written_words(part)]
        if theirs and keys[at : at + len(theirs)] == theirs:
            out.append(" ".join(w for _, w in words[at : at + len(theirs)]))
            used.append(number)
            at += len(theirs)
    return (tuple(out), tuple(used)) if at == len(words) else ((), ())


def _stretches(matcher: SequenceMatcher[str], a: list[str], b: list[str]) -> Iterator[Words]:
    for op, a_start, a_end, b_start, b_end in matcher.get_opcodes():
        if op == "equal":
            yield Words("same", " ".join(b[b_start:b_end]))
            continue
        if a_start < a_end:
            yield Words("out", " ".join(a[a_start:a_end]))
        if b_start < b_end:
            yield Words("in", " ".join(b[b_start:b_end]))


def written_words(text: str) -> list[tuple[str, str]]:
    """The first MAX_WORDS words: (folded word, the same as written, with the marks that touch it), in order."""
    text = " ".join(text.split())
    found = folded_words(text)[:MAX_WORDS]
    cuts = [0]  # between two words: at the space between them, the first one if marks stand alone
    for (_, span), (_, after) in itertools.pairwise(found):
        space = text.find(" ", span.end, after.start)
        cuts.append(after.start if space < 0 else space)
    cuts.append(len(text))
    return [(key, text[s:e].strip()) for (key, _), s, e in zip(found, cuts, cuts[1:], strict=False)]
