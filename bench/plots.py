"""A small plot as SVG, readable on light and dark: points with intervals, a line, a diagonal, a mark.

In: series of points within ranges. Out: the SVG's text. Colours follow the reader's scheme by a style sheet
inside; text is text. Leaves to others: what the points mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

Point = tuple[float, float]
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 560, 400, 64, 20, 44, 56
_STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1c1c1c }
  .title { font-weight: 600; font-size: 15px }
  .grid { stroke: #d8d8d8 } .axis { stroke: #555 } .diagonal { stroke: #888; stroke-dasharray: 4 4 }
  .line { stroke: #1f5fa8; fill: none; stroke-width: 2 } .bar { stroke: #1f5fa8; opacity: .55 }
  .point { fill: #1f5fa8 } .mark { fill: none; stroke: #b3261e; stroke-width: 2 } .ground { fill: #ffffff }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6e6e6 } .ground { fill: #161616 } .grid { stroke: #3a3a3a } .axis { stroke: #aaa }
    .line, .bar { stroke: #7db3f0 } .point { fill: #7db3f0 } .mark { stroke: #ff8a80 }
  }
"""


@dataclass(frozen=True)
class Series:
    """Points in order; bars: (x, from, to) beside them."""

    name: str
    points: tuple[Point, ...]
    bars: tuple[tuple[float, float, float], ...] = ()
    is_line: bool = False


def plot(
    title: str,
    x_label: str,
    y_label: str,
    series: Sequence[Series],
    *,
    x_range: Point,
    y_range: Point,
    diagonal: bool = False,
    marked: tuple[float, float, str] | None = None,
) -> str:
    """The SVG of a plot. marked: a place ringed, with words beside it."""

    def x(value: float) -> float:
        share = (min(max(value, x_range[0]), x_range[1]) - x_range[0]) / (x_range[1] - x_range[0])
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def y(value: float) -> float:
        share = (min(max(value, y_range[0]), y_range[1]) - y_range[0]) / (y_range[1] - y_range[0])
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title><style>{_STYLE}</style>",
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}"/>',
        f'<text class="title" x="{LEFT}" y="24">{escape(title)}</text>',
    ]
    for tick in _ticks(*x_range):
        out.append(f'<line class="grid" x1="{x(tick)}" x2="{x(tick)}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>')
        out.append(f'<text x="{x(tick)}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{tick:g}</text>')
    for tick in _ticks(*y_range):
        out.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(tick)}" y2="{y(tick)}"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y(tick) + 4}" text-anchor="end">{tick:g}</text>')
    if diagonal:
        low, high = max(x_range[0], y_range[0]), min(x_range[1], y_range[1])
        out.append(f'<line class="diagonal" x1="{x(low)}" y1="{y(low)}" x2="{x(high)}" y2="{y(high)}"/>')
    for one in series:
        if one.is_line:
            path = " ".join(f"{x(a)},{y(b)}" for a, b in one.points)
            out.append(f'<polyline class="line" points="{path}"/>')
        out += [
            f'<line class="bar" x1="{x(a)}" x2="{x(a)}" y1="{y(b)}" y2="{y(c)}"/>' for a, b, c in one.bars
        ]
        out += [f'<circle class="point" cx="{x(a)}" cy="{y(b)}" r="3.5"/>' for a, b in one.points]
    if marked:
        a, b, words = marked
        out.append(f'<circle class="mark" cx="{x(a)}" cy="{y(b)}" r="8"/>')
        out.append(f'<text x="{x(a) - 14}" y="{y(b) + 24}" text-anchor="end">{escape(words)}</text>')
    middle = (LEFT + WIDTH - RIGHT) / 2
    out.append(f'<text x="{middle}" y="{HEIGHT - 14}" text-anchor="middle">{escape(x_label)}</text>')
    height = (TOP + HEIGHT - BOTTOM) / 2
    turned = f'transform="rotate(-90 16 {height})"'
    out.append(f'<text x="16" y="{height}" text-anchor="middle" {turned}>{escape(y_label)}</text>')
    return "\n".join([*out, "</svg>", ""])


def _ticks(low: float, high: float) -> list[float]:
    return [round(low + (high - low) * k / 5, 4) for k in range(6)]
