"""RawPage -> Page: a page's text, made once, with its way back to the bytes of the original.

In: RawPage. Out: Page, or Rejected by a stated limit. HTML is read as a browser shows it; anything else is
taken as it stands. Leaves to `article` what the blocks are and which facts to believe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.page.bare import find_blocks
from onrecord.page.body import add_body, find_body
from onrecord.page.decode import Decoded, decode
from onrecord.page.facts import Found, Script, find_facts, meta_names, parse_scripts
from onrecord.page.html import Layout, TooMuch, lay_out
from onrecord.page.writer import Segment, Writer
from onrecord.types import Block, ByteSpan, Fact, Page, RawPage, Rejected, Run, RunKind

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


def parse_page(raw: RawPage, *, limits: Limits = Limits()) -> Page | Rejected:
    """The page as text that knows its bytes; Rejected where it is over a limit or shows no text."""
    if len(raw.content) > limits.max_bytes:
        return _rejected(raw, f"{len(raw.content):,} bytes, the limit is {limits.max_bytes:,}")
    is_html = raw.media_type in ("text/html", "application/xhtml+xml")
    decoded = decode(raw.content, raw.declared_encoding, given=raw.given is not None, is_html=is_html)
    if not is_html:
        if not decoded.text.strip():
            return _rejected(raw, "no text: nothing but blank space")
        whole = [(RunKind.SAME, 0, len(decoded.text), 0, len(decoded.text))]
        return _page(raw, decoded, decoded.text, whole, find_blocks(decoded.text), ())
    layout = _lay_out(decoded.text, limits)
    if isinstance(layout, TooMuch):
        return _rejected(raw, layout.reason)
    scripts = parse_scripts(decoded.text, layout.json_ld)
    writer = _with_article(decoded.text, layout, scripts, limits)
    if not writer.blocks:
        return _rejected(raw, "the page shows no text; if scripts build it, save it from a browser")
    found = find_facts(layout.stated, scripts)
    return _page(
        raw, decoded, "".join(writer.text), writer.segments, tuple(writer.blocks), _facts(found, decoded)
    )


def _rejected(raw: RawPage, reason: str) -> Rejected:
    return Rejected(raw.id, raw.origin.path, "page", reason)


def _lay_out(source: str, limits: Limits, *, reveal: bool = False) -> Layout | TooMuch:
    return lay_out(
        source,
        max_nodes=limits.max_nodes,
        max_depth=limits.max_depth,
        meta_names=meta_names(),
        reveal=reveal,
    )


def _with_article(source: str, layout: Layout, scripts: Sequence[Script], limits: Limits) -> Writer:
    """What the page shows; and where its article is not shown, what is hidden or stands in a script.

    Pages hide their article until a reader has paid or a script has run, or carry it for search engines alone.
    """
    writer = layout.writer
    place = find_body(source, scripts)
    n_body = place[1] - place[0] if place else 0
    n_shown = _n_prose(writer)
    if n_shown * 2 > n_body and n_shown > MIN_PROSE_CHARS:
        return writer  # nearly every page
    if layout.n_unseen + layout.n_noscript > n_shown:
        revealed = _lay_out(source, limits, reveal=True)
        if isinstance(revealed, Layout):
            n_revealed = _n_prose(revealed.writer)
            if not writer.blocks or (n_revealed > 2 * n_shown + MIN_PROSE_CHARS and n_revealed * 2 > n_body):
                writer, n_shown = revealed.writer, n_revealed
    if place and n_shown * 2 <= n_body:
        add_body(writer, place)
    return writer


def _n_prose(writer: Writer) -> int:
    """Characters in blocks that are as long as sentences and are not links."""
    sizes = ((b.span.end - b.span.start, b.link_chars) for b in writer.blocks)
    return sum(n for n, n_links in sizes if n >= 80 and 2 * n_links < n)


def _page(
    raw: RawPage,
    decoded: Decoded,
    text: str,
    segments: Sequence[Segment],
    blocks: tuple[Block, ...],
    facts: tuple[Fact, ...],
) -> Page:
    return Page(
        raw.id,
        raw.sha256,
        raw.media_type,
        raw.origin,
        text,
        decoded.encoding,
        tuple(_runs(segments, decoded)),
        blocks,
        facts,
        raw.given,
    )


def _runs(segments: Sequence[Segment], decoded: Decoded) -> Iterator[Run]:
    """The segments with bytes instead of characters."""
    if not decoded.uneven:
        yield from _even_runs(segments, decoded.first_byte)
        return
    if decoded.encoding.name == "utf-8" and not decoded.broken:
        yield from _utf8_runs(segments, decoded.exact, decoded.first_byte)
        return
    bytes_of = decoded.bytes_of()
    byte = decoded.first_byte
    for kind, start, end, first, last in segments:
        if first < 0:
            yield Run(start, end, byte, byte, kind)
        elif kind is RunKind.SAME:
            for run in _same(start - first, first, last, decoded, bytes_of):
                yield run
                byte = run.byte_end
        else:
            byte_start = bytes_of(first)
            byte = bytes_of(last)
            yield Run(start, end, byte_start, byte, kind)


def _utf8_runs(segments: Sequence[Segment], exact: str, shift: int) -> Iterator[Run]:
    """The same for what nearly every page is."""
    at, byte = 0, shift
    for kind, start, end, first, last in segments:
        if first < 0:
            yield Run(start, end, byte, byte, kind)
            continue
        if first >= at:
            byte += len(exact[at:first].encode())
        else:
            byte -= len(exact[first:at].encode())
        while last - first > MAX_UNEVEN_CHARS and kind is RunKind.SAME:
            n_bytes = len(exact[first : first + MAX_UNEVEN_CHARS].encode())
            yield Run(start, start + MAX_UNEVEN_CHARS, byte, byte + n_bytes, kind)
            start, first, byte = start + MAX_UNEVEN_CHARS, first + MAX_UNEVEN_CHARS, byte + n_bytes
        n_bytes = len(exact[first:last].encode())
        yield Run(start, end, byte, byte + n_bytes, kind)
        at, byte = last, byte + n_bytes


def _even_runs(segments: Sequence[Segment], shift: int) -> Iterator[Run]:
    """The same where every character is one byte."""
    byte = shift
    for kind, start, end, first, last in segments:
        if first < 0:
            yield Run(start, end, byte, byte, kind)
        else:
            byte = last + shift
            yield Run(start, end, first + shift, byte, kind)


def _same(
    shift: int, first: int, last: int, decoded: Decoded, bytes_of: Callable[[int], int]
) -> Iterator[Run]:
    """Characters [first, last) of the source, cut where bytes are broken, and where they are very many."""
    at = first
    cuts = _broken(decoded.exact[first:last], first) if decoded.broken else []
    for start, end in (*cuts, (last, last)):
        while at < start:
            stop = min(start, at + MAX_UNEVEN_CHARS)
            yield Run(at + shift, stop + shift, bytes_of(at), bytes_of(stop), RunKind.SAME)
            at = stop
        if end > start:
            yield Run(start + shift, end + shift, bytes_of(start), bytes_of(end), RunKind.ENTITY)
            at = end


def _broken(exact: str, first: int) -> list[tuple[int, int]]:
    """Stretches of characters that stand for bytes which are not of the encoding."""
    out: list[tuple[int, int]] = []
    for i, c in enumerate(exact, first):
        if "\ud800" <= c <= "\udfff":
            if out and out[-1][1] == i:
                out[-1] = (out[-1][0], i + 1)
            else:
                out.append((i, i + 1))
    return out


def _facts(found: list[Found], decoded: Decoded) -> tuple[Fact, ...]:
    places = sorted({place for fact in found for place in (fact.first, fact.last)})
    bytes_of = dict(zip(places, map(decoded.bytes_of(), places), strict=True))
    return tuple(
        Fact(
            f.key,
            f.value,
            f.where,
            ByteSpan(bytes_of[f.first], bytes_of[f.last]) if f.first < f.last else None,
        )
        for f in found
    )
