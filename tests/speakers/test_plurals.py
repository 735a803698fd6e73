"""“They”, “some”, “others”: which group is meant, and that it is never one person."""

from __future__ import annotations

import pytest
from tests.speakers.told import told

from onrecord.speakers import resolve_speakers
from onrecord.types import Speaker, SpeakerKind


def who(notation: str) -> list[str]:
    """Names in the order of the contents; "?" for unresolved."""
    voices = resolve_speakers(*told(notation))
    return ["+".join(v.speaker.names) if isinstance(v.speaker, Speaker) else "?" for v in voices]


MEMBERS = (
    "<source 1>All nine members</source 1> <cue 1>demanded</cue 1> <content 1>a vote</content 1>. It rained. "
)
THEY = "<content 2>“Let her in,”</content 2> <source 2>they</source 2> <cue 2>chanted</cue 2>."


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ("On Monday, hundreds of protesters converged on Lunt. ", "hundreds of protesters"),
        ("But the striking dockers marched. ", "striking dockers"),
        ("Some women from Lunt came. ", "Some women"),
        ("Hundreds of orders came. ", "All nine members"),
        ("Mayor Ana Ruiz met protesters. ", "All nine members"),
        ("“Protesters came,” a sign read. ", "All nine members"),
        ("Protesters came.\nIt rained. ", "All nine members"),
    ],
)
def test_they_are_the_people_whom_the_sentence_before_is_about(before: str, name: str) -> None:
    assert who(MEMBERS + before + THEY)[1] == name


def test_they_who_spoke_in_the_sentence_before_speak_on() -> None:
    assert who("Protesters came. " + MEMBERS + THEY)[1] == "All nine members"


def test_a_body_that_spoke_a_few_sentences_ago_is_not_they() -> None:
    body = "<source 1>The Lunt Port Authority</source 1> <cue 1>said</cue 1> <content 1>no</content 1>. "
    assert who(body + THEY)[1] == "Lunt Port Authority"
    assert who(body + "It rained. It snowed. It froze. " + THEY)[1] == "?"


def test_some_who_come_in_behind_with_are_not_the_sentences_subject() -> None:
    notation = (
        "Gavin Orrel spoke. <source 1><source 2>Orrel</source 2></source 1> <cue 1>said</cue 1> <content 1>not all "
        "liked it</content 1>, with some of her followers calling her out, <cue 2>saying</cue 2> "
        "<content 2>she lied</content 2>."
    )
    assert who(notation) == ["Gavin Orrel", "some of her followers"]


@pytest.mark.parametrize("word", ["Some", "Others", "Many", "Several", "A few", "Both", "Most"])
def test_some_are_never_one_person(word: str) -> None:
    said = f"<source>{word}</source> <cue>said</cue> <content>no</content>."
    for voice in resolve_speakers(*told("Gavin Orrel came. Orrel smiled. " + said)):
        assert not isinstance(voice.speaker, Speaker) or voice.speaker.kind is SpeakerKind.GROUP
