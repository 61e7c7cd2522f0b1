"""What is proposed: from words to categories and tags, from answers of forges and indexes to words."""

import datetime as dt

import pytest

from scripts.catalogue.load import load
from scripts.catalogue.vocabularies import Vocabularies
from scripts.facts.models import PackageFacts, RepositoryFacts
from scripts.facts.store import Facts
from scripts.intake.draft import Desk, free_slug
from scripts.intake.gathered import Gathered
from scripts.intake.guess import guess_categories, guess_tags
from scripts.intake.propose import proposals
from scripts.intake.target import Target
from scripts.intake.words import Words, of_package, of_repository
from tests.conftest import TODAY, Repository

DAY = dt.date(2026, 11, 20)
SEEN = RepositoryFacts(observed=DAY, source="GitHub", name="pigeon/corn", url="https://github.com/pigeon/corn")


def terms_of(repository: Repository) -> Vocabularies:
    found = load(repository.root).vocabularies
    assert found is not None
    return found


def desk_of(repository: Repository) -> Desk:
    return Desk(load(repository.root), terms_of(repository), Facts(), (), TODAY)


def proposed(repository: Repository, gathered: Gathered, kind: str = "middleware") -> dict[str, object]:
    target = Target(repository="https://github.com/pigeon/corn")
    return {one.key: one.value for one in proposals(target, gathered, desk_of(repository), kind)}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Test client and fixtures", "testing"),
        ("GraphQL engine", "graphql"),
        ("Adapters for serverless cloud functions on AWS", "serverless"),
        ("answers from a cache, middleware", "caching"),
    ],
)
def test_words_of_the_vocabulary_lead_to_a_category(repository: Repository, text: str, category: str) -> None:
    assert guess_categories(text, (), terms_of(repository))[0].category == category


def test_words_of_entries_do_too(repository: Repository) -> None:
    text = "wombats of the desert"
    assert guess_categories(text, (), terms_of(repository)) == []
    sentence = "Digs holes for wombats in the desert."
    repository.middleware("wombat", name="Wombat", description=sentence, category="content")

    listings = load(repository.root).listings
    assert guess_categories(text, listings, terms_of(repository))[0].category == "content"
    assert {guess.kind for guess in guess_categories(text, listings, terms_of(repository), "server")} == {"server"}


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("speaks HTTP/2 and WebSockets", ["http2", "websocket"]),
        ("an http server", []),
        ("http3 over QUIC", ["http3"]),
        ("Topic :: Internet :: WWW/HTTP", []),
        ("Server-Sent Events with Pydantic", ["pydantic-models", "sse"]),
        ("a test of a client", []),
        ("rusty", []),
        ("", []),
    ],
)
def test_tags_are_proposed_word_for_word(repository: Repository, text: str, tags: list[str]) -> None:
    assert guess_tags(text, terms_of(repository)) == tags


def test_nothing_is_proposed_as_a_description(repository: Repository) -> None:
    words = Words("package index", "corn", "Carrier pigeon server for every dialect.", ("asgi",))
    for kind in ("server", "publication"):
        found = proposed(repository, Gathered(SEEN, None, "", (words,)), kind)
        assert not {"description", "summary"} & found.keys()
        assert words.summary not in str(found)


@pytest.mark.parametrize(
    ("urls", "pages"),
    [
        ({"documentation": "https://pigeon.dev/docs"}, {"docs": "https://pigeon.dev/docs"}),
        ({"homepage": "https://pigeon.readthedocs.io/"}, {"docs": "https://pigeon.readthedocs.io/"}),
        ({"homepage": "https://pigeon.dev/"}, {"homepage": "https://pigeon.dev/"}),
        ({"homepage": "https://github.com/pigeon/corn"}, {}),
        ({"homepage": "https://github.com/pigeon/corn#readme"}, {}),
        ({"docs": "https://pigeon.dev/", "homepage": "https://pigeon.dev"}, {"docs": "https://pigeon.dev/"}),
        ({"changelog": "https://pigeon.dev/changes"}, {}),
    ],
)
def test_pages_are_proposed_where_they_are_pages(
    repository: Repository, urls: dict[str, str], pages: dict[str, str]
) -> None:
    found = proposed(repository, Gathered(SEEN, None, "", (Words("package index", "corn", urls=urls),)))
    assert {key: value for key, value in found.items() if key in {"docs", "homepage"}} == pages


def test_a_middleware_names_the_frameworks_that_it_speaks_of(repository: Repository) -> None:
    repository.entry(
        "data/frameworks/fastapi.yml",
        {
            "name": "FastAPI",
            "description": "Turns typed functions into an API with a description.",
            "repository": "https://github.com/fastapi/fastapi",
            "category": "api-frameworks",
            "evidence": "https://github.com/fastapi/fastapi/blob/main/x.py",
            "added": "2026-11-22",
        },
    )
    gathered = Gathered(SEEN, None, "", (Words("package index", "corn", "", ("Framework :: FastAPI",)),))
    assert proposed(repository, gathered)["works_with"] == ["fastapi"]
    assert "works_with" not in proposed(repository, gathered, "server")


def test_what_was_found_is_a_fact_of_the_page() -> None:
    package = PackageFacts(observed=DAY, source="package index", version="1.0")
    facts = Gathered(SEEN, package, "corn").added_to(Facts())
    assert facts.of_repository("https://github.com/Pigeon/Corn") == SEEN
    assert facts.packages["corn"] == package


def test_a_slug_is_one_that_is_free(repository: Repository) -> None:
    desk = desk_of(repository)
    assert free_slug("Carrier Pigeon", "server", desk) == "carrier-pigeon"
    assert free_slug("Examplecorn", "server", desk) == "examplecorn-server"
    assert free_slug("websocket", "library", desk) == "websocket-library"
    assert free_slug("any", "library", desk) == "any-library"
    assert len(free_slug("very " * 40, "library", desk)) <= 60
    assert len(free_slug("x" * 400, "library", desk)) <= 60


NONSENSE = {"info": {"name": 1, "summary": [], "classifiers": "x", "project_urls": []}}


@pytest.mark.parametrize("body", [{}, {"info": None}, NONSENSE])
def test_an_index_that_says_nonsense_says_nothing(body: dict[str, object]) -> None:
    assert of_package(body, "x") == Words("x")


def test_words_are_one_visible_line() -> None:
    body = {"name": "corn", "description": "a\x1b[0m\u202eb\n" + "c" * 9999, "topics": ["x", 3]}
    said = of_repository(body, "GitHub")
    assert said.summary.isprintable()
    assert len(said.summary) == 500
    assert said.terms == ("x",)
