"""Quotations without a source whose words stand in a statement too: they are its speaker's."""

from __future__ import annotations

import pytest
from tests.speakers.told import told

from onrecord.speakers import resolve_speakers
from onrecord.types import Speaker

WORDS = "they have such anger that they cannot hold it back"
SAID = "<content 2>“I saw it, and {words}, at the port,”</content 2> <source 2>Gavin Orrel</source 2> <cue 2>said</cue 2>. "


def who(notation: str) -> list[str]:
    """Names in the order of the contents; "?" for unresolved."""
    voices = resolve_speakers(*told(notation))
    return ["+".join(v.speaker.names) if isinstance(v.speaker, Speaker) else "?" for v in voices]


def pulled(words: str, said: str = SAID.format(words=WORDS)) -> str:
    lead = "The Lunt Port Authority met.\n"
    return lead + f"<content 1>“{words}.”</content 1>\nIt rained.\nIt was late.\n" + said


@pytest.mark.parametrize(
    "words",
    [
        WORDS,
        WORDS.capitalize(),
        WORDS + " now",
        "they have such anger that they can’t hold it back at the port",
    ],
)
def test_a_pull_quote_is_whose_words_it_repeats(words: str) -> None:
    found = who(pulled(words))
    assert found[1] == "Gavin Orrel"
    assert (found[0] == "Gavin Orrel") is ("can’t" not in words)


def test_few_words_and_other_words_are_nobodys() -> None:
    assert who(pulled("they have such anger"))[0] == "?"
    assert who(pulled("we shall never go back to the port at night"))[0] == "?"


def test_words_that_two_have_said_are_neithers() -> None:
    other = SAID.format(words=WORDS).replace(" 2", " 3").replace("Gavin Orrel", "Tom Webb")
    assert who(pulled(WORDS, SAID.format(words=WORDS) + other))[0] == "?"


def test_what_follows_a_pull_quote_keeps_its_speaker() -> None:
    notation = (
        "<content 2>“No,”</content 2> <source 2>Tom Webb</source 2> <cue 2>said</cue 2>.\n" + pulled(WORDS)
    ).replace("2>", "3>", 6)
    assert who(notation) == ["Tom Webb", "Gavin Orrel", "Gavin Orrel"]


def test_a_pull_quote_does_not_go_on_with_the_one_before_it() -> None:
    notation = "<content 1>“No,”</content 1> <source 1>Tom Webb</source 1> <cue 1>said</cue 1>.\n"
    notation += f"<content 3 after 1>“{WORDS}.”</content 3>\nIt rained.\n" + SAID.format(words=WORDS)
    assert who(notation) == ["Tom Webb", "Gavin Orrel", "Gavin Orrel"]
