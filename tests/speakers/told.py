"""Articles for the tests of speakers and days: our notation (tests/marked.py) with a title and a day.

A first line that begins with "# " is the title; what stands after a line "--- comments" is a readers' comment.
"""

from __future__ import annotations

from tests.marked import marked

from onrecord.types import (
    Article,
    Attribution,
    AuthorityEvidence,
    Encoding,
    Origin,
    Page,
    Precision,
    Span,
    When,
    Zone,
    ZoneKind,
)

DAY = "2019-03-13"  # a Wednesday


def told(
    notation: str, *, day: str | None = DAY, authors: tuple[str, ...] = ()
) -> tuple[Article, tuple[Attribution, ...]]:
    """An article and its attributions, in the order of their contents."""
    text, attributions = marked(notation)
    return article_of(text, day=day, authors=authors), attributions


def article_of(text: str, *, day: str | None = DAY, authors: tuple[str, ...] = ()) -> Article:
    """A text as an article with a title zone, a body and perhaps comments."""
    zones = []
    start, end = 0, len(text)
    if text.startswith("# "):
        start = text.index("\n")
        zones.append(Zone(ZoneKind.TITLE, Span(2, start), 1.0))
    cut = text.find("\n--- comments")
    if cut >= 0:
        zones.append(Zone(ZoneKind.COMMENTS, Span(cut, end), 1.0))
        end = cut
    if start < end:
        zones.append(Zone(ZoneKind.BODY, Span(start, end), 1.0))
    page = Page("a", "0" * 64, "text/plain", Origin(), text, Encoding("utf-8", "utf-8"), ())
    published = When(day, Precision.DAY, AuthorityEvidence("given")) if day else None
    return Article(page, tuple(zones), None, (), authors, None, None, "en", True, None, published, None)
