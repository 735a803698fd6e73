"""How well zones agree with gold, the way `score_pages` counts: for cross-validation.

In: an Article and its Gold. Out: precision, recall and F1 over runs of four words in body, heading and
dek. Leaves to others: titles, authors, days.
"""

from __future__ import annotations

from onrecord.types import Article, ZoneKind
from training.zones_data import Gold, runs

OWN = (ZoneKind.BODY, ZoneKind.HEADING, ZoneKind.DEK)


def text_f1(article: Article, gold: Gold) -> tuple[float, float, float]:
    """(precision, recall, F1) of the article's own text."""
    want, either = runs(gold.paragraphs), runs(gold.either)
    own = [article.page.text[z.span.start : z.span.end] for z in article.zones if z.kind in OWN]
    got = runs(line for block in own for line in block.split("\n"))
    right = sum((want & got).values())
    wrong = sum((got - want - either).values())
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / sum(want.values()) if want else 1.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0
