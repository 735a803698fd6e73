"""Whether a line asks its reader for something, however it is put.

In: one unit's text and words. Out: yes or no. News tells what others did; an appeal speaks to its reader, of the paper. So
a line is one if it addresses the reader (you, an imperative, a question) or speaks as the paper (we, our), quotes and
narrates nothing, and names what appeals are about. Leaves to `signs` the phrases that settle it alone.

The points were set by the half of tests/article/data/appeals.txt marked "seen", and by PolNeAR's training articles, in which
hardly a paragraph may be taken for an appeal.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from onrecord.article.lexicon import load_phrases, words_of
from onrecord.article.voice import FREQUENCY, FUNDS, NARRATED, PAPER, PAST, SPOKEN_TO, WE_AND_YOU

#: A button under an appeal: the reader is made to say it.
_BUTTON: Final = re.compile(
    r"(?:yes|no)\b[,!]?\s+(?:thanks|thank you|i\b|i'm\b|count\b|keep\b|please\b)"
    r"|(?:remind|ask|tell|count|email|text|notify) me\b|(?:maybe|not) (?:later|now|today|this time|yet)\Z",
    re.IGNORECASE,
)
_BUTTON_WORDS: Final = frozenset(
    ("yes", "no", "remind", "ask", "tell", "count", "email", "text", "notify", "maybe", "not")
)
_OFTEN: Final = frozenset(
    (
        "one",
        "off",
        "once",
        "monthly",
        "yearly",
        "annually",
        "weekly",
        "quarterly",
        "other",
        "custom",
        "amount",
        "9",
    )
)
_MONEY: Final = re.compile(
    r"[$£€]\s?\d|\b\d[\d.,]*p?\s*(?:pounds?|crowns?|euros?|dollars?|francs?|cents?|a (?:day|week|month|year))\b"
    r"|\b(?:a|one|two|three|four|five|six|ten|twenty|a few) (?:pounds?|crowns?|euros?|dollars?|quid|bucks?)\b|\ba (?:week|month|year)\b"
)
#: One of these is in all that it finds; most lines have none, and are not searched letter by letter.
_MONEY_PARTS: Final = (
    "$", "£", "€", "pound", "crown", "euro", "dollar", "franc", "cent", "quid", "buck",
    "a day", "a week", "a month", "a year",
)  # fmt: skip

#: Words of the longest appeal that is judged by points, of a button, and points that make an appeal of a line.
MAX_WORDS: Final = 80
BUTTON_WORDS: Final = 10
ENOUGH: Final = 3.0
#: Words of the longest appeal that is judged sentence by sentence.
MAX_PARAGRAPH: Final = 130
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+(?=[^\W_a-z])")
#: A short question before the offer: "New to the valley? Our weekly letter …".
_LURE: Final = re.compile(r"[^.?!]{3,50}\?\s")
_QUOTED: Final = re.compile(r"“[^”]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)|«[^»]*(?:»|\Z)")
_SPEAKER: Final = re.compile(r"[A-Z][\w.’' -]{0,40}:\s")
#: "If you can …": what a reader who is asked for something can, thinks, or liked.
_WISHES: Final = frozenset(
    (word,) for word in ("can", "could", "like", "liked", "enjoyed", "found", "value", "believe")
)
_CONDITIONS: Final = frozenset(("if", "should"))
_GIVING: Final = frozenset(
    ("gave", "give", "gives", "chipped", "chip", "donated", "donate", "paid", "pay", "subscribed", "joined")
)
#: What a paper calls itself and its work, after "this".
_ITSELF: Final = frozenset(
    (
        "article", "investigation", "journalism", "newspaper", "newsroom", "page", "paper", "report", "reporting", "site",
        "story", "website",
    )
)  # fmt: skip
#: Topics of an appeal that count.
MAX_TOPICS: Final = 3
#: Words in which the reader is spoken to, where nothing else but topics makes an appeal of the line.
EARLY: Final = 8
#: Characters in which the question stands that an appeal begins with.
MAX_LURE: Final = 60
#: Words of the longest appeal that speaks as the paper and not to its reader.
OWN_WORDS: Final = 25


def is_asking(text: str, words: tuple[str, ...], telling: frozenset[str], *, is_told: bool) -> bool:
    """Whether the line speaks to its reader of giving, joining, registering, signing up.

    telling: as in Units. is_told: whether the words begin with one of ask_openings.
    """
    n = len(words)
    if n > MAX_WORDS:
        return False
    if n <= BUTTON_WORDS and _is_button(text, words, telling):
        return True
    if not is_told and WE_AND_YOU.isdisjoint(telling):
        return False
    to_reader, by_paper = not SPOKEN_TO.isdisjoint(telling), not PAPER.isdisjoint(telling)
    if not (is_told or to_reader or (by_paper and n <= OWN_WORDS)) or _quotes(text):
        return False
    points = 1.5 * is_told + to_reader + by_paper + 0.5 * (text[-1] in "?!")
    points -= _narrates(telling, is_told=is_told) + (n > 40)
    points += (by_paper or to_reader) and load_phrases("appeals").is_opening(words)
    points += by_paper and _LURE.match(text) is not None
    if not (is_told or by_paper or text[-1] == "?") and SPOKEN_TO.isdisjoint(words[:EARLY]):
        points -= 1
    wanted = (ENOUGH - 0.5 if n <= BUTTON_WORDS and is_told else ENOUGH) - points
    if wanted > MAX_TOPICS:
        return False
    n_topics = load_phrases("ask_topics").count(words, telling)
    if n_topics and min(n_topics, MAX_TOPICS) >= wanted:
        return True
    return min(n_topics + 1, MAX_TOPICS) >= wanted and _names_money(text)


def _names_money(text: str) -> bool:
    """Whether a sum of money is named, or by the month."""
    small = text.lower()
    return any(part in small for part in _MONEY_PARTS) and _MONEY.search(small) is not None


def _quotes(text: str) -> bool:
    """Whether it quotes. Asked mark by mark: a search for any of them looks at every letter."""
    return '"' in text or "“" in text or "”" in text or "«" in text or "»" in text


def _narrates(telling: frozenset[str], *, is_told: bool) -> int:
    """Points against an appeal. is_told: whether the reader is told at once what to do."""
    if not NARRATED.isdisjoint(telling):
        return 2
    return 0 if PAST.isdisjoint(telling) else 1 if is_told else 2


def is_asking_paragraph(text: str, words: tuple[str, ...], telling: frozenset[str]) -> bool:
    """Whether most of several sentences speak as the paper or to the reader, and one of them asks.

    Two things that appeals are about must be named, or one if "we" and "you" both stand there.
    """
    if len(words) > MAX_PARAGRAPH or PAPER.isdisjoint(telling) or not NARRATED.isdisjoint(telling):
        return False
    if _quotes(text) or _SPEAKER.match(text):
        return False
    n_topics = load_phrases("ask_topics").count(words, telling) + ("@" in text)
    wanted = 2 if SPOKEN_TO.isdisjoint(telling) else 1
    if n_topics + 1 < wanted or (n_topics < wanted and not _names_money(text)):
        return False
    sentences = _SENTENCE_END.split(text)
    rows = [words_of(sentence) for sentence in sentences]
    if len(rows) < 2:
        return False
    n_asks = sum(_asks(row, sentence[-1:]) for row, sentence in zip(rows, sentences, strict=True))
    n_spoken = sum(not WE_AND_YOU.isdisjoint(row) for row in rows)
    return n_asks > 0 and 2 * max(n_asks, n_spoken) >= len(rows)


def is_out_of_voice(text: str, words: tuple[str, ...], telling: frozenset[str]) -> bool:
    """Whether a paragraph would be an appeal in an article that itself speaks neither as "we" nor to "you".

    It tells its reader to do something, or asks a question of "you", and says besides whose reader, or what it is about; or
    it says who pays for "this newsroom", "this story".
    """
    is_spoken, is_of_funds = not WE_AND_YOU.isdisjoint(telling), not FUNDS.isdisjoint(telling)
    if not (is_spoken or is_of_funds) or len(words) > MAX_PARAGRAPH:
        return False
    if not NARRATED.isdisjoint(telling) or _quotes(text):
        return False
    if _SPEAKER.match(text) and not load_phrases("ask_openings").is_opening(words):
        return False
    n_topics = load_phrases("ask_topics").count(words, telling)
    if is_of_funds and n_topics > 1 and _names_itself(words):
        return True
    if not is_spoken:
        return False
    to_reader, by_paper = not SPOKEN_TO.isdisjoint(telling), not PAPER.isdisjoint(telling)
    n_topics += "@" in text
    if not by_paper and n_topics < 2 and not (n_topics == 1 and _names_money(text)):
        return False
    n_topics = n_topics or int(_names_money(text))  # more than one counts no more
    is_asking = "?" in text or "please" in words
    if not is_asking and load_phrases("ask_openings").by_first.keys().isdisjoint(words):
        return False
    rows = [words_of(sentence) for sentence in _SENTENCE_END.split(text)]
    is_lured = by_paper and _LURE.match(text) is not None and SPOKEN_TO.isdisjoint(rows[0])
    is_question = by_paper and n_topics > 0 and any("?" in end for end in (text[-1:], text[:MAX_LURE]))
    n_told = sum(load_phrases("ask_openings").is_opening(row) or "please" in row for row in rows)
    points = to_reader + by_paper + is_lured + is_question + min(n_told, 2) + (n_topics > 0)
    return points >= ENOUGH and (n_told > 0 or (to_reader and (is_lured or is_question)))


def _names_itself(words: tuple[str, ...]) -> bool:
    """Whether the paper, or what it has written here, is called "this"."""
    return any(a == "this" and b in _ITSELF for a, b in pairwise(words))


def speaks(text: str, telling: frozenset[str]) -> bool:
    """Whether a paragraph speaks as "we" or to "you", other than in what it quotes."""
    if WE_AND_YOU.isdisjoint(telling):
        return False
    return not _quotes(text) or not WE_AND_YOU.isdisjoint(words_of(_QUOTED.sub(" ", text)))


def _asks(words: tuple[str, ...], end: str) -> bool:
    """Whether a sentence tells its reader to do something, begs, or asks what the reader would."""
    if not words:
        return False
    if load_phrases("ask_openings").is_opening(words) or "please" in words:
        return True
    if end == "?" and not SPOKEN_TO.isdisjoint(words):
        return True
    if _CONDITIONS.isdisjoint(words):
        return False
    wish = words[words.index("you") + 1 :][:1] if "you" in words else ()
    return wish in _WISHES or not (_GIVING.isdisjoint(words) or PAPER.isdisjoint(words))


def _is_button(text: str, words: tuple[str, ...], telling: frozenset[str]) -> bool:
    if words[0] in _BUTTON_WORDS and text[-1] != "." and _BUTTON.match(text):
        return True
    return len(words) >= 2 and not FREQUENCY.isdisjoint(telling) and _OFTEN.issuperset(words)
