"""Readings, answers and lists as lines for a person at a terminal.

In: what flows. Out: str, without control characters of the input's own. Leaves JSON to `render`.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.pipeline import Checked, Draft
from onrecord.record import (
    Answer,
    CopyGroup,
    Coverage,
    Decision,
    Entry,
    MatchKind,
    PageEntry,
    SearchResult,
    SpeakerEntry,
    Verdict,
)
from onrecord.types import (
    Article,
    CopyEvidence,
    Day,
    Reading,
    Rejected,
    Span,
    Speaker,
    SpeakerKind,
    Statement,
    TextEvidence,
    Unresolved,
    When,
)

WIDTH = 100

#: In which order verdicts are counted: the good ones first.
VERDICT_ORDER = (
    Verdict.VERBATIM,
    Verdict.ABRIDGED,
    Verdict.ALTERED,
    Verdict.SPLICED,
    Verdict.MISATTRIBUTED,
    Verdict.REPORTED,
    Verdict.ABSENT,
    "not checked",
)

#: Quotation marks that a person may or may not have typed around what is to be checked.
_MARKS = " \t\n\"'“”‘’"


def clean(text: str) -> str:
    """One line of text without control characters: a page must not steer the terminal."""
    words = " ".join(text.split())
    return "".join(c if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"} else "" for c in words)


def shorten(text: str, width: int) -> str:
    """At most `width` characters of one line of the text."""
    text = clean(text)
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def wrapped(text: str, indent: str, width: int = WIDTH) -> str:
    """The text as lines of `width`, each indented."""
    return "\n".join(textwrap.wrap(clean(text), width, initial_indent=indent, subsequent_indent=indent))


def words_of(text: str, spans: tuple[Span, ...]) -> str:
    """The words of several spans, with " … " between them."""
    return " … ".join(text[s.start : s.end] for s in spans)


def speaker_line(statement: Statement, text: str) -> str:
    """The source's words first, then the name if it is inferred, or why there is none."""
    source = clean(words_of(text, statement.attribution.source))
    speaker = statement.speaker
    if isinstance(speaker, Unresolved):
        name = f"unresolved: {speaker.why}"
        if speaker.candidates:
            name += f" ({', '.join(speaker.candidates[:4])}?)"
        return f"{source or '(no source)'} [{clean(name)}]"
    name = clean(" and ".join(speaker.names))
    if speaker.on_behalf_of:
        name += f", for {clean(speaker.on_behalf_of)}"
    if speaker.kind not in (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION):
        return f"{source or name} [{speaker.kind.value}]"
    if not source:
        return f"(goes on) [{name}]"
    return name if source == name else f"{source} [{name}]"


def day_words(day: Day | Unresolved | None) -> str:
    """The day, the range, or nothing."""
    if not isinstance(day, Day):
        return ""
    return f"{day.date} to {day.until}" if day.until else day.date


def when_words(when: When | Unresolved | None) -> str:
    """The page's time, or that it is unsettled."""
    if when is None:
        return "no date"
    return "date unresolved" if isinstance(when, Unresolved) else when.date[:16].replace("T", " ")


def article_lines(article: Article) -> Iterator[str]:
    """The head of a reading: title, where and when, zones."""
    yield clean(article.title or "(no title)")
    parts = [
        article.publisher or "publisher unknown",
        f"credited to {article.credited_to}" if article.credited_to else "",
        ", ".join(article.authors),
        f"updated {when_words(article.modified)}"
        if article.published is None and article.modified is not None
        else when_words(article.published),
        article.language or "language unknown",
        article.url or "",
    ]
    yield "  " + clean(" · ".join(p for p in parts if p))
    zones = Counter(zone.kind.value for zone in article.zones)
    yield "  zones: " + (", ".join(k if n == 1 else f"{k} x{n}" for k, n in zones.items()) or "none")


def statement_lines(statement: Statement, text: str) -> Iterator[str]:
    """One statement: who and how, then the words."""
    attribution = statement.attribution
    cue = clean(words_of(text, attribution.cue))
    about = [attribution.kind.value]
    if statement.addressee:
        about.append(f"to {clean(statement.addressee.name)}")
    if day_words(statement.said_on):
        about.append(day_words(statement.said_on))
    if statement.occasion:
        about.append(shorten(statement.occasion.text, 60))
    nested = "    " if statement.parent else "  "
    yield f"{nested}{speaker_line(statement, text)}{' ' + cue if cue else ''}  ({', '.join(about)})"
    yield wrapped(words_of(text, attribution.content), nested + "    ")


