"""`check`: one quotation, a file of cases or a draft against the record.

In: an open record, quotations and whose they are said to be. Out: a verdict on each, with its passages; the worst of
them is the status. Leaves the verdict to `record`, finding a draft's quotations to `pipeline`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import click

from onrecord import pipeline
from onrecord.faces import render
from onrecord.faces.cli import plain
from onrecord.faces.cli.options import context_where, opened, output_format
from onrecord.faces.cli.terminal import DONE, NO, PART, complain, say
from onrecord.record import Record
from onrecord.types import Rejected


@click.command()
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
