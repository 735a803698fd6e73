"""What a page says of itself: titles, authors, publisher, credit, address, when it was published.

In: a Page, its units and their kinds. Out: the fields of an Article. What a corpus line states of
its own text is believed first, then what the markup states (JSON-LD before meta before visible),
then the text. Leaves to others: where the zones are (zones.py), how a date is read (times.py).
Thin: names of papers are cut out of addresses only for English-looking ones.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Final
from urllib.parse import urlsplit

from onrecord.article.bylines import names_in_byline
from onrecord.article.datelines import find_dated
from onrecord.article.dayfirst import settled
from onrecord.article.lexicon import load_list, load_words
from onrecord.article.signs import BY, named_in_call
from onrecord.article.times import Time, find_time, find_times
from onrecord.article.turns import is_turn
from onrecord.article.units import Units, rows_of, start_of
from onrecord.types import (
    AuthorityEvidence,
    ByteEvidence,
    Evidence,
    Fact,
    Page,
    Precision,
    Span,
    TextEvidence,
    Unresolved,
    When,
    ZoneKind,
)

#: Whom to believe about titles, names and times: the first that says anything.
RANKS: Final = {
    "given": 0,
    "json-ld": 1,
    "microdata": 2,
    "og": 3,
    "meta": 4,
    "h1": 5,
    "time": 6,
    "title": 7,
    "text": 8,
}

_NO_LETTERS: Final = bytes(code for code in range(128) if not chr(code).isalnum())
_SEPARATORS: Final = frozenset("|–—·»•:-")
_SEPARATOR: Final = re.compile(r"\s+[|–—·»•:-]{1,2}\s+|\s*[|»]\s*|:\s+")
_URL: Final = re.compile(r"(?:https?://|www\.)[^\s<>\"']+")
_CREDITED: Final = re.compile(
    r"(?:\(c\)|©|ⓒ|copyright|source\s*:|courtesy of|via\s*:?|material from|reprinted (?:from|with permission (?:of|from))|"
    r"republished (?:from|with permission (?:of|from))|reposted from|"
    r"(?:originally|first) (?:published|appeared)(?:\s+(?:by|in|on|at))|published originally by|syndicated from|article courtesy of)"
    r"[\s:©]*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?,?\s*)?(?:by\s+)?(?P<name>[^\n.;|©]{2,80})",
    re.IGNORECASE,
)
_RIGHTS: Final = re.compile(
    r"[\s,.-]*(?:all rights reserved|(?:and is )?(?:republished|reprinted|used|reproduced) (?:here )?(?:under|with|by)|under a|on (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d)|"
    r"(?:19|20)\d\d\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_SELF_NAMED: Final = re.compile(
    r"(?<!\w)(?P<name>(?:The\s+)?[A-Z][\w’'&-]*(?:\s+(?:of|the|and|de|for)?\s*[A-Z][\w’'&-]*){0,5}),\s+"
    r"(?:an?|the)\s+(?:[\w-]+\s+){0,3}(?:news|newspaper|newsroom|journalism|media|magazine|publication|website|outlet|nonprofit)\b"
)
_DATELINE: Final = re.compile(r"[^\W\d_][^()]{1,60}\((?P<agency>[A-Z][\w -]{1,24})\)\s*[-–—―]")
_BY_WORDS: Final = re.compile(
    r"^(?:by|written by|words by|story by|posted by|from|authors?)\s*:?\s+", re.IGNORECASE
)
_SAID_WHEN: Final = re.compile(
    r"\b(?:updated|modified|edited|published|posted|created|issued)\b", re.IGNORECASE
)
_LATE: Final = frozenset(("updated", "modified", "edited"))
_ASIDE: Final = re.compile(r"\s*\([^()]*\)\s*$")
_BETWEEN_NAMES: Final = re.compile(r"\s*(?:[,;|/]|\s[–—-]\s|\s(?:and|und|et|og|och|y)\s|&)\s*")
_PLACE: Final = re.compile(r"\s+in\s+[A-Z].*$")
_NOT_NAMES: Final = re.compile(r"https?:|www\.|[@<>{}]|\.(?:com|org|net)\b|^\d+$", re.IGNORECASE)


def same_words(a: str, b: str) -> bool:
    """Whether two names or headlines differ in nothing but case, marks and blanks."""
    return letters_of(a) == letters_of(b)


def letters_of(words: str) -> str:
    """The letters and digits of the words, small."""
    folded = words.casefold()
    if folded.isascii():
        return folded.encode().translate(None, _NO_LETTERS).decode()
    return "".join(filter(str.isalnum, folded))


def host_of(url: str | None) -> str:
    """The host in an address; "" where there is none, or what is written is no address."""
    try:
        return (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        return ""


def facts_of(page: Page, key: str) -> list[Fact]:
    """The page's facts of one key, the most trusted first, in page order within one source."""
    facts = [f for f in page.facts if f.key == key and f.value.strip()]
    return sorted(facts, key=lambda f: RANKS.get(f.where, 9))


