"""A user's own list of people and bodies."""

from __future__ import annotations

import pickle

import pytest
from tests.speakers.told import told

from onrecord.errors import InputError
from onrecord.speakers import parse_authority, resolve_speakers
from onrecord.types import AuthorityEvidence, Speaker

LIST = """\
name,aliases,qid,kind,offices
Ana María Ruiz,Ana Ruiz; The Dam Lady,Q1,person,President of Peru 2018-01-01..2020-01-01
Harbor Board of Vesk,the Board; Vesk Board,Q2,organization,
Tom Webb,,Q3,person,
Tom Webb,,Q4,person,
"""


def speaker(source: str, before: str = "") -> object:
    notation = f"{before}<source>{source}</source> <cue>said</cue> <content>no</content>."
    return resolve_speakers(*told(notation), parse_authority(LIST, label="mine"))[0].speaker


def test_an_alias_gives_the_name_and_the_identifier() -> None:
    found = speaker("Ana Ruiz")
    assert isinstance(found, Speaker)
    assert (found.names, found.id) == (("Ana María Ruiz",), "Q1")


def test_a_body_of_the_list() -> None:
    found = speaker("The Vesk Board")
    assert isinstance(found, Speaker)
    assert (found.names, found.id) == (("Harbor Board of Vesk",), "Q2")


def test_an_office_of_the_list_comes_before_what_the_program_knows() -> None:
    found = speaker("The president of Peru")
    assert isinstance(found, Speaker)
    assert (found.names, found.id, found.evidence) == (("Ana María Ruiz",), "Q1", AuthorityEvidence("mine"))


def test_a_name_that_two_records_bear_gets_no_identifier() -> None:
    found = speaker("Tom Webb")
    assert isinstance(found, Speaker)
    assert (found.names, found.id) == (("Tom Webb",), None)


def test_it_can_be_pickled() -> None:
    authority = pickle.loads(pickle.dumps(parse_authority(LIST)))
    assert authority.find("the dam lady").id == "Q1"
    assert authority.find("Tom Webb") is None


def test_only_name_is_needed() -> None:
    authority = parse_authority("\ufeffName\nAna Ruiz\n\n")
    assert [r.name for r in authority.records] == ["Ana Ruiz"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("person\nAna Ruiz\n", "line 1"),
        ("name,qid\n,Q1\n", "line 2: no name"),
        ("name,offices\nAna Ruiz,president\n", "since..until"),
        ('name\n"Ana', "expected comma-separated"),
        ("", "line 1"),
    ],
)
def test_a_damaged_list_says_where_and_what(text: str, part: str) -> None:
    with pytest.raises(InputError, match=part):
        parse_authority(text, label="people.csv")
