"""The record in a browser: search, check, read, follow every quotation to its place.

In: the path of a record. Out: an ASGI app, or a server on this machine. The record is opened for reading, unless
`edit` lets people say which speakers are one.
"""

from onrecord.faces.web.app import create_app, serve

__all__ = ["create_app", "serve"]
