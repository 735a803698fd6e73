"""Pages, read for what they say or for the record: `read`, `add`, `reread`, `remove`.

In: paths, or ids of pages on record. Out: readings on standard output, or a record brought up to date and what became
of it in a line; the status is PART where a page was turned away. Leaves the order of the rooms to `pipeline`.
"""

from __future__ import annotations

from collections import Counter

import click

from onrecord import pipeline
from onrecord.faces import render
from onrecord.faces.cli import plain
from onrecord.faces.cli.options import (
    context_where,
    marked_file,
    opened,
    options_of,
    output_format,
    page_paths,
    reading_options,
)
from onrecord.faces.cli.terminal import DONE, PART, complain, progress, say
from onrecord.record import Outcome
from onrecord.types import Rejected


@click.command()
@page_paths
@output_format
@reading_options
@marked_file
def read(
    paths: tuple[str, ...],
    form: str,
    workers: int,
    tagger: str,
    authority: str | None,
    max_bytes: int,
    marked: str | None,
) -> int:
    """Read pages and print what they say; no record is touched.

    PATH: text, HTML (either also .gz), a folder, a JSONL corpus, or - for standard input.
    """
    status = DONE
    with progress("reading") as tick:
        options = options_of(tagger, authority, max_bytes, marked)
        for result in pipeline.read(paths, options=options, workers=workers):
            if isinstance(result, Rejected):
                status = PART
                complain(result)
                tick(result.id)
            else:
                tick(result.article.page.id)
            if form == "jsonl":
                click.echo(render.line(render.render_result(result)))
            elif not isinstance(result, Rejected):
                say(plain.reading_lines(result))
    return status


@click.command()
@page_paths
@reading_options
@marked_file
def add(
    paths: tuple[str, ...],
    workers: int,
    tagger: str,
    authority: str | None,
    max_bytes: int,
    marked: str | None,
) -> int:
    """Read pages into the record. What is on record already is left as it is.

    Stopped or killed, the same command goes on where it was.
    """
    status, counts = DONE, Counter[str]()
    with opened(context_where(), create=True) as record, progress("adding") as tick:
        options = options_of(tagger, authority, max_bytes, marked)
        for done in pipeline.add(record, paths, options=options, workers=workers):
            if isinstance(done, Rejected):
                status = PART
                counts["turned away"] += 1
                complain(done)
                tick(done.id)
                continue
            counts[done.outcome.value] += 1
            counts["statements"] += done.n_statements if done.outcome is not Outcome.KNOWN else 0
            for decision in done.unplaced:
                click.echo(f"onrecord: no place for your decision: {plain.decision_line(decision)}", err=True)
            tick(done.page.id)
        coverage = record.coverage()
        n_copies = len(record.copy_groups())
    parts = [
        f"{counts['new'] + counts['version']} pages added",
        f"{counts['known']} on record already" if counts["known"] else "",
        f"{counts['turned away']} turned away" if counts["turned away"] else "",
        f"{counts['statements']} statements",
    ]
    click.echo("; ".join(p for p in parts if p))
    click.echo(f"on record: {plain.coverage_words(coverage)}, {plain.counted(n_copies, 'group')} of copies")
    return status


@click.command()
@click.option("--page", "page_ids", multiple=True, metavar="ID", help="Only these pages.")
@click.option("--all", "every", is_flag=True, help="Also pages that this reader has read already.")
@reading_options
def reread(
    page_ids: tuple[str, ...],
    every: bool,
    workers: int,
    tagger: str,
    authority: str | None,
    max_bytes: int,
) -> int:
    """Read the stored originals again with this reader, and put every decision back.

    Lists the decisions for which the new reading has no place.
    """
    status, n, gained, lost = DONE, 0, 0, 0
    with opened(context_where()) as record, progress("reading again") as tick:
        options = options_of(tagger, authority, max_bytes)
        for done in pipeline.reread(record, page_ids or None, every=every, options=options, workers=workers):
            if isinstance(done, Rejected):
                status = PART
                complain(done)
                continue
            n += 1
            gained += done.n_after - done.n_same
            lost += done.n_before - done.n_same
            tick(done.page.id)
            for decision in done.unplaced:
                status = PART
                click.echo(f"no place for your decision: {plain.decision_line(decision)}")
    click.echo(f"{n} pages read again; {gained} statements gained, {lost} lost")
    return status


@click.command()
@click.argument("page_ids", nargs=-1, required=True, metavar="ID...")
@click.option("--why", required=True, help="The reason, for the log.")
def remove(page_ids: tuple[str, ...], why: str) -> int:
    """Take pages out of the record, originals too; the log keeps what and why."""
    status = DONE
    with opened(context_where()) as record:
        for page_id in page_ids:
            removals = pipeline.remove(record, page_id, why)
            if not removals:
                status = PART
                click.echo(
                    f"onrecord: {page_id}: no such page on record; `onrecord show` lists them", err=True
                )
            for removal in removals:
                kept = "" if removal.original_removed else "; its original stays: another page has the same"
                click.echo(f"removed {plain.clean(removal.page.id)}: {removal.n_statements} statements{kept}")
    return status
