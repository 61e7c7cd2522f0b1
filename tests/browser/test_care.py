"""Care for everybody: what axe finds, narrow screens, targets, contrast, focus, motion, paper (WCAG 2.2 AA)."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import violations
from tests.browser.conftest import Visitor
from tests.browser.templates import SCHEMES, STATES, TEMPLATES


@pytest.mark.parametrize("path", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_nothing_is_wider_than_the_screen(visitor: Visitor, path: str) -> None:
    found = {}
    for width in (320, 390, 1280):  # 320: 1280 at a zoom of 400 %
        visitor.page.set_viewport_size({"width": width, "height": 844})
        found[width] = visitor.open(path).evaluate("document.documentElement.scrollWidth")
    assert {width: wide for width, wide in found.items() if wide > width} == {}
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
    """Axe is a script itself: so scripts run, but those of the page are taken out on the way."""
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
            const seen = e.matches(".tabbed-set > input, .md-option")  // these lend their focus to a label
                ? [...document.querySelectorAll(`[for=${e.id}], #${e.id} + label`)].find((label) => !label.hidden) : e;
            const outlined = style.outlineStyle !== "none" && style.outlineWidth !== "0px";
            return [outlined || seen !== e, e.outerHTML.slice(0, 90), seen.checkVisibility({visibilityProperty: true})];
            }"""
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


def test_on_paper_is_everything_that_fits_and_on_the_screen_what_was_there(visitor: Visitor) -> None:
    page = visitor.open("catalogue/?kind=middleware")
    rows, said = page.locator("[data-item]:visible"), page.locator(".filters__count")
    first, number = rows.count(), int(said.inner_text().split(" ")[0])
    assert number > first
    page.emulate_media(media="print")
    expect(rows).to_have_count(number)
    page.emulate_media(media="screen")
    expect(rows).to_have_count(first)
    expect(said).to_contain_text(f"the first {first} are shown")
    printed = sheets(page.pdf())
    page.get_by_role("button", name="Show all").click()
    assert sheets(page.pdf()) == printed > 1


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def test_on_paper_there_are_entries_and_no_controls(visitor: Visitor) -> None:
    page = visitor.open("catalogue/?kind=server")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Uvicorn", exact=True)).to_be_visible()
    assert [
        e.evaluate("e => e.outerHTML") for e in page.locator("button:not(th *), input, select").all() if e.is_visible()
    ] == []
    page.goto(visitor.site_url + "catalogue/servers/uvicorn/")
    source = page.get_by_role("link", name="Evidence that it is ASGI")
    assert "https://" in source.evaluate("e => getComputedStyle(e, '::after').content")
