"""Every word list is read somewhere, and every item can be found by what is compared with it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

import onrecord.attributions
from onrecord.attributions.forward import cue_table
from onrecord.attributions.lists import lines_of, words_of

HOUSE = Path(onrecord.attributions.__file__).parent
LISTS = sorted(p.name.removesuffix(".txt") for p in files(onrecord.attributions).joinpath("words").iterdir())


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_alive(name: str) -> None:
    code = "".join(p.read_text() for p in HOUSE.glob("*.py"))
    assert f'words_of("{name}")' in code or f'lines_of("{name}")' in code
    items = lines_of(name)
    assert items
    assert len(items) == len(set(items))
    assert all(item == item.lower() for item in items)


def test_shares_are_shares() -> None:
    assert all(0 < share <= 1 for share in cue_table().values())
    assert {form for form, _ in cue_table()} & words_of("speech_verbs")
