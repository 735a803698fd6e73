"""The record as JSON, for reading, under /api/.

In: the same questions as the pages take. Out: the shapes of `faces.render`; a list stands under a name,
beside how much there is. An error is {"error": {"status", "message"}}. Leaves routing to `app`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import islice

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from onrecord import pipeline
from onrecord.errors import InputError
from onrecord.faces import render
from onrecord.faces.web.asked import at_most, form_of, number, offset_of, speaker_number
from onrecord.faces.web.drafts import MAX_CLAIMS, bounded
from onrecord.pipeline import Options
from onrecord.record import MatchKind, Passage, Record
from onrecord.types import Kind, Rejected

MAX_LIMIT = 200
DRAFT = "/api/draft"

Answer = Mapping[str, object]


def index(request: Request, record: Record) -> Answer:
    """What can be asked, and how much the record holds."""
    coverage = record.coverage()
    return {
        "endpoints": {
            **{path: (show.__doc__ or "").split("\n")[0] for path, show in ENDPOINTS},
            DRAFT: "POST a draft as the body: every quotation in it; name (tells the form by its suffix), speaker.",
        },
        "coverage": {
            "articles": coverage.n_articles,
            "statements": coverage.n_statements,
            "publishers": coverage.n_publishers,
            "undated": coverage.n_undated,
            "first_day": coverage.first_day,
            "last_day": coverage.last_day,
        },
    }


def search(request: Request, record: Record) -> Answer:
    """Statements: q, speaker, from, to, kind (direct, mixed, indirect), by (words, meaning), limit, offset."""
    form, limit, offset = form_of(request), _limit(request), offset_of(request)
    if form.kind and form.kind not in set(Kind):
        raise InputError(f"kind {form.kind}: it is one of {', '.join(Kind)}")
    if form.by and form.by not in set(MatchKind):
        raise InputError(f"by {form.by}: it is one of {', '.join(MatchKind)}")
    speaker, since, until = form.speaker or None, form.first or None, form.last or None
    kind = Kind(form.kind) if form.kind else None
    if form.q.strip():
        result = record.search(
            form.q,
            speaker=speaker,
            since=since,
            until=until,
            kind=kind,
            limit=limit,
            offset=offset,
            by=MatchKind(form.by) if form.by else None,
        )
        return {
            "n_found": result.n_found,
            "n_found_is_exact": result.n_found_is_exact,
            "n_near": result.n_near,
            "statements": [render.passage_row(p) for p in result.passages],
        }
    found = record.statements(
        speaker=speaker, since=since, until=until, kind=kind, limit=limit, offset=offset
    )
    return {
        "n_found": record.count(speaker=speaker, since=since, until=until, kind=kind),
        "n_found_is_exact": True,
        "n_near": 0,
        "statements": [render.passage_row(Passage(entry, ())) for entry in found],
    }


def check(request: Request, record: Record) -> Answer:
    """What the record says to a quotation: quote, speaker."""
    quote = at_most(request, "quote", 10_000)
    if not quote.strip():
        raise InputError("quote is missing: pass the words to be checked")
    return render.answer_row(None, record.check(quote, at_most(request, "speaker", 300).strip() or None))


def pages(request: Request, record: Record) -> Answer:
    """Pages on record, by id, without their text: limit, offset."""
    found = record.pages(limit=_limit(request), offset=offset_of(request))
    return {"n_found": record.coverage().n_articles, "pages": [render.page_row(page) for page in found]}


def page(request: Request, record: Record) -> Answer:
    """One page as it was read, with its text, zones and statements: id, sha256."""
    page_id, sha256 = at_most(request, "id", 5_000), at_most(request, "sha256", 64) or None
    if record.page(page_id, sha256) is None:
        raise HTTPException(404, f"the record has no page “{page_id}”")
    return dict(render.render_reading(record.reading(page_id, sha256)))


def speakers(request: Request, record: Record) -> Answer:
    """Speakers, most quoted first, or whoever a name may mean: name, limit, offset."""
    name, limit, offset = at_most(request, "name", 300), _limit(request), offset_of(request)
    if name.strip():
        refs = record.find_speakers(name)[offset : offset + limit]
        found = [entry for ref in refs if (entry := record.speaker(ref.number)) is not None]
    else:
        found = list(record.speakers(limit=limit, offset=offset))
    return {"speakers": [render.speaker_row(entry) for entry in found]}


def speaker(request: Request, record: Record) -> Answer:
    """One speaker and what is on record of it, in order of time: limit, offset."""
    entry = record.speaker(speaker_number(request))
    if entry is None:
        raise HTTPException(404, "the record has no speaker of that number")
    found = record.statements(speaker=entry.number, limit=_limit(request), offset=offset_of(request))
    return {**render.speaker_row(entry), "statements": [render.entry_row(e) for e in found]}


def copies(request: Request, record: Record) -> Answer:
    """Articles that are on record more than once: limit, offset."""
    groups, offset = record.copy_groups(), offset_of(request)
    shown = groups[offset : offset + _limit(request)]
    return {"n_found": len(groups), "copies": [render.copy_row(group) for group in shown]}


def utterance(request: Request, record: Record) -> Answer:
    """One act of speaking with its reports in order of time."""
    found = record.utterance(request.path_params["id"])
    if found is None:
        raise HTTPException(404, "the record has no such utterance")
    entries = record.entries([report.statement for report in found.reports])
    return {
        "utterance": found.id,
        "said_on": found.said_on,
        "said_until": found.said_until,
        "n_independent": found.n_independent,
        "members": [
            {**render.entry_row(entry), "variant": report.variant}
            for entry, report in zip(entries, found.reports, strict=True)
        ],
    }


ENDPOINTS: tuple[tuple[str, Callable[[Request, Record], Answer]], ...] = (
    ("/api/", index),
    ("/api/search", search),
    ("/api/check", check),
    ("/api/pages", pages),
    ("/api/page", page),
    ("/api/speakers", speakers),
    ("/api/speaker/{number:int}", speaker),
    ("/api/copies", copies),
    ("/api/utterance/{id}", utterance),
)


def draft(request: Request, record: Record, content: bytes, options: Options) -> Answer:
    """Every quotation of a draft and what the record says to each."""
    name = at_most(request, "name", 200) or "draft"
    found = pipeline.parse_draft(name, content, options=bounded(options))
    if isinstance(found, Rejected):
        raise InputError(f"{name}: {found.reason}")
    speaker = at_most(request, "speaker", 300).strip() or None
    checked = tuple(islice(pipeline.check_draft(record, found, speaker), MAX_CLAIMS))
    return {
        "draft": name,
        "language": found.language,
        "read_language": found.read_language,
        "is_good": len(checked) == len(found.claims) and all(c.is_good for c in checked),
        "n_found": len(found.claims),
        "quotations": [render.checked_row(c) for c in checked],
        "passed_over": [{"where": f"{name}, {place}", "quote": words} for place, words in found.passed_over],
    }


def as_json(answer: Answer) -> Response:
    """The answer as UTF-8, not escaped beyond need."""
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return Response(body.encode("utf-8", "replace"), media_type="application/json")


def _limit(request: Request) -> int:
    return min(number(request, "limit") or 50, MAX_LIMIT)
