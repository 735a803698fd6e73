"""Which units are the article's paragraphs after all, or are not, going by those around them.

In: Units, signs, scores, kinds in which the likely paragraphs are marked. Out: the same list, mended. Leaves to others:
how likely a unit is by itself (score.py), what stands between and around paragraphs (frame.py).
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from onrecord.article.frame import HEAD_UNITS, is_caption
from onrecord.article.signs import Sign
from onrecord.article.units import Units, rows_of
from onrecord.types import ZoneKind

_BODY: Final = ZoneKind.BODY
_CREDIT: Final = Sign.CREDIT
#: A unit with the path of most paragraphs is one from this probability on, an item of a list beside them from that.
ALIKE: Final = 0.1
LISTED: Final = 0.05
#: A sentence with the element names of most paragraphs is one from this probability on.
USUAL: Final = 0.12
#: A sentence of bare text between two paragraphs is one from this probability on.
BETWEEN: Final = 0.08
#: The same for a sentence that quotes somebody and follows the last paragraph.
QUOTING: Final = 0.03
#: The same for any sentence close after a paragraph: where nearly all lines are sentences, and elsewhere.
NEAR_IN_CLEAN: Final = 0.09
NEAR_IN_ANY: Final = 0.35
#: The same for an item of a list right after a paragraph or another item, where nearly all lines are sentences.
LISTED_IN_CLEAN: Final = 0.02
_LABEL: Final = re.compile(r"(?P<label>[^a-z:|.]{4,40})\s?[|:]")
_EMBEDS: Final = frozenset(
    ("twitter-tweet", "instagram-media", "tiktok-embed", "fb-post", "bluesky-embed", "twitter-video")
)
#: Class names and ids of what readers write, as the common systems have them.
_COMMENTS: Final = frozenset(
    (
        "comment-body", "comment-content", "comment-text", "commentlist", "comment-list", "comments-area", "comments-list",
        "comment__body", "comment__content", "comment__text", "disqus_thread", "comment-thread", "commentbody", "comment_body",
        "comment_text", "comments-section", "comment-item",
    )
)  # fmt: skip
_PICTURES: Final = frozenset(("image", "photo", "picture", "photograph", "images", "photos", "pictures"))
_SPOKEN: Final = frozenset(
    ("said", "says", "told", "asked", "added", "wrote", "according", "replied", "insisted")
)


def mark_repeated_labels(units: Units, kinds: list[ZoneKind | None]) -> None:
    """Lines that begin with one label in capitals ("MORE OF THIS | …") send the reader elsewhere."""
    labels = {i: m["label"] for i in rows_of(kinds, ZoneKind.BODY) if (m := _LABEL.match(units.texts[i]))}
    n_of = Counter(labels.values()) if labels else {}
    for i, label in labels.items():
        if n_of[label] >= 2 and not units.stops[i]:
            kinds[i] = ZoneKind.CHROME


def mark_embeds(units: Units, kinds: list[ZoneKind | None]) -> None:
    """Posts of social networks inside the article are not the article's words."""
    of_paths: dict[int, ZoneKind] = {}
    for i in rows_of(kinds, ZoneKind.BODY):
        path = units.paths[i]
        if path not in of_paths:
            of_paths[path] = _embedded(units.tags[i], units.marks[i])
        kinds[i] = of_paths[path]


def _embedded(tags: tuple[str, ...], marks: tuple[str, ...]) -> ZoneKind:
    if not _EMBEDS.isdisjoint(marks):
        return ZoneKind.CHROME
    if not _COMMENTS.isdisjoint(marks):
        return ZoneKind.COMMENTS
    is_caption = "figcaption" in tags or any("caption" in mark for mark in marks[-4:])
    return ZoneKind.CAPTION if is_caption else ZoneKind.BODY


def mark_alike(
    units: Units,
    signs: tuple[Sign | None, ...],
    scores: tuple[float, ...],
    kinds: list[ZoneKind | None],
    end: int,
) -> None:
    """Units with the very path of most paragraphs are paragraphs too, and so are lists beside them."""
    body = [i for i in range(end) if kinds[i] is _BODY]
    if len(body) < 4:
        return
    paths = Counter(units.paths[i] for i in body)
    common = {path for path, n in paths.items() if n >= max(3, 0.2 * len(body))}
    parents = {(units.tags[i][:-1], units.marks[i]) for i in body if units.paths[i] in common}
    shapes = Counter(units.shapes[i] for i in body)
    usual = {shape for shape, n in shapes.items() if n >= 0.5 * len(body)}
    for i in range(max(0, body[0] - 4), min(end, body[-1] + 5)):
        if kinds[i] is not None or signs[i] is not None or 2 * units.link_chars[i] > len(units.texts[i]):
            continue
        tags = units.tags[i]
        is_alike = units.paths[i] in common and scores[i] >= ALIKE and len(units.words[i]) >= 3
        is_list = tags[-2:] in (("ul", "li"), ("ol", "li")) and (tags[:-2], units.marks[i]) in parents
        is_usual = (
            units.shapes[i] in usual and scores[i] >= USUAL and units.stops[i] and len(units.words[i]) >= 5
        )
        is_inside = body[0] < i < body[-1]
        if is_usual or (is_inside and (is_alike or (is_list and scores[i] >= LISTED))):
            kinds[i] = ZoneKind.BODY


