"""HTML to text blocks that know where they stood in the source.

In: HTML, decoded or as octets (octets.py). Out: Layout: the visible text in reading order, its segments (which characters
of the source each stretch came from), blocks, what elements state, and where the JSON-LD scripts are. Leaves to `__init__`
the way from characters to bytes, to `facts` what is stated, to `article` which block is what.

The source is tokenized by turbohtml (WHATWG tokenization, in C), which tells where every token stood. The tree is kept
only as the stack of open elements, with the rules of the HTML Standard ("Tree construction") that decide where
a paragraph, list item, cell or link ends when nobody closed it. What that leaves out, because no text moves by it:
foster parenting, and formatting elements that are opened again after a block. An element's attributes are looked at
when text first stands in it: most never hold any.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from turbohtml import Token, TokenType, tokenize

from onrecord.page.elements import (
    AS_WRITTEN,
    FRAMES,
    MOST_GAP,
    TABLE,
    UNKNOWN,
    WALLS,
    Element,
    elements,
    eventful,
    gaps,
    raw_unseen,
)
from onrecord.page.nodes import Node, Nodes
from onrecord.page.octets import characters
from onrecord.page.stated import Notes, Stated
from onrecord.page.writer import Writer
from onrecord.runs import unescaped

#: Elements nested deeper are read as if they stood beside each other, as Blink does with more than 512.
FLAT_DEPTH: Final = 256
#: Characters of a reference; names have 32 at most, numbers as many noughts as somebody likes.
MAX_REFERENCE: Final = 1000

#: In drawings elements may close themselves of which the tokenizer, which does not know drawings, reads on as raw text.
_SELF_CLOSED: Final = re.compile(
    r"<(?:title|style|script|textarea|iframe|noscript|xmp|noembed|noframes)(?:\s[^<>]*)?/>", re.I
)
_NOSCRIPT: Final = re.compile(r"</?noscript[^<>]*>", re.I)

_LETTER: Final = re.compile(r"[^\W_]")
_REFERENCE: Final = re.compile(r"&(?:#[xX]?[0-9a-fA-F]+|[a-zA-Z0-9]+);?")


@dataclass(frozen=True, slots=True)
class Layout:
    """HTML, read.

    json_ld: the source's characters of each script. n_unseen, n_noscript: characters of text not shown.
    """

    writer: Writer
    stated: list[Stated]
    json_ld: list[tuple[int, int]]
    n_unseen: int
    n_noscript: int


@dataclass(frozen=True, slots=True)
class TooMuch:
    """A limit that the source is over."""

    reason: str


def lay_out(
    source: str,
    *,
    max_nodes: int,
    max_depth: int,
    meta_names: Container[str] = frozenset(),
    reveal: bool = False,
    n_chars: int | None = None,
) -> Layout | TooMuch:
    """The text that a reader of the page sees, block by block; or the limit that the source is over.

    meta_names: names (property, name, itemprop) of the <meta> elements that state something.
    reveal: show what is hidden, and what stands in <noscript>, too: for pages that show nothing else.
    n_chars: how many characters the source is, if it is octets.
    """
    even = source
    for c in "\n\r":  # so that a token's column is its place
        if c in even:
            even = even.replace(c, " ")
    if reveal:
        even = _NOSCRIPT.sub(_blank, even)
    try:
        return _Walk(source, even, meta_names, max_depth, reveal, n_chars).run(max_nodes)
    except _Astray:
        even = _SELF_CLOSED.sub(_blank, even)
        return _Walk(source, even, meta_names, max_depth, reveal, n_chars, mended=True).run(max_nodes)


class _Astray(Exception):
    """The tokenizer read on as raw text from an element that closes itself in a drawing."""


class _TooMany(Exception):
    """There are more tokens than the limit."""


class _TooDeep(Exception):
    """Elements are nested deeper than the limit."""


def _blank(m: re.Match[str]) -> str:
    """As many characters as the tag had, in a comment."""
    return f"<!{'x' * (len(m[0]) - 3)}>"


class _Walk:
    """One pass over the tokens: the stack of open elements, and what is shown.

    The stack is two lists of the same length: names, and nodes, of which there is but the start tag until text asks. Its
    first is the page; <html> is not on it. `_odd` says that something is open on which more depends: <head>, a drawing,
    <pre>, or an element whose text is listened to.
    """

    __slots__ = (
        "_elements",
        "_even",
        "_flattened",
        "_foreign",
        "_gaps",
        "_is_octets",
        "_json_ld",
        "_known",
        "_max_depth",
        "_mended",
        "_n_a",
        "_n_deep",
        "_n_noscript",
        "_n_p",
        "_n_unseen",
        "_names",
        "_nodes",
        "_notes",
        "_odd",
        "_raw_unseen",
        "_writer",
        "_written_at",
    )

    def __init__(
        self,
        source: str,
        even: str,
        meta_names: Container[str],
        max_depth: int,
        reveal: bool,
        n_chars: int | None,
        *,
        mended: bool = False,
    ) -> None:
        self._mended = mended
        self._is_octets = n_chars is not None
        self._even, self._max_depth = even, max_depth
        self._elements, self._raw_unseen, self._gaps = elements(), raw_unseen(), gaps()
        self._writer = Writer(source, n_chars)
        self._notes = Notes(even, meta_names, is_octets=self._is_octets)
        self._names: list[str] = [""]
        self._nodes: list[Node | Token] = [Node("html")]
        self._known = Nodes(even if self._is_octets else None, reveal=reveal)
        self._n_p = self._n_a = 0  # how many <p> and <a> are open
        self._flattened: dict[str, int] = {}
        self._n_deep = 0
        self._odd = False
        self._written_at = 0  # how many elements are open with the outermost <pre>; 0: none is
        self._foreign = 0  # the same for <svg> or <math>
        self._json_ld: list[tuple[int, int]] = []
        self._n_unseen = self._n_noscript = 0

    def run(self, max_nodes: int) -> Layout | TooMuch:
        """The page, read, or the limit that it is over."""
        writer = self._writer
        all_tokens = tokenize(self._even, resolve_references=False)
        try:
            self._read(all_tokens, max_nodes)
        except _TooDeep:
            return TooMuch(f"elements nested more than {self._max_depth:,} deep")
        except _TooMany:
            return TooMuch(f"more than {max_nodes:,} tags and stretches of text")
        self._close_to(0)
        writer.end_block(0)
        return Layout(writer, self._notes.stated, self._json_ld, self._n_unseen, self._n_noscript)

    def _read(self, tokens: Iterator[Token], max_nodes: int) -> None:
        """Take every token, or those up to where there are too many, or elements are nested too deep.

        This loop is where the time goes, 3,000 times a page of news. It holds what is done for nine in ten of them: blank
        text, text that is shown, elements that open and close in order. `_text`, `_start` and `_end` do all there is.
        """
        is_text, is_start, is_end = TokenType.TEXT, TokenType.START_TAG, TokenType.END_TAG
        names, nodes, writer = self._names, self._nodes, self._writer
        pieces, is_raw, known = writer.pieces, self._raw_unseen, self._known
        of_tag, gap_of_tag = eventful(), self._gaps
        odd = False  # self._odd, which changes only in what is called
        is_plain = self._is_octets or self._even.isascii()  # all blank text is ASCII
        n_left = max_nodes
        for token in tokens:
            n_left -= 1
            if n_left < 0:
                raise _TooMany
            kind = token.type
            if kind is is_text:
                if odd or names[-1] in is_raw:
                    self._text(token)
                    continue
                data: str = token.data  # type: ignore[assignment]  # text has some
                if data.isspace() and (is_plain or data.isascii()):
                    if pieces and writer.space is None:
                        first = token.col
                        writer.space = (first, first + len(data))
                else:
                    node = nodes[-1]
                    if not isinstance(node, Node):
                        node = known.resolve(nodes, names)
                    if node.show and not node.ornament:
                        writer.add(token.col, data, node)
                    else:
                        self._text(token)
            elif kind is is_start:
                tag: str = token.tag  # type: ignore[assignment]  # tags have a name
                element = of_tag.get(tag)
                if element is not None:
                    if (
                        odd
                        or not element.plain
                        or (element.ends_p and self._n_p > 0)
                        or (element.siblings and self._ends_sibling(tag, element))
                    ):
                        odd = self._start(tag, token)
                        continue
                    gap = element.gap
                    if pieces:
                        if gap:
                            writer.end_block(gap)
                    elif gap > writer.gap:
                        writer.gap = gap
                elif odd:
                    odd = self._start(tag, token)
                    continue
                if len(names) >= FLAT_DEPTH:
                    self._flatten(tag)
                    continue
                names.append(tag)
                nodes.append(token)
                if tag == "p":
                    self._n_p += 1
                elif tag == "a":
                    self._n_a += 1
                    rel = token.attr("rel")
                    if rel and "author" in rel.lower():
                        odd = self._listen(tag, token)
                        continue
                if token.attr("itemprop"):
                    odd = self._listen(tag, token)
            elif kind is is_end:
                tag = token.tag  # type: ignore[assignment]
                if odd or tag != names[-1] or tag == "q":
                    odd = self._end(tag, token.col)
                    continue
                tag = names.pop()  # of which the hash is known
                nodes.pop()
                if tag == "p":
                    self._n_p -= 1
                elif tag == "a":
                    self._n_a -= 1
                if pieces:
                    gap = gap_of_tag.get(tag, 0)
                    if gap:
                        writer.end_block(gap)
                    elif len(names) <= writer.depth:
                        writer.depth = len(names) - 1
                elif writer.gap < MOST_GAP:
                    writer.gap = max(writer.gap, gap_of_tag.get(tag, 0))
            elif kind is TokenType.CHARACTER_REFERENCE:
                self._reference(token.col, token.data or "")

    # ------------------------------------------------------------------------------------ text

    def _text(self, token: Token) -> None:
        """Take text, wherever it stands. Of scripts, which may be long, it is only fetched where it counts."""
        tag = self._names[-1]
        is_raw = tag in self._raw_unseen
        is_json = is_raw and tag == "script" and "ld+json" in (self._attribute("type") or "").lower()
        if is_raw and not is_json and tag != "noscript" and not self._notes.listening:
            return
        first = token.col
        data: str = token.data  # type: ignore[assignment]  # text has some
        if self._notes.listening:
            self._notes.hear(characters(data) if self._is_octets else data)
        if is_raw:
            if is_json:
                self._json_ld.append((first, first + len(data)))
            elif tag == "noscript":
                self._n_noscript += len(data)
            return
        node = self._node()
        if node.show and not (node.ornament and self._is_sign(data)):
            self._writer.add(first, data, node)
        else:
            self._n_unseen += len(data)

    def _is_sign(self, data: str) -> bool:
        """Whether text has no letters."""
        return _LETTER.search(characters(data) if self._is_octets else data) is None

    def _reference(self, first: int, data: str) -> None:
        self._notes.hear(data)
        if self._names[-1] not in self._raw_unseen:
            node = self._node()
            if node.show and not (node.ornament and _LETTER.search(data) is None):
                self._writer.add_reference(first, self._reference_end(first, data), data, node)

    def _reference_end(self, first: int, data: str) -> int:
        """Where a reference ends: the tokenizer may leave a semicolon, or take letters after a name that needs none."""
        m = _REFERENCE.match(self._even, first, first + MAX_REFERENCE)
        return first + (_n_written(m[0], data) if m is not None else 1)

    def _attribute(self, name: str) -> str | None:
        """An attribute of the innermost open element."""
        token = self._nodes[-1]
        return token.attr(name) if isinstance(token, Token) else None

    def _node(self) -> Node:
        """The innermost open element's node."""
        node = self._nodes[-1]
        return node if isinstance(node, Node) else self._known.resolve(self._nodes, self._names)

    # ------------------------------------------------------------------------------------ tags

    def _start(self, tag: str, token: Token) -> bool:
        """Take a start tag, whatever it is; whether something odd is open then."""
        names = self._names
        element = self._elements.get(tag, UNKNOWN)
        if self._odd and self._within(tag, token, element):
            return self._odd
        if element.void:
            self._void(tag, token)
            return self._odd
        index = self._sibling(element) if element.siblings else 0
        if index:
            self._close_to(index)
        if element.ends_p and self._n_p:
            self._close_paragraph()
        if element.gap:
            self._writer.end_block(element.gap)
        if tag in FRAMES:
            self._frame(tag, token)
            return self._odd
        if tag == "q":
            self._quote(token.col, "“")
        if not self._push(tag, token):
            return self._odd
        if tag in AS_WRITTEN:
            self._written_at = self._written_at or len(names)
            self._odd = True
        return self._listen(tag, token)

    def _within(self, tag: str, token: Token, element: Element) -> bool:
        """A start tag in <head> or in a drawing: may end it. Whether it opens nothing that is kept."""
        if self._foreign:
            if element.raw and token.self_closing and not self._mended:
                raise _Astray
            if element.ends_drawing and "foreignobject" not in self._names:
                self._close_to(self._foreign - 1)
            else:
                if tag in ("svg", "math", "foreignobject") and len(self._names) < FLAT_DEPTH:
                    self._push(tag, token)
                return True
        if self._names[-1] == "head" and not element.in_head:
            self._close_to(len(self._names) - 1)
        return False

    def _frame(self, tag: str, token: Token) -> None:
        """The start of a drawing, or of <html>, <head> and <body>, of which there is one each whatever the source says."""
        names = self._names
        if tag == "html":
            self._notes.note(tag, token)
        elif tag == "head":
            if tag not in names and "body" not in names and self._push(tag, token):
                self._odd = True
                self._listen(tag, token)
        elif tag == "body":
            if tag not in names:
                self._close_to(1)
                self._push(tag, token)
        elif len(names) < FLAT_DEPTH:
            self._push(tag, token)
            self._foreign = len(names)
            self._odd = True

    def _void(self, tag: str, token: Token) -> None:
        if tag == "br":
            self._line_break(token.col)
        elif tag == "hr":
            if self._n_p:
                self._close_paragraph()
            self._writer.end_block(2)
        elif tag in ("meta", "link"):
            self._notes.note(tag, token)

    def _listen(self, tag: str, token: Token) -> bool:
        """Have a new element listened to if it states something by its text; whether something odd is open then."""
        self._notes.listen(tag, token, len(self._names))
        self._odd = self._odd or bool(self._notes.listening)
        return self._odd

    def _line_break(self, first: int) -> None:
        if self._writer.pieces and self._node().show:
            self._writer.breaks.append((first, self._even.find(">", first) + 1))

    def _quote(self, first: int, mark: str) -> None:
        node = self._node()
        if node.show:
            self._writer.add_reference(first, self._even.find(">", first) + 1, mark, node)

    def _end(self, tag: str, first: int) -> bool:
        """Take an end tag, whatever is open; whether something odd is open then."""
        names = self._names
        element = self._elements.get(tag, UNKNOWN)
        if self._flattened.get(tag):
            self._flattened[tag] -= 1
            self._n_deep -= 1
            if element.gap:
                self._writer.end_block(element.gap)
        elif (tag != names[-1] and tag not in names) or tag == "body":
            if tag == "p":
                self._writer.end_block(2)
            elif tag == "br":
                self._line_break(first)
        else:
            index = self._opened(tag, element)
            if index:
                if tag == "q":
                    self._quote(first, "”")
                self._close_to(index)
        return self._odd

    def _opened(self, tag: str, element: Element) -> int:
        """Where on the stack the element is that an end tag closes; 0 if it may not close it."""
        names = self._names
        index = len(names) - 1
        while names[index] != tag:
            if names[index] in WALLS and tag not in TABLE:
                return 0
            index -= 1
        closes_blocks = element.gap or tag in ("head", "svg", "math", "template")
        return 0 if not closes_blocks and self._holds_block(index) else index

    def _holds_block(self, index: int) -> bool:
        """Whether a block stands open in the element at this place of the stack."""
        return any(name in self._gaps for name in self._names[index + 1 :])

    # ----------------------------------------------------------------------------------- stack

    def _push(self, tag: str, token: Token) -> bool:
        """Open an element; False if it is nested too deep for that."""
        if len(self._names) >= FLAT_DEPTH:
            self._flatten(tag)
            return False
        self._names.append(tag)
        self._nodes.append(token)
        if tag == "p":
            self._n_p += 1
        elif tag == "a":
            self._n_a += 1
        return True

    def _flatten(self, tag: str) -> None:
        self._flattened[tag] = self._flattened.get(tag, 0) + 1
        self._n_deep = max(self._n_deep, FLAT_DEPTH) + 1
        if self._n_deep > self._max_depth:
            raise _TooDeep

    def _close_to(self, n_open: int) -> None:
        """Close elements until n are open."""
        names, gap_of_tag = self._names, self._gaps
        n = max(n_open, 1)
        for name in reversed(names[n:]):
            gap = gap_of_tag.get(name, 0)
            if gap:
                self._writer.end_block(gap)
            if name == "p":
                self._n_p -= 1
            elif name == "a":
                self._n_a -= 1
        del names[n:]
        del self._nodes[n:]
        self._writer.depth = min(self._writer.depth, n - 1)
        if self._foreign > n:
            self._foreign = 0
        if self._written_at > n:
            self._written_at = 0
        self._notes.close_to(n_open)
        self._odd = bool(
            self._notes.listening
            or self._foreign
            or self._written_at
            or (len(names) > 1 and names[1] == "head")
        )

    def _close_paragraph(self) -> None:
        """End the open paragraph, if no wall stands around what is open in it."""
        names, index = self._names, len(self._names) - 1
        while names[index] != "p":
            if names[index] in WALLS or names[index] == "button":
                return
            index -= 1
        self._close_to(index)

    def _ends_sibling(self, tag: str, element: Element) -> bool:
        """Whether an element's start ends another."""
        return (tag != "a" or self._n_a > 0) and self._sibling(element) > 0

    def _sibling(self, element: Element) -> int:
        """Where on the stack the element is that this one's start ends; 0 where none is, or a wall stands before it."""
        names, siblings, walls = self._names, element.siblings, element.walls
        for i in range(len(names) - 1, 0, -1):
            name = names[i]
            if name in siblings:
                return i
            if name in walls:
                return 0
        return 0


@lru_cache(maxsize=1024)
def _n_written(written: str, data: str) -> int:
    """How many characters at the start of `written` are a reference to `data`."""
    if unescaped(written) == data:
        return len(written)
    for n in range(min(len(written) - 1, 64), 1, -1):
        if unescaped(written[:n]) == data:
            return n
    return len(written)
