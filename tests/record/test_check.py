"""The seven verdicts and their borders, on a small record of an invented lake."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.record.quoting import add, story

from onrecord.errors import InputError
from onrecord.record import Record
from onrecord.record.check import SpeakerMatch, Verdict, check_draft
from onrecord.record.denied import is_denied
from onrecord.record.differences import Flag
from onrecord.record.lookup import RecordLookup
from onrecord.types import SpeakerKind

DAM = story(
    "dam.txt",
    """The council of Port Ansel met on Tuesday.

{Ana Ruiz#1|“The old dam is safe and it will hold another winter,”} Ruiz, the engineer, said. {Ana Ruiz#1|“We are not
 going to empty the lake for a rumour.”}

She added that {Ana Ruiz|the council had ignored two reports about the spillway since 2019}.

The mayor rose next. {Odile Brandt|“I have read every page of the second report. Nobody in this room
 believes that the turbines were serviced. I will resign if the wall moves by a single inch.”}

A visitor asked about the fish. {Odile Brandt|“The trout are fine, thank you, [the herons] less so,”} Brandt replied.

Sleepless nights are nothing new for the village below the wall.""".replace("\n ", " "),
    comments="\n\nheronfan: Empty the reservoir tonight, you cowards of the council!",
)
PIER = story(
    "pier.txt",
    """{Ana Ruiz|“Three of the eleven sluices leak whenever the wind turns north,”} said Ms. Ruiz.

{Tom Okafor|“Somebody should paint the pier before the regatta … and mend the lamps,”} the harbour master told us.

