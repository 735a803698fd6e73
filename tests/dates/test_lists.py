"""Every list of days and occasions is alive."""

from __future__ import annotations

from tests.speakers.told import told

from onrecord.dates import resolve_settings
from onrecord.dates.lists import words
from onrecord.types import Day


def carried(cue: str) -> bool:
    """Whether a saying with this cue takes the day of the same speaker's statement before."""
    notation = (
        "<source>Ana Ruiz</source> <cue>said</cue> Tuesday <content>it held</content>. "
        f"<source 2>Ruiz</source 2> <cue 2>{cue}</cue 2> <content 2>it was old</content 2>."
    )
    return isinstance(resolve_settings(*told(notation))[1].said_on, Day)


def test_every_past_tense_is_one_event() -> None:
    assert carried("added")
    for verb in words("past_verbs") - words("no_saying"):
        assert carried(verb), verb


def test_what_is_thought_or_shown_takes_no_day() -> None:
    for verb in words("no_saying"):
        assert not carried(verb), verb


def test_who_comments_from_outside_has_no_day_of_the_passage() -> None:
    def dated(who: str) -> bool:
        notation = (
            "<source>The Vesk council</source> <cue>voted</cue> Tuesday <content>to sell the dam</content>. "
            f"<source 2>Ana Ruiz, {who},</source 2> <cue 2>said</cue 2> <content 2>no</content 2>."
        )
        return isinstance(resolve_settings(*told(notation))[1].said_on, Day)

    assert dated("a member")
    for noun in words("outsiders"):
        assert not dated(f"an {noun}"), noun


def test_every_occasion_is_found_where_a_statement_is_made_on_it() -> None:
    for noun in words("occasions_on"):
        where = f"on {noun}" if noun[0].isupper() or noun == "social media" else f"on a {noun}"
        notation = f"<source>Ana Ruiz</source> <cue>said</cue> {where} <content>that it held</content>."
        occasion = resolve_settings(*told(notation))[0].occasion
        assert occasion is not None, noun
        assert occasion.text == noun
