"""Conditions on statements, and the order in which those that meet them are listed.

In: a Filter. Out: SQL, numbers of statements. Leaves to others: conditions on their words (`search`) and their
meaning (`meaning`), what a number stands for (`entries`).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions on statements. speakers: numbers, any of which; None: whoever. Days: ISO, inclusive."""

    speakers: tuple[int, ...] | None = None
    since: str | None = None
    until: str | None = None
    kind: str | None = None
    page: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everything passes."""
        return self == Filter()


def conditions(where: Filter, *, from_speaker: bool = False) -> tuple[str, list[str | int]]:
    """SQL conditions on `s` (statements), each behind an AND, and what fills them in.

    from_speaker: the speaker's statements are looked up first, instead of each statement's speaker.
    """
    sql, values = "", list[str | int]()
    if where.kind is not None:
        sql += " AND s.kind = ?"
        values.append(where.kind)
    if where.page is not None:
        sql += " AND s.page = ?"
        values.append(where.page)
    if where.since is not None:
        sql += " AND coalesce(s.last_day, s.day) >= ?"
        values.append(where.since)
    if where.until is not None:
        sql += " AND s.day <= ?"
        values.append(where.until)
    if where.speakers is not None:
        named = f"n.canonical IN ({', '.join('?' * len(where.speakers))})" if where.speakers else "1 = 0"
        joined = f"statement_speakers ss JOIN speakers n ON n.speaker = ss.speaker WHERE {named}"
        if from_speaker:
            sql += f" AND s.statement IN (SELECT ss.statement FROM {joined})"
        else:
            sql += f" AND EXISTS (SELECT 1 FROM {joined} AND ss.statement = s.statement)"
        values += where.speakers
    return sql, values


def list_statements(connection: sqlite3.Connection, where: Filter, limit: int, offset: int) -> list[int]:
    """Numbers of current statements by day (undated last), then page id, then place."""
    sql, values = conditions(where, from_speaker=True)
    found = connection.execute(
        "SELECT s.statement FROM statements s JOIN pages p ON p.page = s.page"
        f" WHERE s.is_current = 1{sql} ORDER BY s.day NULLS LAST, p.id, s.position LIMIT ? OFFSET ?",
        (*values, limit, offset),
    )
    return [int(row[0]) for row in found]


def count_listed(connection: sqlite3.Connection, where: Filter) -> int:
    """How many current statements meet the conditions."""
    sql, values = conditions(where, from_speaker=True)
    row = connection.execute(
        f"SELECT count(*) FROM statements s WHERE s.is_current = 1{sql}", values
    ).fetchone()
    return int(row[0])


def in_order(connection: sqlite3.Connection, ranks: dict[int, float]) -> list[int]:
    """Numbers of statements by rank (the least first), then the later day, then page id and place."""
    if len(ranks) < 2:
        return list(ranks)
    marks = ", ".join("?" * len(ranks))
    places = connection.execute(
        "SELECT s.statement, coalesce(s.day, ''), p.id, s.position FROM statements s"
        f" JOIN pages p ON p.page = s.page WHERE s.statement IN ({marks})",
        tuple(ranks),
    ).fetchall()
    places.sort(key=lambda row: (row[2], row[3]))
    places.sort(key=lambda row: str(row[1]), reverse=True)
    places.sort(key=lambda row: ranks[row[0]])
    return [int(row[0]) for row in places]
