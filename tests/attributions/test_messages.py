"""What somebody's message is, with the words themselves."""

from __future__ import annotations

import pytest
from tests.attributions.report import show
from tests.attributions.scripted import ScriptedTagger
from tests.marked import marked

from onrecord.attributions import attributions_of


@pytest.mark.parametrize(
    "notation",
    [
        "<source>Her</source> <cue>message was</cue> simple: <content>“Vote.”</content>",
        "<source>His</source> <cue>advice</cue> to the young <cue>was</cue> very clear: <content>“Leave.”</content>",
        "<source>The mayor's</source> <cue>answer was</cue> short: <content>“No.”</content>",
        "<source>Hale's</source> <cue>reply was</cue> <content>“Ask me in spring.”</content>",
        "The <cue>message</cue> from <source>Ana Ruiz</source> <cue>was</cue>: <content>“Bring a boat.”</content>",
        "<content>“We were never asked,”</content> was <source>the mayor's</source> <cue>answer</cue>.",
        "<content>“We were never asked,”</content> was the <cue>answer</cue> of <source>the mayor</source>.",
        "<content>“It lost its way”</content> — that was how <source>Ana Ruiz</source> <cue>put it</cue>.",
        "<source>Ruiz's</source> <cue>verdict</cue>? <content>“A mess.”</content>",
        "The <cue>words of</cue> <source>Ana Ruiz</source> — <content>“we were never asked”</content> — hung over it.",
    ],
)
def test_a_message_and_whose_it_is(notation: str) -> None:
    text, said = marked(notation)
    assert [show(text, a) for a in attributions_of(text)] == [show(text, a) for a in said]


@pytest.mark.parametrize(
    "text",
    [
        "Her description was “false” and so was his.",  # what is thought of it
        "Her answer was not “no.”",
        "The answer was simple: bread.",
        "Hale heard the message when Ruiz was “away”.",
        "Ruiz's verdict? Nobody knows.",
    ],
)
def test_no_message(text: str) -> None:
    assert not [a for a in attributions_of(text) if a.source]


def test_beside_a_tagger_that_has_nothing_of_it() -> None:
    text = "Ana Ruiz left. Her message was simple: “Vote.”"
    found = [show(text, a) for a in attributions_of(text, ScriptedTagger())]
    assert found == ["Her | message was | “Vote.”"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ruiz, in a statement Friday: “We will fight this in every court.”", "Ruiz"),
        ("Mayor Ana Ruiz on the dam: “It will hold for years to come.”", "Mayor Ana Ruiz"),
        ("After lunch she returned to her old theme: “It will hold for years to come.”", "she"),
        ("Hale leaned in and boomed: “It will hold for years to come.”", "Hale"),
        ("From the report: “It will hold for years to come.”", "the report"),
    ],
)
def test_whoever_the_sentence_before_a_colon_is_about(text: str, wanted: str) -> None:
    (found,) = attributions_of(text)
    assert [text[s.start : s.end] for s in found.source] == [wanted]


def test_nobody_before_a_colon() -> None:
    text = "It was as plain as day: “It will hold for years to come, we think.”"
    assert not any(a.source and text[a.source[0].start :].startswith("It was") for a in attributions_of(text))
