"""What people read of measurements: on pages of entries, in the tables, and on the pages about the lab."""

import re

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import HealthCheck, given, settings

from scripts.catalogue.load import load
from scripts.facts.disputes import Dispute
from scripts.facts.lab import Asked, Lab, Measured
from scripts.facts.measured import LabFacts
from scripts.facts.security import WITHHELD
from scripts.facts.store import Facts
from scripts.render.everything import pages
from scripts.view.rows import View, make_view
from tests.conftest import Repository
from tests.measured import DAY, FINDINGS, HELD, PROBES, PUBLISHED, REPORTED, fill, measurement
from tests.render.reading import SITE, html, page
from tests.render.test_markdown import texts, words
from tests.render.test_pages import check_golden
from tests.view.views import view_of


@pytest.fixture
def view(repository: Repository) -> View:
    fill(repository)
    return view_of(repository)


@pytest.fixture
def entry(view: View) -> BeautifulSoup:
    return page(view, "catalogue/servers/examplecorn.md")


def text_of(found: Tag | None) -> str:
    assert found
    return " ".join(found.get_text(" ").split())


def row(soup: BeautifulSoup, probe: str) -> list[str]:
    return [text_of(cell) for cell in soup.select(f'[id="servers.{probe}"] :is(th, td)')]


@pytest.mark.parametrize(
    "path",
    [
        "lab/index.md",
        "lab/servers/index.md",
        "lab/frameworks/index.md",
        "lab/middleware/index.md",
        "lab/probes/index.md",
    ],
)
def test_pages_of_the_lab_are_golden(view: View, path: str) -> None:
    texts = {place.as_posix(): text for place, text in pages(view, SITE)}
    check_golden(
        f"lab/{path.removeprefix('lab/').removesuffix('/index.md').replace('index.md', 'how')}.md", texts[path]
    )


def test_an_entry_that_nobody_measured_says_nothing(repository: Repository) -> None:
    assert "Measured" not in page(view_of(repository), "catalogue/servers/examplecorn.md").get_text()


def test_an_entry_names_what_ran_and_when(entry: BeautifulSoup) -> None:
    bench = "2026-11-21, Python 3.11.9, Linux x86_64"
    answered = "6 yes, 1 no, 1 deviates, 2 not supported, 2 held back"
    rows = [text_of(found) for found in entry.select(".lab--plain")[0].select("tbody tr")]
    assert rows == [
        f"Examplecorn 2.1 examplecorn; its defaults {bench} {answered}",
        f"Examplecorn with HTTP/2 2.1 examplecorn[h2]; --http2 {bench} {answered}",
    ]


def test_variants_stand_side_by_side_and_equal_answers_once(entry: BeautifulSoup) -> None:
    assert row(entry, "http2.alpn_tls") == [
        "Answers alpn tls",
        "not supported The answer to http2.alpn_tls was a unsupported.",
        "yes The answer to http2.alpn_tls was a pass.",
    ]
    assert len(row(entry, "http1.keepalive")) == 2
    assert entry.select_one('[id="servers.http1.keepalive"] td[colspan="2"]')


def test_an_answer_leads_to_its_probe_and_a_deviation_to_its_paragraph(entry: BeautifulSoup) -> None:
    links = [str(link["href"]) for link in entry.select('[id="servers.http1.keepalive"] a')]
    assert links == [
        "../../../lab/probes/#servers.http1.keepalive",
        "https://www.rfc-editor.org/rfc/rfc9110#section-5",
    ]
    assert "recommended: RFC 9110" in row(entry, "http1.keepalive")[1]
    assert len(entry.select('[id="servers.http1.basic"] a')) == 1


def test_what_is_the_same_for_all_is_folded_at_the_end(entry: BeautifulSoup) -> None:
    *groups, same = entry.select("details.lab-group")
    assert text_of(same.summary) == "Same for all servers measured 3 probes"
    assert same.select_one('[id="servers.http1.basic"]')
    assert not same.has_attr("open")
    opened = [text_of(group.summary) for group in groups if group.has_attr("open")]
    assert opened == ["HTTP/1.1 1 yes, 1 deviates", "HTTP/3 1 no", "The scope 1 yes"], "wrong or doubtful ones"
    folded = [text_of(group.summary) for group in groups if not group.has_attr("open")]
    assert folded[0] == "HTTP/2 2 not supported; configurations differ in 1"


