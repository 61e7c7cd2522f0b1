"""The page of changes says in words what happened, and a flood of one sort takes one line."""

import datetime as dt
from dataclasses import replace
from typing import get_args

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings

from scripts.facts.changes import Event, Name
from scripts.render.changes import MANY, MOST, changes_page
from scripts.render.happenings import WORDS
from scripts.view.changes import ORDER
from scripts.view.rows import View
from tests.conftest import Repository
from tests.render.reading import PROJECT_ADDRESS, html
from tests.render.test_markdown import texts
from tests.render.test_pages import check_golden
from tests.view.test_changes import FIRST, SECOND, event, happened
from tests.view.views import view_of


def shown(repository: Repository, *events: Event) -> BeautifulSoup:
    return html(changes_page(happened(repository, *events), PROJECT_ADDRESS))


def said(found: BeautifulSoup) -> list[str]:
    return [item.get_text() for item in found.select("[data-item]")]


@pytest.mark.parametrize(
    ("name", "before", "after", "expected"),
    [
        ("added", None, "server", "Examplecorn joined the servers"),
        ("released", "0.39.0", "0.40.0", "Examplecorn released 0.40.0 (before: 0.39.0)"),
        ("renamed", "a/corn", "b/corn", "The repository of Examplecorn is now b/corn (before: a/corn)"),
        ("archived", None, "a/corn", "The repository of Examplecorn was archived"),
        ("unarchived", None, "a/corn", "The repository of Examplecorn is no longer archived"),
        ("license", "BSD-3-Clause", "MIT", "The licence of Examplecorn is now MIT (before: BSD-3-Clause)"),
        ("vulnerable", None, "CVE-1", "A vulnerability of the latest version of Examplecorn became known: CVE-1"),
        ("gone", None, "2026-11-23", "Examplecorn cannot be found any more on its forge or the package index"),
        ("back", "2026-11-20", None, "Examplecorn can be found again"),
    ],
)
def test_each_sort_of_change_is_told_in_words(
    repository: Repository, name: Name, before: str | None, after: str | None, expected: str
) -> None:
    found = shown(repository, event(name, "examplecorn", before, after))
    assert said(found) == [expected]
    item = found.select_one("[data-item]")
    assert item
    assert (item["data-change"], item["data-kind"]) == (name, "server")


def test_every_sort_of_change_has_words_and_a_place() -> None:
    assert set(WORDS) == set(ORDER) == set(get_args(Name))


def test_months_and_days_are_headings_newest_first(repository: Repository) -> None:
    days = (dt.date(2026, 10, 31), dt.date(2026, 11, 2), dt.date(2026, 11, 23))
    found = shown(repository, *(event("released", "examplecorn", "1", str(day.day), date=day) for day in days))
    assert [heading["id"] for heading in found.find_all(["h2", "h3"])] == [
        "2026-11",
        "2026-11-23",
        "2026-11-02",
        "2026-10",
        "2026-10-31",
    ]
    assert [heading.get_text() for heading in found.find_all("h3")] == ["23 November", "2 November", "31 October"]


def releases(number: int, date: dt.date = SECOND) -> list[Event]:
    """As many releases of one entry on one day."""
    return [event("released", "examplecorn", str(one), str(one + 1), date=date) for one in range(number)]


@pytest.mark.parametrize(("number", "folded"), [(MANY, False), (MANY + 1, True)])
def test_many_of_one_sort_on_one_day_fold_into_a_line(repository: Repository, number: int, *, folded: bool) -> None:
    found = shown(repository, *releases(number), event("license", "examplecorn", "BSD-3-Clause", "MIT"))
    assert len(said(found)) == number + 1
    lines = [summary.get_text() for summary in found.select("details[data-group] > summary")]
    assert lines == ([f"{number} releases: servers {number}"] if folded else [])
    assert len(found.select("details[data-group] [data-item]")) == (number if folded else 0)


def test_the_newest_stand_on_the_page_and_the_rest_is_counted(repository: Repository) -> None:
    older = releases(20, FIRST)
    found = shown(repository, *older, *releases(MOST - 5))
    assert len(said(found)) == MOST
    text = found.get_text()
    assert f"{MOST + 15} changes until 2026-11-22. The newest {MOST} stand here." in text
    assert "And 15 more of that day" in text
    assert "20 releases: servers 20" in text
    everything = shown(repository, *older)
    assert "stand here" not in everything.get_text()


def test_the_feed_and_the_log_are_linked(repository: Repository) -> None:
    found = shown(repository, *releases(1))
    links = [link["href"] for link in found.find_all("a")]
    assert "../api/v1/feeds/changes.xml" in links
    assert f"{PROJECT_ADDRESS}/blob/main/data/facts/changes.jsonl" in links


def test_without_changes_there_is_no_form(repository: Repository) -> None:
    found = shown(repository)
    assert "0 changes until 2026-11-22." in found.get_text()
    assert found.form is None
    assert found.script is None


def test_the_page_is_golden(repository: Repository) -> None:
    events = [
        event("added", "examplecorn", after="server", date=FIRST),
        event("added", "how-servers-call-2024", after="publication", date=FIRST),
        event("renamed", "examplecorn", "old/corn", "example/examplecorn"),
        *releases(MANY + 1),
    ]
    check_golden("changes-index.md", changes_page(happened(repository, *events), PROJECT_ADDRESS))


@pytest.fixture
def base(repository: Repository) -> View:
    return view_of(repository)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=texts, after=texts)
def test_any_version_is_only_text(base: View, before: str, after: str) -> None:
    view = replace(base, events=[event("released", "examplecorn", before, after)])
    assert said(html(changes_page(view, PROJECT_ADDRESS))) == [f"Examplecorn released {after} (before: {before})"]
