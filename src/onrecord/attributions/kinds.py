"""Whether a content is direct, mixed or indirect, by the marks around its words.

In: a text, the content's spans, the text's quotations. Out: a Kind.
Leaves to others: finding quotations (`quotes`); turns of a transcript, direct without marks (`repair`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from onrecord.attributions.quotes import Quote
from onrecord.text import WORD
from onrecord.types import Kind, Span


@dataclass(frozen=True, slots=True)
class Marked:
    """The quotations, ready to be asked which of them hold a character.

    parents: for each the index of the one right around it, -1 for none.
    """

    quotes: tuple[Quote, ...]
    starts: tuple[int, ...]
    parents: tuple[int, ...]

    @classmethod
    def of(cls, quotes: Sequence[Quote]) -> Marked:
        parents: list[int] = []
        stack: list[int] = []
        for i, quote in enumerate(quotes):
            while stack and quotes[stack[-1]].end <= quote.start:
                stack.pop()
            parents.append(stack[-1] if stack else -1)
            stack.append(i)
        return cls(tuple(quotes), tuple(q.start for q in quotes), tuple(parents))

    def around(self, point: int) -> list[Quote]:
        """The quotations whose words or marks hold a character, from the innermost out."""
        out: list[Quote] = []
        i = bisect_right(self.starts, point) - 1
        while i >= 0:
            if self.quotes[i].end > point:
                out.append(self.quotes[i])
            i = self.parents[i]
        return out

    def holds(self, point: int, others: Collection[int]) -> bool:
        """Whether a quotation's words hold a character; those that start at `others` do not count."""
        i = bisect_right(self.starts, point) - 1
        while i >= 0:
            quote = self.quotes[i]
            if quote.inner_start <= point < quote.inner_end and quote.start not in others:
                return True
            i = self.parents[i]
        return False

    def touches(self, span: Span) -> bool:
        """Whether any quotation shares a character with the span."""
        first = bisect_right(self.starts, span.start)
        if first < len(self.starts) and self.starts[first] < span.end:
            return True
        return bool(self.around(span.start))


def kind_of(
    text: str, content: Sequence[Span], quotes: Sequence[Quote] | Marked, cue: Sequence[Span] = ()
) -> Kind:
    """DIRECT if all words of the content stand between quotation marks, MIXED if some, else INDIRECT.

    Marks that also hold the cue are somebody else's: in “She told us that it would rain,” he said, the
    rain is her indirect speech inside his direct one.
    """
    marked = quotes if isinstance(quotes, Marked) else Marked.of(quotes)
    if not marked.quotes:
        return Kind.INDIRECT
    others = {q.start for span in cue[:1] for q in marked.around(span.start)}
    inside = outside = False
    for span in content:
        if not marked.touches(span):
            outside = outside or WORD.search(text, span.start, span.end) is not None
            continue
        for m in WORD.finditer(text, span.start, span.end):
            at = m.start()
            if marked.holds(at, others):
                inside = True
            else:
                outside = True
            if inside and outside:
                break
    if inside and outside:
        return Kind.MIXED
    return Kind.DIRECT if inside else Kind.INDIRECT
