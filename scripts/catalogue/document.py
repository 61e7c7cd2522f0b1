"""One YAML file as plain text values, each with its line and column.

Scalars stay text as written (``3.10``, ``No``, ``on``); the models decide what they mean. What YAML offers beyond
mappings, lists and text is refused. Works on parser events, so neither depth nor aliases can exhaust anything.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from scripts.catalogue.problems import Problem, shown

Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Location: TypeAlias = tuple[str | int, ...]
Place: TypeAlias = tuple[int, int]

EMPTY = "The file is empty. Restore it, or write an entry as CONTRIBUTING.md shows."

MAX_BYTES = 65_536
MAX_DEPTH = 8

# Invisible characters that reorder or hide text: https://www.unicode.org/reports/tr9/ and https://trojansource.codes
INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Document:
    """What a file says (None where it says nothing usable), where each value stands, and what is wrong with it."""

    path: str
    value: "Value | None" = None
    first_line: str = ""
    problems: list[Problem] = field(default_factory=list)
    values: dict[Location, Place] = field(default_factory=dict)
    keys: dict[Location, Place] = field(default_factory=dict)

    def place(self, location: Location, *, key: bool = False) -> Place:
        """The nearest known place of a value (or of its key), from 1."""
        if key and location in self.keys:
            return self.keys[location]
        while location and location not in self.values:
            location = location[:-1]
        return self.values.get(location, (1, 1))

    def problem(self, location: Location, text: str, *, key: bool = False) -> Problem:
        """A problem at the place of a value or key."""
        return Problem(self.path, *self.place(location, key=key), text)


class _RefusedError(Exception):
    """The file cannot be read further."""

    def __init__(self, place: Place, text: str) -> None:
        super().__init__(text)
        self.place = place
        self.text = text


def parse(path: str, raw: bytes, most_bytes: int = MAX_BYTES) -> Document:
    """Reads the bytes of one file. Never raises: whatever is wrong stands in ``problems``."""
    document = Document(path)
    try:
        text = _decode(raw, most_bytes)
        document.first_line = text.partition("\n")[0]
        document.value = _Builder(document).build(text)
    except _RefusedError as refused:
        document.problems.append(Problem(path, *refused.place, refused.text))
    return document


def _decode(raw: bytes, most_bytes: int) -> str:
    if len(raw) > most_bytes:
        raise _RefusedError((1, 1), f"The file has {len(raw):,} bytes. Keep it under {most_bytes:,}.")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        raise _RefusedError(
            _place_of(before, len(before)), f"Byte 0x{raw[error.start]:02x} is not UTF-8. Save the file as UTF-8."
        ) from None
    for found, remedy in _unwanted(text):
        raise _RefusedError(_place_of(text, found), remedy)
    return text


def _unwanted(text: str) -> Iterator[tuple[int, str]]:
    if text.startswith("\ufeff"):
        yield 0, "The file starts with a byte order mark. Save it as UTF-8 without BOM."
    if (at := text.find("\r")) >= 0:
        yield at, "The line ends with a carriage return. Save the file with LF line ends."
    if (at := text.find("\t")) >= 0:
        yield at, "There is a tab. Use spaces."
    if match := CONTROL.search(text) or INVISIBLE.search(text):
        yield match.start(), f"There is an invisible character U+{ord(match[0]):04X}. Remove it."


def _place_of(text: str, index: int) -> Place:
    line_start = text.rfind("\n", 0, index) + 1
    return text.count("\n", 0, index) + 1, index - line_start + 1


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not been read yet; ``key`` is the key that waits for its value."""

    location: Location
    value: list[Value] | dict[str, Value]
    key: str | None = None


