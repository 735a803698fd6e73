"""Who is brought in, who is one among many, and who stays unknown."""

from __future__ import annotations

from tests.speakers.told import told

from onrecord.speakers import resolve_speakers
from onrecord.types import Speaker


def names(notation: str) -> list[str]:
    return [
        " and ".join(v.speaker.names) if isinstance(v.speaker, Speaker) else "?"
        for v in resolve_speakers(*told(notation))
    ]


def test_then_there_is_somebody_else() -> None:
    notation = (
        "<content 1>“She is fine,”</content 1> <source 1>Owen Barr</source 1> <cue 1>said</cue 1> of Tom Axton’s rival.\n\n"
        "Then there’s Axton.\n\n<content 2>“It is odd,”</content 2> <source 2>he</source 2> <cue 2>wrote</cue 2> in May."
    )
    assert names(notation) == ["Owen Barr", "Tom Axton"]


def test_one_among_those_who_say_it() -> None:
    notation = (
        "Nora Janes, a baker from Marl, is among those <source 1>who</source 1> <cue 1>say</cue 1> <content 1>no</content 1>. "
        "Mayor Ruth Ellery lost once.\n\n"
        "<content 2>To choose between Ruth Ellery and Tom Sandor is a “false choice,”</content 2> <source 2>she</source 2> <cue 2>said</cue 2>."
    )
    assert names(notation)[0] == "Nora Janes"
    assert names(notation)[1] != "Ruth Ellery"


def test_a_pronoun_of_nobody_known_is_nobody_s_to_the_paragraph_s_end() -> None:
    notation = (
        "Mayor Ruth Ellery won. A middle-aged cashier was shaken. <content 1>“He came in,”</content 1> <cue 1>said</cue 1> "
        "<source 1>the woman</source 1>. <content 2>“Too much,”</content 2> <source 2>she</source 2> <cue 2>said</cue 2>, blaming it all on greed. "
        "<content 3>“I know,”</content 3> <source 3>she</source 3> <cue 3>said</cue 3>."
    )
    _, second, third = names(notation)
    assert second == third == "?"


def test_a_name_with_two_capital_words_of_four_is_a_name() -> None:
    notation = (
        "<source>Harbour PAC Priorities HRW Action</source> <cue>announced</cue> <content>a sale</content>."
    )
    assert names(notation) != ["?"]


def test_here_and_there_are_no_part_of_a_group_s_name() -> None:
    assert names("<source>Activists here</source> <cue>say</cue> <content>no</content>.") == ["Activists"]


def test_he_inside_a_quotation_is_not_who_is_quoted() -> None:
    notation = (
        "The director, James Corey, had left. Lanny Dale spoke. <content 1>“There is no proof. <source 2>He</source 2> "
        "<cue 2>said</cue 2> <content 2 in 1>it was possible</content 2>.”</content 1> <source 1>Dale</source 1> <cue 1>said</cue 1>."
    )
    assert names(notation) == ["Lanny Dale", "James Corey"]


def test_whose_campaign() -> None:
    notation = "Ruth Ellery beat Bernie Sandor, <source>whose campaign</source> <cue>said</cue> <content>no</content>."
    assert names(notation) == ["Sandor campaign"]


def test_one_man_has_two_offices_and_two_have_one_each() -> None:
    say = "<source>{}</source> <cue>said</cue> <content>no</content>."
    assert names(say.format("former Ohio Gov. and Harbour Board Chairman Ed Randall")) == ["Ed Randall"]
    assert "Ruth Ellery" in names(say.format("Ruth Ellery and Chairman Ed Randall"))[0]


def test_you_are_nobody_known() -> None:
    assert names("Would <source>you</source> <cue>say</cue> <content>that it is huge</content>?") == ["?"]


def test_as_well_is_no_part_of_a_name() -> None:
    assert names(
        "It angers <source>some old fishermen as well</source>, who <cue>say</cue> <content>no</content>."
    ) == ["some old fishermen"]
