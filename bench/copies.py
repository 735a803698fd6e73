"""Sixty articles published again, against the most alike different ones: is every copy found, and nothing else?

    python -m bench.copies --shared ../shared [--n 60] [--seed 11] [--worst 10]

In: ../shared/data/polnear/train.jsonl and data/groups/dev.json. Out: precision and recall over pairs, by
what was done to the copy, and how near the next pairs came. Nothing of the data is kept.

A copy counts as found where its sketch leads to the original (a shared band, `could_match`) and `compare`
links the two: the way the record goes. Different are: every pair of the 840 articles that are no copies,
of which those with the most text in common are compared whatever their sketches say; the pairs that
data/groups calls different or passage-sharing; and stories into which a passage of another was put.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.made_copies import WAYS, Story, as_text, paragraphs_of, publish_again, quote_from
from onrecord.article import find_article
from onrecord.copies import compare, could_match, make_sketch
from onrecord.copies.body import read_body
from onrecord.page import parse_page
from onrecord.types import Article, Given, RawPage, Rejected, Sketch

#: Shingles of so many words tell how alike different articles are; they are not those of `copies`.
SHINGLE = 4
#: Most alike different pairs that are compared whatever their sketches say.
N_ALIKE = 300
#: Stories that are made to print another one's passage.
N_QUOTING = 60
MIN_WORDS = 60
#: Pairs that the data do not name and a person found to be one article (another edition's headline, the
#: next day's paper): the start of the SHA-256 of both ids, sorted, with a space between.
SEEN_TO_BE_COPIES = frozenset({"7704ed0f25b5", "1ab61497ef10", "0fcf7d8b9cc0"})


@dataclass(frozen=True)
class Figures:
    """What was measured. pairs: (right, linked wrongly, not linked though a copy)."""

    found: int
    wrong: int
    missed: int
    misses: tuple[str, ...]
    errors: tuple[str, ...]
    by_way: tuple[tuple[str, int, int], ...]
    n_different: int

    @property
    def precision(self) -> float:
        """Of the pairs that were linked, the share that are copies."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Of the copies, the share that were linked."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 0.0


def measure(shared: Path, n: int = 60, seed: int = 11) -> Figures:
    """The figures for n made copies and all that is different."""
    rng = random.Random(seed)
    stories = dict(_stories(shared))
    articles = {name: _article(name, as_text(story, rng), "text/plain") for name, story in stories.items()}
    known = {frozenset((p["a"], p["b"])): p["label"] for p in _pairs(shared)}
    sketches = {name: make_sketch(article) for name, article in articles.items()}

    usable = sorted(name for name in stories if sketches[name].n_words >= MIN_WORDS)
    found, misses, by_way = 0, [], defaultdict(Counter[str])
    for i, name in enumerate(rng.sample(usable, n)):
        again = publish_again(stories[name], i, rng)
        copy = _article(f"made-{i}", again.content, again.media_type)
        is_found = _is_found(copy, make_sketch(copy), articles[name], sketches[name])
        found += is_found
        by_way[again.how]["found"] += is_found
        by_way[again.how]["made"] += 1
        if not is_found:
            misses.append(f"{again.how}: {name}: {_nearness(copy, articles[name])}")

    different = _different(articles, known)
    errors = [f"{a} and {b}" for a, b in different if compare(articles[a], articles[b])]
    for i, name in enumerate(rng.sample(usable, N_QUOTING)):
        other = rng.choice(usable)
        if other != name:
            made = _article(
                f"quoting-{i}", as_text(quote_from(stories[name], stories[other], rng), rng), "text/plain"
            )
            different.append((made.page.id, other))
            if compare(made, articles[other]):
                errors.append(f"{name} with a passage of {other}")
    return Figures(
        found,
        len(errors),
        len(misses),
        tuple(misses),
        tuple(errors),
        tuple((how, by_way[how]["found"], by_way[how]["made"]) for how, *_ in WAYS),
        len(different),
    )


def _is_found(a: Article, sketch: Sketch, b: Article, other: Sketch) -> bool:
    """As the record finds it: by a shared band, by the sketches, by the words."""
    return (
        bool(set(sketch.bands) & set(other.bands))
        and could_match(sketch, other)
        and compare(a, b) is not None
    )


def _stories(shared: Path) -> Iterator[tuple[str, Story]]:
    seen = set[str]()
    with (shared / "data/polnear/train.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            line_ = json.loads(line)
            if line_["id"] not in seen:
                seen.add(line_["id"])
                paragraphs = paragraphs_of(line_["text"], line_["title"])
                if paragraphs:
                    yield line_["id"], Story(line_["title"] or "No title", tuple(paragraphs))


def _pairs(shared: Path) -> list[dict[str, str]]:
    pairs: list[dict[str, str]] = json.loads((shared / "data/groups/dev.json").read_text("utf-8"))[
        "article_pairs"
    ]
    return pairs


def _article(name: str, content: bytes, media_type: str) -> Article:
    page = parse_page(RawPage(name, content, hashlib.sha256(content).hexdigest(), media_type, given=Given()))
    if isinstance(page, Rejected):
        raise SystemExit(f"{name}: {page.reason}")
    return find_article(page)


def _different(articles: dict[str, Article], known: dict[frozenset[str], str]) -> list[tuple[str, str]]:
    """The most alike pairs that are no copies, and those that the data names."""
    have: dict[int, list[str]] = defaultdict(list)
    size: dict[str, int] = {}
    for name, article in articles.items():
        words = read_body(article).words
        grams = {hash(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}
        size[name] = max(1, len(grams))
        for gram in grams:
            have[gram].append(name)
    common: Counter[tuple[str, str]] = Counter()
    for names in have.values():
        if 1 < len(names) <= 40:
            for i, a in enumerate(names):
                for b in names[i + 1 :]:
                    common[min(a, b), max(a, b)] += 1
    ranked = sorted(common, key=lambda p: (-common[p] / min(size[p[0]], size[p[1]]), p))
    alike = [p for p in ranked if known.get(frozenset(p)) != "copy" and not _seen(p)][:N_ALIKE]
    named = [
        (min(p), max(p)) for p, label in known.items() if label != "copy" and all(x in articles for x in p)
    ]
    return sorted({*alike, *named})


def _seen(pair: tuple[str, str]) -> bool:
    return hashlib.sha256(" ".join(pair).encode()).hexdigest()[:12] in SEEN_TO_BE_COPIES


def _nearness(a: Article, b: Article) -> str:
    x, y = set(read_body(a).words), set(read_body(b).words)
    return (
        f"{len(read_body(a).words)} and {len(read_body(b).words)} words, {len(x & y)} distinct ones in common"
    )


def show(figures: Figures, worst: int) -> Sequence[str]:
    """The figures as lines."""
    n = figures.found + figures.missed
    return (
        f"copies found      {figures.found} of {n}, recall {figures.recall:.3f}",
        f"linked wrongly    {figures.wrong} of {figures.n_different} different pairs, precision {figures.precision:.3f}",
        *(f"  {how:<44}{found} of {made}" for how, found, made in figures.by_way),
        *(f"  missed  {line}" for line in figures.misses[:worst]),
        *(f"  wrong   {line}" for line in figures.errors[:worst]),
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--n", type=int, default=60)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--worst", type=int, default=10)
    args = parser.parse_args()
    for line in show(measure(args.shared, args.n, args.seed), args.worst):
        print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
