"""The order of the rooms, for one page or a whole corpus.

In: paths, or one RawPage. Out: Readings (or Rejected), or a record brought up to date. Leaves the
work to the rooms; this is the only module that knows in which order they come.

    reading     one page, or a bare text: pure, and what may be chosen about it (`Options`)
    workers     many pages in the order of the input, by any number of processes
    recording   pages put on record, read again, taken out; their copies linked and dated by each other
    deciding    what a user says of speakers: who is one, who is two
    drafts      the quotations that a draft claims, and what the record says to each
"""

from __future__ import annotations

from onrecord.attributions.given import parse_marks
from onrecord.intake import read_raw
from onrecord.pipeline.deciding import merge_speakers, split_speaker
from onrecord.pipeline.drafts import Checked, Claim, Draft, check_draft, parse_draft, read_draft
from onrecord.pipeline.reading import TAGGERS, Options, attributions_of, read_page, reader, redate
from onrecord.pipeline.recording import add, open_record, remove, reread, settle
from onrecord.pipeline.workers import read

__all__ = [
    "TAGGERS",
    "Checked",
    "Claim",
    "Draft",
    "Options",
    "add",
    "attributions_of",
    "check_draft",
    "merge_speakers",
    "open_record",
    "parse_draft",
    "parse_marks",
    "read",
    "read_draft",
    "read_page",
    "read_raw",
    "reader",
    "redate",
    "remove",
    "reread",
    "settle",
    "split_speaker",
]
