"""One act of speaking, many reports: what statements that belong together make up.

In: statements that wait to be grouped, and a Source that finds the ones like them. Out: Utterances. Leaves to others:
which statements belong together (`web`, `utterances`, `twins`), whose words they are, storing.

Groups are what pairs connect, so the order of reading changes nothing.

Thin: statements whose speaker is not settled stand alone except in copies and beside long quotations.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.record.clusters import by_speaker, reach
from onrecord.record.differences import variant_of
from onrecord.record.results import Candidate, Report, Utterance
from onrecord.record.web import Source, Web
from onrecord.record.wording import read_wording


@dataclass(frozen=True, slots=True)
class Grouping:
    """utterances: of two and more reports, by id. followed: the statements that were looked at, in order."""

    utterances: tuple[Utterance, ...]
    followed: tuple[int, ...]


def group(statements: Sequence[Candidate], source: Source) -> Grouping:
    """What some statements report, with all that report the same."""
    web = Web(source)
    web.follow(statements)
    seen: set[int] = set()
    out = []
    for number in sorted(web.links):
        if number in seen:
            continue
        reached = reach(number, web.links)
        seen |= reached
        for members in by_speaker({n: web.known[n].statement for n in reached}, web.links):
            if len(members) > 1:
                out.append(_utterance([web.known[n].statement for n in members]))
    return Grouping(tuple(sorted(out, key=lambda u: u.id)), tuple(sorted(web.followed)))


# ----------------------------------------------------------------------------------- utterances


def _utterance(statements: Sequence[Candidate]) -> Utterance:
    """The utterance that these statements report."""
    ordered = sorted(statements, key=_order)
    first = read_wording(ordered[0].content)

    @cache  # what is said again and again is mostly printed alike
    def variant(content: str) -> str:
        return variant_of(first, read_wording(content)).value

    days = Counter((s.said_on, s.said_until) for s in ordered if s.said_on)
    said_on, said_until = min(days, key=lambda d: (-days[d], d[0] or "", d[1] or ""), default=(None, None))
    speakers = Counter(ref.number for s in ordered for ref in s.speakers)
    return Utterance(
        id=hashlib.sha256(f"utterance {ordered[0].page_id} {ordered[0].id}".encode()).hexdigest()[:16],
        speaker=min(speakers, key=lambda n: (-speakers[n], n), default=None),
        said_on=said_on,
        said_until=said_until,
        reports=tuple(Report(s.number, variant(s.content)) for s in ordered),
        n_independent=_n_independent(ordered),
    )


def _order(statement: Candidate) -> tuple[str, str, int, str]:
    """In order of print: the article's day, its page, the place in it."""
    return (
        statement.published or statement.day or "9999",
        statement.page_id,
        statement.pieces[0].start,
        statement.id,
    )


def _n_independent(statements: Iterable[Candidate]) -> int:
    """How many of the articles are neither copies of each other nor credit the same agency."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    pages = set()
    for s in statements:
        page = f"page {s.page}"
        pages.add(page)
        root(page)
        for tie in (
            f"copies {s.copy_group}" if s.copy_group is not None else None,
            f"agency {s.credited_to.casefold()}" if s.credited_to else None,
        ):
            if tie is not None:
                x, y = sorted((root(page), root(tie)))
                parent[y] = x
    return len({root(page) for page in pages})
