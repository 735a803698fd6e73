"""Runs of capitalised words: where the words of one name begin and end.

In: the tokens of a sentence. Out: ends of runs; particles and joiners may stand inside. Leaves to others: what
a run names (`name_kinds`).
"""

from __future__ import annotations

import re

from onrecord.speakers import lists
from onrecord.speakers.layout import Token
from onrecord.speakers.name_kinds import JOINERS, is_initial

#: Small words inside a surname.
PARTICLES = frozenset(
    [
        "al",
        "ben",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "van",
        "von",
    ]
)
#: Those that go on with a run of capitals.
_PARTICLES = PARTICLES | {"af", "av", "e", "san", "ten", "ter", "y", "zu"}
_POSSESSIVE = re.compile(r"['’](?:[sS])?$")
#: Names with more words than this are lines of capitals, not names.
MAX_WORDS = 12
_OFFICES_OF = frozenset(
    [
        "secretary",
        "minister",
        "speaker",
        "chief",
        "leader",
        "chairman",
        "president",
        "director",
        "head",
        "governor",
        "supervisor",
    ]
)


def is_capital(token: Token) -> bool:
    word = token.text
    if word[0].isupper():
        return not (_NO_NAME.match(word) or ("-" in word and _COMPOUND.search(word)))
    return _PREFIXED.match(word) is not None


#: "Lunt-backed", "Oscar-winning": what stands before a name and is no part of it.
_COMPOUND = re.compile(
    r"[-‐‑](?:[a-z]+ed|led|run|born|era|style|area|leaning|owned|winning|winner|friendly)$"
)
#: "I", "I've", "D-Conn": capitals that begin no name.
_NO_NAME = re.compile(r"I(?:['’]\w+)?$|[DRI][-–‐‑][A-Z]")
_PREFIXED = re.compile(r"(?:al|el|as|ad|ar|an|bin|ibn|de|van|d)[-’'‐‑][^\W\d_a-z]")


def run_end(text: str, tokens: tuple[Token, ...], i: int) -> int:
    """Where the run of capitalised words that starts at i ends; particles and joiners may stand inside."""
    j = i + 1
    while j < len(tokens) and j - i < 4 * MAX_WORDS:
        if not _joined(text, tokens[j - 1], tokens[j]) or is_possessive(tokens[j - 1]):
            break
        if _opens_sentence(tokens, j):
            break
        if is_capital(tokens[j]):
            j += 1
            continue
        k = j
        while (
            k < len(tokens)
            and k - j < 3
            and tokens[k].text in _PARTICLES
            and _joined(text, tokens[k - 1], tokens[k])
        ):
            k += 1
        if k > j and k < len(tokens) and is_capital(tokens[k]) and _joined(text, tokens[k - 1], tokens[k]):
            j = k + 1
            continue
        k = j
        while (
            k < len(tokens)
            and k - j < 2
            and tokens[k].text in JOINERS
            and _joined(text, tokens[k - 1], tokens[k])
        ):
            k += 1
        if (
            k > j
            and k < len(tokens)
            and is_capital(tokens[k])
            and _joined(text, tokens[k - 1], tokens[k])
            and _joins_body(tokens, i, j, k)
        ):
            j = k + 1
            continue
        break
    return j


def _opens_sentence(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether a small word with a capital comes after an abbreviation, as where a sentence ends in "D.C."."""
    before = tokens[j - 1].text
    return (
        before.endswith(".")
        and len(before) > 3
        and tokens[j].lower in lists.words("function_words")
        and tokens[j].text not in lists.first_names()
        and before.lower() not in lists.titles()
    )


def _joins_body(tokens: tuple[Token, ...], i: int, j: int, k: int) -> bool:
    """Whether "of", "for", "and" between tokens[i:j] and tokens[k:] stand inside one body's name."""
    joiner = tokens[j].text
    if tokens[k].text in CALENDAR:
        return False
    if joiner in ("and", "&"):
        whole = phrase(tokens, i, j)
        end = k
        while end < len(tokens) and is_capital(tokens[end]):
            end += 1
        if phrase(tokens, i, end) in lists.countries().names:
            return True
        if k - j > 1 or lists.countries().meant(whole) or whole in lists.known_bodies():
            return False
        bodies = lists.words("bodies")
        last = bare(tokens[end - 1]).lower()
        inside = any(bare(t).lower() in lists.words("body_heads") for t in tokens[i:j]) and any(
            t.text in ("of", "for") for t in tokens[i:j]
        )
        first = bare(tokens[j - 1])
        if first in lists.first_names() or bare(tokens[j - 1]).lower() in bodies:
            return inside
        return inside or (
            last in bodies and end - k >= 2 and tokens[end - 1].lower in lists.words("body_heads")
        )
    if joiner == "of" and bare(tokens[j - 1]).lower() in _OFFICES_OF:
        return True
    if joiner == "of" and j - i > 3 and _ends_in_person(tokens, j):
        return False
    if joiner == "in":
        return phrase(tokens, i, k + 1) in lists.known_bodies()
    if joiner == "for" and k - j == 1 and bare(tokens[k]) in _CAUSES:
        return True
    return joiner in ("of", "for", "on") and any(
        bare(t).lower() in lists.words("body_heads") for t in tokens[i:j]
    )


def _ends_in_person(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether the words before tokens[j] are a first name, perhaps an initial, and a surname."""
    given = bare(tokens[j - 2])
    if is_initial(given):
        given = bare(tokens[j - 3])
    last = bare(tokens[j - 1]).lower()
    return given in lists.first_names() and last not in lists.words("body_heads") | lists.words("bodies")


CALENDAR = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan.",
        "Feb.",
        "Mar.",
        "Apr.",
        "Jun.",
        "Jul.",
        "Aug.",
        "Sept.",
        "Sep.",
        "Oct.",
        "Nov.",
        "Dec.",
    ]
)
_CAUSES = frozenset(
    {
        "America",
        "Americans",
        "Justice",
        "Growth",
        "Freedom",
        "Progress",
        "Peace",
        "Change",
        "Life",
        "Humanity",
    }
)


def phrase(tokens: tuple[Token, ...], i: int, j: int) -> str:
    """The words of tokens[i:j] without possessives and a "The" at their head."""
    words = [bare(t) for t in tokens[i:j]]
    return " ".join(words[1:] if words and words[0] == "The" else words)


def _joined(text: str, a: Token, b: Token) -> bool:
    gap = text[a.end : b.start]
    return (len(gap) <= 2 and gap.strip(" \u00a0\t") == "") or gap in (" & ",)


def is_possessive(token: Token) -> bool:
    return token.text.endswith(("'s", "’s", "'S", "’S"))


def bare(token: Token) -> str:
    return _POSSESSIVE.sub("", token.text)
