"""Comparing as a visitor does it: by address, by hand, by keyboard, on a phone, and with addresses that are wrong."""

import json
import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.axe import violations
from tests.browser.conftest import SITE, Visitor

THREE = "compare/?entries=uvicorn,hypercorn,granian"
SIX = "uvicorn,hypercorn,granian,daphne,gunicorn,anycorn"


def names(page: Page) -> list[str]:
    """What is compared, in the order of the columns."""
    return page.locator(".compared thead th a").all_text_contents()


def slugs() -> list[str]:
    found: dict[str, str] = json.loads((SITE / "compare/names.json").read_text(encoding="utf-8"))
    return list(found)


def test_entries_stand_beside_each_other(visitor: Visitor) -> None:
    page = visitor.open(THREE)
    assert names(page) == ["Uvicorn", "Hypercorn", "Granian"]
    expect(page).to_have_title(re.compile("^Uvicorn, Hypercorn and Granian compared"))
    expect(page.get_by_role("status").first).to_contain_text("Uvicorn, Hypercorn and Granian: ")
    licence = page.locator("[data-aspect=license] td")
    expect(licence).to_have_count(3)
    expect(licence.first).to_contain_text("BSD-3-Clause")
    expect(licence.first).to_contain_text(re.compile(r"package index, \d{4}-\d\d-\d\d"))
    expect(page.locator("[data-aspect=protocols] td").first.get_by_role("link")).to_have_attribute(
        "href", re.compile("^https://github.com/Kludex/uvicorn/")
    )


def test_differences_are_marked_by_more_than_colour(visitor: Visitor) -> None:
    page = visitor.open(THREE)
    expect(page.locator("[data-aspect=protocols] th")).to_contain_text("≠ differs")
    expect(page.locator("[data-aspect=category] th")).to_have_text("Kind and category")


def test_only_rows_that_differ_and_the_address_says_so(visitor: Visitor) -> None:
    page = visitor.open(THREE)
    same = page.locator("[data-aspect=category]")
    expect(same).to_be_visible()
    page.get_by_label("Only rows that differ").check()
    expect(same).to_be_hidden()
    expect(page.locator("[data-aspect=protocols]")).to_be_visible()
    assert page.url.endswith("differ=yes")
    page.reload()
    expect(page.get_by_label("Only rows that differ")).to_be_checked()
    expect(same).to_be_hidden()


def test_add_by_name_and_remove_and_go_back(visitor: Visitor) -> None:
    page = visitor.open("compare/?entries=uvicorn")
    expect(page.get_by_role("status").first).to_contain_text("Uvicorn alone")
    box = page.get_by_label("Add an entry")
    box.focus()
    expect(page.locator("datalist option").first).to_be_attached()
    box.fill("hyperCORN")
    box.press("Enter")
    expect(page.locator(".compared thead th a")).to_have_count(2)
    assert page.url.endswith("?entries=uvicorn,hypercorn")
    expect(box).to_be_focused()
    page.get_by_role("button", name="Remove Uvicorn").click()
    expect(page.locator(".compared thead th a")).to_have_text(["Hypercorn"])
    expect(page.get_by_role("button", name="Remove Hypercorn")).to_be_focused()
    page.go_back()
    expect(page.locator(".compared thead th a")).to_have_text(["Uvicorn", "Hypercorn"])
    page.go_back()
    expect(page.locator(".compared thead th a")).to_have_text(["Uvicorn"])
    page.go_forward()
    expect(page).to_have_title(re.compile("^Uvicorn and Hypercorn compared"))


def test_the_same_twice_and_a_wrong_name_are_said(visitor: Visitor) -> None:
    page = visitor.open("compare/?entries=uvicorn,hypercorn")
    box = page.get_by_label("Add an entry")
    box.fill("Uvicorn")
    box.press("Enter")
    expect(page.locator(".compare__message")).to_have_text("Uvicorn is there already.")
    box.fill("graniann")
    box.press("Enter")
    expect(page.locator(".compare__message")).to_contain_text("There is no entry “graniann”.")
    page.get_by_role("button", name="Granian", exact=True).click()
    expect(page.locator(".compared thead th a")).to_have_text(["Uvicorn", "Hypercorn", "Granian"])


