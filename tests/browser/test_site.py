"""What a visitor notices: navigation, copying, colour schemes, weight, links. Of search see test_explorer."""

import re
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, expect

from tests.browser.conftest import SITE, Visitor

MOST_BYTES = 140 * 1024
MOST_REQUESTS = 7


def test_from_home_to_an_entry_by_links_alone(visitor: Visitor) -> None:
    page = visitor.open("")
    page.get_by_role("link", name="Servers", exact=True).last.click()
    page.get_by_role("link", name="Uvicorn", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Uvicorn")
    expect(page.get_by_text("pip install uvicorn")).to_be_visible()


def test_the_install_line_is_copied(visitor: Visitor) -> None:
    page = visitor.open("catalogue/servers/uvicorn/")
    page.locator("button.md-code__button[data-md-type=copy], button.md-clipboard").first.click()
    page.wait_for_timeout(100)
    assert page.evaluate("navigator.clipboard.readText()").strip() == "pip install uvicorn"


def test_the_install_line_for_uv_is_one_click_away(visitor: Visitor) -> None:
    page = visitor.open("catalogue/servers/uvicorn/")
    page.get_by_text("uv", exact=True).click()
    expect(page.get_by_text("uv add uvicorn")).to_be_visible()


def test_the_chosen_colour_scheme_stays(visitor: Visitor) -> None:
    page = visitor.open("")
    body = page.locator("body")
    for _ in range(2):  # from the system's to light, then to dark
        page.locator("label.md-header__button[for^=__palette]:visible").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto(visitor.site_url + "catalogue/servers/")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


def test_an_entry_page_is_light(visitor: Visitor) -> None:
    sizes: list[int] = []
    visitor.page.on("requestfinished", lambda request: sizes.append(sum_of(request.sizes())))
    visitor.open("catalogue/servers/uvicorn/")
    assert len(visitor.requests) <= MOST_REQUESTS, visitor.requests
    assert sum(sizes) <= MOST_BYTES


def sum_of(sizes: object) -> int:
    """Bytes of one answer on the wire."""
    assert isinstance(sizes, dict)
    return int(sizes["responseBodySize"]) + int(sizes["responseHeadersSize"])


def test_everything_reads_without_scripts(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + "catalogue/servers/uvicorn/")
    expect(page.get_by_text("pip install uvicorn")).to_be_visible()
    expect(page.get_by_role("link", name="Evidence that it is ASGI")).to_be_visible()
    context.close()


def test_no_link_of_the_site_is_broken() -> None:
    files = {path.relative_to(SITE).as_posix() for path in SITE.rglob("*") if path.is_file()}
    broken = [
        (page, target)
        for page in files
        if page.endswith(".html")
        for target in re.findall(r'(?:href|src)="([^"#?]+)', (SITE / page).read_text(encoding="utf-8"))
        if not re.match(r"[a-z]+:", target) and resolved(page, target) not in files
    ]
    assert broken == []


def resolved(page: str, target: str) -> str:
    """The file that a link of a page leads to."""
    base = "/" if target.startswith("/") else f"/awesome-asgi/{page}"
    path = urlsplit(urljoin(base, target)).path.removeprefix("/awesome-asgi/").removeprefix("/awesome-asgi")
    return f"{path}index.html" if path == "" or path.endswith("/") else path
