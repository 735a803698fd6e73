"""From a window's numbers to attributions: which words are whose source, cue and content.

In: a window's words and the model's `Scores`. Out: `Candidate`s with a calibrated score, those that
say the same twice dropped, and the parents of nested ones. Leaves to others: running the model
(`models`), windows (`windows`), offsets of the page (`neural`).

Each anchor's roles are the best path under a penalty for every change of role (Viterbi), so that
spans do not flicker; then one run is kept for source and cue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.attributions.windows import Before, Quoted, Word

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

NOTHING, SOURCE, CUE, CONTENT = range(4)
AT_CUE, AT_CONTENT = range(2)
N_EVIDENCE = 8


@dataclass(frozen=True, slots=True)
class Scores:
    """What the model says of one window.

    at, kinds: (k,), the word of each anchor and its kind; chances: (k,), logit of each anchor;
    roles: (k, words, 4), logits of nothing, source, cue, content.
    """

    at: Ints
    kinds: Ints
    chances: Floats
    roles: Floats


@dataclass(frozen=True, slots=True)
class Tuning:
    """What training measured on articles held out of it; it travels with the weights.

    floor: logit under which no anchor is looked at. keep: least score that is an attribution; keep_loose
    for contents without a cue. change: penalty for a change of role. same: share of common content
    words at which two say the same. weights, loose_weights: of the logistic score (bias first).
    """

    floor: float = -1.5
    keep: float = 0.4
    keep_loose: float = 0.5
    change: float = 1.0
    same: float = 0.8
    weights: tuple[float, ...] = (0.0, 1.0) + (0.0,) * (N_EVIDENCE - 1)
    loose_weights: tuple[float, ...] = (0.0, 1.0) + (0.0,) * (N_EVIDENCE - 1)


def read_tuning(stored: Mapping[str, Any]) -> Tuning:
    """The Tuning that was stored with the weights, as JSON gives it back."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stored.items()}
    return Tuning(**values)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One attribution of a window, in numbers of words; runs are [first, last + 1), sorted.

    evidence: what its score is made from (N_EVIDENCE numbers), see `_evidence`.
    """

    source: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]
    kind: int
    score: float
    evidence: tuple[float, ...]


def decode(words: Sequence[Word], scores: Scores, tuning: Tuning) -> list[Candidate]:
    """Attributions of one window whose score is high enough, best first, no two alike."""
    kept: list[Candidate] = []
    found = find_candidates(words, scores, tuning)
    for candidate in sorted(found, key=lambda c: (c.kind, -c.score, c.cue, c.content)):
        least = tuning.keep if candidate.kind == AT_CUE else tuning.keep_loose
        if candidate.score >= least and not any(_alike(candidate, k, tuning) for k in kept):
            kept.append(candidate)
    return kept


def find_candidates(words: Sequence[Word], scores: Scores, tuning: Tuning) -> list[Candidate]:
    """One Candidate for every anchor that has any content."""
    if not len(scores.at):
        return []
    logs = scores.roles - _log_sum(scores.roles)
    paths = _paths(words, scores, logs, tuning.change)
    out = []
    for k in range(len(scores.at)):
        candidate = _candidate(words, scores, logs[k], paths[k], k, tuning)
        if candidate is not None:
            out.append(candidate)
    return out


def parents(spans: Sequence[tuple[frozenset[int], frozenset[int]]]) -> list[int | None]:
    """For each (all words, content words), the number of the smallest other whose content holds all."""
    out: list[int | None] = []
    for i, (mine, _) in enumerate(spans):
        around = [
            (len(content), j)
            for j, (_, content) in enumerate(spans)
            if j != i and len(content) >= len(mine) and mine <= content
        ]
        out.append(min(around)[1] if around else None)
    return out


def _log_sum(x: Floats) -> Floats:
    top = x.max(-1, keepdims=True)
    total: Floats = top + np.log(np.exp(x - top).sum(-1, keepdims=True))
    return total


def _paths(words: Sequence[Word], scores: Scores, logs: Floats, change: float) -> Ints:
    """The best role of every word for every anchor (k, words)."""
    logs = logs.copy()
    rows = np.arange(len(scores.at))
    at_cue = scores.kinds == AT_CUE
    logs[rows[at_cue], scores.at[at_cue]] = (-50.0, -50.0, 0.0, -50.0)
    n = len(words)
    penalty = np.full((4, 4), -change, np.float32)
    np.fill_diagonal(penalty, 0.0)
    back = np.zeros((n, len(scores.at), 4), np.int8)
    best = logs[:, 0]
    free = [word.before is Before.NEWLINE for word in words]
    for i in range(1, n):
        if free[i]:
            step = best[:, :, None] + penalty * 0.5
        else:
            step = best[:, :, None] + penalty
        back[i] = step.argmax(1)
        best = step.max(1) + logs[:, i]
    out = np.zeros((len(scores.at), n), np.int64)
    role = best.argmax(1)
    for i in range(n - 1, -1, -1):
        out[:, i] = role
        role = back[i][rows, role].astype(np.int64)
    return out


def _candidate(
    words: Sequence[Word], scores: Scores, logs: Floats, path: Ints, k: int, tuning: Tuning
) -> Candidate | None:
    at, kind = int(scores.at[k]), int(scores.kinds[k])
    runs = _runs(path)
    content = tuple((first, end) for role, first, end in runs if role == CONTENT and _says(words, first, end))
    if not content:
        return None
    cue = tuple((at, end) for role, first, end in runs if role == CUE and first <= at < end)
    if kind == AT_CONTENT:
        cue = ()
    sources = [
        (float((logs[first:end, SOURCE] - logs[first:end, NOTHING]).sum()), first, end)
        for role, first, end in runs
        if role == SOURCE and _says(words, first, end)
    ]
    source = (max(sources)[1:],) if sources else ()
    evidence = _evidence(words, scores, logs, k, source, content)
    weights = tuning.weights if kind == AT_CUE else tuning.loose_weights
    score = 1 / (1 + np.exp(-(weights[0] + float(np.dot(weights[1:], evidence)))))
    return Candidate(source, cue, content, kind, float(score), evidence)


def _runs(path: Ints) -> list[tuple[int, int, int]]:
    """(role, first, last + 1) of every unbroken run of a role other than nothing."""
    edges = np.flatnonzero(np.diff(path)) + 1
    starts = [0, *edges.tolist()]
    ends = [*edges.tolist(), len(path)]
    return [(int(path[s]), s, e) for s, e in zip(starts, ends, strict=True) if path[s] != NOTHING]


def _says(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether a run holds anything but punctuation."""
    return any(words[i].is_word for i in range(first, end))


