"""What a request asks, read from its query with bounds.

In: a request. Out: strings and numbers within limits. Raises HTTPException 400, in a person's words.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request

from onrecord.faces.web.shown import SearchForm

#: The largest number a query may hold: more than any record has rows or any page characters.
MAX_NUMBER = 2**40


def at_most(request: Request, key: str, n_chars: int) -> str:
    """A parameter, "" if it is not there. 400 where it is longer than `n_chars`."""
    value = request.query_params.get(key, "").replace("\0", "\ufffd")
    if len(value) > n_chars:
        raise HTTPException(400, f"“{key}” has {len(value):,} characters; at most {n_chars:,} are read.")
    return value


def optional_number(request: Request, key: str) -> int | None:
    """A whole number from 0 on, None if it is not there. 400 for anything else."""
    value = request.query_params.get(key, "")
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) <= 13 and int(value) <= MAX_NUMBER):
        raise HTTPException(400, f"“{key}” is to be a whole number, and is “{value[:40]}”.")
    return int(value)


def number(request: Request, key: str) -> int:
    """As `optional_number`, 0 if it is not there."""
    return optional_number(request, key) or 0


def speaker_number(request: Request) -> int:
    """The number in a speaker's address. 404 where no record can hold it."""
    value = int(request.path_params["number"])
    if value > MAX_NUMBER:
        raise HTTPException(404, "The record has no speaker of that number.")
    return value


def offset_of(request: Request) -> int:
    """Where a part of a list begins."""
    return number(request, "offset")


def form_of(request: Request) -> SearchForm:
    """The search that is asked for."""
    return SearchForm(
        q=at_most(request, "q", 1_000),
        speaker=at_most(request, "speaker", 300).strip(),
        first=at_most(request, "from", 10),
        last=at_most(request, "to", 10),
        kind=at_most(request, "kind", 10),
        by=at_most(request, "by", 10),
    )
