"""What is on record: `search`, `show`, `copies`, `export`, `verify`, `serve`.

In: an open record and what is asked. Out: its answers as lines for a person or as JSON; the status is NO where there is
no answer, or where `verify` finds damage. Leaves quotations to `checking`, and who is who to `speakers`.
"""

from __future__ import annotations

import click

from onrecord.faces import export, render
from onrecord.faces.cli import plain
from onrecord.faces.cli.options import context_where, opened, output_format
from onrecord.faces.cli.terminal import DONE, NO, say
from onrecord.record import MatchKind
from onrecord.types import Kind


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--speaker", help="Only this speaker.")
@click.option("--since", metavar="DAY", help="Said (else published) on this day or later.")
@click.option("--until", metavar="DAY", help="Said (else published) on this day or earlier.")
@click.option("--kind", type=click.Choice(["direct", "mixed", "indirect"]), help="Only this kind.")
@click.option("--limit", default=20, show_default=True)
@click.option(
    "--meaning",
    "by",
    flag_value="meaning",
    help="By what the words mean; without it, only beside few matches.",
)
@click.option("--words", "by", flag_value="words", help="By the words alone.")
@output_format
def search(
    words: tuple[str, ...],
    speaker: str | None,
    since: str | None,
    until: str | None,
    kind: str | None,
    limit: int,
    by: str | None,
    form: str,
) -> int:
    """Find statements by their words; "words in quotation marks" as a phrase, word* as a beginning.

    Where few statements have all the words, those near in meaning follow; each says which it is.
    """
    with opened(context_where()) as record:
        if by == MatchKind.MEANING:
            record.read_meanings()
        found = record.search(
            " ".join(words),
            speaker=speaker,
            since=since,
            until=until,
            kind=Kind(kind) if kind else None,
            limit=limit,
            by=MatchKind(by) if by else None,
        )
    if form == "jsonl":
        for passage in found.passages:
            click.echo(render.line(render.passage_row(passage)))
    else:
        say(plain.found_lines(found))
    return DONE if found.passages else NO


@click.command()
@click.argument("page_id", required=False)
@output_format
def show(page_id: str | None, form: str) -> int:
    """Show a page as it is on record; without ID, list the pages."""
    with opened(context_where()) as record:
        if page_id is None:
            for entry in record.pages():
                if form == "jsonl":
                    click.echo(render.line(render.page_row(entry)))
                else:
                    say(plain.page_lines(entry))
            return DONE
        reading = record.reading(page_id)
        if form == "jsonl":
            click.echo(render.line(render.render_reading(reading)))
        else:
            say(plain.reading_lines(reading))
            say(plain.furniture_lines(reading, record.furniture(reading.article.page.id)))
    return DONE


@click.command()
@output_format
def copies(form: str) -> int:
    """List the articles that are on record more than once."""
    with opened(context_where()) as record:
        groups = record.copy_groups()
        for group in groups:
            if form == "jsonl":
                click.echo(render.line(render.copy_row(group)))
            else:
                say(plain.copy_lines(group))
    return DONE if groups else NO


@click.command("export")
@click.argument("what", type=click.Choice(["jsonl", "csv", "utterances"]))
def export_command(what: str) -> int:
    """Print the record: readings as JSON lines, statements as CSV, or utterances as JSON lines."""
    with opened(context_where()) as record:
        makers = {"jsonl": export.readings, "csv": export.statements_csv, "utterances": export.utterances}
        for text in makers[what](record):
            click.echo(text)
    return DONE


@click.command()
def verify() -> int:
    """Re-read every span from the stored originals; say what is damaged."""
    n = 0
    with opened(context_where()) as record:
        for problem in record.verify():
            n += 1
            click.echo(
                f"{plain.clean(problem.id or problem.sha256 or 'the record')}: {plain.clean(problem.what)}"
            )
        n_pages = sum(1 for _ in record.pages(versions=True))
    click.echo(
        f"{n_pages} pages verified; " + (f"{n} problems" if n else "every span stands in its original")
    )
    return NO if n else DONE


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8321, show_default=True)
@click.option("--edit", is_flag=True, help="Let whoever may read it merge and split speakers, with a reason.")
def serve(host: str, port: int, edit: bool) -> int:
    """Show the record as web pages, on this machine alone unless told otherwise."""
    from onrecord.faces import web

    where = context_where()
    with opened(where) as record:
        record.read_meanings()
    click.echo(f"http://{host}:{port}/   (Ctrl-C stops)", err=True)
    web.serve(where.record, host=host, port=port, edit=edit)
    return DONE
