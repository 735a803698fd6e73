"""Dates as pages write them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.article.times import find_time, find_times
from onrecord.types import Precision


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("March 03, 2019", "2019-03-03"),
        ("3 March 2019", "2019-03-03"),
        ("3rd of March, 2019", "2019-03-03"),
        ("Sept. 9, 2021", "2021-09-09"),
        ("28.04.2023", "2023-04-28"),
        ("04/28/2023", "2023-04-28"),
        ("2023-04-28T17:40:08.123Z", "2023-04-28T17:40:08+00:00"),
        ("2023-04-28T17:40:08+0200", "2023-04-28T17:40:08+02:00"),
        ("2023-04-28 17:40:08", "2023-04-28T17:40:08"),
        ("Fri, 28 Apr 2023 17:40:08 GMT", "2023-04-28T17:40:08+00:00"),
        ("Updated April 25, 2023 2:26 PM GMT+2", "2023-04-25T14:26+02:00"),
        ("April 25, 2023 at 12:05 a.m. EDT", "2023-04-25T00:05-04:00"),
        ("min readApril 25, 20232:26 PM", "2023-04-25T14:26"),
        ("May 2024", "2024-05"),
        ("archive/2014/07/09/story", "2014-07-09"),
    ],
)
def test_date_is_read(words: str, iso: str) -> None:
    time = find_time(words)
    assert time is not None
    assert time.iso == iso


@pytest.mark.parametrize(
    "words", ["15 hours ago", "Tuesday", "July 9", "31/02/2020", "page 2014", "99/99/2020"]
)
def test_no_day_is_no_date(words: str) -> None:
    assert find_time(words) is None


def test_time_without_a_known_zone_keeps_none() -> None:
    time = find_time("Sept. 3, 2024 at 4:03 p.m. ET")
    assert time is not None
    assert (time.iso, time.precision) == ("2024-09-03T16:03", Precision.TIME)


def test_day_and_month_that_could_be_swapped_are_both_told() -> None:
    time = find_time("03/04/2024")
    assert time is not None
    assert {time.iso, time.other} == {"2024-04-03", "2024-03-04"}
    same = find_time("04/04/2024")
    assert same is not None
    assert same.other is None


def test_several_dates_come_in_order() -> None:
    found = [t.iso for t in find_times("Published May 2, 2020. Updated 3 May 2020.")]
    assert found == ["2020-05-02", "2020-05-03"]


@given(st.text(max_size=200))
def test_places_lie_in_the_words(words: str) -> None:
    for time in find_times(words):
        assert 0 <= time.start < time.end <= len(words)


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_day_is_read_in_three_forms(day: datetime.date) -> None:
    for words in (day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%b} {day.year}"):
        time = find_time(words)
        assert time is not None
        assert time.iso == day.isoformat()
