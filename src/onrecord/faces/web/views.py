"""What the pages other than an article show, asked of an open record.

In: an open Record and what the reader asked. Out: views for the templates. Leaves one article to
`pages`, the check to `answers`, HTML to the templates, HTTP to `app`.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.faces.web.collating import collate
from onrecord.faces.web.describe import Describer, article_view, speaker_view, statement_href
from onrecord.faces.web.marking import mark_words
from onrecord.faces.web.shown import (
    ArticleView,
    CopyView,
    Counts,
    GroupView,
    HomeView,
    ListView,
    NarrationView,
    NearView,
    ReportView,
    SearchForm,
    SpeakerPageView,
    SpeakerView,
    UtteranceView,
)
from onrecord.faces.web.timeline import Point, plot_timeline
from onrecord.faces.web.wording import (
    VARIANT_WORDS,
    ZONE_NAMES,
    day_words,
    link,
    many,
    share,
    shorten,
    span_words,
)
from onrecord.record import Entry, MatchKind, Passage, Record, Variant
from onrecord.types import CopyKind, Kind, Span, ZoneKind

PAGE_SIZE = 25
#: Paragraphs that are shown beside a search because they have the words and quote nobody with them.
MAX_NARRATION = 4
#: Statements of one speaker that go into the plot, the earliest first.
MAX_PLOTTED = 3_000


def home(record: Record) -> HomeView:
    """What the record holds, who speaks most, what was published last."""
    coverage = record.coverage()
    speakers = tuple(record.speakers())
    return HomeView(
        counts=Counts(
            n_articles=f"{coverage.n_articles:,}",
            n_statements=f"{coverage.n_statements:,}",
            n_speakers=f"{len(speakers):,}",
            n_publishers=f"{coverage.n_publishers:,}",
            days=span_words(coverage.first_day, coverage.last_day) or "none dated",
        ),
        speakers=tuple(speaker_view(s) for s in speakers[:12]),
        articles=articles(record, 0, 8),
    )


def articles(record: Record, offset: int, limit: int) -> tuple[ArticleView, ...]:
    """Pages on record, the latest first and undated ones last."""
    return tuple(article_view(page) for page in record.pages(latest=True, limit=limit, offset=offset))


def speakers(record: Record, name: str, offset: int, limit: int) -> tuple[SpeakerView, ...]:
    """Speakers with names, most quoted first; with a name, whoever may be meant by it."""
    if not name.strip():
        return tuple(speaker_view(s) for s in record.speakers(limit=limit, offset=offset))
    found = (record.speaker(ref.number) for ref in record.find_speakers(name)[offset : offset + limit])
    return tuple(speaker_view(s) for s in found if s is not None)


def speaker_names(record: Record) -> tuple[SpeakerView, ...]:
    """The speakers that a form offers."""
    return tuple(speaker_view(s) for s in record.speakers(limit=100))


def search(record: Record, form: SearchForm, offset: int) -> ListView:
    """The statements that a search finds; without words, those of the speaker and days in order of time.

    The first part also has what stands in the text as nobody's quotation, unless speaker or kind are asked.
    Raises InputError for a day that is none.
    """
    numbers, kind = _asked_speaker(record, form.speaker), Kind(form.kind) if form.kind in set(Kind) else None
    if form.speaker and numbers is None:
        return ListView((), f"Nobody named “{form.speaker}” is on record.", False)
    since, until = form.first or None, form.last or None
    near = tuple[Passage, ...]()
    if form.q.strip():
        result = record.search(
            form.q,
            speaker=numbers,
            since=since,
            until=until,
            kind=kind,
            limit=PAGE_SIZE,
            offset=offset,
            by=MatchKind(form.by) if form.by in set(MatchKind) else None,
        )
        n, at_least = result.n_found, "" if result.n_found_is_exact else "over "
        near = tuple(p for p in result.passages if p.match is MatchKind.MEANING)
        found = tuple((p.entry, p.hits) for p in result.passages if p.match is MatchKind.WORDS)
    else:
        n, at_least = record.count(speaker=numbers, since=since, until=until, kind=kind), ""
        entries = record.statements(
            speaker=numbers, since=since, until=until, kind=kind, limit=PAGE_SIZE, offset=offset
        )
        found = tuple((entry, ()) for entry in entries)
    place = f", {offset + 1} to {offset + len(found)} shown" if found and n > len(found) else ""
    views = Describer(record)
    is_about_text = (
        not (form.speaker or form.kind or since or until or offset) and form.by != MatchKind.MEANING
    )
    return ListView(
        tuple(views.of_entry(entry, hits) for entry, hits in found),
        _found_words(form, n, at_least, place),
        n > offset + len(found),
        tuple(NearView(views.of_entry(p.entry, ()), f"{share(p.likeness or 0)} alike") for p in near),
        narration(record, form.q) if is_about_text and form.q.strip() else (),
    )


def _found_words(form: SearchForm, n: int, at_least: str, place: str) -> str:
    """How many statements there are, in words."""
    if form.by == MatchKind.MEANING:
        return "Looked for by meaning alone."
    if not form.q.strip():
        return f"{at_least}{many(n, 'statement')} found{place}."
    words = "all these words" if " " in form.q.strip() else "this word"
    if not n:
        return f"No statement has {words}."
    return f"{at_least}{many(n, 'statement')} with {words}{place}."


def narration(record: Record, words: str) -> tuple[NarrationView, ...]:
    """Paragraphs that have the words outside every statement: narration, comments, furniture."""
    out: list[NarrationView] = []
    for paragraph, hits in record.search_text(words, limit=MAX_NARRATION * 4):
        quoted = [
            span
            for entry in record.statements(page=paragraph.page_id)
            for span in entry.statement.attribution.content
        ]
        if len(out) == MAX_NARRATION or any(
            span.start <= hit.start and hit.end <= span.end for span in quoted for hit in hits
        ):
            continue
        entry = record.page(paragraph.page_id)
        text = record.text(paragraph.page_id)
        start, end = around(text, paragraph.span, hits)
        title = (entry.title if entry else None) or paragraph.page_id
        out.append(
            NarrationView(
                "narration"
                if paragraph.zone is ZoneKind.BODY
                else ZONE_NAMES[paragraph.zone]
                if paragraph.zone
                else "text",
                mark_words(text, Span(start, end), hits),
                paragraph.publisher,
                day_words(paragraph.published),
                title,
                link("/page", id=paragraph.page_id),
            )
        )
    return tuple(out)


def around(text: str, span: Span, hits: Sequence[Span]) -> tuple[int, int]:
    """As much of a paragraph as is shown: a few lines around the first hit, whole words."""
    first = hits[0].start if hits else span.start
    start, end = max(span.start, first - 160), min(span.end, first + 240)
    while start > span.start and not text[start - 1].isspace():
        start -= 1
    while end < span.end and not text[end].isspace():
        end += 1
    return start, end


def speaker(record: Record, number: int, offset: int) -> SpeakerPageView | None:
    """A speaker's page, or None where there is nobody of that number."""
    entry = record.speaker(number)
    if entry is None:
        return None
    views = Describer(record)
    plotted = list(record.statements(speaker=entry.number, limit=MAX_PLOTTED))
    points = tuple(_point(e) for e in plotted if e.day)
    shown = plotted[offset : offset + PAGE_SIZE]
    if offset >= MAX_PLOTTED:
        shown = list(record.statements(speaker=entry.number, limit=PAGE_SIZE, offset=offset))
    return SpeakerPageView(
        speaker=speaker_view(entry),
        plot=plot_timeline(points),
        n_undated=len(plotted) - len(points),
        statements=ListView(
            tuple(views.of_entry(e, ()) for e in shown),
            many(entry.n_statements, "statement"),
            offset + len(shown) < entry.n_statements,
        ),
    )


