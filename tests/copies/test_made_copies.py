"""The made copies of `bench`: each way of publishing again is recognised, on an invented story."""

from __future__ import annotations

import hashlib
import random

import pytest
from bench.made_copies import WAYS, Story, as_text, paragraphs_of, publish_again, quote_from

from onrecord.article import find_article
from onrecord.copies import compare, could_match, make_sketch
from onrecord.page import parse_page
from onrecord.types import Article, Page, RawPage

WHO = ("The mayor", "A fisherman", "The engineer", "Her deputy", "The clerk", "A teacher", "The judge")
DID = ("walked along", "wrote about", "looked at", "complained of", "measured", "painted", "sold")
WHY = ("because of", "after", "despite", "for")


def story(seed: int) -> Story:
    rng = random.Random(seed)

    def name() -> str:
        return "".join(
            rng.choice(("ka", "mer", "tol", "sa", "dru", "pe", "lan", "vi")) for _ in range(3)
        ).title()

    lines = [
        " ".join(
            f"{rng.choice(WHO)} of {name()} {rng.choice(DID)} {name()} and {name()} {rng.choice(WHY)} {name()} and"
            f" {rng.randint(1, 999)} more, {name()} said."
            for _ in range(4)
        )
        for _ in range(14)
    ]
    return Story(f"Story number {seed} of the harbour", tuple(lines))


def read(name: str, content: bytes, media_type: str = "text/plain") -> Article:
    page = parse_page(RawPage(name, content, hashlib.sha256(content).hexdigest(), media_type))
    assert isinstance(page, Page)
    return find_article(page)


@pytest.mark.parametrize("way", range(len(WAYS)), ids=[how for how, *_ in WAYS])
def test_every_way_is_recognised(way: int) -> None:
    rng = random.Random(way)
    first = story(1)
    original = read("original", as_text(first, rng))
    again = publish_again(first, way, rng)
    assert again.content != as_text(first, rng)
    copy = read("copy", again.content, again.media_type)
    a, b = make_sketch(original), make_sketch(copy)
    assert set(a.bands) & set(b.bands)
    assert could_match(a, b)
    assert compare(original, copy) is not None


def test_a_passage_of_another_story_makes_no_copy() -> None:
    rng = random.Random(5)
    one, other = story(1), story(2)
    made = quote_from(other, one, rng)
    assert len(made.paragraphs) > len(other.paragraphs)
    assert compare(read("a", as_text(one, rng)), read("b", as_text(made, rng))) is None


def test_the_same_seed_makes_the_same_copies() -> None:
    assert [publish_again(story(1), i, random.Random(i)) for i in range(9)] == [
        publish_again(story(1), i, random.Random(i)) for i in range(9)
    ]


def test_a_title_in_the_text_is_no_paragraph() -> None:
    assert paragraphs_of("Ferry late.\n\nIt was late.", "Ferry late") == ["It was late."]
