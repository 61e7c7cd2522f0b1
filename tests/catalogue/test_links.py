"""Which address stands for an entry."""

import pytest

from scripts.catalogue.links import comparable, primary_links
from scripts.catalogue.load import load
from tests.conftest import PUBLICATION, SERVER, Repository

REPOSITORY = SERVER["repository"]


def links(repository: Repository) -> dict[str, str]:
    return dict(primary_links(load(repository.root).listings))


def test_an_entry_is_linked_by_its_repository(repository: Repository) -> None:
    repository.server(docs="https://corn.example.com", homepage="https://example.com")
    assert links(repository) == {
        "examplecorn": REPOSITORY,
        "example-guard": "https://github.com/example/guard",
        "how-servers-call-2024": PUBLICATION["url"],
    }


@pytest.mark.parametrize(
    ("changes", "link"),
    [
        ({"docs": "https://corn.example.com", "homepage": "https://example.com"}, "https://corn.example.com"),
        ({"homepage": "https://example.com"}, "https://example.com"),
        ({}, SERVER["evidence"]),
    ],
)
def test_a_shared_repository_stands_for_none(repository: Repository, changes: dict[str, str], link: str) -> None:
    repository.server(**changes)
    repository.middleware(repository=REPOSITORY.upper().replace("HTTPS", "https"))
    assert links(repository)["examplecorn"] == link
    assert links(repository)["example-guard"] == "https://github.com/example/guard/blob/main/guard.py"


def test_a_component_has_no_repository(repository: Repository) -> None:
    part = {"part_of": "example-guard", "repository": None, "package": None, "import": "guard.Guard"}
    repository.server(**part)
    assert links(repository)["examplecorn"] == SERVER["evidence"]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/a",
        "https://example.com/a/",
        "https://www.example.com/a",
        "https://EXAMPLE.com/a",
        "HTTPS://Example.com/a/",
    ],
)
def test_spellings_of_one_address(url: str) -> None:
    assert comparable(url) == "example.com/a"


def test_forges_ignore_case_and_other_hosts_do_not() -> None:
    assert comparable("https://github.com/Owner/Name") == comparable("https://GitHub.com/owner/name")
    assert comparable("https://youtu.be/aB") != comparable("https://youtu.be/Ab")


@pytest.mark.parametrize("url", ["https://example.com/b", "https://a.example.com/a", "https://example.com/a?b"])
def test_other_addresses(url: str) -> None:
    assert comparable(url) != "example.com/a"
