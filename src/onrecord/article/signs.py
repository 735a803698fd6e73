"""What a unit is by its own words, where words settle it.

In: Units. Out: one Sign or None a unit. English words; a line of another language has a sign only where
its shape gives it (an address, a date in figures, a copyright mark). Leaves to others: what the
neighbours and the markup say (zones.py, and the classifier, which is told the signs).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from onrecord.article.appeals import is_asking, is_asking_paragraph
from onrecord.article.lexicon import (
    Phrases,
    Tables,
    load_list,
    load_phrases,
    load_tables,
    load_wholes,
    load_words,
    words_of,
)
from onrecord.article.remarks import is_over_comment, is_over_thread, is_under_comment
from onrecord.article.times import find_time
from onrecord.article.units import Units
from onrecord.article.voice import (
    CREDIT_WORDS,
    NARRATION,
    PHOTO_WORDS,
    SPOKEN,
    TO_THE_READER,
    find_telling,
)
from onrecord.types import Precision


class Sign(StrEnum):
    """THREAD, REMARK, FORM: the opening of, one line within, and the form after readers' comments.

    NOTICE: cookies, privacy, terms. NUMBER: a page's number, or no words at all.
    """

    APPEAL = "appeal"
    THREAD = "thread"
    REMARK = "remark"
    FORM = "form"
    CREDIT = "credit"
    LABEL = "label"
    ADDRESS = "address"
    DATE = "date"
    BYLINE = "byline"
    BUTTON = "button"
    NUMBER = "number"
    NOTICE = "notice"


_SMALL: Final = frozenset(["the", "of", "and", "for"])

#: Words of an appeal that need not speak of its reader; a longer line that does not is no appeal, and no notice either.
SHORT_APPEAL: Final = 14

_ADDRESS: Final = re.compile(r"<?(?:https?://|www\.)[^\s<>]+>?")
_COPYRIGHT: Final = re.compile(r"(?:\(c\)|©|ⓒ|copyright\b)", re.IGNORECASE)
_PAGE_NUMBER: Final = re.compile(
    r"[-–—\s]*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—\s]*", re.IGNORECASE
)
_AGO: Final = re.compile(
    r"\b\d{1,3}\s*(?:min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|[hmdw])\s+ago\b", re.IGNORECASE
)
_TAKES: Final = re.compile(r"\bmin(?:ute)?s? read\b")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_PARTICLES: Final = (
    "de", "da", "del", "della", "der", "van", "von", "den", "bin", "al", "el", "la", "le", "du", "dos", "ter", "ten", "y",
)  # fmt: skip
_NAME: Final = rf"(?:[^\W\d_a-z][\w.’'-]*|{'|'.join(_PARTICLES)})"
_NAMES: Final = rf"{_NAME}(?:\s+{_NAME}){{0,5}}"
BY: Final = re.compile(
    rf"(?:(?i:story by|words by|written by|posted by|reported by|interview by|interviewed by|by|author|authors|text by)\s*:?\s+)"
    rf"(?P<names>{_NAMES}(?:\s*(?:,|\band\b|&|\|)\s*{_NAMES}){{0,8}})"
)
_BY_WORDS: Final = frozenset(
    (
        "by",
        "story",
        "words",
        "written",
        "posted",
        "reported",
        "interview",
        "interviewed",
        "text",
        "author",
        "authors",
    )
)
_BY_START: Final = re.compile(
    r"(?:story|words|written|posted|reported|interview|interviewed|text)?\s*by\b|authors?\b", re.IGNORECASE
)
#: What a list puts before a line.
BULLETS: Final = "•▪‣◦●·* \t"
#: What may follow the writer's name: "in Halvec", "for the Courier", "in Lower Sarn and Joan Teviot in Halvec".
_IN_PLACE: Final = re.compile(
    rf"(?:in|at|from|for)\s+(?:the\s+)?{_NAMES}(?:\s*(?:,|\band\b|&|in|at)\s*{_NAMES}){{0,6}}(?:\s*[|–—·•-].*)?"
)
#: A byline without a name: "by our own correspondent, Lower Sarn".
_BY_NOBODY: Final = re.compile(r"by\s+(?:a|an|our|the|one of our)\s+(?P<role>[^,|–—·•]{3,40})", re.IGNORECASE)
_PLACED: Final = rf"{_NAMES}(?:\s+in\s+{_NAMES})?"
NAME_ROLE: Final = re.compile(
    rf"(?P<names>{_PLACED}(?:\s+and\s+{_PLACED})?)\s*(?:,|\||/|–|—|·|•)\s*(?P<role>.+)"
)
_PROMO: Final = re.compile(r"(?P<label>[\w'’ ]{3,30}?)\s*(?::|\||\s[-–—]|[»>])\s*\S")
_CLICKS: Final = frozenset(
    (("click", "here"), ("tap", "here"), ("click", "to"), ("scroll", "down"), ("swipe", "to"))
)
_CREDIT_END: Final = re.compile(
    r"contributed (?:to th(?:is|e) (?:report|article|story|piece|dispatch)|reporting|additional)\b[^.]*\.?$",
    re.IGNORECASE,
)
_PHOTO_CREDIT: Final = re.compile(
    r"(?:/|\bvia |\bfor )(?:getty|ap|afp|reuters|shutterstock|epa|bloomberg|zuma)\b[^.]*$|\bgetty images$",
    re.I,
)
_JOIN_IN: Final = re.compile(
    r"(?:support|join|back|stand (?:with|by|up for)|subscribe to|donate to|give to|help|fund|save|defend)\s+(?P<name>.+?)\s*!$",
    re.IGNORECASE,
)
_READERS_NAME: Final = re.compile(r".{2,40}\bsays:$")
_APPROVAL: Final = re.compile(
    r"\d{1,6}\s+(?:people|persons?|readers?|users?|members?|others?)\s+"
    r"(?:agree|like|love|recommend|upvote|react|vote|thank|disagree|dislike)(?:s|d|ed)?(?:\s+(?:this|it|with this))?",
    re.IGNORECASE,
)


def find_signs(units: Units) -> tuple[Sign | None, ...]:
    """One answer a unit: None where its words leave it open, and for bare links."""
    lists = _lists()
    rows = zip(units.texts, units.words, units.telling, units.stops, units.links, strict=True)
    signs = [
        None if is_link else _sign_of(text, words, telling, is_stop, lists)
        for text, words, telling, is_stop, is_link in rows
    ]
    return tuple(signs)


def sign_of(text: str, words: tuple[str, ...], is_sentence: bool) -> Sign | None:
    """What one unit is by its words alone."""
    return _sign_of(text, words, find_telling(words), is_sentence, _lists())


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists in which every unit is looked up. wholes: as `load_wholes` has them; asking: appeals, weaker ones, notices."""

    wholes: dict[tuple[str, ...], tuple[str, ...]]
    comment_forms: Phrases
    comment_orders: Phrases
    credits: Phrases
    ask_openings: Phrases
    asking: Tables


