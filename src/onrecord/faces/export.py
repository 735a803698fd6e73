"""The record as files for other programs: readings, statements as a table, utterances.

In: an open record. Out: lines. Leaves the JSON shapes to `render`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from onrecord.faces import render
from onrecord.record import Entry, Record
from onrecord.types import Day, Speaker

COLUMNS = (
    "statement",
    "page",
    "title",
    "publisher",
    "published",
    "speaker",
    "speaker_kind",
    "on_behalf_of",
    "source",
    "cue",
    "quotation",
    "kind",
    "addressee",
    "occasion",
    "said_on",
    "said_until",
    "score",
    "speaker_score",
    "unresolved",
    "utterance",
    "parent",
    "start",
    "end",
    "sha256",
    "byte_start",
    "byte_end",
)
#: A cell that a spreadsheet would take for a formula is preceded by an apostrophe (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def readings(record: Record) -> Iterator[str]:
    """One JSON line for each page on record, in the shape of `read --format jsonl`."""
    for page in record.pages():
        if page.is_current:
            yield render.line(render.render_reading(record.reading(page.key.id)))


def statements_csv(record: Record) -> Iterator[str]:
    """A header, then one line for each statement on record."""
    yield _csv_line(COLUMNS)
    for entry in record.statements():
        yield _csv_line(tuple(_cell(value) for value in _row(entry)))


def utterances(record: Record) -> Iterator[str]:
    """One JSON line for each utterance: its speaker, and its reports in order of time."""
    for row in render.utterance_rows(record):
        yield render.line(row)


def _row(entry: Entry) -> tuple[object, ...]:
    statement = entry.statement
    speaker, day = statement.speaker, statement.said_on
    content = statement.attribution.content
    resolved = isinstance(speaker, Speaker)
    return (
        statement.id,
        entry.page.id,
        entry.title,
        entry.publisher,
        entry.published,
        " and ".join(s.name for s in entry.speakers),
        speaker.kind.value if isinstance(speaker, Speaker) else None,
        speaker.on_behalf_of if isinstance(speaker, Speaker) else None,
        entry.source,
        entry.cue,
        entry.content,
        statement.attribution.kind.value,
        statement.addressee.name if statement.addressee else None,
        statement.occasion.text if statement.occasion else None,
        day.date if isinstance(day, Day) else None,
        day.until if isinstance(day, Day) else None,
        statement.attribution.score,
        speaker.score if isinstance(speaker, Speaker) else None,
        None if resolved else getattr(speaker, "why", None),
        entry.utterance,
        statement.parent,
        content[0].start,
        content[-1].end,
        entry.page.sha256,
        entry.content_bytes.start if entry.content_bytes else None,
        entry.content_bytes.end if entry.content_bytes else None,
    )


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return "'" + text if isinstance(value, str) and text.startswith(_FORMULA) else text


def _csv_line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()
