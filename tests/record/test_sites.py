"""What a site repeats on its pages is its furniture: learned from the set of pages on record, not from their order."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.record.made import Made, page

from onrecord.record import Record
from onrecord.record.results import DecisionKind
from onrecord.record.sites import MIN_STORIES, site_of
from onrecord.types import CopyKind, CopyLink

PROMO = "<Lena Marsh> <wrote> that [no other paper reads the tide tables] in her letter to all our readers."
SITE = "The Gull"


def story(number: int, *, publisher: str = SITE, promo: str = PROMO, before: int = 0) -> Made:
    """A story of the site with its promo at the end, `before` paragraphs of its own above it."""
    own = [f"<Ana Ruiz> <said> [dam number {number} is safe in every way]."]
    own += [f"Paragraph {i} of story {number} tells what happened at the weir." for i in range(before)]
    return page(f"story-{number}.txt", "\n\n".join([*own, promo]), publisher=publisher)


def add(record: Record, made: Made) -> None:
    record.add(made.raw, made.reading, made.sketch)


def found(record: Record, words: str = "tide tables") -> list[str]:
    """The pages on which a search finds the promo's statement."""
    return sorted(passage.entry.page.id for passage in record.search(words).passages)


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record(tmp_path / "record.db")


def test_what_stands_on_enough_stories_of_a_site_leaves_the_search(record: Record) -> None:
    for number in range(MIN_STORIES - 1):
        add(record, story(number))
    assert len(found(record)) == MIN_STORIES - 1
    add(record, story(MIN_STORIES))
    assert found(record) == []
    assert len(found(record, "dam number")) == MIN_STORIES
    assert [s.end - s.start for s in record.furniture("story-0.txt")] == [
        len(PROMO) - len("<><>[]"),
    ]
    assert record.check("no other paper reads the tide tables").verdict == "absent"
    page_of = record.page("story-0.txt")
    assert page_of is not None
    assert page_of.n_statements == 1


def test_a_reading_stays_as_it_was_read(record: Record) -> None:
    for number in range(MIN_STORIES):
        add(record, story(number))
    assert len(record.reading("story-0.txt", as_read=True).statements) == 2
    assert len(record.reading("story-0.txt").statements) == 1


def test_it_is_undone_when_the_pages_go(record: Record) -> None:
    for number in range(MIN_STORIES):
        add(record, story(number))
    record.remove("story-1.txt", "a test")
    assert found(record) == [f"story-{n}.txt" for n in range(MIN_STORIES) if n != 1]
    assert record.furniture("story-0.txt") == ()


def test_a_page_that_comes_later_and_a_new_version_are_marked_too(record: Record) -> None:
    for number in range(MIN_STORIES + 2):
        add(record, story(number))
    add(record, page("story-0.txt", f"<Ana Ruiz> <said> [another thing now].\n\n{PROMO}", publisher=SITE))
    assert found(record) == []


def test_copies_are_one_story(record: Record) -> None:
    for number in range(MIN_STORIES):
        add(record, story(number))
    record.link_copies(CopyLink("story-0.txt", "story-1.txt", CopyKind.EDITED, 0.9))
    assert len(found(record)) == MIN_STORIES
    record.remove("story-0.txt", "a test")
    assert len(found(record)) == MIN_STORIES - 1


@pytest.mark.parametrize(
    "stories",
    [
        [story(n, publisher=f"Paper {n}") for n in range(8)],  # of several sites
        [story(n, promo=PROMO.replace("tide", f"tide{n}")) for n in range(8)],  # other words
        [page(f"{n}.txt", PROMO.replace(" in her", " on this day in her"), publisher=None) for n in range(8)],
    ],
)
def test_what_one_site_does_not_repeat_stays(record: Record, stories: Sequence[Made]) -> None:
    for made in stories:
        add(record, made)
    assert len(found(record, "no other paper")) == 8


def test_a_refrain_that_stands_elsewhere_in_each_story_stays(record: Record) -> None:
    for number in range(6):
        own = [f"Line {i} of story {number} has words of its own here." for i in range(9)]
        own.insert(number, PROMO)
        add(record, page(f"{number}.txt", "\n\n".join(own), publisher=SITE))
    assert len(found(record)) == 6


def test_a_users_decision_on_the_page_does_not_bring_furniture_back(record: Record) -> None:
    for number in range(MIN_STORIES):
        add(record, story(number))
    own = next(e for e in record.statements() if e.page.id == "story-0.txt")
    record.decide(record.about(own, DecisionKind.NOT_A_STATEMENT))
    assert found(record) == []


def state(record: Record) -> tuple[list[object], list[object]]:
    ids = sorted(entry.key.id for entry in record.pages())
    return (
        [(page_id, record.furniture(page_id)) for page_id in ids],
        sorted((e.page.id, e.statement.id) for e in record.statements()),
    )


@pytest.mark.parametrize("seed", range(6))
def test_any_order_of_coming_and_going_gives_the_same(tmp_path: Path, seed: int) -> None:
    links = [("story-1.txt", "story-2.txt"), ("story-3.txt", "story-2.txt"), ("story-6.txt", "story-7.txt")]
    pages = [story(n, before=n % 2) for n in range(9)]
    gone = pages[4]
    order = pages[:]
    random.Random(seed).shuffle(order)
    with Record(tmp_path / "one.db") as record:
        for made in order:
            add(record, made)
            for a, b in links:  # as soon as both are there, as `add` links them
                if record.page(a) and record.page(b):
                    record.link_copies(CopyLink(a, b, CopyKind.EDITED, 0.9))
        record.remove(gone.id, "a test")
        got = state(record)
    with Record(tmp_path / "two.db") as record:
        for made in pages:
            if made is not gone:
                add(record, made)
        for a, b in reversed(links):
            record.link_copies(CopyLink(a, b, CopyKind.EDITED, 0.9))
        assert got == state(record)
        assert any(record.furniture(made.id) for made in pages)


@pytest.mark.parametrize(
    ("publisher", "urls", "site"),
    [
        ("The Gull", ("https://www.gull.example/a",), "gull.example"),
        ("The Gull", (None, "http://m.gull.example/b"), "gull.example"),
        ("The Gull", (None, None), "thegull"),
        (None, ("not an address",), None),
        (None, ("http://[broken",), None),
    ],
)
def test_a_site_is_its_host_or_its_publisher(
    publisher: str | None, urls: tuple[str | None, ...], site: str | None
) -> None:
    assert site_of(publisher, *urls) == site
