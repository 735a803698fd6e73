"""What a record answers, as JSON: a row for each statement, page, speaker, group of copies, utterance, check.

In: the answers of `record`, and a draft's checked claims. Out: dicts; a statement in one has the shape of a reading's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.faces.render.reading import render_spans, render_statement, render_when
from onrecord.pipeline import Checked
from onrecord.record import CopyGroup, Entry, PageEntry, Passage, Record, SpeakerEntry, Utterance
from onrecord.record.check import Answer, CheckPassage
from onrecord.record.differences import Difference


def entry_row(entry: Entry) -> dict[str, object]:
    """One statement on record, with its place: a line of `search --format jsonl`."""
    return {
        **render_statement(entry.statement),
        "page": entry.page.id,
        "sha256": entry.page.sha256,
        "title": entry.title,
        "publisher": entry.publisher,
        "published": entry.published,
        "day": entry.day,
        "speakers": [{"number": s.number, "name": s.name, "kind": s.kind.value} for s in entry.speakers],
        "texts": {"content": entry.content, "source": entry.source, "cue": entry.cue},
        "zone": entry.zone.value if entry.zone else None,
        "content_bytes": [entry.content_bytes.start, entry.content_bytes.end]
        if entry.content_bytes
        else None,
        "utterance": entry.utterance,
    }


def passage_row(passage: Passage) -> dict[str, object]:
    """A statement that a search found: `entry_row`, and why it was found.

    match: "words", or "meaning" (then likeness, up to 1, says how near). hits: where the words stand.
    """
    return {
        **entry_row(passage.entry),
        "match": passage.match.value,
        "likeness": passage.likeness,
        "hits": [[hit.start, hit.end] for hit in passage.hits],
    }


def page_row(entry: PageEntry) -> dict[str, object]:
    """One page version on record, without its text: a line of `show --format jsonl`."""
    return {
        "id": entry.key.id,
        "sha256": entry.key.sha256,
        "is_current": entry.is_current,
        "media_type": entry.media_type,
        "path": entry.origin.path,
        "title": entry.title,
        "publisher": entry.publisher,
        "credited_to": entry.credited_to,
        "authors": list(entry.authors),
        "language": entry.language,
        "read_language": entry.read_language,
        "url": entry.url,
        "published": render_when(entry.published),
        "n_statements": entry.n_statements,
        "n_copies": entry.n_copies,
        "size_bytes": entry.size_bytes,
        "reader": {"version": entry.reader.version, "weights": dict(entry.reader.weights)},
        "added_at": entry.added_at,
    }


def speaker_row(entry: SpeakerEntry) -> dict[str, object]:
    """One speaker of the record: a line of `speakers --format jsonl`."""
    return {
        "number": entry.number,
        "name": entry.name,
        "kind": entry.kind.value,
        "id": entry.authority,
        "names": list(entry.names),
        "n_statements": entry.n_statements,
        "n_articles": entry.n_articles,
        "first_day": entry.first_day,
        "last_day": entry.last_day,
    }


def copy_row(group: CopyGroup) -> dict[str, object]:
    """One article that is on record more than once: a line of `copies --format jsonl`."""
    return {
        "members": list(group.members),
        "earliest": group.earliest,
        "links": [
            {"a": link.a, "b": link.b, "kind": link.kind.value, "overlap": link.overlap}
            for link in group.links
        ],
    }


def utterance_rows(record: Record) -> Iterator[dict[str, object]]:
    """Every utterance with its reports in order of time: the lines of `export utterances`."""
    for utterance in record.utterances(min_reports=1):
        entries = record.entries([report.statement for report in utterance.reports])
        yield utterance_row(utterance, entries)


def utterance_row(utterance: Utterance, entries: Sequence[Entry]) -> dict[str, object]:
    """One utterance; entries: its reports' statements, in the same order."""
    return {
        "utterance": utterance.id,
        "speaker": next((" and ".join(s.name for s in e.speakers) for e in entries if e.speakers), None),
        "said_on": utterance.said_on,
        "said_until": utterance.said_until,
        "n_independent": utterance.n_independent,
        "members": [
            {
                "id": entry.page.id,
                "statement": entry.statement.id,
                "content": render_spans(entry.statement.attribution.content),
                "variant": report.variant,
                "publisher": entry.publisher,
                "published": entry.published,
            }
            for report, entry in zip(utterance.reports, entries, strict=True)
        ],
    }


def answer_row(case: int | str | None, answer: Answer) -> dict[str, object]:
    """What the record says to one quotation: a line of `check --format jsonl`."""
    coverage = answer.coverage
    return {
        "case": case,
        "quote": answer.quote,
        "claimed": answer.claimed,
        "verdict": answer.verdict.value,
        "match": answer.match.value,
        "found_by": answer.how.value,
        "why": answer.why,
        "evidence": [
            {
                "id": p.page_id,
                "start": min(span.start for span in p.spans),
                "end": max(span.end for span in p.spans),
            }
            for p in (*answer.passages, *answer.elsewhere)
        ],
        "speaker": " and ".join(answer.passages[0].speakers) or None if answer.passages else None,
        "differences": [_difference(d) for d in answer.differences],
        "flags": [flag.value for flag in answer.flags],
        "passages": [_passage(p) for p in answer.passages],
        "elsewhere": [_passage(p) for p in answer.elsewhere],
        "reports": list(answer.reports),
        "coverage": {
            "articles": coverage.n_articles,
            "statements": coverage.n_statements,
            "publishers": coverage.n_publishers,
            "undated": coverage.n_undated,
            "first_day": coverage.first_day,
            "last_day": coverage.last_day,
        },
    }


def checked_row(checked: Checked) -> dict[str, object]:
    """A quotation of a draft and what the record says to it: a line of `check --draft --format jsonl`.

    As `answer_row`, with the place in the draft and the draft's own words; `verdict` is null, and `problem`
    says why, where it could not be asked.
    """
    claim = checked.claim
    row: dict[str, object] = {"case": claim.where, "verdict": None, "problem": checked.problem}
    if checked.answer is not None:
        row |= answer_row(claim.where, checked.answer)
    return row | {
        "quote": claim.quote,
        "where": claim.where,
        "line": claim.line,
        "source": claim.source or None,
        "unsettled": claim.unsettled,
    }


def _difference(difference: Difference) -> dict[str, object]:
    return {
        "change": difference.change.value,
        "quoted": difference.quoted,
        "recorded": difference.recorded,
        "marked": difference.is_marked,
        "flags": [flag.value for flag in difference.flags],
    }


def _passage(passage: CheckPassage) -> dict[str, object]:
    return {
        "id": passage.page_id,
        "title": passage.title,
        "publisher": passage.publisher,
        "day": passage.day,
        "speakers": list(passage.speakers),
        "unsettled": passage.unsettled,
        "source": passage.source,
        "match": passage.match.value,
        "spans": render_spans(passage.spans),
        "hits": render_spans(passage.hits),
        "text": passage.text,
        "before": passage.before,
        "after": passage.after,
        "zone": passage.zone.value if passage.zone else None,
        "variant": passage.variant.value,
    }
