"""The spaCy component `onrecord`: a Doc with its attributions, for people who work with spaCy.

    nlp = spacy.load("en_core_web_sm")
    nlp.add_pipe("onrecord")                          # or config={"tagger": "fast"}
    for quote in nlp(text)._.attributions:
        print(quote.source, quote.cue, quote.content, quote.kind, quote.score)

In: a Doc, from any pipeline (a blank one too: nothing but the text is read). Out: the same Doc with
`doc._.attributions`, and the span groups `onrecord/source`, `onrecord/cue` and `onrecord/content`, whose spans have
the attribution's number as their id and its kind as their label. Leaves to others: who the source is.

spaCy finds the component by itself (an entry point); this module is imported only then. Only offsets, names and
numbers are kept in the Doc, so it can be stored, and sent between processes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.pipeline import attributions_of
from onrecord.types import Attribution, Span

try:
    from spacy.language import Language
    from spacy.tokens import Doc
except ImportError as error:
    raise ImportError("onrecord.faces.spacy needs spaCy: pip install 'onrecord[spacy]'") from error

#: Where a Doc's user_data keeps what was found.
KEY = "onrecord"
ROLES = ("source", "cue", "content")

__all__ = ["Quote", "make"]


@dataclass(frozen=True, slots=True)
class Quote:
    """One attribution of a Doc; its pieces are spaCy's spans, in the order of the text.

    Where a piece begins or ends inside a token, the whole token counts. kind: direct, mixed or indirect. score: 0
    to 1. parent, continues: the number of the attribution that it is nested in, or goes on from, or None.
    """

    source: tuple[Any, ...]
    cue: tuple[Any, ...]
    content: tuple[Any, ...]
    kind: str
    score: float
    parent: int | None
    continues: int | None


class Component:
    """What `nlp.add_pipe("onrecord")` adds; weights are loaded with the first text."""

    def __init__(self, tagger: str = "default") -> None:
        self.tagger = tagger

    def __call__(self, doc: Any) -> Any:
        """The Doc, with its attributions."""
        found = attributions_of(doc.text, tagger=self.tagger)
        doc.user_data[KEY] = [_plain(attribution) for attribution in found]
        for role in ROLES:
            doc.spans[f"{KEY}/{role}"] = [
                _span(doc, span.start, span.end, attribution.kind.value, number)
                for number, attribution in enumerate(found)
                for span in getattr(attribution, role)
            ]
        return doc


def make(nlp: Any, name: str, tagger: str) -> Component:
    """The component, for spaCy. tagger: "default", "fast" or "rules"."""
    return Component(tagger)


def quotes_of(doc: Any) -> tuple[Quote, ...]:
    """What `doc._.attributions` gives; () before the component has run."""
    return tuple(
        Quote(
            _spans(doc, source, kind, number),
            _spans(doc, cue, kind, number),
            _spans(doc, content, kind, number),
            kind,
            score,
            parent,
            continues,
        )
        for number, (source, cue, content, kind, score, parent, continues) in enumerate(
            doc.user_data.get(KEY, ())
        )
    )


def _plain(attribution: Attribution) -> list[Any]:
    """The attribution as lists, numbers and strings, which spaCy can store."""
    a = attribution
    places = [_places(getattr(a, role)) for role in ROLES]
    return [*places, a.kind.value, a.score, a.parent, a.continues]


def _places(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _spans(doc: Any, places: Sequence[Sequence[int]], kind: str, number: int) -> tuple[Any, ...]:
    return tuple(_span(doc, start, end, kind, number) for start, end in places)


def _span(doc: Any, start: int, end: int, kind: str, number: int) -> Any:
    return doc.char_span(start, end, label=kind, alignment_mode="expand", span_id=number)


Language.factory(
    "onrecord",
    default_config={"tagger": "default"},
    assigns=["doc._.attributions", "doc.spans"],
    func=make,
)
Doc.set_extension("attributions", getter=quotes_of, force=True)
