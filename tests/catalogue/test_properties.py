"""Whatever a file says: no traceback, and every problem is one line with a place in that file and a remedy."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scripts.catalogue.document import parse
from scripts.catalogue.links import comparable
from scripts.catalogue.load import schema_line
from scripts.catalogue.models import MODELS
from scripts.catalogue.problems import nearest, shown
from scripts.catalogue.urls import fault
from scripts.catalogue.vocabularies import FILES, Kind, load_vocabularies
from tests.conftest import PROJECT, PUBLICATION, SERVER, Repository

LINE = re.compile(r"(?P<path>[^:]+):(?P<line>[1-9]\d*):(?P<column>[1-9]\d*): .+[.] .+[.?]")

VOCABULARIES, _ = load_vocabularies(PROJECT / "data", PROJECT)
assert VOCABULARIES is not None
FIELDS = [
    (kind, field.alias or name)
    for kind in VOCABULARIES.kinds.values()
    for name, field in MODELS[kind.id].model_fields.items()
]
UNDER_TEST = {
    "name": "Under test",
    "title": "Under test",
    "description": "Holds whatever comes to the mind of a machine.",
    "summary": "Tells whatever comes to the mind of a machine.",
    "repository": "https://github.com/under/test",
    "package": "under-test",
    "evidence": "https://github.com/under/test/blob/main/app.py",
    "url": "https://example.com",
}
CATEGORIES = {kind: next(iter(terms)) for kind, terms in VOCABULARIES.categories.items()}

# The fixture is made once for all examples of a test: each example takes away what it wrote.
many = settings(
    max_examples=150, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

TOKENS = st.sampled_from(
    [
        "\n",
        " ",
        "  ",
        "- ",
        "? ",
        ": ",
        "a",
        "name",
        "tags",
        "[",
        "]",
        "{",
        "}",
        ",",
        "'",
        '"',
        "|",
        ">",
        "#",
        "&a ",
        "*a ",
        "!x ",
        "!!str ",
        "<<",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\\",
        "~",
        "null",
        "2026-13",
        "é",
        "😀",
        "\t",
        "\r",
        "\x00",
        "\ufeff",
        "\u202e",
        "\u2028",
        "\x85",
        "https://",
        "@",
        "`",
    ]
)
YAML_LIKE = st.lists(TOKENS, max_size=40).map("".join)
SCALARS = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"https?://[a-z@:.\[\]0-9#?=&/%-]{0,20}", fullmatch=True),
    st.from_regex(r"[0-9]{1,4}-[0-9]{1,2}(-[0-9]{1,2})?", fullmatch=True),
    st.sampled_from(["any", "examplecorn", "under-test", "aws", "websocket", "", " ", "0", "true", "superseded"]),
)
NESTED = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | SCALARS, inner, max_size=4),
    max_leaves=12,
)
STATUSES = st.dictionaries(st.sampled_from(["state", "since", "reason", "source", "states"]), NESTED, max_size=5)


def assert_fit_to_print(root: Path, lines: list[str]) -> None:
    assert len(lines) == len(set(lines))
    for line in lines:
        match = LINE.fullmatch(line)
        assert match, line
        assert line.isprintable(), line
        assert is_within(root / match["path"], int(match["line"]), int(match["column"])), line


def is_within(path: Path, line: int, column: int) -> bool:
    """Whether a file has such a place, the end of a line included. 1:1 is the file as a whole."""
    assert path.is_file()
    rows = path.read_bytes().decode(errors="replace").split("\n")
    return (line, column) == (1, 1) or (line <= len(rows) and column <= len(rows[line - 1]) + 1)


def check(repository: Repository, path: str, content: str | bytes) -> list[str]:
    """Writes one file, looks at what `check` prints, and takes it away."""
    before = (repository.root / path).read_bytes() if (repository.root / path).exists() else None
    written = repository.write(path, content if isinstance(content, bytes) else content.encode(errors="replace"))
    try:
        lines = repository.problems()
        assert_fit_to_print(repository.root, lines)
    finally:
        if before is None:
            written.unlink()
        else:
            written.write_bytes(before)
    return lines


def entry(kind: Kind, field: str, value: str) -> tuple[str, str]:
    """The path and text of an entry whose field holds any YAML."""
    base = PUBLICATION if kind.id == "publication" else SERVER | {"category": CATEGORIES[kind.id]}
    values = {key: UNDER_TEST.get(key, text) for key, text in base.items()} | {field: value}
    lines = [schema_line(kind.id), *(f"{key}: {text}" for key, text in values.items())]
    return f"data/{kind.folder}/under-test.yml", "\n".join(lines) + "\n"


@pytest.mark.parametrize("kind", VOCABULARIES.kinds.values(), ids=VOCABULARIES.kinds)
def test_the_entries_under_test_are_good(repository: Repository, kind: Kind) -> None:
    """Otherwise nothing below would reach the rules."""
    assert check(repository, *entry(kind, "added", "2026-11-22")) == []


@many
@given(raw=st.binary(max_size=200) | YAML_LIKE.map(str.encode))
@example(raw=b"[" * 10_000)
@example(raw=b"- " * 10_000)
@example(raw=b"\xf0\x9f\x98")
@example(raw=b'a: "\n')
@example(raw=b"a:\n  - b\n c: d\n")
def test_any_bytes_as_an_entry(repository: Repository, raw: bytes) -> None:
    assert check(repository, "data/servers/examplecorn.yml", raw)


@many
@given(kind=st.sampled_from(list(VOCABULARIES.kinds.values())), text=YAML_LIKE)
def test_any_yaml_below_the_first_line(repository: Repository, kind: Kind, text: str) -> None:
    path, good = entry(kind, "added", "2026-11-22")
    assert check(repository, path, good.partition("\n")[0] + "\n" + text)
    check(repository, path, good + text)


@many
@given(name=st.sampled_from(FILES), raw=st.binary(max_size=200) | YAML_LIKE.map(str.encode) | NESTED.map(json.dumps))
@example(name="kinds", raw='[{"id": "server", "title": "A", "folder": "a"}]')
@example(name="categories", raw='{"serverx": [{"id": "a", "title": "A"}]}')
@example(name="tags", raw='[{"id": "a", "title": "A", "description": ""}]')
def test_anything_as_a_vocabulary(repository: Repository, name: str, raw: bytes | str) -> None:
    check(repository, f"data/{name}.yml", raw)


@pytest.mark.parametrize("kind", VOCABULARIES.kinds.values(), ids=VOCABULARIES.kinds)
@many
@given(data=st.data(), quoted=st.booleans())
def test_any_value_in_any_field(repository: Repository, kind: Kind, data: st.DataObject, *, quoted: bool) -> None:
    field = data.draw(st.sampled_from([name for of, name in FIELDS if of is kind] + ["unknown"]))
    value = data.draw(STATUSES if field == "status" else NESTED)
    written = json.dumps(value, ensure_ascii=quoted)
    check(repository, *entry(kind, field, written if quoted or not isinstance(value, str) else value))


@many
@given(key=st.text(max_size=20), quoted=st.booleans())
def test_any_text_as_a_key(repository: Repository, key: str, *, quoted: bool) -> None:
    check(repository, *entry(FIELDS[0][0], json.dumps(key) if quoted else key, "a"))


@many
@given(raw=st.binary() | YAML_LIKE.map(str.encode))
def test_parsing_never_raises(raw: bytes) -> None:
    document = parse("x.yml", raw)
    assert document.value is not None or document.problems


@many
@given(url=SCALARS | st.from_regex(r"https://[\x00-\xff]{0,30}", fullmatch=True), fragment=st.booleans())
def test_what_passes_as_an_address_is_public(url: str, *, fragment: bool) -> None:
    if fault(url, fragment=fragment) is None:
        parts = urlsplit(url)
        assert parts.scheme == "https"
        assert parts.hostname
        assert re.search(r"\.[a-z][a-z0-9-]*[a-z0-9]$", parts.hostname)
        assert (parts.username, parts.password, parts.port) == (None, None, None)
        assert fragment or "#" not in url
        assert comparable(f"https://{comparable(url)}") == comparable(url)


@many
@given(value=st.text(st.characters()), limit=st.integers(1, 80))
def test_shown_is_printable_and_short(value: str, limit: int) -> None:
    assert shown(value, limit).isprintable()
    assert len(shown(value, limit)) <= limit


@many
@given(word=st.text(max_size=20), known=st.sets(st.text(max_size=10), max_size=6))
def test_the_nearest_word_is_a_known_one(word: str, known: set[str]) -> None:
    assert nearest(word, known) in {*known, None}
