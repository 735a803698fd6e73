"""Sketches that find candidates, and the comparison that decides.

In: Articles. Out: Sketch, CopyLink. Leaves to others: storing sketches, looking up shared bands.

A sketch holds 128 MinHash values (Broder 1997: the share of equal ones estimates how alike two
sets of shingles are) and bottom-k keys (Cohen, Kaplan 2007) as bands. Of two articles of which one
contains the other, the k smallest shingles of the shorter are likely among the longer's smallest
too, however much longer that is; so one shared band is enough to compare the two. Rows of MinHash
values, the usual bands, miss a copy of half the length in one case of eight at the same cost.
"""

from __future__ import annotations

import hashlib
import math
from datetime import date

import numpy as np
from numpy.typing import NDArray

from onrecord.copies.body import Body, read_body, read_words
from onrecord.types import Article, CopyKind, CopyLink, Sketch, When

#: A shorter body is a copy of the very same words alone: brief items that are alike in part are so by
#: chance, or quote one sentence.
MIN_WORDS = 40
#: A still shorter one is nobody's copy: "Watch the video above." is printed under many titles.
MIN_SAME_WORDS = 20
#: Brief items of one paper with the same words are one where so many of the title's words agree: it may
#: be the standing text under a video.
SAME_TITLE = 0.5
#: Words in a shingle. With 4, 6 and 8 the copies among 840 articles keep their order and distance.
SHINGLE_WORDS = 5
N_MINHASH = 128
#: Bottom-k keys a sketch. A shared body of half the longer's length shares 16 on average; a
#: quotation of 40 words in bodies of 400 shares 3.
N_BANDS = 32

#: Share of the shorter body's words in shared shingles from which two articles are one. Among 840
#: political articles the copies begin at .79; a list of related links in a body of 118 words
#: reaches .53, everything else stays under .30.
MIN_OVERLAP = 0.6
#: The same where the shared text is long: a live page rewritten, a story updated through a day.
MIN_LONG_OVERLAP = 0.5
LONG_WORDS = 250
#: The same of the words outside quotation marks: two stories that print one speech are no copies.
MIN_OWN_OVERLAP = 0.45
#: The least share of the shorter's shingles that a copy shares. An edited word breaks up to
#: SHINGLE_WORDS shingles, so it lies under MIN_LONG_OVERLAP, which counts words.
LEAST_SHARED = 0.35
#: How much of the longer body the shorter must cover to be its edited, not its shortened, copy.
SAME_LENGTH_OVERLAP = 0.85
#: How much of the shorter must be the longer's for a shortened copy; below it was rewritten too.
SHORTENED_OVERLAP = 0.85

_U64 = np.uint64
_SEED = _U64(0x9E3779B97F4A7C15)


def make_sketch(article: Article) -> Sketch:
    """The sketch of an article's body; empty (n_words 0) where that is under MIN_SAME_WORDS words.

    Under MIN_WORDS it has one band, which bodies of the very same words share.
    """
    words = read_body(article).words
    if len(words) < MIN_SAME_WORDS:
        return Sketch(0, (), ())
    shingles = np.unique(_shingles(words))
    if len(words) < MIN_WORDS:
        whole = hashlib.blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=6).hexdigest()
        return Sketch(len(words), _minhash(shingles), (f"whole {whole}",))
    smallest = np.sort(_mixed(shingles))[:N_BANDS]
    return Sketch(len(words), _minhash(shingles), tuple(f"{int(h) >> 16:012x}" for h in smallest))


def could_match(a: Sketch, b: Sketch) -> bool:
    """Whether two sketches that share a band are worth comparing; False only where chance is under 1 %.

    Under MIN_WORDS words only equal ones are. Else counts equal MinHash values against the number to expect if the shorter had the least share
    of its shingles in the longer that a copy has.
    """
    if not (a.n_words and b.n_words):
        return False
    shorter, longer = sorted((a.n_words, b.n_words))
    if shorter < MIN_WORDS:
        return (a.n_words, a.minhash) == (b.n_words, b.minhash)
    shared = LEAST_SHARED * shorter
    expected = N_MINHASH * shared / (shorter + longer - shared)
    equal = sum(x == y for x, y in zip(a.minhash, b.minhash, strict=True))
    return equal >= expected - 2.5 * math.sqrt(expected)


