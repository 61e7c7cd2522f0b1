"""The generated parts of the home page: where they lead, and what they count."""

import json

import pytest

from scripts.render.home import RECENT
from tests.conftest import Repository
from tests.render.reading import page
from tests.view.test_rows import FACTS
from tests.view.views import view_of

HOME, SEARCH = "catalogue/.parts/home.md", "catalogue/.parts/search.md"


def test_the_search_goes_to_the_explorer_without_scripts(repository: Repository) -> None:
    found = page(view_of(repository), SEARCH)
    assert found.form
    assert (found.form["action"], found.form["method"]) == ("catalogue/", "get")
    assert found.input
    assert found.input["name"] == "q"
    assert "As of 2026-11-22: 2 living projects, 0 ended or dormant, 1 publication." in found.get_text()


def test_the_picture_goes_from_the_client_to_the_application(repository: Repository) -> None:
    steps = page(view_of(repository), HOME).select(".stack li")
    assert [step.find(["strong", "a"]).get_text() for step in steps] == [  # type: ignore[union-attr]  # each has one
        "Client",
        "Servers",
        "Middleware",
        "Frameworks",
        "Applications",
    ]
    assert [link["href"] for step in steps for link in step.find_all("a")] == [
        "catalogue/servers/",
        "catalogue/middleware/",
        "catalogue/frameworks/",
        "catalogue/applications/",
    ]
    assert "Servers 1" in steps[1].get_text()


def test_ways_lead_to_folders_of_the_site(repository: Repository) -> None:
    ways = [link["href"] for link in page(view_of(repository), HOME).select(".grid a")]
    assert {"guide/", "compare/", "landscape/", "publications/", "trends/", "changes/", "archive/", "api/"} == set(ways)


def test_hard_choices_are_the_categories_with_a_note_that_have_entries(repository: Repository) -> None:
    choices = page(view_of(repository), HOME).select(".choices a")
    assert [(link.get_text(), link["href"]) for link in choices] == [
        ("Servers: General purpose", "compare/general-purpose/")
    ]


def test_the_newest_releases_come_first_with_version_and_day(repository: Repository) -> None:
    other = {"version": "9.0", "last_release": "2026-10-02", "observed": "2026-11-20", "source": "package index"}
    packages = {**FACTS["packages"], "example-guard": other}
    repository.write("data/facts/packages.json", json.dumps(packages))
    section = page(view_of(repository), HOME).find(id="latest-releases").parent  # type: ignore[union-attr]  # is there
    assert section
    assert [item.get_text() for item in section.find_all("li")] == [
        "Example Guard 9.0 2026-10-02",
        "Examplecorn 2.1 2026-10-01",
    ]


def additions(repository: Repository) -> str:
    section = page(view_of(repository), HOME).find(id="latest-additions").parent  # type: ignore[union-attr]  # is there
    assert section
    return section.get_text(" ", strip=True)


def test_the_newest_entries_are_named_while_they_are_few(repository: Repository) -> None:
    repository.server(added="2026-11-01")
    text = additions(repository)
    assert text.index("Example Guard") < text.index("Examplecorn 2026-11-01")


@pytest.mark.parametrize(("together", "named"), [(RECENT, True), (RECENT + 1, False)])
def test_many_entries_of_one_day_are_counted(repository: Repository, together: int, *, named: bool) -> None:
    more = together - 3  # than the small repository has
    for number in range(more):
        repository.server(
            f"corn-{number}",
            name=f"Corn {number}",
            description=f"Serves ASGI applications in a way of its own, which is number {number}.",
            repository=f"https://github.com/example/corn-{number}",
            package=f"corn-{number}",
        )
    text = additions(repository)
    counted = f"{together} entries on 2026-11-22: servers {more + 1}, middleware 1, publications 1."
    assert ("Corn 0" in text, counted in text) == (named, not named)