def test_six_is_the_most(visitor: Visitor) -> None:
    page = visitor.open(f"compare/?entries={SIX}")
    expect(page.locator(".compared thead th a")).to_have_count(6)
    expect(page.get_by_label("Add an entry")).to_be_disabled()
    expect(page.locator(".compare__message")).to_have_count(0)


def test_the_address_is_copied(visitor: Visitor) -> None:
    page = visitor.open("compare/?entries=uvicorn&entries=hypercorn,,uvicorn")
    page.get_by_role("button", name="Copy address").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{visitor.site_url}compare/?entries=uvicorn,hypercorn"


WRONG = [
    ("", [], "", "Nothing is compared yet"),
    ("?entries=", [], "", "Nothing is compared yet"),
    ("?entries=,,%20,", [], "", "Nothing is compared yet"),
    ("?entries=uvicorn", ["Uvicorn"], "", "Add another one"),
    ("?entries=Uvicorn, UVICORN,uvicorn", ["Uvicorn"], "", "Add another one"),
    ("?entries=uvicorn&entries=granian", ["Uvicorn", "Granian"], "", "Uvicorn and Granian"),
    ("?entries=uvicorn,no-such-thing", ["Uvicorn"], "There is no entry “no-such-thing”.", "Uvicorn alone"),
    ("?entries=%3Cscript%3Ealert(1)%3C/script%3E,granian", ["Granian"], "“<script>alert(1)</script>”", "Granian"),
    ("?entries=../../../etc/passwd,granian", ["Granian"], "“../../../etc/passwd”", "Granian"),
    ("?entries=__proto__,constructor,granian", ["Granian"], "“__proto__”, “constructor”", "Granian"),
    ("?entries=%E0%A4%A,granian", ["Granian"], "There is no entry", "Granian"),
    ("?entries=" + "a" * 10_000 + ",granian", ["Granian"], "“" + "a" * 40 + "…”", "Granian"),
    ("?entries=" + ",".join(f"no-{number}" for number in range(100)), [], ", and 95 more.", "Nothing is compared yet"),
    (f"?entries={SIX},nothing-here", None, "“nothing-here”", "Uvicorn, "),
]


@pytest.mark.parametrize(("query", "expected", "message", "status"), WRONG, ids=[query[:40] for query, *_ in WRONG])
def test_wrong_addresses_are_explained_and_the_page_works_on(
    visitor: Visitor, query: str, expected: list[str] | None, message: str, status: str
) -> None:
    page = visitor.open(f"compare/{query}")
    expect(page.get_by_role("status").first).to_contain_text(status)
    assert expected is None or names(page) == expected
    if message:
        expect(page.locator(".compare__messages")).to_contain_text(message)
    else:
        expect(page.locator(".compare__message")).to_have_count(0)
    assert page.locator("[data-compare] script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    if expected is not None:
        box = page.get_by_label("Add an entry")
        box.fill("Daphne")
        box.press("Enter")
        expect(page.locator(".compared thead th a")).to_have_text([*expected, "Daphne"])
    visitor.errors = [error for error in visitor.errors if "404" not in error]  # the browser reports a missing file


def test_of_a_hundred_entries_the_first_six_are_shown(visitor: Visitor) -> None:
    page = visitor.open(f"compare/?entries={','.join(slugs()[:100])}")
    expect(page.locator(".compared thead th a")).to_have_count(6)
    expect(page.locator(".compare__message")).to_have_text("6 entries at a time: the first 6 of 100 are shown.")
    assert sum("/compare/data/" in request for request in visitor.requests) == 6


def test_a_wrong_name_among_many_gives_its_place_to_the_next(visitor: Visitor) -> None:
    page = visitor.open(f"compare/?entries=nothing-here,{SIX}")
    expect(page.locator(".compared thead th a")).to_have_count(6)
    expect(page.locator(".compare__message")).to_contain_text("“nothing-here”")


def test_what_cannot_be_loaded_can_be_tried_again(visitor: Visitor) -> None:
    broken = True

    def answer(route: Route) -> None:
        route.abort() if broken else route.continue_()

    visitor.page.route("**/compare/data/*.json", answer)
    page = visitor.open("compare/?entries=uvicorn,granian")
    expect(page.locator(".compare__message")).to_contain_text("could not be loaded")
    broken = False
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".compared thead th a")).to_have_count(2)
    expect(page.locator(".compare__message")).to_have_count(0)
    visitor.errors.clear()  # the browser reports the failed request itself


