"""Names in the article's own words, each with its place and what kind of thing it names.

In: a `Layout`. Out: `Name`s in the order of the text. Rules and lists, no model: a name is a run
of capitalised words; the lists say where a person's begins behind titles, and what is a body, a country,
a ministry. Thin: names written without capitals, and people whose names are common words, are missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.speakers import lists
from onrecord.speakers.label_lines import is_label, measured_label_end
from onrecord.speakers.layout import Layout, Sentence, Token
from onrecord.speakers.name_kinds import JOINERS, POST_NOMINALS, SUFFIXES, What, is_people, titles_end, what
from onrecord.speakers.name_runs import CALENDAR, MAX_WORDS, bare, is_capital, is_possessive, phrase, run_end
from onrecord.types import Span, ZoneKind


@dataclass(frozen=True, slots=True)
class Name:
    """A name at its place. words: without titles and possessive. before: the titles cut off it.

    span covers the words alone; full covers titles and honours too. certain: it is a person's name by its first
    name or its title. shouted: its line is in capitals, or a title's.
    """

    span: Span
    full: Span
    words: tuple[str, ...]
    what: What
    before: tuple[str, ...]
    certain: bool
    possessive: bool
    sentence: int
    quoted: bool
    in_title: bool
    text: str  # as written, on one line

    @property
    def surname(self) -> str:
        words = self.words[:-1] if len(self.words) > 1 and self.words[-1].lower() in SUFFIXES else self.words
        return fold_name(words[-1])


def fold_name(word: str) -> str:
    """A word of a name, as another spelling of its marks would not change it."""
    return word.replace("’", "'").replace("‐", "-").replace("‑", "-").lower().strip(".")


def find_names(layout: Layout) -> tuple[Name, ...]:
    """All names, in the order of the text; where two readings overlap the longer body's name wins."""
    headlines = [i for i, sentence in enumerate(layout.sentences) if _is_headline(layout, sentence)]
    skipped = frozenset(headlines)
    common = _common_words(layout)
    out: list[Name] = []
    for i, sentence in enumerate(layout.sentences):
        if i not in skipped:
            out.extend(_in_sentence(layout, i, sentence, None, common))
    surnames = frozenset(n.words[-1] for n in out)
    for i in headlines:
        out.extend(_in_sentence(layout, i, layout.sentences[i], surnames, common))
    out.sort(key=lambda n: n.span.start)
    return tuple(out)


def _common_words(layout: Layout) -> frozenset[str]:
    """Words, with a capital, that this article writes small and never with a capital inside a sentence."""
    small: set[str] = set()
    inside: set[str] = set()
    for sentence in layout.sentences:
        if sentence.zone not in (ZoneKind.BODY, ZoneKind.CAPTION):
            continue
        for k, token in enumerate(layout.tokens[sentence.first : sentence.last]):
            if token.text.islower():
                small.add(token.text)
            elif k:
                inside.add(bare(token))
    nouns = lists.words("documents") | lists.words("groups") | lists.words("common_bodies")
    return frozenset({w.capitalize() for w in small | nouns} - inside)


def _is_headline(layout: Layout, sentence: Sentence) -> bool:
    """Whether a sentence is a title in Title Case, or a line in capitals."""
    tokens = layout.tokens[sentence.first : sentence.last]
    if sentence.zone in (ZoneKind.TITLE, ZoneKind.HEADING):
        return sum(t.text[:1].isupper() for t in tokens) > 0.6 * len(tokens)
    return len(tokens) > 3 and sum(t.text.isupper() and len(t.text) > 1 for t in tokens) > 0.7 * len(tokens)


def _in_sentence(
    layout: Layout,
    index: int,
    sentence: Sentence,
    surnames: frozenset[str] | None,
    common: frozenset[str],
) -> Iterator[Name]:
    """The names of a sentence; surnames: the last words of the body's names, for a headline."""
    tokens = layout.tokens[sentence.first : sentence.last]
    i = _after_dateline(layout, index, sentence) or measured_label_end(layout, index, sentence)
    spelt_out = _spelt_out(layout.text, tokens) if surnames is None else {}
    while i < len(tokens):
        if i in spelt_out:
            yield _named_whole(layout, index, tokens[i : spelt_out[i]])
            i = spelt_out[i]
            continue
        if not is_capital(tokens[i]):
            i += 1
            continue
        j = run_end(layout.text, tokens, i)
        j = min((k for k in spelt_out if i < k < j), default=j)
        if is_label(layout, tokens[i].start, tokens[j - 1].end):
            i = j
            continue
        starts = i == 0 or layout.text[tokens[i].start - 1] in _OPENING
        plain = starts and surnames is None and bare(tokens[i]) in common
        given = j - i > 1 and bare(tokens[i]) in lists.first_names()
        if plain and not given and not _is_title(tokens, i, j) and not _is_country(tokens, i, j):
            i += 1
            continue
        yield from _names_of_run(layout, index, tokens, i, j, surnames)
        i = j


