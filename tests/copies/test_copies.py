"""Copies: what counts as one article, whatever typography, appeals and comments do to the page."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.copies import compare, could_match, make_sketch
from onrecord.copies.body import body_spans
from onrecord.types import (
    Article,
    AuthorityEvidence,
    CopyKind,
    CopyLink,
    Encoding,
    Origin,
    Page,
    Precision,
    Span,
    When,
    Zone,
    ZoneKind,
)

SYLLABLES = ["ka", "mer", "tol", "in", "sa", "dru", "pe", "lan", "ost", "vi"]


def sentences(n: int, seed: int = 1) -> list[str]:
    """Invented sentences of ten invented words; another seed gives another story."""
    r = random.Random(seed)
    words = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
    return ["The {} of {} {}, {} {} and {} {}.".format(*r.sample(words, 7)) for _ in range(n)]


def article(body: str, *, id: str = "a", date: str | None = None, **around: str) -> Article:
    """An article of one body zone, with whatever other zones under it."""
    text, zones = body, [Zone(ZoneKind.BODY, Span(0, len(body)), 1.0)]
    for kind, words in around.items():
        zones.append(Zone(ZoneKind(kind), Span(len(text) + 2, len(text) + 2 + len(words)), 1.0))
        text += "\n\n" + words
    page = Page(id, "0" * 64, "text/plain", Origin(), text, Encoding("utf-8", "utf-8"), ())
    published = When(date, Precision.DAY, AuthorityEvidence("test")) if date else None
    return Article(page, tuple(zones), None, (), (), None, None, "en", True, None, published, None)


STORY = sentences(40)


def story(lines: list[str], **more: str) -> Article:
    return article("\n\n".join(lines), **more)


def shares_band(a: Article, b: Article) -> bool:
    x, y = make_sketch(a), make_sketch(b)
    return bool(set(x.bands) & set(y.bands)) and could_match(x, y)


COPIES = {
    "typography": (CopyKind.EXACT, [s.replace("the", "t\u00adhe").replace(",", " —").upper() for s in STORY]),
    "one word": (CopyKind.EDITED, [*STORY[:10], STORY[10].replace("and", "with"), *STORY[11:]]),
    "reordered": (CopyKind.EDITED, STORY[20:] + STORY[:20]),
    "half as long": (CopyKind.SHORTENED, STORY[:20]),
    "a quarter": (CopyKind.SHORTENED, STORY[:10]),
    "half rewritten": (CopyKind.UPDATED, STORY[:26] + sentences(16, 2)),
}


@pytest.mark.parametrize("name", COPIES)
def test_copies_are_found(name: str) -> None:
    kind, lines = COPIES[name]
    a, b = story(STORY, id="a"), story(lines, id="b")
    link = compare(a, b)
    assert link is not None
    assert link.kind is kind
    assert shares_band(a, b)


def test_other_stories_are_not_copies() -> None:
    for seed in range(2, 12):
        assert compare(story(STORY, id="a"), story(sentences(40, seed), id="b")) is None


def test_a_shared_passage_is_no_copy() -> None:
    assert compare(story(STORY, id="a"), story(STORY[:12] + sentences(28, 3), id="b")) is None


def test_a_shared_speech_is_no_copy() -> None:
    speech = ['"' + s + '"' for s in STORY]
    a = story([*sentences(12, 3), *speech], id="a")
    b = story([*sentences(14, 4), *speech], id="b")
    assert compare(a, b) is None
    assert compare(a, story([*sentences(12, 3), *speech], id="b")) is not None


def test_a_very_short_item_is_nobodys_copy() -> None:
    item = story(STORY[:1])
    assert make_sketch(item).n_words == 0
    assert make_sketch(item).bands == ()
    assert compare(item, story(STORY[:1], id="b")) is None
    assert not could_match(make_sketch(item), make_sketch(item))


def test_a_short_item_is_a_copy_of_the_very_same_words_alone() -> None:
    item, typed = story(STORY[:3]), story([s.replace(" ", "\u00a0").upper() for s in STORY[:3]], id="b")
    assert compare(item, typed) == CopyLink("a", "b", CopyKind.EXACT, 1.0)
    assert shares_band(item, typed)
    alike = story([*STORY[:2], STORY[2].replace("and", "with")], id="b")
    assert compare(item, alike) is None
    assert not shares_band(item, alike)
    longer = story(STORY[:12], id="b")
    assert compare(item, longer) is None
    assert not shares_band(item, longer)


def test_standing_text_under_two_titles_of_one_paper_is_no_copy() -> None:
    def item(id: str, title: str | None, publisher: str | None) -> Article:
        return replace(story(STORY[:3], id=id), title=title, publisher=publisher)

    a = item("a", "Ferry sinks off Halvec", "The Courier")
    assert compare(a, item("b", "Choir wins prize", "The Courier")) is None
    assert compare(a, item("b", "Choir wins prize", None)) is None
    assert compare(a, item("b", "UPDATE: Ferry sinks off Halvec", "The Courier")) is not None
    assert compare(a, item("b", None, "The Courier")) is not None
    assert compare(a, item("b", "Dozens missing", "The Herald")) is not None


def test_only_the_body_counts() -> None:
    comments = " ".join(sentences(60, 9))
    a, b = (
        story(STORY, id="a"),
        story(STORY, id="b", comments=comments, appeal="Please give to this paper today!"),
    )
    assert make_sketch(a) == make_sketch(b)
    assert compare(a, b) == CopyLink("a", "b", CopyKind.EXACT, 1.0)
    quoting = story(sentences(40, 5), id="c", comments=" ".join(STORY))
    assert compare(a, quoting) is None


def test_the_innermost_zone_counts() -> None:
    zones = [Zone(ZoneKind.BODY, Span(0, 100), 1.0), Zone(ZoneKind.APPEAL, Span(20, 60), 1.0)]
    zones.append(Zone(ZoneKind.BODY, Span(30, 40), 1.0))
    assert list(body_spans(zones)) == [Span(0, 20), Span(30, 40), Span(60, 100)]
    assert list(body_spans([])) == []


def test_a_later_longer_one_is_an_update() -> None:
    early = story(STORY[:20], id="a", date="2031-03-04")
    late = story(STORY, id="b", date="2031-03-05")
    link = compare(early, late)
    assert link is not None
    assert link.kind is CopyKind.UPDATED
    link = compare(story(STORY[:20], id="a", date="2031-03-06"), late)
    assert link is not None
    assert link.kind is CopyKind.SHORTENED


@settings(max_examples=30, deadline=None)
@given(st.integers(10, 40), st.integers(10, 40), st.integers(0, 30), st.integers(1, 3))
def test_compare_is_symmetric(n: int, m: int, start: int, seed: int) -> None:
    a = story(STORY[:n], id="a", date="2031-03-04")
    b = story(STORY[start : start + m] + sentences(5, seed), id="b", date="2031-03-05")
    assert compare(a, b) == compare(b, a)


def test_a_page_is_not_its_own_copy() -> None:
    assert compare(story(STORY), story(STORY)) is None


def test_sketches_stay_as_they_are() -> None:
    """Sketches lie in records: another value here needs a migration that makes all of them again."""
    sketch = make_sketch(story(STORY))
    assert (sketch.n_words, len(sketch.minhash), len(sketch.bands)) == (400, 128, 32)
    assert all(0 <= v < 2**32 for v in sketch.minhash)
    assert (sketch.minhash[:2], sketch.bands[0]) == SKETCH


SKETCH = ((16248362, 15167605), "00012d6aaf17")
