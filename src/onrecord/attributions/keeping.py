"""What of a tagger's answer nobody said: titles, names, and things that are only acted on.

In: a text, a tagger's row, the outermost quotations. Out: whether the row is one of them.
Leaves to others: putting right what is kept (`repair`, `edges`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.attributions.clauses import is_finite
from onrecord.attributions.drafts import Draft
from onrecord.attributions.forward import best_share
from onrecord.attributions.kinds import Marked, kind_of
from onrecord.attributions.lists import words_of
from onrecord.attributions.places import Tops
from onrecord.attributions.quoted import names_only
from onrecord.attributions.quotes import Quote, is_speech
from onrecord.attributions.tokens import Item, What, tokens_of
from onrecord.text import WORD
from onrecord.types import Kind, Span

#: A title that somebody names is their words if the tagger is as sure as this; so is a bare thing that a doubtful
#: cue acts on. From .7 to .8, on articles held out of training quote F1 goes from .782 to .779; PolNeAR counts plans and
#: attitudes as attributions, and a record pays more for what nobody said.
SURE = 0.8
#: What nobody is named for, and no quotation holds, is kept from this score on (on held-out articles quote F1 .781 to .782).
NAMELESS = 0.45
#: Indirect speech with a doubtful cue is kept from this score on. On articles of PolNeAR that trained nothing a third of those
#: below it are right, and on other news pages fewer: "followed a pitched battle over", "instantly deletes".
DOUBTED = 0.5
#: A cue is doubtful if none of its words is one in so many of its occurrences (`words/cues.txt`).
DOUBTFUL_CUE = 0.6
#: What opens a question whether somebody said something, right before whom; what may end it, and how far off.
_ASKS = re.compile(r"(?:(?<=[.!?:\n])|\A)\s*(?:Did|Does|Do|Has|Have|Had)(?: the| a)?\s+\Z")
_ENDS = re.compile(r"[.!?\n](?=[\s\"”’'])|[?\n]")
MAX_QUESTION = 300
#: Whoever gives no answer says nothing.
_NO_ANSWER = re.compile(
    r"\b(?:not|never|n['’]t|declined to|refused to|yet to|failed to)\b[^.]{0,20}\b(?:respond|reply|return(?: \w+){0,2} calls?)",
    re.IGNORECASE,
)
#: "Sultan Karim bin Said".
_NAME_OF = re.compile(r"\b(?:bin|ibn|ben|abu|al|el)[ -]Said\Z")
_NO_NOUN = frozenset(("more", "much", "very", "so", "such", "less", "too", "rather", "quite"))
_PERFECT = frozenset(("have", "has", "had"))
_RELATIVE = frozenset(("which", "that", "this", "them", "him", "her"))
_ANYBODY = frozenset(("anyone", "anybody", "whoever"))
_OPENS_CLAUSE = frozenset(("that", "to", "whether", "how", "why", "what"))


def is_nobodys(text: str, row: Draft, tops: Tops) -> bool:
    """Whether the row is no attribution, though the tagger took it for one."""
    nameless = not row.source and bool(row.cue) and not any(tops.touched(s) for s in row.content)
    if nameless and (row.score < NAMELESS or _is_a_pronoun(text, row)):
        return True  # "since they were imposed": nobody said it, in nobody's words, and the tagger doubts it
    return (
        _is_asked(text, row, tops)
        or _is_label(text, row)
        or _is_anybody(text, row, tops)
        or _is_doubted(text, row, tops)
        or _is_unsaid(text, row, tops)
        or _is_addressee(text, row)
        or _sums_up(text, row)
        or names_only(text, row)
        or _names_a_thing(text, row, tops)
        or _acts_on_a_thing(text, row, tops)
    )


def _sums_up(text: str, row: Draft) -> bool:
    """Whether the clause is "all told", which nobody tells."""
    if not row.source or not row.cue:
        return False
    words = text[row.source[0].start : row.cue[-1].end].lower()
    return words == "all told"


def _is_a_pronoun(text: str, row: Draft) -> bool:
    """Whether the content tells nothing: "they", "which"."""
    words = [m.group().lower() for s in row.content for m in WORD.finditer(text, s.start, s.end)]
    return all(word in words_of("subjects") or word in _RELATIVE for word in words)


def is_doubtful_inside(text: str, row: Draft, marked: Marked) -> bool:
    """Whether a row lies in another's content, and neither the tagger is sure of it nor its cue says anything."""
    if row.parent is None or row.pattern != "tagged" or row.score >= SURE or not row.cue:
        return False
    words = [m.group().lower() for s in row.cue for m in WORD.finditer(text, s.start, s.end)]
    if any(word in words_of("speech_verbs") for word in words):
        return False
    often = any(best_share().get(word, 0.0) >= DOUBTFUL_CUE for word in words)
    # "the mayor, whom he described as “brittle,”"
    return not often or kind_of(text, row.content, marked, row.cue) is Kind.INDIRECT


