"""The vectors: checked when loaded, the same for the same text, near for what means the same."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ModelError
from onrecord.models.meaning import MAX_WORDS, Embedder, load_embedder, words_of

PIECES = ("dam", "##s", "safe", "bread", "x")
TABLE = np.eye(5, 8, dtype=np.float32)


def toy() -> Embedder:
    return Embedder(PIECES, TABLE, "toy")


def written(folder: Path, **changed: object) -> Path:
    """A folder with weights of the toy, and a manifest that agrees."""
    arrays: dict[str, object] = {
        "pieces": np.frombuffer("\n".join(PIECES).encode(), np.uint8),
        "rows": TABLE.astype(np.int8),
        "scales": np.ones(5, np.float16),
    }
    file = io.BytesIO()
    np.savez_compressed(file, **{k: v for k, v in {**arrays, **changed}.items() if v is not None})  # type: ignore[arg-type]
    (folder / "meaning-toy.npz").write_bytes(file.getvalue())
    return manifest(folder)


def manifest(folder: Path) -> Path:
    digest = hashlib.sha256((folder / "meaning-toy.npz").read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps({"format": 1, "files": {"meaning-toy.npz": digest}}))
    return folder


def test_words_are_cut_into_the_longest_pieces_and_summed() -> None:
    vectors = toy().embed(["Dams", "dam", "safe bread", "unknown", ""])
    assert np.allclose(vectors[0, :2], [0.5**0.5, 0.5**0.5])
    assert vectors[1].tolist() == [1, 0, 0, 0, 0, 0, 0, 0]
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 1, 1, 0, 0])


def test_typography_changes_nothing() -> None:
    vectors = toy().embed(["dam safe", "“DAM”\u00a0— sa\u00adfe!", "dám ﬁ safe"])
    assert np.allclose(vectors[0], vectors[1])


@given(st.text())
def test_any_text_has_a_vector_of_length_one_or_none(text: str) -> None:
    (vector,) = toy().embed([text])
    assert np.isclose(np.linalg.norm(vector), 1, atol=1e-5) or not vector.any()


def test_a_text_that_never_ends_is_cut() -> None:
    assert len(words_of("dam " * 100_000)) == MAX_WORDS
    assert words_of("d" * 1_000_000) == []


def test_weights_come_back_as_they_were_written(tmp_path: Path) -> None:
    embedder = load_embedder("toy", folder=written(tmp_path))
    assert np.allclose(embedder.embed(["bread"]), toy().embed(["bread"]))
    assert embedder.size == 8
    assert len(embedder.weights) == 64


@pytest.mark.parametrize(
    "changed", [{"rows": np.zeros((4, 8), np.int8)}, {"rows": np.zeros((5, 8))}, {"scales": None}]
)
def test_weights_that_do_not_fit_are_refused(tmp_path: Path, changed: dict[str, object]) -> None:
    with pytest.raises(ModelError):
        load_embedder("toy", folder=written(tmp_path, **changed))


def test_damaged_or_pickled_weights_are_refused(tmp_path: Path) -> None:
    written(tmp_path)
    path = tmp_path / "meaning-toy.npz"
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(ModelError, match="SHA-256"):
        load_embedder("toy", folder=tmp_path)
    with pytest.raises(ModelError, match="unpacked"):
        load_embedder("toy", folder=manifest(tmp_path))
    with pytest.raises(ModelError):
        load_embedder("toy", folder=written(tmp_path, rows=np.array([{"a": 1}], dtype=object)))


@pytest.mark.weights
def test_the_weights_that_ship_know_what_is_near() -> None:
    embedder = load_embedder()
    asked, near, far = embedder.embed(
        [
            "We will have to shut two wards because we cannot find nurses.",
            "the hospital would close two of its wards for lack of nurses",
            "bread prices had gone up since the harvest failed",
        ]
    )
    assert asked @ near > 0.6
    assert asked @ far < 0.3
    assert embedder.size == 256
