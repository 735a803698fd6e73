"""Whether "03/04/2024" is April or March, by what else the page shows.

In: a Page, its address, the time that has two readings. Out: the reading that something else on the page bears out: its
address, another date of the page that can be read in one way only, the region of its language, the country of its host.
Where these say nothing, or different things, the time stays as it is, with both readings.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from onrecord.article.lexicon import load_list
from onrecord.article.times import Time
from onrecord.types import Page

#: Characters of the page in which other dates are looked for.
MAX_CHARS = 200_000
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:19|20)\d\d(?!\d)")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=[/_-]|$)")
_COUNTRY = re.compile(r"^https?://[^/]+\.([a-z]{2})(?::\d+)?(?:/|$)", re.IGNORECASE)


def settled(time: Time, page: Page, url: str | None) -> Time:
    """The time with one reading, where something on the page tells which."""
    if time.other is None:
        return time
    votes = {
        vote for vote in (_of_address(time, url), _of_page(page), _of_region(page, url)) if vote is not None
    }
    if len(votes) != 1:
        return time
    if votes.pop():
        return replace(time, other=None)
    return replace(time, iso=time.other + time.iso[10:], other=None)


def _of_address(time: Time, url: str | None) -> bool | None:
    """True where the address has the day that comes of reading the day first, False for the month first."""
    m = _IN_ADDRESS.search(url) if url else None
    day = f"{m[1]}-{m[2]}-{m[3]}" if m else None
    return True if day == time.iso[:10] else False if day == time.other else None


def _of_page(page: Page) -> bool | None:
    """What the dates say in which one of the numbers is no month."""
    stated = " ".join(fact.value for fact in page.facts if fact.key in ("published", "modified"))
    orders = set()
    for text in (page.text[:MAX_CHARS], stated):
        for m in _SLASHED.finditer(text):
            first, second = int(m[1]), int(m[2])
            if first > 12 >= second:
                orders.add(True)
            elif second > 12 >= first:
                orders.add(False)
    return orders.pop() if len(orders) == 1 else None


def _of_region(page: Page, url: str | None) -> bool | None:
    """What is usual where the page says that it is from: "en-US", a host that ends in ".uk"."""
    regions = {
        part.lower()
        for fact in page.facts
        if fact.key == "language"
        for part in re.split(r"[-_]", fact.value.strip())[1:2]
    }
    country = _COUNTRY.match(url) if url else None
    if country:
        regions.add(country[1].lower())
    orders = {_regions()[region] for region in regions if region in _regions()}
    return orders.pop() if len(orders) == 1 else None


@cache
def _regions() -> dict[str, bool]:
    """Region -> whether the day stands first there."""
    return {name: order == "day" for name, order in (item.split() for item in load_list("date_orders"))}
