"""To whom it was said, where the text says so: "told reporters", "replied to him", "in a letter to Ruiz", "Ruiz was asked".

In: an attribution and a way to name what words mean. Out: an Addressee or None. Thin: what stands right after the cue
is read, and in its sentence a letter or an interview, and who is asked in the passive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from onrecord.speakers import lists
from onrecord.speakers.cast import Cast
from onrecord.types import Addressee, Attribution, Span, TextEvidence

_STOP = re.compile(
    r"\s*(?:[,.;:!?“”\"(\[]|''|``|\s(?:that|in|on|at|during|after|before|of(?!\s+(?-i:[A-Z]))|about|to|how|why|what|whether|if|when|where|"
    r"against|last|this|earlier|via|by|as|for|not|he|she|they|it|we|you|I|there|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday|yesterday|today|late|early|over|from|with|while|and then|is|was|are|were|will|would|"
    r"outside|inside|near|aboard|then|now|later|again|back|through|under|since|gathered|across|between|because|so|until|upon|beside)\b)",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    {"that", "himself", "herself", "themselves", "several", "twice", "again", "many", "once", "repeatedly"}
)
#: What is told, and not whom.
_TOLD = frozenset(
    {"the truth", "a lie", "lies", "a story", "the story", "stories", "a joke", "jokes", "tales", "time"}
)
#: Nouns that an "of" belongs to: "told hundreds of supporters".
_MANY = re.compile(
    r"\b(?:hundreds|thousands|dozens|scores|crowds?|groups?|audience|gathering|members|handful|room|panel)\s*$"
)
#: Words of an addressee beyond this are something else.
MAX_WORDS = 9


#: What is written to somebody, and whom one talks with: "in a letter to", "in an interview with".
_WRITTEN_TO = re.compile(
    r"\bin an? (?:[\w’'-]+ ){0,3}?(?:(?:e-?mail|letter|message|memo|note|text|statement|response|reply|tweet|speech|remarks)"
    r"(?: (?!to\b)\w+){0,3}? to|interview(?: (?!with\b)\w+){0,2}? with) ",
    re.IGNORECASE,
)
_TO = re.compile(r"(?: (?:back|angrily|directly))? to ")
#: Who is spoken to, as a pronoun.
_THEM = frozenset({"him", "her", "them", "me", "us"})
#: A form of "be" and a participle, which needs somebody who is told.
_ASKED = re.compile(
    r"(?:\b(?:was|were|is|are|been|being)|[’'](?:s|re))\s+(?:(?:\w+ly|also|then|later|once|again)\s+)?"
    r"(?:asked|told|warned|reminded|informed|pressed|questioned|quizzed)\b",
    re.IGNORECASE,
)
_ASKED_OPENING = re.compile(r"(?:when )?(?:asked|pressed|questioned|quizzed)\b", re.IGNORECASE)
_ADVERBS = re.compile(r"\w+ly")
_NO_ADVERBS = frozenset(["family", "families", "assembly", "ally", "monopoly", "supply", "rally"])
#: Characters of a sentence beyond the cue in which a letter is looked for, and of words that are told.
FAR, MAX_LENGTH = 160, 60


def find_addressee(
    cast: Cast,
    attribution: Attribution,
    name_at: Callable[[int, int], str | None],
    beside: Sequence[Attribution] = (),
) -> Addressee | None:
    """Whom the cue's verb is followed by: the name if known, else the article's words.

    beside: attributions near this one, in whose words who is "asked about it" may answer.
    """
    if not attribution.cue:
        return None
    return (
        _told(cast, attribution, name_at)
        or _asked(cast, attribution, name_at)
        or _answering(cast, attribution, name_at, beside)
        or _written_to(cast, attribution, name_at)
    )


def _answering(
    cast: Cast,
    attribution: Attribution,
    name_at: Callable[[int, int], str | None],
    beside: Sequence[Attribution],
) -> Addressee | None:
    """ "Asked about it, Ruiz said": who answers in the same sentence was asked."""
    cue = attribution.cue[0]
    here = cast.layout.sentence_at(cue.start)
    if here < 0 or attribution.source or _ASKED_OPENING.match(cast.layout.text, cue.start, cue.end) is None:
        return None
    sentence = cast.layout.sentences[here]
    if cast.layout.tokens_between(sentence.start, cue.start)[1:]:
        return None
    behind = max(s.end for s in (*attribution.content, *attribution.cue))
    for other in beside:
        if other is not attribution and other.source and behind <= other.source[0].start < sentence.end:
            span = other.source[0]
            named = name_at(span.start, span.end)
            return None if named is None else Addressee(named, TextEvidence(span))
    return None


def _asked(
    cast: Cast, attribution: Attribution, name_at: Callable[[int, int], str | None]
) -> Addressee | None:
    """The subject of a passive: "Ruiz was asked"; a name or a pronoun right before it."""
    cue = attribution.cue[0]
    if _ASKED.match(cast.layout.text, cue.start, cue.end) is None:
        return None
    before = cast.layout.tokens_between(max(0, cue.start - MAX_LENGTH), cue.start)[-1:]
    if not before or cast.layout.text[before[0].end : cue.start].strip():
        return None
    if before[0].lower in ("he", "she", "they", "i", "we"):
        start = before[0].start
    else:
        names = cast.names_in(max(0, cue.start - MAX_LENGTH), cue.start)
        if not names or cast.names[names[-1]].span.end != before[0].end:
            return None
        start = cast.names[names[-1]].full.start
    named = name_at(start, before[0].end)
    return None if named is None else Addressee(named, TextEvidence(Span(start, before[0].end)))


def _written_to(
    cast: Cast, attribution: Attribution, name_at: Callable[[int, int], str | None]
) -> Addressee | None:
    """ "Replied to him", "said to reporters", "wrote in a letter to Ruiz", "In an interview with KTR, Ruiz said"."""
    text, cue = cast.layout.text, attribution.cue[-1]
    here = cast.layout.sentence_at(cue.start)
    if here < 0:
        return None
    m = _TO.match(text, cue.end, cue.end + 24)
    if m is not None:
        found = _whoever_at(cast, m.end(), name_at)
        if found is not None:
            return found
    sentence = cast.layout.sentences[here]
    low, high = max(sentence.start, attribution.cue[0].start - FAR), min(sentence.end, cue.end + FAR)
    for m in _WRITTEN_TO.finditer(text, low, high):
        inside = any(s.start < m.end() and m.start() < s.end for s in attribution.content)
        if not inside and not cast.layout.is_quoted(m.start()):
            return _whoever_at(cast, m.end(), name_at)
    return None


def _whoever_at(cast: Cast, start: int, name_at: Callable[[int, int], str | None]) -> Addressee | None:
    """A pronoun, a name or a plural for people that begins at a place."""
    tokens = cast.layout.tokens_between(start, start + MAX_LENGTH)[:4]
    if not tokens or tokens[0].start != start:
        return None
    end = None
    if tokens[0].lower in _THEM:
        end = tokens[0].end
        if tokens[0].lower in ("me", "us"):
            return Addressee(tokens[0].lower, TextEvidence(Span(start, end)))
    else:
        first = 1 if tokens[0].lower == "the" and len(tokens) > 1 else 0
        names = [
            k for k in cast.names_in(start, tokens[-1].end) if cast.names[k].full.start <= tokens[first].start
        ]
        if names and not cast.names[names[0]].possessive:
            start, end = tokens[0].start, cast.names[names[0]].span.end
        elif (
            (first and tokens[first].lower in lists.roles())
            or tokens[first].lower in lists.words("listeners")
            or (first and tokens[first].lower in lists.words("groups"))
        ):
            end = tokens[first].end
    if end is None:
        return None
    named = name_at(start, end)
    if named is None:
        if tokens[0].lower in _THEM:
            return None
        named = cast.layout.text[start:end]
    return Addressee(named, TextEvidence(Span(start, end)))


def _is_told_to(stop: re.Match[str] | None) -> bool:
    """Whether what is told begins with a "to", so that who stands before it is told to do it."""
    return stop is not None and stop.group().strip().lower() == "to"


def _told(
    cast: Cast, attribution: Attribution, name_at: Callable[[int, int], str | None]
) -> Addressee | None:
    """What follows a verb of telling: "told reporters", "warned Putin of"."""
    text = cast.layout.text
    verbs = lists.words("telling_verbs")
    for cue in attribution.cue:
        tokens = cast.layout.tokens_between(cue.start, cue.end)
        k = next((k for k, t in enumerate(tokens) if t.lower in verbs), None)
        if k is not None and k and tokens[k - 1].lower in ("most", "more", "very", "so"):
            continue  # "what is most telling"
        if k is None or (tokens[k].lower == "address" and k and not tokens[k - 1].lower.endswith("to")):
            continue
        here = cast.layout.sentence_at(cue.start)
        if here < 0:
            return None
        limit = min(cast.layout.sentences[here].end, tokens[k].end + 120)
        for content in attribution.content:
            within = tokens[k].lower in lists.words("urging_verbs") and content.start <= tokens[k].end + 1
            if content.start > tokens[k].end and not within:
                limit = min(limit, content.start)
        start = tokens[k].end
        m = _STOP.search(text, start, limit)
        while m and m.group().strip().lower() == "of" and _MANY.search(text, start, m.start()):
            m = _STOP.search(text, m.end(), limit)
        end = m.start() if m else limit
        while start < end and not (text[start].isalnum() or text[start] in "#@"):
            start += 1
        while end > start and not text[end - 1].isalnum():
            end -= 1
        words = text[start:end].split()
        while words and _ADVERBS.fullmatch(words[-1]) and words[-1] not in _NO_ADVERBS:
            end -= len(words.pop())
            while end > start and text[end - 1].isspace():
                end -= 1
        if len(words) > 1 and words[0].lower() in _THEM:
            end, words = start + len(words[0]), words[:1]
        if any(s.start < end and start < s.end for s in attribution.source):
            return None  # "warned Ruiz": who warns
        if any(s.start < end and start < s.end for s in attribution.content) and not _is_told_to(m):
            return None
        if not words or len(words) > MAX_WORDS or words[0][0].isdigit() or words[0].lower() in _NOBODY:
            return None
        if start != tokens[k].end + 1 and text[tokens[k].end : start].strip():
            return None
        phrase = " ".join(words)
        if phrase.lower() in _TOLD:
            return None
        named = name_at(start, end)
        if named is None or (phrase.startswith(f"{named} of ") and words[-1][0].isupper()):
            named = phrase  # "told Daughters of the Harbour"
        return Addressee(named, TextEvidence(Span(start, end)))
    return None
