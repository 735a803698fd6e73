"""The draft check in a browser: what it shows, whom it answers, what a form may hold."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from onrecord import Options, Record, pipeline
from onrecord.faces.web import create_app, posted
from onrecord.faces.web.posted import Field, parse_multipart

RULES = Options(tagger="rules")
SITE = "http://127.0.0.1:8321"
PAGE = """Lamp stays lit

“We will keep the lamp lit until the last boat is home,” Ines Calder told the council.

“The keeper paid nine crowns for oil,” she said. The hall was full, and people stood in the street.

“Nobody repaired the northern window,” she added.
"""
DRAFT = """“We will keep the lamp dark until the last boat is home,” said Ines Calder <script>alert(1)</script>.

“The keeper paid nine crowns for oil. Nobody repaired the northern window,” she said.

“The keeper paid nine crowns.”

We saw “The Long Good Night”.
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("draft")
    (folder / "lamp.txt").write_text(PAGE, encoding="utf-8")
    with Record(folder / "record.db") as record:
        list(pipeline.add(record, [str(folder / "lamp.txt")], options=RULES))
    with TestClient(create_app(str(folder / "record.db"), options=RULES), base_url=SITE) as client:
        yield client


def claims(text: str) -> list[tuple[str, str, str]]:
    """Verdict, place and words of each answer, in the order of the page."""
    found = re.findall(
        r'<li id="q\d+" class="v-([\w-]+)">.*?<p class="meta"><span>(.*?)</span>.*?<blockquote>(.*?)</blockquote>',
        text,
        re.S,
    )
    return [(verdict, place, html.unescape(words)) for verdict, place, words in found]


def test_a_pasted_draft_is_answered_in_its_own_order(client: TestClient) -> None:
    answer = client.post("/draft", data={"text": DRAFT})
    assert answer.status_code == 200
    assert [(verdict, place) for verdict, place, _ in claims(answer.text)] == [
        ("altered", "line 1"),
        ("spliced", "line 3"),
        ("verbatim", "line 5"),
    ]
    assert "3 quotations in the draft" in answer.text
    assert "The Long Good Night" in answer.text.split("Passed over")[1]
    assert "<script>alert" not in answer.text
    assert answer.text.count("<script") == 1  # ours


def test_the_diff_and_the_seam_are_marked(client: TestClient) -> None:
    text = client.post("/draft", data={"text": DRAFT}).text
    assert "<del>dark</del> <ins>lit</ins>" in re.sub(r"\s+", " ", text)
    parts = re.findall(r'<span class="part">(.*?)</span>', text)
    assert [html.unescape(p).strip("“”.,") for p in parts] == [
        "The keeper paid nine crowns for oil",
        "Nobody repaired the northern window",
    ]
    assert "people stood in the street" in text


def test_a_file_is_read_by_its_name(client: TestClient) -> None:
    markdown = "“We will keep the lamp lit until\nthe last boat is home,” said Ines Calder.".encode()
    answer = client.post("/draft", files={"file": ("C:\\notes\\lamp.md", markdown)}, data={"text": ""})
    assert "1 quotation in lamp.md" in answer.text
    assert [verdict for verdict, _, _ in claims(answer.text)] == ["verbatim"]


def test_the_same_answer_alone(client: TestClient) -> None:
    text = client.post("/draft", data={"text": DRAFT}).text
    for address in re.findall(r'href="(/check\?[^"]*)"', text):
        assert client.get(html.unescape(address)).status_code == 200


@pytest.mark.parametrize(
    "fields", [{"text": ""}, {"text": " \n"}, {"other": "x"}, {"text": "a" * 400_001}, {"speaker": "Bo"}]
)
def test_no_draft_says_what_is_wanted(client: TestClient, fields: dict[str, str]) -> None:
    answer = client.post("/draft", data=fields)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_a_broken_file_says_why(client: TestClient) -> None:
    answer = client.post("/draft", files={"file": ("a.docx", b"PK\x03\x04 torn")})
    assert answer.status_code == 400
    assert "broken Word document" in answer.text


def test_a_draft_without_quotations_says_so(client: TestClient) -> None:
    answer = client.post("/draft", data={"text": "Nobody is quoted here at all."})
    assert answer.status_code == 200
    assert "0 quotations" in answer.text


