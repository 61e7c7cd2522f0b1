"""What a visitor notices: navigation, search, copying, colour schemes, narrow screens, accessibility, weight."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SITE, Visitor

TEMPLATES = {
    "home": "",
    "catalogue": "catalogue/",
    "kind": "catalogue/servers/",
    "category": "catalogue/categories/general-purpose/",
    "tags": "catalogue/tags/",
    "entry": "catalogue/servers/uvicorn/",
    "component": "catalogue/middleware/starlette-cors-middleware/",
    "ended": "catalogue/servers/nginx-unit/",
    "publication": "catalogue/publications/introduction-to-asgi-2019/",
    "publications": "publications/",
    "background": "publications/background/",
    "archive": "archive/",
    "criteria": "criteria/",
    "wrong": "no/such/page/",
}
STATES = {
    "searched": "catalogue/?q=asgi&kind=server",
    "nothing": "catalogue/?q=zzstarlettq",
    "ended": "catalogue/?dead=yes",
}
SCHEMES = ("light", "dark")
MOST_BYTES = 140 * 1024
MOST_REQUESTS = 7


def test_from_home_to_an_entry_by_links_alone(visitor: Visitor) -> None:
    page = visitor.open("")
    page.get_by_role("link", name="Servers").last.click()
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


@pytest.mark.parametrize("width", [320, 390, 1280])  # 320: 1280 at a zoom of 400 %
@pytest.mark.parametrize("path", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_nothing_is_wider_than_the_screen(visitor: Visitor, path: str, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 844})
    page = visitor.open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    visitor.errors.clear()  # the browser reports a 404 itself


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", [*TEMPLATES.values(), *STATES.values()], ids=[*TEMPLATES, *STATES])
def test_axe_finds_nothing(browser: Browser, site_url: str, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]  # one of two literals
    visitor = Visitor(context, site_url)
    page = visitor.open(path)
    expect(page.locator("body")).to_have_attribute(
        "data-md-color-scheme", {"light": "default", "dark": "slate"}[scheme]
    )
    found = violations(page)
    context.close()
    assert found == []


@pytest.mark.parametrize("path", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_axe_finds_nothing_where_scripts_do_not_run(browser: Browser, site_url: str, path: str) -> None:
    """axe is a script itself: so scripts run, but those of the page are taken out on the way."""
    context = browser.new_context(color_scheme="dark", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.route(
        "**/*", lambda route: route.fulfill(body=without_scripts(route.fetch().text()), content_type="text/html")
    )
    page.route("**/assets/**", lambda route: route.abort() if route.request.url.endswith(".js") else route.continue_())
    page.goto(site_url + path, wait_until="networkidle")
    expect(page.locator("html")).to_have_class("no-js")
    found = violations(page)
    context.close()
    assert found == []


def without_scripts(html: str) -> str:
    return re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL)


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds; with the rule on target sizes of WCAG 2.2, which it leaves out unless asked."""
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


# Inline links are exempt (2.5.8); so is what cannot be seen or reached.
SMALL = """() => [...document.querySelectorAll("button, input, select, summary, label[for^=__palette], .md-tabs__link")]
    .filter((element) => element.checkVisibility({visibilityProperty: true, opacityProperty: true}))
    .map((element) => element.matches("label > input") ? element.parentElement : element)
    .filter((element) => !element.matches(".md-option, .tabbed-set > input, .md-code__button"))
    .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
    .filter(([, {width, height}]) => width < 24 || height < 24).map(([html]) => html)"""


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["catalogue/", "catalogue/servers/uvicorn/", "no/such/page/"])
def test_controls_are_large_enough_to_hit(visitor: Visitor, path: str, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 844})
    page = visitor.open(path)
    for element in page.locator(".filters__toggle:visible, [data-facet] summary:visible").all():
        element.click()
    assert page.evaluate(SMALL) == []
    visitor.errors.clear()


CONTRAST = """(element) => {
    const rgb = (color) => color.match(/[\\d.]+/g).map(Number);
    const over = ([r, g, b, a = 1], under) => [r, g, b].map((value, at) => value * a + under[at] * (1 - a));
    let ground = [255, 255, 255];
    const above = [];
    for (let at = element.parentElement; at; at = at.parentElement) above.unshift(getComputedStyle(at).backgroundColor);
    for (const color of above) ground = over(rgb(color), ground);
    const light = (color) => color.map((value) => value / 255)
        .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
    const style = getComputedStyle(element);
    const [a, b] = [light(over(rgb(style.borderTopColor), ground)), light(ground)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_borders_of_controls_can_be_seen(browser: Browser, site_url: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]  # one of two literals
    page = Visitor(context, site_url).open("catalogue/")
    controls = page.locator(".site-search__input, .filters input[type=search], .filters select, [data-facet] summary")
    assert controls.count() > 8
    weak = [control.evaluate("e => e.outerHTML") for control in controls.all() if control.evaluate(CONTRAST) < 3]
    context.close()
    assert weak == []


@pytest.mark.parametrize("path", ["catalogue/", "catalogue/servers/uvicorn/"])
def test_the_focus_is_always_seen(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        outline, name, visible = page.evaluate(
            """() => { const e = document.activeElement, style = getComputedStyle(e);
            const label = e.matches(".tabbed-set > input, .md-option") ? document.querySelector(`[for=${e.id}]`) : e;
            return [style.outlineStyle !== "none" && style.outlineWidth !== "0px" || label !== e, e.outerHTML.slice(0, 90),
            label.checkVisibility({visibilityProperty: true})]; }"""
        )
        assert outline, name
        assert visible, name
        seen.add(name)
    assert len(seen) > 20


def test_nothing_moves_for_those_who_want_no_motion(browser: Browser, site_url: str) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = Visitor(context, site_url).open("catalogue/")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].map((e) => [e.className, getComputedStyle(e)])
        .filter(([, style]) => style.transitionDuration.split(", ").some((time) => parseFloat(time) > 0)
            || style.animationName !== "none" || style.scrollBehavior === "smooth").map(([name]) => name)"""
    )
    context.close()
    assert moving == []


def test_on_paper_there_are_entries_and_no_controls(visitor: Visitor) -> None:
    page = visitor.open("catalogue/?kind=server")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Uvicorn", exact=True)).to_be_visible()
    assert [e.evaluate("e => e.outerHTML") for e in page.locator("button, input, select").all() if e.is_visible()] == []
    page.goto(visitor.site_url + "catalogue/servers/uvicorn/")
    source = page.get_by_role("link", name="Evidence that it is ASGI")
    assert "https://" in source.evaluate("e => getComputedStyle(e, '::after').content")


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
