"""The CSV is read back as it was meant, and runs nothing in a spreadsheet."""

import csv
import io
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.catalogue.vocabularies import Vocabularies
from scripts.render.export.entries import exported
from scripts.render.export.spreadsheet import COLUMNS, harmless, spreadsheet
from tests.render.export.conftest import SITE, Files
from tests.render.export.hostile import texts, view_with


def rows_of(text: str) -> dict[str, dict[str, str]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    return {row["slug"]: row for row in reader}


def test_every_entry_is_a_row(files: Files) -> None:
    text = files[PurePosixPath("api/v1/catalogue.csv")]
    assert isinstance(text, str)
    rows = rows_of(text)
    assert all(set(row) == set(COLUMNS) for row in rows.values())
    server, publication = rows["examplecorn"], rows["how-servers-call-2024"]
    assert (server["stars"], server["stars_observed"], server["stars_source"]) == (
        "1234",
        "2026-11-19",
        "somebody's list",
    )
    assert (server["activity"], server["version"], server["tags"]) == ("active", "2.1", "websocket | http2")
    assert (publication["authors"], publication["activity"]) == ("Ada Example | Bob", "")
    assert (rows["oldcorn"]["status"], rows["oldcorn"]["stars"]) == ("superseded", "")


def test_every_column_is_filled_by_some_entry(files: Files) -> None:
    rows = rows_of(str(files[PurePosixPath("api/v1/catalogue.csv")])).values()
    assert [column for column in COLUMNS if not any(row[column] for row in rows)] == []


@pytest.mark.parametrize(
    "text", ["=cmd()", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201"]
)
def test_formulas_are_neutralised(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=b", "1-2", "C++", "'=1", "a@b"])
def test_other_texts_stay(text: str) -> None:
    assert harmless(text) == text


@settings(deadline=None)  # the machine may be busy
@given(name=texts, description=texts, version=texts, other=st.text("=+-@\t\r\n\"',;| a", min_size=1))
def test_no_cell_runs_and_every_text_comes_back(
    vocabularies: Vocabularies, name: str, description: str, version: str, other: str
) -> None:
    view = view_with(vocabularies, name, description + other, version)
    rows = rows_of(spreadsheet(exported(view, SITE).values()))
    assert set(rows) == {"it", "text"}
    cells = [cell for row in rows.values() for cell in row.values()]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r\n")[: len(cell) or 0]]
    told = rows["it"]
    for column, text in (("name", name), ("description", description + other), ("version", version)):
        assert told[column] in {text, f"'{text}"}
