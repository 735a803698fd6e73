"""Search by meaning: what is near is found and labelled, whatever order it came in; nothing that has gone is."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from tests.record.near import Scripted
from tests.record.quoting import add, story

from onrecord.errors import RecordError
from onrecord.record import MatchKind, Record, meaning
from onrecord.types import Kind

STORIES = (
    story(
        "a.txt", "{Ana Ruiz|“The dam is safe and holds,”} Ruiz said. {Ana Ruiz|that bread had become dear}"
    ),
    story("b.txt", "{Bo Lund|“The barrage is safe and holds,”} Lund said.", date="2031-03-05"),
    story("c.txt", "{Ana Ruiz|“Nobody buys loaves in this town,”} Ruiz said.", date="2031-03-06"),
)


def opened(path: Path, **options: object) -> Record:
    return Record(path, embedder=Scripted, **options)  # type: ignore[arg-type]


@pytest.fixture
def near(tmp_path: Path) -> Record:
    record = opened(tmp_path / "record.db")
    add(record, *STORIES)
    record.read_meanings()
    return record


def contents(record: Record, text: str, **options: object) -> list[str]:
    return [p.entry.content for p in record.search(text, **options).passages]  # type: ignore[arg-type]


def test_words_come_first_and_each_says_which_it_is(near: Record) -> None:
    found = near.search("dam safe")
    assert [(p.entry.page.id, p.match, p.likeness is None) for p in found.passages] == [
        ("a.txt", MatchKind.WORDS, True),
        ("b.txt", MatchKind.MEANING, False),
    ]
    assert (found.n_found, found.n_near) == (1, 1)
    assert found.passages[0].hits
    assert not found.passages[1].hits


def test_by_words_or_by_meaning_alone(near: Record) -> None:
    assert [p.entry.page.id for p in near.search("dam safe", by=MatchKind.WORDS).passages] == ["a.txt"]
    alone = near.search("the dam is safe and holds", by=MatchKind.MEANING)
    assert {p.entry.page.id for p in alone.passages} == {"a.txt", "b.txt"}
    assert all(p.match is MatchKind.MEANING for p in alone.passages)
    assert alone.n_found == 0
    likeness = [p.likeness or 0 for p in alone.passages]
    assert likeness == sorted(likeness, reverse=True)


def test_who_asks_for_the_very_words_gets_no_others(near: Record) -> None:
    assert len(near.search('"dam is safe"').passages) == 1
    assert len(near.search("barr*").passages) == 1


def test_enough_words_need_no_meaning(near: Record) -> None:
    add(near, *(story(f"d{i}.txt", f"{{Ana Ruiz|“The dam is safe, I say {i}”}}") for i in range(5)))
    near.read_meanings()
    assert {p.match for p in near.search("dam safe").passages} == {MatchKind.WORDS}


def test_filters_hold(near: Record) -> None:
    text = "the dam is safe and holds"
    by = {"by": MatchKind.MEANING}
    assert [p.entry.page.id for p in near.search(text, speaker="Bo Lund", **by).passages] == ["b.txt"]
    assert [p.entry.page.id for p in near.search(text, since="2031-03-05", **by).passages] == ["b.txt"]
    assert near.search(text, kind=Kind.INDIRECT, **by).passages == ()
    assert near.search(text, speaker="Nobody At All", **by).passages == ()


def test_a_text_without_a_known_word_finds_nothing(near: Record) -> None:
    for text in ("", "  ", "?!", "¿…?"):
        assert near.search(text, by=MatchKind.MEANING).passages == ()


def test_what_has_gone_is_not_found(near: Record) -> None:
    near.remove("b.txt", "a test")
    assert contents(near, "the dam is safe and holds", by=MatchKind.MEANING) == [
        "“The dam is safe and holds,”"
    ]
    near.remove("a.txt", "a test")
    near.remove("c.txt", "a test")
    with near.transaction() as connection:
        assert connection.execute("SELECT count(*) FROM meanings").fetchone()[0] == 0
    assert list(near.verify()) == []


def test_a_new_version_replaces_the_old_one(near: Record) -> None:
    add(near, story("b.txt", "{Bo Lund|“Physicians leave the hospital,”} Lund said."))
    near.read_meanings()
    assert "b.txt" not in {
        p.entry.page.id for p in near.search("dam safe holds", by=MatchKind.MEANING).passages
    }
    found = near.search("doctors leave the ward", by=MatchKind.MEANING)
    assert [p.entry.page.id for p in found.passages] == ["b.txt"]


def test_order_and_batches_change_nothing(tmp_path: Path) -> None:
    answers = set()
    for i, order in enumerate(permutations(STORIES)):
        with opened(tmp_path / f"{i}.db") as record:
            for one in order:
                add(record, one)
                if i % 2:
                    record.read_meanings()
            record.read_meanings()
            found = record.search("the dam is safe and loaves", by=MatchKind.MEANING, limit=9)
            answers.add(tuple((p.entry.page.id, p.entry.statement.id, p.likeness) for p in found.passages))
    assert len(answers) == 1
    assert len(answers.pop()) >= 2


def test_what_waits_is_counted_and_not_seen(tmp_path: Path) -> None:
    with opened(tmp_path / "record.db") as record:
        add(record, STORIES[0])
        assert record.n_unread_meanings() == 2
        assert record.search("dam", by=MatchKind.MEANING).passages == ()
        assert record.read_meanings() == 2
        assert record.n_unread_meanings() == record.read_meanings() == 0


def test_without_an_embedder_words_alone_are_searched(tmp_path: Path) -> None:
    with Record(tmp_path / "record.db") as record:
        add(record, *STORIES)
        assert record.read_meanings() == 0
        assert {p.match for p in record.search("dam safe").passages} == {MatchKind.WORDS}
        assert record.search("dam", by=MatchKind.MEANING).passages == ()


def test_other_vectors_make_all_anew(tmp_path: Path) -> None:
    with opened(tmp_path / "record.db") as record:
        add(record, *STORIES)
        assert record.read_meanings() == 4
    with Record(tmp_path / "record.db", embedder=lambda: Scripted("others")) as record:
        assert record.search("dam", by=MatchKind.MEANING).passages == ()
        assert record.read_meanings() == 4
        assert record.search("the dam is safe", by=MatchKind.MEANING).passages


def test_a_record_opened_for_reading_is_not_written(near: Record) -> None:
    add(near, story("z.txt", "{Bo Lund|“Wolves are back,”} Lund said."))
    with opened(near.path, readonly=True, create=False) as record:
        assert record.read_meanings() == 0
        assert record.n_unread_meanings() == 1
        assert record.search("dam safe").n_near == 1


def test_verify_finds_a_ghost(near: Record) -> None:
    with near.transaction() as connection:
        meaning._store(connection, {9_999: bytes([1]) * meaning.SIGNATURE_BYTES})
    assert any("not current" in problem.what for problem in near.verify())


def test_a_row_cut_short_is_damage(near: Record) -> None:
    with near.transaction() as connection:
        connection.execute("UPDATE meanings SET signatures = x'00'")
    with pytest.raises(RecordError, match="cut short"):
        near.search("dam", by=MatchKind.MEANING)


def test_the_nearest_by_signature_are_the_nearest_by_angle(near: Record) -> None:
    """Of 3,000 random vectors, the one beside the question is first, whatever block it stands in."""
    rng = np.random.default_rng(3)
    vectors = rng.standard_normal((3_000, meaning.SIZE)).astype(np.float32)
    signatures = meaning.signatures_of(vectors)
    with near.transaction() as connection:
        connection.execute("DELETE FROM meanings")
        meaning._store(connection, {n + 1: s.tobytes() for n, s in enumerate(signatures)})
        for n in (0, 255, 256, 2_999):
            asked = vectors[n] + 0.5 * rng.standard_normal(meaning.SIZE).astype(np.float32)
            found = meaning.nearest(connection, meaning.signatures_of(asked[None])[0], None)
            assert found[0] == n + 1
            some = np.array(sorted({n + 1, 7, 1_500}), dtype=np.int64)
            assert set(meaning.nearest(connection, meaning.signatures_of(asked[None])[0], some)) == set(some)
            assert meaning.MAX_COMPARED <= len(found) <= 2 * meaning.MAX_COMPARED
