"""The JSON files say what the entries and facts say, and keep to their schemas."""

import json
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from scripts.catalogue.vocabularies import Vocabularies
from scripts.facts.models import PackageFacts, RepositoryFacts
from scripts.render.export import models
from scripts.render.export.documents import catalogue_text, entry_text
from scripts.render.export.entries import exported
from tests.render.export.conftest import SITE, Files
from tests.render.export.hostile import texts, view_with

API = PurePosixPath("api/v1")


def read(files: Files, place: str) -> Any:
    return json.loads(files[API / place])


def schema(files: Files, name: str) -> Any:
    found = read(files, f"schema/{name}.json")
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found, format_checker=FormatChecker())


def test_every_entry_is_valid_and_the_same_in_its_file_and_in_the_catalogue(files: Files) -> None:
    catalogue = read(files, "catalogue.json")
    schema(files, "catalogue").validate(catalogue)
    for entry in catalogue["entries"]:
        schema(files, "entry").validate(entry)
        assert read(files, f"entries/{entry['slug']}.json") == entry
    slugs = {entry["slug"] for entry in catalogue["entries"]}
    assert slugs == {"examplecorn", "corn-headers", "example-guard", "oldcorn", "how-servers-call-2024"}
    assert slugs == {path.stem for path in files if path.parent == API / "entries"}


def test_the_real_catalogue_is_valid(real_files: Files) -> None:
    schema(real_files, "catalogue").validate(read(real_files, "catalogue.json"))


@pytest.mark.parametrize(
    ("key", "value"), [("slug", "No Slug"), ("kind", "sever"), ("activity", None), ("added", "no")]
)
def test_the_schema_refuses_what_is_wrong(files: Files, key: str, value: object) -> None:
    entry = read(files, "entries/examplecorn.json")
    with pytest.raises(ValidationError):
        schema(files, "entry").validate(entry | {key: value})
    with pytest.raises(ValidationError):
        schema(files, "entry").validate({name: kept for name, kept in entry.items() if name != key})


def test_the_schema_allows_keys_to_be_added(files: Files) -> None:
    schema(files, "entry").validate(read(files, "entries/examplecorn.json") | {"new_in_2027": 1})


def test_figures_have_their_days_and_sources(files: Files) -> None:
    entry = read(files, "entries/examplecorn.json")
    facts = entry["facts"]
    assert facts["stars"] == {"count": 1234, "observed": "2026-11-19", "source": "somebody's list"}
    assert facts["downloads"] == {"last_month": 99, "observed": "2026-11-18", "source": "download counts"}
    package = facts["package"]
    assert (package["name"], package["version"], package["observed"]) == ("examplecorn", "2.1", "2026-11-20")
    assert package["vulnerabilities"] == [{"id": "CVE-2026-1", "aliases": ["GHSA-x"], "fixed_in": ["2.2"]}]
    assert entry["license"] == {
        "spdx": "MIT",
        "family": "permissive",
        "observed": "2026-11-20",
        "source": "package index",
    }


def test_activity_is_derived_or_somebodys_word(files: Files) -> None:
    states = {entry["slug"]: entry.get("activity") for entry in read(files, "catalogue.json")["entries"]}
    assert states["examplecorn"] == {
        "state": "active",
        "as_of": "2026-11-22",
        "last_sign": "2026-10-02",
        "first_sign": "2018-12-01",
        "status": None,
    }
    assert (states["oldcorn"]["state"], states["oldcorn"]["status"]["state"]) == ("ended", "superseded")
    assert states["example-guard"]["state"] == "dormant"
    assert states["how-servers-call-2024"] is None


def test_relations_go_both_ways(files: Files) -> None:
    server, component = read(files, "entries/examplecorn.json"), read(files, "entries/corn-headers.json")
    assert server["relations"]["ships"] == ["corn-headers"]
    assert server["relations"]["succeeds"] == ["oldcorn"]
    assert server["relations"]["publications"] == ["how-servers-call-2024"]
    assert component["relations"]["part_of"] == component["facts"]["of"] == "examplecorn"
    assert component["facts"]["stars"] is None, "the stars are those of the whole package"
    assert component["import"] == "examplecorn.headers.CornHeaders"


def test_topics_are_entries_and_tags(files: Files) -> None:
    publication = read(files, "entries/how-servers-call-2024.json")
    assert (publication["about"], publication["tags"]) == (["examplecorn"], ["websocket"])
    assert publication["authors"] == ["Ada Example", "Bob"]


def test_history_is_newest_first_and_starts_with_the_entry(files: Files) -> None:
    def happened(slug: str) -> list[tuple[str, str]]:
        return [(event["date"], event["event"]) for event in read(files, f"entries/{slug}.json")["history"]]

    assert happened("examplecorn") == [("2026-11-20", "released"), ("2026-11-01", "added")]
    assert happened("example-guard") == [("2026-11-22", "added"), ("2026-11-19", "renamed")]


def test_addresses_are_those_of_the_site(files: Files) -> None:
    entry = read(files, "entries/examplecorn.json")
    assert entry["url"] == "https://site.example/awesome/catalogue/servers/examplecorn/"
    for key in ("json_url", "feed", "badge"):
        assert PurePosixPath(entry[key].removeprefix(SITE.address)) in files


def test_no_fact_is_left_out_by_accident() -> None:
    ours = {"summary", "validator"}  # how we ask and compare, of use to nobody else
    assert PackageFacts.model_fields.keys() - models.Package.model_fields.keys() == ours
    elsewhere = {"id", "url", "disabled", "stars", "stars_observed", "stars_source"}
    assert RepositoryFacts.model_fields.keys() - models.Repository.model_fields.keys() == elsewhere


@settings(deadline=None)  # the machine may be busy
@given(name=texts, description=texts, version=texts)
def test_any_text_survives_a_round_trip(vocabularies: Vocabularies, name: str, description: str, version: str) -> None:
    view = view_with(vocabularies, name, description, version)
    lines = {slug: entry_text(entry) for slug, entry in exported(view, SITE).items()}
    catalogue = json.loads(catalogue_text(view, lines.values(), SITE).encode("utf-8"))
    entries = {entry["slug"]: entry for entry in catalogue["entries"]}
    assert (entries["it"]["name"], entries["it"]["description"]) == (name, description)
    assert entries["it"]["facts"]["package"]["version"] == version
    assert entries["text"]["authors"] == [name, description]
    for slug, line in lines.items():
        assert json.loads(line) == entries[slug]
        assert "\n" not in line
