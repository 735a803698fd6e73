"""A bare text of a few paragraphs: its own article, where the classifier, which learned from pages, sees none.

In: units, signs, probabilities. Out: the probabilities. Leaves to others: pages, and texts with a body.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.article.score import IS_BODY
from onrecord.article.signs import Sign
from onrecord.article.units import Units

#: A text of more units has enough about it for the classifier.
FEW = 6
#: A sentence has so many words or more.
MIN_WORDS = 4
_ENDS = (".", "!", "?", "…", "”", '"', "’", "»")


def with_few(units: Units, signs: Sequence[Sign | None], scores: tuple[float, ...]) -> tuple[float, ...]:
    """The same scores, or, where a few units hold no body, with those raised that are sentences and show no sign."""
    if units.is_html or len(units) > FEW or any(score >= IS_BODY for score in scores):
        return scores
    return tuple(
        IS_BODY if sign is None and _is_prose(text) else score
        for text, sign, score in zip(units.texts, signs, scores, strict=True)
    )


def _is_prose(text: str) -> bool:
    words = text.split()
    return len(words) >= MIN_WORDS and text.endswith(_ENDS) and any(w.islower() for w in words)
