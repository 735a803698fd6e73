"""Wordings side by side: columns that line up, and nothing of a wording lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.faces.web.collating import collate
from onrecord.faces.web.diffing import cut_at_seams


def rows(*wordings: str) -> list[str]:
    """Each row, cells parted by bars; (...) differs from the base, - has nothing there."""
    found = collate(wordings)
    assert found is not None
    shown = {"same": "{}", "other": "({})", "nothing": "-"}
    return [" | ".join(shown[c.how].format(c.text) for c in cells) for _, cells in found.rows]


def test_columns() -> None:
    assert rows(
        "no fence will ever change who owns the river",
        "No wall will ever change that, who owns the river",
        "will ever change who owns",
    ) == [
        "no fence | will ever change |  | who owns | the river",
        "(No wall) | will ever change | (that,) | who owns | the river",
        "- | will ever change |  | who owns | -",
    ]


def test_what_touches_is_one_column() -> None:
    assert rows("a b c d e f", "a x y c d e f", "a b z d e f") == [
        "a | b c | d e f",
        "a | (x y c) | d e f",
        "a | (b z) | d e f",
    ]


def test_typography_makes_no_column() -> None:
    found = collate(("“No fence,” he said", "no fence – he said"))
    assert found is not None
    assert not found.is_split


def test_other_words_are_no_wording() -> None:
    assert collate(("no fence will ever change that", "she spoke about walls")) is None
    assert collate(("", "no fence")) is None
    assert collate(("no fence",)) is None


words = st.lists(st.sampled_from("abcde"), min_size=1, max_size=12).map(" ".join)


@given(st.lists(words, min_size=2, max_size=5), st.data())
def test_every_row_is_its_wording_and_all_have_the_same_columns(
    wordings: list[str], data: st.DataObject
) -> None:
    base = data.draw(st.integers(0, len(wordings) - 1))
    found = collate(wordings, base)
    if found is None:
        return
    assert found.rows[0][0] == base
    assert len({len(cells) for _, cells in found.rows}) == 1
    for number, cells in found.rows:
        assert " ".join(c.text for c in cells if c.text) == wordings[number]
    for column in zip(*(cells for _, cells in found.rows), strict=True):
        for cell in column:
            assert (cell.how == "same") == (cell.text == column[0].text)


@pytest.mark.parametrize(
    ("quote", "parts", "expected"),
    [
        ("“It is out. It is lit.”", ("It is out", "it is lit"), (0, 1)),
        ("It is out. It is lit.", ("It is out", "It is out", "it is lit"), (0, 2)),
        ("It is out. It is lit.", ("It is out",), ()),
        ("It is out.", (), ()),
    ],
)
def test_seams(quote: str, parts: tuple[str, ...], expected: tuple[int, ...]) -> None:
    cut, used = cut_at_seams(quote, parts)
    assert used == expected
    assert not cut or " ".join(cut) == quote
