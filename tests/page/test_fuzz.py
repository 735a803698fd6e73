"""Whatever the source, a page is read or turned away, and every character is what its bytes say."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.page.reading import raw, turned_away

from onrecord.page import Limits, parse_page
from onrecord.runs import byte_span, check_runs, text_span
from onrecord.types import Page

MARKUP = (
    "<p> </p> <div> </div> <a> </a> <b> </b> <br> </br> <q> </q> <ul> <li> </ul> <table> <tr> <td> </table> <pre> </pre> "
    "<svg> </svg> <path/> <title/> <title> </title> <script> </script> <style> <noscript> </noscript> <template> "
    "</template> </span> <h1> </h1> &amp; &nbsp; &notit; &#x80; &#0; &#1; &#xD800; &#x110000; &#10; &lt &foo; & < > \" ' "
    "<!-- --> <![CDATA[ ]]> <?x <textarea> </textarea> <select> </select> <body> </body> <head> </head> <button> <form> "
    "<iframe> <plaintext> <q </q\tx> \ufeff \ufffd é “ ” — 😀 word Said. \u200b \x1a"
)
ATOMS = (
    *MARKUP.split(" "),
    *(" ", "  ", "\n", "\r\n", "\r", "\t", "\x0c", "\0", "\x85", "\u2028", "\xa0"),
    *(
        "<span hidden>",
        '<a href="',
        '<br x=">">',
        '<div style="display:none">',
        '<p style="white-space:pre">',
    ),
    *(
        '<p class="mobile">',
        "<html lang=en>",
        "<time datetime=2024-01-02>",
        "<span itemprop=author>",
        '<div hidden id="S:0">',
    ),
    '<script type="application/ld+json">{"@type":"Article","articleBody":"'
    + "A &amp; \\u201cb\\u201d \\ud83d\\ude00\\n<i>c<\\/i> " * 20
    + '"}</script>',
)
ENCODINGS = ("utf-8", "utf-8", "cp1252", "utf-16", "utf-16-be", "shift_jis", "gb18030", "koi8-r")


@st.composite
def pages(draw: st.DrawFn) -> tuple[bytes, str]:
    source = "".join(draw(st.lists(st.sampled_from(ATOMS), min_size=1, max_size=40)))
    content = source.encode(draw(st.sampled_from(ENCODINGS)), "replace")
    if draw(st.booleans()):
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(max_size=4)) + content[at + draw(st.integers(0, 3)) :]
    return content, draw(st.sampled_from(("text/html", "text/html", "text/plain")))


@settings(max_examples=400, deadline=None)
@given(pages())
def test_every_character_is_what_its_bytes_say(page_of: tuple[bytes, str]) -> None:
    content, media_type = page_of
    page = parse_page(raw(content, media_type))
    if not isinstance(page, Page):
        return
    assert check_runs(content, page.text, page.runs, page.encoding.name) == ()
    end = 0
    for block in page.blocks:
        piece = page.text[block.span.start : block.span.end]
        assert piece == piece.strip() != ""
        assert block.span.start >= end
        end = block.span.end
        place = byte_span(page.runs, block.span, page.text, page.encoding.name)
        assert place is not None
        back = text_span(page.runs, place, page.text, page.encoding.name)
        assert back is not None
        assert back.start <= block.span.start < block.span.end <= back.end


@settings(max_examples=60, deadline=None)
@given(pages())
def test_the_same_bytes_give_the_same_page(page_of: tuple[bytes, str]) -> None:
    content, media_type = page_of
    assert parse_page(raw(content, media_type)) == parse_page(raw(content, media_type))


#: One hostile thing, many times over.
HOSTILE = {
    "elements nested": "<div>",
    "inline elements nested": "<b><i>",
    "end tags that end nothing": "</b>x",
    "quotes not closed": "<p>hi<a href=\"",
    "references": "&amp;",
    "references without an end": "&notit",
    "paragraphs": "<p>x",
    "cells": "<tr><td>x",
    "drawings": "<svg><title/>",
    "zeros": "<p>a\0",
    "angle brackets": "<",
    "comments": "<!--",
    "facts": "<meta property='og:title' content='x'>",
    "headlines": "<h1>x</h1>",
    "authors": "<span itemprop='author'>x",
    "breaks": "a<br>",
    "brackets in JSON": "[",
    "scripts": '<script type="application/ld+json">{"@type":"Article","articleBody":"x</script>',
    "words": "word ",
    "class names": "a b ",
}  # fmt: skip
FRAMES = {
    "brackets in JSON": ('<script type="application/ld+json">', "</script><p>x"),
    "class names": ('<p class="', '">x'),
    "cells": ("<table>", ""),
    "end tags that end nothing": ("<p><b>" + "<span>" * 200, ""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_grows_with_the_page(name: str) -> None:
    """Four times the page takes no more than ten times as long: a quadratic reader takes sixteen."""
    before, after = FRAMES.get(name, ("", ""))

    def seconds(n: int) -> float:
        page = raw(before + HOSTILE[name] * n + after)
        best = 9.0
        for _ in range(2):
            start = time.process_time()
            parse_page(page)
            best = min(best, time.process_time() - start)
        return best

    n = 2000
    assert seconds(4 * n) < 10 * seconds(n) + 0.05


def test_limits_are_named() -> None:
    assert turned_away("<p>" + "x" * 100, Limits(max_bytes=50)) == "103 bytes, the limit is 50"
    assert "more than 20 tags" in turned_away("<p>x" * 30, Limits(max_nodes=20))
    assert "nested more than 300 deep" in turned_away("<div>" * 400 + "x", Limits(max_depth=300))
    assert "shows no text" in turned_away("<script>x</script>")
    assert "no text" in turned_away(b"")