# ------------------------------------------------------------------------------------- titles


def without_site(title: str, names: frozenset[str]) -> str:
    """The title without the site's name at its end or beginning. names: the site's, as `letters_of` has them."""
    title = " ".join(title.split())
    for _ in range(3):
        cuts = find_cuts(title)
        if not cuts:
            break
        last, first = cuts[-1], cuts[0]
        if letters_of(title[last.end() :]) in names and title[: last.start()].strip():
            title = title[: last.start()].strip()
        elif letters_of(title[: first.start()]) in names and title[first.end() :].strip():
            title = title[first.end() :].strip()
        else:
            break
    return title


@lru_cache(maxsize=32)  # a page states one title in several places, and several rules ask
def find_cuts(title: str) -> tuple[re.Match[str], ...]:
    """The marks in a title that may part a headline from the site's name."""
    return () if _SEPARATORS.isdisjoint(title) else tuple(_SEPARATOR.finditer(title))


# ------------------------------------------------------------------------------------ authors


def find_authors(
    page: Page, units: Units, kinds: Sequence[ZoneKind], site_names: Sequence[str]
) -> tuple[str, ...]:
    """Who wrote it: as given, as the markup states, as the byline says; people before the site's own name."""
    if page.given and page.given.authors:
        return clean_authors(page.given.authors)
    facts = facts_of(page, "author")
    by_place = [
        clean_authors(f.value for f in facts if f.where == where)
        for where in dict.fromkeys(f.where for f in facts)
    ]
    stated = [names for names in by_place if names]
    people = [names for names in stated if not all(_is_site(name, site_names) for name in names)]
    if people:
        return people[0]
    return authors_in_bylines(units, kinds) or (stated[0] if stated else ())


def _is_site(name: str, site_names: Sequence[str]) -> bool:
    return any(same_words(name, site) for site in site_names if site)


def clean_authors(values: Iterable[str]) -> tuple[str, ...]:
    """Names of authors without "By", roles, handles, addresses; each once, in order."""
    names: list[str] = []
    for value in values:
        for name in _split_names(value):
            if name and all(not same_words(name, other) for other in names):
                names.append(name)
    return tuple(names)


def _split_names(value: str) -> list[str]:
    value = _BY_WORDS.sub("", " ".join(value[:500].split()))
    value = _ASIDE.sub("", value)
    out: list[str] = []
    if _URL.search(value):
        return out
    for part in _BETWEEN_NAMES.split(value):
        name = _PLACE.sub("", part).strip(" .,:;|·•–—-")
        if not name or len(name) > 60 or _NOT_NAMES.search(name) or _is_role(name, is_first=not out):
            continue
        out.append(name)
    return out


def _is_role(name: str, *, is_first: bool) -> bool:
    folded = name.lower()
    roles = load_words("roles")
    if folded in roles:
        return True
    return not is_first and (any(folded.endswith(" " + role) for role in roles) or folded.startswith("for "))


def authors_in_bylines(units: Units, kinds: Sequence[ZoneKind]) -> tuple[str, ...]:
    """The names in the byline zones before or right after the article; over a transcript those that "By" introduces.

    Over one, a name beside a date is as often the programme's.
    """
    lines = [units.texts[i] for i in rows_of(kinds, ZoneKind.BYLINE)]
    body = rows_of(kinds, ZoneKind.BODY)
    if body and is_turn(units.texts[body[0]]):
        lines = [line for line in lines if BY.match(line)]
    return clean_authors(names for line in lines if (names := names_in_byline(line)))


