"""The search page: words, what is near in meaning, and narration, each under its own name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from tests.record.quoting import add, story

from onrecord.faces.web import create_app
from onrecord.pipeline import open_record

pytestmark = pytest.mark.weights

WARD = story(
    "ward.txt",
    "Nurses walked through the snow.\n\nRuiz said {Ana Ruiz|the hospital would close two wards for lack of nurses}.",
    comments="\n\nbluebell: What about the physicians?",
)
BREAD = story("bread.txt", "Lund said {Bo Lund|bread prices had gone up since the harvest failed}.")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("web") / "record.db"
    with open_record(path) as record:
        add(record, WARD, BREAD)
        record.read_meanings()
    with TestClient(create_app(str(path)), base_url="http://127.0.0.1") as client:
        yield client


def test_near_ones_stand_under_their_own_heading(client: TestClient) -> None:
    page = client.get("/search", params={"q": "clinics shut down departments, too few nurses"}).text
    assert "No statement has all these words." in page
    assert page.index("Near in meaning") < page.index("the hospital would close two wards")
    assert "% alike" in page
    assert "bread prices" not in page


def test_words_alone_and_meaning_alone(client: TestClient) -> None:
    asked = "clinics shut down departments, too few nurses"
    assert "Near in meaning" not in client.get("/search", params={"q": asked, "by": "words"}).text
    page = client.get("/search", params={"q": "hospital wards", "by": "meaning"}).text
    assert "Looked for by meaning alone." in page
    assert "the hospital would close two wards" in page


def test_narration_is_shown_as_nobodys_quotation(client: TestClient) -> None:
    page = client.get("/search", params={"q": "snow"}).text
    assert "nobody’s quotation" in page
    assert page.index("nobody’s quotation") < page.index("walked through the")
    assert ">narration<" in page
    page = client.get("/search", params={"q": "physicians", "by": "words"}).text
    assert "Readers’ comments" in page


def test_a_quotations_own_words_are_no_narration(client: TestClient) -> None:
    assert "nobody’s quotation" not in client.get("/search", params={"q": "bread harvest"}).text


def test_the_api_says_which_kind_of_match_it_is(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "too few nurses in the clinics"}).json()
    assert (found["n_found"], found["n_near"]) == (0, 1)
    assert found["statements"][0]["match"] == "meaning"
    assert 0.4 < found["statements"][0]["likeness"] <= 1
    found = client.get("/api/search", params={"q": "wards", "by": "words"}).json()
    assert [(s["match"], s["likeness"]) for s in found["statements"]] == [("words", None)]
    assert client.get("/api/search", params={"q": "wards", "by": "magic"}).status_code == 400


def test_a_check_says_that_meaning_found_it(client: TestClient) -> None:
    quote = "The hospital is going to shut two wards for lack of nurses."
    found = client.get("/api/check", params={"quote": quote, "speaker": "Ana Ruiz"}).json()
    assert (found["verdict"], found["found_by"]) in (("reported", "meaning"), ("reported", "words"))
    page = client.get("/check", params={"quote": quote, "speaker": "Ana Ruiz"}).text
    assert ("found by its meaning" in page) == (found["found_by"] == "meaning")
    assert (
        client.get("/api/check", params={"quote": quote, "speaker": "Bo Lund"}).json()["verdict"] == "absent"
    )
