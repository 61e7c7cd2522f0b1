"""Fields to the text of an entry: the schema's line first, keys in the order of the models, quotes where needed."""

import io
from collections.abc import Mapping

import yaml

from scripts.catalogue.document import Value
from scripts.catalogue.load import schema_line
from scripts.catalogue.models import MODELS

# What is written without quotes though YAML knows a type for it, as everywhere in data/.
TYPED = {"added", "published", "since", "background"}
_LAST = ("evidence", "added")  # inherited fields come first in a model, and last in a file
_WIDTH = 1 << 20  # one line for one value


def keys(kind: str) -> list[str]:
    """The keys of a kind, in the order of its files."""
    names = [field.alias or name for name, field in MODELS[kind].model_fields.items()]
    return sorted(names, key=lambda name: _LAST.index(name) if name in _LAST else -1)


def entry_text(kind: str, fields: Mapping[str, Value]) -> str:
    """The whole file. Empty values are left out; unknown keys stand last, for the loader to name them."""
    known = [key for key in keys(kind) if key in fields]
    ordered = [*known, *(key for key in fields if key not in known)]
    return f"{schema_line(kind)}\n" + "".join(line(key, fields[key]) for key in ordered if fields[key])


def line(key: str, value: Value) -> str:
    """One key with its value: one line, or a line for each key of a mapping."""
    node = yaml.MappingNode("tag:yaml.org,2002:map", [(_text(key), _node(key, value))], flow_style=False)
    return yaml.serialize(node, Dumper=yaml.SafeDumper, allow_unicode=True, width=_WIDTH)


def _node(key: str, value: Value) -> yaml.Node:
    if isinstance(value, dict):
        pairs = [(_text(name), _node(name, inner)) for name, inner in value.items() if inner]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=False)
    if isinstance(value, list):
        return yaml.SequenceNode("tag:yaml.org,2002:seq", [_node("", item) for item in value], flow_style=True)
    return _plain(value) if key in TYPED else _text(value)


def _text(value: str) -> yaml.ScalarNode:
    """Text. The emitter quotes it where it would be read as something else."""
    return yaml.ScalarNode("tag:yaml.org,2002:str", value)


def _plain(value: str) -> yaml.ScalarNode:
    """A date or truth value as YAML has them; as text, where it is none."""
    resolver = yaml.SafeDumper(io.StringIO())
    return yaml.ScalarNode(resolver.resolve(yaml.ScalarNode, value, (True, False)), value)  # type: ignore[no-untyped-call]  # the stubs'
