"""Layers of the stack, and the levels of each shade at their edges."""

import datetime as dt
import json

import pytest

from scripts.view.landscape import SHADES, layers
from scripts.view.rows import View
from tests.conftest import Repository
from tests.view.views import software, view_of

AS_OF = dt.date(2026, 11, 22)
LIBRARY = {
    "name": "Examplehttp",
    "description": "Calls an application in the same process, with the interface of a client.",
    "repository": "https://github.com/example/http",
    "category": "http-clients",
    "evidence": "https://github.com/example/http/blob/main/http.py",
    "added": "2026-11-22",
}


def level(view: View, shade: str, slug: str = "examplecorn") -> str:
    """What the legend says of a tile."""
    chosen = next(one for one in SHADES if one.id == shade)
    words = chosen.words[chosen.level(software(view, slug), view.as_of)]
    assert words, "every level that occurs has its words"
    return words


def test_layers_come_in_the_order_of_the_stack_and_empty_ones_not_at_all(repository: Repository) -> None:
    repository.entry("data/libraries/http.yml", LIBRARY)
    other = {"name": "R", "repository": "https://github.com/e/r", "description": "Offers functions over WebSocket."}
    repository.entry("data/libraries/rpc.yml", LIBRARY | other, category="rpc")
    found = {
        layer.id: {term.id: [row.slug for row in rows] for term, rows in groups}
        for layer, groups in layers(view_of(repository))
    }
    assert found == {
        "client": {"http-clients": ["http"]},
        "server": {"general-purpose": ["examplecorn"]},
        "middleware": {"security": ["example-guard"]},
        "library": {"rpc": ["rpc"]},
    }
    assert list(found) == ["client", "server", "middleware", "library"]


def with_facts(repository: Repository, **values: object) -> View:
    record = {"observed": "2026-11-22", "source": "somewhere"} | values
    name = "packages" if {"first_release", "last_release"} & set(values) else "github"
    key = "examplecorn" if name == "packages" else "example/examplecorn"
    repository.write(f"data/facts/{name}.json", json.dumps({key: record}))
    view = view_of(repository)
    assert view.as_of == AS_OF
    return view


@pytest.mark.parametrize(
    ("stars", "words"),
    [
        (0, "fewer than 100"),
        (99, "fewer than 100"),
        (100, "100 to 999"),
        (1_000, "1,000 to 9,999"),
        (9_999, "1,000 to 9,999"),
        (10_000, "10,000 or more"),
    ],
)
def test_stars(repository: Repository, stars: int, words: str) -> None:
    assert level(with_facts(repository, stars=stars), "stars") == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-11-22", "within 3 months"),
        ("2026-08-22", "within 3 months"),
        ("2026-08-21", "3 to 12 months ago"),
        ("2025-11-22", "3 to 12 months ago"),
        ("2025-11-21", "1 to 3 years ago"),
        ("2023-11-22", "1 to 3 years ago"),
        ("2023-11-21", "more than 3 years ago"),
    ],
)
def test_last_release(repository: Repository, day: str, words: str) -> None:
    assert level(with_facts(repository, last_release=day), "release") == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-11-23", "less than a year"),
        ("2025-11-22", "1 to 3 years"),
        ("2023-11-22", "3 to 6 years"),
        ("2020-11-22", "6 years or more"),
    ],
)
def test_age(repository: Repository, day: str, words: str) -> None:
    assert level(with_facts(repository, first_release=day), "age") == words


def test_activity_and_what_is_not_known(repository: Repository) -> None:
    assert [level(view_of(repository), shade) for shade in ("activity", "stars", "release", "age")] == ["unknown"] * 4
    assert level(with_facts(repository, last_commit="2026-11-01"), "activity") == "active"
    assert level(with_facts(repository, last_commit="2020-11-01"), "activity") == "dormant"


def test_works_with(repository: Repository) -> None:
    own = {"name": "O", "package": None, "description": "Answers 403 to whoever comes late."}
    repository.middleware("other", **own, repository="https://github.com/e/o", works_with="[corn]")
    corn = {"name": "Corn", "repository": "https://github.com/e/c", "category": "full-stack"}
    repository.entry("data/frameworks/corn.yml", LIBRARY | corn)
    view = view_of(repository)
    assert [level(view, "works", slug) for slug in ("example-guard", "other", "examplecorn")] == [
        "any ASGI application",
        "named frameworks only",
        "not stated",
    ]


def test_classes_of_shades_differ() -> None:
    assert len({shade.id[:2] for shade in SHADES}) == len(SHADES)
