"""The page of the trends: what is drawn stands in its table, and what is not known is said."""

from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from bs4 import BeautifulSoup

from scripts.render import trends as page_of
from scripts.render.plots import plot
from scripts.view.counts import Counts
from scripts.view.rows import View
from tests.conftest import Repository
from tests.render.test_markdown import site
from tests.view.test_trends import FORGE, INDEX, servers, view_with_months, write


def files(view: View) -> dict[str, str]:
    return {path.name: text for path, text in page_of.trends_files(view)}


def html(view: View) -> BeautifulSoup:
    return BeautifulSoup(site(files(view)["index.md"].partition("---\n\n")[2]), "html.parser")


def words(view: View) -> str:
    return " ".join(html(view).get_text(" ").split())


@pytest.fixture
def known(repository: Repository) -> View:
    servers(repository, "a", category="serverless")
    facts: dict[str, Any] = {"releases": {"2026-Q2": 2, "2026-Q3": 1_300}, "license": "MIT", "pythons": ["3.12"]}
    first = {"first_release": "2021-02-03", "last_release": "2026-10-01"}
    return write(
        repository,
        packages={"examplecorn": INDEX | facts | first, "a": INDEX | facts, "example-guard": INDEX},
        github={"example/examplecorn": FORGE | {"created": "2019-02-03", "stars": 5}},
    )


def test_tables_have_the_numbers_of_the_plots(known: View, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: dict[str, Counts] = {}

    def watched(title: str, counts: Counts, **more: Any) -> tuple[str, str]:
        drawn[title] = counts
        return plot(title, counts, **more)

    monkeypatch.setattr(page_of, "plot", watched)
    tables = html(known).select("figure table")
    captions = [summary.get_text().removeprefix("Numbers: ") for summary in html(known).select("figure summary")]
    assert captions == [*drawn]
    for title, table in zip(captions, tables, strict=True):
        rows = [[cell.get_text() for cell in row.select("th, td")] for row in table.select("tr")]
        counts = drawn[title]
        expected = [
            [label, *(f"{one.values[at]:,}" for one in counts.series)] for at, label in enumerate(counts.labels)
        ]
        assert [row[: len(counts.series) + 1] for row in rows[1:]] == expected
        assert rows[0][1 : len(counts.series) + 1] == [one.name for one in counts.series]
        if len(counts.series) > 1:
            assert [row[-1] for row in rows] == ["Total", *(f"{total:,}" for total in counts.totals)]
    assert {"Releases per quarter by kind", "Servers by category and activity"} <= set(drawn)


def test_every_image_is_a_file_with_a_text_in_its_stead(known: View) -> None:
    there = files(known)
    images = html(known).select("img")
    assert {str(image["src"]).partition("#")[0] for image in images} == {*there} - {"index.md"}
    for image in images:
        name, _, mark = str(image["src"]).partition("#")
        assert name.removesuffix(".svg").endswith(mark.removeprefix("only-"))
        assert fromstring(there[name]).get("viewBox") == f"0 0 {image['width']} {image['height']}"  # noqa: S314
        assert image["loading"] == "lazy", "so that the other scheme's is never asked for"
        assert len(str(image["alt"])) > 40
    alt = next(image["alt"] for image in images if str(image["src"]).startswith("releases-"))
    assert alt == (
        "Plot: Releases per quarter by kind, 40 bars from 2016-Q4 to 2026-Q3. The longest is 2026-Q3 with 2,600."
        " All numbers are in the table below."
    )


def test_sections_say_of_what_when_and_from_where(known: View) -> None:
    said = words(known)
    assert "Releases of 2 packages in quarters that were over on 2026-11-22" in said
    assert "Not known yet: middleware (0 of 1 package known). A kind is drawn when the releases of 90 % of" in said
    assert (
        "1 project by the year of the first release or of the repository, whichever is older. It is not known of 2 more"
        " projects. Read between 2026-11-21 and 2026-11-22 from: forge, package index." in said
    )
    assert "2 projects by what the licence asks, and by its SPDX identifier. It is not known of 1 more project." in said
    assert "Figures are kept once a month, and so far there are none. A plot needs two months." in said


def test_without_facts_nothing_is_drawn_of_them(repository: Repository) -> None:
    view = write(repository)
    names = {name.rpartition("-")[0] for name in files(view)} - {""}
    assert names == {"activity-server", "activity-middleware", "publications", "languages"}
    assert "Not known yet: servers (0 of 1 package known); middleware (0 of 1 package known)." in words(view)


def test_one_month_is_no_plot_and_two_are(repository: Repository) -> None:
    view = view_with_months(repository, {"2026-10": {"stars": {"a": 1}}})
    assert "so far there are only those of 2026-10" in words(view)
    assert "stars-light.svg" not in files(view)
    view = view_with_months(repository, {"2026-11": {"stars": {"a": 2, "b": 7}}})
    assert "The sum over the 1 repository with a figure in each of these months" in words(view)
    assert "Those with figures of some months only (1) are left out." in words(view)
    assert "stars-light.svg" in files(view)


def test_the_same_data_gives_the_same_bytes(known: View) -> None:
    assert files(known) == files(known)


def test_a_hostile_licence_and_source_are_only_text(repository: Repository) -> None:
    record = INDEX | {"license": '<script>"*`&|</script>', "source": "<img src=x> *index*"}
    view = write(repository, packages={"examplecorn": record})
    page = html(view)
    assert page.find("script") is None
    assert {image.get("src") for image in page.find_all("img")} & {"x"} == set()
    assert "Read on 2026-11-22 from: <img src=x> *index*." in words(view)
    assert [cell.get_text() for cell in page.select("th[scope=row]")].count('<script>"*`&|</script>') == 1
    assert '<script>"*`&|</script>' in [*fromstring(files(view)["licenses-light.svg"]).itertext()]  # noqa: S314
