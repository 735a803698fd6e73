"""Examples for the zone classifier: pages with gold paragraphs, as HTML and as text that lost its HTML.

In: folders of saved pages with gold.jsonl (file, paragraphs, headings, summary, title), and articles
in JSONL (text, title). Out: Examples: a Page, its units, a label and a weight each. Needs resiliparse,
which makes the bare texts. Leaves to others: measures (onrecord.article.features), training.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from resiliparse.extract.html2text import extract_plain_text

from onrecord.article.features import Measures, measure_units
from onrecord.article.signs import find_signs
from onrecord.article.units import Units, find_units
from onrecord.page import parse_page
from onrecord.types import Origin, Page, RawPage, Rejected

#: Words in a run that two texts share: as the scorer counts them.
RUN = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Gold:
    """What a reader calls the article: its paragraphs; headings and summaries that count neither way."""

    file: str
    title: str
    paragraphs: tuple[str, ...]
    either: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One page to learn from. labels: 1 article, 0 not; weights: 0 where it counts neither way."""

    publisher: str
    corpus: str
    page: Page
    gold: Gold
    units: Units
    measures: Measures
    labels: np.ndarray
    weights: np.ndarray


def read_examples(folder: Path, *, weight: float) -> Iterator[Example]:
    """Each page of a folder twice: as HTML, and as bare text."""
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        gold = Gold(row["file"], row["title"], tuple(row["paragraphs"]), (*row["headings"], *row["summary"]))
        content = gzip.decompress((folder / row["file"]).read_bytes())
        html = parse_page(raw_page(row["file"], content, "text/html"))
        bare = extract_plain_text(content.decode("utf-8", "replace"), main_content=False).encode()
        for page in (html, parse_page(raw_page(row["file"] + ".txt", bare, "text/plain"))):
            if not isinstance(page, Rejected):
                yield make_example(publisher_of(row["file"]), folder.name, page, gold, weight=weight)


def read_articles(path: Path, *, weight: float, every: int) -> Iterator[Example]:
    """Every n-th article of a corpus of bare articles: nearly all lines are the article's own."""
    seen: set[str] = set()
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["id"] in seen:
            continue
        seen.add(row["id"])
        if len(seen) % every:
            continue
        page = parse_page(raw_page(row["id"], row["text"].encode(), "text/plain"))
        if isinstance(page, Rejected):
            continue
        title = _WORD.findall((row["title"] or "").lower())
        lines = [part for part in row["text"].split("\n") if _WORD.findall(part.lower()) != title]
        long = [part for part in lines if len(_WORD.findall(part)) >= 8]
        short = [part for part in lines if 0 < len(_WORD.findall(part)) < 8]
        gold = Gold(row["id"], row["title"] or "", tuple(long), tuple(short))
        yield make_example(row["publisher"], path.parent.name, page, gold, weight=weight)


def raw_page(name: str, content: bytes, media_type: str) -> RawPage:
    """A page as intake would hand it on."""
    return RawPage(name, content, hashlib.sha256(content).hexdigest(), media_type, Origin(path=name))


def publisher_of(file: str) -> str:
    """The publisher in "Publisher_2024_04_28.html.gz"; houses that share one system count as one."""
    name = file.split("_")[0]
    return {
        "Isolezwe": "IOL",
        "IsolezweLesiXhosa": "IOL",
        "DurbanLocal": "IOL",
        "BusinessInsiderDE": "BusinessInsider",
    }.get(name, name)


def make_example(publisher: str, corpus: str, page: Page, gold: Gold, *, weight: float) -> Example:
    """The page with a label for each unit: whether at least half of its runs of words are the article's."""
    units = find_units(page)
    measures = measure_units(page.text, units, find_signs(units))
    left, either = runs(gold.paragraphs), runs(gold.either)
    labels = np.zeros(len(units), np.int8)
    weights = np.zeros(len(units))
    for i, span in enumerate(units.spans):
        own = runs(page.text[span.start : span.end].split("\n"))
        n = max(1, sum(own.values()))
        if 2 * sum((own & left).values()) >= n and own:
            labels[i] = 1
            left -= own
        elif 2 * sum((own & either).values()) >= n and own:
            continue
        if not units.links[i]:
            weights[i] = weight * (1 + min(len(units.words[i]), 60) / 10)
    return Example(publisher, corpus, page, gold, units, measures, labels, weights)


def runs(blocks: Iterable[str]) -> Counter[tuple[str, ...]]:
    """Runs of four words inside each block; a shorter block counts as one run."""
    out: Counter[tuple[str, ...]] = Counter()
    for block in blocks:
        words = [w.lower() for w in _WORD.findall(block)]
        for i in range(max(len(words) - RUN + 1, 1 if words else 0)):
            out[tuple(words[i : i + RUN])] += 1
    return out
