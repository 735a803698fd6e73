"""Quotation marks of every style, paired, nested, continued and repaired."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.attributions.quotes import find_quotes, is_speech


def found(text: str, depth: int = 0) -> list[str]:
    return [text[q.start : q.end] for q in find_quotes(text) if q.depth == depth]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ('"It holds," he said.', ['"It holds,"']),
        ("“It holds,” he said.", ["“It holds,”"]),
        ('“It holds," he said. "It\'ll do.”', ['“It holds,"', "\"It'll do.”"]),
        ("''It holds,'' he said.", ["''It holds,''"]),
        ("``It holds,'' he said.", ["``It holds,''"]),
        ("'It's the town's,' he said.", ["'It's the town's,'"]),
        ("‘The workers’ rights matter,’ he said.", ["‘The workers’ rights matter,’"]),
        ("« Oui », he said.", ["« Oui »"]),
        ("»Ja«, he said.", ["»Ja«"]),
        ("„Ja“, he said. „Nein”.", ["„Ja“", "„Nein”"]),
        ("”It holds,” he said.", ["”It holds,”"]),
        ("He says,” it holds.”", ["” it holds.”"]),
        ("rock 'n' roll in the '90s", []),
        ("The 12\" pipe and the 6' fence", []),
        ("The Ruizes' boats and the Calders' nets", []),
        ("‘Lying Men’ But ‘Honest’ Boats", ["‘Lying Men’", "‘Honest’"]),
        ("\u202a“It holds,” he said.", ["“It holds,”"]),
    ],
)
def test_marks(text: str, quotes: list[str]) -> None:
    assert found(text) == quotes


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“She said ‘no’ twice,” he said.", "‘no’"),
        ('"She said "no" twice," he said.', '"no"'),
        ("'She said \"no\" twice,' he said.", '"no"'),
        ("«She said “no” twice,» he said.", "“no”"),
    ],
)
def test_nested(text: str, inner: str) -> None:
    assert found(text, depth=1) == [inner]


@pytest.mark.parametrize(
    ("text", "quote", "opened", "closed"),
    [
        ("The day was long. It holds, for now,” he said.", "It holds, for now,”", False, True),
        ("“It holds, for now, he said. “Go home.”", "“It holds, for now,", True, False),
        ("“It holds. For now.\n\nThe end.", "“It holds. For now.", True, False),
        ("“Sen. Holt called. We left. “Go home.”", "“Sen. Holt called.", True, False),
    ],
)
def test_a_lost_mark_is_repaired_inside_its_sentence(
    text: str, quote: str, opened: bool, closed: bool
) -> None:
    first = find_quotes(text)[0]
    assert text[first.start : first.end] == quote
    assert (first.opened, first.closed, first.is_repaired) == (opened, closed, True)


def test_a_quotation_goes_on_over_paragraphs_that_open_and_do_not_close() -> None:
    text = "He said: “One.\n\n“Two.\n\n“Three.”\n\n“Four,” she said."
    quotes = find_quotes(text)
    assert [q.continues for q in quotes] == [None, 0, 1, None]
    assert [q.goes_on for q in quotes] == [True, True, False, False]
    assert not any(q.is_repaired for q in quotes)


def test_a_quotation_over_two_paragraphs_without_a_mark_between() -> None:
    text = "“One day.\n\nTwo days,” she said."
    assert found(text) == ["“One day.", "Two days,”"]
    assert find_quotes(text)[1].continues == 0


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("“It holds,”", True),
        ("“We will rebuild the pier”", True),
        ("“No!”", True),
        ("“worry drawer”", False),
        ("“The Salt Road”", False),
        ("“A House in Tarn City,”", False),
        ("“soft steel”", False),
    ],
)
def test_speech_is_told_from_titles_and_scare_quotes(text: str, speech: bool) -> None:
    assert is_speech(text, find_quotes(text)[0]) is speech


@given(st.text(alphabet=st.sampled_from("ab .,\n\"'“”‘’«»„`-Z1"), max_size=120))
def test_quotations_lie_in_the_text_in_order_and_in_each_other(text: str) -> None:
    quotes = find_quotes(text)
    assert [q.start for q in quotes] == sorted(q.start for q in quotes)
    ends: list[int] = []
    for i, q in enumerate(quotes):
        assert 0 <= q.start <= q.inner_start <= q.inner_end <= q.end <= len(text)
        assert q.start < q.end
        assert q.continues is None or q.continues < i
        while ends and ends[-1] <= q.start:
            ends.pop()
        assert not ends or q.end <= ends[-1]
        assert q.depth == len(ends)
        ends.append(q.end)


@pytest.mark.parametrize(
    ("mark", "n"),
    [('"', 100_000), *((m, 10_000) for m in ("“", "”", "'a", "«", '" ', "a” ", "“‘"))],
)
def test_very_many_marks_are_read(mark: str, n: int) -> None:
    assert len(find_quotes(mark * n)) <= n
