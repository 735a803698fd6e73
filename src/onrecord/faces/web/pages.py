"""One page of the record: its text with zones and statements, and the bytes it was read from.

In: an open record and which page. Out: views. Leaves lists to `views`.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence

from onrecord.faces.web.describe import N_COLOURS, Describer, article_view
from onrecord.faces.web.marking import Marked, Section, mark_text
from onrecord.faces.web.shown import BytesView, PageView, StatementView, VoiceView
from onrecord.faces.web.wording import day_words, link, listed, when_note
from onrecord.record import Entry, PageEntry, Record
from onrecord.types import Reading, Speaker, Statement, Unresolved

#: Bytes of the original to either side of a statement, and in one part when leafing through.
BYTES_AROUND, BYTES_SHOWN = 900, 12_000


def page(record: Record, page_id: str, sha256: str | None, start: int) -> PageView | None:
    """An article as it holds on record, from character `start` on, or None if it is not there."""
    entry = record.page(page_id, sha256)
    if entry is None:
        return None
    reading = record.reading(page_id, sha256)
    text = reading.article.page.text
    by_id = {e.statement.id: e for e in record.statements(page=page_id)} if entry.is_current else {}
    colours = _page_colours(reading, by_id)
    marked = tuple(
        Marked(i, s.attribution.content, s.attribution.cue, s.attribution.source)
        for i, s in enumerate(reading.statements)
    )
    sections, go_on = mark_text(text, reading.article.zones, marked, start=start)
    views = Describer(record)
    numbers = _numbers(sections)
    shown = {
        number: views.of_statement(s, text, entry, by_id.get(s.id), colours[_voice_key(s, by_id)])
        for number, s in enumerate(reading.statements)
        if number in numbers
    }
    group = record.copies_of(page_id) if entry.is_current else None
    copies = [record.page(member) for member in group.members if member != page_id] if group else []
    view = article_view(entry)
    return PageView(
        article=view,
        sections=sections,
        statements=shown,
        voices=_voices(reading, by_id, shown),
        copies=tuple(article_view(copy) for copy in copies if copy is not None),
        facts=tuple(_facts(entry, reading)),
        go_on=None if go_on is None else link("/page", id=page_id, sha256=sha256, start=go_on),
    )


def _numbers(sections: Sequence[Section]) -> frozenset[int]:
    """The statements of which something stands in these sections."""
    stretches = [x for section in sections for block in section.blocks for x in block.stretches]
    own = {x.statement for x in stretches if x.statement is not None}
    return frozenset(own.union(*(x.hidden for x in stretches)))


def original(
    record: Record, page_id: str, sha256: str | None, start: int | None, end: int | None
) -> BytesView | None:
    """The bytes around [start, end) of a page's original, or a part of it from `start` on; None: no page."""
    entry = record.page(page_id, sha256)
    if entry is None:
        return None
    raw = record.raw(entry.key.sha256, page_id)
    encoding = record.reading(page_id, sha256).article.page.encoding.name
    content, size = raw.content, len(raw.content)
    first = min(max(start or 0, 0), size)
    is_place = end is not None and first < end <= size
    if is_place:
        assert end is not None
        last, shown_start, shown_end = end, max(0, first - BYTES_AROUND), min(size, end + BYTES_AROUND)
    else:
        last = shown_end = min(size, first + BYTES_SHOWN)
        shown_start = first
    pieces = ((shown_start, first), (first, last), (last, shown_end))
    before, marked, after = (
        content[a:b].decode(encoding, "replace" if is_place and a == first else "ignore") for a, b in pieces
    )
    sha256 = entry.key.sha256
    return BytesView(
        article=article_view(entry),
        encoding=encoding,
        size=size,
        first=first,
        last=last,
        before=before if is_place else marked,
        marked=marked if is_place else "",
        after=after,
        cut_before=shown_start > 0,
        cut_after=shown_end < size,
        command=_command(entry, first, last),
        previous=link("/page/bytes", id=page_id, sha256=sha256, start=max(0, shown_start - BYTES_SHOWN))
        if shown_start > 0
        else None,
        following=link("/page/bytes", id=page_id, sha256=sha256, start=shown_end)
        if shown_end < size
        else None,
    )


