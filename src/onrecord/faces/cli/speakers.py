"""Who is on record: `speakers`, and under it `merge` and `split`.

In: an open record, and what a user decides. Out: a line for each speaker, or for each pair that may be one; a decision
on record. Leaves what a decision changes to `pipeline` and `record`.
"""

from __future__ import annotations

import click

from onrecord import pipeline
from onrecord.faces import render
from onrecord.faces.cli import plain
from onrecord.faces.cli.options import context_where, opened, output_format
from onrecord.faces.cli.terminal import DONE, NO


@click.group(invoke_without_command=True)
@output_format
@click.option(
    "--suggest", is_flag=True, help="List pairs of names that may be one person's instead, and why."
)
@click.pass_context
def speakers(context: click.Context, form: str, suggest: bool) -> int:
    """List who is on record; `merge` and `split` say who is one and who is two."""
    if context.invoked_subcommand is not None:
        return DONE
    if suggest:
        return _suggest(form)
    with opened(context_where()) as record:
        entries = record.speakers()
    for entry in entries:
        if form == "jsonl":
            click.echo(render.line(render.speaker_row(entry)))
        else:
            click.echo(plain.speaker_entry_line(entry))
    return DONE if entries else NO


def _suggest(form: str) -> int:
    with opened(context_where()) as record:
        pairs = record.alike_speakers()
    for pair in pairs:
        row = {"name": pair.name, "other": pair.other, "why": pair.why}
        click.echo(render.line(row) if form == "jsonl" else f"{pair.name} | {pair.other} | {pair.why}")
    return DONE if pairs else NO


@speakers.command()
@click.argument("name")
@click.argument("into")
@click.option("--note", help="Why, for whoever reads the record later.")
def merge(name: str, into: str, note: str | None) -> int:
    """Take NAME and INTO for one speaker, called INTO, from now on."""
    with opened(context_where()) as record:
        pipeline.merge_speakers(record, name, into, note)
    click.echo(f"{name} is {into} from now on")
    return DONE


@speakers.command()
@click.argument("name")
@click.option(
    "--statement", "statement_ids", multiple=True, metavar="ID", help="Of a split: these statements."
)
@click.option("--into", metavar="NAME", help="Whose they are; without it, a merge of NAME is undone.")
@click.option("--note", help="Why.")
def split(name: str, statement_ids: tuple[str, ...], into: str | None, note: str | None) -> int:
    """Undo a merge of NAME, or give some of its statements to another speaker."""
    with opened(context_where()) as record:
        pipeline.split_speaker(record, name, statement_ids, into, note)
    click.echo(f"{name} is split" if into else f"{name} stands for itself again")
    return DONE
