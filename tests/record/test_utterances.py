"""One utterance, many reports: what belongs together, what does not, in whatever order it came."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.quoting import add, story

from onrecord.record import Record, source, web
from onrecord.record.folding import words_of
from onrecord.record.results import Candidate, SpeakerRef
from onrecord.record.settling import group_utterances
from onrecord.record.utterances import Said, may_be_told_again, same_utterance, shared
from onrecord.types import CopyKind, CopyLink, Kind, RawPage, Reading, Span, SpeakerKind, ZoneKind

LONG = "The eastern sluice was welded shut eleven years ago by people who never asked the village"
OTHER = "Whoever promises lower ferry fares has not looked into the engine room of the Halcyon"
STORIES = [
    story("post.txt", f"{{Ana Ruiz|“{LONG},”}} Ruiz said.", date="2031-03-04"),
    story("echo.txt", f"Ruiz had said: {{Ana Ruiz|“{LONG.lower()}.”}}", publisher="The Ansel Echo", date="2031-03-05"),
    story(
        "herald.txt",
        "Ruiz told us {Ana Ruiz|that it was “welded shut eleven years ago by people who never asked the village”}.",
        publisher="The Coast Herald",
        date="2031-04-20",
    ),
    story("pier.txt", f"{{Tom Okafor|“{LONG},”}} Okafor said, quoting Ruiz.", date="2031-03-06"),
    story("fares.txt", f"{{Ana Ruiz|“{OTHER},”}} Ruiz said.", date="2031-03-06"),
    story("line.txt", "{Ana Ruiz|“Never trust a quiet turbine,”} said Ruiz.", date="2031-03-04"),
    story("line2.txt", "Again Ruiz said: {Ana Ruiz|“Never trust a quiet turbine.”}", date="2031-03-07"),
    story("line3.txt", "As ever: {Ana Ruiz|“Never trust a quiet turbine.”}", date="2031-09-07"),
]  # fmt: skip


def grouped(record: Record) -> set[frozenset[str]]:
    """The pages whose statements are reports of one utterance."""
    out = set()
    for utterance in record.utterances():
        members = record.candidates([report.statement for report in utterance.reports])
        out.add(frozenset(member.page_id for member in members))
    return out


EXPECTED = {frozenset({"post.txt", "echo.txt", "herald.txt"}), frozenset({"line.txt", "line2.txt"})}


def test_reports_of_one_utterance(record: Record) -> None:
    add(record, *STORIES)
    group_utterances(record)
    assert grouped(record) == EXPECTED


def test_reports_stand_in_order_of_print_with_their_variants(record: Record) -> None:
    add(record, *reversed(STORIES))
    group_utterances(record)
    utterance = max(record.utterances(), key=lambda u: len(u.reports))
    pages = [c.page_id for c in record.candidates([r.statement for r in utterance.reports])]
    assert pages == ["post.txt", "echo.txt", "herald.txt"]
    assert [r.variant for r in utterance.reports] == ["typography", "typography", "words changed"]
    assert utterance.n_independent == 3
    assert record.speaker(utterance.speaker or 0).name == "Ana Ruiz"  # type: ignore[union-attr]


@pytest.mark.parametrize("seed", range(4))
def test_order_and_batches_change_nothing(empty: Path, tmp_path: Path, seed: int) -> None:
    r = random.Random(seed)
    stories = r.sample(STORIES, len(STORIES))
    shutil.copy(empty, tmp_path / "r.db")
    with Record(tmp_path / "r.db") as record:
        for one in stories:
            add(record, one)
            if r.random() < 0.5:
                group_utterances(record)
        group_utterances(record)
        assert grouped(record) == EXPECTED
        ids = sorted(u.id for u in record.utterances())
    shutil.copy(empty, tmp_path / "s.db")
    with Record(tmp_path / "s.db") as record:
        add(record, *STORIES)
        group_utterances(record)
        assert sorted(u.id for u in record.utterances()) == ids


def copies() -> tuple[list[tuple[RawPage, Reading]], CopyLink]:
    """A story and its copy, which lost the speaker of one statement; a third paper."""
    body = (
        "{%s|“The lake belongs to the trout,”} said the engineer. Three of us laughed. "
        "She thinks {Ana Ruiz|that the wall needs paint}. {Ana Ruiz|“Paint is cheap.”}"
    )
    third = "{Ana Ruiz|“The lake belongs to the trout and to nobody else in this valley,”} said Ruiz."
    stories = [
        story("a.txt", body % "Ana Ruiz"),
        story("b.txt", body % "?", publisher="The Ansel Echo"),
        story("c.txt", third, publisher="The Coast Herald"),
    ]
    return stories, CopyLink("a.txt", "b.txt", CopyKind.EDITED, 0.95)


def test_statements_of_copies_pair_up_one_to_one(record: Record) -> None:
    stories, link = copies()
    add(record, *stories[:2], copies=[link])
    group_utterances(record)
    utterances = list(record.utterances())
    assert [len(u.reports) for u in utterances] == [2, 2, 2]
    assert {u.n_independent for u in utterances} == {1}


def test_copies_count_once(record: Record) -> None:
    stories, link = copies()
    add(record, *stories, copies=[link])
    group_utterances(record)
    largest = max(record.utterances(), key=lambda u: len(u.reports))
    assert (len(largest.reports), largest.n_independent) == (3, 2)


def test_the_same_bytes_under_two_ids_are_one_article_however_short(record: Record) -> None:
    brief = "{Ana Ruiz|“The trout are back,”} Ruiz said."
    for order in (("b", "a"), ("c",)):
        add(record, *(story(name, brief) for name in order))
    group_utterances(record)
    (group,) = record.copy_groups()
    assert group.members == ("a", "b", "c")
    (utterance,) = record.utterances()
    assert (len(utterance.reports), utterance.n_independent) == (3, 1)
    record.remove("a", "a test")
    (group,) = record.copy_groups()
    assert group.members == ("b", "c")


def test_one_agency_is_one_source(record: Record) -> None:
    add(
        record,
        story("a", f"{{Ana Ruiz|“{LONG}.”}}", credited_to="Lakeside Wire"),
        story(
            "b", f"{{Ana Ruiz|“{LONG}.”}} It rained.", publisher="The Ansel Echo", credited_to="Lakeside Wire"
        ),
        story("c", f"{{Ana Ruiz|“{LONG}.”}} It snowed.", publisher="The Coast Herald"),
    )
    group_utterances(record)
    (utterance,) = record.utterances()
    assert (len(utterance.reports), utterance.n_independent) == (3, 2)


def test_words_of_nobody_go_with_the_one_who_said_them(record: Record) -> None:
    add(
        record,
        story("a", f"{{Ana Ruiz|“{LONG}.”}}"),
        story("b", f"An engineer said: {{?|“{LONG}.”}}", publisher="The Ansel Echo"),
    )
    group_utterances(record)
    assert grouped(record) == {frozenset({"a", "b"})}


def test_words_of_nobody_never_join_two_speakers(record: Record) -> None:
    add(
        record,
        story("a", f"{{Ana Ruiz|“{LONG}.”}}"),
        story("b", f"{{?|“{LONG}.”}} It rained.", publisher="The Ansel Echo"),
        story("c", f"{{Tom Okafor|“{LONG}.”}} It snowed.", publisher="The Coast Herald"),
    )
    group_utterances(record)
    assert grouped(record) == set()


def test_a_removed_page_takes_its_report_along(record: Record) -> None:
    add(record, *STORIES[:3])
    group_utterances(record)
    record.remove("echo.txt", "a test")
    group_utterances(record)
    assert grouped(record) == {frozenset({"post.txt", "herald.txt"})}


def test_indirect_speech_needs_nearly_the_same_sentence(record: Record) -> None:
    told = "that the eastern sluice had been welded shut by the village smith in the year of the great flood"
    add(
        record,
        story("a", f"Ruiz said {{Ana Ruiz|{told}}}."),
        story("b", f"Ruiz says {{Ana Ruiz|{told}, and nobody minded}}.", publisher="The Ansel Echo"),
        story("c", "Ruiz said {Ana Ruiz|that the eastern sluice would be opened in the spring}."),
    )
    group_utterances(record)
    assert grouped(record) == {frozenset({"a", "b"})}


def test_shared_is_symmetric() -> None:
    a, b = LONG.lower().split(), [*LONG.lower().split()[3:9], "herons"]
    assert shared(a, b) == shared(b, a)
    assert shared(a, b).run_words == 6


def test_more_reports_than_are_followed_from_one_are_one_utterance_still(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MAX_FURTHER", 2)
    monkeypatch.setattr(source, "MAX_LIKE", 4)
    add(record, *(story(f"{i}.txt", f"{{Ana Ruiz|“{LONG},”}} she said on day {i}.") for i in range(9)))
    group_utterances(record)
    assert [len(utterance.reports) for utterance in record.utterances()] == [9]


WORDS = [
    "the",
    "dam",
    "is",
    "7%",
    "short",
    "of",
    "£3",
    "and",
    "R&D",
    "don’t",
    "know",
    "…",
    "it's",
    "“safe”",
    "not",
    "'loose'",
    "co-operation",
    "1,000",
    "e.g.",
    "U.S.",
    "—",
    "naïve",
    "½",
    "@quay",
    "#one",
    "they’re",
    "a",
    "b",
]


def _said(number: int, words: list[str], kind: Kind, speaker: bool) -> Said:
    content = " ".join(words)
    who = (SpeakerRef(1, "Ana Ruiz", SpeakerKind.PERSON),) if speaker else ()
    return Said(
        Candidate(
            number, f"s{number}", number, f"p{number}", kind, ZoneKind.BODY, content, words_of(content), (Span(0, len(content)),), None,
            who, None, None, "2031-03-04", "The Lake Post", "2031-03-04", None, None,
        )
    )  # fmt: skip


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=30),
    st.integers(0, 6),
    st.sampled_from(list(Kind)),
    st.sampled_from(list(Kind)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=300, deadline=None)
def test_what_cannot_be_told_again_is_no_part_of_an_utterance(
    words: list[str], cut: int, kind: Kind, other_kind: Kind, known: bool, other_known: bool, marked: bool
) -> None:
    if marked:
        words = ["“" + words[0], *words[1:-1], words[-1] + "”"] if len(words) > 1 else [f"“{words[0]}”"]
    one, other = _said(1, words, kind, known), _said(2, words[cut:] or words, other_kind, other_known)
    for a, b in ((one, other), (other, one)):
        assert a.n_at_most >= len(a.words)
        if same_utterance(a, b):
            assert may_be_told_again(a)
            assert may_be_told_again(b)
