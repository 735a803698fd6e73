"""Names that open with "his", "her" or "its": whose it is, or no pronoun at all."""

from __future__ import annotations

import pytest
from tests.speakers.told import told

from onrecord.speakers import resolve_speakers
from onrecord.types import Speaker


def who(source: str) -> str:
    notation = f"Mayor Petra Orrel won. Orrel smiled. <source>{source}</source> <cue>said</cue> <content>no</content>."
    (voice,) = resolve_speakers(*told(notation))
    return voice.speaker.names[0] if isinstance(voice.speaker, Speaker) else "?"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("Her supporters", "Petra Orrel’s supporters"),
        ("Her bank records", "Petra Orrel’s bank records"),
        ("Her brother", "Petra Orrel’s brother"),
        ("His supporters", "supporters"),
        ("Its online community", "online community"),
        ("Their old friends", "old friends"),
        ("Her campaign’s new memo", "Orrel campaign"),
        ("Her campaign", "Orrel campaign"),
        ("The supporters", "supporters"),
    ],
)
def test_a_name_says_whose_or_has_no_pronoun(source: str, name: str) -> None:
    assert who(source) == name
