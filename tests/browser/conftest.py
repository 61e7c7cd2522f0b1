"""The built site, served on the loopback address with gzip as a web server would, and one browser for all tests."""

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.provide import REMEDY, find
from tests.conftest import PROJECT

PREFIX = "/awesome-asgi/"  # the path of site_url
PUBLISHED = b"https://awesome-asgi.github.io/awesome-asgi/"
# The first two are pages of the address bar, which Chromium 156 loads beside every window, unseen: they took more time
# than the page under test (2026-11-23). Chromium heeds the last such list only, so the rest is from Playwright's own.
UNWANTED = (
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    f"--disable-features={','.join(UNWANTED)}",
]
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".xml")


class Handler(BaseHTTPRequestHandler):
    """Serves the folder of its server."""

    protocol_version = "HTTP/1.1"
    folder: Path

    def do_GET(self) -> None:
        path = self._file()
        status = HTTPStatus.OK if path else HTTPStatus.NOT_FOUND
        path = path or self.folder / "404.html"
        compressed = path.suffix in COMPRESSED and "gzip" in self.headers.get("Accept-Encoding", "")
        body = _body(path, path.stat().st_mtime_ns, self.headers.get("Host", ""), compressed=compressed)
        self.send_response(status)
        self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _file(self) -> Path | None:
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(PREFIX) or "\0" in path:
            return None
        target = (self.folder / path.removeprefix(PREFIX)).resolve()
        target = target / "index.html" if target.is_dir() else target
        return target if target.is_relative_to(self.folder.resolve()) and target.is_file() else None

    def log_message(self, *_: object) -> None:
        """Silent: pytest's output is read by people."""


@lru_cache(maxsize=64)
def _body(path: Path, _changed: int, host: str, *, compressed: bool) -> bytes:
    """What a file says, compressed once as by a server that is not busy. The sitemap names this server, or else the
    theme takes every page for one of another site and navigates without it.
    """
    body = path.read_bytes()
    if path.name == "sitemap.xml":
        body = body.replace(PUBLISHED, f"http://{host}{PREFIX}".encode())
    return gzip.compress(body, 6) if compressed else body


SITE = PROJECT / "site"


@pytest.fixture(scope="session")
def site_url() -> Iterator[str]:
    """The address of the site, with the prefix that it has when published."""
    if not (SITE / "index.html").is_file():
        pytest.fail("There is no built site: run `make site` first.")
    with serving() as address:
        yield address


@contextmanager
def serving(folder: Path | None = None) -> Iterator[str]:
    """Serves the site, or another folder, for as long as the context is open."""
    handler = type("Handler", (Handler,), {"folder": folder or SITE})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find()
    if path is None:
        pytest.fail(REMEDY)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield launched
        launched.close()


COUNTED = """() => {
    const said = document.querySelector(".filters__count");
    return !said || !document.documentElement.classList.contains("js") || said.textContent !== "";
}"""


class Visitor:
    """A person with an empty browser: notes foreign requests and errors of every page."""

    def __init__(self, context: BrowserContext, site_url: str) -> None:
        self.context = context
        self.site_url = site_url
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.requests: list[str] = []
        self.page = context.new_page()
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note(self, url: str) -> None:
        self.requests.append(url)
        if not url.startswith((self.site_url, "data:", "blob:")):
            self.foreign.append(url)

    def open(self, path: str) -> Page:
        """The page, once lists have come back that wait for the theme; without scripts, at once."""
        self.page.goto(self.site_url + path, wait_until="networkidle")
        self.page.wait_for_function(COUNTED)
        return self.page


@pytest.fixture
def visitor(browser: Browser, site_url: str) -> Iterator[Visitor]:
    """A visitor at a desk. Every test fails if a page asked another host or raised an error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    someone = Visitor(context, site_url)
    yield someone
    context.close()
    assert someone.foreign == []
    assert someone.errors == []
