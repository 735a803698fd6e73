"""The record: what was read, kept so that it can be searched, checked and verified.

In: RawPages with their Readings; questions. Out: answers as frozen types. The only SQL of the house.
Leaves reading to `pipeline`, and showing to `faces`. `store` opens with what is kept and why.
"""

from onrecord.record.align import Change, Edit
from onrecord.record.check import Answer, CheckPassage, SpeakerMatch, Verdict
from onrecord.record.differences import Difference, Flag, Variant
from onrecord.record.likeness import Alike
from onrecord.record.results import (
    Added,
    Candidate,
    CopyGroup,
    Coverage,
    Decision,
    DecisionKind,
    Entry,
    MatchKind,
    Outcome,
    PageEntry,
    PageKey,
    Paragraph,
    Passage,
    Problem,
    Rejection,
    Removal,
    Replaced,
    Report,
    SearchResult,
    SpeakerEntry,
    SpeakerRef,
    Utterance,
)
from onrecord.record.settling import group_utterances
from onrecord.record.store import NAMED_KINDS, Record, Who

__all__ = [
    "NAMED_KINDS",
    "Added",
    "Alike",
    "Answer",
    "Candidate",
    "Change",
    "CheckPassage",
    "CopyGroup",
    "Coverage",
    "Decision",
    "DecisionKind",
    "Difference",
    "Edit",
    "Entry",
    "Flag",
    "MatchKind",
    "Outcome",
    "PageEntry",
    "PageKey",
    "Paragraph",
    "Passage",
    "Problem",
    "Record",
    "Rejection",
    "Removal",
    "Replaced",
    "Report",
    "SearchResult",
    "SpeakerEntry",
    "SpeakerMatch",
    "SpeakerRef",
    "Utterance",
    "Variant",
    "Verdict",
    "Who",
    "group_utterances",
]
