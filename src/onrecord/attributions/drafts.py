"""What the rules hand on: attributions in the making, and what they have found so far.

In: nothing. Out: `Draft`, `Found`. Leaves to others: everything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.types import Span


@dataclass(slots=True, eq=False)
class Draft:
    """An attribution in the making.

    pattern: the rule that made it. follows: the draft whose speaker goes on here. parent: the draft that
    this one is nested in. share: of the verb's occurrences that are cues, where the rule
    goes by that. score: a tagger's; the rules' own comes from their pattern (`repair`).
    """

    content: list[Span]
    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    score: float = 0.0
    pattern: str = ""
    follows: Draft | None = None
    parent: Draft | None = None
    share: float | None = None


@dataclass(slots=True)
class Found:
    """The drafts of a text so far, and which quotation (by number) belongs to which of them.

    last: who spoke last, for a paragraph that goes on. introduced: "X said:" at the end of a paragraph,
    waiting for its words.
    """

    drafts: list[Draft] = field(default_factory=list)
    owner: dict[int, Draft] = field(default_factory=dict)
    last: Draft | None = None
    introduced: Draft | None = None

    def add(self, draft: Draft) -> Draft:
        self.drafts.append(draft)
        return draft

    def drop(self, draft: Draft) -> None:
        """Take back a draft, which is one of the latest."""
        for i in range(len(self.drafts) - 1, max(-1, len(self.drafts) - 50), -1):
            if self.drafts[i] is draft:
                del self.drafts[i]
                return
