"""When a statement was made, as its page says or as a dated copy does.

In: what was read, and what a dated copy of an undated article gives (`settings`). Out: the columns of `statements` by which
they are ordered and filtered. What a copy gives is kept beside what was read, and taken back when the copy goes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from onrecord.record import rows, tallies
from onrecord.types import CopyEvidence, Day, Setting, When


def days(said: Day | None, published: str | None) -> tuple[str | None, str | None, str | None, str | None]:
    """said_on, said_until, day and last_day of a statement."""
    if said is None:
        return None, None, rows.first_day(published), rows.last_day(published)
    return said.date, said.until, rows.first_day(said.date), rows.last_day(said.until or said.date)


def set_settings(
    connection: sqlite3.Connection, page: int, settings: Sequence[Setting] | None, published: When | None
) -> int:
    """How many statements' day or occasion changed; see `Record.set_settings`."""
    found = connection.execute(
        "SELECT statement, occasion, said FROM statements WHERE page = ? ORDER BY position", (page,)
    ).fetchall()
    if settings is not None and len(settings) != len(found):
        raise ValueError(f"the page has {len(found)} statements, and {len(settings)} settings are given")
    before = {
        number: (occasion, said)
        for number, occasion, said in connection.execute(
            "SELECT t.statement, t.occasion, t.said FROM settings t"
            " JOIN statements s ON s.statement = t.statement WHERE s.page = ?",
            (page,),
        )
    }
    own = connection.execute("SELECT published FROM articles WHERE page = ?", (page,)).fetchone()[0]
    connection.execute(
        "UPDATE articles SET copy_published = ? WHERE page = ?",
        (None if published is None else rows.dump(rows.when_object(published)), page),
    )
    date = own if own is not None or published is None else published.date
    n_changed = 0
    tallies.leave(connection, page)
    for i, (number, occasion, said) in enumerate(found):
        new = (occasion, said)
        if settings is not None:
            new = (rows.dump_occasion(settings[i].occasion), rows.dump_day(settings[i].said_on))
        n_changed += new != before.get(number, (occasion, said))
        connection.execute("DELETE FROM settings WHERE statement = ?", (number,))
        if new != (occasion, said):
            connection.execute(
                "INSERT INTO settings (statement, occasion, said) VALUES (?, ?, ?)", (number, *new)
            )
        day = rows.load_day(new[1])
        connection.execute(
            "UPDATE statements SET said_on = ?, said_until = ?, day = ?, last_day = ? WHERE statement = ?",
            (*days(day if isinstance(day, Day) else None, date), number),
        )
    tallies.enter(connection, page)
    return n_changed


def take_back(connection: sqlite3.Connection, page_id: str) -> None:
    """Takes from other pages the days that this one gave them."""
    for page, published in connection.execute(
        "SELECT page, copy_published FROM articles WHERE copy_published IS NOT NULL"
    ).fetchall():
        when = rows.load_when(rows.load(published))
        if isinstance(when, When) and when.evidence == CopyEvidence(page_id):
            set_settings(connection, page, None, None)
