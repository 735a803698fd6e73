"""Text as the record keeps it, and as it compares it: without surrogates, typed plainly, as folded words.

In: str. Out: str. A lone surrogate (of a file name that is not UTF-8, of a careless corpus) becomes U+FFFD in plain
columns, and a backslash escape in ids and paths, which must stay apart. Leaves to others: other columns (`rows`).
"""

from __future__ import annotations

import re

from onrecord.text import folded_words

SURROGATE = re.compile("[\ud800-\udfff]")
_TYPED = (
    *((mark, "'") for mark in "‘’"),
    *((mark, '"') for mark in "“”"),
    *((mark, "-") for mark in "–—"),
    ("…", "..."),
    ("\u00a0", " "),
)
ASCII_WORD = re.compile(r"\w+(?:'\w+)*", re.ASCII)


def plain(text: str) -> str:
    """The text as UTF-8 can hold it, as long as before: a lone surrogate becomes U+FFFD."""
    return SURROGATE.sub("�", text)


def maybe_plain(text: str | None) -> str | None:
    """The same for a text that may be missing."""
    return None if text is None else plain(text)


def name_of(text: str) -> str:
    """An id or path as UTF-8 can hold it, different for different ones."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8") if SURROGATE.search(text) else text


def like(text: str) -> str:
    """The text for a LIKE pattern with `ESCAPE '\\'`: nothing in it is a wildcard."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def typed(text: str) -> str:
    """The text with the commonest typographic marks as a keyboard has them; `fold` would do the same to them."""
    if not text.isascii():
        for mark, plainer in _TYPED:  # a tenth of the time that `translate` takes
            text = text.replace(mark, plainer)
    return text


def words_of(text: str) -> str:
    """The words of a text, folded, a space between two: what statements are compared and indexed by."""
    plainer = typed(text)
    if plainer.isascii():  # the same as below, in a tenth of the time
        return " ".join(ASCII_WORD.findall(plainer.lower()))
    return " ".join(word for word, _ in folded_words(text))


def name_key(name: str) -> str:
    """What two ways to write one name share: its folded words (the name itself where it has none)."""
    return words_of(plain(name)) or plain(name).strip()
