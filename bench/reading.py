"""Accuracy and speed of reading pages, beside the extractors that people use, in one run on the same pages.

    python -m bench.reading --shared ../shared [--rounds 5] [--core 0]

In: the folder with saved pages, gold and scorer; needs the `bench` extra. Out: a table: text F1, perfect
pages, title, date, authors by `score_pages.py`, and pages a second of one pinned core: from a page's bytes to the
article with its metadata, the median of rounds in which the extractors take turns, with the slowest and the fastest
round, and times trafilatura. Extractors without metadata are timed without; onrecord's time includes the hash of the
bytes and the way from every character back to them. Leaves to others: what the figures should be (floors.toml).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from onrecord.article import find_article
from onrecord.page import parse_page
from onrecord.types import Origin, RawPage, Rejected, When

#: What an extractor answers: the shape that score_pages.py reads, without the path.
Read = dict[str, object]


def main() -> None:
    """Read, score and time; print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--core", type=int, default=0, help="pin to this core (Linux)")
    parser.add_argument("--only", nargs="*", choices=EXTRACTORS, help="names of extractors")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {options.core})
    folder = options.shared / "data" / "pages"
    pages = {path.name: gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.html.gz"))}
    n_bytes = sum(map(len, pages.values()))
    print(
        f"{len(pages)} pages, {n_bytes / len(pages) / 1000:.0f} kB each, core {options.core},"
        f" Python {platform.python_version()}, median of {options.rounds} rounds in turns"
    )
    read = {name: make() for name, make in EXTRACTORS.items() if not options.only or name in options.only}
    figures = {name: score(options.shared, folder, pages, extract) for name, extract in read.items()}
    seconds = time_in_turns(read, pages, rounds=options.rounds)
    print(table(figures, {name: [len(pages) / s for s in some] for name, some in seconds.items()}))


def table(figures: dict[str, dict[str, float]], rates: dict[str, list[float]]) -> str:
    """A line an extractor: what the scorer says, pages a second of each round, and how often trafilatura's."""
    names = ("text F1", "perfect", "title", "date", "authors")
    lines = [
        f"{'':<26}{''.join(f'{name:>9}' for name in names)}{'pages/s':>9}{'of rounds':>14}{'times':>7}",
    ]
    beside = statistics.median(rates["trafilatura"]) if "trafilatura" in rates else math.nan
    for name, figure in figures.items():
        rate = statistics.median(rates[name])
        cells = "".join(f"{figure.get(key, math.nan):>9.3f}" for key in names)
        spread = f"{min(rates[name]):.1f}-{max(rates[name]):.1f}"
        lines.append(f"{named(name):<26}{cells}{rate:>9.1f}{spread:>14}{rate / beside:>7.2f}")
    return "\n".join(lines)


def named(name: str) -> str:
    """The extractor with its version."""
    package = {"readability": "readability-lxml"}.get(name, name)
    try:
        return f"{package} {metadata.version(package)}"
    except metadata.PackageNotFoundError:
        return package


def score(
    shared: Path, folder: Path, pages: dict[str, bytes], extract: Callable[[str, bytes], Read]
) -> dict[str, float]:
    """The scorer's figures of one extractor."""
    with tempfile.TemporaryDirectory() as work:
        out = Path(work) / "read.jsonl"
        rows = [{"path": name, **extract(name, content)} for name, content in pages.items()]
        out.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
        command = [sys.executable, shared / "eval" / "score_pages.py", folder / "gold.jsonl", out, "--json"]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
        figures: dict[str, float] = json.loads(done.stdout)
        return figures


def time_in_turns(
    read: dict[str, Callable[[str, bytes], Read]], pages: dict[str, bytes], *, rounds: int
) -> dict[str, list[float]]:
    """Seconds of processor time of each round; in a round each reads every page once."""
    seconds: dict[str, list[float]] = {name: [] for name in read}
    for _ in range(rounds):
        for name, extract in read.items():
            start = time.process_time()
            for page, content in pages.items():
                extract(page, content)
            seconds[name].append(time.process_time() - start)
    return seconds


def whole(text: str | None, **more: object) -> Read:
    """A text that is all article."""
    text = text or ""
    return {"text": text, "zones": [{"kind": "body", "span": [0, len(text)]}] if text else [], **more}


def make_onrecord() -> Callable[[str, bytes], Read]:
    def extract(name: str, content: bytes) -> Read:
        sha256 = hashlib.sha256(content).hexdigest()
        page = parse_page(RawPage(name, content, sha256, "text/html", Origin(path=name)))
        if isinstance(page, Rejected):
            return whole("")
        article = find_article(page)
        published = {"date": article.published.date} if isinstance(article.published, When) else None
        zones = [{"kind": z.kind.value, "span": [z.span.start, z.span.end]} for z in article.zones]
        return {
            "text": page.text, "zones": zones, "title": article.title, "authors": list(article.authors),
            "published": published,
        }  # fmt: skip

    return extract


def make_trafilatura() -> Callable[[str, bytes], Read]:
    import trafilatura

    def extract(name: str, content: bytes) -> Read:
        document = trafilatura.bare_extraction(content, with_metadata=True, include_comments=False)
        if document is None:
            return whole("")
        authors = [part.strip() for part in (document.author or "").split(";") if part.strip()]
        published = {"date": document.date} if document.date else None
        return whole(document.text, title=document.title, authors=authors, published=published)

    return extract


def make_resiliparse() -> Callable[[str, bytes], Read]:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    def extract(name: str, content: bytes) -> Read:
        html = bytes_to_str(content, detect_encoding(content))
        return whole(extract_plain_text(html, main_content=True))

    return extract


def make_readability() -> Callable[[str, bytes], Read]:
    import lxml.html
    from readability import Document

    def extract(name: str, content: bytes) -> Read:
        document = Document(content.decode("utf-8", "replace"))
        tree = lxml.html.fromstring(document.summary())
        blocks = [" ".join(p.text_content().split()) for p in tree.iter("p", "li", "blockquote", "h2", "h3")]
        return whole("\n".join(block for block in blocks if block), title=document.short_title())

    return extract


EXTRACTORS: dict[str, Callable[[], Callable[[str, bytes], Read]]] = {
    "onrecord": make_onrecord,
    "trafilatura": make_trafilatura,
    "resiliparse": make_resiliparse,
    "readability": make_readability,
}

if __name__ == "__main__":
    main()
