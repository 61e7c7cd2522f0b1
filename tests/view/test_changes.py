"""What is one thing stands once, and things of one sort on one day stand together."""

import datetime as dt
from dataclasses import replace

from scripts.facts.changes import Event, Name
from scripts.view.changes import bundles
from scripts.view.rows import View
from tests.conftest import Repository
from tests.view.views import view_of

FIRST, SECOND = dt.date(2026, 11, 22), dt.date(2026, 11, 23)


def event(name: Name, entry: str, before: str | None = None, after: str | None = None, date: dt.date = SECOND) -> Event:
    return Event(date=date, event=name, entry=entry, before=before, after=after)


def happened(repository: Repository, *events: Event) -> View:
    return replace(view_of(repository), events=events)


def told(view: View) -> list[tuple[str, str, list[list[str]]]]:
    return [
        (str(bundle.day), bundle.name, [[row.slug for row in one.rows] for one in bundle.happenings])
        for bundle in bundles(view)
    ]


def test_the_newest_day_comes_first_and_of_a_day_what_matters_most(repository: Repository) -> None:
    view = happened(
        repository,
        event("added", "examplecorn", after="server", date=FIRST),
        event("added", "example-guard", after="middleware", date=FIRST),
        event("released", "examplecorn", "1.0", "1.1"),
        event("vulnerable", "example-guard", after="CVE-1"),
    )
    assert told(view) == [
        ("2026-11-23", "vulnerable", [["example-guard"]]),
        ("2026-11-23", "released", [["examplecorn"]]),
        ("2026-11-22", "added", [["example-guard"], ["examplecorn"]]),
    ]


def test_entries_that_share_a_repository_stand_in_one_line(repository: Repository) -> None:
    shared = ("example/corn", "example/maize")
    view = happened(repository, event("renamed", "examplecorn", *shared), event("renamed", "example-guard", *shared))
    assert told(view) == [("2026-11-23", "renamed", [["example-guard", "examplecorn"]])]


def test_two_repositories_that_were_archived_are_two(repository: Repository) -> None:
    known = happened(
        repository,
        event("archived", "examplecorn", after="example/examplecorn"),
        event("archived", "example-guard", after="example/guard"),
    )
    nameless = happened(repository, event("archived", "examplecorn"), event("archived", "example-guard"))
    assert told(known) == told(nameless) == [("2026-11-23", "archived", [["example-guard"], ["examplecorn"]])]


def test_two_projects_that_release_the_same_version_are_two(repository: Repository) -> None:
    view = happened(
        repository, event("released", "examplecorn", "1.0", "1.1"), event("released", "example-guard", "1.0", "1.1")
    )
    assert told(view) == [("2026-11-23", "released", [["example-guard"], ["examplecorn"]])]


def test_what_package_and_repository_both_say_is_said_once(repository: Repository) -> None:
    said = event("license", "examplecorn", "BSD-3-Clause", "MIT")
    assert told(happened(repository, said, said)) == [("2026-11-23", "license", [["examplecorn"]])]


def test_entries_that_are_no_more_are_not_told_of(repository: Repository) -> None:
    assert told(happened(repository, event("released", "nobody", "1.0", "1.1"))) == []
