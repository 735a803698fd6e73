"""The day in a dateline, and what a transcript's heading is and is not."""

from __future__ import annotations

import pytest
from tests.article.zoned import text_page

from onrecord.article import find_article
from onrecord.article.datelines import time_in_dateline
from onrecord.types import Article, Span, TextEvidence, When

pytestmark = pytest.mark.weights

STATEMENT = (
    "Gannet Ferries today announced that Olga Stroud will be its head of safety from 1 July.",
    "“Nobody will sail before the doors are shut,” said Pia Holm, who has run the company since 2019.",
    "Stroud comes from the harbour office. “There is a good deal to mend,” she said, “and I will begin with the doors.”",
)
TRANSCRIPT = (
    "ANA RUIZ, HOST: Welcome back. Minister, you closed this bridge twice.",
    "MIN. ODO FARR: I did, and I would close it again.",
    "RUIZ: The mayor calls that, quote, an odd way to cross a river.",
    "FARR: She said that? She told me last week that she liked it closed.",
)


def read(*paragraphs: str) -> Article:
    return find_article(text_page("\n\n".join(paragraphs) + "\n"))


def words_of_day(article: Article) -> str | None:
    """The characters that the day was read from."""
    when = article.published
    if when is None:
        return None
    assert isinstance(when, When)
    assert isinstance(when.evidence, TextEvidence)
    span: Span = when.evidence.span
    return article.page.text[span.start : span.end]


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("BRENNICK, 2 June 2026 – ", "2 June 2026"),
        ("LOWER SARN, May 3, 2026 (Tide Wire) -- ", "May 3, 2026"),
        ("(BRENNICK – June 2, 2026) ", "June 2, 2026"),
        ("Brennick, Lunt, June 2, 2026 /TideWire/ -- ", "June 2, 2026"),
        ("2 June 2026, Brennick – ", "2 June 2026"),
        ("Brennick, Tuesday, 2 June 2026: ", "2 June 2026"),
        ("BRENNICK, Lunt--(TIDE WIRE)--June 2, 2026--", "June 2, 2026"),
    ],
)
def test_a_dateline_with_a_whole_date_is_the_day(dateline: str, day: str) -> None:
    first, *others = STATEMENT
    article = read("FOR IMMEDIATE RELEASE\nGannet Ferries names a head of safety", dateline + first, *others)
    assert words_of_day(article) == day
    assert article.title == "Gannet Ferries names a head of safety"


@pytest.mark.parametrize(
    "opening",
    [
        "BRENNICK, Feb. 9 (Tide Wire) — The weir",  # no year
        "On 2 June 2026, the weir",
        "June 2, 2026 – The weir",  # no place: a chronicle's entry
        "By June 2026 – or so the keeper says – the weir",
        "The keeper, who came on 2 June 2026 – a Tuesday – mended the weir",
        "BRENNICK, 31 June 2026 – The weir",
    ],
)
def test_what_is_no_dateline(opening: str) -> None:
    assert time_in_dateline(opening + " was opened again, its keeper said.") is None


def test_a_line_with_a_date_beside_the_headline_is_believed_before_the_dateline() -> None:
    first, *others = STATEMENT
    article = read(
        "Gannet Ferries names a head of safety\n\n4 June 2026", "BRENNICK, 2 June 2026 – " + first, *others
    )
    assert words_of_day(article) == "4 June 2026"


def test_many_datelines_with_different_days_are_a_chronicle() -> None:
    days = ("2 June 2026", "3 June 2026", "5 June 2026")
    entries = (f"Brennick, {day} – {words}" for day, words in zip(days, STATEMENT, strict=True))
    assert read("How Gannet Ferries found its head of safety", *entries).published is None


@pytest.mark.parametrize(
    "heading",
    [
        "Table at Noon, 12 April 2026 — full transcript",
        "Table at Noon, 12 April 2026",
        "TABLE AT NOON - RUSH TRANSCRIPT\nAired April 12, 2026",
        "The Harbour Hour | 12 April 2026 | transcript",
    ],
)
def test_a_programme_is_no_author(heading: str) -> None:
    article = read(heading, *TRANSCRIPT)
    assert article.authors == ()
    assert article.title == heading.partition("\n")[0]
    assert words_of_day(article) in ("12 April 2026", "April 12, 2026")


def test_who_wrote_a_transcript_down_is_its_author() -> None:
    article = read(
        "Transcript of the minister's talk with Ana Ruiz\n\nBy Joan Teviot\n\n12 April 2026", *TRANSCRIPT
    )
    assert article.authors == ("Joan Teviot",)


def test_a_name_and_a_date_beside_other_words_are_no_author() -> None:
    article = read(
        "Head of safety for the ferries\n\nEvening Table, 12 April 2026 – text of the talk", *STATEMENT
    )
    assert article.authors == ()
    own = read("Head of safety for the ferries\n\nJoan Teviot, 12 April 2026 – 4 min read", *STATEMENT)
    assert own.authors == ("Joan Teviot",)
