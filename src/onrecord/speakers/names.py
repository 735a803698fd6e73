"""Names in the article's own words, each with its place and what kind of thing it names.

In: a `Layout`. Out: `Name`s in the order of the text. Rules and lists, no model: a name is a run
of capitalised words; the lists say where a person's begins behind titles, and what is a body, a country,
a ministry. Thin: names written without capitals, and people whose names are common words, are missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from onrecord.speakers import lists
from onrecord.speakers.layout import Layout, Sentence, Token
from onrecord.types import Span, ZoneKind

#: Small words inside a surname.
PARTICLES = frozenset(
    [
        "al",
        "ben",
        "bin",
        "da",
        "das",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "ibn",
        "la",
        "le",
        "van",
        "von",
    ]
)
#: Those that go on with a run of capitals.
_PARTICLES = PARTICLES | {"af", "av", "e", "san", "ten", "ter", "y", "zu"}
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_JOINERS = frozenset({"of", "for", "and", "on", "the", "&", "in"})
_POSSESSIVE = re.compile(r"['’](?:[sS])?$")
#: Names with more words than this are lines of capitals, not names.
MAX_WORDS = 12
_OFFICES_OF = frozenset(
    [
        "secretary",
        "minister",
        "speaker",
        "chief",
        "leader",
        "chairman",
        "president",
        "director",
        "head",
        "governor",
        "supervisor",
    ]
)


class What(Enum):
    """What a name names, as far as its own words show."""

    PERSON = auto()
    BODY = auto()
    GROUP = auto()
    PLACE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Name:
    """A name at its place. words: without titles and possessive. before: the titles cut off it.

    span covers the words alone; full covers titles too. certain: it is a person's name by its first
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
        words = self.words[:-1] if len(self.words) > 1 and self.words[-1].lower() in _SUFFIXES else self.words
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
                inside.add(_bare(token))
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
    i = _after_dateline(layout, index, sentence)
    while i < len(tokens):
        if not _is_capital(tokens[i]):
            i += 1
            continue
        j = _run_end(layout.text, tokens, i)
        starts = i == 0 or layout.text[tokens[i].start - 1] in _OPENING
        plain = starts and surnames is None and _bare(tokens[i]) in common
        given = j - i > 1 and _bare(tokens[i]) in lists.first_names()
        if plain and not given and not _is_title(tokens, i, j) and not _is_country(tokens, i, j):
            i += 1
            continue
        yield from _names_of_run(layout, index, tokens, i, j, surnames)
        i = j


_DATELINE = re.compile(
    r"[^\W\d_a-z][^.!?;:“”\"—–―]{2,60}?(?:\.[^.!?;:“”\"—–―]{0,30})?\s*(?:\([\w /.]{2,20}\)\s*)?[—–―]\s|[^\W\d_a-z]{3,}[\w ,.]{0,40}\([\w /.]{2,20}\)\s*-+\s|[^\W\d_a-z]{4,}[A-Z ,.]{0,30}\s-+\s"
)


_OPENING = frozenset("\"“‘'(")


def _is_country(tokens: tuple[Token, ...], i: int, j: int) -> bool:
    return _phrase(tokens, i, j) in lists.countries().names


def _is_title(tokens: tuple[Token, ...], i: int, j: int) -> bool:
    """Whether a run's first word is an office or a rank before a name ("President Ruiz")."""
    return j - i > 1 and _bare(tokens[i]).lower() in lists.titles()


def _after_dateline(layout: Layout, index: int, sentence: Sentence) -> int:
    """How many tokens a paragraph's dateline has ("LISBON, May 3 (AP) —"), 0 where there is none."""
    if index and layout.sentences[index - 1].paragraph == sentence.paragraph:
        return 0
    m = _DATELINE.match(layout.text, sentence.start, min(sentence.end, sentence.start + 120))
    if m is None or not layout.text[m.start() : m.start() + 3].isupper():
        return 0
    tokens = layout.tokens[sentence.first : sentence.last]
    return sum(1 for t in tokens if t.start < m.end())


def _is_capital(token: Token) -> bool:
    return (token.text[0].isupper() and not _NO_NAME.match(token.text)) or _PREFIXED.match(
        token.text
    ) is not None


