"""What the words of a source are, before anybody is looked for: pronoun, name, list of names, noun phrase.

In: a span of the article's own words and its `Cast`. Out: a `Phrase`. Leaves to others: who is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from onrecord.speakers import lists
from onrecord.speakers.cast import Cast
from onrecord.speakers.layout import Token
from onrecord.speakers.name_kinds import What
from onrecord.types import ZoneKind

PERSONAL = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
NEUTRAL = frozenset({"it", "its", "itself"})
RELATIVE = frozenset({"who", "which", "that", "whose", "whom"})
FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
SECOND = frozenset({"you", "your", "yours", "yourself"})
_BREAK = re.compile(r"\s*(?:,|;|:|\(|\[|\s[-–—]\s?|—|--)\s*")
_AND = re.compile(r"\s*,?\s+(?:and|&)\s+", re.IGNORECASE)
_LIST = re.compile(r"\s*,\s+and\s+|\s*,\s+|\s+and\s+|\s+&\s+", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:according to|as|but|and|even|only|both|either|neither|like|while|for|by|from|to|with|when)\s+", re.I
)
_RELATIVE_CLAUSE = re.compile(r"\s(?:who|which|whose|whom|that|where)\s")
INDEFINITE = frozenset(
    {
        "a",
        "an",
        "one",
        "another",
        "some",
        "any",
        "every",
        "no",
        "several",
        "many",
        "few",
        "most",
        "two",
        "three",
    }
)


#: Pronouns that no noun follows: "who in 2010", "he also".
_ALONE = frozenset({"he", "she", "it", "they", "i", "we", "who"})


class Form(Enum):
    """What a phrase is."""

    EMPTY = auto()
    PRONOUN = auto()
    NAME = auto()
    NOUN = auto()
    JOINT = auto()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source's words read: [start, end) without lead-ins; `core` ends before appositions and clauses.

    name: index in cast.names of the name that is the head. head: the head noun in lower case.
    head_end: where the head noun phrase ends before any "of" or "for". parts: of a joint source.
    possessive: the head is written as owner ("Ms. Ruiz's").
    """

    form: Form
    start: int
    end: int
    core: int
    head_end: int
    tokens: tuple[Token, ...]
    name: int | None = None
    head: str = ""
    determiner: str = ""
    parts: tuple[tuple[int, int], ...] = ()
    possessive: bool = False


def read_phrase(cast: Cast, start: int, end: int) -> Phrase:
    """What the words [start, end) are."""
    text = cast.layout.text
    while start < end and not (text[start].isalnum()):
        start += 1
    m = _LEAD.match(text, start, end)
    while m and m.end() < end:
        start = m.end()
        m = _LEAD.match(text, start, end)
    while end > start and text[end - 1] in ' \t\u00a0,;:—–-\n\r“"(':
        end -= 1
    tokens = _clipped(cast, start, end)
    if len(tokens) > 2 and [t.lower for t in tokens[-2:]] == ["as", "well"]:
        end, tokens = tokens[-3].end, tokens[:-2]
    if len(tokens) > 1 and tokens[-1].lower in _TRAILING:
        end, tokens = tokens[-2].end, tokens[:-1]
    if not tokens:
        return Phrase(Form.EMPTY, start, end, end, end, ())
    first = _CONTRACTED.sub("", tokens[0].lower)
    if len(tokens) == 1 and (
        first in PERSONAL
        or first in PLURAL
        or first in NEUTRAL
        or first in RELATIVE
        or first in FIRST
        or first in SECOND
    ):
        return Phrase(Form.PRONOUN, start, end, end, end, tokens, head=first)
    if first in _ALONE and len(tokens) > 1:
        return Phrase(Form.PRONOUN, start, tokens[0].end, end, end, tokens[:1], head=first)
    for stop in (end, _core_end(cast, start, end)):
        parts = _joint(cast, start, stop)
        if parts:
            return Phrase(Form.JOINT, start, end, stop, stop, tokens, parts=parts)
    return _single(cast, start, end)


#: Words behind a noun that are no part of whom it names.
_TRAILING = frozenset({"himself", "herself", "itself", "themselves", "here", "there", "alike", "too"})
_CONTRACTED = re.compile(r"['’](?:ve|s|d|ll|m|re)$")