def _spelt_out(text: str, tokens: tuple[Token, ...]) -> dict[int, int]:
    """Where bodies' names begin and end whose initials follow in brackets: "Alliance to Save Lunt (ASL)"."""
    out: dict[int, int] = {}
    for k, token in enumerate(tokens):
        initials = token.text.replace(".", "")
        if not (3 <= len(initials) <= 7 and initials.isupper() and initials.isalpha()):
            continue
        if (
            k < 2
            or text[tokens[k - 1].end : token.start].strip() != "("
            or text[token.end : token.end + 1] != ")"
        ):
            continue
        left, j = len(initials), k
        while j > 0 and left and k - j < 2 * len(initials):
            j -= 1
            word = tokens[j].text
            if word[0].isupper() and word[0] == initials[left - 1]:
                left -= 1
            elif word not in JOINERS and word not in ("to", "in", "a", "at", "by"):
                break
        small = any(t.text in ("to", "at", "by", "in", "a") for t in tokens[j:k])
        if not left and small and tokens[j].text[0].isupper():
            out[j] = k
    return out


def _named_whole(layout: Layout, index: int, run: tuple[Token, ...]) -> Name:
    """A run of words, small ones too, as one body's name."""
    span = Span(run[0].start, _end_of(run[-1]))
    return Name(
        span=span,
        full=span,
        words=tuple(bare(t) for t in run),
        what=What.BODY,
        before=(),
        certain=True,
        possessive=False,
        sentence=index,
        quoted=layout.is_quoted(span.start),
        text=" ".join(layout.text[span.start : span.end].split()),
        in_title=False,
    )


_DATELINE = re.compile(
    r"[^\W\d_a-z][^.!?;:“”\"—–―]{2,60}?(?:\.[^.!?;:“”\"—–―]{0,30})?\s*(?:\([\w /.]{2,20}\)\s*)?[—–―]\s|[^\W\d_a-z]{3,}[\w ,.]{0,40}\([\w /.]{2,20}\)\s*-+\s|[^\W\d_a-z]{4,}[A-Z ,.]{0,30}\s-+\s"
)


_OPENING = frozenset("\"“‘'(")


def _is_country(tokens: tuple[Token, ...], i: int, j: int) -> bool:
    return phrase(tokens, i, j) in lists.countries().names


def _is_title(tokens: tuple[Token, ...], i: int, j: int) -> bool:
    """Whether a run's first word is an office or a rank before a name ("President Ruiz")."""
    return j - i > 1 and bare(tokens[i]).lower() in lists.titles()


def _after_dateline(layout: Layout, index: int, sentence: Sentence) -> int:
    """How many tokens a paragraph's dateline has ("LISBON, May 3 (AP) —"), 0 where there is none."""
    if index and layout.sentences[index - 1].paragraph == sentence.paragraph:
        return 0
    m = _DATELINE.match(layout.text, sentence.start, min(sentence.end, sentence.start + 120))
    if m is None or not layout.text[m.start() : m.start() + 3].isupper():
        return 0
    tokens = layout.tokens[sentence.first : sentence.last]
    return sum(1 for t in tokens if t.start < m.end())


def _names_of_run(
    layout: Layout, index: int, tokens: tuple[Token, ...], i: int, j: int, surnames: frozenset[str] | None
) -> Iterator[Name]:
    run = list(tokens[i:j])
    text = layout.text
    function = lists.words("function_words")
    starts = i == 0 or text[run[0].start - 1] in _OPENING or surnames is not None
    starts = starts or tokens[i - 1].text.endswith(".")
    while run and (starts or run[0].text in ("The", "A", "An")) and run[0].lower in function:
        if _starts_name(run):
            break
        run.pop(0)
    if starts and len(run) > 2 and bare(run[1]) in lists.first_names() and _is_no_given(run[0]):
        run.pop(0)
    while len(run) > 1 and run[0].lower in _SAYS:  # "'…,' Says Ruiz": a headline outside its zone
        run.pop(0)
    while (
        surnames is not None
        and len(run) > 1
        and run[-1].lower in function
        and run[-1].text not in ("May", "Will")
    ):
        run.pop()
    while (
        len(run) > 1
        and run[-1].text in CALENDAR
        and not (
            len(run) == 2
            and run[0].text in lists.first_names()
            and run[-1].text in ("April", "May", "June", "August")
        )
    ):
        run.pop()
    if not run:
        return
    if surnames is not None:
        for part in _headline_parts(run, surnames):
            yield _make(layout, index, part, tokens, i == 0, True)
        return
    if len(run) > MAX_WORDS or (len(run) == 1 and run[0].text in CALENDAR):
        return
    if len(run) > 4 and bare(run[0]) in lists.first_names() and all(is_capital(t) for t in run):
        for part in _headline_parts(run, frozenset()):
            yield _make(layout, index, part, tokens, False, True)
        return
    name = _make(layout, index, tuple(run), tokens, i == 0 and run[0] is tokens[0], False)
    if name.words:
        yield name


