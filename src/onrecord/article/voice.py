"""Words that show who speaks in a line, and to whom: somebody who tells, the paper itself, to its reader.

In: a line's words. Out: those of them that some rule of this room, or the classifier, asks for. Lines have few of
them and are asked a dozen times, so they are looked for once. Leaves to others: what they mean (signs.py, appeals.py, features.py).
"""

from __future__ import annotations

from functools import cache
from typing import Final

from onrecord.article.lexicon import load_list, load_phrases

#: The reader, and the paper: an appeal speaks to the one or as the other, if it does not begin with a verb.
SPOKEN_TO: Final = frozenset(("you", "your", "you've", "you're", "you'll", "yours", "yourself"))
PAPER: Final = frozenset(("we", "our", "us", "we're", "we've", "ours"))
WE_AND_YOU: Final = SPOKEN_TO | PAPER
#: What a line says that is meant for its reader.
TO_THE_READER: Final = frozenset(
    ("you", "your", "us", "our", "we", "my", "me", "newsletter", "newsletters", "inbox")
)
#: A paragraph without any of these speaks neither to its reader nor as the paper.
SPEAKING: Final = TO_THE_READER | WE_AND_YOU
#: Words of narration: a line with one of them tells what others did and asks its reader for nothing.
NARRATION: Final = frozenset(
    (
        "he", "she", "they", "his", "her", "their", "said", "says", "told", "asked", "added", "had", "was", "were", "has",
        "been", "who", "according",
    )
)  # fmt: skip
SPOKEN: Final = frozenset(("said", "says", "told", "asked", "added", "wrote", "according"))
#: Who tells, and of whom is told: a paragraph with one of them is the article's, whatever its sentences ask.
NARRATED: Final = frozenset(
    ("said", "says", "told", "added", "according", "asked", "wrote", "he", "she", "his", "her", "him")
)
#: What narrates, but may as well tell what the reader is offered: "… for what was decided".
PAST: Final = frozenset(("they", "their", "had", "was", "were", "did"))
#: Who pays for a paper, and how.
FUNDS: Final = frozenset(
    (
        "adverts", "billionaire", "billionaires", "coffee", "donation", "donations", "donor", "donors", "funded", "gift",
        "gifts", "paid", "paywall", "shareholder", "shareholders", "subscriber", "subscribers", "subscription",
        "subscriptions", "supporter", "supporters",
    )
)  # fmt: skip
FREQUENCY: Final = frozenset(("monthly", "yearly", "annually", "weekly", "quarterly"))
#: Whose picture it is; and what is said of those who helped.
PHOTO_WORDS: Final = frozenset(("getty", "ap", "afp", "reuters", "shutterstock", "epa", "bloomberg", "zuma"))
CREDIT_WORDS: Final = PHOTO_WORDS | {"contributed"}
#: The lists whose phrases are counted in a line; each phrase has a word that few lines have.
COUNTED: Final = ("appeals", "appeal_words", "notices", "ask_topics")


@cache
def load_vocabulary() -> dict[str, frozenset[str]]:
    """The classifier's vocabularies, by their names."""
    lines = (line.split("\t") for line in load_list("vocabulary"))
    return {name: frozenset(words.split()) for name, words in lines}


@cache
def telling_words() -> frozenset[str]:
    """All words that a line is asked for."""
    of_rules = (SPEAKING, NARRATION, SPOKEN, NARRATED, PAST, FUNDS, FREQUENCY, CREDIT_WORDS)
    of_lists = [load_phrases(name).rare for name in COUNTED]
    return frozenset().union(*of_rules, *of_lists, *load_vocabulary().values())


def find_telling(words: tuple[str, ...]) -> frozenset[str]:
    """Those of a line's words that it is asked for."""
    return telling_words().intersection(words)
