"""Labels that name nobody: "Image Credits: Lunt Corp", "Weight: 2 kilos", "LPA stands for …".

In: a `Layout` and a place. Out: where a label ends. Leaves to others: labels of a transcript's turns
(`transcripts`), whether the line is in the article at all.
"""

from __future__ import annotations

import re

from onrecord.speakers import lists
from onrecord.speakers.layout import Layout, Sentence

#: A label's words, its colon, and a measure or a price: "Weight: 2 kilos", "Comfort rating: -2°".
_MEASURED = re.compile(r"[^\W\d_][\w’'/() -]{0,40}:\s{1,2}[~<>≈±+–-]?[$€£]?\d")
#: Words of a label before a measure.
_MOST_WORDS = 4


def measured_label_end(layout: Layout, index: int, sentence: Sentence) -> int:
    """How many tokens of a sentence are the label of a measure that opens its paragraph; 0 where none is."""
    if index and layout.sentences[index - 1].paragraph == sentence.paragraph:
        return 0
    m = _MEASURED.match(layout.text, sentence.start, sentence.end)
    if m is None:
        return 0
    colon = layout.text.index(":", sentence.start)
    n = sum(1 for t in layout.tokens[sentence.first : sentence.last] if t.start < colon)
    return n if n <= _MOST_WORDS else 0


def is_label(layout: Layout, start: int, end: int) -> bool:
    """Whether words before a colon label a picture or a figure, or open a line that gives a measure."""
    tokens = layout.tokens_between(start, end)
    if not tokens or not re.match(r"\s?:", layout.text[tokens[-1].end : tokens[-1].end + 2]):
        return False
    if all(t.lower in lists.words("labels") for t in tokens):
        return True
    index = layout.sentence_at(start)
    sentence = layout.sentences[index]
    n = measured_label_end(layout, index, sentence)
    return bool(n) and tokens[0].start < layout.tokens[sentence.first + n - 1].end


_STANDS_FOR = re.compile(r"\s(?:stands|stood|is short)\sfor\b")
_LETTERS = re.compile(r"(?<!\w)[A-Z][A-Z0-9.&-]{1,9}\Z")


def is_explained(layout: Layout, end: int) -> bool:
    """Whether letters that end here are told to stand for words: "LPA stands for …" is of letters, not of a body."""
    is_letters = _LETTERS.search(layout.text, max(0, end - 10), end) is not None
    return is_letters and _STANDS_FOR.match(layout.text, end) is not None
