"""Where people and machines differ, `check` says so with both words."""

import json
from typing import Any

import pytest

from scripts.catalogue.load import load
from scripts.facts.disagreements import disagreements
from scripts.facts.store import load_facts
from tests.conftest import Repository

SEEN = {"observed": "2026-11-20", "source": "GitHub", "url": "https://github.com/example/examplecorn"}
STATUS = '{{state: {}, reason: "Its authors say so over there.", source: "https://github.com/example/examplecorn"}}'


def found(repository: Repository, seen: dict[str, Any], index: str | None = None) -> list[str]:
    assert repository.problems() == []
    repository.write("data/facts/github.json", json.dumps({"example/examplecorn": SEEN | seen}))
    package = {"observed": "2026-11-20", "source": "package index", "license": index}
    repository.write("data/facts/packages.json", json.dumps({"examplecorn": package}))
    facts, problems = load_facts(repository.root)
    assert problems == []
    return [str(problem) for problem in disagreements(load(repository.root).listings, facts)]


def test_agreement_is_silent(repository: Repository) -> None:
    assert found(repository, {"archived": False, "license": "MIT"}, "MIT") == []


def test_an_entry_that_moved(repository: Repository) -> None:
    (problem,) = found(repository, {"url": "https://github.com/elsewhere/examplecorn"})
    assert problem.startswith("data/servers/examplecorn.yml:4:13: `repository` moved to https://github.com/elsewhere/")
    assert "(GitHub, 2026-11-20)" in problem


@pytest.mark.parametrize(
    ("state", "archived", "problems"),
    [("active", True, 1), ("active", False, 0), ("archived", False, 1), ("archived", True, 0), ("abandoned", False, 0)],
)
def test_endings(repository: Repository, state: str, archived: bool, problems: int) -> None:  # noqa: FBT001
    repository.server(status=STATUS.format(state))
    said = found(repository, {"archived": archived})
    assert len(said) == problems
    assert all("Correct the status." in problem for problem in said)


@pytest.mark.parametrize(
    ("ours", "index", "forge", "expected"),
    [
        (None, "MIT", "Apache-2.0", "The package index says MIT, the forge says Apache-2.0."),
        ("MIT", "MIT", "Apache-2.0", None),
        ("MIT", "MIT", "MIT", "`license` repeats what machines found. Remove the line."),
        (None, "Apache-2.0 OR MIT", "Apache-2.0", None),
        (None, "GPL-3.0-or-later", "GPL-3.0", None),
        (None, "MIT", None, None),
        (None, None, "MIT", None),
    ],
)
def test_licences(
    repository: Repository, ours: str | None, index: str | None, forge: str | None, expected: str | None
) -> None:
    repository.server(license=ours)
    said = found(repository, {"license": forge}, index)
    assert len(said) == (expected is not None)
    assert all((expected or "") in problem for problem in said)


def test_a_shared_repository_has_no_licence_of_its_own(repository: Repository) -> None:
    repository.middleware(repository="https://github.com/example/examplecorn", docs="https://example.com/guard")
    repository.server(docs="https://example.com/corn")
    assert found(repository, {"license": "Apache-2.0"}, "MIT") == []
