"""Grams find what has a stretch of words in common, whatever stands around it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.record.made import add, page

from onrecord.record import Record, grams
from onrecord.record.folding import words_of

LONG = "The eastern sluice was welded shut eleven years ago by people who never asked the village".lower().split()
WORDS = st.lists(
    st.sampled_from(["sluice", "herons", "turbine", "the", "was", "village", "2031"]), max_size=20
)


@given(WORDS, WORDS, WORDS, WORDS, st.sampled_from([2, 6, 10]))
def test_a_shared_stretch_shares_a_gram(
    before: list[str], behind: list[str], other: list[str], more: list[str], window: int
) -> None:
    stretch = LONG[2 : 2 + grams.SIZE + window - 1]
    a = grams.chosen([*before, *stretch, *behind], window)
    b = grams.chosen([*other, *stretch, *more], window)
    assert set(a) & set(b)


@given(WORDS)
def test_a_wider_window_chooses_fewer_of_the_same(words: list[str]) -> None:
    assert set(grams.chosen(words, 10)) <= set(grams.chosen(words, 2)) <= set(grams.every(words))


def test_quotations_keep_more_of_them_than_indirect_speech() -> None:
    line = " ".join(LONG)
    assert set(grams.of_content(line)) < set(grams.of_content(f"“{line}”"))


@given(st.text(max_size=80), st.sampled_from((1, 9)))
def test_a_statement_has_the_same_whether_it_is_remembered(text: str, times: int) -> None:
    content = " ".join([text, *LONG] * times)
    marked = any(mark in content for mark in '"“”„«»') or "''" in content or "``" in content
    wanted = grams.chosen(words_of(content).split(), grams.QUOTED_WINDOW if marked else grams.WINDOW)
    assert grams.of_content(content) == grams.of_content(content) == tuple(wanted)


def test_common_words_have_none() -> None:
    assert grams.chosen(["of", "the", "a", "in", "the", "and", "to"], 2) == []
    assert grams.chosen(["the", "dam"], 2) == []
    assert len(grams.chosen(["the", "old", "spillway"], 2)) == 1


def test_a_statement_is_found_as_long_as_it_is_current(record: Record) -> None:
    add(record, page("a", f"<Ana Ruiz> <said> [{' '.join(LONG)}]."))
    gram = grams.of_content(" ".join(LONG))[0]
    with record.transaction() as connection:
        (number,) = grams.having(connection, gram, 10)
        assert grams.check(connection) is None
    assert record.candidates([number])[0].page_id == "a"
    record.remove("a", "a test")
    with record.transaction() as connection:
        assert grams.having(connection, gram, 10) == []
        assert grams.check(connection) is None


def test_damage_is_told(record: Record) -> None:
    add(record, page("a", f"<Ana Ruiz> <said> [{' '.join(LONG)}]."))
    with record.transaction() as connection:
        connection.execute("INSERT INTO statement_grams (gram, statement, speaker) VALUES (7, 1, 0)")
        assert "grams" in (grams.check(connection) or "")
        grams.TABLES.clear(connection)
        assert "not found" in (grams.check(connection) or "")
