"""Meaning as numbers: a vector for every word piece, and for a text the mean direction of its pieces.

In: texts. Out: `Embedder.embed`, unit vectors whose products say how alike in meaning two texts are.
Leaves to others: keeping them, searching them (`record.meaning`), what likeness is enough for.

Static vectors, distilled from all-MiniLM-L6-v2 (docs/model-card-meaning.md): plain numpy, no runtime,
about 40 microseconds a sentence. They know that "doctor" is near "hospital"; they do not know word order,
and to them "rise" is near "fall". Whoever must know the difference looks at the words (`record.told`).
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.errors import ModelError
from onrecord.models import WEIGHTS as ALL_WEIGHTS
from onrecord.models import read_checked, read_manifest
from onrecord.text import fold

Floats = npt.NDArray[np.float32]

#: A folder with a manifest of its own, because these weights and the tagger's are trained apart.
WEIGHTS = ALL_WEIGHTS / "meaning"

#: What the .npz holds, and how many bytes it may be unpacked: a file that claims more is not ours.
ARRAYS = ("pieces", "rows", "scales")
MAX_UNPACKED_BYTES = 64_000_000
#: Longer words have no meaning, and of a text so many words count: a statement has 25.
MAX_WORD_CHARS, MAX_WORDS = 40, 400
#: Words that have been cut into pieces once are remembered, up to so many.
CACHED_WORDS = 50_000

_WORD = re.compile(r"[^\W_]+")


class Embedder:
    """One table of vectors. Made by `load_embedder`; the same text always gives the same vector."""

    def __init__(self, pieces: Sequence[str], table: Floats, weights: str) -> None:
        self._ids: Mapping[str, int] = {piece: i for i, piece in enumerate(pieces)}
        self._table = table
        self._cut: dict[str, tuple[int, ...]] = {}
        self.weights = weights

    @property
    def size(self) -> int:
        """How many numbers a vector has."""
        return int(self._table.shape[1])

    def embed(self, texts: Sequence[str]) -> Floats:
        """Unit vectors: float32 (texts, size). A text without any known word is all zeros."""
        out = np.zeros((len(texts), self.size), dtype=np.float32)
        for i, text in enumerate(texts):
            pieces = [piece for word in words_of(text) for piece in self.pieces_of(word)]
            if pieces:
                out[i] = _unit(self._table[pieces].sum(axis=0))
        return out

    def pieces_of(self, word: str) -> tuple[int, ...]:
        """Numbers of a folded word's pieces, the longest first that fits; () where some part has none."""
        pieces = self._cut.get(word)
        if pieces is None:
            pieces = self._cut_new(word)
            if len(self._cut) < CACHED_WORDS:
                self._cut[word] = pieces
        return pieces

    def _cut_new(self, word: str) -> tuple[int, ...]:
        out: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = self._ids.get(("##" if start else "") + word[start:end])
                if piece is not None:
                    break
            else:
                return ()
            out.append(piece)
            start = end
        return tuple(out)


@cache
def load_embedder(name: str = "default", *, folder: Path = WEIGHTS) -> Embedder:
    """The vectors of that name, checked against the manifest; loaded once a process.

    Raises ModelError where the file is missing, damaged, or not what it should be.
    """
    file = f"meaning-{name}.npz"
    content = read_checked(folder, file, read_manifest(folder))
    arrays = _unpack(content, file)
    rows, scales = arrays["rows"], arrays["scales"]
    pieces = arrays["pieces"].tobytes().decode("utf-8").split("\n")
    if rows.ndim != 2 or rows.dtype != np.int8 or not len(rows) == len(scales) == len(pieces):
        raise ModelError(f"{file}: its arrays do not go together; install onrecord again")
    table = rows.astype(np.float32) * scales.astype(np.float32)[:, None]
    return Embedder(pieces, table, hashlib.sha256(content).hexdigest())


def _unpack(content: bytes, file: str) -> dict[str, npt.NDArray[np.generic]]:
    """The arrays of an .npz without pickles."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise ModelError(f"{file}: it unpacks to more than {MAX_UNPACKED_BYTES:,} bytes")
        with np.load(io.BytesIO(content), allow_pickle=False) as loaded:
            return {name: np.asarray(loaded[name]) for name in ARRAYS}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(f"{file}: it cannot be unpacked ({error}); install onrecord again") from error


def words_of(text: str) -> list[str]:
    """The words that have meaning: folded, without accents, at most MAX_WORDS."""
    text = text[: MAX_WORDS * MAX_WORD_CHARS]
    if text.isascii():
        bare = text.lower()
    else:
        folded = unicodedata.normalize("NFD", fold(text).text)
        bare = "".join(c for c in folded if unicodedata.category(c) != "Mn")
    return [word for word in _WORD.findall(bare)[:MAX_WORDS] if len(word) <= MAX_WORD_CHARS]


def _unit(vector: Floats) -> Floats:
    length = float(np.sqrt(np.dot(vector, vector)))
    return vector / np.float32(length) if length > 0 else vector
