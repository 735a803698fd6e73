"""What arrays are made of a page's columns."""

from __future__ import annotations

import pytest

from onrecord.article.shape import flags_of, numbers_of


@pytest.mark.parametrize("numbers", [(), (0,), (3, -1, 2**40)])
def test_numbers_stay_what_they_are(numbers: tuple[int, ...]) -> None:
    assert numbers_of(numbers).tolist() == list(numbers)
    assert numbers_of(numbers).dtype == "int64"


@pytest.mark.parametrize("flags", [(), (True,), (False, True, False)])
def test_flags_stay_what_they_are(flags: tuple[bool, ...]) -> None:
    assert flags_of(flags).tolist() == list(flags)
    assert (~flags_of(flags)).tolist() == [not flag for flag in flags]
