"""Two people of one surname: who is meant by the surname, by a first name, by a pronoun behind it."""

from __future__ import annotations

import pytest
from tests.speakers.told import told

from onrecord.speakers import resolve_speakers
from onrecord.types import Speaker, Unresolved


def who(notation: str) -> list[str]:
    """Names in the order of the contents; for unresolved the candidates after "?"."""
    out = []
    for voice in resolve_speakers(*told(notation)):
        if isinstance(voice.speaker, Speaker):
            out.append("+".join(voice.speaker.names))
        else:
            out.append("? " + "+".join(voice.speaker.candidates))
    return out


def says(source: str, n: int = 1, content: str = "it is safe") -> str:
    return f"<source {n}>{source}</source {n}> <cue {n}>said</cue {n}> <content {n}>{content}</content {n}>. "


TWO = "Gavin Orrel and his wife, Petra Orrel, sued the port. "


def test_a_surname_of_two_is_nobodys() -> None:
    notation = TWO + "It rained. " + says("Orrel")
    assert who(notation) == ["? Gavin Orrel+Petra Orrel"]
    (voice,) = resolve_speakers(*told(notation))
    assert isinstance(voice.speaker, Unresolved)
    assert voice.speaker.why == "two people bear the name “Orrel”"


@pytest.mark.parametrize(("title", "name"), [("Mr.", "Gavin Orrel"), ("Ms.", "Petra Orrel")])
def test_a_title_tells_them_apart(title: str, name: str) -> None:
    assert who(TWO + "It rained. " + says(f"{title} Orrel")) == [name]


def test_it_goes_to_the_one_whom_the_article_never_calls_otherwise() -> None:
    assert who(TWO + "Ms. Orrel smiled. " + says("Orrel")) == ["Gavin Orrel"]
    assert who(TWO + "Gavin smiled. It rained. " + says("Orrel")) == ["Petra Orrel"]
    assert who(TWO + "Ms. Orrel met Mr. Orrel. " + says("Orrel")) == ["? Gavin Orrel+Petra Orrel"]


def test_it_goes_to_whom_it_meant_before_the_other_came() -> None:
    notation = "Gavin Orrel sued the port. Orrel was pleased. His sister, Petra Orrel, came too. " + says(
        "Orrel"
    )
    assert who(notation) == ["Gavin Orrel"]


def test_it_goes_to_who_has_just_spoken_by_full_name() -> None:
    assert who(TWO + says("Petra Orrel") + says("Orrel", 2)) == ["Petra Orrel"] * 2
    between = TWO + says("Petra Orrel") + "Gavin Orrel smiled. " + says("Orrel", 2)
    assert who(between)[1].startswith("?")


def test_it_goes_to_the_one_whom_the_words_do_not_name() -> None:
    notation = TWO + "It rained. " + says("Orrel", content="Ms. Orrel had gone")
    assert who(notation) == ["Gavin Orrel"]


def test_a_first_name_alone_is_its_one_bearer() -> None:
    assert who(TWO + "It rained. " + says("Petra") + says("Gavin", 2)) == ["Petra Orrel", "Gavin Orrel"]


def test_a_pronoun_behind_it_is_the_one_of_its_gender() -> None:
    notation = "Tom Webb runs the port. " + TWO + "Orrel wept. " + says("She")
    assert who(notation) == ["Petra Orrel"]


@pytest.mark.parametrize("mark", ["'", "’", "‘", "`"])
def test_every_mark_of_a_possessive_is_one(mark: str) -> None:
    notation = "Petra Orrel came. Petra Orrel" + mark + "s son wept. " + says("Orrel")
    assert who(notation) == ["Petra Orrel"]
