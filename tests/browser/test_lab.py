"""The tables of the lab: what people narrow and look up. Pages of made-up results, without the theme."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from scripts.render.everything import pages
from scripts.render.export.exports import exports
from tests.browser.conftest import Visitor, serving
from tests.conftest import PROJECT, Repository
from tests.measured import fill
from tests.render.reading import SITE, html
from tests.view.views import view_of

ASSETS = PROJECT / "docs" / "assets"


@pytest.fixture
def lab(repository: Repository, tmp_path: Path, browser: Browser) -> Iterator[Visitor]:
    fill(repository)
    view = view_of(repository)
    folder = tmp_path / "site"
    text = {path.as_posix(): text for path, text in pages(view, SITE)}["lab/servers/index.md"]
    page = folder / "lab" / "servers" / "index.html"
    page.parent.mkdir(parents=True)
    style = '<link rel="stylesheet" href="../../assets/site.css">'
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Lab</title>{style}'
    page.write_text(f'{head}<body class="md-typeset">{html(text)}', encoding="utf-8")
    (folder / "assets").mkdir()
    for name in ("lab.js", "site.css"):
        shutil.copy(ASSETS / name, folder / "assets")
    for path, content in exports(view, SITE):
        if path.parent.name == "entries" and isinstance(content, str):
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(content, encoding="utf-8")
    with serving(folder) as address:
        context = browser.new_context()
        someone = Visitor(context, address)
        yield someone
        context.close()


def shown(page: Page) -> list[str]:
    rows: list[str] = page.eval_on_selector_all(
        "tr[data-probe]:not([hidden])", "all => all.map(one => one.dataset.probe)"
    )
    return rows


def test_only_what_differs_is_shown_until_somebody_wants_all(lab: Visitor) -> None:
    page = lab.open("lab/servers/")
    assert "http1.basic" not in shown(page)
    assert "http1.date_header" in shown(page)
    assert page.text_content(".lab-filter output") == "9 of 12 probes"
    page.uncheck("[name=differs]")
    assert "http1.basic" in shown(page)
    assert page.url.endswith("?all=yes")


def test_words_and_groups_narrow_and_the_address_keeps_them(lab: Visitor) -> None:
    page = lab.open("lab/servers/?all=yes")
    page.fill("[name=q]", "Alpn TLS")
    assert shown(page) == ["http2.alpn_tls"]
    assert not page.is_visible("tbody[data-group=http1]"), "a group without a row is gone"
    page.fill("[name=q]", "")
    page.select_option("[name=group]", "http3")
    assert shown(page) == ["http3.get"]
    page.reload()
    assert shown(page) == ["http3.get"]
    assert page.url.endswith("?group=http3&all=yes")


def test_a_cell_tells_what_was_observed(lab: Visitor) -> None:
    page = lab.open("lab/servers/")
    page.click("tr[data-probe='http2.alpn_tls'] td:nth-of-type(2)")
    page.wait_for_selector("text=The answer to http2.alpn_tls was a pass.")
    told = page.inner_text(".lab-answer")
    for text in ("Examplecorn with HTTP/2", "yes", "2.1", "--http2", "2026-11-21"):
        assert text in told
    links = page.eval_on_selector_all(".lab-answer a", "all => all.map(one => one.getAttribute('href'))")
    assert links[0].endswith("/lab/probes/#servers.http2.alpn_tls")
    assert links[1].endswith("/catalogue/servers/examplecorn/#servers.http2.alpn_tls")


def test_the_keyboard_reaches_every_cell_and_comes_back(lab: Visitor) -> None:
    page = lab.open("lab/servers/")
    assert page.locator(".matrix td[tabindex]").count() == 1, "one stop for thousands of cells"
    page.focus(".matrix td[tabindex]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    row, column = page.evaluate(
        "[document.activeElement.parentElement.dataset.probe, document.activeElement.cellIndex]"
    )
    assert (row, column) == (shown(page)[1], 2)
    assert page.locator(".matrix td[tabindex]").count() == 1
    page.keyboard.press("Enter")
    assert page.is_visible(".lab-answer")
    page.keyboard.press("Escape")
    assert not page.is_visible(".lab-answer")
    assert page.evaluate("document.activeElement.cellIndex") == 2


def test_what_cannot_be_loaded_is_said_and_the_links_are_there(lab: Visitor) -> None:
    page = lab.open("lab/servers/")
    page.route("**/api/**", lambda route: route.abort())
    page.click("tr[data-probe='http3.get'] td")
    page.wait_for_selector("text=This could not be loaded.")
    assert page.locator(".lab-answer a").count() == 2
