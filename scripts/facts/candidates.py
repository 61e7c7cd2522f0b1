"""What may belong into the catalogue and is not there: found by machines, for people to judge.

``data/facts/candidates.json`` remembers what was shown, so that nobody reads it twice.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from scripts.catalogue.declined import Decision
from scripts.catalogue.disk import replace
from scripts.catalogue.links import comparable
from scripts.catalogue.load import Listing
from scripts.catalogue.models import Publication
from scripts.catalogue.problems import Problem
from scripts.facts.models import Strict
from scripts.facts.store import FOLDER, Facts
from scripts.facts.targets import GITHUB

PATH = FOLDER / "candidates.json"


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository as the forge describes it. ``description`` is its owners' text: shown, and never kept."""

    name: str
    description: str
    topics: tuple[str, ...]
    stars: int
    archived: bool
    fork: bool
    created: dt.date
    pushed: dt.date | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A repository with every place where it was found: ``topic asgi``, ``owner/list, line 12``."""

    remote: Remote
    places: tuple[str, ...]
    namesake: str = ""  # the entry whose package has the same name


class Shown(Strict):
    """What is remembered of a candidate."""

    first: dt.date
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What needs no proposal, by ``owner/name`` in lower case; ``packages`` are slugs by name of the distribution."""

    names: frozenset[str]
    packages: Mapping[str, str]


def known(listings: Iterable[Listing], facts: Facts, decisions: Iterable[Decision]) -> Known:
    """Repositories of entries under all their names, and what was declined."""
    names: set[str] = set()
    packages: dict[str, str] = {}
    addresses = [decision.declined.address for decision in decisions]
    for listing in listings:
        entry = listing.entry
        if isinstance(entry, Publication):
            addresses.append(entry.url)
            continue
        addresses += [entry.repository, entry.package_repository]
        names |= {former.casefold() for former in entry.formerly if "/" in former}
        if entry.package:
            packages[entry.package] = listing.slug
    for name, record in facts.forges.get(GITHUB, {}).items():
        names |= {name.casefold(), (record.name or name).casefold()}
    names |= {place for address in addresses if address and (place := _place(address))}
    return Known(frozenset(names), packages)


def _place(address: str) -> str:
    host, *path = comparable(address).split("/")
    return "/".join(path[:2]) if host == "github.com" and len(path) >= 2 else ""


def fresh(found: Mapping[str, Remote], places: Mapping[str, Sequence[str]], known: Known) -> list[Candidate]:
    """The candidates: what was found and is not known, neither as it was linked nor as its forge calls it."""
    merged: dict[str, tuple[Remote, list[str]]] = {}
    for asked, remote in found.items():
        key = remote.name.casefold()
        if {key, asked.casefold()} & known.names:
            continue
        _, noted = merged.setdefault(key, (remote, []))
        noted += [place for place in places.get(asked, ()) if place not in noted]
    return [
        Candidate(remote, tuple(noted), known.packages.get(key.partition("/")[2].replace("_", "-"), ""))
        for key, (remote, noted) in merged.items()
    ]


_ALL: TypeAdapter[dict[str, Shown]] = TypeAdapter(dict[str, Shown])


def load_shown(root: Path) -> dict[str, Shown] | Problem:
    """What was shown before, by ``owner/name``; no file yet is nothing shown yet."""
    try:
        return _ALL.validate_json((root / PATH).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError):
        return Problem(str(PATH), 1, 1, f"Cannot be read. Restore the file: `git checkout -- {PATH}`.")


def save_shown(root: Path, shown: Mapping[str, Shown]) -> None:
    """Writes the file, sorted. Raises OSError."""
    values = {name: record.model_dump(mode="json", exclude_defaults=True) for name, record in shown.items()}
    text = json.dumps(values, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    replace(root, PATH, text.encode("utf-8"), durable=True)