# ---------------------------------------------------------------------------------- publisher


def publisher_in_appeals(units: Units, kinds: Sequence[ZoneKind]) -> str | None:
    """The paper that an appeal names: "Support The Harbour Courier!", "The Courier, an independent …"."""
    texts = [units.texts[i] for i in rows_of(kinds, ZoneKind.APPEAL)]
    for text in texts:
        name = named_in_call(text)
        if name:
            return name
    for text in texts:
        m = _SELF_NAMED.search(text)
        if m:
            return m["name"]
    return None


def publisher_of_address(url: str, text: str) -> str | None:
    """The paper's name cut out of its address: "theharbourcourier.com" is The Harbour Courier.

    Words are those that papers' names are made of, and the capitalised words of the text.
    """
    host = host_of(url).lower().removeprefix("www.")
    labels = host.split(".")
    if len(labels) < 2:
        return None
    label = labels[-3] if len(labels) > 2 and len(labels[-2]) <= 3 and len(labels[-1]) == 2 else labels[-2]
    own = {w.lower() for w in re.findall(r"\b[A-Z][a-z]{2,}", text)}
    words = _cut(label.replace("-", ""), load_words("paper_words") | own)
    if words is None:
        return None
    return " ".join(w if w in ("of", "and", "in", "on") else w.capitalize() for w in words)


def _cut(label: str, known: frozenset[str] | set[str]) -> list[str] | None:
    """The label as the fewest known words, or None."""
    best: list[list[str] | None] = [[]] + [None] * len(label)
    for end in range(1, min(len(label), 60) + 1):
        for start in range(max(0, end - 24), end):
            before = best[start]
            if before is not None and label[start:end] in known:
                here = best[end]
                if here is None or len(before) + 1 < len(here):
                    best[end] = [*before, label[start:end]]
    return best[len(label)] if len(label) <= 60 else None


# ------------------------------------------------------------------------------------- credit


@cache
def _agencies() -> dict[str, str]:
    return dict(line.split("\t", 1) for line in load_list("agencies"))


def find_credited(units: Units, kinds: Sequence[ZoneKind], publisher: str | None) -> str | None:
    """Whose text it is if not the publisher's: a credit line, a dateline's agency."""
    body = rows_of(kinds, ZoneKind.BODY)
    for i in rows_of(kinds, ZoneKind.CREDIT):
        if not body or i < body[0] or i > body[-1]:
            name = _credited(units.texts[i])
            if name and not (publisher and _is_part(name, publisher)):
                return name
    for i in body[:3]:
        m = _DATELINE.match(units.texts[i])
        name = _agencies().get(m["agency"]) if m else None
        if m and name and not (publisher and (_is_part(name, publisher) or m["agency"] in publisher.split())):
            return name
    return None


def _credited(text: str) -> str | None:
    m = _CREDITED.search(text)
    if not m:
        return None
    name = _RIGHTS.sub("", m["name"].partition("](")[0]).strip(' ,.-–—:()[]"“”')
    name = _URL.sub("", name).strip()
    if not name or not any(w[:1].isupper() for w in name.split()) or len(name.split()) > 8:
        return None
    return _agencies().get(name, name)


def _is_part(a: str, b: str) -> bool:
    a, b = (letters_of(re.sub(r"(?i)^the\s+", "", x)) for x in (a, b))
    return a in b or b in a


# ---------------------------------------------------------------------------------------- url


def find_url(page: Page, units: Units, kinds: Sequence[ZoneKind]) -> str | None:
    """The canonical address: as given, as the page states it, or the link to the original."""
    if page.given and page.given.url:
        return page.given.url
    facts = facts_of(page, "url")
    for where in ("link", "og", "json-ld", "meta"):
        for fact in facts:
            if fact.where == where and fact.value.startswith(("http://", "https://")):
                return fact.value.strip()
    for i in rows_of(kinds, ZoneKind.LINK):
        m = _URL.search(units.texts[i])
        if m:
            return m.group()
    return page.origin.url


