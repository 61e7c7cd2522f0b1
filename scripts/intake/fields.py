"""One field at a time: what it may say, how people may write it, and what is wrong with an answer."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError, create_model
from pydantic.fields import FieldInfo

from scripts.catalogue.document import Value, parse
from scripts.catalogue.explain import explain
from scripts.catalogue.models import MODELS, Model
from scripts.catalogue.problems import shown, suggestion
from scripts.catalogue.vocabularies import Vocabularies
from scripts.facts.echo import fingerprints, repeats
from scripts.intake.words import Words
from scripts.intake.write import line

ECHO = "has six words in a row of the project's own text. Write one of your own: what it does for whoever uses it"
SENTENCES = {"description", "summary"}


def infos(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model by the key that a file has."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def nested(info: FieldInfo) -> type[BaseModel] | None:
    """The model of a field that is a mapping."""
    options = get_args(info.annotation) or (info.annotation,)
    return next((one for one in options if isinstance(one, type) and issubclass(one, BaseModel)), None)


def is_list(info: FieldInfo) -> bool:
    """Whether a field holds several texts."""
    return bool(info.examples) and isinstance((info.examples or [""])[0], list)


def literals(annotation: Any) -> tuple[str, ...]:
    """The words of a ``Literal``; of a tuple of one, too."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    inner = get_args(annotation)
    return literals(inner[0]) if get_origin(annotation) is tuple and inner else ()


def choices(key: str, kind: str, terms: Vocabularies) -> dict[str, str]:
    """What a field may say, with the title of each; nothing where it may say many things."""
    known = {
        "category": terms.categories[kind],
        "type": terms.categories[kind],
        "tags": terms.tags,
        "language": terms.languages,
    }.get(key)
    if known is not None:
        return {term.id: term.title for term in known.values()}
    info = infos(MODELS[kind]).get(key)
    return {word: word for word in literals(info.annotation)} if info else {}


def split(text: str) -> list[str]:
    """The items of a list as people write it."""
    return [part.strip() for part in text.strip().removeprefix("[").removesuffix("]").split(",") if part.strip()]


def fault(key: str, kind: str, value: Value, terms: Vocabularies, words: Iterable[Words]) -> str | None:
    """What is wrong with a value by itself, as a sentence; None if nothing is."""
    known = choices(key, kind, terms)
    for item in value if isinstance(value, list) else [value]:
        if known and isinstance(item, str) and item not in known:
            return f"`{shown(item)}` is not one of the choices. {suggestion(item, known)}"
    if key in SENTENCES and isinstance(value, str) and (echoed := echo(value, words)):
        return f"`{key}` {echoed}."
    return _shape(key, kind, value)


def echo(sentence: str, words: Iterable[Words]) -> str | None:
    """The predicate for a sentence that repeats what a project says of itself."""
    repeated = any(repeats(sentence, fingerprints(one.summary)) for one in words if one.summary)
    return ECHO if repeated else None


def _shape(key: str, kind: str, value: Value) -> str | None:
    """The first thing that the model says about this field."""
    document = parse(key, line(key, value).encode("utf-8", "surrogatepass"))
    if document.problems:
        return document.problems[0].text
    model = _alone(kind, key)
    try:
        model.model_validate(document.value)
    except ValidationError as error:
        return next((problem.text for problem in explain(error, document, model)), None)
    return None


@cache
def _alone(kind: str, key: str) -> type[BaseModel]:
    """A model of one field, so that nothing else is missing."""
    info = infos(MODELS[kind])[key]
    made: type[BaseModel] = create_model(
        key, __base__=Model, **{key.replace("import", "import_path"): (info.annotation, info)}
    )  # type: ignore[call-overload]  # names are known at run time
    return made


def by_flag(kind_models: Mapping[str, type[BaseModel]] = MODELS) -> dict[str, tuple[str, ...]]:
    """Every field of every model by the name of its flag: ``status-state`` is the key ``state`` of ``status``."""
    found: dict[str, tuple[str, ...]] = {}
    for model in kind_models.values():
        for key, info in infos(model).items():
            inner = nested(info)
            places = [(key, name) for name in infos(inner)] if inner else [(key,)]
            found |= {"-".join(place).replace("_", "-"): place for place in places}
    return found
