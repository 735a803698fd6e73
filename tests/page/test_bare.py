"""Bare text to blocks: paragraphs a line each, broken at a width, marked, run together."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.page.reading import blocks, read

from onrecord.page.bare import MANY_BLOCKS, MAX_STRETCH, find_blocks

PARAGRAPHS = [
    "The harbour board of Nesvik said on Tuesday that the old ferry would sail for the last time in October, two months before the bridge across the sound is opened to cars.",
    "“We have carried every wedding party in this valley since 1931,” said Ida Moe, who has been captain of the boat for nineteen years. “I do not know what the ducks will do without us.”",
    "Short one.",
    "The board, which met behind closed doors, gave no reason for the early date and did not answer a letter from the islanders, who had asked for one more winter; a spokesman said that he had not seen it.",
    "A vote on the bridge’s name is to follow on 3 June.",
]


def of(text: str) -> list[str]:
    """The blocks of a bare text, white space evened out."""
    return [" ".join(piece.split()) for piece in blocks(read(text, "text/plain"))]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028"])
@pytest.mark.parametrize("n", [1, 2])
def test_a_line_each(newline: str, n: int) -> None:
    assert of((newline * n).join(PARAGRAPHS)) == PARAGRAPHS


@pytest.mark.parametrize("width", [50, 72])
def test_a_text_of_many_lines_reads_as_one_of_few(width: int) -> None:
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    n_times = MANY_BLOCKS // text.count("\n") + 2
    assert of("\n\n".join([text] * n_times)) == PARAGRAPHS * n_times


def test_a_stretch_without_an_end_is_judged_in_parts() -> None:
    lines = textwrap.wrap(" ".join(PARAGRAPHS[:2] * 200), 72)
    assert len(lines) > MAX_STRETCH / 4
    found = of("\n".join(lines * 5))
    assert " ".join(found) == " ".join(lines * 5)
    assert len(found) < len(lines)


@pytest.mark.parametrize("width", [50, 60, 72, 80, 100])
@pytest.mark.parametrize("indent", ["", "    "])
def test_broken_at_a_width(width: int, indent: str) -> None:
    text = "\n\n".join(
        textwrap.fill(paragraph, width, initial_indent=indent, subsequent_indent=indent)
        for paragraph in PARAGRAPHS
    )
    assert of(text) == PARAGRAPHS


def test_broken_and_run_together() -> None:
    assert of("\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)) == PARAGRAPHS


def test_indented_first_lines() -> None:
    text = "\n".join(textwrap.fill(paragraph, 66, initial_indent="   ") for paragraph in PARAGRAPHS)
    assert of(text) == PARAGRAPHS


def test_a_quoted_letter() -> None:
    quoted = textwrap.fill(PARAGRAPHS[3], 66, initial_indent="> ", subsequent_indent="> ")
    text = f"{textwrap.fill(PARAGRAPHS[1], 68)}\n\n{quoted}\n"
    first, second = of(text)
    assert first == PARAGRAPHS[1]
    assert second.replace("> ", "") == PARAGRAPHS[3]


def test_lists_and_short_lines_are_a_line_each() -> None:
    lines = [
        "World",
        "Politics",
        "Oddities and more",
        "Ferry to stop in October, board says",
        "Bridge named after a duck",
    ]
    assert of("\n".join(lines)) == lines
    assert of("\n".join(f"  • {line}" for line in lines)) == lines


def test_marks_are_no_part_of_a_block() -> None:
    page = read(
        "# The ferry #\n\n* one item\n* another\n\n> a quotation\n\n1. first\n\n– No!\n\nBody.", "text/plain"
    )
    assert blocks(page) == ["The ferry", "one item", "another", "a quotation", "1. first", "– No!", "Body."]
    assert [block.marks for block in page.blocks] == [
        ("md-h1",),
        ("md-item",),
        ("md-item",),
        ("md-quote",),
        ("md-item",),
        ("md-item",),
        (),
    ]


@pytest.mark.parametrize(
    "line", ["(c) The Fjord Post", "J. Moe, Nesvik", "A. said no.", "3.5 million came", "-5 degrees"]
)
def test_what_only_looks_like_a_mark(line: str) -> None:
    (block,) = find_blocks(line)
    assert block.span.end - block.span.start == len(line)
    assert block.marks == ()


def test_a_page_s_number_is_a_block_of_its_own() -> None:
    lines = textwrap.wrap(PARAGRAPHS[3], 60)
    text = "\n".join([*lines[:2], "17", *lines[2:]])
    assert of(text) == [" ".join(lines[:2]), "17", " ".join(lines[2:])]


def test_paragraphs_whose_breaks_are_lost() -> None:
    assert of("".join(PARAGRAPHS[:4])) == PARAGRAPHS[:4]


def test_bare_blocks_have_no_elements() -> None:
    assert {(block.tags, block.link_chars) for block in find_blocks("one\n\ntwo")} == {((), 0)}


@given(
    st.lists(
        st.sampled_from(
            ["word", "Said.", "\n", "\n\n", " ", "    ", "\r\n", "> ", "# ", "- ", "1. ", "17", "“Go!”"]
        )
    )
)
def test_blocks_hold_every_word_in_order(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    held = ""
    for block in find_blocks(text):
        assert block.span.start >= end
        end = block.span.end
        held += text[block.span.start : end]
    letters = [c for c in text if c.isalpha()]
    assert [c for c in held if c.isalpha()] == letters
