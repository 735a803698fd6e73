"""Words for days and what they mean seen from an article's date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dates.days import Meaning, find_marks, resolve_mark

WEDNESDAY = date(2019, 3, 13)


def days(text: str, seen_from: date | None = WEDNESDAY) -> list[str]:
    found = []
    for mark in find_marks(text, 0, len(text)):
        day = resolve_mark(mark, seen_from)
        if day is not None:
            found.append(day[0].isoformat() + (f"..{day[1].isoformat()}" if day[1] else ""))
    return found


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("said Wednesday that", "2019-03-13"),
        ("said on Tuesday that", "2019-03-12"),
        ("late Thursday", "2019-03-07"),
        ("last Tuesday", "2019-03-12"),
        ("Tuesday night", "2019-03-12"),
        ("said yesterday", "2019-03-12"),
        ("said today", "2019-03-13"),
        ("last night", "2019-03-12"),
        ("on March 2", "2019-03-02"),
        ("on Dec. 30", "2018-12-30"),
        ("on 9 July 2014", "2014-07-09"),
        ("on July 9, 2014", "2014-07-09"),
        ("on 2014-07-09", "2014-07-09"),
        ("this week", "2019-03-11..2019-03-13"),
        ("last week", "2019-03-04..2019-03-10"),
    ],
)
def test_the_day(words: str, day: str) -> None:
    assert days(f"She {words}.") == [day]


@pytest.mark.parametrize(
    "words",
    [
        "next Tuesday",
        "on Tuesdays",
        "every Friday",
        "until Friday",
        "in March",
        "last year",
        "two years ago",
        "on Feb. 31",
    ],
)
def test_no_day(words: str) -> None:
    assert days(f"She spoke {words}.") == []


def test_without_the_articles_date_only_a_full_date_is_a_day() -> None:
    assert days("on Tuesday, on July 9, yesterday, last week and on May 1, 2014", None) == ["2014-05-01"]


@pytest.mark.parametrize("words", ["Friday's vote", "the Friday night’s vote"])
def test_a_weekday_that_belongs_to_a_noun(words: str) -> None:
    (mark,) = find_marks(words, 0, len(words))
    assert mark.attributive


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.sampled_from(["Monday", "Thursday", "Sunday"]))
def test_a_weekday_is_the_last_one_up_to_the_day(seen_from: date, name: str) -> None:
    (mark,) = find_marks(f"on {name}", 0, 9 + len(name))
    day = resolve_mark(mark, seen_from)
    assert day is not None
    assert timedelta(0) <= seen_from - day[0] < timedelta(7)
    assert day[0].strftime("%A") == name


@given(st.text(alphabet="MondayJuly 9,2014'sOnTuesday in last week\n", max_size=80))
def test_marks_lie_in_the_text_in_order(text: str) -> None:
    at = 0
    for mark in find_marks(text, 0, len(text)):
        assert at <= mark.span.start < mark.span.end <= len(text)
        at = mark.span.end
        assert (resolve_mark(mark, None) is None) or mark.meaning is Meaning.DATE
