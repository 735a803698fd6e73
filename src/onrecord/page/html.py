"""HTML to text blocks that know where they stood in the source.

In: decoded HTML. Out: Layout: the visible text in reading order, its segments (which characters of the source
each stretch came from), blocks, what elements state, and where the JSON-LD scripts are. Leaves to `__init__` the way
from characters to bytes, to `facts` what is stated, to `article` which block is what.

The source is tokenized by turbohtml (WHATWG tokenization, in C), which tells where every token stood. The tree is kept
only as the stack of open elements, with the rules of the HTML Standard ("Tree construction") that decide where
a paragraph, list item, cell or link ends when nobody closed it. What that leaves out, because no text moves by it:
foster parenting, and formatting elements that are opened again after a block. An element's attributes are looked at
when text first stands in it: most never hold any.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import islice

from turbohtml import Token, TokenType, tokenize

from onrecord.page.writer import Node, Writer
from onrecord.runs import unescaped

#: Elements nested deeper are read as if they stood beside each other, as Blink does with more than 512.
FLAT_DEPTH = 256
#: Characters kept of what an element states about the page (a name, a headline), and how many elements may.
MAX_STATED_CHARS, MAX_STATED = 1000, 400
#: Characters of a reference; names have 32 at most, numbers as many noughts as somebody likes.
MAX_REFERENCE = 1000

#: The attributes that name a <meta>.
NAMINGS = ("property", "name", "itemprop", "http-equiv")
#: Elements that an end tag of something outside them does not close.
_WALLS = frozenset(("table", "td", "th", "caption", "template", "marquee", "object"))
_TABLE = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "th", "caption"))
#: What an element's start ends, and what holds the list, table or row in which it does.
_ENDS = {
    tag: (frozenset(siblings.split()), frozenset(walls.split()))
    for tags, siblings, walls in (
        ("li", "li", "ul ol menu dir nav template object"),
        ("dd dt", "dd dt", "dl template object"),
        ("td th", "td th", "table tr template"),
        ("tr", "tr caption", "table template"),
        ("tbody thead tfoot", "tbody thead tfoot caption", "table template"),
        ("option", "option", "select datalist template"),
        ("button", "button", "template object"),
        ("a", "a", "td th caption table template object"),
    )
    for tag in tags.split()
}
#: In drawings elements may close themselves of which the tokenizer, which does not know drawings, reads on as raw text.
_SELF_CLOSED = re.compile(
    r"<(?:title|style|script|textarea|iframe|noscript|xmp|noembed|noframes)(?:\s[^<>]*)?/>", re.I
)
_NOSCRIPT = re.compile(r"</?noscript[^<>]*>", re.I)

_LETTER = re.compile(r"[^\W_]")
_REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]+|[a-zA-Z0-9]+);?")
#: An itemprop or rel whose element states something in its text (`comment`: what it holds states nothing).
_SAYS = re.compile(
    r"\s*(?:headline|author|creator|name|comment|date(?:published|created|modified)|publisher|inlanguage|articlesection)\s*\Z",
    re.I,
)
#: Elements that state something whatever attributes they have.
_STATING = frozenset(("h1", "title", "time"))
_AS_WRITTEN = ("pre", "listing", "xmp", "plaintext")


@dataclass(frozen=True, slots=True)
class Stated:
    """What an element says about the page: its name, attributes, the text in it, and where its tag stands."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    text: str
    first: int
    last: int


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
) -> Layout | TooMuch:
    """The text that a reader of the page sees, block by block; or the limit that the source is over.

    meta_names: names (property, name, itemprop) of the <meta> elements that state something.
    reveal: show what is hidden, and what stands in <noscript>, too: for pages that show nothing else.
    """
    even = source
    for c in "\n\t\r\f":
        if c in even:
            even = even.replace(c, " ")
    if reveal:
        even = _NOSCRIPT.sub(_blank, even)
    try:
        return _Walk(source, even, meta_names, max_depth, reveal).run(max_nodes)
    except _Astray:
        even = _SELF_CLOSED.sub(_blank, even)
        return _Walk(source, even, meta_names, max_depth, reveal, mended=True).run(max_nodes)


