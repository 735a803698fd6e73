"""Copies: candidates by band, groups that do not depend on the order, utterances that fall apart in time."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from tests.record.made import NO_SKETCH, add, page

from onrecord.errors import RecordError
from onrecord.record import Record, Report, Utterance
from onrecord.types import CopyKind, CopyLink, Sketch


def sketch(*bands: str) -> Sketch:
    return Sketch(100, tuple(range(128)), bands)


def paper(name: str, *bands: str, date: str | None = None, credited_to: str | None = None):
    return page(
        name,
        f"<Ana Ruiz> <said> [{name} is well].",
        sketch=sketch(*bands),
        date=date,
        credited_to=credited_to,
    )


def link(a: str, b: str) -> CopyLink:
    return CopyLink(a, b, CopyKind.EDITED, 0.9)


def test_candidates_share_a_band(record: Record) -> None:
    add(record, paper("a", "1", "2"), paper("b", "2", "3"), paper("c", "4"), page("d", "Nothing."))
    assert record.sketch("a") == sketch("1", "2")
    assert record.sketch("d") == NO_SKETCH
    assert [k.id for k in record.copy_candidates(sketch("2", "3", "5"))] == ["b", "a"]
    assert record.copy_candidates(NO_SKETCH) == ()
    record.remove("b", "why not")
    assert [k.id for k in record.copy_candidates(sketch("2", "3"))] == ["a"]
    assert record.sketch("b") is None


def test_a_version_of_the_past_is_nobodys_candidate(record: Record) -> None:
    add(record, paper("a", "1"))
    add(record, page("a", "Something else.", sketch=sketch("9")))
    assert record.copy_candidates(sketch("1")) == ()
    record.remove("a", "gone", record.pages()[0].key.sha256)
    assert [k.id for k in record.copy_candidates(sketch("1"))] == ["a"]


def test_groups_are_what_links_reach_in_any_order(tmp_path: Path) -> None:
    papers = [
        paper("a", date="2021-03-04"),
        paper("b", date="2021-03-03"),
        paper("c"),
        paper("d", date="2021-01-01"),
        paper("e"),
    ]
    links = [link("a", "b"), link("c", "b"), link("d", "e")]
    seen = set()
    for i, (order, linked) in enumerate(
        itertools.product(
            itertools.islice(itertools.permutations(papers), 0, 120, 59), itertools.permutations(links)
        )
    ):
        with Record(tmp_path / f"{i}.db") as record:
            add(record, *order)
            for one in linked:
                assert record.link_copies(one)
                assert not record.link_copies(one)
            seen.add(record.copy_groups())
    (groups,) = seen
    assert [(g.members, g.earliest) for g in groups] == [(("d", "e"), "d"), (("a", "b", "c"), "b")]
    assert groups[1].links == (link("a", "b"), link("c", "b"))


def test_the_earliest_credits_nobody(record: Record) -> None:
    add(record, paper("blog", credited_to="The Lake Post"), paper("paper"))
    record.link_copies(link("blog", "paper"))
    assert record.copy_groups()[0].earliest == "paper"


def test_a_group_falls_apart_without_the_page_that_held_it(record: Record) -> None:
    add(record, *(paper(name) for name in "abcd"))
    for pair in ("ab", "bc", "cd"):
        record.link_copies(link(*pair))
    group = record.copies_of("a")
    assert group
    assert group.members == ("a", "b", "c", "d")
    entry = record.page("a")
    assert entry
    assert entry.n_copies == 3
    record.remove("b", "why not")
    assert record.copies_of("a") is None
    assert [g.members for g in record.copy_groups()] == [("c", "d")]
    add(record, page("c", "A new version of c."))
    assert record.copy_groups() == ()
    record.remove("c", "the old one was better", record.pages()[1].key.sha256)
    assert [g.members for g in record.copy_groups()] == [("c", "d")]
    assert list(record.verify()) == []


def test_a_new_reading_is_linked_anew(record: Record) -> None:
    made = paper("a")
    add(record, made, paper("b"))
    record.link_copies(link("a", "b"))
    record.replace_reading(made.raw, made.reading, made.sketch)
    assert record.copy_groups() == ()


def test_links_need_pages(record: Record) -> None:
    add(record, paper("a"))
    with pytest.raises(RecordError, match="nowhere is not on record"):
        record.link_copies(link("a", "nowhere"))
    assert not record.link_copies(link("a", "a"))


def utter(record: Record, utterance_id: str, *page_ids: str) -> Utterance:
    numbers = {e.page.id: e.number for e in record.statements()}
    reports = tuple(Report(numbers[page_id], "same") for page_id in page_ids)
    speaker = record.find_speakers("Ana Ruiz")[0].number
    return Utterance(utterance_id, speaker, "2021-03-03", None, reports, len(reports))


def test_utterances_are_kept_and_empty_the_queue(record: Record) -> None:
    add(record, *(paper(name) for name in "abc"))
    assert [c.page_id for c in record.ungrouped()] == ["a", "b", "c"]
    one = utter(record, "u1", "b", "a")
    record.replace_utterances([c.number for c in record.ungrouped()], [one])
    assert record.ungrouped() == ()
    assert record.utterances() == (one,)
    assert record.utterance("u1") == one
    assert record.utterance("u2") is None
    assert record.utterances(speaker=one.speaker) == (one,)
    assert record.utterances(speaker=10**6) == ()
    assert {e.page.id: e.utterance for e in record.statements()} == {"a": "u1", "b": "u1", "c": None}
    assert [r.statement for r in one.reports] == [r.statement for r in record.utterances()[0].reports]


def test_what_changes_takes_apart_the_utterances_it_concerns(record: Record) -> None:
    add(record, *(paper(name) for name in "abcde"))
    record.replace_utterances(
        [c.number for c in record.ungrouped()], [utter(record, "u1", "a", "b"), utter(record, "u2", "c", "d")]
    )
    record.remove("a", "why not")
    assert [c.page_id for c in record.ungrouped()] == ["b"]
    assert [u.id for u in record.utterances()] == ["u2"]
    record.link_copies(link("c", "e"))
    assert [c.page_id for c in record.ungrouped()] == ["b", "c", "d", "e"]
    assert record.utterances() == ()
    assert list(record.verify()) == []


def test_a_member_that_no_new_utterance_has_waits_again(record: Record) -> None:
    add(record, *(paper(name) for name in "abc"))
    record.replace_utterances([c.number for c in record.ungrouped()], [utter(record, "u1", "a", "b")])
    new = utter(record, "u3", "b", "c")
    record.replace_utterances([r.statement for r in new.reports], [new])
    assert [c.page_id for c in record.ungrouped()] == ["a"]
    assert record.utterances() == (new,)
