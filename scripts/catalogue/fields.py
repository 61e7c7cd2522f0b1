"""The types of fields: each checks one shape, says what to write instead, and describes itself in JSON Schema.

A validator raises ValueError with the predicate of a sentence ("is …. Do …"); the field's name is put before it.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from scripts.catalogue import urls
from scripts.catalogue.document import CONTROL, INVISIBLE
from scripts.catalogue.problems import shown

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
# Python-Markdown and GitHub give these a meaning; a description needs none of them.
_MARKUP = re.compile(r"[`*<>\[\]{}|\\~]|(?<!\w)_|_(?!\w)|https?:|www\.|&\w+;")
_FIRST_YEAR = 1970
_LONGEST = 200  # characters of a name, a path or a licence; the longest real one has 69


def _matching(pattern: str, otherwise: str, example: str) -> Any:
    """A text of one shape. ``otherwise`` is the predicate for a text of another."""
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if len(value) > _LONGEST:
            raise ValueError(f"is longer than {_LONGEST} characters. Compare with another entry")
        if not compiled.fullmatch(value):
            raise ValueError(f"`{shown(value)}` {otherwise}")
        return value

    schema = {"type": "string", "pattern": f"^{pattern}$", "examples": [example]}
    return Annotated[str, AfterValidator(check), WithJsonSchema(schema)]


def _plain(value: str) -> str:
    if "\n" in value or "\r" in value:
        raise ValueError("has a line break. Write it on one line")
    if match := CONTROL.search(value) or INVISIBLE.search(value):
        raise ValueError(f"has an invisible character U+{ord(match[0]):04X}. Remove it")
    if value != " ".join(value.split()):
        raise ValueError("has spaces at an end, doubled or of an unusual kind. Use single spaces between words")
    return value


def _sentence(value: str) -> str:
    if match := _MARKUP.search(value):
        raise ValueError(f"has `{match[0]}`, which is Markdown, HTML or an address. Write plain text")
    if not (value[0].isupper() or value[0].isdigit()):
        raise ValueError("does not start with a capital letter. Write one full sentence")
    if not value.endswith(".") or value.endswith(".."):
        raise ValueError("does not end with a full stop. Write one full sentence and end it with one")
    return value


def _url(*, fragment: bool) -> Callable[[str], str]:
    def check(value: str) -> str:
        if fault := urls.fault(value, fragment=fragment):
            raise ValueError(f"`{shown(value)}` {fault}")
        return value

    return check


def _repository(value: str) -> str:
    host, _, path = value.removeprefix("https://").partition("/")
    if value.endswith(".git") or path.count("/") < 1 or not all(path.split("/")) or "?" in value:
        raise ValueError(f"`{shown(value)}` is not the root of a repository. Write https://host/owner/name")
    if host.casefold().removeprefix("www.") == "github.com" and path.count("/") != 1:
        raise ValueError(f"`{shown(value)}` is a page inside a repository. Write https://github.com/owner/name")
    return value


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    day = _calendar_day(*value.split("-")) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) else None
    if day is None:
        raise ValueError(f"`{shown(value)}` is not a date. Write year-month-day, as in 2026-11-22")
    return day


def _partial_date(value: str) -> str:
    match = _PARTIAL_DATE.fullmatch(value)
    if not match or _calendar_day(match[1], match[2] or "1", match[3] or "1") is None:
        raise ValueError(f"`{shown(value)}` is not a date. Write a year, year-month or year-month-day")
    return value


def _calendar_day(year: str, month: str, day: str) -> dt.date | None:
    """The day, unless there is none, or none since there are computers to write about."""
    try:
        found = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if found.year >= _FIRST_YEAR else None


Text = Annotated[str, Field(min_length=1, max_length=160), AfterValidator(_plain)]
Name = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_plain)]
Sentence = Annotated[str, Field(min_length=20, max_length=140), AfterValidator(_plain), AfterValidator(_sentence)]
_URL_SCHEMA = WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https://[^\\s]+$"})
Url = Annotated[str, AfterValidator(_url(fragment=False)), _URL_SCHEMA]
DeepUrl = Annotated[str, AfterValidator(_url(fragment=True)), _URL_SCHEMA]
Repository = Annotated[str, AfterValidator(_url(fragment=False)), AfterValidator(_repository), _URL_SCHEMA]
Day = Annotated[
    dt.date,
    BeforeValidator(_day),
    PlainSerializer(dt.date.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "format": "date"}),
]
# An editor reads `2019` as a number; the loader hands it over as text.
PartialDate = Annotated[
    str,
    AfterValidator(_partial_date),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
]

Slug = _matching(SLUG, "is not a slug. Write lower-case ASCII words joined by hyphens", "asgi-csrf")
PACKAGE = re.compile(SLUG)  # a normalised distribution name has the shape of a slug
Package = _matching(
    SLUG,
    "is not a normalised distribution name. Write it in lower case with hyphens, as in `python-socketio`",
    "uvicorn",
)
ImportPath = _matching(
    r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*",
    "is not an import path. Write dotted names, as in `starlette.middleware.cors.CORSMiddleware`",
    "starlette.middleware.cors.CORSMiddleware",
)
Spdx = _matching(
    r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*",
    "is not an SPDX expression. Write an identifier from https://spdx.org/licenses/",
    "BSD-3-Clause",
)
FormerName = _matching(
    r"[\w.+-]+(?:[ /][\w.+-]+)*", "is not a former name. Write `owner/name`, or the name it had", "encode/uvicorn"
)
