"""The tables of utterances: what waits to be grouped, what has been, what falls apart again.

In: numbers of statements, and Utterances that `utterances` made. Out: rows, and the way back. Whatever
changes about a statement (its page goes, a copy is linked, its speaker is merged) takes apart the
utterance that it reports and puts all its reports back into the queue: `utterances` empties the queue.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from onrecord.record.entries import batches, numbers
from onrecord.record.results import Report, Utterance


def enqueue(connection: sqlite3.Connection, statements: Iterable[int]) -> None:
    """Puts current statements into the queue, with all that report the same utterances."""
    found = sorted(set(statements))
    dissolve(connection, found)
    wait(connection, found)


def wait(connection: sqlite3.Connection, statements: Iterable[int]) -> None:
    """Puts statements into the queue that report no utterance."""
    connection.executemany(
        "INSERT INTO ungrouped (statement) VALUES (?) ON CONFLICT DO NOTHING", [(n,) for n in statements]
    )


def enqueue_page(connection: sqlite3.Connection, page: int) -> None:
    """Puts all current statements of a page into the queue."""
    enqueue(
        connection,
        numbers(
            connection.execute(
                "SELECT statement FROM statements WHERE page = ? AND is_current = 1", (page,)
            ).fetchall()
        ),
    )


def forget(connection: sqlite3.Connection, statements: Sequence[int]) -> None:
    """Takes statements that are current no longer out of queue and utterances."""
    dissolve(connection, statements)
    connection.executemany("DELETE FROM ungrouped WHERE statement = ?", [(n,) for n in statements])


def waiting(connection: sqlite3.Connection, limit: int) -> list[int]:
    """The first of the queue, by number."""
    return numbers(
        connection.execute("SELECT statement FROM ungrouped ORDER BY statement LIMIT ?", (limit,)).fetchall()
    )


def replace(
    connection: sqlite3.Connection, statements: Sequence[int], utterances: Sequence[Utterance]
) -> None:
    """Says anew what some statements report; see `Record.replace_utterances`."""
    members = {report.statement for utterance in utterances for report in utterance.reports}
    left = _waiting_of(connection, sorted(members.difference(statements)))
    dissolve(connection, sorted({*statements, *members}))
    for utterance in utterances:
        number = connection.execute(
            "INSERT INTO utterances (id, speaker, said_on, said_until, n_reports, n_independent)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                utterance.id,
                utterance.speaker,
                utterance.said_on,
                utterance.said_until,
                len(utterance.reports),
                utterance.n_independent,
            ),
        ).lastrowid
        connection.executemany(
            "INSERT INTO reports (statement, utterance, position, variant) VALUES (?, ?, ?, ?)",
            [(report.statement, number, i, report.variant) for i, report in enumerate(utterance.reports)],
        )
    connection.executemany(
        "DELETE FROM ungrouped WHERE statement = ?", [(n,) for n in {*statements, *members} - left]
    )


def _waiting_of(connection: sqlite3.Connection, statements: Sequence[int]) -> set[int]:
    """Those of some statements that stand in the queue."""
    return {
        int(row[0])
        for marks, batch in batches(statements)
        for row in connection.execute(f"SELECT statement FROM ungrouped WHERE statement IN ({marks})", batch)
    }


def dissolve(connection: sqlite3.Connection, statements: Sequence[int]) -> None:
    """Takes apart the utterances that statements report; all that reported them go into the queue."""
    found = set[int]()
    for marks, batch in batches(statements):
        found.update(
            numbers(
                connection.execute(
                    f"SELECT utterance FROM reports WHERE statement IN ({marks})", batch
                ).fetchall()
            )
        )
    for marks, batch in batches(sorted(found)):
        connection.execute(
            "INSERT INTO ungrouped (statement) SELECT r.statement FROM reports r"
            f" WHERE r.utterance IN ({marks}) ON CONFLICT DO NOTHING",
            batch,
        )
        connection.execute(f"DELETE FROM utterances WHERE utterance IN ({marks})", batch)


_UTTERANCES = (
    "SELECT u.utterance, u.id, u.speaker, u.said_on, u.said_until, u.n_independent FROM utterances u"
)


def load(
    connection: sqlite3.Connection, where: str, values: tuple[str | int | None, ...]
) -> Iterator[Utterance]:
    """Utterances by a condition on u, with its ORDER BY and LIMIT."""
    for number, utterance_id, speaker, said_on, said_until, n_independent in connection.execute(
        f"{_UTTERANCES} {where}", values
    ).fetchall():
        reports = connection.execute(
            "SELECT statement, variant FROM reports WHERE utterance = ? ORDER BY position", (number,)
        ).fetchall()
        yield Utterance(
            id=utterance_id,
            speaker=speaker,
            said_on=said_on,
            said_until=said_until,
            reports=tuple(Report(*report) for report in reports),
            n_independent=n_independent,
        )
