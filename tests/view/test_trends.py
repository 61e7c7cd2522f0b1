"""The numbers of the trends, counted by hand on a small repository."""

import datetime as dt
import json
from typing import Any

import pytest

from scripts.catalogue.load import load
from scripts.facts.history import load_history
from scripts.facts.store import load_facts
from scripts.view import trends
from scripts.view.counts import Counts, Origin
from scripts.view.rows import View, make_view
from tests.conftest import Repository
from tests.view.views import view_of

INDEX = {"observed": "2026-11-22", "source": "package index"}
FORGE = {"observed": "2026-11-21", "source": "forge"}


def numbers(counts: Counts) -> dict[str, dict[str, int]]:
    """The table as one reads it, without the rows and cells that are 0."""
    return {
        one.name: {label: value for label, value in zip(counts.labels, one.values, strict=True) if value}
        for one in counts.series
        if one.total
    }


def write(repository: Repository, **files: dict[str, Any]) -> View:
    for name, records in files.items():
        repository.write(f"data/facts/{name}.json", json.dumps(records))
    return view_of(repository)


def servers(repository: Repository, *slugs: str, **changes: str) -> None:
    for slug in slugs:
        own = {
            "name": slug,
            "repository": f"https://github.com/example/{slug}",
            "package": slug,
            "description": f"Serves ASGI applications in its own way, which is that of {slug}.",
        }
        repository.server(slug, **(own | changes))


def component(repository: Repository) -> None:
    shipped = {"repository": None, "package": None, "part_of": "examplecorn", "import_": "examplecorn.Guard"}
    repository.middleware("shipped", name="Shipped", description="Answers 403 to whoever is late.", **shipped)


def test_releases_are_added_by_quarter_and_kind(repository: Repository) -> None:
    servers(repository, "a")
    component(repository)
    view = write(
        repository,
        packages={
            "examplecorn": INDEX | {"releases": {"2016-Q3": 4, "2016-Q4": 1, "2026-Q3": 2, "2026-Q4": 8}},
            "a": INDEX | {"releases": {"2026-Q3": 5}, "observed": "2026-11-01"},
            "example-guard": INDEX | {"releases": {}},
        },
    )
    found = trends.releases(view)
    assert (found.counts.labels[0], found.counts.labels[-1], len(found.counts.labels)) == ("2016-Q4", "2026-Q3", 40)
    assert [one.name for one in found.counts.series] == ["Servers", "Middleware"]
    assert numbers(found.counts) == {"Servers": {"2016-Q4": 1, "2026-Q3": 7}}
    assert (found.counts.known, found.counts.unknown, found.earlier) == (3, 0, 4)
    assert found.counts.origin == Origin(dt.date(2026, 11, 1), dt.date(2026, 11, 22), ("package index",))


@pytest.mark.parametrize(("known", "drawn"), [(17, False), (18, True)])
def test_a_kind_is_drawn_when_nine_of_ten_packages_are_known(
    repository: Repository, known: int, *, drawn: bool
) -> None:
    others = [f"s{n}" for n in range(19)]
    servers(repository, *others)
    names = ["examplecorn", *others]
    facts = {name: INDEX | ({"releases": {"2026-Q1": 1}} if n < known else {}) for n, name in enumerate(names)}
    found = trends.releases(write(repository, packages=facts))
    assert found.coverage == {"Servers": (known, 20), "Middleware": (0, 1)}
    assert numbers(found.counts) == ({"Servers": {"2026-Q1": 18}} if drawn else {})
    assert found.counts.unknown == (2 if drawn else 0)


@pytest.mark.parametrize(
    ("day", "last"),
    [("2026-01-01", "2025-Q4"), ("2026-03-31", "2025-Q4"), ("2026-04-01", "2026-Q1"), ("2026-12-31", "2026-Q3")],
)
def test_the_quarter_that_is_not_over_is_left_out(day: str, last: str) -> None:
    assert trends.quarters_before(dt.date.fromisoformat(day))[-1] == last


def test_activity_counts_components_too(repository: Repository) -> None:
    component(repository)
    servers(repository, "a", category="serverless")
    view = write(repository, packages={"examplecorn": INDEX | {"last_release": "2026-11-01"}})
    found = {kind.id: counts for kind, counts in trends.activity(view)}
    assert {kind: numbers(counts) for kind, counts in found.items()} == {
        "server": {"Active": {"General purpose": 1}, "Unknown": {"Serverless adapters": 1}},
        "middleware": {"Active": {"Security": 1}, "Unknown": {"Security": 1}},
    }
    assert [counts.known for counts in found.values()] == [2, 2]
    assert found["server"].labels == ("General purpose", "Serverless adapters")


