"""The web pages on a small made record: every link answers, nothing of a page becomes markup."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient
from tests.faces.hostile_record import EVIL

STARTS = [
    "/",
    "/search",
    "/search?q=lamp",
    "/search?q=lamp&speaker=Ruiz&from=2024-01-01&to=2024-12-31&kind=direct",
    "/search?speaker=Ruiz",
    "/search?speaker=Nobody",
    "/search?q=lamp&from=soon",
    "/check",
    "/check?quote=the+lamp+is+lit",
    "/check?quote=the+lamp+is+lit&speaker=Bo",
    "/check?quote=the+lamp+was+lit&speaker=Ana+Ruiz",
    "/check?quote=nothing+of+the+kind+was+said",
    "/check?quote=give+us+a+crown",
    "/check?quote=the+lamp+is+lit+it+flickers+and+flickers",
    "/draft",
    "/speakers?name=Ruiz",
    "/speakers?name=Nobody",
    f"/search?q={EVIL}&speaker={EVIL}&from={EVIL[:10]}&kind={EVIL[:10]}",
    f"/check?quote={EVIL}&speaker={EVIL}",
    "/utterance/" + "ab" * 8,
    "/api/",
    "/api/search?q=lamp",
    "/api/search?speaker=Ruiz&limit=1",
    "/api/check?quote=the+lamp+is+lit",
    "/api/pages",
    "/api/speakers",
    "/api/copies",
    "/api/utterance/" + "ab" * 8,
]


@pytest.fixture(scope="module")
def answers(client: TestClient) -> dict[str, str]:
    """Every address that can be reached from the starts, with the HTML that came."""
    seen: dict[str, str] = {}
    todo = list(STARTS)
    while todo:
        address = todo.pop().partition("#")[0]
        if address in seen:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.text[:300])
        is_html = answer.headers["content-type"].startswith("text/html")
        seen[address] = answer.text if is_html else ""
        if is_html:
            links = re.findall(r'(?:href|src|cite)="([^"]*)"', answer.text)
            todo += [link for link in map(html.unescape, links) if not link.startswith("#")]
    return seen


def test_every_link_leads_somewhere_on_this_site(answers: dict[str, str]) -> None:
    assert all(address.startswith("/") and not address.startswith("//") for address in answers)
    for kind in ("/page?", "/page/bytes?", "/speaker/", "/utterance/", "/static/style.css", "/copies"):
        assert any(address.startswith(kind) for address in answers), kind


class Tags(HTMLParser):
    """Start tags with their attributes, in order, and the ids in use."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_nothing_that_a_page_says_becomes_markup(answers: dict[str, str]) -> None:
    told = 0
    for address, text in answers.items():
        told += html.escape("<script>alert(") in text or "&lt;script&gt;alert(" in text
        for tag, attrs in Tags(text).tags:
            assert tag not in {"img", "iframe", "object", "embed", "base", "style"}, address
            assert tag != "script" or set(attrs) == {"src", "defer"}, address
            assert not [key for key in attrs if key.startswith("on") or key == "style"], (address, attrs)
            for key in ("href", "src", "action", "cite"):
                assert not (attrs.get(key) or "/").lower().startswith(("javascript:", "data:", "http")), attrs
    assert told > 8


def test_every_page_has_one_main_a_title_a_heading_and_names_for_what_can_be_filled_in(
    answers: dict[str, str],
) -> None:
    for address, text in answers.items():
        if not text:
            continue
        tags = Tags(text).tags
        names = [tag for tag, _ in tags]
        assert names.count("main") == 1, address
        assert names.count("h1") == 1, address
        assert re.search(r"<title>\s*\S.*</title>", text), address
        assert ("html", {"lang": "en"}) in tags
        labelled = {attrs.get("for") for tag, attrs in tags if tag == "label"}
        for tag, attrs in tags:
            if tag in {"input", "select", "textarea"}:
                assert attrs.get("id") in labelled, (address, attrs)
            if tag == "form":
                assert attrs.get("aria-label"), address
                assert attrs.get("method", "get") == ("post" if attrs["action"] == "/draft" else "get"), (
                    address
                )
            if tag == "svg":
                assert attrs.get("aria-hidden") or attrs.get("aria-labelledby"), address
            if attrs.get("role") == "region" or tag == "nav":
                assert attrs.get("aria-label") or attrs.get("aria-labelledby"), address


def test_ids_are_unique_and_what_is_referred_to_is_there(answers: dict[str, str]) -> None:
    for address, text in answers.items():
        tags = Tags(text).tags
        ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
        assert len(ids) == len(set(ids)), address
        for _, attrs in tags:
            for key in ("aria-describedby", "aria-labelledby", "list"):
                assert set((attrs.get(key) or "").split()) <= set(ids), (address, key, attrs)
            if (attrs.get("href") or "").startswith("#"):
                assert (attrs["href"] or "")[1:] in ids, (address, attrs)


def test_statements_are_marked_in_the_article_and_told_by_more_than_colour(answers: dict[str, str]) -> None:
    (text,) = (text for address, text in answers.items() if address.startswith("/page?id=pages"))
    said = re.findall(r'<span class="said (\w+) s\w+"', text)
    assert sorted(said) == ["direct", "direct", "direct", "indirect"]
    assert (
        html.unescape(
            re.search(
                r"<details|<section class=\"zone aside-zone z-appeal\"[^>]*>(.*?)</section>", text, re.S
            ).group(0)
        ).count("Give us a crown.")
        == 1
    )  # type: ignore[union-attr]
    assert "Appeal to readers, not part of the article" in text
    assert 'role="tooltip"' in text
    for words in ("Ana", "11 March 2024", "91 %", "97 %", "the lighting", "perhaps Bo"):
        assert words in text, words


def test_the_place_in_the_file_is_marked(answers: dict[str, str]) -> None:
    marked = [
        html.unescape(re.search(r"<mark>(.*?)</mark>", text, re.S).group(1))  # type: ignore[union-attr]
        for address, text in answers.items()
        if address.startswith("/page/bytes") and "end=" in address
    ]
    assert "“It flickers,”" in marked
    assert "“The lamp is lit & it stays lit,” Ana Ruiz said on Monday. “Nobody <b>pays</b> for it.”" in marked


def test_the_check_says_its_verdict_in_words(client: TestClient) -> None:
    for quote, verdict in (("it flickers", "verbatim"), ("nothing of the kind was said", "absent")):
        text = client.get("/check", params={"quote": quote}).text
        assert f"v-{verdict}" in text
        assert "This answer rests on 2 articles" in text


def test_a_speaker_who_is_not_settled_on_record_gives_no_comfort(client: TestClient) -> None:
    text = client.get("/check", params={"quote": "it flickers", "speaker": "Ana Ruiz"}).text
    assert "v-verbatim" not in text
    assert "v-open" in text or "v-misattributed" in text


def test_the_api_has_the_same_answer(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "lamp", "kind": "direct"}).json()
    assert found["n_found"] == 2
    assert {s["kind"] for s in found["statements"]} == {"direct"}
    page = client.get("/api/page", params={"id": "../pier.txt"}).json()
    (statement,) = page["statements"]
    assert page["text"][slice(*statement["content"][0])] == "“The lamp is lit,”"