def mark_after(
    units: Units,
    signs: tuple[Sign | None, ...],
    scores: tuple[float, ...],
    kinds: list[ZoneKind | None],
    end: int,
) -> None:
    """Sentences of bare text near a paragraph are the article's where they quote, or where nearly all is sentences."""
    n_sentences = sum(
        stop and len(words) >= 5 for stop, words in zip(units.stops[:end], units.words[:end], strict=True)
    )
    is_clean = n_sentences >= 0.35 * end
    last = None
    for i in range(end):
        if kinds[i] is _BODY:
            last = i
            continue
        if last is None or i > last + 4 or kinds[i] is not None or signs[i] is not None:
            continue
        if _goes_on_telling(units, scores, i, is_clean=is_clean, is_next=i == last + 1):
            kinds[i], last = ZoneKind.BODY, i


def _goes_on_telling(
    units: Units, scores: tuple[float, ...], i: int, *, is_clean: bool, is_next: bool
) -> bool:
    words, text, score = units.words[i], units.texts[i], scores[i]
    if not units.stops[i]:
        return is_clean and is_next and text[-1:] in ":;" and len(words) >= 3 and score >= LISTED
    if len(words) < 4 or is_caption(units, i):
        return False
    if is_clean and is_next and units.bullets[i]:
        return score >= LISTED_IN_CLEAN
    is_quoting = any(c in text for c in '"“”') and not _SPOKEN.isdisjoint(words)
    return score >= (NEAR_IN_CLEAN if is_clean else NEAR_IN_ANY) or (is_quoting and score >= QUOTING)


def mark_between(
    units: Units, signs: tuple[Sign | None, ...], scores: tuple[float, ...], kinds: list[ZoneKind | None]
) -> None:
    """A sentence or an item of a list between two paragraphs is the article's."""
    for i in range(1, len(units) - 1):
        if kinds[i] is not None or signs[i] is not None or scores[i] < BETWEEN or len(units.words[i]) < 2:
            continue
        if kinds[i - 1] is not _BODY or not (
            units.stops[i] or units.bullets[i] or units.texts[i][-1] in ":;"
        ):
            continue
        following = next(
            (
                k
                for k in range(i + 1, min(i + 12, len(units)))
                if not units.bullets[k] or kinds[k] is not None
            ),
            None,
        )
        if following is not None and kinds[following] is _BODY:
            kinds[i] = ZoneKind.BODY


#: A whole sentence and who took the picture: "The dam at Lunt on Monday. Photo: Ana Ruiz/The Lamp".
_CREDITED: Final = re.compile(
    r"[^\n]{20,500}[.!?][\"”’']?\s+\(?(?:Photo(?:graph)?|Picture|Image)s?(?: credit| by|: by)?\s*:?\s+[A-Z][^.!?\n]{1,60}"
)


def is_credited(text: str) -> bool:
    """Whether a line is a sentence and who took the picture that it is under."""
    is_named = "Photo" in text or "Picture" in text or "Image" in text
    return is_named and _CREDITED.fullmatch(text) is not None


def mark_picture_lines(units: Units, signs: tuple[Sign | None, ...], kinds: list[ZoneKind | None]) -> None:
    """A line right above "Image: …" is a caption where it differs from the paragraphs around; so is one that ends so."""
    body = rows_of(kinds, ZoneKind.BODY)
    is_open = (None, ZoneKind.BODY)
    for i in range(max(0, body[0] - HEAD_UNITS), body[-1]) if body else ():
        if kinds[i] in is_open and 3 <= len(units.words[i]) <= 60 and is_credited(units.texts[i]):
            kinds[i] = ZoneKind.CAPTION
    credits = [i for i, sign in enumerate(signs) if sign is _CREDIT and i > 0]
    usual = Counter([units.paths[i] for i in body]).most_common(1) if credits else []
    for i in [credit - 1 for credit in credits]:
        if kinds[i] not in is_open or len(units.words[i]) > 60:
            continue
        if units.words[i + 1][0] not in _PICTURES or signs[i] is not None:
            continue
        is_other = units.paths[i] != usual[0][0] if units.is_html and usual else is_caption(units, i)
        if is_other and body and body[0] - HEAD_UNITS < i <= body[-1]:
            kinds[i] = ZoneKind.CAPTION
