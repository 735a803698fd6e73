"""Two wordings: in which way they differ, what that does to the meaning."""

from __future__ import annotations

import pytest

from onrecord.record.differences import Flag, Variant, changed_flags, flags_of, variant_of
from onrecord.record.wording import data_lines, read_wording

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


@pytest.mark.parametrize(("kind", "word"), [tuple(line) for line in data_lines("meaning.txt")])
def test_every_word_of_the_list_is_flagged(kind: str, word: str) -> None:
    """Alone it counts; without the list it would not (but for numbers and words with n't)."""
    assert Flag(kind) in flags_of(read_wording(word).words)