def _point(entry: Entry) -> Point:
    day = entry.day or ""
    label = f"{day_words(day)}, {entry.publisher or 'publisher unknown'}: {shorten(entry.content, 110)}"
    return Point(day, entry.statement.attribution.kind.value, label, statement_href(entry))


def _asked_speaker(record: Record, name: str) -> int | str | None:
    """The number of the one speaker of that name, the name where several are meant, None for nobody."""
    found = record.find_speakers(name) if name.strip() else ()
    if not found:
        return None
    return found[0].number if len(found) == 1 else name


_COPY_WORDS = {
    CopyKind.EDITED: "edited against",
    CopyKind.SHORTENED: "cut or extended against",
    CopyKind.UPDATED: "updated against",
}


def copies(record: Record, offset: int, limit: int) -> tuple[tuple[GroupView, ...], bool]:
    """Groups of pages that publish one article, and whether there are more."""
    groups = record.copy_groups()
    views = []
    for group in groups[offset : offset + limit]:
        found = (record.page(member) for member in group.members)
        members = {entry.key.id: article_view(entry) for entry in found if entry is not None}
        ordered = sorted(
            members.values(),
            key=lambda m: (m.id != group.earliest, m.published is None, m.published or "", m.id),
        )
        rank = {member.id: i for i, member in enumerate(ordered)}
        links: dict[str, list[str]] = {}
        for copy_link in group.links:
            if copy_link.a not in rank or copy_link.b not in rank:
                continue
            earlier, later = sorted((copy_link.a, copy_link.b), key=rank.__getitem__)
            other = "the earliest" if earlier == group.earliest else earlier
            words = f"{share(copy_link.overlap)} of the shorter text stands in the longer"
            links.setdefault(later, []).append(
                f"the same words as {other}"
                if copy_link.kind is CopyKind.EXACT
                else f"{_COPY_WORDS[copy_link.kind]} {other}: {words}"
            )
        views.append(
            GroupView(
                ordered[0].title,
                tuple(CopyView(m, m.id == group.earliest, tuple(links.get(m.id, ()))) for m in ordered),
            )
        )
    return tuple(views), offset + limit < len(groups)


