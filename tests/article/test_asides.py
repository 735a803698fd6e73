"""Appeals and readers' comments of many phrasings: those that the rules were written with, and those that were put aside."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from tests.article.zoned import text_page

from onrecord.article import find_article
from onrecord.types import ARTICLE_ZONES, ZoneKind

pytestmark = pytest.mark.weights
DATA = Path(__file__).parent / "data"

STORY = (
    "Weir at Brennick will be mended by the autumn, says its keeper\n\nBy Ana Ruiz\n\nMarch 3, 2019\n\n",
    "The weir at Brennick will be mended before the autumn rains, its keeper told the town council on Tuesday.",
    "“Nobody in the lower town needs to move a single chair,” said the keeper, Odo Farr, who has looked after it since 1998.",
    "The council had asked for a report after a barge struck the northern pier in January and sank within the hour.",
    "Farr said that divers had found two cracks, neither of them deep, and that both would be closed with lead.",
    "The mayor, Edda Holm, thanked him and said the work would cost 40,000 crowns, which the district will pay.",
    "Work begins on Monday, and the towpath will be closed until June.",
)


def with_aside(aside: str, at: int | None = None) -> str:
    """The story with something between its paragraphs, or under them."""
    parts = list(STORY[1:])
    parts.insert(len(parts) if at is None else at, aside)
    return STORY[0] + "\n\n".join(parts) + "\n"


def kinds_at(text: str, words: str) -> set[ZoneKind | None]:
    """The kinds of the zones in which the words stand."""
    article = find_article(text_page(text))
    at = text.index(words)
    inside = [z.kind for z in article.zones if z.span.start < at + len(words) and at < z.span.end]
    return set(inside) or {None}


def lines(name: str) -> list[str]:
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def appeals(half: str) -> list[str]:
    rows = [line.split(" | ", 1) for line in lines("appeals.txt")]
    return [words for mark, words in rows if mark == half]


@cache
def threads() -> dict[str, str]:
    """The threads by their names, "seen ..." or "kept ..."."""
    text = (DATA / "comments.txt").read_text(encoding="utf-8").partition("== ")[2]
    parts = (part.partition("\n") for part in text.split("\n== "))
    return {name: thread.strip("\n") for name, _, thread in parts}


def is_kept_out(appeal: str, at: int | None) -> bool:
    return kinds_at(with_aside(appeal, at), appeal).isdisjoint(ARTICLE_ZONES)


def leaked(thread: str) -> list[str]:
    """The sentences of a thread that were taken for the article."""
    text = with_aside(thread)
    sentences = [line.strip() for line in thread.split("\n") if len(line.split()) > 8]
    return [line for line in sentences if not kinds_at(text, line).isdisjoint(ARTICLE_ZONES)]


@pytest.mark.parametrize("appeal", appeals("seen"))
def test_appeal_is_kept_out_of_the_article(appeal: str) -> None:
    assert is_kept_out(appeal, 3)
    assert is_kept_out(appeal, None)


@pytest.mark.parametrize("line", lines("not_appeals.txt"))
def test_news_about_giving_and_joining_is_no_appeal(line: str) -> None:
    assert ZoneKind.APPEAL not in kinds_at(with_aside(line, 3), line)


@pytest.mark.parametrize("name", [name for name in threads() if name.startswith("seen")])
def test_comments_are_kept_out_of_the_article(name: str) -> None:
    assert leaked(threads()[name]) == []


def test_the_last_paragraph_stays_the_articles() -> None:
    for thread in threads().values():
        assert kinds_at(with_aside(thread), STORY[-1]) == {ZoneKind.BODY}


def test_of_the_phrasings_that_were_put_aside_most_are_kept_out() -> None:
    """The rules have not been fitted to these: 19 of 25 appeals and 6 of 7 threads when they were first counted."""
    assert sum(is_kept_out(appeal, 3) and is_kept_out(appeal, None) for appeal in appeals("kept")) >= 18
    assert sum(not leaked(thread) for name, thread in threads().items() if name.startswith("kept")) >= 6


def test_of_those_written_later_most_are_kept_out() -> None:
    """20 appeals and 4 threads written after the rules for paragraphs and voices, in two rounds.

    Of the first ten none was kept out before the rule for voices, of the other ten 5 when they were first counted; both
    rounds were then looked at. Nothing is to be lost of what is kept out now.
    """
    assert sum(is_kept_out(appeal, 3) and is_kept_out(appeal, None) for appeal in appeals("late")) >= 18
    assert sum(not leaked(thread) for name, thread in threads().items() if name.startswith("late")) >= 3


def test_in_an_article_that_speaks_to_its_reader_such_a_paragraph_stays() -> None:
    """ "We" and "you" are a columnist's own words where the other paragraphs have them too."""
    asked = "Help us name our new boat! Send in your idea on the form at the foot of this page."
    others = (
        "You and I have crossed this weir since we were children.",
        "We shall miss it, and you know why.",
    )
    parts = [*STORY[1:4], *others, asked, *STORY[4:]]
    assert kinds_at(STORY[0] + "\n\n".join(parts) + "\n", asked) == {ZoneKind.BODY}
