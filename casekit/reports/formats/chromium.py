"""One headless Chromium, kept open, that prints pages as PDF."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from casekit import errors
from casekit._text import _

#: Names under which systems know Chromium and its relatives.
PROGRAMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)

#: Where macOS and Windows put them; not on the search path there.
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "{ProgramFiles}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Google/Chrome/Application/chrome.exe",
    "{ProgramFiles(x86)}/Microsoft/Edge/Application/msedge.exe",
)

#: Milliseconds a page may take to load or to print.
PATIENCE = 120_000


def find_chromium() -> str | None:
    """Path of a Chromium: the one of ``CASEKIT_CHROMIUM``, else the system's, else Playwright's own."""
    chosen = os.environ.get("CASEKIT_CHROMIUM")
    if chosen:
        return shutil.which(chosen) or None
    for program in PROGRAMS:
        found = shutil.which(program)
        if found:
            return found
    for place in PLACES:
        path = Path(_expanded(place))
        if path.is_file():
            return str(path)
    return _own_chromium()


def _expanded(place: str) -> str:
    for name in ("ProgramFiles(x86)", "ProgramFiles"):
        place = place.replace("{" + name + "}", os.environ.get(name, f"{{{name}}}"))
    return place


@cache
def _own_chromium() -> str | None:
    """Path of the browser that ``playwright install chromium`` fetched; None if it did not."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None

    def look() -> str:
        with sync_playwright() as playwright:
            return playwright.chromium.executable_path

    # A thread of its own: Playwright refuses to start beside a running event loop, as in a notebook.
    with ThreadPoolExecutor(1) as thread:
        path = thread.submit(look).result()
    return path if Path(path).is_file() else None


class Chromium:
    """A browser that starts with the first page and stays until :meth:`close`.

    All its work is done in one thread of its own, so that it can be called from any thread and beside a
    running event loop. Pages cannot reach a network.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="casekit-chromium")
        self._playwright: Any = None
        self._browser: Any = None

    def print(self, html: str, **settings: Any) -> bytes:
        """The page as PDF; ``settings`` go to Playwright's ``page.pdf``."""
        return self.visit(html, lambda page: page.pdf(**settings))

    def visit(self, html: str, act: Callable[[Any], Any]) -> Any:
        """Show a page, do something with it, and close it again; a browser that died is started anew."""
        return self._thread.submit(self._visit, html, act).result()

    def close(self) -> None:
        """End the browser."""
        self._thread.submit(self._stop).result()
        self._thread.shutdown()

    def _visit(self, html: str, act: Callable[[Any], Any]) -> Any:
        if self._browser is None or not self._browser.is_connected():
            self._stop()
            self._start()
        context = self._browser.new_context(offline=True)
        try:
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            page.set_content(html, wait_until="load")
            return act(page)
        finally:
            context.close()

    def _start(self) -> None:
        from playwright.sync_api import Error, sync_playwright

        self._playwright = sync_playwright().start()
        try:
            self._browser = self._playwright.chromium.launch(
                executable_path=find_chromium(), args=["--font-render-hinting=none"]
            )
        except Error as error:
            reason = str(error).strip().splitlines()[0]
            raise errors.ReportError(_("Chromium does not start: {reason}").format(reason=reason)) from error

    def _stop(self) -> None:
        from contextlib import suppress

        for part, end in ((self._browser, "close"), (self._playwright, "stop")):
            if part is not None:
                with suppress(Exception):  # of a browser that is gone already
                    getattr(part, end)()
        self._browser = self._playwright = None


def missing_chromium() -> str:
    """The command that installs Chromium on this system."""
    if sys.platform == "darwin":
        return "brew install --cask chromium"
    if sys.platform == "win32":
        return "winget install Google.Chrome"
    if shutil.which("apt-get"):
        return "sudo apt-get install chromium"
    return "playwright install chromium"
