"""What a form sends: a draft, pasted or as a file, read with bounds and from this site's own pages alone.

In: a POST request. Out: its fields. Raises HTTPException: 403 for a request that another site made, 413 for
one that is too large, 400 or 415 for one that is no form. Needs no package: urlencoded and multipart forms of
some fields are simple enough.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

#: Bytes of one request: a Word document of a long report with some pictures.
MAX_BODY = 10_000_000
MAX_FIELDS = 8
_MAX_HEADERS = 4_000

_BOUNDARY = re.compile(r'boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', re.I)
_NAME = re.compile(r'[;\s]name="([^"]*)"')
_FILENAME = re.compile(r'[;\s]filename="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. filename: of an upload, "" for any other field and where no file was chosen."""

    content: bytes
    filename: str = ""

    @property
    def text(self) -> str:
        """What was typed, with newlines as they are in text files."""
        return self.content.decode("utf-8", "replace").replace("\0", "\ufffd").replace("\r\n", "\n")


async def read_form(request: Request) -> dict[str, Field]:
    """The fields by name, the first of each; nothing is kept on disk."""
    refuse_others(request)
    kind = request.headers.get("content-type", "")
    media_type = kind.partition(";")[0].strip().lower()
    if media_type not in ("application/x-www-form-urlencoded", "multipart/form-data"):
        raise HTTPException(415, "A form is read here, and nothing else.")
    body = await read_body(request)
    if media_type == "multipart/form-data":
        found = _BOUNDARY.search(kind)
        if found is None:
            raise HTTPException(400, "The form names no boundary between its fields.")
        return parse_multipart(body, (found[1] or found[2]).encode("latin-1"))
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise HTTPException(400, "The form cannot be read.") from error
    return {key: Field(value.encode("utf-8", "replace")) for key, value in reversed(pairs)}


def refuse_others(request: Request) -> None:
    """Nothing, or 403 where a page of another site made the browser send this.

    Nothing is written here, but another site should not make this machine work, nor guess from the time it takes.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site", "none")
    host = request.headers.get("host", "")
    if site not in ("same-origin", "none") or (
        origin is not None and origin.lower() not in (f"http://{host}".lower(), f"https://{host}".lower())
    ):
        raise HTTPException(403, "Forms are taken from this site's own pages alone.")


async def read_body(request: Request) -> bytes:
    """The body, up to the limit."""
    too_large = HTTPException(
        413, f"At most {MAX_BODY // 1_000_000} MB are read; `onrecord check --draft` reads more."
    )
    stated = request.headers.get("content-length", "0")
    if not stated.isdigit() or len(stated) > 12 or int(stated) > MAX_BODY:
        raise too_large
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise too_large
    return bytes(body)


def parse_multipart(body: bytes, boundary: bytes) -> dict[str, Field]:
    """The fields of a multipart form (RFC 7578). 400 where it is none."""
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary, MAX_FIELDS + 2)
    if len(parts) < 2 or parts[0].strip() or not parts[-1].startswith(b"--"):
        raise HTTPException(400, "The form is broken, or has too many fields.")
    out: dict[str, Field] = {}
    for part in parts[1:-1]:
        head, blank, content = part.partition(b"\r\n\r\n")
        headers = head[:_MAX_HEADERS].decode("utf-8", "replace")
        name = _NAME.search(headers)
        if not blank or name is None:
            raise HTTPException(400, "A field of the form has no name.")
        filename = _FILENAME.search(headers)
        out.setdefault(name[1], Field(content, filename[1] if filename else ""))
    return out
