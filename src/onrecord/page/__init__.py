"""RawPage -> Page: a page's text, made once, with its way back to the bytes of the original.

In: RawPage. Out: Page, or Rejected by a stated limit. HTML is read as a browser shows it; anything else is
taken as it stands. Leaves to `article` what the blocks are and which facts to believe.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.columns import ENTITY, MADE, SAME, Runs
from onrecord.page.bare import find_blocks
from onrecord.page.body import add_body, find_body
from onrecord.page.decode import Decoded, decode
from onrecord.page.facts import Found, Script, find_facts, meta_names, parse_scripts
from onrecord.page.html import Layout, TooMuch, lay_out
from onrecord.page.octets import characters
from onrecord.page.state import find_state
from onrecord.page.writer import Writer
from onrecord.types import Block, ByteSpan, Fact, Page, RawPage, Rejected

__all__ = ["Limits", "parse_page"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read of one page. What is over a limit is turned away with that limit's name.

    max_bytes: `intake` has a lower one, which a user may raise up to this; reading takes some 15 times as much memory.
    max_nodes: tags and stretches of text; a page of news has 1,000 to 20,000. max_depth: nested elements; browsers
    flatten what is deeper than 512.
    """

    max_bytes: int = 100_000_000
    max_nodes: int = 1_000_000
    max_depth: int = 10_000


#: A page that shows less prose than this may hide its article: three sentences are more.
MIN_PROSE_CHARS = 300
#: Characters of a SAME run in which characters and bytes differ in number: bounds the work of `byte_span`.
MAX_UNEVEN_CHARS = 16_384
_SURROGATES = re.compile("[\ud800-\udfff]+")


def parse_page(raw: RawPage, *, limits: Limits = Limits()) -> Page | Rejected:
    """The page as text that knows its bytes; Rejected where it is over a limit or shows no text."""
    if len(raw.content) > limits.max_bytes:
        return _rejected(raw, f"{len(raw.content):,} bytes, the limit is {limits.max_bytes:,}")
    if raw.media_type in ("text/html", "application/xhtml+xml"):
        return _read_html(raw, limits)
    decoded = decode(raw.content, raw.declared_encoding, given=raw.given is not None, is_html=False)
    if not decoded.text.strip():
        return _rejected(raw, "no text: nothing but blank space")
    whole = array("i", (SAME, len(decoded.text), 0, len(decoded.text)))
    return _page(raw, decoded, decoded.text, whole, find_blocks(decoded.text), ())


def _read_html(raw: RawPage, limits: Limits, *, as_octets: bool = True) -> Page | Rejected:
    """As parse_page has it. as_octets: read UTF-8 byte by byte (octets.py), if the page does not hide its article."""
    decoded = decode(
        raw.content, raw.declared_encoding, given=raw.given is not None, is_html=True, as_octets=as_octets
    )
    layout = _lay_out(decoded, limits)
    if isinstance(layout, TooMuch):
        return _rejected(raw, layout.reason)
    scripts = parse_scripts(decoded.text, layout.json_ld, is_octets=decoded.n_chars is not None)
    writer = _with_article(decoded, layout, scripts, limits)
    if writer is None:
        return _read_html(raw, limits, as_octets=False)
    if writer.is_empty:
        return _rejected(raw, "the page shows no text; if scripts build it, save it from a browser")
    found = find_facts(layout.stated, scripts)
    text, segments = writer.finish()
    return _page(raw, decoded, text, segments, writer.blocks, _facts(found, decoded))


def _rejected(raw: RawPage, reason: str) -> Rejected:
    return Rejected(raw.id, raw.origin.path, "page", reason)


def _lay_out(decoded: Decoded, limits: Limits, *, reveal: bool = False) -> Layout | TooMuch:
    return lay_out(
        decoded.text,
        max_nodes=limits.max_nodes,
        max_depth=limits.max_depth,
        meta_names=meta_names(),
        reveal=reveal,
        n_chars=decoded.n_chars,
    )


def _with_article(
    decoded: Decoded, layout: Layout, scripts: Sequence[Script], limits: Limits
) -> Writer | None:
    """What the page shows; and where its article is not shown, what is hidden or stands in a script.

    Pages hide their article until a reader has paid or a script has run, or carry it for search engines alone. None where
    that is to be looked for among characters, and `decoded` has their octets.
    """
    source, is_octets = decoded.text, decoded.n_chars is not None
    writer = layout.writer
    n_shown = writer.n_prose
    if n_shown > MIN_PROSE_CHARS and n_shown * 2 > max((s.last - s.first for s in scripts), default=0):
        return writer  # most pages: more than all that a script could hold
    place = find_body(source, scripts, is_octets=is_octets)
    n_body = place[1] - place[0] if place else 0
    if place and is_octets:
        n_body = len(characters(source[slice(*place)]))
    if n_shown * 2 > n_body and n_shown > MIN_PROSE_CHARS:
        return writer  # nearly every page
    if is_octets:
        return None
    if layout.n_unseen + layout.n_noscript > n_shown:
        revealed = _lay_out(decoded, limits, reveal=True)
        if isinstance(revealed, Layout):
            n_revealed = revealed.writer.n_prose
            if writer.is_empty or (n_revealed > 2 * n_shown + MIN_PROSE_CHARS and n_revealed * 2 > n_body):
                writer, n_shown = revealed.writer, n_revealed
    places: tuple[tuple[int, int], ...] = (place,) if place else ()
    if n_shown <= MIN_PROSE_CHARS:
        state = find_state(source)
        if sum(last - first for first, last in state) > 2 * n_body:
            places = state
    if n_shown * 2 <= sum(last - first for first, last in places):
        for found in places:
            add_body(writer, found)
    return writer


