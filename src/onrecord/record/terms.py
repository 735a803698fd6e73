"""What a person types into a search, as terms, and where those stand in a text.

In: a query, or words; a text. Out: Terms; spans. Leaves finding statements that have them to `search`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.record.folding import ASCII_WORD, typed, words_of
from onrecord.text import folded_words
from onrecord.types import Span

#: A query has at most so many words.
MAX_QUERY_WORDS = 64
#: A prefix must have so many letters: `a*` would be half the record.
MIN_PREFIX = 2
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must stand side by side. is_prefix: the last one may go on."""

    words: tuple[str, ...]
    is_prefix: bool = False


def parse_query(query: str) -> tuple[Term, ...]:
    """The terms of what a person typed, all of which must be there; () if it has no word.

    Quotation marks of any style hold a phrase together, `word*` is a prefix. Anything else that
    FTS5 might take for syntax is only a word or nothing: no input is an error.
    """
    out, at, room = list[Term](), 0, MAX_QUERY_WORDS
    query = query[: MAX_QUERY_WORDS * 100]
    for m in _QUOTED.finditer(query):
        out += _loose(query[at : m.start()])
        out += _term(m[1])
        at = m.end()
    out += _loose(query[at:])
    kept = []
    for term in out:
        if len(term.words) > room:
            break
        room -= len(term.words)
        kept.append(term)
    return tuple(kept)


def is_exact(query: str) -> bool:
    """Whether a person asks for these very words: quotation marks, or a beginning (`word*`)."""
    return bool(_QUOTED.search(query)) or "*" in query


def _loose(part: str) -> list[Term]:
    return [term for word in part.split() for term in _term(word)]


def _term(part: str) -> list[Term]:
    words = tuple(words_of(part).split(" ")) if words_of(part) else ()
    stem = part.rstrip()
    is_prefix = stem.endswith("*") and bool(words) and len(words[-1]) >= MIN_PREFIX
    return [Term(words[:MAX_QUERY_WORDS], is_prefix)] if words else []


def word_terms(words: Sequence[str], *, as_phrase: bool) -> tuple[Term, ...]:
    """Terms of words that are folded already: one for each, or one for all side by side."""
    cut = tuple(part for word in words for part in words_of(word).split(" ") if part)
    if as_phrase:
        return (Term(cut),) if cut else ()
    return tuple(Term((word,)) for word in dict.fromkeys(cut))


def hits(text: str, pieces: Sequence[Span], terms: Sequence[Term]) -> tuple[Span, ...]:
    """Where the terms stand in pieces of a text, in order; a phrase may run across two pieces."""
    found: list[tuple[str, Span]] = []
    for piece in pieces:
        for word, start, end in _words_in(text[piece.start : piece.end]):
            for part in _parts(word):
                found.append((part, Span(piece.start + start, piece.start + end)))
    at: dict[str, list[int]] = {}
    for i, (word, _) in enumerate(found):
        at.setdefault(word, []).append(i)
    out: set[Span] = set()
    for term in terms:
        wanted = [part for word in term.words for part in _parts(word)]
        if not wanted:
            continue
        first = wanted[0]
        starts = at.get(first, []) if len(wanted) > 1 or not term.is_prefix else range(len(found))
        for i in starts:
            if _stands(found, i, wanted, term.is_prefix):
                out.update(span for _, span in found[i : i + len(wanted)])
    return tuple(sorted(out))


def _words_in(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded words of a text, each with its place."""
    plain = typed(text)
    if plain.isascii() and len(plain) == len(text):  # the same as below, in a tenth of the time
        yield from ((m.group(), *m.span()) for m in ASCII_WORD.finditer(plain.lower()))
    else:
        yield from ((word, span.start, span.end) for word, span in folded_words(text))


def _stands(found: Sequence[tuple[str, Span]], i: int, wanted: Sequence[str], is_prefix: bool) -> bool:
    if i + len(wanted) > len(found):
        return False
    for k, part in enumerate(wanted):
        word = found[i + k][0]
        may_go_on = is_prefix and k == len(wanted) - 1
        if not (word.startswith(part) if may_go_on else word == part):
            return False
    return True


def _parts(word: str) -> list[str]:
    """A folded word as the tokenizer cuts it: without its apostrophes and underscores, without accents."""
    if word.isalnum() and word.isascii():
        return [word]
    return [part for part in re.split(r"['_]", _bare(word)) if part]


def _bare(word: str) -> str:
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
