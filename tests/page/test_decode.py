"""Which encoding a page is in, and how that was decided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.page.reading import raw, read

from onrecord.page import parse_page
from onrecord.page.decode import codec_of, decode
from onrecord.runs import byte_span, check_runs
from onrecord.types import Given, Page, RawPage, RunKind, Span

QUOTE = "“Ça va”, dit-elle — déjà."


@pytest.mark.parametrize(
    ("content", "declared", "name", "how"),
    [
        (b"\xef\xbb\xbf<p>\xc3\xa9", None, "utf-8", "bom"),
        (QUOTE.encode("utf-16"), None, "utf-16-le", "bom"),
        (b"\xfe\xff" + QUOTE.encode("utf-16-be"), "utf-8", "utf-16-be", "bom"),
        (QUOTE.encode("cp1251", "ignore"), "windows-1251", "cp1251", "header"),
        (b"<meta charset='iso-8859-1'><p>" + QUOTE.encode("cp1252"), None, "cp1252", "meta"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1250"><p>\xe8\xe9', None, "cp1250", "meta"),
        (QUOTE.encode(), None, "utf-8", "utf-8"),
        (QUOTE.encode(), "iso-8859-1", "utf-8", "utf-8"),  # saved in UTF-8 under the old label
        (QUOTE.encode("cp1252"), None, "cp1252", "detected"),
        (QUOTE.encode("cp1252"), "utf-8", "cp1252", "detected"),  # nothing in it is UTF-8
        (b"<p>\xc3\xa9\xc3\xa8\xe2\x80\x9c broken: \xe9", "utf-8", "utf-8", "header"),
        (QUOTE.encode("utf-16-le"), None, "utf-16-le", "detected"),
        (("<p>plain words" * 9).encode("utf-16-be"), None, "utf-16-be", "detected"),
        (b"plain", "no-such-label", "utf-8", "utf-8"),
        (b"plain", "shift_jis", "cp932", "header"),
        ("Решение принято в понедельник, сказал мэр города. ".encode("cp1251") * 9, None, "cp1251", "detected"),
        (b"don\xd5t, \xd2he said.\xd3 It\xd5s over.", None, "mac-roman", "detected"),
    ],
)  # fmt: skip
def test_encoding_and_how_it_was_decided(content: bytes, declared: str | None, name: str, how: str) -> None:
    decoded = decode(content, declared, given=False, is_html=True)
    assert (decoded.encoding.name, decoded.encoding.how) == (name, how)


def test_a_corpus_line_is_given() -> None:
    page = parse_page(
        RawPage("a", QUOTE.encode(), "", "text/plain", declared_encoding="utf-8", given=Given())
    )
    assert isinstance(page, Page)
    assert page.encoding.how == "given"


@pytest.mark.parametrize("label", ["rot13", "unicode_escape", "utf-7", "zlib", "idna", "hex", "", "a" * 99])
def test_labels_that_are_no_encoding_of_a_page(label: str) -> None:
    assert codec_of(label) is None


def test_broken_bytes_are_marked_and_stand_for_themselves() -> None:
    content = "<p>café ".encode() + b"\xff\xfe" + "“x”".encode()
    page = read(content, declared="utf-8")
    assert page.text == "café \ufffd\ufffd“x”"
    broken = [run for run in page.runs if run.kind is RunKind.ENTITY]
    assert [content[run.byte_start : run.byte_end] for run in broken] == [b"\xff\xfe"]


@pytest.mark.parametrize(
    "encoding", ["gb18030", "shift_jis", "euc-jp", "euc-kr", "big5", "koi8-r", "iso2022_jp"]
)
def test_bytes_of_encodings_that_write_a_character_in_several(encoding: str) -> None:
    words = "日本 語 " if encoding in ("shift_jis", "euc-jp", "iso2022_jp") else "中 文 "
    words = {"euc-kr": "한국 어 ", "koi8-r": "мэр города "}.get(encoding, words)
    content = f"<p>{words}<b>x &amp; y</b> {words}".encode(encoding)
    page = read(content, declared=encoding)
    assert page.text == f"{words}x & y {words}".strip()
    place = byte_span(page.runs, Span(0, len(words.strip())), page.text, page.encoding.name)
    assert place is not None
    assert content[place.start : place.end].decode(encoding) == words.strip()


@given(
    content=st.binary(max_size=200),
    html=st.booleans(),
    label=st.sampled_from([None, "utf-8", "gbk", "utf-16", "sjis"]),
)
def test_any_bytes_decode(content: bytes, html: bool, label: str | None) -> None:
    page = parse_page(raw(content, "text/html" if html else "text/plain", label))
    if isinstance(page, Page):
        assert check_runs(content, page.text, page.runs, page.encoding.name) == ()
    elif not html:
        assert not decode(content, label, given=False, is_html=False).text.strip()


@given(st.text(max_size=200))
def test_a_text_is_its_decoded_content(text: str) -> None:
    content = text.encode("utf-8", "replace")
    page = parse_page(raw(b"\xef\xbb\xbf" + content, "text/plain"))
    if isinstance(page, Page):
        assert page.text == content.decode()
        assert [(r.text_start, r.byte_start, r.byte_end, r.kind) for r in page.runs] == [
            (0, 3, 3 + len(content), RunKind.SAME)
        ]
