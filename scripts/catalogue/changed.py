"""What a pull request changes: entries, and what is generated and must not be edited by hand."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from scripts.catalogue.problems import Problem
from scripts.catalogue.vocabularies import Vocabularies

_ENTRY = re.compile(r"data/([a-z]+)/([^/]+)\.ya?ml")
_CODE = re.compile(r"scripts/|data/(?!declined)[a-z-]+\.yml$")  # what may change what is generated: code, vocabularies
SINCE = {"A": "new", "D": "removed"}  # by the letter of git; anything else is a change


@dataclass(frozen=True, slots=True)
class Change:
    """One file, and whether it is new, changed or removed."""

    path: str
    state: str


def changed_entries(changes: Iterable[Change], vocabularies: Vocabularies) -> list[Change]:
    """Those of entries, also of files that cannot be read as one."""
    folders = {kind.folder for kind in vocabularies.kinds.values()}
    found = ((change, _ENTRY.fullmatch(change.path)) for change in changes)
    return [change for change, match in found if match and match[1] in folders]


def refusals(
    changes: Iterable[Change], regions: Mapping[str, tuple[str | None, str | None]], *, robot: bool = False
) -> list[Problem]:
    """Why generated parts may not be edited. ``regions`` are those of a file before and after, by its path.

    Where code or vocabularies change too, what they generate belongs to the change. Facts are written by machines
    alone; a robot's own pull request is where they come from.
    """
    changes = list(changes)
    found = []
    makes_them_differ = any(_CODE.match(change.path) for change in changes)
    for path, (before, after) in regions.items():
        if before != after and not makes_them_differ:
            text = "The part between the markers is generated from data/ once this is merged, and would only conflict"
            found.append(Problem(path, 1, 1, f"{text} here. Undo it: `git checkout origin/main -- {path}`."))
    for change in changes:
        path = change.path
        if path.startswith("data/schema/") and not makes_them_differ:
            text = "This file is generated from scripts/catalogue/models.py, so an edit would be lost"
            found.append(Problem(path, 1, 1, f"{text}. Undo it: `git checkout origin/main -- {path}`."))
        if path.startswith("data/facts/") and not robot:
            text = "Facts are what machines read, with the day and the source; nobody writes them by hand"
            advice = "If one is wrong, say so in the entry (`license`, `status`) or in an issue"
            found.append(Problem(path, 1, 1, f"{text}. {advice}. Undo it: `git checkout origin/main -- {path}`."))
    return found
