"""One person under several spellings is one speaker; two who are called alike are two; the user has the last word."""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.made import add, page

from onrecord import pipeline
from onrecord.errors import InputError
from onrecord.record import Alike, Decision, DecisionKind, Record
from onrecord.record.migrations import STEPS
from onrecord.record.spellings import spelt, surname
from onrecord.types import SpeakerKind

#: Sets of names that are one speaker each.
ONE = [
    ("Oleh Varanskiy", "Oleh Varansky", "Oleh Varanskyy", "Oleh Varanskyi"),
    ("Mirko Tadzhiy", "Mirko Tadzhij"),
    ("Zoë Kaldgrön", "Zoe Kaldgroen"),
    ("Ban Li-woon", "Ban Li-Woon"),
    ("Conan O’Vrell", "Conan O'Vrell"),
    ("Oleh Varansky", "Varanskiy", "O. Varanskyy"),
]
#: Names of which each is a speaker of its own.
TWO = [
    ("Tom Johnson", "Boris Johnson", "Johnson"),  # a common surname alone is nobody's
    ("Oleh Varansky", "Olha Varanska", "Varanskaya"),
    ("Oleh Varansky", "Olena Varansky", "Varansky"),  # two bear it
    ("Oleh Varansky", "A. Varansky"),
    ("Sara Meyer", "Sara Meier"),  # two surnames, not one
    ("Anna Ruis", "Ana Ruiz"),
    ("Oleh P. Varansky", "Oleh M. Varansky"),
    ("Ek", "Ana Ek"),
]


def speakers(names: tuple[str, ...], path: Path) -> list[tuple[str, ...]]:
    """The names of each speaker, after a page for each name."""
    with Record(path) as record:
        for i, name in enumerate(names):
            add(record, page(f"p{i}", f"<{name}> <said> [that it held, {i} times]."))
        found = record.speakers()
        assert sum(entry.n_statements for entry in found) == len(names)
        return sorted(entry.names for entry in found)


@pytest.mark.parametrize("names", ONE, ids="+".join)
def test_one_person_in_every_order_is_one_speaker(names: tuple[str, ...], tmp_path: Path) -> None:
    orders = itertools.permutations(names) if len(names) < 4 else (names, names[::-1])
    heads = set()
    for i, order in enumerate(orders):
        found = speakers(order, tmp_path / f"{i}.db")
        assert len(found) == 1, order
        heads.add(tuple(sorted(found[0])))
    assert len(heads) == 1


@pytest.mark.parametrize("names", TWO, ids="+".join)
def test_two_people_in_every_order_are_two_speakers(names: tuple[str, ...], tmp_path: Path) -> None:
    for i, order in enumerate(itertools.permutations(names)):
        assert len(speakers(order, tmp_path / f"{i}.db")) == len(names), order


NAMES = st.lists(
    st.builds(
        "{}{}".format,
        st.sampled_from(["", "Oleh ", "Olena ", "O. ", "Oleh P. "]),
        st.sampled_from(["Varansky", "Varanskiy", "Varanskyy", "Johnson", "Kaldgrön", "Kaldgroen"]),
    ),
    min_size=2,
    max_size=5,
    unique=True,
)


@settings(max_examples=25, deadline=None)
@given(NAMES, st.randoms(use_true_random=False))
def test_the_order_of_pages_changes_no_speaker(names: list[str], random: object) -> None:
    shuffled = list(names)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        one = speakers(tuple(names), Path(folder, "a.db"))
        assert one == speakers(tuple(shuffled), Path(folder, "b.db"))


def test_a_name_that_leaves_takes_its_tie_along(record: Record) -> None:
    add(record, page("a", "<Oleh Varansky> <said> [one]."), page("b", "<Varanskiy> <said> [two]."))
    assert len(record.speakers()) == 1
    record.remove("a", "by mistake")
    assert [entry.name for entry in record.speakers()] == ["Varanskiy"]


