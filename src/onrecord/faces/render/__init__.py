"""The JSON of the house, for every face.

In: what flows (types), and what a record answers. Out: plain dicts, lists, strings and numbers, in the order that the
docs give. Leaves printing to the faces.

    shape         the one description of a reading's JSON, as TypedDicts
    reading       a page as read, or turned away, in that shape
    rows          what a record answers: statements, pages, speakers, copies, utterances, checks
    json_schema   `docs/schema.json`, made from the shape
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from onrecord.faces.render.json_schema import schema
from onrecord.faces.render.reading import (
    render_day,
    render_evidence,
    render_reading,
    render_rejected,
    render_result,
    render_speaker,
    render_statement,
)
from onrecord.faces.render.rows import (
    answer_row,
    checked_row,
    copy_row,
    entry_row,
    page_row,
    passage_row,
    speaker_row,
    utterance_row,
    utterance_rows,
)

__all__ = [
    "answer_row",
    "checked_row",
    "copy_row",
    "entry_row",
    "line",
    "page_row",
    "passage_row",
    "render_day",
    "render_evidence",
    "render_reading",
    "render_rejected",
    "render_result",
    "render_speaker",
    "render_statement",
    "schema",
    "speaker_row",
    "utterance_row",
    "utterance_rows",
]


def line(value: Mapping[str, object]) -> str:
    """One line of JSON, not escaped beyond need; a lone surrogate cannot occur in a Page's text."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
