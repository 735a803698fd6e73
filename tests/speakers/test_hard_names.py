"""Names that are hard to tell from other words, and whom an article is about; everybody is invented."""

from __future__ import annotations

import pytest
from tests.speakers.told import told

from onrecord.speakers import resolve_speakers
from onrecord.speakers.members import Person
from onrecord.types import Speaker, SpeakerKind, Unresolved


def speakers(notation: str, **given: object) -> list[tuple[str, str]]:
    """(names joined by "+", kind) in the order of the contents; ("?", why) for unresolved."""
    return [
        ("?", v.speaker.why)
        if isinstance(v.speaker, Unresolved)
        else ("+".join(v.speaker.names), v.speaker.kind.value)
        for v in resolve_speakers(*told(notation, **given))  # type: ignore[arg-type]
    ]


def says(source: str, before: str = "") -> str:
    return f"{before} <source>{source}</source> <cue>said</cue> <content>no</content>."


NAMED = {
    "a plural with a capital is a group": (
        says("Lunters", "Lunters are proud. Ask the Lunters, and Lunters say so."),
        "Lunters",
        "group",
    ),
    "who was asked is a group": (says("the Marines surveyed"), "Marines surveyed", "group"),
    "a body and somebody else are a group": (
        says("Peru and others", "They met."),
        "Government of Peru and others",
        "group",
    ),
    "super PACs are many": (says("super PACs"), "super PACs", "group"),
    "a super PAC is not called so": (says("A super PAC"), "super PAC", "unnamed"),
    "a backer before a name is no part of it": (
        says("the Webb-backed Harbor League", "Tom Webb came."),
        "Harbor League",
        "organization",
    ),
    "an officer behind a body": (
        says("The Council on Harbor Relations National Executive Director Nihad Orro"),
        "Nihad Orro",
        "person",
    ),
    "a home behind a name": (says("House Speaker Paul D. Stone of Ohio"), "Paul D. Stone", "person"),
    "a first word that is no first name": (says("Certainly Ronald Stone"), "Ronald Stone", "person"),
    "a bracket inside the titles": (
        says("Lunt County (Ohio) Sheriff Tom Webb, an old hand,"),
        "Tom Webb",
        "person",
    ),
    "two with their parties": (
        says("Sen. Ana Ruiz, R-Ohio, and Tom Webb, R-Utah,"),
        "Ana Ruiz+Tom Webb",
        "person",
    ),
    "an abbreviation ends a sentence": (
        "Tom Webb spoke in Washington D.C. " + says("He"),
        "Tom Webb",
        "person",
    ),
    "his deputy, and not he": (
        says("Webb's running mate, Ohio Gov. Ana Ruiz,", "Tom Webb came."),
        "Ana Ruiz",
        "person",
    ),
    "a poll is its maker's": (says("A Gallup poll"), "Gallup", "organization"),
    "a poll by two is a document": (
        says("A Lunt Post-Harbor News poll"),
        "Lunt Post-Harbor News poll",
        "document",
    ),
    "a body by the initials behind it": (
        "The Alliance to Save Our Sluices (ASOS) met. " + says("ASOS"),
        "Alliance to Save Our Sluices",
        "organization",
    ),
    "they, two people": (
        "Ana Ruiz and Tom Webb came late. " + says("They"),
        "Ana Ruiz+Tom Webb",
        "person",
    ),
    "a state's senator by the party alone": (
        "Sen. Ana Ruiz (R-Ohio) met Sen. Tom Webb (R-Utah). " + says("The Ohio Republican"),
        "Ana Ruiz",
        "person",
    ),
    "an apposition that goes on": (
        "They met Ana Ruiz, <source>an Ohio lawyer</source> <cue>backing</cue> <content>the dam</content>.",
        "Ana Ruiz",
        "person",
    ),
    "a comparison in a source": (
        "Tom Webb, <source>who has drawn smaller crowds than rivals</source> <cue>claim</cue> <content>for him</content>.",
        "rivals",
        "group",
    ),
    "the name that the article gives, where it is not a household's": (
        says("Labor Secretary Thomas Perez"),
        "Thomas Perez",
        "person",
    ),
}


@pytest.mark.parametrize("case", NAMED)
def test_the_name(case: str) -> None:
    notation, name, kind = NAMED[case]
    assert speakers(notation) == [(name, kind)]


