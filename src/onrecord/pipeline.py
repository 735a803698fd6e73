"""The order of the rooms, for one page or a whole corpus.

In: paths, or one RawPage. Out: Readings (or Rejected), or a record brought up to date. Leaves the
work to the rooms; this is the only module that knows in which order they come.

`read_page(raw, options)` is a pure function: its arguments and its answer can be pickled, weights
are loaded once a process, and no answer depends on what was read before.
"""

from __future__ import annotations

import hashlib
import logging
import multiprocessing
import traceback
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from onrecord import intake
from onrecord.article import find_article, weights_sha256
from onrecord.attributions import attributions_of as read_attributions
from onrecord.attributions import find_attributions
from onrecord.attributions.given import Marks
from onrecord.attributions.given import parse_marks as parse_marks
from onrecord.attributions.quotations import Quotation, find_quotations
from onrecord.copies import compare, could_match, make_sketch
from onrecord.dates import resolve_settings
from onrecord.errors import InputError
from onrecord.intake import Limits, read_raw
from onrecord.models.meaning import load_embedder
from onrecord.page import parse_page
from onrecord.page.prose import Prose, find_prose, line_starts
from onrecord.record import (
    Added,
    Answer,
    Decision,
    DecisionKind,
    Outcome,
    PageKey,
    Record,
    Removal,
    Replaced,
    SpeakerRef,
    group_utterances,
)
from onrecord.record.quoted import follow
from onrecord.runs import byte_span, refined
from onrecord.speakers import Authority, parse_authority, resolve_speakers
from onrecord.text import DOUBLE_MARKS
from onrecord.types import (
    Article,
    Attribution,
    CopyEvidence,
    Given,
    Page,
    RawPage,
    Reader,
    Reading,
    Rejected,
    Setting,
    Sketch,
    Span,
    SpeakerKind,
    Statement,
    Tagger,
    Unresolved,
    Voice,
    When,
    Zone,
    ZoneKind,
)
from onrecord.version import VERSION

log = logging.getLogger("onrecord")

#: How many pages a worker may be ahead of the reader: bounds memory, keeps the workers busy.
PAGES_AHEAD = 8

#: After so many pages added, statements are grouped into utterances (and at the end of a batch).
SETTLE_EVERY = 200

#: What can read attributions: weights of `models` by their names, or rules alone.
TAGGERS = ("default", "fast", "rules")

#: How many pages that share a band of the sketch one page is compared with.
MAX_COMPARED = 50


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


def read(
    paths: Sequence[str], *, options: Options = Options(), workers: int = 1
) -> Iterator[Reading | Rejected]:
    """Readings of every page under the paths, in the order of the input, and what was turned away.

    paths: files (.txt, .html, .gz of either, .jsonl), folders, or "-" for standard input.
    workers: processes that read; the answers are the same for any number.
    Raises InputError for an option that makes no sense, ModelError where weights are damaged.
    """
    for _, result in _read_all(read_raw(paths, limits=options.limits), options, workers):
        yield result


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
        _statements(article, attributions, _authority(options.authority), None),
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
    return read_attributions(text, _tagger(tagger))


def reader(options: Options = Options()) -> Reader:
    """The version and the weights (or the marked file) with which these options read."""
    weights = [("zones", weights_sha256())]
    tagger = None if options.marks else _tagger(options.tagger)
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


# ------------------------------------------------------------------------------- with a record


def add(
    record: Record, paths: Sequence[str], *, options: Options = Options(), workers: int = 1
) -> Iterator[Added | Rejected]:
    """Puts every page under the paths on record; yields what became of each, in the input's order.

    Every page is one transaction: stopped at any point, the same call again goes on where it was. A
    page that is on record is not read again (`reread` does that).
    """
    raws = (
        Added(PageKey(raw.id, raw.sha256), Outcome.KNOWN, 0)
        if isinstance(raw, RawPage) and record.known(raw.id, raw.sha256)
        else raw
        for raw in read_raw(paths, limits=options.limits)
    )
    n_since_settled = 0
    for raw, result in _read_all(raws, options, workers):
        if isinstance(result, Rejected):
            record.reject(result)
            yield result
        elif isinstance(result, Added):
            yield result
        else:
            assert raw is not None
            yield _put(record, raw, result)
            n_since_settled += 1
        if n_since_settled >= SETTLE_EVERY:
            settle(record)
            n_since_settled = 0
    settle(record)