def reading_lines(reading: Reading) -> Iterator[str]:
    """A reading as `onrecord read --format text` shows it."""
    article = reading.article
    yield article.page.id
    for line in article_lines(article):
        yield "  " + line
    if not article.read_language:
        yield f"    statements are not read in this language yet ({article.language or 'unknown'})"
    n = len(reading.statements)
    yield f"    {n} statement{'' if n == 1 else 's'}"
    for statement in reading.statements:
        for line in statement_lines(statement, article.page.text):
            yield "  " + line
    yield ""


def rejected_line(rejected: Rejected) -> str:
    """Why a page was turned away, in one line."""
    return clean(f"{rejected.path or rejected.id}: {rejected.reason}")


def context(text: str, evidence: object) -> str:
    """The words that evidence points to, where it points to words."""
    if isinstance(evidence, TextEvidence):
        return clean(text[evidence.span.start : evidence.span.end])
    return ""


def name_of(speaker: Speaker | Unresolved) -> str:
    """A speaker's name for a list."""
    return "unresolved" if isinstance(speaker, Unresolved) else clean(" and ".join(speaker.names))


# ------------------------------------------------------------------------- what a record answers


def furniture_lines(reading: Reading, spans: Sequence[Span]) -> Iterator[str]:
    """The paragraphs that the page's site repeats, whose statements are withheld."""
    if spans:
        yield "repeated on the site's pages, so in no search and no check:"
        for span in spans:
            yield f"    {span.start}–{span.end}  " + clean(
                reading.article.page.text[span.start : span.end][:120]
            )


def page_lines(entry: PageEntry) -> Iterator[str]:
    """One page of a list."""
    yield clean(entry.title or "(no title)") + ("" if entry.is_current else "  [superseded version]")
    copies = f"{entry.n_copies} cop{'y' if entry.n_copies == 1 else 'ies'}" if entry.n_copies else ""
    when = when_words(entry.published)
    if entry.published and isinstance(entry.published.evidence, CopyEvidence):
        when += " (of its copy)"
    statements = f"{entry.n_statements} statements" if entry.read_language else f"not read ({entry.language})"
    credit = f"credited to {entry.credited_to}" if entry.credited_to else ""
    parts = (entry.publisher or "publisher unknown", credit, when, statements, copies)
    yield "    " + clean(" · ".join(p for p in parts if p))
    yield "    " + clean(entry.key.id)


def found_lines(found: SearchResult) -> Iterator[str]:
    """What a search found: those that have the words, then those near in meaning, then how many."""
    for passage in found.passages:
        if passage.match is MatchKind.MEANING:
            yield f"near in meaning ({passage.likeness:.2f}):"
        yield from entry_lines(passage.entry)
    n = len(found.passages) - found.n_near
    more = "" if found.n_found_is_exact else " or more"
    near = f"{found.n_near} near in meaning" if found.n_near else ""
    words = f"{n} of {found.n_found}{more} statements" if n or not near else ""
    yield "; ".join(part for part in (words, near) if part)


def entry_lines(entry: Entry) -> Iterator[str]:
    """One statement with its place, as a search shows it."""
    statement = entry.statement
    name = " and ".join(s.name for s in entry.speakers) or name_of(statement.speaker)
    source = clean(entry.source)
    who = name if source in ("", name) else f"{source} [{name}]"
    yield f"{clean(who)}{' ' + clean(entry.cue) if entry.cue else ''}  ({statement.attribution.kind.value})"
    yield wrapped(entry.content, "    ")
    place = (entry.title, entry.publisher, entry.published and entry.published[:10], entry.page.id)
    said = f"said {day_words(statement.said_on)}" if day_words(statement.said_on) else ""
    yield "    — " + clean(" · ".join(p for p in (*place, said) if p))


def speaker_entry_line(entry: SpeakerEntry) -> str:
    """One speaker of a list."""
    days = " to ".join(d for d in dict.fromkeys((entry.first_day, entry.last_day)) if d)
    others = [n for n in entry.names if n != entry.name]
    also = f"  also: {', '.join(others[:4])}" if others else ""
    count = f"{entry.n_statements:>5} in {entry.n_articles} article{'' if entry.n_articles == 1 else 's'}"
    return clean(f"{entry.name}  ({entry.kind.value})").ljust(52) + f"{count}  {days}{clean(also)}".rstrip()