def _is_no_given(token: Token) -> bool:
    """A sentence's first word that is no first name: "Certainly", "Praising", "Celebrities"."""
    word = bare(token)
    return word not in lists.first_names() and (word.endswith(("ly", "ing", "ties")) or is_people(word))


_SAYS = frozenset(["says", "said", "tells", "told", "warns", "warned", "asks", "asked", "insists"])


def _starts_name(run: list[Token]) -> bool:
    """A function word that begins a name all the same: "Will Smith", "Us Weekly", "US"."""
    word = run[0].text
    if word.isupper() and word in lists.known_bodies():
        return True
    if word == "US":
        return True
    given = word in lists.first_names() or word in ("Will", "May", "April", "June", "August")
    return given and len(run) > 1 and run[1].lower not in lists.words("function_words")


def _headline_parts(run: list[Token], surnames: frozenset[str]) -> Iterator[tuple[Token, ...]]:
    """Names inside a headline in Title Case: known first names with what follows, and single words."""
    names = lists.first_names()
    i = 0
    while i < len(run):
        word = bare(run[i])
        starts = (
            word in names and i + 1 < len(run) and not is_possessive(run[i]) and len(bare(run[i + 1])) > 1
        )
        after = bare(run[i + 1]).lower() if i + 1 < len(run) else ""
        starts = starts and after not in lists.words("verbs") and after not in lists.words("saying_verbs")
        if starts and (word not in surnames or bare(run[i + 1]) in surnames):
            end = i + 2
            if len(run[i + 1].text) <= 3 and run[i + 1].text.endswith(".") and end < len(run):
                end += 1
            yield tuple(run[i:end])
            i = end
        else:
            yield (run[i],)
            i += 1


def _make(
    layout: Layout,
    index: int,
    run: tuple[Token, ...],
    tokens: tuple[Token, ...],
    initial: bool,
    headline: bool,
) -> Name:
    end = _end_of(run[-1])
    while len(run) > 2 and bare(run[-1]) in POST_NOMINALS:
        run = run[:-1]
    words = [bare(t) for t in run]
    cut = titles_end(words)
    kept, before = run[cut:], tuple(words[:cut])
    named = tuple(words[cut:])
    found, certain = what(words, named, before)
    if found in (What.BODY, What.PLACE) and cut:
        kept, named, before = run, tuple(words), ()
    is_bare = found is What.UNKNOWN and not before and not headline
    if is_bare and (_follows_role(layout, run[0].start) or _AGE.match(layout.text, end)):
        found, certain = What.PERSON, True
    span = Span(kept[0].start, _end_of(kept[-1]))
    return Name(
        span=span,
        full=Span(run[0].start, end),
        words=named,
        what=found,
        before=before,
        certain=certain,
        possessive=run[-1].text != words[-1]
        or (layout.text[run[-1].end : run[-1].end + 1] in ("'", "’") and run[-1].text.endswith("s")),
        sentence=index,
        quoted=layout.is_quoted(span.start),
        text=" ".join(layout.text[span.start : span.end].split()),
        in_title=headline or layout.sentences[index].zone is ZoneKind.TITLE,
    )


#: "Bettany, 61": only people have ages.
_AGE = re.compile(r", \(?[1-9]\d(?=[,.;)”\"])")


def _follows_role(layout: Layout, start: int) -> bool:
    """Whether a noun for one person stands right before: "his daughter Morag", "the coach Farstad"."""
    before = layout.tokens_between(max(0, start - 40), start)[-1:]
    return (
        bool(before)
        and before[0].text.islower()
        and before[0].lower in lists.roles()
        and layout.text[before[0].end : start] in (" ", "\u00a0")
    )


def _end_of(token: Token) -> int:
    return token.start + len(bare(token))