def reread(
    record: Record,
    page_ids: Sequence[str] | None = None,
    *,
    every: bool = False,
    options: Options = Options(),
    workers: int = 1,
) -> Iterator[Replaced | Rejected]:
    """Reads stored originals again, where another version or other weights read them (every: all).

    What the user decided is put back; an answer lists the decisions that found no place. A page that
    the new reader turns away keeps its old reading.
    """
    now = reader(options)
    keys = [page.key for page in record.pages(versions=True) if page_ids is None or page.key.id in page_ids]
    for page_id in page_ids or ():
        if page_id not in {key.id for key in keys}:
            yield Rejected(page_id, None, "record", "no such page on record; `onrecord show` lists them")
    wanted = (k for k in keys if every or not record.known(k.id, k.sha256, now))
    raws = (record.raw(key.sha256, key.id) for key in wanted)
    for raw, result in _read_all(raws, options, workers):
        if isinstance(result, Rejected):
            yield result
            continue
        assert raw is not None
        assert isinstance(result, Reading)
        sketch = make_sketch(result.article)
        with record.transaction():
            replaced = record.replace_reading(raw, result, sketch)
            _link(record, result.article, sketch)
        yield replaced
    settle(record)


def remove(record: Record, page_id: str, why: str) -> tuple[Removal, ...]:
    """Takes every version of a page out; days that its copies had from it go too."""
    group = record.copies_of(page_id)
    removals = record.remove(page_id, why)
    if group:
        _redate(record, [member for member in group.members if member != page_id])
    settle(record)
    return removals


def open_record(path: str | Path, *, create: bool = True, readonly: bool = False) -> Record:
    """A record, open, that can be searched and checked by meaning too. Raises RecordError as Record does."""
    return Record(path, create=create, readonly=readonly, embedder=load_embedder)


def settle(record: Record) -> None:
    """Groups the statements that wait for it into utterances, and reads them for the search by meaning."""
    group_utterances(record)
    record.read_meanings()


def _put(record: Record, raw: RawPage, reading: Reading) -> Added:
    sketch = make_sketch(reading.article)
    with record.transaction():
        added = record.add(raw, reading, sketch)
        if added.outcome is not Outcome.KNOWN:
            _link(record, reading.article, sketch)
    return added


def _link(record: Record, article: Article, sketch: Sketch) -> None:
    """Links a page just put on record with its copies, and dates what only a copy dates."""
    page_id = article.page.id
    for key in record.copy_candidates(sketch)[:MAX_COMPARED]:
        other = record.sketch(key.id, key.sha256)
        if key.id == page_id or other is None or not could_match(sketch, other):
            continue
        link = compare(article, record.reading(key.id, key.sha256, as_read=True).article)
        if link is not None:
            record.link_copies(link)
    group = record.copies_of(page_id)
    if group:
        _redate(record, group.members)


def _redate(record: Record, page_ids: Sequence[str]) -> None:
    """Gives the undated of these pages the day of the earliest dated copy, or takes it back."""
    for page_id in page_ids:
        reading = record.reading(page_id, as_read=True)
        if reading.article.published is not None:
            continue
        published = _date_of_copies(record, page_id)
        if published is None:
            record.set_settings(page_id, None)
        else:
            record.set_settings(page_id, redate(reading, published), published)


def _date_of_copies(record: Record, page_id: str) -> When | None:
    group = record.copies_of(page_id)
    dated = []
    for member in group.members if group else ():
        if member != page_id:
            published = record.reading(member, as_read=True).article.published
            if isinstance(published, When):
                dated.append(replace(published, evidence=CopyEvidence(member)))
    return min(dated, key=lambda when: (when.date, str(when.evidence)), default=None)


