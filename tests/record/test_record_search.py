"""Search finds words as people type them, and no input is an error."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.record.made import add, page

from onrecord.errors import InputError
from onrecord.record import Record
from onrecord.record.terms import MAX_QUERY_WORDS, hits, parse_query
from onrecord.types import Kind, Span, ZoneKind

PAGES = (
    page("a", "<Ana Ruiz> <said> “[The dam isn’t safe at all].”", date="2021-03-04"),
    page("b", "<Bo Lindqvist> <said> [the café at the dam would close].", date="2021-03-05"),
    page("c", "<Ana Ruiz> <said> [safe dams cost money].", date="2021-03-06", comments="\n\nDams are ugly!"),
)


@pytest.fixture
def filled(record: Record) -> Record:
    add(record, *PAGES)
    return record


def found(record: Record, words: str, **where: object) -> list[str]:
    result = record.search(words, **where)  # type: ignore[arg-type]
    assert result.n_found >= len(result.passages)
    return sorted(passage.entry.page.id for passage in result.passages)


@pytest.mark.parametrize(
    ("words", "pages"),
    [
        ("dam", "ab"),
        ("DAM safe", "a"),
        ("dam*", "abc"),
        ('"safe dams"', "c"),
        ("“dams safe”", ""),
        ("safe dams", "c"),
        ("isn't", "a"),
        ("isn’t", "a"),
        ("cafe", "b"),
        ("cafe\u0301", "b"),
        ("CAFÉ", "b"),
        ('"at the dam', "b"),
        ("d*", ""),
        ("ugly", ""),
        ("", ""),
        ("... — ()", ""),
        ("dam AND café", ""),
        ("zeppelin", ""),
    ],
)
def test_words(filled: Record, words: str, pages: str) -> None:
    assert found(filled, words) == list(pages)


def test_words_that_name_a_speaker(filled: Record) -> None:
    for words in ("ana ruiz safe", "safe ruiz", 'Ruiz "safe dams"'):
        result = filled.search(words, limit=1)
        assert [ref.name for ref in result.speakers] == ["Ana Ruiz"]
        assert result.passages
        assert result.passages[0].entry.speakers == result.speakers
    assert filled.search("safe").speakers == ()
    assert found(filled, "ruiz café") == found(filled, "ruiz") == []
    assert found(filled, "ruiz safe", speaker="Bo Lindqvist") == []


def test_hits_are_the_words_in_the_text(filled: Record) -> None:
    def words(query: str) -> list[str]:
        out = []
        for passage in filled.search(query).passages:
            text = filled.text(passage.entry.page.id)
            out += [text[hit.start : hit.end] for hit in passage.hits]
        return out

    assert words("ISN'T safe") == ["isn’t", "safe"]
    assert words("cafe") == ["café"]
    assert words('"safe dam*"') == ["safe", "dams"]
    assert words('"the dam" café') == ["café", "the", "dam"]


def test_filters(filled: Record) -> None:
    assert found(filled, "dam*", speaker="Ana Ruiz") == ["a", "c"]
    assert found(filled, "dam*", speaker="nobody") == []
    assert found(filled, "dam*", since="2021-03-05") == ["b", "c"]
    assert found(filled, "dam*", until="2021-03-05", speaker="Ruiz") == ["a"]
    assert found(filled, "dam*", kind=Kind.DIRECT) == ["a"]
    assert filled.search("dam*", limit=1).n_found == 3
    with pytest.raises(InputError, match="no day"):
        filled.search("dam", since="yesterday")
    with pytest.raises(InputError, match="negative"):
        filled.search("dam", limit=-1)


def test_offsets_walk_through_all_answers_in_one_order(filled: Record) -> None:
    whole = [p.entry.page.id for p in filled.search("dam*").passages]
    assert [filled.search("dam*", limit=1, offset=i).passages[0].entry.page.id for i in range(3)] == whole
    assert filled.search("dam*", offset=3).passages == ()


def test_equal_matches_come_latest_first_then_by_page_whatever_came_in_first(record: Record) -> None:
    same = [
        page(name, "<Ana Ruiz> <said> [the dam held].", date=date)
        for name, date in [("z", "2021-01-02"), ("b", "2021-01-01"), ("a", "2021-01-01"), ("y", None)]
    ]
    add(record, *same)
    assert [p.entry.page.id for p in record.search("dam held").passages] == ["z", "a", "b", "y"]


def test_text_search_finds_narration_and_comments_and_says_so(filled: Record) -> None:
    ((paragraph, hits),) = filled.search_text("ugly")
    assert paragraph.zone is ZoneKind.COMMENTS
    assert [filled.text("c")[h.start : h.end] for h in hits] == ["ugly"]
    assert len(filled.search_text("dam*")) == 4
    assert filled.search_text("") == ()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from("dam saf*\"“”'’()^-+:{}\\,.;&|~ANDORNEAR\0é\ud800١_"), max_size=30))
def test_no_input_is_an_error(filled: Record, words: str) -> None:
    result = filled.search(words)
    filled.search_text(words)
    for passage in result.passages:
        assert passage.hits


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_every_query_has_bounded_terms_of_whole_words(query: str) -> None:
    terms = parse_query(query)
    assert sum(len(term.words) for term in terms) <= MAX_QUERY_WORDS
    assert all('"' not in word and word for term in terms for word in term.words)


def test_a_query_without_end_is_cut() -> None:
    assert len(parse_query("dam " * 100_000)) <= MAX_QUERY_WORDS


def test_statements_with_words_side_by_side_or_any_of_them(filled: Record) -> None:
    numbers = filled.statements_with(["safe", "dams"], as_phrase=True)
    assert [c.page_id for c in filled.candidates(numbers)] == ["c"]
    assert filled.statements_with(["dams", "safe"], as_phrase=True) == ()
    assert len(filled.statements_with(["café", "money"], any_of=True)) == 2


def test_hits_in_pieces() -> None:
    text = "“The dam,” she said, “is safe.”"
    pieces = (Span(1, 8), Span(22, 29))
    (term,) = parse_query('"dam is"')
    assert [text[h.start : h.end] for h in hits(text, pieces, (term,))] == ["dam", "is"]
