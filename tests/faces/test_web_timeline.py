"""The plot of a speaker's statements: everything inside the frame, dots or bars, odd dates left out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.faces.web.timeline import MAX_STACK, WIDTH, Point, parse_day, plot_timeline


def point(day: str) -> Point:
    return Point(day, "direct", f"{day}: “…”", "/page?id=x")


def test_no_dates_no_plot() -> None:
    assert plot_timeline([]) is None
    assert plot_timeline([point("spring"), point("2024-13-01")]) is None


def test_one_day_stands_between_its_neighbours() -> None:
    plot = plot_timeline([point("2024-03-13")] * 3)
    assert plot is not None
    assert len({dot.x for dot in plot.dots}) == 1
    assert len({dot.y for dot in plot.dots}) == 3
    assert WIDTH / 3 < plot.dots[0].x < 2 * WIDTH / 3


def test_too_high_a_pile_becomes_bars_that_count_everything() -> None:
    plot = plot_timeline([point("2024-03-13")] * (MAX_STACK + 1) + [point("2024-05-01")])
    assert plot is not None
    assert plot.dots == ()
    assert [bar.n for bar in plot.bars] == [MAX_STACK + 1, 1]
    assert plot.bars[0].first == plot.bars[0].last == "2024-03-13"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024", date(2024, 1, 1)),
        ("2024-03", date(2024, 3, 1)),
        ("2024-03-13T10:00:00Z", date(2024, 3, 13)),
        ("", None),
        ("Wednesday", None),
        ("99999-01-01", None),
    ],
)
def test_dates_as_the_record_has_them(text: str, day: date | None) -> None:
    assert parse_day(text) == day


@given(st.lists(st.dates(), min_size=1, max_size=40))
def test_all_that_is_dated_is_drawn_inside_the_frame(days: list[date]) -> None:
    plot = plot_timeline([point(day.isoformat()) for day in days])
    assert plot is not None
    assert len(plot.dots) + sum(bar.n for bar in plot.bars) == len(days)
    assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= plot.base for dot in plot.dots)
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH for bar in plot.bars)
    assert all(0 <= tick.x <= WIDTH for tick in plot.ticks)
    assert len(plot.ticks) <= 13


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 1, 1)), st.integers(0, 4000))
def test_there_are_always_ticks_to_read(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    plot = plot_timeline([point(first.isoformat()), point(last.isoformat())])
    assert plot is not None
    assert 1 <= len(plot.ticks) <= 13
