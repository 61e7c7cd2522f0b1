"""The files of ``data/facts/``. No file yet is no facts yet; a corrupt file is a problem, never no facts."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from scripts.catalogue.disk import replace
from scripts.catalogue.problems import Problem
from scripts.facts.models import Downloads, PackageFacts, Record, RepositoryFacts, Strict
from scripts.facts.targets import FORGEJO, GITHUB, GITLAB, Targets, forge_of

FOLDER = PurePosixPath("data/facts")
FORGES = (GITHUB, GITLAB, FORGEJO)
AnyRecord = TypeVar("AnyRecord", bound=Strict)


@dataclass(frozen=True)
class Facts:
    """Records by distribution name, and by forge and name there."""

    packages: Mapping[str, PackageFacts] = field(default_factory=dict)
    forges: Mapping[str, Mapping[str, RepositoryFacts]] = field(default_factory=dict)
    downloads: Mapping[str, Downloads] = field(default_factory=dict)

    def of_repository(self, url: str | None) -> RepositoryFacts | None:
        """The facts of the repository at an address, where there are any. Forges ignore case."""
        place = forge_of(url)
        return self._caseless.get((place[0], place[1].casefold())) if place else None

    @cached_property
    def _caseless(self) -> Mapping[tuple[str, str], RepositoryFacts]:
        return {
            (forge, name.casefold()): record
            for forge, records in self.forges.items()
            for name, record in records.items()
        }

    def records(self) -> Iterator[Record]:
        """Every record."""
        yield from self.packages.values()
        yield from self.downloads.values()
        for records in self.forges.values():
            yield from records.values()

    def wanted_by(self, targets: Targets) -> "Facts":
        """The facts of what entries name; the rest was for entries that are no more."""
        forges = {
            forge: {name: record for name, record in records.items() if name in targets.repositories[forge]}
            for forge, records in self.forges.items()
        }
        packages = {name: record for name, record in self.packages.items() if name in targets.packages}
        return Facts(
            packages, forges, {name: record for name, record in self.downloads.items() if name in targets.packages}
        )

    def files(self) -> dict[PurePosixPath, Mapping[str, Record]]:
        """What stands in which file."""
        forges = {FOLDER / f"{forge}.json": self.forges.get(forge, {}) for forge in FORGES}
        return {FOLDER / "packages.json": self.packages, FOLDER / "downloads.json": self.downloads} | forges


def load_facts(root: Path) -> tuple[Facts, list[Problem]]:
    """Reads ``root/data/facts``."""
    problems: list[Problem] = []
    return Facts(
        packages=read_records(root, "packages", PackageFacts, problems),
        forges={forge: read_records(root, forge, RepositoryFacts, problems) for forge in FORGES},
        downloads=read_records(root, "downloads", Downloads, problems),
    ), problems


def save_facts(root: Path, facts: Facts) -> list[PurePosixPath]:
    """Writes the files that differ, each whole or not at all, and says which. Raises OSError."""
    written = []
    for path, records in facts.files().items():
        content = text_of(records).encode("utf-8")
        target = root / path
        if (target.exists() and target.read_bytes() != content) or (records and not target.exists()):
            replace(root, path, content, durable=True)
            written.append(path)
    return written


def text_of(records: Mapping[str, Strict]) -> str:
    """Sorted, one value a line, and equal for equal records."""
    values = {name: record.model_dump(mode="json", exclude_defaults=True) for name, record in records.items()}
    return json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def read_records(root: Path, name: str, model: type[AnyRecord], problems: list[Problem]) -> dict[str, AnyRecord]:
    """Reads ``data/facts/<name>.json``; what is wrong with it is added to the problems."""
    shown = f"{FOLDER}/{name}.json"
    remedy = f"Restore the file: `git checkout -- {shown}`."
    try:
        text = (root / shown).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(shown, 1, 1, f"Cannot be read ({type(error).__name__}). {remedy}"))
        return {}
    adapter: TypeAdapter[dict[str, AnyRecord]] = TypeAdapter(dict[str, model])  # type: ignore[valid-type]  # at run time
    try:
        return adapter.validate_python(json.loads(text))
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
