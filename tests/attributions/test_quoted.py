"""Who is quoted is who speaks."""

from __future__ import annotations

import pytest
from tests.attributions.report import show
from tests.attributions.scripted import ScriptedTagger
from tests.marked import marked

from onrecord.attributions import attributions_of


def read(notation: str) -> list[str]:
    """What becomes of the marked attributions when a tagger has found them."""
    text, said = marked(notation)
    return [show(text, a) for a in attributions_of(text, ScriptedTagger(lambda passage: said))]


@pytest.mark.parametrize(
    ("notation", "wanted"),
    [
        (
            "<source>The Herald</source> <cue>quoted</cue> <content>Mr. Hale as saying, “Nobody drinks this water.”</content>",
            "Mr. Hale | quoted / as saying | “Nobody drinks this water.”",
        ),
        (
            "<source>The Herald</source> <cue>quoted</cue> <content>one nurse as saying that the wards were full</content>.",
            "one nurse | quoted / as saying | that the wards were full",
        ),
        (
            "<source>Lund</source> <cue>quotes</cue> <content>former warden Ana Ruiz: “Nobody drinks this water.”</content>",
            "former warden Ana Ruiz | quotes | “Nobody drinks this water.”",
        ),
        (
            "<source>Lund</source> <cue>quotes</cue> <content>former warden Ana Ruiz:\n\n“Nobody drinks this water.”</content>",
            "former warden Ana Ruiz | quotes | “Nobody drinks this water.”",
        ),
        (
            "<source>Lund</source> <cue>quoted</cue> from the report: <content>“Nobody drinks this water.”</content>",
            "the report | quoted | “Nobody drinks this water.”",
        ),
        (  # the subject of a passive speaks
            "<source>Mr. Hale</source> <cue>was quoted as saying</cue> <content>“Nobody drinks this water.”</content>",
            "Mr. Hale | was quoted as saying | “Nobody drinks this water.”",
        ),
        (  # an aside of the clause, and no name
            "<source>Ruiz</source> <cue>quoted</cue> <content>“Nobody drinks this water.”</content>",
            "Ruiz | quoted | “Nobody drinks this water.”",
        ),
    ],
)
def test_the_words_are_whose_they_are_quoted_from(notation: str, wanted: str) -> None:
    assert read(notation) == [wanted]


def test_a_name_alone_is_nobody_s_words() -> None:
    found = read(
        "<source>The Herald</source>, <cue>quoting</cue> <content>Mayor Ana Ruiz</content>, reported that the dam leaked."
    )
    assert all("quoting" not in row for row in found)


def test_by_rules_alone_it_is_read_once() -> None:
    text = "The Herald quoted Mr. Hale as saying that the wards were full."
    assert [show(text, a) for a in attributions_of(text)] == [
        "Mr. Hale | quoted / as saying | that the wards were full"
    ]
