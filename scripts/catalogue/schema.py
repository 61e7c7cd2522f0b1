"""The JSON Schema of each kind, generated from its model and the vocabularies, for editors and other programs."""

import json
from collections.abc import Iterable
from typing import Any

from scripts.catalogue.models import MODELS, Publication
from scripts.catalogue.vocabularies import Vocabularies

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(kind: str, vocabularies: Vocabularies) -> dict[str, Any]:
    """The schema of one kind; terms of a vocabulary become the choices of their field."""
    model = MODELS[kind]
    schema = _without_null(model.model_json_schema())
    properties = schema["properties"]
    if model is Publication:
        properties["type"] |= _choices(vocabularies.categories[kind])
        properties["language"] |= _choices(vocabularies.languages)
    else:
        properties["category"] |= _choices(vocabularies.categories[kind])
        properties["tags"]["items"] = _choices(vocabularies.tags)
    return {"$schema": DIALECT, **schema}


def schema_text(kind: str, vocabularies: Vocabularies) -> str:
    """The schema as the text of its file."""
    return json.dumps(json_schema(kind, vocabularies), indent=2, ensure_ascii=False) + "\n"


def _choices(ids: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": sorted(ids)}


def _without_null(node: Any) -> Any:
    """Pydantic writes an optional field as "this or null, null by default"; in YAML it is simply left out."""
    if isinstance(node, list):
        return [_without_null(item) for item in node]
    if not isinstance(node, dict):
        return node
    kept = {key: _without_null(value) for key, value in node.items() if not (key == "default" and value in (None, []))}
    options = [option for option in kept.get("anyOf", ()) if option != {"type": "null"}]
    if len(options) == 1:
        del kept["anyOf"]
        return options[0] | kept
    return kept
