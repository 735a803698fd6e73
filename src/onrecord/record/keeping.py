"""What comes into a record and goes out of it: pages with their readings, what was turned away or taken out.

In: RawPages, Readings, Sketches. Out: what became of them. Leaves the rows to `pages`.
"""

from __future__ import annotations

import hashlib
import sqlite3

from onrecord.record import entries, folding, pages, rows
from onrecord.record.opened import OpenRecord
from onrecord.record.results import Added, Outcome, PageEntry, PageKey, Rejection, Removal, Replaced
from onrecord.types import RawPage, Reader, Reading, Rejected, Sketch


class Keeping(OpenRecord):
    """Adding, turning away, reading anew, taking out."""

    def page(self, page_id: str, sha256: str | None = None) -> PageEntry | None:
        """One page's entry: the current version, or the one with that hash; None if it is not on record."""
        with self._reading() as connection:
            number = pages.number_of(connection, page_id, sha256)
            return next(entries.pages(connection, "WHERE p.page = ?", (number,)), None)

    def add(self, raw: RawPage, reading: Reading, sketch: Sketch) -> Added:
        """What became of a page: new, known (then nothing has changed), or a new version of its id.

        The user's decisions about this original are put upon it; those without a place are in the answer.
        ValueError where raw and reading are not of one page, or the hash is not that of the bytes.
        """
        _check_same(raw, reading)
        key = PageKey(folding.name_of(raw.id), raw.sha256)
        with self.transaction() as connection:
            known = self.page(raw.id, raw.sha256)
            if known is not None:
                return Added(key, Outcome.KNOWN, known.n_statements)
            before = pages.number_of(connection, raw.id)
            if before is not None:
                pages.step_back(connection, before)
            connection.execute("DELETE FROM rejections WHERE id = ?", (key.id,))
            page = pages.enter_page(connection, raw, self._now())
            _, unplaced = pages.enter_reading(connection, page, reading, sketch, self._now())
            outcome = Outcome.NEW if before is None else Outcome.VERSION
            return Added(key, outcome, len(reading.statements), unplaced)

    def reject(self, rejected: Rejected) -> None:
        """Notes a page that was turned away; the same again only renews the time, adding the page ends it."""
        with self.transaction() as connection:
            connection.execute(
                "INSERT INTO rejections (id, path, room, reason, rejected_at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (id, room, reason) DO UPDATE SET rejected_at = excluded.rejected_at",
                (
                    folding.name_of(rejected.id),
                    None if rejected.path is None else folding.name_of(rejected.path),
                    rejected.room,
                    folding.plain(rejected.reason),
                    self._now(),
                ),
            )

    def rejections(self) -> tuple[Rejection, ...]:
        """The pages that were turned away, by id."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT id, path, room, reason, rejected_at FROM rejections ORDER BY id, rejection"
            ).fetchall()
        return tuple(Rejection(*row) for row in found)

    def known(self, page_id: str, sha256: str, reader: Reader | None = None) -> bool:
        """Whether this version of the page is on record; with a reader, whether as read by that one."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT a.reader_version, a.reader_weights FROM pages p JOIN articles a ON a.page = p.page"
                " WHERE p.id = ? AND p.sha256 = ?",
                (folding.name_of(page_id), sha256),
            ).fetchone()
            if row is None or reader is None:
                return row is not None
            return Reader(row[0], rows.load_pairs(row[1])) == reader

    def replace_reading(self, raw: RawPage, reading: Reading, sketch: Sketch) -> Replaced:
        """What changed when a page on record got a new reading; the user's decisions are put back.

        Its links to copies and what they dated are dropped (the caller links again), and what its
        statements reported waits to be grouped again. Raises RecordError where the page is not on record.
        """
        _check_same(raw, reading)
        with self.transaction() as connection:
            page = pages.number_of(connection, raw.id, raw.sha256)
            if page is None:
                raise self._missing(raw.id)
            ids = {row[0] for row in connection.execute("SELECT id FROM statements WHERE page = ?", (page,))}
            n_before = self._one("SELECT count(*) FROM statements WHERE page = ?", page)
            was_current = pages.is_current(connection, page)
            pages.drop_reading(connection, page)
            placed, unplaced = pages.enter_reading(connection, page, reading, sketch, self._now())
            if not was_current:
                pages.step_back(connection, page)
            return Replaced(
                page=PageKey(folding.name_of(raw.id), raw.sha256),
                n_before=n_before,
                n_after=len(reading.statements),
                n_same=sum(statement.id in ids for statement in reading.statements),
                placed=placed,
                unplaced=unplaced,
            )

    def remove(self, page_id: str, why: str, sha256: str | None = None) -> tuple[Removal, ...]:
        """What was taken out: every version of a page, or only the one with that hash; logged with the reason.

        The original goes too, unless another page shares it. Where the current version goes and another
        stays, the one added last before it is current again. What a user decided about its words stays:
        it applies should the page come back. Raises RecordError where no such page is on record.
        """
        with self.transaction() as connection:
            found = connection.execute(
                "SELECT p.page, p.id, p.sha256, a.title, a.n_statements FROM pages p"
                " JOIN articles a ON a.page = p.page WHERE p.id = ? AND (p.sha256 = ? OR ? IS NULL)"
                " ORDER BY p.page",
                (folding.name_of(page_id), sha256, sha256),
            ).fetchall()
            if not found:
                raise self._missing(page_id)
            return tuple(self._take_out(connection, row, why) for row in found)

    def _take_out(
        self, connection: sqlite3.Connection, row: tuple[int, str, str, str | None, int], why: str
    ) -> Removal:
        page, page_id, sha256, title, n_statements = row
        original_removed = pages.drop_page(connection, page)
        removal = Removal(
            PageKey(page_id, sha256), title, n_statements, original_removed, folding.plain(why), self._now()
        )
        connection.execute(
            "INSERT INTO removals (id, sha256, title, n_statements, original_removed, why, removed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (page_id, sha256, title, n_statements, int(original_removed), removal.why, removal.removed_at),
        )
        return removal

    def removals(self) -> tuple[Removal, ...]:
        """The log of pages taken out, the first first."""
        with self._reading() as connection:
            found = connection.execute(
                "SELECT id, sha256, title, n_statements, original_removed, why, removed_at FROM removals"
                " ORDER BY removal"
            ).fetchall()
        return tuple(
            Removal(PageKey(row[0], row[1]), row[2], row[3], bool(row[4]), *row[5:]) for row in found
        )


def _check_same(raw: RawPage, reading: Reading) -> None:
    page = reading.article.page
    if (raw.id, raw.sha256) != (page.id, page.sha256):
        raise ValueError(f"the original is {raw.id} {raw.sha256}, the reading of {page.id} {page.sha256}")
    if hashlib.sha256(raw.content).hexdigest() != raw.sha256:
        raise ValueError(f"{raw.id}: the bytes do not have the hash {raw.sha256}")
