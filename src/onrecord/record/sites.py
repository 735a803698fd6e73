"""The furniture of a site, learned from the pages of it that are on record.

In: the readings that enter and leave the record, and which pages are one article. Out: statements and paragraphs that
stand in a block which the site repeats, marked, so that they are in no index. Leaves to `pages` the indexes, to
`article` what a page is by itself: a page's reading never changes by what other pages say.

A block is a paragraph that the reading calls the article's (title apart). It is furniture of its site if it stands, word for
word, in the same place (as many blocks from the first, or from the last) in MIN_STORIES stories of that site; pages that
are copies of one another are one story. So what is furniture depends on which pages are on record, and not on the
order in which they came; a block stops being furniture when the pages go that made it so. Blocks whose count may have
changed wait in `unsettled_blocks` until the end of the transaction.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from onrecord.record import folding, rows
from onrecord.record.tiers import Tiers
from onrecord.text import paragraphs
from onrecord.types import ARTICLE_ZONES, Article, Span, Zone, ZoneKind

#: Stories of a site in which a block must stand: with three, papers' own background paragraphs are met.
MIN_STORIES = 4
#: Words of the shortest block that is counted, and blocks that are counted of one page, from its start and its end.
MIN_WORDS, MAX_BLOCKS = 6, 400
#: Pages with a block that are looked at, those of the lowest rank: it bounds the work, and is the same in any order.
MAX_PAGES = 64

SCHEMA = (
    """
    CREATE TABLE site_blocks (        -- paragraphs of current pages, to learn what a site repeats
      page INTEGER NOT NULL,
      text_start INTEGER NOT NULL,
      text_end INTEGER NOT NULL,
      block INTEGER NOT NULL,         -- 64 bits of a hash of the site and the words
      rank INTEGER NOT NULL,          -- 64 bits of a hash of the page: an order that does not depend on when it came
      from_first INTEGER NOT NULL,    -- blocks of the article before it
      from_last INTEGER NOT NULL,     -- blocks of the article after it
      PRIMARY KEY (page, text_start)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE site_furniture (     -- the blocks that a site repeats; their statements are in no index
      block INTEGER PRIMARY KEY
    )
    """,
    """
    CREATE TABLE unsettled_blocks (   -- blocks to look at again when the transaction ends
      block INTEGER NOT NULL,
      page INTEGER NOT NULL,          -- whose statements have not been marked yet; 0: no page's
      PRIMARY KEY (block, page)
    ) WITHOUT ROWID
    """,
    "ALTER TABLE statements ADD COLUMN in_furniture INTEGER NOT NULL DEFAULT 0",
)

_WWW = re.compile(r"^(?:www\d?|m|amp|mobile)\.")
_LETTERS = re.compile(r"[^\W_]+")

#: The pages of each block, those of the lowest rank first.
PAGES = Tiers("block_pages", ("block", "rank", "page"), "the pages of each block of site_blocks")
_WITH_BLOCK = PAGES.having("rank, page", "block = ?1")

Act = Callable[[sqlite3.Connection, int], None]


def site_of(publisher: str | None, *urls: str | None) -> str | None:
    """What the pages of one site share: the host of an address, else the publisher's name, folded; None if neither."""
    for url in urls:
        host = _host(url) if url else None
        if host:
            return host
    return "".join(_LETTERS.findall((publisher or "").casefold())) or None


def _host(url: str) -> str | None:
    try:
        return _WWW.sub("", (urlsplit(url).hostname or "").lower()) or None
    except ValueError:
        return None


# ------------------------------------------------------------------------------- entering and leaving


def enter(connection: sqlite3.Connection, page: int, article: Article) -> None:
    """Counts a current page's blocks."""
    source = article.page
    site = site_of(article.publisher, article.url, source.origin.url)
    if site is not None:
        blocks = _blocks(folding.plain(source.text), article.zones)
        _enter(connection, page, _number(f"{folding.name_of(source.id)}\n{source.sha256}"), site, blocks)


def fill(connection: sqlite3.Connection) -> None:
    """Counts the blocks of all current pages: for a record that was made before blocks were counted."""
    for page, page_id, sha256, fetched, url, publisher, text, zones in connection.execute(
        "SELECT p.page, p.id, p.sha256, p.url, a.url, a.publisher, t.text, t.zones FROM pages p"
        " JOIN articles a ON a.page = p.page JOIN texts t ON t.page = p.page WHERE p.is_current = 1"
    ).fetchall():
        site = site_of(publisher, url, fetched)
        if site is not None:
            blocks = _blocks(text, rows.load_zones(zones))
            _enter(connection, page, _number(f"{page_id}\n{sha256}"), site, blocks)


def _enter(
    connection: sqlite3.Connection, page: int, rank: int, site: str, found: Sequence[tuple[Span, str]]
) -> None:
    last = len(found) - 1
    lines = [
        (_number(f"{site}\n{words}"), rank, page, span.start, span.end, i, last - i)
        for i, (span, words) in enumerate(found)
        if words and (i < MAX_BLOCKS or last - i < MAX_BLOCKS)
    ]
    connection.executemany(
        "INSERT INTO site_blocks (block, rank, page, text_start, text_end, from_first, from_last)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        lines,
    )
    PAGES.insert(connection, {line[:3] for line in lines})
    connection.executemany(
        "INSERT OR IGNORE INTO unsettled_blocks (block, page) VALUES (?, ?)",
        [(line[0], page) for line in lines],
    )


def _blocks(text: str, zones: Sequence[Zone]) -> list[tuple[Span, str]]:
    """The article's paragraphs with their words; those too short to be told apart have none."""
    spans = list(paragraphs(text))
    kinds = rows.innermost_zones(zones, [span.start for span in spans])
    out = []
    for span, kind in zip(spans, kinds, strict=True):
        if kind in ARTICLE_ZONES and kind is not ZoneKind.TITLE:
            words = text[span.start : span.end].casefold().split()
            out.append((span, " ".join(words) if len(words) >= MIN_WORDS else ""))
    return out


def _number(words: str) -> int:
    digest = hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def leave(connection: sqlite3.Connection, page: int) -> None:
    """Counts a page's blocks no more; its statements are as they were read."""
    _unsettle(connection, (page,))
    found = connection.execute("SELECT DISTINCT block, rank, page FROM site_blocks WHERE page = ?", (page,))
    PAGES.delete(connection, found.fetchall())
    connection.execute("DELETE FROM site_blocks WHERE page = ?", (page,))
    connection.execute("DELETE FROM unsettled_blocks WHERE page = ?", (page,))
    mark(connection, page)


def regrouped(
    connection: sqlite3.Connection, before: Mapping[int, int | None], after: Mapping[int, int | None]
) -> None:
    """Notes that other pages are one article now. before, after: each page's group.

    A block's count changes only where it stands in two parts that were joined or parted, so the largest part is left.
    """
    for here, there in ((before, after), (after, before)):
        wholes: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for page in here:
            wholes[_label(there, page)][_label(here, page)].append(page)
        for parts in wholes.values():
            for part in sorted(parts.values(), key=lambda pages: (-len(pages), min(pages)))[1:]:
                _unsettle(connection, part)


def _label(groups: Mapping[int, int | None], page: int) -> int:
    group = groups[page]
    return -page if group is None else group


def _unsettle(connection: sqlite3.Connection, pages: Iterable[int]) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO unsettled_blocks (block, page) SELECT block, 0 FROM site_blocks WHERE page = ?",
        [(page,) for page in pages],
    )


