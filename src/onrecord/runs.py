"""The way between a page's text and the bytes of its original, and the proof that it holds.

In: a page's text, its runs and the name of its encoding. Out: byte spans, text spans, and a list of
what is wrong. Leaves to `page` how runs are made; needs no parser, so that whoever holds the original
and a reading can check the one against the other.
"""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise

from onrecord.types import ByteSpan, Run, RunKind, Span

#: A character that stands for bytes which are not of the page's encoding.
BROKEN = "\ufffd"
#: Marks that a browser shows for <q> and </q>, and the line break it shows for <br>.
TAG_TEXT = {"q": "“", "/q": "”", "br": "\n", "/br": "\n"}

#: A longer run is cut before bytes are looked up in it; measured: below this, cutting saves nothing.
MAX_RUN_CHARS = 2048

_TAG = re.compile(r"<(/?[a-zA-Z]+)(?:[\s/].*)?>\Z", re.S)
_NUMERIC = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}));?\Z")
_NEWLINES = re.compile(r"\r\n?|\u2028|\u2029")
#: Encodings in which a byte's meaning depends on an escape sequence before it, and those sequences.
_ESCAPED = {"iso2022_jp": (b"\x1b$B", b"\x1b(I", b"\x1b(J", b"\x1b$@")}


def byte_span(runs: Sequence[Run], span: Span, text: str, encoding: str) -> ByteSpan | None:
    """The bytes that a span of the text was read from, markup between them included; None if there are none.

    A character reference is taken whole. Costs a search among the runs and the length of the two
    runs at the span's ends.
    """
    start: int | None = None
    end = 0
    for i in range(max(0, _run_at(runs, span.start)), len(runs)):
        run = runs[i]
        if run.text_start >= span.end:
            break
        if run.kind is RunKind.MADE or run.text_end <= span.start:
            continue
        first, last = run.byte_start, run.byte_end
        if run.kind is RunKind.SAME:
            if span.start > run.text_start:
                first += _n_bytes(run, text, span.start, encoding)
            if span.end < run.text_end:
                last = run.byte_start + _n_bytes(run, text, span.end, encoding)
        start = first if start is None else min(start, first)
        end = max(end, last)
    return None if start is None or start >= end else ByteSpan(start, end)


def text_span(runs: Sequence[Run], place: ByteSpan, text: str, encoding: str) -> Span | None:
    """The text that was read from bytes of the original; None where they are markup alone.

    A character of which only some bytes lie inside is taken whole. Linear in the number of runs,
    because the text may have another order than the bytes.
    """
    start: int | None = None
    end = 0
    for run in runs:
        if run.kind is RunKind.MADE or run.byte_end <= place.start or place.end <= run.byte_start:
            continue
        first, last = run.text_start, run.text_end
        if run.kind is RunKind.SAME:
            if place.start > run.byte_start:
                first += _n_chars(run, text, place.start - run.byte_start, encoding, whole=False)
            if place.end < run.byte_end:
                last = run.text_start + _n_chars(run, text, place.end - run.byte_start, encoding, whole=True)
        start = first if start is None else min(start, first)
        end = max(end, last)
    return None if start is None or start >= end else Span(start, end)


