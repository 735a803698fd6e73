"""The program `onrecord`: which commands it has, and with which status it exits.

In: the command line. Out: what the command prints, and an exit status. Exit status: 0 all done; 1 the answer is no (a
check that is not verbatim or abridged, an empty search, damage found); 2 part or all could not be done, a bad page in
a good batch included. The commands are each a few lines over `pipeline` and `record`:

    pages       read, add, reread, remove                speakers    speakers, with merge and split
    checking    check                                    asking      search, show, copies, export, verify, serve
    options     what several commands take               terminal    what they say while they run; their statuses
    plain       what flows, as lines for a person
"""

from __future__ import annotations

import os
import sys
import traceback
from typing import NoReturn

import click

from onrecord.errors import OnrecordError
from onrecord.faces.cli import asking, checking, pages, speakers
from onrecord.faces.cli.options import Where
from onrecord.faces.cli.terminal import DONE, PART
from onrecord.version import VERSION


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


@click.group(
    commands=(
        pages.read,
        pages.add,
        pages.reread,
        pages.remove,
        asking.search,
        asking.show,
        asking.copies,
        asking.export_command,
        asking.verify,
        asking.serve,
        checking.check,
        speakers.speakers,
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
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