# -------------------------------------------------------------------------------------- settling


def settle(connection: sqlite3.Connection, *, unindex: Act, index: Act) -> None:
    """Looks at every block that waits, and marks the statements of those that are furniture now, or no more.

    unindex, index: take a page's current statements out of every index, and put them back.
    """
    waiting: dict[int, list[int]] = defaultdict(list)
    for block, page in connection.execute("SELECT block, page FROM unsettled_blocks ORDER BY block, page"):
        waiting[block].append(page)
    if not waiting:
        return
    connection.execute("DELETE FROM unsettled_blocks")
    changed: set[int] = set()
    for block, fresh in waiting.items():
        was = (
            connection.execute("SELECT 1 FROM site_furniture WHERE block = ?", (block,)).fetchone()
            is not None
        )
        is_now = _is_furniture(connection, block)
        if is_now == was:
            changed.update(page for page in fresh if is_now and page)
            continue
        sql = "INSERT INTO site_furniture (block) VALUES (?)"
        connection.execute(sql if is_now else "DELETE FROM site_furniture WHERE block = ?", (block,))
        changed.update(int(row[1]) for row in connection.execute(_WITH_BLOCK, (block,)))
    for page in sorted(changed):
        if _is_unmarked(connection, page):
            unindex(connection, page)
            mark(connection, page)
            index(connection, page)


