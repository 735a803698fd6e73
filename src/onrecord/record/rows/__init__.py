"""Between the types that flow and what a column can hold: JSON, packed runs, days.

In: types. Out: str, bytes and numbers for sqlite3, and the way back, equal to what went in but for lone surrogates
(`folding`). Leaves SQL to the others.

    values      JSON, and its values checked             evidence    why a value is held, or why there is none
    statement   who, to whom, when, which spans          page        what was given, times, titles, zones
    packed      originals, runs, sketches                days        from which day to which a date reaches
"""

from __future__ import annotations

from onrecord.record.rows.days import first_day, last_day
from onrecord.record.rows.packed import pack, pack_minhash, pack_runs, unpack, unpack_minhash, unpack_runs
from onrecord.record.rows.page import (
    dump_details,
    dump_given,
    dump_zones,
    innermost_zones,
    load_details,
    load_given,
    load_when,
    load_zones,
    when_object,
)
from onrecord.record.rows.statement import (
    dump_addressee,
    dump_attribution_spans,
    dump_day,
    dump_occasion,
    dump_speaker,
    load_addressee,
    load_attribution,
    load_content,
    load_day,
    load_occasion,
    load_speaker,
    without,
)
from onrecord.record.rows.values import dump, load, load_pairs, load_strings

__all__ = [
    "dump",
    "dump_addressee",
    "dump_attribution_spans",
    "dump_day",
    "dump_details",
    "dump_given",
    "dump_occasion",
    "dump_speaker",
    "dump_zones",
    "first_day",
    "innermost_zones",
    "last_day",
    "load",
    "load_addressee",
    "load_attribution",
    "load_content",
    "load_day",
    "load_details",
    "load_given",
    "load_occasion",
    "load_pairs",
    "load_speaker",
    "load_strings",
    "load_when",
    "load_zones",
    "pack",
    "pack_minhash",
    "pack_runs",
    "unpack",
    "unpack_minhash",
    "unpack_runs",
    "when_object",
    "without",
]
