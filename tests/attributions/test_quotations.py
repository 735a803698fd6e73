"""Which words a text gives as somebody's own, one claim each, in the notation of `tests.marked`."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.marked import marked

from onrecord.attributions.quotations import MAX_WORDS, find_quotations
from onrecord.record.quoted import follow
from onrecord.types import Span


def claims(notation: str, block_quotes: tuple[Span, ...] = ()) -> list[tuple[str, int | None]]:
    """The words of each quotation, parts joined by a slash, and the number of its attribution."""
    text, attributions = marked(notation)
    found, _ = find_quotations(text, attributions, follow, block_quotes)
    return [(" / ".join(text[s.start : s.end] for s in q.words), q.attribution) for q in found]


@pytest.mark.parametrize(
    ("notation", "expected"),
    [
        (
            "<content 1>“The lamp is lit,”</content 1> <source 1>Bo</source> <cue 1>said</cue>.",
            [("The lamp is lit,", 0)],
        ),
        # around one "he said": one claim, whether the second half is a piece or an attribution of its own
        (
            ("<content 1>“The lamp is lit,”</content> <source 1>Bo</source> <cue 1>said</cue>."
            " <content 1>“It stays lit.”</content>"),
            [("The lamp is lit, / It stays lit.", 0)],
        ),
        (
            ("<content 1>“The lamp is lit,”</content> <source 1>Bo</source> <cue 1>said</cue>."
            " <content 2 after 1>“It stays lit.”</content>"),
            [("The lamp is lit, / It stays lit.", 0)],
        ),
        ("“The lamp is lit,” he said. “It stays lit.”", [("The lamp is lit, / It stays lit.", None)]),
        # a sentence between them: two claims
        (
            ("<content 1>“The lamp is lit,”</content> <source 1>Bo</source> <cue 1>said</cue>. The hall was full."
            " <content 2 after 1>“It stays lit.”</content>"),
            [("The lamp is lit,", 0), ("It stays lit.", 1)],
        ),
        # two people: two claims
        (
            ("<content 1>“The lamp is lit,”</content> <source 1>Bo</source> <cue 1>said</cue>;"
            " <content 2>“It is out,”</content> <source 2>Cy</source> <cue 2>said</cue>."),
            [("The lamp is lit,", 0), ("It is out,", 1)],
        ),
        # what one sentence lists was not said in one breath
        (
            "<source>Bo</source> <cue>called</cue> <content>it “a lamp to be proud of” and “the end of the dark”</content>.",
            [("a lamp to be proud of", 0), ("the end of the dark", 0)],
        ),
        # over a paragraph's end only where the mark is left open
        ("“The lamp is lit.\n\n“It stays lit,” Bo said.", [("The lamp is lit. / It stays lit,", None)]),
        ("“The lamp is lit.”\n\n“It stays lit.”", [("The lamp is lit.", None), ("It stays lit.", None)]),
        # what is quoted inside a quotation is part of it, and whoever says it there is not its speaker
        (
            ("<content 1>“<source 2>Cy</source> <cue 2>told me</cue> <content 2 in 1>‘go home’</content 2>,”</content 1>"
            " <source 1>Bo</source> <cue 1>said</cue>."),
            [("Cy told me ‘go home’,", 0)],
        ),
        # the nearer of two that have it
        (
            ("<source 1>Bo</source> <cue 1>said</cue> <content 1>that <source 2>Cy</source> <cue 2>wrote</cue>"
            " <content 2 in 1>“the lamp is lit”</content 2></content 1>."),
            [("the lamp is lit", 1)],
        ),
        # two words are somebody's where an attribution has them
        ("<source>Bo</source> <cue>called</cue> <content>it “a lamp”</content>.", [("a lamp", 0)]),
        ("It is a so-called “night lamp” and no more.", []),
        ("We saw “The Long Good Night” and left.", []),
        # a short paragraph, a byline's look: it counts
        ("By Bo\n\n“We light it.”\n\n12 May", [("We light it.", None)]),
    ],
)  # fmt: skip
def test_claims(notation: str, expected: list[tuple[str, int | None]]) -> None:
    assert claims(notation) == expected


def test_a_block_quote_without_marks_is_a_claim_and_one_with_marks_no_second() -> None:
    text = "Bo wrote:\n\nThe lamp is lit.\n\n“It stays lit.”"
    blocks = (
        Span(text.index("The"), text.index("\n\n“")),
        Span(text.index("“"), len(text)),
    )
    assert claims(text, blocks) == [("The lamp is lit.", None), ("It stays lit.", None)]


def test_a_speech_is_not_joined_into_one() -> None:
    paragraphs = ["“" + "word " * (MAX_WORDS // 2 - 5) + "end."] * 5
    found = claims("\n\n".join(paragraphs) + "”")
    assert [words.count("/") for words, _ in found] == [1, 1, 0]


def test_what_is_passed_over_is_told() -> None:
    text = "We saw “The Long Good Night” and a “lamp”."
    _, passed = find_quotations(text, (), follow)
    assert [text[s.start : s.end] for s in passed] == ["“The Long Good Night”", "“lamp”"]


@given(st.text(alphabet="“”\"'’ a.,\nHe said", max_size=200))
@settings(max_examples=150, deadline=None)
def test_claims_lie_in_the_text_in_order_and_do_not_overlap(text: str) -> None:
    found, _ = find_quotations(text, (), follow)
    at = 0
    for q in found:
        assert at <= q.whole.start < q.whole.end <= len(text)
        assert all(q.whole.start <= s.start < s.end <= q.whole.end for s in q.words)
        at = q.whole.end


def test_many_marks_take_linear_time() -> None:
    text = "“The lamp is lit,” he said. " * 8_000
    started = time.process_time()
    find_quotations(text, (), follow)
    assert time.process_time() - started < 10
