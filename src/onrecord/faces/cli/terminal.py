"""What a command says while it runs, and the status with which it ends.

In: what was turned away, lines, names of things done. Out: standard output and error; nothing of progress in a pipe.
Leaves the words of a line to `plain`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import click

from onrecord.faces.cli import plain
from onrecord.types import Rejected

#: All done; the answer is no; part or all could not be done.
DONE, NO, PART = 0, 1, 2


def say(lines: Iterable[str]) -> None:
    """Prints lines on standard output."""
    for text in lines:
        click.echo(text)


def complain(rejected: Rejected) -> None:
    """Says on standard error which page was turned away, and why."""
    click.echo(f"onrecord: turned away: {plain.rejected_line(rejected)}", err=True)


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


def quiet(message: str) -> None:
    """Swallows progress where standard error is no terminal."""
