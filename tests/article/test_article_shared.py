"""Figures on the seeds and on real pages, where they lie beside the checkout."""

import json
from pathlib import Path

import pytest
from tests.article.zoned import text_page

from onrecord.article import find_article
from onrecord.types import ARTICLE_ZONES, Given

pytestmark = [pytest.mark.shared, pytest.mark.weights]


def test_zones_of_the_seeds(shared: Path) -> None:
    gold = json.loads((shared / "seeds" / "gold.json").read_text("utf-8"))["documents"]
    n = n_right = 0
    for name, document in gold.items():
        text = (shared / "seeds" / name).read_bytes().decode()
        want, got = ["none"] * len(text), ["none"] * len(text)
        mine = [
            {"kind": z.kind.value, "span": (z.span.start, z.span.end)}
            for z in find_article(text_page(text)).zones
        ]
        for kinds, zones in ((want, document["zones"]), (got, mine)):
            for zone in sorted(zones, key=lambda z: z["span"][0] - z["span"][1]):
                start, end = zone["span"]
                kinds[start:end] = [zone["kind"]] * (end - start)
        pairs = [(a, b) for a, b, c in zip(want, got, text, strict=True) if a != "none" and not c.isspace()]
        n += len(pairs)
        n_right += sum(a == b for a, b in pairs)
    assert n_right / n >= 0.97


def test_attributions_lie_in_the_article(shared: Path) -> None:
    n = n_inside = 0
    for line in (shared / "data" / "polnear" / "dev.jsonl").read_text("utf-8").splitlines()[:30]:
        row = json.loads(line)
        given = Given(row["title"], None, row["publisher"], row["date"])
        article = find_article(text_page(row["text"], given=given))
        inside = [z.span for z in article.zones if z.kind in ARTICLE_ZONES]
        for attribution in row["attributions"]:
            spans = [s for role in ("source", "cue", "content") for s in attribution[role]]
            n += len(spans)
            n_inside += sum(any(z.start <= s < z.end for z in inside) for s, _ in spans)
    assert n_inside / n >= 0.99
