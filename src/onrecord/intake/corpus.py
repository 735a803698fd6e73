"""A corpus, line by line: {"id", "text"} and, if the line states them, title, url, publisher, date, authors.

In: lines of bytes. Out: RawPages whose content is the line's text in UTF-8, or Rejected with the line's number.
Other keys are left alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from onrecord.types import Given, Origin, RawPage, Rejected

#: A file whose first lines are all of another shape is no corpus, and is turned away as one thing.
N_PROBED = 3


def parse_corpus(
    lines: Iterable[bytes | Rejected], path: str, *, max_bytes: int
) -> Iterator[RawPage | Rejected]:
    """A RawPage for every line that is new: the same id with the same text comes once.

    The same id with another text is another version of the page, and comes too. Keeps 32 bytes a line.
    """
    parsed = _parse_lines(lines, path, max_bytes)
    probed = list(islice(parsed, N_PROBED))
    if len(probed) == N_PROBED and all(isinstance(item, Rejected) for item in probed):
        yield _rejected(
            path, path, f'no corpus: none of its first {N_PROBED} lines is an object with "id" and "text"'
        )
        return
    seen: set[bytes] = set()
    for item in chain(probed, parsed):
        if isinstance(item, RawPage):
            key = hashlib.sha256(item.id.encode("utf-8", "surrogatepass") + b"\0" + item.content).digest()
            if key in seen:
                continue
            seen.add(key)
        yield item


def _parse_lines(
    lines: Iterable[bytes | Rejected], path: str, max_bytes: int
) -> Iterator[RawPage | Rejected]:
    for number, line in enumerate(lines, 1):
        if isinstance(line, Rejected):
            yield line
        elif line.strip():
            yield _parse_line(line, number, path, max_bytes)


def _parse_line(line: bytes, number: int, path: str, max_bytes: int) -> RawPage | Rejected:
    where = f"{path}:{number}"
    if number == 1 and line.startswith(b"\xef\xbb\xbf"):
        line = line[3:]
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _rejected(where, path, f"line {number} is no JSON ({_first_line(error)}); mend or drop it")
    if not isinstance(value, dict):
        return _rejected(
            where,
            path,
            f"line {number} is a JSON {type(value).__name__}, expected an object with id and text",
        )
    text, page_id = value.get("text"), value.get("id")
    if isinstance(page_id, int) and not isinstance(page_id, bool):
        page_id = str(page_id)
    if not isinstance(page_id, str) or not page_id:
        return _rejected(where, path, f'line {number} has no "id" (a string or a number)')
    if not isinstance(text, str):
        return _rejected(page_id, path, f'line {number} has no "text" (a string)')
    if not text.strip():
        return _rejected(page_id, path, f'line {number}: "text" is empty')
    content = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode("utf-8")
    if len(content) > max_bytes:
        return _rejected(
            page_id, path, f"line {number}: text of {len(content):,} bytes, the limit is {max_bytes:,}"
        )
    given = _given(value)
    return RawPage(
        id=page_id,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        media_type="text/plain",
        origin=Origin(path=path, url=given.url),
        declared_encoding="utf-8",
        given=given,
    )


def _rejected(page_id: str, path: str, reason: str) -> Rejected:
    return Rejected(page_id, path, "intake", reason)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _given(value: dict[str, object]) -> Given:
    return Given(
        title=_string(value.get("title")),
        url=_string(value.get("url")),
        publisher=_string(value.get("publisher")),
        date=_string(value.get("date")),
        authors=_strings(value.get("authors")) or _strings(value.get("author")),
    )


def _string(value: object) -> str | None:
    """A stated string; a list's first; None for what says nothing."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, str) and item.strip()), None)
    return value.strip() or None if isinstance(value, str) else None


def _strings(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    named = (item.get("name") if isinstance(item, dict) else item for item in items)
    return tuple(item.strip() for item in named if isinstance(item, str) and item.strip())
