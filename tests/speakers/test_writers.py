"""A statement, letter or memo is whoever's the article tells that it is."""

from __future__ import annotations

import pytest
from tests.speakers.told import told

from onrecord.speakers import resolve_speakers
from onrecord.types import Speaker


def last(notation: str) -> str:
    """Who says the last of the marked attributions."""
    voice = resolve_speakers(*told(notation))[-1]
    return " and ".join(voice.speaker.names) if isinstance(voice.speaker, Speaker) else "?"


SAYS = "<source 2>{}</source 2> <cue 2>said</cue 2> <content 2>that nobody was hurt</content 2>."


@pytest.mark.parametrize(
    ("before", "source", "name"),
    [
        ("Mayor Petra Orrel released a statement on Friday. ", "The statement", "Petra Orrel"),
        ("Petra Orrel wrote a long letter to the board. ", "The letter", "Petra Orrel"),
        ("An affidavit written by Marcus Bowden was read out. ", "The affidavit", "Marcus Bowden"),
        ("A letter from Tom Sandor arrived late. ", "The letter", "Tom Sandor"),
        ("Petra Orrel’s memo was short. ", "The memo", "Petra Orrel"),
        (
            "In a memo, <source 1>Hal Miller</source 1> <cue 1>wrote</cue 1> <content 1>that the office would shut</content 1>. ",
            "The memo",
            "Hal Miller",
        ),
        (
            "<content 1>“No,”</content 1> <source 1>Petra Orrel</source 1> <cue 1>said</cue 1> in a statement. ",
            "The statement",
            "Petra Orrel",
        ),
        ("The Jolby Port Authority issued a statement. ", "The statement", "Jolby Port Authority"),
        ("Tom Sandor came. ", "Petra Orrel’s memoir", "Petra Orrel"),
        ("Tom Sandor came. ", "a letter from Petra Orrel", "Petra Orrel"),
        # who released it did not find it out, and a film speaks for itself
        ("Petra Orrel released a report on Friday. ", "The report", "report"),
        ("Petra Orrel came. ", "The statement", "statement"),
        ("“Petra Orrel released a statement,” it was heard. ", "The statement", "statement"),
    ],
)
def test_what_is_written_is_its_writer_s(before: str, source: str, name: str) -> None:
    assert last(before + SAYS.format(source)) == name


def test_it_is_the_letter_s_writer_too() -> None:
    notation = (
        "A letter from Tom Sandor arrived late. <source 1>The letter</source 1> <cue 1>said</cue 1> <content 1>no</content 1>. "
        "<source 2>It</source 2> <cue 2>added</cue 2> <content 2>that he would pay</content 2>."
    )
    assert last(notation) == "Tom Sandor"


def test_the_same_poll_is_the_one_before() -> None:
    notation = (
        "<source 1>A new Harrow Trust survey released Friday</source 1> <cue 1>found</cue 1> <content 1>calm</content 1>. "
        "According to <source 2>the same poll</source 2>, <cue 2>said</cue 2> it, <content 2>few worry</content 2>."
    )
    first, second = (v.speaker for v in resolve_speakers(*told(notation)))
    assert isinstance(first, Speaker)
    assert isinstance(second, Speaker)
    assert first.names == second.names == ("Harrow Trust",)
