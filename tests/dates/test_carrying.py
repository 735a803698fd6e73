"""How far a day is carried: to the occasion gone back to, to a headline, and not to somebody else's own."""

from __future__ import annotations

import pytest
from tests.dates.test_settings import days
from tests.speakers.told import told

from onrecord.dates import resolve_settings
from onrecord.speakers import resolve_speakers
from onrecord.types import Day

VOTE = "<source>The Vesk council</source> <cue>voted</cue> Tuesday <content>to sell the dam</content>.\n"
THEN = "<cue 2>said</cue 2> <content 2>that it held</content 2>."

CASES = {
    "a saying that is still to come": (
        "<source>Ana Ruiz</source> <cue>will say</cue> <content>that it holds</content> on Friday.",
        [None],
    ),
    "a debate gone back to": (
        f"The debate on Monday was long. It had been cold for weeks. At the debate, <source 2>Ruiz</source 2> {THEN}",
        ["2019-03-11"],
    ),
    "a speech is an address": (
        "<source>Ana Ruiz</source> <cue>spoke of</cue> <content>the dam</content> on Monday in an address to miners.\n"
        f"In 2014 it rained. In the speech, <source 2>Webb</source 2> {THEN}",
        ["2019-03-11", "2019-03-11"],
    ),
    "two debates on two days": (
        f"The debate on Monday and the debate on Friday were long.\n\nAt the debate, <source 2>Ruiz</source 2> {THEN}",
        [None],
    ),
    "a day behind what is said": (
        "<source>Ana Ruiz</source> <cue>called</cue> <content>the dam “a ruin”</content> Tuesday.",
        ["2019-03-12"],
    ),
    "the story's day holds for who takes part": (
        VOTE + f"<source 2>Mayor Tom Webb</source 2> {THEN}",
        ["2019-03-12"] * 2,
    ),
    "and not in an interview of his own": (
        VOTE + f"In an interview with Lunt Radio, <source 2>Mayor Tom Webb</source 2> {THEN}",
        ["2019-03-12", None],
    ),
    "nor on the air": (
        VOTE + f'On Lunt Radio\'s "Harbor Hour," <source 2>Mayor Tom Webb</source 2> {THEN}',
        ["2019-03-12", None],
    ),
    "nor at a rally": (
        VOTE + f"At a rally, <source 2>Mayor Tom Webb</source 2> {THEN}",
        ["2019-03-12", None],
    ),
    "nor in an old speech": (
        VOTE + f"In an August speech, <source 2>Mayor Tom Webb</source 2> {THEN}",
        ["2019-03-12", None],
    ),
    "nor for figures": (VOTE + f"<source 2>12 percent of the voters</source 2> {THEN}", ["2019-03-12", None]),
    "nor in a side clause": (
        VOTE + f"The dam was shut after <source 2>Mayor Tom Webb</source 2> {THEN}",
        ["2019-03-12", None],
    ),
    "nor what is only according to somebody": (
        VOTE
        + "It is old, <cue 2>according to</cue 2> <source 2>Mayor Webb</source 2>, <content 2>and weak</content 2>.",
        ["2019-03-12", None],
    ),
    "a day that is a sentence's subject tells of no event": (
        "Tuesday marks a year since the flood. <source>Mayor Webb</source> <cue>said</cue> <content>no</content>.",
        [None],
    ),
    "a headline has the day that its speaker's words have below": (
        "# <source>Webb</source> <cue>Calls</cue> <content>Dam a Ruin</content>\n"
        "<source 2>The Vesk Council</source 2> <cue 2>voted</cue 2> Monday <content 2>to sell it</content 2>.\n"
        "<source 3>Webb</source 3> <cue 3>called</cue 3> <content 3>it a ruin</content 3> on Tuesday.",
        ["2019-03-12", "2019-03-11", "2019-03-12"],
    ),
    "an habitual past is no event": (
        "<source>Ana Ruiz</source> <cue>said</cue> Tuesday <content>it held</content>. "
        "<source 2>Ruiz</source 2> <cue 2>used to boast</cue 2> <content 2>that it would</content 2>.",
        ["2019-03-12", None],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_day(case: str) -> None:
    notation, wanted = CASES[case]
    assert days(notation) == wanted


def test_an_event_is_told_of_for_a_few_paragraphs_only() -> None:
    far = (
        "The dam opened on Monday.\n"
        + "It was cold.\n" * 8
        + "<source>Mayor Webb</source> <cue>said</cue> <content>no</content>."
    )
    assert days(far) == [None]
    assert days(far.replace("It was cold.\n" * 8, "")) == ["2019-03-11"]


def test_whose_words_are_carried_on_is_known_by_the_speakers() -> None:
    """ "She" is Ana Ruiz and not the last to be named, once speakers are given."""
    notation = (
        "<source>Ana Ruiz</source> <cue>said</cue> Tuesday <content>it held</content>. It had been long. "
        "<source 2>Experts</source 2> <cue 2>say</cue 2> <content 2>it is old</content 2>. "
        "<source 3>She</source 3> <cue 3>added</cue 3> <content 3>that it would hold</content 3>."
    )
    article, attributions = told(notation)
    voices = resolve_speakers(article, attributions)
    found = resolve_settings(article, attributions, None, tuple(v.speaker for v in voices))
    assert [isinstance(s.said_on, Day) for s in found] == [True, False, True]


def test_a_document_takes_no_day_of_the_passage() -> None:
    article, attributions = told(VOTE + f"<source 2>A new report</source 2> {THEN}")
    voices = resolve_speakers(article, attributions)
    found = resolve_settings(article, attributions, None, tuple(v.speaker for v in voices))
    assert [isinstance(s.said_on, Day) for s in found] == [True, False]
