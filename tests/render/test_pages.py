"""Whole pages and the whole README: golden files, and any text in any field."""

import datetime as dt
import json
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import markdown
import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt

from scripts.catalogue.document import Document
from scripts.catalogue.load import Catalogue, Listing, load
from scripts.catalogue.models import Publication, Software, Status
from scripts.catalogue.vocabularies import Vocabularies, load_vocabularies
from scripts.facts.store import Facts
from scripts.render.contributing import fields_region
from scripts.render.entry import entry_page
from scripts.render.everything import pages
from scripts.render.parts import place_of
from scripts.render.places import CATALOGUE_INDEX
from scripts.render.readme import readme_region
from scripts.render.site import Site
from scripts.view.comparison import Ground
from scripts.view.rows import View, make_view
from tests.conftest import MIDDLEWARE, PROJECT, PUBLICATION, Repository
from tests.render.filled import fill
from tests.render.test_markdown import EXTENSIONS, texts, words
from tests.view.test_rows import FACTS
from tests.view.views import view_of

GOLDEN = PROJECT / "tests" / "golden"
HOME = "https://github.com/example/catalogue"
SITE = Site("Example catalogue", "https://example.github.io/catalogue/", HOME)


@pytest.fixture
def small(repository: Repository) -> View:
    """A server with facts, a component of it, an ended project with a successor, a publication in another language."""
    fill(repository, FACTS)
    repository.server(tags="[websocket, http2]", formerly="[old/examplecorn]", docs="https://docs.example.com/")
    repository.middleware()
    repository.publication(language="ru", event="Example Conf 2024", type="talk", authors="[Ada Example, Bob]")
    return view_of(repository)


def check_golden(name: str, text: str) -> None:
    """Compares with a file that is read in review. After a wanted change: delete the file, run the test twice."""
    path = GOLDEN / name
    if not path.exists():
        path.write_text(text, encoding="utf-8")
        pytest.fail(f"{path.name} was missing and has been written: read it, then commit it")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("slug", ["examplecorn", "corn-headers", "oldcorn", "how-servers-call-2024"])
def test_entry_pages_are_golden(small: View, slug: str) -> None:
    check_golden(f"{slug}.md", entry_page(small.rows[slug], Ground(small), SITE))


@pytest.mark.parametrize(
    "path",
    [
        "catalogue/index.md",
        "catalogue/servers/index.md",
        "catalogue/categories/general-purpose.md",
        "catalogue/tags/index.md",
        "catalogue/.parts/home.md",
        "catalogue/.parts/search.md",
        "catalogue/.parts/activity.md",
        "publications/index.md",
        "archive/index.md",
        "compare/index.md",
        "compare/general-purpose.md",
        "landscape/index.md",
        "trends/index.md",
    ],
)
def test_list_pages_are_golden(small: View, path: str) -> None:
    texts = {page.as_posix(): text for page, text in pages(small, SITE)}
    check_golden(path.replace("/", "-").replace(".parts", "parts"), texts[path])


def test_the_readme_is_golden(small: View) -> None:
    check_golden("README.md", readme_region(small))


def test_the_field_table_is_golden() -> None:
    check_golden("fields.md", fields_region())


def test_dead_projects_stand_in_the_archive_and_not_in_the_readme(small: View) -> None:
    archive = {page.as_posix(): text for page, text in pages(small, SITE)}["archive/index.md"]
    for name, last_word in (("Oldcorn", "superseded"), ("Example Guard", "2021")):
        assert name not in readme_region(small), last_word
        assert name in archive


@pytest.mark.parametrize(("first", "shown"), [("2019-01-01", True), ("2024-11-22", True), ("2024-11-23", False)])
def test_the_established_come_first_and_the_rest_is_folded(repository: Repository, first: str, *, shown: bool) -> None:
    alone = readme_region(view_of(repository))
    assert "<details>" not in alone
    record = FACTS["packages"]["examplecorn"] | {"first_release": first}
    repository.write("data/facts/packages.json", json.dumps({"examplecorn": record}))
    repository.server(
        "quietcorn",
        name="Quietcorn",
        description="Serves ASGI applications and has not changed for a while.",
        repository="https://github.com/example/quietcorn",
        package="quietcorn",
    )
    before, _, folded = readme_region(view_of(repository)).partition("<details>")
    assert "[Examplecorn]" in before
    assert ("[Quietcorn]" in folded.partition("</details>")[0]) is shown
    assert ("[Quietcorn]" in before) is not shown


def test_counts_in_the_readme_are_those_of_its_lines(small: View) -> None:
    text = readme_region(small)
    lines = sum(line.startswith("- [") and "](https://" in line for line in text.splitlines())
    assert "As of 2026-11-22: 2 living projects and 1 publication." in text
    assert lines == 3


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    found, problems = load_vocabularies(PROJECT / "data", PROJECT)
    assert found, problems
    return found


def one(vocabularies: Vocabularies, kind: str, entry: Software | Publication) -> View:
    listing = Listing(kind, "it", entry, Document(f"data/{kind}/it.yml"))
    return make_view(Catalogue(vocabularies, (listing,), ()), Facts())


def on_page(text: str) -> str:
    """What a reader of a page sees; the front matter is the generator's."""
    body = text.partition("---\n\n")[2]
    return words(markdown.markdown(body, extensions=[*EXTENSIONS, "pymdownx.superfences", "pymdownx.tabbed"]))


