"""The landscape: a tile for every project, in its layer, that says as text what it shows as a shade."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import HealthCheck, given, settings

from scripts.catalogue.load import load
from scripts.catalogue.models import Software
from scripts.catalogue.vocabularies import Vocabularies, load_vocabularies
from scripts.facts.store import Facts
from scripts.render.landscape import landscape_page
from scripts.view.landscape import SHADES
from scripts.view.rows import View, make_view
from tests.conftest import MIDDLEWARE, PROJECT, Repository
from tests.render.test_markdown import site, texts
from tests.render.test_pages import one
from tests.view.test_rows import FACTS
from tests.view.views import view_of


def html(view: View) -> BeautifulSoup:
    """The page as the generator makes it."""
    return BeautifulSoup(site(landscape_page(view).partition("---\n\n")[2]), "html.parser")


def tiles(page: BeautifulSoup) -> dict[str, Tag]:
    return {tile.a.get_text(): tile for tile in page.select("[data-item]") if tile.a}


def test_headings_and_lists_tell_where_everything_stands(repository: Repository) -> None:
    page = html(view_of(repository))
    words = [part.get_text() for part in page.select("h2, h3, [data-item]")]
    assert words == ["Servers", "General purpose", "Examplecorn", "Middleware", "Security", "Example Guard"]


def test_a_tile_leads_to_its_entry_and_says_its_facts(repository: Repository) -> None:
    for name, records in FACTS.items():
        repository.write(f"data/facts/{name}.json", json.dumps(records))
    found = tiles(html(view_of(repository)))
    assert {name: tile.a["href"] for name, tile in found.items() if tile.a} == {
        "Examplecorn": "../catalogue/servers/examplecorn/",
        "Example Guard": "../catalogue/middleware/example-guard/",
    }
    server, guard = (found[name].a for name in ("Examplecorn", "Example Guard"))
    assert server
    assert guard
    assert str(server["data-tip"]).endswith("one process for each core. Active, released 2026-10-01.")
    assert str(guard["data-tip"]).endswith("whose origin is not on a list. Dormant, 7 stars on 2026-11-21.")


def test_every_shade_can_be_chosen_and_its_classes_are_explained_and_styled(repository: Repository) -> None:
    page = html(view_of(repository))
    style = (PROJECT / "docs/assets/site.css").read_text(encoding="utf-8")
    assert [option["value"] for option in page.select("select option")] == [shade.id for shade in SHADES]
    for shade in SHADES:
        legend = {" ".join(item["class"]) for item in page.select(f".legend--{shade.id} li")}
        worn = {name for tile in page.select("[data-item]") for name in tile["class"] if name[:2] == shade.id[:2]}
        assert worn <= legend
        assert all(re.search(rf"\.{name}\b", style) for name in legend)


@pytest.mark.parametrize("name", ["activity", "works", "protocol", "license"])
def test_tiles_can_be_filtered(repository: Repository, name: str) -> None:
    repository.server(tags="[websocket]", license="MIT", works_with=None)
    found = {tile.get(f"data-{name}") for tile in html(view_of(repository)).select("[data-item]")}
    assert (
        found
        == {
            "activity": {"unknown"},
            "works": {"any", None},
            "protocol": {"websocket", None},
            "license": {"permissive", None},
        }[name]
    )


def test_every_real_project_is_there_once_and_light() -> None:
    view = make_view(load(PROJECT), Facts())
    page = html(view)
    assert len(page.select("[data-item]")) == len(view.software)
    assert max(len(tile.find_all(True)) for tile in page.select("[data-item]")) <= 5


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    found, problems = load_vocabularies(PROJECT / "data", PROJECT)
    assert found, problems
    return found


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=texts, description=texts, former=texts)
def test_any_text_is_only_text(vocabularies: Vocabularies, name: str, description: str, former: str) -> None:
    values: dict[str, Any] = MIDDLEWARE | {
        "name": name,
        "description": description,
        "formerly": (former,),
        "works_with": ("any",),
    }
    values |= {"added": dt.date(2026, 1, 1)}
    page = html(one(vocabularies, "middleware", Software.model_construct(**values)))
    (tile,) = page.select("[data-item]")
    assert tile.a
    assert tile.a.get_text() == name
    assert str(tile.a["data-tip"]).startswith(f"{name}: {description}")
    assert former in str(tile["data-also"])
