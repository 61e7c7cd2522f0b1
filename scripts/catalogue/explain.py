"""Turns what pydantic found into problems with a place and a remedy."""

from collections.abc import Callable, Container, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scripts.catalogue.document import Document, Location, dotted
from scripts.catalogue.problems import Problem, nearest, shown, suggestion


def explain(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Problem]:
    """One problem for each mistake."""
    details = error.errors(include_url=False)
    misspelt = {_meant(detail["loc"], model) for detail in details if detail["type"] == "extra_forbidden"}
    return [_problem(detail, document, model) for detail in details if not _is_an_echo(detail, misspelt)]


def _is_an_echo(detail: ErrorDetails, misspelt: Container[Location]) -> bool:
    """Whether another problem says it: the loader's of an empty value, or one about a misspelt key or an item."""
    if detail["type"] == "missing":
        return detail["loc"] in misspelt
    return detail["input"] == "" or (detail["type"] == "too_short" and bool(detail["input"]))


def _meant(location: Location, model: type[BaseModel]) -> Location:
    near = nearest(str(location[-1]), _names(_owner(model, location)))
    return (*location[:-1], near or "")


def _problem(detail: ErrorDetails, document: Document, model: type[BaseModel]) -> Problem:
    location: Location = tuple(detail["loc"])
    kind, context = detail["type"], detail.get("ctx", {})
    field = _owner(model, location)
    if kind == "extra_forbidden":
        text = f"`{shown(str(location[-1]))}` is not a known key. {suggestion(str(location[-1]), _names(field))}"
        return document.problem(location, text, key=True)
    if kind == "missing":
        return document.problem(location, _missing(location, field))
    sentence = _SENTENCES.get(kind, _unforeseen)
    predicate = (
        context["error"] if kind == "value_error" else sentence(detail["msg"], {**context, "input": detail["input"]})
    )
    return document.problem(location, f"`{dotted(location)}` {predicate}.")


def _missing(location: Location, owner: type[BaseModel]) -> str:
    name = str(location[-1])
    described = next(
        (field.description for key, field in owner.model_fields.items() if name in (key, field.alias)), None
    )
    return f"`{dotted(location)}` is missing. Add it: {described}"


def _names(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _owner(model: type[BaseModel], location: Location) -> type[BaseModel]:
    """The model that the last part of a location belongs to."""
    for part in location[:-1]:
        field = model.model_fields.get(str(part))
        nested = [
            kind
            for kind in (getattr(field.annotation, "__args__", ()) or (field.annotation,) if field else ())
            if isinstance(kind, type) and issubclass(kind, BaseModel)
        ]
        model = nested[0] if nested else model
    return model


def _unforeseen(message: str, _: Mapping[str, Any]) -> str:
    return f"is not valid: {message}. Compare with another entry"


def _too_long(_: str, context: Mapping[str, Any]) -> str:
    return f"is {len(context['input'])} characters long. Write at most {context['max_length']}"


def _too_short(_: str, context: Mapping[str, Any]) -> str:
    return f"is only {len(context['input'])} characters long. Write at least {context['min_length']}"


_SENTENCES: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "string_type": lambda _, __: "is a list or mapping. Write text",
    "tuple_type": lambda _, context: f"is not a list. Write `[{_sample(context['input'])}]`",
    "model_type": lambda _, __: "is not a mapping. Write `key: value` lines below it",
    "string_too_long": _too_long,
    "string_too_short": _too_short,
    "too_short": lambda _, __: "is an empty list. Remove the line, or name something",
    "too_long": lambda _, context: f"has more than {context['max_length']} items. Keep the most important ones",
    "bool_parsing": lambda _, __: "is neither `true` nor `false`. Write one of them",
    "bool_type": lambda _, __: "is neither `true` nor `false`. Write one of them",
    "date_type": lambda _, __: "is not a date. Write year-month-day, as in 2026-11-22",
    "literal_error": lambda _, context: f"is `{_sample(context['input'])}`. Choose one of: {context['expected']}",
}


def _sample(value: object) -> str:
    return shown(value, 40) if isinstance(value, str) else "…"
