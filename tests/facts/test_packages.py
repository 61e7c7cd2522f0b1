"""Releases by quarter: what counts as one, and that records from before they were read are asked again, once."""

import datetime as dt
import time
from collections.abc import Mapping
from typing import Any

import pytest
import requests

from scripts.facts.gate import refusal
from scripts.facts.http import Client
from scripts.facts.models import PackageFacts
from scripts.facts.outcomes import Found, Outcome, Unchanged
from scripts.facts.packages import Index, parse
from scripts.facts.store import Facts
from tests.conftest import TODAY
from tests.outside.server import Outside
from tests.outside.world import File, Package

OLDER = PackageFacts(observed=dt.date(2026, 1, 1), source="package index", version="1.0.0")


def uploaded(*days: str, yanked: bool = False) -> list[dict[str, Any]]:
    return [{"upload_time_iso_8601": f"{day}T12:00:00Z", "yanked": yanked} for day in days]


def facts_of(outcome: Outcome) -> PackageFacts:
    assert isinstance(outcome, Found)
    return outcome.facts


def releases(versions: Mapping[str, list[dict[str, Any]]]) -> Mapping[str, int] | None:
    return facts_of(parse({"info": {"version": "1"}, "releases": versions}, None, TODAY)).releases


@pytest.mark.parametrize(
    ("day", "quarter"),
    [
        ("2024-01-01", "2024-Q1"),
        ("2024-03-31", "2024-Q1"),
        ("2024-04-01", "2024-Q2"),
        ("2024-09-30", "2024-Q3"),
        ("2024-12-31", "2024-Q4"),
    ],
)
def test_quarters_begin_and_end_with_their_months(day: str, quarter: str) -> None:
    assert releases({"1": uploaded(day)}) == {quarter: 1}


def test_a_version_counts_once_on_the_day_of_its_first_file() -> None:
    assert releases({"1": uploaded("2024-04-02", "2024-03-30", "2025-01-01"), "2": uploaded("2024-05-01")}) == {
        "2024-Q1": 1,
        "2024-Q2": 1,
    }


def test_a_version_counts_unless_all_of_it_was_withdrawn() -> None:
    partly = uploaded("2024-01-01", yanked=True) + uploaded("2024-05-01")
    assert releases({"1": uploaded("2023-01-01", yanked=True), "2": partly, "3": []}) == {"2024-Q1": 1}


def test_a_package_without_releases_is_known_to_have_none() -> None:
    assert releases({}) == {}
    assert OLDER.releases is None


def test_moments_with_and_without_an_offset_are_compared_by_day() -> None:
    mixed = [{"upload_time_iso_8601": "2024-04-02T00:00:00Z"}, {"upload_time_iso_8601": "2024-03-30T00:00:00"}]
    assert releases({"1": mixed}) == {"2024-Q1": 1}


def ask(outside: Outside, known: PackageFacts) -> Outcome:
    client = Client(requests.Session, time.time, time.sleep, 1, 5)
    ((_, outcome),) = Index(client, f"{outside.url}/pypi").observe(["thing"], {"thing": known}, TODAY)
    return outcome


def test_a_record_from_before_releases_were_read_is_asked_for_whole_once(outside: Outside) -> None:
    outside.world.add(Package("thing", releases={"1.0.0": [File("2024-02-01T00:00:00Z")]}))
    first = facts_of(ask(outside, OLDER))
    before = first.model_copy(update={"releases": None})
    assert before.validator, "the index names the state of its answer"
    again = facts_of(ask(outside, before))
    assert again.releases == {"2024-Q1": 1}
    assert isinstance(ask(outside, again), Unchanged)
    assert [request.headers.get("if-none-match") for request in outside.requests] == [None, None, first.validator]


def test_a_package_that_has_no_release_is_not_asked_for_whole_again(outside: Outside) -> None:
    outside.world.add(Package("thing", releases={}))
    known = facts_of(ask(outside, OLDER))
    assert known.releases == {}
    assert isinstance(ask(outside, known), Unchanged)


def test_the_gate_takes_a_record_without_any_value_for_lost_though_its_releases_are_known() -> None:
    old = Facts(packages={"thing": OLDER})
    empty = OLDER.model_copy(update={"version": None, "releases": {}})
    assert "1 of 1 records" in (refusal(old, Facts(packages={"thing": empty})) or "")