#: Escapes that a script's strings have and JSON's do not.
_SCRIPT_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|([^\"\\/bfnrt]))", re.S)


def check_runs(raw_bytes: bytes, text: str, runs: Sequence[Run], encoding: str) -> tuple[str, ...]:
    """What is wrong with the runs, for a person; empty if every character is what its bytes say.

    The runs must tile the text in order. SAME: the bytes decode to these very characters. ENTITY: they
    are another way to write them (a character reference, white space, a line break, a <br> or <q>, an
    escape of JSON, bytes that are not of the encoding). MADE: white space that stands for no byte.
    """
    problems = []
    at = 0
    for run in runs:
        where = f"characters {run.text_start}:{run.text_end}, bytes {run.byte_start}:{run.byte_end}"
        if run.text_start != at or run.text_end <= run.text_start:
            problems.append(f"{where}: the run does not start where the one before it ended ({at})")
        at = run.text_end
        if not 0 <= run.byte_start <= run.byte_end <= len(raw_bytes):
            problems.append(f"{where}: outside the original, which has {len(raw_bytes)} bytes")
            continue
        piece = text[run.text_start : run.text_end]
        written = raw_bytes[run.byte_start : run.byte_end]
        if not _written(written, piece, run.kind, encoding):
            problems.append(f"{where}: {written[:40]!r} does not say {piece[:40]!r} ({run.kind})")
    if at != len(text):
        problems.append(f"the runs end at character {at} of {len(text)}")
    return tuple(problems)


def refined(runs: Sequence[Run], text: str, encoding: str) -> tuple[Run, ...]:
    """The same runs, the long ones cut where characters end: what `byte_span` costs is the length of one.

    Without it a page of one long run costs its length again for every statement.
    """
    out: list[Run] = []
    for run in runs:
        length, size = run.text_end - run.text_start, run.byte_end - run.byte_start
        if run.kind is not RunKind.SAME or length <= MAX_RUN_CHARS or length == size:
            out.append(run)
            continue
        cuts = [*range(run.text_start, run.text_end, MAX_RUN_CHARS), run.text_end]
        try:
            sizes = [len(text[a:b].encode(encoding)) for a, b in pairwise(cuts)]
        except UnicodeError:
            sizes = []
        if sum(sizes) != size:  # an encoding in which pieces take more than the whole: a BOM, an escape
            out.append(run)
            continue
        ends = list(accumulate(sizes, initial=run.byte_start))
        out += [
            Run(a, b, start, end, RunKind.SAME)
            for (a, b), (start, end) in zip(pairwise(cuts), pairwise(ends), strict=True)
        ]
    return tuple(out)


def unescaped(reference: str) -> str:
    """What a character reference stands for in HTML; `html.unescape`, with control characters kept."""
    m = _NUMERIC.match(reference)
    if m:
        number = int(m[1], 16) if m[1] else int(m[2])
        if 0 < number < 0x80 or 0x9F < number < 0xD800:
            return chr(number)
    return html.unescape(reference) or BROKEN


def _written(written: bytes, piece: str, kind: RunKind, encoding: str) -> bool:
    if kind is RunKind.MADE:
        return not written and piece.isspace()
    if kind is RunKind.SAME:
        return any(decoded == piece for decoded in _decoded(written, encoding, "strict"))
    if not written:
        return False
    return any(_says(decoded, piece) for decoded in _decoded(written, encoding, "replace"))


def _says(decoded: str, piece: str) -> bool:
    """Whether characters of the original are a way to write a piece of the text."""
    if decoded == piece or unescaped(decoded) == piece:
        return True
    if piece.isspace() and unescaped(decoded).replace("\0", "").isspace():
        return True
    if set(piece) == {BROKEN} and (BROKEN in decoded or "\0" in decoded):
        return True
    if _NEWLINES.sub("\n", decoded) == piece:
        return True
    tag = _TAG.match(decoded)
    if tag:
        return TAG_TEXT.get(tag[1].lower()) == piece
    if "\\" in decoded:
        script = _SCRIPT_ESCAPE.fullmatch(decoded)
        if script:
            return piece == (chr(int(script[1], 16)) if script[1] else script[2])
        try:
            loaded = json.loads(f'"{decoded}"', strict=False)
        except ValueError:
            return False
        return isinstance(loaded, str) and _says_unescaped(loaded, piece)
    return False


def _says_unescaped(loaded: str, piece: str) -> bool:
    loaded = loaded.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return loaded == piece or unescaped(loaded) == piece or (piece.isspace() and unescaped(loaded).isspace())


def _decoded(written: bytes, encoding: str, errors: str) -> tuple[str, ...]:
    out = []
    for prefix in (b"", *_ESCAPED.get(_canonical(encoding), ())):
        try:
            out.append((prefix + written).decode(encoding, errors))
        except UnicodeError:
            continue
    return tuple(out)


@cache
def _canonical(encoding: str) -> str:
    return encoding.lower().replace("-", "_")


def _run_at(runs: Sequence[Run], point: int) -> int:
    return bisect_right(runs, point, key=lambda run: run.text_start) - 1


def _n_bytes(run: Run, text: str, end: int, encoding: str) -> int:
    """How many bytes the characters of a SAME run take up to `end`."""
    width = _width(run)
    if width:
        return (end - run.text_start) * width
    return len(text[run.text_start : end].encode(encoding))


def _n_chars(run: Run, text: str, n_bytes: int, encoding: str, *, whole: bool) -> int:
    """How many characters of a SAME run its first n bytes are; a part of one counts if `whole`."""
    width = _width(run)
    if width:
        return -(-n_bytes // width) if whole else n_bytes // width
    piece = text[run.text_start : run.text_end]
    n = len(piece.encode(encoding)[:n_bytes].decode(encoding, "ignore"))
    if whole and len(piece[:n].encode(encoding)) < n_bytes:
        n += 1
    return n


def _width(run: Run) -> int:
    """Bytes a character where all of a SAME run's have one byte each; else 0."""
    return 1 if run.byte_end - run.byte_start == run.text_end - run.text_start else 0
