"""Settings that quotations stand in, and how each is written: one short text with what is marked in it.

In: quotations and paragraphs of narration (`Material`), a source of chance, invented names. Out: a `Page` under
construction with one setting more: a transcript, an interview, "quote" - Name, a post, a headline, a block quotation,
one that stands alone, a continued one, words that are quoted but nobody's. Leaves to others: where the material comes
from and how many are written (`attributions_classes`).

A setting's name seeds the examples that `evaluate_attributions` judges it by.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from training.attributions_data import Marked

_FIRST = [
    "Ana",
    "Luis",
    "Marta",
    "Dev",
    "Priya",
    "Tomas",
    "Ingrid",
    "Kwame",
    "Leila",
    "Oskar",
    "Nadia",
    "Hugo",
    "Farah",
    "Mikko",
    "Rosa",
    "Callum",
    "Yusuf",
    "Elena",
    "Bao",
    "Greta",
    "Samir",
    "Joan",
    "Pavel",
    "Noor",
    "Ivo",
    "Beatriz",
    "Anton",
    "Mei",
    "Carla",
    "Dmitri",
    "Hana",
    "Victor",
    "Zoe",
    "Rafael",
    "Ines",
    "Piotr",
    "Amara",
    "Erik",
]
_LAST = [
    "Ruiz",
    "Okafor",
    "Lindqvist",
    "Marchetti",
    "Haddad",
    "Kowalski",
    "Tanaka",
    "Obi",
    "Petrov",
    "Delgado",
    "Byrne",
    "Nakamura",
    "Silva",
    "Novak",
    "Rahman",
    "Eriksen",
    "Castillo",
    "Moreau",
    "Adeyemi",
    "Fischer",
    "Quinn",
    "Varga",
    "Mensah",
    "Larsen",
    "Ortega",
    "Chowdhury",
    "Weiss",
    "Abbott",
    "Salazar",
    "Kim",
    "Dunne",
    "Horvat",
    "Aziz",
    "Bergman",
    "Costa",
    "Ferreira",
    "Ito",
    "Jansen",
    "Keita",
    "Lowell",
]
_TITLES = (
    "mayor",
    "senator",
    "union leader",
    "head of the agency",
    "a teacher",
    "professor of law",
    "striker",
)
_WORKS = (
    "The Long Road Home", "A Quiet Season", "Harbor Lights", "Night of the Reeds", "Broken Compass", "The Tenant",
    "Good Morning, Valley", "Second Shift", "Paper Crowns", "The Salt Year",
)  # fmt: skip
_SCARE = (
    "so-called",
    "smart",
    "fake",
    "special",
    "fiscal cliff",
    "big tent",
    "safe zone",
    "green",
    "new normal",
    "tiger",
)


@dataclass(frozen=True, slots=True)
class Material:
    """quotes: words that stood between marks; reports: indirect contents; plain: paragraphs of narration."""

    quotes: tuple[str, ...]
    reports: tuple[str, ...]
    plain: tuple[str, ...]


class Page:
    """A text under construction and what is marked in it."""

    def __init__(self) -> None:
        self.text = ""
        self.marked: list[Marked] = []

    def add(self, words: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += words
        return start, start + len(words)


Setting = Callable[[Page, Material, random.Random], None]


def _name(rng: random.Random) -> str:
    return f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"


def _sentence(words: str) -> str:
    words = words.strip(" ,")
    return words if words[-1:] in ".!?…" else words + "."


def _marks(rng: random.Random) -> tuple[str, str]:
    return rng.choice((("“", "”"), ('"', '"')))


def narration(page: Page, m: Material, rng: random.Random) -> None:
    """Adds a paragraph in which nobody says anything."""
    page.add(rng.choice(m.plain) + "\n\n")


def _turn(page: Page, speaker: str, words: Sequence[str], mark: str = ":") -> None:
    source = page.add(speaker)
    cue = page.add(mark)
    page.add(" ")
    content = []
    for i, paragraph in enumerate(words):
        content.append(page.add(paragraph))
        page.add("\n" if i + 1 == len(words) else "\n\n")
    page.marked.append(Marked([source], [cue], content))


def _transcript(page: Page, m: Material, rng: random.Random) -> None:
    if rng.random() < 0.5:
        narration(page, m, rng)
    names = [_name(rng) for _ in range(rng.randint(2, 3))]
    in_full = rng.random() < 0.3
    upper = rng.random() < 0.6
    for i in range(rng.randint(3, 7)):
        name = names[i % len(names)]
        shown = name if in_full or (i < len(names) and rng.random() < 0.3) else name.split()[-1]
        n = 2 if rng.random() < 0.1 else 1
        _turn(page, shown.upper() if upper else shown, [_sentence(rng.choice(m.quotes)) for _ in range(n)])
        if rng.random() < 0.5:
            page.add("\n")


def _interview(page: Page, m: Material, rng: random.Random) -> None:
    narration(page, m, rng)
    ask, answer = rng.choice(
        (("Q", "A"), ("Question", "Answer"), ("Q", rng.choice(_LAST)), ("Interviewer", _name(rng)))
    )
    for _ in range(rng.randint(2, 4)):
        _turn(page, ask, [_sentence(rng.choice(m.quotes)).rstrip(".!") + "?"])
        _turn(page, answer, [_sentence(rng.choice(m.quotes))])


def _signed(page: Page, m: Material, rng: random.Random) -> None:
    """A quotation, a dash and a name, on one line or two."""
    narration(page, m, rng)
    for _ in range(rng.randint(1, 3)):
        o, c = _marks(rng)
        content = page.add(f"{o}{_sentence(rng.choice(m.quotes))}{c}")
        page.add(rng.choice((" ", "\n", "\n\n")))
        cue = page.add(rng.choice(("—", "-", "–", "--")))
        page.add(rng.choice((" ", " ", "")))
        source = page.add(_name(rng))
        if rng.random() < 0.4:
            page.add(f", {rng.choice(_TITLES)}")
        page.add("\n\n")
        page.marked.append(Marked([source], [cue], [content]))
    narration(page, m, rng)


def _post(page: Page, m: Material, rng: random.Random) -> None:
    """A post set into an article: the words, then name, handle and day; or a handle that tweets."""
    narration(page, m, rng)
    name = _name(rng)
    handle = "@" + name.replace(" ", rng.choice(("", "_"))) + rng.choice(("", "", "1", "HQ"))
    words = _sentence(rng.choice(m.quotes))
    if rng.random() < 0.6:
        content = page.add(words)
        page.add(rng.choice((" ", "\n", "\n\n")))
        cue = page.add(rng.choice(("—", "—", "-")))
        page.add(" ")
        source = page.add(name)
        page.add(
            f" ({handle}) {rng.choice(('March', 'May', 'October'))} {rng.randint(1, 28)}, 20{rng.randint(12, 26)}\n\n"
        )
    else:
        o, c = _marks(rng)
        source = page.add(rng.choice((handle, name)))
        page.add(" ")
        cue = page.add(rng.choice(("tweeted:", "tweeted", "posted:", "wrote on X:", "wrote:")))
        page.add(" ")
        content = page.add(f"{o}{words}{c}")
        page.add("\n\n")
    page.marked.append(Marked([source], [cue], [content]))
    narration(page, m, rng)


def _headline(page: Page, m: Material, rng: random.Random) -> None:
    """A headline alone or above a paragraph; in title case or not; single marks."""
    words = rng.choice(m.reports if rng.random() < 0.6 else m.quotes).rstrip(".")
    words = " ".join(words.split()[:16])
    if rng.random() < 0.7:
        words = " ".join(w[:1].upper() + w[1:] if len(w) > 3 else w for w in words.split())
    words = words[:1].upper() + words[1:]
    name = rng.choice((_name(rng), rng.choice(_LAST), rng.choice(_LAST)))
    form = rng.random()
    cue: tuple[int, int] | None = None
    marked = words if rng.random() < 0.5 else rng.choice((f"‘{words}’", f"'{words}'"))
    if form < 0.35:
        source, cue = page.add(name), page.add(":")
        page.add(" ")
        content = page.add(marked)
    elif form < 0.75:
        source = page.add(name)
        page.add(" ")
        cue = page.add(rng.choice(("Says", "Says", "Warns", "Claims", "Tells Panel", "says", "warns")))
        page.add(" ")
        content = page.add(marked)
    else:
        content = page.add(rng.choice((f"‘{words},’", f"'{words},'", f"‘{words}’,", f"‘{words}’:")))
        page.add(" ")
        source = page.add(name)
        if rng.random() < 0.8:
            page.add(" ")
            cue = page.add(rng.choice(("Says", "says", "Tells Court", "Warns")))
    page.add("\n\n")
    page.marked.append(Marked([source], [cue] if cue else [], [content]))
    if rng.random() < 0.7:
        narration(page, m, rng)


def _alone(page: Page, m: Material, rng: random.Random) -> None:
    """A paragraph that is a quotation and says not whose."""
    narration(page, m, rng)
    for _ in range(rng.randint(1, 2)):
        o, c = _marks(rng)
        content = page.add(f"{o}{_sentence(rng.choice(m.quotes))} {_sentence(rng.choice(m.quotes))}{c}")
        page.marked.append(Marked([], [], [content]))
        page.add("\n\n")
        narration(page, m, rng)


def _continued(page: Page, m: Material, rng: random.Random) -> None:
    """A quotation over several paragraphs; often only the last one is closed."""
    o, c = _marks(rng)
    name = rng.choice((_name(rng), rng.choice(_LAST), "he", "she"))
    if rng.random() < 0.5:
        first = page.add(f"{o}{_sentence(rng.choice(m.quotes)).rstrip('.')},{c}")
        page.add(" ")
        source = page.add(name)
        page.add(" ")
        cue = page.add(rng.choice(("said", "said", "added", "wrote")))
        page.add(". ")
        content = [first, page.add(f"{o}{_sentence(rng.choice(m.quotes))}")]
    else:
        source = page.add(name[:1].upper() + name[1:])
        page.add(" ")
        cue = page.add(rng.choice(("said", "wrote", "said in a statement", "told reporters")))
        page.add(": ")
        content = [page.add(f"{o}{_sentence(rng.choice(m.quotes))}")]
    more = rng.randint(1, 3)
    closes_each = rng.random() < 0.3
    if closes_each:
        content[-1] = (content[-1][0], page.add(c)[1])
    for i in range(more):
        page.add("\n\n")
        end = c if closes_each or i + 1 == more else ""
        content.append(page.add(f"{o}{_sentence(rng.choice(m.quotes))}{end}"))
    page.add("\n\n")
    page.marked.append(Marked([source], [cue], content))
    narration(page, m, rng)


def _block(page: Page, m: Material, rng: random.Random) -> None:
    """A colon, then paragraphs without marks."""
    source = page.add(_name(rng))
    page.add(" ")
    cue = page.add(rng.choice(("wrote", "said in a statement", "said in a letter to staff", "posted")))
    page.add(":\n\n")
    content = []
    for _ in range(rng.randint(1, 2)):
        content.append(page.add(f"{_sentence(rng.choice(m.quotes))} {_sentence(rng.choice(m.quotes))}"))
        page.add("\n\n")
    page.marked.append(Marked([source], [cue], content))
    narration(page, m, rng)


def _nobody(page: Page, m: Material, rng: random.Random) -> None:
    """Quoted words that are nobody's: titles of works, terms, scare quotes."""
    for _ in range(rng.randint(1, 3)):
        o, c = rng.choice((*[_marks(rng)] * 3, ("‘", "’")))
        words = rng.choice(m.plain).split()
        at = rng.randint(1, max(1, len(words) - 2))
        form = rng.random()
        if form < 0.4:
            words.insert(at, f"{o}{rng.choice(_SCARE)}{c}")
        elif form < 0.7:
            words[at] = f"{o}{words[at].strip('.,')}{c}"
        else:
            words = [
                *words,
                rng.choice(("It recalls", "The show is called", "She starred in", "The next album is")),
            ]
            words.append(f"{o}{rng.choice(_WORKS)}{'.' if rng.random() < 0.5 else ''}{c}")
        page.add(" ".join(words) + "\n\n")


SETTINGS: tuple[Setting, ...] = (
    _transcript,
    _interview,
    _signed,
    _post,
    _headline,
    _headline,
    _alone,
    _continued,
    _block,
    _nobody,
)
