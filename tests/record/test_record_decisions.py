"""Who is who across articles, and what users decide: it lasts, survives a new reading, can be undone."""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

import pytest
from tests.record.made import READER, Made, add, page

from onrecord.errors import InputError
from onrecord.record import Decision, DecisionKind, Entry, Record
from onrecord.types import AuthorityEvidence, Reader, Speaker, SpeakerKind, Unresolved

A = page("a", "<Ana Ruiz> <said> [the dam is safe]. <Bo Lindqvist> <denied> [it was ever built].")
B = page("b", "<Ana  Ruiz> <said> [the mill would close]. <Anna Ruis> <said> [the bank would too].")


def merge(name: str, into: str, **more: object) -> Decision:
    return Decision(0, DecisionKind.MERGE, "", name=name, into_names=(into,), **more)  # type: ignore[arg-type]


def spoken(record: Record) -> dict[str, int]:
    return {entry.name: entry.n_statements for entry in record.speakers(kinds=tuple(SpeakerKind))}


def entry(record: Record, words: str) -> Entry:
    return record.search(words).passages[0].entry


def test_the_same_full_name_is_one_speaker(record: Record) -> None:
    add(record, A, B)
    assert spoken(record) == {"Ana Ruiz": 2, "Bo Lindqvist": 1, "Anna Ruis": 1}
    (ruiz,) = record.find_speakers("ana ruiz")
    listed = record.speaker(ruiz.number)
    assert listed
    assert (listed.names, listed.n_articles) == (("Ana Ruiz",), 2)
    assert [s.name for s in record.find_speakers("Lindqvist")] == ["Bo Lindqvist"]
    assert record.find_speakers("Lind") == record.find_speakers("") == ()
    assert record.speaker(10**6) is None


def test_a_person_is_not_a_body_and_a_spokesman_is_only_his_own_pages(record: Record) -> None:
    add(
        record,
        page("1", "<Ford> <said> [one]."),
        page("2", "<Ford> <said> [two].", kind=SpeakerKind.ORGANIZATION),
        page("3", "<a spokesman> <said> [three].", kind=SpeakerKind.UNNAMED),
        page("4", "<a spokesman> <said> [four].", kind=SpeakerKind.UNNAMED),
    )
    assert sorted(
        (s.name, s.kind.value, s.n_statements) for s in record.speakers(kinds=tuple(SpeakerKind))
    ) == [
        ("Ford", "organization", 1),
        ("Ford", "person", 1),
        ("a spokesman", "unnamed", 1),
        ("a spokesman", "unnamed", 1),
    ]
    assert [s.name for s in record.speakers()] == ["Ford", "Ford"]


def test_an_authority_makes_two_spellings_one(tmp_path: Path) -> None:
    pages = (
        page("1", "<Anna Ruis> <said> [one].", authority="Q1"),
        page("2", "<Ana Ruiz> <said> [two].", authority="Q1"),
        page("3", "<Ana Ruiz> <said> [three]."),
        page("4", "<Bo Ek> <said> [four].", authority="Q2"),
        page("5", "<Bo Ek> <said> [five].", authority="Q3"),
        page("6", "<Bo Ek> <said> [six]."),
    )
    for i, order in enumerate(itertools.islice(itertools.permutations(pages), 0, 720, 179)):
        with Record(tmp_path / f"{i}.db") as record:
            add(record, *order)
            found = sorted((s.name, s.authority, s.n_statements) for s in record.speakers() if s.authority)
            # two Bo Eks have identifiers of their own, and nobody knows which one the third page means
            assert found == [("Anna Ruis", "Q1", 3), ("Bo Ek", "Q2", 1), ("Bo Ek", "Q3", 1)]
            assert len(record.speakers()) == 4


