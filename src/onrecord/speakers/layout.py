"""An article's own words, in order: stretches, sentences, tokens, quoted parts.

In: an Article. Out: a `Layout`, made once per article, in time linear in its length.
Leaves to others: what the words name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.text import innermost, is_abbreviation, paragraphs, quoted_spans, sentences
from onrecord.types import ARTICLE_ZONES, Article, Span, ZoneKind

#: A word with what holds it together inside: "O’Brien", "co-founder", "U.S", "AT&T".
_TOKEN = re.compile(r"[^\W_]+(?:(?:['’\-‐‑.&_]|’’|[‘`](?=s\b))[^\W_]+)*")
#: Marks that some write for the apostrophe of a possessive, a character for a character.
_APOSTROPHES = str.maketrans("‘`", "’’")


@dataclass(frozen=True, slots=True)
class Token:
    """One word; `end` is past its full stop where that is part of it ("Sen.", "D.C.")."""

    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one paragraph of one zone; tokens [first, last) of the layout."""

    start: int
    end: int
    paragraph: int
    zone: ZoneKind
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The article's own words; everything in the order of the text."""

    text: str
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    quoted: tuple[Span, ...]
    starts: tuple[int, ...]  # of the sentences
    token_starts: tuple[int, ...]
    quote_starts: tuple[int, ...]

    def sentence_at(self, point: int) -> int:
        """The index of the sentence that a character lies in, or of the last one before it; -1 if none."""
        return bisect_right(self.starts, point) - 1

    def is_quoted(self, point: int) -> bool:
        """Whether a character lies between double quotation marks."""
        i = bisect_right(self.quote_starts, point) - 1
        return i >= 0 and point < self.quoted[i].end

    def tokens_between(self, start: int, end: int) -> tuple[Token, ...]:
        """The tokens that start in [start, end)."""
        i = bisect_right(self.token_starts, start - 1)
        j = bisect_right(self.token_starts, end - 1)
        return self.tokens[i:j]


def lay_out(article: Article) -> Layout:
    """The article's own words: what stands in zones that its writers wrote, innermost zone counting."""
    text = article.page.text
    found: list[Sentence] = []
    tokens: list[Token] = []
    quoted: list[Span] = []
    n_paragraphs = 0
    for kind, stretch in innermost(article.zones, len(text)):
        if kind not in ARTICLE_ZONES:
            continue
        for paragraph in paragraphs(text, stretch.start, stretch.end):
            quoted.extend(quoted_spans(text, paragraph))
            for sentence in sentences(text, paragraph.start, paragraph.end):
                start, end, first = sentence.start, sentence.end, len(tokens)
                tokens.extend(_tokens(text, start, end))
                found.append(Sentence(start, end, n_paragraphs, kind, first, len(tokens)))
            n_paragraphs += 1
    return Layout(
        text,
        tuple(found),
        tuple(tokens),
        tuple(quoted),
        tuple(s.start for s in found),
        tuple(t.start for t in tokens),
        tuple(q.start for q in quoted),
    )


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for m in _TOKEN.finditer(text, start, end):
        word, stop = m.group().translate(_APOSTROPHES), m.end()
        if stop < end and text[stop] == "." and (_is_dotted(word) or is_abbreviation(word)):
            stop += 1
            word += "."
        yield Token(m.start(), stop, word)


def _is_dotted(word: str) -> bool:
    """A single capital, or capitals with full stops between ("G", "U.S", "D-N.C")."""
    return (len(word) == 1 and word.isupper()) or (
        "." in word and all(len(p) <= 2 for p in re.split(r"[.\-]", word))
    )
