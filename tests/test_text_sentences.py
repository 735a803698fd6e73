"""Sentences, quoted parts and zones as runs of text: the floor's work for the rooms that read prose."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.text import MAX_SENTENCE_CHARS, innermost, quoted_spans, sentences
from onrecord.types import Span, Zone, ZoneKind


def cut(text: str) -> list[str]:
    return [text[s.start : s.end].strip() for s in sentences(text, 0, len(text))]


def test_abbreviations_end_no_sentence() -> None:
    text = "Sen. G.K. Ruiz (D-N.C.) spoke. Mr. Webb of the U.S. Senate left."
    assert cut(text) == ["Sen. G.K. Ruiz (D-N.C.) spoke.", "Mr. Webb of the U.S. Senate left."]


def test_a_mark_inside_a_quoted_name_ends_none() -> None:
    assert len(cut("He spoke at the “Open Harbor!” Conference. She left.")) == 2


def test_a_quotation_may_hold_several() -> None:
    assert cut('"It held. It will hold," Ruiz said.') == ['"It held.', 'It will hold," Ruiz said.']


@given(st.text(alphabet="aB. !?\"”“'\n", max_size=200))
def test_sentences_tile_the_text(text: str) -> None:
    at = 0
    for span in sentences(text, 0, len(text)):
        assert span.start == at
        at = span.end
    assert at == len(text)


def test_a_sentence_is_never_longer_than_its_bound() -> None:
    text = "word " * 5_000
    assert max(s.end - s.start for s in sentences(text, 0, len(text))) <= MAX_SENTENCE_CHARS


def test_quoted_parts_in_every_style() -> None:
    for text in ('He said "no" again', "He said “no” again", "He said ''no'' again", "He said «no» again"):
        (span,) = quoted_spans(text, Span(0, len(text)))
        assert "no" in text[span.start : span.end]
        assert "again" not in text[span.start : span.end]


def test_a_quotation_left_open_holds_to_the_paragraphs_end() -> None:
    text = "“It held."
    assert list(quoted_spans(text, Span(0, len(text)))) == [Span(0, len(text))]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 15)), max_size=6))
def test_innermost_zones_lie_in_order_and_cover_what_zones_cover(rows: list[tuple[int, int]]) -> None:
    zones = [Zone(ZoneKind.BODY, Span(start, start + size), 1.0) for start, size in rows]
    covered = {i for z in zones for i in range(z.span.start, z.span.end)}
    at = 0
    found: set[int] = set()
    for _, span in innermost(zones, 60):
        assert span.start >= at
        at = span.end
        found |= set(range(span.start, span.end))
    assert found == covered


def test_the_inner_zone_counts() -> None:
    zones = [Zone(ZoneKind.BODY, Span(0, 20), 1.0), Zone(ZoneKind.COMMENTS, Span(5, 10), 1.0)]
    assert list(innermost(zones, 20)) == [
        (ZoneKind.BODY, Span(0, 5)),
        (ZoneKind.COMMENTS, Span(5, 10)),
        (ZoneKind.BODY, Span(10, 20)),
    ]