Okafor said {Tom Okafor|he would close the northern jetty to tourists until the divers had finished their survey}.""",
    publisher="The Ansel Echo",
    date="2031-03-06",
)


@pytest.fixture
def lake(record: Record) -> Record:
    add(record, DAM, PIER)
    return record


CASES = [
    # verbatim: typography, case, punctuation, parts, both halves around "said"
    ("“The old dam is safe and it will hold another winter”", "Ana Ruiz", Verdict.VERBATIM),
    ("THE OLD DAM IS SAFE, AND IT WILL HOLD ANOTHER WINTER!", "Ms. Ruiz", Verdict.VERBATIM),
    ("The old d\u00adam is s\u200bafe and it will\ufe0f hold", None, Verdict.VERBATIM),
    ("it will hold another winter. We are not going to empty the lake", "Ruiz", Verdict.VERBATIM),
    ("“It will hold another winter,” she said. “We are not going to empty the lake for a rumour.”", "Ruiz", Verdict.VERBATIM),
    ("3 of the 11 sluices leak whenever the wind turns North", None, Verdict.VERBATIM),
    ("Somebody should paint the pier before the regatta", "Tom Okafor", Verdict.VERBATIM),
    # abridged: a mark in the quotation or in the record
    ("The old dam is safe ... another winter", "Ana Ruiz", Verdict.ABRIDGED),
    ("The old dam [at Port Ansel] is safe", "Ana Ruiz", Verdict.ABRIDGED),
    ("[It] is safe and it will hold another winter", "Ana Ruiz", Verdict.ABRIDGED),
    ("The trout are fine, thank you, they less so", "Odile Brandt", Verdict.ABRIDGED),
    ("paint the pier before the regatta and mend the lamps", "Okafor", Verdict.ABRIDGED),
    # spliced
    ("The old dam is safe and it will hold. Three of the eleven sluices leak.", "Ana Ruiz", Verdict.SPLICED),
    ("I have read every page of the second report. The trout are fine, thank you", "Brandt", Verdict.SPLICED),
    # altered: words changed, added, left out; marks that hide a "not"; cuts that turn it round
    ("The old dam is safe and it will hold another summer", "Ana Ruiz", Verdict.ALTERED),
    ("We are going to empty the lake for a rumour", "Ana Ruiz", Verdict.ALTERED),
    ("We are ... going to empty the lake for a rumour", "Ana Ruiz", Verdict.ALTERED),
    ("Three of the twelve sluices leak whenever the wind turns north", None, Verdict.ALTERED),
    ("The old dam is [not] safe and it will hold another winter", "Ana Ruiz", Verdict.ALTERED),
    ("the turbines were serviced", "Odile Brandt", Verdict.ALTERED),
    ("I will resign", "Odile Brandt", Verdict.ALTERED),
    ("We are", "Ana Ruiz", Verdict.ALTERED),
    ("I have read every page of the report", "Odile Brandt", Verdict.ALTERED),
    # misattributed
    ("The old dam is safe and it will hold another winter", "Odile Brandt", Verdict.MISATTRIBUTED),
    ("The old dam is safe … another winter", "Tom Okafor", Verdict.MISATTRIBUTED),
    # reported
    ("The council has ignored two reports about the spillway since 2019", "Ana Ruiz", Verdict.REPORTED),
    ("I will close the northern jetty to tourists until the divers finish their survey", "Okafor", Verdict.REPORTED),
    ("I will close the northern jetty to tourists until the divers finish their survey", None, Verdict.REPORTED),
    # absent: never said, said by another in indirect speech, narration, comments
    ("Our ferries have never run late on a holiday", "Ana Ruiz", Verdict.ABSENT),
    ("I will close the northern jetty to tourists until the divers finish their survey", "Ana Ruiz", Verdict.ABSENT),
    ("Sleepless nights are nothing new for the village below the wall", None, Verdict.ABSENT),
    ("Empty the reservoir tonight, you cowards of the council", "Odile Brandt", Verdict.ABSENT),
]  # fmt: skip


@pytest.mark.parametrize(("quote", "speaker", "verdict"), CASES)
def test_verdicts(lake: Record, quote: str, speaker: str | None, verdict: Verdict) -> None:
    answer = lake.check(quote, speaker)
    assert answer.verdict is verdict, answer.why


def test_an_answer_shows_what_it_rests_on(lake: Record) -> None:
    answer = lake.check("it will hold another winter", "Ana Ruiz")
    passage = answer.passages[0]
    assert (passage.page_id, passage.publisher, passage.day) == ("dam.txt", "The Lake Post", "2031-03-04")
    assert (passage.speakers, passage.match) == (("Ana Ruiz",), SpeakerMatch.SAME)
    assert passage.text == "The old dam is safe and it will hold another winter,"
    text = lake.text("dam.txt")
    assert [text[s.start : s.end] for s in passage.hits] == ["it will hold another winter"]
    assert passage.before.endswith("The council of Port Ansel met on Tuesday. “")
    assert passage.after.startswith("” Ruiz, the engineer, said.")
    assert (answer.coverage.n_articles, answer.coverage.n_publishers) == (2, 2)
    assert (answer.coverage.first_day, answer.coverage.last_day) == ("2031-03-04", "2031-03-06")
    assert answer.is_good


FLAGS = [
    ("We are going to empty the lake for a rumour", Flag.NEGATION, "not"),
    ("Three of the twelve sluices leak whenever the wind turns north", Flag.NUMBER, "eleven"),
    ("Three of the eleven sluices may leak whenever the wind turns north", Flag.MODALITY, ""),
    ("I will resign", Flag.QUALIFIER, "if the wall moves by a"),
    ("the turbines were serviced", Flag.NEGATION, "Nobody in this room believes that"),
]


@pytest.mark.parametrize(("quote", "flag", "recorded"), FLAGS)
def test_what_changes_meaning_is_flagged(lake: Record, quote: str, flag: Flag, recorded: str) -> None:
    answer = lake.check(quote)
    assert answer.verdict is Verdict.ALTERED
    assert flag in answer.flags
    assert recorded in [d.recorded for d in answer.differences]


def test_words_that_are_nobodys_quotation_are_shown_where_they_stand(lake: Record) -> None:
    comment = lake.check("Empty the reservoir tonight, you cowards of the council")
    assert [p.zone and p.zone.value for p in comment.elsewhere] == ["comments"]
    assert "readers' comments" in comment.why
    assert comment.passages == ()
    narration = lake.check("Sleepless nights are nothing new for the village below the wall")
    assert [p.zone and p.zone.value for p in narration.elsewhere] == ["body"]
    assert "2 articles of 2 publishers, 2031-03-04 to 2031-03-06" in lake.check("Ferries run late").why


def test_the_record_may_differ_with_itself(lake: Record) -> None:
    other = story(
        "echo.txt",
        "{Ana Ruiz|“The old dam is sound and it will hold another winter,”} Ruiz said.",
        publisher="The Ansel Echo",
    )
    add(lake, other)
    answer = lake.check("The old dam is safe and it will hold another winter", "Ana Ruiz")
    assert answer.verdict is Verdict.VERBATIM
    assert [wording.split(" and ")[0] for wording in answer.reports] == [
        "The old dam is safe",
        "The old dam is sound",
    ]


def test_an_open_speaker_is_neither_right_nor_wrong(record: Record) -> None:
    page = "Ms. Ruiz and Mr. Okafor spoke on Friday. {?|“Nobody has measured the seepage since the flood.”}"
    add(record, story("a", page))
    quote = "Nobody has measured the seepage since the flood"
    answer = record.check(quote, "Ana Ruiz")
    assert (answer.verdict, answer.match, answer.is_good) == (Verdict.VERBATIM, SpeakerMatch.OPEN, False)
    assert "not whose they are" in answer.why
    assert record.check(quote).match is SpeakerMatch.NOT_ASKED
    assert record.check(quote, "Odile Brandt").verdict is Verdict.MISATTRIBUTED


def test_a_spokesman_may_be_anybody_who_is_named(record: Record) -> None:
    page = (
        "{a spokesman|“We shall answer in writing before the weekend,”} a spokesman said. Lev Marek declined."
    )
    add(record, story("a", page, kind=SpeakerKind.UNNAMED))
    quote = "We shall answer in writing before the weekend"
    assert record.check(quote, "Lev Marek").match is SpeakerMatch.OPEN
    assert record.check(quote, "Odile Brandt").verdict is Verdict.MISATTRIBUTED
    assert record.check(quote, "a spokesman").verdict is Verdict.VERBATIM


def test_a_quotation_that_no_statement_covers_is_found_too(record: Record) -> None:
    add(
        record,
        story("a", "On the wall somebody wrote: “Feed the herons or leave the village.” Marek laughed."),
    )
    answer = record.check("Feed the herons or leave the village")
    assert answer.verdict is Verdict.VERBATIM
    assert answer.passages[0].statement is None
    assert (
        record.check("Feed the herons or leave the village", "Odile Brandt").verdict is Verdict.MISATTRIBUTED
    )


def test_a_transcript_names_its_speakers(record: Record) -> None:
    page = "{?|“RUIZ: Well, the gates were closed by hand that night.”}"
    add(record, story("a", page))
    assert record.check("the gates were closed by hand that night", "Ana Ruiz").verdict is Verdict.VERBATIM
    wrong = record.check("the gates were closed by hand that night", "Tom Okafor")
    assert wrong.verdict is Verdict.MISATTRIBUTED


def test_an_ellipsis_that_hides_a_condition_is_no_abridgement(record: Record) -> None:
    words = (
        "Everybody trusts the sluice until the rain comes and then they move uphill, so let us mend the gate"
    )
    add(record, story("gate.txt", f"{{Ana Ruiz|“{words},”}} Ruiz said."))
    assert record.check("Everybody trusts the sluice … so let us mend the gate").verdict is Verdict.ALTERED
    assert record.check("Everybody trusts the sluice until the rain comes … so let us mend the gate").is_good


def test_an_omission_that_is_a_whole_sentence_hides_nothing(record: Record) -> None:
    page = "{Ana Ruiz|“I like the plan. I never saw the old drawings. It is cheap and quick.”}"
    add(record, story("a", page))
    assert record.check("I like the plan. ... It is cheap and quick.").verdict is Verdict.ABRIDGED
    assert record.check("I like the plan. It is cheap and quick.").verdict is Verdict.ALTERED
    assert record.check("I like the plan. I ... saw the old drawings.").verdict is Verdict.ALTERED


def test_two_reports_of_one_quotation_are_no_splice(record: Record) -> None:
    page = "{Ana Ruiz|“The lock keeper has seen everything. He writes it down at night. Ask him about the eels.”}"
    add(record, story("a", page), story("b", page + " She smiled.", publisher="The Ansel Echo"))
    left_out = "The lock keeper has seen everything. Ask him about the eels."
    assert record.check(left_out, "Ana Ruiz").verdict is Verdict.ALTERED
    assert (
        record.check("The lock keeper has everything. He writes it down at night.").verdict is Verdict.ALTERED
    )


def test_whoever_quotes_somebody_has_not_said_it(record: Record) -> None:
    inner = "“the herons can swim”"
    page = f"{{Ana Ruiz|“The harbour master tells everybody that {inner} and I doubt it,”}} Ruiz said."
    add(record, story("a", page, inside=("Tom Okafor", inner)))
    assert record.check("the herons can swim", "Tom Okafor").verdict is Verdict.VERBATIM
    assert record.check("the herons can swim", "Ana Ruiz").verdict is Verdict.MISATTRIBUTED
    assert record.check("The harbour master tells everybody that the herons can swim", "Ruiz").is_good


def test_two_speakers_never_make_one_quotation(record: Record) -> None:
    page = (
        "{Ana Ruiz|“The northern gate is rusty,”} said Ruiz. {Tom Okafor|“The southern one sings at night.”}"
    )
    add(record, story("a", page))
    answer = record.check("The northern gate is rusty. The southern one sings at night.", "Ana Ruiz")
    assert answer.verdict is Verdict.SPLICED
    assert [p.speakers for p in answer.passages] == [("Ana Ruiz",), ("Tom Okafor",)]


def test_aliases_and_joint_speakers(record: Record) -> None:
    page = "{Ana Ruiz and Odile Brandt|“We have asked the minister for forty pumps,”} they said."
    add(record, story("a", page))
    for speaker in ("Ruiz", "Mayor Odile Brandt"):
        assert record.check("We have asked the minister for forty pumps", speaker).verdict is Verdict.VERBATIM


@pytest.mark.parametrize("quote", ["", "  ", "“…”", "?!", "a" * 10_001, "no " * 601])
def test_what_is_no_quotation_is_an_input_error(record: Record, quote: str) -> None:
    with pytest.raises(InputError):
        record.check(quote)


def test_two_common_words_are_nobodys_own(record: Record) -> None:
    add(record, story("a", "{Ana Ruiz|“We will.”}"))
    assert record.check("We will", "Tom Okafor").verdict is Verdict.ABSENT
    assert record.check("We will", "Ana Ruiz").verdict is Verdict.VERBATIM


HOSTILE = [
    "the " * 600,
    "a … " * 300,
    "[a] " * 300,
    "“" * 5000 + "words",
    "1," * 4000 + "1",
    "a'b'" * 2000,
    "\ud800 words",
]


@pytest.mark.parametrize("quote", HOSTILE)
def test_hostile_quotations_are_answered(lake: Record, quote: str) -> None:
    assert lake.check(quote, "x " * 500).verdict is Verdict.ABSENT


def test_an_empty_record_has_nothing(record: Record) -> None:
    answer = record.check("The old dam is safe", "Ana Ruiz")
    assert (answer.verdict, answer.passages) == (Verdict.ABSENT, ())


def test_a_draft_is_checked_quotation_by_quotation(lake: Record) -> None:
    with lake.transaction() as connection:
        answers = check_draft(
            RecordLookup(connection), [("The old dam is safe", "Ruiz"), ("Our ferries never ran late", None)]
        )
    assert [a.verdict for a in answers] == [Verdict.VERBATIM, Verdict.ABSENT]


QUOTED = [
    "The old dam is safe and it will hold another winter",
    "We are not going to empty the lake for a rumour",
    "I have read every page of the second report. Nobody in this room believes that the turbines were serviced.",
    "The trout are fine, thank you, [the herons] less so",
    "Three of the eleven sluices leak whenever the wind turns north",
    "Somebody should paint the pier before the regatta … and mend the lamps",
]
TYPOGRAPHY = [
    str.upper,
    str.title,
    lambda s: "«" + s + "»",
    lambda s: s.replace("e", "e\u200b"),
    lambda s: s.replace(" ", "\u00a0\n"),
    lambda s: s.replace(",", " –"),
    lambda s: "‘" + s.replace("…", ". . .") + ",’",
]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(QUOTED), st.sampled_from(TYPOGRAPHY), st.sampled_from(TYPOGRAPHY))
def test_typography_never_changes_the_verdict(
    lake: Record, quote: str, first: object, second: object
) -> None:
    plain = lake.check(quote)
    dressed = lake.check(second(first(quote)))  # type: ignore[operator]
    assert plain.verdict is Verdict.VERBATIM
    assert dressed.verdict is Verdict.VERBATIM
    assert [p.spans for p in dressed.passages] == [p.spans for p in plain.passages]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(QUOTED), st.data())
def test_a_stretch_of_a_quotation_is_never_absent(lake: Record, quote: str, data: st.DataObject) -> None:
    words = quote.split()
    start = data.draw(st.integers(0, len(words) - 3))
    end = data.draw(st.integers(start + 3, len(words)))
    answer = lake.check(" ".join(words[start:end]))
    assert answer.verdict in (Verdict.VERBATIM, Verdict.ABRIDGED, Verdict.ALTERED)
    if answer.verdict is Verdict.ALTERED:  # only because a cut turns it round
        assert {Flag.NEGATION, Flag.QUALIFIER} & set(answer.flags)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([q for q in QUOTED if "[" not in q]),
    st.integers(0, 30),
    st.sampled_from(["nor", "seven", "Marek", "purple"]),
)
def test_another_word_is_never_good(lake: Record, quote: str, at: int, word: str) -> None:
    words = quote.split()
    for changed in ([*words[: at % len(words)], word, *words[at % len(words) :]], [*words[: at % len(words)], word, *words[at % len(words) + 1 :]]):  # fmt: skip
        assert not lake.check(" ".join(changed)).is_good


@pytest.mark.parametrize(
    "cue", ["denied calling", "never said", "did not say", "has not described", "didn’t tweet"]
)
def test_a_cue_denies(cue: str) -> None:
    assert is_denied(cue)


@pytest.mark.parametrize(
    "cue", ["said", "denied", "did not deny calling", "never denied saying", "declined to comment"]
)
def test_a_cue_denies_no_saying(cue: str) -> None:
    assert not is_denied(cue)


def test_words_that_an_article_says_were_not_said_are_nobodys(record: Record) -> None:
    denial = story(
        "denial.txt",
        "Quill said {Derek Quill|he had never called the governor “a jellyfish in a very good coat”}. "
        "{Derek Quill|“I said that she had no spine and borrowed his,”} he added.",
    )
    add(record, denial)
    unsaid = record.check("a jellyfish in a very good coat", "Derek Quill")
    assert unsaid.verdict is Verdict.ABSENT
    assert unsaid.why.endswith("an article says that they were not said")
    assert record.check("she had no spine and borrowed his", "Derek Quill").verdict is Verdict.VERBATIM
