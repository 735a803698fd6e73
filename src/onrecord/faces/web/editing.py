"""Who is one and who is two, said in the browser where `serve --edit` allows it.

In: a form of the speaker's page. Out: decisions on record, each with its reason, as `onrecord speakers merge`
and `split` make them. Leaves it to `posted` to refuse other sites' forms; the token, drawn when the server
starts, refuses whoever has not seen a page of this one.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping

from starlette.exceptions import HTTPException

from onrecord import pipeline
from onrecord.errors import InputError
from onrecord.faces.web.posted import Field
from onrecord.record import Record

MAX_NOTE, MAX_NAME = 1_000, 300


def new_token() -> str:
    """What every form of one server carries, and no other program can guess."""
    return secrets.token_urlsafe(24)


def decide(record: Record, number: int, form: Mapping[str, Field], token: str) -> int:
    """The number of the speaker to show, after what the form decided: `same`, this speaker is that one; `apart`,
    this name is a speaker of its own.

    Raises HTTPException: 403 without the token, 404 without the speaker; InputError for what makes no sense.
    """
    if not hmac.compare_digest(_text(form, "token", 200).encode(), token.encode()):
        raise HTTPException(403, "The page is from an earlier run of the server. Load it again.")
    entry = record.speaker(number)
    if entry is None:
        raise HTTPException(404, "The record has no speaker of that number.")
    note = _text(form, "note", MAX_NOTE)
    if not note:
        raise InputError("A reason is missing: whoever reads the record later will want to know why.")
    same, apart = _text(form, "same", MAX_NAME), _text(form, "apart", MAX_NAME)
    if bool(same) == bool(apart):
        raise InputError("A name is missing: who this is, or which name is somebody else.")
    if same:
        pipeline.merge_speakers(record, entry.name, same, note)
    else:
        pipeline.split_speaker(record, apart, note=note)
    pipeline.settle(record)
    found = record.find_speakers(same or entry.name)
    return found[0].number if found else number


def _text(form: Mapping[str, Field], name: str, n_chars: int) -> str:
    return form[name].text.strip()[:n_chars] if name in form else ""
