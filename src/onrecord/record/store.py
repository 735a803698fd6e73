"""The record: one SQLite file that holds pages, what was read from them, and what a user decided.

In: RawPages with their Readings and Sketches, and questions. Out: the frozen types of `results`.
Leaves to others: reading pages (`pipeline`), what a copy is (`onrecord.copies`), how words compare
(`check`, `utterances` of this room).

What is kept. The bytes that were read are kept inside the file, once for each content, under their
sha256 and packed with zlib: a record is then one file that can be mailed, copied and verified with
nothing beside it that could get lost or change; news pages pack to a fifth, and SQLite reads blobs of
their size faster than the file system opens files. A reading is kept whole, so that `reading` gives
back an equal one, but for two fields of its Page: `blocks` and `facts`, which only a new reading of
the original needs and can make again.

Identity. A page is (id, sha256). One content may come under many ids, each a page of its own with one
original between them. An id that comes with another content is another version: both stay on record
and can be read and verified, but only the version added last is *current*: search, check, speakers,
copies and utterances know current versions alone, since what a paper has corrected must not be counted
twice. Adding a page that is on record changes nothing, whichever version it is.

A page is added in one transaction: a killed program leaves whole pages. Ties in every order are broken
by the content, not by when it came, except where a docstring says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.record import verifying
from onrecord.record.asking import Asking
from onrecord.record.comparing import Comparing
from onrecord.record.deciding import NAMED_KINDS, Deciding
from onrecord.record.keeping import Keeping
from onrecord.record.opened import Who, utc_now
from onrecord.record.results import Problem

__all__ = ["NAMED_KINDS", "Record", "Who", "utc_now"]


class Record(Keeping, Asking, Deciding, Comparing):
    """A record, open. Use it as a context manager, in one thread; every thread opens its own.

    path: the file; made if it is missing, unless `create` is false or `readonly` is true.
    embedder: loads the vectors of the search by meaning; without one, words alone are searched and checked.
    Raises RecordError where it cannot be opened: a folder, another kind of file, a newer schema, locked.
    Every method raises RecordError where the file is damaged, locked, read-only or the disk is full.
    """

    def verify(self) -> Iterator[Problem]:
        """What is wrong with the record; nothing if every span is what the stored originals say.

        Re-hashes every original, decodes every run again, looks up every span and every statement's words,
        and asks SQLite about its file. Goes on after damage.
        """
        with self._watching() as connection:
            yield from verifying.problems(connection, self)
