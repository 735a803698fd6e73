"""Whether a line asks its reader for something, however it is put.

In: one unit's text and words. Out: yes or no. News tells what others did; an appeal speaks to its reader, of the paper. So
a line is one if it addresses the reader (you, an imperative, a question) or speaks as the paper (we, our), quotes and
narrates nothing, and names what appeals are about. Leaves to `signs` the phrases that settle it alone.

The points were set by the half of tests/article/data/appeals.txt marked "seen", and by PolNeAR's training articles, in which
hardly a paragraph may be taken for an appeal.
"""

from __future__ import annotations

import re

from onrecord.article.lexicon import load_phrases

#: The reader, and the paper: an appeal speaks to the one or as the other, if it does not begin with a verb.
_SPOKEN_TO = frozenset(("you", "your", "you've", "you're", "you'll", "yours", "yourself"))
_PAPER = frozenset(("we", "our", "us", "we're", "we've", "ours"))
_WE_AND_YOU = _SPOKEN_TO | _PAPER
_TOLD = frozenset(
    (
        "said", "says", "told", "added", "according", "asked", "wrote", "he", "she", "they", "his", "her", "their", "had",
        "was", "were", "did", "him",
    )
)  # fmt: skip
_QUOTES = re.compile('["“”«»]')
#: A button under an appeal: the reader is made to say it.
_BUTTON = re.compile(
    r"(?:yes|no)\b[,!]?\s+(?:thanks|thank you|i\b|i'm\b|count\b|keep\b|please\b)"
    r"|(?:remind|ask|tell|count|email|text|notify) me\b|(?:maybe|not) (?:later|now|today|this time|yet)\Z",
    re.IGNORECASE,
)
_BUTTON_WORDS = frozenset(
    ("yes", "no", "remind", "ask", "tell", "count", "email", "text", "notify", "maybe", "not")
)
_OFTEN = frozenset(
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
_FREQUENCY = frozenset(("monthly", "yearly", "annually", "weekly", "quarterly"))
_MONEY = re.compile(
    r"[$£€]\s?\d|\b\d[\d.,]*p?\s*(?:pounds?|crowns?|euros?|dollars?|francs?|cents?|a (?:day|week|month|year))\b"
    r"|\b(?:a|one|two|three|five|ten) (?:pounds?|crowns?|euros?|dollars?)\b|\ba (?:week|month|year)\b"
)

#: Words of the longest appeal that is judged by points, of a button, and points that make an appeal of a line.
MAX_WORDS, BUTTON_WORDS, ENOUGH = 80, 10, 3.0
#: Topics of an appeal that count.
MAX_TOPICS = 3
#: Words of the longest appeal that speaks as the paper and not to its reader.
OWN_WORDS = 25


def is_asking(text: str, words: tuple[str, ...]) -> bool:
    """Whether the line speaks to its reader of giving, joining, registering, signing up."""
    n = len(words)
    if n > MAX_WORDS:
        return False
    if n <= BUTTON_WORDS and _is_button(text, words):
        return True
    is_told = load_phrases("ask_openings").is_opening(words)
    if not is_told and _WE_AND_YOU.isdisjoint(words):
        return False
    to_reader, by_paper = not _SPOKEN_TO.isdisjoint(words), not _PAPER.isdisjoint(words)
    if not (is_told or to_reader or (by_paper and n <= OWN_WORDS)) or _QUOTES.search(text):
        return False
    points = 1.5 * is_told + to_reader + by_paper + 0.5 * (text[-1] in "?!")
    points -= 2 * (not _TOLD.isdisjoint(words)) + (n > 40)
    wanted = (ENOUGH - 0.5 if n <= BUTTON_WORDS and is_told else ENOUGH) - points
    if wanted > MAX_TOPICS:
        return False
    n_topics = load_phrases("ask_topics").count(words)
    if n_topics and min(n_topics, MAX_TOPICS) >= wanted:
        return True
    return min(n_topics + 1, MAX_TOPICS) >= wanted and _MONEY.search(text.lower()) is not None


def _is_button(text: str, words: tuple[str, ...]) -> bool:
    if words[0] in _BUTTON_WORDS and text[-1] != "." and _BUTTON.match(text):
        return True
    return len(words) >= 2 and not _FREQUENCY.isdisjoint(words) and _OFTEN.issuperset(words)