@cache
def _lists() -> _Lists:
    return _Lists(
        load_wholes("links", "comment_threads", "comment_signs", "furniture"),
        load_phrases("comment_forms"),
        load_phrases("comment_orders"),
        load_phrases("credits"),
        load_phrases("ask_openings"),
        load_tables("appeals", "appeal_words", "notices"),
    )


def _sign_of(
    text: str, words: tuple[str, ...], telling: frozenset[str], is_sentence: bool, lists: _Lists
) -> Sign | None:
    n = len(words)
    if n == 0:
        return Sign.NUMBER
    if n > 250:
        return None
    if (text[0] in "<hw" and _ADDRESS.fullmatch(text)) or (":" in text and _is_labelled(text)):
        return Sign.ADDRESS
    if n <= 12:
        short = _short_sign(text, words, lists)
        if short:
            return short
    if n <= 30 and (is_promo(text, words) or words[:2] in _CLICKS):
        return Sign.BUTTON
    if n <= 60:
        if _is_credit(text, words, telling, lists.credits):
            return Sign.CREDIT
        if n <= 40 and is_byline(text, words, is_sentence):
            return Sign.BYLINE
        if is_date(text, words):
            return Sign.DATE
    if text[1:3] == ": " and text[0] in "QA":
        return None  # an interview's question: "Q: How much of that is your fault, as its supporters ask?"
    n_strong = n_weak = n_notices = 0
    if n <= SHORT_APPEAL or not TO_THE_READER.isdisjoint(telling):
        n_strong, n_weak, n_notices = lists.asking.counts(words, telling)
    if is_appeal(text, words, telling, n_strong, n_weak):
        return Sign.APPEAL
    if is_asking(text, words, telling, is_told=lists.ask_openings.is_opening(words)):
        return Sign.APPEAL
    if is_notice(words, telling, n_notices):
        return Sign.NOTICE
    return Sign.APPEAL if is_asking_paragraph(text, words, telling) else None


