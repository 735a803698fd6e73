"""The open elements in which text stands, and what their attributes say of how it is shown.

In: names and attributes, from the outside in. Out: Nodes. Leaves to `html` which elements are open, to `writer` the text.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from turbohtml import Token

from onrecord.columns import Strings
from onrecord.page.elements import AS_WRITTEN, unseen
from onrecord.page.octets import read_again

#: How many names of an element are kept, and characters of each.
MAX_MARKS_EACH: Final = 16
MAX_MARK_CHARS: Final = 64
#: Characters of an attribute that are looked at.
MAX_VALUE_CHARS: Final = 1000
#: How many nodes of a page are kept for elements that are like them; a page of news has some 300.
MAX_KNOWN: Final = 4096

#: Inline elements that are there for an icon where screen readers pass over them. In others that they pass over
#: (a large first letter, of which another element has the whole word) letters count, and signs do not.
_ICONS: Final = frozenset(("i", "button", "sup"))
_ORNAMENTS: Final = frozenset(("span", "b", "a", "em", "strong", "small", "sub"))
#: Attributes whose words name what an element is for.
_MARKS: Final = frozenset(
    ("class", "id", "role", "itemprop", "data-testid", "data-component", "data-test", "data-qa")
)
#: Attributes that hide an element or show it.
_MATTERS: Final = frozenset(("style", "hidden", "aria-hidden", "open", "shadowrootmode"))
_COUNT: Final = _MARKS | _MATTERS

_UNSEEN: Final = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]|clip-path\s*:\s*inset\(\s*(?:50|100)%)"
)
_KEEPS_SPACE: Final = re.compile(r"(?:^|;)\s*white-space\s*:\s*(?:pre|break-spaces)")
#: What React streams after the page, in hidden elements that a script then puts into place.
_STREAMED: Final = re.compile(r"[SP]:[0-9a-f]+")


#: A start tag's, as the tokenizer has them.
Attributes = list[tuple[str, str]]


@cache
def words(name: str) -> frozenset[str]:
    """The lines of a list of this room."""
    lines = files("onrecord.page").joinpath(name).read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


class Node:
    """An open element in which text stands, or several that are alike in every way that counts here, in the same one.

    show: whether its text is shown. ornament: whether of that only letters are. as_written: whether its white space counts.
    depth: in how many elements it stands. own: its class names, ids and the like. path: the number that a writer gives its
    path when a block asks for it; 0 is the page's, -1 none yet. number: which of the page's nodes it is.
    """

    __slots__ = (
        "as_written",
        "depth",
        "in_link",
        "number",
        "ornament",
        "own",
        "parent",
        "path",
        "show",
        "tag",
    )

    def __init__(self, tag: str, parent: Node | None = None, show: bool = True) -> None:
        self.tag, self.parent = tag, parent
        self.own: Strings = ()
        self.number = 0
        if parent is None:
            self.depth = self.path = 0
            self.show, self.as_written, self.in_link, self.ornament = show, False, False, False
        else:
            self.depth, self.path = parent.depth + 1, -1
            self.show = show and parent.show
            self.as_written = parent.as_written or tag in AS_WRITTEN
            self.in_link = parent.in_link or tag == "a"
            self.ornament = parent.ornament


_Key = tuple[int, str, str, str, str]


class Nodes:
    """The nodes of one page: those of elements that are alike are one.

    octets: what the tags were read from, if those are octets (octets.py). reveal: show what attributes hide, for pages that
    show nothing else.
    """

    __slots__ = ("_known", "_n", "_octets", "_reveal", "_unseen")

    def __init__(self, octets: str | None, *, reveal: bool) -> None:
        self._octets, self._reveal = octets, reveal
        self._unseen = unseen()
        self._n = 0
        #: By the number of the node around it, its name, and the attributes that count, the first by itself. No node knows those in it: so they
        #: are freed with the page, and leave nothing to the garbage collector.
        self._known: dict[_Key, Node] = {}

    def resolve(self, nodes: list[Node | Token], names: list[str]) -> Node:
        """The innermost open element's node, made with those of the elements around it that have none yet.

        nodes: the open elements, of which those that have no node stand as their tags; names: the same. Elements in one that
        is not shown have its node.
        """
        known = self._known
        at = len(nodes) - 1
        while not isinstance(node := nodes[at], Node):
            at -= 1
        for i in range(at + 1, len(nodes)):
            token = nodes[i]
            if node.show and not isinstance(token, Node):
                tag = names[i]
                attributes = token.attrs or []
                first = own = rest = ""
                for name, value in attributes:
                    if name == "class" and not first:  # what most have, and alone
                        first, own = name, value
                    elif name in _COUNT:
                        if first:
                            rest = f"{rest}\0{name}={value}"
                        else:
                            first, own = name, value
                key = (node.number, tag, first, own, rest)
                node = known.get(key) or self._make(token, attributes, key, node)
            nodes[i] = node
        return node

    def _make(self, token: Token, attributes: Attributes, key: _Key, parent: Node) -> Node:
        """A new node. key: of the elements that are like it."""
        _, tag, first, own, rest = key
        named = ""
        if self._octets is not None and not (tag + own + rest).isascii():
            token = read_again(self._octets, token)
            tag, attributes = token.tag or tag, token.attrs or []
        elif first == "class" and not rest:
            named, attributes = own, []
        elif not first:
            attributes = []
        node = Node(tag, parent, tag not in self._unseen)
        self._n += 1
        node.number = self._n
        is_alone = len(self._known) >= MAX_KNOWN
        if named:
            self._name(node, named)
        for name, value in attributes:
            if name == "class" or name in _MARKS:
                if value:
                    self._name(node, value)
            elif name in _MATTERS:
                self._heed(node, name, value, attributes)
                is_alone = is_alone or name == "aria-hidden"  # of which other attributes matter
        if not is_alone:
            self._known[key] = node
        return node

    def _name(self, node: Node, value: str) -> None:
        """Take the words of an attribute that names the element; one of them may hide it."""
        own, is_hidden = _named(value[:MAX_VALUE_CHARS])
        if is_hidden:
            node.show = False
        node.own = (node.own + own)[:MAX_MARKS_EACH] if node.own else own

    def _heed(self, node: Node, name: str, value: str, attributes: Attributes) -> None:
        """Take an attribute that may hide the element, or show it against the rule."""
        if name == "style":
            small = value.lower()
            if not self._reveal and _may_hide(small) and _UNSEEN.search(small) is not None:
                node.show = False
            if "white-space" in small and _KEEPS_SPACE.search(small) is not None:
                node.as_written = True
        elif name == "hidden":
            if not self._reveal and value != "until-found" and not _is_streamed(attributes):
                node.show = False
        elif name == "aria-hidden":
            if value == "true" and (
                node.tag in _ICONS or any("icon" in pair[1] for pair in attributes if pair[1])
            ):
                node.show = False
            elif value == "true" and node.tag in _ORNAMENTS:
                node.ornament = True
        elif (name == "open" and node.tag == "dialog") or (
            name == "shadowrootmode" and node.tag == "template"
        ):
            node.show = node.parent is None or node.parent.show


@lru_cache(maxsize=1 << 14)  # the elements of a page, and the pages of one site, have the same ones
def _named(value: str) -> tuple[Strings, bool]:
    """The words of an attribute that names an element, as they are kept, and whether one of them hides it."""
    marks = value.lower().split()
    own = tuple(mark[:MAX_MARK_CHARS] for mark in marks[:MAX_MARKS_EACH])
    return own, not words("hidden.txt").isdisjoint(marks)


def _may_hide(style: str) -> bool:
    """Whether a style has a word of those that hide: most have none, and are not searched letter by letter."""
    return "display" in style or "visibility" in style or "clip" in style


def _is_streamed(attributes: Attributes) -> bool:
    return any(name == "id" and _STREAMED.fullmatch(value) for name, value in attributes)
