"""Page -> Article: the order of this room.

In: a Page. Out: an Article. Leaves to others: decoding and markup (`page`), who speaks (`attributions`).
"""

from __future__ import annotations

from onrecord.article.few import with_few
from onrecord.article.language import READ, find_language
from onrecord.article.mail import SUBJECT, mail_units
from onrecord.article.mastheads import find_masthead, is_own_credit
from onrecord.article.metadata import (
    facts_of,
    find_authors,
    find_credited,
    find_url,
    find_when,
    host_of,
    letters_of,
    publisher_in_appeals,
    publisher_of_address,
)
from onrecord.article.score import Weights, load_weights, score_units
from onrecord.article.signs import find_signs
from onrecord.article.titles import find_title_unit, find_titles, pick_title
from onrecord.article.turns import find_heading, with_turns
from onrecord.article.units import find_units, rows_of
from onrecord.article.zones import find_kinds, make_zones
from onrecord.types import Article, Page, ZoneKind

#: Paragraphs in whose words the article's language is read.
LANGUAGE_UNITS = 12


def find_article(page: Page, *, weights: Weights | None = None) -> Article:
    """The page with its zones and what it says of itself; never fails on an odd page.

    Body zones are interrupted, not overlapped, by the headings, captions, appeals and furniture
    between an article's paragraphs. weights: of the classifier; those that come with the program if None.
    """
    units = find_units(page)
    signs = find_signs(units)
    scored = with_few(units, signs, score_units(page.text, units, signs, weights or load_weights()))
    scores = with_turns(units, scored)
    is_transcript = scores is not scored
    stated = [f.value for f in facts_of(page, "title") if f.where != "title"]
    if page.given and page.given.title:
        stated.insert(0, page.given.title)
    mail = mail_units(page.text, units)
    stated.extend(SUBJECT.sub("", units.texts[i]) for i in sorted(mail) if SUBJECT.match(units.texts[i]))
    unit = find_title_unit(page, units, signs, scores, stated)
    if unit is None and is_transcript and not units.is_html:
        unit = find_heading(units, signs)
    kinds = find_kinds(units, signs, scores, unit, mail)
    zones = make_zones(page, units, kinds, scores)

    url = find_url(page, units, kinds)
    sites = [f.value.strip() for f in facts_of(page, "publisher")]
    publisher = _publisher(page, sites, url) or publisher_in_appeals(units, kinds)
    if publisher is None and url:
        publisher = publisher_of_address(url, page.text)
    publisher = publisher or find_masthead(units, unit)
    credited = find_credited(units, kinds, publisher)
    if publisher is None and credited and not units.is_html and is_own_credit(units, unit, credited):
        publisher, credited = credited, None
    titles = find_titles(page, units, unit)
    own = [units.texts[i] for i in rows_of(kinds, ZoneKind.BODY)[:LANGUAGE_UNITS]]
    stated_language = next((f.value for f in facts_of(page, "language")), None)
    language = find_language(" ".join(own) or page.text[:4000], stated=stated_language)
    return Article(
        page=page,
        zones=zones,
        title=pick_title(titles, [*sites, publisher or ""], url),
        titles=titles,
        authors=find_authors(page, units, kinds, [*sites, publisher or ""]),
        publisher=publisher,
        credited_to=credited,
        language=language,
        read_language=language in READ,
        url=url,
        published=find_when(page, "published", units, kinds, url=url),
        modified=find_when(page, "modified", units, kinds, url=url),
    )


def _publisher(page: Page, sites: list[str], url: str | None) -> str | None:
    """As given; else the stated name that the address bears out; else the first stated."""
    if page.given and page.given.publisher:
        return page.given.publisher
    host = letters_of(host_of(url))
    borne_out = (site for site in sites if host and letters_of(site).removeprefix("the") in host)
    return next(borne_out, sites[0] if sites else None)