class _Astray(Exception):
    """The tokenizer read on as raw text from an element that closes itself in a drawing."""


def _blank(m: re.Match[str]) -> str:
    """As many characters as the tag had, in a comment."""
    return f"<!{'x' * (len(m[0]) - 3)}>"


@dataclass(frozen=True, slots=True)
class _Element:
    """What the reader does with an element. gap: line breaks that a reader sees before and after it, at least.

    special: something else is done at its start. unshown: its content is raw text, and not shown.
    """

    gap: int
    void: bool
    special: bool
    unshown: bool
    ends_p: bool
    ends_drawing: bool
    in_head: bool
    raw: bool


_UNKNOWN = _Element(0, False, False, False, False, False, False, False)


@cache
def _elements() -> dict[str, _Element]:
    lines = files("onrecord.page").joinpath("elements.txt").read_text("utf-8").splitlines()
    named = {}
    for line in lines:
        if line and not line.startswith("#"):
            name, what, flags = f"{line}\t".split("\t")[:3]
            named[name] = (what, flags.split())
    special = {"html", "body", "head", "svg", "math", "q", *_STATING, *_AS_WRITTEN, *_ENDS}
    return {
        name: _Element(
            gap={"block": 2, "line": 1}.get(what, 0),
            void=what == "void",
            special=name in special,
            unshown=what == "skip" and "raw" in flags,
            ends_p="ends-p" in flags,
            ends_drawing="ends-drawing" in flags,
            in_head="in-head" in flags,
            raw="raw" in flags,
        )
        for name in {*named, *special}
        for what, flags in [named.get(name, ("inline", []))]
    }


@cache
def _skipped() -> frozenset[str]:
    """Elements whose text is not shown."""
    lines = files("onrecord.page").joinpath("elements.txt").read_text("utf-8").splitlines()
    return frozenset(line.split("\t")[0] for line in lines if line.split("\t")[1:2] == ["skip"])


@cache
def _unshown() -> frozenset[str]:
    """Elements whose content is raw text, and not shown."""
    return frozenset(name for name, element in _elements().items() if element.unshown)


@cache
def _gaps() -> dict[str, int]:
    """Elements around which a reader sees line breaks, and how many."""
    return {name: element.gap for name, element in _elements().items() if element.gap}


@dataclass(slots=True)
class _Capture:
    """Text being collected for a Stated: until the element at this depth closes."""

    depth: int
    tag: str
    attributes: tuple[tuple[str, str], ...]
    first: int
    last: int
    parts: list[str] = field(default_factory=list)
    n_chars: int = 0


