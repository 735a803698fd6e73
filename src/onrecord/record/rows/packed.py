"""What is kept packed: originals, runs, sketches.

In: bytes, Runs, the numbers of a sketch; or the blob. Out: the other; a damaged blob is a RecordError, and one that
grows beyond all bounds too.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterable, Sequence

from onrecord.errors import RecordError
from onrecord.record.rows.values import as_int, as_list, load
from onrecord.types import Run, RunKind

#: Beyond this an original does not unpack: what is stored came in under the limit of `intake`, so
#: more can only be a damaged or a planted blob.
MAX_UNPACKED_BYTES = 1 << 30

_RUN_KINDS = tuple(RunKind)


def pack_runs(runs: Iterable[Run]) -> bytes:
    """Runs in little space: zlib of JSON of five numbers a run, one flat list.

    Text offset and byte offset counted from the end of the run before, lengths, and the kind's place
    in RunKind: a page's runs repeat themselves much in this form (a tenth of the plain JSON).
    """
    flat: list[int] = []
    text_at = byte_at = 0
    for run in runs:
        flat += (
            run.text_start - text_at,
            run.text_end - run.text_start,
            run.byte_start - byte_at,
            run.byte_end - run.byte_start,
            _RUN_KINDS.index(run.kind),
        )
        text_at, byte_at = run.text_end, run.byte_end
    return zlib.compress(json.dumps(flat, separators=(",", ":")).encode("ascii"))


def unpack_runs(packed: bytes) -> tuple[Run, ...]:
    """The way back. Raises RecordError where it is damaged."""
    flat = [as_int(number) for number in as_list(load(unpack(packed).decode("ascii", "replace")))]
    if len(flat) % 5:
        raise RecordError(f"the packed runs hold {len(flat)} numbers, which is no multiple of 5")
    out = []
    text_at = byte_at = 0
    for i in range(0, len(flat), 5):
        text_start, byte_start = text_at + flat[i], byte_at + flat[i + 2]
        text_at, byte_at = text_start + flat[i + 1], byte_start + flat[i + 3]
        if not 0 <= flat[i + 4] < len(_RUN_KINDS):
            raise RecordError(f"the packed runs name a kind {flat[i + 4]}, of {len(_RUN_KINDS)}")
        out.append(Run(text_start, text_at, byte_start, byte_at, _RUN_KINDS[flat[i + 4]]))
    return tuple(out)


def pack(content: bytes) -> bytes:
    """The bytes in little space (zlib, whose checksum tells a flipped bit before the hash does)."""
    return zlib.compress(content, 6)


def unpack(packed: bytes) -> bytes:
    """The way back. Raises RecordError where it is damaged, cut short or grows beyond all bounds."""
    unpacker = zlib.decompressobj()
    try:
        out = unpacker.decompress(packed, MAX_UNPACKED_BYTES)
    except (zlib.error, TypeError) as error:
        raise RecordError(f"what is stored packed does not unpack: {error}") from error
    if not unpacker.eof or unpacker.unused_data:
        raise RecordError("what is stored packed does not unpack: it is cut short or has too much")
    return out


def pack_minhash(minhash: Sequence[int]) -> bytes:
    """32-bit values, little end first."""
    return struct.pack(f"<{len(minhash)}I", *minhash)


def unpack_minhash(packed: bytes) -> tuple[int, ...]:
    """The way back. Raises RecordError where it is damaged."""
    if len(packed) % 4:
        raise RecordError(f"a sketch of {len(packed)} bytes is damaged")
    return struct.unpack(f"<{len(packed) // 4}I", packed)
