"""Opening the one file, and transactions on it.

In: a path. Out: an open connection on which every step of the schema has been taken, or RecordError
with what was found and what to do. Leaves what is read and written to the others.

Settings: WAL, so that readers see a whole record beside one writer; foreign keys on; synchronous
NORMAL, with which a killed process loses nothing and a power cut at most the last pages added (never
the record's order); a busy timeout, so that two writers take turns.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from onrecord.errors import RecordError
from onrecord.record import migrations, word_index

#: How long a writer waits for another one before it gives up: a page is written in milliseconds.
BUSY_TIMEOUT_MS = 10_000
#: What a connection may keep of the file in memory.
CACHE_KIB = 32_768
#: Bytes of the file that are read where the system holds them instead of being copied (SQLite takes no more): a check
#: takes a fifth less time. Not while the file may still lie on the disk alone: for each page that is missed the system
#: then fetches all around it, and a check takes three times as long. So a file that is only read is mapped from so
#: many answers on.
MAPPED_BYTES, MAPPED_FROM = 1 << 31, 20
#: Pages of the log that are written before they go into the file (32 MB): an article's words are spread over some 200
#: pages, and those that many articles share are so written once. In a record of a million statements a commit takes
#: two thirds to four fifths of the time that it takes with SQLite's own 1,000.
LOGGED_PAGES = 8_000

_MAGIC = b"SQLite format 3\0"


def open_connection(
    path: Path, *, create: bool, readonly: bool, now: Callable[[], str]
) -> sqlite3.Connection:
    """An open record. Raises RecordError where there is none and `create` is false, or none can be."""
    _look(path, create=create and not readonly)
    try:
        connection = _connect(path, readonly=readonly)
    except sqlite3.Error as error:
        raise explained(path, error) from error
    try:
        if not readonly:
            _prepare(connection, path, now)
        else:
            _check_schema(connection, path)
    except sqlite3.Error as error:
        connection.close()
        raise explained(path, error) from error
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Inside, an error of SQLite's becomes a RecordError that names the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise explained(path, error) from error


def explained(path: Path, error: sqlite3.Error) -> RecordError:
    """The RecordError that tells a person what an error of SQLite's means here."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return RecordError(
            f"{path}: the record is locked: another program has been writing to it for over "
            f"{BUSY_TIMEOUT_MS // 1000} s; wait until it is done or end it"
        )
    if name.startswith("SQLITE_NOTADB"):
        return RecordError(f"{path}: this file is not a record (no SQLite file); name another with --record")
    if name.startswith("SQLITE_READONLY"):
        return RecordError(f"{path}: the record is read-only; allow writing to the file and its folder")
    if name.startswith("SQLITE_CANTOPEN"):
        return RecordError(
            f"{path}: the record cannot be opened; check the path and who may read and write it"
        )
    if name.startswith("SQLITE_FULL"):
        return RecordError(f"{path}: the disk is full; what was added before is kept; make room and go on")
    if name.startswith("SQLITE_CORRUPT") or isinstance(error, sqlite3.DataError):
        return RecordError(f"{path}: the record is damaged ({error}); restore a copy, or export what is left")
    return RecordError(f"{path}: {error}")


def _look(path: Path, *, create: bool) -> None:
    """Raises RecordError for what can be told from outside."""
    if path.is_dir():
        raise RecordError(
            f"{path}: this is a folder, and a record is a file; name one, such as {path}/record.db"
        )
    if not path.exists():
        if not create:
            raise RecordError(f"{path}: there is no record here; `onrecord add` makes one")
        if not path.parent.is_dir():
            raise RecordError(f"{path}: there is no folder {path.parent}; make it first")
        return
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        raise RecordError(f"{path}: the record cannot be read: {error.strerror or error}") from error
    if head and head != _MAGIC:
        raise RecordError(f"{path}: this file is not a record (no SQLite file); name another with --record")


def _connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    location = "file:" + quote(os.fsencode(path.absolute()))
    if not readonly:
        return _settled(sqlite3.connect(f"{location}?mode=rwc", uri=True, isolation_level=None), False)
    connection = sqlite3.connect(f"{location}?mode=ro", uri=True, isolation_level=None)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        # WAL wants to write beside the file; where the folder forbids it and nobody is writing, nothing is lost
        connection.close()
        wal = path.with_name(path.name + "-wal")
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY") or wal.exists():
            raise
        connection = sqlite3.connect(f"{location}?mode=ro&immutable=1", uri=True, isolation_level=None)
    return _settled(connection, True)


def _settled(connection: sqlite3.Connection, readonly: bool) -> sqlite3.Connection:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {LOGGED_PAGES}")
    if readonly:
        connection.execute("PRAGMA query_only = ON")
    else:
        map_file(connection)
    return connection


def map_file(connection: sqlite3.Connection) -> None:
    """Lets the file be read where the system holds it."""
    connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")


def _prepare(connection: sqlite3.Connection, path: Path, now: Callable[[], str]) -> None:
    _check_owner(connection, path)
    try:
        migrations.check_version(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        migrations.migrate(connection, now)
    except RecordError as error:
        raise RecordError(f"{path}: {error}") from error
    if word_index.is_stale(connection):
        connection.execute("BEGIN IMMEDIATE")
        try:
            word_index.rebuild(connection)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise


def _check_owner(connection: sqlite3.Connection, path: Path) -> None:
    """Raises RecordError for another program's SQLite file; an empty one is nobody's yet."""
    number = int(connection.execute("PRAGMA application_id").fetchone()[0])
    is_empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if number != migrations.APPLICATION_ID and not is_empty:
        raise RecordError(
            f"{path}: this SQLite file is not a record of onrecord (application id {number:#x}); "
            "name another with --record"
        )


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    _check_owner(connection, path)
    try:
        version = migrations.check_version(connection)
    except RecordError as error:
        raise RecordError(f"{path}: {error}") from error
    if version == 0:
        raise RecordError(f"{path}: the record is empty; `onrecord add` fills it")
    if version < len(migrations.STEPS) or word_index.is_stale(connection):
        raise RecordError(
            f"{path}: the record has schema {version} of an older onrecord, and it is opened read-only; "
            "open it once for writing (for example with `onrecord verify`)"
        )
