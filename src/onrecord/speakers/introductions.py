"""What the words around a name say that its bearer is: titles before it, appositions after it.

In: a `Layout` and a `Name`, or the tokens of a noun phrase. Out: `Described`s. Thin: what a whole sentence
says of somebody ("Ruiz runs the port") is not read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.speakers import lists
from onrecord.speakers.layout import Layout, Token
from onrecord.speakers.names import Name

_VERBS = frozenset(
    [
        "said",
        "told",
        "met",
        "says",
        "saw",
        "wrote",
        "asked",
        "hit",
        "beat",
        "backed",
        "quoted",
        "gave",
        "found",
        "put",
        "sent",
        "led",
        "won",
        "lost",
    ]
)
_DETERMINERS = frozenset(
    [
        "a",
        "an",
        "the",
        "his",
        "her",
        "their",
        "its",
        "our",
        "my",
        "this",
        "that",
        "these",
        "those",
        "some",
        "one",
        "another",
        "every",
    ]
)
#: How far before and after a name its titles and appositions are looked for.
LOOK_CHARS = 160


@dataclass(frozen=True, slots=True)
class Described:
    """What a phrase says of a person: the noun, and the other words (countries as "=Russia")."""

    head: str
    words: frozenset[str]


_PARTY_STATE = re.compile(r"\s*\((R|D|I|Rep|Dem|Ind)\.?\s*[-–—,]\s*([A-Z][\w. ]{0,24}?)\)")
_APPOSED = re.compile(
    r"\s*,\s+(?:who (?:is|was|serves as|served as|has been)\s+)?"
    r"((?:(?:an?|the|his|her|their|its|one of the|[A-Z][\w.’']*)\s+)?[^,;:()“”\"—]{2,110})"
)
_BEFORE_COMMA = re.compile(
    r"(?<!\w)((?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|\w+['’]s)\s[^,;:.“”\"()]{2,90}),\s*$"
)
_PARTY = {"r": "republican", "rep": "republican", "d": "democratic", "dem": "democratic", "i": "independent"}


def introduced(layout: Layout, name: Name) -> list[Described]:
    """What the words around a name say that its bearer is: titles before it, appositions after it."""
    text = layout.text
    sentence = layout.sentences[name.sentence]
    out: list[Described] = []
    left = max(sentence.start, name.full.start - LOOK_CHARS)
    tokens = layout.tokens_between(left, name.span.start)
    premodifiers = _premodifiers(text, tokens, name.span.start)
    said = describe(premodifiers)
    if said:
        out.append(said)
    end = name.span.end
    m = _PARTY_STATE.match(text, end, min(sentence.end, end + 40))
    if m:
        state = lists.states().get(m[2].strip()) or lists.states().get(m[2].strip() + ".") or m[2].strip()
        words = {state.lower(), _PARTY.get(m[1].lower(), "")} - {""}
        out = [Described(r.head, r.words | words) for r in out] or [
            Described("representative", frozenset(words))
        ]
        end = m.end()
    if len(name.words) > 1 or name.before:
        m = _APPOSED.match(text, end, min(sentence.end, end + LOOK_CHARS))
        if m:
            said = _apposition(layout, m.start(1), m.end(1))
            if said:
                out.append(said)
        if not premodifiers:
            m = _BEFORE_COMMA.search(text, left, name.full.start)
            if m:
                said = describe(layout.tokens_between(m.start(1), m.end(1)))
                if said:
                    out.append(said)
    return out


def _premodifiers(text: str, tokens: Sequence[Token], end: int) -> list[Token]:
    """The words that stand right before a name as its titles, back to a determiner or a verb's object."""
    out: list[Token] = []
    function = lists.words("function_words")
    for token in reversed(tokens):
        if text[token.end : end].strip(" \u00a0\t") or len(out) >= 9:
            break
        lower = token.lower
        if lower in _DETERMINERS:
            break
        if lower in function and (not out or lower not in ("of", "first", "second", "state", "us")):
            break
        if lower in _VERBS or (
            token.text.islower() and lower.endswith("ed") and lower not in lists.words("participles")
        ):
            break
        out.append(token)
        end = token.start
        if token.text.endswith(("'s", "’s")):
            continue
    out.reverse()
    while out and out[0].lower in ("of", "and", "for"):
        out.pop(0)
    return out


