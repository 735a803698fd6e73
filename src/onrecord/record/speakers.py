"""Speakers by number: who is called so, and what a number stands for.

In: names as people type them, numbers. Out: numbers of speakers, references. Leaves to others: names as the
readings give them (`naming`), which of them are one speaker (`canonical`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from onrecord.record import folding
from onrecord.record.results import SpeakerRef
from onrecord.record.terms import Term
from onrecord.types import SpeakerKind

#: Names of more words are not looked for in a search, and no more speakers are meant by one.
MAX_NAME_WORDS, MAX_MEANT = 5, 200


def find(connection: sqlite3.Connection, name: str) -> tuple[int, ...]:
    """Numbers of the speakers called so: by the whole name, else by some of its words; () if nobody is."""
    key = folding.name_key(name)
    exact = connection.execute(
        "SELECT DISTINCT canonical FROM speakers WHERE key = ? ORDER BY canonical", (key,)
    ).fetchall()
    if exact or not key:
        return tuple(int(row[0]) for row in exact)
    words = key.split(" ")
    found = {
        int(canonical)
        for canonical, other in connection.execute(
            "SELECT s.canonical, s.key FROM speaker_words w JOIN speakers s ON s.speaker = w.speaker WHERE w.word = ?",
            (max(words, key=len),),
        )
        if set(words) <= set(str(other).split(" "))
    }
    return tuple(sorted(found))


def named_in(
    connection: sqlite3.Connection, terms: Sequence[Term]
) -> tuple[tuple[Term, ...], tuple[int, ...]]:
    """The terms of a search less those, first or last, that name speakers, and the speakers' numbers.

    As many of them as name somebody; at least one is left. () for speakers where none are named.
    """
    for n_names in range(min(len(terms) - 1, MAX_NAME_WORDS), 0, -1):
        for names, others in ((terms[:n_names], terms[n_names:]), (terms[-n_names:], terms[:-n_names])):
            found = find(connection, " ".join(word for term in names for word in term.words))
            if found:
                return tuple(others), found[:MAX_MEANT]
    return tuple(terms), ()


def reference(connection: sqlite3.Connection, number: int) -> SpeakerRef | None:
    """A speaker by number, or None."""
    row = connection.execute(
        "SELECT c.speaker, c.name, c.kind FROM speakers n JOIN speakers c ON c.speaker = n.canonical"
        " WHERE n.speaker = ?",
        (number,),
    ).fetchone()
    return SpeakerRef(row[0], row[1], SpeakerKind(row[2])) if row else None


def index_words(connection: sqlite3.Connection, keys: Iterable[tuple[int, str]]) -> None:
    """Enters the words by which names, given as numbers and keys, are found."""
    connection.executemany(
        "INSERT INTO speaker_words (word, speaker) VALUES (?, ?)",
        ((word, number) for number, key in keys for word in sorted(set(key.split()))),
    )
