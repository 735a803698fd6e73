"""What somebody said stands on record although somebody else is the one who reports it."""

from __future__ import annotations

import pytest
from tests.attributions.report import show
from tests.attributions.scripted import ScriptedTagger
from tests.marked import marked

from onrecord.attributions import attributions_of
from onrecord.types import Attribution


def read(notation: str) -> tuple[str, tuple[Attribution, ...]]:
    text, said = marked(notation)
    return text, attributions_of(text, ScriptedTagger(lambda passage: said))


@pytest.mark.parametrize(
    ("notation", "inner"),
    [
        (
            "<content>“It was never meant to last,” Ellery told Sandor</content>, <cue>according to</cue> <source>the book</source>.",
            "Ellery | told | “It was never meant to last,”",
        ),
        (
            "<content>Carrick said he would have fired him</content>, <cue>according to</cue> <source>press reports</source>.",
            "Carrick | said | he would have fired him",
        ),
    ],
)
def test_both_are_on_record(notation: str, inner: str) -> None:
    text, found = read(notation)
    assert len(found) == 2
    (k,) = (k for k, a in enumerate(found) if a.parent is not None)
    assert show(text, found[k]) == inner
    assert found[found[k].parent or 0].cue != found[k].cue


@pytest.mark.parametrize(
    "notation",
    [
        "<content>Carrick might say he fired him</content>, <cue>according to</cue> <source>the book</source>.",
        "<source>Ellery</source> <cue>hoped</cue> <content>Carrick said the truth about him</content>.",
    ],
)
def test_what_is_not_said_is_not_added(notation: str) -> None:
    assert len(read(notation)[1]) == 1


@pytest.mark.parametrize(
    ("notation", "content"),
    [
        ("<content>Ruth Ellery</content> <cue>was asked</cue>, <content>“Where is it?”</content>", "“Where is it?”"),
        ("<content>Ruth Ellery</content> <cue>was told</cue> <content>that it was late</content>.", "that it was late"),
        ("<content>Ruth Ellery</content> <cue>was asked</cue> <content>to leave the hall</content>.", "Ruth Ellery / to leave the hall"),
    ],
)  # fmt: skip
def test_who_is_asked_is_no_part_of_the_question(notation: str, content: str) -> None:
    text, (found,) = read(notation)
    assert show(text, found).rpartition(" | ")[2] == content


def test_who_is_pressed_to_explain_is_no_source() -> None:
    _, (found,) = read(
        "<source>Ruth Ellery</source> <cue>was pressed to explain</cue> <content>the gap</content>."
    )
    assert not found.source


def test_all_told_is_told_by_nobody() -> None:
    assert (
        read("<source>All</source> <cue>told</cue>, <content>up to five people could be eligible</content>.")[
            1
        ]
        == ()
    )
