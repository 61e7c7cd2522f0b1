"""What the exports are made of: a small repository with every sort of entry, and the real one."""

import datetime as dt
from pathlib import PurePosixPath

import pytest

from scripts.catalogue.load import load
from scripts.catalogue.vocabularies import Vocabularies, load_vocabularies
from scripts.facts.audit import audit
from scripts.facts.changes import Event, load_changes
from scripts.facts.measured import load_lab_facts
from scripts.facts.store import load_facts
from scripts.render.export.exports import exports
from scripts.render.files import Content
from scripts.render.site import Site
from scripts.view.rows import View, make_view
from tests.conftest import PROJECT, TODAY, Repository
from tests.render.filled import fill

SITE = Site("Awesome ASGI", "https://site.example/awesome/", "https://github.com/example/catalogue")
PACKAGE = {
    "version": "2.1",
    "first_release": "2019-01-01",
    "last_release": "2026-10-01",
    "license": "MIT",
    "typed": True,
    "requires_python": ">=3.12",
    "pythons": ["3.12", "3.13"],
    "dependencies": 2,
    "vulnerabilities": [{"id": "CVE-2026-1", "aliases": ["GHSA-x"], "fixed_in": ["2.2"]}],
    "observed": "2026-11-20",
    "source": "package index",
    "summary": "73202fca",
    "validator": '"etag"',
}
FACTS = {
    "packages": {"examplecorn": PACKAGE},
    "github": {
        "example/examplecorn": {
            "created": "2018-12-01",
            "archived": False,
            "last_commit": "2026-10-02",
            "stars": 1234,
            "stars_observed": "2026-11-19",
            "stars_source": "somebody's list",
            "observed": "2026-11-20",
            "source": "forge",
        },
        "example/guard": {"last_commit": "2021-01-01", "stars": 7, "observed": "2026-11-21", "source": "forge"},
    },
    "downloads": {"examplecorn": {"last_month": 99, "observed": "2026-11-18", "source": "download counts"}},
}
EVENTS = (
    Event(date=dt.date(2026, 11, 1), event="added", entry="examplecorn", before=None, after="server"),
    Event(date=dt.date(2026, 11, 20), event="released", entry="examplecorn", before="2.0", after="2.1"),
    Event(
        date=dt.date(2026, 11, 19), event="renamed", entry="example-guard", before="old/guard", after="example/guard"
    ),
)

Files = dict[PurePosixPath, Content]


@pytest.fixture
def view(repository: Repository) -> View:
    """A server with facts, a component of it, an ended server, dormant middleware, a publication."""
    fill(repository, FACTS)
    claims = "{protocols: [http/1.1, websocket], source: 'https://docs.example.com/'}"
    repository.server(
        tags="[websocket, http2]",
        formerly="[old/examplecorn]",
        claims=claims,
        docs="https://docs.example.com/",
        homepage="https://example.com/",
        fork_of="oldcorn",
    )
    repository.middleware(works_with="[examplecorn]")
    repository.publication(topics="[examplecorn, websocket]", authors="[Ada Example, Bob]", event="Example Conf")
    assert repository.problems() == []
    facts, problems = load_facts(repository.root)
    assert problems == []
    return make_view(load(repository.root), facts, EVENTS)


@pytest.fixture
def files(view: View) -> Files:
    return dict(exports(view, SITE))


@pytest.fixture(scope="session")
def real_view() -> View:
    catalogue = load(PROJECT)
    facts, problems = audit(PROJECT, catalogue, TODAY.replace(year=TODAY.year + 10))
    assert problems == []
    return make_view(catalogue, facts, load_changes(PROJECT)[0], measured=load_lab_facts(PROJECT)[0])


@pytest.fixture(scope="session")
def real_files(real_view: View) -> Files:
    return dict(exports(real_view, SITE))


@pytest.fixture(scope="session")
def vocabularies() -> Vocabularies:
    found, problems = load_vocabularies(PROJECT / "data", PROJECT)
    assert found, problems
    return found
