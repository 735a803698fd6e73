"""What stands around a bare text's article: headline among menus, bylines without "By", standfirsts, the paper's own name."""

from __future__ import annotations

import pytest
from tests.article.zoned import html_page, text_page, wrong_kinds, zoned

from onrecord.article import find_article
from onrecord.article.lines import cut_lines
from onrecord.types import Fact, When

pytestmark = pytest.mark.weights

BODY = (
    "The harbour master of Brennick resigned on Monday over the loss of the port's largest anchor, the board said.",
    "“I could no longer look the divers in the eye,” Jonas Pell told the harbour board in a letter on Monday night.",
    "The chairwoman of the board, Greta Lunde, said that she had accepted the letter with regret.",
)


@pytest.mark.parametrize(
    "head",
    [
        "title| Harbour master quits over lost anchor\nbyline| Tom Okafor\ndate| 12 October 2021",
        "title| Harbour master quits over lost anchor\nbyline| Tom Okafor 3 min read",
        "title| Harbour master quits over lost anchor\nbyline| By Tom Okafor in Brennick\ndate| 12 October 2021",
        "title| Harbour master quits over lost anchor\nbyline| by a staff reporter, Brennick, 12 October 2021",
        "title| Harbour master quits over lost anchor\nbyline| Tom Okafor in Brennick and Lena Moss · First published 12 October 2021",
        (
            "title| Harbour master quits over lost anchor\ndek| He could not look the divers in the eye any longer, he writes."
            "\nbyline| By Tom Okafor\ndate| 12 October 2021"
        ),
        "chrome| Home\nchrome| News\nchrome| Goat abstains from vote\ntitle| Harbour master quits over lost anchor\nbyline| By Tom Okafor",
    ],
)
def test_the_head_of_an_article(head: str) -> None:
    made = zoned(head + "\n\n" + "\n".join(f"body| {p}" for p in BODY))
    assert wrong_kinds(find_article(made.page), made.expected) == []


@pytest.mark.parametrize("line", ["World News", "Middle East", "Read Aloud"])
def test_a_section_beside_a_date_is_no_writer(line: str) -> None:
    article = find_article(text_page("\n".join(["Harbour master quits over lost anchor", line, *BODY])))
    assert article.authors == ()


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("by Tom Okafor Apr. 28, 2023 1:15 pm", ("Tom Okafor",)),
        ("By Tom Okafor | Lake News", ("Tom Okafor",)),
        ("Tom Okafor in Brennick and Lena Moss in Ferrow · 28 April 2023", ("Tom Okafor", "Lena Moss")),
        ("Lake Valley Herald, Friday 28 April 2023", ()),
        ("Interview by Tom Okafor", ("Tom Okafor",)),
    ],
)
def test_the_names_in_a_byline(byline: str, authors: tuple[str, ...]) -> None:
    text = "\n\n".join(["Harbour master quits over lost anchor", byline, *BODY])
    assert find_article(text_page(text)).authors == authors


def test_of_two_dates_the_one_beside_the_headline_is_the_articles() -> None:
    text = "\n\n".join(
        [
            "Goat abstains",
            "2 May 2019",
            "Tram strike",
            "3 May 2019",
            "Harbour master quits over lost anchor",
            "By Tom Okafor",
            "12 October 2021",
            *BODY,
        ]
    )
    when = find_article(text_page(text)).published
    assert isinstance(when, When)
    assert when.date == "2021-10-12"


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Published 1 May 2019 | Updated 3 May 2019", "2019-05-01", "2019-05-03"),
        ("Updated: 3 May 2019. Published: 1 May 2019", "2019-05-01", "2019-05-03"),
        ("1 May 2019, last updated 3 May 2019", "2019-05-01", "2019-05-03"),
    ],
)
def test_published_and_updated_on_one_line(line: str, published: str, modified: str) -> None:
    article = find_article(text_page("\n\n".join(["Harbour master quits over lost anchor", line, *BODY])))
    assert isinstance(article.published, When)
    assert isinstance(article.modified, When)
    assert (article.published.date, article.modified.date) == (published, modified)


def test_the_papers_name_over_a_text_is_its_publisher() -> None:
    text = "\n\n".join(["The Lake Ledger", "Harbour master quits over lost anchor", *BODY])
    assert find_article(text_page(text)).publisher == "The Lake Ledger"
    text = "\n\n".join(
        ["THE LAKE LEDGER  Page 2", "Harbour master quits over lost anchor", *BODY, "© The Lake Ledger"]
    )
    article = find_article(text_page(text))
    assert (article.publisher, article.credited_to) == ("The Lake Ledger", None)


@pytest.mark.parametrize(
    "window",
    [
        "Lake Herald: Harbour master quits over lost anchor",
        "Harbour master quits over lost anchor — Lake Herald — News",
    ],
)
def test_without_h1_the_windows_title_tells_which_line_is_the_headline(window: str) -> None:
    page = html_page(
        ("div p", "", "Farms"),
        ("div font", "", "Harbour master quits over lost anchor"),
        *(("div p", "", p) for p in BODY),
        facts=(Fact("title", window, "title"),),
    )
    assert find_article(page).title == "Harbour master quits over lost anchor"


def test_what_is_told_of_the_writer_is_not_the_articles() -> None:
    made = zoned(
        "title| Harbour master quits over lost anchor\n\nbyline| By Tom Okafor\n\n"
        + "\n\n".join(f"body| {p}" for p in BODY)
        + "\n\nchrome| Tom Okafor covers the harbours of the west for this paper and lives in Brennick."
    )
    assert wrong_kinds(find_article(made.page), made.expected) == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Mayor swims to work\nby a staff reporter", ["Mayor swims to work", "by a staff reporter"]),
        ("Front page\nFarms\n\nDeaths", ["Front page", "Farms", "Deaths"]),
        ("The sea, the sea,\nAnd then the sea", ["The sea, the sea,\nAnd then the sea"]),
        ("a line that\ngoes on here", ["a line that\ngoes on here"]),
        ("x" * 200 + "\nShort", ["x" * 200 + "\nShort"]),
    ],
)
def test_a_block_of_short_lines_is_cut_into_them(text: str, pieces: list[str]) -> None:
    starts, ends, _, _ = cut_lines(text, [0], [len(text)], [0], [0], [("html", "p")])
    assert [text[a:b] for a, b in zip(starts, ends, strict=True)] == pieces
    starts, ends, _, _ = cut_lines(text, [0], [len(text)], [0], [0], [("html", "h1")])
    assert list(zip(starts, ends, strict=True)) == [(0, len(text))]
