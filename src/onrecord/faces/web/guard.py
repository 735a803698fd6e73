"""What stands between the network and the pages: whom we answer, and what a browser may do with it.

In: ASGI messages. Out: the same, with headers; a request for a host that is not ours gets 400, so
that a web page elsewhere cannot read the record through a name that it points at this machine.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Names under which a browser on this machine reaches it.
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    # "no-referrer" would make a browser hide the origin of our own forms from us
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-cache"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)


class Guard:
    """An ASGI app around another: checks Host, adds the headers to every answer."""

    def __init__(self, app: ASGIApp, hosts: Collection[str] = ()) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in (*LOCAL_HOSTS, *hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *_raw(HEADERS)]}
            await send(message)

        hosts = [value.decode("latin-1") for key, value in scope["headers"] if key == b"host"]
        if len(hosts) == 1 and host_name(hosts[0]) in self._hosts:
            await self._app(scope, receive, send_guarded)
            return
        body = json.dumps(
            {"error": {"status": 400, "message": "this host is not served here; see `serve --host`"}}
        ).encode()
        start = {
            "type": "http.response.start",
            "status": 400,
            "headers": [*_raw((("content-type", "application/json"), ("content-length", str(len(body)))))],
        }
        await send_guarded(start)
        await send_guarded({"type": "http.response.body", "body": body})


def host_name(header: str) -> str:
    """The host of a Host header without its port, lower case; "" if it is none."""
    host, bracket, rest = header.strip().lower().partition("]")
    if bracket:
        return host + bracket if host.startswith("[") and (not rest or rest[0] == ":") else ""
    return host.partition(":")[0]


def _raw(headers: tuple[tuple[str, str], ...]) -> list[tuple[bytes, bytes]]:
    return [(key.encode("latin-1"), value.encode("latin-1")) for key, value in headers]
