"""A Word document (.docx) -> its paragraphs, with the standard library alone.

In: the bytes of a file. Out: paragraphs in order: of the text, then of the footnotes and endnotes. Text that
a tracked change took out is left out, and so is the second copy of a text box. Leaves to `page` what a
paragraph says. Thin: headers, footers and comments are not read.

The container is compressed, so no character of it stands for bytes of its own: a .docx is read as a draft to
be checked, never put on record.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

#: Bytes of one part, unpacked: 20 MB of markup are some thousand printed pages.
MAX_PART_BYTES = 20_000_000
#: Elements inside each other; Word nests tables and text boxes some dozens deep.
MAX_DEPTH = 500
MAX_PARAGRAPHS = 200_000
#: A container has some dozens of parts; one with more is no letter.
MAX_PARTS = 10_000
_CHUNK = 1 << 20

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_TEXT_PART = re.compile(r"word/document\d*\.xml")
_NOTES = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))
#: What a tracked change took away from here, and the copy of a text box for older programs.
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "sectPr"})
_QUOTE_STYLE = re.compile(r"(?i)(?:intense|block)?-?(?:quote|quotations?|blockquote|blocktext)\d*")
_STORED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class DocxParagraph:
    """One paragraph that is not blank. place: "paragraph", "footnote" or "endnote"; number: of its place, from 1.

    is_block_quote: whether its style says that it quotes.
    """

    place: str
    number: int
    text: str
    is_block_quote: bool


class BadDocx(Exception):
    """Why the bytes cannot be read as a Word document; never leaves `intake`."""


def docx_paragraphs(content: bytes) -> tuple[DocxParagraph, ...]:
    """The paragraphs of a document. Raises BadDocx with the reason where there are none to be had."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > MAX_PARTS:
                raise BadDocx(f"{len(names):,} parts, the limit is {MAX_PARTS:,}")
            main = next((n for n in sorted(names) if _TEXT_PART.fullmatch(n)), None)
            if main is None:
                raise BadDocx("a ZIP archive without word/document.xml: no Word document")
            out = list(_paragraphs(archive, main, "paragraph"))
            for name, place in _NOTES:
                if name in names:
                    out.extend(_paragraphs(archive, name, place))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError) as error:
        raise BadDocx(f"a broken Word document ({error}); save it again") from error
    except (RuntimeError, NotImplementedError, ValueError, UnicodeError) as error:
        raise BadDocx(f"a Word document that cannot be unpacked ({error}); save it again") from error
    except expat.ExpatError as error:
        raise BadDocx(f"a Word document with broken XML ({error}); save it again") from error
    return tuple(out)


def _paragraphs(archive: zipfile.ZipFile, name: str, place: str) -> Iterator[DocxParagraph]:
    reader = _Reader()
    for chunk in _chunks(archive, name):
        reader.feed(chunk)
    reader.feed(b"", last=True)
    number = 0
    for text, is_quote in reader.paragraphs:
        if text.strip():
            number += 1
            yield DocxParagraph(place, number, text.strip(), is_quote)


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The part, unpacked no further than the limit, whatever size the archive states."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise BadDocx("a Word document with a password; save it without")
    if info.compress_type not in _STORED:
        raise BadDocx("a Word document packed in an unusual way; save it again")
    size = 0
    with archive.open(info) as part:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            if size > MAX_PART_BYTES:
                raise BadDocx(f"more than {MAX_PART_BYTES:,} bytes unpacked in {name}, which is the limit")
            yield chunk


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read: its pieces, whether its style quotes."""

    pieces: list[str] = field(default_factory=list)
    is_quote: bool = False


class _Reader:
    """Paragraphs from a part's markup, in the order in which they begin. Refuses a DTD: so no entity is ever expanded."""

    def __init__(self) -> None:
        self._all: list[_Open] = []
        self._open: list[_Open] = []  # a text box puts paragraphs into a paragraph
        self._depth = self._skipped_from = 0
        self._in_text = False
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    @property
    def paragraphs(self) -> Iterator[tuple[str, bool]]:
        """Each paragraph's text, and whether it quotes."""
        return (("".join(p.pieces), p.is_quote) for p in self._all)

    def feed(self, chunk: bytes, *, last: bool = False) -> None:
        self._parser.Parse(chunk, last)

    def _refuse(self, *_: object) -> None:
        raise BadDocx("a Word document whose XML declares a document type; no program writes that")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise BadDocx(f"elements more than {MAX_DEPTH} deep, which is the limit")
        local = name.rpartition(" ")[2]
        if self._skipped_from:
            return
        if local in _SKIPPED:
            self._skipped_from = self._depth
            return
        if not name.startswith(_NAMESPACES):
            return
        if local == "p":
            if len(self._all) >= MAX_PARAGRAPHS:
                raise BadDocx(f"more than {MAX_PARAGRAPHS:,} paragraphs, which is the limit")
            self._open.append(_Open())
            self._all.append(self._open[-1])
        elif not self._open:
            return
        elif local == "t":
            self._in_text = True
        elif local in ("tab", "br", "cr", "ptab"):
            self._open[-1].pieces.append(" ")
        elif local == "noBreakHyphen":
            self._open[-1].pieces.append("\N{NON-BREAKING HYPHEN}")
        elif local == "pStyle":
            style = next((v for k, v in attributes.items() if k.endswith(" val")), "")
            self._open[-1].is_quote = _QUOTE_STYLE.fullmatch(style) is not None

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._skipped_from:
            if self._depth < self._skipped_from:
                self._skipped_from = 0
            return
        local = name.rpartition(" ")[2]
        if not name.startswith(_NAMESPACES):
            return
        if local == "p" and self._open:
            self._open.pop()
        elif local == "t":
            self._in_text = False

    def _text(self, data: str) -> None:
        if self._in_text and self._open and not self._skipped_from:
            self._open[-1].pieces.append(data)