def test_doubts_are_told(view: View, entry: BeautifulSoup) -> None:
    assert "Flaky: repeats differed." in row(entry, "scope.state_from_lifespan")[1]
    other = page(view, "catalogue/servers/othercorn.md")
    assert "Disputed since 2026-11-22: The clock" in row(other, "http1.date_header")[1]
    link = other.select_one('[id="servers.http1.date_header"] .lab__doubt a')
    assert link
    assert link["href"] == "https://github.com/example/catalogue/issues/9"
    assert "Othercorn, fast" in other.get_text()
    assert "Could not be measured: It does not install." in other.get_text()


def test_claims_stand_beside_measurements(entry: BeautifulSoup) -> None:
    table = entry.select(".lab--plain")[1]
    rows = {
        cells[0]: cells[1:]
        for cells in ([text_of(cell) for cell in line.select("th, td")] for line in table.select("tr"))
    }
    assert rows["HTTP/1.1"] == ["claimed", "yes", "claimed and measured"]
    assert rows["HTTP/2"] == ["not claimed", "yes , as Examplecorn with HTTP/2", "≠ measured, though not claimed"]
    assert rows["HTTP/3"] == ["claimed", "no", "≠ claimed, but measured otherwise"]
    assert {str(link["href"]) for link in table.select("a") if "claimed" in link} == {
        "https://docs.example.com/protocols"
    }


def test_findings_are_held_back_and_said_once(view: View) -> None:
    entry = page(view, "catalogue/servers/othercorn.md")
    for probe in FINDINGS:
        assert row(entry, probe)[1:] == ["held back"]
    notice = f"Held back : {HELD} The project has not been told yet."
    assert [text_of(found) for found in entry.select("p.lab__notice")] == [notice]
    assert not page(view, "catalogue/middleware/example-guard.md").select("p.lab__notice")
    matrix = page(view, "lab/servers/index.md")
    for probe in FINDINGS:
        cells = matrix.select(f'tr[data-probe="{probe}"] td')
        assert [text_of(cell) for cell in cells] == ["held back"] * 3
    probes = page(view, "lab/probes/index.md")
    told = text_of(probes.find(id="servers.security.cl_and_te_rejected"))
    assert told.endswith("held back : Examplecorn, Examplecorn with HTTP/2, Othercorn")


def test_a_page_says_that_the_project_was_told(repository: Repository) -> None:
    fill(repository)
    repository.write("data/reported.yml", REPORTED)
    (notice,) = page(view_of(repository), "catalogue/servers/othercorn.md").select("p.lab__notice")
    assert text_of(notice).endswith("The project was told on 2026-11-20.")


def test_what_was_published_since_is_one_click_away(repository: Repository) -> None:
    fill(repository)
    repository.write("data/reported.yml", PUBLISHED)
    entry = page(view_of(repository), "catalogue/servers/othercorn.md")
    assert f"no {WITHHELD} The project was told on 2026-11-20." in row(entry, "security.cl_and_te_rejected")[1]
    (advisory,) = entry.select('a[href="https://example.com/advisories/7"]')
    assert advisory.string == "What was published about it"
    told = "\n".join(text for _, text in pages(view_of(repository), SITE))
    assert "The answer to security.cl_and_te_rejected was a fail." not in told
    assert "The answer to security.bare_lf_rejected was a unsupported." not in told


def test_a_row_leads_to_the_probe_and_a_column_to_the_entry(view: View) -> None:
    matrix = page(view, "lab/servers/index.md")
    heads = [text_of(head) for head in matrix.select(".matrix thead th")]
    assert heads == ["Probe", "Examplecorn 2.1", "Examplecorn with HTTP/2 2.1", "Othercorn 0.9"]
    columns = [str(link["href"]) for link in matrix.select(".matrix thead a")]
    assert columns[0] == "../../catalogue/servers/examplecorn/#measured-here"
    line = matrix.select_one('tr[data-probe="http1.date_header"]')
    assert line
    assert [text_of(cell) for cell in line.select("td")] == ["yes", "yes", "no disputed"]
    assert line.a
    assert line.a["href"] == "../../lab/probes/#servers.http1.date_header"
    probes = page(view, "lab/probes/index.md")
    assert text_of(probes.find(id="servers.http1.date_header")).endswith(
        "yes : Examplecorn, Examplecorn with HTTP/2 no : Othercorn (disputed)"
    )


