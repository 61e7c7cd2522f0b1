"""What a file may be made of, and what a contributor reads who made it of something else."""

import pytest

from scripts.catalogue.document import MAX_BYTES, Value, parse
from scripts.catalogue.load import schema_line
from tests.conftest import SERVER, Repository

PATH = "data/servers/examplecorn.yml"
FIRST = schema_line("server") + "\n"
GOOD = FIRST + "".join(f"{key}: {value}\n" for key, value in SERVER.items())
NOT_YAML = "Check indentation, quotes and brackets on this line and the one before."
TOO_DEEP = "Values are nested more than 8 deep. Entries need two levels."
EMPTY = "1:1: The file is empty. Restore it, or write an entry as CONTRIBUTING.md shows."
NO_KEY = "A key is a list or mapping. Write a word before the colon."
LIST = "The file holds a list. Write `key: value` lines, as CONTRIBUTING.md shows."
TEXT = "The file holds one text. Write `key: value` lines, as CONTRIBUTING.md shows."
TWICE = "A second `: ` in one value is not YAML. Put the value in double quotes, or mend the indentation."


def invisible(code: str) -> str:
    return f"There is an invisible character U+{code}. Remove it."


BYTES: dict[str, tuple[bytes, str]] = {
    "not UTF-8": (GOOD.encode() + b"docs: \xff\n", "9:7: Byte 0xff is not UTF-8. Save the file as UTF-8."),
    "UTF-16": (GOOD.encode("utf-16"), "1:1: Byte 0xff is not UTF-8. Save the file as UTF-8."),
    "cut character": ("ä".encode()[:1], "1:1: Byte 0xc3 is not UTF-8. Save the file as UTF-8."),
    "after wide characters": ("# äö😀".encode() + b"\xff", "1:6: Byte 0xff is not UTF-8. Save the file as UTF-8."),
    "surrogate": (GOOD.encode() + b"docs: \xed\xa0\x80", "9:7: Byte 0xed is not UTF-8. Save the file as UTF-8."),
    "5 MB": (b"#" * 5_000_000, "1:1: The file has 5,000,000 bytes. Keep it under 65,536."),
    "BOM": (
        b"\xef\xbb\xbf" + GOOD.encode(),
        "1:1: The file starts with a byte order mark. Save it as UTF-8 without BOM.",
    ),
    "CRLF": (
        GOOD.replace("\n", "\r\n").encode(),
        f"1:{len(FIRST)}: The line ends with a carriage return. Save the file with LF line ends.",
    ),
}

