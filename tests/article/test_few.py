"""A bare text of a few paragraphs is its own article."""

from __future__ import annotations

import pytest

from onrecord.article import find_article
from onrecord.page import parse_page
from onrecord.types import Article, Origin, RawPage, ZoneKind


def read(text: str) -> Article:
    raw = RawPage("x", text.encode(), "0", "text/plain", Origin(path="x.txt"))
    page = parse_page(raw)
    assert not hasattr(page, "reason")
    return find_article(page)


def bodies(text: str) -> list[str]:
    return [text[z.span.start : z.span.end] for z in read(text).zones if z.kind is ZoneKind.BODY]


@pytest.mark.parametrize(
    "body",
    [
        "Ana Ruiz said it held.",
        "Ana Ruiz runs the port. “It will hold,” she said, adding that Tom Webb had said it leaks.",
        "“Nobody asked the valley,” said Rafe Morrow.",
    ],
)
def test_sentences_alone_are_an_article(body: str) -> None:
    assert bodies(body) == [body]


def test_a_line_above_them_is_the_title() -> None:
    article = read("Dam holds\n\nAna Ruiz runs the port. “It will hold,” she said.")
    assert article.title == "Dam holds"


@pytest.mark.parametrize("text", ["Home\nNews\nSport", "Share this"])
def test_furniture_alone_is_none(text: str) -> None:
    assert bodies(text) == []