def test_an_authority_goes_before_every_spelling(record: Record) -> None:
    add(
        record,
        page("a", "<Oleh Varansky> <said> [one].", authority="Q1"),
        page("b", "<Oleh Varanskiy> <said> [two].", authority="Q2"),
    )
    assert len(record.speakers()) == 2


def test_the_user_splits_a_tie_and_takes_the_split_back(record: Record) -> None:
    add(record, page("a", "<Oleh Varansky> <said> [one]."), page("b", "<Oleh Varanskiy> <said> [two]."))
    (made,) = pipeline.split_speaker(record, "Oleh Varanskiy")
    assert (made.kind, len(record.speakers())) == (DecisionKind.SPLIT, 2)
    add(record, page("c", "<Oleh Varanskiy> <said> [three]."))
    assert len(record.speakers()) == 2
    record.undo(made.number)
    assert len(record.speakers()) == 1
    add(record, page("d", "<Ana Ruiz> <said> [four]."))
    with pytest.raises(InputError, match="no merge of this name"):
        pipeline.split_speaker(record, "Ana Ruiz")


def test_a_merge_goes_before_the_spelling(record: Record) -> None:
    for i, name in enumerate(("Oleh Varansky", "Varanskiy", "Petro Lunt")):
        add(record, page(f"p{i}", f"<{name}> <said> [that it held, {i} times]."))
    record.decide(Decision(0, DecisionKind.MERGE, "", name="Varanskiy", into_names=("Petro Lunt",)))
    assert sorted(entry.names for entry in record.speakers()) == [
        ("Oleh Varansky",),
        ("Petro Lunt", "Varanskiy"),
    ]


def test_a_body_is_never_tied_by_its_spelling(record: Record) -> None:
    add(
        record,
        page("a", "<Oleh Varansky> <said> [one].", kind=SpeakerKind.ORGANIZATION),
        page("b", "<Oleh Varanskiy> <said> [two].", kind=SpeakerKind.ORGANIZATION),
    )
    assert len(record.speakers()) == 2


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("Tom Johnson", "Johnson", "“Johnson” is a surname alone"),
        ("Ana Ruiz", "A. Ruiz", "one has an initial for the other's first name"),
        ("Robert Marek", "Bob Marek", "one first name is short for the other"),
        ("Ana Maria Ruiz", "Ana Ruiz", "one has more names than the other"),
        ("Ana Lindqvist", "Ana Lindkvist", "the surnames differ by a letter"),
        ("Ana Maria Varansky", "Ana Varanskiy", "two ways to spell one surname"),
        ("Tom Johnson", "Boris Johnson", None),
        ("Ana Ruiz", "Ana Ruis", None),  # too short a surname to tell
        ("Ana Ruiz", "Tom Lindqvist", None),
    ],
)
def test_a_doubtful_pair_is_suggested_with_its_reason(
    a: str, b: str, why: str | None, record: Record
) -> None:
    add(record, page("a", f"<{a}> <said> [one]. <{a}> <said> [two]."), page("b", f"<{b}> <said> [three]."))
    assert len(record.speakers()) == 2
    assert record.alike_speakers() == ((Alike(a, b, why),) if why else ())


def test_the_forms_that_spellings_meet_by() -> None:
    assert spelt("oleh varanskyy") == spelt("oleh varanskiy") == "oleh varanski"
    assert spelt("oleh p varansky") == spelt("varansky") == spelt("o varansky") == ""
    assert surname("boris johnson") == surname("ana ek") == ""
    assert surname("o'vrell") == "ovrell"


def test_a_record_of_before_is_tied_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with Record(path) as record:
        add(record, page("a", "<Oleh Varansky> <said> [one]."), page("b", "<Oleh Varanskiy> <said> [two]."))
    (step,) = (step for step in STEPS if step.__name__.endswith("_spellings"))
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE speakers SET canonical = speaker")
        for column in ("spelt", "surname"):
            connection.execute(f"DROP INDEX speakers_{column}")
            connection.execute(f"ALTER TABLE speakers DROP COLUMN {column}")
        step(connection)
    connection.close()
    with Record(path) as record:
        assert len(record.speakers()) == 1