def merge_speakers(record: Record, name: str, into: str, note: str | None = None) -> Decision:
    """One speaker from two, from now on: NAME's statements are INTO's. Lasts, and survives rereading."""
    one, other = _speaker(record, name), _speaker(record, into)
    return record.decide(
        Decision(
            number=0,
            kind=DecisionKind.MERGE,
            made_at="",
            note=note,
            name=one.name,
            name_kind=one.kind,
            into_names=(other.name,),
            into_kind=other.kind,
        )
    )


def split_speaker(
    record: Record,
    name: str,
    statement_ids: Sequence[str] = (),
    into: str | None = None,
    note: str | None = None,
) -> tuple[Decision, ...]:
    """Two speakers from one: a merge of NAME undone (or the tie of its spelling), or these statements given to INTO."""
    if bool(statement_ids) != bool(into):
        raise InputError("a split names --statement ID and --into NAME together, or neither to undo a merge")
    if not statement_ids:
        merges = [
            d
            for d in record.decisions()
            if d.kind is DecisionKind.MERGE and d.undone_at is None and d.name == name
        ]
        if not merges:
            return (record.decide(_stands_alone(record, name, note)),)
        return tuple(record.undo(d.number) for d in merges)
    made = []
    for statement_id in statement_ids:
        found = record.statement(statement_id)
        if not found:
            raise InputError(
                f"{statement_id}: no such statement on record; `onrecord search` shows their ids"
            )
        for entry in found:
            kind = entry.speakers[0].kind if entry.speakers else SpeakerKind.PERSON
            decision = record.about(
                entry, DecisionKind.SPEAKER, into_names=(into or "",), into_kind=kind, note=note
            )
            made.append(record.decide(decision))
    settle(record)
    return tuple(made)


def _stands_alone(record: Record, name: str, note: str | None) -> Decision:
    """That a name is a speaker of its own, where its spelling alone has tied it to another."""
    entry = record.speaker(_speaker(record, name).number)
    if entry is None or len(entry.names) < 2:
        raise InputError(f"{name}: no merge of this name to undo; `onrecord speakers` lists the names")
    return Decision(0, DecisionKind.SPLIT, "", note, name=name, name_kind=entry.kind)


def _speaker(record: Record, name: str) -> SpeakerRef:
    found = record.find_speakers(name)
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(f"{name}: no such speaker on record; `onrecord speakers` lists them")
    raise InputError(f"{name}: may be {', '.join(ref.name for ref in found[:8])}; give one of them in full")


# ------------------------------------------------------------------------------------- a draft


@dataclass(frozen=True, slots=True)
class Claim:
    """A quotation that a draft makes.

    draft: its name. place: "line 7", "paragraph 7" or "footnote 7" (of a Word document); line: that number.
    quote: the draft's own words, from the first mark to the last. words: what is checked, without a "he said"
    between two halves. speakers: whom the draft names, () for nobody; source: in the draft's own words.
    unsettled: why a source names nobody who could be compared.
    """

    draft: str
    place: str
    line: int
    quote: str
    words: str
    speakers: tuple[str, ...]
    source: str
    unsettled: str | None

    @property
    def where(self) -> str:
        """The draft and the place in it."""
        return f"{self.draft}, {self.place}"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft claims that people said, in the order of its text.

    passed_over: titles and terms in quotation marks, with their places. language: ISO 639-1; unless
    `read_language`, quotations are claimed for nobody.
    """

    id: str
    claims: tuple[Claim, ...]
    passed_over: tuple[tuple[str, str], ...]
    language: str | None
    read_language: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim and what the record says to it; `problem` where it cannot be asked (a speech, no words)."""

    claim: Claim
    answer: Answer | None
    problem: str | None = None

    @property
    def is_good(self) -> bool:
        """Whether the quotation may stand as it is."""
        return self.answer is not None and self.answer.is_good


def read_draft(path: str, *, options: Options = Options()) -> Draft | Rejected:
    """Every quotation in a draft (text, Markdown, HTML, .docx, "-"), with whom the draft gives it to.

    The whole text is read: no zone hides a paragraph.
    """
    return _claims(intake.read_draft(path, limits=options.limits), options)