def _is_asked(text: str, row: Draft, tops: Tops) -> bool:
    """Whether it is asked if somebody said so: "Did the mayor say the water was safe?"."""
    if not row.source or not row.cue or row.cue[0].start < row.source[0].start or tops.touched(row.source[0]):
        return False
    opening = _ASKS.search(text, max(0, row.source[0].start - 12), row.source[0].start)
    end = _ENDS.search(text, row.cue[-1].end, row.cue[-1].end + MAX_QUESTION)
    return opening is not None and end is not None and end.group() == "?"


def _is_label(text: str, row: Draft) -> bool:
    """Whether what stands before a headline's colon names a match, a day or a part: "Vale 2-1 Rovers: Late strike …"."""
    if len(row.cue) != 1 or text[row.cue[0].start : row.cue[0].end].strip() != ":":
        return False
    if " ".join(text[s.start : s.end] for s in row.source).lower() in words_of("labels"):
        return True  # "Image credits: Orlo Press"
    return row.score < SURE and any(c.isdigit() for s in row.source for c in text[s.start : s.end])


def _is_unsaid(text: str, row: Draft, tops: Tops) -> bool:
    """Whether nothing is said: "did not respond to a request", "Karim bin Said", "what the polls say"."""
    if not row.cue or any(tops.touched(s) for s in row.content):
        return False
    cue = text[row.cue[0].start : row.cue[-1].end]
    if _NO_ANSWER.search(cue) or _NAME_OF.search(text, max(0, row.cue[0].start - 8), row.cue[0].end):
        return True
    named = text[row.source[-1].start : row.source[-1].end].lower().split() if row.source else []
    if len(named) > 1 and named[-1] in _NO_NOUN:
        return True  # "a much more"
    words = [m.group().lower() for s in row.content for m in WORD.finditer(text, s.start, s.end)]
    return words in (["what"], ["which"], ["who"])


def _is_doubted(text: str, row: Draft, tops: Tops) -> bool:
    """Whether neither the tagger nor the cue's words make much of it, and no quotation does."""
    if row.score >= DOUBTED or not row.cue or any(tops.touched(s) for s in row.content):
        return False
    first = WORD.search(text, row.content[0].start, row.content[0].end)
    if first is not None and first.group().lower() in _OPENS_CLAUSE:
        return False  # "is not sure whether", "made the observation that"
    words = [m.group().lower() for s in row.cue for m in WORD.finditer(text, s.start, s.end)]
    return not any(w in words_of("speech_verbs") or best_share().get(w, 0.0) >= DOUBTFUL_CUE for w in words)


def _is_anybody(text: str, row: Draft, tops: Tops) -> bool:
    """Whether the source is nobody in particular: "if you want a lighter bag", "not everyone likes it", "anyone hoping for"."""
    if len(row.source) != 1 or not row.cue or tops.touched(row.source[0]):
        return False
    words = text[row.source[0].start : row.source[0].end].lower().replace("’", "'").split()
    says = any(
        m.group().lower() in words_of("speech_verbs")
        for s in row.cue
        for m in WORD.finditer(text, s.start, s.end)
    )
    if words[0] in _ANYBODY or words[:2] == ["or", "anyone"]:
        return True
    if words[0] in ("you", "your", "you're", "you'll", "you've", "you'd") and len(words) == 1:
        return not says
    before = text[max(0, row.source[0].start - 5) : row.source[0].start].lower().split()
    return words[0] in ("everyone", "everybody") and before[-1:] == ["not"]


def _is_addressee(text: str, row: Draft) -> bool:
    """Whether a content is but the name of who is told, and not what: "France warns Russia"."""
    if not row.cue or len(row.content) != 1 or text[row.cue[-1].end : row.content[0].start].strip():
        return False
    cue = text[row.cue[-1].start : row.cue[-1].end].lower().split()
    words = text[row.content[0].start : row.content[0].end].split()
    return (
        bool(cue)
        and cue[-1] in words_of("telling")
        and len(words) <= 4
        and all(w[0].isupper() for w in words)
    )


