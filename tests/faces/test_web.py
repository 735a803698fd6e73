"""The web pages on a small made record: every link answers, nothing of a page becomes markup, headers hold."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.faces.web import create_app
from onrecord.faces.web.guard import host_name
from onrecord.page import parse_page
from onrecord.pipeline import Options
from onrecord.record import Record, Report, Utterance
from onrecord.types import (
    Addressee,
    Article,
    Attribution,
    CopyKind,
    CopyLink,
    Day,
    Kind,
    Occasion,
    Origin,
    Page,
    Precision,
    RawPage,
    Reader,
    Reading,
    Sketch,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    TextEvidence,
    Title,
    Unresolved,
    When,
    Zone,
    ZoneKind,
)

EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>"
LAMP = (
    f"Mayor {EVIL} lights lamp\n\n"
    "“The lamp is lit & it stays lit,” Ana Ruiz said on Monday. “Nobody <b>pays</b> for it.”\n\n"
    "The council said that the lamp was old.\n\n"
    "“It flickers,” somebody said.\n\n"
    "Give us a crown.\n"
)
PIER = "Pier closed\n\n“The lamp is lit,” Ana Ruiz told the Echo.\n"


def made(
    page_id: str, text: str, published: str | None, *said: tuple[Speaker | Unresolved, str, str, str]
) -> tuple[RawPage, Reading]:
    """A page and its reading: title in the first line, an appeal if the last one asks to give."""
    content = text.encode()
    raw = RawPage(page_id, content, hashlib.sha256(content).hexdigest(), "text/plain", Origin(path=page_id))
    page = parse_page(raw)
    assert isinstance(page, Page)
    title = text.split("\n")[0]
    body_end = text.rindex("\n", 0, len(text) - 1) if "Give us" in text else len(text) - 1
    zones = [
        Zone(ZoneKind.TITLE, Span(0, len(title)), 0.9),
        Zone(ZoneKind.BODY, Span(len(title) + 2, body_end), 0.9),
    ]
    if "Give us" in text:
        zones.append(Zone(ZoneKind.APPEAL, Span(body_end + 1, len(text) - 1), 0.8))

    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    statements = []
    for speaker, contents, cue, source in said:
        spans = tuple(span(words) for words in contents.split("|"))
        kind = Kind.DIRECT if "“" in contents else Kind.INDIRECT
        statements.append(
            Statement(
                id=hashlib.sha256(f"{page_id}{contents}".encode()).hexdigest()[:16],
                parent=None,
                attribution=Attribution((span(source),), (span(cue),), spans, kind, 0.91),
                speaker=speaker,
                addressee=Addressee("the Echo", TextEvidence(span(source))),
                occasion=Occasion("the lighting", TextEvidence(span(source))),
                said_on=Day("2024-03-11", None, "weekday", TextEvidence(span(cue))) if published else None,
            )
        )
    article = Article(
        page=page,
        zones=tuple(zones),
        title=title,
        titles=(Title("text", title),),
        authors=(f"By {EVIL}",),
        publisher=f"The {EVIL} Echo",
        credited_to=None,
        language="en",
        read_language=True,
        url=f"javascript:alert(1)//{EVIL}",
        published=When(published, Precision.DAY, TextEvidence(Span(0, 1))) if published else None,
        modified=None,
    )
    return raw, Reading(article, tuple(statements), Reader("0.0", (("attributions", "ab" * 32),)))


def person(name: str) -> Speaker:
    return Speaker((name,), SpeakerKind.PERSON, 0.97, TextEvidence(Span(0, 1)))


@pytest.fixture(scope="module")
def record_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "made.db"
    ana, council = (
        person(f"Ana {EVIL} Ruiz"),
        Speaker(("Council of Lamps",), SpeakerKind.ORGANIZATION, 0.9, TextEvidence(Span(0, 1))),
    )
    no_one = Unresolved(f"two fit {EVIL}", (f"Bo {EVIL}", "Cy"))
    pages = [
        made(
            f"pages/lamp {EVIL}?&#.txt",
            LAMP,
            "2024-03-12",
            (ana, "“The lamp is lit & it stays lit,”|“Nobody <b>pays</b> for it.”", "said on", "Ana Ruiz"),
            (council, "that the lamp was old", "council said", "The council"),
            (no_one, "“It flickers,”", "somebody said", "somebody"),
        ),
        made("../pier.txt", PIER, None, (ana, "“The lamp is lit,”", "told", "Ana Ruiz")),
    ]
    with Record(path) as record:
        for raw, reading in pages:
            record.add(raw, reading, Sketch(0, tuple(range(128)), ()))
        ids = [raw.id for raw, _ in pages]
        record.link_copies(CopyLink(ids[0], ids[1], CopyKind.SHORTENED, 0.93))
        told = [entry.number for entry in record.statements(speaker=ana.names[0])]
        record.replace_utterances(
            told,
            [Utterance("ab" * 8, None, "2024-03-11", None, tuple(Report(n, EVIL) for n in told), 1)],
        )
    return path


@pytest.fixture(scope="module")
def client(record_path: Path) -> Iterator[TestClient]:
    app = create_app(str(record_path), options=Options(tagger="rules"))
    with TestClient(app, base_url="http://127.0.0.1:8321") as client:
        yield client


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


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere", 404),
        ("/page?id=nowhere", 404),
        ("/page", 404),
        ("/page/bytes?id=nowhere", 404),
        ("/page?id=../pier.txt&start=-1", 400),
        ("/page?id=../pier.txt&start=" + "9" * 30, 400),
        ("/page/bytes?id=../pier.txt&start=zero", 400),
        ("/speaker/999999", 404),
        ("/speaker/99999999999999999999999", 404),
        ("/utterance/none", 404),
        ("/search?q=" + "a" * 1001, 400),
        ("/static/../app.py", 404),
        ("/static/none.css", 404),
    ],
)
def test_what_is_not_there_says_so_in_both_shapes(client: TestClient, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert "Back to the start" in answer.text
    if "/static" in address or "start=" in address:
        return
    api = client.get("/api" + address)
    assert api.headers["content-type"] == "application/json"
    assert list(api.json()) == ["error"]
    assert api.json()["error"]["status"] == api.status_code
    assert isinstance(api.json()["error"]["message"], str)


def test_beyond_the_end_nothing_breaks(client: TestClient) -> None:
    for address in (
        "/page?id=../pier.txt&start=99999",
        "/page/bytes?id=../pier.txt&start=99999&end=100000",
        "/page/bytes?id=../pier.txt&start=5&end=3",
        "/search?q=lamp&offset=1000",
        "/articles?offset=99",
    ):
        assert client.get(address).status_code == 200, address


def test_only_get_is_answered(client: TestClient) -> None:
    for path in ("/", "/api/search", "/speakers"):
        for method in ("POST", "PUT", "DELETE", "OPTIONS"):
            assert client.request(method, path).status_code == 405


def test_headers_on_everything(client: TestClient) -> None:
    for address in ("/", "/api/", "/nowhere", "/static/style.css", "/page?id=../pier.txt"):
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "unsafe" not in policy
        assert "*" not in policy
        for directive in ("base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
            assert directive in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "[::1", "localhost@evil.example"]
)
def test_another_host_is_turned_away(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert answer.json()["error"]["status"] == 400
    assert answer.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["127.0.0.1:8321", "localhost", "LOCALHOST:80", "[::1]:8321"])
def test_this_machine_is_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


def test_a_host_that_was_configured_is_answered(record_path: Path) -> None:
    client = TestClient(create_app(str(record_path), hosts=("Desk.example",)), base_url="http://desk.example")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("header", "name"),
    [("a:1", "a"), ("[::1]:8", "[::1]"), ("[::1]x", ""), ("x]:1", ""), ("A.B", "a.b"), ("", "")],
)
def test_host_names(header: str, name: str) -> None:
    assert host_name(header) == name


def test_no_record_is_said_on_the_page(tmp_path: Path) -> None:
    client = TestClient(create_app(str(tmp_path / "none.db")), base_url="http://localhost")
    assert client.get("/").status_code == 503
    assert "onrecord add" in client.get("/").text
    assert client.get("/api/").json()["error"]["status"] == 503


def test_nothing_is_fetched_from_elsewhere() -> None:
    static = Path(__file__).parents[2] / "src/onrecord/faces/web"
    for path in [*(static / "static").iterdir(), *(static / "templates").iterdir()]:
        text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        assert not re.search(r"(https?:)?//[a-z]|@import|url\(", text), path.name


def test_the_api_index_names_every_endpoint(client: TestClient) -> None:
    index = json.loads(client.get("/api/").text)
    assert all(index["endpoints"].values())
    documented = (Path(__file__).parents[2] / "docs/web.md").read_text(encoding="utf-8")
    assert set(index["endpoints"]) == set(re.findall(r"^\| `(/api/[^`]*)`", documented, re.M))