TEXTS: dict[str, tuple[str, str]] = {
    "tab after the colon": (GOOD.replace("name: ", "name:\t"), "2:6: There is a tab. Use spaces."),
    "tab as indentation": (GOOD + "status:\n\tstate: archived\n", "10:1: There is a tab. Use spaces."),
    "NUL": (GOOD + "\0", f"9:1: {invisible('0000')}"),
    "bell": (GOOD.replace("ASGI", "AS\aGI"), f"3:23: {invisible('0007')}"),
    "escape": (GOOD.replace("ASGI", "AS\x1b[31mGI"), f"3:23: {invisible('001B')}"),
    "next line": (GOOD.replace("ASGI", "AS\x85GI"), f"3:23: {invisible('0085')}"),
    "right-to-left override": (GOOD.replace("ASGI", "AS\u202eGI"), f"3:23: {invisible('202E')}"),
    "isolate": (GOOD.replace("ASGI", "AS\u2066GI"), f"3:23: {invisible('2066')}"),
    "zero width space": (GOOD.replace("ASGI", "AS\u200bGI"), f"3:23: {invisible('200B')}"),
    "soft hyphen": (GOOD.replace("ASGI", "AS\xadGI"), f"3:23: {invisible('00AD')}"),
    "tag character": (GOOD.replace("ASGI", "AS\U000e0041GI"), f"3:23: {invisible('E0041')}"),
    "line separator": (GOOD.replace("ASGI", "AS\u2028GI"), f"3:23: {invisible('2028')}"),
    "empty": ("", EMPTY),
    "blank lines": ("\n \n\n", EMPTY),
    "first line only": (FIRST, EMPTY),
    "empty text": (f"{FIRST}''\n", EMPTY),
    "document without content": (f"{FIRST}---\n", EMPTY),
    "list": (f"{FIRST}- name: Examplecorn\n", f"2:1: {LIST}"),
    "scalar": (f"{FIRST}Examplecorn\n", f"2:1: {TEXT}"),
    "duplicate key": (f"{GOOD}name: Other\n", "9:1: `name` stands here and on line 2. Keep one of them."),
    "duplicate key below": (
        f"{GOOD}status:\n  state: active\n  state: active\n",
        "11:3: `state` stands here and on line 10. Keep one of them.",
    ),
    "anchor": (
        GOOD.replace("name: ", "name: &a "),
        "2:7: `&a` is an anchor. Remove it and write values where they belong.",
    ),
    "alias": (f"{GOOD}docs: *a\n", "9:7: `*a` is an alias. Write the value itself."),
    "merge key": (f"{GOOD}<<: {{a: b}}\n", "9:1: `<<` merges another mapping. Write every key itself."),
    "custom tag": (
        GOOD.replace("name: ", "name: !x "),
        "2:7: `!x` is a YAML tag. Remove it; values are plain text.",
    ),
    "python tag": (
        GOOD.replace("name: Examplecorn", "name: !!python/object/apply:os.system [id]"),
        "2:7: `tag:yaml.org,2002:python/object/apply:os.system` is a YAML tag. Remove it; values are plain text.",
    ),
    "two documents": (f"{GOOD}---\nname: B\n", "9:1: A second document begins. Keep one entry in one file."),
    "10,000 brackets": (f"{FIRST}tags: {'[' * 10_000}", f"2:14: {TOO_DEEP}"),
    "10,000 braces": ("{a: " * 10_000, f"1:30: {TOO_DEEP}"),
    "10,000 blocks": (f"{FIRST}{'- ' * 10_000}a\n", f"2:17: {TOO_DEEP}"),
    "nine levels of indentation": (
        FIRST + "".join(f"{' ' * depth}a:\n" for depth in range(300)),
        f"9:8: {TOO_DEEP}",
    ),
    "10,000 keys of keys": (f"{FIRST}{'? ' * 10_000}a\n", f"2:3: {NO_KEY}"),
    "list as key": (f"{GOOD}? [a]\n: b\n", f"9:3: {NO_KEY}"),
    "two colons": (GOOD.replace("description: ", "description: a: "), f"3:15: {TWICE}"),
    "indented key": (GOOD.replace("package", " package"), f"5:9: {TWICE}"),
    "open quote": (f'{GOOD}docs: "abc\n', f"9:7: This is not YAML: found unexpected end of stream. {NOT_YAML}"),
    "open bracket": (f"{GOOD}tags: [aws\n", f"9:7: This is not YAML: did not find expected ',' or ']'. {NOT_YAML}"),
    "backquote": (
        GOOD.replace("Examplecorn", "`x`"),
        f"2:7: This is not YAML: found character that cannot start any token. {NOT_YAML}",
    ),
    "no key": (f"{GOOD}: b\n", f"9:1: This is not YAML: did not find expected key. {NOT_YAML}"),
    "surrogate escape": (
        f'{GOOD}docs: "\\ud800"\n',
        f"9:10: This is not YAML: found invalid Unicode character escape code. {NOT_YAML}",
    ),
    "other YAML": (f"%YAML 9.9\n---\n{GOOD}", f"1:1: This is not YAML: found incompatible YAML document. {NOT_YAML}"),
    "empty key": (f'{GOOD}"":\n', "9:4: `` has no value. Write one, or remove the line."),
    "empty value": (GOOD.replace("Examplecorn", ""), "2:6: `name` has no value. Write one, or remove the line."),
    "empty item": (f"{GOOD}tags:\n  -\n", "10:4: `tags[1]` has no value. Write one, or remove the line."),
    "empty value below": (
        f"{GOOD}status: {{state: active, reason: , source: https://example.com/x}}\n",
        "9:33: `status.reason` has no value. Write one, or remove the line.",
    ),
}


