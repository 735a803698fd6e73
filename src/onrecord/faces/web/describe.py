"""Statements, pages and speakers of the record as the pages show them.

In: entries of an open record. Out: views. Leaves to `views`, `pages` and `answers` which ones to show.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.faces.web.marking import MAX_SHOWN, Piece, mark_words
from onrecord.faces.web.shown import ArticleView, SpeakerView, StatementView
from onrecord.faces.web.wording import (
    day_words,
    evidence_words,
    initials,
    link,
    listed,
    share,
    shorten,
    span_words,
    when_note,
)
from onrecord.record import Entry, PageEntry, Record, SpeakerEntry, SpeakerRef
from onrecord.types import CopyEvidence, Day, Span, Speaker, SpeakerKind, Statement, Unresolved

N_COLOURS = 12
#: Characters of a statement in a list: a long paragraph. The whole stands in the article.
MAX_LISTED = 700
#: Characters that are shown before a statement far down a long page.
CHARS_BEFORE = 2_000


class Describer:
    """Makes views of statements; looks up a page's text, and an utterance, once."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._texts: dict[str, str] = {}
        self._reports: dict[str, int] = {}

    def text(self, page_id: str) -> str:
        """The text of a current page."""
        if page_id not in self._texts:
            self._texts[page_id] = self._record.text(page_id)
        return self._texts[page_id]

    def of_entry(self, entry: Entry, hits: Sequence[Span]) -> StatementView:
        """A statement found anywhere on record."""
        return self._view(
            entry.statement,
            self.text(entry.page.id),
            entry,
            colour=entry_colour(entry),
            href=statement_href(entry),
            title=entry.title or entry.page.id,
            publisher=entry.publisher,
            hits=hits,
        )

    def of_statement(
        self, statement: Statement, text: str, page: PageEntry, entry: Entry | None, colour: str
    ) -> StatementView:
        """A statement of one page; entry: its place on record, None in a version that is not current."""
        return self._view(
            statement,
            text,
            entry,
            colour=colour,
            href=place_href(page.key.id, statement),
            title=page.title or page.key.id,
            publisher=page.publisher,
            hits=(),
        )

    def _view(
        self,
        statement: Statement,
        text: str,
        entry: Entry | None,
        *,
        colour: str,
        href: str,
        title: str,
        publisher: str | None,
        hits: Sequence[Span],
    ) -> StatementView:
        attribution = statement.attribution
        refs = entry.speakers if entry is not None else ()
        who, note = _who(statement, refs)
        day, day_note = _day(statement, entry, text)
        scores = f"{share(attribution.score)} that it is a statement"
        if isinstance(statement.speaker, Speaker):
            scores += f", {share(statement.speaker.score)} that this is who speaks"
        utterance_id = entry.utterance if entry is not None else None
        n_reports = self._n_reports(utterance_id)
        place = entry.content_bytes if entry is not None else None
        return StatementView(
            id=statement.id,
            colour=colour,
            initials=initials(who) if isinstance(statement.speaker, Speaker) or refs else "?",
            who=who,
            who_href=f"/speaker/{refs[0].number}" if len(refs) == 1 else None,
            who_note=note,
            kind=attribution.kind.value,
            source=joined(text, attribution.source),
            cue=joined(text, attribution.cue),
            pieces=quoted_pieces(text, attribution.content, hits),
            short=shorten(joined(text, attribution.content), 150),
            day=day,
            day_note=day_note,
            addressee=statement.addressee.name if statement.addressee else "",
            occasion=statement.occasion.text if statement.occasion else "",
            score=scores,
            href=href,
            place=f"#st-{statement.id}",
            bytes_href=link(
                "/page/bytes", id=entry.page.id, sha256=entry.page.sha256, start=place.start, end=place.end
            )
            if entry is not None and place is not None
            else None,
            page_title=title,
            publisher=publisher,
            utterance_href=f"/utterance/{utterance_id}" if n_reports > 1 else None,
            n_reports=n_reports,
        )

    def _n_reports(self, utterance_id: str | None) -> int:
        if utterance_id is None:
            return 0
        if utterance_id not in self._reports:
            found = self._record.utterance(utterance_id)
            self._reports[utterance_id] = len(found.reports) if found else 0
        return self._reports[utterance_id]


