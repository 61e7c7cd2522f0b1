"""What tells an alternative from an entry: most telling first, three at most, nothing that is not known."""

import json
from typing import Any

import pytest

from scripts.view.differences import differences
from tests.conftest import Repository
from tests.view.test_comparison import PACKAGE
from tests.view.views import software, view_of

OTHER = {
    "name": "Othercorn",
    "description": "Serves ASGI applications in another way, with threads.",
    "repository": "https://github.com/example/othercorn",
    "package": "othercorn",
}


def told(repository: Repository, mine: dict[str, Any], its: dict[str, Any], **entry: str | None) -> tuple[str, ...]:
    records = {"examplecorn": PACKAGE | mine, "othercorn": PACKAGE | its}
    repository.write("data/facts/packages.json", json.dumps(records))
    repository.server("othercorn", **(OTHER | entry))
    view = view_of(repository)
    return differences(software(view, "examplecorn"), software(view, "othercorn"), view)


def test_alike_is_no_difference(repository: Repository) -> None:
    assert told(repository, {}, {}) == ()


@pytest.mark.parametrize(
    ("mine", "its", "expected"),
    [
        ({}, {"license": "MIT"}, "MIT instead of Apache-2.0"),
        ({}, {"license": "GPL-3.0-only"}, "GPL-3.0-only (copyleft) instead of Apache-2.0"),
        ({}, {"typed": None}, "no types declared"),
        ({"typed": None}, {}, "declares types"),
        ({}, {"last_release": "2024-09-01"}, "last release 2 years older"),
        ({"last_release": "2025-09-01"}, {}, "last release 1 year newer"),
        ({}, {"first_release": "2023-02-03"}, "begun 4 years later"),
        ({}, {"requires_python": ">=3.11,<4"}, "Python 3.11+ instead of 3.9+"),
        ({"dependencies": 3}, {}, "requires no other distribution"),
        ({}, {"dependencies": 12}, "requires 12 distributions instead of 0"),
        ({}, {"vulnerabilities": [{"id": "CVE-2026-1"}]}, "has a known vulnerability"),
    ],
)
def test_facts(repository: Repository, mine: dict[str, Any], its: dict[str, Any], expected: str) -> None:
    assert told(repository, mine, its) == (expected,)


@pytest.mark.parametrize("field", ["license", "last_release", "first_release", "requires_python", "dependencies"])
def test_what_is_unknown_tells_nothing(repository: Repository, field: str) -> None:
    assert told(repository, {}, {field: None}) == ()
    assert told(repository, {field: None}, {}) == ()


def test_protocols_and_tags(repository: Repository) -> None:
    repository.server(tags="[websocket]")
    assert told(repository, {}, {}, tags="[http3, proxy, cors]") == (
        "also HTTP/3",
        "tagged Proxy and CORS",
        "WebSocket not noted",
    )
    assert told(repository, {}, {}, tags=None) == (), "who notes no protocol has only not been asked"


def test_the_most_telling_come_first_and_three_are_enough(repository: Repository) -> None:
    its = {"license": "GPL-3.0-only", "typed": None, "first_release": "2025-01-01", "last_release": "2024-01-01"}
    assert told(repository, {}, its, tags="[http2]") == (
        "also HTTP/2",
        "GPL-3.0-only (copyleft) instead of Apache-2.0",
        "last release 2 years older",
    )


@pytest.mark.parametrize(
    ("mine", "its", "expected"),
    [
        ("[frame]", "[any]", "works with any ASGI application"),
        ("[any]", "[frame]", "made for Frame"),
        ("[frame]", "[frame, other]", "also for Other"),
        ("[frame, other]", "[frame]", "not for Other"),
        ("[frame]", "[other]", "made for Other"),
    ],
)
def test_what_it_fits(repository: Repository, mine: str, its: str, expected: str) -> None:
    for slug, name in (("frame", "Frame"), ("other", "Other")):
        repository.entry(
            f"data/frameworks/{slug}.yml",
            {
                "name": name,
                "description": f"Routes requests to handlers, in the way of {name}.",
                "repository": f"https://github.com/example/{slug}",
                "category": "microframeworks",
                "evidence": f"https://github.com/example/{slug}/blob/main/app.py",
                "added": "2026-11-22",
            },
        )
    repository.middleware(works_with=mine)
    other = {"repository": "https://github.com/example/two", "package": "two", "description": "Answers 403 otherwise."}
    repository.middleware("two", name="Two", works_with=its, **other)
    view = view_of(repository)
    assert differences(software(view, "example-guard"), software(view, "two"), view) == (expected,)
    assert [row.slug for row in view.users("frame")] == [
        slug for slug, fits in (("example-guard", mine), ("two", its)) if "frame" in fits
    ]


def test_a_component_is_told_from_a_distribution(repository: Repository) -> None:
    component = {"repository": None, "package": None, "part_of": "examplecorn", "import_": "examplecorn.Guard"}
    repository.middleware("part", name="Part", description="Answers 403, from within a server.", **component)
    view = view_of(repository)
    guard, part = software(view, "example-guard"), software(view, "part")
    assert differences(guard, part, view) == ("comes with Examplecorn",)
    assert differences(part, guard, view) == ("a distribution of its own",)
