"""Weights come from a fixed list: every word of it counts less than one that it lacks."""

from importlib.resources import files

from onrecord.record.rarity import is_common, total, weight


def test_rare_words_weigh_more() -> None:
    assert weight("the") < weight("said") < weight("government") < weight("breakwater")
    assert weight("the") < weight("2031") < weight("breakwater")
    assert total(["the", "breakwater"]) == weight("the") + weight("breakwater")
    assert is_common("the")
    assert not is_common("government")


def test_every_word_of_the_list_is_there_once_and_counts() -> None:
    text = (files("onrecord.record") / "data" / "usage.txt").read_text(encoding="utf-8")
    words = [w for line in text.splitlines() if not line.startswith("#") for w in line.split()[1:]]
    assert len(words) == len(set(words)) > 5_000
    unlisted = weight("breakwater")
    assert all(weight(word) < unlisted for word in words)
