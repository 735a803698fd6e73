"""The spaCy component: against a stand-in for spaCy, and against spaCy where it is installed."""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, ClassVar

import pytest

TEXT = "“The dam is safe,” Ana Ruiz said, adding that “nobody need leave.”"


class FakeDoc:
    """As much of spaCy's Doc as the component touches; a span is (text, label, number)."""

    extensions: ClassVar[dict[str, Callable[[Any], Any]]] = {}

    def __init__(self, text: str) -> None:
        self.text = text
        self.user_data: dict[str, Any] = {}
        self.spans: dict[str, list[Any]] = {}

    def char_span(self, start: int, end: int, label: str, alignment_mode: str, span_id: int) -> Any:
        assert alignment_mode == "expand"
        return self.text[start:end], label, span_id

    @classmethod
    def set_extension(cls, name: str, getter: Callable[[Any], Any], force: bool) -> None:
        cls.extensions[name] = getter


class FakeLanguage:
    made: ClassVar[dict[str, dict[str, Any]]] = {}

    @classmethod
    def factory(cls, name: str, **options: Any) -> None:
        cls.made[name] = options


@pytest.fixture
def component(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    language, tokens = ModuleType("spacy.language"), ModuleType("spacy.tokens")
    language.Language, tokens.Doc = FakeLanguage, FakeDoc  # type: ignore[attr-defined]
    for name, module in (
        ("spacy", ModuleType("spacy")),
        ("spacy.language", language),
        ("spacy.tokens", tokens),
    ):
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.delitem(sys.modules, "onrecord.faces.spacy", raising=False)
    yield importlib.import_module("onrecord.faces.spacy")
    sys.modules.pop("onrecord.faces.spacy", None)


def test_a_doc_gets_its_attributions_and_span_groups(component: ModuleType) -> None:
    factory = FakeLanguage.made["onrecord"]
    read = factory["func"](None, "onrecord", tagger="rules")
    doc = read(FakeDoc(TEXT))
    first, second = FakeDoc.extensions["attributions"](doc)
    assert first.source == (("Ana Ruiz", "direct", 0),)
    assert first.content == (("“The dam is safe,”", "direct", 0),)
    assert (second.kind, second.cue) == ("mixed", (("adding", "mixed", 1),))
    assert doc.spans["onrecord/cue"] == [("said", "direct", 0), ("adding", "mixed", 1)]
    assert factory["default_config"] == {"tagger": "default"}


def test_a_doc_that_was_not_read_has_none(component: ModuleType) -> None:
    assert component.quotes_of(FakeDoc(TEXT)) == ()


def test_without_spacy_the_install_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy.language", None)
    monkeypatch.delitem(sys.modules, "onrecord.faces.spacy", raising=False)
    with pytest.raises(ImportError, match="pip install 'onrecord\\[spacy\\]'"):
        importlib.import_module("onrecord.faces.spacy")


@pytest.mark.skipif(importlib.util.find_spec("spacy") is None, reason="needs spaCy")
def test_spacy_finds_it_and_stores_what_it_found() -> None:
    code = (
        "import spacy; from spacy.tokens import Doc; nlp = spacy.blank('en'); "
        "nlp.add_pipe('onrecord', config={'tagger': 'rules'}); "
        f"doc = Doc(nlp.vocab).from_bytes(nlp({TEXT!r}).to_bytes()); "
        "print([(q.kind, q.source[0].text) for q in doc._.attributions])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[('direct', 'Ana Ruiz'), ('mixed', 'Ana Ruiz')]"
