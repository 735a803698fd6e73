"""The words of a wording: which are the same, which marks are kept, where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record.differences import Flag, flags_of
from onrecord.record.wording import data_lines, joined, keys_of, read_wording


@pytest.mark.parametrize("gap", ["...", "…", ". . .", "[...]", "[…]", "(...)", "...."])
def test_every_kind_of_ellipsis(gap: str) -> None:
    assert read_wording(f"the gate {gap} mended").gaps == {2}


def test_brackets() -> None:
    words = read_wording("the [northern] gate was shut by [Ms. Ruiz] at [1] p.m.").words
    assert [w.key for w in words if w.is_bracketed] == ["northern", "ms", "ruiz", "1"]
    assert [w.key for w in read_wording("[T]he gates open[ed] [today]").words if w.is_bracketed] == [
        "opened",
        "today",
    ]
    assert not any(w.is_bracketed for w in read_wording("a [" + "word " * 40 + "] b").words)


def test_sentences_stops_and_names() -> None:
    wording = read_wording("He said no. Ana, we think, left. Nobody saw Ana")
    assert wording.starts == {0, 3, 7}
    assert {4, 6} <= wording.stops
    assert [w.key for w in wording.words if w.is_name] == ["ana"]


def test_places_are_those_of_the_text() -> None:
    text = "Well — “the  dam” holds"
    wording = read_wording(text, 100)
    assert [text[w.start - 100 : w.end - 100] for w in wording.words] == ["Well", "the", "dam", "holds"]
    assert wording.text == text


def test_pieces_join() -> None:
    wording = joined([read_wording("The dam ... holds."), read_wording("It will.", 30)])
    assert (wording.keys, wording.gaps, wording.joins) == (("the", "dam", "holds", "it", "will"), {2}, {3})
    assert wording.starts == {0, 3, 5}


@pytest.mark.parametrize(("word", "figure"), [tuple(line) for line in data_lines("numbers.txt")])
def test_every_number_word_is_its_figure(word: str, figure: str) -> None:
    assert read_wording(word).keys == read_wording(figure).keys
    assert Flag.NUMBER in flags_of(read_wording(word).words)


PIECES = (
    "The dam's HOLDS don’t ships’ ISIS's two 1,000 10% & ... … [T]he U.S. e-mail café cafe\u0301 “x” ''y'' a_b"
    " , ; — \u200b \u00a0 ‘z’ (no)"
)


@given(st.lists(st.sampled_from(PIECES.split(" ")), max_size=8), st.sampled_from(("", " ")))
def test_keys_are_those_of_the_wording(parts: list[str], between: str) -> None:
    text = between.join(parts)
    assert keys_of(text) == read_wording(text).keys
