"""What the web turns away, what it says of what is not there, and the headers that hold on everything."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.faces.web import create_app
from onrecord.faces.web.guard import host_name


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
