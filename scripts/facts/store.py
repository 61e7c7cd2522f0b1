"""Reads the files of ``data/facts/``. No file yet is no facts yet; a corrupt file is a problem, never no facts."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from scripts.catalogue.problems import Problem
from scripts.facts.models import PackageFacts, Record, RepositoryFacts

FORGE = "https://github.com/"
AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts by distribution name, and by ``owner/name`` in lower case."""

    packages: Mapping[str, PackageFacts] = field(default_factory=dict)
    repositories: Mapping[str, RepositoryFacts] = field(default_factory=dict)

    def of_repository(self, url: str | None) -> RepositoryFacts | None:
        """The facts of the repository at an address, where there are any."""
        if not url or not url.startswith(FORGE):
            return None
        return self.repositories.get(url.removeprefix(FORGE).casefold())


def load_facts(root: Path) -> tuple[Facts, list[Problem]]:
    """Reads ``root/data/facts``."""
    problems: list[Problem] = []
    packages = _read(root, "packages.json", PackageFacts, problems)
    repositories = _read(root, "github.json", RepositoryFacts, problems)
    return Facts(packages, {name.casefold(): record for name, record in repositories.items()}), problems


def _read(root: Path, name: str, model: type[AnyRecord], problems: list[Problem]) -> dict[str, AnyRecord]:
    shown = f"data/facts/{name}"
    remedy = f"Restore the file: `git checkout -- {shown}`."
    try:
        text = (root / shown).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(shown, 1, 1, f"Cannot be read ({type(error).__name__}). {remedy}"))
        return {}
    try:
        return TypeAdapter(dict[str, model]).validate_python(json.loads(text))  # type: ignore[valid-type]  # at run time
    except (json.JSONDecodeError, RecursionError) as error:
        line, column = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (1, 1)
        problems.append(Problem(shown, line, column, f"This is not JSON. {remedy}"))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            where = ".".join(str(part) for part in detail["loc"])
            problems.append(Problem(shown, _line(text, detail["loc"]), 1, f"`{where}`: {detail['msg']}. {remedy}"))
    return {}


def _line(text: str, location: tuple[str | int, ...]) -> int:
    """The line of a record's key; the files have one value a line."""
    at = text.find(f"{json.dumps(str(location[0]), ensure_ascii=False)}:") if location else 0
    return text.count("\n", 0, max(at, 0)) + 1