def _is_labelled(text: str) -> bool:
    """Whether the line is the address of the original after its label: "Original url: <…>"."""
    label, _, rest = text.partition(":")
    if len(label) > 40 or not _ADDRESS.fullmatch(rest.strip()):
        return False
    return load_phrases("links").is_whole(words_of(label))


def _short_sign(text: str, words: tuple[str, ...], lists: _Lists) -> Sign | None:
    wholes = lists.wholes.get(words, ())
    if "links" in wholes and text.endswith(":"):
        return Sign.LABEL
    if "comment_threads" in wholes:
        return Sign.THREAD
    if (
        "comment_signs" in wholes
        or (text.endswith("says:") and _READERS_NAME.fullmatch(text))
        or (words[0] == "9" and _APPROVAL.fullmatch(text.strip(" .•·")))
    ):
        return Sign.REMARK
    if lists.comment_forms.is_opening(words):
        return Sign.FORM
    if lists.comment_orders.is_opening(words) or is_over_thread(text, words):
        return Sign.THREAD
    if is_under_comment(text, words) or is_over_comment(text):
        return Sign.REMARK
    if "furniture" in wholes:
        return Sign.BUTTON
    if words[0] in ("9", "page") and _PAGE_NUMBER.fullmatch(text):
        return Sign.NUMBER
    return None


def is_appeal(text: str, words: tuple[str, ...], telling: frozenset[str], n_strong: int, n_weak: int) -> bool:
    """Whether the words ask the reader to give, join, subscribe or sign up. n_strong, n_weak: phrases that do.

    Deliberately missed: an appeal that speaks of itself in the third person and past tense.
    """
    score = 2 * n_strong + n_weak
    if score < 2:
        return named_in_call(text) is not None
    if len(words) <= SHORT_APPEAL:
        opens = load_phrases("appeals").is_opening(words)
        return (
            n_strong > 0
            and NARRATION.isdisjoint(telling)
            and (opens or not TO_THE_READER.isdisjoint(telling))
        )
    if n_strong < 2 and not SPOKEN.isdisjoint(telling) and any(c in text for c in '"“”«»'):
        return False
    return score >= 3 + (len(words) > 120) and len(TO_THE_READER & telling) >= 2 - (n_strong > 1)


def is_promo(text: str, words: tuple[str, ...]) -> bool:
    """Whether the line sends its reader elsewhere: "Read more: …", "WATCH | …"."""
    m = _PROMO.match(text) if _has_promo_mark(text[:40]) else None
    return m is not None and load_phrases("promos").is_whole(words_of(m["label"])) and not text.endswith(".")


def _has_promo_mark(head: str) -> bool:
    """Whether a mark stands there that may part a label from the rest; most have none, and are not searched letter by letter."""
    return ":" in head or "-" in head or "|" in head or ">" in head or _has_any(head, "»–—")


def _has_name_mark(head: str) -> bool:
    """The same for a name."""
    return "," in head or "/" in head or "|" in head or _has_any(head, "–—·•")


def _has_any(head: str, marks: str) -> bool:
    """Whether one of the marks, which are not of ASCII, stands there."""
    return not head.isascii() and any(mark in head for mark in marks)


def is_notice(words: tuple[str, ...], telling: frozenset[str], hits: int) -> bool:
    """Whether the words are about cookies, privacy or terms of use, and about nothing else."""
    if hits < (2 if len(words) <= 25 else 3) or hits * 25 < len(words):
        return False
    return (not TO_THE_READER.isdisjoint(telling) or len(words) <= 10) and SPOKEN.isdisjoint(telling)


