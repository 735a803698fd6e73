"""Which unit carries the headline, and which of a page's titles is shown.

In: a Page, its units and signs. Out: a unit's number; the titles with where they stand; one of them.
Leaves to others: zones and the rest of the metadata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from onrecord.article.headline import find_headline
from onrecord.article.lexicon import words_of
from onrecord.article.metadata import facts_of, find_cuts, host_of, letters_of, without_site
from onrecord.article.score import IS_BODY
from onrecord.article.signs import Sign
from onrecord.article.units import Units, find_h1
from onrecord.types import Page, Title

#: How far above the first paragraph a marked headline of a bare text may stand, in units.
NEAR: Final = 25

#: How much each place's title counts when places disagree (217 pages with known headlines: any weights in
#: this order do as well). A second title of one place (JSON-LD's alternativeHeadline) counts for less.
_VOTES: Final = {
    "json-ld": 2.0,
    "h1": 1.4,
    "og": 1.0,
    "microdata": 1.0,
    "meta": 0.3,
    "title": 0.3,
    "text": 0.1,
}
SECOND: Final = 0.6

#: Cuts of a window's title that are tried, and words of the shortest headline that markup other than <h1> shows.
MAX_CUTS: Final = 6
MIN_HEADLINE: Final = 4
_HEADLINE_MARKS: Final = frozenset(
    ("headline", "title", "entry-title", "post-title", "article-title", "article-headline", "story-title")
)

_MARK: Final = re.compile(r"(?:#{1,6}\s+|={2,}\s+|(?:title|headline)\s*:\s+)", re.IGNORECASE)
#: "*Transcript: ...*", "**Mayor ...**", "__...__": a whole line that is marked as emphasis.
_EMPHASIS: Final = re.compile(r"\A([*_]{1,3})([^*_\s][^*_]*[^*_\s])\1\Z")


def find_title_unit(
    page: Page, units: Units, signs: tuple[Sign | None, ...], scores: tuple[float, ...], known: Sequence[str]
) -> int | None:
    """The unit with the headline. known: the page's titles, stated outside its text."""
    likely = (i for i, score in enumerate(scores) if score >= IS_BODY and signs[i] is None)
    first = next(likely, None)
    stated = {words_of(title) for title in known} - {()}
    of_window = _in_window_title(page, units, stated, first) if units.is_html else None
    if of_window is not None:
        return of_window
    firsts = {words[0] for words in stated}
    same = [
        i for i, words in enumerate(units.words) if words and words[0] in firsts and _opens(words, stated)
    ]
    if same:
        near = [i for i in same if first is None or i <= first + 2]
        in_h1 = [i for i in near or same if "h1" in units.tags[i]]
        if in_h1:
            return in_h1[0]
        return near[-1] if near and units.is_html else (near or same)[0]
    if units.is_html:
        if first is None:
            return find_h1(units)
        above = range(first, -1, -1)
        h1 = next((i for i in above if "h1" in units.tags[i]), None)
        return h1 if h1 is not None else next((i for i in above[:NEAR] if _is_headed(units, i)), None)
    marked = _marked(units, first)
    return find_headline(units, signs, scores) if marked is None else marked


def _opens(words: tuple[str, ...], titles: set[tuple[str, ...]]) -> bool:
    """Whether the words are a title, or at least four with which one begins."""
    return words in titles or (len(words) >= 4 and any(title[: len(words)] == words for title in titles))


def _in_window_title(page: Page, units: Units, stated: set[tuple[str, ...]], first: int | None) -> int | None:
    """The unit that is what the window's title says beside the site's name, where nothing else states a headline."""
    cuts = {
        words
        for fact in facts_of(page, "title")
        if fact.where == "title"
        for cut in _cuts(fact.value)
        for words in map(words_of, cut)
    }
    if not cuts or not stated <= cuts:
        return None
    most = max(map(len, stated), default=3)
    end = len(units) if first is None else first + 3
    found = [i for i in range(min(end, len(units))) if len(units.words[i]) > most and units.words[i] in cuts]
    return max(found, key=lambda i: (len(units.words[i]), i), default=None)


def _cuts(title: str) -> Iterator[tuple[str, str]]:
    """The title in two, at every mark that may part a headline from the site's name."""
    for m in find_cuts(title)[:MAX_CUTS]:
        yield title[: m.start()].strip(), title[m.end() :].strip()


def _is_headed(units: Units, i: int) -> bool:
    """Whether the markup calls a unit a headline, if not by <h1>."""
    return (
        len(units.words[i]) >= MIN_HEADLINE
        and not units.links[i]
        and ("h2" in units.tags[i] or any(mark in _HEADLINE_MARKS for mark in units.marks[i][-3:]))
    )


def _marked(units: Units, first: int | None) -> int | None:
    """The line of a bare text that a mark calls its headline: "# ...", "Title: ..."."""
    end = len(units) if first is None else first + 1
    near = range(max(0, end - NEAR - 1), end)
    return next((i for i in near if _MARK.match(units.texts[i]) and len(units.words[i]) >= 2), None)


def find_titles(page: Page, units: Units, unit: int | None) -> tuple[Title, ...]:
    """Every title that the page carries, each place once."""
    places: list[tuple[str, str]] = []
    if page.given and page.given.title:
        places.append(("given", page.given.title))
    places += [(fact.where, " ".join(fact.value.split())) for fact in facts_of(page, "title")]
    titles = [Title(where, text) for where, text in dict.fromkeys(places)]
    if unit is not None:
        text = (
            _MARK.sub("", units.texts[unit], count=1) if _MARK.match(units.texts[unit]) else units.texts[unit]
        )
        titles.append(Title("text", _EMPHASIS.sub(r"\2", " ".join(text.split()))))
    return tuple(titles)


def pick_title(titles: Sequence[Title], site_names: Sequence[str], url: str | None) -> str | None:
    """The headline without the site's name: what most places agree on, the more trusted where none do."""
    host = host_of(url)
    names = [*site_names, host, host.removeprefix("www."), host.removeprefix("www.").split(".")[0]]
    folded = frozenset(letters_of(name) for name in names if name)
    shown = frozenset(letters_of(title.text) for title in titles if title.where == "text")
    cleaned = [
        (title.where, _part_shown(title, shown) or without_site(title.text, folded)) for title in titles
    ]
    letters = {text: letters_of(text) for _, text in cleaned}
    cleaned = [(where, text) for where, text in cleaned if text and letters[text] not in folded]
    given = next((text for where, text in cleaned if where == "given"), None)
    if given or not cleaned:
        return given or (titles[0].text if titles else None)
    votes: dict[str, dict[str, float]] = {}
    seen: set[str] = set()
    for where, text in cleaned:
        of_text = votes.setdefault(letters[text], {})
        vote = _VOTES.get(where, 0.0) * (SECOND if where in seen else 1.0)
        of_text[where] = max(vote, of_text.get(where, 0.0))
        seen.add(where)
    return max((text for _, text in cleaned), key=lambda text: sum(votes[letters[text]].values()))


def _part_shown(title: Title, shown: frozenset[str]) -> str | None:
    """The part of a window's title that stands on the page as its headline: the rest names the site, or a section."""
    if title.where != "title":
        return None
    parts = (part for cut in _cuts(title.text) for part in cut)
    return next((part for part in parts if letters_of(part) in shown), None)
