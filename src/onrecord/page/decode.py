"""Bytes to text: which encoding, how that was decided, and the way back from characters to bytes.

In: a page's bytes and what its header said. Out: Decoded. Leaves to others what the text means. Every
sequence of bytes decodes: a byte that is not of the encoding becomes U+FFFD, one character a byte, and
the way back knows it.
"""

from __future__ import annotations

import codecs
import re
from array import array
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
from turbohtml.detect import detect

from onrecord.runs import BROKEN
from onrecord.types import Encoding

#: How far into a page its own <meta> label is looked for. The WHATWG prescan reads 1,024 bytes; saved pages
#: carry comments and scripts in front of it, and one search of 64 KiB costs nothing.
META_BYTES = 65_536
#: Codecs whose characters are one byte each, so that offsets of characters are offsets of bytes.
_ONE_BYTE = re.compile(r"cp(?:125\d|874|866|437|85\d)|iso8859-\d+|koi8-[ru]|mac-\w+")
_MULTI_BYTE = frozenset({"gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "iso2022_jp"})

_META = re.compile(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.\-]{2,40})", re.I)
_XML = re.compile(rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.\-]{2,40})", re.I)
_HIGH = re.compile(rb"[\x80-\xff]")
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
#: Quotation marks and apostrophes of Mac Roman where English has them; in Windows-1252 those bytes are
#: accented capitals, which do not stand inside or after English words.
_MAC_MARKS = re.compile(rb"[a-z]\xd5[a-z]|(?:^|[\s(])[\xd2\xd4][A-Za-z]|[a-z.,?!][\xd3\xd5](?=[\s)])")
_SURROGATE = re.compile("[\ud800-\udfff]")
#: Where multi-byte text may be cut: bytes that are never part of a longer character in these codecs.
_CUT = re.compile(rb"[^<\n ]*[<\n ]?")

#: Bytes that are looked at together, and the bits that ASCII has not.
STRETCH = 512
_HIGH_BITS = np.uint64(0x8080808080808080)

#: Offsets of characters or bytes: int32 (any number of them).
Places = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Decoded:
    """A page's characters, without a byte-order mark; otherwise as they stand, newlines included.

    broken: whether some characters stand for bytes that are not of the encoding (or for half a pair of
    UTF-16); those are U+FFFD in `text`, and something that cannot be encoded in `exact`.
    uneven: whether some characters have more bytes than others, or are broken.
    bytes_at: where characters begin, in bytes of the page.
    n_chars: how many characters there are, where `text` holds their octets (octets.py) instead; else None.
    """

    text: str
    exact: str
    encoding: Encoding
    broken: bool
    uneven: bool
    first_byte: int
    bytes_at: Callable[[Places], Places]
    n_chars: int | None = None


def decode(
    content: bytes, declared: str | None, *, given: bool, is_html: bool, as_octets: bool = False
) -> Decoded:
    """The characters of a page's bytes, by its BOM, header, <meta>, UTF-8, or what the bytes look like.

    Bytes beyond ASCII that are all UTF-8 are UTF-8 whatever the page says: no other encoding looks so by
    chance, and pages are often saved in UTF-8 under the label they had before. as_octets: leave UTF-8 without faults as
    it is, a character a byte.
    """
    name, how, first, n_chars = _decide(content, declared, given=given, is_html=is_html)
    encoding = Encoding(name, how)
    if as_octets and n_chars is not None and name == "utf-8" and n_chars < len(content):
        octets = content.decode("latin-1")
        return Decoded(octets, octets, encoding, False, True, 0, lambda at: at.copy(), n_chars)
    return _decoded(content, encoding, first)


def codec_of(label: str) -> str | None:
    """The Python codec that a page means by a label, as browsers read labels; None if it is none of a text."""
    label = label.strip().lower()
    name = _labels().get(label, label)
    try:
        canonical = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    if canonical in ("utf-8", "utf-16-le", "utf-16-be") or canonical in _MULTI_BYTE:
        return canonical
    return canonical if _ONE_BYTE.fullmatch(canonical) else None


