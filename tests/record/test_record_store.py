"""Pages go in once, come back equal, change versions, go out with a reason."""

from __future__ import annotations

import dataclasses

import pytest
from tests.record.made import READER, add, page

from onrecord.errors import RecordError
from onrecord.record import Outcome, PageKey, Record
from onrecord.types import CopyEvidence, Day, Origin, Precision, Reader, Rejected, Setting, When

DAM = page(
    "dam.txt", "<Ana Ruiz> <said> “[The dam is safe].” Nobody believed her.", publisher="The Lake Post"
)
NEW_DAM = page("dam.txt", "<Ana Ruiz> <said> “[The dam is not safe].” Nobody was surprised.")
MILL = page("mill.txt", "<Bo Lindqvist> <said> [the mill would close].", date="2021-03-04")


def test_a_reading_comes_back_equal(record: Record) -> None:
    add(record, DAM, MILL)
    for made in (DAM, MILL):
        assert record.reading(made.id) == made.reading
        assert record.reading(made.id, made.raw.sha256, as_read=True) == made.reading
        assert record.raw(made.raw.sha256) == made.raw
        assert record.known(made.id, made.raw.sha256)
        assert record.known(made.id, made.raw.sha256, READER)
        assert not record.known(made.id, made.raw.sha256, Reader("9.9.9"))


def test_the_same_page_twice_changes_nothing(record: Record) -> None:
    first, second = add(record, DAM, DAM)
    assert (first.outcome, second.outcome) == (Outcome.NEW, Outcome.KNOWN)
    assert first.n_statements == second.n_statements == 1
    assert record.count() == 1
    assert len(record.pages(versions=True)) == 1


def test_one_content_under_two_ids_is_two_pages_with_one_original(record: Record) -> None:
    twin = page("copy/dam.txt", "<Ana Ruiz> <said> “[The dam is safe].” Nobody believed her.")
    add(record, DAM, twin)
    assert [entry.key.id for entry in record.pages()] == ["copy/dam.txt", "dam.txt"]
    assert record.raw(DAM.raw.sha256, "dam.txt").id == "dam.txt"
    assert record.raw(DAM.raw.sha256).id == "copy/dam.txt"
    assert not record.remove("dam.txt", "twice")[0].original_removed
    assert record.raw(DAM.raw.sha256).content == DAM.raw.content
    assert record.remove("copy/dam.txt", "not ours")[0].original_removed
    with pytest.raises(RecordError, match="no original"):
        record.raw(DAM.raw.sha256)


def test_an_id_with_another_content_is_another_version_and_only_the_last_is_current(record: Record) -> None:
    assert [a.outcome for a in add(record, DAM, NEW_DAM, DAM)] == [
        Outcome.NEW,
        Outcome.VERSION,
        Outcome.KNOWN,
    ]
    assert record.reading("dam.txt") == NEW_DAM.reading
    assert record.reading("dam.txt", DAM.raw.sha256) == DAM.reading
    assert [(e.key.sha256, e.is_current) for e in record.pages(versions=True)] == [
        (NEW_DAM.raw.sha256, True),
        (DAM.raw.sha256, False),
    ]
    assert [e.content for e in record.statements()] == ["The dam is not safe"]
    assert record.search("dam").n_found == 1
    assert [p.text for p, _ in record.search_text("nobody")] == [NEW_DAM.reading.article.page.text]
    assert record.speakers()[0].n_statements == 1
    assert list(record.verify()) == []


def test_when_the_current_version_goes_the_one_before_is_current_again(record: Record) -> None:
    add(record, DAM, NEW_DAM)
    record.remove("dam.txt", "retracted", NEW_DAM.raw.sha256)
    assert [e.content for e in record.statements()] == ["The dam is safe"]
    assert record.search("surprised").n_found == record.search("not").n_found == 0
    assert [p.text for p, _ in record.search_text("believed")] == [DAM.reading.article.page.text]
    assert [c.content for c in record.ungrouped()] == ["The dam is safe"]
    assert list(record.verify()) == []


def test_removing_logs_what_and_why_and_leaves_no_word_behind(record: Record) -> None:
    add(record, DAM, NEW_DAM, MILL)
    taken = record.remove("dam.txt", "the paper asked us to")
    assert [r.page for r in taken] == [
        PageKey("dam.txt", DAM.raw.sha256),
        PageKey("dam.txt", NEW_DAM.raw.sha256),
    ]
    assert record.removals() == taken
    assert (taken[0].why, taken[0].title, taken[0].n_statements) == (
        "the paper asked us to",
        "Title of dam.txt",
        1,
    )
    assert record.search("dam").n_found == 0
    assert record.search_text("nobody") == ()
    assert [e.page.id for e in record.statements()] == ["mill.txt"]
    assert list(record.verify()) == []
    with pytest.raises(RecordError, match="not on record"):
        record.remove("dam.txt", "again")
    with pytest.raises(RecordError, match="not on record"):
        record.reading("dam.txt")


def test_a_file_name_that_is_not_utf8_is_kept_apart_from_its_like(record: Record) -> None:
    one, other = (
        page(f"caf{c}.txt", f"<Ana Ruiz> <said> [the café is {n}].")
        for c, n in (("\udce8", 8), ("\udce9", 9))
    )
    assert [a.outcome for a in add(record, one, other, one)] == [Outcome.NEW, Outcome.NEW, Outcome.KNOWN]
    assert record.known(one.id, one.raw.sha256)
    assert record.text(other.id) == "Ana Ruiz said the café is 9."


