"""The notation itself."""

from __future__ import annotations

import pytest
from tests.marked import marked

from onrecord.types import Attribution, Kind, Span


def test_one_attribution() -> None:
    text, found = marked("<source>Ana</source> <cue>said</cue> <content>it holds</content>.")
    assert text == "Ana said it holds."
    assert found == (Attribution((Span(0, 3),), (Span(4, 8),), (Span(9, 17),), Kind.INDIRECT, 1.0),)


def test_several_with_pieces_a_shared_source_nesting_and_going_on() -> None:
    text, found = marked(
        "<content 2>“<source 3>They</source> <cue 3>said</cue> <content 3 in 2>it held</content>,”</content> "
        "<source 2>Ana</source> <cue 2>said</cue>. <content 2>“It did.”</content>\n\n"
        "<content 5 after 2>“So there.”</content>"
    )
    outer, inner, goes_on = found
    assert [text[s.start : s.end] for s in outer.content] == ["“They said it held,”", "“It did.”"]
    assert (inner.parent, inner.kind) == (0, Kind.INDIRECT)
    assert (goes_on.source, goes_on.cue, goes_on.continues) == ((), (), 0)


def test_a_source_of_two() -> None:
    _, found = marked(
        "<source 1><source 2>He</source></source> <cue 1>said</cue> <content 1>a</content>, "
        "<cue 2>adding</cue> <content 2>b</content>"
    )
    assert found[0].source == found[1].source == (Span(0, 2),)


@pytest.mark.parametrize("notation", ["<source>Ana said it", "Ana</source> said it", "<cue 1>a</cue 2>"])
def test_a_mark_without_its_partner_is_refused(notation: str) -> None:
    with pytest.raises(ValueError, match="close"):
        marked(notation)
