"""From numbers to attributions, without weights: windows, features, decoding."""

import time
from types import MappingProxyType

import numpy as np
import pytest

from onrecord.attributions.decode import (
    AT_CONTENT,
    AT_CUE,
    CONTENT,
    CUE,
    N_EVIDENCE,
    NOTHING,
    SOURCE,
    Scores,
    Tuning,
    decode,
    parents,
    read_tuning,
)
from onrecord.attributions.neural import NeuralTagger
from onrecord.attributions.windows import (
    MAX_WORD_CHARS,
    WINDOW_PIECES,
    Before,
    Case,
    Quoted,
    Vocabulary,
    Word,
    encode,
    find_windows,
)
from onrecord.types import Kind

PIECES = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "the",
    "dam",
    "is",
    "safe",
    "ruiz",
    "said",
    "ana",
    "she",
    "added",
    '"',
    "'",
    ".",
    ",",
    ":",
    "mayor",
    "un",
    "##safe",
    "##ly",
    "cafe",
]
LETTERS = {"s": SOURCE, "q": CUE, "c": CONTENT, ".": NOTHING}
SURE = Tuning(
    weights=(0.0, 1.0, *(0.0,) * (N_EVIDENCE - 1)), loose_weights=(0.0, 1.0, *(0.0,) * (N_EVIDENCE - 1))
)


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(PIECES)


def words(text: str, vocabulary: Vocabulary) -> tuple[Word, ...]:
    return next(iter(find_windows(text, vocabulary))).words


def scores(*anchors: tuple[int, int, float, str]) -> Scores:
    """Anchors as (word, kind, logit, a letter for the role of every word)."""
    roles = np.full((len(anchors), len(anchors[0][3]), 4), -4.0, np.float32)
    for k, (_, _, _, letters) in enumerate(anchors):
        for i, letter in enumerate(letters):
            roles[k, i, LETTERS[letter]] = 4.0
    return Scores(
        np.array([a[0] for a in anchors], np.int64),
        np.array([a[1] for a in anchors], np.int64),
        np.array([a[2] for a in anchors], np.float32),
        roles,
    )


def test_a_cue_gives_its_source_and_content(vocabulary: Vocabulary) -> None:
    found = decode(
        words("Ana Ruiz said the dam is safe .", vocabulary), scores((2, AT_CUE, 3.0, "ssqcccc.")), SURE
    )
    assert [(c.source, c.cue, c.content) for c in found] == [(((0, 2),), ((2, 3),), ((3, 7),))]
    assert found[0].score == pytest.approx(1 / (1 + np.exp(-3.0)))


def test_an_interrupted_quotation_has_two_pieces_in_order(vocabulary: Vocabulary) -> None:
    found = decode(words("the dam said Ana is safe", vocabulary), scores((2, AT_CUE, 2.0, "ccqscc")), SURE)
    assert found[0].content == ((0, 2), (4, 6))


def test_a_flicker_of_one_word_is_smoothed_away(vocabulary: Vocabulary) -> None:
    weak = scores((2, AT_CUE, 2.0, "ssqcccc"))
    weak.roles[0, 5] = (0.3, -4.0, -4.0, 0.0)
    assert decode(words("Ana Ruiz said the dam is safe", vocabulary), weak, SURE)[0].content == ((3, 7),)


def test_an_anchor_without_content_is_nothing(vocabulary: Vocabulary) -> None:
    assert decode(words("Ana said .", vocabulary), scores((1, AT_CUE, 5.0, "sqc")), SURE) == []
    assert (
        decode(
            words("Ana said .", vocabulary),
            Scores(*(np.zeros(0, np.int64),) * 2, np.zeros(0), np.zeros((0, 3, 4))),
            SURE,
        )
        == []
    )


def test_two_anchors_in_one_cue_are_one_attribution(vocabulary: Vocabulary) -> None:
    text = words("Ana said added the dam is safe", vocabulary)
    found = decode(text, scores((1, AT_CUE, 1.0, "sqqcccc"), (2, AT_CUE, 3.0, "s.qcccc")), SURE)
    assert len(found) == 1
    assert found[0].score > 0.9


def test_a_content_without_cue_gives_way_to_one_with(vocabulary: Vocabulary) -> None:
    text = words("the dam is safe said Ana", vocabulary)
    both = scores((0, AT_CONTENT, 4.0, "cccc.."), (4, AT_CUE, 1.0, "ccccqs"))
    assert [c.kind for c in decode(text, both, SURE)] == [AT_CUE]
    alone = decode(text, scores((0, AT_CONTENT, 4.0, "cccc..")), SURE)
    assert [(c.source, c.cue, c.content) for c in alone] == [((), (), ((0, 4),))]


def test_what_is_unlikely_is_left_out(vocabulary: Vocabulary) -> None:
    text = words("Ana Ruiz said the dam is safe .", vocabulary)
    assert decode(text, scores((2, AT_CUE, -2.0, "ssqcccc.")), SURE) == []


def test_the_parent_is_the_smallest_content_around() -> None:
    def numbers(*ns: int) -> frozenset[int]:
        return frozenset(ns)

    spans = [
        (numbers(0, 1, 2, 3, 4, 5), numbers(2, 3, 4, 5)),
        (numbers(3, 4, 5), numbers(4, 5)),
        (numbers(4, 5), numbers(5)),
        (numbers(7, 8), numbers(8)),
    ]
    assert parents(spans) == [None, 0, 1, None]


