"""The vocabularies: kinds, layers, categories, tags, types, languages, licences, marketing words; data files all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from scripts.catalogue.document import Document, Value, parse
from scripts.catalogue.explain import explain
from scripts.catalogue.fields import Name, Slug
from scripts.catalogue.models import MODELS, Model
from scripts.catalogue.problems import Problem, shown, suggestion

FILES = (
    "kinds",
    "layers",
    "categories",
    "tags",
    "publication-types",
    "languages",
    "license-families",
    "marketing-words",
    "decline-reasons",
)


class Term(Model):
    """A word that entries may use, with what it means."""

    id: Slug = Field(description="The word that entries use.")
    title: Name = Field(description="What pages call it.")
    description: str = ""


class Layer(Term):
    """A layer of the stack that requests pass through; ``beside`` is what requests do not pass through."""

    beside: bool = False


class Category(Term):
    """A part of a kind; ``choose`` helps where the choice is hard, by facts that the entries show.

    ``layer`` is its place in the landscape where that is not the place of its kind.
    """

    choose: str = ""
    layer: str = ""


class Kind(Term):
    """A kind of entry; ``folder`` is where its entries are and part of their address.

    ``layer`` is its place in the landscape, if it has one.
    """

    folder: Slug = Field(description="The folder of its entries.")
    layer: str = ""


class PublicationType(Term):
    """A type of publication; ``structured`` is the nearest type of schema.org."""

    structured: Literal[
        "Article", "Book", "Course", "CreativeWork", "LearningResource", "PodcastEpisode", "TechArticle", "VideoObject"
    ] = "CreativeWork"


class LicenseFamily(Term):
    """Licences that ask the same of whoever passes the software on; the last family, without licences, has the rest."""

    licenses: tuple[str, ...] = ()


AnyTerm = TypeVar("AnyTerm", bound=Term)
Terms = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """Every vocabulary by id, in the order of its file."""

    kinds: Mapping[str, Kind]
    layers: Mapping[str, Layer]
    categories: Mapping[str, Terms]
    publication_types: Mapping[str, PublicationType]
    tags: Terms
    languages: Terms
    license_families: Mapping[str, LicenseFamily]
    marketing_words: frozenset[str]
    decline_reasons: Terms

    def kind_of(self, folder: str) -> str | None:
        """The kind whose entries are in a folder."""
        return next((kind.id for kind in self.kinds.values() if kind.folder == folder), None)

    def layer_of(self, kind: str, category: str) -> str:
        """The layer of the entries of a category; empty where they have none."""
        term = self.categories[kind][category]
        return (term.layer if isinstance(term, Category) else "") or self.kinds[kind].layer


def load_vocabularies(data: Path, root: Path) -> tuple[Vocabularies | None, list[Problem]]:
    """Reads the vocabulary files in ``data``. None, with the reasons, where one of them is unusable."""
    problems: list[Problem] = []
    read = {name: _read(data / f"{name}.yml", root, problems) for name in FILES}
    words = read["marketing-words"].value
    if words is not None and (not isinstance(words, list) or not all(isinstance(word, str) for word in words)):
        problems.append(read["marketing-words"].problem((), "This is not a list of words. Write one word a line."))
    categories = _categories(read["categories"], problems)
    types = _terms(read["publication-types"], (), PublicationType, problems)
    kinds = _terms(read["kinds"], (), Kind, problems)
    if kinds and set(kinds) != set(MODELS):
        problems.append(
            read["kinds"].problem((), f"The kinds differ from the models: {', '.join(MODELS)}. Name each once.")
        )
    layers = _terms(read["layers"], (), Layer, problems)
    vocabularies = Vocabularies(
        kinds=kinds,
        layers=layers,
        categories={**categories, "publication": types},
        publication_types=types,
        tags=_terms(read["tags"], (), Term, problems),
        languages=_terms(read["languages"], (), Term, problems),
        license_families=_terms(read["license-families"], (), LicenseFamily, problems),
        decline_reasons=_terms(read["decline-reasons"], (), Term, problems),
        marketing_words=frozenset(str(word) for word in words) if isinstance(words, list) else frozenset(),
    )
    problems.extend(_doubled(vocabularies.categories, read["categories"]))
    if layers:
        problems.extend(_misplaced(read["kinds"], (), kinds, layers))
        for kind, terms in categories.items():
            problems.extend(_misplaced(read["categories"], (kind,), terms, layers))
    return (None if problems else vocabularies), problems


def _read(path: Path, root: Path, problems: list[Problem]) -> Document:
    shown_path = path.relative_to(root).as_posix()
    if path.is_symlink():
        text = "This is a symbolic link. Put the file itself here."
        document = Document(shown_path, problems=[Problem(shown_path, 1, 1, text)])
        problems.extend(document.problems)
        return document
    try:
        document = parse(shown_path, path.read_bytes())
    except OSError as error:
        reason = error.strerror or "unknown reason"
        document = Document(
            shown_path, problems=[Problem(shown_path, 1, 1, f"Cannot be read ({reason}). Restore the file.")]
        )
    problems.extend(document.problems)
    return document


def _terms(
    document: Document, at: tuple[str, ...], model: type[AnyTerm], problems: list[Problem]
) -> dict[str, AnyTerm]:
    value: Value | None = document.value
    for key in at:
        value = value.get(key) if isinstance(value, dict) else None
    if document.problems:
        return {}
    if not isinstance(value, list) or not value:
        problems.append(document.problem(at, "This is not a list of terms. Write `- id: …` and `title: …` for each."))
        return {}
    try:
        adapter: TypeAdapter[list[AnyTerm]] = TypeAdapter(list[model])  # type: ignore[valid-type]  # known at run time
        terms = adapter.validate_python(value)
    except ValidationError as error:
        problems.extend(explain(error, document, model))
        return {}
    found: dict[str, AnyTerm] = {}
    for index, term in enumerate(terms):
        if term.id in found:
            problems.append(document.problem((*at, index), f"`{term.id}` stands twice. Keep one of them."))
        found[term.id] = term
    return found


def _categories(document: Document, problems: list[Problem]) -> dict[str, dict[str, Category]]:
    if document.problems:
        return {}
    if not isinstance(document.value, dict):
        problems.append(document.problem((), "This is not a mapping of kinds. Write each kind with its categories."))
        return {}
    expected = [kind for kind in MODELS if kind != "publication"]
    for kind in document.value:
        if kind not in expected:
            text = f"`{shown(kind)}` is no kind that has categories. {suggestion(kind, expected)}"
            problems.append(document.problem((kind,), text, key=True))
    if set(document.value) < set(expected):
        missing = ", ".join(kind for kind in expected if kind not in document.value)
        problems.append(document.problem((), f"A kind is missing: {missing}. Add it with its categories."))
    return {kind: _terms(document, (kind,), Category, problems) for kind in document.value}


def _doubled(categories: Mapping[str, Terms], document: Document) -> Iterator[Problem]:
    """An id is an address, so no two kinds may share one."""
    seen: dict[str, str] = {}
    for kind, terms in categories.items():
        for term in terms:
            if term in seen:
                yield document.problem(
                    (kind,), f"`{term}` is a category of {seen[term]} too. Give one of them another id."
                )
            seen[term] = kind


def _misplaced(
    document: Document, at: tuple[str, ...], terms: Mapping[str, Category | Kind], layers: Mapping[str, Layer]
) -> Iterator[Problem]:
    for index, term in enumerate(terms.values()):
        if term.layer and term.layer not in layers:
            text = f"`{shown(term.layer)}` is no layer. {suggestion(term.layer, layers)}"
            yield document.problem((*at, index, "layer"), text)