def on_forge(text: str) -> str:
    return words(MarkdownIt("gfm-like").render(text))


SOFTWARE: dict[str, Any] = {key: value for key, value in MIDDLEWARE.items() if key != "works_with"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=texts, description=texts, reason=texts, former=texts)
def test_any_text_of_software_appears_literally(
    vocabularies: Vocabularies, name: str, description: str, reason: str, former: str
) -> None:
    status: dict[str, Any] = {"state": "archived", "reason": reason, "source": "https://example.com/"}
    values = SOFTWARE | {"name": name, "description": description, "formerly": (former,), "added": dt.date(2026, 1, 1)}
    entry = Software.model_construct(**values, status=Status.model_construct(**status))
    view = one(vocabularies, "middleware", entry)
    page = on_page(entry_page(view.rows["it"], Ground(view), SITE))
    assert all(text in page for text in (name, description, reason, former))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=texts, description=texts)
def test_any_text_of_software_appears_literally_in_the_readme(
    vocabularies: Vocabularies, name: str, description: str
) -> None:
    values = SOFTWARE | {"name": name, "description": description, "added": dt.date(2026, 1, 1)}
    view = one(vocabularies, "middleware", Software.model_construct(**values))
    shown = on_forge(readme_region(view))
    assert name in shown
    assert description in shown


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=texts, summary=texts, author=texts, event=texts, seen=texts)
def test_any_text_of_a_publication_appears_literally(  # noqa: PLR0913, PLR0917 - one parameter a field
    vocabularies: Vocabularies, title: str, summary: str, author: str, event: str, seen: str
) -> None:
    changes: dict[str, Any] = {
        "title": title,
        "summary": f"{summary}.",
        "event": event,
        "authors": (author,),
        "seen_in": (seen,),
    }
    values = PUBLICATION | changes | {"topics": (), "added": dt.date(2026, 1, 1)}
    view = one(vocabularies, "publication", Publication.model_construct(**values))
    page = on_page(entry_page(view.rows["it"], Ground(view), SITE))
    assert all(text in page for text in (title, f"{summary}.", event, author, seen))
    readme = on_forge(readme_region(view))
    assert all(text in readme for text in (title, summary, event, author))


def test_the_real_readme_is_under_200_kilobytes() -> None:
    assert (PROJECT / "README.md").stat().st_size <= 200_000


def test_every_entry_has_one_page_and_all_software_one_row_in_the_explorer() -> None:
    catalogue = load(PROJECT)
    view = make_view(catalogue, Facts())
    written = list(pages(view, SITE))
    texts = dict(written)
    assert len(written) == len(texts)
    found = [place_of(row, view.vocabularies) for row in view.rows.values()]
    assert sorted(path.stem for path in found) == sorted(listing.slug for listing in catalogue.listings)
    assert set(found) <= set(texts)
    rows = BeautifulSoup(texts[CATALOGUE_INDEX], "html.parser").select("[data-item]")
    targets = [urljoin("catalogue/", str(row.a["href"])) for row in rows if row.a]
    assert sorted(targets) == sorted(f"{place_of(row, view.vocabularies).with_suffix('')}/" for row in view.software)


def test_a_hostile_version_is_only_text(repository: Repository) -> None:
    record = FACTS["packages"]["examplecorn"] | {
        "version": '1"><img src=x>*',
        "vulnerabilities": [{"id": "<b>CVE</b>"}],
    }
    repository.write("data/facts/packages.json", json.dumps({"examplecorn": record}))
    view = view_of(repository)
    page = entry_page(view.rows["examplecorn"], Ground(view), SITE).partition("---\n\n")[2]
    html = BeautifulSoup(markdown.markdown(page, extensions=EXTENSIONS), "html.parser")
    assert html.find(["img", "b"]) is None
    assert 'Known vulnerability in 1"><img src=x>*' in html.get_text()
    assert "<b>CVE</b>" in html.get_text()


def test_attributes_and_titles_are_html_safe(repository: Repository) -> None:
    repository.server(name="'A \"quoted\" & <b>bold</b> name'")
    view = view_of(repository)
    page = entry_page(view.rows["examplecorn"], Ground(view), SITE)
    html = BeautifulSoup(markdown.markdown(page.partition("---\n\n")[2], extensions=EXTENSIONS), "html.parser")
    assert html.find("b") is None
    assert html.h1
    assert unescape(html.h1.get_text()).startswith('A "quoted" & <b>bold</b> name')


def test_golden_files_are_all_used() -> None:
    slugs = ["examplecorn", "corn-headers", "oldcorn", "how-servers-call-2024", "README", "fields"]
    lists = ["catalogue-index", "catalogue-servers-index", "catalogue-categories-general-purpose", "archive-index"]
    lists += [
        "compare-index",
        "compare-general-purpose",
        "catalogue-tags-index",
        "catalogue-parts-home",
        "catalogue-parts-search",
        "catalogue-parts-activity",
        "publications-index",
        "changes-index",
        "landscape-index",
        "trends-index",
    ]
    assert {path.name for path in Path(GOLDEN).glob("*.md")} == {f"{name}.md" for name in (*slugs, *lists)}