# --------------------------------------------------------------------------------------- time


def find_when(
    page: Page, key: str, units: Units, kinds: Sequence[ZoneKind], *, url: str | None = None
) -> When | Unresolved | None:
    """When the page was published (or modified): given, stated in the markup, written on the page.

    Two statements of one rank that differ by more than a day leave it Unresolved, unless the
    ranks below settle it.
    """
    if key == "published" and page.given and page.given.date:
        time = find_time(page.given.date)
        if time:
            return _when([(settled(time, page, url), AuthorityEvidence("given"))])
    ranked: dict[int, list[tuple[Time, Evidence]]] = {}
    for fact in facts_of(page, key):
        time = find_time(fact.value)
        if time:
            evidence: Evidence = (
                ByteEvidence(fact.bytes, fact.where) if fact.bytes else AuthorityEvidence(fact.where)
            )
            ranked.setdefault(RANKS.get(fact.where, 9), []).append((settled(time, page, url), evidence))
    for rank in sorted(ranked):
        if rank >= RANKS["time"]:
            return _when(ranked[rank][:1])
        return _when(ranked[rank], [t for r in sorted(ranked) if r > rank for t, _ in ranked[r]])
    found = _times_in_text(page.text, units, kinds, is_modified=key == "modified")
    if found:
        return _when([(settled(time, page, url), evidence) for time, evidence in found])
    dated = find_dated(page.text, units, kinds) if key == "published" else None
    if dated:
        return _when([(settled(dated[0], page, url), TextEvidence(dated[1]))])
    if key == "published" and url:
        return _when_in_address(page, url)
    return None


def _when(found: list[tuple[Time, Evidence]], others: Sequence[Time] = ()) -> When | Unresolved:
    days = {time.iso[:10] for time, _ in found}
    best, evidence = found[0]
    if best.other and not any(time.iso[:10] == best.iso[:10] for time, _ in found[1:]):
        return Unresolved("day and month cannot be told apart", (best.iso, best.other))
    if len(days) > 1 and _spread(days) > 1:
        backed = [(t, e) for t, e in found if any(o.iso[:10] == t.iso[:10] for o in others)]
        if len({t.iso[:10] for t, _ in backed}) != 1:
            return Unresolved("the page states different days", tuple(sorted({t.iso for t, _ in found})))
        best, evidence = backed[0]
    return When(best.iso, best.precision, evidence)


def _spread(days: Iterable[str]) -> int:
    dates = []
    for day in days:
        try:
            dates.append(datetime.date.fromisoformat(day))
        except ValueError:
            return 99
    return (max(dates) - min(dates)).days


def _times_in_text(
    page_text: str, units: Units, kinds: Sequence[ZoneKind], *, is_modified: bool
) -> list[tuple[Time, Evidence]]:
    """The first date in the date and byline zones around the article; updates apart."""
    for i in _nearest_first(kinds):
        if kinds[i] not in (ZoneKind.DATE, ZoneKind.BYLINE):
            continue
        text = units.texts[i]
        for time in find_times(text):
            said = [m[0] for m in _SAID_WHEN.finditer(text, 0, time.start)]
            if bool(said and said[-1].lower() in _LATE) is is_modified:
                start = start_of(page_text, units, i) + time.start
                return [(time, TextEvidence(Span(start, start + time.end - time.start)))]
    return []


def _nearest_first(kinds: Sequence[ZoneKind]) -> list[int]:
    """All units, those after the title first, then those before it from there upwards: their dates are others' sooner."""
    title = next((i for i, kind in enumerate(kinds) if kind is ZoneKind.TITLE), 0)
    return [*range(title, len(kinds)), *range(title - 1, -1, -1)]


def _when_in_address(page: Page, url: str) -> When | None:
    m = re.search(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=[/_-]|$)", url)
    if not m:
        return None
    try:
        day = datetime.date(int(m[1]), int(m[2]), int(m[3])).isoformat()
    except ValueError:
        return None
    at = page.text.find(url)
    if at < 0:
        return When(day, Precision.DAY, AuthorityEvidence("url"))
    return When(day, Precision.DAY, TextEvidence(Span(at + m.start() + 1, at + m.end())))
