"""The commands of `onrecord`, each a few lines over `pipeline` and `record`.

Exit status: 0 all done; 1 the answer is no (a check that is not verbatim or abridged, an empty
search, damage found); 2 part or all could not be done, a bad page in a good batch included.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn, TypeVar

import click

from onrecord import pipeline
from onrecord.errors import InputError, OnrecordError
from onrecord.faces import export, render
from onrecord.faces.cli import plain
from onrecord.intake import Limits
from onrecord.pipeline import TAGGERS, Options
from onrecord.record import MatchKind, Outcome, Record
from onrecord.types import Kind, Rejected
from onrecord.version import VERSION

DONE, NO, PART = 0, 1, 2

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Where:
    """What every command may need: the record's path."""

    record: str


def main() -> NoReturn:
    """The program: runs a command and exits with its status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = PART
    except click.Abort:
        click.echo("stopped; what was done is on record, the same command goes on from there", err=True)
        status = PART
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = DONE
    except OnrecordError as error:
        click.echo(f"onrecord: {error}", err=True)
        status = PART
    except Exception:  # a bug: shown whole, and never taken for "the answer is no"
        traceback.print_exc()
        status = PART
    sys.exit(status if isinstance(status, int) else DONE)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--record",
    "record_path",
    envvar="ONRECORD_RECORD",
    default="./record.db",
    show_default=True,
    help="The record: one SQLite file. Also $ONRECORD_RECORD.",
)
@click.version_option(VERSION, prog_name="onrecord")
@click.pass_context
def cli(context: click.Context, record_path: str) -> None:
    """Who said what, to whom, when, in which words, as reported where.

    `read` shows what a page says and touches no record; `add` puts pages on record; the others ask
    the record. Exit status: 0 all done, 1 the answer is no, 2 part or all could not be done.
    """
    context.obj = Where(record_path)


# ----------------------------------------------------------------------------------- options


def reading_options(command: F) -> F:
    """The options of every command that reads pages."""
    for option in reversed(
        (
            click.option("--workers", default=1, show_default=True, help="Processes that read."),
            click.option(
                "--tagger",
                type=click.Choice(TAGGERS),
                default="default",
                show_default=True,
                help="What reads attributions: the best weights, small ones for a corpus, or rules alone.",
            ),
            click.option(
                "--authority",
                type=click.Path(exists=True, dir_okay=False),
                help="CSV of names you vouch for: name, aliases, id, offices. It is asked first.",
            ),
            click.option(
                "--max-bytes",
                default=Limits().max_bytes,
                show_default=True,
                help="A larger page is turned away.",
            ),
        )
    ):
        command = option(command)
    return command


marked_file = click.option(
    "--attributions",
    "marked",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="A corpus with the attributions of its texts: taken instead of reading them, by page id.",
)


def options_of(tagger: str, authority: str | None, max_bytes: int, marked: str | None = None) -> Options:
    text = marks = None
    if marked:
        try:
            with open(marked, encoding="utf-8-sig") as file:
                marks = pipeline.parse_marks(file, marked)
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{marked}: {error}; marked attributions are JSONL in UTF-8") from error
    if authority:
        try:
            with open(authority, encoding="utf-8-sig", newline="") as file:
                text = file.read()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{authority}: {error}; an authority file is CSV in UTF-8") from error
    return Options(tagger=tagger, authority=text, limits=Limits(max_bytes=max_bytes), marks=marks)


output_format = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="For a person, or a JSON line each.",
)
page_paths = click.argument("paths", nargs=-1, required=True, metavar="PATH...")


def quiet(message: str) -> None:
    """Swallows progress where standard error is no terminal."""


@contextmanager
def progress(what: str) -> Iterator[Callable[[str], None]]:
    """A function to call with each thing done; shows a line on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield quiet
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task, n = bar.add_task(what, total=None), 0

        def tick(name: str) -> None:
            nonlocal n
            n += 1
            bar.update(task, description=f"{what}: {n} pages, {plain.shorten(name, 50)}".replace("[", r"\["))

        yield tick


def complain(rejected: Rejected) -> None:
    click.echo(f"onrecord: turned away: {plain.rejected_line(rejected)}", err=True)


def opened(where: Where, *, create: bool = False) -> Record:
    return pipeline.open_record(where.record, create=create)


def say(lines: Iterable[str]) -> None:
    for text in lines:
        click.echo(text)


