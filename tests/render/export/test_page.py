"""The page about the data: its addresses are there, and its examples do what it says."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath

import pytest

from scripts.build import site_of
from scripts.render.site import Site
from scripts.view.rows import View
from tests.conftest import PROJECT
from tests.render.export.conftest import Files

PAGE = (PROJECT / "docs/api/index.md").read_text(encoding="utf-8")


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def site() -> Site:
    found = site_of(PROJECT)
    assert isinstance(found, Site)
    return found


@pytest.fixture
def connection(real_files: Files) -> Iterator[sqlite3.Connection]:
    content = real_files[PurePosixPath("api/v1/catalogue.sqlite")]
    assert isinstance(content, bytes)
    with closing(sqlite3.connect(":memory:")) as found:
        found.deserialize(content)
        yield found


def test_addresses_of_files_are_those_of_files(real_files: Files, site: Site) -> None:
    linked = [f"api/{target}" for target in re.findall(r"\]\((v1/[^)]+)\)", PAGE)]
    absolute = re.findall(rf"{re.escape(site.address)}(api/v1/[\w./-]+)", PAGE)
    assert len(linked) > 8
    assert len(absolute) >= 4
    assert {place for place in (*linked, *absolute) if PurePosixPath(place) not in real_files} == set()


@pytest.mark.parametrize("number", range(len(examples("sql"))))
def test_questions_have_answers(connection: sqlite3.Connection, number: int) -> None:
    question = examples("sql")[number]
    assert connection.execute(question).fetchall()


def test_the_program_runs(
    real_files: Files, real_view: View, site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "api/v1/catalogue.json"
    path.parent.mkdir(parents=True)
    path.write_text(str(real_files[PurePosixPath("api/v1/catalogue.json")]), encoding="utf-8")
    (program,) = examples("python")
    assert site.address in program
    exec(program.replace(site.address, f"{tmp_path.as_uri()}/"), {})  # noqa: S102 - the example of our page
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == sum(bool(row.package and row.package.vulnerabilities) for row in real_view.software)
    assert all(re.fullmatch(r".+ .+: .+ \(package index, \d{4}-\d\d-\d\d\)", line) for line in lines)


def test_the_endpoint_for_badges_is_the_address_of_ours(site: Site) -> None:
    (encoded,) = re.findall(r"endpoint\?url=([^)]+)\)", PAGE)
    assert encoded.replace("%3A", ":").replace("%2F", "/") == f"{site.address}api/v1/badges/uvicorn.json"
