"""A draft's quotations with what the record says to each, for the eye.

In: an open record and a draft that was pasted or sent as a file. Out: a view, or why there is none. Leaves
reading the draft to `pipeline`, the answers' words to `answers`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import islice

from onrecord import pipeline
from onrecord.errors import InputError
from onrecord.faces.web.answers import answer_view
from onrecord.faces.web.posted import MAX_BODY, Field
from onrecord.faces.web.shown import ClaimView, CountView, DraftView
from onrecord.faces.web.wording import VERDICT_WORDS, link, listed, many, sentence
from onrecord.pipeline import Checked, Options
from onrecord.record import Record
from onrecord.types import Rejected

#: Quotations of one draft that are checked at a time.
MAX_CLAIMS = 400
#: A draft that was pasted or sent has no more characters of text: a book's chapter.
MAX_CHARS = 400_000


def draft_view(record: Record, form: Mapping[str, Field], options: Options) -> DraftView:
    """What the record says to each quotation of the draft in a form. Raises InputError where there is none."""
    name, content = _sent(form)
    draft = pipeline.parse_draft(name, content, options=bounded(options))
    if isinstance(draft, Rejected):
        raise InputError(f"{name}: {draft.reason}")
    speaker = form["speaker"].text.strip()[:300] or None if "speaker" in form else None
    checked = tuple(islice(pipeline.check_draft(record, draft, speaker), MAX_CLAIMS))
    counts = Counter(_verdict(c) for c in checked)
    left = len(draft.claims) - len(checked)
    notes = []
    if left:
        notes.append(
            f"{many(left, 'more quotation')} stand in the draft and were not checked; `onrecord check --draft` does."
        )
    if not draft.read_language:
        language = draft.language or "unknown"
        notes.append(
            f"The draft's language ({language}) is not read for who speaks: checked without speakers."
        )
    return DraftView(
        name=name,
        found=many(len(draft.claims), "quotation"),
        is_good=bool(checked) and all(c.is_good for c in checked) and not left,
        counts=tuple(CountView(v, word, counts[v]) for v, word in VERDICT_WORDS.items() if counts[v]),
        claims=tuple(_claim(record, number, c) for number, c in enumerate(checked, 1)),
        passed_over=draft.passed_over[:MAX_CLAIMS],
        notes=tuple(notes),
    )


def bounded(options: Options) -> Options:
    """The options, with no more bytes of a draft read than a request may have."""
    return replace(options, limits=replace(options.limits, max_bytes=MAX_BODY))


def _sent(form: Mapping[str, Field]) -> tuple[str, bytes]:
    """The draft's name and bytes: the file if one was chosen, else what was pasted."""
    file, text = form.get("file"), form.get("text")
    if file is not None and file.content:
        return (file.filename or "the file").rpartition("/")[2].rpartition("\\")[2][:200], file.content
    pasted = text.text if text else ""
    if not pasted.strip():
        raise InputError("paste a text, or choose a file")
    if len(pasted) > MAX_CHARS:
        raise InputError(f"{len(pasted):,} characters; at most {MAX_CHARS:,} are read here")
    return "the draft", pasted.encode("utf-8", "replace")


def _verdict(checked: Checked) -> str:
    return checked.answer.verdict.value if checked.answer else "not checked"


def _claim(record: Record, number: int, checked: Checked) -> ClaimView:
    claim, answer = checked.claim, checked.answer
    name = listed(claim.speakers)
    asked = answer.claimed if answer else None
    return ClaimView(
        number=number,
        place=claim.place,
        quote=claim.quote,
        speaker=name or asked or "",
        source="" if claim.source == name else claim.source,
        note=sentence(f"Checked without a speaker: {claim.unsettled}")
        if claim.unsettled and not asked
        else "",
        verdict=_verdict(checked),
        word=VERDICT_WORDS[_verdict(checked)],
        answer=answer_view(record, answer) if answer else None,
        problem=sentence(checked.problem or ""),
        href=link("/check", quote=claim.words, speaker=asked) if len(claim.words) < 2_000 else None,
    )
