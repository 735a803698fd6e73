"""One page, or a bare text: what it says, with who, to whom, when and on what occasion.

In: a RawPage and Options. Out: a Reading, or Rejected. Leaves many pages to `workers`, the record to `recording`.

`read_page(raw, options)` is a pure function: its arguments and its answer can be pickled, weights
are loaded once a process, and no answer depends on what was read before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.article import find_article, weights_sha256
from onrecord.attributions import attributions_of as read_attributions
from onrecord.attributions import find_attributions
from onrecord.attributions.given import Marks
from onrecord.dates import resolve_settings
from onrecord.errors import InputError
from onrecord.intake import Limits
from onrecord.page import parse_page
from onrecord.runs import byte_span, refined
from onrecord.speakers import Authority, parse_authority, resolve_speakers
from onrecord.types import (
    Article,
    Attribution,
    RawPage,
    Reader,
    Reading,
    Rejected,
    Setting,
    Span,
    Statement,
    Tagger,
    Voice,
    When,
)
from onrecord.version import VERSION

#: What can read attributions: weights of `models` by their names, or rules alone.
TAGGERS = ("default", "fast", "rules")


@dataclass(frozen=True, slots=True)
class Options:
    """What may be chosen about reading.

    tagger: "default" (the trained reader), "fast" (a smaller one, for corpora), "rules" (no weights).
    authority: the text of an authority file (CSV; see `speakers.parse_authority`), or None.
    marks: attributions that somebody has marked (`attributions.given.parse_marks`); a page takes those of its id
    instead of the tagger's, and is turned away where it has none or they are of another text.
    """

    tagger: str = "default"
    authority: str | None = None
    limits: Limits = Limits()
    marks: Marks | None = None


def read_page(raw: RawPage, options: Options = Options()) -> Reading | Rejected:
    """The reading of one page, or why it was turned away. Pure; loads weights once a process."""
    page = parse_page(raw)
    if isinstance(page, Rejected):
        return page
    article = find_article(page)
    attributions = _attributions(article, options)
    if isinstance(attributions, str):
        return Rejected(page.id, page.origin.path, "attributions", attributions)
    return Reading(
        article,
        statements_of(article, attributions, options),
        reader(options),
    )


def attributions_of(text: str, *, tagger: str = "default") -> tuple[Attribution, ...]:
    """Who is said to have said what in a bare text, sorted by where each begins; no page, no zones, no names.

    All of the text is read, as an article's body in English, and spans are its own code points:

        text = "“It holds,” Ana Ruiz said."
        for found in onrecord.attributions_of(text):
            print(*(text[span.start : span.end] for span in (*found.source, *found.content)), found.kind)

    tagger: as in `Options`. Loads weights once a process; raises ModelError where they are damaged.
    """
    return read_attributions(text, load_tagger(tagger))


def reader(options: Options = Options()) -> Reader:
    """The version and the weights (or the marked file) with which these options read."""
    weights = [("zones", weights_sha256())]
    tagger = None if options.marks else load_tagger(options.tagger)
    if options.marks:
        weights.append(("attributions", options.marks.sha256))
    if tagger:
        weights.append(("attributions", tagger.weights))
    return Reader(VERSION, tuple(sorted(weights)))


def redate(reading: Reading, published: When) -> tuple[Setting, ...]:
    """The settings of a reading's statements if its article was published at this time.

    For an article without a date of its own, of which a copy is dated.
    """
    attributions = tuple(s.attribution for s in reading.statements)
    return resolve_settings(
        reading.article, attributions, published, tuple(s.speaker for s in reading.statements)
    )


def statements_of(
    article: Article, attributions: tuple[Attribution, ...], options: Options
) -> tuple[Statement, ...]:
    """A statement for each attribution, in their order: who, to whom, when and on what occasion."""
    voices: tuple[Voice, ...] = resolve_speakers(article, attributions, _authority(options.authority))
    speakers = tuple(voice.speaker for voice in voices)
    settings: tuple[Setting, ...] = resolve_settings(article, attributions, speakers=speakers)
    ids = _statement_ids(article, attributions)
    return tuple(
        Statement(
            id=ids[i],
            parent=None if attribution.parent is None else ids[attribution.parent],
            attribution=attribution,
            speaker=voices[i].speaker,
            addressee=voices[i].addressee,
            occasion=settings[i].occasion,
            said_on=settings[i].said_on,
        )
        for i, attribution in enumerate(attributions)
    )


@cache
def load_tagger(name: str) -> Tagger | None:
    """The reader of attributions of this name, None for rules alone; loaded once a process.

    Raises InputError for a name that is none of TAGGERS, ModelError where weights are damaged.
    """
    if name == "rules":
        return None
    if name not in TAGGERS:
        raise InputError(f"--tagger {name}: no such tagger; choose one of {', '.join(TAGGERS)}")
    from onrecord.attributions.neural import NeuralTagger
    from onrecord.models import load_scorer

    return NeuralTagger(load_scorer(name))


def _attributions(article: Article, options: Options) -> tuple[Attribution, ...] | str:
    """The article's attributions, found or given; else why it is turned away."""
    if options.marks is not None:
        return options.marks.attributions(article.page.id, article.page.text)
    return find_attributions(article, load_tagger(options.tagger)) if article.read_language else ()


def _statement_ids(article: Article, attributions: Sequence[Attribution]) -> tuple[str, ...]:
    """One id each, from the original's hash and the bytes of content, cue and source; repeats are numbered."""
    page, seen, out = article.page, dict[str, int](), list[str]()
    runs = refined(page.runs, page.text, page.encoding.name)

    def place(span: Span) -> str:
        at = byte_span(runs, span, page.text, page.encoding.name)
        return f"{at.start}-{at.end}" if at else f"t{span.start}-{span.end}"

    for attribution in attributions:
        key = ";".join(
            ",".join(place(span) for span in spans)
            for spans in (attribution.content, attribution.cue, attribution.source)
        )
        n = seen.get(key, 0)
        seen[key] = n + 1
        digest = hashlib.sha256(f"{page.sha256} {key} {n}".encode()).hexdigest()
        out.append(digest[:16])
    return tuple(out)


@cache
def _authority(text: str | None) -> Authority | None:
    return None if text is None else parse_authority(text)