def test_a_middle_initial_makes_nobody_else_unless_there_are_two(tmp_path: Path) -> None:
    pages = [
        page(name, f"<{name}> <said> [{name} was here].")
        for name in ("Ana Ruiz", "Ana M. Ruiz", "A. M. Ruiz")
    ]
    rival = page("rival", "<Ana P. Ruiz> <said> [so was she].")
    for i, order in enumerate(itertools.permutations([*pages, rival])):
        if i % 5:
            continue
        with Record(tmp_path / f"{i}.db") as record:
            add(record, *order)
            assert spoken(record) == {"Ana Ruiz": 1, "Ana M. Ruiz": 1, "A. M. Ruiz": 1, "Ana P. Ruiz": 1}
            record.replace_utterances([c.number for c in record.ungrouped()], [])
            record.remove("rival", "a test")
            assert spoken(record) == {"Ana Ruiz": 2, "A. M. Ruiz": 1}
            assert {c.content for c in record.ungrouped()} == {"Ana M. Ruiz was here"}
            assert [s.name for s in record.find_speakers("Ana M. Ruiz")] == ["Ana Ruiz"]
            assert list(record.verify()) == []


def test_a_merge_holds_for_pages_that_come_later_and_can_be_undone(record: Record) -> None:
    add(record, A)
    made = record.decide(merge("Anna Ruis", "Ana Ruiz", note="same office"))
    assert (made.number, made.made_at, made.unplaced) == (1, "2030-01-01T12:00:00+00:00", None)
    add(record, B)
    assert spoken(record) == {"Ana Ruiz": 3, "Bo Lindqvist": 1}
    assert [s.name for s in record.find_speakers("Anna Ruis")] == ["Ana Ruiz"]
    assert [e.content for e in record.statements(speaker="Anna Ruis")] == [
        "the dam is safe",
        "the mill would close",
        "the bank would too",
    ]
    assert record.reading("b") == B.reading  # the article's own name stays what it is
    assert record.undo(1).undone_at
    assert spoken(record) == {"Ana Ruiz": 2, "Bo Lindqvist": 1, "Anna Ruis": 1}
    assert [d.number for d in record.decisions()] == [1]
    with pytest.raises(InputError, match="decision 1"):
        record.undo(1)


@pytest.mark.parametrize(
    ("merges", "head"),
    [
        ([("A A", "B B"), ("B B", "C C")], "C C"),
        ([("B B", "C C"), ("A A", "B B")], "C C"),
        ([("A A", "B B"), ("B B", "A A"), ("C C", "B B")], "A A"),
    ],
)
def test_chains_of_merges(record: Record, merges: list[tuple[str, str]], head: str) -> None:
    for name, into in merges:
        record.decide(merge(name, into))
    add(record, *(page(n, f"<{n} {n}> <said> [something {n}].") for n in "ABC"))
    assert spoken(record) == {head: 3}


def test_a_merge_into_a_name_that_no_article_has(record: Record) -> None:
    add(record, A, B)
    record.decide(merge("Anna Ruis", "Ana Maria Ruiz"))
    record.decide(merge("Ana Ruiz", "Ana Maria Ruiz"))
    assert spoken(record) == {"Ana Maria Ruiz": 3, "Bo Lindqvist": 1}
    record.remove("a", "a test")
    record.remove("b", "a test")
    assert spoken(record) == {}
    add(record, B)
    assert spoken(record) == {"Ana Maria Ruiz": 2}
    assert list(record.verify()) == []


def test_a_merge_lasts_when_the_other_name_leaves(record: Record) -> None:
    add(record, page("1", "<Ana Ruiz> <said> [one]."), page("2", "<Anna Ruis> <said> [two]."))
    record.decide(merge("Anna Ruis", "Ana Ruiz"))
    record.remove("1", "a test")
    assert spoken(record) == {"Ana Ruiz": 1}


def test_a_split_takes_a_merge_back(record: Record) -> None:
    add(record, A, B)
    record.decide(merge("Anna Ruis", "Ana Ruiz"))
    record.decide(Decision(0, DecisionKind.SPLIT, "", name="Anna Ruis"))
    assert spoken(record) == {"Ana Ruiz": 2, "Bo Lindqvist": 1, "Anna Ruis": 1}


