"""Copies on record: which pages to compare a new one with, and which pages are one article.

In: sketches and links that `onrecord.copies` made. Out: candidates, groups. A group is what links
between current pages reach, so it does not depend on the order in which they came; its number is
internal. Leaves it to `onrecord.copies` what a copy is.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator

from onrecord.record import rows, sites
from onrecord.record.entries import batches
from onrecord.record.results import CopyGroup, PageKey
from onrecord.record.tiers import Tiers
from onrecord.types import CopyKind, CopyLink, Sketch

#: Of current pages, by 64 bits of each band's key; `sketches.bands` says which to take out.
BANDS = Tiers("bands", ("band", "page"), "of current pages; sketches.bands says which to take out")


def store_sketch(connection: sqlite3.Connection, page: int, sketch: Sketch) -> None:
    """Keeps a page's sketch, and its bands where `candidates` finds them."""
    connection.execute(
        "INSERT INTO sketches (page, n_words, minhash, bands) VALUES (?, ?, ?, ?)",
        (page, sketch.n_words, rows.pack_minhash(sketch.minhash), rows.dump(sketch.bands)),
    )
    index(connection, page, sketch)


def index(connection: sqlite3.Connection, page: int, sketch: Sketch) -> None:
    """Puts a page's bands where `candidates` finds them."""
    BANDS.insert(connection, {(_band(band), page) for band in sketch.bands})


def unindex(connection: sqlite3.Connection, page: int) -> None:
    """Takes a page's bands out; its sketch stays."""
    sketch = load_sketch(connection, page)
    if sketch:
        BANDS.delete(connection, [(_band(band), page) for band in sketch.bands])


def load_sketch(connection: sqlite3.Connection, page: int) -> Sketch | None:
    """The sketch that was stored, or None."""
    row = connection.execute(
        "SELECT n_words, minhash, bands FROM sketches WHERE page = ?", (page,)
    ).fetchone()
    return Sketch(row[0], rows.unpack_minhash(row[1]), rows.load_strings(row[2])) if row else None


def candidates(connection: sqlite3.Connection, sketch: Sketch) -> tuple[PageKey, ...]:
    """Current pages that share a band with a sketch: most shared first, then by id."""
    shared: dict[int, int] = {}
    for _, batch in batches(sorted({_band(band) for band in sketch.bands})):
        marks = ", ".join(f"?{i}" for i in range(1, len(batch) + 1))
        for (page,) in connection.execute(BANDS.having("page", f"band IN ({marks})"), batch):
            shared[page] = shared.get(page, 0) + 1
    found: list[tuple[int, PageKey]] = []
    for marks, batch in batches(list(shared)):
        for page, page_id, sha256 in connection.execute(
            f"SELECT page, id, sha256 FROM pages WHERE page IN ({marks})", batch
        ):
            found.append((-shared[page], PageKey(page_id, sha256)))
    return tuple(key for _, key in sorted(found))


def _band(key: str) -> int:
    """64 bits of a band's key: two keys that meet by chance only cost one comparison."""
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "little", signed=True)


# --------------------------------------------------------------------------------------- groups


def link(connection: sqlite3.Connection, a: int, b: int, found: CopyLink) -> bool:
    """Notes that two pages publish one article; False if that very thing was on record."""
    old = connection.execute(
        "SELECT a, b, kind, overlap FROM copy_links WHERE (a = ? AND b = ?) OR (a = ? AND b = ?)",
        (a, b, b, a),
    ).fetchall()
    if old == [(a, b, found.kind.value, found.overlap)]:
        return False
    connection.execute("DELETE FROM copy_links WHERE (a = ? AND b = ?) OR (a = ? AND b = ?)", (a, b, b, a))
    connection.execute(
        "INSERT INTO copy_links (a, b, kind, overlap) VALUES (?, ?, ?, ?)",
        (a, b, found.kind.value, found.overlap),
    )
    regroup(connection, (a, b))
    return True


def link_same(connection: sqlite3.Connection, page: int) -> tuple[int, ...]:
    """The current pages with the same bytes, now linked with a page: one article, however short it is."""
    key = "SELECT id, sha256 FROM pages WHERE page = ?"
    page_id, sha256 = connection.execute(key, (page,)).fetchone()
    others = connection.execute(
        "SELECT page, id FROM pages WHERE sha256 = ? AND page <> ? AND is_current = 1 ORDER BY page",
        (sha256, page),
    ).fetchall()
    for other, other_id in others:
        (a_id, a), (b_id, b) = sorted(((page_id, page), (other_id, other)))
        link(connection, a, b, CopyLink(a_id, b_id, CopyKind.EXACT, 1.0))
    return tuple(int(other) for other, _ in others)


