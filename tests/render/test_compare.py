"""What ``/compare/`` is made of: its page, the data of each entry, and the written comparisons."""

import json
from typing import Any

import markdown
import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import HealthCheck, given, settings

from scripts.catalogue.models import Server
from scripts.catalogue.vocabularies import Vocabularies
from scripts.render.compare import compare_pages
from scripts.view.comparison import SECTIONS, Ground
from tests.conftest import SERVER, Repository
from tests.measured import fill
from tests.render.test_markdown import EXTENSIONS, texts
from tests.render.test_pages import one, vocabularies  # noqa: F401 - a fixture
from tests.view.test_comparison import PACKAGE
from tests.view.test_differences import OTHER
from tests.view.views import view_of


def pages_of(repository: Repository, **packages: Any) -> dict[str, str]:
    repository.write("data/facts/packages.json", json.dumps(packages))
    return {path.as_posix(): text for path, text in compare_pages(Ground(view_of(repository)))}


def html(page: str) -> BeautifulSoup:
    body = page.partition("---\n\n")[2]
    return BeautifulSoup(markdown.markdown(body, extensions=[*EXTENSIONS, "admonition"]), "html.parser")


@pytest.fixture
def two(repository: Repository) -> dict[str, str]:
    repository.server("othercorn", **OTHER)
    repository.server(
        tags="[websocket]", claims='{protocols: [http/1.1, websocket], source: "https://example.com/docs"}'
    )
    return pages_of(repository, examplecorn=PACKAGE, othercorn=PACKAGE | {"license": "MIT", "typed": None})


def test_every_entry_has_its_data_and_its_name(two: dict[str, str]) -> None:
    names = json.loads(two["compare/names.json"])
    assert names == {"example-guard": "Example Guard", "examplecorn": "Examplecorn", "othercorn": "Othercorn"}
    assert {path for path in two if "/data/" in path} == {f"compare/data/{slug}.json" for slug in names}


def test_data_leads_to_the_page_and_to_the_source(two: dict[str, str]) -> None:
    data = json.loads(two["compare/data/examplecorn.json"])
    assert data["page"] == "catalogue/servers/examplecorn/"
    protocols = data["values"]["protocols"]
    assert data["origins"][protocols["origin"]] == ["2026-11-22", "its documentation", "https://example.com/docs"]
    assert data["origins"][data["values"]["version"]["origin"]] == ["2026-11-20", "package index"]
    assert "stars" not in data["values"], "what is unknown is left out"


def test_data_of_relations_is_linked(repository: Repository) -> None:
    repository.middleware(repository=None, package=None, part_of="examplecorn", import_="examplecorn.Guard")
    pages = pages_of(repository)
    assert json.loads(pages["compare/data/example-guard.json"])["values"]["part-of"]["links"] == [
        ["Examplecorn", "catalogue/servers/examplecorn/"]
    ]


def test_measurements_stand_beside_claims_and_disagreements_are_marked(repository: Repository) -> None:
    fill(repository)
    pages = pages_of(repository, examplecorn=PACKAGE, othercorn=PACKAGE)
    data = json.loads(pages["compare/data/examplecorn.json"])
    assert data["values"]["protocols"]["text"] == "HTTP/1.1, HTTP/3, WebSocket"
    measured = data["values"]["measured-protocols"]
    assert measured["text"] == "HTTP/1.1, HTTP/2, WebSocket"
    assert measured["odd"]
    assert measured["note"] == "HTTP/2 measured, though not claimed; HTTP/3 claimed, but measured otherwise"
    assert data["origins"][measured["origin"]] == ["2026-11-21", "measured here in 2.1"]
    assert "odd" not in data["values"]["measured-http1"]
    assert "measured-http1" not in json.loads(pages["compare/data/example-guard.json"])["values"]
    table = html(pages["compare/general-purpose.md"])
    cell = table.select_one('tr[id="examplecorn"] [data-column="measured-protocols"]')
    assert cell
    assert cell.get_text().startswith("HTTP/1.1, HTTP/2, WebSocket")
    assert "≠ HTTP/2 measured, though not claimed" in cell.get_text()
    other = table.select_one('tr[id="othercorn"] [data-column="measured-protocols"]')
    assert other
    assert "≠" not in other.get_text()


def test_data_is_small(two: dict[str, str]) -> None:
    assert max(len(text.encode()) for path, text in two.items() if "/data/" in path) < 3_000


def test_the_page_has_a_row_for_each_aspect_and_reads_without_scripts(two: dict[str, str]) -> None:
    page = html(two["compare/index.md"])
    aspects = [aspect.id for section in SECTIONS for aspect in section.aspects]
    assert [row["data-aspect"] for row in page.select("tr[data-aspect]")] == aspects
    measured = page.select('tr[data-aspect^="measured-"]')
    assert measured
    assert all(row.has_attr("data-optional") for row in measured), "who was not measured has no empty rows"
    assert "needs JavaScript" in page.get_text()
    assert [link["href"] for link in page.select("li a")] == ["../compare/general-purpose.md"]
    assert all(found.has_attr("hidden") for found in page.select("form, .compare__bar, .compared-scroll"))


def test_a_written_comparison_is_a_table_with_its_rule(two: dict[str, str]) -> None:
    page = html(two["compare/general-purpose.md"])
    heads = [head.get_text() for head in page.select("thead th")]
    assert heads == [
        "Entry",
        "What it doesthis entry, 2026-11-22",
        "Protocolsits documentation, 2026-11-22",
        "Licencepackage index, 2026-11-20",
        "Ships typespackage index, 2026-11-20",
    ]
    rows = {found["id"]: [cell.get_text() for cell in found.select("td")] for found in page.select("tr[id]")}
    assert rows["examplecorn"][1:] == ["HTTP/1.1, WebSocket", "Apache-2.0", "declared"]
    assert rows["othercorn"][1:] == ["none noted", "MIT", "not declared"]
    text = page.get_text()
    assert "Start from the protocols you need." in text
    assert "this is no ranking" in text
    assert "../catalogue/index.md?category=general-purpose" in [link["href"] for link in page.select("a")]


def test_a_written_comparison_leads_to_the_table_of_those_chosen(two: dict[str, str]) -> None:
    form = html(two["compare/general-purpose.md"]).form
    assert isinstance(form, Tag)
    assert (form["action"], form["method"]) == ("../../compare/", "get")
    assert [(box["name"], box["value"]) for box in form.select("input")] == [
        ("entries", "examplecorn"),
        ("entries", "othercorn"),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=texts, description=texts)
def test_any_text_is_only_text(vocabularies: Vocabularies, name: str, description: str) -> None:  # noqa: F811
    values: dict[str, Any] = SERVER | {"name": name, "description": description, "added": "2026-01-01"}
    view = one(vocabularies, "server", Server.model_construct(**values))
    pages = {path.as_posix(): text for path, text in compare_pages(Ground(view))}
    data = json.loads(pages["compare/data/it.json"])
    assert (data["name"], data["values"]["does"]["text"]) == (name, description)
    page = pages["compare/general-purpose.md"]
    table = BeautifulSoup(page[page.index("<form") : page.index("</form>")], "html.parser")
    assert table.find(["script", "img", "b"]) is None
    link, cell = table.select_one("tr[id] a"), table.select_one("tr[id] td")
    assert link
    assert cell
    assert (link.get_text(), cell.find(string=True)) == (name, description)
