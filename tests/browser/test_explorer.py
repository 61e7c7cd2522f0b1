"""What a visitor of the explorer notices: finding, narrowing, ordering, sharing, the keyboard, comparing."""

from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Visitor

PATH = "catalogue/"
SHOWN = "[data-item]:visible"
FIRST = 50


def explore(visitor: Visitor, query: str = "") -> Page:
    page = visitor.page
    page.goto(visitor.site_url + PATH + query)
    expect(page.locator("[data-explorer][data-ready]")).to_be_visible()
    return page


def box(page: Page) -> Locator:
    return page.get_by_label("Search by name, package, tag or former name")


def names(page: Page) -> list[str]:
    return page.locator(f"{SHOWN} th a").all_inner_texts()


def total(page: Page) -> int:
    """The number of results that the page announces."""
    return int(page.locator(".filters__count").inner_text().split(" ")[0].replace(",", ""))


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def option(page: Page, facet: str, value: str) -> Locator:
    """A checkbox of a facet, which is opened first."""
    element = page.locator(f"[data-facet={facet}]")
    if element.get_attribute("open") is None:
        element.locator("summary").click()
    return element.locator(f"input[value='{value}']")


def counted(checkbox: Locator) -> int:
    return int(checkbox.locator("xpath=..").locator(".facet__count").inner_text())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("uvicorn", "Uvicorn"),
        ("starlete", "Starlette"),
        ("uvcorn", "Uvicorn"),
        ("fastpai", "FastAPI"),
        ("fast api", "FastAPI"),
        ("HYPERCORN", "Hypercorn"),
        ("starlétte", "Starlette"),
        ("encode/uvicorn", "Uvicorn"),  # a former name
        ("starlette-csrf", "Starlette CSRF Middleware"),  # a package
        ("djang ninj", "Django Ninja"),
    ],
)
def test_search_forgives_and_puts_the_meant_one_first(visitor: Visitor, typed: str, first: str) -> None:
    page = explore(visitor)
    box(page).fill(typed)
    assert names(page)[0].casefold() == first.casefold()


def test_a_misspelt_word_finds_what_the_right_one_finds(visitor: Visitor) -> None:
    page = explore(visitor, "?q=midleware")
    assert total(page) > 20
    assert any("Middleware" in name for name in names(page))


def test_words_of_neighbouring_cells_are_words_of_their_own(visitor: Visitor) -> None:
    page = explore(visitor, "?q=uvicorn+serves+general+purpose")
    assert names(page)[0] == "Uvicorn"


def test_a_tag_finds_those_that_have_it(visitor: Visitor) -> None:
    page = explore(visitor, "?q=graphql")
    assert {"Strawberry", "Ariadne"} <= {name.split(" ")[0] for name in names(page)}


def test_each_option_counts_what_choosing_it_gives(visitor: Visitor) -> None:
    page = explore(visitor, "?q=api")
    for facet in ("kind", "category", "activity", "works", "protocol", "license", "python", "typed"):
        chosen = page.locator(f"[data-facet={facet}] input").nth(0)
        value = str(chosen.get_attribute("value"))
        expected = counted(option(page, facet, value))
        option(page, facet, value).check()
        assert total(page) == expected, facet
        page.get_by_role("heading", level=1).click()
        page.get_by_role("button", name="Clear all").click()
        box(page).fill("api")


def test_facets_narrow_together_and_their_options_widen(visitor: Visitor) -> None:
    page = explore(visitor)
    option(page, "kind", "server").check()
    servers = total(page)
    option(page, "kind", "framework").check()
    both = total(page)
    assert both > servers
    expected = counted(option(page, "protocol", "http/3"))
    option(page, "protocol", "http/3").check()
    assert total(page) == expected < both
    kinds = {row.get_attribute("data-kind") for row in page.locator(SHOWN).all()}
    protocols = [str(row.get_attribute("data-protocol")).split("|") for row in page.locator(SHOWN).all()]
    assert kinds <= {"server", "framework"}
    assert all("http/3" in found for found in protocols)
    expect(page.locator("[data-facet=kind] summary")).to_contain_text("(2)")


@pytest.mark.parametrize("key", ["released", "stars", "downloads", "added"])
def test_figures_sort_downwards_and_unknown_comes_last(visitor: Visitor, key: str) -> None:
    page = explore(visitor, "?dead=yes")
    page.get_by_label("Order").select_option(key)
    page.get_by_role("button", name="Show all").click()
    found = page.locator(SHOWN).evaluate_all("(rows, name) => rows.map((row) => row.getAttribute(name))", f"data-{key}")
    known = [value for value in found if value is not None]
    assert found == known + [None] * (len(found) - len(known))
    order: Sequence[object] = [int(value) for value in known] if key in {"stars", "downloads"} else known
    assert order == sorted(order, reverse=True)  # type: ignore[type-var]  # all numbers or all dates
    assert asked(page)["sort"] == [key]


