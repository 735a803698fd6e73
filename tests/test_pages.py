"""Golden pages: tests/pages/<slug>/page.* reads as expected.json says. `make gold PAGE=<slug>` rewrites one."""

from __future__ import annotations

import tomllib

import pytest
from tests.gold import PAGES, described, expected, read, slugs

pytestmark = pytest.mark.weights


@pytest.mark.parametrize("slug", slugs())
def test_the_page_reads_as_expected(slug: str) -> None:
    assert described(read(slug)) == expected(slug)


@pytest.mark.parametrize("slug", slugs())
def test_the_page_says_where_it_is_from_and_why_it_is_here(slug: str) -> None:
    about = tomllib.loads((PAGES / slug / "about.toml").read_text(encoding="utf-8"))
    assert set(about) == {"origin", "licence", "why"}
