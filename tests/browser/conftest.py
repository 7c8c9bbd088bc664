"""A real browser on a real site. Whatever leaves this machine is refused and reported."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, sync_playwright

from tests.serving import Site, site

ARGUMENTS = (
    "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--no-first-run",
    "--disable-sync", "--disable-quic",
)  # fmt: skip
WIDTHS = {"phone": (360, 740), "desk": (1280, 900)}


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, served."""
    with site(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window of its own, which costs half the work. Closed after each file: while it is open, an event loop
    runs in this thread, which other tests must not meet."""
    path = shutil.which("chromium-headless-shell")
    assert path, "Chromium is missing: run make tools"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Window:
    """A window of a given size, in which somebody reads and types."""

    def __init__(self, context: BrowserContext, served: Site) -> None:
        self.context, self.site, self.page = context, served, context.new_page()
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        context.route("**/*", self._keep_home)
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> Page:
        """Open a page of the site."""
        self.page.goto(self.site.url + path)
        return self.page

    def picture(self, folder: Path, name: str) -> None:
        """Keep a picture of the whole page."""
        self.page.screenshot(path=folder / f"{name}.png", full_page=True)

    def _keep_home(self, route: Route, request: Request) -> None:
        if request.url.startswith((self.site.url, "data:")):
            route.continue_()
        else:
            self.strangers.append(request.url)
            route.abort()


@pytest.fixture(params=sorted(WIDTHS))
def window(request: pytest.FixtureRequest, chromium: Browser, served: Site) -> Iterator[Window]:
    """A window as wide as a phone, then as wide as a desk."""
    width, height = WIDTHS[request.param]
    context = chromium.new_context(viewport={"width": width, "height": height}, locale="fr-CA", reduced_motion="reduce")
    found = Window(context, served)
    yield found
    context.close()
    assert found.strangers == [], "a page asked something of another machine"
