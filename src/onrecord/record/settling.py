"""Groups the statements of a record that wait for it, batch by batch.

In: a Record. Out: the same with every statement grouped. Leaves the judgement to `utterances`.
"""

from __future__ import annotations

from onrecord.record.groups import group
from onrecord.record.source import RecordSource
from onrecord.record.store import Record

#: Statements grouped in one transaction: enough to be quick, few enough that a kill loses little.
BATCH = 500


def group_utterances(record: Record) -> int:
    """How many utterances were written. Stopped at any point, the next call goes on."""
    n = 0
    seen: set[int] = set()
    while waiting := record.ungrouped(BATCH):
        numbers = [statement.number for statement in waiting]
        with record.transaction() as connection:
            found = group(waiting, RecordSource(connection))
            record.replace_utterances(found.followed, found.utterances)
        n += len(found.utterances)
        if seen.issuperset(numbers):
            break  # the same ones again: what keeps them waiting is left to the next call
        seen.update(numbers)
    return n
