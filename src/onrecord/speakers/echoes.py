"""Quotations without a source that another statement of the article has too: pull quotes, headings, the first lines.

In: a `Scene` whose speakers have been looked for. Out: for such a quotation the speaker of the statement that has
nearly all its words in their order, even where it seems to go on with what stands before it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from onrecord.speakers.scene import THRESHOLD, Found, Scene
from onrecord.text import folded_words
from onrecord.types import Kind, SpeakerKind

#: Words of a piece that is compared; a quotation of fewer than MIN_WORDS may be anybody's.
PIECE, MIN_WORDS = 4, 6
#: How much of a quotation's pieces the other statement must have; statements that are looked at for a piece.
SHARE, MAX_SAME = 0.75, 12


def find_echoes(scene: Scene) -> dict[int, Found]:
    """Whose words quotations without a source repeat, by index of the attribution; where two fit, none."""
    unsourced = [
        i
        for i, a in enumerate(scene.attributions)
        if not a.source and not a.cue and a.kind is not Kind.INDIRECT
    ]
    if not unsourced:
        return {}
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, attribution in enumerate(scene.attributions):
        found = scene.found.get(j)
        if not (attribution.source and isinstance(found, Found) and found.score >= THRESHOLD):
            continue
        if found.kind not in (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION):
            continue
        for piece in set(_pieces(scene, j)):
            if len(holders[piece]) < MAX_SAME:
                holders[piece].append(j)
    out: dict[int, Found] = {}
    for i in unsourced:
        pieces = _pieces(scene, i)
        if len(pieces) <= MIN_WORDS - PIECE:
            continue
        counts: dict[int, int] = defaultdict(int)
        for piece in pieces:
            for j in holders.get(piece, ()):
                counts[j] += 1
        same = [scene.found[j] for j, n in counts.items() if n >= SHARE * len(pieces)]
        speakers = [f for f in same if isinstance(f, Found)]
        if speakers and len({f.names for f in speakers}) == 1:
            best = max(speakers, key=lambda f: f.score)
            out[i] = replace(best, score=best.score * 0.97)
    return out


def _pieces(scene: Scene, i: int) -> list[tuple[str, ...]]:
    """The runs of a few words, folded, of an attribution's content, all of it in one line."""
    text = " ".join(scene.text[s.start : s.end] for s in scene.attributions[i].content)
    words = [word for word, _ in folded_words(text)]
    return [tuple(words[k : k + PIECE]) for k in range(len(words) - PIECE + 1)]
