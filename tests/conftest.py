"""What every room's tests share: how properties are tried, and where the seeds lie, if they do."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

import onrecord

# In CI a property is tried on the same cases every time; elsewhere on new ones, to find what CI cannot.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_configure() -> None:
    """Stop where a module has changed since it was compiled: Python would take the old one."""
    for compiled in Path(onrecord.__file__).parent.rglob("*.so"):
        source = compiled.with_name(f"{compiled.name.partition('.')[0]}.py")
        if source.stat().st_mtime > compiled.stat().st_mtime:
            raise pytest.UsageError(f"{source} is newer than its compiled module: make install, or make pure")


SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture
def shared() -> Path:
    """The folder with seeds, data and scorers beside the checkout; the test is skipped without it."""
    if not (SHARED / "seeds").is_dir():
        pytest.skip("no ../shared beside the checkout")
    return SHARED
