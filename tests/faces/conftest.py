"""The record that tries to become markup, and a server on it that every test of a module shares."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.faces.hostile_record import fill

from onrecord.faces.web import create_app
from onrecord.pipeline import Options


@pytest.fixture(scope="module")
def record_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "made.db"
    fill(path)
    return path


@pytest.fixture(scope="module")
def client(record_path: Path) -> Iterator[TestClient]:
    app = create_app(str(record_path), options=Options(tagger="rules"))
    with TestClient(app, base_url="http://127.0.0.1:8321") as client:
        yield client
