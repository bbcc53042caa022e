"""A real browser for tests, what it complained about, what axe finds in a page, and a web application to look at.

A package that looks at pages imports the fixtures into its conftest: `from tests.browser import chromium, open_page`.
Every such test is marked slow.
"""

import os
import shutil
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final, Protocol, TypedDict
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright
from starlette.types import ASGIApp

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1" / "axe.min.js"
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN_AXE = """async (tags) => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]});
  const told = (rule, node) => `${rule.id}: ${rule.help} – ${node.target.join(" ")}`;
  return found.violations.flatMap((rule) => rule.nodes.map((node) => told(rule, node)));
}"""
HEIGHT = 900
PHONE = 360
OWN_HOSTS = {"127.0.0.1", "localhost", ""}

_faults: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


class Mode(TypedDict, total=False):
    """One way in which people look at a page."""

    width: int
    dark: bool
    forced_colours: bool
    script: bool


MODES: Final[Mapping[str, Mode]] = {
    "desktop": {},
    "phone": {"width": PHONE},
    "dark": {"dark": True},
    "dark phone": {"width": PHONE, "dark": True},
    "forced colours": {"forced_colours": True},
}
"""The ways in which every page is looked at."""


class OpenPage(Protocol):
    """Opens a tab of a browser of its own: no cookies, nothing in its caches."""

    def __call__(
        self,
        *,
        width: int = 1280,
        dark: bool = False,
        script: bool = True,
        forced_colours: bool = False,
        base_url: str | None = None,
    ) -> Page:
        """Return the tab; `script=False` is a browser where scripts are switched off."""
        ...


def find_chromium() -> str:
    """Return where the browser is; without one the test is skipped, but in CI it fails."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None and os.environ.get("CI"):
        pytest.fail("CI has no chromium: install it (Debian: apt-get install chromium)")
    if found is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    return found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser. Per module, since an event loop runs in this thread as long as it lives, and other tests run one."""
    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Opens tabs that are closed after the test."""
    opened: list[BrowserContext] = []

    def open_one(
        *,
        width: int = 1280,
        dark: bool = False,
        script: bool = True,
        forced_colours: bool = False,
        base_url: str | None = None,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme="dark" if dark else "light",
            forced_colors="active" if forced_colours else "none",
            java_script_enabled=script,
            reduced_motion="reduce",
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            base_url=base_url,
        )
        opened.append(context)
        page = context.new_page()
        _listen(page)
        return page

    yield open_one
    for context in opened:
        context.close()


def _listen(page: Page) -> None:
    """Keep what a page complains about from its beginning; refused styles and scripts are told on the console."""
    faults = _faults.setdefault(page, [])
    asked: set[str] = set()

    def on_request(request: Request) -> None:
        if request.is_navigation_request():
            asked.add(request.url)
        if urlsplit(request.url).hostname not in {*OWN_HOSTS, None}:
            faults.append(f"asked another host: {request.url}")

    def on_console(message: ConsoleMessage) -> None:
        # The browser tells of an error page as of a file that is missing; the page itself is what was asked for.
        is_page_itself = message.text.startswith("Failed to load resource") and message.location["url"] in asked
        if message.type in {"error", "warning"} and not is_page_itself:
            faults.append(f"{message.type}: {message.text}")

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))


def console_faults(page: Page) -> list[str]:
    """Return what the page complained about: refused by policy, broken script, missing file, request to outside."""
    return list(_faults[page])


def axe_violations(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 A and AA and good practice, one line for each place."""
    page.wait_for_load_state()
    page.evaluate(_axe())  # as a debugger would: the page's own policy lets no script in
    found: list[str] = page.evaluate(RUN_AXE, list(AXE_TAGS))
    return found


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def overflow(page: Page) -> int:
    """Return by how many pixels the loaded page is wider than the window; more than none means scrolling sideways."""
    page.wait_for_load_state()  # a text can be seen before the styles are there
    wide: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return wide


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve an application on loopback and give its address; requests wait until it is up."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", timeout_graceful_shutdown=2))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)
