"""Floors on the labelled articles, gold attributions given; they lie beside the checkout and never in it."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from tests.speakers.measure import article_of, attribution_of, judge

from onrecord.dates import resolve_settings
from onrecord.types import Day


@pytest.fixture(scope="module")
def labelled() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Articles with their labels by attribution."""
    shared = Path(__file__).parents[3] / "shared" / "data"
    if not shared.is_dir():
        pytest.skip("no ../shared beside the checkout")
    gold: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for line in (shared / "speakers" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold[row["id"], row["annotator"]][row["attribution"]] = row
    docs = map(json.loads, (shared / "polnear" / "dev.jsonl").read_text(encoding="utf-8").splitlines())
    return [(d, gold[d["id"], d["annotator"]]) for d in docs if (d["id"], d["annotator"]) in gold]


@pytest.mark.shared
def test_names(labelled: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """At least .92 of the named speakers right, at most .02 of all attributions with a wrong name."""
    n_named = n_all = right = wrong = 0
    for doc, gold in labelled:
        rows, named = judge(doc, gold)
        n_named += named
        n_all += len(gold)
        right += sum(ok for _, ok, _ in rows)
        wrong += sum(not ok for _, ok, _ in rows)
    assert right >= 0.92 * n_named
    assert wrong <= 0.02 * n_all


@pytest.mark.shared
def test_days(labelled: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """At least .80 of the days right, at most .03 of the undated given one."""
    n_dated = n_undated = right = invented = 0
    for doc, gold in labelled:
        given = [a for a in doc["attributions"] if a["content"]]
        found = resolve_settings(article_of(doc), [attribution_of(a) for a in given])
        for a, setting in zip(given, found, strict=True):
            if a["id"] not in gold:
                continue
            want = gold[a["id"]]["said_on"]
            day = setting.said_on.date if isinstance(setting.said_on, Day) else None
            n_dated += want is not None
            n_undated += want is None
            right += want is not None and day == want
            invented += want is None and day is not None
    assert right >= 0.80 * n_dated
    assert invented <= 0.03 * n_undated
