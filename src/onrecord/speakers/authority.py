"""A user's own list of people and bodies, honoured before everything else.

In: CSV text with a header; columns name, aliases (between semicolons), qid, kind, offices (each
"office since..until", between semicolons), of which only name is needed. Out: an `Authority`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from onrecord.errors import InputError
from onrecord.speakers.introductions import Described, describe_text

#: More lines than this are no hand-kept list.
MAX_RECORDS = 200_000
_NEEDED = "name"
_KNOWN = frozenset({"name", "aliases", "qid", "kind", "offices", "gender"})


@dataclass(frozen=True, slots=True)
class Held:
    """An office and when it was held: ISO dates, "" where open."""

    office: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Record:
    """One person or body of the list."""

    name: str
    aliases: tuple[str, ...] = ()
    id: str | None = None
    kind: str = "person"
    gender: str = ""
    offices: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Authority:
    """A list of people and bodies; `label` is what evidence calls it."""

    label: str
    records: tuple[Record, ...]
    _by_name: Mapping[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)
    _by_office: Mapping[str, tuple[tuple[frozenset[str], Held, int], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __reduce__(self) -> tuple[object, ...]:
        return (make_authority, (self.label, self.records))

    def find(self, name: str) -> Record | None:
        """The one record that bears this name or alias; None where none or several do."""
        found = self._by_name.get(_key(name), ())
        return self.records[found[0]] if len(found) == 1 else None

    def holders(self, said: Described, day: str) -> tuple[Record, ...]:
        """Who held the office that a description names on a day (ISO)."""
        wanted = said.words - set(said.head.split())
        found = [
            k
            for words, held, k in self._by_office.get(said.head, ())
            if held.since <= day and (not held.until or day <= held.until) and wanted <= words
        ]
        return tuple(self.records[k] for k in dict.fromkeys(found))


def parse_authority(text: str, *, label: str = "authority") -> Authority:
    """The list that a CSV text holds; InputError where it has no column "name" or a line is damaged."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True)
    records: list[Record] = []
    try:
        header = [cell.strip().lower() for cell in next(rows, [])]
        if _NEEDED not in header:
            raise InputError(f"{label}, line 1: columns {header}, expected one called {_NEEDED!r}")
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if len(records) >= MAX_RECORDS:
                raise InputError(
                    f"{label}, line {rows.line_num}: more than {MAX_RECORDS} records; split the list"
                )
            cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
            if not cells.get("name"):
                raise InputError(f"{label}, line {rows.line_num}: no name; give one or remove the line")
            records.append(_record(cells, label, rows.line_num))
    except csv.Error as error:
        raise InputError(
            f"{label}, line {rows.line_num}: {error}; expected comma-separated values"
        ) from error
    return make_authority(label, tuple(records))


def make_authority(label: str, records: tuple[Record, ...]) -> Authority:
    """An Authority with its tables of names and offices."""
    table: dict[str, tuple[int, ...]] = {}
    offices: dict[str, list[tuple[frozenset[str], Held, int]]] = {}
    for i, record in enumerate(records):
        for name in {_key(n) for n in (record.name, *record.aliases)}:
            table[name] = (*table.get(name, ()), i)
        for held in record.offices:
            said = describe_text(held.office)
            if said is not None:
                offices.setdefault(said.head, []).append((said.words, held, i))
    by_office = {head: tuple(rows) for head, rows in offices.items()}
    return Authority(label, records, MappingProxyType(table), MappingProxyType(by_office))


def _record(cells: Mapping[str, str], label: str, line: int) -> Record:
    offices = []
    for item in _items(cells.get("offices", "")):
        office, _, days = item.rpartition(" ")
        since, dots, until = days.partition("..")
        if not dots or not office:
            raise InputError(f'{label}, line {line}: office {item!r}, expected "office since..until"')
        offices.append(Held(office, since, until))
    return Record(
        cells["name"],
        _items(cells.get("aliases", "")),
        cells.get("qid") or None,
        (cells.get("kind") or "person").lower(),
        cells.get("gender", "")[:1].lower(),
        tuple(offices),
    )


def _items(cell: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in cell.split(";") if item.strip())


def _key(name: str) -> str:
    return " ".join(name.replace("’", "'").casefold().split())
