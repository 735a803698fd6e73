"""Accuracy and speed of reading pages, beside the extractors that people use, in one run on the same pages.

    python -m bench.reading --shared ../shared [--rounds 5] [--core 0]

In: the folder with saved pages, gold and scorer; needs the `bench` extra. Out: a table: text F1, perfect
pages, title, date, authors by `score_pages.py`, and pages a second of one core: HTML to the article
with its metadata, the median of rounds in which the extractors take turns. Extractors without
metadata are timed without. Leaves to others: what the figures should be (floors.toml).
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
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
    parser.add_argument("--core", type=int, help="pin to this core (Linux)")
    parser.add_argument("--only", nargs="*", help="names of extractors")
    options = parser.parse_args()
    if options.core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {options.core})
    folder = options.shared / "data" / "pages"
    pages = {path.name: gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.html.gz"))}
    extractors = {name: make for name, make in EXTRACTORS.items() if not options.only or name in options.only}
    read = {name: make() for name, make in extractors.items()}
    figures = {name: score(options.shared, folder, pages, extract) for name, extract in read.items()}
    speed = time_in_turns(read, pages, rounds=options.rounds)
    print(
        f"{'':<14}{'text F1':>9}{'perfect':>9}{'title':>8}{'date':>8}{'authors':>9}{'pages/s':>9}{'times':>7}"
    )
    slowest = min(speed.values()) if "trafilatura" not in speed else speed["trafilatura"]
    for name, figure in figures.items():
        shown = [figure.get(key, float("nan")) for key in ("text F1", "perfect", "title", "date", "authors")]
        cells = "".join(f"{value:>{width}.3f}" for value, width in zip(shown, (9, 9, 8, 8, 9), strict=True))
        print(f"{name:<14}{cells}{speed[name]:>9.1f}{speed[name] / slowest:>7.1f}")


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
) -> dict[str, float]:
    """Pages a second of processor time: the median of rounds in which each reads every page once."""
    seconds: dict[str, list[float]] = {name: [] for name in read}
    for _ in range(rounds):
        for name, extract in read.items():
            start = time.process_time()
            for page, content in pages.items():
                extract(page, content)
            seconds[name].append(time.process_time() - start)
    return {name: len(pages) / statistics.median(values) for name, values in seconds.items()}


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
