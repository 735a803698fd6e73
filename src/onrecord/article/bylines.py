"""Writers' names in the article's head: a line that is nothing but a name, and the names in a byline.

In: Units, signs, kinds in which title and paragraphs are marked. Out: the same list, such lines marked; names. A bare name
is a writer's only where something beside it says so: a date next to it, the same name on the next line, or again
under the article. Leaves to `signs` the lines that say "By"; to `metadata` whom to believe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from onrecord.article.lexicon import load_phrases, load_words, words_of
from onrecord.article.signs import BULLETS, BY, NAME_ROLE, Sign
from onrecord.article.times import find_time
from onrecord.article.units import Units, rows_of
from onrecord.types import ZoneKind

#: Units after the title in which a writer's name stands, and after the last paragraph in which it is told who that is.
HEAD_UNITS: Final = 10
TAIL_UNITS: Final = 12

_PART: Final = r"[^\W\d_a-z][\w.’'-]*"
_NAME: Final = rf"{_PART}(?:\s+(?:de|da|del|der|van|von|den|bin|al|el|la|le|du|dos|ter|{_PART})){{1,4}}"
_NAMES: Final = re.compile(
    rf"(?:[•▪◦●·*-]\s+)?(?P<names>{_NAME}(?:\s+(?:and|&)\s+{_PART}(?:\s+{_PART}){{0,3}})?)"
)
#: What may follow on the line without a mark: how long it takes to read, how long ago it was.
_TAKES: Final = re.compile(
    r"\s+\d{1,3}\s*(?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?)(?:\s+(?:read|ago))?\Z", re.I
)


#: After a date: where it was written.
_PLACED: Final = frozenset(("in", "from", "for", "near"))
_AND: Final = re.compile(r"\s*(?:,|&|\band\b)\s*")
#: Class names of bylines, and of what is told of writers; what writers do, in their own papers' words.
_BYLINES: Final = frozenset(
    ("byline", "author", "by", "author-name", "article-author", "byline-name", "writer")
)
_BIOGRAPHIES: Final = frozenset(
    (
        "bio",
        "author-bio",
        "author-info",
        "about-author",
        "about-the-author",
        "author-box",
        "author-description",
    )
)
_DOES: Final = frozenset(
    (
        "is", "was", "are", "teaches", "writes", "covers", "reports", "lives", "works", "has", "edits", "leads", "joined", "can",
        "runs", "hosts",
    )
)  # fmt: skip


def mark_name_lines(
    units: Units, signs: tuple[Sign | None, ...], kinds: list[ZoneKind | None], title: int | None
) -> None:
    """Mark the lines between title and first paragraph that are a writer's name."""
    if title is None:
        return
    first = next((i for i in rows_of(kinds, ZoneKind.BODY) if i >= title), None)
    if first is None or ZoneKind.BYLINE in kinds[title:first]:
        return
    for i in range(title + 1, min(first, title + 1 + HEAD_UNITS)):
        if kinds[i] in (None, ZoneKind.CHROME) and signs[i] is None and not units.links[i]:
            names = _bare_names(units.texts[i])
            if names and (names != units.texts[i] or _is_backed(units, signs, kinds, i)):
                kinds[i] = ZoneKind.BYLINE


def _bare_names(text: str) -> str | None:
    """The names that the line is nothing but; None where it is more, or a paper's or a section's name."""
    if len(text) > 80:
        return None
    m = _NAMES.fullmatch(_TAKES.sub("", text))
    if not m:
        return None
    words = words_of(m["names"])
    if not (load_words("paper_words") - {"and"}).isdisjoint(words) or load_phrases("furniture").is_whole(
        words
    ):
        return None
    return m["names"]


def _is_backed(
    units: Units, signs: tuple[Sign | None, ...], kinds: Sequence[ZoneKind | None], i: int
) -> bool:
    """Whether something says that the name is the writer's."""
    if not _BYLINES.isdisjoint(units.marks[i][-2:]):
        return True
    if signs[i - 1] is Sign.DATE or Sign.DATE in signs[i + 1 : i + 3]:
        return True
    words = units.words[i]
    if units.words[i + 1] == words or units.words[i - 1] == words:
        return True
    last = max(rows_of(kinds, ZoneKind.BODY), default=i)
    after = range(last + 1, min(len(units), last + 1 + TAIL_UNITS))
    return any(units.words[k][: len(words)] == words for k in after)


def mark_biographies(units: Units, kinds: list[ZoneKind | None]) -> None:
    """What is told of the writer under the article is not the article's: "Ana Ruiz covers the courts."."""
    body = rows_of(kinds, ZoneKind.BODY)
    if len(body) < 3:
        return
    for i in body[-2:]:
        if _tells_of_writer(units, kinds, i) or not _BIOGRAPHIES.isdisjoint(units.marks[i][-3:]):
            kinds[i] = ZoneKind.CHROME


def _tells_of_writer(units: Units, kinds: Sequence[ZoneKind | None], i: int) -> bool:
    """Whether a unit begins with a name of the byline and what its bearer does."""
    words = units.words[i]
    if len(words) > 60 or "said" in words or _DOES.isdisjoint(words):
        return False
    written = (names_in_byline(units.texts[i]) for i in rows_of(kinds, ZoneKind.BYLINE))
    names = [words_of(name) for names in written if names for name in _AND.split(names)]
    return any(
        len(name) > 1 and words[: len(name)] == name and len(words) > len(name) and words[len(name)] in _DOES
        for name in names
    )


def names_in_byline(text: str) -> str | None:
    """The names in a byline, as they stand there; None where it has none."""
    text = text.lstrip(BULLETS)
    time = find_time(text)
    says_more = False
    if time and time.start > 6:
        says_more = _says_more(text[time.end :])
        text = text[: time.start].rstrip(" ,|–—-·•:\t")
    m = BY.match(text)
    names = m["names"] if m else None if says_more else _without_by(text)
    if names is None:
        return None
    names = names.partition("|")[0].rstrip()
    return _without_buttons(names) or None


def _says_more(rest: str) -> bool:
    """Whether what follows the date is about the text, not about when or where: "— full transcript"."""
    beside = load_words("date_words") | load_words("comment_buttons") | _PLACED
    small = (word for word in words_of(rest) if word in rest)
    return any(word not in beside for word in small)


def _without_by(text: str) -> str | None:
    """The names of a line that does not say "By"; none where they are a paper's: "The Harbour Herald, 3 May 2019"."""
    m = NAME_ROLE.fullmatch(text) or NAME_ROLE.fullmatch(f"{text} | now")
    if m is None:
        return _bare_names(text)
    return None if words_of(m["names"])[-1] in load_words("paper_words") else m["names"]


def _without_buttons(names: str) -> str:
    """Names without the words of buttons and of dates that were run together with them: "Ana Ruiz Follow"."""
    parts = names.split()
    beside = load_words("date_words") - {"a", "and", "at", "on"}
    while parts and (
        parts[-1].lower().rstrip(".:") in beside or load_phrases("furniture").is_whole(words_of(parts[-1]))
    ):
        parts.pop()
    return " ".join(parts)
