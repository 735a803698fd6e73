"""Merging and splitting in the browser: only where it was allowed, from our own pages, with a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.record.quoting import add, story

from onrecord.faces.web import create_app
from onrecord.record import Record

OURS = {"origin": "http://127.0.0.1"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Record(tmp_path / "record.db") as record:
        add(
            record,
            story("a.txt", "{Ana Ruiz|“The dam is safe,”} Ruiz said."),
            story("b.txt", "{Anna Ruys|“The dam leaks,”} Ruys said."),
        )
    return tmp_path / "record.db"


def client(path: Path, *, edit: bool = True) -> TestClient:
    return TestClient(create_app(str(path), edit=edit), base_url="http://127.0.0.1", follow_redirects=False)


def number(path: Path, name: str) -> int:
    with Record(path, readonly=True) as record:
        return record.find_speakers(name)[0].number


def token(web: TestClient, address: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', web.get(address).text)
    assert found
    return found[1]


def test_without_edit_there_is_no_form_and_no_address(path: Path) -> None:
    web, address = client(path, edit=False), f"/speaker/{number(path, 'Anna Ruys')}"
    assert "token" not in web.get(address).text
    assert (
        web.post(address, data={"same": "Ana Ruiz", "note": "x", "token": ""}, headers=OURS).status_code
        == 405
    )


def test_two_are_one_and_two_again(path: Path) -> None:
    web, address = client(path), f"/speaker/{number(path, 'Anna Ruys')}"
    form = {"token": token(web, address), "same": "Ana Ruiz", "note": "the same engineer"}
    answer = web.post(address, data=form, headers=OURS)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/speaker/{number(path, 'Ana Ruiz')}")
    page = web.get(answer.headers["location"]).text
    assert "2 statements" in page
    assert "Anna Ruys" in page
    with Record(path, readonly=True) as record:
        assert [(d.name, d.into_names, d.note) for d in record.decisions()] == [
            ("Anna Ruys", ("Ana Ruiz",), "the same engineer")
        ]
    form = {"token": token(web, answer.headers["location"]), "apart": "Anna Ruys", "note": "no, two"}
    assert web.post(answer.headers["location"], data=form, headers=OURS).status_code == 303
    assert "1 statement " in web.get(answer.headers["location"]).text


@pytest.mark.parametrize(
    ("changed", "headers", "status"),
    [
        ({"token": "guessed"}, OURS, 403),
        ({"token": ""}, OURS, 403),
        ({}, {"origin": "http://elsewhere.example"}, 403),
        ({}, {"sec-fetch-site": "cross-site"}, 403),
        ({"note": "  "}, OURS, 400),
        ({"same": ""}, OURS, 400),
        ({"same": "Nobody At All"}, OURS, 400),
        ({"apart": "Ana Ruiz"}, OURS, 400),
    ],
)
def test_what_is_not_allowed_changes_nothing(
    path: Path, changed: dict[str, str], headers: dict[str, str], status: int
) -> None:
    web, address = client(path), f"/speaker/{number(path, 'Anna Ruys')}"
    form = {"token": token(web, address), "same": "Ana Ruiz", "note": "the same engineer", **changed}
    assert web.post(address, data=form, headers=headers).status_code == status
    with Record(path, readonly=True) as record:
        assert record.decisions() == ()


def test_the_token_is_another_in_every_server(path: Path) -> None:
    address = f"/speaker/{number(path, 'Anna Ruys')}"
    assert token(client(path), address) != token(client(path), address)
