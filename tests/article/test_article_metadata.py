"""Titles, names and times out of what a page states and shows."""

import pytest
from tests.article.zoned import html_page, text_page

from onrecord.article import find_article
from onrecord.article.metadata import clean_authors, letters_of, publisher_of_address, without_site
from onrecord.types import (
    Article,
    AuthorityEvidence,
    ByteEvidence,
    ByteSpan,
    Fact,
    Given,
    Precision,
    TextEvidence,
    Unresolved,
    When,
)

BODY = "The ferry of Brennick will sail again on Monday, its owners said, after the strike that cost them dearly."


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("By Ana Ruiz", ("Ana Ruiz",)),
        ("Ana Ruiz, Tom Okafor and Lena Moss", ("Ana Ruiz", "Tom Okafor", "Lena Moss")),
        ("Ana Ruiz, Staff Writer", ("Ana Ruiz",)),
        ("Ana Ruiz | Political Correspondent", ("Ana Ruiz",)),
        ("https://courier.example/ana", ()),
        ("@anaruiz", ()),
        ("Brennick News Agency", ("Brennick News Agency",)),
        ("Ana Ruiz (Courier)", ("Ana Ruiz",)),
    ],
)
def test_names_of_authors(value: str, names: tuple[str, ...]) -> None:
    assert clean_authors([value]) == names


def test_a_name_is_told_once() -> None:
    assert clean_authors(["Ana Ruiz", "ANA RUIZ"]) == ("Ana Ruiz",)


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("Ferry Sails Again | The Harbour Courier", "Ferry Sails Again"),
        ("Ferry Sails Again - The Harbour Courier", "Ferry Sails Again"),
        ("The Harbour Courier: Ferry Sails Again", "Ferry Sails Again"),
        ("The Harbour Courier | Ferry Sails Again", "Ferry Sails Again"),
        ("Strike – what now?", "Strike – what now?"),
    ],
)
def test_the_sites_name_is_no_part_of_the_headline(title: str, cleaned: str) -> None:
    assert without_site(title, frozenset([letters_of("The Harbour Courier")])) == cleaned


@pytest.mark.parametrize(
    ("url", "text", "name"),
    [
        ("https://www.theharbourcourier.com/2019/03/x", "In the Harbour, a Courier", "The Harbour Courier"),
        ("https://dailyherald.co.uk/x", "", "Daily Herald"),
        ("https://brennicktimes.com/x", "The town of Brennick", "Brennick Times"),
        ("https://xqzt.com/x", "", None),
        ("https://localhost/x", "", None),
    ],
)
def test_a_paper_is_known_by_its_address(url: str, text: str, name: str | None) -> None:
    assert publisher_of_address(url, text) == name


def stated(*facts: tuple[str, str, str]) -> Article:
    """A page that states these (key, value, where) of itself."""
    made = tuple(Fact(key, value, where, ByteSpan(i, i + 1)) for i, (key, value, where) in enumerate(facts))
    page = html_page(("article h1", "", "Ferry Sails Again"), ("article p", "story", BODY), facts=made)
    return find_article(page)


