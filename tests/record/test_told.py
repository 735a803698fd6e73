"""`reported`: the claim is there, in the same words or in others, and nothing speaks against it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.record.near import Scripted
from tests.record.quoting import add, story

from onrecord.record import MatchKind, Record, Verdict, told
from onrecord.record.wording import read_wording

DOCTORS = story(
    "ward.txt",
    "Ruiz said {Ana Ruiz|doctors would leave the old ward before the end of the summer}. Lund said {Bo Lund|the"
    " council would buy three cheap flats in Halvec}.",
)
BISHOP = story("bishop.txt", "Ruiz said {Ana Ruiz|she would be honoured to advise the bishop of Halvec}.")


@pytest.fixture
def near(tmp_path: Path) -> Record:
    record = Record(tmp_path / "record.db", embedder=Scripted)
    add(record, DOCTORS)
    record.read_meanings()
    return record


def test_indirect_speech_in_other_words_is_reported(near: Record) -> None:
    answer = near.check("Physicians will leave the old hospital before the end of the summer.", "Ana Ruiz")
    assert (answer.verdict, answer.how) == (Verdict.REPORTED, MatchKind.MEANING)
    assert "in other words" in answer.why
    assert answer.passages[0].page_id == "ward.txt"


def test_in_the_same_words_it_is_the_words_that_found_it(near: Record) -> None:
    answer = near.check("Doctors will leave the old ward before the end of the summer.", "Ana Ruiz")
    assert (answer.verdict, answer.how) == (Verdict.REPORTED, MatchKind.WORDS)
    assert "in other words" not in answer.why


def test_the_same_words_in_another_order_are_another_claim(near: Record) -> None:
    add(near, BISHOP)
    near.read_meanings()
    said = near.check("I would be honoured to advise the bishop of Halvec.", "Ana Ruiz")
    turned = near.check("The bishop of Halvec would be honoured to advise me.", "Ana Ruiz")
    assert (said.verdict, turned.verdict) == (Verdict.REPORTED, Verdict.ABSENT)


def test_without_an_embedder_other_words_are_absent(near: Record) -> None:
    with Record(near.path) as record:
        asked = ("Physicians will leave the old hospital before the end of the summer.", "Ana Ruiz")
        assert record.check(*asked).verdict is Verdict.ABSENT


@pytest.mark.parametrize(
    ("quote", "speaker"),
    [
        (
            "Physicians will leave the old hospital before the end of the summer.",
            "Bo Lund",
        ),  # another's claim
        ("Physicians will leave the old hospital before the end of the summer.", None),  # nobody's
        ("Physicians will not leave the old hospital before the end of the summer.", "Ana Ruiz"),
        ("No physicians will leave the old hospital before the end of the summer.", "Ana Ruiz"),
        ("Physicians will leave the new hospital before the end of the summer.", "Ana Ruiz"),
        ("Physicians will leave the old hospital after the end of the summer.", "Ana Ruiz"),
        ("Physicians will leave the old hospital in Halvec before the end of the summer.", "Ana Ruiz"),
        ("All physicians will leave the old hospital before the end of the summer.", "Ana Ruiz"),
        ("The council will purchase 4 affordable apartments in Halvec.", "Bo Lund"),
        ("The council will purchase three affordable apartments in Tarholm.", "Bo Lund"),
        ("The council will sell three affordable apartments in Halvec.", "Bo Lund"),
    ],
)
def test_what_the_record_does_not_say_stays_absent(near: Record, quote: str, speaker: str | None) -> None:
    assert near.check(quote, speaker).verdict is Verdict.ABSENT


def test_number_name_and_synonyms_that_agree_are_reported(near: Record) -> None:
    answer = near.check("The council will purchase 3 affordable apartments in Halvec.", "Bo Lund")
    assert answer.verdict is Verdict.REPORTED


#: content on record, its cue, the quotation, and whether something speaks against it
AGAINST = [
    ("the pier was sound", "said", "The pier is sound", False),
    ("the pier was sound", "denied that", "The pier is sound", True),
    ("the pier was sound", "wondered whether", "The pier is sound", True),
    ("the pier was never sound", "said", "The pier was never sound", False),
    ("the pier was never sound", "said", "The pier was sound", True),
    ("the pier was sound", "said", "The pier was never sound", True),
    ("the pier might be closed", "said", "The pier will be closed", True),
    ("the pier might be closed", "said", "The pier might be closed", False),
    ("he would look into the pier", "said", "I built the pier", True),
    ("he would close it even if it rained", "said", "I will close it", False),
    ("he would close it if it rained", "said", "I will close it", True),
    ("prices had risen", "said", "Prices have fallen", True),
    ("prices had risen and fallen", "said", "Prices have fallen", False),
    ("he had paid 40 men", "said", "I paid forty men", False),
    ("he had paid 40 men", "said", "I paid fifty men", True),
    ("Odile Brandt had paid", "said", "Once Odile Brandt paid", False),
    ("Odile Brandt had paid", "said", "Once Tom Okafor paid", True),
    ("most of them agreed", "said", "All of them agreed", True),
    ("because he had not seen it", "said", "Because I have not seen it", False),
]


@pytest.mark.parametrize(("content", "cue", "quote", "is_against"), AGAINST)
def test_what_speaks_against_a_claim(content: str, cue: str, quote: str, is_against: bool) -> None:
    assert told.is_against(read_wording(quote), read_wording(content), cue) is is_against


@pytest.mark.parametrize(("one", "other"), told._opposites())
def test_every_pair_of_opposites_is_alive(one: frozenset[str], other: frozenset[str]) -> None:
    for a, b in ((one, other), (other, one)):
        for word in a - b:
            theirs = read_wording(" ".join(sorted(b - a)))
            assert told._is_opposite(read_wording(word), set(theirs.keys))


@pytest.mark.parametrize("word", sorted(told._hedges("hedges")))
def test_every_hedge_is_alive(word: str) -> None:
    assert told.is_against(read_wording("the pier"), read_wording(f"the pier {word}"), "said")


@pytest.mark.parametrize("word", sorted(told._hedges("denies")))
def test_every_denial_is_alive(word: str) -> None:
    assert told.is_against(read_wording("the pier"), read_wording("the pier"), word)


@pytest.mark.parametrize("word", sorted(told._listed("exact")))
def test_every_exact_word_is_alive(word: str) -> None:
    assert told.is_against(read_wording(f"the pier {word}"), read_wording("the pier"), "said")


@pytest.mark.parametrize("word", sorted(told._listed("reshaped")))
def test_no_reshaped_word_tells(word: str) -> None:
    assert not told._tells(read_wording(word).words[0])


@pytest.mark.weights
def test_the_written_cases_hold() -> None:
    """None that is not there is found among those the rule was made on, one at most among the others."""
    from bench.meaning import is_found, read_cases

    from onrecord.models.meaning import load_embedder

    embedder, cases = load_embedder(), read_cases()
    assert len(cases) >= 60
    wrong = [case.half for case in cases if not case.is_told and is_found(case, embedder)]
    right = [case.half for case in cases if case.is_told and is_found(case, embedder)]
    assert (wrong.count("tuned"), wrong.count("held") <= 1) == (0, True)
    assert right.count("tuned") >= 14
    assert right.count("held") >= 8
