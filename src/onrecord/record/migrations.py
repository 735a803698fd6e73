"""The schema of the record, as numbered steps that are only ever appended.

In: an open connection. Out: the same, with every step taken that it lacked. A step is a function;
each runs in its own transaction, which also notes its name and time in `migrations` and its number
in `user_version`. A step that has been released is never edited: another one is appended.

The SQL keeps to what PostgreSQL has too (`first_tables`); what it lacks, the full-text tables, stands in `word_index.SCHEMA`
alone.
"""

from __future__ import annotations

import sqlite3
import textwrap
from collections.abc import Callable

from onrecord.errors import RecordError
from onrecord.record import (
    canonical,
    copygroups,
    grams,
    meaning,
    pages,
    sites,
    speakers,
    spellings,
    tallies,
    word_index,
)
from onrecord.record.first_tables import TABLES, VIEWS

#: "ONRE": tells `file` and us that an SQLite file is a record.
APPLICATION_ID = 0x4F4E5245

Step = Callable[[sqlite3.Connection], None]


def migrate(connection: sqlite3.Connection, now: Callable[[], str]) -> tuple[str, ...]:
    """The names of the steps that were taken now. Raises RecordError for a record from a newer program."""
    check_version(connection)
    taken = []
    for number, step in enumerate(STEPS, start=1):
        if _version(connection) >= number:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection) < number:  # nobody else was faster
                step(connection)
                connection.execute(
                    "INSERT INTO migrations (number, name, applied_at) VALUES (?, ?, ?)",
                    (number, step.__name__, now()),
                )
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {number}")
                taken.append(step.__name__)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    return tuple(taken)


def check_version(connection: sqlite3.Connection) -> int:
    """How many steps this record has taken. Raises RecordError if that is more than we know."""
    version = _version(connection)
    if version > len(STEPS):
        raise RecordError(
            f"the record has schema {version}, and this onrecord knows schemas up to {len(STEPS)}: "
            "it was written by a newer onrecord; update the program"
        )
    return version


def schema_sql() -> str:
    """The schema that all steps make, as SQL with its comments: tables and their indexes, then views."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        migrate(connection, lambda: "")
        found = connection.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        ).fetchall()
    finally:
        connection.close()
    own = [row for row in found if not word_index.is_shadow(row[2])]
    places = {table: place for place, (_, name, table, _) in enumerate(own) if name == table}
    own.sort(key=lambda row: (row[0] == "view", places[row[2]], row[0] != "table"))
    return "\n\n".join(f"{textwrap.dedent(' ' * 4 + sql).strip()};" for _, _, _, sql in own) + "\n"


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _run(connection: sqlite3.Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        connection.execute(statement)


# ------------------------------------------------------------------------------------- steps


def m0001_pages_and_statements(connection: sqlite3.Connection) -> None:
    """Originals, pages, articles, statements, speakers, copies, utterances, decisions, logs."""
    _run(connection, (*TABLES, *word_index.SCHEMA, *VIEWS))


def m0002_meanings(connection: sqlite3.Connection) -> None:
    """The search by meaning; all statements on record wait to be read for it."""
    _run(connection, meaning.SCHEMA)
    connection.execute(
        "INSERT INTO unread_meanings (statement) SELECT statement FROM statements WHERE is_current = 1"
    )


def m0003_statement_grams(connection: sqlite3.Connection) -> None:
    """Statements found by three words in a row; `word_index.rebuild` fills it, as the index is stale now."""
    _run(connection, (_GRAMS, "UPDATE search_version SET version = 0"))


_GRAMS = """
    CREATE TABLE statement_grams (gram INTEGER NOT NULL, statement INTEGER NOT NULL, PRIMARY KEY (gram, statement))
    WITHOUT ROWID
    """


def m0004_speaker_counts(connection: sqlite3.Connection) -> None:
    """How many current statements each name has, so that the most quoted need not be counted."""
    _run(connection, _COUNTS)


_COUNTS = (
    """
    CREATE TABLE speaker_counts (     -- of names; kept up to date with the index
      speaker INTEGER PRIMARY KEY REFERENCES speakers (speaker) ON DELETE CASCADE,
      n_statements INTEGER NOT NULL   -- current ones
    )
    """,
    """
    INSERT INTO speaker_counts (speaker, n_statements)
      SELECT ss.speaker, count(*) FROM statement_speakers ss
        JOIN statements s ON s.statement = ss.statement
       WHERE s.is_current = 1 GROUP BY ss.speaker
    """,
    "CREATE INDEX speakers_kind ON speakers (kind, canonical)",
)


def m0005_site_furniture(connection: sqlite3.Connection) -> None:
    """What each site repeats on its pages; statements in it leave the index when something is next written."""
    _run(connection, (*sites.PAGES.schema(), *sites.SCHEMA))
    sites.fill(connection)


def m0006_speaker_words(connection: sqlite3.Connection) -> None:
    """Names found by one of their words."""
    _run(connection, _WORDS)
    speakers.index_words(connection, connection.execute("SELECT speaker, key FROM speakers").fetchall())


_WORDS = (
    """
    CREATE TABLE speaker_words (      -- the words of every name's key
      word TEXT NOT NULL,
      speaker INTEGER NOT NULL,
      PRIMARY KEY (word, speaker)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX speaker_words_speaker ON speaker_words (speaker)",
)


