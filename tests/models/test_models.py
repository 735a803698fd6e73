"""Committed weights: checked before they run, and the same answer every time."""

import hashlib
import json
from pathlib import Path

import pytest

from onrecord.attributions.neural import NeuralTagger
from onrecord.errors import ModelError
from onrecord.models import WEIGHTS, load_scorer, read_checked, read_manifest
from onrecord.types import Kind

TEXT = (
    "Mayor Warns Of Flood\n"
    "The dam will not hold another spring, Mayor Ana Ruiz said on Tuesday. “We have asked for help four times,” "
    "she told reporters, “and four times nobody came.”\n"
    "A spokesman for the ministry, Pavel Novak, denied that any letter had arrived.\n"
    "The valley has eleven villages."
)


def folder_with(tmp_path: Path, **manifest: object) -> Path:
    (tmp_path / "a.onnx").write_bytes(b"abc")
    files = {"a.onnx": hashlib.sha256(b"abc").hexdigest(), "gone.onnx": "0" * 64}
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 1, "files": files, **manifest}))
    return tmp_path


def test_a_file_is_read_only_if_it_is_the_one_that_was_meant(tmp_path: Path) -> None:
    folder = folder_with(tmp_path)
    sums = read_manifest(folder)
    assert read_checked(folder, "a.onnx", sums) == b"abc"
    (folder / "a.onnx").write_bytes(b"abd")
    with pytest.raises(ModelError, match=r"SHA-256 is .*, expected .*; install onrecord again"):
        read_checked(folder, "a.onnx", sums)
    with pytest.raises(ModelError, match="cannot be read"):
        read_checked(folder, "gone.onnx", sums)
    with pytest.raises(ModelError, match="not in the manifest"):
        read_checked(folder, "b.onnx", sums)


def test_a_manifest_of_another_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="format 2, expected 1"):
        read_manifest(folder_with(tmp_path, format=2))
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(ModelError, match="no readable manifest"):
        read_manifest(tmp_path)


@pytest.mark.weights
def test_every_file_is_in_the_manifest_and_small_enough() -> None:
    sums = read_manifest(WEIGHTS)
    files = {p.name: p for p in WEIGHTS.iterdir() if p.is_file() and p.name != "manifest.json"}
    assert sorted(files) == sorted(sums)
    for name in files:
        read_checked(WEIGHTS, name, sums)
    assert sum(p.stat().st_size for p in files.values()) <= 40_000_000


@pytest.fixture(scope="module", params=("default", "fast"))
def tagger(request: pytest.FixtureRequest) -> NeuralTagger:
    return NeuralTagger(load_scorer(request.param))


@pytest.mark.weights
def test_weights_are_loaded_once() -> None:
    assert load_scorer() is load_scorer()
    assert len(load_scorer().weights) == 64
    assert load_scorer("fast").weights != load_scorer().weights


@pytest.mark.weights
def test_who_said_what_is_found(tagger: NeuralTagger) -> None:
    (found,) = tagger.tag([TEXT])
    said = {tuple(TEXT[s.start : s.end].strip(" ,") for s in a.source): a for a in found}
    assert ("Mayor Ana Ruiz",) in said
    quoted = said[("she",)]
    assert quoted.kind is Kind.DIRECT
    assert [TEXT[s.start : s.end] for s in quoted.content] == [
        "“We have asked for help four times,”",
        "“and four times nobody came.”",
    ]
    assert all(0 < a.score <= 1 for a in found)
    assert max(s.end for a in found for s in a.content) <= TEXT.index("The valley")


@pytest.mark.weights
def test_the_answer_for_a_passage_depends_on_nothing_else(tagger: NeuralTagger) -> None:
    (alone,) = tagger.tag([TEXT])
    others = ["Ana Ruiz said no.", TEXT, "x" * 5000, "", TEXT]
    together = tagger.tag(others)
    assert together[1] == together[4] == alone
    assert together[3] == ()
    assert NeuralTagger(tagger._scorer).tag([TEXT])[0] == alone


@pytest.mark.weights
@pytest.mark.parametrize(
    "text", ["", "\n\n", "1 2 3 ...", '"' * 5000, "“" * 3000, "水坝是安全的。" * 200, "\ud7ff\u0301\x00\x01"]
)
def test_odd_texts_are_read(tagger: NeuralTagger, text: str) -> None:
    (found,) = tagger.tag([text])
    assert all(s.end <= len(text) for a in found for s in (*a.source, *a.cue, *a.content))
