"""Pages put on record, read again and taken out; what hangs on their copies is kept in step.

In: an open Record, paths or page ids. Out: what became of each page. Leaves the rows to `record`, reading to
`workers`, and what a copy is to `copies`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from onrecord.copies import compare, could_match, make_sketch
from onrecord.intake import read_raw
from onrecord.models.meaning import load_embedder
from onrecord.pipeline.reading import Options, reader, redate
from onrecord.pipeline.workers import read_all
from onrecord.record import Added, Outcome, PageKey, Record, Removal, Replaced, group_utterances
from onrecord.types import Article, CopyEvidence, RawPage, Reading, Rejected, Sketch, When

#: After so many pages added, statements are grouped into utterances (and at the end of a batch).
SETTLE_EVERY = 200

#: How many pages that share a band of the sketch one page is compared with.
MAX_COMPARED = 50


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
    for raw, result in read_all(raws, options, workers):
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
    for raw, result in read_all(raws, options, workers):
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