def _acts_on_a_thing(text: str, row: Draft, tops: Tops) -> bool:
    """Whether a content without a verb is the object of a cue that is seldom one: "imposed new fees"."""
    if row.score >= SURE or not row.source or not row.cue or any(tops.touched(s) for s in row.content):
        return False
    cue = " ".join(text[s.start : s.end] for s in row.cue).lower().split()
    if not cue or not cue[-1].isalpha() or cue[-1] in words_of("prepositions"):
        return False  # "was against new fees", "a call for new fees"
    if max(best_share().get(word, 0.0) for word in cue) >= DOUBTFUL_CUE:
        return False
    items = [i for s in row.content for part in tokens_of(text, s) for i in part if i.what is What.WORD]
    return bool(items) and items[0].low not in _OPENS_CLAUSE and not _has_verb(items)


def _has_verb(items: Sequence[Item]) -> bool:
    """Whether the first clause has a verb of its own; "the fees that he named" has none."""
    if items[0].low.endswith("ing") and not items[0].is_capital:
        return False
    for k, item in enumerate(items):
        if k and (item.low in words_of("subordinators") or item.low in ("since", "who", "which", "whose")):
            return False
        noun = k and (items[k - 1].low in words_of("determiners") or items[k - 1].low.endswith("'s"))
        if is_finite(item) and not noun:
            return True
    return False


def _names_a_thing(text: str, row: Draft, tops: Tops) -> bool:
    """Whether a content is a title or a name: "readers chose “Bread and Tides”", "a game named “wolves”"."""
    quotes = [q for span in row.content for q in tops.touched(span)]
    words = [m.group().lower() for s in row.cue for m in WORD.finditer(text, s.start, s.end)]
    if not quotes or not words:
        return False
    if words[-1] in words_of("naming") and len(words) > 1 and row.source:
        active = words[0] in _PERFECT and "been" not in words  # "what his aides have called a “folly”"
        return row.score < SURE and not active
    if any(is_speech(text, q) for q in quotes) or any(w in words_of("speech_verbs") for w in words):
        return False
    if row.source and row.score < SURE and _is_all_title(text, row, quotes):
        return True
    if row.source:
        told = text.startswith("that ", quotes[-1].end + 1)  # "she found “evidence” that the wall leaks"
        object_of_verb = row.content[0].start == quotes[0].start and len(words) == 1 and not told
        return object_of_verb and row.score < SURE
    return row.content[0].start < row.cue[0].start and all(_is_title(text, q) for q in quotes)


def _is_all_title(text: str, row: Draft, quotes: Sequence[Quote]) -> bool:
    """Whether a content begins with a title and has little more: "“New Orlo,” which was never built", "the “Nine Bells”"."""
    if not all(_is_title(text, q) for q in quotes) or _follows_colon(text, quotes[0]):
        return False
    if not any(_begins_with(text, s, q) for s in row.content for q in quotes):
        return False  # "the nascent “Nine Bells” movement"
    n_words = sum(1 for s in row.content for _ in WORD.finditer(text, s.start, s.end))
    n_named = sum(1 for q in quotes for _ in WORD.finditer(text, q.inner_start, q.inner_end))
    return 3 * n_named >= n_words


def _begins_with(text: str, piece: Span, quote: Quote) -> bool:
    """Whether a piece begins with a quotation, or with a determiner and it."""
    before = text[piece.start : quote.start].split() if piece.start <= quote.start < piece.end else ["", ""]
    return not before or (len(before) == 1 and before[0].lower() in words_of("determiners"))


def _follows_colon(text: str, quote: Quote) -> bool:
    """Whether a quotation is announced: "they had one message: “Save the Ferry.”"."""
    return text[max(0, quote.start - 4) : quote.start].rstrip().endswith(":")


def _is_title(text: str, quote: Quote) -> bool:
    """Whether a quotation is written like a title: two words or more, the big ones with capitals."""
    words = [m.group() for m in WORD.finditer(text, quote.inner_start, quote.inner_end)][:20]
    big = [w for w in words if w not in words_of("title_small")]
    return len(words) >= 2 and len(big) >= 2 and all(w[0].isupper() or w[0].isdigit() for w in big)