def test_a_phone_scrolls_within_the_table_and_keeps_the_first_column(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    page = visitor.open(THREE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    scroll = page.locator(".compared-scroll")
    first = page.locator("[data-aspect=license] th")
    assert scroll.evaluate("element => element.scrollWidth > element.clientWidth")
    before = first.bounding_box()
    scroll.evaluate("element => element.scrollTo(200, 400)")
    after = first.bounding_box()
    assert before
    assert after
    assert after["x"] == before["x"]
    assert after["width"] <= 130
    head = page.locator(".compared thead th").last.bounding_box()
    frame = scroll.bounding_box()
    assert head
    assert frame
    assert abs(head["y"] - frame["y"]) < 3, "the names stay in sight"


def test_the_keyboard_is_enough(visitor: Visitor) -> None:
    page = visitor.open("compare/?entries=uvicorn,granian")
    page.get_by_label("Add an entry").focus()
    reached = []
    for _ in range(12):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className || document.activeElement.textContent"))
    assert any("compare__copy" in element for element in reached)
    assert any("compared-scroll" in element for element in reached)
    assert sum("compared__remove" in element for element in reached) == 2
    page.get_by_role("button", name="Remove Granian").press("Enter")
    expect(page.locator(".compared thead th a")).to_have_text(["Uvicorn"])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [THREE, "compare/?entries=nothing-here", "compare/general-purpose/", "compare/"])
def test_axe_finds_nothing(browser: Browser, site_url: str, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]  # one of two literals
    page = Visitor(context, site_url).open(path)
    found = violations(page)
    context.close()
    assert found == []


SHIFTS = """window.shifted = 0;
new PerformanceObserver((list) => list.getEntries().forEach(({value}) => window.shifted += value))
    .observe({type: "layout-shift", buffered: true});"""


@pytest.mark.parametrize("width", [412, 1280])
def test_nothing_jumps_when_the_entries_come(visitor: Visitor, width: int) -> None:
    visitor.page.set_viewport_size({"width": width, "height": 823})
    visitor.page.add_init_script(SHIFTS)
    held: list[Route] = []
    visitor.page.route("**/compare/data/uvicorn.json", lambda route: held.append(route))  # noqa: PLW0108 - the library cannot take a method of a list
    visitor.page.goto(visitor.site_url + "compare/?entries=uvicorn,hypercorn")
    visitor.page.wait_for_timeout(300)  # painted by now
    (route,) = held
    route.continue_()
    expect(visitor.page.locator(".compared thead th a")).to_have_count(2)
    visitor.page.wait_for_timeout(300)
    assert visitor.page.evaluate("shifted") < 0.1


def test_without_scripts_the_written_comparisons_are_named(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}{THREE}")
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    expect(page.get_by_label("Add an entry")).to_be_hidden()
    page.get_by_role("link", name="Servers: General purpose").click()
    expect(page.get_by_role("row", name=re.compile("^Uvicorn"))).to_contain_text("BSD-3-Clause")
    context.close()


def test_from_a_written_comparison_to_those_chosen(visitor: Visitor) -> None:
    page = visitor.open("compare/general-purpose/")
    page.get_by_label("Compare Uvicorn").check()
    page.get_by_label("Compare Granian").check()
    page.get_by_role("button", name="Compare the chosen").click()
    expect(page.locator(".compared thead th a")).to_have_text(["Granian", "Uvicorn"])


def test_from_an_entry_to_its_alternatives_and_back(visitor: Visitor) -> None:
    page = visitor.open("catalogue/servers/uvicorn/")
    page.get_by_role("link", name="Compare the first of them side by side").click()
    expect(page.locator(".compared thead th a").first).to_have_text("Uvicorn")
    expect(page).to_have_title(re.compile("^Uvicorn, "))
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Uvicorn")
    expect(page).to_have_title(re.compile("^Uvicorn - "))
