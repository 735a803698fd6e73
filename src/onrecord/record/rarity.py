"""How much a word tells: rare words much, common ones next to nothing.

In: folded words (keys of `wording`). Out: weights. They come from a fixed list of English usage, not from
the record, so that what is compared today and what is compared after a million more statements comes
out the same; in what order pages were added cannot matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

#: "the", the most common word: 2 ** 15 to 2 ** 16 times in a million.
_MOST = 16
#: Weights of a word that the list lacks (2 ** 2 times in a million) and of a number (2 ** 8).
_UNLISTED, _NUMBER = _MOST - 2 + 0.5, _MOST - 8 + 0.5


def weight(key: str) -> float:
    """0.5 ("the") to 14.5 (a word that the list lacks): bits of information above the most common's."""
    return _weights().get(key) or (_NUMBER if key[0].isdigit() else _UNLISTED)


def total(keys: Iterable[str]) -> float:
    """The weight of all of them together."""
    return sum(weights(keys))


def weights(keys: Iterable[str]) -> list[float]:
    """The weight of each."""
    known = _weights()
    return [known.get(key) or (_NUMBER if key[0].isdigit() else _UNLISTED) for key in keys]


def is_common(key: str) -> bool:
    """Whether the word is one of about 130 that say nothing of what a text is about."""
    return weight(key) <= _MOST - 10 + 0.5


@cache
def _weights() -> Mapping[str, float]:
    """Weights of the words on the list."""
    text = (files("onrecord.record") / "data" / "usage.txt").read_text(encoding="utf-8")
    out: dict[str, float] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            level, *words = line.split()
            out.update(dict.fromkeys(words, _MOST - int(level) + 0.5))
    return out