# ------------------------------------------------------------------------------- read and add


@cli.command()
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


@cli.command()
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


def context_where() -> Where:
    where = click.get_current_context().find_object(Where)
    assert where is not None
    return where


@cli.command()
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


@cli.command()
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


# -------------------------------------------------------------------------------- ask the record


@cli.command()
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


@cli.command()
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
        if reading is None:
            click.echo(f"onrecord: {page_id}: no such page on record; `onrecord show` lists them", err=True)
            return NO
        if form == "jsonl":
            click.echo(render.line(render.render_reading(reading)))
        else:
            say(plain.reading_lines(reading))
            say(plain.furniture_lines(reading, record.furniture(reading.article.page.id)))
    return DONE


@cli.group(invoke_without_command=True)
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


@cli.command()
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


@cli.command()
@click.argument("quotation", required=False)
@click.option("--speaker", help="Who is claimed to have said it; with --draft, what it gives to nobody.")
@click.option(
    "--cases", type=click.Path(exists=True, dir_okay=False), help='JSONL: {"case", "quote", "speaker"}.'
)
@click.option(
    "--draft",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True),
    help="Text, Markdown, HTML or .docx: every quotation in it.",
)
@output_format
def check(quotation: str | None, speaker: str | None, cases: str | None, draft: str | None, form: str) -> int:
    """Did they really say this? One of seven verdicts, with the passages.

    verbatim, abridged, altered, spliced, misattributed, reported, absent. Exit status 0 where every
    quotation is verbatim or abridged, else 1; 2 where a file or a line of it cannot be read.
    """
    if sum(x is not None for x in (quotation, cases, draft)) != 1:
        raise click.UsageError("give one of: a QUOTATION, --cases FILE, --draft FILE")
    with opened(context_where()) as record:
        if draft is not None:
            return _check_draft(record, draft, speaker, form)
        status = DONE
        for asked in _asked(quotation, speaker, cases):
            if isinstance(asked, str):
                click.echo(f"onrecord: {asked}", err=True)
                status = PART
                continue
            answer = record.check(asked.quote, asked.speaker)
            if not answer.is_good and status == DONE:
                status = NO
            if form == "jsonl":
                click.echo(render.line(render.answer_row(asked.case, answer)))
            else:
                say(plain.answer_lines(asked.quote, asked.speaker, answer))
    return status


@dataclass(frozen=True)
class Asked:
    """One quotation to check."""

    case: int | str | None
    quote: str
    speaker: str | None


def _asked(quotation: str | None, speaker: str | None, cases: str | None) -> Iterator[Asked | str]:
    """The quotations to check; a str says what is wrong with a line."""
    if quotation is not None:
        yield Asked(None, quotation, speaker)
    elif cases is not None:
        with open(cases, encoding="utf-8", errors="replace") as lines:
            for number, text in enumerate(lines, 1):
                if not text.strip():
                    continue
                try:
                    case = json.loads(text)
                    yield Asked(case.get("case", number), str(case["quote"]), case.get("speaker"))
                except (ValueError, KeyError, AttributeError, TypeError):
                    yield f'{cases}, line {number}: expected {{"case", "quote", "speaker"}}'


def _check_draft(record: Record, path: str, speaker: str | None, form: str) -> int:
    """Every quotation of a draft against the record; good is what may stand as it is."""
    draft = pipeline.read_draft(path)
    if isinstance(draft, Rejected):
        complain(draft)
        return PART
    status, counts = DONE, Counter[str]()
    for checked in pipeline.check_draft(record, draft, speaker):
        counts[checked.answer.verdict.value if checked.answer else "not checked"] += 1
        if checked.answer is None:
            status = PART
        elif not checked.is_good and status == DONE:
            status = NO
        if form == "jsonl":
            click.echo(render.line(render.checked_row(checked)))
        else:
            say(plain.checked_lines(checked))
    if form == "text":
        say(plain.draft_lines(draft, counts))
    return status


@cli.command("export")
@click.argument("what", type=click.Choice(["jsonl", "csv", "utterances"]))
def export_command(what: str) -> int:
    """Print the record: readings as JSON lines, statements as CSV, or utterances as JSON lines."""
    with opened(context_where()) as record:
        makers = {"jsonl": export.readings, "csv": export.statements_csv, "utterances": export.utterances}
        for text in makers[what](record):
            click.echo(text)
    return DONE


@cli.command()
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


@cli.command()
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
