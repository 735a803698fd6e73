"""A quotation that two attributions hold is the nearer one's."""

from __future__ import annotations

import pytest
from tests.attributions.report import show
from tests.attributions.scripted import ScriptedTagger

from onrecord.attributions import attributions_of
from onrecord.types import Attribution, Kind, Span

Parts = tuple[list[str], list[str], list[str]]


def tagged(text: str, parts: list[Parts]) -> tuple[Attribution, ...]:
    """Attributions with these words as source, cue and content; a word in {2} is its second occurrence."""

    def spans(words: list[str]) -> tuple[Span, ...]:
        out = []
        for word in words:
            at = text.index(word.removesuffix("{2}"))
            if word.endswith("{2}"):
                at = text.index(word.removesuffix("{2}"), at + 1)
            out.append(Span(at, at + len(word.removesuffix("{2}"))))
        return tuple(out)

    return tuple(Attribution(spans(s), spans(c), spans(w), Kind.DIRECT, 0.9, None, None) for s, c, w in parts)


def read(text: str, parts: list[Parts]) -> list[str]:
    """What becomes of them."""
    return [show(text, a) for a in attributions_of(text, ScriptedTagger(lambda passage: tagged(text, parts)))]


@pytest.mark.parametrize(
    ("text", "parts", "wanted"),
    [
        (  # the next speaker's own clause
            "“The dam leaks,” Ana Ruiz said. The port is calm. “The sea is calm as well,” Bo Hale said.",
            [
                (["Ana Ruiz"], ["said"], ["“The dam leaks,”", "“The sea is calm as well,”"]),
                (["Bo Hale"], ["said{2}"], ["“The sea is calm as well,”"]),
            ],
            ["Ana Ruiz | said | “The dam leaks,”", "Bo Hale | said | “The sea is calm as well,”"],
        ),
        (  # the next speaker's own clause, which the tagger has nothing of
            "“Look at the dam,” Ana Ruiz said. Bo Hale responded, “Thank God it holds for now.”",
            [(["Ana Ruiz"], ["said"], ["“Look at the dam,”", "“Thank God it holds for now.”"])],
            [
                "Ana Ruiz | said | “Look at the dam,”",
                "Bo Hale | responded | “Thank God it holds for now.”",
            ],
        ),
        (  # in two pieces, behind a colon
            "“I am worried about the dam,” Ana Ruiz said. His own view: “It is not bad,” he said. “We are hopeful.”",
            [
                (
                    ["Ana Ruiz"],
                    ["said"],
                    ["“I am worried about the dam,”", "“It is not bad,”", "“We are hopeful.”"],
                )
            ],
            [
                "Ana Ruiz | said | “I am worried about the dam,”",
                "he | said | “It is not bad,” / “We are hopeful.”",
            ],
        ),
        (  # the same, in one sentence
            "“Here is a man with a problem,” Ana Ruiz said as the heckler yelled: “You are late!”",
            [(["Ana Ruiz"], ["said"], ["“Here is a man with a problem,”", "“You are late!”"])],
            [
                "Ana Ruiz | said | “Here is a man with a problem,”",
                "the heckler | yelled | “You are late!”",
            ],
        ),
        (  # another paragraph's
            "Reporter Ivo Lund asked, “But why?”\n\n“It was the worst dam in the land,” Ana Ruiz said.",
            [
                (["Reporter Ivo Lund"], ["asked"], ["“But why?”", "“It was the worst dam in the land,”"]),
                (["Ana Ruiz"], ["said"], ["“It was the worst dam in the land,”"]),
            ],
            [
                "Reporter Ivo Lund | asked | “But why?”",
                "Ana Ruiz | said | “It was the worst dam in the land,”",
            ],
        ),
        (  # a part of what a nearer cue's content is
            "He says he will leave, stating in June that the town is “too small for anybody with plans.”",
            [
                (["He"], ["says"], ["he will leave", "“too small for anybody with plans.”"]),
                (["He"], ["stating"], ["that the town is “too small for anybody with plans.”"]),
            ],
            [
                "He | says | he will leave",
                "He | stating | that the town is “too small for anybody with plans.”",
            ],
        ),
        (  # and one that another sentence follows
            "Lund recalls being told by Ana Ruiz: “You will never work here again.” She laughed, she writes.",
            [(["she"], ["writes"], ["“You will never work here again.” She laughed"])],
            [
                "Ana Ruiz | told by | “You will never work here again.”",
                "she | writes | She laughed",
            ],
        ),
        (  # a quotation that goes on behind its clause
            "“The crews know the river,” said Hale, speaking of rowers, “and leave room for the ferry to pass.”",
            [
                (
                    ["Hale"],
                    ["said"],
                    ["“The crews know the river,”", "“and leave room for the ferry to pass.”"],
                ),
                (["Hale"], ["speaking of"], ["rowers, “and leave room for the ferry to pass.”"]),
            ],
            [
                "Hale | said | “The crews know the river,” / “and leave room for the ferry to pass.”",
                "Hale | speaking of | rowers",
            ],
        ),
    ],
)
def test_the_nearer_one_keeps_it(text: str, parts: list[Parts], wanted: list[str]) -> None:
    assert read(text, parts) == wanted


