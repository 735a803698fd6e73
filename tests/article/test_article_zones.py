"""Whole pages of bare text and of blocks: which line is what."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.article.zoned import html_page, kinds_of, text_page, wrong_kinds, zoned

from onrecord.article import find_article
from onrecord.types import ARTICLE_ZONES, Given, ZoneKind

pytestmark = pytest.mark.weights

COPY = """
    appeal| Support The Harbour Courier!

    title| Mayor Vows to Keep Brennick Ferry Afloat Despite Losses

    caption| Mayor Ana Ruiz speaks to dockers and ferrymen outside the customs house in Brennick.

    body| Mayor Ana Ruiz said Tuesday that the town would keep its ferry running, whatever the council decided about money.

    body| "We will not let it sink," Ruiz said at a meeting with representatives of the dockers.

    body| The ferry has lost passengers since the bridge at Olm was opened in the spring.

    heading| Olm is not amused

    body| The council of Olm said in a statement that the bridge had been asked for by "everybody on both banks."

    body| It is due to meet the mayor on Friday.

    appeal| We, the reporters of The Harbour Courier, need your help to keep our newsroom open in hard times like these.

    appeal| Your support, however small, matters to us. Please donate monthly if you can. Thank you for reading our reporting.

    appeal| Not ready to give today?
    appeal| Remind me later.

    appeal| Read more
"""

REPOST = """
    title| Brennick Council Votes to Close the Old Quay

    body| The council of Brennick voted on Wednesday to close the old quay, ending a quarrel of eleven years.

    body| “It was unsafe in my father's time,” said Tom Okafor, who leads the council, after the vote.

    body| The harbour master, who had fought the plan, did not come to the meeting and did not answer calls.

    body| Work is to begin in the autumn and will cost the town about four million crowns.

    credit| (c) The Harbour Courier


      comments| 1. “It was unsafe in my father's time,”

        comments| So why did it take your council eleven years, Mr Okafor?

        comments| Liked by 4 people

        comments| • Because nobody wanted to pay, that is why!

      comments| 2. I learned to swim at that quay. They will regret it.


    chrome| Leave a Reply

    chrome| Fill in your details below or click an icon to log in:

    chrome| You are commenting using your account.
"""

DATED = """
    # Ferry Strike Ends After Nine Days

    date| March 03, 2019

    body| The strike of the ferrymen of Brennick ended on Sunday after nine days, both sides said.

    body| "We got what we came for," said Lena Moss, who speaks for the ferrymen.

    body| The owners said that they had given nothing away which they had not offered in January.

    link| Original url:

    link| <https://www.harbourcourier.example/2019/03/03/ferry-strike-ends>
