"""A record that every test may fill: a clock that stands still, a file that goes away."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.record import Record

NOON = "2030-01-01T12:00:00+00:00"


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty record to copy: making one waits for the disk."""
    path = tmp_path_factory.mktemp("empty") / "record.db"
    Record(path, now=lambda: NOON).close()
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where there is nothing yet."""
    return tmp_path / "record.db"


@pytest.fixture
def record(path: Path, empty: Path) -> Iterator[Record]:
    shutil.copy(empty, path)
    with Record(path, now=lambda: NOON) as record:
        yield record