class _Builder:
    """Turns parser events into values, and notes their places in the document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.open: list[_Open] = []
        self.root: Value | None = None
        self.end: Place = (1, 1)

    def build(self, text: str) -> "Value | None":
        documents = 0
        self.end = _place_of(text, len(text))
        try:
            for event in yaml.parse(text, Loader=yaml.CBaseLoader):
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        raise _RefusedError(_start(event), "A second document begins. Keep one entry in one file.")
                elif isinstance(event, yaml.NodeEvent):
                    self._node(event)
                elif isinstance(event, yaml.CollectionEndEvent):
                    self.open.pop()
        except yaml.MarkedYAMLError as error:
            raise _RefusedError(min(_mark(error, len(text)), self.end), _explain(error)) from None
        except yaml.YAMLError as error:
            raise _RefusedError((1, 1), f"This is not YAML: {shown(str(error))}. Compare with another entry.") from None
        if self.root is None or self.root == "":
            raise _RefusedError((1, 1), EMPTY)
        return self.root

    def _node(self, event: yaml.NodeEvent) -> None:
        place = min(_start(event), self.end)  # the parser sees a line end where the file has none
        if isinstance(event, yaml.AliasEvent):
            raise _RefusedError(place, f"`*{event.anchor}` is an alias. Write the value itself.")
        if event.anchor:
            raise _RefusedError(place, f"`&{event.anchor}` is an anchor. Remove it and write values where they belong.")
        if tag := getattr(event, "tag", None):
            raise _RefusedError(place, f"`{shown(str(tag))}` is a YAML tag. Remove it; values are plain text.")
        if len(self.open) >= MAX_DEPTH:
            raise _RefusedError(place, f"Values are nested more than {MAX_DEPTH} deep. Entries need two levels.")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, place)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._collection([], place)
        else:
            self._collection({}, place)

    def _scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        parent = self.open[-1] if self.open else None
        if parent and isinstance(parent.value, dict) and parent.key is None:
            self._key(parent, parent.value, event.value, place)
            return
        location = self._attach(event.value, place)
        if event.value == "" and location:
            text = f"`{dotted(location)}` has no value. Write one, or remove the line."
            self.document.problems.append(self.document.problem(location, text))

    def _key(self, parent: _Open, mapping: dict[str, Value], key: str, place: Place) -> None:
        if key == "<<":
            raise _RefusedError(place, "`<<` merges another mapping. Write every key itself.")
        location = (*parent.location, key)
        if key in mapping:
            first = self.document.keys[location][0]
            raise _RefusedError(place, f"`{shown(key)}` stands here and on line {first}. Keep one of them.")
        self.document.keys[location] = place
        parent.key = key

    def _collection(self, value: list[Value] | dict[str, Value], place: Place) -> None:
        parent = self.open[-1] if self.open else None
        if parent and isinstance(parent.value, dict) and parent.key is None:
            raise _RefusedError(place, "A key is a list or mapping. Write a word before the colon.")
        self.open.append(_Open(self._attach(value, place), value))

    def _attach(self, value: Value, place: Place) -> Location:
        if not self.open:
            location: Location = ()
            self.root = value
        else:
            parent = self.open[-1]
            if isinstance(parent.value, list):
                location = (*parent.location, len(parent.value))
                parent.value.append(value)
            else:
                key = parent.key or ""
                location = (*parent.location, key)
                parent.value[key] = value
                parent.key = None
        self.document.values[location] = place
        return location


def _start(event: yaml.Event) -> Place:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def dotted(location: Location) -> str:
    """A location as people write it: ``status.reason``, ``tags[1]``."""
    name = ""
    for part in location:
        name += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if name else part
    return shown(name)


def _mark(error: yaml.MarkedYAMLError, end: int) -> Place:
    """Where the parser stopped; where it ran into the end, the quote or bracket that it waited to see closed."""
    mark = error.problem_mark or error.context_mark
    if mark and mark.index >= end:
        mark = error.context_mark or mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _explain(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or "unknown syntax"
    if "mapping values are not allowed" in problem:
        return "A second `: ` in one value is not YAML. Put the value in double quotes, or mend the indentation."
    return (
        f"This is not YAML: {shown(problem)}. Check indentation, quotes and brackets on this line and the one before."
    )
