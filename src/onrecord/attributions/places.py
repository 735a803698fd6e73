"""Which quotations, and which rows' contents, share characters with a span.

In: quotations, rows. Out: `Tops` and `Covered`, ready to be asked about spans; asking takes the logarithm of
their number. Leaves to others: what follows from it (`repair`, `keeping`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.attributions.drafts import Draft
from onrecord.attributions.quotes import Quote
from onrecord.text import overlap
from onrecord.types import Span

#: How far back pieces that touch a quotation are looked for.
MAX_LOOK = 64


@dataclass(frozen=True, slots=True)
class Tops:
    """The outermost quotations, sorted, and where they start."""

    quotes: tuple[Quote, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, quotes: Sequence[Quote]) -> Tops:
        tops = tuple(q for q in quotes if q.depth == 0)
        return cls(tops, tuple(q.start for q in tops))

    def touched(self, span: Span) -> Sequence[Quote]:
        """The quotations that share a character with the span."""
        first = bisect_right(self.starts, span.start) - 1
        if first >= 0 and self.quotes[first].end <= span.start:
            first += 1
        last = bisect_left(self.starts, span.end)
        return self.quotes[max(0, first) : last]


@dataclass(frozen=True, slots=True)
class Covered:
    """The content pieces of the tagger's rows, sorted, each with its row; reach: the furthest end so far."""

    pieces: tuple[tuple[Span, Draft], ...]
    starts: tuple[int, ...]
    reach: tuple[int, ...]

    @classmethod
    def of(cls, rows: Sequence[Draft]) -> Covered:
        pieces = sorted(((s, r) for r in rows for s in r.content), key=lambda p: (p[0], begins(p[1])))
        reach: list[int] = []
        for span, _ in pieces:
            reach.append(max(span.end, reach[-1] if reach else 0))
        return cls(tuple(pieces), tuple(s.start for s, _ in pieces), tuple(reach))

    def touching(self, span: Span) -> list[tuple[Span, Draft]]:
        out: list[tuple[Span, Draft]] = []
        last = bisect_left(self.starts, span.end) - 1
        for i in range(last, max(-1, last - MAX_LOOK), -1):
            if self.reach[i] <= span.start:
                break
            if self.pieces[i][0].end > span.start:
                out.append(self.pieces[i])
        return out

    def share(self, span: Span) -> float:
        """How much of the span's characters pieces cover."""
        return overlap([span], joined([s for s, _ in self.touching(span)])) / (span.end - span.start)

    def owner(self, span: Span) -> Draft | None:
        """The row that has most of the span."""
        touching = self.touching(span)
        if not touching:
            return None
        return max(touching, key=lambda p: (overlap([span], [p[0]]), p[1].score))[1]


def begins(draft: Draft) -> tuple[int, int, int, int]:
    """What rows are sorted by: where they begin, the longer first."""
    spans = [draft.content[0], *draft.cue[:1]]
    first = min(s.start for s in spans)
    return (
        first,
        -max(s.end for s in draft.content),
        draft.content[0].start,
        draft.cue[0].start if draft.cue else -1,
    )


def joined(spans: Sequence[Span]) -> list[Span]:
    """The spans sorted, overlapping ones joined."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out
