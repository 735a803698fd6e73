"""From a window's numbers to attributions: which words are whose source, cue and content.

In: a window's words and the model's `Scores`. Out: `Candidate`s with a calibrated score, those that
say the same twice dropped, and the parents of nested ones. Leaves to others: running the model
(`models`), windows (`windows`), offsets of the page (`neural`).

Each anchor's roles are the best path under a penalty for every change of role (Viterbi), so that
spans do not flicker; then one run is kept for source and cue. A role may change where some anchor's
likeliest role does, or a paragraph begins: the path is sought over these stretches, not over words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.attributions.windows import Before, Quoted, Word

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NOTHING, SOURCE, CUE, CONTENT = range(4)
AT_CUE, AT_CONTENT = range(2)
N_EVIDENCE = 8
#: Logs of the roles of a word that is an anchor's cue.
_A_CUE = np.array([[-50.0], [-50.0], [0.0], [-50.0]], np.float32)


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

    floor: logit under which no anchor is looked at (on held-out articles 0 loses nothing). keep: least score that is an attribution; keep_loose
    for contents without a cue. change: penalty for a change of role. same: share of common content
    words at which two say the same. weights, loose_weights: of the logistic score (bias first).
    """

    floor: float = -0.5
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
    logs, seen = _see(words, scores)
    starts, paths = _paths(logs, seen.begins, scores, tuning.change)
    out = []
    for k in range(len(scores.at)):
        candidate = _candidate(seen, scores, starts, paths[k], k, tuning)
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


@dataclass(frozen=True, slots=True)
class _Seen:
    """A window and its scores, with running sums: those of [i, j) are sums[j] - sums[i].

    sure: (k, words), the share of content; sums_*: (k, words + 1), of the shares of content and source,
    and of the logs' lead of source over nothing. says, quoted: numbers of words proper and of words
    between marks before each word; begins: the words that begin a paragraph.
    """

    sure: Floats
    sums_content: Doubles
    sums_source: Doubles
    sums_lead: Doubles
    says: list[int]
    quoted: list[int]
    begins: list[int]


def _see(words: Sequence[Word], scores: Scores) -> tuple[Floats, _Seen]:
    """Natural logarithms of the roles' shares (4, k, words), and what else is asked of a window."""
    roles = scores.roles.transpose(2, 0, 1).copy()  # four numbers beside each other are slow to add
    roles -= roles.max(0)
    shares = np.exp(roles)
    total = shares.sum(0)
    logs = roles - np.log(total)
    shares /= total
    says, quoted, begins = [0], [0], []
    n_says = n_quoted = 0
    inside, newline = Quoted.INSIDE, Before.NEWLINE  # looked up once
    for i, (_, _, before, _, mark, _, is_word, _) in enumerate(words):
        n_says += is_word
        n_quoted += mark is inside
        says.append(n_says)
        quoted.append(n_quoted)
        if before is newline:
            begins.append(i)
    sure = shares[CONTENT]
    sums = np.zeros((3, len(sure), len(words) + 1))
    np.add.accumulate((sure, shares[SOURCE], logs[SOURCE] - logs[NOTHING]), 2, np.float64, sums[..., 1:])
    return logs, _Seen(sure, sums[0], sums[1], sums[2], says, quoted, begins)


def _paths(
    logs: Floats, begins: list[int], scores: Scores, change: float
) -> tuple[list[int], list[list[int]]]:
    """Where stretches start (s,), and the best role of every stretch for every anchor (k, s)."""
    at_cue = np.flatnonzero(scores.kinds == AT_CUE)
    logs[:, at_cue, scores.at[at_cue]] = _A_CUE
    n = logs.shape[2]
    may = np.zeros(n + 1, bool)
    likeliest = logs.transpose(1, 2, 0).copy().argmax(-1)
    may[1:n] = (likeliest[:, 1:] != likeliest[:, :-1]).any(0)
    may[begins] = may[0] = True
    starts = np.flatnonzero(may[:n])
    sums = np.add.reduceat(logs, starts, axis=2).transpose(1, 2, 0).tolist()
    stretches: list[int] = starts.tolist()
    new = set(begins)
    penalties = [change * 0.5 if start in new else change for start in stretches]
    return stretches, [_best_path(steps, penalties) for steps in sums]


