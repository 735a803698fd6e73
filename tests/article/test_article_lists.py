"""Every list is alive: each item is found in what is made of it, and none stands in another's way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.article.zoned import text_page

from onrecord.article.appeals import is_asking
from onrecord.article.headline import measure_lines
from onrecord.article.lexicon import (
    load_list,
    load_phrases,
    load_tables,
    load_wholes,
    words_of,
    words_of_lines,
)
from onrecord.article.remarks import is_under_comment
from onrecord.article.signs import Sign, find_signs, sign_of
from onrecord.article.times import find_time
from onrecord.article.units import find_units
from onrecord.article.voice import COUNTED, find_telling

WHOLE = {
    "furniture": Sign.BUTTON,
    "comment_threads": Sign.THREAD,
    "comment_signs": Sign.REMARK,
    "comment_forms": Sign.FORM,
}


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_each_line_is_recognised(name: str) -> None:
    seen = {item: sign_of(item, words_of(item), False) for item in load_list(name)}
    assert {item: s for item, s in seen.items() if s is None} == {}


@pytest.mark.parametrize("name", ["appeals", "appeal_words", "notices"])
def test_no_phrase_hides_in_a_longer_one(name: str) -> None:
    phrases = load_phrases(name).all
    hidden = [
        p for p in phrases for q in phrases if p != q and any(p[i : i + len(q)] == q for i in range(len(p)))
    ]
    assert hidden == []


@pytest.mark.parametrize("name", ["appeals", "appeal_words", "notices", "credits", "promos", "links"])
def test_each_phrase_counts_once(name: str) -> None:
    phrases = load_phrases(name)
    counted = {item: phrases.count(words_of(item), frozenset(words_of(item))) for item in load_list(name)}
    assert {item for item, n in counted.items() if n != 1} == set()


def test_each_label_opens_a_promo() -> None:
    silent = [
        item
        for item in load_list("promos")
        if sign_of(f"{item}: The crane", words_of(f"{item}: The crane"), False) is None
    ]
    assert silent == []


@pytest.mark.parametrize("name", ["ask_openings", "comment_orders"])
def test_each_opening_opens(name: str) -> None:
    phrases = load_phrases(name)
    assert {item for item in load_list(name) if not phrases.is_opening((*words_of(item), "next"))} == set()


def asks(line: str) -> bool:
    words = words_of(line)
    is_told = load_phrases("ask_openings").is_opening(words)
    return is_asking(line, words, find_telling(words), is_told=is_told)


def test_each_topic_is_one_that_an_appeal_may_be_about() -> None:
    silent = [item for item in load_list("ask_topics") if not asks(f"Please, could you think of our {item}?")]
    assert silent == []


def test_each_opening_makes_an_appeal_of_a_line_that_would_be_none() -> None:
    assert not asks("The newsletter and the crew of the ship at sea tonight with a subscription for members")
    silent = [
        item
        for item in load_list("ask_openings")
        if not asks(f"{item} the newsletter and the crew of the ship at sea with a subscription")
    ]
    assert silent == []


def test_each_button_may_stand_under_a_comment() -> None:
    silent = [w for w in load_list("comment_buttons") if not is_under_comment(f"Reply {w}", ("reply", w))]
    assert silent == []


def test_every_measure_of_a_headline_has_its_weight() -> None:
    page = text_page(
        "A headline of some words\n\nA paragraph of the story, said the mayor, that goes on for a while."
    )
    units = find_units(page)
    _, measures = next(iter(measure_lines(units, find_signs(units), (0.0, 0.9))))
    assert set(measures) == {item.split()[0] for item in load_list("headline_weights")}


def test_each_month_is_read() -> None:
    unread = [item for item in load_list("months") if find_time(f"7 {item.split()[0]} 2021") is None]
    assert unread == []


def test_the_day_stands_first_or_the_month() -> None:
    assert {item.split()[1] for item in load_list("date_orders")} == {"day", "month"}


LINES = st.text(alphabet=st.sampled_from("aBé9 '’_-“.\n\x1f1st0"), max_size=40)


@given(st.lists(LINES, max_size=6))
def test_lines_together_have_the_words_that_each_has_alone(lines: list[str]) -> None:
    assert words_of_lines(lines) == [words_of(line) for line in lines]


@given(
    st.lists(
        st.sampled_from(
            [
                "support",
                "our",
                "work",
                "sign",
                "up",
                "for",
                "the",
                "newsletter",
                "every",
                "day",
                "we",
                "use",
                "cookies",
            ]
        ),
        max_size=25,
    )
)
def test_tables_count_what_each_list_counts(words: list[str]) -> None:
    names = ("appeals", "appeal_words", "notices")
    line, telling = tuple(words), find_telling(tuple(words))
    assert load_tables(*names).counts(line, telling) == tuple(
        load_phrases(n).count(line, telling) for n in names
    )


@pytest.mark.parametrize("name", COUNTED)
def test_each_phrase_that_is_counted_has_a_word_that_tells(name: str) -> None:
    assert {p for p in load_phrases(name).all if load_phrases(name).rare.isdisjoint(find_telling(p))} == set()


def test_whole_lines_know_their_lists() -> None:
    wholes = load_wholes("furniture", "comment_signs")
    assert all(("furniture" in wholes.get(p, ())) is load_phrases("furniture").is_whole(p) for p in wholes)
    assert len(wholes) == len(load_phrases("furniture").all | load_phrases("comment_signs").all)
