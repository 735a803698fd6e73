"""What the deterministic reader finds, in our own notation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.attributions.report import show
from tests.marked import marked

from onrecord.attributions import attributions_of
from onrecord.types import Attribution, Kind

FORWARD = [
    "<source>Ana Ruiz</source> <cue>said</cue> <content>the dam is safe</content>.",
    "<source>Mayor Ana Ruiz (D-Orlo)</source> <cue>said</cue> Wednesday <content>that the dam is safe</content>.",
    "<source>Ana Ruiz, the mayor</source>, <cue>has said</cue> <content>the dam is safe</content>.",
    "<source>Ana Ruiz</source>, speaking in Orlo, <cue>said</cue> <content>that the dam is safe</content>.",
    "<source>Ruiz and her lawyers</source> <cue>accuse</cue> <content>the port of hiding the report</content>.",
    "<source>She</source> <cue>told</cue> reporters <content>that the dam is safe</content>.",
    "<source>Ruiz</source> <cue>told</cue> Holt on Tuesday <content>that the dam is safe</content>.",
    "<source>Ruiz</source> <cue>warned</cue> Holt <content>of a “long” winter</content>.",
    "<source>Ruiz</source> <cue>called</cue> <content>the report a “pack of lies.”</content>",
    "<source>Ruiz</source> <cue>acknowledged</cue> — for the first time — <content>that the dam leaks</content>.",
    (
        "<source>The mayor</source> <cue>repeated her demand</cue> <content>that “the dam must be closed,”</content> "
        "a demand that she first made in May."
    ),
    "<content>The dam is safe</content>, <source>Ruiz</source> <cue>said</cue>.",
    "<content>The dam was</content>, <source>she</source> <cue>said</cue>, <content>“safe” in any weather</content>.",
    "<cue>According to</cue> <source>Ruiz</source>, <content>the dam is safe</content>.",
    "<content>The dam is safe</content>, <cue>according to</cue> <source>the mayor of Orlo</source>.",
    (
        "<source 1><source 2>He</source></source> <cue 1>said</cue> <content 1>the dam was safe</content>, "
        "<cue 2>adding</cue> <content 2>that it would be watched</content>."
    ),
    (
        "<source 1><source 2>Ruiz</source></source> <cue 1>said</cue> <content 1>the dam was safe</content> but "
        "<cue 2>warned</cue> <content 2>that it was old</content>."
    ),
    "Ruiz met Brandt, <source>who</source> <cue>said</cue> <content>that the dam was safe</content>.",
]
QUOTED = [
    "Here’s <source>Ruiz</source> in May 1992<cue>:</cue> <content>“The dam is safe, and will be for years.”</content>",
    "Then there was <source>Ana Ruiz</source>, on the radio<cue>:</cue> <content>“The dam was never safe.”</content>",
    "And so it went on, as it always had: <content>“The dam was never safe at all.”</content>",
    "<content>“The dam is safe,”</content> <source>Ana Ruiz</source> <cue>said</cue>.",
    "<content>“The dam is safe,”</content> <cue>said</cue> <source>Ana Ruiz, the mayor of Orlo</source>.",
    (
        "<content>“The dam is safe,”</content> <source>she</source> <cue>told</cue> the council. "
        "<content>“Go home.”</content>"
    ),
    "<content>“The dam is safe,”</content> <source>Ruiz</source> <cue>thundered</cue>.",
    "<content>“Is it safe?”</content> <source>Brandt</source> <cue>asked</cue>.",
    "<source>Ruiz</source> <cue>said</cue>: <content>“The dam is safe.”</content>",
    "<source>Ruiz</source> <cue>said</cue>, <content>“The dam is safe.”</content>",
    (
        "<content 1>“The dam is safe,”</content> <source 1>Ruiz</source> <cue 1>said</cue>. "
        "<content 2>“It leaks,”</content> <source 2>Brandt</source> <cue 2>said</cue>."
    ),
]


def same(text: str, got: tuple[Attribution, ...], want: tuple[Attribution, ...]) -> None:
    assert [show(text, a) for a in got] == [show(text, a) for a in want]


@pytest.mark.parametrize("notation", FORWARD + QUOTED)
def test_the_rules_read(notation: str) -> None:
    text, want = marked(notation)
    same(text, attributions_of(text), want)


@pytest.mark.parametrize(
    "text",
    [
        "The dam is a kilometre long and was built in 1961.",
        "He drives a boat that nobody else would drive.",
        "The word “quay” stands on the oldest map.",
        "12:40 p.m.",
        "Image Credits: Orlo Press\n\nIt was a long day.\n\nImage Credits: The Vale Herald",
        "The bags are light.\n\nFill: 650 grams of down\n\nThey cost more.\n\nFill: 700 grams of wool",
        "我們昨天在河邊。",
        "",
        "\n\n \n",
    ],
)
def test_nothing_is_found_where_nobody_speaks(text: str) -> None:
    assert attributions_of(text) == ()


def test_what_the_scores_are() -> None:
    text = "“The dam is safe,” Ruiz said. The report suggested that it leaks.\n\n“We will see. We always do, in the end.”"
    direct, indirect, goes_on = attributions_of(text)
    assert direct.score > indirect.score > 0
    assert direct.score > goes_on.score
    assert goes_on.continues == 1


def test_a_nested_one_has_a_parent_and_is_indirect() -> None:
    text, _ = marked("“They told us that the dam was safe,” Ruiz said.")
    outer, inner = attributions_of(text)
    assert (outer.kind, inner.kind, inner.parent) == (Kind.DIRECT, Kind.INDIRECT, 0)


PIECES = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "'",
        "said",
        "told",
        "Ruiz",
        "he",
        "that",
        ",",
        ".",
        ":",
        "—",
        "\n\n",
        "according to",
        "the dam",
        "NAME:",
        "@ruiz",
        "(",
        ")",
    ]
)


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=40))
def test_spans_lie_in_the_text_sorted_and_indexes_exist(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = attributions_of(text)
    begins = []
    for i, a in enumerate(found):
        assert a.content
        assert 0 <= a.score <= 1
        for role in (a.source, a.cue, a.content):
            assert list(role) == sorted(role)
            assert all(s.end <= len(text) for s in role)
        for other in (a.parent, a.continues):
            assert other is None or (other != i and 0 <= other < len(found))
        assert a.continues is None or not a.source
        begins.append(min(s.start for s in (a.content[0], *a.cue[:1])))
    assert begins == sorted(begins)
    assert attributions_of(text) == found


@pytest.mark.parametrize(
    "piece",
    [
        "he said that ",
        '"a" said Ana. ',
        "told him, ",
        "“a b c d.\n",
        "ANA: hi.\n",
        "— Ana\n",
        "( ",
        "Ana said: ",
    ],
)
def test_long_and_strange_texts_are_read(piece: str) -> None:
    attributions_of(piece * 1000)


@pytest.mark.parametrize(
    "inside",
    [
        "They may say that it leaks",
        "They'll say that it leaks",
        "I'm glad to say that it holds",
        "Someone says that it leaks",
        "Hearing both say that it leaks is new",
    ],
)
def test_what_may_be_said_or_nobody_says_is_not_nested(inside: str) -> None:
    assert len(attributions_of(f"“{inside},” Ana Ruiz said.")) == 1


def test_a_signature_takes_a_paragraph_from_the_speaker_before() -> None:
    text = "“The dam is safe,” Ana Ruiz said.\n\n“It was never in danger of any kind.”\n\n— Bo Lind, Orlo"
    found = attributions_of(text)
    assert [text[a.source[0].start : a.source[0].end] for a in found] == ["Ana Ruiz", "Bo Lind, Orlo"]
