"""Where a tagged attribution's parts begin and end, put right by the sentence that they stand in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.attributions.report import show
from tests.attributions.scripted import ScriptedTagger
from tests.marked import marked

from onrecord.attributions import attributions_of
from onrecord.types import Span


def read(notation: str) -> list[str]:
    """What becomes of the marked attributions when a tagger has found them."""
    text, said = marked(notation)
    return [show(text, found) for found in attributions_of(text, ScriptedTagger(lambda passage: said))]


@pytest.mark.parametrize(
    ("tagged", "content"),
    [
        (
            "Still, <content>the dam is “just about holding,”</content> <source>Ana Ruiz</source> <cue>said</cue>.",
            "Still, the dam is “just about holding,”",
        ),
        (
            "The town sealed the gate in May <content>and “nobody has been near it,”</content> <cue>said</cue> <source>Ana Ruiz</source>.",
            "The town sealed the gate in May and “nobody has been near it,”",
        ),
        (
            "While the town sleeps, <content>the dam leaks</content>, <source>Ana Ruiz</source> <cue>said</cue>.",
            "While the town sleeps, the dam leaks",
        ),
    ],
)
def test_a_content_before_its_clause_begins_with_the_sentence(tagged: str, content: str) -> None:
    assert read(tagged)[0].split(" | ")[2] == content


@pytest.mark.parametrize(
    "tagged",
    [
        # a dateline, an announcement, a conjunction, another clause, a content behind its cue
        "ORLO, Tarn — <content>The dam is safe</content>, <source>Ana Ruiz</source> <cue>said</cue>.",
        "Her answer: <content>“The dam is safe,”</content> <source>Ana Ruiz</source> <cue>said</cue>.",
        "But <content>the dam is safe</content>, <source>Ana Ruiz</source> <cue>said</cue>.",
        "On Monday <source>Ana Ruiz</source> <cue>said</cue> <content>the dam is safe</content>.",
        "In May the town met. <content>The dam is safe</content>, <source>Ana Ruiz</source> <cue>said</cue>.",
    ],
)
def test_what_is_no_part_of_the_content_is_left_outside(tagged: str) -> None:
    text, said = marked(tagged)
    assert read(tagged)[0] == show(text, said[0])


def test_a_clause_with_a_source_of_its_own_is_left_outside() -> None:
    found = read(
        "<source 2>Bo Lind</source 2> <cue 2>denied</cue 2> <content 2>it</content 2> and "
        "<content 1>the dam is safe</content 1>, <source 1>Ana Ruiz</source 1> <cue 1>said</cue 1>."
    )
    assert "Ana Ruiz | said | the dam is safe" in found


def test_a_participle_has_the_source_of_the_cue_before_it() -> None:
    found = read(
        "<content 1>“The dam is safe,”</content 1> <source 1>Ana Ruiz</source 1> <cue 1>said</cue 1>, "
        "before <cue 2>adding</cue 2>: <content 2>“Nobody need leave the town tonight.”</content 2>"
    )
    assert found[1] == "Ana Ruiz | adding | “Nobody need leave the town tonight.”"


def test_a_source_is_not_taken_from_another_sentence() -> None:
    found = read(
        "<source 1>Ana Ruiz</source 1> <cue 1>said</cue 1> <content 1>the dam is safe</content 1>. "
        "There was <cue 2>shouting</cue 2>: <content 2>“Nobody need leave the town tonight.”</content 2>"
    )
    assert found[1].startswith("- | shouting | ")


def test_the_rules_name_the_source_of_a_cue_that_the_tagger_left_bare() -> None:
    found = read(
        "<content>“The dam is as safe as it ever was,”</content> Ana Ruiz <cue>said</cue> on Monday."
    )
    assert found == ["Ana Ruiz | said | “The dam is as safe as it ever was,”"]


def test_a_verb_is_no_part_of_a_source() -> None:
    found = read(
        "What do you think of <source>Webb</source> <cue>saying</cue> <content>“pray for her”</content>?"
    )
    assert found == ["Webb | saying | “pray for her”"]


def test_a_clause_in_brackets_keeps_to_them() -> None:
    found = read(
        "Riders were cross (<content>“I want my fare back,”</content> <cue>wrote</cue> <source>Ned Moll</source>), and it rained."
    )
    assert found == ["Ned Moll | wrote | “I want my fare back,”"]


def test_what_announces_a_quotation_is_no_part_of_it() -> None:
    found = read(
        "<content>The paper is more cautious: “We cannot exclude it,”</content> <source>Wen Li</source> <cue>writes</cue>."
    )
    assert found == ["Wen Li | writes | “We cannot exclude it,”"]


def test_a_signature_names_the_quotation_before_it() -> None:
    found = read("<content>“The dam is as safe as it ever was.”</content>\n\n— Ana Ruiz, mayor of Orlo")
    assert found == ["Ana Ruiz, mayor of Orlo | — | “The dam is as safe as it ever was.”"]


def test_a_source_is_not_cut_off_behind_a_preposition() -> None:
    found = read(
        "A notice on <source>the gate</source> <cue>said</cue>: <content>“Closed until May.”</content>"
    )
    assert found == ["A notice on the gate | said | “Closed until May.”"]


def test_the_letter_in_which_somebody_wrote_is_not_what_was_written() -> None:
    found = read(
        "<content>In a note to staff</content>, <source>Bo Lind</source> <cue>wrote</cue>:\n\n"
        "We open at nine. Bring your own cup and your own chair."
    )
    assert found == ["Bo Lind | wrote | We open at nine. Bring your own cup and your own chair."]


@pytest.mark.parametrize(
    ("tagged", "wanted"),
    [
        (
            "<content>Sentencing him to eight years</content>, <source>he</source> <cue>said</cue>: <content>“You preyed on the old.”</content>",
            "he | said | “You preyed on the old.”",
        ),
        (  # a clause of its own
            "<content>The dam was safe</content>, <source>he</source> <cue>said</cue>: <content>“We looked twice.”</content>",
            "he | said | The dam was safe / “We looked twice.”",
        ),
        (  # more of the same clause
            "<content>To the sea</content>, <source>he</source> <cue>said</cue>, <content>“as ever.”</content>",
            "he | said | To the sea / “as ever.”",
        ),
    ],
)
def test_what_leads_up_to_somebodys_words_is_none_of_them(tagged: str, wanted: str) -> None:
    assert read(tagged) == [wanted]


def test_no_content_ends_with_the_conjunction_of_the_next_clause() -> None:
    found = read(
        "<source>Ana Ruiz</source> <cue>said</cue> <content>it “should worry everyone”, but</content> few came."
    )
    assert found == ["Ana Ruiz | said | it “should worry everyone”"]


def test_no_source_ends_with_a_lone_comma() -> None:
    found = read("<source>Lund,</source> 44, <cue>said</cue> <content>the gate was open</content>.")
    assert found == ["Lund | said | the gate was open"]


@pytest.mark.parametrize(
    ("tagged", "wanted"),
    [
        (
            "It rained. <content>“They lied.”</content> <source>The firm</source> <cue>said</cue> <content>that it was “heartbroken” by it</content>.",
            "The firm | said | that it was “heartbroken” by it",
        ),
        (
            "<content>“They lied.”</content> <source>She</source> <cue>went on</cue>: <content>“None of them will say so now.”</content>",
            "She | went on | “None of them will say so now.”",
        ),
        (  # a mark that ends no sentence, and what the words are about
            "<content>“Lies!”</content> <source>she</source> <cue>said</cue>, <content>“and no more than that.”</content>",
            "she | said | “Lies!” / “and no more than that.”",
        ),
        (
            "<content>“Lies!”</content> <source>she</source> <cue>said of</cue> <content>the report that he gave</content>.",
            "she | said of | “Lies!”",
        ),
    ],
)
def test_a_quotation_that_has_ended_is_not_the_next_sentences(tagged: str, wanted: str) -> None:
    assert wanted in read(tagged)


@pytest.mark.parametrize(
    ("tagged", "wanted"),
    [
        (  # a dialogue
            "<content>“Then why do it?” “Because the river will not wait,”</content> <source>Ruiz</source> <cue>said</cue>.",
            ["Ruiz | said | “Because the river will not wait,”"],
        ),
        (
            "<source>Ruiz</source> <cue>asked</cue>: <content>“Is it safe?” “No.”</content>",
            ["Ruiz | asked | “Is it safe?”"],
        ),
        (
            "<content>“No,”</content> <source>Ruiz</source> <cue>said</cue>. <content>“Not any more.”</content>",
            ["Ruiz | said | “No,” / “Not any more.”"],
        ),
        (  # the reporter's own question, and what leads up to it
            "<content>Has the storm passed? “I hope so,”</content> <source>Ruiz</source> <cue>said</cue>.",
            ["Ruiz | said | “I hope so,”"],
        ),
        (
            "<content>Nobody liked her — “Born with a silver oar,”</content> <source>Hale</source> <cue>said</cue>.",
            ["Hale | said | “Born with a silver oar,”"],
        ),
        (
            "<content>The gate “holds for now,”</content> <source>Ruiz</source> <cue>said</cue>.",
            ["Ruiz | said | The gate “holds for now,”"],
        ),
        (  # what it is about
            "<content>“Never,”</content> <source>she</source> <cue>said</cue> when asked whether <content>the mill would close</content>.",
            ["she | said | “Never,”"],
        ),
        (
            "<content>“Never,”</content> <source>she</source> <cue>said</cue>, adding <content>“not while I live.”</content>",
            ["she | said | “Never,” / “not while I live.”"],
        ),
        (  # the same subject's next verb
            "<source>The police</source> <cue>told</cue> the Herald <content>that they had the letter and defended their</content> silence on it. "
            "Then they left.",
            ["The police | told | that they had the letter and defended their"],
        ),
    ],
)
def test_what_is_no_part_of_the_content(tagged: str, wanted: list[str]) -> None:
    assert read(tagged) == wanted


def test_a_content_ends_before_the_next_verb_of_its_subject() -> None:
    text, (first,) = marked(
        "<source>The police</source> <cue>told</cue> the Herald <content>that they had the letter and defended their</content> silence."
    )
    start = text.index("defended")
    cue, content = Span(start, start + 8), Span(text.index("their"), text.index("."))
    second = replace(first, cue=(cue,), content=(content,))
    found = [show(text, a) for a in attributions_of(text, ScriptedTagger(lambda passage: (first, second)))]
    assert found == [
        "The police | told | that they had the letter",
        "The police | defended | their silence",
    ]


@pytest.mark.parametrize(
    ("notation", "source"),
    [
        (
            "<source>Ms. Gorda, who was in Vale on</source> Monday, <cue>called</cue> <content>it “a shame.”</content>",
            "Ms. Gorda",
        ),
        (
            "<source>A spokesman for</source> Orlo Mills <cue>said</cue> <content>it was “a shame.”</content>",
            "A spokesman for Orlo Mills",
        ),
        (
            "<source>A voice over</source> <cue>says</cue> <content>it was “a shame.”</content>",
            "A voice over",
        ),
    ],
)
def test_a_source_is_not_broken_off_behind_a_preposition(notation: str, source: str) -> None:
    assert read(notation)[0].split(" | ")[0] == source


def test_a_content_does_not_begin_inside_a_number() -> None:
    tagged = "It rose to $1.<content>5 million in May</content>, <source>Ruiz</source> <cue>said</cue>."
    assert "$1.5 million in May" in read(tagged)[0]
