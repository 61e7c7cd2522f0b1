"""The list of publications reads as a list, and says of each item what one can filter by."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings

from scripts.catalogue.models import Publication
from scripts.catalogue.vocabularies import Vocabularies, load_vocabularies
from scripts.render.publications import ENOUGH, publications_page
from tests.conftest import PROJECT, PUBLICATION, Repository
from tests.render.reading import html, page
from tests.render.test_markdown import texts
from tests.render.test_pages import one
from tests.view.views import view_of


def published(repository: Repository, slug: str, **changes: str | None) -> None:
    title, url = f"'About {slug}'", f"https://blog.example.com/{slug}"
    summary = f"Walks through what {slug} does, from the socket to the application."
    repository.publication(slug, **{"title": title, "url": url, "summary": summary, **changes})


def shown(repository: Repository) -> BeautifulSoup:
    return page(view_of(repository), "publications/index.md")


def test_a_talk_shows_who_where_when_and_what_about(repository: Repository) -> None:
    repository.publication(type="talk", event="Example Conf 2024", authors="[Ada Example, Bob]", language="ru")
    item = shown(repository).select_one("[data-item]")
    assert item
    text = item.get_text(" ", strip=True)
    for part in ("Ada Example and Bob", "Example Conf 2024", "2024-05", "talk", "Russian", "introductory"):
        assert part in text
    assert "Walks through one request, from the socket to the application and back." in text
    assert [link["href"] for link in item.find_all("a")] == [
        "../catalogue/publications/how-servers-call-2024/",
        "https://blog.example.com/servers",
        "../catalogue/servers/examplecorn/",
    ]
    assert item.a
    assert item.a["lang"] == "ru"
    values = {name: item[f"data-{name}"] for name in ("type", "language", "level", "topic")}
    assert values == {"type": "talk", "language": "ru", "level": "introductory", "topic": "examplecorn"}


def test_years_are_headings_newest_first_and_the_undated_come_last(repository: Repository) -> None:
    for slug, when in (("old", "2016"), ("undated", None), ("new", "2025-01-02")):
        published(repository, slug, published=when)
    found = shown(repository)
    assert [heading["id"] for heading in found.find_all("h2")] == ["2025", "2024", "2016", "undated"]
    assert [link["href"] for link in found.select(".jumps a")] == ["#2025", "#2024", "#2016", "#undated"]
    undated = found.select("[data-group]")[-1]
    assert "About undated" in undated.get_text()


def options(found: BeautifulSoup, facet: str) -> list[str]:
    return [str(box["value"]) for box in found.select(f"[data-facet={facet}] input")]


def test_only_topics_of_several_publications_can_be_chosen_the_commonest_first(repository: Repository) -> None:
    for number in range(ENOUGH):
        topics = "[examplecorn, websocket, example-guard]" if number else "[websocket, example-guard]"
        published(repository, f"text-{number}", topics=topics)
    assert options(shown(repository), "topic") == ["example-guard", "examplecorn", "websocket"]
    published(repository, "one-more", topics="[websocket]")
    assert options(shown(repository), "topic") == ["websocket", "example-guard", "examplecorn"]
    published(repository, "text-0", topics="[websocket]")
    assert options(shown(repository), "topic") == ["websocket", "examplecorn"]


def test_background_is_apart(repository: Repository) -> None:
    published(repository, "wsgi", background="true")
    assert "About wsgi" not in shown(repository).get_text()
    assert "About wsgi" in page(view_of(repository), "publications/background.md").get_text()


def test_a_search_without_result_leads_to_the_catalogue_and_back(repository: Repository) -> None:
    view = view_of(repository)
    for path, target in (("publications/index.md", "../catalogue/"), ("catalogue/index.md", "../publications/")):
        explorer = page(view, path).select_one("[data-explorer]")
        assert explorer
        assert explorer["data-elsewhere"] == target
        assert explorer["data-elsewhere-text"]


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    found, problems = load_vocabularies(PROJECT / "data", PROJECT)
    assert found, problems
    return found


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=texts, summary=texts, author=texts, event=texts)
def test_any_text_appears_literally(
    vocabularies: Vocabularies, title: str, summary: str, author: str, event: str
) -> None:
    changes: dict[str, Any] = {"title": title, "summary": summary, "authors": (author,), "event": event, "topics": ()}
    entry = Publication.model_construct(**PUBLICATION | changes | {"added": dt.date(2026, 1, 1)})
    item = html(publications_page(one(vocabularies, "publication", entry))).select_one("[data-item]")
    assert item
    assert item.a
    assert item.a.get_text() == title
    facts = item.find(class_="facts")
    assert facts
    assert facts.get_text().startswith(f"{author} · {event} · ")
    assert item.div
    assert item.div.get_text() == summary
