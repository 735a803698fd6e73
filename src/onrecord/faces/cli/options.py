"""What several commands take: the record, pages and how they are read, the form of the output.

In: a command line, as click reads it. Out: decorators for commands, and from what they were given an open Record or
the `Options` of a reading. Leaves the options of one command to that command.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

from onrecord import pipeline
from onrecord.errors import InputError
from onrecord.intake import Limits
from onrecord.pipeline import TAGGERS, Options
from onrecord.record import Record

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Where:
    """What every command may need: the record's path."""

    record: str


def context_where() -> Where:
    """What was given before the command."""
    where = click.get_current_context().find_object(Where)
    assert where is not None
    return where


def opened(where: Where, *, create: bool = False) -> Record:
    """The record, open. Raises RecordError where there is none and none is to be made."""
    return pipeline.open_record(where.record, create=create)


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
    """What may be chosen about reading, from what was given. Raises InputError for a file that cannot be read."""
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