def test_a_reading_of_another_page_or_with_another_hash_is_refused(record: Record) -> None:
    with pytest.raises(ValueError, match=r"mill\.txt"):
        record.add(DAM.raw, MILL.reading, DAM.sketch)
    with pytest.raises(ValueError, match="do not have the hash"):
        record.add(dataclasses.replace(DAM.raw, content=b"other"), DAM.reading, DAM.sketch)
    assert record.pages() == ()


def test_what_was_turned_away_is_noted_once(record: Record) -> None:
    for _ in range(2):
        record.reject(Rejected("empty.txt", "in/empty.txt", "page", "no text in it"))
    (rejection,) = record.rejections()
    assert (rejection.id, rejection.path, rejection.reason) == ("empty.txt", "in/empty.txt", "no text in it")
    add(record, page("empty.txt", "No longer empty."))
    assert record.rejections() == ()


def test_all_or_nothing(record: Record) -> None:
    def add_and_fail() -> None:
        with record.transaction():
            add(record, DAM)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        add_and_fail()
    assert record.pages() == ()
    add(record, DAM)
    assert len(record.pages()) == 1


def test_statements_by_day_speaker_kind_and_page(record: Record) -> None:
    add(
        record,
        page("a", "<Ana Ruiz> <said> “[one].” <Bo Lindqvist> <said> [two].", date="2021-03-04"),
        page("b", "<Ana Ruiz> <said> [three].", date="2021-05-01", said_on="2021-02-28"),
        page("c", "<Ana Ruiz> <said> [four]."),
    )

    def found(**where: object) -> list[str]:
        listed = [e.content for e in record.statements(**where)]  # type: ignore[arg-type]
        assert record.count(**where) == len(listed)  # type: ignore[arg-type]
        return listed

    assert found() == ["three", "one", "two", "four"]
    assert found(speaker="Ana Ruiz") == ["three", "one", "four"]
    assert found(speaker="lindqvist") == ["two"]
    assert found(speaker=record.find_speakers("Ruiz")[0].number, page="a") == ["one"]
    assert found(speaker="Nobody At All") == []
    assert found(since="2021-03-01") == ["one", "two"]
    assert found(until="2021-02") == ["three"]
    assert found(
        kind=record.statement(next(record.statements(page="c")).statement.id)[0].statement.attribution.kind
    ) == [
        "three",
        "two",
        "four",
    ]
    assert [e.content for e in record.statements(limit=2, offset=1)] == ["one", "two"]
    assert (record.coverage().n_articles, record.coverage().n_undated) == (3, 1)


def test_find_pages_by_id_end_of_id_or_hash(record: Record) -> None:
    add(record, page("news/2021/dam_100%.txt", "Water."), page("news/mill.txt", "Flour."))
    assert [k.id for k in record.find_pages("mill.txt")] == ["news/mill.txt"]
    assert [k.id for k in record.find_pages("dam_100%.txt")] == ["news/2021/dam_100%.txt"]
    assert record.find_pages("_") == record.find_pages("%") == ()
    key = record.pages()[0].key
    assert record.find_pages(key.sha256[:10]) == (key,)


def test_a_dated_copy_gives_its_days_and_takes_them_back(record: Record) -> None:
    undated = page("undated", "<Ana Ruiz> <said> [the dam held] on Monday.")
    dated = page("dated", "<Ana Ruiz> <said> [the dam held], she said on Monday.", date="2021-03-04")
    add(record, undated, dated)
    when = When("2021-03-04", Precision.DAY, CopyEvidence("dated"))
    day = Day("2021-03-01", None, "weekday", CopyEvidence("dated"))
    assert record.set_settings("undated", (Setting(day),), when) == 1
    assert record.set_settings("undated", (Setting(day),), when) == 0
    assert record.reading("undated").statements[0].said_on == day
    assert record.reading("undated", as_read=True) == undated.reading
    assert [e.page.id for e in record.statements(until="2021-03-02")] == ["undated"]
    entry = record.page("undated")
    assert entry
    assert entry.published == when
    assert list(record.verify()) == []
    record.remove("dated", "a test")  # takes what it gave with it
    assert record.reading("undated") == undated.reading
    assert next(record.statements()).day is None


def test_settings_must_fit_the_reading(record: Record) -> None:
    add(record, MILL)
    with pytest.raises(ValueError, match="1 statements"):
        record.set_settings("mill.txt", (Setting(), Setting()))


def test_origins_and_readers_are_kept(record: Record) -> None:
    raw = dataclasses.replace(
        MILL.raw, origin=Origin("mill.txt", "https://mill.example/1", "2021-03-04T05:06:07Z")
    )
    article = dataclasses.replace(
        MILL.reading.article, page=dataclasses.replace(MILL.reading.article.page, origin=raw.origin)
    )
    record.add(raw, dataclasses.replace(MILL.reading, article=article), MILL.sketch)
    (entry,) = record.pages()
    assert (entry.origin, entry.reader, entry.size_bytes) == (raw.origin, READER, len(raw.content))
    assert record.raw(raw.sha256) == raw
    assert record.find_pages("https://mill.example/1") == (entry.key,)


def test_pages_by_the_day_they_were_published(record: Record) -> None:
    add(
        record,
        page("a.txt", "Old.", date="2021-03-04"),
        page("b.txt", "New.", date="2022-01-02"),
        page("c.txt", "Undated."),
    )
    assert [entry.key.id for entry in record.pages(latest=True)] == ["b.txt", "a.txt", "c.txt"]
    assert [entry.key.id for entry in record.pages(latest=True, limit=1, offset=1)] == ["a.txt"]