def _is_furniture(connection: sqlite3.Connection, block: int) -> bool:
    stories: dict[tuple[str, int], set[int]] = defaultdict(set)
    found = connection.execute(f"{_WITH_BLOCK} ORDER BY rank, page LIMIT ?2", (block, MAX_PAGES)).fetchall()
    if len(found) < MIN_STORIES:
        return False
    for page, group, from_first, from_last in connection.execute(
        "SELECT b.page, p.copy_group, b.from_first, b.from_last FROM site_blocks b"
        f" JOIN pages p ON p.page = b.page WHERE b.page IN ({', '.join('?' * len(found))}) AND b.block = ?",
        (*(page for _, page in found), block),
    ):
        story = -page if group is None else group
        stories["first", from_first].add(story)
        stories["last", from_last].add(story)
    return any(len(found) >= MIN_STORIES for found in stories.values())


_IS_IN = (
    "EXISTS (SELECT 1 FROM site_blocks b JOIN site_furniture f ON f.block = b.block WHERE b.page = statements.page"
    " AND b.text_start <= statements.text_start AND statements.text_end <= b.text_end)"
)


def _is_unmarked(connection: sqlite3.Connection, page: int) -> bool:
    """Whether a statement of the page is not marked as it is to be."""
    sql = f"SELECT 1 FROM statements WHERE page = ? AND in_furniture <> {_IS_IN} LIMIT 1"
    return connection.execute(sql, (page,)).fetchone() is not None


def mark(connection: sqlite3.Connection, page: int) -> None:
    """Marks the statements of a page that lie in furniture, and no others; the caller sees to the index."""
    if not connection.execute(
        f"UPDATE statements SET in_furniture = NOT in_furniture WHERE page = ? AND in_furniture <> {_IS_IN}",
        (page,),
    ).rowcount:
        return
    hold(connection, page)


def hold(connection: sqlite3.Connection, page: int) -> None:
    """Lets no statement of the page be current that a user withdrew or that lies in furniture."""
    connection.execute(
        "UPDATE statements SET is_current = (withdrawn_by IS NULL AND in_furniture = 0"
        " AND EXISTS (SELECT 1 FROM pages p WHERE p.page = statements.page AND p.is_current = 1)) WHERE page = ?",
        (page,),
    )
    connection.execute(
        "UPDATE articles SET n_statements = (SELECT count(*) FROM statements s WHERE s.page = articles.page"
        " AND s.withdrawn_by IS NULL AND s.in_furniture = 0) WHERE page = ?",
        (page,),
    )


def spans_of(connection: sqlite3.Connection, page: int) -> tuple[Span, ...]:
    """The blocks of a page that are furniture of its site, in order."""
    found: Sequence[tuple[int, int]] = connection.execute(
        "SELECT b.text_start, b.text_end FROM site_blocks b JOIN site_furniture f ON f.block = b.block"
        " WHERE b.page = ? ORDER BY b.text_start",
        (page,),
    ).fetchall()
    return tuple(Span(start, end) for start, end in found)
