#!/usr/bin/env python3
"""Writes docs/img/*.png: the web pages of a record of the examples, light and dark, wide and narrow.

In: examples/pages (or --record). Out: one PNG for each page, scheme and width, all in --out.
Needs chromium and chromedriver on PATH (Debian: chromium, chromium-driver) and nothing else; the
browser gets its own empty profile and talks to the local server alone.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlencode

HERE = Path(__file__).resolve().parent
MAX_BYTES = 300_000
#: name, width, height of the window, pixels per point
SIZES = (("wide", 1280, 860, 1.0), ("narrow", 390, 844, 1.5))
SCHEMES = ("light", "dark")
BROWSER_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-first-run",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--record", type=Path, help="a record to show instead of the examples")
    parser.add_argument("--out", type=Path, default=HERE / "img")
    parser.add_argument("--only", help="names that contain this")
    parser.add_argument("--whole", action="store_true", help="whole pages instead of what a window shows")
    args = parser.parse_args()
    for program in ("chromium", "chromedriver"):
        if shutil.which(program) is None:
            print(f"{program} is not on PATH; on Debian: apt-get install chromium chromium-driver")
            return 2
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        record = args.record or made_record(Path(folder) / "demo.db")
        with served(record) as site, Browser(Path(folder) / "profile") as browser:
            too_large = 0
            for name, address, focus, text in pages(site):
                if args.only and args.only not in name:
                    continue
                for size, width, height, scale in SIZES:
                    for scheme in SCHEMES:
                        browser.look(width, height, scale, scheme)
                        browser.open(site + address)
                        if text:
                            browser.send(text)
                        if focus:
                            browser.focus(focus)
                        png = browser.shoot(whole=args.whole)
                        path = args.out / f"{name}-{size}-{scheme}.png"
                        path.write_bytes(png)
                        print(f"{path.name}  {len(png) // 1000} kB")
                        too_large += len(png) > MAX_BYTES
    return 1 if too_large else 0


def made_record(path: Path) -> Path:
    """A record of examples/pages."""
    command = [sys.executable, "-m", "onrecord", "--record", str(path), "add", "examples/pages"]
    subprocess.run(command, cwd=HERE.parent, check=True, stdout=subprocess.DEVNULL)
    return path


#: A draft to be checked: words on record, words changed, and words of somebody else's.
DRAFT = (
    "“I have never threatened anybody with hunger,” Mirela Dovan said.\n\n“A broken bridge has two ends,” said Hugh"
    " Pascoe. “A river does not read flags,” Anders Holloway told the parliament.\n"
)


def pages(site: str) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Name, address, what to focus and what to send with the form, for each page that is worth showing."""

    def asked(path: str, **params: str) -> object:
        with urllib.request.urlopen(f"{site}{path}?{urlencode(params)}", timeout=30) as answer:
            return json.load(answer)

    found = asked("/api/pages", limit="200")
    assert isinstance(found, dict)
    ids = [page["id"] for page in found["pages"]]
    article = next((i for i in ids if "island" in i), ids[0])
    speakers = asked("/api/speakers", limit="1")
    assert isinstance(speakers, dict)
    yield "home", "/", None, None
    yield "article", f"/page?{urlencode({'id': article})}", ".z-body .said.direct[id] > a", None
    yield "speaker", f"/speaker/{speakers['speakers'][0]['number']}", None, None
    yield "copies", "/copies", None, None
    yield "search", "/search?q=water+taken+away", None, None
    for name, quote, speaker in (
        ("check", "I have never threatened anybody with hunger.", "Mirela Dovan"),
        (
            "reported",
            "Brennian engineers would assist in the reconstruction of the span if they were asked.",
            "Hugh Pascoe",
        ),
    ):
        yield name, "/check?" + urlencode({"quote": quote, "speaker": speaker}), None, None
    yield "draft", "/draft", None, DRAFT
    reports = asked("/api/search", q="threatened")
    assert isinstance(reports, dict)
    for statement in reports["statements"][:1]:
        if statement["utterance"]:
            yield "utterance", f"/utterance/{statement['utterance']}", None, None
            return