@cache
def _labels() -> dict[str, str]:
    lines = files("onrecord.page").joinpath("encodings.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {label: codec for label, codec in pairs}  # noqa: C416


def _decide(
    content: bytes, declared: str | None, *, given: bool, is_html: bool
) -> tuple[str, str, int, int | None]:
    """Codec, how it was decided, the length of the byte-order mark, how many characters if it is known to be UTF-8."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return name, "bom", len(mark), None
    wide = _wide(content)
    if wide:
        return wide, "detected", 0, None
    said, how = None, ""
    if declared:
        said, how = codec_of(declared), "given" if given else "header"
    if said is None and is_html:
        m = _META.search(content, 0, META_BYTES) or _XML.match(content, 0, META_BYTES)
        if m:
            said, how = codec_of(m[1].decode("ascii")), "meta"
    if said in ("utf-16-le", "utf-16-be"):  # the label could be read byte by byte: it is wrong
        said = "utf-8"
    if said == "iso2022_jp" and not (content.isascii() and _decodes(content, said)):
        said = None  # its escapes leave no way to mark what is broken
    n_chars = count_utf8(content)
    if n_chars is not None:
        if said and (said == "utf-8" or (n_chars == len(content) and said != "iso2022_jp")):
            return said, how, 0, n_chars
        if said != "iso2022_jp":
            return "utf-8", "utf-8", 0, n_chars
    if said and (said != "utf-8" or _mostly_utf8(content)):
        return said, how, 0, None
    if _mostly_utf8(content):
        return "utf-8", "detected", 0, None
    return _legacy(content), "detected", 0, None


def _decodes(content: bytes, name: str) -> bool:
    try:
        content.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def count_utf8(content: bytes) -> int | None:
    """How many characters the bytes are in UTF-8; None where they are not UTF-8. Only stretches beyond ASCII are decoded."""
    end = len(content) // STRETCH * STRETCH
    stretches = np.frombuffer(content, np.uint64, end // 8).reshape(-1, STRETCH // 8)
    rows = (np.bitwise_or.reduce(stretches, axis=1) & _HIGH_BITS).nonzero()[0].tolist()
    n_more = first = last = 0  # what stands there is decoded together
    try:
        for row in rows:
            start = row * STRETCH
            if start != last:
                n_more += last - first - len(content[first:last].decode("utf-8"))
                first = start
            last = start + STRETCH
        if last != end:
            n_more += last - first - len(content[first:last].decode("utf-8"))
            first = end
        n_more += len(content) - first - len(content[first:].decode("utf-8"))
    except UnicodeDecodeError:
        return None
    return len(content) - n_more


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of Western text is zero, and the rest are not."""
    head = content[:4096]
    if len(head) < 4 or b"\0" not in head:
        return None
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > 0.6 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.6 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return None


def _mostly_utf8(content: bytes) -> bool:
    """Whether more bytes beyond ASCII stand in characters of UTF-8 than not: damaged, but UTF-8."""
    n_inside = sum(len(m) for m in _UTF8_SEQUENCE.findall(content))
    return n_inside * 2 > len(_HIGH.findall(content))


def _legacy(content: bytes) -> str:
    """An encoding for bytes that are not UTF-8: Windows-1252, unless they look like something else."""
    n_high = len(_HIGH.findall(content))
    if len(_MAC_MARKS.findall(content)) * 2 > n_high:
        return "mac-roman"
    if n_high * 8 > len(content):  # a script that is not Latin: the frequency of pairs decides
        match = detect(content[:META_BYTES])
        name = codec_of(match.encoding) if match.encoding else None
        if name and not name.startswith("utf"):
            return name
    return "cp1252"


def _decoded(content: bytes, encoding: Encoding, first: int) -> Decoded:
    name = encoding.name
    wide = name.startswith("utf-16")
    odd = (len(content) - first) % 2 if wide else 0
    body = content[first : len(content) - odd] if first or odd else content
    errors = "surrogatepass" if wide else "surrogateescape"
    broken = False
    try:
        text = exact = body.decode(name)
    except UnicodeDecodeError:
        exact = body.decode(name, errors)
        text, broken = _SURROGATE.sub(BROKEN, exact), True
    if odd:
        exact, text, broken = exact + "\udc80", text + BROKEN, True
    if not wide and (exact.isascii() or _ONE_BYTE.fullmatch(name)):
        return Decoded(text, exact, encoding, broken, broken, first, lambda at: at + first)
    if name == "utf-8" and not broken:
        return Decoded(text, exact, encoding, broken, True, first, _Utf8(content, first))
    ask: Callable[[int], int]
    if name in _MULTI_BYTE:
        ask = _Table(content, exact, name)
    else:
        ask = _Cursor(exact, first, name, errors, len(content))
    return Decoded(text, exact, encoding, broken, True, first, lambda at: _asked(at, ask))


def _asked(at: Places, ask: Callable[[int], int]) -> Places:
    """What a function answers that is cheap as long as its offsets do not go back."""
    places, index = np.unique(at, return_inverse=True)
    answers = np.array([ask(place) for place in places.tolist()], np.int32)
    found: Places = answers[index]
    return found


class _Utf8:
    """UTF-8 without faults: a character begins as many bytes later as bytes before it begin none."""

    __slots__ = ("_before", "_content", "_first")

    def __init__(self, content: bytes, first: int) -> None:
        self._content, self._first = content, first
        self._before: Places | None = None

    def __call__(self, at: Places) -> Places:
        """The byte offsets of characters, in any order."""
        if self._before is None:
            inside = _inside(np.frombuffer(self._content, np.int8)[self._first :])
            inside -= np.arange(1, len(inside) + 1, dtype=np.int32)
            self._before = inside
        return at + self._before.searchsorted(at).astype(np.int32) + self._first


def _inside(octets: npt.NDArray[np.int8]) -> Places:
    """Where the bytes stand that begin no character: 0x80 to 0xBF.

    Eight at once tell that a stretch is ASCII, as most are; the others are looked at byte by byte.
    """
    end = len(octets) // STRETCH * STRETCH
    stretches = octets[:end].reshape(-1, STRETCH)
    together = np.bitwise_or.reduce(stretches.view(np.uint64), axis=1)
    rows = (together & _HIGH_BITS).nonzero()[0]
    if 4 * len(rows) > len(stretches):
        return (octets < -64).nonzero()[0].astype(np.int32)
    places = (stretches[rows] < -64).ravel().nonzero()[0]
    inside = rows[places // STRETCH] * STRETCH + places % STRETCH
    return np.concatenate([inside, (octets[end:] < -64).nonzero()[0] + end]).astype(np.int32)


class _Cursor:
    """Encodings that write a character in one way: the bytes between two offsets are encoded and counted."""

    __slots__ = ("_at", "_byte", "_errors", "_exact", "_last", "_name")

    def __init__(self, exact: str, first: int, name: str, errors: str, last: int) -> None:
        self._exact, self._name, self._errors, self._last = exact, name, errors, last
        self._at, self._byte = 0, first

    def __call__(self, at: int) -> int:
        """The byte offset of a character; cheap as long as offsets do not go back."""
        if at < 0:
            return 0
        piece = self._exact[self._at : at] if at >= self._at else self._exact[at : self._at]
        n_bytes = len(piece.encode(self._name, self._errors))
        self._byte += n_bytes if at >= self._at else -n_bytes
        self._at = at
        return min(self._byte, self._last)


class _Table:
    """Encodings that may write a character in several ways: offsets noted at every blank and tag.

    Between two notes the characters are counted by encoding them if that gives the same bytes back,
    else by decoding byte after byte.
    """

    __slots__ = ("_bytes", "_chars", "_content", "_name")

    def __init__(self, content: bytes, exact: str, name: str) -> None:
        self._content, self._name = content, name
        self._chars, self._bytes = array("L", [0]), array("L", [0])
        n_chars = 0
        if name != "iso2022_jp":
            for m in _CUT.finditer(content):
                n_chars += len(m[0].decode(name, "surrogateescape"))
                self._chars.append(n_chars)
                self._bytes.append(m.end())
        if n_chars != len(exact):
            self._chars, self._bytes = _char_by_char(content, name)

    def __call__(self, at: int) -> int:
        """The byte offset of a character."""
        if at < 0:
            return 0
        i = bisect_right(self._chars, at) - 1
        start, n = self._bytes[i], at - self._chars[i]
        if n == 0 or i + 1 >= len(self._bytes):
            return start
        piece = self._content[start : self._bytes[i + 1]]
        if piece.isascii():
            return start + n
        chars = piece.decode(self._name, "surrogateescape")
        if chars.encode(self._name, "surrogateescape") == piece:
            return start + len(chars[:n].encode(self._name, "surrogateescape"))
        ends = _char_by_char(piece, self._name)
        return start + ends[1][min(n, len(ends[1]) - 1)]


def _char_by_char(content: bytes, name: str) -> tuple[array[int], array[int]]:
    """For every character: its number, and the byte where it begins; one more for the end."""
    decoder = codecs.getincrementaldecoder(name)("surrogateescape")
    chars, starts = array("L", [0]), array("L", [0])
    n = 0
    for i in range(len(content)):
        made = len(decoder.decode(content[i : i + 1], i + 1 == len(content)))
        if made:
            end = i + 1 - len(decoder.getstate()[0])  # what is left over belongs to the next
            for k in range(
                made
            ):  # several at once: the ones before the last are single bytes that fit nothing
                n += 1
                chars.append(n)
                starts.append(end - made + 1 + k)
    starts[-1] = len(content)
    return chars, starts
