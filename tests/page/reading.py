"""How the tests of this room read a page: `read("<p>x")`, and `blocks` as strings."""

import hashlib

from onrecord.page import Limits, parse_page
from onrecord.runs import check_runs
from onrecord.types import Origin, Page, RawPage, Rejected


def raw(content: str | bytes, media_type: str = "text/html", declared: str | None = None) -> RawPage:
    """A page of this content; text is written in UTF-8."""
    octets = content.encode() if isinstance(content, str) else content
    return RawPage(
        "page.html",
        octets,
        hashlib.sha256(octets).hexdigest(),
        media_type,
        Origin(path="page.html"),
        declared_encoding=declared,
    )


def read(content: str | bytes, media_type: str = "text/html", declared: str | None = None) -> Page:
    """The page, read; every character of it checked against its bytes."""
    page = parse_page(raw(content, media_type, declared))
    assert isinstance(page, Page), page
    octets = content.encode() if isinstance(content, str) else content
    assert check_runs(octets, page.text, page.runs, page.encoding.name) == ()
    return page


def turned_away(content: str | bytes, limits: Limits = Limits()) -> str:
    """Why a page is turned away."""
    rejected = parse_page(raw(content), limits=limits)
    assert isinstance(rejected, Rejected)
    assert rejected.room == "page"
    return rejected.reason


def blocks(page: Page) -> list[str]:
    """The text of every block."""
    return [page.text[block.span.start : block.span.end] for block in page.blocks]


def facts(page: Page) -> dict[tuple[str, str], str]:
    """The first value of every key and where."""
    out: dict[tuple[str, str], str] = {}
    for fact in page.facts:
        out.setdefault((fact.key, fact.where), fact.value)
    return out
