"""What the page of an entry answers, beyond its golden files."""

import datetime as dt
import json
from typing import Any

import markdown
import pytest
from bs4 import BeautifulSoup

from scripts.catalogue.load import load
from scripts.facts.changes import Event
from scripts.facts.store import load_facts
from scripts.render.entry import NEWEST, entry_page
from scripts.render.happenings import own_words
from scripts.render.site import Site
from scripts.view.comparison import Ground
from scripts.view.rows import make_view
from tests.conftest import Repository
from tests.render.test_markdown import EXTENSIONS
from tests.view.test_comparison import PACKAGE
from tests.view.test_differences import OTHER

ADDRESS = "https://example.github.io/catalogue/"
SITE = Site("Example catalogue", ADDRESS, "https://github.com/example/catalogue")


def page_of(repository: Repository, slug: str = "examplecorn", *events: Event) -> str:
    assert repository.problems() == []
    facts, _ = load_facts(repository.root)
    view = make_view(load(repository.root), facts, events)
    return entry_page(view.rows[slug], Ground(view), SITE)


def front(page: str) -> dict[str, Any]:
    lines = page.split("---\n")[1].splitlines()
    return {key: json.loads(value) for key, _, value in (line.partition(": ") for line in lines)}


def soup(page: str) -> BeautifulSoup:
    body = page.partition("---\n\n")[2]
    return BeautifulSoup(markdown.markdown(body, extensions=[*EXTENSIONS, "pymdownx.superfences"]), "html.parser")


@pytest.fixture
def known(repository: Repository) -> Repository:
    forge = {"stars": 1200, "stars_observed": "2026-06-25", "stars_source": "a list", "last_commit": "2026-11-19"}
    records = {"example/examplecorn": forge | {"observed": "2026-11-20", "source": "forge"}}
    repository.write("data/facts/github.json", json.dumps(records))
    repository.write("data/facts/packages.json", json.dumps({"examplecorn": PACKAGE}))
    return repository


def test_each_fact_stands_below_its_day_and_source(known: Repository) -> None:
    table = soup(page_of(known)).select_one(".facts-table")
    assert table
    found = {
        body.select("th")[0].get_text(): [row.get_text(" ") for row in body.select("tr")[1:]]
        for body in table.select("tbody")
    }
    assert "Latest version 2.1" in found["package index, 2026-11-20"]
    assert found["forge, 2026-11-20"] == ["Last commit 2026-11-19"]
    assert found["a list, 2026-06-25"] == ["Stars 1,200"]
    assert "Unknown: downloads." in page_of(known)


def test_the_most_asked_come_first(known: Repository) -> None:
    top = soup(page_of(known)).select_one(".summary")
    assert top
    assert [part.get_text() for part in top.select("dd")] == ["2.1", "2026-10-01", "Apache-2.0", ">=3.9", "none"]


def test_without_a_package_commits_stand_for_releases(known: Repository) -> None:
    known.server(package=None)
    page = page_of(known)
    top = soup(page).select_one(".summary")
    assert top
    assert [part.get_text() for part in top.select("dt, dd")] == ["Last commit", "2026-11-19", "Licence", "unknown"]
    assert "## Install" not in page


def test_programs_read_what_it_is(known: Repository) -> None:
    found = front(page_of(known))
    assert found["feed"] == "api/v1/feeds/entries/examplecorn.xml"
    structured = found["structured"]
    assert structured["@type"] == "SoftwareSourceCode"
    assert structured["license"] == "https://spdx.org/licenses/Apache-2.0"
    assert structured["mainEntityOfPage"] == f"{ADDRESS}catalogue/servers/examplecorn/"
    assert (structured["dateCreated"], structured["dateModified"]) == ("2019-02-03", "2026-10-01")


@pytest.mark.parametrize("spdx", ["MIT OR Apache-2.0", "LicenseRef-Own"])
def test_a_licence_without_an_address_of_its_own_is_left_out(known: Repository, spdx: str) -> None:
    known.write("data/facts/packages.json", json.dumps({"examplecorn": PACKAGE | {"license": spdx}}))
    assert "license" not in front(page_of(known))["structured"]


def test_a_publication_has_the_type_of_its_kind(repository: Repository) -> None:
    assert front(page_of(repository, "how-servers-call-2024"))["structured"]["@type"] == "Article"
    repository.publication(type="podcast")
    assert front(page_of(repository, "how-servers-call-2024"))["structured"]["@type"] == "PodcastEpisode"


