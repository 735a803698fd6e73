"""PolNeAR's readings as windows with labels, afresh for every epoch.

In: train.jsonl (or dev.jsonl). Out: `Example`s, encoded by the function that serves
(`onrecord.attributions.windows`). Leaves to others: batches, the loss, the figures.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.attributions.windows import (
    WINDOW_PIECES,
    Encoded,
    Vocabulary,
    Window,
    Word,
    encode,
    read_paragraph,
    split_words,
)

NOTHING, SOURCE, CUE, CONTENT = range(4)
#: Kinds of anchor: the first word of a cue; the first word of a content whose cue is not in sight.
AT_CUE, AT_CONTENT = range(2)
#: One article in so many is held out of training, all its readings together, to tune on.
HELD_OUT_OF = 20

Spans = list[tuple[int, int]]


@dataclass(slots=True)
class Marked:
    """One attribution as marked by one annotator."""

    source: Spans
    cue: Spans
    content: Spans


@dataclass(slots=True)
class Reading:
    """One annotator's reading of one article. skip: spans that no loss counts."""

    id: str
    text: str
    marked: list[Marked]
    skip: Spans = field(default_factory=list)


@dataclass(slots=True)
class Example:
    """One window with its labels.

    anchors: (word, kind of anchor, role of every word). loose: words that no loss counts.
    roles: three sets of words that any attribution gives that role.
    """

    encoded: Encoded
    anchors: list[tuple[int, int, list[int]]]
    loose: list[int]
    roles: tuple[list[int], list[int], list[int]]


def read_readings(path: Path) -> list[Reading]:
    """Every line of a PolNeAR file, in order."""
    out = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            d = json.loads(line)
            marked = [
                Marked(*([(s, e) for s, e in a[role]] for role in ("source", "cue", "content")))
                for a in d["attributions"]
            ]
            skip = [(s, e) for s, e in d.get("skip", [])]
            out.append(Reading(d["id"], d["text"], marked, skip))
    return out


def is_held_out(article_id: str) -> bool:
    """Whether an article of train.jsonl is for tuning; decided by its id alone."""
    return int(hashlib.sha256(article_id.encode()).hexdigest(), 16) % HELD_OUT_OF == 0


def make_examples(
    readings: Iterable[Reading], vocabulary: Vocabulary, rng: random.Random | None
) -> list[Example]:
    """Windows of all readings. With rng, texts are varied and windows start anywhere."""
    out: list[Example] = []
    for reading in readings:
        if rng is not None:
            reading = vary(reading, rng)
        windows = list(pack(reading.text, vocabulary, rng))
        out += label_windows(reading, windows, vocabulary)
    return out


def pack(text: str, vocabulary: Vocabulary, rng: random.Random | None) -> Iterator[Window]:
    """As `find_windows`, but with rng the first window of a text is cut short by chance."""
    room = WINDOW_PIECES if rng is None else rng.randint(60, WINDOW_PIECES)
    held: list[Word] = []
    n_held = 0
    for number, match in enumerate(re.finditer(r"[^\n\r\u2028\u2029]+", text)):
        words = read_paragraph(text, match.start(), match.end(), number, vocabulary)
        n_pieces = sum(len(word.pieces) for word in words)
        if held and n_held + n_pieces > room:
            yield Window(tuple(held))
            held, n_held, room = [], 0, WINDOW_PIECES
        if n_pieces > WINDOW_PIECES:
            for part in split_words(text, words):
                yield Window(part)
        elif words:
            held += words
            n_held += n_pieces
    if held:
        yield Window(tuple(held))


def label_windows(reading: Reading, windows: Sequence[Window], vocabulary: Vocabulary) -> list[Example]:
    """One Example a window."""
    starts = [w.words[0].start for w in windows]
    examples = [
        Example(encode(w, vocabulary), [], _inside(w.words, reading.skip), ([], [], [])) for w in windows
    ]
    for marked in reading.marked:
        spans = marked.source + marked.cue + marked.content
        low, high = min(s for s, _ in spans), max(e for _, e in spans)
        for window, example, start in zip(windows, examples, starts, strict=True):
            if start >= high or window.words[-1].end <= low:
                continue
            _label(window, example, marked)
    return examples


def _label(window: Window, example: Example, marked: Marked) -> None:
    source, cue, content = (
        _inside(window.words, spans) for spans in (marked.source, marked.cue, marked.content)
    )
    for mine, found in zip(example.roles, (source, cue, content), strict=True):
        mine += found
    if not content:
        return
    roles = [NOTHING] * len(window.words)
    for role, found in ((SOURCE, source), (CONTENT, content), (CUE, cue)):
        for i in found:
            roles[i] = role
    if cue:
        example.anchors.append((cue[0], AT_CUE, roles))
    else:
        example.anchors.append((content[0], AT_CONTENT, roles))


