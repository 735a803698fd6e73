"""Two wordings: which words are the same, what is kept, what was left out."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.record.align import Change, align
from onrecord.record.differences import variant_of
from onrecord.record.wording import read_wording


def changes(a: str, b: str) -> list[tuple[str, str, str]]:
    """The edits that keep nothing, in words."""
    x, y = read_wording(a), read_wording(b)
    return [
        (e.change.value, " ".join(x.keys[e.a_start : e.a_end]), " ".join(y.keys[e.b_start : e.b_end]))
        for e in align(x, y)
        if e.change is not Change.KEPT
    ]


SAME = [
    ("The dam HOLDS.", "the dam—holds"),
    ("[T]he dam holds", "The dam holds"),
    ("an e-mail to the U.S.", "an email to the US"),
    ("ten percent of 1,000", "10% of 1000"),
    ("ships’ crews and ISIS’s flags", "ships' crews and ISIS' flags"),
    ("Zoë Calderón & sons", "Zoe Calderon and sons"),
    ("the d\u00adam\u200b holds\ufe0f", "the dam holds"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_what_never_makes_a_difference(a: str, b: str) -> None:
    assert changes(a, b) == []
    assert changes(b, a) == []


DIFFERENT = [
    ("1.5 metres", "15 metres", [("changed", "1.5", "15")]),
    ("so it's ours", "so it is ours", [("changed", "it's", "it is")]),
    ("the fifth gate", "the fourth gate", [("changed", "5th", "4th")]),
    ("the gate is shut", "the old gate is shut", [("dropped", "", "old")]),
    ("the gate is firmly shut", "the gate is shut", [("added", "firmly", "")]),
]


@pytest.mark.parametrize(("a", "b", "expected"), DIFFERENT)
def test_differences(a: str, b: str, expected: list[tuple[str, str, str]]) -> None:
    assert changes(a, b) == expected


def test_words_before_and_behind_do_not_count() -> None:
    assert changes("the gate is shut", "We know that the gate is shut, and so do they.") == []


def test_under_an_ellipsis_anything_may_be_missing() -> None:
    a = "the gate ... will be mended"
    b = "the gate, which nobody has oiled since the flood of last year, will be mended"
    assert changes(a, b) == [("dropped", "", "which nobody has oiled since the flood of last year")]


TEXTS = st.text(st.sampled_from("ab .…“”[]'-,1%\n"), max_size=60)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_edits_tile_the_quotation(a: str, b: str) -> None:
    x, y = read_wording(a), read_wording(b)
    edits = align(x, y)
    if edits:
        assert edits[0].a_start == 0
        assert edits[-1].a_end == len(x.words)
    for before, after in pairwise(edits):
        assert (before.a_end, before.b_end) == (after.a_start, after.b_start)
        if before.change is after.change is Change.KEPT:  # one of them is the same letters in other words
            assert any(e.a_end - e.a_start != e.b_end - e.b_start for e in (before, after))
    assert variant_of(x, y) is variant_of(y, x)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_a_text_is_its_own_wording(text: str) -> None:
    wording = read_wording(text)
    assert all(e.change is Change.KEPT for e in align(wording, wording))
    assert all(wording.words[i].end <= wording.words[i + 1].start for i in range(len(wording.words) - 1))


def test_long_texts_are_bounded() -> None:
    long = read_wording("the gate is shut and the lake is full " * 2_000)
    assert align(read_wording("the gate is shut " * 150), long)
    needle = read_wording("x " * 5_000 + "herons sleep standing " + "y " * 5_000)
    assert [e.change for e in align(read_wording("herons sleep standing"), needle)] == [Change.KEPT]
