"""How a page's text is cut for the eye: nothing lost, the innermost counts, long pages go on."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from onrecord.faces.web.marking import Marked, Section, innermost, mark_text, mark_words
from onrecord.types import Span, Zone, ZoneKind

TEXT = "The lamp is lit, Ana Ruiz said.\n\nGive us a crown.\n“He told me: wait,” she added.\n"


def words(sections: tuple[Section, ...]) -> str:
    return "".join(piece.text for s in sections for b in s.blocks for x in b.stretches for piece in x.pieces)


def span_of(part: str, text: str = TEXT) -> Span:
    return Span(text.index(part), text.index(part) + len(part))


def zone(kind: ZoneKind, part: str) -> Zone:
    return Zone(kind, span_of(part), 1.0)


def test_sections_follow_the_zones_and_keep_every_word() -> None:
    zones = [
        zone(ZoneKind.BODY, "The lamp is lit, Ana Ruiz said."),
        zone(ZoneKind.APPEAL, "Give us a crown."),
    ]
    sections, go_on = mark_text(TEXT, zones, ())
    assert [s.kind for s in sections] == [ZoneKind.BODY, ZoneKind.APPEAL, None]
    assert [s.is_article for s in sections] == [True, False, False]
    assert words(sections) == TEXT.replace("\n", "")
    assert go_on is None


def test_content_cue_source_and_hits_are_marked() -> None:
    statement = Marked(0, (span_of("The lamp is lit"),), (span_of("said"),), (span_of("Ana Ruiz"),))
    (section,), _ = mark_text(TEXT[:31], (), (statement,), (span_of("lamp"),))
    content, rest = section.blocks[0].stretches
    assert (content.statement, content.is_first) == (0, True)
    assert [(p.text, p.is_hit) for p in content.pieces] == [
        ("The ", False),
        ("lamp", True),
        (" is lit", False),
    ]
    assert [(p.text, p.role, p.of) for p in rest.pieces if p.role] == [
        ("Ana Ruiz", "source", 0),
        ("said", "cue", 0),
    ]


def test_the_innermost_statement_counts_and_the_outer_goes_on_after_it() -> None:
    line = "“He told me: wait,” she added."
    outer = Marked(0, (span_of("He told me: wait,", line),))
    inner = Marked(1, (span_of("wait", line),))
    (section,), _ = mark_text(line, (), (outer, inner))
    said = [(x.statement, x.is_first) for x in section.blocks[0].stretches if x.statement is not None]
    assert said == [(0, True), (1, True), (0, False)]


def test_a_statement_that_others_cover_whole_is_still_told_where_it_begins() -> None:
    outer, inner = Marked(0, (Span(4, 15),)), Marked(1, (Span(4, 8),))
    rest = Marked(2, (Span(8, 15),))
    (section,), _ = mark_text(TEXT[:31], (), (outer, inner, rest))
    told = [(x.statement, x.is_first, x.hidden) for x in section.blocks[0].stretches]
    assert told == [(None, False, ()), (1, True, (0,)), (2, True, ()), (None, False, ())]


def test_a_zone_that_ends_inside_a_line_cuts_it() -> None:
    zones = [Zone(ZoneKind.BYLINE, Span(0, 8), 1.0), Zone(ZoneKind.BODY, Span(9, 31), 1.0)]
    sections, _ = mark_text(TEXT[:31], zones, ())
    assert [s.kind for s in sections] == [ZoneKind.BYLINE, ZoneKind.BODY]


def test_a_long_page_is_shown_in_parts_and_a_long_line_is_cut() -> None:
    text = "a" * 30 + "\n" + "b" * 30 + "\n" + "c" * 100
    seen, start, parts = "", 0, 0
    while True:
        sections, go_on = mark_text(text, (), (), start=start, limit=50)
        seen, parts = seen + words(sections), parts + 1
        if go_on is None:
            break
        assert go_on > start
        start = go_on
    assert seen == text.replace("\n", "")
    assert parts == 4


def test_words_of_a_span_with_hits() -> None:
    pieces = mark_words(TEXT, Span(4, 15), (span_of("is"),))
    assert [(p.text, p.is_hit) for p in pieces] == [("lamp ", False), ("is", True), (" lit", False)]


spans = st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda t: Span(t[0], t[0] + t[1]))


@given(st.lists(spans, max_size=12))
def test_innermost_is_the_shortest_span_over_each_character(given_spans: list[Span]) -> None:
    flat = innermost((span, i) for i, span in enumerate(given_spans))
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(flat))
    for point in range(60):
        over = [(s.end - s.start, -i) for i, s in enumerate(given_spans) if s.start <= point < s.end]
        found = [value for s, e, value in flat if s <= point < e]
        assert found == ([-min(over)[1]] if over else [])


@given(
    st.text(alphabet="ab \n\r\u2028", max_size=60), st.lists(spans, max_size=5), st.lists(spans, max_size=5)
)
def test_no_word_is_lost_or_told_twice(text: str, zones: list[Span], contents: list[Span]) -> None:
    marked = [Marked(i, (span,)) for i, span in enumerate(contents)]
    sections, _ = mark_text(text, [Zone(ZoneKind.BODY, z, 1.0) for z in zones], marked)
    assert words(sections).replace(" ", "") == "".join(c for c in text if c in "ab")
