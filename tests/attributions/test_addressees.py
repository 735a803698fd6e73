"""Whoever is told something does not say it."""

from __future__ import annotations

import pytest
from tests.attributions.scripted import ScriptedTagger
from tests.marked import marked

from onrecord.attributions import attributions_of
from onrecord.attributions.lists import words_of


def sources(notation: str) -> list[str]:
    """The sources that are kept of the marked attributions when a tagger has found them."""
    text, said = marked(notation)
    found = attributions_of(text, ScriptedTagger(lambda passage: tuple(said)))
    return [" ".join(text[s.start : s.end] for s in row.source) for row in found]


@pytest.mark.parametrize(
    "notation",
    [
        "<source>Passengers</source> <cue>are advised</cue> <content>to check the timetable before they travel</content>.",
        "<source>Residents of Vale</source> <cue>have been told</cue> <content>that the bridge will open in May</content>.",
        "<source>The clerks</source> were repeatedly <cue>asked</cue> <content>whether the letter was lost</content>.",
        "<source>We</source><cue>’re told that</cue> <content>the ferry never left the harbour</content>.",
        "<source>Residents</source> <cue>urged</cue> <content>to leave low streets</content>\n\nThe council met on Monday.",
        "Storm nears, <source>drivers</source> <cue>told to</cue> <content>stay at home</content>\n\nIt rained.",
        "<source>Fans</source> <cue>asked</cue> <content>to stay away after harbour fire</content>\n\nThe club met on Monday.",
        "<source>Voters</source> <cue>warned</cue> <content>of long queues</content>",
        "<source>Mayor of Orlo</source> <cue>accused</cue> <content>of fraud</content>\n\nThe council met on Monday.",
        "He is <source>a well-known baker</source>, <cue>accused of</cue> <content>selling old bread</content>.",
        "<source>The council</source>, <cue>criticised for</cue> <content>its silence</content>, met on Monday.",
        "<source>Leaders</source> scrambled after facing <cue>complaints</cue> <content>that the school was cold</content>.",
        "<content>Storms</content> <cue>are expected</cue> from <source>Vale</source> to the coast.",
    ],
)
def test_the_subject_of_a_passive_verb_of_telling_is_no_source(notation: str) -> None:
    assert sources(notation) == [""]


@pytest.mark.parametrize(
    "notation",
    [
        "<source>The mayor</source> <cue>asked</cue> <content>to see the letter</content>.",
        "<source>The mayor</source> <cue>accused</cue> <content>Hale of fraud</content>.",
        "<source>The mayor</source> <cue>repeated her complaints</cue> <content>that the school was cold</content>.",
        "<content>Storms</content> <cue>are expected</cue> by <source>the weather office</source> in Vale.",
        "<source>She</source> <cue>asked</cue> <content>to see the letter</content>",
        "<source>Ana Ruiz</source> <cue>asked</cue> <content>to see the letter</content>.",
        "<source>Mayor Ruiz</source> <cue>warned</cue> <content>of long queues at the ferry</content>.",
        "<source>The mayor</source> <cue>told</cue> reporters <content>that the bridge was safe</content>.",
        "<source>The mayor</source> was angry and <cue>told</cue> reporters <content>that the bridge was safe</content>.",
        "<source>The mayor</source> <cue>urges</cue> residents <content>to leave low streets</content>",
        "<source>He</source><cue>’s told</cue> friends <content>that he will not run</content>.",
        "<source>Mr Ackers</source> <cue>is convinced</cue> <content>that the dam will hold</content>.",
        "Residents <cue>were urged</cue> <content>to leave</content> by <source>the mayor</source>.",
    ],
)
def test_whoever_tells_stays(notation: str) -> None:
    _, said = marked(notation)
    assert sources(notation) != [""] * len(said)


def test_a_quotation_has_no_speaker_in_whoever_hears_it() -> None:
    assert sources("<source>The crowd</source> <cue>was told</cue>: <content>“Go home.”</content>") == [""]


def test_a_headline_is_short() -> None:
    rest = " and the rain went on" * 12
    notation = f"<source>Fans</source> <cue>asked</cue> <content>to stay away</content>{rest}"
    assert sources(notation) == ["Fans"]


def test_every_participle_is_of_a_verb_of_telling() -> None:
    assert words_of("told") - words_of("telling") <= {
        "encouraged",
        "invited",
        "implored",
        "notified",
        "questioned",
        "quizzed",
    }
