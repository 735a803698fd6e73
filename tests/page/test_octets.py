"""A page in UTF-8 is read byte by byte: nothing of that shows in what comes out."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from turbohtml import tokenize

from onrecord.page import Limits, _read_html, decode, parse_page
from onrecord.page.decode import STRETCH, count_utf8
from onrecord.page.octets import characters, read_again
from onrecord.runs import check_runs
from onrecord.types import Origin, Page, RawPage, Rejected

#: What pages are made of here: text and tags of one, two, three and four bytes a character, and what is written otherwise.
PARTS = (
    "<p>", "</p>", "<b>", "</b>", "<br>", "<q>", "</q>", "<pre>", "</pre>", "<h1>", "</h1>", "<ä>", "<p title='ü > ß'>",
    "<div class='größe spalte'>", "<div class='gr&ouml;&szlig;e'>", "</div>", "<span id=Ünter class=kopf>", "</span>",
    "<a rel=author href=x title='»'>", "</a>", "<meta name=author content='Zoë Ängström'>", "<meta property=og:title content='é'>",
    "<i aria-hidden=true title='ı icon'>", "</i>", "<title>", "</title>", "<span itemprop='author'>", "<p style='x:ä;display:none'>",
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Þing", "author": "Åsa Öst"}</script>',
    "<script>x = 'ž'</script>", "<noscript>ñ</noscript>", "<sup aria-hidden=true>", "</sup>",
    "caf\u00e9", " ", "\n", "\t", "\r\n", "\0", "\u00a0", "\u0085", "\u2028", "“so”", "č", "日本", "\U0001f600", "&eacute;", "&amp;", "&copy",
    "The harbour board met on Monday and said nothing at all about the weir, of which everybody had spoken – for weeks. ",
)  # fmt: skip


def raw(content: bytes) -> RawPage:
    return RawPage("a page", content, "0" * 64, "text/html", Origin())


def shown(page: Page | Rejected) -> object:
    if isinstance(page, Rejected):
        return page
    fields = {field.name: getattr(page, field.name) for field in dataclasses.fields(page)}
    return {**fields, "runs": tuple(page.runs), "blocks": tuple(page.blocks)}


@given(st.lists(st.sampled_from(PARTS), max_size=60).map("".join), st.sampled_from(["", "\ufeff"]))
def test_octets_and_characters_give_one_page(html: str, mark: str) -> None:
    content = (mark + html).encode()
    of_octets = _read_html(raw(content), Limits())
    assert shown(of_octets) == shown(_read_html(raw(content), Limits(), as_octets=False))
    if isinstance(of_octets, Page):
        assert check_runs(content, of_octets.text, of_octets.runs, of_octets.encoding.name) == ()


@pytest.mark.parametrize("n", [5_000, 16_384, 16_385, 50_000])
def test_one_long_stretch_is_cut_in_the_same_places(n: int) -> None:
    content = f"<p>{'señal ' * (n // 6)}</p>".encode()
    page = parse_page(raw(content))
    assert isinstance(page, Page)
    assert shown(page) == shown(_read_html(raw(content), Limits(), as_octets=False))
    assert check_runs(content, page.text, page.runs, "utf-8") == ()


def test_a_page_that_hides_its_article_is_read_in_characters() -> None:
    body = "Die Brücke über den Fluß bleibt gesperrt, sagte die Behörde am Montag. " * 12
    script = f'{{"@type": "NewsArticle", "articleBody": "{body}"}}'
    page = parse_page(raw(f'<p>Ü<script type="application/ld+json">{script}</script>'.encode()))
    assert isinstance(page, Page)
    assert body.strip() in page.text


def test_utf8_is_decoded_where_it_is_read() -> None:
    content = "<p>über</p>".encode()
    assert decode(content, None, given=False, is_html=True, as_octets=True).text == content.decode("latin-1")
    assert decode(content, None, given=False, is_html=True).text == "<p>über</p>"
    assert decode(b"<p>\xfcber</p>", None, given=False, is_html=True, as_octets=True).text == "<p>über</p>"


@given(
    st.lists(st.sampled_from(["a" * 100, "a" * (STRETCH - 1), "a" * STRETCH, "é", "日", "\U0001f600", "a"]), max_size=30),
    st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(b"\x80\xc3\xe2\xff")), max_size=1),
)  # fmt: skip
def test_counting_characters_is_decoding_them(parts: list[str], damage: list[tuple[int, int]]) -> None:
    content = bytearray("".join(parts).encode())
    for place, byte in damage:
        if content:
            content[place % len(content)] = byte
    try:
        expected: int | None = len(content.decode())
    except UnicodeDecodeError:
        expected = None
    assert count_utf8(bytes(content)) == expected


@pytest.mark.parametrize(
    "tag",
    [
        "<p class='ü'>",
        "<p title='> ü >' id=a>",
        "<ä b=ö>",
        "<p a=&eacute; b=é>",
        f"<p a='{'>' * 5000}ü'>",
        "<p é",
    ],
)
def test_a_tag_is_read_again_in_characters(tag: str) -> None:
    html = f"before {tag}after > and >"
    octets = html.encode().decode("latin-1")
    expected = [(t.tag, t.attrs) for t in tokenize(html, resolve_references=False) if t.tag]
    found = [t for t in tokenize(octets, resolve_references=False) if t.tag]
    assert [(t.tag, t.attrs) for t in (read_again(octets, token) for token in found)] == expected


def test_characters_of_octets() -> None:
    assert characters("plain") == "plain"
    assert (
        characters("\ufffdgröße\ufffd".encode().decode("latin-1").replace("ï¿½", "\ufffd"))
        == "\ufffdgröße\ufffd"
    )
    assert characters("größe".encode().decode("latin-1")) == "größe"
