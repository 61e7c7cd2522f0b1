"""What a visitor notices: navigation, search, copying, colour schemes, narrow screens, accessibility, weight."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import SITE, Visitor

TEMPLATES = {
    "home": "",
    "catalogue": "catalogue/",
    "kind": "catalogue/servers/",
    "category": "catalogue/categories/general-purpose/",
    "written comparison": "compare/general-purpose/",
    "comparison": "compare/?entries=uvicorn,hypercorn",
    "tags": "catalogue/tags/",
    "entry": "catalogue/servers/uvicorn/",
    "component": "catalogue/middleware/starlette-cors-middleware/",
    "ended": "catalogue/servers/nginx-unit/",
    "publication": "catalogue/publications/introduction-to-asgi-2019/",
    "publications": "publications/",
    "background": "publications/background/",
    "archive": "archive/",
    "changes": "changes/",
    "criteria": "criteria/",
    "guide": "guide/",
    "guide with code": "guide/protocols/",
    "landscape": "landscape/",
    "trends": "trends/",
}
SCHEMES = ("light", "dark")
MOST_BYTES = 140 * 1024
MOST_REQUESTS = 7


def test_from_home_to_an_entry_by_links_alone(visitor: Visitor) -> None:
    page = visitor.open("")
    page.get_by_role("link", name="Servers", exact=True).last.click()
    page.get_by_role("link", name="Uvicorn", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Uvicorn")
    expect(page.get_by_text("pip install uvicorn")).to_be_visible()


@pytest.mark.parametrize(("query", "expected"), [("hypercorn", "Hypercorn"), ("encode/uvicorn", "Uvicorn")])
def test_search_finds_entries(visitor: Visitor, query: str, expected: str) -> None:
    page = visitor.open("")
    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching", timeout=30_000)
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()
    page.keyboard.type(query)  # Material listens for keys
    result = page.locator(".md-search-result__item a").first
    expect(result).to_contain_text(expected)
    result.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(expected)


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


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_nothing_is_wider_than_the_screen(visitor: Visitor, path: str, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 844})
    page = visitor.open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_axe_finds_nothing(browser: Browser, site_url: str, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]  # one of two literals
    visitor = Visitor(context, site_url)
    page = visitor.open(path)
    expect(page.locator("body")).to_have_attribute(
        "data-md-color-scheme", {"light": "default", "dark": "slate"}[scheme]
    )
    found = Axe().run(page).response["violations"]
    context.close()
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


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


def test_a_wrong_address_leads_back(visitor: Visitor) -> None:
    page = visitor.page
    response = page.goto(visitor.site_url + "catalogue/servers/nothing-here/")
    assert response
    assert response.status == 404
    expect(page.get_by_role("link", name="Catalogue").first).to_be_visible()
    visitor.errors.clear()  # the browser reports the 404 itself


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
