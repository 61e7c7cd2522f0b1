"""What was measured, for programs: the same answers as on pages, and nothing that pages hold back."""

import json
import sqlite3
from contextlib import closing
from pathlib import PurePosixPath
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from scripts.facts.security import WITHHELD
from scripts.render.export.exports import exports
from tests.conftest import Repository
from tests.measured import FINDINGS, HELD, PUBLISHED, fill
from tests.render.export.conftest import SITE, Files
from tests.view.views import view_of

API = PurePosixPath("api/v1")


@pytest.fixture
def lab_files(repository: Repository) -> Files:
    fill(repository)
    return dict(exports(view_of(repository), SITE))


def read(files: Files, place: str) -> Any:
    return json.loads(files[API / place])


def test_an_entry_has_its_measurements_defaults_first(lab_files: Files) -> None:
    entry = read(lab_files, "entries/examplecorn.json")
    Draft202012Validator(read(lab_files, "schema/entry.json")).validate(entry)
    first, second = entry["measured"]
    assert (first["subject"], first["version"], first["measured"]) == ("examplecorn", "2.1", "2026-11-21")
    assert (second["options"], second["requirements"]) == (["--http2"], ["examplecorn[h2]"])
    assert second["results"]["http2.alpn_tls"] == {
        "result": "pass",
        "detail": "The answer to http2.alpn_tls was a pass.",
        "level": "claim",
        "flaky": False,
        "disputed": None,
    }
    assert first["results"]["scope.state_from_lifespan"]["flaky"] is True
    assert read(lab_files, "entries/how-servers-call-2024.json").get("measured") is None


def test_disputes_and_failures_to_measure_are_told(lab_files: Files) -> None:
    other, fast = read(lab_files, "entries/othercorn.json")["measured"]
    assert other["results"]["http1.date_header"]["disputed"] == "https://github.com/example/catalogue/issues/9"
    assert (fast["error"], fast["results"], fast["version"]) == ("It does not install.", {}, None)


def test_the_file_of_the_lab_has_everything_and_keeps_to_its_schema(lab_files: Files) -> None:
    lab = read(lab_files, "lab.json")
    Draft202012Validator(read(lab_files, "schema/lab.json")).validate(lab)
    of_entries = [one for path in lab_files if path.parent == API / "entries" for one in _measured(lab_files, path)]
    assert sorted(lab["measurements"], key=str) == sorted(of_entries, key=str)
    assert {probe["id"] for probe in lab["probes"] if probe["kind"] == "servers"} >= {"http1.basic", "http3.get"}


def _measured(files: Files, path: PurePosixPath) -> list[Any]:
    found: list[Any] = json.loads(files[path]).get("measured", [])
    return found


def test_the_database_answers_and_its_keys_hold(lab_files: Files) -> None:
    content = lab_files[API / "catalogue.sqlite"]
    assert isinstance(content, bytes)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(content)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        question = "SELECT subject, result, version, measured FROM measured WHERE probe = 'http2.alpn_tls' ORDER BY 1"
        assert connection.execute(question).fetchall() == [
            ("examplecorn", "unsupported", "2.1", "2026-11-21"),
            ("examplecorn-h2", "pass", "2.1", "2026-11-21"),
            ("othercorn", "pass", "0.9", "2026-11-21"),
        ]
        joined = "SELECT count(*) FROM measured JOIN subjects USING (kind, subject) JOIN probes ON probe = id"
        assert connection.execute(joined).fetchone() == (37,)


def test_what_has_security_weight_is_held_back(lab_files: Files) -> None:
    (other,) = [one for one in read(lab_files, "lab.json")["measurements"] if one["subject"] == "othercorn"]
    for probe in FINDINGS:
        said = other["results"][probe]
        assert (said["result"], said["flaky"]) == ("held", False)
        assert said["detail"] == f"{HELD} The project has not been told yet."


def test_what_is_public_is_told_without_what_was_observed(repository: Repository) -> None:
    fill(repository)
    repository.write("data/reported.yml", PUBLISHED)
    files = dict(exports(view_of(repository), SITE))
    (other,) = [one for one in read(files, "lab.json")["measurements"] if one["subject"] == "othercorn"]
    said = other["results"]["security.cl_and_te_rejected"]
    assert (said["result"], said["detail"].startswith(WITHHELD)) == ("fail", True)
    observed = b"The answer to security.cl_and_te_rejected was a fail."
    assert [
        path
        for path, content in files.items()
        if observed in (content if isinstance(content, bytes) else content.encode())
    ] == []


def test_nothing_measured_is_an_empty_list(files: Files) -> None:
    assert read(files, "entries/examplecorn.json")["measured"] == []
    assert read(files, "lab.json")["measurements"] == []