def test_a_correction_that_gives_a_neighbour_another_head(record: Record) -> None:
    add(record, page("a", "<Ana M. Ruiz> <said> [the dam is safe]. <Bo Ek> <said> [no]."))
    record.decide(
        record.about(
            entry(record, "no"), DecisionKind.SPEAKER, into_names=("Ana Ruiz",), into_kind=SpeakerKind.PERSON
        )
    )
    assert spoken(record) == {"Ana Ruiz": 2}
    assert len(record.ungrouped()) == 2


def test_a_split_of_one_page_gives_a_namesake_a_name_of_his_own(record: Record) -> None:
    add(record, A, B)
    record.decide(
        Decision(
            0, DecisionKind.SPLIT, "", sha256=B.raw.sha256, name="Ana Ruiz", into_names=("Ana Ruiz (miller)",)
        )
    )
    assert spoken(record) == {"Ana Ruiz": 1, "Ana Ruiz (miller)": 1, "Bo Lindqvist": 1, "Anna Ruis": 1}
    speaker = record.reading("b").statements[0].speaker
    assert isinstance(speaker, Speaker)
    assert (speaker.names, speaker.kind) == (("Ana Ruiz (miller)",), SpeakerKind.PERSON)
    assert list(record.verify()) == []


def test_not_a_statement(record: Record) -> None:
    add(record, A)
    made = record.decide(record.about(entry(record, "ever built"), DecisionKind.NOT_A_STATEMENT))
    assert made.quotation == "it was ever built"
    assert record.search("built").n_found == 0
    assert spoken(record) == {"Ana Ruiz": 1}
    assert [s.id for s in record.reading("a").statements] == [A.reading.statements[0].id]
    assert record.reading("a", as_read=True) == A.reading
    assert [c.content for c in record.ungrouped()] == ["the dam is safe"]
    assert (record.coverage().n_statements, record.pages()[0].n_statements) == (1, 1)
    assert list(record.verify()) == []
    record.undo(made.number)
    assert record.search("built").n_found == 1
    assert record.reading("a") == A.reading
    assert list(record.verify()) == []


def test_what_was_nested_in_a_withdrawn_statement_stands_alone(record: Record) -> None:
    made = page("n", "<Ana> <said> [one]. <Bo> <said> [two]. <Cy> <said> [three].")
    first, second, third = made.reading.statements
    nested = tuple(
        dataclasses.replace(
            statement,
            parent=parent.id,
            attribution=dataclasses.replace(statement.attribution, parent=place, continues=place),
        )
        for statement, parent, place in ((second, first, 0), (third, second, 1))
    )
    record.add(made.raw, dataclasses.replace(made.reading, statements=(first, *nested)), made.sketch)
    record.decide(record.about(entry(record, "one"), DecisionKind.NOT_A_STATEMENT))
    two, three = record.reading("n").statements
    assert (two.parent, two.attribution.parent, two.attribution.continues) == (None, None, None)
    assert (three.parent, three.attribution.parent, three.attribution.continues) == (two.id, 0, 0)


def test_a_corrected_speaker(record: Record) -> None:
    add(record, A)
    about = record.about(
        entry(record, "ever built"),
        DecisionKind.SPEAKER,
        into_names=("Bo Ek", "Cy Ek"),
        into_kind=SpeakerKind.PERSON,
    )
    record.decide(about)
    assert spoken(record) == {"Ana Ruiz": 1, "Bo Ek": 1, "Cy Ek": 1}
    now = entry(record, "ever built")
    assert now.statement.speaker == Speaker(
        ("Bo Ek", "Cy Ek"), SpeakerKind.PERSON, 1.0, AuthorityEvidence("the user's decision 1")
    )
    assert [s.name for s in now.speakers] == ["Bo Ek", "Cy Ek"]
    assert record.reading("a").statements[1].speaker == now.statement.speaker
    record.decide(dataclasses.replace(about, into_names=(), into_kind=None))  # a later decision wins
    assert isinstance(entry(record, "ever built").statement.speaker, Unresolved)
    assert spoken(record) == {"Ana Ruiz": 1}
    record.undo(2)
    assert spoken(record) == {"Ana Ruiz": 1, "Bo Ek": 1, "Cy Ek": 1}
    assert list(record.verify()) == []


