"""From end to end: examples/pages read into a record, against examples/expected.toml and checks.jsonl.

Every fact there is a case here. A fact that the readers do not get right yet stands in NOT_YET with the
room that owes it; once it holds, the case fails until it is taken off that list.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord import pipeline
from onrecord.record import Record
from onrecord.types import Day, Reading, Rejected, Speaker, Statement, When

pytestmark = pytest.mark.weights

ROOT = Path(__file__).parents[1]
PAGES = "examples/pages"
FACTS: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (ROOT / "examples/expected.toml").read_text(encoding="utf-8")
)
CHECKS = [
    json.loads(line) for line in (ROOT / "examples/checks.jsonl").read_text(encoding="utf-8").splitlines()
]

#: case -> the room that owes it
NOT_YET: dict[str, str] = {}


def cases(kind: str) -> list[Any]:
    out = []
    for fact in CHECKS if kind == "checks" else FACTS[kind]:
        words = fact.get("quote") or fact.get("words")
        if kind == "checks":
            name = fact["case"]
        elif kind == "utterances":
            name = fact["reports"][0]["quote"]
        elif "pages" in fact:
            name = fact["pages"][0]
        else:
            name = f"{fact['page']}, {words}" if words else fact["page"]
        why = NOT_YET.get(f"{kind}: {name}")
        marks = pytest.mark.xfail(strict=True, reason=why) if why else ()
        out.append(pytest.param(fact, id=name, marks=marks))
    return out


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """The examples on record, read as `make demo` reads them, with the weights that ship."""
    here = os.getcwd()
    os.chdir(ROOT)
    try:
        with Record(tmp_path_factory.mktemp("examples") / "demo.db") as record:
            added = list(pipeline.add(record, [PAGES]))
            assert not [a for a in added if isinstance(a, Rejected)]
            yield record
    finally:
        os.chdir(here)


def page_id(page: str) -> str:
    return f"{PAGES}/{page}" if "." in page else page


def found(record: Record, page: str, quote: str) -> Statement:
    """The first statement whose content begins so, marks aside."""
    reading = record.reading(page_id(page))
    for statement in reading.statements:
        first = statement.attribution.content[0]
        if words(reading, first.start, first.end).startswith(quote):
            return statement
    raise AssertionError(f"{page} has no statement that begins “{quote}”")


def words(reading: Reading, start: int, end: int) -> str:
    return reading.article.page.text[start:end].lstrip("“\"'‘")


@pytest.mark.parametrize("fact", cases("pages"))
def test_what_a_page_says_of_itself(record: Record, fact: dict[str, Any]) -> None:
    article = record.reading(page_id(fact["page"])).article
    got = {
        "page": fact["page"],
        "title": article.title,
        "language": article.language,
        "read_language": article.read_language,
        "published": article.published.date[:10] if isinstance(article.published, When) else "",
        "publisher": article.publisher,
        "authors": list(article.authors),
        "url": article.url,
    }
    assert {key: got[key] for key in fact} == fact


@pytest.mark.parametrize("fact", cases("copies"))
def test_copies_are_one_article(record: Record, fact: dict[str, Any]) -> None:
    group = record.copies_of(page_id(fact["pages"][0]))
    assert group is not None
    assert set(group.members) == {page_id(page) for page in fact["pages"]}
    if "earliest" in fact:
        assert group.earliest == page_id(fact["earliest"])


@pytest.mark.parametrize("fact", cases("not_copies"))
def test_one_event_in_several_papers_is_no_copy(record: Record, fact: dict[str, Any]) -> None:
    assert [record.copies_of(page_id(page)) for page in fact["pages"]] == [None] * len(fact["pages"])


@pytest.mark.parametrize("fact", cases("statements"))
def test_who_said_which_words(record: Record, fact: dict[str, Any]) -> None:
    statement = found(record, fact["page"], fact["quote"])
    assert isinstance(statement.speaker, Speaker)
    assert statement.speaker.names == (fact["speaker"],)
    assert statement.attribution.kind == fact["kind"]
    if "said_on" in fact:
        assert isinstance(statement.said_on, Day)
        assert statement.said_on.date == fact["said_on"]


@pytest.mark.parametrize("fact", cases("utterances"))
def test_one_utterance_has_its_reports(record: Record, fact: dict[str, Any]) -> None:
    ids = {
        entry.utterance
        for report in fact["reports"]
        for entry in record.statement(found(record, report["page"], report["quote"]).id)
    }
    assert len(ids) == 1
    assert None not in ids


@pytest.mark.parametrize("fact", cases("nobody"))
def test_comments_appeals_and_furniture_put_no_words_in_a_mouth(record: Record, fact: dict[str, Any]) -> None:
    reading = record.reading(page_id(fact["page"]))
    at = reading.article.page.text.index(fact["words"])
    said = [
        statement.speaker
        for statement in reading.statements
        for span in statement.attribution.content
        if span.start < at + len(fact["words"]) and at < span.end
    ]
    assert said == []


@pytest.mark.parametrize("case", cases("checks"))
def test_the_check_gives_its_verdict(record: Record, case: dict[str, Any]) -> None:
    assert record.check(case["quote"], case["speaker"]).verdict == case["verdict"]


def test_bad_pages_are_turned_away_with_a_reason() -> None:
    turned = list(pipeline.read([str(ROOT / "examples/bad")], options=pipeline.Options(tagger="rules")))
    assert len(turned) == 2
    assert all(isinstance(result, Rejected) and result.reason for result in turned)


def test_every_verdict_has_a_case_and_nothing_on_the_list_is_stale() -> None:
    assert len({case["verdict"] for case in CHECKS}) == 7
    known = {f"{kind}: {p.id}" for kind in [*FACTS, "checks"] for p in cases(kind)}
    assert set(NOT_YET) <= known