def _clipped(cast: Cast, start: int, end: int) -> tuple[Token, ...]:
    """The tokens of [start, end); the last one cut where the phrase ends inside it ("he" of "he's")."""
    tokens = cast.layout.tokens_between(start, end)
    if tokens and tokens[-1].end > end:
        last = tokens[-1]
        tokens = (*tokens[:-1], Token(last.start, end, cast.layout.text[last.start : end]))
    return tokens


def _core_end(cast: Cast, start: int, end: int) -> int:
    """Where the first apposition, bracket or relative clause begins; inside a name nothing breaks."""
    text = cast.layout.text
    at = end
    for pattern in (_BREAK, _RELATIVE_CLAUSE):
        for m in pattern.finditer(text, start, at):
            if m.start() <= start or _inside_name(cast, m.start()) or _STATE.match(text, m.start(), at):
                continue
            at = min(at, m.start())
            break
    return at


#: "Port County (Ohio) Sheriff Ana Ruiz": a bracket inside a name's titles.
_STATE = re.compile(r"\s*\([A-Z][\w.]{1,6}\)\s+[A-Z]")


def _inside_name(cast: Cast, point: int) -> bool:
    i = cast.names_in(0, point).stop - 1
    if i >= 0 and cast.names[i].span.start < point < cast.names[i].span.end:
        return True
    return i + 1 < len(cast.names) and cast.names[i + 1].full.start < point < cast.names[i + 1].full.end


_CALLED = re.compile(r"\b(?:called|named|known as|dubbed)\s+(?:the\s+)?[“\"]?")


def _single(cast: Cast, start: int, end: int) -> Phrase:
    core = _core_end(cast, start, end)
    for m in _CALLED.finditer(cast.layout.text, start, end):
        named = cast.names_in(m.end(), end)
        if named and cast.names[named[0]].full.start == m.end():
            called = cast.names[named[0]]
            tokens = cast.layout.tokens_between(m.end(), end)
            return Phrase(
                Form.NAME, m.end(), end, end, end, tokens, name=named[0], head=called.words[-1].lower()
            )
    tokens = _clipped(cast, start, core)
    if not tokens:
        return Phrase(Form.EMPTY, start, end, core, core, ())
    determiner = tokens[0].lower if tokens[0].lower not in lists.roles() else ""
    stop = core
    for k, token in enumerate(tokens):
        if (
            k
            and _ends_head(token, tokens[k - 1])
            and not _in_title_of(tokens, k)
            and not _inside_name(cast, token.start)
        ):
            stop = token.start
            break
    left = [t for t in tokens if t.start < stop]
    last = left[-1]
    name = None
    for i in cast.names_in(start, stop):
        if cast.names[i].full.end >= last.start:
            name = i
    head = re.sub(r"['’]s?$", "", last.lower)
    if name is not None and len(cast.names[name].words) == 1 and cast.person(name) is None:
        bare = cast.names[name]
        if bare.what is What.UNKNOWN and stop < core and bare.span.start == start and bare.text.endswith("s"):
            name = None
    if name is not None and determiner in (
        "many",
        "some",
        "several",
        "few",
        "most",
        "all",
        "these",
        "those",
        "how",
    ):
        name = None
    if name is not None:
        found = cast.names[name]
        possessive = cast.layout.text[found.span.end : found.span.end + 1] in ("'", "’")
        return Phrase(
            Form.NAME,
            start,
            end,
            core,
            stop,
            tokens,
            name=name,
            head=head,
            determiner=determiner,
            possessive=possessive,
        )
    return Phrase(Form.NOUN, start, end, core, stop, tokens, head=head, determiner=determiner)


def _in_title_of(tokens: Sequence[Token], k: int) -> bool:
    """Whether "of" stands inside an office before a name: "secretary of state Ana Ruiz"."""
    return (
        tokens[k].text == "of"
        and tokens[0].lower not in ("a", "an", "one")
        and tokens[k - 1].lower in ("secretary", "chief", "speaker")
        and k + 2 < len(tokens)
        and tokens[k + 1].lower
        in ("state", "defense", "defence", "staff", "commerce", "labor", "energy", "education")
        and tokens[k + 2].text[0].isupper()
    )


