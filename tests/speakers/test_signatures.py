"""Letters to the editor: who signs below has written what stands above."""

from __future__ import annotations

from tests.speakers.told import told

from onrecord.speakers import resolve_speakers
from onrecord.speakers.signatures import find_signed
from onrecord.types import Speaker

PAGE = """# Readers on the ferry

The harbour board deserves our thanks for keeping the old ferry running.

<source 1>I</source 1> <cue 1>hope</cue 1> <content 1>that the ferry runs on Sundays again next year</content 1>.

Abel M. Karns.

Woodley, Ohio.

TWITTER

<source 2>We</source 2> <cue 2>asked</cue 2> our followers <content 2>which of the two ferries they would rather keep</content 2>.

<source 3>I</source 3> <cue 3>like</cue 3> <content 3>the old one with the two red funnels best of all</content 3>.

@srob2188.

Petra Orrel telling the crowd to be quiet.

@venty
"""


def names(notation: str) -> list[str]:
    return [
        v.speaker.names[0] if isinstance(v.speaker, Speaker) else "?"
        for v in resolve_speakers(*told(notation))
    ]


def test_a_letter_is_its_signer_s_and_a_post_its_user_s() -> None:
    assert names(PAGE) == ["Abel M. Karns", "the author", "@srob2188"]


def test_names_above_what_they_say_sign_nothing() -> None:
    portraits = "All who run for mayor this year in the valley:\n\nPetra Orrel\n\nI will open the mill and keep the bridge where it is.\n\nTom Barr\n\nI want lower taxes and a ferry that runs on Sundays too."
    assert find_signed(portraits) == ()


def test_a_caption_s_name_signs_no_article() -> None:
    article = "The harbour board met on Monday to talk about the ferry.\n\nPetra Orrel\n\nThe meeting lasted until the evening and nobody left early.\n\nBo Hale is a writer."
    assert find_signed(article) == ()


def test_one_name_with_its_town_signs_a_letter() -> None:
    letter = "I hope that the ferry runs on Sundays again next year.\n\nAbel Karns\nWoodley, Ohio"
    (signed,) = find_signed(letter)
    assert (signed.name, letter[signed.start : signed.end].strip()) == ("Abel Karns", letter.split("\n")[0])


def test_a_person_in_the_next_lines_is_no_signature() -> None:
    notation = "<source>I</source> <cue>hope</cue> <content>that it rains</content>.\n\nPetra Orrel telling the crowd to be quiet."
    assert names(notation) == ["the author"]
