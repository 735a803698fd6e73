"""HTML to text: what shows, in which blocks, and where each character came from."""

import pytest
from tests.page.reading import blocks, read

from onrecord.runs import byte_span, text_span
from onrecord.types import RunKind, Span


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>One.<p>Two.", ["One.", "Two."]),
        ("<div>One<div>Two</div>Three</div>", ["One", "Two", "Three"]),
        ("<p>One <b>bold</b>, and <i>more</i>.</p>", ["One bold, and more."]),
        ("<p>  White \n\t space  <b> in </b> runs </p>", ["White space in runs"]),
        ("<p>Line one<br>line two</p>", ["Line one\nline two"]),
        ("<p>First.<br><br>Second.<br /> <br>Third.", ["First.", "Second.", "Third."]),
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", ["a", "b", "c", "d"]),
        ("<dl><dt>Who<dd>The mayor<dt>When<dd>Monday</dl>", ["Who", "The mayor", "When", "Monday"]),
        ("<table><tr><td>a<td>b<tr><td>c</table>d", ["a", "b", "c", "d"]),
        ("<p>He said <q>no</q>.</p>", ["He said “no”."]),
        ("<p>A &amp; B&nbsp;C &lt;d&gt; &#8220;e&#x201D; &copy 2024</p>", ["A & B\xa0C <d> “e” © 2024"]),
        ("<p>&nbsp;</p><p> </p><p>x", ["x"]),
        ("<p>a</p>stray</p>b", ["a", "stray", "b"]),
        ("<a href=x>one<a href=y>two", ["onetwo"]),
        ("<p>a\0b", ["ab"]),
        ("text without any element", ["text without any element"]),
        ("<head><title>T</title><p>In the body</head>", ["In the body"]),
        ("<svg><title/><path d='M0 0'/><text>no</text></svg><p>after", ["after"]),
        ("<svg><title a='<'/></title></svg><p>after", ["after"]),
        ("<svg><g><p>A drawing that nobody closed", ["A drawing that nobody closed"]),
        ("<table><tr><td><div>a</td></div><td>b</table>", ["a", "b"]),
        ("<p>one<math class='sr-only'><mi>x</mi></math>", ["one"]),
        ("<button>Share</button><button>Save</button>", ["Share", "Save"]),
        ("<P>Upper <B>case</B></P><DIV>too</DIV>", ["Upper case", "too"]),
    ],
)
def test_blocks_are_what_a_reader_sees_as_units(source: str, expected: list[str]) -> None:
    assert blocks(read(source)) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>gone",
        '<p style="color: red; display : none">gone',
        '<div style="visibility:hidden"><p>gone</p></div>',
        '<i aria-hidden="true">gone</i>',
        '<span aria-hidden="true" class="icon">gone</span>',
        '<span style="height:1px;clip:rect(0 0 0 0)">gone</span>',
        '<span style="clip-path: inset(50%)">gone</span>',
        '<span class="x sr-only">gone</span>',
        "<script>gone()</script>",
        "<style>gone{}</style>",
        "<template><p>gone</template>",
        "<noscript><p>gone</noscript>",
        "<select><option>gone</select>",
        "<textarea>gone</textarea>",
        "<iframe>gone</iframe>",
        "<video>gone</video>",
        "<dialog>gone</dialog>",
        "<!-- gone -->",
        "<svg><text>gone</text></svg>",
        "<ruby>kanji<rp>gone</rp></ruby>",
    ],
)
def test_what_is_hidden_is_no_text(hidden: str) -> None:
    shown = "<p>A sentence that everybody sees.</p>"
    assert "gone" not in read(f"{hidden}</p></div>{shown}").text


def test_a_large_first_letter_is_text_and_an_arrow_is_not() -> None:
    source = '<p><span aria-hidden="true">T</span><span class="sr-only">The</span>he ferry <span aria-hidden="true">→ &times;</span>'
    assert blocks(read(source)) == ["The ferry"]


@pytest.mark.parametrize(
    "shown",
    [
        '<div aria-hidden="true"><p>here</div>',  # the page behind an open dialog
        "<dialog open>here</dialog>",
        '<div><template shadowrootmode="open"><p>here</template></div>',
        '<div hidden id="S:1a"><p>here</div>',  # streamed by React, put into place by a script
        '<p style="display:block">here',
        '<p hidden="until-found">here',
    ],
)
def test_what_a_browser_shows_is_text(shown: str) -> None:
    assert blocks(read(f"{shown}<p>x")) == ["here", "x"]


PROSE = "The council voted on Monday to close the ferry, and the mayor said that he would not object to it. "


def test_an_article_that_is_hidden_is_read_where_nothing_else_is() -> None:
    page = read(f"<p>Subscribe now</p><div hidden><p>{PROSE * 5}</p></div>")
    assert blocks(page) == ["Subscribe now", (PROSE * 5).strip()]


def test_an_article_in_noscript_is_read_where_nothing_else_is() -> None:
    page = read(f"<noscript><p>{PROSE * 5}</p><p>{PROSE}</p></noscript><p>Loading")
    assert blocks(page) == [(PROSE * 5).strip(), PROSE.strip(), "Loading"]


