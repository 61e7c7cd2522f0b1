"""The description is right: every path is a file, every file has a path, every example fits its schema."""

import json
import re
from pathlib import PurePosixPath
from typing import Any

from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from tests.render.export.conftest import Files

API = PurePosixPath("api/v1")


def description(files: Files) -> Any:
    return json.loads(files[API / "openapi.json"])


def pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.escape(path).replace(re.escape("{slug}"), "[^/]+"))


def test_it_is_valid(files: Files) -> None:
    validate(description(files))


def test_paths_and_files_are_the_same(files: Files) -> None:
    paths = [pattern(path) for path in description(files)["paths"]]
    places = [f"/{path}" for path in files if API in path.parents and path.name != "openapi.json"]
    assert [place for place in places if not any(path.fullmatch(place) for path in paths)] == []
    assert [path for path in paths if not any(path.fullmatch(place) for place in places)] == []


def test_every_file_fits_the_schema_of_its_path(files: Files) -> None:
    document = description(files)
    checked = 0
    for path, operations in document["paths"].items():
        schema = operations["get"]["responses"]["200"]["content"].get("application/json", {}).get("schema")
        if not schema:
            continue
        validator = Draft202012Validator({**schema, "components": document["components"]})
        for place, content in files.items():
            if pattern(path).fullmatch(f"/{place}"):
                validator.validate(json.loads(content))
                checked += 1
    assert checked == sum(path.suffix == ".json" for path in files) - 1, "all but the description itself"


def test_its_server_is_the_site(files: Files) -> None:
    (server,) = description(files)["servers"]
    assert server["url"] == "https://site.example/awesome"
    assert description(files)["info"]["license"]["identifier"] == "CC0-1.0"
