"""Many pages, in the order of the input, read by one process or several.

In: paths, or RawPages as `intake` gives them. Out: each page with its Reading, or why it was turned away. A page on
which the reader fails is turned away and logged; the others go on. Leaves one page to `reading`.
"""

from __future__ import annotations

import logging
import multiprocessing
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from typing import TypeVar

from onrecord.errors import InputError
from onrecord.intake import read_raw
from onrecord.pipeline.reading import Options, read_page, reader
from onrecord.record import Added
from onrecord.types import RawPage, Reading, Rejected

log = logging.getLogger("onrecord")

#: How many pages a worker may be ahead of the reader: bounds memory, keeps the workers busy.
PAGES_AHEAD = 8

Done = TypeVar("Done", bound=Rejected | Added)


def read(
    paths: Sequence[str], *, options: Options = Options(), workers: int = 1
) -> Iterator[Reading | Rejected]:
    """Readings of every page under the paths, in the order of the input, and what was turned away.

    paths: files (.txt, .html, .gz of either, .jsonl), folders, or "-" for standard input.
    workers: processes that read; the answers are the same for any number.
    Raises InputError for an option that makes no sense, ModelError where weights are damaged.
    """
    for _, result in read_all(read_raw(paths, limits=options.limits), options, workers):
        yield result


def read_all(
    raws: Iterable[RawPage | Done], options: Options, workers: int
) -> Iterator[tuple[RawPage | None, Reading | Rejected | Done]]:
    """Every page with its reading, in order; what is no page passes through in its place."""
    if workers < 1:
        raise InputError(f"--workers {workers}: at least 1 is needed")
    reader(options)  # damaged weights are an error of the run, not of every page
    if workers == 1:
        for raw in raws:
            yield (raw, _guarded(raw, options)) if isinstance(raw, RawPage) else (None, raw)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting: deque[tuple[RawPage | None, Done | Future[Reading | Rejected]]] = deque()
        try:
            for raw in raws:
                if isinstance(raw, RawPage):
                    waiting.append((raw, pool.submit(_guarded, raw, _for_page(options, raw.id))))
                else:
                    waiting.append((None, raw))
                while len(waiting) > workers * PAGES_AHEAD:
                    yield _finished(*waiting.popleft())
            while waiting:
                yield _finished(*waiting.popleft())
        except BaseException:  # whoever stops waits for no page
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _for_page(options: Options, page_id: str) -> Options:
    """The options as one page needs them: a worker is sent no other page's marks."""
    return replace(options, marks=options.marks.only(page_id)) if options.marks else options


def _finished(
    raw: RawPage | None, result: Done | Future[Reading | Rejected]
) -> tuple[RawPage | None, Reading | Rejected | Done]:
    return raw, result.result() if isinstance(result, Future) else result


def _guarded(raw: RawPage, options: Options) -> Reading | Rejected:
    try:
        return read_page(raw, options)
    except Exception as error:  # the one place: a page must not end the batch
        log.error("%s: %s", raw.id, traceback.format_exc())
        reason = f"the reader failed on this page ({type(error).__name__}: {error}); please report it"
        return Rejected(raw.id, raw.origin.path, "pipeline", reason)
