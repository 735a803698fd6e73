"""Who speaks in each attribution of an article, and to whom: a Voice for each.

In: an Article and its attributions. Out: named speakers with a score and evidence, or Unresolved.
Leaves to others: which words are attributed (`attributions`), when they were said (`dates`).
"""

from onrecord.speakers.authority import Authority, parse_authority
from onrecord.speakers.resolve import resolve_speakers

__all__ = ["Authority", "parse_authority", "resolve_speakers"]
