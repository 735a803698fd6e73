"""Every line of the room's lists changes an outcome."""

import codecs
import contextlib
from importlib.resources import files

import pytest
from tests.page.reading import blocks, read

from onrecord.page.decode import _labels, codec_of


def lines(name: str) -> list[str]:
    """The lines of a list that say something."""
    listed = files("onrecord.page").joinpath(name).read_text("utf-8").splitlines()
    return [line for line in listed if line and not line.startswith("#")]


def elements(word: str) -> list[str]:
    """The elements of which the list says this word."""
    return [name for name, *said in map(str.split, lines("elements.txt")) if word in said]


@pytest.mark.parametrize("name", [*elements("block"), *elements("line")])
def test_every_element_that_breaks_a_line(name: str) -> None:
    page = read(f"one<{name} open>two</{name}>three" if name != "plaintext" else "one<plaintext>two")
    assert blocks(page)[:2] == ["one", "two"]


@pytest.mark.parametrize("name", elements("void"))
def test_every_void_element(name: str) -> None:
    page = read(f"one <{name}> two")
    assert "two" in page.text
    assert all(name not in block.tags for block in page.blocks)


@pytest.mark.parametrize("name", elements("skip"))
def test_every_element_that_is_not_shown(name: str) -> None:
    assert blocks(read(f"<p>one<{name}>two</{name}>three")) == ["onethree"]


@pytest.mark.parametrize("name", elements("ends-p"))
def test_every_element_that_ends_a_paragraph(name: str) -> None:
    assert "p" not in read(f"<p>one<{name} open>two").blocks[-1].tags or name == "p"


@pytest.mark.parametrize("name", elements("ends-drawing"))
def test_every_element_that_ends_a_drawing(name: str) -> None:
    assert "two" in read(f"<svg><{name}>two").text


@pytest.mark.parametrize("name", elements("in-head"))
def test_every_element_that_does_not_end_the_head(name: str) -> None:
    page = read(f"<head><{name}></{name}><i>one")
    inside = read(f"<head><{name}></{name}>one")
    assert page.blocks[0].tags == ("html", "i")
    assert name == "head" or inside.blocks[0].tags == ("html", "head")


@pytest.mark.parametrize("name", elements("raw"))
def test_every_raw_element_in_a_drawing(name: str) -> None:
    assert blocks(read(f"<svg><{name}/></svg><p>one")) == ["one"]


@pytest.mark.parametrize("name", lines("hidden.txt"))
def test_every_hidden_class(name: str) -> None:
    assert read(f'<p>shown</p><p class="x {name}">gone</p>').text == "shown"


@pytest.mark.parametrize("part", lines("responsive.txt"))
def test_every_responsive_part(part: str) -> None:
    words = "The mayor of the town said on Monday that the ferry would be closed in the coming winter."
    assert blocks(read(f'<p>{words}<p class="x-{part}">{words}')) == [words]


@pytest.mark.parametrize("label", _labels())
def test_every_label_is_read_otherwise_than_python_reads_it(label: str) -> None:
    codec = codec_of(label.upper())
    assert codec is not None
    with contextlib.suppress(LookupError):
        assert codecs.lookup(label).name != codec
