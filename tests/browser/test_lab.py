"""The tables of the lab: what people narrow and look up. Pages of made-up results, without the theme."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.render import places
from scripts.render.everything import pages
from scripts.render.export.exports import exports
from tests.browser.conftest import Visitor, serving
from tests.conftest import PROJECT, Repository
from tests.measured import LEVELS, fill, keep, twin
from tests.render.reading import SITE, html
from tests.view.views import view_of

ASSETS = PROJECT / "docs" / "assets"


@pytest.fixture
def lab(repository: Repository, tmp_path: Path, browser: Browser) -> Iterator[Visitor]:
    fill(repository)
    keep(repository, "servers", twin())
    view = view_of(repository)
    folder = tmp_path / "site"
    (folder / "assets").mkdir(parents=True)
    for name in ("lab.js", "compare.js", "site.css"):
        shutil.copy(ASSETS / name, folder / "assets")
    for path, content in (*pages(view, SITE), *exports(view, SITE)):
        text = content if isinstance(content, str) else ""
        if path in {places.lab_kind("servers"), places.COMPARE_INDEX}:
            style = f"{'../' * (len(path.parts) - 1)}assets/site.css"
            head = f'<meta charset="utf-8"><link rel="stylesheet" href="{style}">'
            text = f'<!doctype html><html lang="en">{head}<body class="md-typeset">{html(text)}'
        elif path.suffix != ".json":
            continue
        place = folder / path.with_suffix(".html" if path.suffix == ".md" else ".json")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
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


def opened(lab: Visitor, query: str = "") -> Page:
    """The table, once all groups are there: they come one at a time."""
    page = lab.open(f"lab/servers/{query}")
    expect(page.locator("tr[data-probe]")).to_have_count(len(LEVELS))
    return page


def columns(page: Page) -> list[str]:
    heads = page.locator("thead th[data-subject]").all()
    return [" ".join(head.inner_text().split()) for head in heads if head.is_visible()]


def links(page: Page) -> list[str]:
    found: list[str] = page.eval_on_selector_all(".lab-answer a", "all => all.map(one => one.getAttribute('href'))")
    return found


def test_only_what_differs_is_shown_until_somebody_wants_all(lab: Visitor) -> None:
    page = opened(lab)
    assert "http1.basic" not in shown(page)
    assert "http1.date_header" in shown(page)
    assert columns(page) == ["Examplecorn 2.1", "Examplecorn with HTTP/2 2.1", "Othercorn 0.9"]
    assert page.text_content(".lab-filter output") == "9 of 12 probes, 3 of 4 configurations"
    page.uncheck("[name=differs]")
    assert "http1.basic" in shown(page)
    assert columns(page)[1] == "Examplecorn on another loop 2.1"
    assert page.url.endswith("?all=yes")


def test_words_and_groups_narrow_and_the_address_keeps_them(lab: Visitor) -> None:
    page = opened(lab, "?all=yes")
    page.fill("[name=q]", "Alpn TLS")
    assert shown(page) == ["http2.alpn_tls"]
    assert not page.is_visible("tbody[data-group=http1]"), "a group without a row is gone"
    page.fill("[name=q]", "")
    page.select_option("[name=group]", "http3")
    assert shown(page) == ["http3.get"]
    page.reload()
    expect(page.locator("tr[data-probe]")).to_have_count(len(LEVELS))
    assert shown(page) == ["http3.get"]
    assert page.url.endswith("?group=http3&all=yes")


def test_the_keyboard_reaches_a_group_that_comes_late(lab: Visitor) -> None:
    page = opened(lab, "?group=security")
    expect(page.locator("tr[data-probe='security.bare_lf_rejected'] td[tabindex]")).to_have_count(1)


def test_a_cell_tells_what_was_observed(lab: Visitor) -> None:
    page = opened(lab)
    page.click("tr[data-probe='http2.alpn_tls'] td:nth-of-type(3)")
    page.wait_for_selector("text=The answer to http2.alpn_tls was a pass.")
    told = page.inner_text(".lab-answer")
    for text in ("Examplecorn with HTTP/2", "yes", "2.1", "--http2", "2026-11-21", "RFC 9110, section 5"):
        assert text in told
    assert links(page)[0] == "https://www.rfc-editor.org/rfc/rfc9110#section-5"
    assert links(page)[1].endswith("/lab/probes/#servers.http2.alpn_tls")
    assert links(page)[2].endswith("/catalogue/servers/examplecorn/#servers.http2.alpn_tls")


def test_a_cell_leads_to_what_is_objected(lab: Visitor) -> None:
    page = opened(lab)
    page.click("tr[data-probe='http1.date_header'] td:last-child")
    page.wait_for_selector("text=The objection")
    assert "https://github.com/example/catalogue/issues/9" in links(page)


def test_the_keyboard_reaches_every_cell_and_comes_back(lab: Visitor) -> None:
    page = opened(lab)
    assert page.locator(".matrix td[tabindex]").count() == 1, "one stop for thousands of cells"
    page.focus(".matrix td[tabindex]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    row, column = page.evaluate(
        "[document.activeElement.parentElement.dataset.probe, document.activeElement.cellIndex]"
    )
    assert (row, column) == (shown(page)[1], 3), "what is hidden is passed over"
    assert page.locator(".matrix td[tabindex]").count() == 1
    page.keyboard.press("Enter")
    assert page.is_visible(".lab-answer")
    page.keyboard.press("Escape")
    assert not page.is_visible(".lab-answer")
    assert page.evaluate("document.activeElement.cellIndex") == 3
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.cellIndex") == 1


def test_what_cannot_be_loaded_is_said_and_the_links_are_there(lab: Visitor) -> None:
    page = opened(lab)
    page.route("**/api/**", lambda route: route.abort())
    page.click("tr[data-probe='http3.get'] td")
    page.wait_for_selector("text=This could not be loaded.")
    assert page.locator(".lab-answer a").count() == 2


def test_a_comparison_marks_where_claims_and_measurements_disagree(lab: Visitor) -> None:
    page = lab.open("compare/?entries=examplecorn,othercorn")
    row = page.locator("[data-aspect=measured-http3]")
    assert row.locator(".compared__odd").all_inner_texts() == ["≠ claimed, but measured otherwise"]
    assert "2026-11-21" in row.locator("td").first.inner_text()
    agreed = page.locator("[data-aspect=measured-http1] td").first
    assert "claimed and measured" in agreed.inner_text()
    assert agreed.locator(".compared__odd").count() == 0
    assert page.locator("[data-aspect=measured-trio]").is_hidden(), "nobody was asked"