def _page(
    raw: RawPage,
    decoded: Decoded,
    text: str,
    segments: array[int],
    blocks: Sequence[Block],
    facts: tuple[Fact, ...],
) -> Page:
    return Page(
        raw.id,
        raw.sha256,
        raw.media_type,
        raw.origin,
        text,
        decoded.encoding,
        _runs(segments, decoded, text),
        blocks,
        facts,
        raw.given,
    )


def _runs(segments: array[int], decoded: Decoded, text: str) -> Runs:
    """The segments (writer.py), with bytes instead of characters of the source."""
    if decoded.uneven:
        segments = _cut(segments, decoded, text)
    rows = np.frombuffer(segments, np.int32).reshape(-1, 4)
    is_made = rows[:, 0] == MADE
    kinds, text_ends = rows[:, 0].astype(np.uint8).tobytes(), _column(rows[:, 1])
    starts = decoded.bytes_at(rows[:, 2])
    ends = decoded.bytes_at(rows[:, 3])
    del rows, segments  # what a page of many short blocks takes most of is here
    np.copyto(ends[1:], ends[:-1], where=is_made[1:])  # no two of them stand together
    np.copyto(starts, ends, where=is_made)
    byte_starts = _column(starts)
    del starts
    return Runs(kinds, text_ends, byte_starts, _column(ends))


def _column(numbers: npt.NDArray[np.int32]) -> array[int]:
    column = array("i")
    column.frombytes(np.ascontiguousarray(numbers).data.cast("B"))
    return column


def _cut(segments: array[int], decoded: Decoded, text: str) -> array[int]:
    """The segments, those of characters as they stand cut where bytes are broken, and where they are very many."""
    rows = np.frombuffer(segments, np.int32).reshape(-1, 4)
    is_long = (rows[:, 0] == SAME) & (rows[:, 3] - rows[:, 2] > MAX_UNEVEN_CHARS)
    if not decoded.broken and not is_long.any():
        return segments
    out = array("i")
    start = 0
    for at in range(0, len(segments), 4):
        kind, end, first, last = segments[at : at + 4]
        if kind != SAME:
            out.extend((kind, end, first, last))
        elif decoded.n_chars is not None:
            out.extend(_pieces_of_octets(text, start, end, first))
        else:
            out.extend(_pieces(end - last, first, last, decoded))
        start = end
    return out


def _pieces_of_octets(text: str, start: int, end: int, first: int) -> Iterator[int]:
    """Segments for characters [start, end) of the text, of which the octets stand at `first` of the source."""
    for at in range(start, end, MAX_UNEVEN_CHARS):
        stop = min(end, at + MAX_UNEVEN_CHARS)
        last = first + len(text[at:stop].encode("utf-8"))
        yield from (SAME, stop, first, last)
        first = last


def _pieces(shift: int, first: int, last: int, decoded: Decoded) -> Iterator[int]:
    """Segments for characters [first, last) of the source. shift: from those to the text."""
    at = first
    cuts = _broken(decoded.exact[first:last], first) if decoded.broken else []
    for start, end in (*cuts, (last, last)):
        while at < start:
            stop = min(start, at + MAX_UNEVEN_CHARS)
            yield from (SAME, stop + shift, at, stop)
            at = stop
        if end > start:
            yield from (ENTITY, end + shift, start, end)
            at = end


def _broken(exact: str, first: int) -> list[tuple[int, int]]:
    """Stretches of characters that stand for bytes which are not of the encoding."""
    return [(first + m.start(), first + m.end()) for m in _SURROGATES.finditer(exact)]


def _facts(found: list[Found], decoded: Decoded) -> tuple[Fact, ...]:
    ends = [place for fact in found for place in (fact.first, fact.last)]
    places = decoded.bytes_at(np.array(ends, np.int32)).tolist()
    spans: dict[tuple[int, int], ByteSpan] = {}  # one script says many things
    facts: list[Fact] = []
    for fact, place in zip(found, zip(places[0::2], places[1::2], strict=True), strict=True):
        if fact.first < fact.last and place not in spans:
            spans[place] = ByteSpan(*place)
        facts.append(Fact(fact.key, fact.value, fact.where, spans[place] if fact.first < fact.last else None))
    return tuple(facts)