def test_names_sort_upwards_without_regard_to_case(visitor: Visitor) -> None:
    page = explore(visitor, "?q=starlette&sort=name")
    found = [name.casefold().replace("-", " ") for name in names(page)]
    assert len(found) > 10
    assert [name[:4] for name in found] == sorted(name[:4] for name in found)


def test_column_heads_sort_and_say_so(visitor: Visitor) -> None:
    page = explore(visitor)
    head = page.get_by_role("columnheader", name="Last release")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    assert page.get_by_label("Order").input_value() == "released"
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") is None
    assert names(page)[0] == explore(visitor).locator(f"{SHOWN} th a").first.inner_text()


def test_dormant_and_ended_are_one_click_away(visitor: Visitor) -> None:
    page = explore(visitor)
    awake = total(page)
    assert page.locator("[data-item]:is([data-activity=dormant], [data-activity=ended]):visible").count() == 0
    page.get_by_label("Show dormant and ended").check()
    everything = total(page)
    assert everything == awake + int(page.get_by_text("Show dormant and ended").inner_text().split("(")[1].rstrip(")"))
    page.get_by_role("button", name="Show all").click()
    assert page.locator("[data-item]").count() == everything > awake
    page.get_by_label("Show dormant and ended").uncheck()
    box(page).fill("nginx unit")
    page.get_by_role("button", name="Show dormant and ended too").click()
    assert "NGINX Unit" in names(page)
    assert asked(page)["dead"] == ["yes"]


def test_choosing_an_ended_activity_shows_it_at_once(visitor: Visitor) -> None:
    page = explore(visitor)
    option(page, "activity", "ended").check()
    assert page.locator("[data-item][data-activity=ended]:visible").count() == min(total(page), FIRST) > 0


def test_the_first_hundred_are_shown_until_all_are_wanted(visitor: Visitor) -> None:
    page = explore(visitor)
    assert page.locator(SHOWN).count() == FIRST
    expect(page.get_by_role("status").first).to_contain_text(f"the first {FIRST} are shown")
    page.get_by_role("button", name="Show all").click()
    assert page.locator(SHOWN).count() == total(page)
    expect(page.locator(f"{SHOWN} th a").nth(FIRST)).to_be_focused()
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()


def test_the_address_is_the_state(visitor: Visitor) -> None:
    page = explore(visitor)
    box(page).fill("auth")
    option(page, "kind", "middleware").check()
    option(page, "activity", "active").check()
    page.get_by_label("Order").select_option("stars")
    expected = names(page), total(page)
    assert asked(page) == {"q": ["auth"], "kind": ["middleware"], "activity": ["active"], "sort": ["stars"]}
    other = visitor.context.new_page()
    other.goto(page.url, wait_until="networkidle")
    assert (names(other), total(other)) == expected
    assert box(other).input_value() == "auth"


def test_back_takes_a_choice_back_and_letters_are_no_steps(visitor: Visitor) -> None:
    page = explore(visitor)
    everything = total(page)
    option(page, "kind", "server").check()
    servers = total(page)
    box(page).press_sequentially("uvic")
    page.wait_for_load_state("networkidle")
    requests = len(visitor.requests)
    page.go_back()
    expect(page.locator("[data-facet=kind] input[value=server]")).not_to_be_checked()
    assert (total(page), box(page).input_value(), asked(page)) == (everything, "", {})
    page.go_forward()
    expect(page.locator("[data-facet=kind] input[value=server]")).to_be_checked()
    expect(box(page)).to_have_value("uvic")
    assert total(page) <= servers
    assert len(visitor.requests) == requests, "the page was fetched again"


def test_clear_all_clears_all(visitor: Visitor) -> None:
    page = explore(visitor)
    before = names(page)
    explore(visitor, "?q=api&kind=library&sort=stars&dead=yes")
    page.get_by_role("button", name="Clear all").click()
    assert (names(page), asked(page)) == (before, {})


def test_the_keyboard_leads_from_the_search_into_the_results_and_back(visitor: Visitor) -> None:
    page = explore(visitor)
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.type("uvicorn")
    links = page.locator(f"{SHOWN} th a")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Uvicorn")


def test_slash_is_a_letter_where_one_writes_and_a_key_elsewhere(visitor: Visitor) -> None:
    page = explore(visitor)
    box(page).press_sequentially("encode/uvicorn")
    assert box(page).input_value() == "encode/uvicorn"
    page.locator(f"{SHOWN} .choose input").first.check()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()


