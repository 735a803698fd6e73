"""Pages that carry their article in a script's data alone."""

from __future__ import annotations

import json
import time

import pytest
from tests.page.reading import blocks, raw, read, turned_away

from onrecord.page import parse_page

PARAGRAPHS = (
    "The lock at Brennick will stay shut until the autumn, its keeper told the harbour board on Tuesday evening.",
    "“Nobody was hurt, and nobody will be,” said Odo Farr, who has kept the lock & its weir for twenty-one years.",
    "The board had asked for a report after a barge struck the northern gate in January and sank within the hour.",
    "Divers found two cracks in the gate, neither of them deep, and both will be closed before the winter.",
    "Until then, boats for the lake must go round by Ferrow, which takes a day.",
)
HTML = "".join(f"<p>{p.replace('&', '&amp;')}</p>" for p in PARAGRAPHS)
SHELL = "<html><head><title>Lock stays shut</title></head><body><div id=app></div>{}</body></html>"


def next_data(value: object) -> str:
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(value)}</script>'


CASES = {
    "one string of HTML": next_data({"props": {"article": {"title": "Lock", "bodyHtml": HTML}}}),
    "one string, its marks escaped": next_data({"a": {"body": HTML}}).replace("<p>", "\\u003cp\\u003E"),
    "a paragraph a string": next_data(
        {"content": [{"type": "paragraph", "text": p} for p in PARAGRAPHS], "footer": [{"text": "x y"}]}
    ),
    "window": f"<script>window.__PRELOADED_STATE__ = {json.dumps({'story': {'content': HTML}})};</script>",
    "apollo": f"<script>window.__APOLLO_STATE__={json.dumps({'Story:1': {'body': list_}}) if (list_ := [{'html': '<p>' + p + '</p>'} for p in PARAGRAPHS]) else ''}</script>",
    "nuxt": '<script>window.__NUXT__=(function(a){return {data:[{body:"'
    + HTML.replace('"', '\\"').replace("<p>", "\\x3Cp>").replace("/", "\\/").replace("’", "\\'")
    + '"}]}}(1));</script>',
}


@pytest.mark.parametrize("name", CASES)
def test_the_article_is_read_from_the_applications_state(name: str) -> None:
    page = read(SHELL.format(CASES[name]))
    assert [b for b in blocks(page) if len(b) > 60] == list(PARAGRAPHS)


def test_escapes_of_every_kind_are_what_their_bytes_say() -> None:
    written = "\\q\\x41\\xZ\\u12\\1\\'\\ud83d.\\u201cB\\u201d &amp; <b>c</b>"
    page = read(
        SHELL.format(f'<script>window.__S_T__={{"body":"{" ".join(PARAGRAPHS)} {written}"}}</script>')
    )
    assert page.text.endswith("qAxZu121'\ufffd.“B” & c")


def test_where_the_page_shows_its_article_the_state_is_not_read() -> None:
    shown = "".join(f"<p>{p} And so on.</p>" for p in PARAGRAPHS).replace("&", "&amp;")
    page = read(SHELL.format(shown + CASES["window"]))
    assert blocks(page) == [f"{p} And so on." for p in PARAGRAPHS]


def test_the_longer_of_a_teaser_in_json_ld_and_the_state_is_read() -> None:
    teaser = json.dumps({"@type": "NewsArticle", "articleBody": " ".join(PARAGRAPHS[:2]) + "…"})
    page = read(SHELL.format(f'<script type="application/ld+json">{teaser}</script>' + CASES["window"]))
    assert [b for b in blocks(page) if len(b) > 60] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "script",
    [
        '<script>window.__X_Y__={"css":"' + "a { color: red; } " * 60 + '"}</script>',
        '<script>window.__X_Y__={"code":"' + "if (a.b) { return c.d; } " * 60 + '"}</script>',
        '<script>window.__X_Y__={"token":"' + "abcdef" * 300 + '"}</script>',
        '<script>window.__X_Y__={"note":"We wish you a good day. Please come again."}</script>',
    ],
)
def test_what_is_no_prose_is_not_read(script: str) -> None:
    assert "shows no text" in turned_away(SHELL.format(script))


@pytest.mark.parametrize(
    "piece", ['"a":"', '"a":"b c. ', "<script>window.__A__=", '\\"', '{"text":"One two. ']
)
def test_a_flood_is_read_in_one_pass(piece: str) -> None:
    def seconds(n: int) -> float:
        start = time.process_time()
        turned = SHELL.format("<script>window.__STATE__=" + piece * n)

        parse_page(raw(turned))
        return time.process_time() - start

    assert seconds(40_000) < 10 * seconds(10_000) + 0.1