def _ends_head(token: Token, before: Token) -> bool:
    """Whether a noun phrase's head stands before this token: at a preposition, or "a union representing …"."""
    if token.text in lists.words("head_ends"):
        return True
    noun = before.lower
    if before.text.endswith(("'s", "’s")):
        return False
    if token.text in (
        "released",
        "conducted",
        "published",
        "polled",
        "surveyed",
        "out",
        "taken",
        "interviewed",
        "who",
        "called",
    ):
        return True
    return token.lower.endswith("ing") and (
        noun in lists.roles() or noun in lists.words("common_bodies") or is_plural(noun)
    )


def _joint(cast: Cast, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The parts of a list of sources, or () where it is one source."""
    text = cast.layout.text
    here = cast.layout.sentence_at(start)
    in_title = here >= 0 and cast.layout.sentences[here].zone is ZoneKind.TITLE
    if not (_AND.search(text, start, end) or in_title or re.search(r",\s+others?$", text[start:end])):
        return ()
    cuts = [m for m in _LIST.finditer(text, start, end) if not _inside_name(cast, m.start())]
    if not cuts or len(cuts) > 8:
        return ()
    parts: list[tuple[int, int]] = []
    at = start
    for m in cuts:
        parts.append((at, m.start()))
        at = m.end()
    parts.append((at, end))
    if any(b <= a for a, b in parts):
        return ()
    bare = [(a, b) for a, b in parts if not _PARTY.fullmatch(text, a, b)]
    comma = any("," in m.group() for m in cuts) and len(bare) == len(parts)
    parts = bare
    ends_so = re.search(r",\s+others?$", text[start:end]) is not None
    if (
        not in_title
        and not ends_so
        and not any(_AND.fullmatch(m.group()) or "and" in m.group().lower() for m in cuts)
    ):
        return ()
    phrases = [_single(cast, a, b) for a, b in parts]
    if any(p.form is Form.EMPTY for p in phrases):
        return ()
    if len(parts) == 2 and _is_one_in_two_offices(cast, phrases[0], phrases[1]):
        return ()
    last = len(phrases) - 1
    is_name = [p.form is Form.NAME and (not p.possessive or k == last) for k, p in enumerate(phrases)]
    if comma:
        tail = phrases[-1]
        named = all(is_name[:-1]) and (is_name[-1] or tail.head in ("others", "other"))
        whole = named and all(p.core == p.head_end for p in phrases)
        return tuple(parts) if whole else ()
    if len(parts) != 2:
        return tuple(parts) if all(is_name) else ()
    first, second = phrases
    if first.core != first.head_end and not (
        second.name is not None and cast.names[second.name].what is What.PERSON
    ):
        return ()
    if all(is_name):
        return tuple(parts)
    return tuple(parts) if _may_join(first) and _may_join(second) and any(is_name) else ()


def _is_one_in_two_offices(cast: Cast, first: Phrase, second: Phrase) -> bool:
    """ "Former Ohio Gov. and Harbour Board Chairman Ana Ruiz": an office without a name, and another with it."""
    name = cast.names[second.name] if second.name is not None else None
    if name is None or name.what is not What.PERSON or not (name.before or len(name.words) > 1):
        return False
    last = first.tokens[-1].lower if first.tokens else ""
    held = last in lists.titles() or last in lists.roles()
    person = first.name is not None and cast.person(first.name) is not None
    return held and not person and first.determiner not in ("the", "a", "an", "his", "her", "its", "their")


#: "R-Ohio", as it stands between the names of a list.
_PARTY = re.compile(r"[RDI][-–‐‑]\s?[A-Z][\w.]{1,12},?")


def _may_join(phrase: Phrase) -> bool:
    """A name, or a plural noun phrase ("its Western allies"); not "his wife and … nominee Ana Ruiz"."""
    if phrase.form is Form.NAME:
        return not phrase.possessive
    if phrase.head in ("administration", "campaign", "government"):
        return True
    return is_plural(phrase.head) or phrase.head in lists.words("groups")


def is_plural(noun: str) -> bool:
    """Whether a noun, in lower case, names several people."""
    groups = lists.words("groups")
    if noun in groups:
        return True
    if (
        not noun.endswith("s")
        or noun.endswith(("ss", "us", "is", "ics"))
        or noun in lists.words("common_bodies")
    ):
        return False
    if noun.removesuffix("s") in lists.words("common_bodies"):
        return True
    return noun not in lists.roles() and noun not in ("congress", "press", "news", "congress")
