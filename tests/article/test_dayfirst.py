"""A date in figures that has two readings is settled by what else the page shows, or stays open."""

from __future__ import annotations

import pytest
from tests.article.zoned import text_page

from onrecord.article import find_article
from onrecord.types import Fact, Unresolved, When

pytestmark = pytest.mark.weights

BODY = "The ferry sails again from Monday, the harbour office said, and it will sail on every day but Sunday."
MORE = "It had been out of service since a winter storm broke its landing stage, which the town has now repaired."


def published(*facts: tuple[str, str, str], under: str = "") -> When | Unresolved | None:
    text = f"Ferry sails again from Brennick\n\nBy Ana Ruiz\n\nPublished 03/04/2024\n\n{BODY}\n\n{MORE}\n\n{under}"
    return find_article(text_page(text, facts=tuple(Fact(*fact) for fact in facts))).published


@pytest.mark.parametrize(
    ("facts", "under", "day"),
    [
        ([("language", "en-GB", "html")], "", "2024-04-03"),
        ([("language", "en-US", "html")], "", "2024-03-04"),
        ([("url", "https://echo.example.co.uk/a", "link")], "", "2024-04-03"),
        ([("url", "https://echo.example/2024/03/04/ferry", "link")], "", "2024-03-04"),
        ([], "Printed 28/03/2024", "2024-04-03"),
        ([], "Printed 03/28/2024", "2024-03-04"),
    ],
)
def test_something_else_on_the_page_tells(facts: list[tuple[str, str, str]], under: str, day: str) -> None:
    when = published(*facts, under=under)
    assert isinstance(when, When)
    assert when.date == day


@pytest.mark.parametrize(
    ("facts", "under"),
    [
        ([], ""),
        ([("language", "en", "html")], ""),
        ([("language", "en-US", "html")], "Printed 28/03/2024"),
        ([], "Printed 28/03/2024 and 03/28/2024"),
    ],
)
def test_without_a_witness_or_with_two_it_stays_open(facts: list[tuple[str, str, str]], under: str) -> None:
    when = published(*facts, under=under)
    assert isinstance(when, Unresolved)
    assert when.candidates == ("2024-04-03", "2024-03-04")
