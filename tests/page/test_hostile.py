"""Pages made to break a reader: each is read, or turned away by the limit that it is over, in bounded time."""

from __future__ import annotations

import random
import time

import pytest
from bench import fuzz
from tests.page.reading import raw

from onrecord.article import find_article
from onrecord.page import parse_page
from onrecord.runs import check_runs
from onrecord.types import Page, Rejected

WORDS = "The weir is safe, its keeper said on Tuesday. "
SHIFTED = "“Nobody was hurt,” she said — naïvely.".encode
#: name -> (the page, why it is turned away, or None where it is read)
PAGES = {
    "100,000 elements nested": (b"<div>" * 100_000 + b"x", "nested more than"),
    "100,000 inline elements nested": (b"<b>" * 100_000 + b"<p>" + WORDS.encode(), "nested more than"),
    "an attribute of 1 MB": (b'<p class="' + b"a b " * 250_000 + b'">' + WORDS.encode(), None),
    "a style of 1 MB": (b'<p style="' + b"x:y; " * 200_000 + b'">' + WORDS.encode(), None),
    "1 MB of attributes": (b"<p " + b"a=b " * 250_000 + b">" + WORDS.encode(), None),
    "a quote that is not closed": (b'<p>said <a href="' + WORDS.encode() * 20_000, None),
    "NULs": (b"<p>" + b"a\0b \0" * 60_000, None),
    "UTF-8, Windows-1252 and UTF-16 in one page": (
        (b"<p>" + SHIFTED("utf-8") + b"<p>" + SHIFTED("cp1252") + b"<p>" + SHIFTED("utf-16")) * 1_000,
        None,
    ),
    "one line of 5 MB": (b"<p>" + WORDS.encode() * 110_000, None),
    "a flood of entities": (b"<p>" + b"&amp;&#8220;&nbsp;&notit;" * 20_000, None),
    "a flood of <": (b"<p>" + b"<" * 1_000_000, None),
    "100,000 quotation marks": (b"<p>" + "“".encode() * 100_000 + WORDS.encode(), None),
}


@pytest.mark.parametrize("name", PAGES)
def test_it_is_read_or_turned_away_in_bounded_time(name: str) -> None:
    content, why = PAGES[name]
    start = time.process_time()
    page = parse_page(raw(content))
    assert time.process_time() - start < 12
    if why:
        assert isinstance(page, Rejected)
        assert why in page.reason
    else:
        assert isinstance(page, Page)
        if len(page.runs) < 5_000:  # what is checked run by run is checked on smaller pages
            assert check_runs(content, page.text, page.runs, page.encoding.name) == ()


@pytest.mark.parametrize(
    "line", [WORDS * 20_000, '"' * 100_000, "a " * 200_000, "x" * 1_000_000, "> " * 100_000]
)
@pytest.mark.weights
def test_a_bare_text_of_one_line_is_read_in_bounded_time(line: str) -> None:
    start = time.process_time()
    page = parse_page(raw(line, "text/plain"))
    assert isinstance(page, Page)
    find_article(page)
    assert time.process_time() - start < 12


@pytest.mark.weights
def test_broken_pages_are_read_true_to_their_bytes() -> None:
    """A hundred and fifty of those that `python -m bench.fuzz` makes ten thousand of."""
    sources = fuzz.load_sources(None)
    assert len(sources) > 20
    outcomes = [fuzz.examine(page) for page in fuzz.broken(sources, 150, seed=11)]
    assert [fault for _, fault in outcomes if fault] == []
    assert {"read"} < {outcome for outcome, _ in outcomes}


def test_the_same_seed_breaks_the_same_pages() -> None:
    sources = [("a.html", random.Random(3).randbytes(3000))]
    assert list(fuzz.broken(sources, 20, 5)) == list(fuzz.broken(sources, 20, 5))
    assert list(fuzz.broken(sources, 20, 5)) != list(fuzz.broken(sources, 20, 6))
