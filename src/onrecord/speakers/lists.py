"""The word lists and facts that speakers are told by, read once a process from the files in `data`.

In: the files, one item a line, fields between bars, `#` for comments. Out: frozen tables.
Leaves to others: what a table means for a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Title:
    """A word before a name: the role it stands for ("" for none) and the gender it shows ("")."""

    role: str
    gender: str


@dataclass(frozen=True, slots=True)
class Role:
    """A noun for one person: the gender it shows and the other nouns that may follow it."""

    gender: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country: its name with its article, and the words that stand for it or its government."""

    name: str

    @property
    def government(self) -> str:
        return f"Government of {self.name}"

    @property
    def short(self) -> str:
        return self.name.removeprefix("the ")


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office and the days it was held, ISO 8601, "" where open."""

    office: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Leader:
    """A person that papers name by surname or by office alone."""

    name: str
    gender: str
    aliases: tuple[str, ...]
    country: str
    tenures: tuple[Tenure, ...]


@dataclass(frozen=True, slots=True)
class Countries:
    """Tables from words, as written, to countries: names; adjectives; capitals and seats."""

    names: Mapping[str, Country]
    adjectives: Mapping[str, Country]
    seats: Mapping[str, Country]

    def named(self, words: str) -> Country | None:
        """The country whose name or seat these words are."""
        return self.names.get(words) or self.seats.get(words)

    def meant(self, words: str) -> Country | None:
        """The country that a name, an adjective or a seat points to."""
        return self.names.get(words) or self.adjectives.get(words) or self.seats.get(words)


def _rows(name: str) -> list[list[str]]:
    raw = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    lines = (line.strip() for line in raw.splitlines())
    return [[f.strip() for f in line.split("|")] for line in lines if line and not line.startswith("#")]


def _items(field: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in field.split(",") if item.strip())


@cache
def words(name: str) -> frozenset[str]:
    """The items of a plain list: groups, documents, bodies, common_bodies, function_words, …"""
    return frozenset(row[0] for row in _rows(f"{name}.txt"))


@cache
def first_names() -> Mapping[str, str]:
    """First names, as written, to m, f or both: u, um (more men), uf."""
    return MappingProxyType({row[0]: row[1] for row in _rows("first_names.txt")})


@cache
def titles() -> Mapping[str, Title]:
    """Words before names, in lower case."""
    return MappingProxyType(
        {row[0]: Title(row[1], row[2] if len(row) > 2 else "") for row in _rows("titles.txt")}
    )


@cache
def roles() -> Mapping[str, Role]:
    """Nouns for a person, in lower case."""
    return MappingProxyType(
        {row[0]: Role(row[1], _items(row[2]) if len(row) > 2 else ()) for row in _rows("roles.txt")}
    )


@cache
def countries() -> Countries:
    """The countries of the world by what they are called."""
    names: dict[str, Country] = {}
    adjectives: dict[str, Country] = {}
    seats: dict[str, Country] = {}
    for name, other, adjective, seat in _rows("countries.txt"):
        country = Country(name)
        for item in (name.removeprefix("the "), *_items(other)):
            names.setdefault(item, country)
        for item in _items(adjective):
            adjectives.setdefault(item, country)
            if item.endswith(("n", "i", "t", "b", "k", "d", "e")):
                adjectives.setdefault(item + "s", country)
        for item in _items(seat):
            seats.setdefault(item, country)
    return Countries(MappingProxyType(names), MappingProxyType(adjectives), MappingProxyType(seats))


@cache
def ministries() -> Mapping[tuple[str, str], str]:
    """(field, country or "*") to the body's official name."""
    table: dict[tuple[str, str], str] = {}
    for fields, name, country in _rows("ministries.txt"):
        for field in _items(fields):
            table.setdefault((field, country), name)
    return MappingProxyType(table)


@cache
def states() -> Mapping[str, str]:
    """Names and short forms of the states of the USA to their names."""
    table: dict[str, str] = {}
    for name, short in _rows("states.txt"):
        for item in (name, *_items(short)):
            table[item] = name
    return MappingProxyType(table)


@cache
def known_bodies() -> Mapping[str, str]:
    """Short forms of bodies' names, as written, to their names."""
    table: dict[str, str] = {}
    for name, short in _rows("known_bodies.txt"):
        for item in (name, *_items(short)):
            table[item] = name
    return MappingProxyType(table)


@cache
def calibration() -> tuple[tuple[float, float], ...]:
    """Raw scores with the share of names that were right, both rising."""
    return tuple((float(raw), float(share)) for raw, share in _rows("calibration.txt"))


@cache
def pollsters() -> Mapping[str, str]:
    """The words that polls are called by to the bodies that make them."""
    return MappingProxyType({word: name for name, word in _rows("pollsters.txt")})


@cache
def known_people() -> tuple[Leader, ...]:
    """People whom papers name in several ways, without offices."""
    return tuple(
        Leader(name, gender, _items(aliases), "", ()) for name, gender, aliases in _rows("known_people.txt")
    )


@cache
def leaders() -> tuple[Leader, ...]:
    """People in office, with the days of their offices."""
    out = []
    for name, gender, aliases, country, offices in _rows("leaders.txt"):
        tenures = []
        for item in filter(None, (o.strip() for o in offices.split(";"))):
            office, days = item.rsplit(" ", 1)
            since, until = days.split("..")
            tenures.append(Tenure(office, since, until))
        out.append(Leader(name, gender, _items(aliases), country, tuple(tenures)))
    return tuple(out)