def named_in_call(text: str) -> str | None:
    """Whom a call such as "Join the Harbour Courier!" asks its reader to join; None where it is no call."""
    m = _JOIN_IN.fullmatch(text) if text.endswith("!") else None
    if not m:
        return None
    words = m["name"].split()
    is_name = any(w[:1].isupper() for w in words) and all(w[:1].isupper() or w in _SMALL for w in words)
    return m["name"] if is_name and len(words) <= 7 else None


def _is_credit(text: str, words: tuple[str, ...], telling: frozenset[str], credits: Phrases) -> bool:
    """Whether the line credits an agency, a paper, a photographer or a holder of rights."""
    if text[0] in "(©ⓒcC" and _COPYRIGHT.match(text):
        return True
    if not CREDIT_WORDS.isdisjoint(telling):
        if len(words) <= 40 and "contributed" in words and _CREDIT_END.search(text):
            return True
        if len(words) <= 14 and not PHOTO_WORDS.isdisjoint(telling) and _PHOTO_CREDIT.search(text):
            return True
    if not credits.is_opening(words):
        return False
    if words[:1] in credits.all and words[:2] not in credits.all:
        rest = text[len(words[0]) :].lstrip()
        return rest[:1] in (":", "|", "/", "©") or words[1:2] in (("by",), ("courtesy",), ("credit",))
    return True


def is_byline(text: str, words: tuple[str, ...], is_sentence: bool) -> bool:
    """Whether the line says who wrote the article."""
    may_say_by = words[0] in _BY_WORDS
    if len(words) > 30 and not may_say_by:
        return False
    text = text.lstrip(BULLETS)
    says_by = may_say_by and _BY_START.match(text) is not None
    if not says_by and not (_may_open_with_name(text, words) and _has_name_mark(text[:80])):
        return False
    time = find_time(text)
    if time and time.start > 6:
        text = text[: time.start].rstrip(" ,|–—-·•:\t") + " – " + text[time.start :]
    m = BY.match(text) if says_by else None
    if m:
        rest = text[m.end() :].strip(" ,|–—-·•:\t")
        if not rest:
            return len(words) >= 2
        return (not is_sentence or time is not None) and (
            _is_role(rest) or _is_aside(rest) or _IN_PLACE.fullmatch(rest) is not None
        )
    nobody = _BY_NOBODY.match(text) if says_by else None
    if nobody:
        return not is_sentence and _is_role(nobody["role"])
    if len(words) > 16 and time is None:
        return False
    m = NAME_ROLE.fullmatch(text)
    if not m:
        return False
    names = m["names"].split()
    return 2 <= len(names) <= 10 and (
        _is_role(m["role"]) or (_is_aside(m["role"]) and not names[0].isupper())
    )


def _may_open_with_name(text: str, words: tuple[str, ...]) -> bool:
    return len(words) <= 30 and (not "a" <= text[:1] <= "z" or words[0] in _PARTICLES)


def _is_role(words: str) -> bool:
    head = words.lower().strip(" .").split(",")[0].split("|")[0].strip()
    openings, endings = _roles()
    return head in load_words("roles") or head.endswith(endings) or head.startswith(openings)


@cache
def _roles() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How a role opens a longer one, and how it ends it: "editor of the Courier", "deputy editor"."""
    roles = load_list("roles")
    return tuple(f"{role} " for role in roles), tuple(f" {role}" for role in roles)


def _is_aside(words: str) -> bool:
    """Whether what follows a name is a date, the time since, or the minutes it takes to read."""
    return bool(_AGO.search(words) or find_time(words) or _TAKES.search(words.lower()))


def is_date(text: str, words: tuple[str, ...]) -> bool:
    """Whether the line is a date of publication and nothing else."""
    if len(words) > 20:
        return False
    time = find_time(text)
    if not time and "ago" not in words:
        return False
    rest = text[: time.start] + " " + text[time.end :] if time else _AGO.sub(" ", text)
    if not time and rest == text:
        return False
    allowed = load_words("date_words")
    left = [w for w in _LETTERS.findall(rest.lower()) if w not in allowed]
    if not left or not time:
        return not left
    return (
        len(left) <= 2
        and text[-1] not in ".!?:"
        and time.precision is not Precision.MONTH
        and time.start <= 30
    )
