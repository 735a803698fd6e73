"""Which names can be one speaker's."""

import pytest

from onrecord.record.names import _lines, same_name, surname_of

SAME = [
    ("Ruiz", "Ana Ruiz"),
    ("Ms. Ruiz", "Ana Ruiz"),
    ("Mayor Ana Ruiz", "Ana Ruiz"),
    ("Retired Lt. Gen. Mike Okafor", "Michael Okafor"),
    ("Len Marek", "Leonard E. Marek"),
    ("Bobby Marek", 'Robert C. "Bobby" Marek'),
    ("A. Ruiz", "Ana Ruiz"),
    ("Ana Ruiz Jr.", "Ana Ruiz"),
    ("ANA RUIZ", "Ana Ruiz"),
    ("Zoe Calderon", "Zoë Calderón"),
    ("Lake Rescue Society", "the Lake Rescue Society"),
    ("LRS", "Lake Rescue Society"),
    ("Suu Mya", "Daw Kin Suu Mya"),
    ("Ministry of Ferries", "Ministry of Ferries (Ansel)"),
]
OTHER = [
    ("Ana Ruiz", "Tom Ruiz"),
    ("Bill Marek", "Hilda Marek"),
    ("Ana Ruiz", "Ana Marek"),
    ("Marek campaign", "Leonard Marek"),
    ("", "Ana Ruiz"),
    ("Mr.", "Ana Ruiz"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_same(a: str, b: str) -> None:
    assert same_name(a, b)
    assert same_name(b, a)


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_other(a: str, b: str) -> None:
    assert not same_name(a, b)
    assert not same_name(b, a)


@pytest.mark.parametrize("title", _lines("titles.txt"))
def test_every_title_is_no_part_of_a_name(title: str) -> None:
    assert same_name(f"{title} Ana Ruiz", "Ana Ruiz")
    assert same_name(f"{title} Ruiz", "Ana Ruiz")


@pytest.mark.parametrize("names", _lines("nicknames.txt"))
def test_every_nickname_stands_for_its_name(names: str) -> None:
    first, *others = names.split()
    for other in others:
        assert same_name(f"{other} Ruiz", f"{first} Ruiz")


def test_surname() -> None:
    assert surname_of("the Rev. Peter Wherry-Marek Jr.") == "marek"
    assert surname_of("…") == ""