def test_an_attribution_that_held_nothing_else_is_gone() -> None:
    text = "[Daily Orlo] Ana Ruiz: “At long last the bridge has opened, and we have the first cars.” [Daily Orlo]"
    parts: list[Parts] = [
        (["Ana Ruiz"], [":"], ["“At long last the bridge has opened, and we have the first cars.”"]),
        (["Daily Orlo{2}"], ["[{2}"], ["“At long last the bridge has opened, and we have the first cars.”"]),
    ]
    assert read(text, parts) == [
        "Ana Ruiz | : | “At long last the bridge has opened, and we have the first cars.”"
    ]


def test_two_clauses_of_one_speaker_keep_it_both() -> None:
    text = "Senator Ana Ruiz scolded him: “The dam leaks,” she said. “It always has.”"
    parts: list[Parts] = [
        (["Senator Ana Ruiz"], ["scolded"], ["“The dam leaks,”"]),
        (["she"], ["said"], ["“The dam leaks,”", "“It always has.”"]),
    ]
    assert read(text, parts) == [
        "Senator Ana Ruiz | scolded | “The dam leaks,”",
        "she | said | “The dam leaks,” / “It always has.”",
    ]


def test_what_is_nested_is_in_both() -> None:
    text = "Ana Ruiz said that Bo Hale had told her, “The dam leaks and nobody cares.”"
    parts: list[Parts] = [
        (["Ana Ruiz"], ["said"], ["that Bo Hale had told her, “The dam leaks and nobody cares.”"]),
        (["Bo Hale"], ["had told"], ["“The dam leaks and nobody cares.”"]),
    ]
    assert read(text, parts) == [
        "Ana Ruiz | said | that Bo Hale had told her, “The dam leaks and nobody cares.”",
        "Bo Hale | had told | “The dam leaks and nobody cares.”",
    ]


@pytest.mark.parametrize(
    ("text", "parts", "wanted"),
    [
        (
            "“It's over,” one rower shouted. “Go home!” another yelled.",
            [(["one rower"], ["shouted"], ["“It's over,”", "“Go home!”"])],
            ["one rower | shouted | “It's over,”", "another | yelled | “Go home!”"],
        ),
        (
            "“It leaks,” Hale said. “It does not,” came the answer from the mayor.",
            [(["Hale"], ["said"], ["“It leaks,”", "“It does not,”"])],
            ["Hale | said | “It leaks,”", "the mayor | came the answer | “It does not,”"],
        ),
        (  # what follows is the sentence that the quotation is a part of
            "In June, under what Hale called “the old plan,” the club charged its members.",
            [(["Hale"], ["called"], ["what", "“the old plan,”"])],
            ["Hale | called | what / “the old plan,”"],
        ),
        (  # what follows is another sentence
            "“It leaks,” Hale said. “It does!” After the meeting he went on tour.",
            [(["Hale"], ["said"], ["“It leaks,”", "“It does!”"])],
            ["Hale | said | “It leaks,” / “It does!”"],
        ),
    ],
)
def test_a_clause_that_the_tagger_missed_has_its_quotation(
    text: str, parts: list[Parts], wanted: list[str]
) -> None:
    assert read(text, parts) == wanted


def test_more_of_a_quotation_is_a_piece_of_it() -> None:
    text = (
        "“The dam leaks,” Ana Ruiz said in Vale on the second day of the great flood. “We saw it and we ran.”"
    )
    parts: list[Parts] = [
        (["Ana Ruiz"], ["said"], ["“The dam leaks,”"]),
        ([], [], ["“We saw it and we ran.”"]),
    ]
    assert read(text, parts) == ["Ana Ruiz | said | “The dam leaks,” / “We saw it and we ran.”"]
