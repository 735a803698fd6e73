"""A tagger's answer, put right by the quotation marks and completed by the rules."""

from __future__ import annotations

import pytest
from tests.attributions.report import show
from tests.attributions.scripted import ScriptedTagger
from tests.marked import marked

from onrecord.attributions import attributions_of
from onrecord.types import Attribution, Kind, Span


def read(notation: str, plain: str | None = None) -> tuple[str, tuple[Attribution, ...]]:
    """What becomes of the marked attributions when a tagger has found them."""
    text, said = marked(notation)
    return text, attributions_of(text, ScriptedTagger(lambda passage: said))


@pytest.mark.parametrize(
    ("tagged", "wanted"),
    [
        (  # most of a quotation is all of it
            "“The dam <content>is as safe as it ever was,</content>” <source>Ana</source> <cue>said</cue>.",
            "<content>“The dam is as safe as it ever was,”</content> <source>Ana</source> <cue>said</cue>.",
        ),
        (  # a graze of one is nothing of it
            "<source>Ana</source> <cue>said</cue> <content>the dam leaks. “Nobody</content> wants to hear about it in this town at all.”",
            (
                "<source>Ana</source> <cue>said</cue> <content>the dam leaks.</content> "
                "<content>“Nobody wants to hear about it in this town at all.”</content>"
            ),
        ),
        (  # marks belong to the content
            "<source>Ana</source> <cue>called</cue> <content>it a “complete mess</content>.”",
            "<source>Ana</source> <cue>called</cue> <content>it a “complete mess.”</content>",
        ),
    ],
)
def test_contents_end_where_quotations_do(tagged: str, wanted: str) -> None:
    text, found = read(tagged)
    _, want = marked(wanted)
    assert (
        show(text, found[0]).split(" | ")[2].split(" / ")[0]
        == show(text, want[0]).split(" | ")[2].split(" / ")[0]
    )


def test_a_missed_quotation_is_added_with_a_lower_score() -> None:
    text, found = read(
        "“The dam is safe,” Ana Ruiz said. <source>Bo</source> <cue>said</cue> <content>it leaked</content>."
    )
    added, tagged = found
    assert show(text, added) == "Ana Ruiz | said | “The dam is safe,”"
    assert added.score < tagged.score


def test_the_second_half_of_a_quotation_joins_the_first() -> None:
    text, found = read(
        "<content>“The dam is safe,”</content> <source>Ana</source> <cue>said</cue>. “Nobody need go anywhere tonight.”"
    )
    assert [show(text, a) for a in found] == [
        "Ana | said | “The dam is safe,” / “Nobody need go anywhere tonight.”"
    ]


def test_a_paragraph_that_goes_on_has_the_speaker_before() -> None:
    _, found = read(
        "<source>Ana Ruiz</source> <cue>denied</cue> <content>that the dam leaks</content>.\n\n"
        "“It has never leaked. It will not leak while I am mayor of this town.”"
    )
    assert found[1].continues == 0
    assert found[1].source == found[1].cue == ()
    assert found[1].kind is Kind.DIRECT


def test_what_goes_on_after_indirect_speech_is_a_statement_of_its_own() -> None:
    text, found = read(
        "<source>Ana Ruiz</source> <cue>denied</cue> <content>that the dam leaks.\n\n"
        "“It has never leaked. It will not leak while I am mayor of this town.”</content>"
    )
    assert [show(text, a) for a in found] == [
        "Ana Ruiz | denied | that the dam leaks.",
        "- | - | “It has never leaked. It will not leak while I am mayor of this town.”",
    ]
    assert found[1].continues == 0


def test_no_piece_begins_or_ends_inside_a_word() -> None:
    text, found = read(
        "<source>Ana — who</source> is mayor — <cue>said</cue> <content>the dam is wa</content>ter-tight."
    )
    assert [show(text, a) for a in found] == ["Ana | said | the dam is water-tight"]


def test_a_nested_one_that_the_tagger_missed_is_added() -> None:
    text, found = read(
        "<content>“They told us that the dam was safe,”</content> <source>Ana</source> <cue>said</cue>."
    )
    assert show(text, found[1]) == "They | told | that the dam was safe"
    assert (found[1].parent, found[1].kind) == (0, Kind.INDIRECT)


def test_titles_and_terms_are_not_added() -> None:
    _, found = read("The town's library bought “The Salt Road” and a “reading chair.”")
    assert found == ()


