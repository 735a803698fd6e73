"""User names: people who are named without capitals, and what else the article calls them."""

from __future__ import annotations

import pytest
from tests.speakers.told import told

from onrecord.speakers import resolve_speakers
from onrecord.speakers.user_names import is_user_name
from onrecord.types import Speaker, SpeakerKind


def who(notation: str) -> list[str]:
    """Names of people in the order of the contents; "?" for unresolved and for all others."""
    out = []
    for voice in resolve_speakers(*told(notation)):
        person = isinstance(voice.speaker, Speaker) and voice.speaker.kind is SpeakerKind.PERSON
        out.append("+".join(voice.speaker.names) if person else "?")  # type: ignore[union-attr]
    return out


def says(source: str, n: int = 1) -> str:
    return f"<source {n}>{source}</source {n}> <cue {n}>wrote</cue {n}> <content {n}>it holds</content {n}>. "


@pytest.mark.parametrize("name", ["acrow7", "quiet_gull", "gull99x", "@harborcat", "@quiet_gull"])
def test_a_user_name_is_a_name(name: str) -> None:
    assert who(says(name)) == [name]
    assert who(says("The user " + name)) == [name]


def test_the_capital_at_a_sentences_start_is_no_part_of_it() -> None:
    assert who(says("Acrow7") + "On Monday acrow7 left. " + says("Acrow7", 2)) == ["acrow7"] * 2


@pytest.mark.parametrize(
    "source",
    ["The poster", "The acrow7 account", "Acrow7’s last", "several of acrow7’s posts", "They", "the user"],
)
def test_what_else_the_article_calls_its_one_user(source: str) -> None:
    paper = "<source 3>The Lunt Times</source 3> <cue 3>wrote</cue 3> <content 3>no</content 3>. "
    assert who("On Monday acrow7 came. " + says("acrow7") + paper + says(source, 2))[2] == "acrow7"


def test_the_poster_is_nobody_where_two_have_written() -> None:
    assert who(says("acrow7") + says("quiet_gull", 2) + says("The poster", 3))[2] == "?"


@pytest.mark.parametrize("source", ["Quilva45", "G20", "H1N1", "the mp3"])
def test_what_has_digits_and_capitals_is_no_user(source: str) -> None:
    assert who(says(source)) == ["?"]


def test_an_address_is_no_user_name() -> None:
    assert is_user_name("acrow7")
    assert not is_user_name("ruiz@lunt")
    assert not is_user_name("Ruiz")
