"""User names: "acrow7", "quiet_gull", "@harborcat", which are written without capitals and name people all the same.

In: a `Layout`, the spans that are said to speak. Out: `Name`s, for every place where such a name stands. What has
digits or underscores is one only where it is a source: else "covid19" or "mp3" would be people. With a capital it
is one only if it stands elsewhere without.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.speakers.layout import Layout
from onrecord.speakers.name_kinds import What
from onrecord.speakers.names import Name
from onrecord.types import Span

#: Letters with a digit or an underscore in one word, or a word behind "@".
_USER = re.compile(
    r"(?<![\w@.-])(?:@(?P<handle>\w{2,30})|(?P<name>(?=\w{0,29}[\d_])[^\W\d_]{2}\w{2,28}))(?![\w@-])",
    re.ASCII,
)
#: Abbreviations with digits are written in capitals, or with one letter before the digits.
_SMALL = re.compile(r"[a-z].*[a-z]")


def with_user_names(layout: Layout, names: Sequence[Name], sources: Sequence[Span]) -> tuple[Name, ...]:
    """The names of an article with its user names, in order; these before others at their place."""
    wanted: set[str] = set()
    small = {t.text for t in layout.tokens if t.text.islower() and not t.text.isalpha()}
    for span in sources:
        for m in _USER.finditer(layout.text, max(0, span.start - 1), min(span.end, span.start + 120)):
            word = m["handle"] or m["name"]
            if m["handle"] or (_SMALL.search(word) and (word.islower() or word.lower() in small)):
                wanted.add(word.lower())
    if not wanted:
        return tuple(names)
    found: list[Name] = []
    spelt: dict[str, str] = {}
    for m in _USER.finditer(layout.text):
        word = m["handle"] or m["name"]
        index = layout.sentence_at(m.start())
        if word.lower() not in wanted or index < 0 or m.end() > layout.sentences[index].end:
            continue
        opens = not re.search(r"\w", layout.text[layout.sentences[index].start : m.start()])
        if not opens:
            spelt.setdefault(word.lower(), m.group())
        found.append(_name(layout, index, m.end() - len(word), m.end(), m.group()))
    named = tuple(_spelt(n, spelt) for n in found)
    taken = sorted((n.span.start, n.span.end) for n in named)
    rest = [n for n in names if not any(a < n.full.end and n.full.start < b for a, b in taken)]
    return tuple(sorted((*rest, *named), key=lambda n: n.span.start))


def _name(layout: Layout, index: int, start: int, end: int, text: str) -> Name:
    span = Span(start, end)
    return Name(
        span=span,
        full=span,
        words=(text,),
        what=What.PERSON,
        before=(),
        certain=True,
        possessive=re.match(r"['’]", layout.text[end : end + 1]) is not None,
        sentence=index,
        quoted=layout.is_quoted(start),
        in_title=False,
        text=text,
    )


def _spelt(name: Name, spelt: dict[str, str]) -> Name:
    """A user name as it is written where no sentence opens with it."""
    word = spelt.get(name.words[0].lstrip("@").lower(), name.text)
    return replace(name, words=(word,), text=word)


def is_user_name(word: str) -> bool:
    """Whether a name is a user's by its form."""
    return _USER.fullmatch(word) is not None
