"""What was found out about a target. Apart from the asking, whose libraries take a while to load."""

from dataclasses import dataclass, replace

from scripts.facts.models import PackageFacts, RepositoryFacts
from scripts.facts.store import Facts
from scripts.facts.targets import forge_of
from scripts.intake.words import Words

OFFLINE = "Nobody was asked (--offline), so there is less to propose."


@dataclass(frozen=True, slots=True)
class Gathered:
    """``moved_from`` is the ``owner/name`` that was asked for, where the forge calls it something else today."""

    repository: RepositoryFacts | None = None
    package: PackageFacts | None = None
    package_name: str = ""
    words: tuple[Words, ...] = ()
    moved_from: str = ""
    notes: tuple[str, ...] = ()

    def added_to(self, facts: Facts) -> Facts:
        """The facts with what was found, so that a page can show it."""
        forges = {forge: dict(records) for forge, records in facts.forges.items()}
        if self.repository and (place := forge_of(self.repository.url)):
            forges.setdefault(place[0], {})[place[1]] = self.repository
        known = {self.package_name: self.package} if self.package else {}
        return replace(facts, forges=forges, packages={**facts.packages, **known})
