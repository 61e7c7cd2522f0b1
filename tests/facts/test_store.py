"""No facts are no error; corrupt facts are one, with its line."""

import json

import pytest

from scripts.facts.models import PackageFacts
from scripts.facts.store import Facts, load_facts, save_facts
from tests.conftest import Repository

GOOD = {"a": {"observed": "2026-11-20", "source": "package index"}}


def test_no_file_is_no_facts_yet(repository: Repository) -> None:
    facts, problems = load_facts(repository.root)
    assert (list(facts.records()), problems) == ([], [])


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ("", "1:1", "not JSON"),
        ('{"a": {}\n,,}', "2:2", "not JSON"),
        ("[" * 100_000, "1:1", "not JSON"),
        ("[]", "1:1", "valid dictionary"),
        (json.dumps(GOOD | {"b": {"observed": "yesterday", "source": "x"}}, indent=1), "6:1", "`b.observed`"),
        (json.dumps({"a": {"observed": "2026-11-20"}}), "1:1", "`a.source`"),
        (json.dumps({"a": GOOD["a"] | {"starz": 3}}), "1:1", "`a.starz`"),
        (json.dumps({"a": GOOD["a"] | {"releases": {"2024-05": 1}}}), "1:1", "`a.releases.2024-05"),
        ("\udcff", "1:1", "Cannot be read"),
    ],
)
def test_a_corrupt_file_is_a_problem_and_never_no_facts(
    repository: Repository, text: str, place: str, what: str
) -> None:
    repository.write("data/facts/packages.json", text.encode("utf-8", "surrogateescape"))
    _, problems = load_facts(repository.root)
    assert len(problems) == 1
    assert str(problems[0]).startswith(f"data/facts/packages.json:{place}: ")
    assert what in str(problems[0])
    assert str(problems[0]).endswith("Restore the file: `git checkout -- data/facts/packages.json`.")


def test_releases_that_are_none_differ_from_releases_that_are_not_known(repository: Repository) -> None:
    values = {"observed": "2026-11-20", "source": "package index"}
    written = {
        name: PackageFacts.model_validate(values | {"releases": releases})
        for name, releases in (("unknown", None), ("none", {}), ("some", {"2024-Q1": 2}))
    }
    save_facts(repository.root, Facts(packages=written))
    facts, problems = load_facts(repository.root)
    assert (facts.packages, problems) == (written, [])
