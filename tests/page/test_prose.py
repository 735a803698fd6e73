"""A draft's paragraphs: nothing is hidden, lines may be broken anywhere, every place is known."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.page import parse_page
from onrecord.page.prose import find_prose, line_starts
from onrecord.types import Page, RawPage


def page(text: str, media_type: str = "text/plain") -> Page:
    content = text.encode()
    found = parse_page(RawPage("d", content, hashlib.sha256(content).hexdigest(), media_type))
    assert isinstance(found, Page)
    return found


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# Title\nOne line\nand its rest.\n\nNext.", ["Title", "One line and its rest.", "Next."]),
        ("> “We light\n> it.”\n\nHe left.", ["“We light   it.”", "He left."]),
        ("- one\n- two\n  goes on", ["one", "two   goes on"]),
        ("Title\r\nand more\r\n\r\nNext.", ["Title  and more", "Next."]),
    ],
)
def test_markdown_paragraphs(markdown: str, expected: list[str]) -> None:
    prose = find_prose(page(markdown), is_markdown=True)
    assert prose.text.split("\n\n") == expected


def test_block_quotes_of_both_kinds() -> None:
    for found, is_markdown in (
        (page("He wrote:\n\n> We light it.\n\nHe left."), True),
        (page("<p>He wrote:</p><blockquote>We light it.</blockquote><p>He left.</p>", "text/html"), False),
    ):
        prose = find_prose(found, is_markdown=is_markdown)
        assert [prose.text[s.start : s.end] for s in prose.block_quotes] == ["We light it."]


def test_furniture_is_read_too() -> None:
    prose = find_prose(page("<nav><a href='#'>“We light it”</a></nav><p>Long text.</p>", "text/html"))
    assert "“We light it”" in prose.text


@given(st.text(alphabet="ab “”\n\r>#-*.", max_size=120).filter(str.strip), st.booleans())
def test_every_character_knows_its_place(text: str, is_markdown: bool) -> None:
    found = page(text)
    prose = find_prose(found, is_markdown=is_markdown)
    for i, c in enumerate(prose.text):
        if not c.isspace():
            assert found.text[prose.origin(i)] == c


def test_lines_as_an_editor_counts_them() -> None:
    assert line_starts("a\nb\r\nc\rd") == (0, 2, 5, 7)
