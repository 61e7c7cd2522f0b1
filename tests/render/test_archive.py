"""The archive says of each project when it ended, why, by whose word, and what came after."""

import json

from tests.conftest import Repository
from tests.render.reading import page
from tests.view.test_rows import FACTS
from tests.view.views import view_of

STATUS = (
    '{state: abandoned, since: 2019-10-22, reason: "Its author gave it up in public.", source: "https://example.com/x"}'
)
OLD = {
    "name": "Oldcorn",
    "description": "Served ASGI 2 applications, with one thread for each connection.",
    "repository": "https://github.com/example/oldcorn",
    "package": "oldcorn",
    "status": STATUS,
}


def test_a_project_that_ended_has_date_reason_source_and_successor(repository: Repository) -> None:
    repository.server("oldcorn", **OLD, succeeded_by="examplecorn")
    found = page(view_of(repository), "archive/index.md")
    year = found.find(id="ended-2019")
    assert year
    item = year.find_next("li")
    assert item
    text = item.get_text(" ", strip=True)
    for part in ("Oldcorn", "Abandoned", "2019-10-22", "Its author gave it up in public.", "noted 2026-11-22"):
        assert part in text
    links = {link.get_text(): link["href"] for link in item.find_all("a")}
    assert links["source"] == "https://example.com/x"
    assert links["Examplecorn"] == "../catalogue/servers/examplecorn.md"
    assert "What came after: Examplecorn" in text


def test_without_a_successor_the_living_of_the_category_are_named(repository: Repository) -> None:
    repository.server("oldcorn", **OLD)
    text = page(view_of(repository), "archive/index.md").get_text()
    assert "No successor is named; General purpose has 1 living entry." in text
    repository.server(status=STATUS)
    assert "No successor is named" not in page(view_of(repository), "archive/index.md").get_text()


def test_who_sleeps_stands_below_with_the_last_sign_and_its_source(repository: Repository) -> None:
    for name, records in FACTS.items():
        repository.write(f"data/facts/{name}.json", json.dumps(records))
    found = page(view_of(repository), "archive/index.md")
    assert found.find(id="ended") is None
    year = found.find(id="dormant-2021")
    assert year
    item = year.find_next("li")
    assert item
    assert "Example Guard" in item.get_text()
    assert "last commit 2021-01-01 (forge, read 2026-11-21)" in item.get_text()


def test_nothing_dead_leaves_an_archive_without_headings(repository: Repository) -> None:
    found = page(view_of(repository), "archive/index.md")
    assert found.find("h2") is None
    assert "0 projects that ended and 0 dormant ones, as of 2026-11-22" in found.get_text().replace("\n", " ")
