"""What the words of a run of capitals are: titles before a person's name, a body, a group, a place.

In: a run's words. Out: where a person's own name begins, and what the run names as far as its words show.
Leaves to others: where runs begin and end (`name_runs`).
"""

from __future__ import annotations

import re
from enum import Enum, auto

from onrecord.speakers import lists

SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
#: Degrees, honours and seats behind a name that are no part of it.
POST_NOMINALS = frozenset(
    [
        "KC",
        "QC",
        "SC",
        "MP",
        "MEP",
        "MSP",
        "MLA",
        "TD",
        "MBE",
        "OBE",
        "CBE",
        "DBE",
        "KBE",
        "JP",
        "PhD",
        "Ph.D.",
        "MD",
        "M.D.",
        "Esq",
        "Esq.",
    ]
)
JOINERS = frozenset({"of", "for", "and", "on", "the", "&", "in"})


class What(Enum):
    """What a name names, as far as its own words show."""

    PERSON = auto()
    BODY = auto()
    GROUP = auto()
    PLACE = auto()
    UNKNOWN = auto()


#: "Vermonter", "Iowan", "Activist" before a first and a last name.
_DEMONYM = re.compile(r"[a-z](?:er|an|ist|ese|ant|ite)$")


def titles_end(words: list[str]) -> int:
    """How many leading words of a run are titles, offices, parties and nations before a person's name."""
    table, given = lists.titles(), lists.first_names()
    n = len(words)
    countries = lists.countries()
    cut = 0
    for k in range(n - 2, 0, -1):
        if (
            words[k] in given
            and words[k - 1].lower() in table
            and n - k <= 3
            and words[k].lower() not in table
        ):
            return k
    if n > 4 and words[0].lower() in table and words[1].lower() in ("of", "for"):
        at = next((k for k in range(3, n - 1) if words[k] in given and n - k <= 3), 0)
        if at:
            return at  # "Minister of Health Ana Ruiz"
    while cut < n - 1 and words[cut].split("-")[-1].lower() in lists.roles() and "-" in words[cut]:
        cut += 1
    if any(w in ("of", "for", "on") for w in words) and any(
        w.lower() in lists.words("body_heads") for w in words[:-1]
    ):
        of = next(k for k, w in enumerate(words) if w in ("of", "for", "on"))
        if words[of - 1].lower() in lists.words("body_heads"):
            return _officer(words)
    for k in range(n - 1):
        word = words[k].lower()
        after = words[k + 1]
        if after.lower() in SUFFIXES:
            break
        if word in table and not (words[k] in given and k + 1 < n and k == cut and word not in _TITLE_FIRST):
            cut = k + 1
    if cut == 0 and n == 3 and words[1] in given and words[0] not in given and _DEMONYM.search(words[0]):
        return 1
    if cut == 0 and n >= 4 and words[0] not in given and words[-1].lower() not in lists.words("bodies"):
        late = [k for k in range(1, n - 1) if words[k] in given and n - k <= 3]
        if late and not any(w.lower() in JOINERS for w in words[late[0] :]):
            return late[0]
    if cut == 0 and n >= 3:
        for k in range(1, n - 1):
            if words[k] in given and words[0] not in given and len(words[0].strip(".")) > 1:
                if words[0] in countries.adjectives or any(
                    w in countries.adjectives or w.lower() in lists.words("bodies") or w.isupper()
                    for w in words[:k]
                ):
                    return k
                return 0
    return cut


def _officer(words: list[str]) -> int:
    """Where a person's name begins behind a body and an office in it, or 0: "Council on … Director Ana Ruiz"."""
    n = len(words)
    for k in range(n - 2, 1, -1):
        if words[k].lower() in lists.roles() and 2 <= n - 1 - k <= 3:
            after = words[k + 1 :]
            named = not any(w.lower() in JOINERS or w.lower() in lists.words("bodies") for w in after)
            return k + 1 if named else 0
        if words[k] in lists.first_names() and n - k <= 3 and words[-1].lower() not in lists.words("bodies"):
            heads = {w.lower() for w in words[1:k]}
            return k if heads & lists.roles().keys() else 0
    return 0


_TITLE_FIRST = frozenset(
    {"bishop", "sen.", "rep.", "gen.", "judge", "pope", "prince", "king", "queen", "general"}
)


def what(words: list[str], bare: tuple[str, ...], before: tuple[str, ...]) -> tuple[What, bool]:
    names, countries = lists.first_names(), lists.countries()
    bodies = lists.words("bodies") | lists.words("place_heads")
    whole = " ".join(words)
    known = lists.known_bodies()
    if countries.named(whole) or whole in lists.states():
        return What.PLACE, True
    if whole in known:
        return What.BODY, True
    lowered = [w.lower() for w in bare]
    titled = any(
        lists.titles()[b.lower()].role or lists.titles()[b.lower()].gender
        for b in before
        if b.lower() in lists.titles()
    )
    if (
        len(bare) > 1
        and not whole.isupper()
        and (
            (_is_acronym(bare[-1]) and len(bare[-1]) > 2 and lowered[-1] not in SUFFIXES)
            or any(c.isdigit() for c in whole)
        )
    ):
        return What.BODY, False
    if len(bare) > 1 and lowered[-1] in bodies:
        people = False
    else:
        people = (len(bare) > 1 and lowered[-1] in lists.words("groups")) or is_people(bare[-1])
    if people:
        return What.GROUP, False
    if before and lowered[-1] in bodies and bare[0] not in names:
        return What.BODY, True
    if len(bare) == 1:
        if titled and lowered[0] in lists.titles() and lists.titles()[lowered[0]].role:
            return What.UNKNOWN, False
        if titled:
            return What.PERSON, True
        if _is_acronym(bare[0]):
            return What.BODY, False
        return What.UNKNOWN, False
    if any(w in bodies for w in [*lowered[-1:], lowered[0]]) or any(
        w in ("of", "for", "and") for w in lowered
    ):
        person = (
            names.get(bare[0]) is not None and len(bare) == 2 and lowered[-1] not in lists.words("body_heads")
        )
        if not (person and titled):
            return What.BODY, not person
    if bare[0] in names or (titled and len(bare) <= 4) or is_initial(bare[0]):
        return What.PERSON, True
    if bare[0] in lists.states() or bare[0] in _COMPASS:
        return What.BODY, False
    if any(
        (_is_acronym(w) and not whole.isupper()) or w in countries.adjectives or w in countries.names
        for w in bare
    ):
        return What.BODY, False
    return What.UNKNOWN, False


_COMPASS = frozenset(
    [
        "North",
        "South",
        "East",
        "West",
        "Northern",
        "Southern",
        "Eastern",
        "Western",
        "Central",
        "New",
        "San",
        "Los",
        "Las",
        "El",
        "Fort",
        "Mount",
        "Lake",
    ]
)


def is_people(word: str) -> bool:
    """A capitalised plural for people: a nation, a party, a job ("Germans", "Republicans", "Senators")."""
    word = re.split(r"[-‐‑]", word)[-1] or word
    lower = word.lower()
    if not lower.endswith(("s", "men", "women", "people")) or lower.endswith("ss"):
        return False
    one = lower[:-1]
    countries = lists.countries()
    if word[:-1] in countries.adjectives and word not in countries.names:
        return True
    return one in lists.roles() or lower in lists.words("groups")


def is_initial(word: str) -> bool:
    return len(word) <= 4 and word.endswith(".") and word.replace(".", "").isupper()


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "").replace("&", "").replace("-", "")
    return (
        len(letters) >= 2 and letters.isupper() and letters.isalpha() and (len(letters) <= 5 or "." in word)
    )
