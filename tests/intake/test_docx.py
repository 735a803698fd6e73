"""Word documents: what is read of them, and what is refused."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.intake import Draft, Limits, parse_draft, read_draft, read_raw
from onrecord.intake import docx as docx_module
from onrecord.types import Rejected

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(
    body: str, *, head: str = "", name: str = "word/document.xml", namespace: str = W, **others: str
) -> bytes:
    """A document whose body holds this markup (prefix w)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            name,
            f'<?xml version="1.0"?>{head}<w:document xmlns:w="{namespace}" xmlns:mc="urn:mc"><w:body>{body}</w:body></w:document>',
        )
        for part, markup in others.items():
            archive.writestr(f"word/{part}.xml", f'<w:{part} xmlns:w="{W}">{markup}</w:{part}>')
    return out.getvalue()


def p(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(f'<w:r><w:t>{run}</w:t></w:r>' for run in runs)}</w:p>"


def text(content: bytes) -> str:
    found = parse_draft("letter.docx", content)
    assert isinstance(found, Draft), found
    return found.raw.content.decode()


def why(content: bytes) -> str:
    found = parse_draft("letter.docx", content)
    assert isinstance(found, Rejected)
    assert found.room == "intake"
    return found.reason


def test_paragraphs_in_order_with_their_numbers() -> None:
    found = parse_draft("letter.docx", docx(p("“We li", "ght it,”") + p("") + p("Bo said &amp; left.")))
    assert isinstance(found, Draft)
    lines = found.raw.content.decode().split("\n")
    named = [(line, place) for line, place in zip(lines, found.places, strict=False) if line]
    assert named == [("“We light it,”", "paragraph 1"), ("Bo said & left.", "paragraph 2")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r></w:p>", "one two three"),
        # tracked changes: as they would be accepted
        ("<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins></w:p>", "new"),
        ("<w:p><w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:t>stays</w:t></w:r></w:p>", "stays"),
        # a field's code is no text; a text box stands once
        ("<w:p><w:r><w:instrText>HYPERLINK</w:instrText></w:r><w:r><w:t>here</w:t></w:r></w:p>", "here"),
        (f"<w:p><mc:AlternateContent><mc:Choice>{p('box')}</mc:Choice><mc:Fallback>{p('box')}</mc:Fallback></mc:AlternateContent></w:p>", "box"),
        (f"<w:tbl><w:tr><w:tc>{p('cell')}</w:tc></w:tr></w:tbl>", "cell"),
        (p("words", style="IntenseQuote"), "> words"),
        (p("words", style="Quoted-Heading"), "words"),
    ],
)  # fmt: skip
def test_what_is_read(body: str, expected: str) -> None:
    assert text(docx(body)).strip() == expected


def test_notes_are_read_after_the_text() -> None:
    found = parse_draft("a.docx", docx(p("Text."), footnotes=f"<w:footnote>{p('“Note.”')}</w:footnote>"))
    assert isinstance(found, Draft)
    assert "“Note.”" in found.raw.content.decode()
    assert found.places[-1] == "footnote 1"


def test_strict_documents_and_another_part_name() -> None:
    strict = docx(p("here"), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert text(strict).strip() == "here"
    assert text(docx(p("here"), name="word/document2.xml")).strip() == "here"


def test_a_document_type_is_refused_so_nothing_is_expanded() -> None:
    lol = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    assert "document type" in why(docx("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", head=lol))
    assert "document type" in why(docx(p("x"), head='<!DOCTYPE w SYSTEM "file:///etc/passwd">'))


def test_a_bomb_is_unpacked_no_further_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_module, "MAX_PART_BYTES", 2_000_000)
    content = docx(p("a" * 30_000_000))
    assert len(content) < 100_000
    assert "2,000,000 bytes unpacked" in why(content)


def test_depth_and_number_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "500 deep" in why(docx("<w:x>" * 600 + "</w:x>" * 600))
    monkeypatch.setattr(docx_module, "MAX_PARAGRAPHS", 10)
    assert "more than 10 paragraphs" in why(docx(p("a") * 11))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04 torn", "broken Word document"),
        (docx("<w:p>"), "broken XML"),
        (docx(""), "without text"),
        (docx(p("x"), name="xl/workbook.xml"), "without word/document.xml"),
        (docx(p("some text"))[:-30], "broken Word document"),
        (b"%PDF-1.7", "a PDF"),
        (b" \n", "an empty file"),
    ],
)
def test_what_is_no_document_says_why(content: bytes, reason: str) -> None:
    assert reason in why(content)


def test_a_password_is_named() -> None:
    content = bytearray(docx(p("x")))
    for signature, flags_at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(b"word/document.xml")
        start = content.rfind(signature, 0, at) if signature == b"PK\x03\x04" else content.rfind(signature)
        content[start + flags_at] |= 1
    assert "password" in why(bytes(content))


def test_a_word_document_is_never_put_on_record(tmp_path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(docx(p("“We light it,” Bo said.")))
    (found,) = read_raw([str(path)])
    assert isinstance(found, Rejected)
    assert "office document" in found.reason
    assert isinstance(read_draft(str(path)), Draft)


def test_a_draft_that_cannot_be_had(tmp_path) -> None:
    missing = read_draft(str(tmp_path / "none.md"))
    assert isinstance(missing, Rejected)
    assert "cannot be read" in missing.reason
    assert isinstance(read_draft(str(tmp_path)), Rejected)
    large = tmp_path / "large.txt"
    large.write_bytes(b"a" * 101)
    assert isinstance(read_draft(str(large), limits=Limits(max_bytes=100)), Rejected)


@given(st.binary(max_size=300), st.integers(0, 2000))
@settings(max_examples=100, deadline=None)
def test_any_damage_is_a_reason_or_a_reading(noise: bytes, at: int) -> None:
    content = docx(p("“We light it,” Bo said.") * 3)
    at %= len(content)
    found = parse_draft("letter.docx", content[:at] + noise + content[at + len(noise) :])
    assert isinstance(found, Draft | Rejected)