#: "I", "I've", "D-Conn": capitals that begin no name.
_NO_NAME = re.compile(r"I(?:['’]\w+)?$|[DRI][-–‐‑][A-Z]")
_PREFIXED = re.compile(r"(?:al|el|as|ad|ar|an|bin|ibn|de|van|d)[-’'‐‑][^\W\d_a-z]")


def _run_end(text: str, tokens: tuple[Token, ...], i: int) -> int:
    """Where the run of capitalised words that starts at i ends; particles and joiners may stand inside."""
    j = i + 1
    while j < len(tokens) and j - i < 4 * MAX_WORDS:
        if not _joined(text, tokens[j - 1], tokens[j]) or _is_possessive(tokens[j - 1]):
            break
        if _is_capital(tokens[j]):
            j += 1
            continue
        k = j
        while (
            k < len(tokens)
            and k - j < 3
            and tokens[k].text in _PARTICLES
            and _joined(text, tokens[k - 1], tokens[k])
        ):
            k += 1
        if k > j and k < len(tokens) and _is_capital(tokens[k]) and _joined(text, tokens[k - 1], tokens[k]):
            j = k + 1
            continue
        k = j
        while (
            k < len(tokens)
            and k - j < 2
            and tokens[k].text in _JOINERS
            and _joined(text, tokens[k - 1], tokens[k])
        ):
            k += 1
        if (
            k > j
            and k < len(tokens)
            and _is_capital(tokens[k])
            and _joined(text, tokens[k - 1], tokens[k])
            and _joins_body(tokens, i, j, k)
        ):
            j = k + 1
            continue
        break
    return j


def _joins_body(tokens: tuple[Token, ...], i: int, j: int, k: int) -> bool:
    """Whether "of", "for", "and" between tokens[i:j] and tokens[k:] stand inside one body's name."""
    joiner = tokens[j].text
    if tokens[k].text in _CALENDAR:
        return False
    if joiner in ("and", "&"):
        whole = _phrase(tokens, i, j)
        end = k
        while end < len(tokens) and _is_capital(tokens[end]):
            end += 1
        if _phrase(tokens, i, end) in lists.countries().names:
            return True
        if k - j > 1 or lists.countries().meant(whole) or whole in lists.known_bodies():
            return False
        bodies = lists.words("bodies")
        last = _bare(tokens[end - 1]).lower()
        inside = any(_bare(t).lower() in lists.words("body_heads") for t in tokens[i:j]) and any(
            t.text in ("of", "for") for t in tokens[i:j]
        )
        first = _bare(tokens[j - 1])
        if first in lists.first_names() or _bare(tokens[j - 1]).lower() in bodies:
            return inside
        return inside or (
            last in bodies and end - k >= 2 and tokens[end - 1].lower in lists.words("body_heads")
        )
    if joiner == "of" and _bare(tokens[j - 1]).lower() in _OFFICES_OF:
        return True
    if joiner == "in":
        return _phrase(tokens, i, k + 1) in lists.known_bodies()
    if joiner == "for" and k - j == 1 and _bare(tokens[k]) in _CAUSES:
        return True
    return joiner in ("of", "for", "on") and any(
        _bare(t).lower() in lists.words("body_heads") for t in tokens[i:j]
    )


#: "Vermonter", "Iowan", "Activist" before a first and a last name.
_DEMONYM = re.compile(r"[a-z](?:er|an|ist|ese|ant|ite)$")
_CALENDAR = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan.",
        "Feb.",
        "Mar.",
        "Apr.",
        "Jun.",
        "Jul.",
        "Aug.",
        "Sept.",
        "Sep.",
        "Oct.",
        "Nov.",
        "Dec.",
    ]
)
_CAUSES = frozenset(
    {
        "America",
        "Americans",
        "Justice",
        "Growth",
        "Freedom",
        "Progress",
        "Peace",
        "Change",
        "Life",
        "Humanity",
    }
)


def _phrase(tokens: tuple[Token, ...], i: int, j: int) -> str:
    """The words of tokens[i:j] without possessives and a "The" at their head."""
    words = [_bare(t) for t in tokens[i:j]]
    return " ".join(words[1:] if words and words[0] == "The" else words)


def _joined(text: str, a: Token, b: Token) -> bool:
    gap = text[a.end : b.start]
    return (len(gap) <= 2 and gap.strip(" \u00a0\t") == "") or gap in (" & ",)


