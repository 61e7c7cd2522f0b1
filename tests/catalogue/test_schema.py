"""The JSON Schemas agree with the vocabularies, with the models and with every real entry."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from scripts.catalogue.document import Value
from scripts.catalogue.load import load
from scripts.catalogue.models import MODELS
from scripts.catalogue.schema import DIALECT, json_schema, schema_text
from scripts.catalogue.vocabularies import Vocabularies, load_vocabularies
from tests.conftest import MIDDLEWARE, PROJECT, PUBLICATION, SERVER

Schema = dict[str, Any]
STATUS = {"state": "archived", "reason": "Its owner archived the repository.", "source": "https://example.com"}


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    found, problems = load_vocabularies(PROJECT / "data", PROJECT)
    assert problems == []
    assert found is not None
    return found


@pytest.fixture(scope="module")
def schemas(vocabularies: Vocabularies) -> dict[str, Schema]:
    return {kind: json_schema(kind, vocabularies) for kind in MODELS}


def faults(value: Value, schema: Schema, root: Schema, at: str = "") -> Iterator[str]:
    """A small part of JSON Schema: keys, choices, patterns, items and types. An unknown keyword is a fault too."""
    if "$ref" in schema:
        schema = {**root["$defs"][schema["$ref"].rpartition("/")[2]], "description": ""}
    types = [schema["type"]] if isinstance(schema["type"], str) else schema["type"]
    expected = {dict: "object", list: "array", str: "string"}[type(value)]
    if expected not in types and not (expected == "string" and types == ["boolean"]):
        yield f"{at}: {expected} instead of {types}"
    elif isinstance(value, dict):
        yield from _faults_of_keys(value, schema, root, at)
    elif isinstance(value, list):
        yield from _faults_of_items(value, schema, root, at)
    elif value not in schema.get("enum", [value]) or not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value}"


def _faults_of_keys(value: dict[str, Value], schema: Schema, root: Schema, at: str) -> Iterator[str]:
    properties = schema["properties"]
    assert schema["additionalProperties"] is False
    for key in sorted(set(schema["required"]) - set(value)):
        yield f"{at}/{key}: missing"
    for key, item in value.items():
        if key in properties:
            yield from faults(item, properties[key], root, f"{at}/{key}")
        else:
            yield f"{at}/{key}: unknown"


def _faults_of_items(value: list[Value], schema: Schema, root: Schema, at: str) -> Iterator[str]:
    if not schema["minItems"] <= len(value) <= schema["maxItems"]:
        yield f"{at}: {len(value)} items"
    for index, item in enumerate(value):
        yield from faults(item, schema["items"], root, f"{at}/{index}")


def walk(node: Any) -> Iterator[Any]:
    yield node
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from walk(child)


def test_every_real_entry_fits_its_schema(schemas: dict[str, Schema]) -> None:
    listings = load(PROJECT).listings
    assert listings
    found = []
    for listing in listings:
        assert listing.document.value is not None
        schema = schemas[listing.kind]
        found += [f"{listing.path}: {fault}" for fault in faults(listing.document.value, schema, schema)]
    assert found == []


def _value(text: str) -> Value:
    return [*text[1:-1].split(", ")] if text.startswith("[") else text


def entry(values: dict[str, str], **changes: "Value | None") -> dict[str, Value]:
    """An entry of the fixture as a value; a change to None leaves the key out."""
    read = {key: _value(text) for key, text in values.items()}
    merged = read | {key: value for key, value in changes.items() if value is not None}
    return {key: value for key, value in merged.items() if key not in changes or changes[key] is not None}


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("server", entry(SERVER), []),
        ("server", entry(SERVER, status={**STATUS}), []),
        ("middleware", entry(MIDDLEWARE), []),
        ("publication", entry(PUBLICATION), []),
        ("server", entry(SERVER, name=None), ["/name: missing"]),
        ("server", entry(SERVER, colour="red"), ["/colour: unknown"]),
        ("server", entry(SERVER, category="security"), ["/category: security"]),
        ("server", entry(SERVER, tags=["aws", "zzz"]), ["/tags/1: zzz"]),
        ("server", entry(SERVER, tags="aws"), ["/tags: string instead of ['array']"]),
        ("server", entry(SERVER, tags=[]), ["/tags: 0 items"]),
        ("server", entry(SERVER, name=["a"]), ["/name: array instead of ['string']"]),
        ("server", entry(SERVER, docs="http://example.com"), ["/docs: http://example.com"]),
        ("server", entry(SERVER, status={**STATUS, "state": "dead"}), ["/status/state: dead"]),
        ("server", entry(SERVER, status={"state": "active"}), ["/status/reason: missing", "/status/source: missing"]),
        ("server", entry(SERVER, status={**STATUS, "since": "May"}), ["/status/since: May"]),
        ("server", entry(SERVER, import_path="a.b"), ["/import_path: unknown"]),
        ("publication", entry(PUBLICATION, type="artikle"), ["/type: artikle"]),
        ("publication", entry(PUBLICATION, language="xx"), ["/language: xx"]),
        ("publication", entry(PUBLICATION, level="beginner"), ["/level: beginner"]),
        ("publication", entry(PUBLICATION, published="2026-13-1"), ["/published: 2026-13-1"]),
    ],
)
def test_what_an_editor_says(schemas: dict[str, Schema], kind: str, value: Value, expected: list[str]) -> None:
    assert list(faults(value, schemas[kind], schemas[kind])) == expected


@pytest.mark.parametrize("kind", MODELS)
def test_choices_are_the_vocabulary(schemas: dict[str, Schema], vocabularies: Vocabularies, kind: str) -> None:
    properties = schemas[kind]["properties"]
    categories = sorted(vocabularies.categories[kind])
    if kind == "publication":
        assert properties["type"]["enum"] == categories
        assert properties["language"]["enum"] == sorted(vocabularies.languages)
    else:
        assert properties["category"]["enum"] == categories
        assert properties["tags"]["items"]["enum"] == sorted(vocabularies.tags)


@pytest.mark.parametrize("kind", MODELS)
def test_no_schema_allows_null(schemas: dict[str, Schema], kind: str) -> None:
    assert [node for node in walk(schemas[kind]) if node is None or node == "null"] == []


@pytest.mark.parametrize("kind", MODELS)
def test_every_mapping_is_closed_and_every_field_described(schemas: dict[str, Schema], kind: str) -> None:
    objects = [node for node in walk(schemas[kind]) if isinstance(node, dict) and node.get("type") == "object"]
    nested = {"publication": [], "server": ["Claims", "Status"], "framework": ["Claims", "Status"]}
    assert sorted(schemas[kind].get("$defs", {})) == nested.get(kind, ["Status"])
    assert len(objects) == 1 + len(schemas[kind].get("$defs", {}))
    assert all(node["additionalProperties"] is False for node in objects)
    assert all(field["description"] for node in objects for field in node["properties"].values())


@pytest.mark.parametrize(("kind", "model"), MODELS.items())
def test_keys_are_those_of_the_model(schemas: dict[str, Schema], kind: str, model: Any) -> None:
    fields = model.model_fields
    named = {field.alias or name: field for name, field in fields.items()}
    assert set(schemas[kind]["properties"]) == set(named)
    assert set(schemas[kind]["required"]) == {name for name, field in named.items() if field.is_required()}


@pytest.mark.parametrize("kind", MODELS)
def test_text_is_the_schema(schemas: dict[str, Schema], vocabularies: Vocabularies, kind: str) -> None:
    text = schema_text(kind, vocabularies)
    assert json.loads(text) == schemas[kind]
    assert text.endswith("}\n")
    assert schemas[kind]["$schema"] == DIALECT


@pytest.mark.parametrize("kind", MODELS)
def test_examples_are_what_the_schema_allows(schemas: dict[str, Schema], kind: str) -> None:
    schema = schemas[kind]
    for name, field in schema["properties"].items():
        for example in field.get("examples", ()):
            if name != "category":  # one example for all kinds
                assert list(faults(example, field, schema, name)) == []
