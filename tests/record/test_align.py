"""Two wordings: which words are the same, which differences are marked, what they do to the meaning."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.record.align import (
    Change,
    Flag,
    Variant,
    _lines,
    align,
    changed_flags,
    flags_of,
    joined,
    keys_of,
    read_wording,
    variant_of,
)


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


VARIANTS = [
    ("The dam holds.", "the dam HOLDS", Variant.TYPOGRAPHY),
    ("The dam holds", "We think the dam holds", Variant.EXCERPT),
    ("The dam ... holds", "The dam, however old, holds", Variant.EXCERPT),
    ("[The dam] holds", "It holds", Variant.BRACKETED),
    ("The dam held", "The dam holds", Variant.CHANGED),
    ("herons", "trout", Variant.CHANGED),
]


@pytest.mark.parametrize(("a", "b", "variant"), VARIANTS)
def test_variants(a: str, b: str, variant: Variant) -> None:
    assert variant_of(read_wording(a), read_wording(b)) is variant
    assert variant_of(read_wording(b), read_wording(a)) is variant


def test_flags() -> None:
    a, b = read_wording("we will not sell Ansel 2 boats").words, read_wording("we may sell Ansel boats").words
    assert changed_flags(a, b) == (Flag.NEGATION, Flag.NUMBER, Flag.MODALITY)
    assert Flag.NAME in flags_of(read_wording("we met Ruiz").words)
    assert Flag.NEGATION in flags_of(read_wording("they couldn't").words)


@pytest.mark.parametrize(("kind", "word"), [tuple(line) for line in _lines("meaning.txt")])
def test_every_word_of_the_list_is_flagged(kind: str, word: str) -> None:
    """Alone it counts; without the list it would not (but for numbers and words with n't)."""
    assert Flag(kind) in flags_of(read_wording(word).words)


@pytest.mark.parametrize(("word", "figure"), [tuple(line) for line in _lines("numbers.txt")])
def test_every_number_word_is_its_figure(word: str, figure: str) -> None:
    assert read_wording(word).keys == read_wording(figure).keys
    assert Flag.NUMBER in flags_of(read_wording(word).words)


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


PIECES = (
    "The dam's HOLDS don’t ships’ ISIS's two 1,000 10% & ... … [T]he U.S. e-mail café cafe\u0301 “x” ''y'' a_b"
    " , ; — \u200b \u00a0 ‘z’ (no)"
)


@given(st.lists(st.sampled_from(PIECES.split(" ")), max_size=8), st.sampled_from(("", " ")))
def test_keys_are_those_of_the_wording(parts: list[str], between: str) -> None:
    text = between.join(parts)
    assert keys_of(text) == read_wording(text).keys
