"""The names that readings give: on record while something is said by them.

In: Speakers as the readings give them. Out: numbers of names. Leaves to others: which names are one speaker
(`canonical`), looking names up (`speakers`).

"A spokesman", "rebels", "the report" are nobody across articles: each page has its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from onrecord.record import canonical, folding
from onrecord.record.speakers import index_words
from onrecord.types import Speaker, SpeakerKind

#: Kinds whose words name somebody only inside their own article.
LOCAL_KINDS = frozenset({SpeakerKind.GROUP, SpeakerKind.UNNAMED, SpeakerKind.DOCUMENT})


def numbers_for(
    connection: sqlite3.Connection, speaker: Speaker, sha256: str, authors: frozenset[str]
) -> list[int]:
    """Numbers of the names of one speaker (several who spoke jointly); new names are entered.

    sha256: of the page, whose own a local name is. authors: the folded names in its byline.
    """
    out = []
    for name in speaker.names:
        key = folding.name_key(name)
        is_local = speaker.kind in LOCAL_KINDS or (speaker.kind is SpeakerKind.AUTHOR and key not in authors)
        authority = folding.plain(speaker.id) if speaker.id and len(speaker.names) == 1 else ""
        scope = sha256[:16] if is_local and not authority else ""
        written = " ".join(folding.plain(name).split()) or key
        out.append(_number(connection, written, speaker.kind, key, scope, authority))
    return out


def _number(
    connection: sqlite3.Connection, name: str, kind: SpeakerKind, key: str, scope: str, authority: str
) -> int:
    place = (key, kind.value, scope, authority)
    row = connection.execute(
        "SELECT speaker, name FROM speakers WHERE key = ? AND kind = ? AND scope = ? AND authority = ?", place
    ).fetchone()
    if row:
        if _plainness(name) < _plainness(row[1]):  # of two ways to write one name, whichever came first
            connection.execute("UPDATE speakers SET name = ? WHERE speaker = ?", (name, row[0]))
        return int(row[0])
    forms = canonical.tie_forms(key) if kind is SpeakerKind.PERSON and not scope else ("", "", "")
    number = connection.execute(
        "INSERT INTO speakers (name, kind, key, scope, authority, core, spelt, surname, canonical)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)",
        (name, *place[1:2], key, scope, authority, *forms),
    ).lastrowid
    assert number is not None
    connection.execute("UPDATE speakers SET canonical = ? WHERE speaker = ?", (number, number))
    index_words(connection, [(number, key)])
    if not scope:
        canonical.settle(connection, (number,))
    return number


def _plainness(name: str) -> tuple[bool, str]:
    """Less for the better way to write a name: in capitals and small letters; then in code point order."""
    return name.isupper() or name.islower(), name


def forget(connection: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Drops names that nothing on record is said by any more; what they held together is settled anew."""
    gone, left = list[int](), set[int]()
    targets = {merge.into_key for merge in canonical.held_merges(connection)}
    for number in sorted(set(numbers)):
        key = connection.execute("SELECT key FROM speakers WHERE speaker = ?", (number,)).fetchone()[0]
        if key in targets:
            continue
        if connection.execute(
            "SELECT 1 FROM statement_speakers WHERE speaker = ? LIMIT 1", (number,)
        ).fetchone():
            continue
        gone.append(number)
        left.update(
            name.number
            for name in canonical.neighbourhood(
                connection, (number,), canonical.held_merges(connection)
            ).values()
        )
    for number in gone:
        connection.execute("UPDATE utterances SET speaker = NULL WHERE speaker = ?", (number,))
        connection.execute("DELETE FROM speaker_words WHERE speaker = ?", (number,))
        connection.execute("DELETE FROM speakers WHERE speaker = ?", (number,))
    canonical.settle(connection, sorted(left.difference(gone)))
