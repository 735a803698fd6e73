"""To whom something is said."""

from __future__ import annotations

import pytest
from tests.speakers.told import told

from onrecord.speakers import resolve_speakers

ORREL = "Mayor Petra Orrel won. "


def to(notation: str, which: int = 0) -> str | None:
    addressee = resolve_speakers(*told(ORREL + notation))[which].addressee
    return addressee.name if addressee else None


@pytest.mark.parametrize(
    ("notation", "name"),
    [
        ("<source>Orrel</source> <cue>told</cue> reporters outside a diner <content>that she was tired</content>.", "reporters"),
        ("<content>“No,”</content> <source>Orrel</source> <cue>told</cue> KTR then.", "KTR"),
        ("<source>Orrel</source> <cue>told</cue> state delegates recently <content>that she would go</content>.", "state delegates"),
        ("<source>Ann Vale</source> <cue>telling</cue> #VoteNo people <content>they are silly</content>.", "#VoteNo people"),
        ("<source>Orrel</source> <cue>urged</cue> <content>the ferry crews to stay</content>.", "the ferry crews"),
        ("<source>Tom Barr</source> <cue>replied</cue> to her <content>that it was late</content>.", "Petra Orrel"),
        ("<source>Orrel</source> <cue>wrote</cue> in an email message Monday to The Harrow Gazette <content>that she had paid</content>.", "Harrow Gazette"),
        ("In a letter to Tom Barr, <source>Orrel</source> <cue>said</cue> <content>that she had paid</content>.", "Tom Barr"),
        ("<source>Orrel</source> <cue>said</cue> in an interview with KTR News <content>that she had paid</content>.", "KTR News"),
        ("Petra Orrel <cue>was asked</cue> <content>whether she had paid</content>.", "Petra Orrel"),
        ("<cue 1>Asked about</cue 1> <content 1>her debts</content 1>, <source 2>Orrel</source 2> <cue 2>said</cue 2> <content 2>no</content 2>.", "Petra Orrel"),
        ("<source>Tom Barr</source> <cue>reminded</cue> me of the old mayor, <content>that it was late</content>.", "me"),
        ("When asked by Bo Hale, he was silent. <source>Tom Barr</source> <cue>said</cue> to reporters <content>no</content>.", "reporters"),
        # nobody is told
        ("<source>Orrel</source> <cue>vows</cue> to press on, <content>that it is not over</content>.", None),
        ("<content>What is most <source>Orrel</source></content> is <cue>most telling</cue> to her.", None),
        ("<source>Orrel</source> <cue>wrote</cue> in a letter to Petra Orrel <content>that it was late</content>.", None),
        ("<content>“No,”</content> <cue>warned</cue> <source>Orrel</source>.", None),
        ("<source>Orrel</source> <cue>asks</cue> rhetorically <content>whether it matters</content>.", None),
        ("<source>Orrel</source> <cue>wrote</cue> to complain <content>that it was late</content>.", None),
        ("<source>Orrel</source> <cue>asked</cue> <content>to see the letter</content>.", None),
    ],
)  # fmt: skip
def test_to_whom(notation: str, name: str | None) -> None:
    assert to(notation) == name
