"""Statements along time as the geometry of a plot: dots where they can be told apart, bars where not.

In: points, each with an ISO date (day, month or year) and where it links. Out: numbers in the units
of a view box, ready for an SVG template; nothing is drawn by a script. Leaves colours to the style
sheet and the list that says the same in words to the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH = 960
LEFT, RIGHT = 16, 16
STEP = 14  # one dot with the space around it
MAX_STACK = 12  # a higher pile of dots says less than a bar
MAX_DOTS = 600  # links of one plot that a keyboard may have to pass
BAR_HEIGHT = 140
AXIS_HEIGHT = 34


@dataclass(frozen=True, slots=True)
class Point:
    """One statement: its ISO date, how it is quoted, its words in short, its address."""

    day: str
    kind: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A statement in the plot."""

    x: float
    y: float
    kind: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Several statements of neighbouring days. first, last: ISO days that it covers."""

    x: float
    y: float
    width: float
    height: float
    n: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the axis of time. anchor: of its label (start, middle, end)."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the template draws: dots or bars, never both. base: y of the axis. highest: most in one column."""

    width: int
    height: float
    base: float
    dots: tuple[Dot, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    first: str
    last: str
    n: int
    highest: int


def plot_timeline(points: Sequence[Point]) -> Timeline | None:
    """The plot, or None where no point has a date that the calendar knows."""
    dated = sorted(
        ((day, point) for point in points if (day := parse_day(point.day)) is not None),
        key=lambda item: item[0],
    )
    if not dated:
        return None
    first, last = dated[0][0], dated[-1][0]
    axis = _Axis.around(first, last)
    columns: dict[int, list[tuple[date, Point]]] = defaultdict(list)
    for day, point in dated:
        columns[int((axis.x(day) - LEFT) // STEP)].append((day, point))
    highest = max(map(len, columns.values()))
    as_dots = highest <= MAX_STACK and len(dated) <= MAX_DOTS
    plot_height = max(4, highest) * STEP if as_dots else BAR_HEIGHT
    base = plot_height + 18.0
    return Timeline(
        width=WIDTH,
        height=base + AXIS_HEIGHT,
        base=base,
        dots=tuple(_dots(columns, base)) if as_dots else (),
        bars=() if as_dots else tuple(_bars(columns, base, highest)),
        ticks=tuple(axis.ticks()),
        first=first.isoformat(),
        last=last.isoformat(),
        n=len(dated),
        highest=highest,
    )


def column_middle(x: float) -> float:
    """The middle of the column that a place on the axis falls into, where its dots stand."""
    return LEFT + ((x - LEFT) // STEP + 0.5) * STEP


def parse_day(text: str) -> date | None:
    """The (first) day of an ISO date that may lack its day or month, else None."""
    parts = text[:10].split("-")
    try:
        numbers = [int(part) for part in parts]
        return date(numbers[0], *([*numbers[1:], 1, 1])[:2])
    except (ValueError, IndexError, OverflowError):
        return None


def _dots(columns: dict[int, list[tuple[date, Point]]], base: float) -> Iterator[Dot]:
    for column, items in sorted(columns.items()):
        for height, (_, point) in enumerate(items):
            yield Dot(
                LEFT + (column + 0.5) * STEP,
                base - (height + 0.6) * STEP,
                point.kind,
                point.label,
                point.href,
            )


def _bars(columns: dict[int, list[tuple[date, Point]]], base: float, highest: int) -> Iterator[Bar]:
    for column, items in sorted(columns.items()):
        height = round(max(2.0, BAR_HEIGHT * len(items) / highest), 1)
        yield Bar(
            x=LEFT + column * STEP + 1.0,
            y=base - height,
            width=STEP - 2.0,
            height=height,
            n=len(items),
            first=items[0][0].isoformat(),
            last=items[-1][0].isoformat(),
        )


@dataclass(frozen=True, slots=True)
class _Axis:
    start: date
    days: int

    @classmethod
    def around(cls, first: date, last: date) -> _Axis:
        """An axis with some air at both ends; a single day stands in the middle of a fortnight."""
        days = (last - first).days
        air = max(days // 24, 2 if days else 7)
        start = first - timedelta(days=min(air, (first - date.min).days))
        end = last + timedelta(days=min(air, (date.max - last).days))
        return cls(start, max(1, (end - start).days))

    def x(self, day: date) -> float:
        inner = WIDTH - LEFT - RIGHT - STEP
        return LEFT + inner * (day - self.start).days / self.days

    def ticks(self) -> Iterator[Tick]:
        """At most about nine ticks, at the starts of years, months or days."""
        for day, label in self._marks():
            x = column_middle(self.x(day))
            yield Tick(x, label, _anchor(x))

    def _marks(self) -> Iterator[tuple[date, str]]:
        end = self.start + timedelta(days=self.days)
        if self.days > 3 * 366:
            step = -(-self.days // (9 * 366))
            for year in range(self.start.year + 1, end.year + 1):
                if year % step == 0:
                    yield date(year, 1, 1), str(year)
        elif self.days > 70:
            step = -(-self.days // (9 * 31))
            month = self.start.year * 12 + self.start.month  # the month after the first
            while (day := date(month // 12, month % 12 + 1, 1)) <= end:
                if day.month % step == 1 % step:
                    yield day, f"{day:%b} {day.year}" if step > 1 or day.month == 1 else f"{day:%b}"
                month += 1
        else:
            step = -(-self.days // 8)
            for n in range(step // 2, self.days + 1, step):
                day = self.start + timedelta(days=n)
                yield day, f"{day.day} {day:%b %Y}" if self.days < 20 or n < step else f"{day.day} {day:%b}"


def _anchor(x: float) -> str:
    if x < LEFT + 40:
        return "start"
    return "end" if x > WIDTH - RIGHT - 60 else "middle"
