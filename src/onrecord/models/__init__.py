"""Weights: found, checked against their manifest, and run. The only import of the inference runtime.

In: a name of weights, then windows in numbers. Out: a `Scorer`, then arrays.
Leaves to others: what the numbers mean (`attributions`).

One session a process, one thread unless told otherwise. Windows run one at a time: the eight-bit
scales of a run are those of its window alone, so an answer cannot depend on what else is read, and
memory is that of one window.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.errors import ModelError

WEIGHTS = Path(__file__).parent / "weights"
#: What the runtime would do to a network that makes it slower: its fused norm is five times the plain one's time.
SLOWER = ["SkipLayerNormFusion"]
#: Word pieces that all attribution weights share.
VOCABULARY = "attributions.vocab.txt"
#: The manifest's layout that this program reads.
FORMAT = 1

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


class Scorer:
    """One set of attribution weights, ready to run. Made by `load_scorer`."""

    def __init__(
        self, session: Any, weights: str, pieces: tuple[str, ...], tuning: Mapping[str, Any]
    ) -> None:
        self._session = session
        self.weights = weights
        self.pieces = pieces
        self.tuning = tuning

    def score(
        self,
        pieces: Sequence[int],
        features: Sequence[tuple[int, int, int]],
        firsts: Sequence[int],
        paragraphs: Sequence[int],
        floor: float,
    ) -> tuple[Ints, Ints, Floats, Floats]:
        """(at, kinds, chances, roles) of one window's anchors whose logit is above floor.

        at, kinds: (k,); chances: (k,) logits; roles: (k, words, 4) logits.
        """
        at, kinds, chances, roles = self._session.run(
            None,
            {
                "pieces": np.array([pieces], np.int64),
                "features": np.array([features], np.int64),
                "firsts": np.array([firsts], np.int64),
                "paragraphs": np.array([paragraphs], np.int64),
                "floor": np.array(floor, np.float32),
            },
        )
        return at, kinds, chances, roles


@cache
def load_scorer(name: str = "default", *, folder: Path = WEIGHTS, threads: int = 1) -> Scorer:
    """The attribution weights of that name, `default` or `fast`, checked; loaded once a process.

    Raises ModelError where a file is missing, damaged, or made for another version.
    """
    stem = f"attributions-{name}"
    sums = read_manifest(folder)
    model = read_checked(folder, f"{stem}.onnx", sums)
    tuning = json.loads(read_checked(folder, f"{stem}.json", sums))
    pieces = read_checked(folder, VOCABULARY, sums).decode("utf-8").split("\n")
    parts = (sums[file] for file in (f"{stem}.onnx", f"{stem}.json", VOCABULARY))
    weights = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return Scorer(_start(model, stem, threads), weights, tuple(p for p in pieces if p), tuning)


def read_manifest(folder: Path) -> dict[str, str]:
    """SHA-256 (hex) of every file of weights, by name; ModelError if it cannot be read."""
    path = folder / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        found, files = manifest["format"], manifest["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: no readable manifest ({error}); install onrecord again") from error
    if found != FORMAT:
        raise ModelError(f"{path}: format {found}, expected {FORMAT}; install onrecord again")
    return {str(name): str(digest) for name, digest in files.items()}


def read_checked(folder: Path, name: str, sums: Mapping[str, str]) -> bytes:
    """A file's bytes; ModelError if it is missing or not the one that the manifest lists."""
    path = folder / name
    if name not in sums:
        raise ModelError(
            f"{path}: not in the manifest, which lists {sorted(sums)}; choose one of these weights"
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error}); install onrecord again") from error
    found = hashlib.sha256(content).hexdigest()
    if found != sums[name]:
        raise ModelError(f"{path}: SHA-256 is {found}, expected {sums[name]}; install onrecord again")
    return content


def _start(model: bytes, stem: str, threads: int) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise ModelError(f"{stem}: onnxruntime is missing; pip install onnxruntime") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(
            model, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
        )
    except Exception as error:  # the runtime's own exceptions have no common base
        raise ModelError(f"{stem}: the runtime cannot start it ({error}); install onrecord again") from error