def copy_lines(group: CopyGroup) -> Iterator[str]:
    """One article that is on record more than once."""
    for member in group.members:
        links = [link for link in group.links if member in (link.a, link.b)]
        kinds = ", ".join(sorted({f"{link.kind.value}, {link.overlap:.0%}" for link in links}))
        first = "  the earliest" if member == group.earliest else ""
        yield f"{clean(member)}  ({kinds}){first}"
    yield ""


def decision_line(decision: Decision) -> str:
    """A decision of the user's, in one line."""
    what = decision.kind.value.replace("_", " ")
    return clean(
        f"{what}: {decision.quotation or decision.name or ''}"
        + (f" -> {' and '.join(decision.into_names)}" if decision.into_names else "")
        + (f" ({decision.unplaced})" if decision.unplaced else "")
    )


def counted(n: int, noun: str) -> str:
    """ "1 article", "2 articles"."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def coverage_words(coverage: Coverage) -> str:
    """What an answer rests on: how many articles, publishers, days."""
    days = " to ".join(d for d in dict.fromkeys((coverage.first_day, coverage.last_day)) if d)
    undated = f", {coverage.n_undated} undated" if coverage.n_undated else ""
    return (
        f"{counted(coverage.n_articles, 'article')} of {counted(coverage.n_publishers, 'publisher')}"
        + (f", {days}" if days else "")
        + undated
    )


def answer_lines(quote: str, speaker: str | None, answer: Answer) -> Iterator[str]:
    """The verdict, why, and the passages that bear it."""
    claimed = f"   {clean(speaker)}?" if speaker else ""
    words = shorten(quote.strip(_MARKS), 90)
    yield f"{answer.verdict.value.upper()}   “{words}”{claimed}"
    yield wrapped(answer.why, "    ")
    for difference in answer.differences:
        flags = f"  [{', '.join(f.value for f in difference.flags)}]" if difference.flags else ""
        marked = " (marked)" if difference.is_marked else ""
        sides = (
            f"on record “{clean(difference.recorded)}”" if difference.recorded else "",
            f"here “{clean(difference.quoted)}”" if difference.quoted else "",
        )
        yield f"    - {difference.change.value}: {', '.join(side for side in sides if side)}{marked}{flags}"
    for passage in (*answer.passages[:3], *(answer.elsewhere[:2] if not answer.passages else ())):
        who = " and ".join(passage.speakers) or passage.unsettled or passage.source
        zone = f"[{passage.zone.value}] " if passage in answer.elsewhere and passage.zone else ""
        yield wrapped(f"{zone}{passage.text}", "      | ")
        place = (who, passage.title, passage.publisher, passage.day, passage.page_id)
        yield "      — " + clean(" · ".join(p for p in place if p))
    if len(answer.reports) > 1:
        yield f"    the record itself has {len(answer.reports)} wordings of it"
    yield f"    looked in {coverage_words(answer.coverage)}"
    yield ""


def checked_lines(checked: Checked) -> Iterator[str]:
    """A quotation of a draft: its place, whose it is said to be, then the answer as `answer_lines` has it."""
    claim = checked.claim
    names = clean(" and ".join(claim.speakers))
    source = shorten(claim.source, 60)
    whose = f"{names} (“{source}”)" if names and source and source != names else names or source
    line = clean(claim.where) + (f": {whose}" if whose else ": nobody is named")
    yield line + (f"; checked without a speaker: {clean(claim.unsettled)}" if claim.unsettled else "")
    if checked.answer is None:
        yield f"NOT CHECKED   “{shorten(claim.quote.strip(_MARKS), 90)}”"
        yield wrapped(checked.problem or "", "    ")
        yield ""
    else:
        yield from answer_lines(claim.quote, checked.answer.claimed, checked.answer)


def draft_lines(draft: Draft, counts: Counter[str]) -> Iterator[str]:
    """What a draft's answers come to, in a line each: passed over, language, verdicts."""
    for where, words in draft.passed_over:
        yield f"{clean(draft.id)}, {where}: passed over as a title or a term: {shorten(words, 60)}"
    if not draft.read_language:
        language = draft.language or "unknown"
        yield f"the draft's language ({language}) is not read for who speaks: checked without speakers"
    n = counts.total()
    parts = [f"{counts[name]} {name}" for name in VERDICT_ORDER if counts[name]]
    yield f"{n} quotation{'' if n == 1 else 's'}" + (f": {', '.join(parts)}" if parts else "")
