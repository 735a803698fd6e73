"""Attributions that somebody has marked: taken by page id, in the very text, or a reason why not."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.command import onrecord

from onrecord import pipeline
from onrecord.attributions.given import MAX_ATTRIBUTIONS, Marks, parse_marks
from onrecord.errors import InputError
from onrecord.types import Attribution, Kind, Reading, Rejected, Span, Speaker

TEXT = (
    "Dam holds\n\nAna Ruiz runs the port. “It will hold,” she said, adding that Tom Webb had said it leaks."
)


def line(page_id: str = "a", text: str = TEXT, **roles: Any) -> str:
    """One line of a corpus whose one attribution has these roles."""
    return json.dumps({"id": page_id, "text": text, "attributions": [roles] if roles else []})


def spans(*words: str, text: str = TEXT) -> list[list[int]]:
    return [[text.index(w), text.index(w) + len(w)] for w in words]


def she_said() -> str:
    return line(source=spans("she"), cue=spans("said"), content=spans("“It will hold,”"))


def attributions(marks: Marks, page_id: str = "a", text: str = TEXT) -> tuple[Attribution, ...]:
    found = marks.attributions(page_id, text)
    assert not isinstance(found, str), found
    return found


def test_the_spans_are_the_attributions_with_their_kind() -> None:
    (found,) = attributions(parse_marks([she_said()], "marks.jsonl"))
    assert found.kind is Kind.DIRECT
    assert found.score == 1.0
    assert [TEXT[s.start : s.end] for s in (*found.source, *found.cue)] == ["she", "said"]


def test_one_inside_anothers_content_hangs_on_it() -> None:
    outer = {"source": [], "cue": spans("adding"), "content": spans("that Tom Webb had said it leaks")}
    inner = {"source": spans("Tom Webb"), "cue": spans("had said"), "content": spans("it leaks")}
    marks = parse_marks([json.dumps({"id": "a", "text": TEXT, "attributions": [inner, outer]})], "m")
    first, second = attributions(marks)
    assert (first.parent, second.parent) == (None, 0)


def test_readers_who_differ_are_taken_together_and_what_they_share_once() -> None:
    other = line(source=spans("Tom Webb"), cue=spans("had said"), content=spans("it leaks"))
    assert len(attributions(parse_marks([she_said(), she_said(), other], "m"))) == 2


def test_no_content_says_nothing() -> None:
    assert attributions(parse_marks([line(source=spans("she"))], "m")) == ()


def test_a_page_that_is_not_marked_says_so() -> None:
    marks = parse_marks([she_said()], "marks.jsonl")
    assert "marks.jsonl has no line with this id" in str(marks.attributions("b", TEXT))
    assert "another text" in str(marks.attributions("a", TEXT + " "))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("{", "line 2: no JSON"),
        ("[]", "line 2: expected an object"),
        ('{"id": "b", "text": "x"}', 'no "attributions"'),
        ('{"id": true, "text": "x", "attributions": []}', 'expected an "id"'),
        ('{"id": "b", "text": "x", "attributions": [3]}', "no object"),
        (line("b", "x", content=[[0, 2]]), "outside the text"),
        (line("b", "x", content=[[1, 1]]), "empty or outside"),
        (line("b", "x", content=[[0, True]]), "expected [start, end)"),
        (line("b", "x", content="x"), "is no list"),
        (line("a", "x", content=[[0, 1]]), "another text"),
        (json.dumps({"id": "b", "text": "x", "attributions": [{}] * (MAX_ATTRIBUTIONS + 1)}), "the limit"),
        ("[" * 100_000, "line 2"),
    ],
)
def test_a_damaged_line_is_named(text: str, part: str) -> None:
    with pytest.raises(InputError, match=r"marks\.jsonl, line 2") as error:
        parse_marks([she_said(), text], "marks.jsonl")
    assert part in str(error.value)


def read(tmp_path: Path, *lines: str, marks: Marks | None, workers: int = 1) -> list[Reading | Rejected]:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(x + "\n" for x in lines), encoding="utf-8")
    options = pipeline.Options(tagger="rules", marks=marks)
    return list(pipeline.read([str(corpus)], options=options, workers=workers))


def test_a_reading_takes_them_and_resolves_their_speakers(tmp_path: Path) -> None:
    marks = parse_marks([she_said()], "marks.jsonl")
    taken, turned = read(tmp_path, line(), line("b", "Ana Ruiz said it held."), marks=marks)
    assert isinstance(taken, Reading)
    (statement,) = taken.statements
    assert isinstance(statement.speaker, Speaker)
    assert statement.speaker.names == ("Ana Ruiz",)
    assert dict(taken.reader.weights)["attributions"] == marks.sha256
    assert isinstance(turned, Rejected)
    assert (turned.room, "no line with this id" in turned.reason) == ("attributions", True)


def test_the_number_of_workers_changes_nothing_and_each_is_sent_its_page(tmp_path: Path) -> None:
    texts = {f"p{i}": TEXT + f" ({i})" for i in range(4)}
    marked = [
        line(k, t, source=spans("she"), cue=spans("said"), content=spans("“It will hold,”"))
        for k, t in texts.items()
    ]
    marks = parse_marks(marked, "m")
    lines = [line(k, t) for k, t in texts.items()]
    assert read(tmp_path, *lines, marks=marks, workers=2) == read(tmp_path, *lines, marks=marks)
    assert len(pickle.dumps(marks.only("p1"))) < len(pickle.dumps(marks)) / 2


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text(line() + "\n" + line("b", "No.") + "\n", encoding="utf-8")
    (tmp_path / "marks.jsonl").write_text(she_said() + "\n", encoding="utf-8")
    done = onrecord(
        "read", tmp_path / "corpus.jsonl", "--attributions", tmp_path / "marks.jsonl", "--format", "jsonl"
    )
    first, second = done.lines()
    assert first["statements"][0]["speaker"]["name"] == "Ana Ruiz"
    assert second["rejected"]["room"] == "attributions"
    assert done.status == 2


_span = st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda p: [p[0], p[0] + p[1]])
_row = st.fixed_dictionaries({role: st.lists(_span, max_size=3) for role in ("source", "cue", "content")})


@settings(max_examples=150, deadline=None)
@given(st.lists(_row, max_size=8))
def test_any_spans_of_the_text_are_attributions_of_it_in_any_order(rows: list[dict[str, Any]]) -> None:
    def parsed(given_rows: list[dict[str, Any]]) -> tuple[Attribution, ...]:
        return attributions(
            parse_marks([json.dumps({"id": "a", "text": TEXT, "attributions": given_rows})], "m")
        )

    found = parsed(rows)
    assert found == parsed(rows[::-1])
    for i, attribution in enumerate(found):
        assert attribution.content
        if attribution.parent is not None:
            around = found[attribution.parent].content
            whole = Span(around[0].start, max(s.end for s in around))
            assert attribution.parent != i
            assert all(whole.start <= s.start and s.end <= whole.end for s in attribution.content)
