"""What the difference between two wordings does to the meaning.

In: words, or two wordings. Out: flags (a negation lost, a number changed, …), or in which way the two differ.
Leaves to others: how two wordings line up (`align`), what follows for a quotation (`check`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from onrecord.record.align import Change, Edit, align
from onrecord.record.wording import Word, Wording, data_lines, number_values


class Flag(StrEnum):
    """What a difference does to the meaning."""

    NEGATION = "negation"
    NUMBER = "number"
    NAME = "name"
    MODALITY = "modality"
    QUALIFIER = "qualifier"


class Variant(StrEnum):
    """How two wordings of one utterance differ, the least first."""

    TYPOGRAPHY = "typography"
    EXCERPT = "excerpt"
    BRACKETED = "bracketed"
    CHANGED = "words changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, for a person. is_marked: an ellipsis or a bracket owns up to it."""

    change: Change
    quoted: str
    recorded: str
    is_marked: bool
    flags: tuple[Flag, ...] = ()


def flags_of(words: Iterable[Word]) -> frozenset[Flag]:
    """What these words are about, as far as a quotation without them would say something else."""
    out: set[Flag] = set()
    for word in words:
        out.update(_flags_of_key(word.key))
        if word.is_name:
            out.add(Flag.NAME)
    return frozenset(out)


def changed_flags(quoted: Sequence[Word], recorded: Sequence[Word]) -> tuple[Flag, ...]:
    """What is lost or new between the two, in the order of Flag."""
    ours, theirs = {w.key for w in quoted}, {w.key for w in recorded}
    flags = flags_of(w for w in quoted if w.key not in theirs) | flags_of(
        w for w in recorded if w.key not in ours
    )
    return tuple(flag for flag in Flag if flag in flags)


@cache
def _flags_of_key(key: str) -> frozenset[Flag]:
    out = {flag for flag in (_meaning().get(key),) if flag}
    if key.endswith("n't"):
        out.add(Flag.NEGATION)
    if key[0].isdigit() or key in number_values():
        out.add(Flag.NUMBER)
    return frozenset(out)


def is_negation(word: Word) -> bool:
    """Whether the word turns its sentence round."""
    return Flag.NEGATION in _flags_of_key(word.key)


def variant_of(a: Wording, b: Wording) -> Variant:
    """How two wordings of one utterance differ; the same either way round."""
    if len(a.words) > len(b.words) or (len(a.words) == len(b.words) and a.keys > b.keys):
        a, b = b, a
    edits = align(a, b)
    if not edits:
        return Variant.CHANGED
    worst = Variant.TYPOGRAPHY
    if edits[0].b_start > 0 or edits[-1].b_end < len(b.words):
        worst = Variant.EXCERPT
    order = tuple(Variant)
    for edit in edits:
        if edit.change is Change.KEPT:
            continue
        ours, theirs = a.words[edit.a_start : edit.a_end], b.words[edit.b_start : edit.b_end]
        if any(w.is_bracketed for w in (*ours, *theirs)):
            found = Variant.BRACKETED
        elif _is_excerpt(a, b, edit):
            found = Variant.EXCERPT
        else:
            found = Variant.CHANGED
        worst = max(worst, found, key=order.index)
    return worst


def _is_excerpt(a: Wording, b: Wording, edit: Edit) -> bool:
    """Whether what is missing is missing openly: under an ellipsis, or as a piece of the quotation."""
    if edit.change is Change.DROPPED:
        return edit.a_start in a.gaps or edit.b_start in b.joins or edit.b_end in b.joins
    return edit.change is Change.ADDED and edit.b_start in b.gaps


@cache
def _meaning() -> Mapping[str, Flag]:
    return {line[1]: Flag(line[0]) for line in data_lines("meaning.txt")}