def _best_path(steps: list[list[float]], penalties: list[float]) -> list[int]:
    """The best role of every stretch, of one anchor (Viterbi); of two roles as good, the first.

    steps: (s, 4), the logs of each role's share of a stretch; penalties: (s,), for a role that begins there.
    came, of each stretch: the best role before it, and in the four lowest bits which roles stay what they were.
    """
    none = source = cue = content = best = 0.0
    role = NOTHING
    came: list[int] = []
    for step, penalty in zip(steps, penalties, strict=True):
        moved = best - penalty
        stay = role << 4
        if none >= moved:
            stay |= 1
        else:
            none = moved
        if source >= moved:
            stay |= 2
        else:
            source = moved
        if cue >= moved:
            stay |= 4
        else:
            cue = moved
        if content >= moved:
            stay |= 8
        else:
            content = moved
        came.append(stay)
        none += step[NOTHING]
        source += step[SOURCE]
        cue += step[CUE]
        content += step[CONTENT]
        role, best = NOTHING, none
        if source > best:
            role, best = SOURCE, source
        if cue > best:
            role, best = CUE, cue
        if content > best:
            role, best = CONTENT, content
    path = [role]
    for i in range(len(came) - 1, 0, -1):
        if not came[i] >> role & 1:
            role = came[i] >> 4
        path.append(role)
    path.reverse()
    return path


def _candidate(
    seen: _Seen, scores: Scores, starts: list[int], path: list[int], k: int, tuning: Tuning
) -> Candidate | None:
    at, kind = int(scores.at[k]), int(scores.kinds[k])
    runs = _runs(starts, path, scores.roles.shape[1])
    content = tuple((first, end) for role, first, end in runs if role == CONTENT and _says(seen, first, end))
    if not content:
        return None
    cue = tuple((at, end) for role, first, end in runs if role == CUE and first <= at < end)
    if kind == AT_CONTENT:
        cue = ()
    lead = seen.sums_lead[k]
    sources = [
        (float(lead[end] - lead[first]), first, end)
        for role, first, end in runs
        if role == SOURCE and _says(seen, first, end)
    ]
    source = (max(sources)[1:],) if sources else ()
    evidence = _evidence(seen, float(scores.chances[k]), k, source, content)
    weights = tuning.weights if kind == AT_CUE else tuning.loose_weights
    total = weights[0] + sum(w * x for w, x in zip(weights[1:], evidence, strict=True))
    return Candidate(source, cue, content, kind, 1 / (1 + math.exp(-total)), evidence)


def _runs(starts: list[int], path: list[int], n: int) -> list[tuple[int, int, int]]:
    """(role, first, last + 1) of every unbroken run of a role other than nothing."""
    out = []
    last, first = NOTHING, 0
    for role, start in zip(path, starts, strict=True):
        if role != last:
            if last != NOTHING:
                out.append((last, first, start))
            last, first = role, start
    if last != NOTHING:
        out.append((last, first, n))
    return out


def _says(seen: _Seen, first: int, end: int) -> bool:
    """Whether a run holds anything but punctuation."""
    return seen.says[end] > seen.says[first]


def _evidence(
    seen: _Seen,
    chance: float,
    k: int,
    source: Sequence[tuple[int, int]],
    content: Sequence[tuple[int, int]],
) -> tuple[float, ...]:
    """Anchor logit; how sure the content's words, its weakest edge, the source's words are; no
    source; quoted share; length (log); how much content lies outside the runs."""
    n = sum(end - first for first, end in content)
    sure, sums = seen.sure[k], seen.sums_content[k]
    inside = sum(float(sums[end] - sums[first]) for first, end in content)
    edges = min(min(float(sure[first]), float(sure[end - 1])) for first, end in content)
    by = seen.sums_source[k]
    if source:
        ((first, end),) = source
        whose = float(by[end] - by[first]) / (end - first)
    else:
        whose = 1 - float(np.diff(by).max())
    quoted = sum(seen.quoted[end] - seen.quoted[first] for first, end in content) / n
    lost = 1 - inside / max(float(sums[-1]), 1e-6)
    return (chance, inside / n, edges, whose, float(not source), quoted, math.log(n), lost)


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
