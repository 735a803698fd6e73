"""What a user decided, kept apart from every reading, and put back upon each.

In: a page whose statements have just been entered, or a new decision. Out: the decisions that found
their place, and those that did not. A decision about words hangs on bytes of the original (its hash,
the bytes of the content) and finds the statement that overlaps them most; one about speakers hangs on
names. All of it is done again from the start each time, in the order of the decisions: a later one
wins, and undoing one leaves no trace in what is read.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.errors import InputError
from onrecord.record import folding, naming, rows, sites
from onrecord.record.results import Decision, DecisionKind
from onrecord.types import AuthorityEvidence, ByteSpan, Speaker, SpeakerKind, Unresolved

#: A statement is the one a decision was about if bytes in both, by bytes in either, are at least this.
MIN_OVERLAP = 0.5

_COLUMNS = (
    "decision, kind, made_at, note, sha256, byte_start, byte_end, name, name_kind, into_names, into_kind,"
    " quotation, unplaced, undone_at, statement_id"
)


def load(connection: sqlite3.Connection, where: str, values: tuple[str | int, ...]) -> Iterator[Decision]:
    """Decisions by a condition, in the order in which they were made."""
    for row in connection.execute(f"SELECT {_COLUMNS} FROM decisions {where} ORDER BY decision", values):
        yield Decision(
            number=row[0],
            kind=DecisionKind(row[1]),
            made_at=row[2],
            note=row[3],
            sha256=row[4],
            span=None if row[5] is None else ByteSpan(row[5], row[6]),
            name=row[7],
            name_kind=None if row[8] is None else SpeakerKind(row[8]),
            into_names=() if row[9] is None else rows.load_strings(row[9]),
            into_kind=None if row[10] is None else SpeakerKind(row[10]),
            quotation=row[11],
            unplaced=row[12],
            undone_at=row[13],
            statement_id=row[14],
        )


def check(decision: Decision) -> None:
    """Raises InputError for a decision that lacks what its kind needs."""
    kind, n_into = decision.kind, len(decision.into_names)
    if kind in (DecisionKind.MERGE, DecisionKind.SPLIT):
        if not decision.name:
            raise InputError(f"{kind}: whose name is it about? none was given")
        if kind is DecisionKind.MERGE and n_into != 1:
            raise InputError(f"merge {decision.name}: into which name? exactly one is needed, {n_into} given")
        if kind is DecisionKind.SPLIT and decision.sha256 and n_into != 1:
            raise InputError(
                f"split {decision.name}: which name do those statements get? exactly one is needed"
            )
        if kind is DecisionKind.SPLIT and not decision.sha256 and n_into:
            raise InputError(f"split {decision.name}: which statements go to {decision.into_names[0]}?")
    elif not (decision.sha256 and decision.span):
        raise InputError(f"{kind}: about which statement? its original and its bytes are needed")
    if decision.kind is DecisionKind.SPEAKER and n_into and decision.into_kind is None:
        raise InputError(f"speaker {decision.into_names[0]}: which kind (person, organization, …) is missing")


def insert(connection: sqlite3.Connection, decision: Decision) -> Decision:
    """The decision with its number, once it is on record. It is not applied yet."""
    check(decision)
    span, names = decision.span, decision.into_names
    number = connection.execute(
        "INSERT INTO decisions (kind, made_at, note, sha256, byte_start, byte_end, name, name_kind,"
        " into_names, into_kind, quotation, statement_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            decision.kind.value,
            decision.made_at,
            folding.maybe_plain(decision.note),
            decision.sha256,
            span.start if span else None,
            span.end if span else None,
            folding.maybe_plain(decision.name),
            decision.name_kind.value if decision.name_kind else None,
            rows.dump(tuple(map(folding.plain, names))),
            decision.into_kind.value if decision.into_kind else None,
            folding.maybe_plain(decision.quotation),
            decision.statement_id,
        ),
    ).lastrowid
    assert number is not None
    return next(load(connection, "WHERE decision = ?", (number,)))


@dataclass(slots=True)
class _Line:
    """One statement of the page while decisions are put upon it."""

    number: int
    id: str
    start: int | None
    end: int | None
    read: Speaker | Unresolved
    withdrawn_by: int | None = None
    decided_by: int | None = None
    names: tuple[str, ...] = ()
    kind: SpeakerKind | None = None


def apply(
    connection: sqlite3.Connection, page: int, *, fresh: bool
) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
    """The decisions that hold for a page's statements now, and those that found no place.

    fresh: the statements have just been entered as read, so without decisions there is nothing to do.
    Sets whom the statements are of, which are withdrawn, and `is_current`; the caller sees to the index.
    """
    sha256 = connection.execute("SELECT sha256 FROM pages WHERE page = ?", (page,)).fetchone()[0]
    known = tuple(load(connection, "WHERE sha256 = ? AND undone_at IS NULL", (sha256,)))
    if fresh and not known:
        return (), ()
    lines = _lines(connection, page)
    placed, unplaced = list[Decision](), list[Decision]()
    for decision in known:
        why = _place(decision, lines)
        (unplaced if why else placed).append(decision)
        connection.execute("UPDATE decisions SET unplaced = ? WHERE decision = ?", (why, decision.number))
    _write(connection, page, sha256, lines)
    sites.hold(connection, page)
    return tuple(placed), tuple(
        next(load(connection, "WHERE decision = ?", (decision.number,))) for decision in unplaced
    )


def _lines(connection: sqlite3.Connection, page: int) -> list[_Line]:
    return [
        _Line(number, statement_id, start, end, rows.load_speaker(speaker))
        for number, statement_id, start, end, speaker in connection.execute(
            "SELECT statement, id, byte_start, byte_end, speaker FROM statements WHERE page = ? ORDER BY position",
            (page,),
        )
    ]


def _place(decision: Decision, lines: list[_Line]) -> str | None:
    """Puts one decision where it belongs; else why there is no such place."""
    if decision.kind is DecisionKind.SPLIT and decision.span is None:
        found = [line for line in lines if _is_of(line, decision)]
        if not found:
            return f"no statement of {decision.name} is read in this page now"
    else:
        best = max(lines, key=lambda line: _likeness(line, decision), default=None)
        if best is None or _likeness(best, decision) < MIN_OVERLAP:
            return "no statement is read at those bytes now"
        found = [best]
    for line in found:
        if decision.kind is DecisionKind.NOT_A_STATEMENT:
            line.withdrawn_by = decision.number
        elif decision.kind is DecisionKind.SPEAKER:
            line.decided_by, line.names, line.kind = decision.number, decision.into_names, decision.into_kind
        elif decision.kind is DecisionKind.SPLIT:
            _split(line, decision)
    return None


def _is_of(line: _Line, decision: Decision) -> bool:
    return folding.name_key(decision.name or "") in {folding.name_key(name) for name in _names(line)}


def _names(line: _Line) -> tuple[str, ...]:
    if line.decided_by is not None:
        return line.names
    return line.read.names if isinstance(line.read, Speaker) else ()


def _split(line: _Line, decision: Decision) -> None:
    key, into = folding.name_key(decision.name or ""), decision.into_names[0]
    kind = line.kind if line.decided_by else line.read.kind if isinstance(line.read, Speaker) else None
    names = tuple(into if folding.name_key(name) == key else name for name in _names(line)) or (into,)
    line.decided_by, line.names = decision.number, names
    line.kind = decision.into_kind or kind or SpeakerKind.PERSON


def _likeness(line: _Line, decision: Decision) -> float:
    """Bytes in both by bytes in either; 2 for the very statement (its id is made from its bytes)."""
    span = decision.span
    if line.id == decision.statement_id:
        return 2.0
    if span is None or line.start is None or line.end is None:
        return 0.0
    common = min(line.end, span.end) - max(line.start, span.start)
    return max(0, common) / (max(line.end, span.end) - min(line.start, span.start))


def _write(connection: sqlite3.Connection, page: int, sha256: str, lines: list[_Line]) -> None:
    is_current = connection.execute("SELECT is_current FROM pages WHERE page = ?", (page,)).fetchone()[0]
    authors = page_authors(connection, page)
    connection.execute(
        "UPDATE articles SET n_statements = ? WHERE page = ?",
        (sum(line.withdrawn_by is None for line in lines), page),
    )
    for line in lines:
        opened_by = line.decided_by if line.decided_by is not None and not line.names else None
        connection.execute(
            "UPDATE statements SET withdrawn_by = ?, opened_by = ?, is_current = ? WHERE statement = ?",
            (line.withdrawn_by, opened_by, int(bool(is_current) and line.withdrawn_by is None), line.number),
        )
        speaker: Speaker | Unresolved = line.read
        if line.decided_by is not None and line.names:
            kind = line.kind or SpeakerKind.PERSON
            speaker = Speaker(line.names, kind, 1.0, AuthorityEvidence("the user"))
        numbers = list[int]()
        if isinstance(speaker, Speaker) and opened_by is None:
            numbers = naming.numbers_for(connection, speaker, sha256, authors)
        decision = line.decided_by if numbers else None
        wanted = [(line.number, i, number, decision) for i, number in enumerate(numbers)]
        before = connection.execute(
            "SELECT statement, position, speaker, decision FROM statement_speakers WHERE statement = ?"
            " ORDER BY position",
            (line.number,),
        ).fetchall()
        if before != wanted:
            connection.execute("DELETE FROM statement_speakers WHERE statement = ?", (line.number,))
            connection.executemany(
                "INSERT INTO statement_speakers (statement, position, speaker, decision) VALUES (?, ?, ?, ?)",
                wanted,
            )


def page_authors(connection: sqlite3.Connection, page: int) -> frozenset[str]:
    """The folded names in a page's byline."""
    row = connection.execute("SELECT authors FROM articles WHERE page = ?", (page,)).fetchone()
    return frozenset(map(folding.name_key, rows.load_strings(row[0]))) if row else frozenset()