def article_view(page: PageEntry) -> ArticleView:
    """A page as the lists show it. The address names the version only where it is not the current one."""
    version = None if page.is_current else page.key.sha256
    return ArticleView(
        id=page.key.id,
        sha256=page.key.sha256,
        href=link("/page", id=page.key.id, sha256=version),
        title=page.title or page.key.id,
        publisher=page.publisher or (f"credited to {page.credited_to}" if page.credited_to else None),
        published=page.published.date if page.published else None,
        published_words=day_words(page.published.date if page.published else None),
        published_note=when_note(page.published),
        language=page.language,
        read_language=page.read_language,
        n_statements=page.n_statements,
        n_copies=page.n_copies,
        bytes_href=link("/page/bytes", id=page.key.id, sha256=page.key.sha256),
        api_href=link("/api/page", id=page.key.id, sha256=version),
    )


def _who(statement: Statement, refs: Sequence[SpeakerRef]) -> tuple[str, str]:
    """Who speaks, and what is to be known about that."""
    found = statement.speaker
    if isinstance(found, Unresolved) and not refs:
        maybe = f"; perhaps {listed(found.candidates[:3])}" if found.candidates else ""
        return "Not settled", f"{found.why}{maybe}"
    name = listed([ref.name for ref in refs] or (found.names if isinstance(found, Speaker) else ()))
    if not isinstance(found, Speaker):
        return name, ""
    notes = []
    if found.on_behalf_of:
        notes.append(f"for {found.on_behalf_of}")
    if found.kind not in (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION):
        notes.append(found.kind.value)
    return name, ", ".join(notes)


def _day(statement: Statement, entry: Entry | None, text: str) -> tuple[str, str]:
    """The day that is shown, and what it rests on."""
    said = statement.said_on
    if isinstance(said, Day):
        basis = (
            "from a copy" if isinstance(said.evidence, CopyEvidence) else evidence_words(said.evidence, text)
        )
        return span_words(said.date, said.until or said.date), f"said, {basis}"
    note = f"day said not settled: {said.why}" if isinstance(said, Unresolved) else ""
    if entry is not None and entry.day:
        return day_words(entry.day), "published" + (f"; {note}" if note else "")
    return "", note


def entry_colour(entry: Entry) -> str:
    """The colour that the first speaker has everywhere; the one for nobody."""
    return _colour(entry.speakers[0].number) if entry.speakers else "sx"


def statement_href(entry: Entry) -> str:
    """The address of a statement's place in its article."""
    return place_href(entry.page.id, entry.statement)


def place_href(page_id: str, statement: Statement) -> str:
    """As `statement_href`; far down a long page it names the part in which the statement stands."""
    first = min(statement.attribution.content).start
    start = first - CHARS_BEFORE if first > MAX_SHOWN - CHARS_BEFORE else None
    return link("/page", id=page_id, start=start) + f"#st-{statement.id}"


def joined(text: str, spans: Sequence[Span]) -> str:
    """The words of several spans in one line."""
    return " … ".join(" ".join(text[s.start : s.end].split()) for s in spans)


def quoted_pieces(text: str, content: Sequence[Span], hits: Sequence[Span]) -> tuple[Piece, ...]:
    """The content with what stands between its pieces (muted), cut where it grows too long."""
    out: list[Piece] = []
    room, last = MAX_LISTED, None
    for span in content:
        if last is not None:
            between = text[last : span.start]
            out.append(Piece(between if len(between) <= 200 else " … ", "around"))
        for piece in mark_words(text, span, hits):
            if len(piece.text) > room:
                out.append(Piece(shorten(piece.text, max(room, 2)), piece.role, is_hit=piece.is_hit))
                return tuple(out)
            room -= len(piece.text)
            out.append(piece)
        last = span.end
    return tuple(out)


def speaker_view(entry: SpeakerEntry) -> SpeakerView:
    """A speaker as the pages show it."""
    return SpeakerView(
        number=entry.number,
        name=entry.name,
        kind=entry.kind.value,
        colour=_colour(entry.number),
        initials=initials(entry.name),
        href=f"/speaker/{entry.number}",
        days=span_words(entry.first_day, entry.last_day),
        n_statements=entry.n_statements,
        n_articles=entry.n_articles,
        other_names=tuple(name for name in entry.names if name != entry.name),
    )


def _colour(number: int) -> str:
    return f"s{number % N_COLOURS}"
