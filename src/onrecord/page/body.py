"""The article that a page carries in a JSON-LD script alone.

In: the source, the scripts, and what is on the page so far. Out: the same writer, with the script's articleBody
after what is shown. Leaves to `html` what is shown. The characters stay those of the script: its escapes, and the
character references in it, are written otherwise; its line breaks and tags end blocks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from onrecord.page.facts import Script, is_article, nodes_of
from onrecord.page.nodes import Node
from onrecord.page.octets import characters
from onrecord.page.writer import Writer
from onrecord.runs import BROKEN, unescaped

#: A body of fewer characters is a summary, and not worth reading where a page shows nothing else.
MIN_CHARS = 200

_KEY = re.compile(r'"(?:articleBody|text)"\s*:\s*"((?:[^"\\]|\\.)*+)"', re.S)
#: How an articleBody is written, piece by piece: a tag, a reference, an escape, plain characters.
_PIECE = re.compile(
    r"(?P<tag>(?:<|\\u003[cC]|\\x3[cC])(?:\\?/)?(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})(?![a-zA-Z0-9])"
    r"(?:(?!\\u003[cCeE]|\\x3[cCeE])[^<>])*+(?:>|\\u003[eE]|\\x3[eE]))"
    r"|(?P<reference>(?:&|\\u0026)(?:#[xX]?[0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});)"
    r"|(?P<escape>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\.)"
    r"|(?P<plain>[^<\\&]+|[<&])",
    re.S,
)
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
    )
)
_JSON_ESCAPES = frozenset('"\\/bfnrtu')
_SPACES = re.compile(r"[\t\n\f\r]")


def find_body(source: str, scripts: Sequence[Script], *, is_octets: bool = False) -> tuple[int, int] | None:
    """Where the longest articleBody stands in the source, between its quotation marks; None if there is none.

    is_octets: whether the source is octets (octets.py).
    """
    bodies = [(body, script) for script in scripts for body in _bodies(script) if len(body) >= MIN_CHARS]
    if not bodies:
        return None
    longest, script = max(bodies, key=lambda item: len(item[0]))
    for m in _KEY.finditer(source, script.first, script.last):
        if len(m[1]) >= len(longest) and _loaded(characters(m[1]) if is_octets else m[1]) == longest:
            return m.span(1)
    return None


def add_body(writer: Writer, place: tuple[int, int]) -> None:
    """Put the articleBody that stands there after what the writer has."""
    node = Node("json-ld", Node("html"))
    node.own = ("articlebody",)
    writer.end_block(2)
    for m in _PIECE.finditer(writer.source, *place):
        first, last = m.span()
        if m["tag"]:
            if m["name"].lower() not in _INLINE:
                writer.end_block(2)
        elif m["plain"]:
            writer.add(first, _SPACES.sub(" ", m["plain"]), node)
        else:
            value = _loaded(m[0])
            if m["reference"]:
                value = unescaped(value)
            if value in ("\n", "\r", "\u2028", "\u2029"):
                writer.end_block(2)
            elif value:
                writer.add_reference(first, last, value, node)
    writer.end_block(2)


def _bodies(script: Script) -> Iterator[str]:
    for node in nodes_of(script):
        body = node.get("articleBody", node.get("text")) if is_article(node) else None
        if isinstance(body, str):
            yield body


def _loaded(written: str) -> str:
    """What characters of a JSON string stand for, or of a script's; half a pair is broken."""
    if written[:1] == "\\" and (written[1:2] not in _JSON_ESCAPES or written == "\\u"):
        return chr(int(written[2:], 16)) if len(written) == 4 else written[1:]
    try:
        value = json.loads(f'"{written}"', strict=False)
    except ValueError:
        return BROKEN
    return str(value).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
