"""The style sheet: every colour of text keeps its distance from its ground (WCAG 2.2, 1.4.3 AA)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.faces.web.wording import share

CSS = (Path(__file__).parents[2] / "src/onrecord/faces/web/static/style.css").read_text(encoding="utf-8")
GROUNDS = ("paper", "card", "sunk")
#: Classes that views put into pieces of text.
MARKED = {"around", "source", "cue"}
INKS = ("ink", "muted", "accent", "link", "good", "warn", "bad", "none")


def colours(scheme: str) -> dict[str, str]:
    """The custom properties of a scheme that are colours; the dark ones on top of the light."""
    light, dark = (m.group(1) for m in re.finditer(r":root \{(.*?)\n *\}", CSS, re.S))
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return found | (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def mixed(colour: str, ground: str, share: float) -> str:
    parts = zip(*((int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (colour, ground)), strict=True)
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in parts)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(scheme: str) -> None:
    found = colours(scheme)
    for ground in GROUNDS:
        for ink in INKS:
            assert contrast(found[ink], found[ground]) >= 4.5, (ink, ground)
    assert contrast(found["hit-ink"], found["hit"]) >= 4.5
    assert contrast(found["focus"], found["paper"]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_speakers_badges_and_highlights_can_be_read(scheme: str) -> None:
    found = colours(scheme)
    for colour in (*(found[f"s{i}"] for i in range(12)), found["none"]):
        assert contrast(found["paper"], colour) >= 4.5
        assert contrast(found["ink"], mixed(colour, found["paper"], 0.26)) >= 4.5
        assert contrast(found["ink"], mixed(colour, found["sunk"], 0.26)) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_differences_can_be_read_on_their_tint(scheme: str) -> None:
    found = colours(scheme)
    assert contrast(found["bad"], mixed(found["bad"], found["card"], 0.12)) >= 4.5
    assert contrast(found["good"], mixed(found["good"], found["card"], 0.13)) >= 4.5


def test_every_class_of_the_style_sheet_is_used() -> None:
    web = Path(__file__).parents[2] / "src/onrecord/faces/web"
    used = " ".join(
        p.read_text(encoding="utf-8") for p in [*web.glob("templates/*.html"), *web.glob("static/*.js")]
    )
    made = {f"s{i}" for i in range(12)} | {"sx"} | {"direct", "mixed", "indirect"}
    made |= {f"z-{z}" for z in ("title", "dek", "heading", "byline", "date", "credit", "caption")}
    made |= {
        f"v-{v}"
        for v in ("verbatim", "abridged", "altered", "spliced", "reported", "misattributed", "absent", "open")
    }
    selectors = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", CSS, flags=re.S)
    named = set(re.findall(r"\.([a-z][\w-]*)", selectors))
    assert len(named) > 60
    assert {name for name in named - made if not re.search(rf"(?<![\w-]){name}(?![\w-])", used)} <= MARKED


def test_no_score_short_of_one_is_shown_as_all() -> None:
    assert [share(score) for score in (0.934, 0.99, 0.998, 1.0)] == ["93 %", "99 %", "over 99 %", "100 %"]