def test_words_know_what_pieces_do_not_show(vocabulary: Vocabulary) -> None:
    found = words('Ana said: "the dam IS safe."\nShe added 3', vocabulary)
    by_word = {w.start: w for w in found}
    assert by_word[0].before is Before.NEWLINE
    assert by_word[0].case is Case.CAPITALISED
    assert [int(w.quoted) for w in found[3:9]] == [1, 2, 2, 2, 2, 2]
    assert found[9].quoted is Quoted.CLOSING
    assert found[6].case is Case.UPPER
    assert found[8].before is Before.NOTHING
    assert (found[10].paragraph, found[10].before) == (1, Before.NEWLINE)
    assert found[-1].case is Case.NO_LETTER


@pytest.mark.parametrize(
    "text", ["“the dam”", '"the dam"', "''the dam''", "``the dam''", "«the dam»", "„the dam“"]
)
def test_marks_of_every_style_face_the_right_way(text: str, vocabulary: Vocabulary) -> None:
    found = words(text, vocabulary)
    assert [w.quoted for w in found] == [Quoted.OPENING, Quoted.INSIDE, Quoted.INSIDE, Quoted.CLOSING]
    assert found[0].pieces == found[-1].pieces == (PIECES.index('"'),)


def test_an_open_mark_lasts_to_the_end_of_its_paragraph(vocabulary: Vocabulary) -> None:
    assert [w.quoted for w in words("“the dam\nis safe", vocabulary)][2:] == [
        Quoted.INSIDE,
        *[Quoted.OUTSIDE] * 2,
    ]


def test_pieces_are_the_longest_that_fit(vocabulary: Vocabulary) -> None:
    cut = vocabulary.cut("UnSafely")
    assert [PIECES[i] for i in cut] == ["un", "##safe", "##ly"]
    assert vocabulary.cut("Café") == (PIECES.index("cafe"),)
    assert vocabulary.cut("x" * (MAX_WORD_CHARS + 1)) == (vocabulary.unknown,)


@pytest.mark.parametrize(
    "text",
    [
        "the dam is safe. " * 400,
        "the dam\n" * 400,
        "“" * 3000,
        "safe" * 5000,
        "水坝是安全的。" * 300,
        "",
        " \n\u200b\u00ad\n",
        "1234 !!! ??? 5678",
    ],
)  # fmt: skip
def test_windows_hold_every_word_once_and_never_too_many_pieces(text: str, vocabulary: Vocabulary) -> None:
    last = 0
    for window in find_windows(text, vocabulary):
        encoded = encode(window, vocabulary)
        assert 2 < len(encoded.pieces) <= WINDOW_PIECES + 2
        assert len(encoded.features) == len(encoded.pieces)
        assert len(encoded.firsts) == len(encoded.paragraphs) == len(window.words)
        for word in window.words:
            assert last <= word.start < word.end
            assert not text[last : word.start].strip(" \n\u200b\u00ad")
            last = word.end
    assert not text[last:].strip(" \n\u200b\u00ad")


def test_a_paragraph_is_cut_only_where_it_does_not_fit(vocabulary: Vocabulary) -> None:
    paragraph = "the dam is safe . " * 20
    windows = list(find_windows(f"{paragraph}\n{paragraph}\n{paragraph}", vocabulary))
    assert [len(w.words) for w in windows] == [200, 100]
    long = list(find_windows("the dam is safe. " * 100, vocabulary))
    assert len(long[0].words) % 5 == 0


def test_windows_are_found_in_linear_time(vocabulary: Vocabulary) -> None:
    def seconds(n: int) -> float:
        start = time.perf_counter()
        list(find_windows('"' * n, vocabulary))
        return time.perf_counter() - start

    seconds(1000)
    assert seconds(40_000) < 20 * max(seconds(10_000), 0.005)


class ScriptedScorer:
    """Finds one attribution in every window: its first word said all the others."""

    weights = "0" * 64
    pieces = tuple(PIECES)
    tuning = MappingProxyType({"floor": -2.0, "weights": [0.0, 1.0, *[0.0] * (N_EVIDENCE - 1)]})

    def score(self, pieces, features, firsts, paragraphs, floor):  # type: ignore[no-untyped-def]
        found = scores((1, AT_CUE, 3.0, "sq" + "c" * (len(firsts) - 2)))
        return found.at, found.kinds, found.chances, found.roles


def test_spans_count_from_the_start_of_each_passage() -> None:
    tagger = NeuralTagger(ScriptedScorer())
    alone = tagger.tag(["Ruiz said “the dam”"])
    together = tagger.tag(["Ana added safe", "Ruiz said “the dam”"])
    assert together[1] == alone[0]
    (attribution,) = alone[0]
    text = "Ruiz said “the dam”"
    assert [text[s.start : s.end] for s in attribution.content] == ["“the dam”"]
    assert [text[s.start : s.end] for s in attribution.source] == ["Ruiz"]
    assert attribution.kind is Kind.DIRECT
    assert attribution.score == 0.9526


def test_stored_tuning_is_read_back() -> None:
    assert read_tuning({"keep": 0.4, "weights": [1.0, 2.0]}).weights == (1.0, 2.0)
