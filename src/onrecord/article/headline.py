"""Which line of a bare text is its headline.

In: a bare text's units, signs and scores. Out: a unit's number, or None where no line looks like one. A line above the
article's first paragraphs is measured by its place, its shape, the lines around it, and by how many of its words
the article uses; a linear model weighs the measures. English words count in nothing but the signs of bylines and dates.
Leaves to others: headlines that are stated or marked (titles.py).

The model is `lists/headline_weights.txt`, fitted by `python -m training.train_headline`, which also prints how often it
is right about publishers that it has not seen.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from onrecord.article.lexicon import load_list, load_words
from onrecord.article.paragraphs import is_credited
from onrecord.article.score import IS_BODY
from onrecord.article.signs import Sign
from onrecord.article.units import Units

#: Words that say what a text is about have more letters than this; those counted of a paragraph.
SHORT_WORD, MAX_BODY_WORDS = 3, 60
#: The article begins where this share of its words is reached: a stray sentence far above it is not its beginning.
BEGUN = 0.05
#: A line is measured only if it has so many words and characters.
MIN_WORDS, MAX_WORDS, MAX_CHARS = 2, 40, 250
#: Lines above the beginning that are measured: menus are seldom longer, and a flood of lines stays cheap.
MAX_LINES = 1_000
#: A line of no words that the article uses counts as if it had so many more.
SMOOTHING = 1.5

_CRUMBS = re.compile(r"\s[>»›/]\s")
#: A line that ends with whose picture it is, is a caption.
_PICTURE_CREDIT = re.compile(
    r"\((?:photo|courtesy|image|picture|credit)\b[^()]*\)?$|/\s?(?:getty|ap|afp|reuters)\b", re.IGNORECASE
)
_SMALL = frozenset(["of", "the", "and", "&", "for", "in"])
_WHO_AND_WHEN = (Sign.BYLINE, Sign.DATE)


def find_headline(units: Units, signs: Sequence[Sign | None], scores: Sequence[float]) -> int | None:
    """The line of a bare text that looks most like its headline."""
    weights = _weights()
    best, best_score = None, -math.inf
    for i, measures in measure_lines(units, signs, scores):
        score = sum(weights[name] * value for name, value in measures.items())
        if score > best_score:
            best, best_score = i, score
    return best


@cache
def _weights() -> dict[str, float]:
    return {name: float(weight) for name, weight in (item.split() for item in load_list("headline_weights"))}


def measure_lines(
    units: Units, signs: Sequence[Sign | None], scores: Sequence[float]
) -> Iterator[tuple[int, Mapping[str, float]]]:
    """Each line that may be the headline, from the top, with its measures."""
    body = [i for i, score in enumerate(scores) if score >= IS_BODY and signs[i] is None]
    first = _beginning(units, scores, body)
    end = len(units) if first is None else first + 1
    lines = [i for i in range(max(0, end - MAX_LINES), end) if _may_be_headline(units, signs, i)]
    told = _told_by(units, body)
    n_of = Counter(units.words[:end])
    is_body = frozenset(body)
    shares = {i: _share(units, told, i, int(i in is_body)) for i in lines}
    most = max(shares.values(), default=0.0) + 1e-6
    for i in lines:
        yield (
            i,
            {
                **_shape(units, i),
                **_surroundings(units, signs, shares, i),
                "far": math.log1p(end - 1 - i),
                "near": float(0 < end - 1 - i <= 6),
                "is_first": float(i == first),
                "told": shares[i],
                "told_most": shares[i] / most,
                "repeated": float(n_of[units.words[i]] > 1),
            },
        )


def _beginning(units: Units, scores: Sequence[float], body: Sequence[int]) -> int | None:
    """The unit in which the article's text is under way."""
    masses = [scores[i] * min(len(units.words[i]), MAX_BODY_WORDS) for i in body]
    wanted, so_far = BEGUN * sum(masses), 0.0
    for i, mass in zip(body, masses, strict=True):
        so_far += mass
        if so_far >= wanted:
            return i
    return None


def _may_be_headline(units: Units, signs: Sequence[Sign | None], i: int) -> bool:
    text = units.texts[i]
    if signs[i] is not None or not MIN_WORDS <= len(units.words[i]) <= MAX_WORDS or len(text) > MAX_CHARS:
        return False
    if (
        _PICTURE_CREDIT.search(text)
        or is_credited(text)
        or _CRUMBS.search(text)
        or (":" in text and ";" in text)
    ):
        return False
    return text[-1] not in ".:;," or text.endswith("...")


def _told_by(units: Units, body: Sequence[int]) -> Mapping[str, int]:
    """The words that paragraphs use, and in how many they stand."""
    return Counter(w for i in body for w in set(units.words[i]) if len(w) > SHORT_WORD)


def _share(units: Units, told: Mapping[str, int], i: int, n_own: int) -> float:
    """How many of a line's words the paragraphs use. n_own: 1 if the line is itself read as one, which does not count."""
    own = [w for w in units.words[i] if len(w) > SHORT_WORD]
    return sum(told.get(w, 0) > n_own for w in own) / (len(own) + SMOOTHING)


def _shape(units: Units, i: int) -> dict[str, float]:
    text, n = units.texts[i], len(units.words[i])
    parts = text.split()
    return {
        "up_to_4_words": float(n <= 4),
        "6_to_18_words": float(6 <= n <= 18),
        "over_20_words": float(n > 20),
        "capitals": sum(part[:1].isupper() for part in parts) / len(parts),
        "upper_start": float(text[:1].isupper() or not text[:1].isalpha()),
        "stops": float(units.stops[i]),
        "asks": float(text[-1] in "?!"),
        "indented": float(units.indents[i] > 1),
        "masthead": float(is_masthead(text)),
    }


def is_masthead(text: str) -> bool:
    """Whether a line is a paper's own name over its article: "The Harbour Observer"."""
    words = text.split()
    return (
        2 <= len(words) <= 5
        and all(w[:1].isupper() or w in _SMALL for w in words)
        and words[-1].lower() in load_words("paper_words")
    )


def _surroundings(
    units: Units, signs: Sequence[Sign | None], shares: Mapping[int, float], i: int
) -> dict[str, float]:
    n = len(units.words[i])
    is_led = units.gaps[i] > 0 or i == 0
    is_left = i + 1 < len(units) and units.gaps[i + 1] > 0
    after = signs[i + 1 : i + 4]
    over = i - 1 if i - 1 in shares else i - 2 if i > 1 and signs[i - 1] is not None else -1
    is_under = over in shares and not units.stops[over] and len(units.words[over]) > 4
    return {
        "gap_after": float(is_left),
        "gap_around": float(is_led and is_left),
        "signed_next": float(after[:1] != () and after[0] in _WHO_AND_WHEN),
        "signed_near": float(any(sign in _WHO_AND_WHEN for sign in after)),
        "longer_next": float(i + 1 < len(units) and len(units.words[i + 1]) > n and units.stops[i + 1]),
        "label_before": float(i > 0 and len(units.words[i - 1]) <= 3),
        "short_around": sum(_is_short(units, signs, k) for k in (i - 3, i - 2, i - 1, i + 1, i + 2, i + 3))
        / 6,
        "told_over": shares[over] if is_under else 0.0,
    }


def _is_short(units: Units, signs: Sequence[Sign | None], i: int) -> bool:
    """Whether a line is one as in menus and lists: short, no sentence."""
    return 0 <= i < len(units) and signs[i] is None and len(units.words[i]) <= 25 and not units.stops[i]
