"""What is on record is found again: whatever its words, whatever else is there, in whatever order it came."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.quoting import add, story

from onrecord.record import Record, likely, search
from onrecord.record.check import Verdict
from onrecord.record.differences import Flag
from onrecord.record.settling import group_utterances

COMMON = ["the", "of", "and", "to", "we", "is", "it", "that", "have", "not", "will", "they"]
RARE = ["sluice", "heron", "turbine", "regatta", "spillway", "seepage", "jetty", "2031", "Odile"]
WORDS = st.lists(st.sampled_from([*COMMON, *COMMON, *RARE]), min_size=3, max_size=14).map(tuple)
PEOPLE = ["Ana Ruiz", "Tom Okafor", "Odile Brandt"]
STORIES = st.lists(
    st.tuples(WORDS, st.sampled_from(PEOPLE)), min_size=1, max_size=6, unique_by=lambda x: x[0]
)


def stories(said: list[tuple[tuple[str, ...], str]]) -> list[tuple[object, object]]:
    return [
        story(f"{i}.txt", f"On day {i} it rained. {{{who}|“{' '.join(words)},”}} the papers had.")
        for i, (words, who) in enumerate(said)
    ]


@settings(max_examples=25, deadline=None)
@given(STORIES, st.data())
def test_a_quotation_taken_from_the_record_is_never_absent(
    empty: Path, said: list[tuple[tuple[str, ...], str]], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder, filled(empty, Path(folder), stories(said)) as record:
        words, who = data.draw(st.sampled_from(said))
        assert record.check(" ".join(words), who).verdict is Verdict.VERBATIM
        start = data.draw(st.integers(0, len(words) - 2))
        end = data.draw(st.integers(start + 2, len(words)))
        part = record.check(" ".join(words[start:end]))
        if part.verdict is not Verdict.VERBATIM:  # a cut that turns it round
            assert part.verdict is Verdict.ALTERED
            assert {Flag.NEGATION, Flag.QUALIFIER} & set(part.flags)


@settings(max_examples=10, deadline=None)
@given(STORIES, st.randoms(use_true_random=False))
def test_the_order_of_adding_changes_nothing(
    empty: Path, said: list[tuple[tuple[str, ...], str]], random: object
) -> None:
    pages = stories([*said, *said[:2]])
    seen = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder, filled(empty, Path(folder), pages) as record:
            group_utterances(record)
            answers = [
                (answer.verdict, [(p.page_id, p.spans) for p in answer.passages])
                for words, who in said
                for answer in (
                    record.check(" ".join(words), who),
                    record.check("the heron " + " ".join(words)),
                )
            ]
            groups = [group.members for group in record.copy_groups()]
            seen.append((answers, groups, sorted(u.id for u in record.utterances())))
        random.shuffle(pages)  # type: ignore[attr-defined]
    assert seen[0] == seen[1]


def filled(empty: Path, folder: Path, pages: list[tuple[object, object]]) -> Record:
    shutil.copy(empty, folder / "r.db")
    record = Record(folder / "r.db")
    add(record, *pages)  # type: ignore[arg-type]
    return record


def test_words_that_too_many_have_are_still_found(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the limits of the cheap ways are reached, the phrase itself is asked for."""
    monkeypatch.setattr(likely, "MAX_WITH_GRAM", 2)
    monkeypatch.setattr(likely, "MAX_ROWS", 2)
    line = "the herons of the old spillway will not leave before the ice is gone"
    many = [story(f"{i}.txt", f"{i}: {{Ana Ruiz|“{line} and {i} more,”}} she said.") for i in range(8)]
    add(record, *many)
    assert record.check(f"{line} and 7 more").verdict is Verdict.VERBATIM
    assert record.check(line, "Ruiz").verdict is Verdict.VERBATIM


def test_a_search_for_common_words_finds_the_same(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [
        story("a.txt", "{Ana Ruiz|“The dam is the dam,”} she said."),
        story(
            "b.txt",
            "{Ana Ruiz|“The dam that we know is a wall of earth and it will hold for long,”} she said.",
        ),
        story("c.txt", "{Ana Ruiz|“Herons like the lake,”} she said."),
    ]
    add(record, *pages)
    usual = [record.search(words) for words in ("dam", "the", "the dam", '"the lake"', "he*")]
    monkeypatch.setattr(search, "MAX_WITH_TERM", 0)
    common = [record.search(words) for words in ("dam", "the", "the dam", '"the lake"', "he*")]
    for one, other in zip(usual, common, strict=True):
        assert sorted(p.entry.page.id for p in one.passages) == sorted(
            p.entry.page.id for p in other.passages
        )
        assert one.n_found == other.n_found
    assert common[0].passages[0].entry.page.id == "a.txt"


def test_speakers_are_counted_as_they_come_and_go(record: Record) -> None:
    def counted() -> None:
        with record.transaction() as connection:
            kept = connection.execute("SELECT * FROM speaker_totals ORDER BY speaker").fetchall()
            there = connection.execute(
                "SELECT n.canonical, count(*), count(DISTINCT s.page), min(s.day), max(s.day)"
                " FROM statement_speakers ss JOIN statements s ON s.statement = ss.statement"
                " JOIN speakers n ON n.speaker = ss.speaker WHERE s.is_current = 1"
                " GROUP BY n.canonical ORDER BY n.canonical"
            ).fetchall()
        assert kept == there

    add(record, story("a.txt", "{Ana Ruiz|“One.”} {Ana Ruiz|“Two.”} {Tom Okafor|“Three.”}"))
    add(record, story("b.txt", "{Ana Ruiz and Tom Okafor|“Four.”}"))
    counted()
    assert [(s.name, s.n_statements) for s in record.speakers()] == [("Ana Ruiz", 3), ("Tom Okafor", 2)]
    add(record, story("a.txt", "{Tom Okafor|“Three and a half.”}"))
    counted()
    assert [s.name for s in record.speakers(limit=1)] == ["Tom Okafor"]
    record.remove("b.txt", "a test")
    counted()
    record.remove("a.txt", "a test")
    counted()
    assert record.speakers() == ()


@pytest.mark.parametrize("size", [4, 7, 12])
def test_a_quotation_is_never_absent_from_a_record_full_of_its_words(
    record: Record, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """Words and stretches of it stand in more statements than any of the ways looks at."""
    for name in ("MAX_WITH_GRAM", "MAX_ROWS", "MAX_PARAGRAPHS", "MAX_FILTERED", "MAX_WITH_PHRASE"):
        monkeypatch.setattr(likely, name, 5)
    r = random.Random(size)
    wanted = [r.choices([*COMMON, *RARE[:4]], k=size) for _ in range(12)]
    pages = []
    for i in range(60):
        said = " ".join(r.choice(wanted)[: size - 1] + r.choices(COMMON, k=3))
        who = r.choice(PEOPLE)
        pages.append(story(f"{i}.txt", f"Day {i}. {{{who}|“{said.capitalize()},”}} the papers had."))
    for i, words in enumerate(wanted):  # the last on record: others come first wherever there is a limit
        pages.append(story(f"last{i}.txt", f"{{Odile Brandt|“{' '.join(words).capitalize()},”}} she said."))
    with record.transaction():
        add(record, *pages)
    for words in wanted:
        for speaker in (None, "Odile Brandt", "Brandt"):
            assert record.check(" ".join(words), speaker).verdict is Verdict.VERBATIM, (words, speaker)