def compare(a: Article, b: Article) -> CopyLink | None:
    """How two articles are one, or None. The answer is the same either way round.

    EXACT: the same words. EDITED: as long, words changed. SHORTENED: the shorter is a part of the
    longer. UPDATED: both have text of their own, or the later one has added to the earlier.
    """
    if a.page.id == b.page.id and a.page.sha256 == b.page.sha256:
        return None
    a, b = sorted((a, b), key=lambda x: (x.page.id, x.page.sha256))
    x, y = read_body(a), read_body(b)
    if min(len(x.words), len(y.words)) < MIN_WORDS and not _is_same_item(a, x, b, y):
        return None
    if x.words == y.words:
        return CopyLink(a.page.id, b.page.id, CopyKind.EXACT, 1.0)
    in_y, in_x = _covered(x, y), _covered(y, x)
    if len(x.words) == len(y.words):
        shorter_is_x = (in_y.mean(), x.words) >= (in_x.mean(), y.words)
    else:
        shorter_is_x = len(x.words) < len(y.words)
    short, short_cover, long_cover = (x, in_y, in_x) if shorter_is_x else (y, in_x, in_y)
    overlap = float(short_cover.mean())
    needed = MIN_LONG_OVERLAP if int(short_cover.sum()) >= LONG_WORDS else MIN_OVERLAP
    if overlap < needed or not _shares_own_words(short, short_cover):
        return None
    kind = _kind(overlap, float(long_cover.mean()), _longer_is_later(a, b, shorter_is_x))
    return CopyLink(a.page.id, b.page.id, kind, round(overlap, 4))


def _is_same_item(a: Article, x: Body, b: Article, y: Body) -> bool:
    """Whether two brief items are one: the same words, and in one paper the same title."""
    if x.words != y.words or len(x.words) < MIN_SAME_WORDS:
        return False
    if a.publisher and b.publisher and a.publisher != b.publisher:
        return True
    first, second = (set(read_words(article.title or "")) for article in (a, b))
    return len(first & second) >= SAME_TITLE * min(len(first), len(second))


def _kind(overlap: float, long_overlap: float, longer_is_later: bool) -> CopyKind:
    if long_overlap >= SAME_LENGTH_OVERLAP:
        return CopyKind.EDITED
    if overlap < SHORTENED_OVERLAP or longer_is_later:
        return CopyKind.UPDATED
    return CopyKind.SHORTENED


def _longer_is_later(a: Article, b: Article, shorter_is_a: bool) -> bool:
    shorter, longer = (a, b) if shorter_is_a else (b, a)
    if not (isinstance(shorter.published, When) and isinstance(longer.published, When)):
        return False
    days = [
        _day(article.published.date) for article in (shorter, longer) if isinstance(article.published, When)
    ]
    first, second = days
    return first is not None and second is not None and first < second


def _day(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:
        return None


def _shares_own_words(body: Body, cover: NDArray[np.bool_]) -> bool:
    """Whether the text outside quotation marks is shared as well. A body of quotations passes."""
    own = np.frombuffer(body.quoted, dtype=np.uint8) == 0
    return int(own.sum()) < MIN_WORDS // 2 or float(cover[own].mean()) >= MIN_OWN_OVERLAP


def _covered(a: Body, b: Body) -> NDArray[np.bool_]:
    """Per word of a, whether it stands in a shingle that b has too: bool (words of a,)."""
    shared = np.isin(_shingles(a.words), _shingles(b.words))
    cover = np.zeros(len(a.words), dtype=np.bool_)
    for i in range(SHINGLE_WORDS):
        cover[i : i + len(shared)] |= shared
    return cover


def _shingles(words: tuple[str, ...]) -> NDArray[np.uint64]:
    """Hashes of the shingles in order: uint64 (len(words) - SHINGLE_WORDS + 1,)."""
    known: dict[str, int] = {}
    for word in words:
        if word not in known:
            known[word] = int.from_bytes(
                hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest()
            )
    hashes = np.fromiter((known[word] for word in words), dtype=np.uint64, count=len(words))
    n = len(words) - SHINGLE_WORDS + 1
    out = np.zeros(n, dtype=np.uint64)
    for i in range(SHINGLE_WORDS):
        out = _mixed(out * _SEED + hashes[i : i + n])
    return out


def _mixed(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """splitmix64's finish (Steele, Lea, Flood 2014): every bit of the input moves every bit."""
    x = (x ^ (x >> _U64(30))) * _U64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> _U64(27))) * _U64(0x94D049BB133111EB)
    return x ^ (x >> _U64(31))


def _minhash(shingles: NDArray[np.uint64]) -> tuple[int, ...]:
    """N_MINHASH 32-bit values: the least of each of as many fixed hash functions."""
    factors = _mixed(np.arange(1, N_MINHASH + 1, dtype=np.uint64) * _SEED) | _U64(1)
    shifts = _mixed(factors + _SEED)
    least = np.full(N_MINHASH, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(shingles), 4096):
        part = shingles[start : start + 4096, None]
        least = np.minimum(least, (part * factors + shifts).min(axis=0))
    return tuple(int(v) for v in least >> _U64(32))
