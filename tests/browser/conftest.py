"""The application served to Chromium on this machine's own address, on one prepared database for all browser tests."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from threading import Thread
from typing import Any

import pytest
from browser.world import World, build
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

_NAMES = ("chromium", "chromium-browser", "google-chrome")
# How long a page that is asked for may take, in milliseconds: a machine that does much else is slow, not wrong.
PATIENCE = 30_000
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESKTOP = {"width": 1280, "height": 900}


@dataclass(frozen=True)
class Site:
    """The application as it is served, and what is in it."""

    app: Flask
    address: str
    world: World


class _Quiet(WSGIRequestHandler):
    """Serves without a line in the log for each request, which would hide what a failing test says."""

    def log_request(self, *_: object) -> None:
        pass


OpenPage = Callable[..., Page]


def pytest_itemcollected(item: pytest.Item) -> None:
    item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, _NAMES)), None)
    if executable is None:
        pytest.skip("Chromium is not installed: the browser tests did not run")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(chromium: Browser, app_on: Callable[[str], Flask]) -> Iterator[Site]:
    app = app_on("licensing_browser")
    with app.app_context():
        world = build(app)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield Site(app, f"http://127.0.0.1:{server.server_port}", world)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def open_page(chromium: Browser, site: Site) -> Iterator[OpenPage]:
    """`open_page(token)`: a blank page of a new browser profile, signed in where a session's token is given."""
    contexts = []

    def make(token: str = "", **options: Any) -> Page:
        context = chromium.new_context(
            base_url=site.address, locale="en-GB", timezone_id="Europe/London", **{"viewport": DESKTOP, **options}
        )
        context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        contexts.append(context)
        if token:
            context.add_cookies([{"name": "session", "value": token, "url": site.address}])
        return context.new_page()

    # The factories of users need the application around them.
    with site.app.app_context():
        yield make
    for context in contexts:
        context.close()
