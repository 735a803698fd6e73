"""Search by meaning: a signature for every current statement, all of them looked at for each question.

In: a connection inside a transaction, an Embedder, what a person types. Out: statements whose vector is
near, with how near. Leaves to others: making vectors (`onrecord.models`), which hits are shown with those
of the word search (`store`), whether a claim is really there (`told`).

A signature is 256 bits: on which side of 256 planes the statement's vector lies, so that the number of
bits in which two differ grows with the angle between them (Charikar 2002). 256 signatures make a block,
one row of 8 KiB: a million statements are 32 MB on disk, and comparing them all takes some 50 ms. The
nearest by signature are then compared by their vectors, made anew from their words: nothing else is kept.

When: a statement that becomes current waits; `read_waiting` reads those that wait, after a batch was
added. A signature hangs on the statement's words alone, so order and batches cannot matter.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from onrecord.errors import RecordError
from onrecord.record.entries import batches
from onrecord.record.listing import Filter, conditions, in_order

#: Numbers in a vector, bits in a signature.
SIZE = 256
SIGNATURE_BYTES = SIZE // 8
#: Signatures in a row. A page's statements stand side by side, so adding one rewrites a row or two.
PER_BLOCK = 256
#: Statements that are read at a time, rows that are compared at a time (8 MB).
BATCH, BLOCKS_AT_ONCE = 1_000, 1_024
#: The nearest by signature, which are then compared exactly. With fewer, true ones are missed.
MAX_COMPARED = 400
#: A distance greater than any.
NONE = 0xFFFF

SCHEMA = (
    """
    CREATE TABLE meanings (           -- of current statements, for the search by meaning
      block INTEGER PRIMARY KEY,      -- statement / 256
      signatures BLOB NOT NULL        -- 256 times 32 bytes; all zero: none
    )
    """,
    """
    CREATE TABLE unread_meanings (    -- statements that wait to get one
      statement INTEGER PRIMARY KEY REFERENCES statements (statement) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE meaning_weights (    -- the vectors that made them
      weights TEXT NOT NULL           -- sha256
    )
    """,
)

Floats = npt.NDArray[np.float32]
Bits = npt.NDArray[np.uint8]


class Embedder(Protocol):
    """Vectors of texts: what `onrecord.models.meaning` loads, what tests write down."""

    @property
    def weights(self) -> str:
        """What tells these vectors from others: a SHA-256."""
        ...

    def embed(self, texts: Sequence[str]) -> Floats:
        """Unit vectors: float32 (texts, SIZE); a text without known words is all zeros."""
        ...


# ------------------------------------------------------------------------------- what is current


def wait(connection: sqlite3.Connection, statements: Iterable[int]) -> None:
    """Puts statements that have become current into the queue."""
    connection.executemany(
        "INSERT INTO unread_meanings (statement) VALUES (?) ON CONFLICT DO NOTHING",
        [(n,) for n in statements],
    )


def forget(connection: sqlite3.Connection, statements: Sequence[int]) -> None:
    """Takes statements that are current no longer out of queue and search."""
    connection.executemany("DELETE FROM unread_meanings WHERE statement = ?", [(n,) for n in statements])
    nothing = bytes(SIGNATURE_BYTES)
    _store(connection, dict.fromkeys(statements, nothing))


def count_waiting(connection: sqlite3.Connection) -> int:
    """How many current statements the search does not see yet."""
    return int(connection.execute("SELECT count(*) FROM unread_meanings").fetchone()[0])


def is_ready(connection: sqlite3.Connection) -> bool:
    """Whether any statement has been read for the search: else its vectors need not be loaded."""
    return connection.execute("SELECT 1 FROM meaning_weights").fetchone() is not None


def is_behind(connection: sqlite3.Connection, embedder: Callable[[], Embedder]) -> bool:
    """Whether `read_waiting` has something to do. Where no statement waits and none is on record, the
    vectors are not even loaded."""
    if connection.execute("SELECT 1 FROM unread_meanings LIMIT 1").fetchone():
        return True
    made_by = connection.execute("SELECT weights FROM meaning_weights").fetchone()
    return made_by is not None and made_by[0] != embedder().weights


def read_waiting(connection: sqlite3.Connection, embedder: Embedder) -> int:
    """How many statements got their signature now: BATCH at most, 0 when none waits.

    Where other vectors made those on record, all are made anew.
    """
    made_by = connection.execute("SELECT weights FROM meaning_weights").fetchone()
    if made_by is None or made_by[0] != embedder.weights:
        _begin_anew(connection, embedder.weights)
    found = connection.execute(
        "SELECT s.statement, s.content FROM unread_meanings u JOIN statements s ON s.statement = u.statement"
        " ORDER BY u.statement LIMIT ?",
        (BATCH,),
    ).fetchall()
    if found:
        signatures = signatures_of(_vectors(embedder, [content for _, content in found]))
        numbers = [int(number) for number, _ in found]
        _store(connection, {number: s.tobytes() for number, s in zip(numbers, signatures, strict=True)})
        connection.executemany("DELETE FROM unread_meanings WHERE statement = ?", [(n,) for n in numbers])
    return len(found)


def _begin_anew(connection: sqlite3.Connection, weights: str) -> None:
    connection.execute("DELETE FROM meanings")
    connection.execute("DELETE FROM meaning_weights")
    connection.execute("INSERT INTO meaning_weights (weights) VALUES (?)", (weights,))
    connection.execute(
        "INSERT INTO unread_meanings (statement) SELECT statement FROM statements WHERE is_current = 1"
        " ON CONFLICT DO NOTHING"
    )


def _store(connection: sqlite3.Connection, signatures: dict[int, bytes]) -> None:
    """Puts signatures where `nearest` finds them; a row that has none left goes."""
    by_block: dict[int, dict[int, bytes]] = {}
    for number, signature in signatures.items():
        by_block.setdefault(number // PER_BLOCK, {})[number % PER_BLOCK] = signature
    for block, slots in by_block.items():
        row = connection.execute("SELECT signatures FROM meanings WHERE block = ?", (block,)).fetchone()
        content = bytearray(row[0] if row else PER_BLOCK * SIGNATURE_BYTES)
        for slot, signature in slots.items():
            content[slot * SIGNATURE_BYTES : (slot + 1) * SIGNATURE_BYTES] = signature
        if any(content):
            connection.execute(
                "INSERT INTO meanings (block, signatures) VALUES (?, ?)"
                " ON CONFLICT (block) DO UPDATE SET signatures = excluded.signatures",
                (block, bytes(content)),
            )
        elif row:
            connection.execute("DELETE FROM meanings WHERE block = ?", (block,))


def signatures_of(vectors: Floats) -> Bits:
    """Signatures: uint8 (vectors, SIGNATURE_BYTES); a zero vector has none, all zeros."""
    return np.packbits(vectors > 0, axis=1)


def _vectors(embedder: Embedder, texts: Sequence[str]) -> Floats:
    vectors = embedder.embed(texts)
    if vectors.shape[1] != SIZE:
        raise RecordError(f"these vectors have {vectors.shape[1]} numbers, and a record's have {SIZE}")
    return vectors


# --------------------------------------------------------------------------------------- search


def search(
    connection: sqlite3.Connection,
    embedder: Embedder,
    text: str,
    where: Filter,
    *,
    at_least: float,
    limit: int,
) -> list[tuple[int, float]]:
    """Statements near in meaning to a text and how near (the cosine), the nearest first.

    Equally near ones: the later day first, then page and place, as the word search has them.
    """
    numbers = None
    if not where.is_empty:
        sql, values = conditions(where, from_speaker=True)
        found = connection.execute(
            f"SELECT s.statement FROM statements s WHERE s.is_current = 1{sql}", values
        )
        numbers = np.sort(np.fromiter((row[0] for row in found), dtype=np.int64))
    alike = near(connection, embedder, text, numbers, at_least=at_least)
    return [(number, alike[number]) for number in in_order(connection, {n: -a for n, a in alike.items()})][
        :limit
    ]


def near(
    connection: sqlite3.Connection,
    embedder: Embedder,
    text: str,
    numbers: npt.NDArray[np.int64] | None,
    *,
    at_least: float,
) -> dict[int, float]:
    """Statements (of `numbers`, sorted, if given) near in meaning to a text, and how near.

    None where other vectors than these made the signatures: they cannot be compared.
    """
    made_by = connection.execute("SELECT weights FROM meaning_weights").fetchone()
    if made_by is None or made_by[0] != embedder.weights:
        return {}
    vector = _vectors(embedder, [text])
    if not vector.any():
        return {}
    out: dict[int, float] = {}
    for marks, batch in batches(nearest(connection, signatures_of(vector)[0], numbers)):
        rows = connection.execute(
            f"SELECT statement, content FROM statements WHERE statement IN ({marks})", batch
        ).fetchall()
        scores = _vectors(embedder, [content for _, content in rows]) @ vector[0]
        out.update((int(row[0]), round(float(s), 4)) for row, s in zip(rows, scores, strict=True))
    return {number: score for number, score in out.items() if score >= at_least}


def nearest(
    connection: sqlite3.Connection, signature: Bits, numbers: npt.NDArray[np.int64] | None
) -> list[int]:
    """Numbers of the statements whose signature differs least, MAX_COMPARED and those as near as the last."""
    asked = signature.view(np.uint64)
    apart, own = np.empty(0, np.uint16), np.empty(0, np.int64)
    for blocks, signatures in _blocks(connection, numbers):
        here = _distances(signatures, asked)
        if numbers is not None:
            here[~np.isin(_owners(blocks), numbers)] = NONE
        kept = np.flatnonzero(here <= _furthest(here))
        apart = np.concatenate((apart, here[kept]))
        own = np.concatenate((own, blocks[kept // PER_BLOCK] * PER_BLOCK + kept % PER_BLOCK))
    kept = np.flatnonzero(apart <= _furthest(apart))
    order = np.lexsort((own[kept], apart[kept]))
    return [int(n) for n in own[kept][order][: 2 * MAX_COMPARED]]


def _distances(signatures: npt.NDArray[np.uint64], asked: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint16]:
    """In how many bits each signature differs; NONE where there is none."""
    out = np.zeros(len(signatures), np.uint16)
    is_there = np.zeros(len(signatures), np.uint64)
    for i, bits in enumerate(asked):
        column = signatures[:, i]
        out += np.bitwise_count(column ^ bits)
        is_there |= column
    out[is_there == 0] = NONE
    return out


def _furthest(apart: npt.NDArray[np.uint16]) -> int:
    """How far the last of the MAX_COMPARED nearest is."""
    if len(apart) <= MAX_COMPARED:
        return NONE - 1
    return min(NONE - 1, int(np.partition(apart, MAX_COMPARED - 1)[MAX_COMPARED - 1]))


def _owners(blocks: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The statements that the signatures of some blocks belong to."""
    return (blocks[:, None] * PER_BLOCK + np.arange(PER_BLOCK)).ravel()


def _blocks(
    connection: sqlite3.Connection, wanted: npt.NDArray[np.int64] | None
) -> Iterable[tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64]]]:
    """Rows of signatures, BLOCKS_AT_ONCE at a time: numbers of blocks, and uint64 (blocks * PER_BLOCK, 4)."""
    if wanted is None:
        cursor = connection.execute("SELECT block, signatures FROM meanings ORDER BY block")
        while rows := cursor.fetchmany(BLOCKS_AT_ONCE):
            yield _as_arrays(rows)
        return
    for marks, batch in batches([int(b) for b in np.unique(wanted // PER_BLOCK)]):
        rows = connection.execute(
            f"SELECT block, signatures FROM meanings WHERE block IN ({marks}) ORDER BY block", batch
        ).fetchall()
        if rows:
            yield _as_arrays(rows)


def _as_arrays(
    rows: Sequence[tuple[int, bytes]],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64]]:
    if any(len(content) != PER_BLOCK * SIGNATURE_BYTES for _, content in rows):
        raise RecordError("a row of `meanings` is cut short; the record is damaged: `onrecord verify`")
    blocks = np.fromiter((block for block, _ in rows), dtype=np.int64, count=len(rows))
    joined = np.frombuffer(b"".join(content for _, content in rows), dtype=np.uint64)
    return blocks, joined.reshape(-1, SIGNATURE_BYTES // 8)


def problem(connection: sqlite3.Connection) -> str | None:
    """What is wrong with what is kept here, or None: a signature is of a current statement."""
    found = {
        int(number)
        for blocks, signatures in _blocks(connection, None)
        for number in _owners(blocks)[signatures.any(axis=1)]
    }
    current = {
        int(row[0]) for row in connection.execute("SELECT statement FROM statements WHERE is_current = 1")
    }
    if ghosts := found - current:
        return f"the search by meaning has {len(ghosts)} entries of statements that are not current"
    return None