def test_beginnings_take_the_older_of_release_and_repository(repository: Repository) -> None:
    component(repository)
    servers(repository, "a", "b", "c")
    view = write(
        repository,
        packages={
            "examplecorn": INDEX | {"first_release": "2021-01-01", "last_release": "2026-11-01"},
            "a": INDEX | {"first_release": "2019-01-01", "last_release": "2019-01-01"},
            "b": INDEX | {"first_release": "2021-05-01", "last_release": "2026-11-01"},
        },
        github={"example/examplecorn": FORGE | {"created": "2020-12-31"}},
    )
    counts = trends.beginnings(view)
    assert counts.labels == ("2019", "2020", "2021")
    assert numbers(counts) == {"Living today": {"2020": 1, "2021": 1}, "Dormant or ended": {"2019": 1}}
    assert (counts.known, counts.unknown) == (3, 2)
    assert counts.origin == Origin(dt.date(2026, 11, 21), dt.date(2026, 11, 22), ("forge", "package index"))


def test_pythons_are_allowed_or_named(repository: Repository) -> None:
    servers(repository, *(f"s{n}" for n in range(9)))
    named: dict[str, Any] = {f"s{n}": INDEX | {"pythons": ["3.9", "3.10"]} for n in range(9)}
    named["examplecorn"] = INDEX | {"pythons": ["3.9", "3.10"], "requires_python": ">=3.10"}
    named["example-guard"] = INDEX | {"requires_python": ">=3.6"}
    found = trends.pythons(write(repository, packages=named))
    assert found["allowed"].labels == ("3.9", "3.10")
    assert numbers(found["allowed"]) == {"Packages": {"3.9": 1, "3.10": 2}}
    assert (found["allowed"].known, found["allowed"].unknown) == (2, 9)
    assert numbers(found["named"]) == {"Packages": {"3.9": 10, "3.10": 10}}
    assert (found["named"].known, found["named"].unknown) == (10, 1)


def test_licences_and_their_families(repository: Repository) -> None:
    servers(repository, "a", "b", "c")
    component(repository)
    facts = {"examplecorn": "MIT", "a": "GPL-3.0-only", "b": "Apache-2.0"}
    view = write(repository, packages={name: INDEX | {"license": spdx} for name, spdx in facts.items()})
    families, each = trends.license_families(view), trends.licenses(view)
    assert numbers(families) == {"Projects": {"Permissive": 2, "Copyleft": 1}}
    assert numbers(each) == {"Projects": {"Apache-2.0": 1, "GPL-3.0-only": 1, "MIT": 1}}
    assert (each.known, each.unknown) == (3, 2)


def test_rare_licences_are_one_row(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trends, "MOST_LICENSES", 1)
    servers(repository, "a", "b")
    facts = {"examplecorn": "ISC", "a": "MIT", "b": "MIT", "example-guard": "0BSD"}
    view = write(repository, packages={name: INDEX | {"license": spdx} for name, spdx in facts.items()})
    assert numbers(trends.licenses(view)) == {"Projects": {"MIT": 2, "Others": 2}}


def test_publications_by_year_and_language(repository: Repository) -> None:
    others = (("2022", "fr"), ("2022-03", "en"), ("2024-05-06", "de"), (None, "fr"), ("2024", None))
    for number, (published, language) in enumerate(others):
        repository.publication(
            f"p{number}",
            title=f"T {number}",
            url=f"https://blog.example.com/{number}",
            summary=f"Tells of the number {number} and of nothing else.",
            published=published,
            language=language,
        )
    background = {"title": "B", "summary": "Tells how WSGI servers call.", "background": "true"}
    repository.publication("back", url="https://blog.example.com/b", **background)
    view = view_of(repository)
    years, languages = trends.publications(view), trends.languages(view)
    assert years.labels == ("2022", "2023", "2024")
    assert numbers(years) == {
        "English": {"2022": 1, "2024": 1},
        "Other languages": {"2022": 1, "2024": 1},
        "Language unknown": {"2024": 1},
    }
    assert (years.known, years.unknown) == (5, 1)
    assert numbers(languages) == {"Publications": {"English": 2, "French": 2, "German": 1}}
    assert (languages.known, languages.unknown) == (5, 1)


def view_with_months(repository: Repository, months: dict[str, Any]) -> View:
    for month, figures in months.items():
        repository.write(f"data/facts/history/{month}.json", json.dumps(figures))
    found, problems = load_history(repository.root)
    assert problems == []
    return make_view(load(repository.root), load_facts(repository.root)[0], (), found)


def test_figures_over_time_are_of_what_is_known_in_every_month(repository: Repository) -> None:
    view = view_with_months(
        repository,
        {
            "2026-11": {"stars": {"a": 5, "b": 20, "new": 900}, "downloads": {}},
            "2026-09": {"stars": {"a": 1, "b": 10, "old": 70}, "downloads": {"a": 3}},
        },
    )
    stars = trends.over_time(view, "stars")
    assert numbers(stars) == {"Stars": {"2026-09": 11, "2026-11": 25}}
    assert (stars.known, stars.unknown) == (2, 2)
    assert trends.over_time(view, "downloads").labels == ("2026-09",), "a month in which nothing was asked is no zero"


def test_without_history_there_are_no_months(repository: Repository) -> None:
    assert trends.over_time(view_with_months(repository, {}), "stars").labels == ()
