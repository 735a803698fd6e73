"""Files, folders, corpora and standard input -> RawPage.

In: paths as somebody typed them. Out: one RawPage a page, or Rejected where one cannot be had; the rest goes on.
Leaves to `page` what the bytes mean. URLs, feeds and WARC files are not read yet.
"""

from onrecord.intake.draft import Draft, parse_draft, read_draft
from onrecord.intake.read import Limits, read_raw

__all__ = ["Draft", "Limits", "parse_draft", "read_draft", "read_raw"]