def test_alternatives_say_what_differs_and_lead_to_the_table(known: Repository) -> None:
    known.server("othercorn", **OTHER)
    records = {"examplecorn": PACKAGE, "othercorn": PACKAGE | {"license": "MIT", "typed": None}}
    known.write("data/facts/packages.json", json.dumps(records))
    page = soup(page_of(known))
    told = page.select_one(".differs")
    assert told
    assert told.get_text() == "MIT instead of Apache-2.0; no types declared"
    targets = [link["href"] for link in page.select("a")]
    assert "../../compare/index.md?entries=examplecorn,othercorn" in targets
    assert "../../compare/general-purpose.md" in targets


def test_who_is_made_for_it_is_counted_and_linked(known: Repository) -> None:
    frame = {
        "name": "Frame",
        "description": "Routes requests to handlers, in a way of its own.",
        "repository": "https://github.com/example/frame",
        "category": "microframeworks",
        "evidence": "https://github.com/example/frame/blob/main/app.py",
        "added": "2026-11-22",
    }
    known.entry("data/frameworks/frame.yml", frame)
    known.middleware(works_with="[frame]")
    assert "[1 living entry](../../catalogue/index.md?works=frame)" in page_of(known, "frame")
    status = '{state: archived, reason: "Its owner archived it.", source: "https://example.com/"}'
    known.middleware(works_with="[frame]", status=status)
    assert "0 living entries](../../catalogue/index.md?works=frame), and 1 that sleep or ended" in page_of(
        known, "frame"
    )


def test_a_rule_or_a_source_stands_beside_the_badge(known: Repository) -> None:
    assert "a release or commit within the last 12 months; as of 2026-11-22" in page_of(known)
    known.server(
        status='{state: abandoned, reason: "Its authors say that it ended.", source: "https://example.com/end"}'
    )
    assert "said by [its authors or forge](https://example.com/end); as of 2026-11-22" in page_of(known)


def test_history_is_told_in_words(known: Repository) -> None:
    added = Event(date=dt.date(2026, 11, 1), event="added", entry="examplecorn", before=None, after="server")
    assert "Added 2026-11-22." in page_of(known, "examplecorn", added)
    released = Event(date=dt.date(2026, 11, 9), event="released", entry="examplecorn", before="2.0", after="2.1")
    page = page_of(known, "examplecorn", added, released)
    assert "- 2026-11-09: version 2.1 released, after 2.0\n- 2026-11-01: added to the catalogue" in page


@pytest.mark.parametrize(
    ("event", "before", "after", "text"),
    [
        ("renamed", "a/b", "c/d", "repository renamed from a/b to c/d"),
        ("license", None, "MIT", "licence changed to MIT"),
        ("vulnerable", None, "CVE-1", "known vulnerability: CVE-1"),
        ("archived", None, "a/b", "repository archived by its owner"),
        ("unarchived", None, "a/b", "repository no longer archived"),
        ("gone", None, "2026-01-01", "gone from where its facts were read"),
        ("back", "2026-01-01", None, "back where its facts are read"),
        ("released", None, "<b>1</b>", "version &#60;b&#62;1&#60;/b&#62; released"),
    ],
)
def test_every_event_has_its_words(event: Any, before: str | None, after: str | None, text: str) -> None:
    day = dt.date(2026, 11, 9)
    assert own_words(Event(date=day, event=event, entry="examplecorn", before=before, after=after)) == text


def test_older_publications_are_folded(known: Repository) -> None:
    for number in range(NEWEST + 2):
        known.publication(
            f"text-{number}",
            title=f"Text {number}",
            summary=f"Walks through request number {number}, from the socket to the application.",
            url=f"https://blog.example.com/{number}",
            published=f"20{10 + number}",
        )
    shown, _, folded = page_of(known).partition("<details markdown>")
    assert f"Text {NEWEST + 1}" in shown
    assert "Text 0" in folded.partition("</details>")[0]
    assert "Text 0" not in shown


def test_the_badge_is_ready_to_paste(known: Repository) -> None:
    code = soup(page_of(known)).select_one("details pre code")
    assert code
    image, page = f"{ADDRESS}api/v1/badges/examplecorn.svg", f"{ADDRESS}catalogue/servers/examplecorn/"
    assert code.get_text() == f"[![In Awesome ASGI]({image})]({page})"
