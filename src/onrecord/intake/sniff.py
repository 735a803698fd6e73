"""What bytes are, from their name and their beginning: HTML, bare text, a corpus, packed, or no text at all.

In: a name and the first bytes. Out: a Form. Leaves to `page` which encoding it is.
"""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

#: How much of a file is looked at.
HEAD_BYTES = 4096

_SUFFIXES = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html", ".mhtml": "other",
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text", ".eml": "text",
    ".jsonl": "corpus", ".ndjson": "corpus", ".jl": "corpus",
}  # fmt: skip
#: What the formats begin with that people save beside pages and that hold no text to read as it stands.
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"(\xb5/\xfd", "a zstd archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"PAR1", "a Parquet file"),
    (b"{\\rtf", "an RTF document"),
    (b"bplist00", "a binary property list or web archive"),
    (b"WARC/", "a WARC file, which is not read yet"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|script|link|div|p|article|section|main|h[1-6]|table)\b",
    re.I | re.S,
)
#: A page saved under a text file's name. Less is text in which somebody wrote a tag.
_WHOLE = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.I)
_TAGS = re.compile(
    rb"</?(?:html|head|body|div|p|span|a|title|meta|article|section|h[1-6]|ul|li|br)\b[^>]{0,500}>", re.I
)
_JSON_LINE = re.compile(rb"\s*\{\s*\"")


class Form(StrEnum):
    """How a file is read."""

    HTML = "html"
    TEXT = "text"
    CORPUS = "corpus"


def form_of(name: str, head: bytes) -> Form:
    """How a file of this name that begins so is read; the name decides where it tells."""
    told = _SUFFIXES.get(suffix_of(name))
    if told == "corpus":
        return Form.CORPUS
    if told == "html":
        return Form.HTML
    plain = head.replace(b"\0", b"")
    if plain.startswith(b"\xef\xbb\xbf"):
        plain = plain[3:]
    if plain.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = plain[2:]
    if told == "text":
        return Form.HTML if _WHOLE.match(plain) else Form.TEXT
    if _HTML.match(plain) or (told is None and len(_TAGS.findall(plain)) >= 5):
        return Form.HTML
    if told is None and _JSON_LINE.match(plain):
        return Form.CORPUS
    return Form.TEXT


def suffix_of(name: str) -> str:
    """A name's last suffix in lower case, that of packing left out."""
    path = PurePath(name)
    if path.suffix.lower() in (".gz", ".gzip"):
        path = path.with_suffix("")
    return path.suffix.lower()


def is_page_name(name: str) -> bool:
    """Whether a folder's file is read: one whose suffix is known, or that has none."""
    suffix = suffix_of(name)
    return not suffix or _SUFFIXES.get(suffix, "other") != "other"


def binary_kind(head: bytes) -> str | None:
    """What a file is that begins so, if it holds no text to read; None if it may be read."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if b"\nContent-Type: multipart/related" in head.replace(b"\r", b""):
        return "an MHTML archive"
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or not head:
        return None
    zeros = head.count(0)
    controls = sum(head.count(c) for c in range(1, 32) if c not in (8, 9, 10, 11, 12, 13, 27))
    if zeros and not _wide(head):
        return "a binary file" if zeros * 50 > len(head) or controls * 50 > len(head) else None
    return "a binary file" if controls * 10 > len(head) else None


def _wide(head: bytes) -> bool:
    """Whether the zeros of a file's beginning are those of UTF-16."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) / 2
    return (odd > 0.6 * half and even < 0.05 * half) or (even > 0.6 * half and odd < 0.05 * half)
