"""Paths to RawPages: what is opened, how much of it is read, and what is said when it cannot be.

In: paths, "-" for standard input. Out: RawPage or Rejected, in the order of the paths and, in a folder, of the names.
A file's size is looked at before it is read, and what is packed is unpacked no further than the limit.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, cast

from onrecord.intake.corpus import parse_corpus
from onrecord.intake.sniff import HEAD_BYTES, Form, binary_kind, form_of, is_page_name
from onrecord.types import Origin, RawPage, Rejected

_GZIP = b"\x1f\x8b"
#: What reading a packed or a plain stream may raise.
_BROKEN = (OSError, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read. max_bytes: of one page, unpacked. max_line_bytes: of one line of a corpus, JSON and all.

    max_files: of one folder, with what is under it.
    """

    max_bytes: int = 20_000_000
    max_line_bytes: int = 50_000_000
    max_files: int = 10_000_000


def read_raw(paths: Sequence[str], *, limits: Limits = Limits()) -> Iterator[RawPage | Rejected]:
    """The pages under the paths, one after the other, and what could not be had, with the reason.

    A path is a file (text, HTML, either packed with gzip, a corpus in JSONL), a folder, or "-". Never raises for
    what a path holds; reads one page, or one line of a corpus, at a time.
    """
    for path in paths:
        yield from _read_path(path, limits)


def _read_path(path: str, limits: Limits) -> Iterator[RawPage | Rejected]:
    if path == "-":
        yield from _read_stream(sys.stdin.buffer, "-", limits)
        return
    try:
        mode = os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        yield _rejected(path, "no such file or folder; check the path")
    except (OSError, ValueError) as error:
        yield _rejected(path, f"cannot be opened ({_why(error)})")
    else:
        yield from _read_folder(path, limits) if stat.S_ISDIR(mode) else _read_file(path, limits)


def _read_folder(path: str, limits: Limits) -> Iterator[RawPage | Rejected]:
    n_files = 0
    for name in _names_under(path):
        n_files += 1
        if n_files > limits.max_files:
            yield _rejected(
                path,
                f"more than {limits.max_files:,} files, the rest is left out; give parts of it, or raise the limit",
            )
            return
        yield from name if isinstance(name, tuple) else _read_file(name, limits)
    if n_files == 0:
        yield _rejected(
            path, "a folder without pages: no .html, .txt, .jsonl file, packed or not, that is not hidden"
        )


def _names_under(path: str) -> Iterator[str | tuple[Rejected]]:
    """The files under a folder that may be pages: sorted, a folder's own before those of the folders in it.

    Hidden files and folders, and links to folders, are left out.
    """
    waiting = [path]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                listed = sorted((e for e in entries if not e.name.startswith(".")), key=lambda e: e.name)
        except OSError as error:
            yield (_rejected(here, f"the folder cannot be opened ({_why(error)})"),)
            continue
        for entry in listed:
            if is_page_name(entry.name) and not entry.is_dir():
                yield entry.path
        waiting.extend(e.path for e in reversed(listed) if e.is_dir(follow_symlinks=False))


def _read_file(path: str, limits: Limits) -> Iterator[RawPage | Rejected]:
    try:
        with open(path, "rb") as stream:
            yield from _read_stream(stream, path, limits)
    except OSError as error:
        yield _rejected(path, f"cannot be read ({_why(error)})")


def _read_stream(stream: IO[bytes], path: str, limits: Limits) -> Iterator[RawPage | Rejected]:
    """The page or pages of an open file: unpacked, its form found by its name and its beginning."""
    packed = False
    try:
        head = stream.read(HEAD_BYTES)
        if head.startswith(_GZIP):
            packed = True
            stream = cast(IO[bytes], gzip.GzipFile(fileobj=_Again(head, stream)))
            head = stream.read(HEAD_BYTES)
    except _BROKEN as error:
        yield _rejected(path, _broken(error, packed))
        return
    is_corpus = form_of(path, head) is Form.CORPUS
    size_bytes = 0 if packed else _size(stream)
    kind = binary_kind(head)
    if not head:
        yield _rejected(path, "an empty file")
    elif size_bytes > limits.max_bytes and not is_corpus:
        yield _rejected(path, _too_big(f"{size_bytes:,} bytes", limits.max_bytes))
    elif kind:
        yield _rejected(path, f"{kind}, not a page; save the page as HTML or text")
    elif is_corpus:
        lines = _lines(io.BufferedReader(_Again(head, stream)), path, packed, limits.max_line_bytes)
        yield from parse_corpus(lines, path, max_bytes=limits.max_bytes)
    else:
        yield _read_page(head, stream, path, packed, limits.max_bytes)


def _read_page(head: bytes, stream: IO[bytes], path: str, packed: bool, max_bytes: int) -> RawPage | Rejected:
    try:
        content = head + stream.read(max(0, max_bytes + 1 - len(head)))
    except _BROKEN as error:
        return _rejected(path, _broken(error, packed))
    if len(content) > max_bytes:
        unpacked = " unpacked" if packed else ""
        return _rejected(path, _too_big(f"more than {max_bytes:,} bytes{unpacked}", max_bytes))
    return RawPage(
        id=path,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="text/html" if form_of(path, content[:HEAD_BYTES]) is Form.HTML else "text/plain",
        origin=Origin(path=path),
    )


def _too_big(size: str, max_bytes: int) -> str:
    return f"{size}, the limit is {max_bytes:,}; raise the limit to read it"


def _size(stream: IO[bytes]) -> int:
    """A regular file's size in bytes; 0 for what has none (a pipe, a device)."""
    try:
        status = os.fstat(stream.fileno())
    except (OSError, AttributeError):
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def _lines(
    stream: io.BufferedReader, path: str, packed: bool, max_line_bytes: int
) -> Iterator[bytes | Rejected]:
    """The lines of a corpus; one that is too long is passed over in pieces, and said to be."""
    number = 0
    try:
        while line := stream.readline(max_line_bytes + 1):
            number += 1
            if len(line) <= max_line_bytes:
                yield line
                continue
            while not line.endswith(b"\n") and (line := stream.readline(1 << 20)):
                pass
            reason = f"line {number} has more than {max_line_bytes:,} bytes; raise the limit to read it"
            yield Rejected(f"{path}:{number}", path, "intake", reason)
    except _BROKEN as error:
        yield Rejected(
            f"{path}:{number + 1}", path, "intake", f"after line {number}: {_broken(error, packed)}"
        )


class _Again(io.RawIOBase):
    """A stream that begins again with what was already read of it."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._head:
            piece, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            piece = self._rest.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _broken(error: BaseException, packed: bool) -> str:
    if packed:
        return f"a broken gzip file ({_why(error)}); fetch or pack it again"
    return f"cannot be read ({_why(error)})"


def _why(error: BaseException) -> str:
    return (
        error.strerror
        if isinstance(error, OSError) and error.strerror
        else str(error) or type(error).__name__
    )


def _rejected(path: str, reason: str) -> Rejected:
    return Rejected(path, path, "intake", reason)