def test_hidden_prose_stays_hidden_beside_an_article() -> None:
    page = read(
        f"<p>{PROSE * 5}</p><p hidden>{'Cookies are small files that sites keep on a computer. ' * 9}</p>"
    )
    assert "Cookies" not in page.text


def test_an_article_in_json_ld_alone_is_read_with_its_bytes() -> None:
    body = "“We close the ferry,” said Ida Moe. " + PROSE * 4
    written = (
        body.replace("“", "\\u201c").replace("”", "\\u201d")
        + '\\n\\nShe \\"left\\" &amp; went <b>home</b>.<\\/p>'
    )
    page = read(
        f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{written}"}}</script><p>Loading'
    )
    assert blocks(page) == ["Loading", body.strip(), 'She "left" & went home.']
    assert page.blocks[1].marks == ("articlebody",)


def test_an_article_on_the_page_is_not_read_twice() -> None:
    page = read(
        f'<script type="application/ld+json">{{"@type":"Article","articleBody":"{PROSE * 4}"}}</script><p>{PROSE * 4}'
    )
    assert blocks(page) == [(PROSE * 4).strip()]


def test_a_block_for_another_screen_is_not_said_twice() -> None:
    page = read(f'<p class="body">{PROSE}</p><p class="body show-on-mobile">{PROSE}</p>')
    assert blocks(page) == [PROSE.strip()]


def test_what_is_said_twice_for_one_screen_stays() -> None:
    page = read(f'<p class="body">{PROSE}</p><blockquote class="reader">{PROSE}</blockquote>')
    assert blocks(page) == [PROSE.strip()] * 2


def test_a_block_knows_its_elements_names_and_links() -> None:
    page = read(
        '<body class="News"><main id="Main" role="main"><p itemprop="articleBody" class="a B">'
        "See <a href=x>the map</a> now.</p><h2><span>Head</span></h2><p><b>All bold</b> <b>here</b></p></main>"
    )
    first, second, third = page.blocks
    assert first.tags == ("html", "body", "main", "p")
    assert first.marks == ("news", "main", "main", "articlebody", "a", "b")
    assert first.link_chars == len("the map")
    assert second.tags[-2:] == ("h2", "span")
    assert third.tags[-1] == "p"


def test_white_space_counts_where_it_is_written() -> None:
    page = read("<pre>\n  one\r\n    two\n\nthree</pre><p style='white-space: pre-line'>a\nb</p>")
    assert page.text == "  one\n    two\n\nthree\n\na\nb"
    assert blocks(page) == ["one", "two", "three", "a", "b"]


def test_white_space_counts_in_a_pre_that_ends_a_paragraph() -> None:
    assert read("<p>a<pre>b\n<i>\n</i>c</pre>").text == "a\n\nb\n\nc"


def test_a_block_is_in_what_holds_all_of_it() -> None:
    page = read("<p><b>one</b> <i>two</i><p><b><i>three</i> four</b><p><b>five</b> ")
    assert [block.tags[1:] for block in page.blocks] == [("p",), ("p", "b"), ("p", "b")]


def test_elements_that_are_alike_are_told_apart_where_it_matters() -> None:
    """Two icons of one class, of which the address of one alone says so."""
    page = read(
        '<p><b aria-hidden="true">a</b><b aria-hidden="true" src="/icon/x">b</b><b>c</b><b hidden>d</b>'
    )
    assert page.text == "ac"


def test_paragraphs_stand_apart_and_items_do_not() -> None:
    assert read("<p>a</p><ul><li>b</li><li>c</li></ul><p>d</p>").text == "a\n\nb\nc\n\nd"


def test_runs_say_how_characters_are_written() -> None:
    page = read("<p>a &amp;\n b</p><p>c")
    written = [(page.text[r.text_start : r.text_end], r.kind) for r in page.runs]
    assert written == [
        ("a ", RunKind.SAME),
        ("&", RunKind.ENTITY),
        (" ", RunKind.ENTITY),
        ("b", RunKind.SAME),
        ("\n\n", RunKind.MADE),
        ("c", RunKind.SAME),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_text_and_bytes_find_each_other(encoding: str, newline: str) -> None:
    source = newline.join(
        ["<html><body>", "<p>“The café”, she", "said &mdash; <b>“no”</b>.</p>", "<p>x&nbsp;y</p>", "", ""]
    )
    content = source.encode(encoding)
    page = read(content)
    assert blocks(page) == ["“The café”, she said — “no”.", "x\xa0y"]
    start = page.text.index("“no”")
    place = byte_span(page.runs, Span(start, start + 4), page.text, page.encoding.name)
    assert place is not None
    assert content[place.start : place.end].decode(page.encoding.name) == "“no”"
    assert text_span(page.runs, place, page.text, page.encoding.name) == Span(start, start + 4)


def test_an_element_beyond_the_flat_depth_is_still_read() -> None:
    assert blocks(read("<div>" * 3000 + "deep" + "</div>" * 3000 + "<p>after")) == ["deep", "after"]
