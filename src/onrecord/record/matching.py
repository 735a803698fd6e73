"""Recorded quotations that have something of the words asked about, compared with them.

In: Places, the words. Out: Matches, the nearest first. Reads only the pages, and on them only the quotations,
that can bear the answer: a bag of words tells which, before any of them is read word by word. Leaves the
comparing to `judge`, the verdict to `check`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.record.answer import Found
from onrecord.record.folding import words_of
from onrecord.record.judge import SPLICED_WEIGHT, Match
from onrecord.record.places import Places, Wanted
from onrecord.record.quoted import Part, Recorded, pair_marks
from onrecord.record.rarity import total
from onrecord.record.results import Paragraph
from onrecord.record.wording import Wording, read_wording
from onrecord.types import ARTICLE_ZONES, Span

#: Pages whose quotations are read; the same where some statement has the very words.
MAX_PAGES, MAX_EXACT_PAGES = 6, 6
#: Pages that are read for what these lack.
MAX_OTHERS = 3
#: A page is read if one of its statements has such a share of the weight, and so much of the best one's share;
#: where another statement has the very words, such a share.
NEAR_SHARE, NEAR_BEST, NEAR_EXACT_SHARE = 0.15, 0.35, 0.7
#: Recorded quotations that are compared word by word, and the least share of the weight that they have: less
#: than the .43 with which the closest scores `check.ALTERED_FROM`. The statements of a page that were found must
#: have as much together, or a stretch of the words.
MAX_ALIGNED, ALIGNED_SHARE = 24, 0.38


def find_matches(places: Places, query: Wording, speaker: str | None) -> list[Match]:
    """Recorded quotations that have something of the query, the nearest first."""
    wanted = Wanted(query)
    found = places.find(query, speaker)
    exact = [f for f in found if wanted.line in f" {f.words} "]
    pages = _exact_pages(wanted, found, exact) if exact else _near_pages(wanted, found)
    recorded = places.quotations(pages, wanted)
    if not exact:
        recorded += _unread(places, query, wanted)
    keys = set(query.keys)
    weight = total(keys)
    likely = sorted(
        ((total(keys.intersection(r.wording.keys)) / weight, i) for i, r in enumerate(recorded)),
        key=lambda x: (-x[0], x[1]),
    )
    out = []
    for share, i in likely[:MAX_ALIGNED]:
        if share < ALIGNED_SHARE and not query.gaps:
            break
        match = places.judged(query, recorded[i])
        if match:
            out.append(match)
    return sorted(out, key=lambda m: (not m.is_good, m.is_marked, -m.score, m.recorded.page_id, m.start))


def _exact_pages(wanted: Wanted, found: Sequence[Found], exact: Sequence[Found]) -> list[int]:
    """The pages with the very words, then those with nearly all of them."""
    near = sorted(
        ((-share, f.page, f.number) for f in found if (share := wanted.share(f.words)) >= NEAR_EXACT_SHARE),
    )
    first = sorted((-wanted.share(f.words), f.page, f.number) for f in exact)
    return list(dict.fromkeys(page for _, page, _ in [*first, *near]))[:MAX_EXACT_PAGES]


def _near_pages(wanted: Wanted, found: Sequence[Found]) -> list[int]:
    """The pages with most of the words, then those with what these lack."""
    ranked = sorted((-wanted.share(f.words), f.page, f.number, f.words) for f in found)
    least = max(NEAR_SHARE, NEAR_BEST * -ranked[0][0]) if ranked else 0.0
    together: dict[int, list[str]] = {}
    runs: set[int] = set()
    for _, page, _, words in ranked:
        together.setdefault(page, []).append(words)
        if wanted.has_run(words):
            runs.add(page)
    whole = {page for page, there in together.items() if wanted.share(" ".join(there)) >= ALIGNED_SHARE}
    near = (page for share, page, _, _ in ranked if -share >= least and page in whole | runs)
    pages = list(dict.fromkeys(near))[:MAX_PAGES]
    return pages + _others(wanted, together, runs, pages)


def _others(
    wanted: Wanted, together: dict[int, list[str]], runs: set[int], pages: Sequence[int]
) -> list[int]:
    """Pages with most of what the pages chosen so far lack: the other part of a spliced quotation."""
    has = {word for page in pages for words in together[page] for word in words.split(" ")}
    lacking = wanted.words - has
    least = total(lacking) / 2
    if least < SPLICED_WEIGHT:
        return []
    found = [
        page
        for page, there in together.items()
        if page in runs
        and page not in pages
        and any(total(lacking.intersection(words.split(" "))) >= least for words in there)
    ]
    return found[:MAX_OTHERS]


def _unread(places: Places, query: Wording, wanted: Wanted) -> list[Recorded]:
    """Quotations that the page has inside marks and that no statement covers."""
    if places.unread is None:
        places.unread = list(_find_unread(places, query, wanted))
    return places.unread


def _find_unread(places: Places, query: Wording, wanted: Wanted) -> Iterator[Recorded]:
    keys = set(query.keys)
    least = ALIGNED_SHARE * total(keys)
    for paragraph in places.paragraphs(query):
        if paragraph.zone not in ARTICLE_ZONES or not wanted.is_worth(words_of(paragraph.text)):
            continue
        for a, b in pair_marks(paragraph.text):
            if not wanted.is_worth(words_of(paragraph.text[a:b])):
                continue
            words = read_wording(paragraph.text[a:b], paragraph.span.start + a)
            if total(keys.intersection(words.keys)) < least:
                continue
            span = Span(paragraph.span.start + a, paragraph.span.start + b)
            if not _is_read(places, paragraph, span):
                yield Recorded(paragraph.page, paragraph.page_id, (Part(span, -1),), (), words)


def _is_read(places: Places, paragraph: Paragraph, span: Span) -> bool:
    """Whether a statement covers some of a stretch of a page."""
    near = [f.number for f in places.on_page(paragraph.page) if f.start < span.end and span.start < f.end]
    read = places.candidates(near)
    return any(p.start < span.end and span.start < p.end for s in read for p in s.pieces)
