"""A real browser in tests: Chromium without a window, one page that is watched for anything that should not happen."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from werkzeug.serving import make_server

from tests.web.visiting import PASSWORD

WIDTHS = (1280, 380)
OTHER_WIDTHS = (320, 700, 961, 1060)
"""Where nothing may stick out either: 1280 at 400%, and beside the widths at which the pages change."""

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MILLISECONDS = 20_000


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Chromium as the machine has it; without one the test is skipped, or fails where REQUIRE_BROWSER=1 says so."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        reason = "no Chromium is installed here"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIETLY)
        yield browser
        browser.close()


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The app on a port of this machine; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Watched:
    """A page of one person, with everything that went wrong on it, was asked of others, or that axe finds."""

    page: Page
    base: str
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE_MILLISECONDS)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))

    def open(self, path: str) -> None:
        """Go to a page."""
        self.page.goto(f"{self.base}{path}")

    def sign_in(self, username: str) -> None:
        """Sign in as one of the made-up people."""
        self.open("/sign-in")
        self.page.get_by_label("User name").fill(username)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.press("Sign in")

    def press(self, button: str) -> None:
        """Press a button and wait for the page after it."""
        self.page.get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_load_state()

    def looks_sound(self, name: str) -> None:
        """At both widths: axe finds nothing, nothing sticks out; SCREENSHOTS names a folder for pictures, if any."""
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            folder = os.environ.get("SCREENSHOTS")
            if folder:
                self.page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
            for violation in Axe().run(self.page).response["violations"]:
                places = [node["target"] for node in violation["nodes"]]
                self.faults.append(f"{name} at {width}: {violation['id']} ({violation['help']}) {places}")
        for width in (*OTHER_WIDTHS, *WIDTHS):
            self.page.set_viewport_size({"width": width, "height": 900})
            if self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                self.faults.append(f"{name} at {width}: the page is wider than the screen")

    def _heard(self, message: ConsoleMessage) -> None:
        # A browser reports an answer of 4xx as an error; where the page itself is one, that is the page's business.
        about_itself = message.text.startswith("Failed to load resource") and self._is_page(message.location["url"])
        if message.type in {"error", "warning"} and not about_itself:
            self.faults.append(f"console: {message.text}")

    def _is_page(self, address: str) -> bool:
        return address.startswith(self.base) and "/assets/" not in address

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.base):
            self.faults.append(f"asked another host: {request.url}")


@contextmanager
def somebody(browser: Browser, base: str, username: str = "", *, scripts: bool = True) -> Iterator[Watched]:
    """A fresh browser of one person, signed in where a name is given. At the end nothing may have gone wrong."""
    context = browser.new_context(java_script_enabled=scripts)
    watched = Watched(context.new_page(), base)
    if username:
        watched.sign_in(username)
    yield watched
    context.close()
    assert not watched.faults
