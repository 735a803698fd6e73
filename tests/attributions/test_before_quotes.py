"""Quotations behind a verb of saying whose subject stands further left, and participles that tell."""

from __future__ import annotations

import pytest
from tests.attributions.report import show
from tests.attributions.scripted import ScriptedTagger
from tests.marked import marked

from onrecord.attributions import attributions_of


def read(text: str) -> list[str]:
    """What the rules add where a tagger has found nothing."""
    return [show(text, a) for a in attributions_of(text, ScriptedTagger())]


@pytest.mark.parametrize(
    "notation",
    [
        "At the door <source>she</source> laughed and <cue>admitted</cue> <content>“boats have been kind, mostly.”</content>",
        "<source>Ruiz</source> joked about it, but went on to <cue>say</cue>, <content>“There are places that drown.”</content>",
        "<source>He</source> waved it around, <cue>mouthing</cue> <content>“thank you”</content> to the crowd.",
        "They wore <source>a harbour hat</source> <cue>reading</cue>, <content>“Make Orlo Dry Again”</content> all night.",
        "<source>Hale</source> began by <cue>saying</cue>, <content>“I do not think it will hold.”</content>",
        "<cue>Citing</cue> <content>“family reasons,”</content> <source>Hale</source> resigned on Monday.",
        "<cue>Calling</cue> <content>the plan “a gift to the rich”</content>, <source>the mayor</source> left.",
        "<source>Hale</source> can be heard on the tape <cue>saying</cue> <content>that nobody would know</content>.",
        "In the end <source>Hale</source> is heard <cue>telling</cue> her: <content>“Nobody will ever know.”</content>",
    ],
)
def test_whose_the_words_are(notation: str) -> None:
    text, said = marked(notation)
    assert read(text) == [show(text, a) for a in said]


@pytest.mark.parametrize(
    "text",
    [
        "He declined to say “sorry” to the town.",
        "She left without saying “goodbye” to them.",
        "His eyes shone, as if to say, “Did you see that?”",
        "The judge told the man to say “yes” or leave.",
        "She would laugh and say “maybe” to all of it.",
        "He emailed his supporters reading lists of “great books”.",
    ],
)
def test_words_that_were_not_said(text: str) -> None:
    assert read(text) == []


def test_a_cue_that_runs_into_its_source_is_taken_apart() -> None:
    text, said = marked("<content>“It will hold for years,”</content> <cue>said Gorda</cue>.")
    assert [show(text, a) for a in attributions_of(text, ScriptedTagger(lambda passage: said))] == [
        "Gorda | said | “It will hold for years,”"
    ]


def test_a_day_is_part_of_a_name_behind_its_article() -> None:
    (found,) = attributions_of(text := "“Mice have shown more spine,” reads a Wednesday editorial.")
    assert show(text, found) == "a Wednesday editorial | reads | “Mice have shown more spine,”"
