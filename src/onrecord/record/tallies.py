"""How much each speaker has on record: kept, so that the most quoted are listed without counting.

In: pages whose statements come into the index or leave it, names that go to another speaker. Out: SpeakerEntries, those
with most statements first. Leaves to others: which names are one speaker (`canonical`).

Two tables. `speaker_pages` has what each name says on each page, and is the truth; `speaker_totals` adds it up for each
speaker.

Thin: a statement that two names of one speaker share ("Ana Ruiz and Ana M. Ruiz said") counts twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from onrecord.record.entries import batches
from onrecord.record.results import SpeakerEntry
from onrecord.types import SpeakerKind

SCHEMA = (
    """
    CREATE TABLE speaker_pages (      -- what a name has on a current page; kept up to date with the index
      speaker INTEGER NOT NULL REFERENCES speakers (speaker) ON DELETE CASCADE,
      page INTEGER NOT NULL,
      n_statements INTEGER NOT NULL,
      first_day TEXT,
      last_day TEXT,
      PRIMARY KEY (speaker, page)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX speaker_pages_page ON speaker_pages (page)",
    """
    CREATE TABLE speaker_totals (     -- the same of all names of one speaker, on all pages
      speaker INTEGER PRIMARY KEY REFERENCES speakers (speaker) ON DELETE CASCADE,
      n_statements INTEGER NOT NULL,
      n_articles INTEGER NOT NULL,
      first_day TEXT,
      last_day TEXT
    )
    """,
    "CREATE INDEX speaker_totals_n ON speaker_totals (n_statements)",
    "DROP TABLE speaker_counts",
)
_OF_PAGES = """
    INSERT INTO speaker_pages (speaker, page, n_statements, first_day, last_day)
      SELECT ss.speaker, s.page, count(*), min(s.day), max(s.day) FROM statements s
       CROSS JOIN statement_speakers ss ON ss.statement = s.statement
       WHERE s.is_current = 1{} GROUP BY ss.speaker, s.page
"""
_TOTALS = """
    SELECT n.canonical, sum(k.n_statements), count(DISTINCT k.page), min(k.first_day), max(k.last_day)
      FROM speakers n CROSS JOIN speaker_pages k ON k.speaker = n.speaker{} GROUP BY n.canonical
"""


def fill(connection: sqlite3.Connection) -> None:
    """Counts everything that is on record; the tables are empty."""
    connection.execute(_OF_PAGES.format(""))
    connection.execute("INSERT INTO speaker_totals" + _TOTALS.format(""))


def enter(connection: sqlite3.Connection, page: int) -> None:
    """Counts a page's current statements."""
    connection.execute(_OF_PAGES.format(" AND s.page = ?"), (page,))
    connection.execute(
        "INSERT INTO speaker_totals (speaker, n_statements, n_articles, first_day, last_day)"
        " SELECT n.canonical, sum(k.n_statements), 1, min(k.first_day), max(k.last_day)"
        " FROM speaker_pages k JOIN speakers n ON n.speaker = k.speaker WHERE k.page = ? GROUP BY n.canonical"
        " ON CONFLICT (speaker) DO UPDATE SET n_statements = n_statements + excluded.n_statements,"
        " n_articles = n_articles + 1,"
        " first_day = coalesce(min(first_day, excluded.first_day), first_day, excluded.first_day),"
        " last_day = coalesce(max(last_day, excluded.last_day), last_day, excluded.last_day)",
        (page,),
    )


