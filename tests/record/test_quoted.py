"""Which words of a page are quotations, whatever marks the paper uses, and which follow each other."""

from __future__ import annotations

import pytest
from tests.record.quoting import add, story

from onrecord.record import Record
from onrecord.record.quoted import follow, pair_marks, quotations

PAIRS = [
    ('"A b," he said. "C d."', ["A b,", "C d."]),
    ("“A “b” c,” he said", ["A “b” c,"]),
    ("A b” he said. “C d", ["A b", "C d"]),
    ('"He said "no" to me" yes', ['He said "no" to me']),
    ("''A b,'' Mr. King's men said. ``C''", ["A b,", "C"]),
    ("it’s ‘A b,’ he said", ["A b,"]),
    ("«A b» dit-il", ["A b"]),
    ("nothing at all", []),
    ("", []),
]


@pytest.mark.parametrize(("line", "inside"), PAIRS)
def test_marks_pair(line: str, inside: list[str]) -> None:
    assert [line[a:b] for a, b in pair_marks(line)] == inside


FOLLOWS = [
    ("“A b,” he said. “C d.”", True),
    ("“A b,” said Ana Ruiz, an engineer at the dam who has worked there for nine years. “C d.”", True),
    ("“A b.\n\n“C d.”", True),
    ("“A b,” he said. Then he left the hall. “C d.”", False),
    ("“A b,” he said.\n\nHe left. “C d.”", False),
    ("“A b,” said Ruiz. Marek calls that “an insult” and “a joke”. “C d.”", False),
    ("“A b,” he said" + " and said" * 60 + ". “C d.”", False),
]


@pytest.mark.parametrize(("text", "goes_on"), FOLLOWS)
def test_only_a_cue_may_stand_between(text: str, goes_on: bool) -> None:
    assert follow(text, text.index("b") + 1, text.index("C d")) is goes_on


def recorded(record: Record, marked: str) -> list[tuple[str, ...]]:
    """The words of each quotation of a story."""
    add(record, story("a", marked))
    statements = record.candidates(record.statements_with(["gate", "herons", "lake"], any_of=True))
    return [q.wording.keys for q in quotations(record.text("a"), statements)]


def test_two_halves_are_one_quotation(record: Record) -> None:
    marked = "{Ana Ruiz|“The gate is shut,”} Ruiz said. {Ana Ruiz|“The lake is full.”}"
    assert recorded(record, marked) == [("the", "gate", "is", "shut", "the", "lake", "is", "full")]


def test_of_a_mixed_statement_only_the_quoted_words(record: Record) -> None:
    assert recorded(record, "Ruiz said {Ana Ruiz|the gate was “shut for good”}.") == [("shut", "for", "good")]


def test_indirect_speech_is_no_quotation(record: Record) -> None:
    assert recorded(record, "Ruiz said {Ana Ruiz|the gate was shut}.") == []


def test_a_paragraph_behind_a_colon_is_a_quotation(record: Record) -> None:
    marked = "Ruiz added:\n\n{Ana Ruiz|The gate is shut. Go home.}\n\nThey went."
    assert recorded(record, marked) == [("the", "gate", "is", "shut", "go", "home")]


def test_bounds_that_are_a_little_off_do_no_harm(record: Record) -> None:
    marked = "“The {Ana Ruiz|gate is shut,” Ruiz said. “The lake is full}.”"
    assert recorded(record, marked) == [("gate", "is", "shut", "the", "lake", "is", "full")]


def test_hostile_marks_take_linear_time() -> None:
    assert len(pair_marks('" ' * 100_000)) <= 2_000
    assert pair_marks("“" * 100_000)