@pytest.mark.weights
class TestStated:
    def test_json_ld_tells_the_time_before_meta(self) -> None:
        article = stated(
            ("published", "2019-03-04", "meta"), ("published", "2019-03-03T22:05:00-05:00", "json-ld")
        )
        assert article.published == When(
            "2019-03-03T22:05:00-05:00", Precision.TIME, ByteEvidence(ByteSpan(1, 2), "json-ld")
        )

    def test_two_days_from_one_place_stay_open(self) -> None:
        article = stated(("published", "2019-03-03", "json-ld"), ("published", "2019-05-09", "json-ld"))
        assert isinstance(article.published, Unresolved)
        assert article.published.candidates == ("2019-03-03", "2019-05-09")

    def test_another_place_settles_two_days(self) -> None:
        article = stated(
            ("published", "2019-03-03", "json-ld"),
            ("published", "2019-05-09", "json-ld"),
            ("published", "2019-05-09T10:00:00Z", "meta"),
        )
        assert isinstance(article.published, When)
        assert article.published.date == "2019-05-09"

    def test_the_headline_is_what_most_places_say(self) -> None:
        article = stated(
            ("title", "Ferry: all you must know", "json-ld"),
            ("title", "Ferry Sails Again", "h1"),
            ("title", "Ferry Sails Again", "og"),
            ("title", "Ferry Sails Again | The Harbour Courier", "title"),
            ("publisher", "The Harbour Courier", "og"),
        )
        assert article.title == "Ferry Sails Again"
        assert {t.where for t in article.titles} == {"json-ld", "h1", "og", "title", "text"}

    def test_people_come_before_the_sites_own_name(self) -> None:
        article = stated(
            ("author", "The Harbour Courier", "json-ld"),
            ("author", "Ana Ruiz", "meta"),
            ("publisher", "The Harbour Courier", "json-ld"),
        )
        assert article.authors == ("Ana Ruiz",)
        assert article.publisher == "The Harbour Courier"

    def test_the_address_is_the_canonical_one(self) -> None:
        article = stated(
            ("url", "https://courier.example/amp/ferry", "og"),
            ("url", "https://courier.example/ferry", "link"),
        )
        assert article.url == "https://courier.example/ferry"


@pytest.mark.weights
class TestShown:
    def test_date_and_byline_of_a_text(self) -> None:
        text = f"Ferry Sails Again\n\nBy Ana Ruiz and Tom Okafor\n\nMarch 3, 2019\n\n{BODY}\n\n{BODY}"
        article = find_article(text_page(text))
        assert article.authors == ("Ana Ruiz", "Tom Okafor")
        assert isinstance(article.published, When)
        assert isinstance(article.published.evidence, TextEvidence)
        span = article.published.evidence.span
        assert text[span.start : span.end] == "March 3, 2019"

    def test_no_date_is_none(self) -> None:
        assert find_article(text_page(f"Ferry Sails Again\n\n{BODY}\n\n{BODY}")).published is None

    def test_a_repost_credits_the_paper_and_has_no_publisher(self) -> None:
        article = find_article(text_page(f"Ferry Sails Again\n\n{BODY}\n\n{BODY}\n\n(c) The Harbour Courier"))
        assert (article.publisher, article.credited_to) == (None, "The Harbour Courier")

    def test_the_agency_of_a_dateline_is_credited(self) -> None:
        article = find_article(text_page(f"Ferry Sails Again\n\nBRENNICK (Reuters) - {BODY}\n\n{BODY}"))
        assert article.credited_to == "Reuters"

    def test_a_corpus_line_is_believed_first(self) -> None:
        given = Given(
            "Another Title", "https://courier.example/x", "The Courier", "2019-03-03", ("Ana Ruiz",)
        )
        article = find_article(text_page(f"Ferry Sails Again\n\n{BODY}\n\n{BODY}", given=given))
        assert (article.title, article.publisher, article.authors) == (
            "Another Title",
            "The Courier",
            ("Ana Ruiz",),
        )
        assert article.published == When("2019-03-03", Precision.DAY, AuthorityEvidence("given"))

    def test_language(self) -> None:
        english = find_article(text_page(f"Ferry Sails Again\n\n{BODY}"))
        assert (english.language, english.read_language) == ("en", True)
        german = "Die Fähre von Brennick fährt am Montag wieder, teilten die Eigentümer nach dem Streik mit."
        other = find_article(text_page(f"Die Fähre fährt wieder\n\n{german}\n\n{german}"))
        assert (other.language, other.read_language) == ("de", False)


def test_an_address_that_is_none_is_no_reason_to_fail() -> None:
    facts = (("url", "http://[broken", "link"), ("title", "Ferry Sails Again", "og"))
    assert stated(*facts).title == "Ferry Sails Again"


def test_a_dates_evidence_is_the_date_where_a_stray_glyph_stands_before_it() -> None:
    text = "Ferry of Brennick sails again\n\n☒ July 9, 2014\n\n" + "\n\n".join([BODY] * 4)
    published = find_article(text_page(text)).published
    assert isinstance(published, When)
    assert isinstance(published.evidence, TextEvidence)
    span = published.evidence.span
    assert text[span.start : span.end] == "July 9, 2014"
