"""Words in quotation marks that an article puts in a mouth without saying that anybody spoke them.

In: a text and where a quotation stands in it. Out: whether what governs it, in its own sentence, is a wish, a thought, a
question, a condition, a fiction or nobody. Such words are no evidence that they were said. Leaves to others: words of which
an article says that they were not said (`denied`), what to answer (`check`).

It goes by grammar: the verb of saying nearest to the quotation, and what stands over that verb in its clause. "He might say",
"as if to say", "Did he say" are unreal; "could only say", "would go on to say", "had to say" tell what was said; and who says
that he might say something has said it. The words themselves are in `data/unreal.txt`.

Thin: a fiction that an article names in another sentence is not seen, and "can", "will" and "would say" are taken as real.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

#: Characters around a quotation that are looked at; words between the verb and the quotation, and before the verb
#: behind one ("he might have said").
MAX_CHARS, BETWEEN, BEHIND = 300, 6, 8
#: Words between "want" and "to say" ("wanted the mayor and all of his deputies to say").
MAX_OBJECT = 9

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[,;:—–()]")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s|[\r\n]")
_MARKS = re.compile(r"[\"“”„‟«»]|''|``")
_MARK = re.compile(r"[\"＂“”„‟«»‘’'`]")
_PUNCTUATION = frozenset(",;:—–()")
#: Between a modal and its verb.
_FILLING = frozenset(
    [
        "not",
        "well",
        "just",
        "also",
        "even",
        "ever",
        "never",
        "easily",
        "simply",
        "as",
        "then",
        "still",
        "perhaps",
        "really",
        "actually",
    ]
)
#: Where a clause begins within a sentence.
_JOINTS = frozenset(
    [
        "that",
        "who",
        "which",
        "but",
        "because",
        "when",
        "while",
        "after",
        "before",
        "although",
        "though",
        "until",
    ]
)
_LINKS = frozenset(["and", "but", "so", "or", "yet", "then"])
_SUBJECTS = frozenset(["i", "you", "he", "she", "it", "we", "they", "one"])
_AUXILIARIES = frozenset(
    [
        "has",
        "have",
        "had",
        "ever",
        "actually",
        "really",
        "else",
        "here",
        "there",
        "is",
        "was",
        "would",
        "could",
        "will",
    ]
)
_ARTICLES = frozenset(["a", "an", "one", "the", "this", "that", "another"])


def is_unsaid(text: str, start: int, end: int) -> bool:
    """Whether the quotation text[start:end], without its marks, is put in a mouth and not said to be spoken."""
    if not (_MARK.match(text, start - 1) if start else None) and not _MARK.match(text, end):
        return False  # an interview's answer, a block
    before, behind = _before(text, start), _behind(text, end)
    how = _of_what_follows(behind)
    return _of_what_leads(before) if how is None else how


def _before(text: str, start: int) -> list[str]:
    """The words of its sentence before a quotation, as far as no other quotation stands between."""
    lead = text[max(0, start - MAX_CHARS) : start].rstrip(" \"＂“”„‟«»‘’'`")
    return _TOKEN.findall(_MARKS.split(_SENTENCE_END.split(lead)[-1])[-1])


def _behind(text: str, end: int) -> list[str]:
    """The words of its sentence behind a quotation; none if it ends the sentence."""
    tail = text[end : end + MAX_CHARS]
    marks = re.match(r"[\"'”’»`]+", tail)
    n = marks.end() if marks else 0
    if text[end - 1 : end] not in tuple(",?!—–-") and not tail[n:].startswith(","):
        return []
    return _TOKEN.findall(re.split(r"[.!?\"“”„«»\r\n]", tail[n:])[0].lstrip(" ,"))


def _of_what_follows(tokens: Sequence[str]) -> bool | None:
    """Whether the clause behind a quotation makes it unsaid; None if no verb of saying stands there."""
    clause = _until_punctuation(tokens)
    for at in range(min(len(clause), BEHIND)):
        verb = _verb(clause[at])
        if verb is not None:
            return _is_unreal(clause, at, verb) if verb.form != "ing" or "be" in clause else None
    return None


def _until_punctuation(tokens: Sequence[str]) -> list[str]:
    out = []
    for token in tokens:
        if token in _PUNCTUATION:
            break
        out.append(token)
    return out


def _of_what_leads(tokens: Sequence[str]) -> bool:
    """Whether what stands before a quotation makes it unsaid."""
    words = list(tokens)
    while words and words[-1] in _PUNCTUATION:
        words.pop()
    for at in range(len(words) - 1, max(-1, len(words) - 2 - BETWEEN), -1):
        if words[at] in _PUNCTUATION or words[at].lower() in _JOINTS - {"that"}:
            return False
        verb = _verb(words[at])
        if verb is not None and not (verb.is_noun and not _is_governed(words, at)):
            return _is_unreal(words, at, verb)
    return False


@dataclass(frozen=True, slots=True)
class _Verb:
    """A form of a verb of saying: base, past, third, ing."""

    form: str
    is_noun: bool


def _verb(token: str) -> _Verb | None:
    word = token.lower()
    if word in _words("noun"):
        return _Verb("base", True)
    return next(
        (_Verb(form, False) for form in ("base", "past", "third", "ing") if word in _words(form)), None
    )


def _is_unreal(tokens: Sequence[str], at: int, verb: _Verb) -> bool:
    """Whether the verb of saying at a place is one of something that was not said."""
    words = [token.lower() for token in tokens]
    if _is_fiction(words[:at]):
        return True
    clause = words[_clause_start(words, at) : at]
    if _has_nobody(clause):
        return True
    if _is_imagined(clause, verb) or _is_asked(words, at):
        return True
    return (_is_modal(tokens, at, verb) or _is_wanted(clause, verb) or _is_open(clause)) and not _is_told(
        words[:at]
    )


def _clause_start(words: Sequence[str], at: int) -> int:
    return next(
        (
            i + 1
            for i in range(at - 1, -1, -1)
            if words[i] in _PUNCTUATION | _JOINTS and not _is_as_though(words, i)
        ),
        0,
    )


def _is_as_though(words: Sequence[str], at: int) -> bool:
    return words[at] == "though" and at > 0 and words[at - 1] == "as"


def _is_told(words: Sequence[str]) -> bool:
    """Whether somebody is said to say all that: "he said he might say"."""
    return any(word in _words("past") or word in _words("third") for word in words)


def _is_governed(words: Sequence[str], at: int) -> bool:
    before = words[at - 1].lower() if at else ""
    return before == "to" or before in _words("modal") or before in _FILLING


def _is_modal(tokens: Sequence[str], at: int, verb: _Verb) -> bool:
    """ "might say", "should have said", "could be saying", "would never say"; not "all he could say"."""
    has_have = has_be = has_to = is_never = False
    i = at - 1
    while i >= 0 and tokens[i].lower() in _FILLING | {"have", "be", "been", "to"}:
        has_have |= tokens[i].lower() == "have"
        has_be |= tokens[i].lower() in ("be", "been")
        has_to |= tokens[i].lower() == "to"
        is_never |= tokens[i].lower() in ("never", "not")
        i -= 1
    if i < 0:
        return False
    word = tokens[i].removesuffix("n't").removesuffix("n’t")
    if not (word.islower() or (word[1:].islower() and word != "May")):
        return False
    word = word.lower()
    fits = verb.form == ("ing" if has_be else "past" if has_have else "base")
    if not fits or has_to != (word == "ought"):
        return False
    if word in _words("modal"):
        return not _words("bare") & {token.lower() for token in tokens[:i]}
    return (has_have or is_never) and word in _words("perfect")


def _is_wanted(clause: Sequence[str], verb: _Verb) -> bool:
    """ "wanted him to say", "hoping to hear her say", "refused to say", "seemed to be saying"."""
    if verb.form not in ("base", "ing") or "to" not in clause:
        return False
    to = len(clause) - 1 - clause[::-1].index("to")
    if verb.form == "ing" and "be" not in clause[to:]:
        return False
    return any(word in _words("wants") for word in clause[max(0, to - MAX_OBJECT) : to])


def _is_imagined(clause: Sequence[str], verb: _Verb) -> bool:
    """ "as if to say", "imagine her saying", "suppose he says"."""
    for i, word in enumerate(clause):
        if word == "as" and clause[i + 1 : i + 2] in (["if"], ["though"]):
            return True
        if word in _words("imagines") and not verb.is_noun:
            return True
    return False


def _is_open(clause: Sequence[str]) -> bool:
    """ "if she says", "whether he said"."""
    return bool(_words("open").intersection(clause))


def _is_asked(words: Sequence[str], at: int) -> bool:
    """ "Did he ever say", "Had she said": the sentence begins with the auxiliary, and then with who is asked about."""
    first = next((i for i, word in enumerate(words) if word not in _LINKS), at)
    if words[first] not in _words("asks") or not 2 <= at - first <= BEHIND:
        return False
    return not _PUNCTUATION.intersection(words[first:at]) and words[first + 1] not in ("to", "been")


def _has_nobody(clause: Sequence[str]) -> bool:
    """ "nobody said", "none of the engineers has ever said", "no minister would say": who says it is nobody."""
    end = len(clause)
    while end and clause[end - 1] in _AUXILIARIES:
        end -= 1
    subject = list(clause[:end])
    if subject[-2:] == ["no", "one"] or (subject[-1:] and subject[-1] in _words("nobody")):
        return True
    if len(subject) == 2 and subject[0] == "no" and subject[1] not in _SUBJECTS | {"doubt"}:
        return True
    for i in range(max(0, end - 5), end - 1):
        if subject[i + 1] in ("of", "among") and (
            subject[i] in _words("nobody") or subject[i - 1 : i + 1] == ["not", "one"]
        ):
            return not _SUBJECTS.intersection(subject[i + 2 :])
    return False


def _is_fiction(words: Sequence[str]) -> bool:
    """ "in a parody he says", "a sketch in which", "a doctored video showed him saying"."""
    for i in _fictions(words):
        head = words[max(0, i - 4) : i]
        if any(a == "in" and b in _ARTICLES for a, b in pairwise(head)):
            return True
        further = words[i + 1 : i + 8]
        if _words("shows").intersection(further) or any(
            a == "in" and b == "which" for a, b in pairwise(further)
        ):
            return True
        if i + 1 == len(words) or (words[i] in _words("fake") and i + 2 == len(words)):
            return True
    return False


def _fictions(words: Sequence[str]) -> Iterator[int]:
    return (i for i, word in enumerate(words) if word in _words("fiction") or word in _words("fake"))


@cache
def _words(kind: str) -> frozenset[str]:
    text = (files("onrecord.record") / "data" / "unreal.txt").read_text(encoding="utf-8")
    pairs = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(word for name, word in pairs if name == kind)
