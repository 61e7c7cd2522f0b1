"""Reads every entry from ``data/``, each with the place of every value. Reports all problems of shape, raises none."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from scripts.catalogue.document import Document, parse
from scripts.catalogue.explain import explain
from scripts.catalogue.models import MODELS, Publication, Software
from scripts.catalogue.problems import Problem, shown, suggestion
from scripts.catalogue.vocabularies import FILES, Vocabularies, load_vocabularies

# What data/ holds besides entries and vocabularies: what machines observed, and what is generated from the models.
KNOWN = {
    "facts",
    "schema",
    "LICENSE",
    "declined.yml",
    "disputes.yml",
    "reported.yml",
    *(f"{name}.yml" for name in FILES),
}
_SCHEMA_PREFIX = "# yaml-language-server: $schema="


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry at its place: its kind (the folder), its slug (the file name), and where each value stands."""

    kind: str
    slug: str
    entry: Software | Publication
    document: Document

    @property
    def path(self) -> str:
        return self.document.path


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that ``data/`` says by hand, and the problems of shape that were met while reading it."""

    vocabularies: Vocabularies | None
    listings: tuple[Listing, ...]
    problems: tuple[Problem, ...]


def load(root: Path) -> Catalogue:
    """Reads ``root/data``. Entries that cannot be read are missing from the listings, and are problems."""
    data = root / "data"
    vocabularies, problems = load_vocabularies(data, root)
    if vocabularies is None:
        return Catalogue(None, (), tuple(sorted(problems)))
    listings: list[Listing] = []
    for folder in sorted(data.iterdir()):
        if folder.is_symlink():
            problems.append(_at(folder, root, "This is a symbolic link. Put the file or folder itself here."))
        elif kind := vocabularies.kind_of(folder.name):
            for found in _folder(folder, kind, root):
                (listings if isinstance(found, Listing) else problems).append(found)  # type: ignore[arg-type]
        elif folder.name not in KNOWN:
            problems.append(_stray(folder, root, vocabularies))
    return Catalogue(vocabularies, tuple(listings), tuple(sorted(problems)))


def _stray(path: Path, root: Path, vocabularies: Vocabularies) -> Problem:
    folders = [kind.folder for kind in vocabularies.kinds.values()]
    advice = suggestion(path.name.removesuffix(".yml"), folders)
    return _at(path, root, f"This is neither a folder of entries nor a vocabulary. Rename, move or remove it. {advice}")


def _folder(folder: Path, kind: str, root: Path) -> Iterator[Listing | Problem]:
    if not folder.is_dir():
        yield _at(folder, root, "This must be a folder. Replace it by one.")
        return
    for path in sorted(folder.iterdir()):
        if fault := _misplaced(path):
            yield _at(path, root, fault)
        elif path.suffix == ".yml":
            yield from _entry(path, kind, root)


def _misplaced(path: Path) -> str | None:
    """What is wrong with a file before it is opened."""
    if path.is_symlink():
        return "This is a symbolic link. Put the file itself here."
    if path.is_dir():
        return "This is a folder. Put entries directly into the folder of their kind."
    if path.suffix == ".yaml":
        return f"The file ends in `.yaml`. Rename it to `{shown(path.stem)}.yml`."
    if path.suffix != ".yml":
        is_hidden_by_the_system = path.name.startswith(".") and ".y" not in path.name
        name = shown(path.name.strip(".").partition(".")[0])
        otherwise = f"The file does not end in `.yml`. Rename it to `{name}.yml`, or remove it."
        return None if is_hidden_by_the_system else otherwise
    return None


def _entry(path: Path, kind: str, root: Path) -> Iterator[Listing | Problem]:
    try:
        document = parse(path.relative_to(root).as_posix(), path.read_bytes())
    except OSError as error:
        yield _at(path, root, f"Cannot be read ({error.strerror or 'unknown reason'}). Check its permissions.")
        return
    yield from listed(document, kind)


def listed(document: Document, kind: str) -> Iterator[Listing | Problem]:
    """The entry that the document of a file holds, or everything about its shape that is wrong."""
    yield from document.problems
    if document.value is None:
        return
    if not isinstance(document.value, dict):
        what = "a list" if isinstance(document.value, list) else "one text"
        yield document.problem((), f"The file holds {what}. Write `key: value` lines, as CONTRIBUTING.md shows.")
        return
    if fault := _schema_fault(document.first_line, kind):
        yield Problem(document.path, 1, 1, fault)
        return
    model = MODELS[kind]
    try:
        entry = model.model_validate(document.value)
    except ValidationError as error:
        yield from explain(error, document, model)
        return
    if not document.problems:
        yield Listing(kind, PurePosixPath(document.path).stem, entry, document)


def schema_line(kind: str) -> str:
    """The first line of every entry, by which editors know how to complete and explain it."""
    return f"{_SCHEMA_PREFIX}../schema/{kind}.json"


def _schema_fault(first_line: str, kind: str) -> str | None:
    if first_line == schema_line(kind):
        return None
    if first_line.startswith(_SCHEMA_PREFIX):
        said = first_line.rpartition("/")[2].removesuffix(".json")
        if said in MODELS and said != kind:
            return f"The first line says `{said}`, the folder says `{kind}`. Move the file, or correct the line."
    return f"The first line does not name the schema. Write `{schema_line(kind)}`."


def _at(path: Path, root: Path, text: str) -> Problem:
    return Problem(path.relative_to(root).as_posix(), 1, 1, text)
