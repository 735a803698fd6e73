"""Memory and limits: what a page takes grows with its bytes, and what is over a limit is named by it."""

import tracemalloc

import pytest
from tests.page.reading import raw, turned_away

from onrecord.page import Limits, parse_page
from onrecord.page.writer import MANY_BLOCKS
from onrecord.types import Page, RawPage

SENTENCE = "The harbour board met on Monday to hear what had become of the crane. "
#: Issue 3 asks for memory under 20 times the page; `python -m bench.growth` measures the article's part too.
MAX_TIMES = 20
SHAPES = {
    "flat": f"<p>{SENTENCE}</p>",
    "words": "<b>crane</b> ",
    "entities": "&amp;",
    "items": "<li>A word or two",
    "line": SENTENCE,
    "short items": "<li>x",
}


def peak_of(page: RawPage) -> int:
    """Bytes of memory that reading a page takes at most."""
    tracemalloc.start()
    try:
        read = parse_page(page)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert isinstance(read, Page)
    return peak


@pytest.mark.parametrize("shape", SHAPES)
def test_memory_stays_under_twenty_times_the_page(shape: str) -> None:
    parse_page(raw("<p>word lists are loaded once"))
    page = raw("<!doctype html>" + SHAPES[shape] * (200_000 // len(SHAPES[shape])))
    assert peak_of(page) < MAX_TIMES * len(page.content)


BARE = {
    "letters": "x\n",
    "apart": "x\n\n",
    "items": "- x\n",
    "headings": "# x\n",
    "wide letters": "記\n",
    "sentences": SENTENCE + "\n",
    "wrapped": SENTENCE[:60] + "\n",
}


@pytest.mark.parametrize("shape", BARE)
def test_memory_of_a_bare_text_stays_under_twenty_times_it(shape: str) -> None:
    page = raw(BARE[shape] * (200_000 // len(BARE[shape].encode())), "text/plain")
    assert peak_of(page) < MAX_TIMES * len(page.content)


@pytest.mark.parametrize("tiny", ["x\n", "x\n\n", "1. x\r\n", "> x\n"])
def test_a_flood_of_tiny_lines_goes_together(tiny: str) -> None:
    page = raw(tiny * (300_000 // len(tiny)), "text/plain")
    read = parse_page(page)
    assert isinstance(read, Page)
    n_most = MANY_BLOCKS + len(page.content) // 100
    assert n_most < len(read.blocks) < 1.1 * n_most
    assert sum(read.text[b.span.start : b.span.end].count("x") for b in read.blocks) == read.text.count("x")


def test_what_is_over_a_limit_is_turned_away_by_it() -> None:
    assert turned_away("<p>four</p>", Limits(max_bytes=9)) == "11 bytes, the limit is 9"
    assert "more than 3 tags" in turned_away("<b>a<b>b<b>c", Limits(max_nodes=3))
    assert "more than 300 deep" in turned_away("<b>" * 400 + "x", Limits(max_depth=300))


@pytest.mark.parametrize("tiny", ["<li>x", "<p>x", "<td>x", "<a href=x>x</a><br><br>"])
def test_a_flood_of_tiny_blocks_goes_together(tiny: str) -> None:
    page = raw("<!doctype html>" + tiny * (300_000 // len(tiny)))
    read = parse_page(page)
    assert isinstance(read, Page)
    n_most = MANY_BLOCKS + len(page.content) // 100
    assert n_most < len(read.blocks) < 1.1 * n_most
    assert sum(read.text[b.span.start : b.span.end].count("x") for b in read.blocks) == read.text.count("x")
