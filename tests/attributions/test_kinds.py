"""Direct, mixed, indirect."""

from __future__ import annotations

import pytest
from tests.marked import marked

from onrecord.attributions import attributions_of
from onrecord.attributions.kinds import kind_of
from onrecord.attributions.quotes import find_quotes
from onrecord.types import Kind


@pytest.mark.parametrize(
    ("notation", "kind"),
    [
        ("<content>“It holds,”</content> he <cue>said</cue>.", Kind.DIRECT),
        ("“<content>It holds</content>,” he <cue>said</cue>.", Kind.DIRECT),
        ("<content>'It's holding,'</content> he <cue>said</cue>.", Kind.DIRECT),
        ("<content>It holds,”</content> he <cue>said</cue>.", Kind.DIRECT),
        ("He <cue>said</cue> <content>it “holds.”</content>", Kind.MIXED),
        ("<content>“It holds,”</content> he <cue>said</cue>, <content>more or less</content>.", Kind.MIXED),
        ("He <cue>said</cue> <content>it holds</content>.", Kind.INDIRECT),
        ("“He <cue>said</cue> <content>it holds</content>,” I wrote.", Kind.INDIRECT),
        ("“He <cue>said</cue> <content>‘it holds’</content>,” I wrote.", Kind.DIRECT),
        ("He <cue>said</cue> <content>...</content>", Kind.INDIRECT),
    ],
)
def test_kinds(notation: str, kind: Kind) -> None:
    text, (attribution,) = marked(notation)
    assert kind_of(text, attribution.content, find_quotes(text), attribution.cue) is kind


def test_a_transcripts_turns_are_the_speakers_own_words() -> None:
    text = (
        "CALDER: It holds.\n\nPRICE: Does it?\n\nCALDER: It does.\n\nPRICE: Thank you, he told me it would.\n"
    )
    found = attributions_of(text)
    turns = [a for a in found if a.cue and text[a.cue[0].start] == ":"]
    assert [text[a.source[0].start : a.source[0].end] for a in turns] == [
        "CALDER",
        "PRICE",
        "CALDER",
        "PRICE",
    ]
    assert {a.kind for a in turns} == {Kind.DIRECT}


def test_a_headline_before_a_colon_is_not_direct() -> None:
    (headline,) = attributions_of("Calder: The Dam Will Hold Another Winter\n\nIt rained.\n")
    assert headline.kind is Kind.INDIRECT
