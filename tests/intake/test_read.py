"""Paths to pages: what is read, what is turned away, and that the rest goes on."""

import gzip
import hashlib
import io
import json
import os
import sys
from pathlib import Path

import pytest

from onrecord.intake import Limits, read_raw
from onrecord.types import Given, RawPage, Rejected


def read(*paths: Path | str, limits: Limits = Limits()) -> list[RawPage | Rejected]:
    """What comes of the paths."""
    return list(read_raw([str(path) for path in paths], limits=limits))


def only(*paths: Path | str, limits: Limits = Limits()) -> RawPage:
    """The one page of the paths."""
    (page,) = read(*paths, limits=limits)
    assert isinstance(page, RawPage), page
    return page


def reason(path: Path | str, limits: Limits = Limits()) -> str:
    """Why the one thing at a path is turned away."""
    (rejected,) = read(path, limits=limits)
    assert isinstance(rejected, Rejected), rejected
    assert (rejected.id, rejected.path, rejected.room) == (str(path), str(path), "intake")
    return rejected.reason


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.txt", b"The ferry stops.", "text/plain"),
        ("a.html", b"The ferry stops.", "text/html"),
        ("a.HTM", b"The ferry stops.", "text/html"),
        ("a.txt", b"\n<!DOCTYPE html><html><p>x", "text/html"),
        ("a.txt", b"<p>x</p> is how a paragraph is written: <p>", "text/plain"),
        ("saved", b"<?xml version='1.0'?><html><p>x", "text/html"),
        ("saved", b"<!-- saved --><HEAD><title>x", "text/html"),
        ("saved", b"So: <p>a</p><p>b</p><br><a href=x>c</a>", "text/html"),
        ("saved", "<html><p>é".encode("utf-16"), "text/html"),
        ("saved", b"2 < 3, and <b> is a tag.", "text/plain"),
        ("a.md", b"# Ferry", "text/plain"),
    ],
)
def test_a_file(tmp_path: Path, name: str, content: bytes, media_type: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    page = only(path)
    assert (page.id, page.origin.path) == (str(path), str(path))
    assert (page.content, page.media_type) == (content, media_type)
    assert page.sha256 == hashlib.sha256(content).hexdigest()
    assert page.given is None


def test_a_packed_file_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.html.gz"
    path.write_bytes(gzip.compress(b"<p>x"))
    page = only(path)
    assert (page.content, page.media_type) == (b"<p>x", "text/html")
    assert page.sha256 == hashlib.sha256(b"<p>x").hexdigest()


def test_a_folder_is_read_in_order_with_those_in_it(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.html",
        "z.txt.gz",
        ".hidden.txt",
        "photo.jpg",
        "in/c.txt",
        ".git/d.txt",
        "in/deep/e.txt",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(gzip.compress(b"x") if name.endswith("gz") else b"x")
    os.symlink(tmp_path, tmp_path / "in" / "loop")
    ids = [os.path.relpath(item.id, tmp_path) for item in read(tmp_path)]
    assert ids == ["a.html", "b.txt", "z.txt.gz", "in/c.txt", "in/deep/e.txt"]
    assert read(tmp_path) == read(tmp_path)


def test_a_folder_without_pages(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"x")
    assert "folder without pages" in reason(tmp_path)


def test_what_cannot_be_read_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text("The ferry stops.")
    bad = {
        "empty.txt": (b"", "empty file"),
        "a.pdf": (b"%PDF-1.7 ...", "a PDF"),
        "binary": (bytes(range(32)) * 40, "binary file"),
        "broken.html.gz": (gzip.compress(os.urandom(900))[:-20], "broken gzip"),
        "other.gz": (b"\x1f\x8b" + b"junk" * 40, "broken gzip"),
        "big.txt": (b"x" * 2001, "2,001 bytes, the limit is 2,000"),
        "bomb.txt.gz": (gzip.compress(b"x" * 1_000_000), "more than 2,000 bytes unpacked"),
        "saved.mhtml": (b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;", "MHTML"),
    }
    for name, (content, _) in bad.items():
        (tmp_path / name).write_bytes(content)
        assert bad[name][1] in reason(tmp_path / name, Limits(max_bytes=2000))
    paths = [good, *(tmp_path / name for name in bad), tmp_path / "missing.html", good]
    items = read(*paths, limits=Limits(max_bytes=2000))
    assert [isinstance(item, RawPage) for item in items] == [True, *[False] * 9, True]
    assert "no such file" in reason(tmp_path / "missing.html")
    assert "no such file" in reason(good / "in.txt")


def test_a_big_file_is_not_read_first(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with open(path, "wb") as file:
        file.write(b"x")
        file.truncate(10**12)  # sparse: takes no room, and could not be held
    assert "1,000,000,000,000 bytes" in reason(path)


def corpus(tmp_path: Path, *lines: object, name: str = "c.jsonl") -> Path:
    """A corpus of these lines; a string stands as it is."""
    path = tmp_path / name
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    path.write_bytes(gzip.compress(text.encode()) if name.endswith("gz") else text.encode())
    return path


@pytest.mark.parametrize("name", ["c.jsonl", "c.ndjson", "c.jsonl.gz", "corpus"])
def test_a_corpus(tmp_path: Path, name: str) -> None:
    line = {
        "id": "moe-1",
        "text": "“No,” she said.\n",
        "title": "Ferry",
        "url": "https://fjord.example/1",
        "publisher": "The Fjord Post",
        "date": "2031-05-04",
        "authors": ["Ida Moe", "Jon Aas"],
        "annotator": "x",
        "attributions": [],
    }
    path = corpus(tmp_path, line, {"id": 7, "text": "x", "author": "Ida Moe", "title": None}, name=name)
    first, second = read(path)
    assert isinstance(first, RawPage)
    assert isinstance(second, RawPage)
    content = "“No,” she said.\n".encode()
    assert (first.id, first.content, first.sha256) == ("moe-1", content, hashlib.sha256(content).hexdigest())
    assert (first.media_type, first.declared_encoding) == ("text/plain", "utf-8")
    assert first.origin.path == str(path)
    assert first.origin.url == "https://fjord.example/1"
    authors = ("Ida Moe", "Jon Aas")
    assert first.given == Given("Ferry", "https://fjord.example/1", "The Fjord Post", "2031-05-04", authors)
    assert (second.id, second.given) == ("7", Given(authors=("Ida Moe",)))


def test_a_line_that_is_there_twice_is_read_once(tmp_path: Path) -> None:
    a, b, c = {"id": "a", "text": "x"}, {"id": "a", "text": "another version"}, {"id": "b", "text": "x"}
    assert [item.id for item in read(corpus(tmp_path, a, b, a, c, a))] == ["a", "a", "b"]


def test_bad_lines_are_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = {"id": "a", "text": "x"}
    path = corpus(
        tmp_path, good, "{broken", "", "[1]", {"id": "b"}, {"text": "y"}, {"id": "c", "text": " "}, "[" * 9999, {"id": "d", "text": "z" * 99}, {**good, "id": "e"},
    )  # fmt: skip
    items = read(path, limits=Limits(max_bytes=50))
    assert [item.id for item in items if isinstance(item, RawPage)] == ["a", "e"]
    reasons = [item.reason for item in items if isinstance(item, Rejected)]
    for n, said in zip((2, 4, 5, 6, 7, 8, 9), reasons, strict=True):
        assert f"line {n}" in said
    assert [item.id for item in items if isinstance(item, Rejected)][:2] == [f"{path}:2", f"{path}:4"]


def test_a_line_over_the_limit_is_passed_over(tmp_path: Path) -> None:
    path = corpus(
        tmp_path, {"id": "a", "text": "x"}, {"id": "b", "text": "y" * 500}, {"id": "c", "text": "z"}
    )
    items = read(path, limits=Limits(max_line_bytes=100))
    assert [type(item).__name__ for item in items] == ["RawPage", "Rejected", "RawPage"]


def test_jsonl_of_another_shape_is_turned_away_as_one_thing(tmp_path: Path) -> None:
    assert "no corpus" in reason(corpus(tmp_path, *[{"file": n} for n in range(50)]))


def test_a_packed_corpus_that_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl.gz"
    text = "".join(
        json.dumps({"id": str(n), "text": f"{n} {os.urandom(64).hex()}"}) + "\n" for n in range(2000)
    )
    path.write_bytes(gzip.compress(text.encode())[:-4000])
    items = read(path)
    assert sum(isinstance(item, RawPage) for item in items) > 500
    assert isinstance(items[-1], Rejected)
    assert "broken gzip" in items[-1].reason


def test_a_corpus_is_not_held(tmp_path: Path) -> None:
    path = corpus(tmp_path, {"id": "a", "text": "x"}, {"id": "b", "text": "y"})
    pages = read_raw([str(path), str(path)])
    assert next(pages).id == "a"


class Stdin:
    """Standard input that is not a file."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


@pytest.mark.parametrize(
    ("content", "media_type", "ids"),
    [
        (b"The ferry stops.", "text/plain", ["-"]),
        (b"<html><p>x", "text/html", ["-"]),
        (gzip.compress(b"<html><p>x", mtime=0), "text/html", ["-"]),
        (b'{"id": "a", "text": "x"}\n{"id": "b", "text": "y"}', "text/plain", ["a", "b"]),
    ],
)
def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, content: bytes, media_type: str, ids: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(content))
    items = read("-")
    assert [item.id for item in items] == ids
    assert {item.media_type for item in items if isinstance(item, RawPage)} == {media_type}


def test_standard_input_that_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(b""))
    assert "empty" in reason("-")
