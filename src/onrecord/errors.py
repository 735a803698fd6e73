"""Every exception that onrecord raises on purpose.

    OnrecordError
    ├── InputError     a file, URL or option that cannot be used as given
    ├── ModelError     weights are missing, damaged or of another version
    └── RecordError    the record is locked, damaged, newer than this program, or no record

An odd *page* is no exception: it becomes a `types.Rejected`. A message says where, what was
found, what was expected and what to do.
"""


class OnrecordError(Exception):
    """The root of the tree: catch this to catch everything that onrecord raises itself."""


class InputError(OnrecordError):
    """A path, file, URL or option cannot be used as given."""


class ModelError(OnrecordError):
    """Weights are missing, have the wrong hash, or are made for another version."""


class RecordError(OnrecordError):
    """The record cannot be opened, is locked, is damaged, or is from a newer version."""
