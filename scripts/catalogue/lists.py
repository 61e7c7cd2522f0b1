"""Files of ``data/`` that hold a list of records written by hand."""

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from scripts.catalogue.document import Document, parse
from scripts.catalogue.explain import explain
from scripts.catalogue.models import Model
from scripts.catalogue.problems import Problem

MOST_BYTES = 1 << 20
Record = TypeVar("Record", bound=Model)


def read_list(
    root: Path, path: str, model: type[Record], advice: str
) -> tuple[Document, list[tuple[int, Record]], list[Problem]]:
    """The records that are right, each with its index, and the problems of the others, each at the line of its item.

    No file yet is an empty list. ``advice``: what to write where this is no list.
    """
    try:
        document = parse(path, (root / path).read_bytes(), most_bytes=MOST_BYTES)
    except FileNotFoundError:
        return Document(path), [], []
    except OSError as error:
        problem = Problem(path, 1, 1, f"Cannot be read ({error.strerror}). Check its permissions.")
        return Document(path), [], [problem]
    if document.problems or not isinstance(document.value, list):
        problem = document.problem((), f"This is not a list. {advice}")
        return document, [], document.problems or [problem]
    records: list[tuple[int, Record]] = []
    problems: list[Problem] = []
    for index, value in enumerate(document.value):
        try:
            records.append((index, model.model_validate(value)))
        except ValidationError as error:  # pydantic saw the item alone
            problems += [document.problem((index,), problem.text) for problem in explain(error, document, model)]
    return document, records, problems
