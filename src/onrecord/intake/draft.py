"""A draft that somebody is writing -> one RawPage: text, Markdown, HTML, or a Word document.

In: a path or "-", or a name with bytes (an upload). Out: a Draft, or Rejected with the reason. Leaves to
`page` what the bytes mean. A Word document becomes text here, because no character of it stands for bytes of
its own; its paragraphs keep their names.
"""

from __future__ import annotations

import hashlib
import sys
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import PurePath

from onrecord.intake.docx import BadDocx, docx_paragraphs
from onrecord.intake.read import Limits
from onrecord.intake.sniff import HEAD_BYTES, Form, binary_kind, form_of
from onrecord.types import Given, Origin, RawPage, Rejected

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")


@dataclass(frozen=True, slots=True)
class Draft:
    """raw: the draft's text. is_markdown: whether lines of one paragraph may be broken anywhere.

    places: for each line of the text what its reader calls it ("paragraph 7"); () where lines are lines.
    """

    raw: RawPage
    is_markdown: bool
    places: tuple[str, ...] = ()


def read_draft(path: str, *, limits: Limits = Limits()) -> Draft | Rejected:
    """The draft at a path ("-": standard input); Rejected where it cannot be had."""
    try:
        with nullcontext(sys.stdin.buffer) if path == "-" else open(path, "rb") as stream:
            content = stream.read(limits.max_bytes + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Rejected(path, path, "intake", f"cannot be read ({why})")
    return parse_draft(path, content, limits=limits)


def parse_draft(name: str, content: bytes, *, limits: Limits = Limits()) -> Draft | Rejected:
    """The draft in the bytes of a file of this name; Rejected where they hold none."""
    if len(content) > limits.max_bytes:
        return _rejected(name, f"more than {limits.max_bytes:,} bytes, which is the limit for a draft")
    if not content.strip():
        return _rejected(name, "an empty file")
    head = content[:HEAD_BYTES]
    if content.startswith(b"PK\x03\x04"):
        return _word_document(name, content)
    kind = binary_kind(head)
    if kind:
        return _rejected(name, f"{kind}; a draft is text, Markdown, HTML or .docx")
    media_type = "text/html" if form_of(name, head) is Form.HTML else "text/plain"
    return Draft(_raw(name, content, media_type), PurePath(name).suffix.lower() in _MARKDOWN)


def _word_document(name: str, content: bytes) -> Draft | Rejected:
    try:
        paragraphs = docx_paragraphs(content)
    except BadDocx as error:
        return _rejected(name, str(error))
    if not paragraphs:
        return _rejected(name, "a Word document without text")
    lines, places = [], []
    for p in paragraphs:
        # an empty line between two, so that none is taken for the wrapped rest of the one before
        lines += [("> " if p.is_block_quote else "") + " ".join(p.text.split()), ""]
        places += [f"{p.place} {p.number}"] * 2
    text = "\n".join(lines).encode("utf-8", "replace")
    return Draft(replace(_raw(name, text, "text/plain"), given=Given()), False, tuple(places))


def _raw(name: str, content: bytes, media_type: str) -> RawPage:
    return RawPage(name, content, hashlib.sha256(content).hexdigest(), media_type, Origin(path=name))


def _rejected(name: str, reason: str) -> Rejected:
    return Rejected(name, name, "intake", reason)