def leave(connection: sqlite3.Connection, page: int) -> None:
    """Takes a page out of the counts."""
    found = connection.execute(
        "SELECT n.canonical, sum(k.n_statements), min(k.first_day), max(k.last_day)"
        " FROM speaker_pages k JOIN speakers n ON n.speaker = k.speaker WHERE k.page = ? GROUP BY n.canonical",
        (page,),
    ).fetchall()
    connection.execute("DELETE FROM speaker_pages WHERE page = ?", (page,))
    at_the_edge = []
    for speaker, n_statements, first, last in found:
        before = connection.execute(
            "SELECT first_day, last_day, n_articles FROM speaker_totals WHERE speaker = ?", (speaker,)
        ).fetchone()
        if before[2] == 1 or (first is not None and (first == before[0] or last == before[1])):
            at_the_edge.append(speaker)
        else:
            connection.execute(
                "UPDATE speaker_totals SET n_statements = n_statements - ?, n_articles = n_articles - 1"
                " WHERE speaker = ?",
                (n_statements, speaker),
            )
    _add_up(connection, at_the_edge)


def move(connection: sqlite3.Connection, name: int, before: int, now: int) -> None:
    """Says that a name is another speaker's now."""
    connection.execute("UPDATE speakers SET canonical = ? WHERE speaker = ?", (now, name))
    if connection.execute("SELECT 1 FROM speaker_pages WHERE speaker = ? LIMIT 1", (name,)).fetchone():
        _add_up(connection, (before, now))


def _add_up(connection: sqlite3.Connection, speakers: Sequence[int]) -> None:
    """Makes the totals of some speakers anew."""
    for marks, batch in batches(speakers):
        connection.execute(f"DELETE FROM speaker_totals WHERE speaker IN ({marks})", batch)
        connection.execute(
            "INSERT INTO speaker_totals" + _TOTALS.format(f" WHERE n.canonical IN ({marks})"), batch
        )


# ------------------------------------------------------------------------------------ questions


def listing(
    connection: sqlite3.Connection,
    kinds: Iterable[SpeakerKind],
    numbers: tuple[int, ...] | None,
    limit: int,
    offset: int,
) -> Iterator[SpeakerEntry]:
    """Speakers with what is on record, those with most statements first, then by name."""
    if numbers is None:
        numbers = _most_quoted(connection, [kind.value for kind in kinds], limit, offset)
    found: dict[int, SpeakerEntry] = {}
    for marks, batch in batches(numbers):
        names: dict[int, list[str]] = {}
        authorities: dict[int, str] = {}
        for number, name, authority in connection.execute(
            "SELECT canonical, name, max(authority) FROM speakers"
            f" WHERE canonical IN ({marks}) GROUP BY canonical, name ORDER BY name",
            batch,
        ):
            names.setdefault(number, []).append(name)
            authorities[number] = max(authority, authorities.get(number, ""))
        for number, name, kind, *totals in connection.execute(
            "SELECT c.speaker, c.name, c.kind, t.n_statements, t.n_articles, t.first_day, t.last_day"
            " FROM speakers c JOIN speaker_totals t ON t.speaker = c.speaker"
            f" WHERE c.speaker IN ({marks})",
            batch,
        ):
            found[number] = SpeakerEntry(
                number, name, SpeakerKind(kind), authorities[number] or None, tuple(names[number]), *totals
            )
    yield from (found[number] for number in numbers if number in found)


def _most_quoted(
    connection: sqlite3.Connection, kinds: Sequence[str], limit: int, offset: int
) -> tuple[int, ...]:
    """Numbers of speakers by how many current statements they have, then by name; those of the kinds."""
    marks = ", ".join("?" * len(kinds))
    found = connection.execute(
        "SELECT t.speaker, t.n_statements, c.name, c.kind FROM speaker_totals t"
        " CROSS JOIN speakers c ON c.speaker = t.speaker"
        f" WHERE c.kind IN ({marks}) ORDER BY t.n_statements DESC",
        tuple(kinds),
    )
    ranked = list[tuple[int, str, str, int]]()
    for number, n, name, kind in found:
        if 0 <= offset + limit <= len(ranked) and limit >= 0 and -n > ranked[-1][0]:
            break  # all of those that tie with the last one are there: the name decides
        ranked.append((-n, name, kind, number))
    ranked.sort()
    numbers = tuple(number for *_, number in ranked[offset:])
    return numbers if limit < 0 else numbers[:limit]
