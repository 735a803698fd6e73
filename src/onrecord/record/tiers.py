"""Index entries whose order has nothing to do with when they came, written so that an article costs the same in any record.

In: rows of whole numbers. Out: the same rows, found by the first of their numbers. A hash of three words may lie anywhere
in a table sorted by hashes: in a large one every new entry changes a page of its own. So new entries go into a small table,
which is emptied into one twenty times its size when it is full, and so on (a log-structured merge tree: O'Neil, Cheng,
Gawlick, O'Neil 1996). Entries are moved in order, many to a page. Where an entry stands changes nothing in the answers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

#: Rows that the small tables hold before they are emptied into the next; the last one, which bears the bare name, holds
#: all others. The first fits on a few pages; a page holds some 400 rows, so that twenty times as many are moved page by page.
SIZES = (2_000, 40_000, 800_000)

Row = tuple[int, ...]


@dataclass(frozen=True)
class Tiers:
    """One such index. columns: all of them are its key, and the first is what is looked up; about: for the schema."""

    name: str
    columns: tuple[str, ...]
    about: str

    @cached_property
    def tables(self) -> tuple[str, ...]:
        """All tables, the one with the oldest rows first."""
        return (self.name, *reversed(self._small))

    @cached_property
    def _small(self) -> tuple[str, ...]:
        return tuple(f"{self.name}_{i}" for i in range(1, len(SIZES) + 1))

    def schema(self, *, whole: bool = True) -> tuple[str, ...]:
        """The tables as SQL; not `whole`: the small ones alone."""
        declared = "".join(f"  {column} INTEGER NOT NULL,\n" for column in self.columns)
        key = f"  PRIMARY KEY ({', '.join(self.columns)})\n) WITHOUT ROWID"
        about = {self.name: self.about}
        return tuple(
            f"CREATE TABLE {table} ( -- {about.get(table, f'newer rows of {self.name}')}\n{declared}{key}"
            for table in (self.tables if whole else self._small)
        )

    def having(self, select: str, condition: str) -> str:
        """A query of all tables, with numbered parameters in the condition; ORDER BY and LIMIT may follow."""
        return " UNION ALL ".join(f"SELECT {select} FROM {table} WHERE {condition}" for table in self.tables)

    def insert(self, connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
        """Enters rows, those that are there already excepted."""
        connection.executemany(self._inserting(self._small[0]), sorted(rows))
        for table, below, size in zip(self._small, (*self._small[1:], self.name), SIZES, strict=True):
            if connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] <= size:
                return
            connection.execute(f"INSERT OR IGNORE INTO {below} SELECT * FROM {table}")
            connection.execute(f"DELETE FROM {table}")

    def fill(self, connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
        """Enters the rows of a whole record, whose tables are empty."""
        connection.executemany(self._inserting(self.name), sorted(rows))

    def delete(self, connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
        """Takes rows out."""
        where = " AND ".join(f"{column} = ?" for column in self.columns)
        for table in self.tables:
            connection.executemany(f"DELETE FROM {table} WHERE {where}", rows)

    def clear(self, connection: sqlite3.Connection) -> None:
        """Takes all rows out."""
        for table in self.tables:
            connection.execute(f"DELETE FROM {table}")

    def count(self, connection: sqlite3.Connection) -> int:
        """How many rows there are."""
        return sum(
            int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) for table in self.tables
        )

    def _inserting(self, table: str) -> str:
        return f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(self.columns))})"
