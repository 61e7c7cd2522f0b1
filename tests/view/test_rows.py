"""What follows from entries and facts together."""

import datetime as dt
import json
from typing import Any

import pytest

from scripts.view.activity import Activity
from scripts.view.rows import License
from tests.conftest import Repository
from tests.view.views import software, view_of

FACTS: dict[str, dict[str, dict[str, Any]]] = {
    "packages": {
        "examplecorn": {
            "version": "2.1",
            "last_release": "2026-10-01",
            "license": "MIT",
            "observed": "2026-11-20",
            "source": "package index",
        }
    },
    "github": {
        "Example/Guard": {"last_commit": "2021-01-01", "stars": 7, "observed": "2026-11-21", "source": "forge"},
    },
}


@pytest.fixture
def with_facts(repository: Repository) -> Repository:
    for name, records in FACTS.items():
        repository.write(f"data/facts/{name}.json", json.dumps(records, indent=2))
    repository.server(added="2026-01-01")
    repository.middleware(added="2026-01-01")
    repository.publication(added="2026-01-01")
    return repository


def test_pages_are_dated_by_the_newest_observation(with_facts: Repository) -> None:
    assert view_of(with_facts).as_of == dt.date(2026, 11, 21)


def test_without_facts_pages_are_dated_by_the_newest_entry(repository: Repository) -> None:
    assert view_of(repository).as_of == dt.date(2026, 11, 22)


def test_facts_reach_their_entry(with_facts: Repository) -> None:
    view = view_of(with_facts)
    server, guard = software(view, "examplecorn"), software(view, "example-guard")
    assert (server.activity, server.last_sign) == (Activity.ACTIVE, dt.date(2026, 10, 1))
    assert server.license == License("MIT", dt.date(2026, 11, 20), "package index")
    assert guard.repository, "the forge's names are found in any case"
    assert (guard.activity, guard.repository.stars) == (Activity.DORMANT, 7)


def test_the_newest_of_release_and_commit_counts(with_facts: Repository) -> None:
    facts = FACTS["github"] | {
        "example/examplecorn": {"last_commit": "2026-11-19", "observed": "2026-11-20", "source": "forge"}
    }
    with_facts.write("data/facts/github.json", json.dumps(facts))
    assert software(view_of(with_facts), "examplecorn").last_sign == dt.date(2026, 11, 19)


def test_a_component_lives_and_ends_with_its_package(with_facts: Repository) -> None:
    component = {"repository": None, "package": None, "part_of": "examplecorn", "import_": "examplecorn.Guard"}
    with_facts.middleware(**component)
    assert software(view_of(with_facts), "example-guard").activity is Activity.ACTIVE
    status = '{state: archived, reason: "It was archived by its owner.", source: "https://github.com/a/b"}'
    with_facts.server(status=status)
    view = view_of(with_facts)
    assert software(view, "example-guard").activity is Activity.ENDED
    assert [row.slug for row in view.components("examplecorn")] == ["example-guard"]


def test_a_humans_licence_goes_before_the_machines(with_facts: Repository) -> None:
    with_facts.server(license="Apache-2.0")
    assert software(view_of(with_facts), "examplecorn").license == License(
        "Apache-2.0", dt.date(2026, 11, 22), "this entry"
    )


def test_alternatives_are_the_living_of_the_category_the_active_first(with_facts: Repository) -> None:
    for slug, status in (("aaa", None), ("zzz", "active"), ("gone", "archived")):
        said = status and f'{{state: {status}, reason: "Its authors say so there.", source: "https://example.com/"}}'
        with_facts.server(
            slug,
            name=slug,
            repository=f"https://github.com/example/{slug}",
            package=slug,
            description=f"Serves ASGI applications in its own way, which is that of {slug}.",
            status=said,
        )
    view = view_of(with_facts)
    assert [row.slug for row in view.alternatives(software(view, "examplecorn"))] == ["zzz", "aaa"]


def test_publications_find_their_entries(with_facts: Repository) -> None:
    view = view_of(with_facts)
    assert [row.slug for row in view.about("examplecorn")] == ["how-servers-call-2024"]


def test_background_is_apart(repository: Repository) -> None:
    repository.publication(background="true")
    view = view_of(repository)
    assert (len(view.publications), [row.slug for row in view.background]) == (0, ["how-servers-call-2024"])


def test_rows_are_sorted_by_name_whatever_its_case(repository: Repository) -> None:
    other = {"repository": "https://github.com/example/b", "package": "b", "description": "Serves, in another way."}
    repository.server("b", name="aardvark server", **other)
    assert [row.name for row in view_of(repository).software] == ["aardvark server", "Example Guard", "Examplecorn"]


def test_predecessors_are_found_from_the_successor(repository: Repository) -> None:
    other = {"repository": "https://github.com/example/b", "package": "b", "description": "Serves, in another way."}
    repository.server("b", name="Before", succeeded_by="examplecorn", **other)
    assert [row.slug for row in view_of(repository).predecessors("examplecorn")] == ["b"]