def unlink(connection: sqlite3.Connection, page: int) -> None:
    """Drops a page's links; what they held together is grouped anew."""
    partners = connection.execute(
        "SELECT b FROM copy_links WHERE a = ? UNION SELECT a FROM copy_links WHERE b = ?", (page, page)
    ).fetchall()
    connection.execute("DELETE FROM copy_links WHERE a = ? OR b = ?", (page, page))
    regroup(connection, (page, *(int(row[0]) for row in partners)))


def regroup(connection: sqlite3.Connection, pages: Iterable[int]) -> None:
    """Sets the groups of some pages, and of all that were or are with them, by the links of today."""
    concerned = set(pages)
    for page in tuple(concerned):
        concerned.update(
            int(row[0])
            for row in connection.execute(
                "SELECT q.page FROM pages p JOIN pages q ON q.copy_group = p.copy_group WHERE p.page = ?",
                (page,),
            )
        )
    before = _groups_of(connection, concerned)
    done = set[int]()
    for page in sorted(concerned):
        if page in done:
            continue
        group = _reached(connection, page)
        done |= group
        number = min(group) if len(group) > 1 else None
        connection.executemany(
            "UPDATE pages SET copy_group = ? WHERE page = ?", [(number, member) for member in group]
        )
    after = _groups_of(connection, done)
    sites.regrouped(connection, before | dict.fromkeys(after.keys() - before), after)


def _groups_of(connection: sqlite3.Connection, pages: Iterable[int]) -> dict[int, int | None]:
    found = (
        connection.execute("SELECT copy_group FROM pages WHERE page = ?", (page,)).fetchone()
        for page in pages
    )
    return {page: row[0] for page, row in zip(pages, found, strict=True) if row}


def _reached(connection: sqlite3.Connection, page: int) -> set[int]:
    """The pages that links between current pages reach from one, itself included."""
    group, frontier = {page}, [page]
    is_current = connection.execute("SELECT is_current FROM pages WHERE page = ?", (page,)).fetchone()
    if not is_current or not is_current[0]:
        return group
    while frontier:
        at = frontier.pop()
        for (other,) in connection.execute(
            "SELECT p.page FROM (SELECT b AS page FROM copy_links WHERE a = ?"
            " UNION SELECT a FROM copy_links WHERE b = ?) AS l JOIN pages p ON p.page = l.page"
            " WHERE p.is_current = 1",
            (at, at),
        ):
            if other not in group:
                group.add(other)
                frontier.append(other)
    return group


def groups(connection: sqlite3.Connection, only: int | None = None) -> Iterator[CopyGroup]:
    """The groups of two or more current pages, in the order of their earliest member's day and id."""
    members: dict[int, list[tuple[tuple[object, ...], str, int]]] = {}
    where, values = ("AND p.copy_group = ?", (only,)) if only is not None else ("", ())
    for page, page_id, group, published, credited_to, fetched_at in connection.execute(
        "SELECT p.page, p.id, p.copy_group, a.published, a.credited_to, p.fetched_at FROM pages p"
        f" JOIN articles a ON a.page = p.page WHERE p.is_current = 1 AND p.copy_group IS NOT NULL {where}",
        values,
    ):
        rank = (published is None, published or "", credited_to is not None, fetched_at or "~", page_id)
        members.setdefault(group, []).append((rank, page_id, page))
    ordered = sorted((min(pages), group) for group, pages in members.items() if len(pages) > 1)
    for (_, earliest, _), group in ordered:
        pages = [page for _, _, page in members[group]]
        yield CopyGroup(
            members=tuple(sorted(page_id for _, page_id, _ in members[group])),
            earliest=earliest,
            links=tuple(_links(connection, pages)),
        )


def _links(connection: sqlite3.Connection, pages: list[int]) -> list[CopyLink]:
    out = []
    inside = set(pages)
    for marks, batch in batches(pages):
        for b, a_id, b_id, kind, overlap in connection.execute(
            "SELECT l.b, pa.id, pb.id, l.kind, l.overlap FROM copy_links l"
            f" JOIN pages pa ON pa.page = l.a JOIN pages pb ON pb.page = l.b WHERE l.a IN ({marks})",
            batch,
        ):
            if b in inside:
                out.append(CopyLink(a_id, b_id, CopyKind(kind), overlap))
    return sorted(out, key=lambda found: (found.a, found.b))
