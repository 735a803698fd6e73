"""Which names on record are one speaker.

In: names on record, and the user's merges. Out: the name that each is canonical by. One speaker are

- the same full name of the same kind, however it is typed;
- names to which an authority gives one identifier, and a name without one whose only namesake has one;
- a person's name with and without a middle initial, unless the record has two that differ in it;
- spellings of one full name, and a rare surname alone with the one who bears it (`spellings` says which);
- names that the user merged. What the user says of a name goes before all but an authority.

Which names are one follows from the names on record and the merges alone, not from the order in which they
came; when a name makes that change, what its namesakes said waits to be grouped into utterances again.

Thin: offices and bodies are not compared, so that of two people of one name, and of a common surname, only an
authority or the user tells; `likeness` names the pairs to look at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.record import folding, grouped, rows, spellings, tallies
from onrecord.record.results import DecisionKind
from onrecord.record.speakers import index_words
from onrecord.types import SpeakerKind


@dataclass(frozen=True, slots=True)
class Name:
    """A name on record, with what it is tied to others by."""

    number: int
    name: str
    key: str
    kind: str
    authority: str
    core: str
    spelt: str
    surname: str
    canonical: int

    @property
    def order(self) -> tuple[str, ...]:
        """A place among names that does not depend on when they came."""
        return self.key, self.kind, self.authority, self.name


@dataclass(frozen=True, slots=True)
class Merge:
    """The user's word that a name, of one kind or of any, is another."""

    key: str
    kind: str | None
    into_name: str
    into_kind: str | None

    @property
    def into_key(self) -> str:
        return folding.name_key(self.into_name)


def held_merges(connection: sqlite3.Connection) -> list[Merge]:
    """The merges that hold, in the order in which they were made."""
    out = list[Merge]()
    for kind, name, name_kind, into_names, into_kind in connection.execute(
        "SELECT kind, name, name_kind, into_names, into_kind FROM decisions"
        " WHERE kind IN (?, ?) AND sha256 IS NULL AND undone_at IS NULL ORDER BY decision",
        (DecisionKind.MERGE.value, DecisionKind.SPLIT.value),
    ):
        key = folding.name_key(name)
        if kind == DecisionKind.SPLIT.value:  # takes back every merge of this name so far
            out = [m for m in out if m.key != key or (name_kind and m.kind and m.kind != name_kind)]
        else:
            out.append(Merge(key, name_kind, rows.load_strings(into_names)[0], into_kind))
    return out


def _apart(connection: sqlite3.Connection, merges: Sequence[Merge]) -> frozenset[str]:
    """Folded names that no spelling ties to another: the user has said whose they are, or that they stand alone."""
    split = connection.execute(
        "SELECT name FROM decisions WHERE kind = ? AND sha256 IS NULL AND undone_at IS NULL",
        (DecisionKind.SPLIT.value,),
    )
    return frozenset({folding.name_key(row[0]) for row in split} | {merge.key for merge in merges})


def settle_keys(connection: sqlite3.Connection, keys: Iterable[str]) -> None:
    """Says anew who the speakers of some folded names are, once a merge was made or undone."""
    found = set[int]()
    for key in keys:
        found.update(
            int(row[0])
            for row in connection.execute("SELECT speaker FROM speakers WHERE key = ? AND scope = ''", (key,))
        )
    settle(connection, sorted(found))