def test_one_facet_is_open_at_a_time_and_escape_closes_it(visitor: Visitor) -> None:
    page = explore(visitor)
    kind, category = page.locator("[data-facet=kind]"), page.locator("[data-facet=category]")
    kind.locator("summary").click()
    category.locator("summary").click()
    expect(kind).not_to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(category).not_to_have_attribute("open", "")
    expect(category.locator("summary")).to_be_focused()
    category.locator("summary").click()
    page.get_by_role("heading", level=1).click()
    expect(category).not_to_have_attribute("open", "")


@pytest.mark.parametrize("width", [320, 390, 768, 960, 1100, 1280])
def test_an_open_facet_stays_on_the_screen(visitor: Visitor, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 900})
    page = explore(visitor)
    toggle = page.get_by_role("button", name="Filters")
    if toggle.is_visible():
        toggle.click()
        expect(toggle).to_have_attribute("aria-expanded", "true")
    for summary in page.locator("[data-facet] summary").all():
        summary.click()
        panel = summary.locator("xpath=..").locator("fieldset").bounding_box()
        assert panel
        assert panel["x"] >= 0
        assert panel["x"] + panel["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_result_offers_the_nearest_names(visitor: Visitor) -> None:
    page = explore(visitor)
    box(page).fill("zzstarlettq")
    expect(page.get_by_role("status").first).to_have_text("0 entries")
    expect(page.get_by_text("Nothing fits all of that.")).to_be_visible()
    page.get_by_role("button", name="Starlette", exact=True).click()
    assert names(page)[0] == "Starlette"
    expect(box(page)).to_be_focused()


def test_filters_that_exclude_each_other_can_be_cleared(visitor: Visitor) -> None:
    page = explore(visitor, "?kind=server&category=security&dead=yes")
    assert total(page) == 0
    page.get_by_role("button", name="Clear the filters").click()
    assert total(page) > 0


def test_chosen_entries_lead_to_the_comparison(visitor: Visitor) -> None:
    page = explore(visitor)
    boxes = page.locator(f"{SHOWN} .choose input")
    compare = page.get_by_role("button", name="Compare")
    expect(compare).to_be_hidden()
    boxes.nth(0).check()
    expect(compare).to_be_disabled()
    for number in range(1, 6):
        boxes.nth(number).check()
    boxes.nth(6).click()
    expect(boxes.nth(6)).not_to_be_checked()
    expect(page.get_by_role("status").last).to_have_text("6 chosen: that is the most")
    boxes.nth(5).uncheck()
    expect(page.get_by_role("status").last).to_have_text("5 chosen")
    slugs = [str(boxes.nth(number).get_attribute("value")) for number in range(5)]
    box(page).fill("hypercorn")  # what is chosen stays so while it is out of sight
    box(page).fill("")
    expect(boxes.nth(0)).to_be_checked()
    page.route("**/compare/**", lambda route: route.fulfill(body="<h1>Compare</h1>", content_type="text/html"))
    compare.click()
    page.wait_for_url("**/compare/?*")
    assert page.url == f"{visitor.site_url}compare/?entries={','.join(slugs)}"


def test_a_row_that_comes_later_can_be_chosen_by_keyboard_too(visitor: Visitor) -> None:
    page = explore(visitor)
    page.get_by_role("button", name="Show all").click()
    last = page.locator(SHOWN).last
    name = last.locator("th a").inner_text()
    last.get_by_role("checkbox", name=f"Compare {name}").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("status").last).to_have_text("Choose another one to compare")
    assert page.locator(f"{SHOWN} .choose input").count() == total(page)


def test_it_works_after_instant_navigation_there_and_back(visitor: Visitor) -> None:
    page = visitor.open("criteria/")
    page.evaluate("window.stayed = true")
    tabs = page.get_by_role("navigation", name="Tabs")
    for _ in range(2):
        tabs.get_by_role("link", name="Catalogue").click()
        expect(page.locator("[data-explorer][data-ready]")).to_be_visible()
        page.keyboard.press("/")
        page.keyboard.type("uvicorn")
        page.keyboard.press("ArrowDown")
        expect(page.locator(f"{SHOWN} th a").nth(0)).to_be_focused()  # twice the listeners would be at the second
        assert names(page)[0] == "Uvicorn"
        page.keyboard.press("Escape")
        tabs.get_by_role("link", name="Criteria").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Criteria")
    page.go_back()
    expect(page.locator("[data-explorer][data-ready]")).to_be_visible()
    assert box(page).input_value() == "uvicorn"
    assert names(page)[0] == "Uvicorn"
    option(page, "kind", "server").check()
    assert asked(page) == {"q": ["uvicorn"], "kind": ["server"]}
    assert page.evaluate("window.stayed"), "the page was loaded anew"