class _Walk:
    """One pass over the tokens: the stack of open elements, what is shown, what is stated.

    The stack is two lists of the same length: names, and nodes, of which there is but the start tag until text asks. Its
    first is the page; <html> is not on it. Most tags are dealt with in `run` alone; `_odd` says that something is open on
    which more depends: <head>, a drawing, <pre>, or an element whose text is being collected.
    """

    __slots__ = (
        "_captures",
        "_elements",
        "_even",
        "_flattened",
        "_foreign",
        "_json_ld",
        "_max_depth",
        "_mended",
        "_meta_names",
        "_n_deep",
        "_n_noscript",
        "_n_unseen",
        "_names",
        "_nodes",
        "_odd",
        "_stated",
        "_unshown",
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
        *,
        mended: bool = False,
    ) -> None:
        self._mended = mended
        self._even, self._meta_names, self._max_depth = even, meta_names, max_depth
        self._elements, self._unshown = _elements(), _unshown()
        self._writer = Writer(source)
        self._names: list[str] = [""]
        self._nodes: list[Node | Token | None] = [Node("html", reveal=reveal)]
        self._flattened: dict[str, int] = {}
        self._n_deep = 0
        self._odd = False
        self._written_at = 0  # how many elements are open with the outermost <pre>; 0: none is
        self._foreign = 0  # the same for <svg> or <math>
        self._captures: list[_Capture] = []
        self._stated: list[Stated] = []
        self._json_ld: list[tuple[int, int]] = []
        self._n_unseen = self._n_noscript = 0

    def run(self, max_nodes: int) -> Layout | TooMuch:
        """The page, read, or the limit that it is over."""
        is_text, is_start, is_end = TokenType.TEXT, TokenType.START_TAG, TokenType.END_TAG
        names, nodes, writer = self._names, self._nodes, self._writer
        elements, gaps = self._elements, _gaps()
        pieces = writer.pieces
        all_tokens = tokenize(self._even, resolve_references=False)
        for token in islice(all_tokens, max_nodes):
            kind = token.type
            if kind is is_text:
                data = token.data or ""
                if data.isspace() and not self._odd and data.isascii():
                    if pieces and writer.space is None:
                        writer.space = (token.col, token.col + len(data))
                else:
                    self._text(token.col, data)
            elif kind is is_end:
                tag = token.tag or ""
                if tag != names[-1] or self._odd or tag == "q":
                    self._end(tag, token.col)
                    continue
                names.pop()
                nodes.pop()
                gap = gaps.get(tag)
                if gap is not None:
                    if pieces:
                        writer.end_block(gap)
                    elif gap > writer.gap:
                        writer.gap = gap
            elif kind is is_start:
                tag = token.tag or ""
                if self._odd and self._within(tag, token):
                    continue
                element = elements.get(tag)
                if element is not None:
                    if element.void:
                        self._void(tag, token)
                        continue
                    if element.special and self._special(tag, token):
                        continue
                    if element.ends_p and "p" in names:
                        self._close_paragraph()
                    if pieces:
                        if element.gap:
                            writer.end_block(element.gap)
                    elif element.gap > writer.gap:
                        writer.gap = element.gap
                if len(names) >= FLAT_DEPTH:
                    self._flatten(tag)
                    if self._n_deep > self._max_depth:
                        return TooMuch(f"elements nested more than {self._max_depth:,} deep")
                    continue
                names.append(tag)
                nodes.append(token)
                if token.attr("itemprop"):
                    self._state(tag, token, len(names))
            elif kind is TokenType.CHARACTER_REFERENCE:
                self._reference(token.col, token.data or "")
        if next(all_tokens, None) is not None:
            return TooMuch(f"more than {max_nodes:,} tags and stretches of text")
        self._close_to(0)
        writer.end_block(0)
        return Layout(writer, self._stated, self._json_ld, self._n_unseen, self._n_noscript)

    # ------------------------------------------------------------------------------------ text

    def _text(self, first: int, data: str) -> None:
        if self._captures:
            self._capture(data)
        if self._names[-1] in self._unshown:
            self._raw_text(self._names[-1], first, data)
            return
        node = self._node()
        if node.show and not (node.ornament and _LETTER.search(data) is None):
            self._writer.add(first, data, node)
        else:
            self._n_unseen += len(data)

    def _raw_text(self, tag: str, first: int, data: str) -> None:
        """Take what stands in a script, or in a <noscript>: it is not shown."""
        if tag == "script" and "ld+json" in (self._attribute("type") or "").lower():
            self._json_ld.append((first, first + len(data)))
        elif tag == "noscript":
            self._n_noscript += len(data)

    def _attribute(self, name: str) -> str | None:
        """An attribute of the innermost open element."""
        token = self._nodes[-1]
        return token.attr(name) if isinstance(token, Token) else None

    def _node(self) -> Node:
        """The innermost open element's node."""
        node = self._nodes[-1]
        return node if isinstance(node, Node) else self._resolve()

    def _resolve(self) -> Node:
        """The same, made with those of the elements around it that have none yet."""
        nodes, names = self._nodes, self._names
        at = len(nodes) - 1
        while not isinstance(node := nodes[at], Node):
            at -= 1
        skipped = _skipped()
        for i in range(at + 1, len(nodes)):
            token = nodes[i]
            if node.show:
                tag = names[i]
                attributes = token.attrs if isinstance(token, Token) else None
                node = Node(tag, attributes, node, tag in skipped)
            nodes[i] = node
        return node

    def _reference(self, first: int, data: str) -> None:
        if self._captures:
            self._capture(data)
        if self._names[-1] not in self._unshown:
            node = self._node()
            if node.show and not (node.ornament and _LETTER.search(data) is None):
                self._writer.add_reference(first, self._reference_end(first, data), data, node)

    def _reference_end(self, first: int, data: str) -> int:
        """Where a reference ends: the tokenizer may leave a semicolon, or take letters after a name that needs none."""
        m = _REFERENCE.match(self._even, first, first + MAX_REFERENCE)
        return first + (_n_written(m[0], data) if m is not None else 1)

    # ------------------------------------------------------------------------------------ tags

    def _within(self, tag: str, token: Token) -> bool:
        """A start tag in <head> or in a drawing: may end it. Whether it opens nothing that is kept."""
        element = self._elements.get(tag, _UNKNOWN)
        if self._foreign:
            if token.self_closing and element.raw and not self._mended:
                raise _Astray
            if element.ends_drawing and "foreignobject" not in self._names:
                self._close_to(self._foreign - 1)
            else:
                if tag in ("svg", "math", "foreignobject") and len(self._names) < FLAT_DEPTH:
                    self._push(tag, None)
                return True
        if self._names[-1] == "head" and not element.in_head:
            self._close_to(len(self._names) - 1)
        return False

    def _special(self, tag: str, token: Token) -> bool:
        """What is done at the start of some elements before they are opened; whether that was all."""
        names = self._names
        ends = _ENDS.get(tag)
        if ends is not None:
            if tag in names or (len(ends[0]) > 1 and not ends[0].isdisjoint(names)):
                self._close_siblings(*ends)
            if tag == "a" and token.attr("rel") and not token.attr("itemprop"):
                self._state(tag, token, len(names) + 1)
        elif tag in _STATING:
            if not token.attr("itemprop"):
                self._state(tag, token, len(names) + 1)
        elif tag in _AS_WRITTEN:
            self._written_at = self._written_at or len(names) + 1
            self._odd = True
        elif tag == "q":
            self._quote(token.col, "“")
        else:
            return self._frame(tag, token)
        return False

    def _frame(self, tag: str, token: Token) -> bool:
        """The start of a drawing, or of <html>, <head> and <body>, of which there is one each whatever the source says."""
        names = self._names
        if tag == "html":
            self._state(tag, token, 0)
        elif tag == "head":
            if tag in names or "body" in names:
                return True
            self._odd = True
            return False
        elif tag == "body":
            if tag not in names:
                self._close_to(1)
                self._push(tag, token)
        elif len(names) < FLAT_DEPTH:
            self._push(tag, None)
            self._foreign = len(names)
            self._odd = True
        return True

    def _void(self, tag: str, token: Token) -> None:
        if tag == "br":
            self._line_break(token.col)
        elif tag == "hr":
            if "p" in self._names:
                self._close_paragraph()
            self._writer.end_block(2)
        elif tag == "meta":
            if any((token.attr(naming) or "").strip().lower() in self._meta_names for naming in NAMINGS):
                self._state(tag, token, 0)
        elif tag == "link":
            self._state(tag, token, 0)

    def _line_break(self, first: int) -> None:
        if self._writer.pieces and self._node().show:
            self._writer.breaks.append((first, self._even.find(">", first) + 1))

    def _quote(self, first: int, mark: str) -> None:
        node = self._node()
        if node.show:
            self._writer.add_reference(first, self._even.find(">", first) + 1, mark, node)

    def _end(self, tag: str, first: int) -> None:
        """An end tag that does not simply close the innermost element."""
        names = self._names
        element = self._elements.get(tag)
        if self._flattened.get(tag):
            self._flattened[tag] -= 1
            self._n_deep -= 1
            if element is not None and element.gap:
                self._writer.end_block(element.gap)
            return
        if tag not in names or tag == "body":
            if tag == "p":
                self._writer.end_block(2)
            elif tag == "br":
                self._line_break(first)
            return
        index = len(names) - 1
        while names[index] != tag:
            if names[index] in _WALLS and tag not in _TABLE:
                return
            index -= 1
        if (
            index + 1 < len(names)
            and (element is None or not element.gap)
            and tag not in ("head", "svg", "math", "template")
            and self._holds_block(index)
        ):
            return
        if tag == "q":
            self._quote(first, "”")
        self._close_to(index)

    def _holds_block(self, index: int) -> bool:
        """Whether a block stands open in the element at this place of the stack."""
        for name in reversed(self._names):
            element = self._elements.get(name)
            if element is not None and element.gap:
                return len(self._names) - 1 > index and name in self._names[index + 1 :]
            if name == self._names[index]:
                return False
        return False

    # ----------------------------------------------------------------------------------- stack

    def _push(self, tag: str, token: Token | None) -> None:
        self._names.append(tag)
        self._nodes.append(token)

    def _flatten(self, tag: str) -> None:
        self._flattened[tag] = self._flattened.get(tag, 0) + 1
        self._n_deep = max(self._n_deep, FLAT_DEPTH) + 1

    def _close_to(self, n_open: int) -> None:
        """Close elements until n are open."""
        names = self._names
        while len(names) > max(n_open, 1):
            element = self._elements.get(names.pop())
            self._nodes.pop()
            if element is not None and element.gap:
                self._writer.end_block(element.gap)
        n = len(names)
        if self._foreign > n:
            self._foreign = 0
        if self._written_at > n:
            self._written_at = 0
        while self._captures and self._captures[-1].depth > n_open:
            self._finish_capture()
        self._odd = bool(self._captures or self._foreign or self._written_at or "head" in names[1:2])

    def _close_paragraph(self) -> None:
        """End the open paragraph, if no wall stands around what is open in it."""
        names, index = self._names, len(self._names) - 1
        while names[index] != "p":
            if names[index] in _WALLS or names[index] == "button":
                return
            index -= 1
        self._close_to(index)

    def _close_siblings(self, siblings: frozenset[str], walls: frozenset[str]) -> None:
        names = self._names
        for i in range(len(names) - 1, 0, -1):
            if names[i] in siblings:
                self._close_to(i)
                return
            if names[i] in walls:
                return

    # ---------------------------------------------------------------------------------- stated

    def _state(self, tag: str, token: Token, depth: int) -> None:
        """Note an element that says something about the page; its text, if that is what says it, follows.

        depth: how many elements are open with it.
        """
        if len(self._stated) >= MAX_STATED:
            return
        if tag in ("meta", "link", "html"):
            if tag != "link" or "canonical" in (token.attr("rel") or "").lower():
                last = self._even.find(">", token.col) + 1
                self._stated.append(Stated(tag, _kept(token), "", token.col, last))
            return
        commented = any(("itemprop", "comment") in capture.attributes for capture in self._captures)
        if (tag in _STATING or _says(tag, token)) and len(self._captures) < 16 and not commented:
            last = self._even.find(">", token.col) + 1
            self._captures.append(_Capture(depth, tag, _kept(token), token.col, last))
            self._odd = True

    def _capture(self, data: str) -> None:
        for capture in self._captures:
            if capture.n_chars < MAX_STATED_CHARS:
                capture.parts.append(data[:MAX_STATED_CHARS])
                capture.n_chars += len(data)

    def _finish_capture(self) -> None:
        capture = self._captures.pop()
        text = " ".join("".join(capture.parts).split())[:MAX_STATED_CHARS]
        if ("itemprop", "name") in capture.attributes:
            if self._captures:  # the name of what is stated around it
                self._captures[-1].parts, self._captures[-1].n_chars = [text], MAX_STATED_CHARS
            return
        self._stated.append(Stated(capture.tag, capture.attributes, text, capture.first, capture.last))


@lru_cache(maxsize=1024)
def _n_written(written: str, data: str) -> int:
    """How many characters at the start of `written` are a reference to `data`."""
    if unescaped(written) == data:
        return len(written)
    for n in range(min(len(written) - 1, 64), 1, -1):
        if unescaped(written[:n]) == data:
            return n
    return len(written)


def _kept(token: Token) -> tuple[tuple[str, str], ...]:
    return tuple((name, (value or "")[:MAX_STATED_CHARS]) for name, value in (token.attrs or ())[:32])


def _says(tag: str, token: Token) -> bool:
    """Whether an element states something by its itemprop or rel."""
    prop = token.attr("itemprop")
    if prop and _SAYS.match(prop[:100]) is not None:
        return True
    return tag == "a" and "author" in (token.attr("rel") or "").lower().split()
