"""A transcript's lines are the article's own; labels in a menu are not."""

from tests.article.zoned import text_page

from onrecord.article import find_article
from onrecord.article.turns import SURE, with_turns
from onrecord.article.units import find_units

TALK = (
    "CALDER: It holds.",
    "GEN. RUTH OSEI (ret.): For how long?",
    "CALDER: Longer than you.",
    "(LAUGHTER)",
    "OSEI: I see.",
    "OSEI: I will come back to that.",
)
MENU = (
    "PHOTOS: The flood",
    "WATCH: The dam",
    "LIVE: Lunt votes",
    "WATCH: The dam",
    "OPINION: Build it higher",
)


def raised(*lines: str) -> list[float]:
    units = find_units(text_page("\n\n".join(lines)))
    return list(with_turns(units, (0.1,) * len(units)))


def test_turns_and_what_stands_between_them_are_raised() -> None:
    assert raised("Home", *TALK) == [0.1, SURE, SURE, SURE, SURE, SURE, SURE]


def test_labels_that_never_come_back_are_no_speakers() -> None:
    assert set(raised(*MENU)) == {0.1}


def test_one_speaker_is_no_conversation() -> None:
    assert set(raised(*(f"CALDER: It is day {n}." for n in ("one", "two", "three", "four")))) == {0.1}


def test_emphasis_around_a_headline_is_no_part_of_it() -> None:
    page = text_page("*Transcript: An hour with Ruth Osei*\n\nMay 2, 2014\n\n" + "\n\n".join(TALK))
    assert find_article(page).title == "Transcript: An hour with Ruth Osei"
