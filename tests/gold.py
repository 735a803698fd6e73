"""The golden pages: tests/pages/<slug>/ with the page, about.toml (origin, licence, why it is here) and expected.json.

    python -m tests.gold SLUG...        (make gold PAGE=<slug>; without a slug: all of them)

Rewrites expected.json from what the program reads now. It is expected only once a person has read the difference and found
it right. A zone is its kind, its first and last character, and how it begins and ends, for whoever reads the file.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from onrecord.article import find_article
from onrecord.page import parse_page
from onrecord.types import Article, Origin, Page, RawPage, Unresolved, When

PAGES = Path(__file__).parent / "pages"


def slugs() -> list[str]:
    """The golden pages by name."""
    return sorted(path.parent.name for path in PAGES.glob("*/about.toml"))


def read(slug: str) -> Article:
    """A golden page as the program reads it."""
    path = next((PAGES / slug).glob("page.*"))
    content = path.read_bytes()
    media_type = "text/html" if path.suffix == ".html" else "text/plain"
    origin = Origin(f"tests/pages/{slug}/{path.name}")
    page = parse_page(
        RawPage(f"{slug}/{path.name}", content, hashlib.sha256(content).hexdigest(), media_type, origin)
    )
    assert isinstance(page, Page), page
    return find_article(page)


def described(article: Article) -> dict[str, Any]:
    """What expected.json says of an article."""
    text = article.page.text
    return {
        "title": article.title,
        "authors": list(article.authors),
        "publisher": article.publisher,
        "credited_to": article.credited_to,
        "published": _when(article.published),
        "modified": _when(article.modified),
        "language": article.language,
        "url": article.url,
        "zones": [
            [z.kind.value, z.span.start, z.span.end, _ends(text[z.span.start : z.span.end])]
            for z in article.zones
        ],
    }


def _when(when: When | Unresolved | None) -> str | list[str] | None:
    return when.date if isinstance(when, When) else list(when.candidates) if when else None


def _ends(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else f"{words[:30]} … {words[-24:]}"


def expected(slug: str) -> dict[str, Any]:
    """What the page should read as."""
    found: dict[str, Any] = json.loads((PAGES / slug / "expected.json").read_text(encoding="utf-8"))
    return found


def main() -> None:
    for slug in sys.argv[1:] or slugs():
        found = described(read(slug))
        zones = ",\n    ".join(json.dumps(zone, ensure_ascii=False) for zone in found.pop("zones"))
        head = json.dumps(found, ensure_ascii=False, indent=2).rstrip("\n}")
        (PAGES / slug / "expected.json").write_text(
            f'{head},\n  "zones": [\n    {zones}\n  ]\n}}\n', encoding="utf-8"
        )
        print(f"{slug}: expected.json written; read the difference before you keep it")


if __name__ == "__main__":
    main()