def _command(entry: PageEntry, first: int, last: int) -> str:
    """What prints these bytes of the file in a shell; "" where the page is a line of a corpus."""
    path = entry.origin.path
    if path is None or path.removesuffix(".gz").endswith((".jsonl", ".ndjson")):
        return ""
    name = shlex.quote(path)
    reader = f"gzip -dc {name} | " if path.endswith(".gz") else ""
    source = "" if reader else f" {name}"
    return f"{reader}tail -c +{first + 1}{source} | head -c {last - first}"


def _facts(entry: PageEntry, reading: Reading) -> Iterable[tuple[str, str]]:
    article = reading.article
    when = entry.published
    if when is not None:
        note = when_note(when)
        yield "Published", day_words(when.date) + (f" ({note})" if note else "")
    elif isinstance(article.published, Unresolved):
        yield "Published", f"not settled: {article.published.why}"
    else:
        yield "Published", "the page carries no date"
    if article.modified is not None:
        yield (
            "Updated",
            f"not settled: {article.modified.why}"
            if isinstance(article.modified, Unresolved)
            else day_words(article.modified.date),
        )
    if article.authors:
        yield "By", listed(article.authors)
    if article.publisher:
        yield "Publisher", article.publisher
    if article.credited_to:
        yield "Credited to", article.credited_to
    if article.url:
        yield "Address", article.url
    yield "Language", article.language or "unknown"
    yield "Read as", entry.key.id
    yield "On record", day_words(entry.added_at)
    if not entry.is_current:
        yield "Version", "an earlier one; a later one has taken its place"
    weights = ", ".join(f"{room} {sha[:12]}" for room, sha in entry.reader.weights)
    yield "Reader", entry.reader.version + (f" ({weights})" if weights else "")


VoiceKey = tuple[str, int] | tuple[str, str]


def _voice_key(statement: Statement, by_id: dict[str, Entry]) -> VoiceKey:
    """Whose statement it is, inside one article: a number of the record, else a name, else nobody."""
    entry = by_id.get(statement.id)
    if entry is not None and len(entry.speakers) == 1:
        return "speaker", entry.speakers[0].number
    if isinstance(statement.speaker, Speaker):
        return "names", "\n".join(statement.speaker.names)
    return "nobody", ""


def _page_colours(reading: Reading, by_id: dict[str, Entry]) -> dict[VoiceKey, str]:
    """A colour for each voice of a page: the one it has everywhere, or the next that is free here."""
    colours: dict[VoiceKey, str] = {}
    taken: set[int] = set()
    for statement in reading.statements:
        key = _voice_key(statement, by_id)
        if key in colours:
            continue
        if key[0] == "nobody":
            colours[key] = "sx"
            continue
        wanted = key[1] % N_COLOURS if isinstance(key[1], int) else sum(map(ord, key[1])) % N_COLOURS
        for step in range(N_COLOURS):
            colour = (wanted + step) % N_COLOURS
            if colour not in taken:
                break
        taken.add(colour)
        colours[key] = f"s{colour}"
    return colours


def _voices(
    reading: Reading, by_id: dict[str, Entry], shown: Mapping[int, StatementView]
) -> tuple[VoiceView, ...]:
    """The voices of a page, most statements first; those of whom nobody is settled last."""
    groups: dict[VoiceKey, list[StatementView]] = {}
    for number, view in shown.items():
        groups.setdefault(_voice_key(reading.statements[number], by_id), []).append(view)
    ordered = sorted(groups.items(), key=lambda item: (item[0][0] == "nobody", -len(item[1])))
    return tuple(
        VoiceView(
            name=views[0].who if key[0] != "nobody" else "Not settled",
            note="" if key[0] != "nobody" else "Words whose speaker the page does not settle.",
            colour=views[0].colour,
            initials=views[0].initials,
            href=views[0].who_href,
            statements=tuple(views),
        )
        for key, views in ordered
    )
