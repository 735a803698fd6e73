"""Real saved pages beside the checkout: every character is what its bytes say, and the article's words are there."""

import gzip
import json
import re
from pathlib import Path

import pytest
from tests.page.reading import blocks, read

pytestmark = pytest.mark.shared


def test_saved_pages_are_byte_true_and_whole(shared: Path) -> None:
    folder = shared / "data" / "pages"
    n_paragraphs = n_found = 0
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        page = read(gzip.decompress((folder / gold["file"]).read_bytes()))
        held = {folded(piece) for piece in blocks(page)}
        n_paragraphs += len(gold["paragraphs"])
        n_found += sum(folded(paragraph) in held for paragraph in gold["paragraphs"])
        assert any(fact.key == "published" for fact in page.facts), gold["file"]
    assert n_found >= 0.97 * n_paragraphs  # the rest of the gold runs several blocks together


def test_seeds_are_taken_as_they_stand(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        content = path.read_bytes()
        page = read(content, "text/plain")
        assert page.text == content.decode()
        lines = [folded(line) for line in page.text.splitlines() if line.strip()]
        assert [folded(piece) for piece in blocks(page)] == lines


def folded(text: str) -> str:
    """A text's letters and digits."""
    return re.sub(r"\W+", "", text).lower()
