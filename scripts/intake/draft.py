"""An entry that is not in the catalogue yet, and everything that stands in its way."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from scripts.catalogue.declined import Decision
from scripts.catalogue.document import Document, Value, parse
from scripts.catalogue.load import Catalogue, Listing, listed
from scripts.catalogue.problems import Problem
from scripts.catalogue.rules import problems_of
from scripts.catalogue.scope import ANY, as_slug
from scripts.catalogue.vocabularies import Vocabularies
from scripts.facts.disagreements import disagreements
from scripts.facts.store import Facts
from scripts.intake.write import entry_text

LONGEST_SLUG = 60


@dataclass(frozen=True, slots=True)
class Desk:
    """What a draft is held against. The catalogue can be read as a whole."""

    catalogue: Catalogue
    vocabularies: Vocabularies
    facts: Facts
    decisions: Sequence[Decision]
    today: dt.date


@dataclass(frozen=True, slots=True)
class Draft:
    """``fields`` as the file would say them: texts, lists of texts, mappings."""

    kind: str
    slug: str
    fields: Mapping[str, Value]

    def path(self, vocabularies: Vocabularies) -> PurePosixPath:
        """Where it belongs. The kind and the slug must have been checked."""
        return PurePosixPath("data", vocabularies.kinds[self.kind].folder, f"{self.slug}.yml")

    @property
    def text(self) -> str:
        return entry_text(self.kind, self.fields)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a field; with the whole entry, where ``field`` is empty."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """``catalogue`` is the one with the draft in it, where the draft can be read at all.

    ``sound`` says that the other entries have no problem, so that pages can be rendered.
    """

    findings: tuple[Finding, ...]
    catalogue: Catalogue | None = None
    sound: bool = False


def judge(desk: Desk, path: PurePosixPath, kind: str, text: str) -> Verdict:
    """Reads a text as the loader would and holds it against all rules, beside all other entries."""
    document = parse(path.as_posix(), text.encode("utf-8", "surrogatepass"))
    found = [*listed(document, kind)]
    problems = [one for one in found if isinstance(one, Problem)]
    listing = next((one for one in found if isinstance(one, Listing)), None)
    if listing is None:
        return Verdict(_findings(problems, document))
    others = tuple(other for other in desk.catalogue.listings if other.path != listing.path)
    together = replace(desk.catalogue, listings=(*others, listing))  # last, so that rules about pairs name the newcomer
    everywhere = problems_of(together, desk.today)
    problems += [problem for problem in everywhere if problem.path == listing.path]
    problems += disagreements([listing], desk.facts)
    sound = all(problem.path == listing.path for problem in everywhere)
    return Verdict(_findings(sorted(set(problems)), document), together, sound)


def _findings(problems: list[Problem], document: Document) -> tuple[Finding, ...]:
    """Problems by the key on whose line (or below which) they stand."""
    lines = {place[0]: str(location[0]) for location, place in document.keys.items()}
    return tuple(Finding(lines.get(problem.line, ""), problem.text) for problem in problems)


def free_slug(wanted: str, kind: str, desk: Desk) -> str:
    """The slug that a name suggests, or the nearest that is neither an entry nor a tag."""
    slug = as_slug(wanted)
    if len(slug) > LONGEST_SLUG:
        slug = slug[:LONGEST_SLUG].rpartition("-")[0] or slug[:LONGEST_SLUG]
    taken = {ANY, *desk.vocabularies.tags, *(listing.slug for listing in desk.catalogue.listings)}
    candidates = (slug, f"{slug}-{kind}", *(f"{slug}-{number}" for number in range(2, 1000)))
    return next((candidate for candidate in candidates if candidate not in taken), slug)
