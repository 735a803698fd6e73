"""Paragraphs that speak to the reader, or of who pays for the paper, inside an article that only tells: HTML and bare text."""

from __future__ import annotations

import pytest
from tests.article.test_asides import STORY, kinds_at, with_aside
from tests.page.reading import read

from onrecord.article import find_article
from onrecord.article.appeals import is_out_of_voice
from onrecord.article.lexicon import words_of
from onrecord.article.remarks import is_over_comment
from onrecord.article.voice import find_telling
from onrecord.types import ZoneKind

ASIDES = [
    "No billionaire owns this newsroom. A few thousand neighbours do, and there is room for one more chair at the table.",
    "Get the valley's news before breakfast: our Morning Post lands in your mail at six.",
    "Psst. Island people get our Friday round-up a day early. Put your address in the box and we'll do the rest.",
    "This investigation took us fourteen months. It was paid for by 611 members, none of whom saw it before you did.",
]
NO_ASIDES = [
    "This story has been updated with further reactions from members of the council and from readers.",
    "Readers of this newspaper will remember the flood of 1998, when the lower town stood under water.",
    "The mill paid for the wells, and this report is the first to say how deep they are.",
    "Put the boats on the lawn, and the lawn in the river: that was the plan for the regatta.",
]


@pytest.mark.weights
@pytest.mark.parametrize("aside", ASIDES)
def test_in_bare_text(aside: str) -> None:
    assert kinds_at(with_aside(aside, 3), aside) == {ZoneKind.APPEAL}


@pytest.mark.weights
@pytest.mark.parametrize("aside", ASIDES)
def test_in_html(aside: str) -> None:
    paragraphs = "".join(f"<p>{words}</p>" for words in (*STORY[1:4], aside, *STORY[4:]))
    page = read(f"<title>Weir</title><article><h1>Weir at Brennick will be mended</h1>{paragraphs}</article>")
    kinds = {
        page.text[z.span.start : z.span.end]: z.kind
        for z in find_article(page).zones
        if aside[:20] in page.text[z.span.start : z.span.end]
    }
    assert kinds == {aside: ZoneKind.APPEAL}


@pytest.mark.parametrize("line", NO_ASIDES)
def test_what_is_told_of_a_paper_is_no_appeal(line: str) -> None:
    assert not is_out_of_voice(line, words_of(line), find_telling(words_of(line)))


@pytest.mark.parametrize("line", ["Dockhand44 · 3 hours ago", "Low_Tide | 12m", "lockkeeper.9 · 2d ago"])
def test_a_handle_and_how_long_ago_stand_over_a_comment(line: str) -> None:
    assert is_over_comment(line)


@pytest.mark.parametrize(
    "line", ["Ana Ruiz · 3 hours ago", "Halvec · 5 minutes", "Chapter2 ends · 3 hours ago"]
)
def test_a_name_or_a_place_does_not(line: str) -> None:
    assert not is_over_comment(line)
