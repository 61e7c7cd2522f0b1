"""No history is no error; a corrupt month is one, and is never an empty month."""

import datetime as dt
import json

import pytest

from scripts.facts.history import Month, load_history, save_history
from scripts.facts.models import Downloads, RepositoryFacts
from scripts.facts.store import Facts
from tests.conftest import TODAY, Repository


def test_no_history_yet(repository: Repository) -> None:
    assert load_history(repository.root) == ({}, [])


def test_what_was_saved_is_read(repository: Repository) -> None:
    facts = Facts(
        forges={"github": {"a/b": RepositoryFacts(observed=TODAY, source="forge", stars=3)}},
        downloads={"a": Downloads(observed=TODAY, source="log", last_month=9)},
    )
    save_history(repository.root, facts, TODAY)
    save_history(repository.root, facts, TODAY + dt.timedelta(days=30))  # nothing was counted in that month
    assert load_history(repository.root) == ({"2026-11": Month(downloads={"a": 9}, stars={"a/b": 3})}, [])


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("2026-11", "{", "`the file`: Invalid JSON"),
        ("2026-11", "[]", "`the file`: Input should be an object"),
        ("2026-11", json.dumps({"stars": {"a": -1}}), "`stars.a`: "),
        ("2026-11", json.dumps({"starz": {}}), "`starz`: "),
        ("2026-13", "{}", "Its name is no month"),
        ("latest", "{}", "Its name is no month"),
    ],
)
def test_a_corrupt_month_is_a_problem(repository: Repository, name: str, text: str, what: str) -> None:
    repository.write(f"data/facts/history/{name}.json", text)
    months, problems = load_history(repository.root)
    assert (months, len(problems)) == ({}, 1)
    assert str(problems[0]).startswith(f"data/facts/history/{name}.json:1:1: {what}")
