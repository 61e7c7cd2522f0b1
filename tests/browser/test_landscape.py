"""The landscape in a browser: shades, filters, tooltips by keyboard."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visitor


def level(page: Page, name: str) -> str:
    """How strongly a tile is shaded."""
    tile = page.locator("[data-item]", has=page.get_by_role("link", name=name, exact=True))
    shade: str = tile.evaluate("tile => getComputedStyle(tile).getPropertyValue('--level')")
    return shade.strip()


def test_tiles_are_shaded_by_the_chosen_fact_and_the_legend_says_so(visitor: Visitor) -> None:
    page = visitor.open("landscape/")
    assert level(page, "Uvicorn") == "4"
    expect(page.locator(".legend:visible")).to_contain_text("dormant")
    page.get_by_label("Shade by").select_option("Works with")
    assert level(page, "Uvicorn") == "0"
    expect(page.locator(".legend:visible")).to_have_count(1)
    expect(page.locator(".legend:visible")).to_contain_text("any ASGI application")


def test_a_search_leaves_the_layers_that_have_something(visitor: Visitor) -> None:
    page = visitor.open("landscape/")
    page.get_by_label("Search by name").fill("uvicorn")
    expect(page.get_by_role("link", name="Uvicorn", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="Servers", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="GraphQL", exact=True)).to_be_hidden()
    expect(page.get_by_role("button", name="Show all")).to_be_hidden()


def test_the_dormant_appear_when_asked_for(visitor: Visitor) -> None:
    page = visitor.open("landscape/")
    unit = page.get_by_role("link", name="NGINX Unit", exact=True)
    expect(unit).to_be_hidden()
    page.get_by_label("Show dormant and ended").check()
    expect(unit).to_be_visible()


def test_what_a_tile_is_appears_by_keyboard_too(visitor: Visitor) -> None:
    page = visitor.open("landscape/")
    page.get_by_role("link", name="Uvicorn", exact=True).focus()
    expect(page.get_by_role("tooltip")).to_contain_text("Serves ASGI applications")


def test_a_tip_can_be_pointed_at_and_closed(visitor: Visitor) -> None:
    page = visitor.open("landscape/")
    page.get_by_role("link", name="Uvicorn", exact=True).hover()
    tip = page.get_by_role("tooltip")
    tip.hover()
    page.wait_for_timeout(300)
    expect(tip).to_contain_text("Serves ASGI applications")
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)


def test_all_of_it_fits_one_screen_and_tiles_still_say_their_names(visitor: Visitor) -> None:
    page = visitor.open("landscape/")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_label("On one screen").check()
    layers = page.locator(".layer:visible")
    boxes = [layer.bounding_box() for layer in layers.all()]
    first, last = boxes[0], boxes[-1]
    assert first
    assert last
    assert last["y"] + last["height"] - first["y"] <= 752, "below the head of the site, 48 px"
    tile = page.get_by_role("link", name="Uvicorn", exact=True)
    box = tile.locator("..").bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    tile.focus()
    expect(page.get_by_role("tooltip")).to_contain_text("Uvicorn: Serves ASGI applications")


def test_without_scripts_everything_is_there_and_can_be_shaded(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + "landscape/")
    expect(page.get_by_role("link", name="NGINX Unit", exact=True)).to_be_visible()
    expect(page.get_by_label("Show dormant and ended")).to_be_hidden()
    expect(page.get_by_label("On one screen")).to_be_hidden()
    page.get_by_label("Shade by").select_option("Age")
    expect(page.locator(".legend--age")).to_be_visible()
    context.close()
