"""What somebody calls a thing, inside what somebody else does."""

from __future__ import annotations

import pytest
from tests.attributions.report import show
from tests.attributions.scripted import ScriptedTagger
from tests.marked import marked

from onrecord.attributions import attributions_of
from onrecord.attributions.quotes import find_quotes
from onrecord.attributions.rules import read_rules


def called(text: str) -> list[str]:
    """The drafts of the rule, as they are shown."""
    drafts = [d for d in read_rules(text, find_quotes(text)) if d.pattern == "calling"]
    return [" | ".join(text[s.start : s.end] for s in (d.source[0], d.cue[0], d.content[0])) for d in drafts]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The council rejected what Mayor Ana Ruiz called “a tax on breathing” on Monday.",
            "Mayor Ana Ruiz | called | “a tax on breathing”",
        ),
        (
            "They hope to be rid of what one old neighbour has dubbed ''the long wet summer,'' he wrote.",
            "one old neighbour | has dubbed | ''the long wet summer,''",
        ),
        (
            "The deal, which critics described as “shameful,” was signed.",
            "critics | described as | “shameful,”",
        ),
        ("He repeated charges that Ana Ruiz, for one, called “old news.”", "Ana Ruiz | called | “old news.”"),
        ("Hale recalls being told by Ana Ruiz: “Never again.”", "Ana Ruiz | told by | “Never again.”"),
        ("He fired Hale, whom he had called a “crook.”", "he | had called | “crook.”"),
        ("He fired Hale, who Ruiz on Monday called “a crook.”", "Ruiz | called | “a crook.”"),
    ],
)
def test_the_caller_is_the_source(text: str, wanted: str) -> None:
    assert called(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "They shook up what is called a “debate” in Orlo.",  # by nobody who is named
        "The plant makes what the trade calls “soft steel” for bridges.",
        "It grew into what we call “infrastructure” today.",
        "The prize went to Hale, who called it “a joke.”",  # his own sentence
        "They asked what Ruiz called the ferry: “Bread” or “Tides”?",
    ],
)
def test_without_a_caller_there_is_none(text: str) -> None:
    assert called(text) == []


def test_it_stands_beside_what_a_tagger_took_for_the_other_s_words() -> None:
    text, said = marked(
        "<source>The council</source> <cue>rejected</cue> <content>what Mayor Ana Ruiz called “a tax on breathing”</content>."
    )
    found = [show(text, a) for a in attributions_of(text, ScriptedTagger(lambda passage: said))]
    assert found[1:] == ["Mayor Ana Ruiz | called | “a tax on breathing”"]


def test_a_tagger_s_own_is_not_said_again() -> None:
    text, said = marked(
        "They left what <source>Ana Ruiz</source> <cue>called</cue> <content>“a sinking town.”</content>"
    )
    assert len(attributions_of(text, ScriptedTagger(lambda passage: said))) == 1


def test_the_caller_s_words_are_no_piece_of_what_another_announced() -> None:
    text, said = marked(
        "<source>The club</source> <cue>announced</cue> <content>new gates, as well as pumps</content>, to give what "
        "Ana Ruiz calls <content>“a clean sweep of it.”</content>"
    )
    found = [show(text, a) for a in attributions_of(text, ScriptedTagger(lambda passage: said))]
    assert found == [
        "The club | announced | new gates, as well as pumps",
        "Ana Ruiz | calls | “a clean sweep of it.”",
    ]
