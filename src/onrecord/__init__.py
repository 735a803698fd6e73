"""onrecord: who said what, to whom, when, in which words, as reported where.

    import onrecord

    for reading in onrecord.read(["page.html", "folder/"]):
        if isinstance(reading, onrecord.Rejected):
            continue
        for statement in reading.statements:
            print(statement.speaker, reading.article.page.text[slice(*onrecord.hull(statement))])

    with onrecord.Record("record.db") as record:
        list(onrecord.add(record, ["folder/"]))          # one Added or Rejected a page
        answer = record.check("the words", speaker="Ana Ruiz")

    text = "“The dam is safe,” Ana Ruiz said."
    for found in onrecord.attributions_of(text):         # a bare text, no page
        print([text[span.start : span.end] for span in found.content], found.kind, found.score)

Offsets are [start, end) in code points of `Page.text`; `render_reading` makes the JSON shape of the docs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from onrecord.version import VERSION as __version__

if TYPE_CHECKING:
    from onrecord.errors import InputError, ModelError, OnrecordError, RecordError
    from onrecord.faces.render import render_reading, render_result
    from onrecord.pipeline import Options, add, attributions_of, open_record, read, read_page, reread
    from onrecord.record import Record
    from onrecord.types import Attribution, Reading, Rejected, Speaker, Statement, Unresolved

__all__ = [
    "Attribution",
    "InputError",
    "ModelError",
    "OnrecordError",
    "Options",
    "Reading",
    "Record",
    "RecordError",
    "Rejected",
    "Speaker",
    "Statement",
    "Unresolved",
    "__version__",
    "add",
    "attributions_of",
    "hull",
    "open_record",
    "read",
    "read_page",
    "render_reading",
    "render_result",
    "reread",
]

#: Where each public name lives; imported when it is first asked for, so that `import onrecord` is quick.
_HOMES = {
    **dict.fromkeys(("InputError", "ModelError", "OnrecordError", "RecordError"), "errors"),
    **dict.fromkeys(("Attribution", "Reading", "Rejected", "Speaker", "Statement", "Unresolved"), "types"),
    **dict.fromkeys(
        ("Options", "add", "attributions_of", "open_record", "read", "read_page", "reread"), "pipeline"
    ),
    **dict.fromkeys(("render_reading", "render_result"), "faces.render"),
    "Record": "record",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}")
    return getattr(import_module(f"onrecord.{_HOMES[name]}"), name)


def hull(statement: Statement) -> tuple[int, int]:
    """The offsets from the first piece of a statement's content to the end of the last."""
    content = statement.attribution.content
    return content[0].start, content[-1].end
