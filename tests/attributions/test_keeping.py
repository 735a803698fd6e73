"""What a tagger takes for an attribution, and nobody said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.attributions.report import show
from tests.attributions.scripted import ScriptedTagger
from tests.marked import marked

from onrecord.attributions import attributions_of


def read(notation: str, score: float = 0.6) -> list[str]:
    """What is kept of the marked attributions when a tagger has found them with this score."""
    text, said = marked(notation)
    rows = tuple(replace(row, score=score) for row in said)
    return [show(text, found) for found in attributions_of(text, ScriptedTagger(lambda passage: rows))]


@pytest.mark.parametrize(
    "notation",
    [
        "<source>Readers</source> <cue>chose</cue> <content>“Bread and Tides” as the book of the year</content>.",
        "<source>Children</source> <cue>play a game named</cue> <content>“stones and wolves.”</content>",
        "<content>His column, “Notes from Below,”</content> <cue>appears</cue> on Saturdays.",
        "<source>The menu</source> <cue>offers</cue> <content>“the long Tuesday” with bread</content>.",
        "<source>The town</source> <cue>imposed</cue> <content>new fees that nobody had asked for</content>.",
        "<source>A sign</source> <cue>still points to</cue> <content>“New Orlo,” which was never built</content>.",
        "<content>The road</content> <source>the maps</source> <cue>call</cue> <content>“the Old King's Way” ends here</content>.",
        "Fact check: Did <source>the mayor</source> <cue>say</cue> <content>the water was “safer than wine”</content>?",
        "<source>The road</source> <cue>was called</cue> <content>“the long mile”</content>.",
        "<source>Vale 2-1 Rovers</source><cue>:</cue> <content>Late strike keeps Vale up</content>",
        "<source>The council</source> <cue>is considering</cue> <content>closing the two oldest mills</content>.",
        "<source>Image credits</source><cue>:</cue> <content>Orlo Press and the Vale Herald</content>",
        "Pack light if <source>you</source> <cue>want</cue> <content>to walk for a week</content>.",
        "It suits <source>anyone</source> <cue>hoping</cue> <content>that it stays dry</content>.",
        "Not <source>everyone</source> <cue>believes</cue> <content>that it stays dry</content>.",
        "<source>The mayor</source> <cue>did not immediately respond to</cue> <content>a request for comment</content>.",
        "The plan was made by Sultan Karim bin <cue>Said</cue>, <content>who took the throne that year</content>.",
        "It is <source>a much more</source> <cue>rigid</cue> <content>form, with rules for every mill</content>.",
        "Here is <content>what</content> <source>the polls</source> <cue>say</cue>.",
    ],
)
def test_titles_names_and_things_are_dropped(notation: str) -> None:
    assert read(notation) == []


@pytest.mark.parametrize(
    "notation",
    [
        "<source>Ana Ruiz</source> <cue>called</cue> <content>it “a Great Day”</content>.",
        "<source>Ana Ruiz</source> <cue>imposed</cue> <content>that the mills be closed</content>.",
        "<source>The marchers</source> <cue>had one message</cue>: <content>“Save the Ferry.”</content>",
        "<source>Ana Ruiz</source><cue>:</cue> <content>Late strike keeps Vale up</content>",
        "<source>Ana Ruiz</source> <cue>demanded</cue> <content>new fees</content>.",
        "<source>Ana Ruiz</source> <cue>imposed</cue> <content>“fees for fools and their heirs,”</content>.",
        "It is <content>what</content> <source>her aides</source> <cue>have called</cue> <content>a “folly”</content>.",
        "<source>Ana Ruiz</source> <cue>imposed</cue> <content>they’re late</content>.",
        "<source>Ana Ruiz</source> <cue>found</cue> <content>“evidence” that the wall had been moved</content>.",
        "“It is late, and <source>you</source> <cue>want</cue> <content>to walk for a week</content>,” Ana Ruiz said.",
        "<source>Everyone</source> <cue>believes</cue> <content>that it stays dry</content>.",
        "<source>The mayor</source> <cue>responded</cue> <content>that the wall would be moved</content>.",
    ],
)
def test_what_somebody_said_is_kept(notation: str) -> None:
    assert len(read(notation)) == 1


def test_what_nobody_is_named_for_needs_more_than_a_doubtful_tagger() -> None:
    nameless = "There were <cue>fears</cue> <content>that the dam would break</content>."
    assert read(nameless, 0.42) == []
    assert len(read(nameless, 0.6)) == 1
    assert read("The fees hurt more since <content>they</content> <cue>were imposed</cue>.", 0.9) == []
    assert len(read("The fees, <content>they agreed</content>, <cue>were said</cue>.", 0.9)) == 1
    assert len(read("Then <cue>came</cue> <content>“a second bang in the night”</content>.", 0.42)) == 1


def test_a_sure_tagger_is_believed() -> None:
    assert read("<source>The town</source> <cue>imposed</cue> <content>new fees</content>.", 0.9)


def test_a_doubtful_row_inside_another_is_dropped_unless_it_says_something() -> None:
    inside = (
        "<source 1>Ana Ruiz</source 1> <cue 1>said</cue 1> <content 1>that <source 2>the town</source 2> "
        "<cue 2>{}</cue 2> <content 2>that the dam is safe</content 2></content 1>."
    )
    assert len(read(inside.format("trusts"))) == 1
    assert len(read(inside.format("says"))) == 2
    described = (
        "<source 1>Ana Ruiz</source 1> <cue 1>weighed</cue 1> <content 1>the incomer, <content 2>whom</content 2> "
        "<source 2>he</source 2> <cue 2>described</cue 2> <content 2>as {}</content 2></content 1>."
    )
    assert len(read(described.format("brittle"))) == 1
    assert len(read(described.format("“brittle”"))) == 2


def test_what_is_told_with_a_that_inside_a_content_is_added() -> None:
    outer = "<source>Ana Ruiz</source> <cue>said</cue> <content>{}</content>."
    assert read(outer.format("that the town had told her that the dam was safe"))[1:] == [
        "the town | had told | that the dam was safe"
    ]
    assert len(read(outer.format("that Bo was told of it and that the dam was safe"))) == 1


@pytest.mark.parametrize(
    ("notation", "kept"),
    [
        (
            "<source>The storm</source> <cue>followed a long fight over</cue> <content>the old mill</content>.",
            0,
        ),
        (
            "<source>The town</source> <cue>is not sure</cue> <content>whether the mill will close</content>.",
            1,
        ),
        ("<source>The town</source> <cue>said goodbye to</cue> <content>the old mill</content>.", 1),
        (
            "<source>The town</source> <cue>followed a fight over</cue> <content>“the mill that we love”</content>.",
            1,
        ),
    ],
)
def test_a_doubtful_cue_needs_a_surer_tagger(notation: str, kept: int) -> None:
    assert len(read(notation, 0.48)) == kept
    assert len(read(notation, 0.55)) == 1