def _apposition(layout: Layout, start: int, end: int) -> Described | None:
    """What an apposition says, if it is one: its noun stands before any verb, near its start."""
    tokens = layout.tokens_between(start, end)[:14]
    if not tokens:
        return None
    cut = next(
        (k for k, t in enumerate(tokens) if t.lower in ("who", "which", "whose", "that", "said", "says")),
        len(tokens),
    )
    tokens = tokens[:cut]
    said = describe(tokens, limit=7)
    if said is None:
        return None
    before = tokens[: next((k for k, t in enumerate(tokens) if _singular(t) == said.head.split()[0]), 0)]
    if any(t.lower in _NOT_INSIDE or t.lower in lists.words("verbs") - _DETERMINERS for t in before):
        return None
    first = tokens[0].lower
    if first == "the" and _opens_clause(layout, start, tokens[len(before) + 1 :]):
        return None
    starts_well = (
        first in _DETERMINERS or tokens[0].text[0].isupper() or first in lists.roles() or first in _OPENS
    )
    return said if starts_well else None


def _opens_clause(layout: Layout, start: int, after: Sequence[Token]) -> bool:
    """Whether what looks like an apposition is the subject: "With Ana Ruiz beside him, the mayor spoke"."""
    sentence = layout.sentences[layout.sentence_at(start)]
    opening = layout.tokens[sentence.first : sentence.first + 1]
    if not opening or opening[0].lower not in lists.words("prepositions") or not after:
        return False
    return after[0].lower in lists.words("verbs") or after[0].lower.endswith("ed")


#: Words that open an apposition that has no determiner.
_OPENS = frozenset(
    {
        "former",
        "then",
        "now",
        "executive",
        "managing",
        "vice",
        "deputy",
        "senior",
        "associate",
        "chief",
        "one",
        "also",
    }
)
_NOT_INSIDE = frozenset(
    {"he", "she", "they", "it", "i", "we", "you", "who", "which", "that", "not", "to", "as", "but"}
)


def describe(tokens: Sequence[Token], limit: int = 99) -> Described | None:
    """What a noun phrase says of a person: the last noun before any "of" or "for", and all its words."""
    table = lists.roles()
    titles = lists.titles()
    stop = next(
        (
            k
            for k, t in enumerate(tokens)
            if k and t.lower in ("for", "at", "in", "on", "from", "with", "to", "under", "by")
        ),
        len(tokens),
    )
    of = next((k for k, t in enumerate(tokens) if k and t.lower == "of"), len(tokens))
    head = ""
    for k in range(min(stop, of, limit, len(tokens)) - 1, -1, -1):
        for size in (3, 2, 1):
            phrase = " ".join(
                _singular(t) if n == size - 1 else t.lower for n, t in enumerate(tokens[k : k + size])
            )
            if k + size <= len(tokens) and phrase in table and (size > 1 or k < min(stop, of)):
                head = phrase
                break
            if size == 1 and tokens[k].lower in titles and titles[tokens[k].lower].role:
                head = titles[tokens[k].lower].role
                break
        if head:
            if k and head in ("minister", "president", "general", "secretary"):
                two = f"{tokens[k - 1].lower} {head}"
                head = two if two in table else head
            break
    return Described(head, words_of(tokens)) if head else None


def describe_text(text: str) -> Described | None:
    """What a short text that stands in no article ("President of Freedonia") says of a person."""
    tokens = [Token(m.start(), m.end(), m.group()) for m in re.finditer(r"[^\W_]+(?:['’.-][^\W_]+)*", text)]
    return describe(tokens)


def _singular(token: Token) -> str:
    return re.sub(r"['’]s?$", "", token.lower)


def words_of(tokens: Sequence[Token]) -> frozenset[str]:
    """The words of a phrase that tell people apart; countries and states by name, however written."""
    countries, states = lists.countries(), lists.states()
    function = lists.words("function_words")
    out: set[str] = set()
    k = 0
    while k < len(tokens):
        for size in (3, 2, 1):
            phrase = " ".join(re.sub(r"['’]s?$", "", t.text) for t in tokens[k : k + size])
            if k + size <= len(tokens) and phrase in states and phrase != "Georgia" and not phrase.islower():
                out.add(states[phrase].lower())
                break
            country = countries.meant(phrase) if k + size <= len(tokens) else None
            if country:
                out.add("=" + country.name)
                break
        else:
            size = 1
            word = re.sub(r"['’]s?$", "", tokens[k].lower)
            if word not in function and word:
                out.add(word)
                out.update(word.split("-") if "-" in word else ())
        k += size
    return frozenset(out)