def test_the_api_takes_a_body_and_answers_in_the_shape_of_the_command(client: TestClient) -> None:
    answer = client.post("/api/draft?name=lamp.txt", content=DRAFT.encode())
    found = answer.json()
    assert answer.status_code == 200
    assert [(q["line"], q["verdict"]) for q in found["quotations"]] == [
        (1, "altered"),
        (3, "spliced"),
        (5, "verbatim"),
    ]
    assert not found["is_good"]
    assert found["passed_over"] == [{"where": "lamp.txt, line 7", "quote": "“The Long Good Night”"}]
    alone = client.post(
        "/api/draft?speaker=Bo+Reyes", content="“The keeper paid nine crowns.”".encode()
    ).json()
    assert [(q["claimed"], q["verdict"]) for q in alone["quotations"]] == [("Bo Reyes", "misattributed")]
    for body, headers, status in ((b"", {}, 400), (DRAFT.encode(), {"origin": "http://evil.example"}, 403)):
        refused = client.post("/api/draft", content=body, headers=headers)
        assert refused.status_code == status
        assert refused.json()["error"]["status"] == status


# ------------------------------------------------------------------------------- who may ask


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": SITE + ".evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_another_sites_form_is_turned_away(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/draft", data={"text": DRAFT}, headers=headers)
    assert answer.status_code == 403
    assert answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "headers",
    [{"origin": SITE}, {"origin": SITE, "sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}],
)
def test_our_own_form_is_taken(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/draft", data={"text": DRAFT}, headers=headers).status_code == 200


def test_too_large_is_413_before_it_is_read_and_while(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posted, "MAX_BODY", 1_000)
    assert client.post("/draft", data={"text": "a" * 2_000}).status_code == 413
    headers = {"content-type": "application/x-www-form-urlencoded"}
    chunks = (b"text=" + b"a" * 400 for _ in range(5))  # no content-length
    assert client.post("/draft", content=chunks, headers=headers).status_code == 413


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/json", b"{}", 415),
        ("", b"text=a", 415),
        ("multipart/form-data", b"x", 400),
        ("multipart/form-data; boundary=b", b"--c\r\n\r\n--c--", 400),
        ("multipart/form-data; boundary=b", b"--b\r\nX: y\r\n\r\na\r\n--b--", 400),
        ("application/x-www-form-urlencoded", b"&".join(b"a=%d" % i for i in range(50)), 400),
        ("application/x-www-form-urlencoded", "text=ö".encode(), 400),
    ],
)
def test_what_is_no_form(client: TestClient, content_type: str, body: bytes, status: int) -> None:
    answer = client.post("/draft", content=body, headers={"content-type": content_type})
    assert answer.status_code == status


def test_other_methods_and_pages_take_no_form(client: TestClient) -> None:
    for method, path in (("PUT", "/draft"), ("DELETE", "/draft"), ("POST", "/check"), ("POST", "/")):
        assert client.request(method, path).status_code == 405


BOUNDARY = b"--------b"


def multipart(**fields: tuple[str, bytes]) -> bytes:
    body = b""
    for name, (filename, content) in fields.items():
        disposition = f'form-data; name="{name}"' + (f'; filename="{filename}"' if filename else "")
        body += (
            b"--" + BOUNDARY + f"\r\nContent-Disposition: {disposition}\r\n\r\n".encode() + content + b"\r\n"
        )
    return body + b"--" + BOUNDARY + b"--\r\n"


@given(st.binary(max_size=200).filter(lambda b: BOUNDARY not in b), st.binary(max_size=50))
def test_a_file_comes_out_byte_for_byte(content: bytes, text: bytes) -> None:
    found = parse_multipart(multipart(file=("a.bin", content), text=("", text)), BOUNDARY)
    assert found == {"file": Field(content, "a.bin"), "text": Field(text)}


@given(st.binary(max_size=200))
def test_any_body_is_fields_or_a_refusal(body: bytes) -> None:
    with suppress(HTTPException):  # any other error fails the test
        assert isinstance(parse_multipart(body, b"b"), dict)


def test_no_file_is_left_behind(client: TestClient, tmp_path: Path) -> None:
    before = sorted(tmp_path.parent.rglob("*"))
    client.post("/draft", files={"file": ("a.txt", DRAFT.encode())})
    assert sorted(tmp_path.parent.rglob("*")) == before