def parse_draft(name: str, content: bytes, *, options: Options = Options()) -> Draft | Rejected:
    """As `read_draft`, of the bytes of a file of this name."""
    return _claims(intake.parse_draft(name, content, limits=options.limits), options)


def check_draft(record: Record, draft: Draft, speaker: str | None = None) -> Iterator[Checked]:
    """What the record says to each claim, in order. speaker: of those for whom the draft names nobody."""
    for claim in draft.claims:
        try:
            answers = [record.check(claim.words, name) for name in claim.speakers or (speaker,)]
        except InputError as error:
            yield Checked(claim, None, str(error))
        else:
            yield Checked(claim, next((a for a in answers if a.is_good), answers[0]))


def _claims(found: intake.Draft | Rejected, options: Options) -> Draft | Rejected:
    page = found if isinstance(found, Rejected) else parse_page(found.raw)
    if isinstance(page, Rejected):
        return page
    assert isinstance(found, intake.Draft)
    prose = find_prose(page, is_markdown=found.is_markdown)
    article = _whole_article(page.id, prose.text)
    if isinstance(article, Rejected):
        return article
    attributions = find_attributions(article, _tagger(options.tagger))
    statements = _statements(article, attributions, _authority(options.authority), None)
    quotations, passed = find_quotations(prose.text, attributions, follow, prose.block_quotes)
    places = _Places(found, page, prose)
    return Draft(
        id=page.id,
        claims=tuple(
            _claim(
                page.id, prose.text, q, None if q.attribution is None else statements[q.attribution], places
            )
            for q in quotations
        ),
        passed_over=tuple(
            (places.of(span.start)[0], " ".join(prose.text[span.start : span.end].split())) for span in passed
        ),
        language=article.language,
        read_language=article.read_language,
    )


def _whole_article(page_id: str, text: str) -> Article | Rejected:
    """An article whose body is all of a text."""
    content = text.encode("utf-8", "replace")
    sha256 = hashlib.sha256(content).hexdigest()
    page = parse_page(RawPage(page_id, content, sha256, "text/plain", given=Given()))
    if isinstance(page, Rejected):
        return page
    article = find_article(page)
    return replace(
        article,
        zones=(Zone(ZoneKind.BODY, Span(0, len(page.text)), 1.0),),
        read_language=article.read_language or article.language is None,
    )


def _claim(
    draft: str, text: str, quotation: Quotation, statement: Statement | None, places: _Places
) -> Claim:
    place, line = places.of(quotation.whole.start)
    inside = " ".join(text[span.start : span.end] for span in quotation.words)
    speakers, unsettled = _claimed(statement)
    source = statement.attribution.source if statement else ()
    return Claim(
        draft=draft,
        place=place,
        line=line,
        quote=" ".join(text[quotation.whole.start : quotation.whole.end].split()),
        # in marks of their own, so that the check takes no quotation inside for the whole
        words=f"“{' '.join(inside.translate(_NO_DOUBLE_MARKS).split())}”",
        speakers=speakers,
        source=" … ".join(" ".join(text[span.start : span.end].split()) for span in source),
        unsettled=unsettled,
    )


_NO_DOUBLE_MARKS = dict.fromkeys(map(ord, DOUBLE_MARKS), " ")


def _claimed(statement: Statement | None) -> tuple[tuple[str, ...], str | None]:
    """The names whose words a quotation is claimed to be, or why they are not known."""
    if statement is None:
        return (), None
    attribution, speaker = statement.attribution, statement.speaker
    if not attribution.source and attribution.continues is None:
        return (), None
    if isinstance(speaker, Unresolved):
        return (), speaker.why
    if speaker.kind not in (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION):
        return (), f"the draft gives them to {speaker.names[0]} ({speaker.kind.value}), which is no name"
    return speaker.names, None


