"""Whatever a person may answer, the loader reads back."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from scripts.catalogue.document import Value, parse
from scripts.catalogue.load import Listing, listed
from scripts.catalogue.models import MODELS
from scripts.intake.edit import edited
from scripts.intake.fields import infos, is_list, literals, nested
from scripts.intake.write import entry_text, keys
from tests.conftest import PROJECT, SERVER

# Texts that YAML would read as something else.
AWKWARD = [
    "No",
    "null",
    "~",
    "3.10",
    "1e3",
    "0x1F",
    "2019-03-20",
    "on",
    "- dash",
    "? key",
    "a: b",
    "a #b",
    "'quoted'",
    '"quoted"',
    "back\\slash",
    "[list]",
    "{map}",
    "a, b",
    "&anchor",
    "*alias",
    "!tag",
    "%directive",
    "@at",
    "`tick`",
    "--- ",
    "...",
    "key:",
    ": value",
    "<<",
    "é ü 漢字 🦄",
    "=",
    "|",
    ">",
]
SENTENCE = "Serves ASGI applications"
URL = "https://example.com/"


def value_of(info: Any, text: str) -> Value:
    """A value of a field's shape that holds as much of a text as may be."""
    if inner := nested(info):
        return {key: value_of(one, text) for key, one in infos(inner).items()}
    words = literals(info.annotation)
    example = info.examples[0] if info.examples else ""
    single = example[0] if isinstance(example, list) else str(example)
    if words:
        single = words[len(text) % len(words)]
    elif single.endswith(".") and " " in single:
        single = f"{SENTENCE} {text}."
    elif single.startswith("https://"):
        single = URL + re.sub(r"[^A-Za-z0-9._~!$&'()*+,;=:@/?-]", "", text)
    elif " " in single or single[:1].isupper():
        single = text
    return [single] if is_list(info) else single


def accepted(model: type[BaseModel], values: Mapping[str, Value]) -> dict[str, Value]:
    """Those values that the model takes."""
    kept = dict(values)
    for _ in range(len(kept)):
        try:
            model.model_validate(kept)
        except ValidationError as error:
            wrong = {str(detail["loc"][0]) for detail in error.errors() if detail["type"] != "missing"}
            if not wrong:
                break
            for key in wrong:
                kept.pop(key, None)
    return kept


def read_back(kind: str, text: str) -> "Value | None":
    return parse(f"data/x/{kind}.yml", text.encode("utf-8")).value


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(MODELS)), st.text(max_size=60) | st.sampled_from(AWKWARD))
def test_what_is_accepted_is_read_back(kind: str, text: str) -> None:
    model = MODELS[kind]
    values = accepted(model, {key: value_of(info, text) for key, info in infos(model).items()})
    written = entry_text(kind, values)
    document = parse("data/x/slug.yml", written.encode("utf-8"))
    assert document.problems == []
    assert document.value == {key: value for key, value in values.items() if value}


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80) | st.sampled_from(AWKWARD))
def test_no_text_escapes_its_value(text: str) -> None:
    """Not even a text that no model takes: the file then says exactly that text, or cannot be read at all."""
    written = entry_text("server", {"name": text or "x", "tags": [text or "x", "b"], "added": "2026-11-22"})
    found = read_back("server", written)
    if found is not None:
        assert found == {"name": text or "x", "tags": [text or "x", "b"], "added": "2026-11-22"}


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_every_key_has_its_place(kind: str) -> None:
    assert sorted(keys(kind)) == sorted(infos(MODELS[kind]))
    assert keys(kind)[-1] == "added"


def test_a_written_entry_is_an_entry() -> None:
    text = entry_text("server", SERVER)
    assert text.startswith("# yaml-language-server: $schema=../schema/server.json\nname: Examplecorn\n")
    assert text.endswith("added: 2026-11-22\n")
    (found,) = listed(parse("data/servers/examplecorn.yml", text.encode()), "server")
    assert isinstance(found, Listing)
    assert (found.slug, found.entry.added) == ("examplecorn", dt.date(2026, 11, 22))


def test_real_entries_are_written_as_they_are_read() -> None:
    """The order of keys and the sense of quotes come from what people wrote."""
    for path in sorted((PROJECT / "data" / "servers").glob("*.yml")):
        value = read_back("server", path.read_text(encoding="utf-8"))
        assert isinstance(value, dict)
        assert read_back("server", entry_text("server", value)) == value
        assert [*value] == [*yaml_keys(entry_text("server", value))], path.name


def yaml_keys(text: str) -> list[str]:
    return re.findall(r"^([a-z_]+):", text, re.MULTILINE)


BEFORE = """# yaml-language-server: $schema=../schema/server.json
name: Examplecorn
# A comment stays.
description: "Serves: everything."
tags:
  - a
  - b
evidence: https://example.com/e
added: 2026-11-22
"""


@pytest.mark.parametrize(
    ("key", "value", "changed"),
    [
        ("name", "Other: one", ["-name: Examplecorn", "+name: 'Other: one'"]),
        ("tags", ["c"], ["-tags:", "-  - a", "-  - b", "+tags: [c]"]),
        ("tags", None, ["-tags:", "-  - a", "-  - b"]),
        ("docs", "https://example.com/d", ["+docs: https://example.com/d"]),
        ("added", "2026-11-23", ["-added: 2026-11-22", "+added: 2026-11-23"]),
        ("status", {"state": "active"}, ["+status:", "+  state: active"]),
        ("docs", None, []),
    ],
)
def test_an_edit_changes_one_key(key: str, value: "Value | None", changed: list[str]) -> None:
    document = parse("data/servers/x.yml", BEFORE.encode())
    after = edited(BEFORE, document, "server", key, value)
    old, new = BEFORE.splitlines(), after.splitlines()
    removed = [f"-{line}" for line in old if line not in new]
    added = [f"+{line}" for line in new if line not in old]
    assert removed + added == changed
    order = [name for name in keys("server") if name in yaml_keys(after)]
    assert yaml_keys(after) == order
