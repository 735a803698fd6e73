"""The article that a page carries in the state of its application alone: __NEXT_DATA__, window.__PRELOADED_STATE__ = {...}.

In: the source. Out: where the strings stand that are the article, in order, between their quotation marks. Leaves to `body`
how a string is read. The scripts are not run and not parsed: strings are found with the names they stand under, and the
article is the longest stretch of prose under one name. Missed: state that is itself written as a string in a
string (React's streamed payloads), and prose that a script puts together.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

#: Characters of scripts that are looked at, and strings that are kept of them.
MAX_CHARS, MAX_STRINGS = 8_000_000, 20_000
#: A string of fewer characters is no paragraph by itself; of more characters between two strings, they are two texts.
MIN_PROSE, MAX_GAP = 60, 6_000
#: The least prose that is an article.
MIN_CHARS = 400

_OPEN = re.compile(r"<script\b[^<>]*+>", re.I)
_CLOSE = re.compile(r"</script\b", re.I)
_STATE = re.compile(
    r"(?:application/(?:json|[\w.-]{1,40}\+json)|__NEXT_DATA__|__NUXT__|__[A-Z_]{3,40}__|\b(?:window|self|globalThis)\s*[.\[])",
    re.I,
)
_STRING = re.compile(
    r"""(?:"(?P<quoted>[\w$@:-]{1,60})"|\b(?P<bare>[A-Za-z_$][\w$]{0,40}))\s*:\s*"(?P<value>(?:[^"\\]|\\.)*+)\"""",
    re.S,
)
_SENTENCE_END = re.compile(r"[.!?…。][”\"'’»)]?(?:\s|$|\\[nru\"]|<)")
_CODE = re.compile(r"[{};=]|https?:")
#: Names under which strings are not the article, however long.
_NOT_ARTICLE = frozenset(
    ("css", "style", "styles", "script", "query", "copyright", "disclaimer", "terms", "privacy", "cookie", "consent", "alt", "url", "src")
)  # fmt: skip

Place = tuple[int, int]


def find_state(source: str) -> tuple[Place, ...]:
    """The places of the strings that are the article; none where no script has prose enough."""
    best: tuple[int, list[Place]] = (0, [])
    for first, last in _scripts(source):
        by_name: dict[str, list[Place]] = defaultdict(list)
        for name, place in _strings(source, first, last):
            by_name[name].append(place)
        for places in by_name.values():
            for stretch in _stretches(places):
                n = sum(
                    end - start for start, end in stretch if _is_prose(source[start : min(end, start + 4000)])
                )
                if n > best[0]:
                    best = n, stretch
    return tuple(best[1]) if best[0] >= MIN_CHARS else ()


def _scripts(source: str) -> Iterator[Place]:
    """The insides of the scripts that may hold an application's state."""
    at, n_left = 0, MAX_CHARS
    while m := _OPEN.search(source, at):
        close = _CLOSE.search(source, m.end())
        last = close.start() if close else len(source)
        at = last
        if "ld+json" in m[0].lower() or last - m.end() < MIN_CHARS:
            continue
        if _STATE.search(m[0]) or _STATE.search(source, m.end(), min(last, m.end() + 400)):
            n_left -= last - m.end()
            if n_left < 0:
                return
            yield m.end(), last


def _strings(source: str, first: int, last: int) -> Iterator[tuple[str, Place]]:
    """The strings that stand under a name, with the name."""
    n = 0
    for m in _STRING.finditer(source, first, last):
        start, end = m.span("value")
        name = (m["quoted"] or m["bare"]).lower()
        if end - start < 2 or name in _NOT_ARTICLE or " " not in source[start : start + 400]:
            continue
        n += 1
        if n > MAX_STRINGS:
            return
        yield name, (start, end)


def _stretches(places: list[Place]) -> Iterator[list[Place]]:
    """Strings of one name that follow each other closely."""
    out = places[:1]
    for place in places[1:]:
        if place[0] - out[-1][1] > MAX_GAP:
            yield out
            out = []
        out.append(place)
    yield out


def _is_prose(piece: str) -> bool:
    """Whether a string is sentences, not code and not a label."""
    if len(piece) < MIN_PROSE or piece.count(" ") < len(piece) / 20:
        return False
    return len(_CODE.findall(piece)) <= 2 + len(piece) / 60 and _SENTENCE_END.search(piece) is not None
