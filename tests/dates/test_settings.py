"""The day and the occasion of each statement; the people and places are invented."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.speakers.told import article_of, told

from onrecord.dates import resolve_settings
from onrecord.dates.lists import words
from onrecord.dates.occasions import find_occasion
from onrecord.types import (
    Attribution,
    CopyEvidence,
    Day,
    Kind,
    Precision,
    Setting,
    Span,
    TextEvidence,
    Unresolved,
    When,
)

SAYS = "<cue>said</cue> <content>it held</content>"


def all_settings(notation: str, **given_: object) -> tuple[Setting, ...]:
    return resolve_settings(*told(notation, **given_))  # type: ignore[arg-type]


def days(notation: str, **given_: object) -> list[str | None]:
    """Days in the order of the contents; None where there is none, "?" where it is unresolved."""
    out: list[str | None] = []
    for setting in all_settings(notation, **given_):
        day = setting.said_on
        out.append(day.date if isinstance(day, Day) else "?" if isinstance(day, Unresolved) else None)
    return out


CASES = {
    "the cue's weekday": (
        "<source>Ana Ruiz</source> <cue>said</cue> Tuesday <content>it held</content>.",
        ["2019-03-12"],
    ),
    "a weekday that opens the sentence": (f"On Monday, <source>Ana Ruiz</source> {SAYS}.", ["2019-03-11"]),
    "a weekday inside what is said is not its day": (
        "<source>Ana Ruiz</source> <cue>said</cue> <content>it broke on Friday</content>.",
        [None],
    ),
    "a weekday in a quotation is not its day": (
        '<content>"It broke on Friday,"</content> <source>Ana Ruiz</source> <cue>said</cue>.',
        [None],
    ),
    "a future day is not its day": (
        f"The dam will open on Friday. <source>Ana Ruiz</source> {SAYS}.",
        [None],
    ),
    "the same speaker goes on": (
        "<source>Ana Ruiz</source> <cue>said</cue> Tuesday <content>it held</content>. "
        '<content 2>"It will hold,"</content 2> <source 2>she</source 2> <cue 2>added</cue 2>.',
        ["2019-03-12", "2019-03-12"],
    ),
    "what is said in general has no day": (
        "<source>Ana Ruiz</source> <cue>said</cue> Tuesday <content>it held</content>. "
        "<source 2>Ruiz</source 2> <cue 2>has long said</cue 2> <content 2>it is old</content 2>.",
        ["2019-03-12", None],
    ),
    "another time is told between": (
        "<source>Ana Ruiz</source> <cue>said</cue> Tuesday <content>it held</content>.\n"
        "In 2014, the wall cracked. <source 2>Ruiz</source 2> <cue 2>said</cue 2> <content 2>no</content 2>.",
        ["2019-03-12", None],
    ),
    "a story's day holds for those who react": (
        "The council voted on Monday to close the dam.\n"
        "<source>Tom Webb</source> <cue>called</cue> <content>the vote a farce</content>.",
        ["2019-03-11"],
    ),
    "a source without a name does not take the story's day": (
        "The council voted on Monday to close the dam.\n"
        "<source>An official</source> <cue>called</cue> <content>the vote a farce</content>.",
        [None],
    ),
    "a headline has the day of its statement": (
        "# <source>Ruiz</source> <cue>Says</cue> <content>Dam Held</content>\n"
        "<source 2>Ana Ruiz</source 2> <cue 2>said</cue 2> Tuesday <content 2>it held</content 2>.",
        ["2019-03-12", "2019-03-12"],
    ),
    "each its own day": (
        "<source>Ana Ruiz</source> <cue>said</cue> Tuesday <content>it held</content>. "
        "<source 2>Tom Webb</source 2> <cue 2>said</cue 2> Monday <content 2>it broke</content 2>.",
        ["2019-03-12", "2019-03-11"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_day(case: str) -> None:
    notation, wanted = CASES[case]
    assert days(notation) == wanted


def test_a_week_is_a_range() -> None:
    (setting,) = all_settings(f"Last week, <source>Ana Ruiz</source> {SAYS}.")
    assert isinstance(setting.said_on, Day)
    assert (setting.said_on.date, setting.said_on.until) == ("2019-03-04", "2019-03-10")


def test_no_date_no_day() -> None:
    notation = CASES["the same speaker goes on"][0]
    assert days(notation, day=None) == ["?", "?"]
    assert days(f"<source>Ana Ruiz</source> {SAYS}.", day=None) == [None]


def test_a_full_date_needs_no_date_of_the_page() -> None:
    assert days(f"On May 2, 2014, <source>Ana Ruiz</source> {SAYS}.", day=None) == ["2014-05-02"]


def test_a_copys_date_dates_the_statement_and_is_its_evidence() -> None:
    article, attributions = told(CASES["the cue's weekday"][0], day=None)
    copy = When("2019-03-13", Precision.DAY, CopyEvidence("other"))
    (setting,) = resolve_settings(article, attributions, copy)
    assert setting.said_on == Day("2019-03-12", None, "weekday", CopyEvidence("other"))


def test_the_pages_own_date_comes_before_its_copys() -> None:
    article, attributions = told(CASES["the cue's weekday"][0])
    copy = When("2020-01-01", Precision.DAY, CopyEvidence("other"))
    assert resolve_settings(article, attributions, copy) == resolve_settings(article, attributions)


def test_where_only_an_update_is_dated_days_are_counted_from_it() -> None:
    article, attributions = told(CASES["the cue's weekday"][0], day=None)
    updated = replace(article, modified=When("2019-03-14T21:41", Precision.TIME, TextEvidence(Span(0, 3))))
    (setting,) = resolve_settings(updated, attributions)
    assert isinstance(setting.said_on, Day)
    assert setting.said_on.date == "2019-03-12"
    unsettled = replace(updated, published=Unresolved("two dates"))
    assert isinstance(resolve_settings(unsettled, attributions)[0].said_on, Unresolved)


@pytest.mark.parametrize(
    ("then", "day"),
    [
        (
            "<content 2>“It holds,”</content 2> <source 2>she</source 2> <cue 2>said</cue 2> in a televised address.",
            "2019-03-12",
        ),
        (
            "At a rally in Lunt, <source 2>she</source 2> <cue 2>said</cue 2> <content 2>it held</content 2>.",
            None,
        ),
    ],
)
def test_an_occasion_told_behind_the_second_saying_fills_in_the_first(then: str, day: str | None) -> None:
    first = "<source>Ana Ruiz</source> <cue>said</cue> on Tuesday that <content>it held</content>."
    assert days(f"{first}\n\n{then}") == ["2019-03-12", day]


def test_a_month_is_no_date_to_count_from() -> None:
    article, attributions = told(CASES["the cue's weekday"][0], day=None)
    month = When("2019-03", Precision.MONTH, CopyEvidence("other"))
    (setting,) = resolve_settings(article, attributions, month)
    assert isinstance(setting.said_on, Unresolved)


def test_the_evidence_is_the_words() -> None:
    article, attributions = told(CASES["a weekday that opens the sentence"][0])
    day = resolve_settings(article, attributions)[0].said_on
    assert isinstance(day, Day)
    assert isinstance(day.evidence, TextEvidence)
    assert article.page.text[day.evidence.span.start : day.evidence.span.end] == "Monday"


@pytest.mark.parametrize(
    ("words", "occasion"),
    [
        ("at a news conference with Mayor Tom Webb", "news conference with Mayor Tom Webb"),
        (
            "during a meeting with members of the Harbor Council, a body",
            "meeting with members of the Harbor Council",
        ),
        ("in an interview with the Vesk Courier on Monday", "interview with the Vesk Courier"),
        ("at her yearly spring press conference", "yearly spring press conference"),
        ("at the “Open Harbor!” Conference in Vesk, Tuesday", "“Open Harbor!” Conference in Vesk"),
    ],
)
def test_the_occasion(words: str, occasion: str) -> None:
    notation = f'<content>"It held,"</content> <source>Ana Ruiz</source> <cue>said</cue> {words}.'
    article, attributions = told(notation)
    found = resolve_settings(article, attributions)[0].occasion
    assert found is not None
    assert found.text == occasion
    assert isinstance(found.evidence, TextEvidence)
    assert article.page.text[found.evidence.span.start : found.evidence.span.end] == occasion


def test_the_occasion_holds_for_the_same_speaker() -> None:
    notation = (
        "<source>Ana Ruiz</source> <cue>said</cue> at a rally <content>it held</content>. "
        "<source 2>She</source 2> <cue 2>said</cue 2> <content 2>no more</content 2>. "
        "<source 3>Tom Webb</source 3> <cue 3>said</cue 3> <content 3>it broke</content 3>."
    )
    texts = [s.occasion.text if s.occasion else None for s in all_settings(notation)]
    assert texts == ["rally", "rally", None]


def test_the_answer_can_be_pickled() -> None:
    found = all_settings(CASES["the cue's weekday"][0])
    assert pickle.loads(pickle.dumps(found)) == found


_WORDS = st.sampled_from(
    [
        "Ruiz",
        "said",
        "Monday",
        '"It',
        "held",
        "on",
        'Friday,"',
        "in",
        "2014",
        "last",
        "week",
        "yesterday",
        "at",
        "a",
        "rally",
        ".",
        "\n",
        "she",
        "U.S.",
        "“",
        "”",
    ]
)


@settings(max_examples=100, deadline=None)
@given(st.lists(_WORDS, min_size=3, max_size=50), st.data())
def test_any_spans_get_a_setting_each_and_no_day_without_a_date(
    words: list[str], data: st.DataObject
) -> None:
    text = " ".join(words)

    def spans(most: int) -> tuple[Span, ...]:
        starts = data.draw(st.lists(st.integers(0, len(text) - 2), max_size=most))
        return tuple(Span(s, min(len(text), s + 6)) for s in sorted(starts))

    attributions = tuple(
        Attribution(spans(1), spans(1), spans(2) or (Span(0, 1),), Kind.MIXED, 0.5)
        for _ in range(data.draw(st.integers(1, 4)))
    )
    found = resolve_settings(article_of(text, day=None), attributions)
    assert len(found) == len(attributions)
    assert not any(isinstance(s.said_on, Day) for s in found)
    dated = resolve_settings(article_of(text), attributions)
    assert dated == resolve_settings(article_of(text), attributions)
    assert all(not isinstance(s.said_on, Day) or s.said_on.date <= "2019-03-13" for s in dated)


@pytest.mark.parametrize(
    "line", ["Monday " * 20_000, '"' * 100_000, "at a meeting with " * 10_000, "In 2014 " * 20_000]
)
def test_a_hostile_line_is_read_in_a_few_seconds(line: str) -> None:
    attributions = tuple(
        Attribution((Span(i, i + 5),), (Span(i + 6, i + 8),), (Span(i + 9, i + 15),), Kind.INDIRECT, 1.0)
        for i in range(0, len(line) - 20, len(line) // 60)
    )
    assert len(resolve_settings(article_of(line), attributions)) == len(attributions)


def test_every_occasion_of_the_list_is_found() -> None:
    for noun in words("occasions"):
        text = f"Ana Ruiz said at the {noun} it held."
        assert find_occasion(text, 0, len(text)) is not None, noun
