"""What elements say about the page: in their attributes, or in the text that they hold.

In: start tags, the text in them, and when they close. Out: Stated, in the order in which they close. Leaves to `html`
which elements are open, to `facts` what is to be believed.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from turbohtml import Token

from onrecord.page.elements import STATING
from onrecord.page.nodes import Attributes
from onrecord.page.octets import read_again

#: Characters kept of what an element states (a name, a headline), and how many elements may.
MAX_STATED_CHARS: Final = 1000
MAX_STATED: Final = 400
#: How many elements inside each other are listened to, and attributes kept of each.
MAX_OPEN: Final = 16
MAX_ATTRIBUTES: Final = 32

#: The attributes that name a <meta>.
NAMINGS: Final = ("property", "name", "itemprop", "http-equiv")
#: An itemprop whose element states something in its text (`comment`: what it holds states nothing).
_SAYS: Final = re.compile(
    r"\s*(?:headline|author|creator|name|comment|date(?:published|created|modified)|publisher|inlanguage|articlesection)\s*\Z",
    re.I,
)


class Stated(NamedTuple):
    """What an element says about the page: its name, attributes, the text in it, and where its tag stands."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    text: str
    first: int
    last: int


@dataclass(slots=True)
class _Open:
    """An element that states something by the text in it: until the element at this depth closes."""

    depth: int
    tag: str
    attributes: tuple[tuple[str, str], ...]
    first: int
    last: int
    parts: list[str] = field(default_factory=list)
    n_chars: int = 0


class Notes:
    """What the elements so far state (`stated`), and the ones that are open and listened to (`listening`).

    source: what the tags were read from; is_octets: whether that is octets (octets.py).
    """

    __slots__ = ("_is_octets", "_meta_names", "_source", "listening", "stated")

    def __init__(self, source: str, meta_names: Container[str], *, is_octets: bool) -> None:
        self._source, self._meta_names, self._is_octets = source, meta_names, is_octets
        self.stated: list[Stated] = []
        self.listening: list[_Open] = []

    def note(self, tag: str, token: Token) -> None:
        """Note what a <meta>, <link> or <html> states by its attributes."""
        if tag == "meta":
            states = self._is_named(token)
        else:
            states = tag == "html" or "canonical" in (token.attr("rel") or "").lower()
        if states and len(self.stated) < MAX_STATED:
            self.stated.append(Stated(tag, self._kept(token), "", token.col, self._end_of(token)))

    def _is_named(self, token: Token) -> bool:
        for name, value in token.attrs or ():
            if name in NAMINGS and value:
                if self._is_octets and not value.isascii():
                    value = read_again(self._source, token).attr(name) or ""
                if value.strip().lower() in self._meta_names:
                    return True
        return False

    def listen(self, tag: str, token: Token, depth: int) -> None:
        """Listen to an element if it states something by its text. depth: how many elements are open with it."""
        if len(self.stated) >= MAX_STATED or len(self.listening) >= MAX_OPEN:
            return
        if tag not in STATING and not _says(tag, token):
            return
        if not any(("itemprop", "comment") in outer.attributes for outer in self.listening):
            self.listening.append(_Open(depth, tag, self._kept(token), token.col, self._end_of(token)))

    def hear(self, data: str) -> None:
        """Take text for every element that is listened to."""
        for one in self.listening:
            if one.n_chars < MAX_STATED_CHARS:
                one.parts.append(data[:MAX_STATED_CHARS])
                one.n_chars += len(data)

    def close_to(self, n_open: int) -> None:
        """Note what the elements stated that are open no longer."""
        while self.listening and self.listening[-1].depth > n_open:
            one = self.listening.pop()
            text = " ".join("".join(one.parts).split())[:MAX_STATED_CHARS]
            if ("itemprop", "name") not in one.attributes:
                self.stated.append(Stated(one.tag, one.attributes, text, one.first, one.last))
            elif self.listening:  # the name of what is stated around it
                self.listening[-1].parts, self.listening[-1].n_chars = [text], MAX_STATED_CHARS

    def _end_of(self, token: Token) -> int:
        return self._source.find(">", token.col) + 1

    def _kept(self, token: Token) -> tuple[tuple[str, str], ...]:
        attributes = self._attributes(token)[:MAX_ATTRIBUTES]
        return tuple([(name, (value or "")[:MAX_STATED_CHARS]) for name, value in attributes])

    def _attributes(self, token: Token) -> Attributes:
        attributes = token.attrs or []
        if self._is_octets:
            for name, value in attributes:
                if not name.isascii() or (value and not value.isascii()):
                    return read_again(self._source, token).attrs or []
        return attributes


def _says(tag: str, token: Token) -> bool:
    """Whether an element states something by its itemprop or rel."""
    prop = token.attr("itemprop")
    if prop and _SAYS.match(prop[:100]) is not None:
        return True
    return tag == "a" and "author" in (token.attr("rel") or "").lower().split()