@pytest.mark.parametrize(("raw", "line"), BYTES.values(), ids=BYTES)
def test_bytes_that_are_no_text(repository: Repository, raw: bytes, line: str) -> None:
    repository.write(PATH, raw)
    assert repository.problems() == [f"{PATH}:{line}"]


@pytest.mark.parametrize(("text", "line"), TEXTS.values(), ids=TEXTS)
def test_texts_that_are_no_entry(repository: Repository, text: str, line: str) -> None:
    repository.write(PATH, text)
    assert repository.problems() == [f"{PATH}:{line}"]


def test_deep_indentation_is_too_long_before_it_is_too_deep(repository: Repository) -> None:
    """10,000 levels of block mappings take 50 MB of spaces; a thousand are half a megabyte already."""
    repository.write(PATH, "".join(f"{' ' * depth}a:\n" for depth in range(1000)))
    assert repository.problems() == [f"{PATH}:1:1: The file has 502,500 bytes. Keep it under 65,536."]


def test_several_empty_values_are_several_problems(repository: Repository) -> None:
    """Each is a line to mend."""
    repository.server(name="", docs="''")
    assert repository.problems() == [
        f"{PATH}:2:6: `name` has no value. Write one, or remove the line.",
        f"{PATH}:9:7: `docs` has no value. Write one, or remove the line.",
    ]


@pytest.mark.parametrize(
    ("raw", "accepted"), [(b"a: " + b"b" * (MAX_BYTES - 3), True), (b"a: " + b"b" * (MAX_BYTES - 2), False)]
)
def test_size_has_a_limit(raw: bytes, *, accepted: bool) -> None:
    document = parse("x.yml", raw)
    assert (document.problems == []) is accepted
    assert (document.value is not None) is accepted


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("name: No", {"name": "No"}),
        ("name: 3.10", {"name": "3.10"}),
        ("tags: [on]", {"tags": ["on"]}),
        ("name: ~", {"name": "~"}),
        ("name: null", {"name": "null"}),
        ("name: 0x10", {"name": "0x10"}),
        ("name: 1_000", {"name": "1_000"}),
        ("added: 2026-11-22", {"added": "2026-11-22"}),
        ("yes: true", {"yes": "true"}),
        ("1: 2", {"1": "2"}),
        ('"a": "b\\nc"', {"a": "b\nc"}),
        ("a: >-\n  b\n  c\n", {"a": "b c"}),
        ("- [a, {b: c}]", [["a", {"b": "c"}]]),
        ("a: [[[[[[b]]]]]]", {"a": [[[[[["b"]]]]]]}),
        ("a: b\n...\n", {"a": "b"}),
        ("tags: []", {"tags": []}),
        ("status: {}", {"status": {}}),
    ],
)
def test_scalars_stay_as_written(text: str, value: Value) -> None:
    document = parse("x.yml", text.encode())
    assert document.problems == []
    assert document.value == value


def test_every_value_and_key_has_its_place() -> None:
    document = parse("x.yml", b"# first\nname: A\nstatus:\n  since: 2024\ntags: [a, bc,\n  d]\n")
    assert document.first_line == "# first"
    assert document.place(("name",)) == (2, 7)
    assert document.place(("name",), key=True) == (2, 1)
    assert document.place(("status", "since")) == (4, 10)
    assert document.place(("status", "since"), key=True) == (4, 3)
    assert [document.place(("tags", index)) for index in range(3)] == [(5, 8), (5, 11), (6, 3)]


def test_what_has_no_place_stands_at_the_nearest_that_has_one() -> None:
    document = parse("x.yml", b"\nname: A\nstatus:\n  since: 2024\n")
    assert document.place(("status", "reason")) == (4, 3)
    assert document.place(("colour",)) == (2, 1)
    assert document.place(("colour",), key=True) == (2, 1)
    assert parse("x.yml", b"").place(("colour",)) == (1, 1)


def test_a_refused_file_says_nothing() -> None:
    assert parse("x.yml", b"a: b\na: c\n").value is None
