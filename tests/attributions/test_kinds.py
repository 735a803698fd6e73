"""Direct, mixed, indirect."""

from __future__ import annotations

import pytest
from tests.marked import marked

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
