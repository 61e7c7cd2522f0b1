"""What the lab measured: ``data/facts/lab/<kind>/<subject>.json``, and what it asked: ``data/facts/lab/probes.json``.

Verdicts: ``pass``; ``fail``, required by a specification or claimed by the project, and measured otherwise;
``unsupported``, neither, and not there; ``error``, the probe could not decide.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal, TypeAlias, TypeVar

from pydantic import Field, ValidationError

from scripts.catalogue.disk import replace
from scripts.catalogue.fields import Slug
from scripts.catalogue.problems import Problem
from scripts.facts.models import Strict

FOLDER = PurePosixPath("data/facts/lab")
PROBES = FOLDER / "probes.json"

Kind: TypeAlias = Literal["servers", "frameworks", "middleware"]
Level: TypeAlias = Literal["must", "should", "claim", "policy"]
Verdict: TypeAlias = Literal["pass", "fail", "unsupported", "error"]
ProbeId = Annotated[str, Field(pattern=r"^[a-z0-9]+\.[A-Za-z0-9_.]+$")]
KINDS: Sequence[Kind] = ("servers", "frameworks", "middleware")
AnyRecord = TypeVar("AnyRecord", bound=Strict)


class Asked(Strict):
    """One probe, for people."""

    title: str = Field(description="What is asked, as a statement that passes or not.")
    level: Level = Field(description="How binding the paragraph is; `policy` is never a fault.")
    how: str = Field(description="What is done and what is looked at.")
    source: str = Field(default="", description="The paragraph.")
    url: str = Field(default="", description="Where it stands.")
    claim: str | None = Field(default=None, description="The protocol whose claim makes it binding.")
    sensitive: bool = Field(default=False, description="Whether a deviation has security weight.")


class Measured(Strict):
    """One answer: what most repeats said (the first of equals), in the words of the first that said so."""

    result: Verdict
    detail: str
    repeats: tuple[Verdict, ...] = Field(min_length=1)

    @property
    def flaky(self) -> bool:
        return len(set(self.repeats)) > 1


class Measurement(Strict):
    """What one subject did."""

    subject: Slug = Field(description="Its name in scripts/lab/subjects, and of the file.")
    entry: Slug = Field(description="The entry that it shows.")
    title: str = Field(description="What people call it, with what makes it a variant.")
    default: bool = Field(description="Whether it runs as the project ships it, without options of ours.")
    version: str = Field(default="", description="Of the distribution.")
    requirements: tuple[str, ...] = Field(description="What was installed by name, with extras.")
    options: tuple[str, ...] = Field(default=(), description="Options besides those that name address and application.")
    installed: Mapping[str, str] = Field(
        default={}, description="Every distribution in its environment, with its version."
    )
    python: str = ""
    platform: str = ""
    measured: dt.date
    key: str = Field(default="", description="Digest of subject, versions and probes: the same key needs no new run.")
    results: Mapping[ProbeId, Measured] = Field(default={}, description="By probe.")
    error: str = Field(default="", description="Why nothing could be measured.")


class Lab(Strict):
    """All of it; empty where nothing was measured."""

    probes: Mapping[Kind, Mapping[ProbeId, Asked]] = {}
    measurements: Mapping[Kind, tuple[Measurement, ...]] = {}

    def by_subject(self) -> Mapping[tuple[str, str], Measurement]:
        """By kind and name."""
        return {(kind, one.subject): one for kind, several in self.measurements.items() for one in several}


class _Probes(Strict):
    probes: Mapping[Kind, Mapping[ProbeId, Asked]]


def place_of(kind: Kind, subject: str) -> PurePosixPath:
    return FOLDER / kind / f"{subject}.json"


def load_lab(root: Path) -> tuple[Lab, list[Problem]]:
    """Reads ``root/data/facts/lab``. No file yet is nothing measured yet; a corrupt file is a problem."""
    problems: list[Problem] = []
    probes = _read(root, PROBES, _Probes, problems)
    measurements: dict[Kind, tuple[Measurement, ...]] = {}
    for kind in KINDS:
        names = sorted((root / FOLDER / kind).glob("*.json"))
        found = [_read(root, place_of(kind, path.stem), Measurement, problems) for path in names]
        measurements[kind] = tuple(one for one in found if one)
    return Lab(probes=probes.probes if probes else {}, measurements=measurements), problems


def save_measurement(root: Path, kind: Kind, measurement: Measurement) -> PurePosixPath:
    """Raises OSError, and then what was there is intact."""
    path = place_of(kind, measurement.subject)
    replace(root, path, _written(measurement))
    return path


def save_probes(root: Path, probes: Mapping[Kind, Mapping[str, Asked]]) -> None:
    replace(root, PROBES, _written(_Probes(probes=probes)))


def _written(record: Strict) -> bytes:
    values = record.model_dump(mode="json", exclude_defaults=True)
    return (json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _read(root: Path, path: PurePosixPath, model: type[AnyRecord], problems: list[Problem]) -> AnyRecord | None:
    remedy = f"Restore the file: `git checkout -- {path}`."
    try:
        return model.model_validate_json((root / path).read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        problems.append(Problem(str(path), 1, 1, f"Cannot be read ({error.strerror}). {remedy}"))
    except ValidationError as error:
        for detail in error.errors(include_url=False)[:5]:
            where = ".".join(str(part) for part in detail["loc"]) or "file"
            problems.append(Problem(str(path), 1, 1, f"`{where}`: {detail['msg']}. {remedy}"))
    return None