def m0007_spellings(connection: sqlite3.Connection) -> None:
    """By which forms a person's name is tied to other spellings of it; the next step settles all anew."""
    _run(connection, _SPELLINGS)
    people = connection.execute("SELECT speaker, key FROM speakers WHERE kind = 'person' AND scope = ''")
    found = [(spellings.spelt(key), spellings.surname(key), number) for number, key in people.fetchall()]
    connection.executemany("UPDATE speakers SET spelt = ?, surname = ? WHERE speaker = ?", found)


_SPELLINGS = (
    "ALTER TABLE speakers ADD COLUMN spelt TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE speakers ADD COLUMN surname TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX speakers_spelt ON speakers (spelt) WHERE spelt <> ''",
    "CREATE INDEX speakers_surname ON speakers (surname) WHERE surname <> ''",
)


def m0008_speaker_totals(connection: sqlite3.Connection) -> None:
    """What each speaker has on record, kept: `speaker_counts` had it by name, and only the statements.

    The speakers are settled first by what m0007 brought, for which these tables must be there.
    """
    _run(connection, tallies.SCHEMA)
    spelt = connection.execute("SELECT speaker FROM speakers WHERE spelt <> '' OR surname <> ''").fetchall()
    canonical.settle(connection, [int(row[0]) for row in spelt])
    tallies.fill(connection)


def m0009_tiers(connection: sqlite3.Connection) -> None:
    """Words in a row, bands of copies and ids of statements in tables of growing size (`tiers`)."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'block_pages'").fetchone():
        _run(connection, (*sites.PAGES.schema(), *_BLOCKS, sites.SCHEMA[0], *_BLOCKS_BY_PAGE))
    connection.execute("ALTER TABLE statement_grams RENAME TO old_grams")
    _run(connection, (*grams.TABLES.schema(), *copygroups.BANDS.schema(whole=False), *pages.IDS.schema()))
    _run(connection, _TIERS)
    found = connection.execute("SELECT id, statement FROM statements").fetchall()
    pages.IDS.fill(connection, [(pages.key_of(name), number) for name, number in found])


_BLOCKS = ("DROP INDEX site_blocks_page", "ALTER TABLE site_blocks RENAME TO old_blocks")
_BLOCKS_BY_PAGE = (
    """
    INSERT INTO site_blocks (page, text_start, text_end, block, rank, from_first, from_last)
      SELECT page, text_start, text_end, block, rank, from_first, from_last FROM old_blocks ORDER BY page, text_start
    """,
    "INSERT INTO block_pages (block, rank, page) SELECT DISTINCT block, rank, page FROM old_blocks ORDER BY block, rank",
    "DROP TABLE old_blocks",
)
_TIERS = (
    """
    CREATE TEMP TABLE made_by AS
      SELECT statement, CASE count(*) WHEN 1 THEN max(speaker) ELSE -1 END AS speaker
        FROM statement_speakers GROUP BY statement
    """,
    "CREATE UNIQUE INDEX temp.made_by_statement ON made_by (statement)",
    """
    INSERT INTO statement_grams (gram, statement, speaker)
      SELECT g.gram, g.statement, coalesce(m.speaker, 0) FROM old_grams g
        LEFT JOIN made_by m ON m.statement = g.statement ORDER BY g.gram, g.statement
    """,
    "DROP TABLE old_grams",
    "DROP TABLE made_by",
    "DROP INDEX statements_id",
)


STEPS: tuple[Step, ...] = (
    m0001_pages_and_statements,
    m0002_meanings,
    m0003_statement_grams,
    m0004_speaker_counts,
    m0005_site_furniture,
    m0006_speaker_words,
    m0007_spellings,
    m0008_speaker_totals,
    m0009_tiers,
)
