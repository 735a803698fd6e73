"""What a noun of saying tells, with words in quotation marks."""

from __future__ import annotations

import pytest
from tests.attributions.report import show
from tests.attributions.scripted import ScriptedTagger
from tests.marked import marked

from onrecord.attributions import attributions_of


@pytest.mark.parametrize(
    "notation",
    [
        "Few liked <source>her</source> <cue>claim</cue> <content>that the dam was “never safe” in any weather</content>.",
        "It contradicts <source>Hale’s</source> <cue>claim</cue> <content>that the vote was “stolen”</content>.",
        "<source>The mayor's</source> <cue>statement</cue> <content>that “we have no plan”</content> was read twice.",
        "<source>His</source> <cue>promise</cue> <content>to be “neutral” in talks with the port</content> angered them.",
        "Few liked <source>her</source> often repeated <cue>remarks</cue> <content>that it was “a toy”</content>, or her.",
        "Voters recall <source>Mara Ruiz's</source> infamous <content>“half the town”</content> <cue>remark</cue> well.",
        "Nobody kept <source>his</source> <content>“no more nets”</content> <cue>pledge</cue>, not even he.",
        "Orlo is, in <source>Mr. Rivers’</source> <cue>words</cue>, <content>“a place of nets and little else.”</content>",
        "It was, <cue>in the words of</cue> <source>the mayor</source>, <content>“a small flood.”</content>",
    ],
)
def test_a_possessive_noun_of_saying_is_read(notation: str) -> None:
    text, said = marked(notation)
    found = [show(text, a) for a in attributions_of(text) if a.score == 0.6]
    assert found == [show(text, a) for a in said]


@pytest.mark.parametrize(
    "text",
    [
        "Few liked the claim that the dam was “never safe”.",  # whose, nobody says
        "Few liked her claim that the dam was never safe.",  # without a quotation a tagger reads it better
        "Few liked her plan to be “neutral”.",
        "It's a promise to be “neutral” in talks.",
        "Her “Salt City” speech was long.",
        "The “half the town” remark was forgotten.",
        "In other words, “nobody knows.”",
        "His last words were “more light.”",
    ],
)
def test_other_nouns_are_left(text: str) -> None:
    assert not [a for a in attributions_of(text) if a.score == 0.6]


def test_it_is_nested_in_what_another_says_of_it() -> None:
    text, said = marked(
        "<source>Critics</source> <cue>seized on</cue> <content>her claim that the dam was “never safe”</content>."
    )
    outer, inner = attributions_of(text, ScriptedTagger(lambda passage: said))
    assert show(text, outer) == show(text, said[0])
    assert show(text, inner) == "her | claim | that the dam was “never safe”"
    assert inner.parent == 0
