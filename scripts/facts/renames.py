"""Proposes and applies new addresses: an edit of one YAML file that keeps its comments and its order."""

import difflib
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import ScalarString

from scripts.catalogue.document import Location
from scripts.catalogue.models import Software
from scripts.facts.targets import GITHUB, address_of


@dataclass(frozen=True, slots=True)
class Move:
    """A repository that has another name now. ``before`` is the key of its facts, ``now`` what its forge calls it."""

    forge: str
    before: str
    now: str

    @property
    def after(self) -> str:
        """The key of its facts from now on."""
        return self.now if self.forge == GITHUB else f"{self.before.partition('/')[0]}/{self.now}"

    @property
    def address(self) -> str:
        return address_of(self.forge, self.after)

    @property
    def former(self) -> str:
        """The old ``owner/name``."""
        return self.before if self.forge == GITHUB else self.before.partition("/")[2]


AnyFacts = TypeVar("AnyFacts")


def rekeyed(forges: Mapping[str, Mapping[str, AnyFacts]], moves: Iterable[Move]) -> dict[str, dict[str, AnyFacts]]:
    """The facts under the names that the entries have once they are edited."""
    result = {forge: dict(records) for forge, records in forges.items()}
    for move in moves:
        result[move.forge][move.after] = result[move.forge].pop(move.before)
    return result


def moved(text: str, address: str, former: str) -> str:
    """The text of an entry with another repository, whose files have moved along, and the old name among the former."""
    yaml = _yaml()
    entry: CommentedMap = yaml.load(text)
    for holder, field in ((entry, "docs"), (entry, "homepage"), (entry, "evidence"), (entry.get("claims"), "source")):
        if holder and _is_below(str(entry["repository"]), str(holder.get(field, ""))):
            holder[field] = address + holder[field][len(entry["repository"]) :]
    entry["repository"] = address
    names = entry.get("formerly")
    if names is None:
        names = CommentedSeq()
        names.fa.set_flow_style()
        entry.insert(_position(entry, "formerly"), "formerly", names)
    if former not in names:
        names.append(former)
    if address.removeprefix("https://").partition("/")[2] in names:  # it came back to an older home
        names.remove(address.removeprefix("https://").partition("/")[2])
    return _text(yaml, entry)


def edited(text: str, values: Mapping[Location, str]) -> str:
    """The text of an entry with other values at places that have one."""
    yaml = _yaml()
    entry: CommentedMap = yaml.load(text)
    for location, value in values.items():
        holder: Any = entry
        for part in location[:-1]:
            holder = holder[part]
        old = holder[location[-1]]
        holder[location[-1]] = type(old)(value) if isinstance(old, ScalarString) else value
    return _text(yaml, entry)


def _is_below(repository: str, url: str) -> bool:
    """Whether an address leads into a repository; forges do not tell upper from lower case there."""
    return re.match(rf"{re.escape(repository)}(?![\w.-])", url, re.IGNORECASE) is not None


def proposal(path: str, old: str, new: str) -> str:
    """The change as a unified diff."""
    lines = difflib.unified_diff(old.splitlines(True), new.splitlines(True), f"a/{path}", f"b/{path}")
    return "".join(lines)


def _yaml() -> YAML:
    """Writes what it reads: a test holds it against every real entry."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _text(yaml: YAML, entry: CommentedMap) -> str:
    out = io.StringIO()
    yaml.dump(entry, out)
    return out.getvalue()


def _position(entry: CommentedMap, key: str) -> int:
    """Where a key belongs among those that are there, in the order of the model."""
    order = [field.alias or name for name, field in Software.model_fields.items()]
    order.sort(key=lambda name: name == "added")  # inherited fields come first in the model, and last in a file
    before = set(order[: order.index(key)])
    return max((index + 1 for index, name in enumerate(entry) if name in before), default=len(entry))
