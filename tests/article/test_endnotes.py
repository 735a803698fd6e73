"""Under a press release's end stands nothing of the article's; under a heading inside an article, everything."""

from __future__ import annotations

import pytest
from tests.article.zoned import text_page

from onrecord.article import find_article
from onrecord.article.lexicon import load_list
from onrecord.types import ZoneKind

pytestmark = pytest.mark.weights

RELEASE = """Orlo Shipyard wins order for three ferries

ORLO, 4 March 2025 – The shipyard at Orlo will build three ferries for the Lunt Islands, its owners said today.

"This keeps four hundred people at work until the spring of 2028," said Maren Holt, the yard's director.

The first of the ships is to be launched next summer, and will replace a vessel that has sailed since 1981.

The order is worth 84 million crowns, of which the islands' council pays a third.

{}

{}"""
NOTES = """The Orlo Shipyard was founded in 1904 and has built more than two hundred ships for the northern coast.

Photographs of the yard are available on request from its press office, which is open on weekdays from nine."""


def body_of(text: str) -> str:
    article = find_article(text_page(text))
    return "\n".join(
        article.page.text[z.span.start : z.span.end] for z in article.zones if z.kind is ZoneKind.BODY
    )


@pytest.mark.parametrize(
    "mark", [*load_list("end_marks"), "-ENDS-", "Notes to editors:", "About Orlo Shipyard"]
)
def test_what_stands_under_the_end_is_not_the_article(mark: str) -> None:
    body = body_of(RELEASE.format(mark.capitalize() if mark.islower() else mark, NOTES))
    assert "islands' council" in body
    assert "1904" not in body
    assert "on request" not in body


@pytest.mark.parametrize("heading", ["About the money", "What comes next", "End of an era on the quay"])
def test_a_heading_inside_ends_nothing(heading: str) -> None:
    assert "1904" in body_of(RELEASE.format(heading, NOTES))


def test_a_chapter_about_somebody_who_is_quoted_is_the_article() -> None:
    spoken = (
        'The yard has built two hundred ships since 1904. "We shall build more," said Maren Holt on the quay.'
    )
    assert "1904" in body_of(RELEASE.format("About Orlo Shipyard", spoken))
