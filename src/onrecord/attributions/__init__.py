"""Who is quoted with which words: an article, and perhaps a trained tagger, to attributions.

In: an Article (or a bare text), and a Tagger or none. Out: Attributions with spans of Page.text, sorted
by where they begin. Leaves to others: who the source is (`speakers`), and on which day (`dates`).

    passages    what of a page is read                   quotes    what stands between quotation marks
    kinds       direct, mixed or indirect                quotations   each quotation, and whose it is
    rules       the deterministic reader, with tokens (sentences), clauses (subjects and verbs), forward
                ("X said that ..."), contents (how far), turns (transcripts, signatures), nested, drafts, lists;
                lone, messages, before_quotes, participles: quotations without a clause beside them
    windows, decode, neural   the trained reader
    repair      both put right by the marks and merged, with edges (by the sentence), keeping (what nobody
                said is dropped), addressees (who is told does not say it), places (what touches what)
    given       what somebody has marked, instead of a reader
"""

from __future__ import annotations

import unicodedata

from onrecord.attributions.passages import Passage, find_passage, whole
from onrecord.attributions.quotes import find_quotes
from onrecord.attributions.repair import merge
from onrecord.attributions.rules import read_rules
from onrecord.types import Article, Attribution, Span, Tagger

#: Unicode's "other symbol", "format" and "private use": what lost HTML leaves beside words.
_STRAY = frozenset({"So", "Cf", "Co"})

__all__ = ["attributions_of", "find_attributions"]


def find_attributions(article: Article, tagger: Tagger | None = None) -> tuple[Attribution, ...]:
    """The article's attributions, sorted by where they begin; with a tagger by it, else by rules.

    () for an article in a language that is not read. Readers' comments, appeals and whatever else is
    not the article's own are never looked at.
    """
    if not article.read_language:
        return ()
    return _read(find_passage(article), tagger)


def attributions_of(text: str, tagger: Tagger | None = None) -> tuple[Attribution, ...]:
    """The attributions of a bare text, all of it read as an article's body; spans are its own."""
    return _read(whole(text), tagger)


def _read(passage: Passage, tagger: Tagger | None) -> tuple[Attribution, ...]:
    if not passage.text:
        return ()
    quotes = find_quotes(passage.text)
    drafts = read_rules(passage.text, quotes)
    tagged = tagger.tag((passage.text,))[0] if tagger is not None else None
    found = merge(passage.text, quotes, drafts, tagged)
    return tuple(_back(passage, attribution) for attribution in found)


def _back(passage: Passage, attribution: Attribution) -> Attribution:
    def spans(given: tuple[Span, ...]) -> tuple[Span, ...]:
        bare = (_without_glyphs(passage.text, span) for span in given)
        return tuple(piece for span in bare for piece in passage.back(span))

    return Attribution(
        spans(attribution.source),
        spans(attribution.cue),
        spans(attribution.content),
        attribution.kind,
        attribution.score,
        attribution.parent,
        attribution.continues,
    )


def _without_glyphs(text: str, span: Span) -> Span:
    """The span without the bullets, ballot boxes and white space at its ends; itself if nothing is left."""
    start, end = span.start, span.end
    while start < end and (text[start].isspace() or unicodedata.category(text[start]) in _STRAY):
        start += 1
    while end > start and (text[end - 1].isspace() or unicodedata.category(text[end - 1]) in _STRAY):
        end -= 1
    return Span(start, end) if start < end else span