def _is_possessive(token: Token) -> bool:
    return token.text.endswith(("'s", "’s", "'S", "’S"))


def _bare(token: Token) -> str:
    return _POSSESSIVE.sub("", token.text)


def _names_of_run(
    layout: Layout, index: int, tokens: tuple[Token, ...], i: int, j: int, surnames: frozenset[str] | None
) -> Iterator[Name]:
    run = list(tokens[i:j])
    text = layout.text
    function = lists.words("function_words")
    starts = i == 0 or text[run[0].start - 1] in _OPENING or surnames is not None
    while run and (starts or run[0].text in ("The", "A", "An")) and run[0].lower in function:
        if _starts_name(run):
            break
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
        and run[-1].text in _CALENDAR
        and not (len(run) == 2 and run[0].text in lists.first_names())
    ):
        run.pop()
    if not run:
        return
    if surnames is not None:
        for part in _headline_parts(run, surnames):
            yield _make(layout, index, part, tokens, i == 0, True)
        return
    if len(run) > MAX_WORDS or (len(run) == 1 and run[0].text in _CALENDAR):
        return
    if len(run) > 4 and _bare(run[0]) in lists.first_names() and all(_is_capital(t) for t in run):
        for part in _headline_parts(run, frozenset()):
            yield _make(layout, index, part, tokens, False, True)
        return
    name = _make(layout, index, tuple(run), tokens, i == 0 and run[0] is tokens[0], False)
    if name.words:
        yield name


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
        word = _bare(run[i])
        starts = (
            word in names and i + 1 < len(run) and not _is_possessive(run[i]) and len(_bare(run[i + 1])) > 1
        )
        after = _bare(run[i + 1]).lower() if i + 1 < len(run) else ""
        starts = starts and after not in lists.words("verbs") and after not in lists.words("saying_verbs")
        if starts and (word not in surnames or _bare(run[i + 1]) in surnames):
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
    names, titles = lists.first_names(), lists.titles()
    countries = lists.countries()
    words = [_bare(t) for t in run]
    cut = _titles_end(words, titles, names, countries)
    kept = run[cut:]
    bare = tuple(_bare(t) for t in kept)
    full = Span(run[0].start, _end_of(run[-1]))
    before = tuple(words[:cut])
    what, certain = _what(words, bare, before)
    if what in (What.BODY, What.PLACE) and cut:
        kept, bare = run, tuple(words)
        before = ()
    span = Span(kept[0].start, _end_of(kept[-1]))
    return Name(
        span=span,
        full=full,
        words=bare,
        what=what,
        before=before,
        certain=certain,
        possessive=run[-1].text != words[-1]
        or (layout.text[run[-1].end : run[-1].end + 1] in ("'", "’") and run[-1].text.endswith("s")),
        sentence=index,
        quoted=layout.is_quoted(span.start),
        text=" ".join(layout.text[span.start : span.end].split()),
        in_title=headline or layout.sentences[index].zone is ZoneKind.TITLE,
    )


def _end_of(token: Token) -> int:
    return token.start + len(_bare(token))


def _titles_end(words: list[str], titles: object, names: object, countries: lists.Countries) -> int:
    """How many leading words of a run are titles, offices, parties and nations before a person's name."""
    table, given = lists.titles(), lists.first_names()
    n = len(words)
    cut = 0
    for k in range(n - 2, 0, -1):
        if (
            words[k] in given
            and words[k - 1].lower() in table
            and n - k <= 3
            and words[k].lower() not in table
        ):
            return k
    while cut < n - 1 and words[cut].split("-")[-1].lower() in lists.roles() and "-" in words[cut]:
        cut += 1
    if any(w in ("of", "for", "on") for w in words) and any(
        w.lower() in lists.words("body_heads") for w in words[:-1]
    ):
        of = next(k for k, w in enumerate(words) if w in ("of", "for", "on"))
        if words[of - 1].lower() in lists.words("body_heads"):
            return 0
    for k in range(n - 1):
        word = words[k].lower()
        after = words[k + 1]
        if after.lower() in _SUFFIXES:
            break
        if word in table and not (words[k] in given and k + 1 < n and k == cut and word not in _TITLE_FIRST):
            cut = k + 1
    if cut == 0 and n == 3 and words[1] in given and words[0] not in given and _DEMONYM.search(words[0]):
        return 1
    if cut == 0 and n >= 4 and words[0] not in given and words[-1].lower() not in lists.words("bodies"):
        late = [k for k in range(1, n - 1) if words[k] in given and n - k <= 3]
        if late and not any(w.lower() in _JOINERS for w in words[late[0] :]):
            return late[0]
    if cut == 0 and n >= 3:
        for k in range(1, n - 1):
            if words[k] in given and words[0] not in given and len(words[0].strip(".")) > 1:
                if words[0] in countries.adjectives or any(
                    w in countries.adjectives or w.lower() in lists.words("bodies") or w.isupper()
                    for w in words[:k]
                ):
                    return k
                return 0
    return cut