def reread(record: Record, made: Made) -> tuple[list[int], list[int]]:
    reader = Reader("0.2.0", READER.weights)
    replaced = record.replace_reading(made.raw, dataclasses.replace(made.reading, reader=reader), made.sketch)
    assert record.known(made.id, made.raw.sha256, reader)
    assert list(record.verify()) == []
    return [d.number for d in replaced.placed], [d.number for d in replaced.unplaced]


def test_decisions_survive_a_new_reading_by_their_bytes(record: Record) -> None:
    text = "<Ana Ruiz> <said> [the dam is safe]. <Bo Lindqvist> <denied> [it was ever built]."
    add(record, page("a", text))
    record.decide(record.about(entry(record, "ever built"), DecisionKind.NOT_A_STATEMENT))
    record.decide(
        record.about(
            entry(record, "dam"), DecisionKind.SPEAKER, into_names=("Bo Ek",), into_kind=SpeakerKind.PERSON
        )
    )
    record.decide(merge("Bo Ek", "Bo Eek"))
    # the new reader finds the second statement with other bounds, and the first not at all
    better = page("a", "Ana Ruiz said the dam is safe. <Bo Lindqvist> <denied> it [was ever built].")
    assert reread(record, better) == ([1], [2])
    assert record.search("built").n_found == 0
    (unplaced,) = record.decisions(unplaced=True)
    assert unplaced.number == 2
    assert unplaced.unplaced == "no statement is read at those bytes now"
    # and the next one finds it again
    assert reread(record, page("a", text)) == ([1, 2], [])
    assert record.decisions(unplaced=True) == ()
    assert record.reading("a").statements[0].speaker.names == ("Bo Ek",)  # type: ignore[union-attr]


def test_a_split_without_a_place_says_so(record: Record) -> None:
    add(record, A)
    made = record.decide(
        Decision(0, DecisionKind.SPLIT, "", sha256=A.raw.sha256, name="Cy Ek", into_names=("Cy Eek",))
    )
    assert made.unplaced == "no statement of Cy Ek is read in this page now"


def test_decisions_outlive_their_page(record: Record) -> None:
    add(record, A)
    about = record.about(entry(record, "built"), DecisionKind.NOT_A_STATEMENT)
    record.decide(about)
    record.remove("a", "by mistake")
    assert record.decide(about).unplaced == "its original is not on record"
    (added,) = add(record, A)
    assert added.unplaced == ()
    assert record.count() == 1
    assert record.decisions(unplaced=True) == ()


def test_a_decision_about_a_content_holds_under_each_of_its_ids(record: Record) -> None:
    twin = page("twin", "<Ana Ruiz> <said> [the dam is safe]. <Bo Lindqvist> <denied> [it was ever built].")
    add(record, A)
    record.decide(record.about(entry(record, "built"), DecisionKind.NOT_A_STATEMENT))
    add(record, twin)
    assert [e.content for e in record.statements()] == ["the dam is safe"] * 2


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        (Decision(0, DecisionKind.MERGE, ""), "whose name"),
        (Decision(0, DecisionKind.MERGE, "", name="A"), "into which name"),
        (Decision(0, DecisionKind.SPLIT, "", name="A", into_names=("B",)), "which statements"),
        (Decision(0, DecisionKind.SPLIT, "", name="A", sha256="00"), "which name"),
        (Decision(0, DecisionKind.NOT_A_STATEMENT, ""), "which statement"),
    ],
)
def test_a_decision_that_lacks_something_is_refused(record: Record, decision: Decision, message: str) -> None:
    with pytest.raises(InputError, match=message):
        record.decide(decision)
    assert record.decisions() == ()
