"""A record, open: the connection, transactions, and what every subject of `store.Record` needs.

In: a path. Out: `OpenRecord`, which the subjects build on: `keeping` (what comes in and goes), `asking` (pages,
statements, search), `deciding` (speakers, what users decided), `comparing` (copies, the check, utterances).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord.errors import InputError, RecordError
from onrecord.record import meaning, opening, pages, rows, sites, speakers
from onrecord.record.listing import Filter
from onrecord.record.lookup import RecordLookup
from onrecord.types import Kind


def utc_now() -> str:
    """The time in ISO 8601, to the second: the only clock of this room, and an argument of Record."""
    return datetime.now(UTC).isoformat(timespec="seconds")


#: A speaker to look for: a number, several numbers (any of them), or a name as `find_speakers` takes it.
Who = str | int | tuple[int, ...]


class OpenRecord:
    """The connection of a record. Every method raises RecordError where the file is damaged or locked."""

    def __init__(
        self,
        path: str | Path,
        *,
        create: bool = True,
        readonly: bool = False,
        now: Callable[[], str] = utc_now,
        embedder: Callable[[], meaning.Embedder] | None = None,
    ) -> None:
        self.path = Path(path)
        self._embedder = embedder
        self.readonly = readonly
        self._now = now
        self._depth = self._n_read = 0
        self._lookup: RecordLookup | None = None
        self._connection: sqlite3.Connection | None = opening.open_connection(
            self.path, create=create, readonly=readonly, now=now
        )

    def close(self) -> None:
        """Closes the file; a second time does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = self._lookup = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything written inside stays together or not at all; may be nested (the outermost counts).

        The connection it gives is for this room alone.
        """
        connection = self._open()
        with opening.explaining(self.path):
            if self._depth:
                self._depth += 1
                try:
                    yield connection
                finally:
                    self._depth -= 1
                return
            if self.readonly:
                raise RecordError(f"{self.path}: the record was opened read-only")
            connection.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield connection
                sites.settle(connection, unindex=pages.unindex_statements, index=pages.index_statements)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._depth = 0

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """All that is asked inside is about one moment, whatever others write meanwhile."""
        connection = self._open()
        with opening.explaining(self.path):
            if connection.in_transaction:
                yield connection
                return
            self._n_read += 1
            if self._n_read == opening.MAPPED_FROM:
                opening.map_file(connection)
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("COMMIT")

    @contextmanager
    def _watching(self) -> Iterator[sqlite3.Connection]:
        """For answers that come one at a time: nothing is held between them."""
        connection = self._open()
        with opening.explaining(self.path):
            yield connection

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            raise RecordError(f"{self.path}: this record has been closed")
        return self._connection

    def _one(self, sql: str, *values: str | int) -> int:
        return int(self._open().execute(sql, values).fetchone()[0])

    def _missing(self, page_id: str) -> RecordError:
        return RecordError(f"{self.path}: {page_id} is not on record; `onrecord show` lists what is")

    def _current(self, connection: sqlite3.Connection, page_id: str) -> int:
        page = pages.number_of(connection, page_id)
        if page is None:
            raise self._missing(page_id)
        return page

    def _filter(
        self,
        connection: sqlite3.Connection,
        speaker: Who | None,
        since: str | None,
        until: str | None,
        kind: Kind | None,
        page: str | None,
    ) -> Filter:
        numbers: tuple[int, ...] | None = None
        if isinstance(speaker, str):
            numbers = speakers.find(connection, speaker)
        elif speaker is not None:
            asked = (speaker,) if isinstance(speaker, int) else speaker
            references = [speakers.reference(connection, number) for number in asked]
            numbers = tuple(sorted({reference.number for reference in references if reference}))
        return Filter(
            speakers=numbers,
            since=_day(since, "since", last=False),
            until=_day(until, "until", last=True),
            kind=kind.value if kind else None,
            page=None if page is None else (pages.number_of(connection, page) or -1),
        )


def no_limit(limit: int | None) -> int:
    return -1 if limit is None else limit


def _day(value: str | None, option: str, *, last: bool) -> str | None:
    """An ISO day, the first or last of a month or year. Raises InputError for anything else."""
    if value is None:
        return None
    day = rows.last_day(value) if last else rows.first_day(value)
    if day is None or not (value == day or day.startswith(value)):
        raise InputError(f"{option} {value}: no day; write it as 2014-07-09, 2014-07 or 2014")
    return day