def utterance(record: Record, utterance_id: str) -> UtteranceView | None:
    """One act of speaking with its reports in order of time, or None."""
    found = record.utterance(utterance_id)
    if found is None:
        return None
    entries = record.entries([report.statement for report in found.reports])
    views, seen = Describer(record), set[str]()
    reports = []
    for number, (entry, report) in enumerate(zip(entries, found.reports, strict=True), 1):
        group = record.copies_of(entry.page.id)
        is_copy = group is not None and not seen.isdisjoint(group.members)
        seen.add(entry.page.id)
        variant = "first" if number == 1 else VARIANT_WORDS.get(report.variant, report.variant)
        if report.variant == Variant.EXCERPT and len(entry.content) > len(entries[0].content):
            variant = "more of it"
        published = day_words(entry.published)
        reports.append(ReportView(number, views.of_entry(entry, ()), variant, published, is_copy))
    named = next((r.statement for r in reports if r.statement.who_href), reports[0].statement)
    n = len(reports)
    same = (
        "None of the reports is a copy of another."
        if found.n_independent == n
        else f"{found.n_independent} of them independent, the others copies."
    )
    dated = [_report_point(e, r) for e, r in zip(entries, reports, strict=True) if e.published]
    base = next((i for i, e in enumerate(entries) if e.statement.attribution.kind is Kind.DIRECT), 0)
    collation = collate([e.content for e in entries], base)
    return UtteranceView(
        speaker=named.who,
        speaker_href=named.who_href,
        day=span_words(found.said_on, found.said_until or found.said_on),
        times={1: "once", 2: "twice"}.get(n) or many(n, "time"),
        independent=same if n > 1 else "",
        reports=tuple(reports),
        plot=plot_timeline(dated) if n > 1 else None,
        n_undated=n - len(dated),
        collation=tuple((reports[i], cells) for i, cells in collation.rows) if collation else (),
        is_split=collation is not None and collation.is_split,
    )


def _report_point(entry: Entry, report: ReportView) -> Point:
    label = f"Report {report.number}: {report.published}, {entry.publisher or 'publisher unknown'}"
    if report.is_copy:
        label += " (a copy)"
    return Point(entry.published or "", entry.statement.attribution.kind.value, label, f"#r{report.number}")
