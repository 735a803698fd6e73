"""The trained reader of attributions: a Tagger over a model's scores.

In: passages (article text, whole paragraphs separated by newlines) and a scorer, which `models`
loads. Out: attributions whose spans count from the passage's own start, in the order of the text.
Leaves to others: what is article text (`passages`), what rules know better (`repair`).

Each window of a passage is scored alone, so the answer for a passage depends on nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from onrecord.attributions.decode import Candidate, Scores, decode, parents, read_tuning
from onrecord.attributions.kinds import Marked, kind_of
from onrecord.attributions.quotes import find_quotes
from onrecord.attributions.windows import Encoded, Vocabulary, Word, encode, find_windows
from onrecord.types import Attribution, Span


class Scorer(Protocol):
    """Weights that score one window; `models.load_scorer` gives one."""

    weights: str
    pieces: tuple[str, ...]
    tuning: Mapping[str, Any]

    def score(
        self,
        pieces: Sequence[int],
        features: Sequence[tuple[int, int, int]],
        firsts: Sequence[int],
        paragraphs: Sequence[int],
        floor: float,
    ) -> tuple[Any, Any, Any, Any]:
        """See `models.Scorer.score`."""
        ...


class NeuralTagger:
    """A `types.Tagger` that reads with trained weights."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._vocabulary = Vocabulary(scorer.pieces)
        self._tuning = read_tuning(scorer.tuning)

    @property
    def weights(self) -> str:
        """SHA-256 (hex) of the model, its tuning and its vocabulary."""
        return self._scorer.weights

    def tag(self, passages: Sequence[str]) -> Sequence[tuple[Attribution, ...]]:
        """The attributions of each passage; spans count from the passage's own start."""
        return [self._tag(passage) for passage in passages]

    def _tag(self, text: str) -> tuple[Attribution, ...]:
        found: list[tuple[Sequence[Word], Candidate, int | None]] = []
        for window in find_windows(text, self._vocabulary):
            candidates = decode(window.words, self._score(encode(window, self._vocabulary)), self._tuning)
            candidates.sort(key=lambda c: (min(c.content + c.cue + c.source), c.cue, c.content))
            first = len(found)
            for candidate, parent in zip(candidates, _find_parents(candidates), strict=True):
                found.append((window.words, candidate, None if parent is None else first + parent))
        if not found:
            return ()
        marked = Marked.of(find_quotes(text))
        return tuple(_attribution(text, words, c, parent, marked) for words, c, parent in found)

    def _score(self, encoded: Encoded) -> Scores:
        return Scores(
            *self._scorer.score(
                encoded.pieces, encoded.features, encoded.firsts, encoded.paragraphs, self._tuning.floor
            )
        )


def _find_parents(candidates: Sequence[Candidate]) -> list[int | None]:
    def numbers(runs: Sequence[tuple[int, int]]) -> frozenset[int]:
        return frozenset(i for first, end in runs for i in range(first, end))

    return parents([(numbers(c.source + c.cue + c.content), numbers(c.content)) for c in candidates])


def _attribution(
    text: str, words: Sequence[Word], candidate: Candidate, parent: int | None, marked: Marked
) -> Attribution:
    source, cue, content = (
        tuple(Span(words[first].start, words[end - 1].end) for first, end in runs)
        for runs in (candidate.source, candidate.cue, candidate.content)
    )
    kind = kind_of(text, content, marked, cue)
    return Attribution(source, cue, content, kind, round(candidate.score, 4), parent)
