"""What is measured: ``subjects/<kind>.yml``, read as strictly as entries are."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from scripts.catalogue.document import parse
from scripts.catalogue.explain import explain
from scripts.catalogue.fields import Name, Slug
from scripts.catalogue.models import Model
from scripts.catalogue.problems import Problem
from scripts.lab.plan import Kind

FOLDER = Path(__file__).parent / "subjects"
SHOWN = "scripts/lab/subjects"
Words = Annotated[tuple[str, ...], Field(min_length=1)]

# How a server can be started. `http1` is what every subject has; the others are there if its documentation names a way.
Mode = Literal[
    "http1", "tls", "http2", "h2c", "http3", "unix", "workers", "root-path", "forwarded", "deflate", "mutual-tls"
]


class Subject(Model):
    """A distribution in one configuration."""

    subject: Slug = Field(description="Its name here, and of the file of its results.")
    entry: Slug = Field(description="The entry that it shows.")
    title: Name
    package: str = Field(description="The distribution whose version is shown.")
    install: Words = Field(description="Requirements, with extras.")
    default: bool = Field(default=False, description="Whether it runs as the project ships it.")
    python: str = Field(default="3.11", description="The Python that it runs on.")


class ServerSubject(Subject):
    """How a server starts. ``{app}``, ``{port}``, ``{socket}``, ``{cert}``, ``{key}``, ``{root}`` are filled in."""

    command: Words = Field(description="The program of its environment, and what stands in every mode.")
    options: tuple[str, ...] = Field(default=(), description="What makes it a variant; follows the command.")
    modes: Mapping[Mode, Annotated[tuple[str, ...], Field()]] = Field(description="What stands after it in each mode.")
    environment: Mapping[str, str] = Field(default={}, description="Variables that its documentation names.")


class InsideSubject(Subject):
    """A framework's application, or a wrapped one."""

    module: str = Field(description="The module below scripts/lab/<kind>/{apps,wraps} without its package.")


MODELS: Mapping[Kind, type[Subject]] = {
    Kind.SERVER: ServerSubject,
    Kind.FRAMEWORK: InsideSubject,
    Kind.MIDDLEWARE: InsideSubject,
}


def load_subjects(folder: Path = FOLDER) -> tuple[Mapping[Kind, Sequence[Subject]], list[Problem]]:
    """All subjects by kind, in the order of the files, and what is wrong with the files."""
    subjects: dict[Kind, list[Subject]] = {}
    problems: list[Problem] = []
    for kind, model in MODELS.items():
        subjects[kind] = []
        path = f"{SHOWN}/{kind}.yml"
        try:
            document = parse(path, (folder / f"{kind}.yml").read_bytes())
        except OSError as error:
            problems.append(Problem(path, 1, 1, f"Cannot be read ({error.strerror}). Restore the file."))
            continue
        problems += document.problems
        for index, value in enumerate(document.value if isinstance(document.value, list) else ()):
            try:
                subjects[kind].append(model.model_validate(value))
            except ValidationError as error:
                problems += [
                    Problem(path, *document.place((index,)), problem.text)
                    for problem in explain(error, document, model)
                ]
    return subjects, problems