@contextmanager
def served(record: Path) -> Iterator[str]:
    """The address of a server of the record, while it runs."""
    port = free_port()
    code = f"from onrecord.faces.web import serve; serve({str(record)!r}, port={port})"
    process = subprocess.Popen([sys.executable, "-c", code])
    try:
        site = f"http://127.0.0.1:{port}"
        wait_for(site + "/api/")
        yield site
    finally:
        process.terminate()
        process.wait(10)


class Browser:
    """A headless chromium, driven through chromedriver's plain HTTP protocol."""

    def __init__(self, profile: Path) -> None:
        self._port = free_port()
        self._driver = subprocess.Popen(
            ["chromedriver", f"--port={self._port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(f"http://127.0.0.1:{self._port}/status")
        options = {
            "args": [*BROWSER_FLAGS, f"--user-data-dir={profile}"],
            "binary": shutil.which("chromium"),
        }
        answer = self._post(
            "/session",
            {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}},
        )
        self._session = f"/session/{answer['sessionId']}"

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._call("DELETE", self._session, None)
        self._driver.terminate()
        self._driver.wait(10)

    def look(self, width: int, height: int, scale: float, scheme: str) -> None:
        """The window's size and the colour scheme that pages are told of."""
        self._size = (width, height)
        self._cdp(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600},
        )
        self._cdp(
            "Emulation.setEmulatedMedia",
            {
                "features": [
                    {"name": "prefers-color-scheme", "value": scheme},
                    {"name": "prefers-reduced-motion", "value": "reduce"},
                ]
            },
        )

    def open(self, address: str) -> None:
        """Goes there and waits until it is loaded."""
        self._post(f"{self._session}/url", {"url": address})

    def focus(self, selector: str) -> None:
        """Focuses the first element that the selector finds, as the Tab key would."""
        script = (
            f"const found = document.querySelector({json.dumps(selector)}); if (!found) return;"
            "found.scrollIntoView({block: 'center'}); found.focus({preventScroll: true})"
        )
        self._post(f"{self._session}/execute/sync", {"script": script, "args": []})

    def send(self, text: str) -> None:
        """Puts a text into the page's form and sends it; returns when the answer is there."""
        script = (
            f"const field = document.querySelector('textarea'); field.value = {json.dumps(text)};"
            "field.form.submit()"
        )
        before = self.run("return performance.timeOrigin")
        self.run(script)
        for _ in range(100):
            time.sleep(0.1)
            if self.run("return document.readyState === 'complete' && performance.timeOrigin") not in (
                False,
                before,
            ):
                return

    def shoot(self, *, whole: bool) -> bytes:
        """A PNG of the window, or of the whole page."""
        params: dict[str, object] = {"format": "png"}
        if whole:
            size = self._cdp("Page.getLayoutMetrics", {})["cssContentSize"]
            clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
            params |= {"captureBeyondViewport": True, "clip": clip}
        return base64.b64decode(self._cdp("Page.captureScreenshot", params)["data"])

    def run(self, script: str) -> object:
        """What a script returns in the page; for tests of layout."""
        return self._post(f"{self._session}/execute/sync", {"script": script, "args": []})

    def _cdp(self, command: str, params: dict[str, object]) -> dict:
        return self._post(f"{self._session}/goog/cdp/execute", {"cmd": command, "params": params})

    def _post(self, path: str, body: dict[str, object]) -> dict:
        return self._call("POST", path, body)

    def _call(self, method: str, path: str, body: dict[str, object] | None) -> dict:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}{path}",
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    """Returns when the address answers; TimeoutError after 30 s."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{address} does not answer")


if __name__ == "__main__":
    os.environ.pop("DISPLAY", None)
    assert re.match(r"3\.(1[1-9]|[2-9]\d)", sys.version), "Python 3.11 or later"
    sys.exit(main())
