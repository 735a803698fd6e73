"""Who the speakers are, and what users decided about them and about statements.

In: names, Decisions. Out: the types of `results`. Leaves which names are one to `canonical`, where a decision
belongs to `decisions`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from onrecord.errors import InputError
from onrecord.record import canonical, decisions, folding, pages, speakers, tallies
from onrecord.record.likeness import Alike, find_alike
from onrecord.record.opened import OpenRecord, no_limit
from onrecord.record.results import Decision, DecisionKind, Entry, SpeakerEntry, SpeakerRef
from onrecord.types import SpeakerKind

#: The kinds of speaker that mean somebody across articles: what `speakers` lists unless told otherwise.
NAMED_KINDS = (SpeakerKind.PERSON, SpeakerKind.ORGANIZATION)


class Deciding(OpenRecord):
    """Speakers with what is on record of them, and decisions."""

    def speakers(
        self, *, kinds: Iterable[SpeakerKind] = NAMED_KINDS, limit: int | None = None, offset: int = 0
    ) -> tuple[SpeakerEntry, ...]:
        """Speakers with what is on record of them, those with most statements first, then by name."""
        with self._reading() as connection:
            return tuple(tallies.listing(connection, kinds, None, no_limit(limit), offset))

    def speaker(self, number: int) -> SpeakerEntry | None:
        """One speaker by number (of any of its names); None if there is none or nothing is on record of it."""
        with self._reading() as connection:
            reference = speakers.reference(connection, number)
            if reference is None:
                return None
            return next(tallies.listing(connection, tuple(SpeakerKind), (reference.number,), 1, 0), None)

    def alike_speakers(self) -> tuple[Alike, ...]:
        """Pairs of people on record who may be one, with why; those with most statements first."""
        with self._reading() as connection:
            return tuple(find_alike(connection))

    def find_speakers(self, name: str) -> tuple[SpeakerRef, ...]:
        """Who may be meant: speakers of exactly that name (typography aside), else of names that hold its words."""
        with self._reading() as connection:
            found = (speakers.reference(connection, number) for number in speakers.find(connection, name))
            return tuple(reference for reference in found if reference is not None)

    def decide(self, decision: Decision) -> Decision:
        """The decision on record, with its number and time, and with `unplaced` if it found no place.

        `about` makes one about a statement. Raises InputError where something that its kind needs is missing.
        """
        with self.transaction() as connection:
            made = decisions.insert(connection, replace(decision, made_at=decision.made_at or self._now()))
            self._apply(connection, made)
            return next(decisions.load(connection, "WHERE decision = ?", (made.number,)))

    def about(
        self,
        entry: Entry,
        kind: DecisionKind,
        *,
        into_names: tuple[str, ...] = (),
        into_kind: SpeakerKind | None = None,
        name: str | None = None,
        note: str | None = None,
    ) -> Decision:
        """A decision about one statement, for `decide`: it hangs on the bytes of its content."""
        if entry.content_bytes is None:
            raise InputError(
                f"statement {entry.statement.id} stands for no bytes: nothing to hang a decision on"
            )
        return Decision(
            number=0,
            kind=kind,
            made_at="",
            note=note,
            sha256=entry.page.sha256,
            span=entry.content_bytes,
            name=name,
            into_names=into_names,
            into_kind=into_kind,
            quotation=entry.content,
            statement_id=entry.statement.id,
        )

    def decisions(self, *, unplaced: bool = False) -> tuple[Decision, ...]:
        """What users decided, the first first, undone ones too; or only those that have no place now."""
        where = "WHERE unplaced IS NOT NULL AND undone_at IS NULL" if unplaced else ""
        with self._reading() as connection:
            return tuple(decisions.load(connection, where, ()))

    def undo(self, number: int) -> Decision:
        """The decision, undone: the record is as if it had not been made. It stays in the list."""
        with self.transaction() as connection:
            found = next(
                decisions.load(connection, "WHERE decision = ? AND undone_at IS NULL", (number,)), None
            )
            if found is None:
                raise InputError(
                    f"decision {number}: there is none, or it is undone; see the list of decisions"
                )
            connection.execute("UPDATE decisions SET undone_at = ? WHERE decision = ?", (self._now(), number))
            self._apply(connection, found)
            return next(decisions.load(connection, "WHERE decision = ?", (number,)))

    def _apply(self, connection: sqlite3.Connection, decision: Decision) -> None:
        """Brings the record into line with a decision that was made or undone."""
        if decision.sha256 is None:
            names = (decision.name, *decision.into_names)
            canonical.settle_keys(connection, [folding.name_key(name) for name in names if name])
            return
        found = connection.execute(
            "SELECT page, is_current FROM pages WHERE sha256 = ? ORDER BY page", (decision.sha256,)
        ).fetchall()
        for page, is_current in found:
            if is_current:
                pages.unindex_statements(connection, page)
            decisions.apply(connection, page, fresh=False)
            if is_current:
                pages.index_statements(connection, page)
        if not found:
            connection.execute(
                "UPDATE decisions SET unplaced = ? WHERE decision = ?",
                ("its original is not on record", decision.number),
            )