def test_policy_is_never_red(repository: Repository) -> None:
    fill(repository)
    repository.write("data/reported.yml", PUBLISHED)
    matrix = page(view_of(repository), "lab/servers/index.md")
    line = matrix.select('tr[data-probe="security.bare_lf_rejected"] td')
    assert [cell["class"] for cell in line] == [["a"], ["a"], ["y"]]


def test_rows_that_are_the_same_say_so_and_stay_without_a_script(view: View) -> None:
    matrix = page(view, "lab/servers/index.md")
    same = [str(line["data-probe"]) for line in matrix.select("tr[data-same]")]
    assert same == ["http1.basic", "websocket.accept_text_echo", "lifespan.scope"]
    assert not matrix.select(".matrix tr[hidden]")
    assert matrix.select_one(".lab-filter[hidden]")


def test_what_could_not_be_measured_is_listed_and_no_column(view: View) -> None:
    text = page(view, "lab/servers/index.md").get_text()
    assert "Othercorn, fast: It does not install. (2026-11-21)" in text


def test_how_we_measure_counts_what_there_is(view: View) -> None:
    cells = [text_of(cell) for cell in page(view, "lab/index.md").select("table")[0].select("tbody tr")[0].select("td")]
    assert cells == ["Servers", "2", "3", "12", "2 of 36 answers", "2026-11-21"]


def test_cells_are_short(view: View) -> None:
    table = str(page(view, "lab/servers/index.md").select_one(".matrix tbody"))
    assert all(len(cell) < 60 for cell in re.findall(r"<td.*?</td>", table))


def test_the_explorer_finds_what_was_measured_and_leaves_unknown_what_was_not(view: View) -> None:
    explorer = page(view, "catalogue/index.md")
    rows = {text_of(found.a): found.get("data-measured") for found in explorer.select("[data-item]")}
    assert rows == {
        "Examplecorn": "http1|http2|websocket|lifespan-state|trailers",
        "Othercorn": "http1|http2|websocket|lifespan-state|trailers",
        "Example Guard": None,
    }
    facet = explorer.select_one('[data-facet="measured"]')
    assert facet
    offered = {
        text_of(label.select_one("span")): text_of(label.select_one(".facet__count")) for label in facet.select("label")
    }
    assert offered["HTTP/2"] == "2"
    assert "HTTP/3" not in offered, "nobody was measured to speak it"


def test_the_explorer_has_no_facet_where_nothing_was_measured(repository: Repository) -> None:
    assert not page(view_of(repository), "catalogue/index.md").select('[data-facet="measured"]')


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(detail=texts, title=texts, how=texts, name=texts, note=texts)
def test_any_text_is_only_text(  # noqa: PLR0913, PLR0917 - one parameter a field
    repository: Repository, detail: str, title: str, how: str, name: str, note: str
) -> None:
    asked = {"http1.basic": Asked(title=title, level="must", how=how), "http1.other": PROBES["http1.date_header"]}
    answer = {"http1.basic": Measured(result="fail", detail=detail, repeats=("fail",))}
    one = measurement("examplecorn", "examplecorn", name, {}).model_copy(update={"results": answer})
    dispute = Dispute.model_construct(note=note, since=DAY, source="https://example.com/", subject="", probe="")
    facts = LabFacts(
        Lab(probes={"servers": asked}, measurements={"servers": (one,)}), {("examplecorn", "http1.basic"): dispute}
    )
    view = make_view(load(repository.root), Facts(), measured=facts)
    told = {path.as_posix(): words(str(html(text))) for path, text in pages(view, SITE) if path.suffix == ".md"}
    assert all(text in told["catalogue/servers/examplecorn.md"] for text in (detail, title, name, note))
    assert all(text in told["lab/probes/index.md"] for text in (title, how, name))
    assert all(text in told["lab/servers/index.md"] for text in (title, name))