def settle(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    """Says anew which of the names that some names are or could be tied to are one speaker."""
    merges = held_merges(connection)
    names = neighbourhood(connection, numbers, merges)
    if _enter_targets(connection, names, merges):
        names = neighbourhood(connection, numbers, merges)
    if len(names) < 2 and all(name.canonical == name.number for name in names.values()):
        return
    parent = {number: number for number in names}
    head = dict[int, int]()  # root -> the name that the user chose for it

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(a: int, b: int) -> None:
        """b's head stays the head."""
        ra, rb = root(a), root(b)
        if ra != rb:
            parent[ra] = rb
            if ra in head and rb not in head:
                head[rb] = head[ra]

    ordered = sorted(names.values(), key=lambda name: name.order)
    apart = _apart(connection, merges)
    for a, b in (
        *_tied_by_authority(ordered),
        *_tied_by_initial(ordered),
        *spellings.tied_by_spelling(ordered, apart),
    ):
        join(a, b)
    for a, b in spellings.tied_by_surname(ordered, apart, {number: root(number) for number in names}):
        join(a, b)
    for merge in merges:
        sources = [n.number for n in ordered if n.key == merge.key and merge.kind in (None, n.kind)]
        targets = [n.number for n in ordered if n.key == merge.into_key and merge.into_kind in (None, n.kind)]
        if sources and targets:
            target = targets[0]
            chosen = target if root(sources[0]) == root(target) else head.get(root(target), target)
            for number in (*sources, *targets):
                join(number, target)
            head[root(target)] = chosen
    _write(connection, names, root, head)


def _enter_targets(connection: sqlite3.Connection, names: dict[int, Name], merges: Sequence[Merge]) -> bool:
    """Enters the names that users merged some others into and that no article has; whether there were any."""
    has = {(name.key, name.kind) for name in names.values()}
    n_before = len(has)
    for merge in merges:
        kinds = sorted(kind for key, kind in has if key == merge.key and merge.kind in (None, kind))
        if not kinds or any(key == merge.into_key and merge.into_kind in (None, kind) for key, kind in has):
            continue
        kind = merge.into_kind or kinds[0]
        forms = tie_forms(merge.into_key) if kind == SpeakerKind.PERSON.value else ("", "", "")
        number = connection.execute(
            "INSERT INTO speakers (name, kind, key, scope, authority, core, spelt, surname, canonical)"
            " VALUES (?, ?, ?, '', '', ?, ?, ?, 0)",
            (merge.into_name, kind, merge.into_key, *forms),
        ).lastrowid
        assert number is not None
        connection.execute("UPDATE speakers SET canonical = speaker WHERE speaker = ?", (number,))
        index_words(connection, [(number, merge.into_key)])
        has.add((merge.into_key, kind))
    return len(has) > n_before


def neighbourhood(
    connection: sqlite3.Connection, numbers: Iterable[int], merges: Sequence[Merge]
) -> dict[int, Name]:
    """The names that some names are tied to, have been, or could be by the rules above."""
    into: dict[str, set[str]] = {}
    for merge in merges:
        into.setdefault(merge.key, set()).add(merge.into_key)
        into.setdefault(merge.into_key, set()).add(merge.key)
    found: dict[int, Name] = {}
    waiting, asked = list(numbers), set[tuple[str, str | int]]()
    while waiting:
        number = waiting.pop()
        if number in found:
            continue
        row = connection.execute(
            "SELECT speaker, name, key, kind, authority, core, spelt, surname, canonical FROM speakers"
            " WHERE speaker = ?",
            (number,),
        ).fetchone()
        if row is None:
            continue
        name = found[number] = Name(*row)
        ties: list[tuple[str, str | int]] = [("canonical", name.canonical), ("canonical", number)]
        ties += [("key", key) for key in (name.key, *into.get(name.key, ()))]
        forms = (
            ("authority", name.authority),
            ("core", name.core),
            ("spelt", name.spelt),
            ("surname", name.surname),
        )
        ties += [(column, value) for column, value in forms if value]
        for column, value in ties:
            if (column, value) not in asked:
                asked.add((column, value))
                more = f"SELECT speaker FROM speakers WHERE {column} = ? AND {column} <> '' AND scope = ''"
                waiting += [int(other[0]) for other in connection.execute(more, (value,))]
    return found


def _tied_by_authority(names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """Names with one identifier; and a name without one beside its only namesake that has one."""
    first: dict[tuple[str, str], int] = {}
    identifiers: dict[tuple[str, str], set[str]] = {}
    for name in names:
        if name.authority:
            yield name.number, first.setdefault((name.kind, name.authority), name.number)
            identifiers.setdefault((name.kind, name.key), set()).add(name.authority)
    for name in names:
        known = identifiers.get((name.kind, name.key), set())
        if not name.authority and len(known) == 1:
            yield name.number, first[name.kind, next(iter(known))]


def _tied_by_initial(names: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """Ana Ruiz and Ana M. Ruiz, unless there is an Ana P. Ruiz too, or they are known to be two."""
    cores: dict[str, list[Name]] = {}
    for name in names:
        if name.core:
            cores.setdefault(name.core, []).append(name)
    for core, members in cores.items():
        has_initial = {name.key for name in members if name.key != core}
        identifiers = {name.authority for name in members if name.authority}
        if len(has_initial) == 1 and len(identifiers) < 2:
            yield from ((name.number, members[0].number) for name in members[1:])


def _write(
    connection: sqlite3.Connection, names: dict[int, Name], root: Callable[[int], int], head: dict[int, int]
) -> None:
    groups: dict[int, list[Name]] = {}
    for name in names.values():
        groups.setdefault(root(name.number), []).append(name)
    moved = list[int]()
    for number, members in groups.items():
        # without the user's word the longest name without initials stands for all
        plainest = min(members, key=lambda name: (name.key != name.core, -len(name.name), name.order))
        chosen = head.get(number, plainest.number)
        for name in members:
            if name.canonical != chosen:
                tallies.move(connection, name.number, name.canonical, chosen)
                moved.append(name.number)
    for number in moved:
        grouped.enqueue(
            connection,
            [
                int(row[0])
                for row in connection.execute(
                    "SELECT s.statement FROM statement_speakers ss JOIN statements s ON s.statement = ss.statement"
                    " WHERE ss.speaker = ? AND s.is_current = 1",
                    (number,),
                )
            ],
        )


def tie_forms(key: str) -> tuple[str, str, str]:
    """What a person's name is tied to others by: `core`, `spelt`, `surname`."""
    return _core(key), spellings.spelt(key), spellings.surname(key)


def _core(key: str) -> str:
    """First and last name where there is nothing but initials between them; else ''."""
    first, *middle, last = key.split(" ") if " " in key else ("", "")
    is_core = len(first) > 1 and len(last) > 1 and all(len(word) == 1 for word in middle)
    return f"{first} {last}" if is_core else ""