UNNAMED = {
    "a number before a name is a title's": says("13 Sluices"),
    "a party's member where two are": (
        "Sen. Ana Ruiz (R-Ohio) met Gov. Tom Webb (R-Utah). " + says("The Republican")
    ),
    "a state of which nobody is told": "Donald Trump ran. " + says("The Ohio Republican"),
    "a subject behind an opening phrase": (
        "With hosts Tom Webb and Ana Ruiz, <source>the candidate</source> <cue>boasted of</cue> <content>it</content>."
    ),
}


@pytest.mark.parametrize("case", UNNAMED)
def test_nobody_is_named(case: str) -> None:
    notation = UNNAMED[case]
    ((name, _),) = speakers(notation)
    assert name == "?"


def test_another_court_than_the_one_named_before() -> None:
    notation = "The Harbor Court ruled. " + says("a court")
    assert speakers(notation) == [("court", "unnamed")]


# ------------------------------------------------------------------- whom an article is about

LEAD = "# Dovra denies it\nMirela Dovra stood for hours and Dovra smiled. "


@pytest.mark.parametrize("words", ["the Tarvenian president", "the president", "the New Lunt billionaire"])
def test_the_description_of_the_one_whom_an_article_is_about(words: str) -> None:
    assert speakers(LEAD + says(words, "It was late.")) == [("Mirela Dovra", "person")]


@pytest.mark.parametrize(
    "notation",
    [
        LEAD
        + "Tom Webb came, and Webb sat. Webb spoke. "
        + says("the president"),  # another is named as often
        LEAD + "Sen. Ana Ruiz (D-Ohio) came last. " + says("the president"),  # another is named last
        "# Dovra denies it\nSen. Mirela Dovra smiled and Dovra sat. "
        + says("the president"),  # she has an office
        LEAD + says("the source"),
        LEAD + says("the head of the port"),
    ],
)
def test_a_description_that_may_be_anybodys_is_left_open(notation: str) -> None:
    assert speakers(notation)[-1][0] == "?"


def test_a_description_of_another_party_is_not_the_one_the_article_is_about() -> None:
    notation = "# Dovra wins\nRep. Mirela Dovra (R-Ohio) won. Dovra smiled. " + says(
        "the Democratic candidate"
    )
    assert speakers(notation)[0][0] == "?"


# ------------------------------------------------------------------------------------ transcripts

TALK = (
    "# A talk with Ana Ruiz\nAna Ruiz runs the port. Ruiz spoke to us.\n"
    "Q: Does it hold?\nA: <source>I</source> <cue>think</cue> <content>so</content>.\n"
    "<source 2>I</source 2> <cue 2>know</cue 2> <content 2>it does</content 2>.\n"
    "Q: <source 3>I</source 3> <cue 3>read</cue 3> <content 3>that it leaks</content 3>.\nA: No.\n"
)


def test_i_in_an_answer_is_the_one_interviewed_and_in_a_question_nobody_known() -> None:
    found = speakers(TALK)
    assert found[:2] == [("Ana Ruiz", "person")] * 2
    assert found[2][0] == "?"


def test_whose_answers_they_are_is_left_open_where_two_are_named() -> None:
    both = TALK.replace("A talk with Ana Ruiz", "Ana Ruiz and Tom Webb").replace(
        "Ruiz spoke", "Tom Webb spoke"
    )
    assert speakers(both)[0][0] == "?"


def test_a_label_in_capitals_is_the_person_of_that_name() -> None:
    notation = (
        "Ana Ruiz met Tom Webb.\nRUIZ: It holds.\nWEBB: <source>I</source> <cue>say</cue> <content>no</content>.\n"
        "RUIZ: Fine.\n"
    )
    assert speakers(notation) == [("Tom Webb", "person")]


def test_one_colon_makes_no_transcript() -> None:
    notation = "Note: it rained. <source>I</source> <cue>think</cue> <content>so</content>."
    voice = resolve_speakers(*told(notation, authors=("Ana Ruiz",)))[0]
    assert isinstance(voice.speaker, Speaker)
    assert voice.speaker.kind is SpeakerKind.AUTHOR


def test_a_name_in_capitals_is_written_as_names_are() -> None:
    assert Person(0, ["RUTH MCADAM-OSEI III", "OSEI"]).name == "Ruth McAdam-Osei III"
    assert Person(0, ["RUTH OSEI", "Ruth Osei"]).name == "Ruth Osei"
    assert Person(0, ["OSEI"]).name == "OSEI"


@pytest.mark.parametrize("words", ["Nobody", "No one", "None of the ministers", "No minister"])
def test_what_nobody_said_has_no_speaker(words: str) -> None:
    ((who, why),) = speakers(says(words, "Ana Ruiz runs the port."))
    assert who == "?"
    assert "stands for nobody" in why
