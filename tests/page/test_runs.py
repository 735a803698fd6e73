"""The proof that text is what the bytes say, and the way between the two."""

import pytest

from onrecord.runs import byte_span, check_runs, text_span, unescaped
from onrecord.types import ByteSpan, Run, RunKind, Span

CONTENT = "<p>café &amp; “tea”<p>now".encode()
TEXT = "café & “tea”\n\nnow"
RUNS = (
    Run(0, 5, 3, 9, RunKind.SAME),
    Run(5, 6, 9, 14, RunKind.ENTITY),
    Run(6, 12, 14, 24, RunKind.SAME),
    Run(12, 14, 24, 24, RunKind.MADE),
    Run(14, 17, 27, 30, RunKind.SAME),
)


def test_true_runs_have_no_problems() -> None:
    assert check_runs(CONTENT, TEXT, RUNS, "utf-8") == ()


@pytest.mark.parametrize(
    ("content", "text", "runs"),
    [
        (CONTENT.replace(b"tea", b"tee"), TEXT, RUNS),
        (CONTENT.replace(b"&amp;", b"&ams;"), TEXT, RUNS),
        (CONTENT[:-1], TEXT, RUNS),
        (CONTENT, TEXT + "!", RUNS),
        (CONTENT, TEXT, RUNS[:-1]),
        (CONTENT, TEXT, RUNS[1:]),
        (CONTENT, TEXT, (*RUNS[:3], Run(12, 14, 24, 27, RunKind.MADE), RUNS[4])),
        (CONTENT, TEXT, (Run(0, 5, 4, 9, RunKind.SAME), *RUNS[1:])),
        (CONTENT, TEXT, (*RUNS[:4], Run(14, 17, 24, 27, RunKind.ENTITY))),
    ],
)
def test_false_runs_are_found(content: bytes, text: str, runs: tuple[Run, ...]) -> None:
    (problem, *_) = check_runs(content, text, runs, "utf-8")
    assert "characters" in problem or "character" in problem


@pytest.mark.parametrize(
    ("written", "text", "right"),
    [
        (b"&nbsp;", "\xa0", True),
        (b"&notit", "¬it", True),
        (b"&#128;", "€", True),
        (b"&#1;", "\x01", True),
        (b" \n\t ", " ", True),
        (b"\r\n", "\n", True),
        (b"<br clear='all'>", "\n", True),
        (b"<q cite=x>", "“", True),
        (b"</q>", "”", True),
        (b"\\u201c", "“", True),
        (b"\\ud83d\\ude00", "😀", True),
        (b'\\"', '"', True),
        (b"\\u0026amp;", "&", True),
        (b"\xff", "\ufffd", True),
        (b"<q>", "x", False),
        (b"a", "b", False),
        (b"\\u201c", "”", False),
        (b"a", " ", False),
        (b"a", "\ufffd", False),
    ],
)
def test_other_ways_to_write_a_character(written: bytes, text: str, right: bool) -> None:
    run = Run(0, len(text), 0, len(written), RunKind.ENTITY)
    assert (check_runs(written, text, (run,), "utf-8") == ()) is right


@pytest.mark.parametrize(
    ("span", "place"),
    [
        (Span(0, 4), ByteSpan(3, 8)),
        (Span(3, 7), ByteSpan(6, 15)),
        (Span(7, 10), ByteSpan(15, 20)),
        (Span(11, 15), ByteSpan(21, 28)),
        (Span(12, 14), None),
        (Span(13, 15), ByteSpan(27, 28)),
    ],
)
def test_bytes_of_a_span(span: Span, place: ByteSpan | None) -> None:
    assert byte_span(RUNS, span, TEXT, "utf-8") == place


@pytest.mark.parametrize(
    ("place", "span"),
    [
        (ByteSpan(3, 8), Span(0, 4)),
        (ByteSpan(6, 7), Span(3, 4)),  # half of the é
        (ByteSpan(10, 11), Span(5, 6)),  # inside &amp;
        (ByteSpan(15, 18), Span(7, 8)),
        (ByteSpan(24, 27), None),  # the tag
        (ByteSpan(20, 28), Span(10, 15)),
    ],
)
def test_text_of_bytes(place: ByteSpan, span: Span | None) -> None:
    assert text_span(RUNS, place, TEXT, "utf-8") == span


def test_a_reference_that_stands_for_nothing() -> None:
    assert unescaped("&#xD800;") == "\ufffd"
