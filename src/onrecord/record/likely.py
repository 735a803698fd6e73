"""Which statements and paragraphs have something of some words: what a quotation is compared with.

In: the folded words of a quotation, in their order. Out: numbers, those with most of it first. Three ways, the
cheapest first: words in a row (`grams`), rare words by themselves, and a phrase through the word index, where
words are too few or too common for the others. Each has a limit, so that asking costs about the same in a small
record and in a large one. Leaves to others: fetching them, comparing word by word.

Thin: where more statements have one stretch of words than MAX_WITH_GRAM, the first on record are looked at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence

from onrecord.record import grams, search
from onrecord.record.rarity import is_common, total, weight, weights
from onrecord.record.terms import Term

#: Grams of a quotation that are looked up, and statements that each may bring.
MAX_GRAMS, MAX_WITH_GRAM = 80, 400
#: Rare words that are looked up, and statements (paragraphs) that all of them may bring: a word with more than
#: is left of these is not rare here.
MAX_RARE, MAX_ROWS, MAX_RARE_OF_TEXT, MAX_PARAGRAPHS = 8, 800, 4, 400
#: A paragraph has so much of the rare words' weight, if it has the quotation.
PARAGRAPH_SHARE = 0.5
#: Of a phrase through the word index so many words are asked for, statements looked at, phrases of a text.
PHRASE_WORDS, MAX_WITH_PHRASE, MAX_PHRASES = 12, 400, 1
#: Statements whose speakers are looked at in one go; names of a speaker that are looked for beside a phrase.
MAX_FILTERED, MAX_NAMES = 100, 500
#: No longer word is looked for.
MAX_WORD_CHARS = 60


def by_grams(connection: sqlite3.Connection, words: Sequence[str]) -> dict[int, float]:
    """Statements that have words in a row in common with these, each with how many grams; see `of`."""
    asked = grams.every(words) if len(words) <= MAX_GRAMS else grams.chosen(words, grams.QUOTED_WINDOW)
    shared: dict[int, float] = {}
    for gram in asked[:MAX_GRAMS]:
        for number in grams.having(connection, gram, MAX_WITH_GRAM):
            shared[number] = shared.get(number, 0.0) + 1.0
    return shared


def is_sure(connection: sqlite3.Connection, words: Sequence[str]) -> bool:
    """Whether `by_grams` must have found every statement that has these words side by side.

    Not of few words, which may share no gram, nor of words that too many statements have.
    """
    if len(words) < grams.STRETCH or len(words) > MAX_GRAMS:
        return len(words) > MAX_GRAMS
    kept = grams.chosen(words, grams.WINDOW)
    return bool(kept) and any(
        len(grams.having(connection, gram, MAX_WITH_GRAM)) < MAX_WITH_GRAM for gram in kept
    )


def by_rare_words(connection: sqlite3.Connection, words: Sequence[str]) -> dict[int, float]:
    """Statements that have rare ones of these words, each with the weight of those it has."""
    return _with_rare(connection, words, MAX_RARE, MAX_ROWS, search.match_statements)


def by_phrase(
    connection: sqlite3.Connection, words: Sequence[str], speakers: Collection[int]
) -> dict[int, float]:
    """Statements that have the first of these words side by side; those that names with one of these numbers made,
    where any is given."""
    asked = words[:PHRASE_WORDS]
    match = search.match_all([Term(tuple(asked))])
    found = search.match_statements(connection, match, MAX_WITH_PHRASE, sorted(speakers)[:MAX_NAMES])
    return dict.fromkeys(found, total(asked))


def of(
    connection: sqlite3.Connection, shared: dict[int, float], speakers: Collection[int], limit: int
) -> list[int]:
    """The statements that share most, at most so many, that names with one of these numbers made; whoever made
    them where no name is given."""
    if not speakers:
        return cut(shared, limit)
    kept: list[int] = []
    ranked = cut(shared, len(shared))
    for start in range(0, len(ranked), MAX_FILTERED):
        batch = ranked[start : start + MAX_FILTERED]
        marks = ", ".join("?" * len(batch))
        spoken = {
            statement
            for statement, speaker in connection.execute(
                f"SELECT statement, speaker FROM statement_speakers WHERE statement IN ({marks})", batch
            )
            if speaker in speakers
        }
        kept += [number for number in batch if number in spoken]
        if len(kept) >= limit:
            break
    return kept[:limit]


def paragraphs(connection: sqlite3.Connection, words: Sequence[str], limit: int) -> list[int]:
    """Numbers of paragraphs that may have these words, those with most of the rare ones first.

    Where none of them is rare, those with the stretch of them that tells most.
    """
    shared = _with_rare(connection, words, MAX_RARE_OF_TEXT, MAX_PARAGRAPHS, _match_paragraphs)
    if shared:
        least = PARAGRAPH_SHARE * max(shared.values())
        return cut({number: n for number, n in shared.items() if n >= least}, limit)
    for phrase in telling(words):
        match = search.match_all([Term(phrase)])
        for number in _match_paragraphs(connection, match, MAX_PARAGRAPHS):
            shared[number] = shared.get(number, 0.0) + total(phrase)
    return cut(shared, limit)


def cut(shared: dict[int, float], limit: int) -> list[int]:
    """Numbers of those that share most, at most so many; of two, the older on record."""
    return sorted(shared, key=lambda number: (-shared[number], number))[:limit]


def telling(words: Sequence[str], size: int = 4) -> list[tuple[str, ...]]:
    """The stretches of so many of the words that weigh most, apart from each other."""
    size = min(size, len(words))
    w = weights(words)
    totals = [sum(w[i : i + size]) for i in range(len(words) - size + 1)]
    taken: list[int] = []
    for i in sorted(range(len(totals)), key=lambda i: (-totals[i], i)):
        if len(taken) < MAX_PHRASES and all(abs(i - k) >= size for k in taken):
            taken.append(i)
    return [tuple(words[i : i + size]) for i in sorted(taken)]


def _with_rare(
    connection: sqlite3.Connection, words: Sequence[str], n: int, room: int, match: search.Matching
) -> dict[int, float]:
    """What has some of the n rarest words, as far as they are rare on record, with the weight of those."""
    shared: dict[int, float] = {}
    usable = {word for word in words if len(word) <= MAX_WORD_CHARS and not is_common(word)}
    for word in sorted(usable, key=lambda word: (-weight(word), word))[:n]:
        found = match(connection, search.match_all([Term((word,))]), room + 1)
        if len(found) > room:
            continue
        room -= len(found)
        for number in found:
            shared[number] = shared.get(number, 0.0) + weight(word)
    return shared


def _match_paragraphs(connection: sqlite3.Connection, match: str, limit: int) -> list[int]:
    return search.match_paragraphs(connection, match, limit, ranked=False)