def _inside(words: Sequence[Word], spans: Spans) -> list[int]:
    """Numbers of the words that overlap a span."""
    if not spans:
        return []
    low, high = min(s for s, _ in spans), max(e for _, e in spans)
    return [
        i
        for i, w in enumerate(words)
        if w.start < high and low < w.end and any(w.start < e and s < w.end for s, e in spans)
    ]


# ---------------------------------------------------------------------------- varied texts

_STYLES = (("“", "”"), ('"', '"'), ("``", "''"), ("''", "''"), ("«", "»"), ("„", "“"), ("‘", "’"))


def vary(reading: Reading, rng: random.Random) -> Reading:
    """The reading as another house might have set it: edits that change no label."""
    edits: list[tuple[int, int, str]] = []
    text = reading.text
    if rng.random() < 0.12:
        edits += _lost_marks(text, rng, 0.1)
    if rng.random() < 0.08:
        edits += _restyled(text, rng)
    if rng.random() < 0.04:
        edits += _stray(text, rng)
    if rng.random() < 0.25:
        edits += _new_paragraphs(reading, rng)
    if edits:
        reading = _edited(reading, edits)
    if rng.random() < 0.15:
        reading = _without_paragraphs(reading, rng)
    return reading


def _lost_marks(text: str, rng: random.Random, rate: float) -> list[tuple[int, int, str]]:
    return [(m.start(), m.end(), "") for m in re.finditer("[“”\"]|''|``", text) if rng.random() < rate]


def _restyled(text: str, rng: random.Random) -> list[tuple[int, int, str]]:
    """All double marks in another style; which way a mark faces is judged by the spaces."""
    opening, closing = rng.choice(_STYLES)
    out = []
    for m in re.finditer("[“”\"]|''|``", text):
        opens = m.group() == "“" or m.group() == "``"
        if m.group() in ('"', "''"):
            opens = (m.start() == 0 or text[m.start() - 1] in " \n(—–[") and not text[
                m.end() : m.end() + 1
            ].isspace()
        out.append((m.start(), m.end(), opening if opens else closing))
    return out


def _stray(text: str, rng: random.Random) -> list[tuple[int, int, str]]:
    glyph = rng.choice(("\ufffd", "â€™", "Â", "\x92", "?", "&amp;"))
    return [(m.start(), m.end(), glyph) for m in re.finditer("[’'—–]", text) if rng.random() < 0.3]


def _new_paragraphs(reading: Reading, rng: random.Random) -> list[tuple[int, int, str]]:
    """A quotation that goes on after its cue, in a paragraph of its own."""
    out = []
    for marked in reading.marked:
        if len(marked.content) < 2 or rng.random() < 0.6:
            continue
        before, after = max(e for _, e in marked.cue) if marked.cue else 0, marked.content[-1][0]
        between = reading.text[after - 2 : after]
        if before < after and re.fullmatch('[.,!?”"] ', between) and reading.text[after] in '“"':
            out.append((after - 1, after, "\n\n"))
    return out


def _without_paragraphs(reading: Reading, rng: random.Random) -> Reading:
    """Some paragraphs are gone: what they cued is left without its speaker."""
    edits = [(m.start(), m.end(), "") for m in re.finditer(r"[^\n]+\n*", reading.text) if rng.random() < 0.12]
    return _edited(reading, edits) if edits else reading


def _edited(reading: Reading, edits: list[tuple[int, int, str]]) -> Reading:
    """The reading after non-overlapping replacements; spans are carried along."""
    edits = sorted(set(edits))
    kept: list[tuple[int, int, str]] = []
    for edit in edits:
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    parts, where, last, length = [], [], 0, 0
    for start, end, new in kept:
        parts.append(reading.text[last:start])
        where.extend(range(length, length + start - last))
        length += start - last
        parts.append(new)
        where.extend([length] * (end - start))  # a span that ends in an edit ends before it
        length += len(new)
        last = end
    parts.append(reading.text[last:])
    where.extend(range(length, length + len(reading.text) - last + 1))

    def carry(spans: Spans) -> Spans:
        moved = [(where[s], where[e - 1] + 1 if where[e - 1] < where[e] else where[e]) for s, e in spans]
        return [(s, e) for s, e in moved if s < e]

    marked = [Marked(carry(m.source), carry(m.cue), carry(m.content)) for m in reading.marked]
    marked = [m for m in marked if m.source or m.cue or m.content]
    return Reading(reading.id, "".join(parts), marked, carry(reading.skip))
