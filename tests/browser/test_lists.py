"""Publications and changes: filters, order, addresses; and that both read without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visitor

ITEMS = "[data-item]:visible"


def choose(page: Page, facet: str, value: str) -> None:
    page.locator(f"[data-facet={facet}] > summary").click()
    page.locator(f"[data-facet={facet}] input[value='{value}']").check()
    page.keyboard.press("Escape")


def number(page: Page) -> int:
    """How many the page says that it shows."""
    return int((page.locator(".filters__count").inner_text()).split()[0].replace(",", ""))


@pytest.mark.parametrize(
    ("facet", "value"), [("type", "talk"), ("language", "fr"), ("level", "advanced"), ("topic", "uvicorn")]
)
def test_publications_can_be_narrowed(visitor: Visitor, facet: str, value: str) -> None:
    page = visitor.open("publications/")
    everything = number(page)
    choose(page, facet, value)
    assert 0 < number(page) < everything
    assert page.locator(ITEMS).count() == number(page)
    values = page.locator(ITEMS).evaluate_all(f"items => items.map(item => item.dataset.{facet}.split('|'))")
    assert all(value in found for found in values)
    assert page.url.endswith(f"?{facet}={value}")


def test_years_without_a_result_go_with_their_links(visitor: Visitor) -> None:
    page = visitor.open("publications/?language=fr")
    years = page.locator("[data-group]:visible > h2").evaluate_all("all => all.map(heading => heading.id)")
    links = page.locator(".jumps a:visible").evaluate_all("all => all.map(link => link.hash.slice(1))")
    assert years == links
    assert 0 < len(years) < page.locator("[data-group] > h2").count()


def test_free_text_finds_an_event_and_keeps_the_years(visitor: Visitor) -> None:
    page = visitor.open("publications/")
    page.get_by_label("Search by title").fill("djangocon europe")
    expect(page.locator(ITEMS).first).to_contain_text("DjangoCon Europe")
    dates = page.locator("[data-group]:visible > h2").all_inner_texts()
    assert dates == sorted(dates, reverse=True)


def test_by_title_there_are_no_years_and_back_again(visitor: Visitor) -> None:
    page = visitor.open("publications/")
    order = page.get_by_label("Order")
    before = page.locator(f"{ITEMS} .entries__name").all_inner_texts()
    order.select_option("name")
    expect(page.locator("[data-group]:visible")).to_have_count(0)
    titles = page.locator(f"{ITEMS} .entries__name").all_inner_texts()
    latin = [title.casefold() for title in titles if re.match("[a-z]", title, re.IGNORECASE)]
    assert [title[0] for title in latin] == sorted(title[0] for title in latin)
    assert sorted(titles) == sorted(before)
    order.select_option("")
    assert page.locator(f"{ITEMS} .entries__name").all_inner_texts() == before
    expect(page.locator("[data-group]:visible > h2").first).to_be_visible()


@pytest.mark.parametrize(
    ("here", "there", "label"),
    [
        ("publications/", "catalogue/", "Search the catalogue"),
        ("catalogue/", "publications/", "Search the publications"),
    ],
)
def test_what_is_not_here_may_be_there(visitor: Visitor, here: str, there: str, label: str) -> None:
    page = visitor.open(here)
    page.locator(".filters input[type=search]").fill("qqqqqqqqqqqq")
    link = page.get_by_role("link", name=label)
    expect(link).to_be_visible()
    link.click()
    page.wait_for_url(f"{visitor.site_url}{there}?q=qqqqqqqqqqqq")


def test_changes_can_be_narrowed_and_unfold(visitor: Visitor) -> None:
    page = visitor.open("changes/")
    folded = page.locator("details[data-group]").first
    expect(folded).not_to_have_attribute("open", "")
    choose(page, "change", "added")
    assert set(page.locator(ITEMS).evaluate_all("all => all.map(item => item.dataset.change)")) == {"added"}
    assert page.locator(ITEMS).count() == number(page)
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator(ITEMS).first).to_be_visible()
    expect(folded).not_to_have_attribute("open", "")


def test_nobody_is_offered_more_than_there_is(visitor: Visitor) -> None:
    for path in ("publications/", "changes/"):
        expect(visitor.open(path).locator(".filters__more")).to_be_hidden()


def test_the_search_of_the_home_page_leads_to_the_explorer(visitor: Visitor) -> None:
    page = visitor.open("")
    page.get_by_role("searchbox", name=re.compile("projects")).fill("hypercorn")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{visitor.site_url}catalogue/?q=hypercorn")
    expect(page.locator(ITEMS).first).to_contain_text("Hypercorn")


@pytest.fixture
def plain(browser: Browser, site_url: str) -> Page:
    """A browser without scripts."""
    page = browser.new_context(java_script_enabled=False, base_url=site_url).new_page()
    page.set_default_timeout(5000)
    return page


def test_publications_read_without_scripts(plain: Page) -> None:
    plain.goto("publications/")
    expect(plain.locator(".filters")).to_be_hidden()
    assert plain.locator(ITEMS).count() == plain.locator("[data-item]").count() > 0
    plain.get_by_role("link", name="2019", exact=True).click()
    expect(plain.get_by_role("heading", name="2019")).to_be_in_viewport()


def test_changes_read_without_scripts(plain: Page) -> None:
    plain.goto("changes/")
    expect(plain.locator(".filters")).to_be_hidden()
    expect(plain.get_by_text("joined the").first).to_be_hidden()
    plain.locator("details[data-group] > summary").last.click()
    expect(plain.get_by_text("joined the").first).to_be_visible()


def test_the_home_page_works_without_scripts(plain: Page) -> None:
    plain.goto("")
    plain.get_by_role("searchbox", name=re.compile("projects")).fill("daphne")
    plain.get_by_role("button", name="Search").click()
    assert plain.url.endswith("catalogue/?q=daphne")