class _Places:
    """What a draft's reader calls a place in its prose."""

    def __init__(self, draft: intake.Draft, page: Page, prose: Prose) -> None:
        self._draft, self._page, self._prose = draft, page, prose
        self._is_html = draft.raw.media_type != "text/plain"
        content = draft.raw.content.decode("latin-1") if self._is_html else page.text
        self._starts = line_starts(content)

    def of(self, at: int) -> tuple[str, int]:
        """The place in words, and its number."""
        origin = self._prose.origin(at)
        if self._is_html:
            page = self._page
            found = byte_span(page.runs, Span(origin, origin + 1), page.text, page.encoding.name)
            origin = found.start if found else 0
        line = bisect_right(self._starts, origin)
        if self._draft.places:
            name = self._draft.places[min(line, len(self._draft.places)) - 1]
            return name, int(name.rpartition(" ")[2])
        return f"line {line}", line


# ------------------------------------------------------------------------------------- inside


def _attributions(article: Article, options: Options) -> tuple[Attribution, ...] | str:
    """The article's attributions, found or given; else why it is turned away."""
    if options.marks is not None:
        return options.marks.attributions(article.page.id, article.page.text)
    return find_attributions(article, _tagger(options.tagger)) if article.read_language else ()


def _statements(
    article: Article,
    attributions: tuple[Attribution, ...],
    authority: Authority | None,
    published: When | None,
) -> tuple[Statement, ...]:
    voices: tuple[Voice, ...] = resolve_speakers(article, attributions, authority)
    speakers = tuple(voice.speaker for voice in voices)
    settings: tuple[Setting, ...] = resolve_settings(article, attributions, published, speakers)
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


def _statement_ids(article: Article, attributions: Sequence[Attribution]) -> tuple[str, ...]:
    """One id each, from the original's hash and the bytes of content and cue; repeats are numbered."""
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
def _tagger(name: str) -> Tagger | None:
    if name == "rules":
        return None
    if name not in TAGGERS:
        raise InputError(f"--tagger {name}: no such tagger; choose one of {', '.join(TAGGERS)}")
    from onrecord.attributions.neural import NeuralTagger
    from onrecord.models import load_scorer

    return NeuralTagger(load_scorer(name))


@cache
def _authority(text: str | None) -> Authority | None:
    return None if text is None else parse_authority(text)


Done = TypeVar("Done", bound=Rejected | Added)


def _read_all(
    raws: Iterable[RawPage | Done], options: Options, workers: int
) -> Iterator[tuple[RawPage | None, Reading | Rejected | Done]]:
    """Every page with its reading, in order; what is no page passes through in its place."""
    if workers < 1:
        raise InputError(f"--workers {workers}: at least 1 is needed")
    reader(options)  # damaged weights are an error of the run, not of every page
    if workers == 1:
        for raw in raws:
            yield (raw, _guarded(raw, options)) if isinstance(raw, RawPage) else (None, raw)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting: deque[tuple[RawPage | None, Done | Future[Reading | Rejected]]] = deque()
        try:
            for raw in raws:
                if isinstance(raw, RawPage):
                    waiting.append((raw, pool.submit(_guarded, raw, _for_page(options, raw.id))))
                else:
                    waiting.append((None, raw))
                while len(waiting) > workers * PAGES_AHEAD:
                    yield _finished(*waiting.popleft())
            while waiting:
                yield _finished(*waiting.popleft())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _for_page(options: Options, page_id: str) -> Options:
    """The options as one page needs them: a worker is sent no other page's marks."""
    return replace(options, marks=options.marks.only(page_id)) if options.marks else options


def _finished(
    raw: RawPage | None, result: Done | Future[Reading | Rejected]
) -> tuple[RawPage | None, Reading | Rejected | Done]:
    return raw, result.result() if isinstance(result, Future) else result


def _guarded(raw: RawPage, options: Options) -> Reading | Rejected:
    try:
        return read_page(raw, options)
    except Exception as error:  # the one place: a page must not end the batch
        log.error("%s: %s", raw.id, traceback.format_exc())
        reason = f"the reader failed on this page ({type(error).__name__}: {error}); please report it"
        return Rejected(raw.id, raw.origin.path, "pipeline", reason)
