"""When and why projects ended, and what the last sign of the others was."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from scripts.facts.changes import Event
from scripts.view.endings import Sign, dormant, endings, last_sign
from tests.conftest import Repository
from tests.view.test_rows import FACTS
from tests.view.views import software, view_of

SEEN = {"observed": "2026-11-20", "source": "forge"}


def ended(since: str | None) -> str:
    when = f"since: {since}, " if since else ""
    return f'{{state: archived, {when}reason: "Its owner archived it for good.", source: "https://example.com/end"}}'


def test_a_humans_word_tells_when_why_and_where(repository: Repository) -> None:
    repository.server(status=ended("2024-10"), added="2026-02-03")
    (ending,) = endings(view_of(repository))
    assert (ending.row.slug, ending.since, ending.reason) == (
        "examplecorn",
        "2024-10",
        "Its owner archived it for good.",
    )
    assert (ending.page, ending.source, ending.noted) == ("https://example.com/end", None, dt.date(2026, 2, 3))


@pytest.mark.parametrize("noticed", [None, dt.date(2026, 11, 19)])
def test_the_forges_word_tells_its_day_where_it_was_noticed(repository: Repository, noticed: dt.date | None) -> None:
    record = {"archived": True, **SEEN}
    repository.write("data/facts/github.json", json.dumps({"example/examplecorn": record}))
    events = (
        [Event(date=noticed, event="archived", entry="examplecorn", after="example/examplecorn")] if noticed else []
    )
    (ending,) = endings(replace(view_of(repository), events=events))
    assert ending.since == (str(noticed) if noticed else None)
    assert (ending.source, ending.noted) == ("forge", dt.date(2026, 11, 20))
    assert ending.page == "https://github.com/example/examplecorn"


def test_the_last_to_end_come_first_and_the_undated_last(repository: Repository) -> None:
    for slug, since in (("a", None), ("b", "2019"), ("c", "2024-10"), ("d", "2024-10-05")):
        repository.server(
            slug,
            name=f"Name {slug}",
            description=f"Served ASGI applications in a way of its own, that of {slug}.",
            repository=f"https://github.com/example/{slug}",
            package=slug,
            status=ended(since),
        )
    assert [ending.row.slug for ending in endings(view_of(repository))] == ["d", "c", "b", "a"]


def test_the_last_sign_is_the_newer_of_release_and_commit(repository: Repository) -> None:
    package = {"last_release": "2020-01-02", "observed": "2026-11-21", "source": "package index"}
    repository.write("data/facts/packages.json", json.dumps({"examplecorn": package}))
    view = view_of(repository)
    released = Sign("release", dt.date(2020, 1, 2), dt.date(2026, 11, 21), "package index")
    assert last_sign(software(view, "examplecorn")) == released
    assert last_sign(software(view, "example-guard")) is None
    repository.write(
        "data/facts/github.json", json.dumps({"example/examplecorn": {"last_commit": "2020-01-03", **SEEN}})
    )
    committed = Sign("commit", dt.date(2020, 1, 3), dt.date(2026, 11, 20), "forge")
    assert last_sign(software(view_of(repository), "examplecorn")) == committed


def test_only_those_that_sleep_are_dormant(repository: Repository) -> None:
    for name, records in FACTS.items():
        repository.write(f"data/facts/{name}.json", json.dumps(records))
    assert [(row.slug, str(sign.day)) for row, sign in dormant(view_of(repository))] == [
        ("example-guard", "2021-01-01")
    ]
