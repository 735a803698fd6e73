"""Labels of pictures and measures, letters that are explained, and events called after a body: none of them speaks."""

from __future__ import annotations

import pytest
from tests.speakers.told import told

from onrecord.speakers import lists, resolve_speakers
from onrecord.types import Speaker, SpeakerKind


def who(notation: str) -> list[str]:
    """Names in the order of the contents; "?" for unresolved."""
    voices = resolve_speakers(*told(notation))
    return ["+".join(v.speaker.names) if isinstance(v.speaker, Speaker) else "?" for v in voices]


def label(words: str, content: str = "Marlow Lines") -> str:
    return f"<source 1>{words}</source 1><cue 1>:</cue 1> <content 1>{content}</content 1>\n"


def says(source: str, n: int = 1) -> str:
    return f"<source {n}>{source}</source {n}> <cue {n}>said</cue {n}> <content {n}>no</content {n}>. "


@pytest.mark.parametrize("word", sorted(lists.words("labels")))
def test_every_label_of_a_picture_is_nobody(word: str) -> None:
    notation = "Marlow Lines came.\n" + label(word.title()) + says("It", 2)
    assert who(notation)[0] == "?"
    assert who(notation)[1] != word.title()


@pytest.mark.parametrize("words", ["Image Credits", "Photo Credit", "Video"])
def test_labels_of_several_words_are_nobody_and_nothing_later_means_them(words: str) -> None:
    notation = says("Marlow Lines", 3) + "\n" + label(words) + says("It", 2)
    assert who(notation)[:2] == ["Marlow Lines", "?"]
    assert who(notation)[2] in ("Marlow Lines", "?")


@pytest.mark.parametrize("line", ["Weight: 2 kilos", "Fill: 650 down", "Comfort rating: -2°", "Price: $20"])
def test_a_line_that_gives_a_measure_has_no_speaker_and_makes_no_transcript(line: str) -> None:
    words, content = line.split(": ")
    others = "Length: 3 metres\nColours: 4\nDepth: 7 metres\n"
    notation = label(words, content) + others + says("I", 2)
    voices = resolve_speakers(*told(notation, authors=("Ana Ruiz",)))
    assert not isinstance(voices[0].speaker, Speaker)
    author = voices[1].speaker
    assert isinstance(author, Speaker)
    assert author.kind is SpeakerKind.AUTHOR
    assert author.names == ("Ana Ruiz",)


def test_a_name_before_a_colon_speaks() -> None:
    assert who(label("Marlow Lines", "we sail")) == ["Marlow Lines"]


def test_letters_that_are_explained_are_no_body() -> None:
    assert who("<source>LWR</source> <cue>stands for</cue> <content>Lasting Water Repellent</content>.") == [
        "?"
    ]
    assert who("Sen. Ana Ruiz stands for Lunt. " + says("Ruiz")) == ["Ana Ruiz"]


def test_a_body_is_not_called_after_its_own_event() -> None:
    notation = says("Quilva") + "It shows it at its yearly Camp Quilva event. " + says("Quilva", 2)
    voices = resolve_speakers(*told(notation))
    for voice in voices:
        assert isinstance(voice.speaker, Speaker)
        assert voice.speaker.names == ("Quilva",)
        assert voice.speaker.kind is SpeakerKind.ORGANIZATION


def test_a_person_named_in_full_later_is_one_still() -> None:
    notation = "Quilva came late. Dana Quilva, a dentist, smiled. " + says("Quilva")
    assert who(notation) == ["Dana Quilva"]


def test_the_company_is_the_one_that_has_spoken() -> None:
    assert who(says("Quilva") + says("The company", 2)) == ["Quilva"] * 2


@pytest.mark.parametrize(
    ("body", "noun", "meant"),
    [
        ("The Civil Flight Authority of Vale", "The airline", "?"),
        ("The Vale Police Department", "The company", "?"),
        ("Lunt Motors", "The company", "Lunt Motors"),
    ],
)
def test_a_trade_is_no_authority(body: str, noun: str, meant: str) -> None:
    assert who(says(body) + says(noun, 2))[1] == meant


@pytest.mark.parametrize(
    ("source", "meant"),
    [
        ("Vale’s Department of Harbours and Ferries (Dohaf) director-general, Bo Hale,", "Bo Hale"),
        ("The Lunt Motors (LM) spokeswoman, Ana Ruiz,", "Ana Ruiz"),
    ],
)
def test_whoever_holds_a_body_s_office_is_meant_and_not_the_body(source: str, meant: str) -> None:
    assert who(says(source)) == [meant]
