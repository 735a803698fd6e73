"""A turn of an interview or a transcript is all its speaker's words, however much of it a tagger has seen."""

from __future__ import annotations

from tests.attributions.report import show
from tests.attributions.scripted import ScriptedTagger

from onrecord.attributions import attributions_of
from onrecord.types import Attribution, Kind, Span

PAGE = """The mayor spoke to us this week.

Q: What would have happened?

A: I think it would have been late. It is hard for all of us.

We kept the bridge for years after the flood.

Q: Will you run again?

A: I never said so.

The mayor ran in May."""


def span(words: str) -> tuple[Span, ...]:
    start = PAGE.index(words)
    return (Span(start, start + len(words)),)


def seen(*parts: tuple[str, str, str]) -> ScriptedTagger:
    rows = tuple(
        Attribution(span(source), span(cue), span(content), Kind.INDIRECT, 0.9, None, None)
        for source, cue, content in parts
    )
    return ScriptedTagger(lambda passage: rows)


def test_an_answer_goes_on_until_the_next_question() -> None:
    found = [show(PAGE, a) for a in attributions_of(PAGE)]
    answer = "I think it would have been late. It is hard for all of us. / We kept the bridge for years after the flood."
    assert f"A | : | {answer}" in found
    assert "A | : | I never said so." in found
    assert not any("ran in May" in row for row in found)


def test_what_a_tagger_sees_inside_takes_no_answer_away() -> None:
    found = attributions_of(PAGE, seen(("I", "think", "it would have been late")))
    turns = [a for a in found if PAGE[a.source[0].start : a.source[0].end] == "A"]
    assert [a.kind for a in turns] == [Kind.DIRECT, Kind.DIRECT]
    assert PAGE[turns[0].content[0].start : turns[0].content[0].end].endswith("for all of us.")


def test_a_turn_that_a_tagger_breaks_off_is_whole() -> None:
    start = PAGE.index("A: I think")
    broken = Attribution(
        (Span(start, start + 1),),
        (Span(start + 1, start + 2),),
        (Span(start + 3, start + 12),),
        Kind.DIRECT,
        0.9,
        None,
        None,
    )
    first = next(
        a for a in attributions_of(PAGE, ScriptedTagger(lambda passage: (broken,))) if a.cue == broken.cue
    )
    assert (
        PAGE[first.content[-1].start : first.content[-1].end]
        == "We kept the bridge for years after the flood."
    )