_TITLE_FIRST = frozenset(
    {"bishop", "sen.", "rep.", "gen.", "judge", "pope", "prince", "king", "queen", "general"}
)


def _what(words: list[str], bare: tuple[str, ...], before: tuple[str, ...]) -> tuple[What, bool]:
    names, bodies, countries = lists.first_names(), lists.words("bodies"), lists.countries()
    whole = " ".join(words)
    known = lists.known_bodies()
    if countries.named(whole) or whole in lists.states():
        return What.PLACE, True
    if whole in known:
        return What.BODY, True
    lowered = [w.lower() for w in bare]
    titled = any(
        lists.titles()[b.lower()].role or lists.titles()[b.lower()].gender
        for b in before
        if b.lower() in lists.titles()
    )
    if (
        len(bare) > 1
        and not whole.isupper()
        and (
            (_is_acronym(bare[-1]) and len(bare[-1]) > 2 and lowered[-1] not in _SUFFIXES)
            or any(c.isdigit() for c in whole)
        )
    ):
        return What.BODY, False
    if len(bare) > 1 and lowered[-1] in bodies:
        people = False
    else:
        people = (len(bare) > 1 and lowered[-1] in lists.words("groups")) or _is_people(bare[-1])
    if people:
        return What.GROUP, False
    if before and lowered[-1] in bodies and bare[0] not in names:
        return What.BODY, True
    if len(bare) == 1:
        if titled and lowered[0] in lists.titles() and lists.titles()[lowered[0]].role:
            return What.UNKNOWN, False
        if titled:
            return What.PERSON, True
        if _is_acronym(bare[0]):
            return What.BODY, False
        return What.UNKNOWN, False
    if any(w in bodies for w in [*lowered[-1:], lowered[0]]) or any(
        w in ("of", "for", "and") for w in lowered
    ):
        person = (
            names.get(bare[0]) is not None and len(bare) == 2 and lowered[-1] not in lists.words("body_heads")
        )
        if not (person and titled):
            return What.BODY, not person
    if bare[0] in names or (titled and len(bare) <= 4) or _is_initial(bare[0]):
        return What.PERSON, True
    if bare[0] in lists.states() or bare[0] in _COMPASS:
        return What.BODY, False
    if any(
        (_is_acronym(w) and not whole.isupper()) or w in countries.adjectives or w in countries.names
        for w in bare
    ):
        return What.BODY, False
    return What.UNKNOWN, False


_COMPASS = frozenset(
    [
        "North",
        "South",
        "East",
        "West",
        "Northern",
        "Southern",
        "Eastern",
        "Western",
        "Central",
        "New",
        "San",
        "Los",
        "Las",
        "El",
        "Fort",
        "Mount",
        "Lake",
    ]
)


def _is_people(word: str) -> bool:
    """A capitalised plural for people: a nation, a party, a job ("Germans", "Republicans", "Senators")."""
    word = re.split(r"[-‐‑]", word)[-1] or word
    lower = word.lower()
    if not lower.endswith(("s", "men", "women", "people")) or lower.endswith("ss"):
        return False
    one = lower[:-1]
    countries = lists.countries()
    if word[:-1] in countries.adjectives and word not in countries.names:
        return True
    return one in lists.roles() or lower in lists.words("groups")


def _is_initial(word: str) -> bool:
    return len(word) <= 4 and word.endswith(".") and word.replace(".", "").isupper()


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "").replace("&", "").replace("-", "")
    return (
        len(letters) >= 2 and letters.isupper() and letters.isalpha() and (len(letters) <= 5 or "." in word)
    )