def test_doubles_are_dropped_and_indexes_follow() -> None:
    text = "“Bo said it leaks,” Ana said."
    outer = Attribution((Span(20, 23),), (Span(24, 28),), (Span(0, 19),), Kind.DIRECT, 0.9)
    double = Attribution((Span(20, 23),), (Span(24, 28),), (Span(1, 18),), Kind.DIRECT, 0.6)
    inner = Attribution((Span(1, 3),), (Span(4, 8),), (Span(9, 17),), Kind.DIRECT, 0.7, parent=1)
    found = attributions_of(text, ScriptedTagger(lambda passage: (outer, double, inner)))
    assert [a.score for a in found] == [0.9, 0.7]
    assert found[1].parent == 0
    assert found[1].kind is Kind.INDIRECT


def test_kinds_are_the_marks_not_the_taggers() -> None:
    text = "Ana said it was “safe.”"
    wrong = Attribution((Span(0, 3),), (Span(4, 8),), (Span(9, 23),), Kind.DIRECT, 0.9)
    (found,) = attributions_of(text, ScriptedTagger(lambda passage: (wrong,)))
    assert found.kind is Kind.MIXED


def test_a_span_outside_the_passage_is_an_error_of_the_tagger() -> None:
    wrong = Attribution((), (), (Span(0, 99),), Kind.DIRECT, 0.9)
    with pytest.raises(ValueError, match="outside"):
        attributions_of("short", ScriptedTagger(lambda passage: (wrong,)))


@pytest.mark.parametrize(
    ("tagged", "source"),
    [
        ("<source>The</source> <cue>chants</cue> <content>to “fix the bridge”</content> grew.", "-"),
        ("<source>There</source> <cue>was talk</cue> <content>of a “small flood”</content> in Vale.", "-"),
        (
            "<source>Ana Ruiz and</source> <cue>promises</cue> <content>to “mend it”</content> again.",
            "Ana Ruiz",
        ),
        ("<source>A</source><cue>:</cue> <content>It changed my name.</content>", "A"),  # an interview's
        ("<source>Bo — who</source> <cue>called</cue> <content>it a “small flood”</content> — left.", "Bo"),
    ],
)
def test_a_source_is_somebody(tagged: str, source: str) -> None:
    text, found = read(tagged)
    assert [show(text, a).split(" | ")[0] for a in found] == [source]


@pytest.mark.parametrize(
    "text",
    [
        "The delays have become as routine as the shouts and promises to “mend the bridge” this year.",
        "There is a lot of chatter about the mayor, who is the loudest, saying “the tide does not wait.”",
    ],
)
def test_a_verb_without_a_subject_does_not_take_what_cannot_be_its_own(text: str) -> None:
    assert not [a for a in attributions_of(text) if a.source]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Ana Ruiz is poor, she says, adding that the town “has left its old people to the sea.”",
            "adding | that the town “has left its old people to the sea.”",
        ),
        (
            "Ana Ruiz has told her town that “when you win, it is beautiful.”",
            "has told | that “when you win, it is beautiful.”",
        ),
    ],
)
def test_a_missed_quotation_is_given_to_the_verb_of_saying_before_it(text: str, wanted: str) -> None:
    found = [show(text, a) for a in attributions_of(text, ScriptedTagger())]
    assert any(row.endswith(wanted) for row in found)


def test_whom_somebody_quotes_inside_what_they_say_is_read_too() -> None:
    text, found = read(
        "<source>Ana Ruiz</source> <cue>claimed</cue> <content>that Hale had said the poor “don’t vote anyway” at a dinner</content>, "
        "which he denies."
    )
    outer, inner = found
    assert show(text, inner) == "Hale | had said | the poor “don’t vote anyway” at a dinner"
    assert inner.parent == 0
    assert inner.score < outer.score


@pytest.mark.parametrize(
    "notation",
    [  # what somebody would say, or thinks; more of what the outer one says
        "<source>Ana Ruiz</source> <cue>replied</cue> <content>that Orlo was responding to threats from Tarn and that its acts "
        "“depend on our own safety,” not on talks</content>.",
        "<source>Ana Ruiz</source> <cue>said</cue> <content>voters would say “no to all of that” in May</content>.",
        "<source>Ana Ruiz</source> <cue>said</cue> <content>that Hale thinks the poor “don’t vote anyway” at all</content>.",
    ],
)
def test_what_nobody_has_said_inside_it_is_not(notation: str) -> None:
    assert len(read(notation)[1]) == 1
