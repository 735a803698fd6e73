"""Every list is alive: each item is found in what is made of it, and none stands in another's way."""

import pytest

from onrecord.article.lexicon import load_list, load_phrases, words_of
from onrecord.article.signs import Sign, sign_of

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
    assert {item for item in load_list(name) if phrases.count(words_of(item)) != 1} == set()


def test_each_label_opens_a_promo() -> None:
    silent = [
        item
        for item in load_list("promos")
        if sign_of(f"{item}: The crane", words_of(f"{item}: The crane"), False) is None
    ]
    assert silent == []
