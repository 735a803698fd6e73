"""An embedder for tests, without weights: a word is a direction drawn from its letters, synonyms are one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

SYNONYMS = {
    "doctors": "physicians",
    "ward": "hospital",
    "shut": "close",
    "buy": "purchase",
    "dam": "barrage",
    "bread": "loaves",
    "cheap": "affordable",
    "flats": "apartments",
}


class Scripted:
    """Unit vectors, the mean of the words' directions."""

    def __init__(self, weights: str = "scripted") -> None:
        self.weights = weights

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        out = np.zeros((len(texts), 256), np.float32)
        for i, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()):
                out[i] += direction(SYNONYMS.get(word, word), self.weights)
            if out[i].any():
                out[i] /= np.linalg.norm(out[i])
        return out


def direction(word: str, weights: str) -> npt.NDArray[np.float32]:
    """The same for the same word: normally distributed, drawn from a hash of it."""
    seed = int.from_bytes(hashlib.sha256(f"{weights} {word}".encode()).digest()[:8])
    return np.random.default_rng(seed).standard_normal(256).astype(np.float32)
