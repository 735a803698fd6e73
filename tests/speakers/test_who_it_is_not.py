"""Whom a pronoun cannot mean: who is spoken of by name, who stands behind a preposition, who is of the other gender."""

from __future__ import annotations

import pytest
from tests.speakers.told import told

from onrecord.speakers import resolve_speakers
from onrecord.types import Speaker, Unresolved


def who(notation: str) -> list[str]:
    """Names in the order of the contents; "?" for unresolved."""
    voices = resolve_speakers(*told(notation))
    return ["+".join(v.speaker.names) if isinstance(v.speaker, Speaker) else "?" for v in voices]


HEAD = "Mirela Dovra was tried in Lunt. The first witness was Gavin Orrel, head of the port. "
HE = "<source>He</source> <cue>said</cue> "


@pytest.mark.parametrize(
    "content",
    [
        "<content>Dovra had been watched</content>",
        "<content>that the port feared Dovra</content>",
        "<content>the port was closed</content> because Dovra wanted it",
        "<content>the port was closed</content> (for a week) when Dovra came",
    ],
)
def test_nobody_speaks_of_himself_by_name(content: str) -> None:
    assert who(HEAD + "Dovra smiled. " + HE + content + ".") == ["Gavin Orrel"]


def test_nor_does_he_in_another_thing_that_he_says_in_the_same_breath() -> None:
    notation = (
        HEAD + "Dovra smiled. <source 1><source 2>He</source 2></source 1> <cue 1>said</cue 1> "
        "<content 1>it rained</content 1>, <cue 2>adding</cue 2> <content 2>that Dovra had gone</content 2>."
    )
    assert who(notation) == ["Gavin Orrel"] * 2


@pytest.mark.parametrize(
    "content",
    [
        "<content>the Dovra administration was right</content>",
        "<content>Dovra’s port was safe</content>",
        "<content>it was “a day for Dovra”</content>",
        "<content>the port was closed</content>, but Dovra had gone",
        "<content>the name of the witness was Dovra</content>",
    ],
)
def test_a_name_before_a_noun_an_owners_or_a_quoted_one_may_be_his_own(content: str) -> None:
    notation = "Emil Dovra runs the port. Dovra spoke. " + HE + content + "."
    assert who(notation) == ["Emil Dovra"]


def test_what_stands_before_the_pronoun_may_name_whom_it_means() -> None:
    notation = (
        "Emil Dovra runs the port. <content>Dovra had won</content>, <source>he</source> <cue>said</cue>."
    )
    assert who(notation) == ["Emil Dovra"]


def test_past_whom_it_names_nobody_far_away_is_meant() -> None:
    notation = (
        "Gavin Orrel came. It rained. It snowed. It froze. It blew. It poured. Mirela Dovra smiled. "
        + HE
        + "<content>Dovra had gone</content>."
    )
    voice = resolve_speakers(*told(notation))[0]
    assert isinstance(voice.speaker, Unresolved)
    assert "spoken of by name" in voice.speaker.why


def test_a_name_behind_a_preposition_before_the_main_clause_is_not_its_subject() -> None:
    lead = "<source 1>Gavin Orrel</source 1> <cue 1>said</cue 1> <content 1>no</content 1>. "
    later = "<source 2>he</source 2> <cue 2>said</cue 2> <content 2>it was late</content 2>."
    assert who(lead + "In his evidence, and under questioning by Tom Webb, " + later)[1] == "Gavin Orrel"
    assert who("Under questioning by Tom Webb, " + later.replace(" 2", "")) == ["?"]
    assert who("Tom Webb came, and on Monday, " + later.replace(" 2", "")) == ["Tom Webb"]


def test_pronouns_before_show_of_what_gender_somebody_is() -> None:
    she = "<source 1>She</source 1> <cue 1>said</cue 1> <content 1>no</content 1>. "
    notation = (
        "Mayor Quorra Dovra runs the port. "
        + she
        + she.replace(" 1", " 2")
        + "<source 3>He</source 3> <cue 3>said</cue 3> <content 3>yes</content 3>."
    )
    assert who(notation) == ["Quorra Dovra", "Quorra Dovra", "?"]