"""


@pytest.mark.parametrize("notation", [COPY, REPOST, DATED], ids=["copy", "repost", "dated"])
def test_bare_text(notation: str) -> None:
    case = zoned(notation)
    assert wrong_kinds(find_article(case.page), case.expected) == []


def test_a_line_that_ends_with_who_took_the_picture_is_its_caption() -> None:
    line = "Mayor Ana Ruiz speaks to dockers on Tuesday. Photo: Tom Okafor/The Harbour Courier"
    body = [row.split("| ", 1)[1] for row in COPY.split("\n") if row.strip().startswith("body| ")]
    article = find_article(text_page("\n\n".join(["Mayor Vows to Keep Brennick Ferry", line, *body])))
    text = article.page.text
    captions = [text[z.span.start : z.span.end] for z in article.zones if z.kind is ZoneKind.CAPTION]
    assert captions == [line]


def test_title_leaves_its_mark_outside() -> None:
    article = find_article(zoned(DATED).page)
    title = next(z for z in article.zones if z.kind is ZoneKind.TITLE)
    assert article.page.text[title.span.start : title.span.end] == "Ferry Strike Ends After Nine Days"
    assert article.title == "Ferry Strike Ends After Nine Days"


def test_comments_and_appeals_are_never_the_article() -> None:
    for notation, secret in ((REPOST, "Mr Okafor?"), (COPY, "Please donate")):
        article = find_article(zoned(notation).page)
        at = article.page.text.index(secret)
        assert not [z for z in article.zones if z.kind in ARTICLE_ZONES and z.span.start <= at < z.span.end]


def test_given_title_is_found_in_the_text() -> None:
    page = text_page(
        "Ferry Strike Ends After Nine Days.\n\nThe strike of the ferrymen ended on Sunday, both sides said.\n\n"
        "“We got what we came for,” said Lena Moss, who speaks for them.",
        given=Given(
            title="Ferry Strike Ends After Nine Days", publisher="The Harbour Courier", date="2019-03-03"
        ),
    )
    article = find_article(page)
    assert kinds_of(article)[0] == ("title", "Ferry Strike Ends After Nine Days.")
    assert {kind for kind, _ in kinds_of(article)[1:]} == {"body"}
    assert (article.publisher, article.title) == ("The Harbour Courier", "Ferry Strike Ends After Nine Days")


P = "main article div p"


def story(*extra: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    """The blocks of an article, with others put in after its second paragraph."""
    return [
        ("nav ul li a", "menu nav-item", "Home"),
        ("nav ul li a", "menu nav-item", "Harbour"),
        ("main article h1", "story headline", "Ferry Strike Ends After Nine Days"),
        ("main article div p", "story byline", "By Ana Ruiz"),
        (
            P,
            "story story-body",
            "The strike of the ferrymen of Brennick ended on Sunday after nine days, both sides said.",
        ),
        (
            P,
            "story story-body",
            "“We got what we came for,” said Lena Moss, who speaks for the ferrymen, on the quay.",
        ),
        *extra,
        (
            P,
            "story story-body",
            "The owners said that they had given nothing away which they had not offered in January.",
        ),
        (
            P,
            "story story-body",
            "Trade on both banks of the river had come to a halt, the chamber of commerce said.",
        ),
        (P, "story story-body", "The first boat left at six in the morning with three passengers and a dog."),
        ("footer div p", "site-footer legal", "All rights reserved by the Courier."),
        ("footer ul li a", "site-footer links", "Privacy policy"),
    ]


def test_blocks_of_a_page() -> None:
    kinds = kinds_of(find_article(html_page(*story())))
    assert [kind for kind, _ in kinds] == ["chrome"] * 2 + ["title", "byline"] + ["body"] * 5 + ["chrome"] * 2


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (("main article div h2", "story story-body", "What the owners say"), "heading"),
        (
            ("main article figure figcaption", "story caption", "Lena Moss greets ferrymen on the quay."),
            "caption",
        ),
        (("main article div p", "story story-body", "Read more: The bridge nobody wanted"), "chrome"),
        (("main article div div p", "story newsletter-signup", "Sign up for our newsletter"), "appeal"),
        (("main article div p", "story story-body", "She added:"), "body"),
        (
            ("main article div ul li", "story story-body", "The fares stay as they were for two years;"),
            "body",
        ),
    ],
)
def test_what_interrupts_the_article(block: tuple[str, str, str], kind: str) -> None:
    kinds = {line: k for k, line in kinds_of(find_article(html_page(*story(block))))}
    assert kinds[block[2]] == kind


def test_same_page_same_answer_whatever_came_before() -> None:
    page = zoned(COPY).page
    first = find_article(page)
    find_article(zoned(REPOST).page)
    assert find_article(page) == first


TAGS = st.sampled_from(
    ["div p", "ul li a", "article h1", "article div p", "footer p", "figure figcaption", "div"]
)
WORDS = st.text(alphabet=st.sampled_from(list("abc ABC.!?:“”’|19©\n•")), min_size=1, max_size=120).filter(
    lambda s: bool(s.strip()) and s == s.strip()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TAGS, st.sampled_from(["", "story", "menu nav", "comments"]), WORDS), max_size=12))
def test_zones_lie_in_the_text_in_order(blocks: list[tuple[str, str, str]]) -> None:
    for page in (html_page(*blocks), text_page("\n".join(words for _, _, words in blocks))):
        end = 0
        for zone in find_article(page).zones:
            assert end <= zone.span.start < zone.span.end <= len(page.text)
            assert 0 <= zone.score <= 1
            end = zone.span.end


def test_empty_text_has_no_zones() -> None:
    article = find_article(text_page(""))
    assert (article.zones, article.title, article.published) == ((), None, None)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "“" * 100_000,
        "Read more\n" * 20_000,
        "by A B, " * 20_000,
        "1. x\n" * 20_000,
        "| " * 60_000,
    ],
    ids=["word", "marks", "buttons", "names", "list", "bars"],
)
def test_odd_text_is_read_in_bounded_time(text: str) -> None:
    article = find_article(text_page(text))
    assert all(z.span.end <= len(text) for z in article.zones)


BLOG = """
    chrome| Skip to content

    chrome| Home > World > Straits

    title| Lark says neighbours must 'come to their senses'

    byline| By Ana Ruiz and Tom Okafor

    date| Friday, 5 December 2014, Brennick

    body| Ivo Lark, the president, called the neighbouring governments "children who play with matches" on Friday.

    body| He was speaking at a forum of shipowners in Brennick that was carried live by all channels.

    chrome| Advertisement

    body| "They will burn their fingers," he said. "And then they will come to us for water."

    chrome| Related: What the straits are worth

    body| A spokesman for the government of Olm declined to comment on what the president had said.

    credit| Reporting by Ana Ruiz; Editing by Tom Okafor

    comments| 2 comments:

    comments| Rita K. says:
    comments| He is right, you know. They are children.

    comments| Tom says:
    comments| Who pays you?

    chrome| Post a Comment

    chrome| Newer Post Older Post Home
"""


def test_a_blog_that_lost_its_html() -> None:
    case = zoned(BLOG)
    article = find_article(case.page)
    assert wrong_kinds(article, case.expected) == []
    assert article.authors == ("Ana Ruiz", "Tom Okafor")


def test_comments_of_a_page_are_known_by_their_class() -> None:
    remark = (
        "main div ol li div p",
        "commentlist comment-body",
        "I was there, and the ferry was late again, as it always is.",
    )
    blocks = story()
    kinds = {line: k for k, line in kinds_of(find_article(html_page(*blocks[:-2], remark, *blocks[-2:])))}
    assert kinds[remark[2]] in ("comments", "chrome")


def test_an_embedded_post_is_not_the_article() -> None:
    post = (
        "main article div blockquote p",
        "story story-body twitter-tweet",
        "The ferry is back! Come all of you on Monday, it is free.",
    )
    kinds = {line: k for k, line in kinds_of(find_article(html_page(*story(post))))}
    assert kinds[post[2]] == "chrome"
