"""Reads broken pages, and checks that every character of what is read is what its bytes say.

    python -m bench.fuzz --pages 10000 [--shared ../shared] [--seed 7]

In: the pages of examples/ and, with --shared, the 41 saved ones; how many broken pages to make of them. Each is a stretch of
one, with bytes taken out, put in, turned, repeated, or in another encoding: chosen by the seed. Out: how many were read
and how many turned away, by which limit; exit status 1 if a page made the reader fail, or a character was not what its bytes
decode to. Leaves to tests/page what a page should look like.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.article import find_article
from onrecord.page import parse_page
from onrecord.runs import byte_span, check_runs
from onrecord.types import Page, RawPage, Rejected

#: Bytes of a page's stretch: pages are many, and faults lie in places, not in sizes.
MAX_BYTES = 12_000
ENCODINGS = ("utf-8", "utf-16", "utf-16-be", "cp1252", "shift_jis", "gb18030", "koi8-r")
PIECES = (
    *(b"<", b">", b'"', b"'", b"&", b"&#", b"&#x110000;", b"&#xD800;", b"&notit;", b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf"),
    *(b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<script>", b"</script>", b"<svg><title/>", b"<plaintext>", b"<template>"),
    *(b"<p hidden>", b"<noscript>", b"<pre>\n", b"<q>", b"</q>", b"</p></p>", b"<table><tr>x", b"\r\n", b"\r", b"\x85", b"\xe2\x80\xa8"),
    b'<meta charset="utf-16">',
    b'<script type="application/ld+json">{"@type":"NewsArticle","articleBody":"A &amp; \\ud83d\\ude00\\u201c',
    b'<script id="__NEXT_DATA__" type="application/json">{"props":{"articleBody":"<p>One\\u0026amp; two\\n',
    *(b"<div>" * 300, b"&amp;" * 300, b" " * 500),
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--shared", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args(arguments)
    sources = load_sources(args.shared)
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    slowest, started = 0.0, time.perf_counter()
    for i, raw in enumerate((*whole(sources), *broken(sources, args.pages, args.seed))):
        before = time.perf_counter()
        outcome, fault = examine(raw)
        slowest = max(slowest, time.perf_counter() - before)
        outcomes[outcome] += 1
        if fault:
            faults.append(f"{raw.id}: {fault}")
        if (i + 1) % 2000 == 0:
            print(f"  {i + 1:,} pages", flush=True)
    print(
        f"{sum(outcomes.values()):,} pages of {len(sources)}, seed {args.seed}: {len(faults)} faults; slowest"
        f" {slowest:.2f} s, all {time.perf_counter() - started:.0f} s"
    )
    for outcome, n in outcomes.most_common():
        print(f"  {n:6,} {outcome}")
    for fault in faults[:20]:
        print("FAULT  " + fault)
    return 1 if faults else 0


def load_sources(shared: Path | None) -> list[tuple[str, bytes]]:
    """(name, bytes) of the pages that are broken."""
    folders = [Path(__file__).parents[1] / "examples/pages", Path(__file__).parents[1] / "tests/pages"]
    if shared:
        folders.append(shared / "data/pages")
    paths = sorted(
        path for folder in folders for path in folder.rglob("*") if path.suffix in (".html", ".txt", ".gz")
    )
    return [
        (path.name, gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes())
        for path in paths
    ]


def whole(sources: Sequence[tuple[str, bytes]]) -> Iterator[RawPage]:
    """Every page as it is."""
    for name, content in sources:
        yield make(name, content, "text/plain" if name.endswith(".txt") else "text/html")


def broken(sources: Sequence[tuple[str, bytes]], n: int, seed: int) -> Iterator[RawPage]:
    """n broken pages; the same seed and pages give the same."""
    rng = random.Random(seed)
    for i in range(n):
        name, content = rng.choice(sources)
        size = rng.randrange(1, MAX_BYTES)
        start = rng.choice((0, rng.randrange(max(1, len(content)))))
        content = content[start : start + size]
        if rng.random() < 0.2:
            content = content.decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")
        for _ in range(rng.randrange(8)):
            content = _spoilt(content, rng)
        media_type = rng.choice(("text/html", "text/html", "text/html", "text/plain"))
        yield make(f"{i}:{name}", content, media_type)


def _spoilt(content: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(content) + 1)
    kind = rng.randrange(5)
    if kind == 0:
        return content[:at] + rng.choice(PIECES) + content[at:]
    if kind == 1:
        return content[:at] + content[at + rng.randrange(40) :]
    if kind == 2:
        return content[:at] + rng.randbytes(rng.randrange(1, 5)) + content[at:]
    if kind == 3:
        piece = content[at : at + rng.randrange(200)]
        return content[:at] + piece * rng.randrange(1, 6) + content[at:]
    tags = [m.start() for m in re.finditer(rb"<", content[at : at + 4000])]
    return content[:at] + b"".join(rng.sample(PIECES, 2)) + content[at + (tags[0] if tags else 0) :]


def make(name: str, content: bytes, media_type: str) -> RawPage:
    return RawPage(name, content, hashlib.sha256(content).hexdigest(), media_type)


def examine(raw: RawPage) -> tuple[str, str | None]:
    """What became of a page, and what is wrong with it, if anything."""
    try:
        page = parse_page(raw)
        if isinstance(page, Rejected):
            return re.sub(r"\d[\d,]*", "N", f"turned away: {page.reason}"), None
        wrong = check(raw, page)
        find_article(page)
    except Exception as error:  # what this command is there to find
        return "failed", f"{type(error).__name__}: {error}"
    return "read", wrong


def check(raw: RawPage, page: Page) -> str | None:
    """What is not byte-true about a page."""
    wrong = check_runs(raw.content, page.text, page.runs, page.encoding.name)
    if wrong:
        return str(wrong[0])
    end = 0
    for block in page.blocks:
        words = page.text[block.span.start : block.span.end]
        if block.span.start < end or not words.strip() or words != words.strip():
            return f"block {block.span} is blank, or out of order"
        end = block.span.end
        if byte_span(page.runs, block.span, page.text, page.encoding.name) is None:
            return f"block {block.span} stands for no bytes"
    return None


if __name__ == "__main__":
    sys.exit(main())
