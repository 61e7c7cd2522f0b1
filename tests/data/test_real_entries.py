"""The real data, as a reader would hold us to it."""

import datetime as dt
import re
import subprocess
from collections import Counter

import pytest

from scripts.catalogue.load import Catalogue, load
from scripts.catalogue.models import Publication, Software
from scripts.facts.audit import audit
from scripts.facts.store import load_facts
from scripts.facts.targets import forge_of
from tests.conftest import PROJECT


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(PROJECT)


def test_there_is_no_problem(catalogue: Catalogue) -> None:
    _, problems = audit(PROJECT, catalogue, dt.datetime.now(dt.UTC).date())
    assert [str(problem) for problem in problems] == []


def test_facts_are_sound_and_belong_to_entries(catalogue: Catalogue) -> None:
    facts, problems = load_facts(PROJECT)
    software = [listing.entry for listing in catalogue.listings if isinstance(listing.entry, Software)]
    assert problems == []
    assert set(facts.packages) <= {entry.package for entry in software}
    wanted = {forge_of(entry.repository) for entry in software}
    assert {(forge, name) for forge, records in facts.forges.items() for name in records} <= wanted


def test_every_kind_and_every_category_in_use(catalogue: Catalogue) -> None:
    assert catalogue.vocabularies
    kinds = Counter(listing.kind for listing in catalogue.listings)
    assert set(kinds) == set(catalogue.vocabularies.kinds)
    used = {
        listing.entry.type if isinstance(listing.entry, Publication) else listing.entry.category
        for listing in catalogue.listings
    }
    known = {term for terms in catalogue.vocabularies.categories.values() for term in terms}
    assert known == used


# What the catalogue starts from: the sources of the founding issue, under their names of today.
FOUNDING = [
    "uvicorn",
    "starlette",
    "django",
    "channels",
    "daphne",
    "bocadillo",
    "tartiflette-asgi",
    "datasette",
    "mangum",
    "asgi-auth-github",
    "timing-asgi",
    "databases",
    "httpx",
    "asgiref",
    "hypercorn",
    "granian",
    "quart",
    "fastapi",
    "litestar",
    "falcon",
    "responder",
    "sanic",
    "blacksheep",
    "connexion",
    "awesome-asgi",
    "awesome-asyncio",
    "aio-libs",
    "asgi-spec",
    "pep-3156",
    "pep-492",
    "pep-3333",
    "twisted",
    "typesystem",
    "encode-orm",
    "introduction-to-asgi-2019",
]
BACKGROUND = ["pep-3156", "pep-492", "pep-3333", "twisted", "aio-libs", "awesome-asyncio", "typesystem", "encode-orm"]


@pytest.mark.parametrize("slug", FOUNDING)
def test_the_founding_sources_are_covered(catalogue: Catalogue, slug: str) -> None:
    assert slug in {listing.slug for listing in catalogue.listings}


@pytest.mark.parametrize("slug", BACKGROUND)
def test_background_is_filed_as_such(catalogue: Catalogue, slug: str) -> None:
    (entry,) = [listing.entry for listing in catalogue.listings if listing.slug == slug]
    assert isinstance(entry, Publication)
    assert entry.background


def test_no_committed_file_names_a_package_registry() -> None:
    """Their addresses are the client library's default, so that a mirror works too."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True)
    registry = re.compile("|".join(("py" + r"pi\.org", "pythonhos" + r"ted\.org", "npm" + r"js\.(?:org|com)")))
    found = [
        name
        for name in listed.stdout.split("\0")
        if name and registry.search((PROJECT / name).read_text(encoding="utf-8", errors="replace"))
    ]
    assert found == []