@pytest.mark.parametrize("path", ["", "catalogue/servers/uvicorn/", PATH])
def test_the_search_of_the_header_leads_to_the_explorer(visitor: Visitor, path: str) -> None:
    page = visitor.open(path)
    page.get_by_role("searchbox", name="Search the catalogue").fill("starlete")
    page.keyboard.press("Enter")
    page.wait_for_url("**/catalogue/?q=starlete")
    expect(page.locator("[data-explorer][data-ready]")).to_be_visible()
    assert names(page)[0] == "Starlette"


def test_slash_goes_to_the_search_of_the_header_elsewhere(visitor: Visitor) -> None:
    page = visitor.open("criteria/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search the catalogue")).to_be_focused()


def test_the_key_can_be_switched_off_for_good_and_on_again(visitor: Visitor) -> None:
    page = explore(visitor)
    switch, hint = page.get_by_label("The key / goes to the search"), page.locator(".site-search__key")
    expect(hint).to_be_visible()
    switch.uncheck()
    page.keyboard.press("/")
    expect(switch).to_be_focused()
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Criteria").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Criteria")
    expect(switch).not_to_be_checked()
    page.reload()
    expect(switch).not_to_be_checked()
    expect(hint).to_be_hidden()
    page.keyboard.press("/")
    search = page.get_by_role("searchbox", name="Search the catalogue")
    expect(search).not_to_be_focused()
    switch.check()
    expect(hint).to_be_visible()
    page.keyboard.press("/")
    expect(search).to_be_focused()


def test_no_other_key_alone_does_anything(visitor: Visitor) -> None:
    page = visitor.open("guide/")
    assert page.locator("link[rel=next]").count() == 1, "nowhere to go: another page must be tried"
    for key in "pn,.fs":
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.url == f"{visitor.site_url}guide/"
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    search = page.get_by_role("searchbox", name="Search the catalogue")
    search.press_sequentially("pn,.fs")
    expect(search).to_have_value("pn,.fs")


def test_a_wrong_address_offers_a_search(visitor: Visitor) -> None:
    page = visitor.open("catalogue/servers/nothing-here/")
    page.get_by_role("searchbox", name="Name, package or former name").fill("uvicron")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.wait_for_url("**/catalogue/?q=uvicron")
    expect(page.locator(f"{SHOWN} th a").first).to_have_text("Uvicorn")
    visitor.errors.clear()  # the browser reports the 404 itself


def test_without_scripts_the_table_reads_and_no_control_is_dead(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + PATH)
    rows = page.locator("[data-item]")
    expect(rows.first).to_be_visible()
    expect(rows.last).to_be_visible()
    expect(page.get_by_role("link", name="Uvicorn", exact=True)).to_be_visible()
    controls = page.locator("input, select, button, summary")
    assert [control.get_attribute("name") for control in controls.all() if control.is_visible()] == []
    context.close()


HOSTILE = {
    "markup": "?q=<script>window.pwned=1</script><img src=x onerror=window.pwned=1>",
    "long": f"?q={'a' * 10_000}&kind={'b' * 5_000}",
    "long-words": f"?q={'uvicorn+' * 1_000}",
    "twice": "?q=uvicorn&q=hypercorn&kind=server&kind=server&sort=stars&sort=name",
    "unknown": "?nonsense=1&kind=nonsense&sort=constructor&dead=no&__proto__=1&q=uvicorn",
    "broken-percent": "?q=%E0%A4%A&kind=%&sort=%zz",
    "null": "?q=%00%01%02uvicorn%ff",
    "direction": "?q=%E2%80%AEnrocivu",
    "pattern": "?q=[(*+?.^$|\\",
    "empty": "?q=&kind=&sort=&&&=",
    "fragment": "?q=uvicorn#%E0%A4%A<img src=x onerror=window.pwned=1>",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_address_breaks_or_runs_anything(visitor: Visitor, query: str) -> None:
    page = explore(visitor, query)
    assert page.evaluate("window.pwned") is None
    assert page.locator("main img, main script:not([src])").count() == 0
    assert len(box(page).input_value()) <= 200
    box(page).fill("hypercorn")
    assert names(page)[0] == "Hypercorn"
    assert len(page.url) < 1_000


def test_unknown_choices_choose_nothing(visitor: Visitor) -> None:
    page = explore(visitor, HOSTILE["unknown"])
    assert names(page)[0] == "Uvicorn"
    assert page.locator(".filters input:checked").count() == 0


def test_a_choice_made_twice_stands_once_in_the_address(visitor: Visitor) -> None:
    page = explore(visitor, HOSTILE["twice"])
    option(page, "activity", "active").check()
    assert asked(page) == {"q": ["uvicorn"], "kind": ["server"], "activity": ["active"], "sort": ["stars"]}
