"""A draft: every quotation it claims, for whom, and what the record says to each.

In: a draft (text, Markdown, HTML, .docx). Out: a Draft with its Claims; each Checked against a record. Leaves the
verdict to `record`, and which marks hold a quotation to `attributions.quotations`.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord import intake
from onrecord.article import find_article
from onrecord.attributions import find_attributions
from onrecord.attributions.quotations import Quotation, find_quotations
from onrecord.errors import InputError
from onrecord.page import parse_page
from onrecord.page.prose import Prose, find_prose, line_starts
from onrecord.pipeline.reading import Options, load_tagger, statements_of
from onrecord.record import Answer, Record
from onrecord.record.quoted import follow
from onrecord.runs import byte_span
from onrecord.text import DOUBLE_MARKS
from onrecord.types import (
    Article,
    Given,
    Page,
    RawPage,
    Rejected,
    Span,
    SpeakerKind,
    Statement,
    Unresolved,
    Zone,
    ZoneKind,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A quotation that a draft makes.

    draft: its name. place: "line 7", "paragraph 7" or "footnote 7" (of a Word document); line: that number.
    quote: the draft's own words, from the first mark to the last. words: what is checked, without a "he said"
    between two halves. speakers: whom the draft names, () for nobody; source: in the draft's own words.
    unsettled: why a source names nobody who could be compared.
    """

    draft: str
    place: str
    line: int
    quote: str
    words: str
    speakers: tuple[str, ...]
    source: str
    unsettled: str | None

    @property
    def where(self) -> str:
        """The draft and the place in it."""
        return f"{self.draft}, {self.place}"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a draft claims that people said, in the order of its text.

    passed_over: titles and terms in quotation marks, with their places. language: ISO 639-1; unless
    `read_language`, quotations are claimed for nobody.
    """

    id: str
    claims: tuple[Claim, ...]
    passed_over: tuple[tuple[str, str], ...]
    language: str | None
    read_language: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim and what the record says to it; `problem` where it cannot be asked (a speech, no words)."""

    claim: Claim
    answer: Answer | None
    problem: str | None = None

    @property
    def is_good(self) -> bool:
        """Whether the quotation may stand as it is."""
        return self.answer is not None and self.answer.is_good


def read_draft(path: str, *, options: Options = Options()) -> Draft | Rejected:
    """Every quotation in a draft (text, Markdown, HTML, .docx, "-"), with whom the draft gives it to.

    The whole text is read: no zone hides a paragraph.
    """
    return _claims(intake.read_draft(path, limits=options.limits), options)


def parse_draft(name: str, content: bytes, *, options: Options = Options()) -> Draft | Rejected:
    """As `read_draft`, of the bytes of a file of this name."""
    return _claims(intake.parse_draft(name, content, limits=options.limits), options)


def check_draft(record: Record, draft: Draft, speaker: str | None = None) -> Iterator[Checked]:
    """What the record says to each claim, in order. speaker: of those for whom the draft names nobody."""
    for claim in draft.claims:
        try:
            answers = [record.check(claim.words, name) for name in claim.speakers or (speaker,)]
        except InputError as error:
            yield Checked(claim, None, str(error))
        else:
            yield Checked(claim, next((a for a in answers if a.is_good), answers[0]))


def _claims(found: intake.Draft | Rejected, options: Options) -> Draft | Rejected:
    page = found if isinstance(found, Rejected) else parse_page(found.raw)
    if isinstance(page, Rejected):
        return page
    assert isinstance(found, intake.Draft)
    prose = find_prose(page, is_markdown=found.is_markdown)
    article = _whole_article(page.id, prose.text)
    if isinstance(article, Rejected):
        return article
    attributions = find_attributions(article, load_tagger(options.tagger))
    statements = statements_of(article, attributions, options)
    quotations, passed = find_quotations(prose.text, attributions, follow, prose.block_quotes)
    places = _Places(found, page, prose)
    return Draft(
        id=page.id,
        claims=tuple(
            _claim(
                page.id, prose.text, q, None if q.attribution is None else statements[q.attribution], places
            )
            for q in quotations
        ),
        passed_over=tuple(
            (places.of(span.start)[0], " ".join(prose.text[span.start : span.end].split())) for span in passed
        ),
        language=article.language,
        read_language=article.read_language,
    )


def _whole_article(page_id: str, text: str) -> Article | Rejected:
    """An article whose body is all of a text."""
    content = text.encode("utf-8", "replace")
    sha256 = hashlib.sha256(content).hexdigest()
    page = parse_page(RawPage(page_id, content, sha256, "text/plain", given=Given()))
    if isinstance(page, Rejected):
        return page
    article = find_article(page)
    return replace(
        article,
        zones=(Zone(ZoneKind.BODY, Span(0, len(page.text)), 1.0),),
        read_language=article.read_language or article.language is None,
    )


def _claim(
    draft: str, text: str, quotation: Quotation, statement: Statement | None, places: _Places
) -> Claim:
    place, line = places.of(quotation.whole.start)
    inside = " ".join(text[span.start : span.end] for span in quotation.words)
    speakers, unsettled = _claimed(statement)
    source = statement.attribution.source if statement else ()
    return Claim(
        draft=draft,
        place=place,
        line=line,
        quote=" ".join(text[quotation.whole.start : quotation.whole.end].split()),
        # in marks of their own, so that the check takes no quotation inside for the whole
        words=f"“{' '.join(inside.translate(_NO_DOUBLE_MARKS).split())}”",
        speakers=speakers,
        source=" … ".join(" ".join(text[span.start : span.end].split()) for span in source),
        unsettled=unsettled,
    )


_NO_DOUBLE_MARKS = dict.fromkeys(map(ord, DOUBLE_MARKS), " ")


def _claimed(statement: Statement | None) -> tuple[tuple[str, ...], str | None]:
    """The names whose words a quotation is claimed to be, or why they are not known."""
    if statement is None:
        return (), None
    attribution, speaker = statement.attribution, statement.speaker
    if not attribution.source and attribution.continues is None:
        return (), None
    if isinstance(speaker, Unresolved):
        return (), speaker.why
    if speaker.kind not in (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION):
        return (), f"the draft gives them to {speaker.names[0]} ({speaker.kind.value}), which is no name"
    return speaker.names, None


class _Places:
    """What a draft's reader calls a place in its prose."""

    def __init__(self, draft: intake.Draft, page: Page, prose: Prose) -> None:
        self._draft, self._page, self._prose = draft, page, prose
        self._is_html = draft.raw.media_type != "text/plain"
        content = draft.raw.content.decode("latin-1") if self._is_html else page.text
        self._starts = line_starts(content)

    def of(self, at: int) -> tuple[str, int]:
        """The place in words, and its number."""
        origin = self._prose.origin(at)
        if self._is_html:
            page = self._page
            found = byte_span(page.runs, Span(origin, origin + 1), page.text, page.encoding.name)
            origin = found.start if found else 0
        line = bisect_right(self._starts, origin)
        if self._draft.places:
            name = self._draft.places[min(line, len(self._draft.places)) - 1]
            return name, int(name.rpartition(" ")[2])
        return f"line {line}", line
