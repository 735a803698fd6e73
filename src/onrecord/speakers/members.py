"""The people and bodies of an article, and by which of their names they are called.

In: the forms in which an article names somebody, what lists and the user know. Out: `Person`s and `Body`s, filled
while the cast is made (`link_people`, `link_bodies`), then only read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.speakers import lists
from onrecord.speakers.authority import Record
from onrecord.speakers.introductions import Described
from onrecord.speakers.name_kinds import SUFFIXES
from onrecord.speakers.names import fold_name
from onrecord.types import Span

#: People and bodies beyond this many in one article are not told apart any more.
MAX_CAST = 5_000


@dataclass(slots=True)
class Person:
    """One person of the article; filled while the cast is made, then only read."""

    index: int
    forms: list[str] = field(default_factory=list)
    surname: str = ""
    given: str = ""
    gender: str = ""
    roles: list[Described] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    first: Span | None = None
    certain: bool = False
    leader: lists.Leader | None = None
    record: Record | None = None
    n_full: int = 0
    shown: str = ""  # the gender that roles show
    spoken: bool = False
    sure: set[str] = field(default_factory=set)  # forms that begin with a first name or stand after a title

    @property
    def name(self) -> str:
        """The fullest name in the article; as commonly known where a list knows the person."""
        best = max(self.forms, key=lambda f: (f in self.sure, len(f.split()), not f.isupper(), len(f)))
        if self.record:
            return self.record.name
        if self.leader:
            return _spelt(self.leader, self.forms)
        return _in_small_letters(best)

    @property
    def is_named(self) -> bool:
        """Whether more than a surname is known."""
        return self.leader is not None or self.record is not None or any(" " in f for f in self.forms)


def _in_small_letters(name: str) -> str:
    """A first and a last name all in capitals as they are written elsewhere: "RUTH MCADAM-OSEI" to "Ruth McAdam-Osei"."""
    words = name.split()
    if len(words) < 2 or not name.isupper():
        return name
    spelt = re.sub(r"[^\W\d_]{2,}", _capitalized, name)
    return re.sub(r"\bMc([a-z])(?=\w\w)", lambda m: "Mc" + m.group(1).upper(), spelt)


def _capitalized(word: re.Match[str]) -> str:
    return word.group() if word.group() in ("II", "III", "IV") else word.group().capitalize()


def _spelt(leader: lists.Leader, forms: Sequence[str]) -> str:
    """The name as commonly known; the article's own where it has another surname or, but for heads of state
    and government and who ran for that, another first name."""
    given, *_, surname = name_words(leader.name)
    own = [f for f in forms if " " in f and fold_name(name_words(f)[-1]) == fold_name(surname)]
    if own and not _is_household(leader) and not any(_opens_alike(f, given) for f in own):
        return max(own, key=lambda f: (len(f.split()), len(f), f))
    if any(fold_name(name_words(f)[-1]) == fold_name(surname) for f in forms):
        return leader.name
    return next((f for f in forms if " " in f and f in leader.aliases), leader.name)


def _opens_alike(form: str, given: str) -> bool:
    """Whether a full name begins with this first name, or with its initial."""
    first = form.split()[0]
    return fold_name(first) == fold_name(given) or len(first.replace(".", "")) == 1


def _is_household(leader: lists.Leader) -> bool:
    """Whether papers and readers know somebody by one name alone, whatever the byline's style."""
    return any(
        t.office in ("president", "vice president", "prime minister", "chancellor")
        or t.office.endswith(("presidential nominee", "presidential candidate"))
        for t in leader.tenures
    )


@dataclass(slots=True)
class Body:
    """One body of the article."""

    index: int
    forms: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    first: Span | None = None
    record: Record | None = None

    @property
    def name(self) -> str:
        if self.record:
            return self.record.name
        best = max(self.forms, key=lambda f: (not _is_short(f), len(f.split()), len(f)))
        known = lists.known_bodies()
        return next((known[f] for f in self.forms if f in known), best)


def _is_short(form: str) -> bool:
    return form.replace(".", "").isupper() and len(form) <= 7


def name_words(name: str) -> list[str]:
    words = name.split()
    return words[:-1] if len(words) > 1 and words[-1].lower() in SUFFIXES else words
