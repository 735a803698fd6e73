"""The plain function for people who have a text."""

from __future__ import annotations

import pytest

import onrecord


def test_a_text_is_read_without_a_page() -> None:
    text = "“It holds,” Ana Ruiz said. Bo Lind denied that it leaks."
    found = onrecord.attributions_of(text, tagger="rules")
    assert [text[a.source[0].start : a.source[0].end] for a in found] == ["Ana Ruiz", "Bo Lind"]
    assert [a.kind.value for a in found] == ["direct", "indirect"]


@pytest.mark.weights
@pytest.mark.parametrize("tagger", ["default", "fast"])
def test_both_weights_read_it(tagger: str) -> None:
    text = "“The dam will hold until spring,” Ana Ruiz told reporters on Monday."
    (found,) = onrecord.attributions_of(text, tagger=tagger)
    assert text[found.source[0].start : found.source[0].end] == "Ana Ruiz"


def test_a_reader_that_is_none_is_named() -> None:
    with pytest.raises(onrecord.InputError, match="choose one of default, fast, rules"):
        onrecord.attributions_of("It holds.", tagger="best")