def _evidence(
    words: Sequence[Word],
    scores: Scores,
    logs: Floats,
    k: int,
    source: Sequence[tuple[int, int]],
    content: Sequence[tuple[int, int]],
) -> tuple[float, ...]:
    """Anchor logit; how sure the content's words, its weakest edge, the source's words are; no
    source; quoted share; length (log); how much content lies outside the runs."""
    inside = [i for first, end in content for i in range(first, end)]
    sure = np.exp(logs[:, CONTENT])
    edges = min(float(sure[i]) for first, end in content for i in (first, end - 1))
    held = float(sure[inside].mean())
    total = float(sure.sum())
    lost = 1 - float(sure[inside].sum()) / max(total, 1e-6)
    by = [i for first, end in source for i in range(first, end)]
    whose = float(np.exp(logs[by, SOURCE]).mean()) if by else 1 - float(np.exp(logs[:, SOURCE]).max())
    quoted = sum(words[i].quoted is Quoted.INSIDE for i in inside) / len(inside)
    return (
        float(scores.chances[k]),
        held,
        edges,
        whose,
        float(not by),
        quoted,
        float(np.log(len(inside))),
        lost,
    )


def _alike(candidate: Candidate, kept: Candidate, tuning: Tuning) -> bool:
    """Whether two candidates tell of the same words; a loose content gives way to any other's."""
    mine = {i for first, end in candidate.content for i in range(first, end)}
    other = {i for first, end in kept.content for i in range(first, end)}
    common = len(mine & other)
    if candidate.kind == AT_CONTENT:
        return common >= 0.5 * len(mine)
    if any(first <= at < end for first, end in kept.cue for at, _ in candidate.cue):
        return True
    return common >= tuning.same * len(mine | other)
