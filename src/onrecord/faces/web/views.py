"""What the pages other than an article show, asked of an open record.

In: an open Record and what the reader asked. Out: views for the templates. Leaves one article to
`pages`, the check to `answers`, HTML to the templates, HTTP to `app`.
"""

from __future__ import annotations

from onrecord.faces.web.collating import collate
from onrecord.faces.web.describe import Describer, article_view, speaker_view, statement_href
from onrecord.faces.web.shown import (
    ArticleView,
    CopyView,
    Counts,
    GroupView,
    HomeView,
    ListView,
    ReportView,
    SearchForm,
    SpeakerPageView,
    SpeakerView,
    UtteranceView,
)
from onrecord.faces.web.timeline import Point, plot_timeline
from onrecord.faces.web.wording import VARIANT_WORDS, day_words, many, share, shorten, span_words
from onrecord.record import Entry, Record
from onrecord.types import CopyKind, Kind

PAGE_SIZE = 25
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

    Raises InputError for a day that is none.
    """
    numbers, kind = _asked_speaker(record, form.speaker), Kind(form.kind) if form.kind in set(Kind) else None
    if form.speaker and numbers is None:
        return ListView((), f"Nobody named “{form.speaker}” is on record.", False)
    since, until = form.first or None, form.last or None
    if form.q.strip():
        result = record.search(
            form.q, speaker=numbers, since=since, until=until, kind=kind, limit=PAGE_SIZE, offset=offset
        )
        n, at_least = result.n_found, "" if result.n_found_is_exact else "over "
        found = tuple((passage.entry, passage.hits) for passage in result.passages)
    else:
        n, at_least = record.count(speaker=numbers, since=since, until=until, kind=kind), ""
        entries = record.statements(
            speaker=numbers, since=since, until=until, kind=kind, limit=PAGE_SIZE, offset=offset
        )
        found = tuple((entry, ()) for entry in entries)
    place = f", {offset + 1} to {offset + len(found)} shown" if found and n > len(found) else ""
    views = Describer(record)
    return ListView(
        tuple(views.of_entry(entry, hits) for entry, hits in found),
        f"{at_least}{many(n, 'statement')} found{place}.",
        n > offset + len(found),
    )


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
        times="once" if n == 1 else many(n, "time"),
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
