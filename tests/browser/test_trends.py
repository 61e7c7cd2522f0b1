"""The trends in a browser: plots for either scheme, and their numbers."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Visitor


@pytest.mark.parametrize(("scheme", "other"), [("light", "dark"), ("dark", "light")])
def test_plots_fit_the_scheme_and_the_others_are_not_asked_for(
    browser: Browser, site_url: str, scheme: str, other: str
) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]  # one of two literals
    visitor = Visitor(context, site_url)
    page = visitor.open("trends/")
    shown = page.locator(f"img[src$='publications-{scheme}.svg#only-{scheme}']")
    shown.scroll_into_view_if_needed()
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("complete", value=True)
    assert shown.evaluate("image => image.naturalWidth") > 0
    assert [request for request in visitor.requests if request.endswith(f"-{other}.svg")] == []
    assert visitor.errors == []
    context.close()


def test_numbers_of_a_plot_are_a_table(visitor: Visitor) -> None:
    page = visitor.open("trends/")
    page.get_by_text("Numbers: Publications per year").click()
    expect(page.get_by_role("table", name="").filter(has_text="2019")).to_be_visible()
