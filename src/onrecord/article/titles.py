"""Which unit carries the headline, and which of a page's titles is shown.

In: a Page, its units and signs. Out: a unit's number; the titles with where they stand; one of them.
Leaves to others: zones and the rest of the metadata.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from onrecord.article.lexicon import load_words, words_of
from onrecord.article.metadata import facts_of, letters_of, without_site
from onrecord.article.score import IS_BODY
from onrecord.article.signs import Sign
from onrecord.article.units import Units
from onrecord.types import Page, Title

#: How far above the first paragraph a headline without markup may stand, in units.
NEAR = 25

#: How much each place's title counts when places disagree (217 pages with known headlines: any weights in
#: this order do as well). A second title of one place (JSON-LD's alternativeHeadline) counts for less.
_VOTES = {"json-ld": 2.0, "h1": 1.4, "og": 1.0, "microdata": 1.0, "meta": 0.3, "title": 0.3, "text": 0.1}
SECOND = 0.6

_SMALL = frozenset(["of", "the", "and", "&", "for", "in"])
_CRUMBS = re.compile(r"\s[>»›/]\s")
_MARK = re.compile(r"(?:#{1,6}\s+|={2,}\s+|(?:title|headline)\s*:\s+)", re.IGNORECASE)


def find_title_unit(
    page: Page, units: Units, signs: Sequence[Sign | None], scores: Sequence[float], known: Sequence[str]
) -> int | None:
    """The unit with the headline. known: the page's titles, stated outside its text."""
    likely = (i for i, score in enumerate(scores) if score >= IS_BODY and signs[i] is None)
    first = next(likely, None)
    stated = {words_of(title) for title in known} - {()}
    beginnings = stated | {words[:n] for words in stated for n in range(4, len(words))}
    same = [i for i, words in enumerate(units.words) if words in beginnings]
    if same:
        near = [i for i in same if first is None or i <= first + 2]
        in_h1 = [i for i in near or same if "h1" in units.tags[i]]
        if in_h1:
            return in_h1[0]
        return near[-1] if near and units.is_html else (near or same)[0]
    if units.is_html:
        if first is None:
            return next((i for i, tags in enumerate(units.tags) if "h1" in tags), None)
        return next((i for i in range(first, -1, -1) if "h1" in units.tags[i]), None)
    return _title_line(units, signs, scores, first)


def _title_line(
    units: Units, signs: Sequence[Sign | None], scores: Sequence[float], first: int | None
) -> int | None:
    """The line of a bare text that looks most like its headline; of two such lines together, the upper."""
    end = min(len(units), len(units) if first is None else first + 1)
    best, best_score = None, 0.0
    for i in range(max(0, end - NEAR - 1), end):
        if _MARK.match(units.texts[i]) and len(units.words[i]) >= 2:
            return i
        if not _may_be_title(units, signs, i):
            continue
        n = len(units.words[i])
        followed = any(s in (Sign.BYLINE, Sign.DATE) for s in signs[i + 1 : i + 5])
        alone = i == 0 or units.gaps[i] > 0 or i + 1 == len(units) or units.gaps[i + 1] > 0
        score = min(n, 9) / 9 + 0.4 * followed + 0.2 * (i == 0) - 0.04 * (end - 1 - i)
        score -= (
            (0.25 if n <= 20 else 0.7) * (i == first)
            + 0.5 * (not alone)
            + 0.2 * (units.indents[i] > 3)
            + 0.3 * ("9" in units.words[i][:3])
            + 0.7 * _is_masthead(units.texts[i])
        )
        if best == i - 1 and best_score > 0.3 and score < best_score + 0.5 and i != first:
            continue
        if score > best_score:
            best, best_score = i, score
    return best


def _may_be_title(units: Units, signs: Sequence[Sign | None], i: int) -> bool:
    text, n = units.texts[i], len(units.words[i])
    if signs[i] is not None or units.bullets[i] or not 2 <= n <= 40 or len(text) > 250:
        return False
    return (text[-1] not in ".:;," or text.endswith("...")) and not _CRUMBS.search(text)


def _is_masthead(text: str) -> bool:
    """Whether a line is a paper's own name over its article: "The Harbour Observer"."""
    words = text.split()
    return (
        2 <= len(words) <= 5
        and all(w[:1].isupper() or w in _SMALL for w in words)
        and words[-1].lower() in load_words("paper_words")
    )


def find_titles(page: Page, units: Units, unit: int | None) -> tuple[Title, ...]:
    """Every title that the page carries, each place once."""
    titles: list[Title] = []
    if page.given and page.given.title:
        titles.append(Title("given", page.given.title))
    for fact in facts_of(page, "title"):
        title = Title(fact.where, " ".join(fact.value.split()))
        if title not in titles:
            titles.append(title)
    if unit is not None:
        text = (
            _MARK.sub("", units.texts[unit], count=1) if _MARK.match(units.texts[unit]) else units.texts[unit]
        )
        titles.append(Title("text", " ".join(text.split())))
    return tuple(titles)


def pick_title(titles: Sequence[Title], site_names: Sequence[str], url: str | None) -> str | None:
    """The headline without the site's name: what most places agree on, the more trusted where none do."""
    host = (urlsplit(url).hostname or "") if url else ""
    names = [*site_names, host, host.removeprefix("www."), host.removeprefix("www.").split(".")[0]]
    folded = frozenset(letters_of(name) for name in names if name)
    cleaned = [(title.where, without_site(title.text, folded)) for title in titles]
    cleaned = [(where, text) for where, text in cleaned if text and letters_of(text) not in folded]
    given = next((text for where, text in cleaned if where == "given"), None)
    if given or not cleaned:
        return given or (titles[0].text if titles else None)
    votes: dict[str, dict[str, float]] = {}
    seen: set[str] = set()
    for where, text in cleaned:
        of_text = votes.setdefault(letters_of(text), {})
        vote = _VOTES.get(where, 0.0) * (SECOND if where in seen else 1.0)
        of_text[where] = max(vote, of_text.get(where, 0.0))
        seen.add(where)
    return max((text for _, text in cleaned), key=lambda text: sum(votes[letters_of(text)].values()))
